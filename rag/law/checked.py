"""Checked facts: what independent sources say of documents, read from a table and found again by what a text says."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from rag.errors import ReadingError
from rag.language.normalize import syllables
from rag.law.issuers import may_be_one
from rag.types import Change, CheckedFact, Identity, Reference

SAME_TITLE = 0.5
"""Titles that share this much of the shorter one's syllables may be of one document."""


class CheckedFacts:
    """The facts by number and by name; a number may have several, of different years or issuers."""

    def __init__(self, facts: Iterable[CheckedFact]) -> None:
        self._by_number: dict[str, list[CheckedFact]] = {}
        self._by_name: dict[tuple[str, ...], list[CheckedFact]] = {}
        for fact in facts:
            self._by_number.setdefault(fact.number, []).append(fact)
            if fact.title:
                self._by_name.setdefault(tuple(syllables(fact.title)), []).append(fact)

    def of(self, said: Reference | Identity) -> CheckedFact | None:
        """The fact on a document: that of its number or its name, where nothing that is said of it speaks against."""
        name = tuple(syllables(said.title or ""))
        rows = self._by_number.get(said.number, ()) if said.number else self._by_name.get(name, ())
        fitting = [fact for fact in rows if may_be_one(said.issuer, fact.issuer) and dates_agree(said.date, fact.date)]
        alike = [fact for fact in rows if said.title and fact.title and likeness(said.title, fact.title) >= SAME_TITLE]
        return next(iter((*fitting, *alike)), None)


def read_checked_facts(path: Path) -> tuple[CheckedFact, ...]:
    """The rows of `catalogue.csv`; none where the file is absent.

    Raises: ReadingError where it is no UTF-8 table with the expected columns.
    """
    if not path.is_file():
        return ()
    try:
        with path.open(encoding="utf-8", newline="") as handle:
            return tuple(_fact(row) for row in csv.DictReader(handle))
    except (OSError, UnicodeDecodeError, KeyError, csv.Error) as error:
        raise ReadingError(f"Không đọc được danh mục văn bản đã kiểm tra {path}: {error!r}.") from error


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def dates_agree(one: str | None, other: str | None) -> bool:
    """Whether two dates may be one: a year alone agrees with any of its days.

    >>> dates_agree("2022", "2022-11-10"), dates_agree("2021", "2022-11-10"), dates_agree(None, "2022")
    (True, False, True)
    """
    return one is None or other is None or one.startswith(other) or other.startswith(one)


def likeness(one: str, other: str) -> float:
    """Shared syllables as a fraction of the shorter text's."""
    left, right = Counter(syllables(one)), Counter(syllables(other))
    return sum((left & right).values()) / max(1, min(left.total(), right.total()))


def same_by_title(title: str | None, date: str | None, other_title: str | None, other_date: str | None) -> bool:
    """Whether two titles are of one document of which one date is misprinted.

    Numbers begin anew every year, and plans of two years have one title: where the years differ, only all the same
    words that name no year tell one document.

    >>> same_by_title("về hòa giải", "2021-11-21", "về hòa giải ở cơ sở", "2021-11-29")
    True
    >>> same_by_title("về dân vận năm 2023", "2023-02-16", "về dân vận năm 2024", "2024-01-22")
    False
    """
    if title is None or other_title is None:
        return False
    if date is None or other_date is None or date[:4] == other_date[:4]:
        return likeness(title, other_title) >= SAME_TITLE
    return _YEAR.search(title) is None and syllables(title) == syllables(other_title)


def _fact(row: dict[str, str]) -> CheckedFact:
    return CheckedFact(
        number=row["number"],
        type=row["type"],
        issuer=row["issuer"] or None,
        date=row["date"] or None,
        title=row["title"] or None,
        checked_against=row["checked_against"],
        effective_from=row["effective_from"] or None,
        effective_to=row["effective_to"] or None,
        amended_by=_changes(row["amended_by"]),
        replaced_by=_changes(row["replaced_by"]),
        replaces=_changes(row["replaces"]),
        last_cited=row["last_cited"] or None,
    )


def _changes(cell: str) -> tuple[Change, ...]:
    """
    >>> _changes("47/2024/QH15|97/2025/QH15@2025-07-01")[1]
    Change(number='97/2025/QH15', date='2025-07-01')
    """
    parted: Sequence[tuple[str, str, str]] = [part.partition("@") for part in cell.split("|") if part]
    return tuple(Change(number, date or None) for number, _, date in parted)
