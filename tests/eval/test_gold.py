"""The gold files are well formed and provable from the corpus; a wrong file is told all its faults."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from eval.gold import CLASSES, DEV, GOLD, GoldCase, GoldError, check_gold, fold, read_gold, repeats

ROOT = Path(__file__).resolve().parents[2]
PLAN = "documents/ke-hoach-dan-van-cao-loc-2024.txt"
FILES = (DEV, GOLD / "test.jsonl")


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {PLAN: (ROOT / "corpus" / PLAN).read_bytes().decode("utf-8")}


def row(**changes: Any) -> dict[str, Any]:
    """A right line, changed."""
    right: dict[str, Any] = {
        "id": "a-01",
        "class": "topic_to_document",
        "question": "Văn bản nào?",
        "status": "answered",
        "documents": [["593-QĐ/TU"]],
        "units": None,
        "evidence": ["Quyết định số 593-QĐ/TU"],
    }
    return {key: value for key, value in {**right, **changes}.items() if value is not ...}


def write(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("\n".join(json.dumps(values, ensure_ascii=False) for values in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_gold_line_is_valid_and_its_evidence_verbatim(path: Path, texts: dict[str, str]) -> None:
    check_gold(read_gold(path), texts)


def test_the_files_share_no_id_and_no_question() -> None:
    assert repeats(case for path in FILES for case in read_gold(path)) == []


@pytest.mark.parametrize(("path", "total", "least"), [(FILES[0], 90, 4), (FILES[1], 60, 2)])
def test_each_class_has_enough_questions(path: Path, total: int, least: int) -> None:
    counts = Counter(case.kind for case in read_gold(path))
    assert counts.total() >= total
    assert all(counts[kind] >= least for kind in CLASSES), counts


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_decomposed_question_is_still_decomposed_when_read(path: Path) -> None:
    forms = [unicodedata.is_normalized("NFC", case.question) for case in read_gold(path) if case.kind == "nfd"]
    assert False in forms


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"extra": 1}, "extra"),
        ({"class": "other"}, "class"),
        ({"units": ...}, "units"),  # null is written out: a forgotten key is not "not scored"
        ({"documents": [[]]}, "documents"),
        ({"reason": "no_evidence"}, "reason chỉ dành cho not_found"),
        ({"evidence": []}, "thiếu evidence"),
        ({"status": "not_found"}, "not_found không có evidence; not_found không có documents"),
        ({"status": "ambiguous"}, "ambiguous cần ít nhất hai"),
        ({"documents": None, "facts": {"date": "2021-11-11"}}, "cần đúng một document"),
        ({"facts": {"date": "11/11/2021"}}, "facts"),
        ({"class": "follow_up"}, "follow_up cần history"),
    ],
)
def test_a_wrong_line_is_refused_with_its_place(tmp_path: Path, changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(GoldError) as caught:
        read_gold(write(tmp_path / "gold.jsonl", row(), row(id="a-02", question="Khác?", **changes)))
    assert len(caught.value.faults) == 1
    assert caught.value.faults[0].startswith("dòng 2")
    assert fault in caught.value.faults[0]


def test_all_faults_of_all_lines_are_listed(tmp_path: Path) -> None:
    path = write(tmp_path / "gold.jsonl", row(extra=1, status="maybe"), row(), row(question="văn  bản NÀO?"))
    with pytest.raises(GoldError) as caught:
        read_gold(path)
    assert [fault.split(":")[0] for fault in caught.value.faults] == [
        "dòng 1, status",
        "dòng 1, extra",
        "a-01",
        "a-01",
    ]
    assert all(fault in str(caught.value) for fault in caught.value.faults)


def test_a_line_that_is_not_json_and_a_missing_file_are_faults(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{\n", encoding="utf-8")
    with pytest.raises(GoldError, match="dòng 1, cả dòng"):
        read_gold(broken)
    with pytest.raises(GoldError, match="không đọc được"):
        read_gold(tmp_path / "absent.jsonl")


def test_the_same_question_in_another_form_is_a_repeat_unless_its_history_differs() -> None:
    first = GoldCase.model_validate(row())
    decomposed = unicodedata.normalize("NFD", "VĂN BẢN NÀO?")
    again = GoldCase.model_validate(row(id="a-02", question=decomposed))
    later = GoldCase.model_validate(row(id="a-03", history=["Chỉ thị 18?"]))
    assert repeats([first, again, later]) == ["a-02: trùng câu hỏi với a-01"]


def test_evidence_and_sources_that_the_corpus_lacks_are_all_named() -> None:
    case = GoldCase.model_validate(
        row(evidence=["có trong bài", "không có"], documents=[["source:documents/absent.txt"]])
    )
    with pytest.raises(GoldError) as caught:
        check_gold([case], {PLAN: "câu này có trong bài."})
    assert len(caught.value.faults) == 2
    assert "không có" in caught.value.faults[0]
    assert "documents/absent.txt" in caught.value.faults[1]


def test_one_string_and_several_spellings_of_a_fact_read_alike() -> None:
    one = GoldCase.model_validate(row(facts={"date": "2021-11-21"}))
    two = GoldCase.model_validate(row(facts={"date": ["2021-11-21", "2021-11-29"]}))
    assert one.facts.date == ("2021-11-21",)
    assert two.facts.date == ("2021-11-21", "2021-11-29")


def test_folding_twice_changes_nothing() -> None:
    folded = fold(unicodedata.normalize("NFD", " Ủy  BAN\nnhân dân "))
    assert folded == fold(folded) == "ủy ban nhân dân"
