"""Issuers by what their names tell: their level, their place, and whether two names may be of one issuer."""

from __future__ import annotations

import re
from functools import cache

from rag.language.lexicon import issuers, level_phrases
from rag.language.normalize import UPPER, fold, normalize

LEVELS = ("trung ương", "tỉnh", "huyện", "xã")
"""The levels of government and Party, from the highest down."""
JOINTLY = re.compile(r"\s[-–]\s")
"""What parts the names of bodies that issue together: "A - B"."""
_PLACE = re.compile(
    r"(?<!\w)(?i:(?P<kind>tỉnh|thành phố|thành|thị xã|thị trấn|thị|quận|huyện|phường|xã(?! hội)))(?:\s(?i:ủy))?"
    r"(?P<name>(?:\s[^\W\d_][^\W_]*|\s\d+){0,4})(?!\w)"
)
_TERM = re.compile(r"\bkhóa (?P<term>[IVXLC]+|\d+)\b")
_COMMITTEE = re.compile(
    r"Ban Chấp hành Đảng bộ\s(?P<level>tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)(?!\w)",
    re.IGNORECASE,
)
_OF_PLACE = re.compile(
    rf"(?<!\w)(?<!thị )(?<!Thị )(?<!, )(?i:tỉnh|huyện|quận|xã|phường|thị trấn)(?:\s[{UPPER}][\w'-]*){{1,4}}$"
)
"""The place that a name ends in, which tells its level: "Ban Chỉ đạo dân chủ ở cơ sở tỉnh A"."""
_COMMITTEES = {"tỉnh": "Tỉnh ủy", "thành phố": "Thành ủy", "huyện": "Huyện ủy", "quận": "Quận ủy", "thị xã": "Thị ủy"}
_KINDS = {"thành": "thành phố", "thị": "thị xã"}


def level_of(issuer: str | None, organ: str | None) -> str | None:
    """The level of an issuer: trung ương, tỉnh, huyện or xã; None where neither name nor symbol tells.

    >>> level_of("Ban Thường vụ Huyện ủy", "HU"), level_of("Chính phủ", "CP"), level_of("UBND tỉnh Lạng Sơn", "UBND")
    ('huyện', 'trung ương', 'tỉnh')
    """
    row = issuers().get(re.split(r"[-/]", organ)[0].rstrip("0123456789").upper()) if organ else None
    if row is not None and row.level:
        return row.level
    place = _OF_PLACE.search(issuer or "")
    name = fold(place[0] if place else issuer or "")
    found = [level for level, phrase in _phrases() if phrase.search(name)]
    return max(found, key=LEVELS.index) if found else None


def may_be_one(one: str | None, other: str | None) -> bool:
    """Whether two names may be of one issuer: not where they tell different levels or places.

    >>> may_be_one("UBND tỉnh Quảng Ninh", "UBND huyện Ba Chẽ")
    False
    >>> may_be_one("Ban Chấp hành Đảng bộ Tỉnh", "Tỉnh ủy Lạng Sơn"), may_be_one(None, "Chính phủ")
    (True, True)
    """
    if one is None or other is None or one == other:
        return True
    terms = [found["term"] for found in map(_TERM.search, (one, other)) if found]
    if len(set(terms)) > 1:
        return False
    levels = level_of(one, None), level_of(other, None)
    if None not in levels and levels[0] != levels[1]:
        return False
    (kind, name), (other_kind, other_name) = _place(one), _place(other)
    if kind and other_kind and kind != other_kind:
        return False
    short, long = sorted((name, other_name), key=len)
    return not short or long[: len(short)] == short


def committee_name(issuer: str) -> str:
    """How a Party committee is called for short that an issuer's name has in full; "" for any other name.

    >>> committee_name("Ban Chấp hành Đảng bộ phường Bình An"), committee_name("Ban Chấp hành Đảng bộ Tỉnh")
    ('Đảng ủy phường Bình An', 'Tỉnh ủy')
    """
    found = _COMMITTEE.match(issuer)
    if found is None:
        return ""
    short = _COMMITTEES.get(found["level"].casefold())
    rest = issuer[found.end() :]
    return f"{short}{rest}" if short else f"Đảng ủy {found['level'].lower()}{rest}"


def _place(issuer: str) -> tuple[str | None, tuple[str, ...]]:
    """The kind and the name of the innermost place that an issuer's name tells; offices write it first."""
    found = _PLACE.search(normalize(issuer))
    if found is None:
        return None, ()
    kind = found["kind"].casefold()
    words = found["name"].split()
    capital = next((index for index, word in enumerate(words) if word[0].islower()), len(words))
    return _KINDS.get(kind, kind), tuple(fold(word) for word in words[:capital])


@cache
def _phrases() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each word that tells a level; "xã hội" tells none."""
    return tuple((row.level, re.compile(rf"(?<!\w){re.escape(row.phrase)}(?!\w| hội)")) for row in level_phrases())
