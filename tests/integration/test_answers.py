"""Answers over the real plan with the real encoder, Chroma and underthesea: what must hold, always."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from eval.corpora import OWN
from eval.gold import DEV, GoldCase, read_gold
from eval.invariants import SCHEMA, violations
from rag.answering.assistant import LONGEST_QUESTION, Assistant
from rag.answering.retriever import PassageRetriever
from rag.answering.wire import answer_line
from rag.cli import main
from rag.config import Config
from rag.errors import QuestionError
from rag.types import Answer

pytestmark = pytest.mark.integration

QUESTION = "Văn bản nào quy định về đối thoại trực tiếp với Nhân dân, đơn vị nào thực hiện?"
SYLLABLES = """
văn bản số nào quyết định chỉ thị kế hoạch kết luận của ban thường vụ tỉnh ủy huyện ủy ubnd phòng nội vụ
đơn vị chủ trì phối hợp đối thoại nhân dân dân vận khéo ngày tháng năm 2021 18 320-QĐ/TU 18-CT/TW mục khoản
điều 5 II.2 chu thich van ban nao quy dinh ai ky bao nhieu không trước sau và hay cả hai 43 58/NQ-TU
? . , “ ” ( ) / -
""".split()  # noqa: SIM905


def answers_of(lines: list[str]) -> Iterator[tuple[dict[str, object], Answer]]:
    for line in lines:
        values = json.loads(line)
        fields = {key: value for key, value in values.items() if key != "id"}
        yield values, TypeAdapter(Answer).validate_python(fields)


def test_every_line_of_a_batch_keeps_the_contract(
    plan_config: Config,
    plan_assistant: Assistant,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    cases = [case for case in read_gold(DEV) if case.corpus == OWN]
    rows = [{"id": case.id, "question": case.question, "history": case.history} for case in cases]
    batch = tmp_path / "questions.jsonl"
    batch.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    monkeypatch.setenv("HOIDAP_DATA", str(plan_config.data))
    assert main(["ask", "--batch", str(batch)]) == 0

    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    printed = list(answers_of(capsys.readouterr().out.splitlines()))
    assert [values["id"] for values, _ in printed] == [case.id for case in cases]
    faults = [
        (values["id"], fault)
        for values, answer in printed
        for fault in (
            *(error.message for error in validator.iter_errors(values)),
            *violations(answer, plan_assistant.stored_texts),
        )
    ]
    assert not faults


LONG_TOKENS = st.builds(lambda part, times: part * times, st.text(min_size=1, max_size=4), st.integers(50, 400))
QUESTIONS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(SYLLABLES), max_size=40).map(" ".join),
    st.lists(st.one_of(st.sampled_from(SYLLABLES), st.text(max_size=5)), max_size=30).map(" ".join),
    st.text(st.characters(categories=["Cc", "Cf", "Co", "Mn", "Nd", "So", "Zl", "Zp", "Zs"]), max_size=60),
    st.lists(st.sampled_from("🙂👩🏽‍⚖️🇻🇳ﷺ①²Ⅳ"), max_size=30).map("".join),
    LONG_TOKENS,
).map(lambda text: text[:LONGEST_QUESTION])  # fmt: skip


@settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(QUESTIONS)
def test_any_string_gets_an_answer_that_holds(plan_assistant: Assistant, question: str) -> None:
    if not question.strip():
        with pytest.raises(QuestionError):
            plan_assistant.ask(question)
        return
    answer = plan_assistant.ask(question)
    assert violations(answer, plan_assistant.stored_texts) == ()
    assert json.loads(answer_line(answer))["question"] == question


def test_the_same_question_gets_the_same_bytes(plan_config: Config, plan_assistant: Assistant) -> None:
    other = Assistant.open(plan_config)
    for case in read_gold(DEV)[::6]:
        lines = {
            answer_line(replace(assistant.ask(case.question, case.history), elapsed_ms=0))
            for assistant in (plan_assistant, plan_assistant, other)
        }
        assert len(lines) == 1, case.id


def test_several_threads_get_the_same_bytes_as_one(plan_config: Config, plan_assistant: Assistant) -> None:
    cases = [case for case in read_gold(DEV) if case.corpus == OWN][::3]

    def line(case: GoldCase) -> str:
        return answer_line(replace(shared.ask(case.question, case.history), elapsed_ms=0))

    shared = plan_assistant
    alone = [line(case) for case in cases]
    shared = Assistant.open(plan_config)  # one that has cached nothing yet
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(line, reversed(cases))) == alone[::-1]


def test_answering_opens_no_connection(plan_config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def refuse(*arguments: object, **_: object) -> None:
        asked.append(arguments)
        raise OSError("no network in this test")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    assert Assistant.open(plan_config).ask(QUESTION).status == "answered"
    assert not asked


def test_llama_index_gets_the_same_best_passages(plan_assistant: Assistant) -> None:
    nodes = PassageRetriever(plan_assistant.retriever, top_k=3).retrieve(QUESTION)
    evidence = plan_assistant.retriever.evidence(QUESTION)
    best = [plan_assistant.retriever.passages[index].id for index in evidence.best(3)]
    assert [node.node.node_id for node in nodes] == best
