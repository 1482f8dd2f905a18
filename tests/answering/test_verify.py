"""Every kind of fault in an answer is found, and a sound answer has none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.verify import faults
from rag.types import Answer, AnswerDocument, AnswerUnit, CheckedFact, Citation, Notice

SOURCE = "documents/a.txt"
TEXT = "Giao Phòng Nội vụ theo dõi."
TEXTS = {SOURCE: TEXT}
CITATION = Citation(1, SOURCE, "Kế hoạch", "Mục III.2", TEXT[5:17], 5, 17)
DOCUMENT = AnswerDocument(None, "Kế hoạch", None, None, None, False, (1,))
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


@pytest.mark.parametrize(("count", "sound"), [(2, True), (3, False)])
def test_a_count_is_proved_by_the_items_that_follow_it(count: int, sound: bool) -> None:
    listed = f"Điều này nêu {count} trường hợp [1]:\n\n- Phòng Nội vụ [1].\n\n- Phòng Nội vụ [1]."
    assert (faults(replace(SOUND, text=listed), TEXTS) == []) is sound


@pytest.mark.parametrize("status", ["answered", "corrected", "ambiguous"])
def test_every_given_answer_needs_markers(status: str) -> None:
    answer = replace(SOUND, status=status, text="Phòng Nội vụ.")  # type: ignore[arg-type]
    assert faults(answer, TEXTS) == ["no marker in: Phòng Nội vụ."]


def test_all_faults_of_an_answer_are_told() -> None:
    answer = replace(SOUND, text="Không dẫn.\n\nDẫn sai [3].", units=(replace(UNIT, citations=()),))
    assert len(faults(answer, TEXTS)) == 3


QUOTES = (
    "Quyết định số 593 -QĐ/TU, ngày 11 tháng 11 năm\n2021 của Tỉnh ủy",
    "Kế hoạch số 115",
    "KH/HU, ngày 31/8/2022 giai đoạn 2020 - 2025",
)
STATED = Answer("Năm 2030?", "answered", None, "", citations=tuple(
    Citation(number, SOURCE, "Kế hoạch tháng 02/2024 của UBND huyện", "Mục II.3, đoạn 2", quote,
             "\n".join(QUOTES).index(quote), "\n".join(QUOTES).index(quote) + len(quote))
    for number, quote in enumerate(QUOTES, 1)))  # fmt: skip
QUOTED = {SOURCE: "\n".join(QUOTES)}


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 593-QĐ/TU ngày 11/11/2021 [1].",  # a slip in the number, a date in words over two lines
        "Quyết định ban hành tháng 11/2021 [1].",  # less than the text says
        "Kế hoạch số 115-KH/HU [2][3].",  # a number that a page parts
        "Giai đoạn 2020 - 2025 [3].",
        "Mục II.3, đoạn 2 của Kế hoạch tháng 02/2024 [1].",  # where the quotes stand
        "Có 2 văn bản:\n\n1. Một [1]\n\n2. Hai [2]",  # the answer's own count and places
        "Chưa đúng: câu hỏi nêu năm 2030 [1].",  # what the question says
    ],
)
def test_what_is_quoted_may_be_stated(text: str) -> None:
    assert faults(replace(STATED, text=text), QUOTED) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Quyết định số 593-QĐ/TW [1].", "number not quoted: 593-QĐ/TW"),
        ("Ngày 12/11/2021 [1].", "date not quoted: 2021-11-12"),
        ("Tháng 02/2025 [1].", "date not quoted: 2025-02"),
        ("Có 45 xã [1].", "figure not quoted: 45"),
        ("Chú thích 7 [1].", "figure not quoted: 7"),
    ],
)
def test_what_is_not_quoted_may_not_be_stated(text: str, fault: str) -> None:
    assert faults(replace(STATED, text=text), QUOTED) == [fault]


def test_the_facts_of_a_named_document_and_unit_are_checked_too() -> None:
    told = replace(STATED, text="Tỉnh ủy [1].")
    other = AnswerDocument("10/2022/QH15", "Luật", None, "Quốc hội", "2022-11-10", False, (1,))
    assert faults(replace(told, documents=(other,)), QUOTED) == [
        "number not quoted: 10/2022/QH15",
        "date not quoted: 2022-11-10",
    ]
    assert faults(replace(told, units=(UNIT,)), QUOTED) == ["unit not quoted: Phòng Nội vụ"]
    checked = CheckedFact("10/2022/QH15", "Luật", "Quốc hội", "2022-11-10", None, "một bản sao")
    assert faults(replace(told, documents=(other,)), QUOTED, [checked]) == []
    beside = replace(told, text="Hướng dẫn Luật số 10/2022/QH15 [1].")  # a document that the answer is not on
    assert (faults(beside, QUOTED), faults(beside, QUOTED, [checked])) == (["number not quoted: 10/2022/QH15"], [])
    assert len(faults(replace(told, documents=(other,)), QUOTED, [replace(checked, number="1/2022/QH15")])) == 2


@given(st.integers(0, 40), st.integers(0, 40), st.text(max_size=20))
def test_only_the_very_slice_passes(start: int, end: int, quote: str) -> None:
    citation = Citation(1, SOURCE, "Kế hoạch", "Mục", quote, start, end)
    answer = replace(SOUND, citations=(citation,), units=())
    assert (faults(answer, TEXTS) == []) == (quote != "" and TEXT[start:end] == quote)
