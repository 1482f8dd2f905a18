"""The words of a topic, what they weigh, and how much of them a text speaks of."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from rag.index.tokens import PLAIN
from rag.index.topics import Term, coverage, term_line, topic_terms

TALK = Term("đối thoại", "doi thoai", 2.0)
FUNDS = Term("kinh phí", "kinh phi", 2.0)
RARE = Term("hương ước", "huong uoc", 6.0)


def rarity(field: str, token: str) -> float:
    return {(PLAIN, "doi_thoai"): 1.5, (PLAIN, "truc_tiep"): 0.5}.get((field, token), 0.0)


def test_terms_come_in_order_once_each_with_their_bare_forms() -> None:
    terms = topic_terms("đối thoại trực tiếp đối thoại", idf=rarity, passages=10)
    assert [(term.text, term.bare, term.weight) for term in terms] == [
        ("đối thoại", "doi thoai", 1.5),
        ("trực tiếp", "truc tiep", 0.5),
    ]


def test_a_word_that_the_corpus_lacks_weighs_less_than_its_rarest_may() -> None:
    (term,) = topic_terms("vũ trụ", idf=rarity, passages=10)
    assert term.weight == pytest.approx(0.8 * math.log(1 + 10.5 / 0.5))
    assert term.weight > 1.5


def test_stop_words_and_small_numerals_are_no_topic() -> None:
    assert topic_terms("của các 18", idf=rarity, passages=10) == ()
    assert topic_terms("", idf=rarity, passages=10) == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Đối thoại với dân", 1.0),
        ("doi thoai voi dan", 0.9),  # other marks
        ("đội thoái", 0.9),
        ("đối với thoại", 0.5),  # parted by one word
        ("đối một hai thoại", 0.5),  # and by two, the most
        ("đối một hai ba thoại", 0.0),
        ("thoại đối", 0.0),  # order counts
        ("đối", 0.0),
        ("", 0.0),
    ],
)
def test_a_word_of_two_syllables_is_present_by_degrees(line: str, expected: float) -> None:
    assert coverage([TALK], term_line(line)) == pytest.approx(expected)


def test_a_single_syllable_with_other_marks_hardly_counts() -> None:
    dân = Term("dân", "dan", 1.0)
    assert coverage([dân], term_line("dân")) == 1.0
    assert coverage([dân], term_line("dẫn")) == 0.25


def test_of_a_longer_word_the_pairs_count() -> None:
    term = Term("mặt trận tổ quốc", "mat tran to quoc", 1.0)
    assert coverage([term], term_line("mặt trận")) == pytest.approx(1 / 3)


def test_coverage_is_the_share_of_weight_and_not_of_words() -> None:
    assert coverage([TALK, FUNDS], term_line("đối thoại")) == 0.5
    assert coverage([TALK, RARE], term_line("đối thoại")) == 0.25
    assert coverage([], term_line("đối thoại")) == 0.0


def test_a_syllable_inside_another_is_not_the_word() -> None:
    assert coverage([Term("an", "an", 1.0)], term_line("toàn ban")) == 0.0


def test_an_official_word_stands_for_the_word_that_people_use() -> None:
    (term,) = topic_terms("khu phố", idf=rarity, passages=10)
    assert "tổ dân phố" in term.others
    assert coverage([term], term_line("Tổ trưởng tổ dân phố")) == 0.8
    assert coverage([term], term_line("khu phố và tổ dân phố")) == 1.0


def test_a_word_that_the_corpus_calls_otherwise_weighs_as_that_does() -> None:
    (term,) = topic_terms("tiếp xúc", idf=rarity, passages=10)  # the corpus has "đối thoại"
    assert term.weight == 1.5


def test_an_expression_of_the_table_is_one_word_but_no_part_of_another() -> None:
    assert [term.text for term in topic_terms("gặp cán bộ", idf=rarity, passages=10)] == ["gặp cán bộ"]
    assert "người dân" not in [term.text for term in topic_terms("người dân tộc", idf=rarity, passages=10)]


def test_an_ordinal_goes_with_its_number() -> None:
    terms = [term.text for term in topic_terms("hội nghị lần thứ ba", idf=rarity, passages=10)]
    assert "thứ ba" in terms


def with_pairs(**pairs: float) -> Callable[[str, str], float]:
    """How rare pairs of syllables are; the corpus has no other."""
    return lambda field, token: pairs.get(token, 0.0) if field == PLAIN else 0.0


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ({"van_hoa": 1.0}, ["nhà", "văn hóa"]),  # the corpus has the one pair alone
        ({"van_hoa": 1.0, "nha_van": 2.0}, ["nhà", "văn hóa"]),  # or more often
        ({"van_hoa": 2.0, "nha_van": 1.0}, ["nhà văn", "hóa"]),
        ({"nha_van": 1.0}, ["nhà văn", "hóa"]),
        ({}, ["nhà văn", "hóa"]),
    ],
)
def test_a_syllable_goes_with_the_one_with_which_the_corpus_has_it_more_often(
    pairs: dict[str, float], words: list[str]
) -> None:
    assert [term.text for term in topic_terms("nhà văn hóa", idf=with_pairs(**pairs), passages=10)] == words


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("thôn và dân", ["thôn", "dân"]),
        ("thôn phải dọn", ["thôn", "dọn"]),
        ("thôn trồng tre", ["thôn trồng", "tre"]),  # other neighbours stay together
    ],
)
def test_a_stop_word_is_no_part_of_a_word_though_the_corpus_has_the_pair(topic: str, words: list[str]) -> None:
    """The segmenter joins "thôn" to what follows."""
    idf = with_pairs(thon_va=1.0, va_dan=1.0, thon_phai=1.0, thon_trong=1.0)
    assert [term.text for term in topic_terms(topic, idf=idf, passages=10)] == words


def test_a_long_name_of_a_unit_may_be_said_in_part() -> None:
    line = term_line("Ban Giám sát đầu tư của cộng đồng họp.")
    pairs = {"ban_giam", "giam_sat", "cong_dong"}
    (term,) = topic_terms(
        "ban giám sát cộng đồng", idf=lambda field, token: 2.0 * (field == PLAIN and token in pairs), passages=10
    )
    assert (term.text, term.weight) == ("ban giám sát cộng đồng", 2.0)
    assert coverage([term], line) == pytest.approx(3 / 4)
    assert coverage([term], term_line("Ban Thanh tra cộng đồng họp.")) == 0.0


def test_a_word_that_points_makes_no_name_of_a_noun_for_units() -> None:
    assert "xóm này" not in [term.text for term in topic_terms("xóm này", idf=rarity, passages=10)]
