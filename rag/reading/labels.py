"""The labels of clauses, points and sections as a recogniser reads them, and as their order tells that they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.language.normalize import fold

NUMBER = re.compile(r"(?:\d{1,3}\.)*\d{1,3}[.)]")
POINT = re.compile(r"[a-zđ]\d?\)")
ROMAN_LIKE = re.compile(r"(?P<open>[(“\"]?)(?P<numeral>[IVXLTl1|]{2,6}|[IVX])(?P<end>[.,;:)”\"]{0,2})")
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_ONES = str.maketrans("LTl1|", "IIIII")
_DIGITS = str.maketrans("SZzlI|OoBq", "5221110089")
_LABEL_END = re.compile(r"[,;:'’°]$")
_HEAD = re.compile(r"(?P<mark>[a-zđ]|\d{1,2}|[IVX]{1,5})(?P<end>[.)])(?=\s)")
_ARTICLE = re.compile(r"(?:Điều|Chương|Mục)\s")
_ALPHABET = "abcdđeghiklmnopqrstuvxy"
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_ALIKE = tuple(map(frozenset, ("dđ", "ce", "17", "27", "38", "35", "56", "58", "68", "89", "08")))


def label_of(one: str, other: str) -> str:
    """The label of a clause or a point that two readings tell; the first where none does.

    >>> label_of("SÀ", "2."), label_of("đ)", "d)"), label_of("C)", "c)"), label_of("IL", "Il."), label_of("2;", "2.")
    ('2.', 'đ)', 'c)', 'II.', '2.')
    """
    if POINT.fullmatch(one) and fold(one).replace("đ", "d") == other:
        return one
    readings = [shaped for reading in (other, one) if (shaped := _shaped(reading))]
    return readings[0] if readings else one


def _shaped(reading: str) -> str:
    """A reading as a label, "" where it is none."""
    reading = _LABEL_END.sub(".", reading)
    if NUMBER.fullmatch(reading) or POINT.fullmatch(reading):
        return reading
    numeral = reading.removesuffix(".").translate(_ONES)
    if _ROMAN.fullmatch(numeral) and reading[0] in "IVX" and reading.endswith((".", "L")):
        return f"{numeral}."
    digits = reading.translate(_DIGITS)
    return digits if NUMBER.fullmatch(digits) and len(digits) <= 3 else ""


def numeral_of(one: str, other: str) -> str:
    """The Roman numeral that two readings tell, with the signs around the first; the first where none does.

    >>> numeral_of("XII,", "XIII,"), numeral_of("XVI,", "XVIL"), numeral_of("IL", "Il"), numeral_of("XI)", "khéa")
    ('XIII,', 'XVII,', 'II', 'XI)')
    """
    shown = ROMAN_LIKE.fullmatch(one)
    if shown is None:
        return one
    for reading in (other, one):
        again = ROMAN_LIKE.fullmatch(reading)
        if again and _ROMAN.fullmatch(numeral := again["numeral"].translate(_ONES)):
            return shown["open"] + numeral + shown["end"]
    return one


def in_order(texts: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Labels at the heads of lines that are to be read as another of a like look, which their order asks for.

    Gives the index of the line, the label and what it is to be. A label that looks like no other is let be: texts
    have numbers twice, and leave some out.

    >>> list(in_order(["c) Giấy tờ;", "đ) Biên bản;", "đ) Quyết định;", "e) Khác."]))
    [(1, 'đ', 'd')]
    >>> list(in_order(["1. Mục đích", "1. Yêu cầu", "3. Nội dung"]))
    []
    """
    heads = [_HEAD.match(text) for text in texts]
    marks = [found["mark"] if found else "" for found in heads]
    resets = [bool(_ARTICLE.match(text)) for text in texts]
    for index, mark in enumerate(marks):
        if not mark:
            continue
        before = _neighbour(marks, resets, index, step=-1)
        expected = _next(before) if before else _first(mark)
        after = _neighbour(marks, resets, index, step=1)
        if expected and expected != mark and _are_alike(mark, expected) and after in ("", mark, _next(expected)):
            yield index, mark, expected
            marks[index] = expected


def _neighbour(marks: Sequence[str], resets: Sequence[bool], index: int, *, step: int) -> str:
    """The label of the same kind before or after one, "" where the list begins or ends there."""
    kind = _kind(marks[index])
    at = index + step
    while 0 <= at < len(marks):
        if resets[at] and kind != "roman":
            return ""
        if marks[at] and _kind(marks[at]) == kind:
            return marks[at]
        if marks[at] and _rank(_kind(marks[at])) < _rank(kind):
            return ""
        at += step
    return ""


def _kind(mark: str) -> str:
    if mark.isdigit():
        return "number"
    return "roman" if mark.isupper() else "point"


def _rank(kind: str) -> int:
    return ("roman", "number", "point").index(kind)


def _next(mark: str) -> str:
    """The label after one, "" where it is not known."""
    if mark.isdigit():
        return str(int(mark) + 1)
    row: Sequence[str] = _ROMANS if mark.isupper() else _ALPHABET
    place = row.index(mark) + 1 if mark in row else len(row)
    return row[place] if place < len(row) else ""


def _first(mark: str) -> str:
    return {"number": "1", "roman": "I", "point": "a"}[_kind(mark)]


def _are_alike(one: str, other: str) -> bool:
    """Whether a recogniser takes one label for the other: by one letter that looks like another, or by an "I"."""
    if one.isupper() and other.isupper():
        return one.rstrip("I") == other.rstrip("I") and abs(len(one) - len(other)) == 1
    differing = [frozenset(pair) for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
    return len(one) == len(other) and len(differing) == 1 and differing[0] in _ALIKE
