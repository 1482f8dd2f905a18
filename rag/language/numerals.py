"""Numbers in words, without marks."""

from __future__ import annotations

import re

from rag.language.normalize import alternation, unmark

NUMERALS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip
"""Whole numbers up to ten."""
_UNITS = NUMERALS | {"lam": 5, "nham": 5, "tu": 4}
MARKED_NUMERALS = frozenset(
    (*("một", "mốt", "hai", "ba", "bốn", "tư", "năm", "lăm", "nhăm", "sáu", "bảy", "bẩy", "tám", "chín"),
     *("mười", "mươi", "chục", "trăm", "nghìn", "ngàn", "linh", "lẻ"))
)  # fmt: skip
"""The words of whole numbers below a million with their marks."""
_TENS, _HUNDREDS, _THOUSANDS = ("muoi", "chuc"), "tram", ("nghin", "ngan")
NUMERAL_WORDS = (*_UNITS, "chuc", _HUNDREDS, *_THOUSANDS, "linh", "le")
"""The words of whole numbers below a million."""


def numeral(words: str) -> int | None:
    """The number that bare words say; None where they say none below a million.

    >>> numeral("ba muoi lam"), numeral("muoi"), numeral("mot tram linh hai"), numeral("tu"), numeral("ba ngay")
    (35, 10, 102, None, None)
    >>> numeral("bon nghin"), numeral("hai nghin nam tram")
    (4000, 2500)
    """
    thousands = total = last = 0
    seen = False
    for word in words.split():
        if word in _TENS:
            total, last = total + (last or 1) * 10, 0
        elif word in _THOUSANDS:
            thousands, total, last = (total + last or 1) * 1000, 0, 0
        elif word == _HUNDREDS:
            total, last = total + (last or 1) * 100, 0
        elif word in _UNITS and not last:
            last = _UNITS[word]
        elif word not in ("linh", "le"):
            return None
        seen = seen or word in NUMERALS or word in (*_TENS, _HUNDREDS, *_THOUSANDS)
    return thousands + total + last if seen else None


def is_numeral(word: str) -> bool:
    """Whether a word of a text with marks is a numeral: "sáu", not "sau".

    >>> is_numeral("mươi"), is_numeral("sau"), is_numeral("từ")
    (True, False, False)
    """
    return word in MARKED_NUMERALS


_COUNTS = "ngay|thang|nam|nguoi|van ban|don vi|noi dung|dieu|khoan|trang|phan|lan|ban|viec|nhiem vu"
_SMALLEST = 10
"""The least number that is read as a document's: one below may be an article, "một"."""


def with_digits(text: str, *, behind: str) -> str:
    """A text with the numbers in words behind some bare words, given as a pattern, in digits.

    >>> with_digits("Nghị quyết sáu mươi của Tỉnh ủy", behind="nghi quyet")
    'Nghị quyết 60 của Tỉnh ủy'
    >>> with_digits("chỉ thị mười ngày", behind="chi thi")
    'chỉ thị mười ngày'
    """
    bare = unmark(text.lower())
    if len(bare) != len(text):
        return text
    words = alternation(NUMERAL_WORDS)
    pattern = rf"\b(?:{behind})(?: so)? (?P<said>(?>(?:{words})\b(?: (?:{words}|nam)\b)*))(?! (?:{_COUNTS})\b)"
    for match in reversed(list(re.finditer(pattern, bare))):
        start, end = match.span("said")
        number = numeral(bare[start:end])
        is_said = text.lower() == bare or all(map(is_numeral, text[start:end].lower().split()))
        if number is not None and number >= _SMALLEST and is_said:
            text = f"{text[:start]}{number}{text[end:]}"
    return text
