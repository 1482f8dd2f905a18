"""A stored text read once: provisions, their clean lines, references and assignments."""

from __future__ import annotations

from dataclasses import dataclass

from rag.language.normalize import MatchingCopy, matching_copy
from rag.law.assignments import find_duties, heading_units
from rag.law.identity import read_identity
from rag.law.references import Mention, find_mentions
from rag.law.structure import provisions as read_provisions
from rag.types import Assignment, Identity, Provision, Reference, Span, StoredText

_DUTY_KINDS = frozenset(("paragraph", "item", "clause", "point"))


@dataclass(frozen=True, slots=True)
class LegalDocument:
    """One document of the corpus as read; `copies[i]` is the clean line of `provisions[i]`."""

    stored: StoredText
    identity: Identity
    provisions: tuple[Provision, ...]
    copies: tuple[MatchingCopy, ...]
    references: tuple[Reference, ...]
    assignments: tuple[Assignment, ...]


def read_document(stored: StoredText) -> LegalDocument:
    """Everything that is read from one text alone."""
    found = tuple(read_provisions(stored.text))
    copies = tuple(matching_copy(stored.text, provision.segments) for provision in found)
    references = tuple(
        _reference(stored, index, copy, mention)
        for index, copy in enumerate(copies)
        for mention in find_mentions(copy.text)
    )
    assignments = tuple(
        assignment for index in range(len(found)) for assignment in _assignments(stored, found, copies, index)
    )
    return LegalDocument(stored, read_identity(found, copies), found, copies, references, assignments)


def _reference(stored: StoredText, provision: int, copy: MatchingCopy, mention: Mention) -> Reference:
    return Reference(
        source=stored.source,
        provision=provision,
        span=copy.span(mention.start, mention.end),
        as_printed=copy.text[mention.start : mention.end],
        type=mention.type,
        number=mention.number.canonical if mention.number else None,
        issuer=mention.issuer,
        date=mention.date,
        title=mention.title,
        pinpoint=mention.pinpoint,
    )


def _assignments(
    stored: StoredText, found: tuple[Provision, ...], copies: tuple[MatchingCopy, ...], index: int
) -> list[Assignment]:
    if found[index].kind not in _DUTY_KINDS:
        return []
    copy, read = copies[index], []
    section = _section_units(found, copies, index)
    for duty in find_duties(copy.text):
        span = copy.span(duty.clause.start, duty.clause.end)
        if duty.unit is not None:
            unit_span: Span | None = copy.span(duty.unit.start, duty.unit.end)
            read.append(Assignment(stored.source, index, duty.unit.name, unit_span, duty.role, span))
        elif section:
            read += [Assignment(stored.source, index, name, where, duty.role, span) for name, where in section]
        else:
            read.append(Assignment(stored.source, index, None, None, duty.role, span))
    return read


def _section_units(
    found: tuple[Provision, ...], copies: tuple[MatchingCopy, ...], index: int
) -> list[tuple[str, Span]]:
    """The units that the nearest heading above names; a duty listed under it is theirs."""
    parent = found[index].parent
    while parent is not None:
        units = heading_units(copies[parent].text) if found[parent].heading else []
        if units:
            return [(unit.name, copies[parent].span(unit.start, unit.end)) for unit in units]
        parent = found[parent].parent
    return []
