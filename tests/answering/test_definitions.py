"""What a text means by a word, where a question asks that."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.definitions import Definitions
from rag.answering.members import Members, asked_body
from rag.answering.query import Query
from rag.types import Passage, PassageKind, Span

Ask = Callable[[str], Query]


def passage(text: str, context: str = "", *, provision: int = 0, kind: PassageKind = "clause") -> Passage:
    return Passage(text, "documents/cho.txt", provision, kind, (Span(0, len(text)),), text, context, "Điều 2")


@pytest.mark.parametrize(
    "question",
    [
        "Chợ phiên là gì?",
        "cho phien la gi vay",
        "Thế nào là chợ phiên?",
        "Như thế nào được gọi là chợ phiên?",
        "Khái niệm về chợ phiên?",
        "Định nghĩa của chợ phiên ạ?",
        "Theo luật này chợ phiên nghĩa là gì?",
        "Chợ phiên được hiểu như thế nào?",
    ],
)
def test_the_meaning_of_a_word_is_asked_in_many_forms(asked: Ask, question: str) -> None:
    definitions = Definitions([passage("Chợ mở cửa sớm."), passage("1. “Chợ phiên” là chợ họp theo ngày đã định.")])
    assert definitions.asked(asked(question)) == [1]


@pytest.mark.parametrize(
    "question",
    [
        "Ban quản lý chợ gồm những ai?",
        "ban quan ly cho gom nhung thanh vien nao",
        "Theo quy chế thì ban quản lý chợ có những cơ quan nào ạ?",
    ],
)
def test_who_a_body_consists_of_is_found(asked: Ask, question: str) -> None:
    members = Members([
        passage("Ban quản lý chợ họp hằng quý."),
        passage("Ban quản lý chợ và các đội kiểm tra gồm nhiều người."),
        passage("Ban quản lý chợ của xã gồm Trưởng thôn, Công an xã."),
    ])  # fmt: skip
    assert members.of(asked_body(asked(question))) == 2


def test_other_questions_ask_for_no_members(asked: Ask) -> None:
    assert asked_body(asked("Ban quản lý chợ làm những việc gì?")) == ""
    assert Members([passage("Ban kiểm phiếu gồm ba người.")]).of("ban quan ly cho") is None


@pytest.mark.parametrize("question", ["Ai mở chợ phiên?", "Chợ phiên họp ngày nào?", "Chợ nổi là gì?"])
def test_other_questions_and_other_words_find_no_definition(asked: Ask, question: str) -> None:
    assert Definitions([passage("“Chợ phiên” là chợ họp theo ngày đã định.")]).asked(asked(question)) == []


@pytest.mark.parametrize(
    ("text", "context", "defines"),
    [
        ("Chợ phiên là chợ họp theo ngày.", "Điều 2. Giải thích từ ngữ", True),
        ("Chợ phiên là chợ họp theo ngày.", "Điều 5. Chợ phiên", True),
        ("Chợ phiên là nơi thu phí.", "Điều 5. Mức phí", False),  # it only speaks of it
        ("“Chợ phiên” là chợ họp theo ngày.", "Điều 5. Mức phí", True),
        ("Mở “Chợ phiên” là việc của xã.", "Điều 2. Giải thích từ ngữ", False),
    ],
)
def test_quotation_marks_or_the_heading_make_a_definition(text: str, context: str, defines: bool) -> None:
    assert bool(Definitions([passage(text, context)]).of("cho phien")) is defines


def test_a_sentence_that_goes_on_is_told_to_its_end() -> None:
    definitions = Definitions(
        [
            passage("“Chợ phiên” là chợ họp theo ngày,"),
            passage("theo quy chế chợ", kind="mention"),
            passage("gồm cả chợ đêm."),
            passage("Người bán thuê chỗ."),
        ]
    )
    assert definitions.of("cho phien") == [0, 2]


def test_a_sentence_ends_with_its_provision() -> None:
    definitions = Definitions([passage("“Chợ phiên” là chợ họp theo ngày"), passage("Mức phí", provision=1)])
    assert definitions.of("cho phien") == [0]


def test_a_term_may_be_two_words_longer_and_the_nearest_is_taken() -> None:
    definitions = Definitions(
        [passage("“Chợ phiên vùng cao” là chợ họp theo ngày."), passage("“Chợ phiên đêm” là chợ họp buổi tối.")]
    )
    assert definitions.of("cho phien") == [1]
    assert definitions.of("phien vung cao") == [0]
    assert definitions.of("cho") == [1]
    assert definitions.of("cao") == []  # three words more
    assert definitions.of("phien cho") == []  # another order
