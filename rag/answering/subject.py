"""The documents that a question is about, by number, by name, by what was said before or by their kind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rag.answering.asked import Asked
from rag.answering.holdings import Library
from rag.answering.names import Names
from rag.answering.resolve import Limits, Resolver
from rag.types import Document

_ISSUES = re.compile(r"\b(?:ban hanh|ky|thong qua)\b")
"""What makes an issuer the claim of a yes-or-no question, which tells no document from others."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One document that a question is about: the entries that it may be, none where the corpus knows none.

    `words` is how the question says it; empty where the question names no document.
    """

    words: str
    entries: tuple[Document, ...]

    @property
    def is_named(self) -> bool:
        """Whether the question says which document it is about."""
        return bool(self.words)


class Subjects:
    """Finds what questions are about; read-only."""

    def __init__(self, library: Library, resolver: Resolver) -> None:
        self._library, self._resolver = library, resolver
        self._names = Names(library)

    def of(self, asked: Asked) -> list[Subject]:
        """The documents that a question is about; without a name those that the corpus holds, as one."""
        if asked.query.numbers:
            return [
                Subject(number.asked, tuple(self._fitting(self._resolver.candidates(number), asked)))
                for number in asked.query.numbers
            ]
        said = self._names.said(asked.query, asked.question)
        named = [one for one in said if not one.is_kind and (one.entries or one.is_law)]
        if named:
            return [Subject(one.words, tuple(self._fitting(one.entries, asked))) for one in named]
        if asked.carried:
            return [Subject(entry.key, (entry,)) for entry in asked.carried]
        kind = next((one for one in said if one.is_kind), None)
        every = {entry.key for entry in self._library.held.values()}
        if kind is not None and kind.entries and not every <= {entry.key for entry in kind.entries}:
            return [Subject(kind.words, tuple(self._fitting(kind.entries, asked)))]
        return [Subject("", tuple(self._fitting(self._library.held.values(), asked)))]

    def with_named_laws(self, asked: Asked) -> list[Subject]:
        """The documents that a question is about by number, and the laws that it names besides."""
        found = self.of(asked)
        if not asked.query.numbers:
            return found
        known = {entry.key for one in found for entry in one.entries}
        said = [one for one in self._names.said(asked.query, asked.question) if one.is_law and len(one.entries) == 1]
        return [*found, *(Subject(one.words, one.entries) for one in said if one.entries[0].key not in known)]

    def unknown(self, asked: Asked) -> str | None:
        """A law that the question names and the corpus neither holds nor cites, where it names no document besides."""
        if asked.query.numbers:
            return None
        said = [one for one in self._names.said(asked.query, asked.question) if not one.is_kind]
        if any(one.entries for one in said):
            return None
        return next((one.words for one in said if one.is_law), None)

    def _fitting(self, entries: Iterable[Document], asked: Asked) -> list[Document]:
        """The entries that fit the issuers and dates that the question gives; all where none does."""
        found, limits = list(entries), asked.limits
        claimed = "yes_no" in asked.query.slots and _ISSUES.search(asked.query.bare) is not None
        for limit in (
            Limits(issuers=() if claimed else limits.issuers),
            Limits(levels=limits.levels),
            Limits(dates=limits.dates),
            Limits(year=limits.year),
        ):
            if limit and len(found) > 1:
                found = self._resolver.within(found, limit) or found
        return found
