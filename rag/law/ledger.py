"""Provisions as they are added while a text is read, each with a locator of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rag.law.blocks import Block
from rag.law.outline import Outline
from rag.types import Provision, ProvisionKind, Span

Segments = tuple[Span, ...]


@dataclass(slots=True)
class Ledger:
    """The provisions read so far, and where the reader stands.

    `prefix` is the locator of the open annex and `base` its provision; both are empty in the document itself.
    """

    found: Sequence[Block]
    foreign: frozenset[int]
    provisions: list[Provision] = field(default_factory=list)
    outline: Outline = field(default_factory=Outline)
    prefix: str = ""
    base: int | None = None
    counts: dict[tuple[int | None, str], int] = field(default_factory=dict)
    said: dict[str, int] = field(default_factory=dict)

    @property
    def parent(self) -> int | None:
        """The provision that holds what comes next."""
        return self.outline.stack[-1].index if self.outline.stack else self.base

    def place(self, where: str) -> str:
        """The locator of something under the innermost open heading."""
        top = self.outline.top
        place = f"{top.text}, {where}" if top else where
        if self.prefix:
            return f"{self.prefix}, {place}"
        return place if top else place[:1].upper() + place[1:]

    def in_part(self, where: str) -> str:
        """The locator of something in the open part that stands under no heading."""
        return f"{self.prefix}, {where[:1].lower()}{where[1:]}" if self.prefix else where

    def count(self, parent: int | None, kind: str) -> int:
        """How many of a kind stand under a provision, the coming one with them."""
        number = self.counts.get((parent, kind), 0) + 1
        self.counts[parent, kind] = number
        return number

    def add(
        self,
        kind: ProvisionKind,
        locator: str,
        segments: Segments,
        *,
        parent: int | None,
        heading: str | None = None,
        quoted: bool = False,
    ) -> str:
        """Add a provision; its locator, which tells the second time that the text gives one number."""
        times = self.said.get(locator, 0) + 1
        self.said[locator] = times
        unique = f"{locator} (lần {times})" if times > 1 else locator
        self.provisions.append(Provision(kind, unique, heading, segments, parent, quoted))
        return unique

    def add_line(self, kind: ProvisionKind, name: str, segments: Segments, *, parent: int | None = None) -> None:
        """Add the next line of what stands around the body: "Phần ký, dòng 2"."""
        where = self.in_part(f"{name} {self.count(None, f'{self.prefix} {kind}')}")
        self.add(kind, where, segments, parent=self.base if parent is None else parent)

    def add_footnote(self, block: Block) -> None:
        """Add a footnote, whose caller is sought when all is read."""
        digits = block.label.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")).strip("[]")
        self.add("footnote", f"chú thích {digits}", block.segments, parent=None)
