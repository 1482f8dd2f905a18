"""What gold gives in place of what the system found: a reading, the evidence, the documents, the units.

Each function takes what the system has and returns the same kind of thing with the gold part put right,
so that a question can be asked again as if one stage had made no mistake.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from eval.gold import SOURCE_PREFIX, GoldCase
from eval.naming import fold, fold_name, fold_number
from eval.spans import gold_spans, occurrences
from rag.answering.asked_numbers import AskedNumber
from rag.answering.holdings import Library
from rag.answering.query import Query
from rag.answering.retrieve import Evidence, Retriever
from rag.index.snapshot import Knowledge
from rag.law.issuers import level_of
from rag.law.numbers import parts, type_of
from rag.law.references import Mention, find_mentions
from rag.types import Assignment, Document, Passage, Reference, Role, Span

_FIRST = 2.0
"""The fused score of gold evidence: above what any other passage can have."""
_CLASS_SLOTS = {
    "list": {"list"},
    "count": {"count"},
    "comparison": {"compare"},
    "date_issuer": {"date", "issuer"},
}


@dataclass(frozen=True, slots=True)
class Remembered:
    """A retriever that remembers what it found, for asking the same again and again."""

    inner: Retriever
    known: dict[tuple[str, str | None], Evidence] = field(default_factory=dict)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages that are scored."""
        return self.inner.passages

    def evidence(self, question: str, *, words: str | None = None) -> Evidence:
        """All passages scored."""
        if (question, words) not in self.known:
            self.known[question, words] = self.inner.evidence(question, words=words)
        return self.known[question, words]

    def idf(self, field: str, token: str) -> float:
        """The inverse document frequency of a token of a word field."""
        return self.inner.idf(field, token)


@dataclass(frozen=True, slots=True)
class GoldFirst:
    """A retriever that gives the passages at some indexes the best score, and leaves the rest to another."""

    inner: Retriever
    passages: tuple[Passage, ...]
    first: tuple[int, ...]

    def evidence(self, question: str, *, words: str | None = None) -> Evidence:
        """All passages scored, the gold ones alike and first."""
        found = self.inner.evidence(question, words=words)
        fused = found.fused.copy()
        fused[list(self.first)] = np.float32(_FIRST)
        return replace(found, fused=fused)

    def idf(self, field: str, token: str) -> float:
        """The inverse document frequency of a token of a word field."""
        return self.inner.idf(field, token)


def gold_readings(case: GoldCase, query: Query) -> Iterator[Query]:
    """Readings of a question that ask for what gold answers: its slots beside those read, then alone.

    A number of a gold document that the question has in digits is taken for that document. None for a
    question that gold refuses.
    """
    if case.status == "not_found":
        return
    wanted = set(_CLASS_SLOTS.get(case.kind, ()))
    wanted |= {"document"} if case.documents else set()
    wanted |= {"unit"} if case.units is not None else set()
    numbers = query.numbers or tuple(_asked_numbers(case))
    for slots in (query.slots | wanted, frozenset(wanted)):
        yield replace(query, slots=frozenset(slots), numbers=numbers)


def _asked_numbers(case: GoldCase) -> Iterator[AskedNumber]:
    typed = "".join(char if char.isdigit() else " " for char in case.question).split()
    digits = {word.lstrip("0") or "0" for word in typed}
    for number in (name for spellings in case.documents or () for name in spellings[:1]):
        read = parts(number)
        if read and read.n in digits:
            kind = type_of(read.abbreviation) if read.abbreviation else None
            types = frozenset([kind] if kind else ())
            yield AskedNumber(read.n, read.year, types, read.organ.upper(), asked=number)


def gold_passages(case: GoldCase, library: Library) -> tuple[int, ...]:
    """The indexes of the passages that hold the gold evidence, or mention one gold document alone."""
    documents = [entry for entry in gold_documents(case, library.knowledge) if entry.source is None]
    citing = {index for entry in documents for index in library.passages_citing(entry)}
    return tuple(sorted(citing.union(evidence_indexes(case, library))))


def evidence_indexes(case: GoldCase, library: Library) -> list[int]:
    """The indexes of the passages that share a character with gold evidence."""
    spans = gold_spans(case, library.texts)
    return [
        index for index, passage in enumerate(library.knowledge.passages)
        if any(_overlaps(passage, span) for span in spans.get(passage.source, ()))
    ]  # fmt: skip


def _overlaps(passage: Passage, span: Span) -> bool:
    return any(part.overlaps(span) for part in passage.segments)


def gold_documents(case: GoldCase, knowledge: Knowledge) -> list[Document]:
    """The entries of the catalogue that are gold documents, in the order of gold."""
    found = (_entry(spellings, knowledge) for spellings in case.documents or ())
    return [entry for entry in found if entry is not None]


def _entry(spellings: Sequence[str], knowledge: Knowledge) -> Document | None:
    names = frozenset(map(fold_number, spellings))
    return next((entry for entry in knowledge.documents if names & _names(entry)), None)


def _names(entry: Document) -> frozenset[str]:
    title = entry.title or ""
    names = [entry.number or "", title, f"{entry.type} {title}", f"{SOURCE_PREFIX}{entry.source or ''}"]
    return frozenset(fold_number(name) for name in names if name.strip())


