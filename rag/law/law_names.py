"""Documents named without a number: laws, the Constitution and the resolutions of congresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from rag.language.lexicon import document_types, law_names, word_classes
from rag.language.normalize import UPPER, alternation
from rag.law.document_dates import date_at

_LAWS = "Bộ luật|Luật|Pháp lệnh"
_NAME = re.compile(rf"[{UPPER}][^,;.:()\"\n]{{0,200}}")
_LAW = re.compile(rf"(?<!\w)(?P<type>{_LAWS})\s(?=\S)")
_AMENDING = re.compile(rf"[Ss]ửa đổi[^.;:()\"]{{0,160}}?\scủa\s(?:các\s|\d+\s)?(?=(?:{_LAWS})\s)")
_BESIDE = re.compile(r"(?:\s?,\s(?:và\s)?|\svà\s)")
_CONGRESS = re.compile(
    r"(?<!\w)Nghị quyết (?P<name>[Đđ]ại hội (?:đại biểu )?(?:toàn quốc )?[^,;.:()\"]{0,120}?lần thứ [IVXLC\d]+)"
)
_CONSTITUTION = re.compile(r"(?<!\w)Hiến pháp(?: nước Cộng hòa xã hội chủ nghĩa Việt Nam)?(?!\w)")
_YEAR = re.compile(r"\s(?P<year>(?:19|20)\d\d)(?![\w/]|[.-]\d)")


@dataclass(frozen=True, slots=True)
class NameFound:
    """A document named at `start:end` of a clean line; its name ends at `name_end`, before a date."""

    start: int
    end: int
    name_end: int
    type: str
    date: str | None
    title: str


def find_names(text: str, free: Callable[[int], bool]) -> Iterator[NameFound]:
    """Every document named without a number that begins where `free` allows it; amending laws and those they amend.

    >>> [name.title for name in find_names("theo Luật Phòng, chống ma túy và Luật Cư trú năm 2020", lambda _: True)]
    ['Luật Phòng, chống ma túy', 'Luật Cư trú']
    """
    yield from _laws(text, free)
    for match in _CONGRESS.finditer(text):
        if free(match.start()):
            yield NameFound(match.start(), match.end(), match.end(), "Nghị quyết", None, match[0])
    for match in _CONSTITUTION.finditer(text):
        date, end = _dated(text, match.end())
        yield NameFound(match.start(), end, match.end(), "Hiến pháp", date, "Hiến pháp")


def known_name_end(text: str, position: int) -> int | None:
    """Where a name that the table knows ends, which begins at a position after the word "Luật"."""
    known = _known().match(text, position)
    return known.end() if known else None


def _laws(text: str, free: Callable[[int], bool]) -> Iterator[NameFound]:
    match = _LAW.search(text)
    while match:
        position = match.end()
        amending = _AMENDING.match(text, position) if free(match.start()) else None
        if amending:
            found = _amending(text, match, amending.end())
            position = max([amending.end(), *(name.end for name in found)])
            yield from found
        elif free(match.start()) and (law := _law(text, match)):
            position = law.name_end
            yield law
        match = _LAW.search(text, position)


def _amending(text: str, amending: re.Match[str], position: int) -> list[NameFound]:
    """A law that amends others, and those; a date after them all is its own."""
    amended: list[NameFound] = []
    match = _LAW.match(text, position)
    while match and (found := _law(text, match)):
        amended.append(found)
        beside = _BESIDE.match(text, found.end)
        match = _LAW.match(text, beside.end()) if beside else None
    if not amended:
        return []
    last = amended[-1]
    title = text[amending.start() : last.name_end]
    outer = NameFound(amending.start(), last.end, last.name_end, amending["type"], last.date, title)
    return [outer, *amended[:-1], replace(last, end=last.name_end, date=None)]


def _law(text: str, match: re.Match[str]) -> NameFound | None:
    """The law whose name follows the word "Luật": one that the table knows, else words that begin with a capital."""
    end = known_name_end(text, match.end()) or _name_end(text, match.end())
    if end == match.end():
        return None
    date, end_of_date = _dated(text, end)
    return NameFound(match.start(), end_of_date, end, match["type"], date, text[match.start() : end])


def _name_end(text: str, start: int) -> int:
    name = _NAME.match(text, start)
    if name is None:
        return start
    stop = _stop().search(name[0])
    return start + len(re.sub(r"\s(?:và|hoặc|do)$", "", (name[0][: stop.start()] if stop else name[0]).rstrip(" -")))


def _dated(text: str, position: int) -> tuple[str | None, int]:
    """The date after a name; a year may stand without its word."""
    year = _YEAR.match(text, position)
    return (year["year"], year.end()) if year else date_at(text, position)


@cache
def _known() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(law_names())})(?!\w)", re.IGNORECASE)


@cache
def _stop() -> re.Pattern[str]:
    """Where the bare name of a law ends: before a word of the sentence, a year, or another document."""
    types = alternation(row.name for row in document_types())
    words = alternation(word_classes().name_stops)
    return re.compile(rf"\s(?:(?i:(?:{words})(?!\w)|(?:và |hoặc )?(?:{types})\b)|(?:19|20)\d\d(?!\w)|- )")
