"""What passages lead to: the points of a list, the items below a heading, the rows of a table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from rag.answering.holdings import Library
from rag.types import Passage

_UNNUMBERED = re.compile(r"đoạn \d+(?:,|$)")
"""The place of a paragraph that is no item of a list."""
_LEADS_IN = re.compile(r"\b(?:như sau|sau đây|gồm)(?: có)?\s?:\s*$")
"""How words end that the rest of their sentence is a list to."""
_OPENS = re.compile(
    r"(?:gồm|sau đây|như sau|(?:các|những|một số|\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?: [^\W\d]+){1,6})\s?:"
    r"\s[^:]{2,80};\s*$"
)
"""A clause that opens a list in its own sentence: "một trong năm lĩnh vực: phát triển kinh tế;"."""
_ITEM_KINDS = frozenset(("item", "clause", "point"))
"""What a paragraph that ends with a colon may lead to: "Cuộc họp được tổ chức khi có một trong các căn cứ sau đây:"."""
_CALL = re.compile(r"[¹²³⁰⁴-⁹]+|\[\d{1,3}\]")
"""What calls a footnote."""


class Listed:
    """Finds what passages lead to; read-only."""

    def __init__(self, library: Library, passages: Sequence[Passage]) -> None:
        self._library, self._passages = library, passages

    def introduced(self, index: int) -> list[int]:
        """The clauses that a passage leads to: the points of a list that it opens, or what stands under a heading."""
        passage = self._passages[index]
        if _OPENS.search(passage.text):
            return self.of_sentence(index)[1:]
        if not self.leads(index):
            return []
        inside = self._library.inside(passage.source, passage.provision)
        if len(inside) == 1 and passage.text.rstrip().endswith(":"):
            return self._following(index)
        return [at for place in inside[1:] for at in self._library.clauses_of(passage.source, place)]

    def opens_list(self, index: int) -> bool:
        """Whether a passage leads to at least two others."""
        return self._passages[index].text.rstrip().endswith(":") and len(self.introduced(index)) > 1

    def notes(self, index: int) -> list[int]:
        """The clauses of the footnotes that a passage calls."""
        passage = self._passages[index]
        provisions = self._library.knowledge.provisions[passage.source]
        text = self._library.texts[passage.source]
        called = {
            unicodedata.normalize("NFKC", call).strip("[]")
            for part in passage.segments for call in _CALL.findall(part.of(text))
        }  # fmt: skip
        notes = [
            at for at, item in enumerate(provisions)
            if called and item.kind == "footnote" and item.parent == passage.provision
            and item.locator.split()[-1] in called
        ]  # fmt: skip
        return [clause for at in notes for clause in self._library.clauses_of(passage.source, at)]

    def items(self, index: int) -> list[int]:
        """The places of the items right below a passage, or of those that follow the paragraph that it is."""
        below = self.below(self._passages[index].source, self._passages[index].provision)
        return below or (self._beside(index) if self._passages[index].text.rstrip().endswith(":") else [])

    def _beside(self, index: int) -> list[int]:
        """The places of the items of one kind that follow a paragraph under the same heading."""
        source, own = self._passages[index].source, self._passages[index].provision
        provisions = self._library.knowledge.provisions[source]
        if provisions[own].kind != "paragraph" or own + 1 >= len(provisions):
            return []
        kind, parent = provisions[own + 1].kind, provisions[own + 1].parent
        if kind not in _ITEM_KINDS:
            return []
        places = []
        for at in range(own + 1, len(provisions)):
            if provisions[at].parent == parent and provisions[at].kind == kind:
                places.append(at)
            elif provisions[at].parent == parent or at == own + 1:
                break
        return places

    def below(self, source: str, place: int) -> list[int]:
        """The places of the items right below one, or of the rows of the table there."""
        provisions = self._library.knowledge.provisions[source]
        below = [at for at in self._library.inside(source, place) if provisions[at].parent == place]
        below = [
            at for at in below if provisions[at].kind != "footnote" and not _UNNUMBERED.search(provisions[at].locator)
        ]
        if len(below) == 1 and provisions[below[0]].kind == "table":
            return [at for at in self._library.inside(source, below[0]) if provisions[at].parent == below[0]]
        return below

    def _following(self, index: int) -> list[int]:
        """The clauses that follow words which end with a colon: the items of one kind that stand there, else the first.

        "Tiêu chuẩn của tổ viên:" is a paragraph of its own, as the points after it are.
        """
        source = self._passages[index].source
        after = range(index + 1, len(self._passages))
        first = next((at for at in after if self._passages[at].kind == "clause"), index)
        if first == index or self._passages[first].source != source:
            return []
        if self._passages[first].provision == self._passages[index].provision:
            return self.of_sentence(first) if _LEADS_IN.search(self._passages[index].text) else [first]
        places = self._beside(index)
        return [clause for at in places for clause in self._library.clauses_of(source, at)] or [first]

    def of_sentence(self, first: int) -> list[int]:
        """A clause and those of its provision that its sentence goes on in, each after a semicolon."""
        found = [first]
        for at in range(first + 1, len(self._passages)):
            passage, before = self._passages[at], self._passages[found[-1]]
            if (passage.source, passage.provision) != (before.source, before.provision):
                break
            if passage.kind == "clause":
                if not before.text.rstrip().endswith(";"):
                    break
                found.append(at)
        return found

    def leads(self, index: int) -> bool:
        """Whether a passage leads to what follows: a heading, or words that end with a colon."""
        passage = self._passages[index]
        heading = self._library.provision(passage.source, passage.provision).heading
        text = passage.text.rstrip()
        return (
            text.endswith(":") or heading is not None or (not text.endswith((".", ";")) and len(self.items(index)) > 1)
        )
