"""Which part of a text a passage stands in: its article, or what stands under one heading."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rag.answering.holdings import Library
from rag.law.structure import ancestors
from rag.types import Passage

Section = tuple[str, str]
"""The source and the locator of an article, or the source and the headings above."""


class Sections:
    """Tells the sections of the passages of one snapshot; read-only."""

    def __init__(self, library: Library, passages: Sequence[Passage]) -> None:
        self._library, self._passages = library, passages

    def article(self, index: int) -> Section | None:
        """The article that a passage stands in; None outside of articles."""
        passage = self._passages[index]
        provisions = self._library.knowledge.provisions[passage.source]
        enclosing = (*ancestors(provisions, passage.provision), provisions[passage.provision])
        article = next((provision for provision in enclosing if provision.kind == "article"), None)
        return (passage.source, article.locator) if article else None

    def of(self, index: int) -> Section:
        """The article that a passage stands in, else the headings that it stands under."""
        passage = self._passages[index]
        return self.article(index) or (passage.source, passage.context)

    def at(self, places: Collection[tuple[str, int]]) -> frozenset[Section]:
        """The sections that hold places, each a source and an offset in its stored text."""
        return frozenset(
            self.of(index) for index, passage in enumerate(self._passages)
            if any(
                source == passage.source and any(part.start <= start < part.end for part in passage.segments)
                for source, start in places
            )
        )  # fmt: skip
