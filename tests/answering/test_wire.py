"""Questions and answers as JSON, against the contract's schema."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from eval.invariants import SCHEMA
from rag.answering.wire import answer_json, answer_line, numbered_questions, read_question
from rag.errors import QuestionError
from rag.types import Answer, AnswerDocument, AnswerUnit, Citation, Notice

FULL = Answer(
    question="Ai theo dõi?",
    status="corrected",
    reason=None,
    text="Phòng Nội vụ [1].",
    documents=(AnswerDocument(None, "Luật", None, None, "2022", True, (1,)),),
    units=(AnswerUnit("Phòng Nội vụ", "supervise", (1,)),),
    citations=(Citation(1, "documents/a.txt", "Kế hoạch", "Mục III.2", "Phòng Nội vụ", 5, 17),),
    notices=(Notice("as_of", "Theo Kế hoạch."),),
    elapsed_ms=2.5,
)


@pytest.mark.parametrize("answer", [FULL, Answer("Ai?", "not_found", "no_evidence", "Không tìm thấy.")])
@pytest.mark.parametrize("id", [None, "", "a-01"])
def test_an_answer_keeps_the_contract(answer: Answer, id: str | None) -> None:
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    values = answer_json(answer, id)
    assert not list(validator.iter_errors(values))
    assert json.loads(answer_line(answer, id)) == values
    assert values.get("id") == id


@given(st.text(min_size=1))
def test_an_answer_is_one_line_for_every_reader(question: str) -> None:
    line = answer_line(Answer(question, "not_found", "no_evidence", "Không tìm thấy."))
    assert line.splitlines() == [line]
    assert json.loads(line)["question"] == question
    line.encode("utf-8")


@given(st.text(), st.text(min_size=1, max_size=2000), st.lists(st.text()))
def test_a_question_reads_back(id: str, question: str, history: list[str]) -> None:
    line = json.dumps({"id": id, "question": question, "history": history}).encode()
    asked = read_question(line)
    assert (asked.id, asked.question, list(asked.history)) == (id, question, history)


@given(st.binary())
def test_any_other_line_is_refused_with_a_reason(line: bytes) -> None:
    with pytest.raises(QuestionError, match=r".+\."):
        read_question(line)


def test_all_faults_of_a_line_are_told() -> None:
    with pytest.raises(QuestionError, match=r"thiếu khóa id; câu hỏi đang để trống; khóa x không có"):
        read_question(b'{"question": "", "x": 1}')


def test_lines_keep_their_numbers() -> None:
    lines = [b"\xef\xbb\xbfa\n", b" \r\n", b"\xef\xbb\xbfb\n", b"c"]
    assert list(numbered_questions(lines)) == [(1, b"a\n"), (3, b"\xef\xbb\xbfb\n"), (4, b"c")]
