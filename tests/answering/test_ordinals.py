"""How many there are of what texts number."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.ordinals import Numbered, asked_ordinals, numbered
from rag.answering.query import Query
from rag.types import Passage, Span

Ask = Callable[[str], Query]
ROUNDS = Numbered("dot", "tap huan", "đợt tập huấn")


def passages(*texts: str, source: str = "documents/lop.txt") -> list[Passage]:
    return [Passage(text, source, 0, "clause", (Span(0, len(text)),), text, "", "Mục 1") for text in texts]


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Có mấy đợt tập huấn?", ROUNDS),
        ("Có bao nhiêu đợt tập huấn tất cả?", ROUNDS),
        ("Có mấy mẫu tất cả vậy?", Numbered("mau", "", "mẫu")),
        ("Thuê quầy có mấy bước?", Numbered("buoc", "", "bước")),
        ("Có mấy người dự tập huấn?", None),
    ],
)
def test_what_is_numbered_is_told_from_the_question(asked: Ask, question: str, asks: Numbered | None) -> None:
    assert asked_ordinals(asked(question)) == asks


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["Tập huấn đợt hai.", "Tập huấn đợt thứ nhất."], [1, 0]),  # in the order of the numbers
        (["Tập huấn đợt 1.", "Tập huấn lần 2.", "Tập huấn đợt thứ ba.", "Tập huấn đợt thứ tư."], [0, 1, 2, 3]),
        (["Tập huấn đợt 1 mở sau mùa gặt.", "Tập huấn đợt 1.", "Tập huấn đợt 2."], [1, 2]),  # the shortest
        (["Tập huấn đợt 1.", "Tập huấn đợt 3."], []),  # one is left out
        (["Tập huấn đợt 1."], []),
        (["Diễn tập đợt 1.", "Diễn tập đợt 2."], []),
    ],
)
def test_passages_that_number_all_of_them_are_found(texts: list[str], found: list[int]) -> None:
    assert numbered(ROUNDS, passages(*texts)) == found


def test_the_text_that_numbers_most_tells_how_many_there_are() -> None:
    few = passages("Tập huấn đợt 1.", "Tập huấn đợt 2.")
    more = passages("Tập huấn đợt 1.", "Tập huấn đợt 2.", "Tập huấn đợt 3.", source="documents/khac.txt")
    assert numbered(ROUNDS, [*few, *more]) == [2, 3, 4]


def test_texts_may_call_the_thing_by_the_end_of_its_name() -> None:
    asks = Numbered("dot", "lop tap huan", "đợt lớp tập huấn")
    assert numbered(asks, passages("Tập huấn đợt 1.", "Tập huấn đợt 2.")) == [0, 1]


def test_forms_are_counted_by_their_numbers() -> None:
    asks = Numbered("mau", "don", "mẫu đơn")
    assert numbered(asks, passages("Mẫu số 02: Giấy mời", "Mẫu số 1: Đơn", "Nộp theo Mẫu số 02 kèm ảnh.")) == [1, 0]


STEPS = Numbered("buoc", "", "bước")


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["Bước 2. Ghi tên.", "Bước 1: Gửi đơn.", "Bước 3. Kẻ ô."], [1, 0, 2]),
        (["Bước 1. Gửi đơn.", "Bước 1. Gửi lại đơn.", "Bước 2. Ghi tên."], [0, 2]),  # the first that tells it
        (["Bước 1. Gửi đơn.", "Bước 3. Kẻ ô."], []),  # one is left out
        (["Bước 1. Gửi đơn."], []),
        (["Bước 1 là gửi đơn.", "Theo Bước 2. Ghi tên."], []),  # they speak of steps
    ],
)
def test_steps_are_counted_where_none_is_left_out(texts: list[str], found: list[int]) -> None:
    assert numbered(STEPS, passages(*texts)) == found


def test_steps_of_two_texts_are_not_counted() -> None:
    steps = ("Bước 1. Gửi đơn.", "Bước 2. Ghi tên.")
    assert numbered(STEPS, [*passages(*steps), *passages(*steps, source="documents/khac.txt")]) == []
