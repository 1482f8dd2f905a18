"""The clauses to which passages refer, in their own text and in others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.holdings import Library
from rag.answering.referred import places, referred
from rag.answering.retrieve import EvidenceRetriever
from rag.answering.search import TopicSearch

LONG = " ".join(["Đơn để ở kho."] * 16)
LAW = f"""QUỐC HỘI
Luật số: 85/2015/QH13

LUẬT
TIẾP DÂN

Điều 1. Giải thích từ ngữ
1. Tiếp dân là đón tiếp người đến phản ánh.
2. Đơn là giấy tờ người dân nộp.
3. {LONG}

Điều 2. Việc của thôn
1. Trả lời đơn trong 05 ngày.
2. Việc quy định tại khoản 1 Điều 1 của Luật này do trưởng thôn làm.
3. Trường hợp nêu tại khoản 1 Điều này thì gia hạn.
4. Việc quy định tại các khoản 1 và 2 Điều 1 của Luật này làm hằng ngày.
5. Kho của khoản 3 Điều 1 của Luật này do xã giữ.
6. Sổ theo khoản 9 Điều 1 của Luật này thì bỏ.
7. Việc khác làm theo khoản 1 Điều 1 của Luật Đất đai.
8. Khoản 8 Điều 2 của Luật này có hiệu lực ngay.
9. Trưởng thôn giữ sổ.

Điều 3. Nơi tiếp dân
"""
DECREE = """CHÍNH PHỦ
Số: 64/2014/NĐ-CP

NGHỊ ĐỊNH
Hướng dẫn tiếp dân

Điều 1. Việc của xã
1. Xã mở sổ để làm việc quy định tại khoản 2 Điều 1 Luật số 85/2015/QH13.
2. Xã đóng dấu theo Luật số 85/2015/QH13.
3. Nơi quy định tại Điều 3 Luật số 85/2015/QH13 do xã chọn.
"""


@pytest.fixture(scope="module")
def library(read_library: Callable[..., Library]) -> Library:
    return read_library(LAW, DECREE)


@pytest.fixture(scope="module")
def told(library: Library) -> Callable[[str], list[str]]:
    """Where the clause with some words refers to, each place with its document's number."""
    passages = library.knowledge.passages
    found = referred(library, passages)

    def places_of(words: str) -> list[str]:
        at = next(index for index, one in enumerate(passages) if words in one.text and one.kind == "clause")
        return [f"{passages[other].locator} {library.held[passages[other].source].number}" for other in found[at]]

    return places_of


@pytest.mark.parametrize(
    ("words", "locators"),
    [
        ("do trưởng thôn làm", ["khoản 1 Điều 1"]),
        ("thì gia hạn", ["khoản 1 Điều 2"]),  # "Điều này" is the article around it
        ("làm hằng ngày", ["khoản 1 Điều 1", "khoản 2 Điều 1"]),
        ("do xã giữ", []),  # a clause that is too long to tell what it is on
        ("thì bỏ", []),  # the article has no such clause
        ("Luật Đất đai", []),  # the clause of a law that is not held
        ("có hiệu lực ngay", []),  # itself
        ("Trưởng thôn giữ sổ", []),
    ],
)
def test_a_passage_refers_to_the_clauses_of_its_own_law(
    told: Callable[[str], list[str]], words: str, locators: list[str]
) -> None:
    assert told(words) == [f"{locator} 85/2015/QH13" for locator in locators]


@pytest.mark.parametrize(
    ("words", "locators"),
    [
        ("Xã mở sổ", ["khoản 2 Điều 1"]),
        ("Xã đóng dấu", []),  # a law as a whole
        ("do xã chọn", ["Điều 3"]),  # an article by its heading
    ],
)
def test_a_passage_refers_to_the_places_of_another_held_text(
    told: Callable[[str], list[str]], words: str, locators: list[str]
) -> None:
    assert told(words) == [f"{locator} 85/2015/QH13" for locator in locators]


def test_a_rule_is_searched_with_the_clauses_that_it_refers_to(
    library: Library, by_words: Callable[[Library], EvidenceRetriever]
) -> None:
    search = TopicSearch(library, by_words(library))
    rule, other = (
        next(index for index, one in enumerate(search.passages) if words in one.text)
        for words in ("do trưởng thôn làm", "Trưởng thôn giữ sổ")
    )
    met = search.terms_of("đón tiếp")
    assert search.covered(met, rule) == search.spoken_of(met, rule) == search.around(met, rule) == 1.0
    assert search.covered(met, other) == 0.0


def test_a_text_that_is_not_held_has_no_places(read_library: Callable[..., Library]) -> None:
    alone = read_library(DECREE)
    assert not any(referred(alone, alone.knowledge.passages))


@pytest.mark.parametrize(
    ("pinpoint", "found"),
    [
        ("khoản 1, 2 và 3 Điều 15", ["khoản 1 Điều 15", "khoản 2 Điều 15", "khoản 3 Điều 15"]),
        ("khoản 1 hoặc khoản 4 Điều 15a", ["khoản 1 Điều 15a", "khoản 4 Điều 15a"]),
        ("điểm b khoản 2 Điều 7", ["khoản 2 Điều 7"]),  # a point stands in its clause
        ("khoản 1 Điều 3, khoản 2 Điều 4", ["khoản 1 Điều 3", "khoản 2 Điều 4"]),
        ("Điều 3 và khoản 2 Điều 4", ["Điều 3", "khoản 2 Điều 4"]),
        ("khoản 2", []),  # of no article
        ("Phụ lục I", []),
        ("", []),
    ],
)
def test_a_pinpoint_names_its_clauses_or_its_articles(pinpoint: str, found: list[str]) -> None:
    assert places(pinpoint) == found
