"""Each broken promise of an answer is found, and a right answer breaks none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from eval.invariants import unmarked, violations
from rag.types import Answer, AnswerDocument, AnswerUnit, Citation, Notice

SOURCE = "documents/a.txt"
TEXTS = {SOURCE: "Giao Phòng Nội vụ theo dõi."}
CITATION = Citation(1, SOURCE, "Kế hoạch", "Mục III.2", "Phòng Nội vụ", 5, 17)
RIGHT = Answer(
    question="Ai theo dõi?",
    status="answered",
    reason=None,
    text="Phòng Nội vụ theo dõi [1].",
    documents=(AnswerDocument(None, "Kế hoạch", None, None, None, True, (1,)),),
    units=(AnswerUnit("Phòng Nội vụ", "supervise", (1,)),),
    citations=(CITATION,),
    notices=(Notice("as_of", "Nói theo tháng 02/2024.", (1,)),),
)


def test_a_right_answer_breaks_nothing() -> None:
    assert violations(RIGHT, TEXTS) == ()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"citations": (replace(CITATION, end=16),)}, "không đúng nguyên văn"),
        ({"citations": (replace(CITATION, source="documents/b.txt"),)}, "văn bản không có"),
        ({"citations": (CITATION, CITATION)}, "cùng số [1]"),
        ({"text": "Phòng Nội vụ theo dõi [2]."}, "[2] không có trích dẫn"),
        ({"units": (AnswerUnit("Phòng Nội vụ", "supervise", (3,)),)}, "[3] không có trích dẫn"),
        ({"notices": (Notice("as_of", "Năm 2024.", (4,)),)}, "[4] không có trích dẫn"),
        ({"units": (AnswerUnit("Phòng Nội vụ", "supervise", ()),)}, "JSON sai ở $.units[0].citations"),
        ({"status": "maybe"}, "JSON sai ở $.status"),
        ({"elapsed_ms": -1.0}, "JSON sai ở $.elapsed_ms"),
        ({"text": "Phòng Nội vụ theo dõi."}, "không có dấu dẫn nguồn"),
        ({"text": "Phòng Nội vụ theo dõi 46 xã [1]."}, "không có trong đoạn trích hay danh mục: số 46"),
    ],
)
def test_each_broken_promise_is_found_alone(changes: dict[str, Any], fault: str) -> None:
    found = violations(replace(RIGHT, **changes), TEXTS)
    assert len(found) == 1
    assert fault in found[0]


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Một câu [1]. Hai câu [1].", []),
        ("Một câu. [1] Hai câu. [1]", []),
        ("Một câu. Hai câu [1].", ["Một câu."]),
        ("Một câu [1].\nHai câu.", ["Hai câu."]),
        ("## Đơn vị\n\n**Văn bản**\n\n- Phòng Nội vụ [1]", []),
        ("Các đơn vị sau chịu trách nhiệm:\n1. Phòng Nội vụ [1]\n2. Ban Dân vận", ["Ban Dân vận"]),
        ("> “Giao Phòng Nội vụ theo dõi. Báo cáo UBND huyện.” [1]", []),  # a quote is one sentence
        ("| Văn bản | Ngày |\n|---|---|\n| 593-QĐ/TU | 11/11/2021 [1] |", []),
        ("Ban hành theo Nghị định số 59/2023/NĐ-CP ngày 14.8.2023 tại mục II.3 [1].", []),
        ("**Phòng Nội vụ** theo dõi, đôn đốc", ["**Phòng Nội vụ** theo dõi, đôn đốc"]),
        ("", []),
    ],
)
def test_every_sentence_that_states_something_needs_a_marker(text: str, bare: list[str]) -> None:
    assert unmarked(replace(RIGHT, text=text)) == bare


def test_a_refusal_needs_no_marker() -> None:
    refused = Answer("?", "not_found", "no_evidence", "Không tìm thấy căn cứ. Hãy hỏi cách khác.")
    assert violations(refused, TEXTS) == ()
