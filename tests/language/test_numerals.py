"""Numbers in words, with and without marks."""

from __future__ import annotations

import pytest

from rag.language.numerals import is_numeral, numeral, with_digits


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


TYPES = "nghi quyet|chi thi|quyet dinh|ke hoach"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chỉ thị số mười tám của xã", "Chỉ thị số 18 của xã"),
        ("nghi quyet sau muoi cua tinh uy", "nghi quyet 60 cua tinh uy"),  # "sáu" or "sau": no marks tell
        ("NGHỊ QUYẾT MƯỜI TÁM", "NGHỊ QUYẾT 18"),
        ("quyết định năm trăm chín mươi ba", "quyết định 593"),
        ("kế hoạch hai nghìn năm trăm", "kế hoạch 2500"),
        ("Chỉ thị mười tám và nghị quyết một trăm hai mươi chín", "Chỉ thị 18 và nghị quyết 129"),
        ("kế hoạch mười", "kế hoạch 10"),
    ],
)
def test_numbers_in_words_behind_a_type_become_digits(text: str, expected: str) -> None:
    assert with_digits(text, behind=TYPES) == expected


@pytest.mark.parametrize(
    "text",
    [
        "chỉ thị chín",  # below ten
        "chỉ thị ba",
        "kế hoạch mười ngày",  # it counts what follows
        "kế hoạch một trăm văn bản",
        "chỉ thị sau mười ngày",  # "sau" is no "sáu" where a text has its marks
        "Nghị quyết sau đó",
        "Quyết định năm 2020",
        "xã có mười tám thôn",  # behind nothing
        "thông tư mười tám",  # behind another word
        "",
    ],
)
def test_other_words_for_numbers_stay_words(text: str) -> None:
    assert with_digits(text, behind=TYPES) == text
