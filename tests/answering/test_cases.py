"""On which of several cases a question is: told in words, by where it is, or by numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from rag.answering.holdings import Library
from rag.answering.query import Query
from rag.answering.retrieve import EvidenceRetriever
from rag.answering.search import TopicSearch

RULES = """QUỐC HỘI
Luật số: 85/2015/QH13

LUẬT
CHỢ

Điều 1. Xác minh
1. Đối với vụ việc ở quầy hàng thì chủ quầy xác minh.
2. Đối với vụ việc ở bãi xe thì đội bảo vệ xác minh.
3. Đối với người bán rong thì ban quản lý xác minh.
4. Kết quả xác minh được niêm yết.

Điều 2. Bếp ăn ở cơ quan, đơn vị
1. Công đoàn chọn người nấu.

Điều 3. Bếp ăn ở doanh nghiệp
1. Giám đốc chọn người nấu.

Điều 4. Bếp ăn ở xã, phường
1. Hội phụ nữ chọn người nấu.

Điều 5. Vệ sinh
1. Nếu có rác thì người bán quét.
"""

Fit = Callable[[str, Query], int]


@pytest.fixture(scope="module")
def search(read_library: Callable[..., Library], by_words: Callable[[Library], EvidenceRetriever]) -> TopicSearch:
    library = read_library(RULES)
    return TopicSearch(library, by_words(library))


def at(search: TopicSearch, words: str) -> int:
    return next(index for index, one in enumerate(search.passages) if words in one.text)


@pytest.mark.parametrize(
    ("question", "fits"),
    [
        ("Người bán rong bị tố thì ai xác minh vụ việc?", (-1, -1, 1)),
        ("nguoi ban rong bi to thi ai xac minh vu viec", (-1, -1, 1)),
        ("Vụ việc ở bãi xe do ai xác minh?", (-1, 1, -1)),
        ("Vụ việc ở chợ do ai xác minh?", (0, 0, 0)),  # two of the cases have as much of it
        ("Ai trông trẻ?", (0, 0, 0)),
    ],
)
def test_a_question_that_tells_its_case_is_on_the_clause_for_it(
    search: TopicSearch, asked: Callable[[str], Query], question: str, fits: tuple[int, ...]
) -> None:
    clauses = [at(search, words) for words in ("chủ quầy", "đội bảo vệ", "ban quản lý")]
    assert tuple(search.cases.by_words(index, asked(question)) for index in clauses) == fits


def test_what_a_question_says_itself_comes_before_what_it_leaves_to_the_one_before(
    search: TopicSearch, asked: Callable[[str], Query]
) -> None:
    before = "vụ việc ở bãi xe"
    query = asked(f"còn người bán rong thì ai xác minh {before}")
    assert search.cases.by_words(at(search, "ban quản lý"), query) == 0
    assert search.cases.by_words(at(search, "ban quản lý"), replace(query, background=before)) == 1


@pytest.mark.parametrize("words", ["Kết quả xác minh", "người bán quét"])
def test_a_clause_without_a_case_beside_it_fits_none(
    search: TopicSearch, asked: Callable[[str], Query], words: str
) -> None:
    assert search.cases.by_words(at(search, words), asked("Nếu có rác, người bán rong thì sao?")) == 0


@pytest.mark.parametrize(
    ("question", "elsewhere"),
    [
        ("Ai chọn người nấu bếp ăn trong cơ quan nhà nước?", (False, True, True)),
        ("Ai chọn người nấu bếp ăn của doanh nghiệp nhà nước?", (True, False, True)),
        ("bep an cua xa thi ai chon nguoi nau", (True, True, False)),
        ("Ai chọn người nấu?", (False, False, False)),  # wherever it is
        ("Bếp ăn ở cơ quan với ở doanh nghiệp khác gì nhau?", (False, False, True)),
    ],
)
def test_a_rule_for_bodies_of_another_kind_is_told(
    search: TopicSearch, asked: Callable[[str], Query], question: str, elsewhere: tuple[bool, ...]
) -> None:
    clauses = [at(search, words) for words in ("Công đoàn chọn", "Giám đốc chọn", "Hội phụ nữ chọn")]
    found = search.cases.elsewhere(clauses, asked(question))
    assert tuple(index in found for index in clauses) == elsewhere


def test_a_rule_for_bodies_of_another_kind_comes_after_the_others(
    search: TopicSearch, asked: Callable[[str], Query]
) -> None:
    query = asked("Ai chọn người nấu bếp ăn ở doanh nghiệp?")
    ranked = [one.index for one in search.rank(query, search.terms(query))]
    assert ranked.index(at(search, "Giám đốc chọn")) < ranked.index(at(search, "Công đoàn chọn"))
