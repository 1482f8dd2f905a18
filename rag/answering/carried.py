"""What a document carries out by its title: "Kế hoạch 9 triển khai thực hiện Nghị quyết 43-NQ/TW"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.draft import wording
from rag.answering.holdings import Library
from rag.answering.query import Query
from rag.answering.resolve import Limits, Resolver
from rag.index.topics import Term, coverage
from rag.types import Document

CARRIES_OUT = re.compile(r"\b(?:trien khai|cu the hoa|to chuc thuc hien|thuc hien|huong dan|quy dinh chi tiet)\b")
_IN_ORDER_TO = re.compile(r"^(?:cua (?:\w+ ){1,4}?)?(?:duoc (?:ban hanh|lap|xay dung) |la )*(?:de|nham) ")
BEARS = 0.95
"""The share of what a question says of a document that a title has which bears it."""


class CarriedOut:
    """Finds what documents carry out by their titles; read-only."""

    def __init__(self, library: Library, resolver: Resolver) -> None:
        self._library, self._resolver = library, resolver

    def by(self, query: Query, chosen: Sequence[Document]) -> list[Document]:
        """The documents that given ones carry out, of the types that the question asks for."""
        numbers = {number for entry in chosen for number in self._library.numbers_in_title(entry)}
        named = [entry for entry in self._library.knowledge.documents if entry.number in numbers]
        return self._resolver.within(named, Limits(types=query.types))

    def is_named_in(self, query: Query, chosen: Sequence[Document], terms: Sequence[Term]) -> bool:
        """Whether a question says of a document what its title says, and asks for one of another type named there."""
        if len(chosen) != 1 or "document" not in query.slots or chosen[0].type in query.types or not query.types:
            return False
        return coverage(terms, self._library.title_words(chosen[0])) >= BEARS

    def wrong(self, query: Query, chosen: Sequence[Document]) -> str | None:
        """What the question says wrongly of the document that one carries out: "Kế hoạch 1 để thực hiện Đề án 2"."""
        if len(chosen) != 2 or "yes_no" not in query.slots or not CARRIES_OUT.search(query.numbers[0].after):
            return None
        named = self._library.numbers_in_title(chosen[0])
        if not named or chosen[1].number in named:
            return None
        return wording("claim_value", claimed=query.numbers[1].asked, known=", ".join(sorted(named)))


def asks_carried(query: Query) -> bool:
    """Whether a question asks what the document that it numbers carries out: "Kế hoạch 9 thực hiện văn bản nào"."""
    if len(query.numbers) != 1 or "document" not in query.slots:
        return False
    verb = CARRIES_OUT.match(after := _IN_ORDER_TO.sub("", query.numbers[0].after.strip()))
    return verb is not None and re.match(r"(?: \w+){0,2} (?:nao|gi)\b", after[verb.end() :]) is not None