def with_documents(case: GoldCase, library: Library) -> Library:
    """The library whose catalogue has the gold documents, mentioned where the gold evidence mentions them.

    Their dates are as their mentions have them; date and issuer of the one gold document are those of gold.
    """
    knowledge = library.knowledge
    for spellings in case.documents or ():
        for one in _mentions(spellings, case, library):
            knowledge = _with_mention(knowledge, _entry(spellings, knowledge), one)
    repaired = {entry.key: _as_mentioned(entry, knowledge) for entry in gold_documents(case, knowledge)}
    if case.documents and len(case.documents) == 1:
        repaired = {key: _with_facts(case, entry) for key, entry in repaired.items()}
    documents = tuple(repaired.get(entry.key, entry) for entry in knowledge.documents)
    return Library(replace(knowledge, documents=documents))


def _as_mentioned(entry: Document, knowledge: Knowledge) -> Document:
    """A document with the date of a mention, where neither that nor what was checked by hand has its own."""
    dates = [date for index in entry.mentions if (date := knowledge.references[index].date)]
    known = (*dates, *(fact.date for fact in (entry.checked,) if fact))
    return replace(entry, date=dates[0]) if dates and entry.date not in known else entry


def _with_facts(case: GoldCase, entry: Document) -> Document:
    dates, issuers = case.facts.date, case.facts.issuer
    if dates and entry.date not in dates:
        entry = replace(entry, date=dates[0])
    if issuers and fold_name(entry.issuer or "") not in map(fold_name, issuers):
        entry = replace(entry, issuer=issuers[0], level=level_of(issuers[0], None))
    return entry


def _mentions(spellings: Sequence[str], case: GoldCase, library: Library) -> Iterator[Reference]:
    """The mentions of a gold document in the gold evidence, read anew."""
    names = frozenset(map(fold_number, spellings))
    for source, places in gold_spans(case, library.texts).items():
        for place in places:
            for mention in find_mentions(place.of(library.texts[source])):
                if names & _mention_names(mention):
                    span = Span(place.start + mention.start, place.start + mention.end)
                    yield _reference(library, source, span, mention)


def _mention_names(mention: Mention) -> frozenset[str]:
    number = mention.number.canonical if mention.number else ""
    title = mention.title or ""
    return frozenset(fold_number(name) for name in (number, title, f"{mention.type} {title}") if name.strip())


def _reference(library: Library, source: str, span: Span, mention: Mention) -> Reference:
    provisions = library.knowledge.provisions[source]
    inside = [index for index, one in enumerate(provisions) if any(part.overlaps(span) for part in one.segments)]
    return Reference(
        source=source,
        provision=inside[-1],
        span=span,
        as_printed=span.of(library.texts[source]),
        type=mention.type,
        number=mention.number.canonical if mention.number else None,
        issuer=mention.issuer,
        date=mention.date,
        title=mention.title,
    )


def _with_mention(knowledge: Knowledge, entry: Document | None, one: Reference) -> Knowledge:
    """The knowledge with a mention of a document of the catalogue or a new one, in the passages where it stands."""
    known = [knowledge.references[index] for index in (entry.mentions if entry else ())]
    if any(other.source == one.source and other.span.overlaps(one.span) for other in known):
        return knowledge
    index, start = len(knowledge.references), Span(one.span.start, one.span.start + 1)
    passages = tuple(
        replace(passage, references=(*passage.references, index))
        if passage.source == one.source and _overlaps(passage, start) else passage
        for passage in knowledge.passages
    )  # fmt: skip
    added = replace(entry, mentions=(*entry.mentions, index)) if entry else _new_entry(one, index)
    others = tuple(other for other in knowledge.documents if entry is None or other.key != entry.key)
    references = (*knowledge.references, one)
    return replace(knowledge, references=references, documents=(*others, added), passages=passages)


def _new_entry(one: Reference, mention: int) -> Document:
    read = parts(one.number) if one.number else None
    return Document(
        key=f"gold {one.number or one.title}",
        number=one.number,
        type=one.type,
        family=None,
        level=level_of(one.issuer, read.organ if read else None),
        issuer=one.issuer,
        date=one.date,
        title=one.title,
        mentions=(mention,),
    )


def with_units(case: GoldCase, library: Library) -> Library:
    """The library in which the clauses of the gold evidence are given to the gold units, or to nobody."""
    spans = gold_spans(case, library.texts)
    kept: list[Assignment] = []
    given: list[Assignment] = []
    for item in library.knowledge.assignments:
        if not any(item.duty.overlaps(span) for span in spans.get(item.source, ())):
            kept.append(item)
    for passage in library.knowledge.passages:
        if passage.kind == "clause" and any(_overlaps(passage, span) for span in spans.get(passage.source, ())):
            given += _assigned(case, library, passage)
    return Library(replace(library.knowledge, assignments=(*kept, *given)))


def _assigned(case: GoldCase, library: Library, passage: Passage) -> Iterator[Assignment]:
    duty = Span(passage.segments[0].start, passage.segments[-1].end)
    roles = {fold_name(item.unit or ""): item.role for item in library.assignments_of(passage)}
    usual: Role = next(iter(roles.values()), "perform")
    for spellings in case.units or ():
        where = _nearest(spellings, library.texts[passage.source], duty.start)
        name = where.of(library.texts[passage.source]) if where else spellings[0]
        role = next((roles[known] for one in spellings if (known := fold_name(one)) in roles), usual)
        yield Assignment(passage.source, passage.provision, name, where, role, duty)


def _nearest(spellings: Iterable[str], text: str, start: int) -> Span | None:
    """Where one of the spellings stands nearest to a place of a text, letter case aside."""
    lower = text.lower() if len(text.lower()) == len(text) else text
    found = [span for one in spellings for span in occurrences(fold(one), lower)]
    return min(found, key=lambda span: (abs(span.start - start), span.start), default=None)
