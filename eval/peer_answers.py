"""From a peer's passages to an answer that our measures can score: it gets the project's own readers for free.

A system that only finds passages names no document and no unit. What it would take to say them is read
from its best passage with `rag.law`, as the whole text has it: the document whose mention there shares
most with the question, and the units that carry the duty that shares most with it. On the dev questions
that more than doubles what taking the mentions in printed order would give.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TypeVar

from eval.peer_systems import Found, Hit
from rag.language.normalize import strip_diacritics, syllables
from rag.law.document import LegalDocument, read_document
from rag.types import Answer, AnswerDocument, AnswerUnit, Citation, StoredText

Item = TypeVar("Item")
Reader = Callable[[str], LegalDocument]


def free_reader(texts: Mapping[str, str]) -> Reader:
    """Reads a text by its source, once."""

    @cache
    def read(source: str) -> LegalDocument:
        return read_document(StoredText(source, texts[source]))

    return read


def peer_answer(question: str, asked: str, found: Found, *, read: Reader, milliseconds: float) -> Answer:
    """The answer that its passages come to; not_found where there are none.

    `asked` are the words that were searched for, `question` the last of them.
    """
    if not found.hits:
        return refused(question, milliseconds)
    best = found.hits[0]
    citations = tuple(_citation(place, hit, read(hit.source)) for place, hit in enumerate(found.hits, 1))
    return Answer(
        question=question,
        status="answered",
        reason=None,
        text=citations[0].quote,
        documents=(_document(asked, best, read(best.source)),),
        units=_units(asked, best, read(best.source)),
        citations=citations,
        elapsed_ms=milliseconds,
    )


def refused(question: str, milliseconds: float) -> Answer:
    """The answer that nothing was found."""
    return Answer(question=question, status="not_found", reason="no_evidence", text="", elapsed_ms=milliseconds)


def _citation(place: int, hit: Hit, document: LegalDocument) -> Citation:
    quote = hit.span.of(document.stored.text)
    return Citation(place, hit.source, hit.source, "", quote, hit.span.start, hit.span.end)


def _document(asked: str, hit: Hit, document: LegalDocument) -> AnswerDocument:
    """The document mentioned in a passage that fits the question best; where none is, the passage's own."""
    inside = [one for one in document.references if one.span.overlaps(hit.span)]
    if inside:
        told = likest(asked, inside, lambda one: one.as_printed)
        return AnswerDocument(told.number, told.type, told.title, told.issuer, told.date, False, (1,))
    own = document.identity
    return AnswerDocument(own.number, own.type or "", own.title, own.issuer, own.date, True, (1,))


def _units(asked: str, hit: Hit, document: LegalDocument) -> tuple[AnswerUnit, ...]:
    """The units of the duty in a passage that fits the question best."""
    inside = [one for one in document.assignments if one.unit and one.duty.overlaps(hit.span)]
    if not inside:
        return ()
    duty = likest(asked, inside, lambda one: one.duty.of(document.stored.text)).duty
    roles = {one.unit: one.role for one in inside if one.unit and one.duty == duty}
    return tuple(AnswerUnit(unit, role, (1,)) for unit, role in roles.items())


def likest(asked: str, items: Iterable[Item], words: Callable[[Item], str]) -> Item:
    """The first of the items whose words share most with the question, marks apart: the cosine of their syllables.

    >>> likest("luat nao ve dan chu", ["Luật Thanh tra", "Luật Dân chủ"], str)
    'Luật Dân chủ'
    """
    wanted = _bare(asked)

    def share(item: Item) -> float:
        own = _bare(words(item))
        return len(own & wanted) / math.sqrt(len(own)) if own else 0.0

    return max(items, key=share)


def _bare(text: str) -> frozenset[str]:
    return frozenset(syllables(strip_diacritics(text)))
