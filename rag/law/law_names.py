"""Documents named without a number: laws, the Constitution and the resolutions of congresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from rag.language.lexicon import document_types, law_names, word_classes
from rag.language.normalize import alternation
from rag.law.document_dates import date_at

_LAWS = "Bộ luật|Luật|Pháp lệnh"
_NAME = re.compile(r"[^\W\d_][^,;.:()\"\n]{0,200}")
_ABOUT = re.compile(r"về\s")
# What stands before the word "Luật" where a name may follow in small letters: not where a sentence begins.
_LEAD = re.compile(
    r"(?:(?<!\w)(?:của|theo|tại|trong|ngoài|và|hoặc|do|với|từ|bằng|hành|hiện|dẫn|dụng|cứ|ngày|là|trái|điều)"
    r"|\d[a-zđ]?|[IVXLC]|(?:[Ll]uật|lệnh|pháp)\s[^,;.]{0,80}[,;])\s$",
    re.IGNORECASE,
)
_JOINING = re.compile(r"(?:\s(?:và|hoặc|do|tại|trong|cho|với|của|về|trên|đến)|(?<![Nn]hà)\sở)$")
"""What leads on from a name; that of "Luật Nhà ở" ends so."""
_LOOK_BACK = 96
_MAX_WORDS = 18
"""More than the words of any law's name; a longer run of small letters has no clear end."""
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


def find_names(text: str, free: Callable[[int], bool], told: Collection[str] = frozenset()) -> Iterator[NameFound]:
    """Every document named without a number that begins where `free` allows it; amending laws and those they amend.

    `told` are names of laws in small letters, without the word "Luật", that the text has elsewhere.

    >>> [name.title for name in find_names("theo Luật Phòng, chống ma túy và Luật Cư trú năm 2020", lambda _: True)]
    ['Luật Phòng, chống ma túy', 'Luật Cư trú']
    """
    yield from _laws(text, free, told)
    for match in _CONGRESS.finditer(text):
        if free(match.start()):
            yield NameFound(match.start(), match.end(), match.end(), "Nghị quyết", None, match[0])
    for match in _CONSTITUTION.finditer(text):
        date, end = _dated(text, match.end())
        yield NameFound(match.start(), end, match.end(), "Hiến pháp", date, "Hiến pháp")


def told_names(titles: Iterable[str]) -> frozenset[str]:
    """The names in titles of laws as `find_names` takes them.

    >>> sorted(told_names(["Luật Đò ngang", "Hiến pháp"]))
    ['đò ngang']
    """
    laws = (_LAW.match(title) for title in titles)
    return frozenset(law.string[law.end() :].casefold() for law in laws if law)


def has_small_name(text: str) -> bool:
    """Whether a law may be named in small letters, which only the rest of its text tells.

    >>> has_small_name("Luật đò ngang được áp dụng."), has_small_name("Luật Đò ngang được áp dụng.")
    (True, False)
    """
    return any(text[law.end()].islower() and not _no_opening().match(text, law.end()) for law in _LAW.finditer(text))


def known_name_end(text: str, position: int) -> int | None:
    """Where a name that the table knows ends, which begins at a position after the word "Luật"."""
    known = _known().match(text, position)
    return known.end() if known else None


def _laws(text: str, free: Callable[[int], bool], told: Collection[str]) -> Iterator[NameFound]:
    match = _LAW.search(text)
    while match:
        position = match.end()
        amending = _AMENDING.match(text, position) if free(match.start()) else None
        if amending:
            found = _amending(text, match, amending.end(), told)
            position = max([amending.end(), *(name.end for name in found)])
            yield from (name for name in found if name is found[0] or free(name.start))
        elif free(match.start()) and (law := _law(text, match, told)):
            position = law.name_end
            yield law
        match = _LAW.search(text, position)


def _amending(text: str, amending: re.Match[str], position: int, told: Collection[str]) -> list[NameFound]:
    """A law that amends others, and those; a date after them all is its own."""
    amended: list[NameFound] = []
    match = _LAW.match(text, position)
    while match and (found := _law(text, match, told)):
        amended.append(found)
        beside = _BESIDE.match(text, found.end)
        match = _LAW.match(text, beside.end()) if beside else None
    if not amended:
        return []
    last = amended[-1]
    title = text[amending.start() : last.name_end]
    outer = NameFound(amending.start(), last.end, last.name_end, amending["type"], last.date, title)
    return [outer, *amended[:-1], replace(last, end=last.name_end, date=None)]


def _law(text: str, match: re.Match[str], told: Collection[str]) -> NameFound | None:
    """The law whose name follows the word "Luật": one that the table knows, else words that begin with a capital."""
    end = known_name_end(text, match.end()) or _name_end(text, match, told)
    if end is None:
        return None
    date, end_of_date = _dated(text, end)
    return NameFound(match.start(), end_of_date, end, match["type"], date, text[match.start() : end])


def _name_end(text: str, law: re.Match[str], told: Collection[str]) -> int | None:
    """Where the name after the word "Luật" ends.

    One in small letters needs words before and after that set it off, or to be told elsewhere.
    """
    start = law.end()
    in_small = text[start].islower()
    about = _ABOUT.match(text, start) if in_small else None
    name = _NAME.match(text, about.end() if about else start)
    if name is None or (in_small and not about and _no_opening().match(text, start)):
        return None
    stop = _stop().search(name[0])
    words = _JOINING.sub("", (name[0][: stop.start()] if stop else name[0]).rstrip(" -"))
    end = name.start() + len(words)
    small = name[0][0].islower()
    if small and not 1 < len(words.split()) <= _MAX_WORDS:
        return None
    is_led = not (small or about) or (about is not None and law["type"] == "Pháp lệnh")
    is_led = is_led or _LEAD.search(text, max(0, law.start() - _LOOK_BACK), law.start()) is not None
    return end if is_led or text[start:end].casefold() in told else None


def _dated(text: str, position: int) -> tuple[str | None, int]:
    """The date after a name; a year may stand without its word."""
    year = _YEAR.match(text, position)
    return (year["year"], year.end()) if year else date_at(text, position)


@cache
def _known() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(law_names())})(?!\w)", re.IGNORECASE)


@cache
def _no_opening() -> re.Pattern[str]:
    """A word of the sentence in small letters, with which no name begins."""
    words = word_classes()
    return re.compile(rf"(?:{alternation((*words.name_stops, *words.name_no_openings))})(?!\w)")


@cache
def _stop() -> re.Pattern[str]:
    """Where the bare name of a law ends: before a word of the sentence, a year, or another document."""
    types = alternation(row.name for row in document_types())
    words = alternation(word_classes().name_stops)
    return re.compile(rf"\s(?:(?i:(?:{words})(?!\w)|(?:và |hoặc )?(?:{types})\b)|(?:19|20)\d\d(?!\w)|- )")
