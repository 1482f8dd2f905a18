"""Everything read from one document, as the values of the extraction contract."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from rag.law.catalogue import build_catalogue, targets
from rag.law.document import LegalDocument
from rag.law.notices import source_notices
from rag.types import Assignment, CheckedFact, Document, Reference, SourceNotice, Span


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A mention with the keys of the catalogue entries that it may mean: one where that is clear."""

    reference: Reference
    keys: tuple[str, ...]

    @property
    def target(self) -> str | None:
        """The key of the one entry that it means; None where it is open or unknown."""
        return self.keys[0] if len(self.keys) == 1 else None


@dataclass(frozen=True, slots=True)
class Extraction:
    """One document as read: `mentions` in reading order, `governing[i]` the mentions that govern assignment `i`."""

    document: LegalDocument
    entries: tuple[Document, ...]
    mentions: tuple[Mentioned, ...]
    governing: tuple[tuple[int, ...], ...]
    notices: tuple[SourceNotice, ...]


def extract(document: LegalDocument, checked: Iterable[CheckedFact] = ()) -> Extraction:
    """Everything that is read from one document, its mentions resolved among themselves."""
    facts = tuple(checked)
    entries = build_catalogue([document], document.references, facts)
    mentions = _mentions(document, entries)
    notices = source_notices(document, facts, entries)
    return Extraction(document, entries, mentions, _governing(document, mentions), notices)


def extraction_json(read: Extraction) -> dict[str, object]:
    """The extraction as JSON values, field for field as the contract has it."""
    document = read.document
    own = asdict(document.identity)
    del own["spans"]
    return {
        "document": {**own, "source": document.stored.source},
        "provisions": [
            {
                "locator": provision.locator,
                "kind": provision.kind,
                "heading": provision.heading,
                "start": provision.start,
                "end": provision.end,
            }
            for provision in document.provisions
        ],
        "references": [_reference_json(document, one) for one in read.mentions],
        "assignments": [
            {
                "unit": one.unit,
                "role": one.role,
                "duty": _duty(document, one),
                "references": list(governing),
                **_where(document, one.provision, one.duty),
            }
            for one, governing in zip(document.assignments, read.governing, strict=True)
        ],
        "notices": [
            {"kind": notice.kind, "text": notice.text, "start": notice.span.start, "end": notice.span.end}
            for notice in read.notices
        ],
    }


def _reference_json(document: LegalDocument, one: Mentioned) -> dict[str, object]:
    said = one.reference
    return {
        "as_printed": said.as_printed,
        "number": said.number,
        "type": said.type,
        "issuer": said.issuer,
        "date": said.date,
        "title": said.title,
        "pinpoint": said.pinpoint,
        "target": one.target,
        **_where(document, said.provision, said.span),
    }


def _where(document: LegalDocument, provision: int, span: Span) -> dict[str, object]:
    return {"start": span.start, "end": span.end, "locator": document.provisions[provision].locator}


def _mentions(document: LegalDocument, entries: Sequence[Document]) -> tuple[Mentioned, ...]:
    own = next(entry.key for entry in entries if entry.source == document.stored.source)
    keys = targets(document.references, entries)
    found = [Mentioned(reference, keys[index]) for index, reference in enumerate(document.references)]
    found += [
        Mentioned(back.reference, (own,) if back.antecedent is None else keys[back.antecedent])
        for back in document.back_references
    ]
    return tuple(sorted(found, key=lambda one: (one.reference.span, one.reference.provision)))


def _governing(document: LegalDocument, mentions: Sequence[Mentioned]) -> tuple[tuple[int, ...], ...]:
    """For each assignment the mentions that begin inside its duty, and those of the footnotes that it calls."""
    inside: dict[int, list[int]] = {}
    for index, one in enumerate(mentions):
        inside.setdefault(one.reference.provision, []).append(index)
    notes: dict[int, list[int]] = {}
    for index, provision in enumerate(document.provisions):
        if provision.kind == "footnote" and provision.parent is not None and index in inside:
            notes.setdefault(provision.parent, []).append(index)
    found = []
    for task in document.assignments:
        own = _within(inside.get(task.provision, []), mentions, task.duty)
        for note in notes.get(task.provision, ()):
            if _calls(document, task, note):
                own += inside[note]
        found.append(tuple(own))
    return tuple(found)


def _within(inside: list[int], mentions: Sequence[Mentioned], duty: Span) -> list[int]:
    """Those of a provision's mentions, in reading order, that begin inside a duty."""

    def start(index: int) -> int:
        return mentions[index].reference.span.start

    return inside[bisect_left(inside, duty.start, key=start) : bisect_left(inside, duty.end, key=start)]


def _calls(document: LegalDocument, one: Assignment, note: int) -> bool:
    """Whether the call of a footnote stands in a duty."""
    copy, where = document.copies[one.provision], document.copies[one.provision].within(one.duty)
    label = document.provisions[note].locator.split()[-1]
    return any(
        where.start <= at <= where.end and str(unicodedata.normalize("NFKC", call)).strip("[]") == label
        for at, call in copy.calls
    )


def _duty(document: LegalDocument, one: Assignment) -> str:
    """The clause as stored; torn by a page break or a footnote, its parts as one line."""
    copy = document.copies[one.provision]
    where = copy.within(one.duty)
    torn = len(copy.spans(where.start, where.end)) > 1
    return copy.printed(document.stored.text, where.start, where.end) if torn else one.duty.of(document.stored.text)
