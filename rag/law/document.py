"""A stored text read once: provisions, their clean lines, references and assignments."""

from __future__ import annotations

from collections.abc import Sequence
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
    identity = read_identity(found, copies)
    references = tuple(
        _reference(stored, index, copy, mention)
        for index, copy in enumerate(copies)
        for mention in find_mentions(copy.text)
        if not _is_own(identity, found[index], mention)
    )
    sections = _Sections(found, copies)
    assignments = tuple(
        assignment
        for index, provision in enumerate(found)
        if provision.kind in _DUTY_KINDS
        for assignment in _assignments(stored, index, copies[index], sections)
    )
    return LegalDocument(stored, identity, found, copies, references, assignments)


def _is_own(identity: Identity, provision: Provision, mention: Mention) -> bool:
    """Whether a line of the head gives the document's own number; that is no citation."""
    return provision.kind == "front" and mention.number is not None and mention.number.canonical == identity.number


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


def _assignments(stored: StoredText, index: int, copy: MatchingCopy, sections: _Sections) -> list[Assignment]:
    read: list[Assignment] = []
    for duty in find_duties(copy.text):
        span = copy.span(duty.clause.start, duty.clause.end)
        if duty.unit is not None:
            unit_span: Span | None = copy.span(duty.unit.start, duty.unit.end)
            read.append(Assignment(stored.source, index, duty.unit.name, unit_span, duty.role, span))
        elif section := sections.units_above(index):
            read += [Assignment(stored.source, index, name, where, duty.role, span) for name, where in section]
        else:
            read.append(Assignment(stored.source, index, None, None, duty.role, span))
    return read


class _Sections:
    """The units that headings give their whole section to, each heading read once."""

    def __init__(self, provisions: Sequence[Provision], copies: Sequence[MatchingCopy]) -> None:
        self._provisions = provisions
        self._copies = copies
        self._named: dict[int, list[tuple[str, Span]]] = {}

    def units_above(self, index: int) -> list[tuple[str, Span]]:
        """The units that the nearest heading above names; a duty listed under it is theirs."""
        parent = self._provisions[index].parent
        while parent is not None:
            if units := self._units_of(parent):
                return units
            parent = self._provisions[parent].parent
        return []

    def _units_of(self, index: int) -> list[tuple[str, Span]]:
        if index not in self._named:
            copy, heading = self._copies[index], self._provisions[index].heading
            units = heading_units(copy.text) if heading else []
            self._named[index] = [(unit.name, copy.span(unit.start, unit.end)) for unit in units]
        return self._named[index]
