"""The gate: what passes, what fails, and how a baseline is written and read."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from eval.corpora import OWN, corpus_config, corpus_folders
from eval.gate import judge, main, updated
from eval.gold import DEV, GoldCase, read_gold
from eval.opened import open_corpus
from eval.outcomes import understood
from eval.results import BASELINE, Results, read_results, readings_for, readings_of
from rag.answering.assistant import Assistant
from rag.config import Config
from rag.index.ingest import ingest
from rag.index.snapshot import home
from rag.types import Answer, AnswerUnit, Citation
from tests.conftest import MadeOnce

SOURCE, TEXT = "documents/a.txt", "Giao Phòng Nội vụ theo dõi."


@dataclass
class FakeAssistant:
    """Answers every question alike, those named with the wrong unit."""

    wrong: frozenset[str] = frozenset()
    text: str = "Phòng Nội vụ [1]."
    stored_texts: Mapping[str, str] = field(default_factory=lambda: {SOURCE: TEXT})

    def ask(self, question: str, history: tuple[str, ...] = ()) -> Answer:
        name = "Phòng Tư pháp" if question in self.wrong else "Phòng Nội vụ"
        cited = (Citation(1, SOURCE, "Kế hoạch", "Mục III.2", "Phòng Nội vụ", 5, 17),)
        units = (AnswerUnit(name, "supervise", (1,)),)
        return Answer(question, "answered", None, self.text, units=units, citations=cited)


CASES = tuple(
    GoldCase.model_validate({
        "id": f"{kind}-{number:02}", "class": kind, "question": f"{kind} {number}: ai theo dõi?", "status": "answered",
        "documents": None, "units": [["Phòng Nội vụ"]], "evidence": ["Phòng Nội vụ"],
    })
    for kind in ("topic_to_unit", "typo")
    for number in range(8)
)  # fmt: skip
QUESTIONS = [case.question for case in CASES]


@pytest.fixture(scope="module")
def baseline(tmp_path_factory: pytest.TempPathFactory) -> Results:
    config = Config(data=tmp_path_factory.mktemp("none"))
    return Results.model_validate_json(updated({OWN: FakeAssistant()}, CASES, DEV, {OWN: config}))


def judged(baseline: Results, wrong: Sequence[str]) -> tuple[bool, list[str]]:
    verdict = judge({OWN: FakeAssistant(frozenset(wrong))}, CASES, baseline)
    return verdict.passed, [f"{drop.measure} {drop.group}" for drop in verdict.drops]


@pytest.mark.parametrize(
    ("wrong", "drops"),
    [
        ([], []),
        ([QUESTIONS[0]], []),  # one question of a class may be a doubtful label
        ([QUESTIONS[0], QUESTIONS[8]], []),  # and one of another class
        (QUESTIONS[:2], ["unit_f1 topic_to_unit"]),
        ([*QUESTIONS[:3], *QUESTIONS[8:11]], ["unit_f1 tất cả", "unit_f1 topic_to_unit", "unit_f1 typo"]),
    ],
)
def test_a_class_may_lose_one_question_and_no_more(baseline: Results, wrong: list[str], drops: list[str]) -> None:
    assert judged(baseline, wrong) == (not drops, drops)


def test_a_broken_invariant_fails_whatever_the_figures(baseline: Results) -> None:
    verdict = judge({OWN: FakeAssistant(text="Phòng Nội vụ [9].")}, CASES, baseline)
    assert not verdict.passed
    assert not verdict.drops
    assert len(verdict.violations) == len(CASES)


def test_new_questions_do_not_count_against(baseline: Results) -> None:
    added = CASES[0].model_copy(update={"id": "content-01", "question": "Ai đôn đốc?"})
    assert judge({OWN: FakeAssistant(frozenset([added.question]))}, (*CASES, added), baseline).passed


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    rows = [case.model_dump_json(by_alias=True, exclude_defaults=True) for case in CASES]
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def test_the_command_writes_a_baseline_and_then_holds_it(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--gold", str(gold), "--baseline", str(tmp_path / "baseline.json")]
    assert main(options, FakeAssistant()) == 2  # there is none yet
    assert main([*options, "--update"], FakeAssistant()) == 0
    assert main(options, FakeAssistant()) == 0
    assert "ĐẠT: không phép đo nào kém mốc, so trên 16 câu." in capsys.readouterr().out
    assert main(options, FakeAssistant(frozenset(QUESTIONS[:2]))) == 1
    printed = capsys.readouterr().out
    for part in ("Giảm Đơn vị F1 (topic_to_unit): 1.000 → 0.750", "Kém đi topic_to_unit-00", "KHÔNG ĐẠT: 1 phép đo"):
        assert part in printed


def test_a_baseline_of_other_questions_is_told(
    gold: Path, tmp_path: Path, baseline: Results, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.json"
    other.write_text(baseline.model_copy(update={"cases": ()}).model_dump_json(by_alias=True), encoding="utf-8")
    assert main(["--gold", str(gold), "--baseline", str(other)], FakeAssistant()) == 2
    assert "không có câu hỏi nào chung" in capsys.readouterr().err


@pytest.mark.integration
def test_readings_survive_being_written(plan_assistant: Assistant, plan_config: Config) -> None:
    asked = [case for case in read_gold(DEV) if case.corpus == OWN]
    cases = [case for case in asked if case.kind in ("follow_up", "number_lookup", "footnote")]
    written = updated({OWN: plan_assistant}, cases, DEV, {OWN: plan_config})
    assert written == updated({OWN: plan_assistant}, cases, DEV, {OWN: plan_config})
    found = readings_of(Results.model_validate_json(written))
    assert found
    for case in (case for case in cases if case.id in found):
        assert found[case.id] == understood(plan_assistant, case)


def test_readings_of_reworded_questions_and_of_another_form_are_left_out() -> None:
    cases = [
        {"id": name, "class": "content", "question": "Ai?", "scores": {}, "readings": [reading]}
        for name, reading in (("a", {"bare": "ai"}), ("b", {"bare": "ai", "numbers": "x"}), ("c", {"bare": "ai"}))
    ]
    results = Results.model_validate({"format": 1, "provenance": {}, "cases": cases})
    assert list(readings_of(results)) == ["a", "c"]
    asked = [replace_case("a", "Ai?"), replace_case("c", "Ai vậy?")]
    assert list(readings_for(results, asked)) == ["a"]


def replace_case(name: str, question: str) -> GoldCase:
    return CASES[0].model_copy(update={"id": name, "question": question})


SAME_TEXTS = {"office": OWN, "laws": "office", "originals": "office", "other": "originals"}
"""The corpus whose snapshot has some texts of another one, which are then not read and encoded again."""


@pytest.fixture
def corpus_snapshot(made_once: MadeOnce, plan_config: Config, shared_data: Path) -> Callable[[str], Config]:
    """The configuration of a snapshot of one of the corpora, which is made once."""

    def snapshot_of(name: str) -> Config:
        def make(folder: Path) -> None:
            config = corpus_config(name, Config(data=folder))
            if like := SAME_TEXTS.get(name):
                shutil.copytree(home(snapshot_of(like)), home(config))
            ingest(config)

        return plan_config if name == OWN else corpus_config(name, Config(data=made_once(name, make)))

    return snapshot_of


def withheld(log: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in log.records if "withheld" in record.getMessage()]


@pytest.mark.integration
@pytest.mark.slow
@pytest.mark.skipif(not BASELINE.is_file(), reason="no baseline has been committed")
def test_the_answers_are_no_worse_than_the_committed_baseline_and_none_is_withheld(
    plan_assistant: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    cases = [case for case in read_gold(DEV) if case.corpus == OWN]
    verdict = judge({OWN: plan_assistant}, cases, read_results(BASELINE))
    assert verdict.passed, verdict
    assert withheld(caplog) == []


@pytest.mark.integration
@pytest.mark.slow
@pytest.mark.skipif(not BASELINE.is_file(), reason="no baseline has been committed")
@pytest.mark.parametrize("name", sorted(corpus_folders()))
def test_the_answers_on_other_texts_are_no_worse_either_and_none_is_withheld(
    name: str, corpus_snapshot: Callable[[str], Config], caplog: pytest.LogCaptureFixture
) -> None:
    cases = [case for case in read_gold(DEV) if case.corpus == name]
    verdict = judge({name: open_corpus(name, corpus_snapshot(name))}, cases, read_results(BASELINE))
    assert verdict.passed, verdict
    assert withheld(caplog) == []
