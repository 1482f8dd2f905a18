"""A stored text read once: provisions, their clean lines, references and assignments."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from rag.language.normalize import MatchingCopy, matching_copy
from rag.law.back_references import find_back_references, without_given_names
from rag.law.identity import read_identity, with_told
from rag.law.law_names import has_small_name, told_names
from rag.law.references import Mention, find_mentions
from rag.law.sections import Sections
from rag.law.structure import provisions as read_provisions
from rag.types import Assignment, BackReference, CheckedFact, Identity, Provision, Reference, StoredText


@dataclass(frozen=True, slots=True)
class LegalDocument:
    """One document of the corpus as read; `copies[i]` is the clean line of `provisions[i]`."""

    stored: StoredText
    identity: Identity
    provisions: tuple[Provision, ...]
    copies: tuple[MatchingCopy, ...]
    references: tuple[Reference, ...]
    assignments: tuple[Assignment, ...]
    back_references: tuple[BackReference, ...] = ()


def read_document(stored: StoredText, told: CheckedFact | None = None) -> LegalDocument:
    """Everything that is read from one text alone; `told` is what somebody says it is the text of."""
    with uncollected():
        return _read(stored, told)


@contextmanager
def uncollected() -> Iterator[None]:
    """Without garbage collection: nothing of what is made is garbage, and a collector walks through all of it again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(stored: StoredText, told: CheckedFact | None) -> LegalDocument:
    found = tuple(read_provisions(stored.text))
    copies = tuple(matching_copy(stored.text, provision.segments) for provision in found)
    identity = read_identity(found, copies)
    if told:
        identity = with_told(identity, told)
    references = tuple(
        _reference(stored, index, copy, mention)
        for index, (copy, mentions) in enumerate(zip(copies, _mentions(copies), strict=True))
        for mention in mentions
        if not _is_own(identity, found[index], mention)
    )
    references = without_given_names(references, copies)
    pointing = find_back_references(stored, found, copies=copies, references=references, identity=identity)
    sections = Sections(stored.text, found, copies)
    assignments = tuple(
        assignment for index in range(len(found)) for assignment in sections.assignments(stored.source, index)
    )
    return LegalDocument(stored, identity, found, copies, references, assignments, pointing)


def _mentions(copies: Sequence[MatchingCopy]) -> list[list[Mention]]:
    """The mentions of each line; a law's name in small letters may be told by another line."""
    found = [find_mentions(copy.text) for copy in copies]
    told = told_names(one.title for line in found for one in line if one.number is None and one.title)
    return [
        find_mentions(copy.text, told) if told and has_small_name(copy.text) else line
        for copy, line in zip(copies, found, strict=True)
    ]


def _is_own(identity: Identity, provision: Provision, mention: Mention) -> bool:
    """Whether a line of the head gives the document's own number; that is no citation."""
    return provision.kind == "front" and mention.number is not None and mention.number.canonical == identity.number


def _reference(stored: StoredText, provision: int, copy: MatchingCopy, mention: Mention) -> Reference:
    return Reference(
        source=stored.source,
        provision=provision,
        span=copy.span(mention.start, mention.end),
        as_printed=copy.printed(stored.text, mention.start, mention.end),
        type=mention.type,
        number=mention.number.canonical if mention.number else None,
        issuer=mention.issuer,
        date=mention.date,
        title=mention.title,
        pinpoint=mention.pinpoint,
    )
