"""The measures of changed questions beside the unchanged, with a fake assistant."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from eval.corpora import OWN
from eval.gold import GoldCase
from eval.perturbations import PERTURBATIONS, Perturbation, no_diacritics
from eval.robustness import MAIN, as_json, main, measure_robustness, perturbed
from rag.types import Answer, Citation

SOURCE = "documents/a.txt"
TEXT = "Giao Phòng Nội vụ theo dõi."
CITATION = Citation(1, SOURCE, "Kế hoạch", "Mục III.2", "Phòng Nội vụ", 5, 17)
PLAIN = Perturbation("plain", "Không dấu", no_diacritics)


@dataclass
class FakeAssistant:
    """Answers a question with marks, refuses one without, and counts."""

    stored_texts: Mapping[str, str] = field(default_factory=lambda: {SOURCE: TEXT})
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def ask(self, question: str, history: tuple[str, ...] = ()) -> Answer:
        self.asked.append((*history, question))
        if no_diacritics(question) == question:
            return Answer(question, "not_found", "no_evidence", "Không tìm thấy.")
        return Answer(question, "answered", None, "Phòng Nội vụ [1].", citations=(CITATION,))


def case(index: int, question: str, **changes: object) -> GoldCase:
    row = {
        "id": f"a-{index}", "class": "content", "question": question, "status": "answered", "documents": None,
        "units": None, "evidence": ["Phòng Nội vụ"],
    }  # fmt: skip
    return GoldCase.model_validate({**row, **changes})


CASES = [case(index, f"Ai theo dõi việc thứ {index}?") for index in range(10)]


def test_a_change_is_held_against_the_unchanged_questions() -> None:
    (result,) = measure_robustness({OWN: FakeAssistant()}, CASES, [PLAIN])
    status = result.comparisons["status_accuracy"]
    assert (result.changed, status.before, status.after, status.worse, status.real) == (10, 1.0, 0.0, 10, True)
    assert result.comparisons["unit_f1"].count == 0


def test_a_question_that_stays_is_not_asked_again() -> None:
    assistant = FakeAssistant()
    (result,) = measure_robustness({OWN: assistant}, [*CASES[:2], case(99, "Ai lo?")], [PLAIN])
    assert result.changed == 2
    assert len(assistant.asked) == 5


def test_earlier_questions_change_too() -> None:
    changed = perturbed(case(1, "Còn ai?", history=["Kế hoạch nào?"]), PLAIN)
    assert (changed.history, changed.question) == (("Ke hoach nao?",), "Con ai?")


def test_a_question_that_would_grow_too_long_stays() -> None:
    long = case(1, "ế" * 1000)
    assert perturbed(long, next(one for one in PERTURBATIONS if one.name == "nfd")) == long


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    lines = (one.model_dump_json(by_alias=True) for one in CASES)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_the_command_prints_a_row_for_each_change(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.json"
    assert main(["--gold", str(gold), "--json", str(out)], FakeAssistant()) == 0
    printed = capsys.readouterr().out
    assert all(one.label in printed for one in PERTURBATIONS)
    assert "0.000 (−100.0)*" in " ".join(printed.split())
    report = json.loads(out.read_text(encoding="utf-8"))
    assert list(report["changes"]) == [one.name for one in PERTURBATIONS]
    plain = report["changes"]["no_diacritics"]["measures"]["status_accuracy"]
    assert (plain["difference"], plain["real"], plain["test"]) == (-1.0, True, "McNemar")


def test_the_json_is_the_same_bytes_each_time(gold: Path) -> None:
    first, second = (as_json(measure_robustness({OWN: FakeAssistant()}, CASES), gold) for _ in range(2))
    assert first == second


def test_a_wrong_gold_file_exits_2(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--gold", str(gold)], FakeAssistant({SOURCE: "Một văn bản khác."})) == 2
    assert "không văn bản nào có nguyên văn" in capsys.readouterr().err


def test_the_table_shows_measures_that_there_are() -> None:
    (result,) = measure_robustness({OWN: FakeAssistant()}, CASES, [PLAIN])
    assert set(MAIN) <= set(result.comparisons)
