"""Numbers in words, with and without marks."""

from __future__ import annotations

import pytest

from rag.language.numerals import is_numeral, numeral


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("mot", 1),
        ("muoi lam", 15),
        ("hai muoi", 20),
        ("hai muoi tu", 24),  # "tư" only behind tens
        ("ba chuc", 30),
        ("chin muoi chin", 99),
        ("tram", 100),
        ("mot tram le nam", 105),
        ("hai tram ba muoi mot", 231),
        ("nghin", 1000),
        ("ba nghin le bon", 3004),
        ("muoi lam ngan sau tram", 15600),
    ],
)
def test_whole_numbers_below_a_million_are_read(words: str, number: int) -> None:
    assert numeral(words) == number


@pytest.mark.parametrize("words", ["", "tu", "lam", "linh", "ba bon", "mot trieu", "ba ngay"])
def test_what_is_no_number_is_not_read(words: str) -> None:
    assert numeral(words) is None


@pytest.mark.parametrize("word", ["sáu", "bẩy", "mười", "linh", "nghìn"])
def test_numerals_have_their_marks(word: str) -> None:
    assert is_numeral(word)


@pytest.mark.parametrize("word", ["tạm", "bà", "nắm", "sau", "từ", "bản"])
def test_words_that_only_read_like_numerals_without_marks_are_none(word: str) -> None:
    assert not is_numeral(word)
