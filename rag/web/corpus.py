"""What the page shows of the corpus besides answers: its documents, their texts, and where a passage stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rag.answering.holdings import Library
from rag.types import AnswerDocument, Assignment, Document, Page, Reference, SourceNotice, StoredText

REACH = 420
"""How far the surroundings of a passage go on either side, in code points."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words before and after a passage; `cut` where the text goes on beyond them."""

    before: str
    after: str
    cut_before: bool
    cut_after: bool


class Corpus:
    """The documents, texts and assignments of one snapshot as the page looks them up; read-only.

    `files` are the files that the snapshot was made of, with the SHA-256 of each.
    """

    def __init__(self, library: Library, files: Mapping[str, str] | None = None) -> None:
        self.holdings = library
        self.files: Mapping[str, str] = files or {}
        self.documents = library.knowledge.documents
        self.texts = library.texts

    @cached_property
    def _stored(self) -> dict[str, StoredText]:
        return {stored.source: stored for stored in self.holdings.knowledge.texts}

    @cached_property
    def _by_key(self) -> dict[str, Document]:
        return {entry.key: entry for entry in self.documents}

    @cached_property
    def _by_facts(self) -> dict[tuple[str | None, str | None, str], Document]:
        return {(entry.number, entry.title, entry.type): entry for entry in self.documents}

    def entry(self, key: str) -> Document | None:
        """The document of a key."""
        return self._by_key.get(key)

    def entry_of(self, document: AnswerDocument) -> Document | None:
        """The catalogue's entry of a document that an answer names."""
        return self._by_facts.get((document.number, document.title, document.type))

    def notices_on(self, entry: Document) -> list[SourceNotice]:
        """What is wrong in what the texts say of a document."""
        return self.holdings.notices_on(entry)

    def mentions_of(self, entry: Document) -> list[Reference]:
        """The places where the texts cite a document, in order."""
        return self.holdings.mentions_of(entry)

    def locator(self, source: str, provision: int) -> str:
        """Where in its document a provision stands, as a person says it."""
        return self.holdings.provision(source, provision).locator

    def page(self, source: str, offset: int) -> Page | None:
        """The page of the original on which a character of a text stands, None where it tells no pages."""
        stored = self._stored.get(source)
        return stored.page_at(offset) if stored else None

    def governed(self, entry: Document) -> list[Assignment]:
        """The tasks whose clause cites a document, in order."""
        mentions = [(one.source, one.span) for one in self.mentions_of(entry)]
        return [
            item
            for item in self.holdings.knowledge.assignments
            if any(source == item.source and item.duty.overlaps(span) for source, span in mentions)
        ]

    def relations_to(self, entry: Document) -> list[tuple[Document, str]]:
        """The documents that stand in a relation to this one, each with the kind of its relation."""
        return [
            (other, relation.kind)
            for other in self.documents
            for relation in other.relations
            if relation.target == entry.key
        ]


def surroundings(text: str, start: int, end: int, *, reach: int = REACH) -> Surroundings:
    """The words on either side of a range, from the start of a paragraph to the end of one where they are near.

    >>> surroundings("Một.\\n\\nHai ba bốn.\\n\\nNăm.", 10, 12, reach=8)
    Surroundings(before='Hai ', after=' bốn.', cut_before=True, cut_after=True)
    """
    low, high = max(0, start - reach), min(len(text), end + reach)
    before, after = text[low:start], text[end:high]
    if low:
        at = before.find("\n\n")
        before = before[at + 2 :] if at >= 0 else before[before.find(" ") + 1 :]
    if high < len(text):
        at = after.rfind("\n\n")
        after = after[:at] if at >= 0 else after[: after.rfind(" ") + 1]
    before = before.lstrip()
    after = after.rstrip() if text[end:].strip() else ""
    return Surroundings(
        before, after, bool(text[: start - len(before)].strip()), bool(text[end + len(after) :].strip())
    )


def one_line(text: str) -> str:
    """A passage as one line.

    >>> one_line("Kế hoạch số 115\\n\\nKH/HU")
    'Kế hoạch số 115 KH/HU'
    """
    return re.sub(r"\s+", " ", text).strip()
