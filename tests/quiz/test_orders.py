"""What a trainer asks for, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from rag.errors import QuizError
from rag.quiz.bank import Bank
from rag.quiz.formats.sheets import fits_kahoot
from rag.quiz.items import Item
from rag.quiz.material import Material
from rag.quiz.orders import Order, bytes_of, fill, format_of, level_of, mix_of
from rag.quiz.wishes import MIX, Wish


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return Bank(tmp_path / "quiz.sqlite")


@pytest.mark.parametrize(
    ("text", "mix"),
    [
        (None, MIX),
        ("  ", MIX),
        ("Nhận biết", {"recall": 1.0}),
        ("apply", {"apply": 1.0}),
        ("nhận biết=50%,thông hiểu=30,vận dụng=20", {"recall": 50.0, "understand": 30.0, "apply": 20.0}),
    ],
)
def test_difficulties_are_read(text: str | None, mix: dict[str, float]) -> None:
    assert mix_of(text) == mix


@pytest.mark.parametrize("text", ["dễ", "nhận biết=nhiều", "vận dụng=-1", "vận dụng=0", "vận dụng=nan", "vận dụng=inf"])
def test_wrong_difficulties_are_told(text: str) -> None:
    with pytest.raises(QuizError, match="Mức độ"):
        mix_of(text)


@pytest.mark.parametrize(
    ("name", "file", "known"),
    [
        (None, None, "json"),
        ("DOCX", None, "docx"),
        (None, "de.pdf", "pdf"),
        (None, "de.xlsx", "kahoot"),
        (None, "de.XML", "moodle"),
        ("gift", "de.txt", "gift"),
    ],
)
def test_the_format_is_named_or_told_by_the_file(name: str | None, file: str | None, known: str) -> None:
    assert format_of(name, Path(file) if file else None) == known


def test_a_file_that_tells_no_format_is_refused() -> None:
    with pytest.raises(QuizError, match=r"Không rõ định dạng của tệp de\.txt"):
        format_of(None, Path("de.txt"))


def test_levels_are_read_with_marks_or_without() -> None:
    assert [level_of(name) for name in (None, "huyen", "Cấp tỉnh")] == [None, "huyện", "tỉnh"]
    with pytest.raises(QuizError, match="Không có cấp làng"):
        level_of("làng")


@pytest.mark.parametrize(
    "order", [Order(Wish(0)), Order(Wish(2001)), Order(Wish(1), versions=0), Order(Wish(1), versions=99)]
)
def test_numbers_out_of_bounds_are_told(material: Material, bank: Bank, order: Order) -> None:
    with pytest.raises(QuizError, match="phải từ 1 đến"):
        fill(material, bank, order)


def test_short_items_fit_kahoot(material: Material, bank: Bank) -> None:
    given = fill(material, bank, Order(Wish(10), short=True))
    assert len(given.items) == 10
    assert all(map(fits_kahoot, given.items))


def test_kept_items_are_in_the_bank(material: Material, bank: Bank) -> None:
    given = fill(material, bank, Order(Wish(5), keep=True))
    assert {one.item.id for one in bank.entries()} == {item.id for item in given.items}


def test_accepted_items_alone_are_taken_on_request(material: Material, bank: Bank, items: tuple[Item, ...]) -> None:
    bank.propose(items)
    for item in items[:4]:
        bank.set_state(item.id, "accepted")
    given = fill(material, bank, Order(Wish(10), accepted=True))
    assert {item.id for item in given.items} == {item.id for item in items[:4]}
    assert given.notes == ("Kho văn bản chỉ đủ cho 4 trong 10 câu được yêu cầu với các điều kiện đã chọn.",)


def test_an_accepted_item_that_no_longer_holds_is_left_out_and_told(
    material: Material, bank: Bank, items: tuple[Item, ...]
) -> None:
    moved = replace(items[0], citation=replace(items[0].citation, start=items[0].citation.start + 1))
    bank.propose([moved, items[1]])
    for item in items[:2]:
        bank.set_state(item.id, "accepted")
    given = fill(material, bank, Order(Wish(1), accepted=True))
    assert [item.id for item in given.items] == [items[1].id]
    assert given.notes == ("1 câu đã duyệt không còn khớp với kho văn bản nên không được dùng.",)


@pytest.mark.parametrize("make", [lambda: bytes_of(Order(Wish(1)), (), "docx")])
def test_no_items_make_no_paper(make: Callable[[], bytes]) -> None:
    with pytest.raises(QuizError, match="Không có câu hỏi nào"):
        make()
    assert bytes_of(Order(Wish(1)), (), "json") == b"[]\n"
