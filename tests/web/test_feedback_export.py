"""Feedback as a table, and as gold questions that the evaluation takes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from eval.gold import check_gold, read_gold
from rag.answering.holdings import Library
from rag.answering.wire import answer_json
from rag.types import Answer
from rag.web.feedback import Entry, Verdict
from rag.web.feedback_export import feedback_csv, gold_lines

Said = Callable[..., Entry]


def said(answer: Answer, verdict: Verdict = "right", *, history: tuple[str, ...] = (), note: str = "") -> Entry:
    reason = "unit" if verdict == "wrong" else ""
    told = answer_json(answer)
    return Entry("2024-03-05T01:02:03Z", "2024-03-01", verdict, reason, note, answer.question, history, told)


def test_the_table_opens_in_excel_and_no_cell_is_a_formula(answer: Answer) -> None:
    text = feedback_csv([said(answer, "wrong", note="=1+1", history=("Câu trước?",))])
    assert text.startswith("\ufeff")
    (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert row["Đánh giá"] == "Sai"
    assert row["Lý do"] == "Sai đơn vị hoặc vai trò"
    assert row["Ghi chú"] == "'=1+1"
    assert row["Các câu hỏi trước"] == "Câu trước?"
    assert (row["Văn bản"], row["Đơn vị"]) == ("320-QĐ/TU", "Phòng Nội vụ")


def test_right_answers_are_gold_questions_that_pass_the_check(
    tmp_path: Path, library: Library, answer: Answer, ambiguous: Answer
) -> None:
    refused = Answer("Giá vàng?", "not_found", "out_of_scope", "Không tìm thấy.")
    follow_up = replace(answer, question="Ai theo dõi?")
    entries = [said(answer), said(ambiguous), said(refused), said(follow_up, history=("Quyết định 320?",))]
    path = tmp_path / "feedback.jsonl"
    path.write_text("\n".join(gold_lines(entries)), encoding="utf-8")
    cases = read_gold(path)
    check_gold(cases, {"plan": library.texts})
    assert [case.kind for case in cases] == ["document_and_unit", "ambiguous", "unanswerable_outside", "follow_up"]
    assert cases[0].documents == (("320-QĐ/TU",),)
    assert cases[0].roles == {"Phòng Nội vụ": "supervise"}
    assert cases[3].history == ("Quyết định 320?",)


@pytest.mark.parametrize(
    ("verdicts", "count"),
    [(["right", "right"], 1), (["wrong"], 0), (["right", "wrong"], 0)],  # nobody knows what is right in the last
)
def test_a_question_is_one_gold_question_where_nobody_found_it_wrong(
    answer: Answer, verdicts: list[Verdict], count: int
) -> None:
    assert len(list(gold_lines([said(answer, verdict) for verdict in verdicts]))) == count
