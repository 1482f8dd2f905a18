"""Dates as printed: those that the calendar does not have, and where a mention prints its own."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from rag.language.dates import iso_date
from rag.law.document import LegalDocument
from rag.law.sentences import notice
from rag.types import Reference, SourceNotice, Span

_PRINTED = re.compile(
    r"(?<![\d/.])(?:(?P<d>\d{1,2})\s?/\s?(?P<m>\d{1,2})\s?/\s?(?P<y>\d{4})(?![\d/])"
    r"|ngày (?P<d2>\d{1,2}) tháng (?P<m2>\d{1,2}) năm (?P<y2>\d{4})(?!\d))"
)
_DOTTED = re.compile(r"(?P<d>\d{1,2})\s?[./-]\s?(?P<m>\d{1,2})\s?[./-]\s?(?P<y>\d{4})")


def impossible_dates(document: LegalDocument) -> Iterator[SourceNotice]:
    """Each printed date that the calendar does not have."""
    for copy in document.copies:
        for found in _PRINTED.finditer(copy.text):
            day, month, year = _parts(found)
            if not _exists(int(year), int(month), int(day)):
                yield notice("date_impossible", copy.span(*found.span()), printed=found[0])


def last_day(date: str) -> str:
    """A date that is known to the month or the year, at its last day.

    >>> last_day("2024-02"), last_day("2023"), last_day("2023-06-01")
    ('2024-02-29', '2023-12-31', '2023-06-01')
    """
    year, month, day = (*date.split("-"), "", "")[:3]
    month = month or "12"
    last = calendar.monthrange(int(year), int(month))[1] if _exists(int(year), int(month), 1) else 31
    return f"{year}-{month}-{day or last}"


def first_day(date: str) -> str:
    """A date that is known to the month or the year, at its first day.

    >>> first_day("2024-02"), first_day("2023"), first_day("2023-06-09")
    ('2024-02-01', '2023-01-01', '2023-06-09')
    """
    year, month, day = (*date.split("-"), "", "")[:3]
    return f"{year}-{month or '01'}-{day or '01'}"


def printed_date(document: LegalDocument, reference: Reference) -> Span:
    """Where a mention prints its own date; the whole mention where it is not found."""
    copy = document.copies[reference.provision]
    line = copy.within(reference.span)
    for pattern in (_PRINTED, _DOTTED):
        for found in pattern.finditer(copy.text, line.start, line.end):
            day, month, year = _parts(found)
            if iso_date(day, month, year) == reference.date:
                return copy.span(*found.span())
    return reference.span


def _parts(found: re.Match[str]) -> tuple[str, str, str]:
    read = found.groupdict()
    day, month, year = (read[name] or read.get(f"{name}2") or "" for name in "dmy")
    return day, month, year


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
