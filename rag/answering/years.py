"""Whether an answer is on the year that a question names."""

from __future__ import annotations

import re

from rag.answering.holdings import Library
from rag.types import Answer, Citation, Span

_ASKED = re.compile(r"(?<!\d )(?<!từ )(?<!trước )(?<!sau )(?<!đến )(?<!hết )\bnăm (?P<year>(?:19|20)\d\d)\b")
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?!\d|[.,]\d)")
_RANGE = re.compile(
    r"(?<!\d)(?P<first>(?:19|20)\d\d)\s?[-–]\s?(?P<last>(?:19|20)\d\d)(?!\d)"
    r"|từ (?:đầu |cuối )?(?:năm )?(?P<start>(?:19|20)\d\d)(?: \w+){0,3}? đến (?:hết |đầu |cuối )?(?:năm )?"
    r"(?P<end>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_MAX_SPAN = 60


def other_years(restored: str, answer: Answer, library: Library) -> tuple[str, ...]:
    """The years that a question names and an answer given to it is not on.

    What is cited tells its years itself, by its headings, or by title and date of its document.
    """
    asked = dict.fromkeys(match["year"] for match in _ASKED.finditer(restored))
    if not asked or answer.status != "answered":
        return ()
    told = [answer.text, *(f"{one.title} {one.date}" for one in answer.documents)]
    told += [_around(one, library) for one in answer.citations]
    known = years_of("\n".join(told))
    return tuple(year for year in asked if year not in known)


def years_of(text: str) -> frozenset[str]:
    """The years that a text names, and those within the spans of years that it names.

    >>> sorted(years_of("giai đoạn 2023 - 2025, tổng kết năm 2027"))
    ['2023', '2024', '2025', '2027']
    """
    found = set(_YEAR.findall(text))
    for match in _RANGE.finditer(text):
        first, last = (int(match[one] or match[other]) for one, other in (("first", "start"), ("last", "end")))
        found |= {str(year) for year in range(first, min(last, first + _MAX_SPAN) + 1)}
    return frozenset(found)


def _around(one: Citation, library: Library) -> str:
    """What is cited, with all of its provision, the headings above it and its document's title and date."""
    entry = library.held[one.source]
    at = library.passage_at(one.source, Span(one.start, one.end))
    passage = library.knowledge.passages[at] if at is not None else None
    place = library.provision(one.source, passage.provision).segments if passage else ()
    text = library.texts[one.source]
    words = " ".join(text[part.start : part.end] for part in place)
    return f"{one.quote} {words} {passage.context if passage else ''} {entry.title} {entry.date}"
