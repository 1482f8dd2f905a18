"""When two options say the same, however they are spelled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from rag.language.dates import iso_date
from rag.language.normalize import fold, syllables

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SPOKEN = re.compile(r"(?<!\d)(\d{1,2})\s?/\s?(\d{1,2})\s?/\s?(\d{4})(?!\d)")
_BRACKETS = re.compile(r"\([^()]*\)")
_TERM = re.compile(r"\bkhóa [ivx]+\b|\b(?:đảng cộng sản )?việt nam\b|\btrung ương đảng\b")
_WORD_OF_PARTY = {"trung ương đảng": "trung ương"}
_STANDING = re.compile(r"^(?:ban thường vụ|thường trực|thường vụ)\s+")
_COMMITTEES = (
    ("ban chấp hành đảng bộ", " ủy"),
    ("đảng bộ", " ủy"),
)
_ABBREVIATED = (("ubnd", "ủy ban nhân dân"), ("hđnd", "hội đồng nhân dân"), ("mttq", "mặt trận tổ quốc"))
_ARTICLES = re.compile(r"^(?:các|những|mọi|toàn thể)\s+")
_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
_KEPT = 100_000
SAME, NEAR = 0.8, 0.45
"""From what share of common words two texts say the same, or too nearly the same to stand beside each other."""


@lru_cache(_KEPT)
def plain(text: str) -> str:
    """The folded syllables of a text between single blanks, with a blank at either end; numerals without zeros.

    >>> plain("Ít nhất 05 ngày.") == plain("ít nhất 5 ngày")
    True
    """
    found = " ".join(syllables(text))
    return " " + _NUMERAL.sub(lambda number: number[0].lstrip("0") or "0", found) + " "


def same_text(one: str, other: str) -> bool:
    """Whether two texts are the same but for case, marks of punctuation and zeros."""
    return plain(one) == plain(other)


def contains(whole: str, part: str) -> bool:
    """Whether the words of one text stand in another in the same order without a gap."""
    return plain(part) in plain(whole)


def likeness(one: str, other: str) -> float:
    """The share of pairs of neighbouring syllables that two texts have in common, of those of the shorter one.

    >>> likeness("báo cáo kết quả thực hiện", "báo cáo kết quả")
    1.0
    """
    pairs, others = _pairs(one), _pairs(other)
    least = min(len(pairs), len(others))
    return len(pairs & others) / least if least else float(same_text(one, other))


def near_any(text: str, others: Iterable[str], bound: float = NEAR) -> bool:
    """Whether a text is as like one of the others as `bound`."""
    return any(likeness(text, other) >= bound for other in others)


def same_title(one: str, other: str) -> bool:
    """Whether a title is another one, or says a part of it."""
    return contains(one, other) or contains(other, one) or _overlap(one, other) >= SAME


def same_unit(one: str, other: str) -> bool:
    """Whether two names may be one unit, or one the part of another.

    >>> same_unit("Tỉnh ủy", "Ban Thường vụ Tỉnh ủy"), same_unit("UBND huyện", "Ủy ban nhân dân huyện Cao Lộc")
    (True, True)
    >>> same_unit("Chính phủ", "Thủ tướng Chính phủ"), same_unit("Bộ Chính trị", "Ban Bí thư Trung ương Đảng")
    (False, False)
    >>> same_unit("Ban Chấp hành Đảng bộ Tỉnh", "Tỉnh ủy")
    True
    """
    return any(
        first == second or first.startswith(second + " ") or second.startswith(first + " ")
        for first in unit_names(one)
        for second in unit_names(other)
    )


@lru_cache(_KEPT)
def unit_names(name: str) -> tuple[str, ...]:
    """The units that a name stands for, each in one spelling; a joint name stands for several.

    >>> unit_names("Ban Dân vận Tỉnh ủy - UBND tỉnh")
    ('ban dân vận tỉnh ủy', 'ủy ban nhân dân tỉnh')
    """
    parts = re.split(r"\s+-\s+|;\s*", fold(_BRACKETS.sub(" ", name)))
    return tuple(unit for part in parts if (unit := _unit(part)))


def dates_in(text: str) -> set[str]:
    """The whole dates of a text, as ISO dates.

    >>> dates_in("Ngày 03/6/2013")
    {'2013-06-03'}
    """
    spoken = {iso_date(*parts) for parts in _SPOKEN.findall(text)}
    return spoken | {"-".join(parts) for parts in _ISO.findall(text)}


def shared_words(stem: str, option: str) -> int:
    """How many different syllables of an option stand in a stem."""
    return len(_words(stem) & _words(option))


@lru_cache(_KEPT)
def _words(text: str) -> frozenset[str]:
    return frozenset(syllables(text))


def _unit(part: str) -> str:
    name = " ".join(part.replace(",", " ").split())
    for short, long in _ABBREVIATED:
        name = re.sub(rf"\b{short}\b", long, name)
    name = _ARTICLES.sub("", " ".join(_TERM.sub(lambda found: _WORD_OF_PARTY.get(found[0], ""), name).split()))
    name = _STANDING.sub("", name)
    for committee, ending in _COMMITTEES:
        if name.startswith(committee + " "):
            level, *rest = name.removeprefix(committee + " ").split()
            return " ".join([level + ending, *rest])
    return name


@lru_cache(_KEPT)
def _pairs(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(plain(text).split()))


def _overlap(one: str, other: str) -> float:
    pairs, others = _pairs(one), _pairs(other)
    union = len(pairs | others)
    return len(pairs & others) / union if union else 0.0
