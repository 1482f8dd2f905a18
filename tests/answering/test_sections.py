"""In which part of a text a passage stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.holdings import Library
from rag.answering.sections import Sections

SOURCE = "documents/0.txt"
LAW = """QUỐC HỘI
Luật số: 85/2015/QH13

LUẬT
TIẾP DÂN

Điều 1. Phạm vi điều chỉnh
Luật này quy định việc tiếp dân.

Điều 2. Thời hạn
1. Trả lời đơn như sau:
a) Đơn thường trong 05 ngày;
b) Đơn khó trong 10 ngày.
2. Trưởng thôn gia hạn một lần.
"""
PLAN = """KẾ HOẠCH
Làm đường thôn

I. MỤC ĐÍCH
1. Đi lại dễ dàng.
II. NHIỆM VỤ
1. Đổ đá các ngõ.
2. Trồng cây hai bên.
"""


@pytest.fixture(scope="module")
def library(read_library: Callable[..., Library]) -> Library:
    return read_library(LAW, PLAN)


@pytest.fixture(scope="module")
def sections(library: Library) -> Sections:
    return Sections(library, library.knowledge.passages)


def index_of(library: Library, words: str) -> int:
    return next(at for at, passage in enumerate(library.knowledge.passages) if words in passage.text)


@pytest.mark.parametrize(
    ("words", "locator"),
    [
        ("Phạm vi", "Điều 1"),  # the heading of an article stands in it
        ("Luật này", "Điều 1"),
        ("như sau", "Điều 2"),
        ("Đơn khó", "Điều 2"),  # however deep
        ("QUỐC HỘI", None),
        ("Đổ đá", None),  # a plan has no articles
    ],
)
def test_a_passage_stands_in_the_article_around_it(
    library: Library, sections: Sections, words: str, locator: str | None
) -> None:
    assert sections.article(index_of(library, words)) == (locator and (SOURCE, locator))


def test_outside_of_articles_the_headings_part_a_text(library: Library, sections: Sections) -> None:
    first, second, other = (sections.of(index_of(library, words)) for words in ("Đổ đá", "Trồng cây", "Đi lại"))
    assert first == second == ("documents/1.txt", "NHIỆM VỤ")
    assert other == ("documents/1.txt", "MỤC ĐÍCH")


def test_places_bring_the_sections_that_hold_them(library: Library, sections: Sections) -> None:
    places = [(SOURCE, LAW.index("Đơn khó") + 3), (SOURCE, LAW.index("Luật này")), ("documents/1.txt", len(PLAN) - 3)]
    assert sections.at(places) == {(SOURCE, "Điều 2"), (SOURCE, "Điều 1"), ("documents/1.txt", "NHIỆM VỤ")}


@pytest.mark.parametrize("places", [[], [(SOURCE, 10**6)], [("documents/absent.txt", 0)]])
def test_places_outside_of_every_passage_bring_none(sections: Sections, places: list[tuple[str, int]]) -> None:
    assert sections.at(places) == frozenset()
