"""Two runs compared: which questions changed, and whether the difference is real."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from eval.compare import changes, main, overall, paired, within_classes
from eval.results import Results


def run(scores: Sequence[float], *, kind: str = "content", measure: str = "document_f1", **told: object) -> Results:
    cases = [
        {"id": f"{kind}-{number:02}", "class": kind, "question": f"Câu {number}?", "scores": {measure: score}}
        for number, score in enumerate(scores)
    ]
    return Results.model_validate({"format": 1, "provenance": told, "cases": cases})


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    before, after = tmp_path / "a.json", tmp_path / "b.json"
    before.write_text(run([1.0] * 10, encoder="một").model_dump_json(by_alias=True), encoding="utf-8")
    after.write_text(run([1.0] * 3 + [0.0] * 7, encoder="hai").model_dump_json(by_alias=True), encoding="utf-8")
    return before, after


def test_seven_questions_lost_of_ten_are_a_real_difference() -> None:
    pairs = paired(run([1.0] * 10), run([1.0] * 3 + [0.0] * 7))
    found = overall(pairs)["document_f1"]
    assert (found.before, found.after, found.better, found.worse) == (1.0, 0.3, 0, 7)
    assert found.real
    assert list(within_classes(pairs)) == [("content", "document_f1")]


def test_one_question_lost_of_ten_may_be_chance() -> None:
    assert not overall(paired(run([1.0] * 10), run([1.0] * 9 + [0.0])))["document_f1"].real


def test_less_is_better_where_the_measure_counts_faults() -> None:
    pairs = paired(run([0.0], measure="false_refusal"), run([1.0], measure="false_refusal"))
    assert [one.gain for one in changes(pairs)] == [-1.0]


def test_only_questions_asked_in_the_same_words_are_compared() -> None:
    one, other = run([1.0, 1.0]), run([0.0, 0.0])
    reworded = other.cases[0].model_copy(update={"question": "Câu khác?"})
    pairs = paired(one, other.model_copy(update={"cases": (reworded, other.cases[1])}))
    assert [before.id for before, _ in pairs] == ["content-01"]


def test_a_measure_that_counts_in_one_run_alone_is_not_compared() -> None:
    pairs = paired(run([1.0], measure="document_f1"), run([1.0], measure="unit_f1"))
    assert overall(pairs) == {}
    assert changes(pairs) == []


def test_the_command_tells_what_differs_and_writes_it(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.json"
    assert main([*map(str, files), "--json", str(out)]) == 0
    printed = capsys.readouterr().out
    for part in ("Khác nhau ở encoder: một → hai", "Khác biệt có thật: kém đi 70,0 điểm", "7 trên 10 câu"):
        assert part in printed
    assert "− content-03: Văn bản F1 1.000 → 0.000" in printed
    report = json.loads(out.read_text(encoding="utf-8"))
    assert report["overall"]["document_f1"]["worse"] == 7
    assert len(report["changes"]) == 7


@pytest.mark.parametrize("text", ["", "{}", '{"format": 99, "provenance": {}, "cases": []}'])
def test_what_is_no_run_exits_2(
    text: str, files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text(text, encoding="utf-8")
    assert main([str(wrong), str(files[1])]) == 2
    assert str(wrong) in capsys.readouterr().err


def test_runs_without_a_common_question_exit_2(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "c.json"
    other.write_text(run([1.0], kind="list").model_dump_json(by_alias=True), encoding="utf-8")
    assert main([str(files[0]), str(other)]) == 2
    assert "không có câu hỏi nào chung" in capsys.readouterr().err
