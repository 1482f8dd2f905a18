"""Which mentions of a document prove what an answer says of it, and how much of their sentence is needed."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering.holdings import Library, bare_line
from rag.index.topics import Term, coverage, term_line
from rag.language.abbreviations import expand_abbreviations
from rag.types import Document, Reference, Span

_SAME = 0.05
_FIELDS = ("number", "title", "date", "issuer")


def telling_mentions(library: Library, entry: Document, *, prefer: Sequence[int] = ()) -> list[int]:
    """The indexes of the fewest references that tell all that is known of a cited document, best first.

    The first is one of the passages to `prefer`, where there are any, else the one that tells most;
    those that contradict each other are all given.
    """
    references = library.knowledge.references
    told = {index: _told(references[index], entry) for index in entry.mentions}
    first = _preferred(library, entry, prefer)
    if first is None:
        first = max(entry.mentions, key=lambda index: (_fullness(references[index]), -index))
    chosen = [first, *(index for conflict in entry.conflicts for index in conflict.mentions)]
    for name in _FIELDS:
        if not any(name in told[index] for index in chosen):
            chosen += [index for index in entry.mentions if name in told[index]][:1]
    return list(dict.fromkeys(chosen))


def mention_spans(library: Library, index: int) -> tuple[Span, ...]:
    """Where a reference stands: from the word for its type to the end of its title, both shared ones too.

    In "Quyết định số 1 và số 2" the type of the second stands before the first.
    """
    references = library.knowledge.references
    one = references[index]
    start, end = one.span.start, one.span.end
    before = references[index - 1] if index else None
    if before and _beside(before, one) and before.type == one.type and not _says(one, one.type):
        start = min(start, before.span.start)
    after = references[index + 1] if index + 1 < len(references) else None
    if after and _beside(one, after) and one.title and after.title == one.title and not _says(one, one.title):
        end = max(end, after.span.end)
    return clipped(library.provision(one.source, one.provision).segments, start, end)


def topical_spans(library: Library, index: int, passage: int, terms: Sequence[Term]) -> tuple[Span, ...]:
    """A reference with as much of its passage as it takes to speak of a topic: what leads to it, what follows it."""
    own = mention_spans(library, index)
    whole = library.knowledge.passages[passage].segments
    start, end = min(own[0].start, whole[0].start), max(own[-1].end, whole[-1].end)
    text = library.texts[library.knowledge.references[index].source]
    provision = library.knowledge.references[index].provision
    segments = library.provision(library.knowledge.references[index].source, provision).segments
    wide = clipped(segments, start, end)
    wanted = _spoken(text, wide, terms) - _SAME
    choices = (own, clipped(segments, start, own[-1].end), clipped(segments, own[0].start, end))
    return next((spans for spans in choices if _spoken(text, spans, terms) >= wanted), wide)


def clipped(segments: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """The parts of ranges that lie between two offsets.

    >>> clipped([Span(0, 5), Span(8, 20)], 3, 10)
    (Span(start=3, end=5), Span(start=8, end=10))
    """
    return tuple(
        Span(max(part.start, start), min(part.end, end)) for part in segments if part.start < end and start < part.end
    )


def _preferred(library: Library, entry: Document, prefer: Sequence[int]) -> int | None:
    for passage in prefer:
        for index in library.knowledge.passages[passage].references:
            if index in entry.mentions:
                return index
    return None


def _told(mention: Reference, entry: Document) -> frozenset[str]:
    """What a mention tells of its document as the catalogue has it."""
    title = mention.title if mention.title and entry.title else None
    return frozenset(
        name for name, tells in (
            ("number", mention.number is not None and mention.number == entry.number),
            ("title", title is not None and bare_line(entry.title or "").strip() in bare_line(title)),
            ("date", mention.date is not None and mention.date == entry.date),
            ("issuer", mention.issuer is not None),
        ) if tells
    )  # fmt: skip


def _fullness(mention: Reference) -> int:
    return sum(value is not None for value in (mention.number, mention.date, mention.issuer, mention.title))


def _beside(one: Reference, other: Reference) -> bool:
    return (one.source, one.provision) == (other.source, other.provision)


def _says(mention: Reference, words: str) -> bool:
    return bare_line(words).strip() in bare_line(mention.as_printed)


def _spoken(text: str, spans: Sequence[Span], terms: Sequence[Term]) -> float:
    return coverage(terms, term_line(expand_abbreviations(" ".join(span.of(text) for span in spans))))
