"""Which of several documents of one number a question means, by all that it says of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from rag.answering.asked_numbers import AskedNumber
from rag.answering.holdings import Library, bare_line
from rag.answering.levels import LEVEL_WORDS
from rag.answering.resolve import Limits, Resolver
from rag.index.topics import Term, coverage
from rag.language.lexicon import document_types
from rag.types import Document

CLEAR_LEAD = 0.15
"""By how much more of its words a document is told from others."""
_COMMON = 0.15
"""The share of documents whose names may have a word that still tells one from another."""
_NO_MATTER = frozenset((*LEVEL_WORDS, "nam", "cap"))
"""What tells when and by whom a document was issued, not what it is on."""


@cache
def type_names() -> frozenset[str]:
    """The names of types, which a question says of any document: they are nothing that stands inside one."""
    return frozenset(bare_line(row.name).strip() for row in document_types())


def matter_of(terms: Sequence[Term]) -> list[Term]:
    """The words of a topic but those that any document may have: types, numbers, words without a matter."""
    return [term for term in terms if term.bare not in _NO_MATTER | type_names() and not term.bare.isdigit()]


class Candidates:
    """Narrows documents of one number down; read-only."""

    def __init__(self, library: Library, resolver: Resolver) -> None:
        self._library, self._resolver = library, resolver

    def narrow(
        self, found: list[Document], number: AskedNumber, said: Limits, limits: Limits, terms: Sequence[Term]
    ) -> list[Document]:
        """The candidates that fit what else the question says; all where nothing does."""
        told = (
            Limits(issuers=said.issuers, levels=said.levels),
            Limits(dates=limits.dates),
            Limits(year=number.said_year or limits.year),
        )
        fitting = self._as_written(found, number, limits)
        for limit in told:
            fitting = (self._resolver.within(fitting, limit) if len(fitting) > 1 else []) or fitting
        terms = [term for term in terms if self._tells(term) and term.bare not in type_names()]
        if len(fitting) > 1 and terms:
            shares = {entry.key: coverage(terms, self._library.own_words[entry.key]) for entry in fitting}
            top = max(shares.values())
            fitting = [entry for entry in fitting if shares[entry.key] >= max(top - CLEAR_LEAD, 0.5)] or fitting
        return fitting

    def _as_written(self, found: list[Document], number: AskedNumber, limits: Limits) -> list[Document]:
        """The one candidate whose whole number and date the question has, whoever it says issued it; else all."""
        written = " ".join(number.asked.split()[-1:]).upper()
        whole = [one for one in found if (one.number or "").upper() == written]
        same = self._resolver.within(whole, Limits(dates=limits.dates))
        return same if limits.dates and len(same) == 1 else found

    def _tells(self, term: Term) -> bool:
        """Whether a word tells documents apart: one that no title has does not, nor one of many, as "tăng cường"."""
        lines = self._library.own_words.values()
        return 0 < sum(f" {term.text} " in line for line in lines) <= max(1, _COMMON * len(lines))
