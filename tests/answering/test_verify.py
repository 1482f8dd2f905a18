"""Every kind of fault in an answer is found, and a sound answer has none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.verify import faults
from rag.types import Answer, AnswerDocument, AnswerUnit, Citation, Notice

SOURCE = "documents/a.txt"
TEXT = "Giao Phòng Nội vụ theo dõi."
TEXTS = {SOURCE: TEXT}
CITATION = Citation(1, SOURCE, "Kế hoạch", "Mục III.2", TEXT[5:17], 5, 17)
DOCUMENT = AnswerDocument("593-QĐ/TU", "Quyết định", None, None, None, False, (1,))
UNIT = AnswerUnit("Phòng Nội vụ", "lead", (1,))
SOUND = Answer(
    "Ai theo dõi?", "answered", None, "Có 1 đơn vị:\n\nPhòng Nội vụ [1].",
    documents=(DOCUMENT,), units=(UNIT,), citations=(CITATION,), notices=(Notice("as_of", "Theo kế hoạch.", (1,)),),
)  # fmt: skip
REFUSAL = Answer("Ai?", "not_found", "no_evidence", "Không tìm thấy.")


def test_a_sound_answer_and_a_plain_refusal_have_no_fault() -> None:
    assert faults(SOUND, TEXTS) == []
    assert faults(REFUSAL, TEXTS) == []


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (replace(SOUND, citations=(replace(CITATION, quote="Phòng Tư pháp"),)), "is not its slice"),
        (replace(SOUND, citations=(replace(CITATION, start=6),)), "is not its slice"),
        (replace(SOUND, citations=(replace(CITATION, end=18),)), "is not its slice"),
        (replace(SOUND, citations=(replace(CITATION, source="documents/b.txt"),)), "is not its slice"),
        (replace(SOUND, citations=(replace(CITATION, start=5, end=5, quote=""),)), "is not its slice"),
        (replace(SOUND, citations=(replace(CITATION, start=100, end=110, quote=""),)), "is not its slice"),
        (replace(SOUND, text="Phòng Nội vụ [1][2]."), "marker 2 resolves to nothing"),
        (replace(SOUND, documents=(replace(DOCUMENT, citations=(7,)),)), "marker 7 resolves to nothing"),
        (replace(SOUND, units=(replace(UNIT, citations=(8,)),)), "marker 8 resolves to nothing"),
        (replace(SOUND, notices=(Notice("as_of", "Theo kế hoạch.", (9,)),)), "marker 9 resolves to nothing"),
        (replace(SOUND, text="Phòng Nội vụ [1].\n\nVà Phòng Tư pháp."), "no marker in: Và Phòng Tư pháp."),
        (replace(SOUND, documents=(replace(DOCUMENT, citations=()),)), "no citation for AnswerDocument"),
        (replace(SOUND, units=(replace(UNIT, citations=()),)), "no citation for AnswerUnit"),
        (Answer("Ai?", "answered", None, "Có các đơn vị:"), "no citation at all"),
        (replace(REFUSAL, documents=(DOCUMENT,), citations=(CITATION,)), "a refusal names documents or units"),
        (replace(REFUSAL, units=(UNIT,), citations=(CITATION,)), "a refusal names documents or units"),
    ],
)
def test_each_kind_of_fault_is_found(answer: Answer, fault: str) -> None:
    found = faults(answer, TEXTS)
    assert len(found) == 1, found
    assert fault in found[0]


@pytest.mark.parametrize("status", ["answered", "corrected", "ambiguous"])
def test_every_given_answer_needs_markers(status: str) -> None:
    answer = replace(SOUND, status=status, text="Phòng Nội vụ.")  # type: ignore[arg-type]
    assert faults(answer, TEXTS) == ["no marker in: Phòng Nội vụ."]


def test_all_faults_of_an_answer_are_told() -> None:
    answer = replace(SOUND, text="Không dẫn.\n\nDẫn sai [3].", units=(replace(UNIT, citations=()),))
    assert len(faults(answer, TEXTS)) == 3


@given(st.integers(0, 40), st.integers(0, 40), st.text(max_size=20))
def test_only_the_very_slice_passes(start: int, end: int, quote: str) -> None:
    answer = replace(SOUND, citations=(Citation(1, SOURCE, "Kế hoạch", "Mục", quote, start, end),))
    assert (faults(answer, TEXTS) == []) == (quote != "" and TEXT[start:end] == quote)
