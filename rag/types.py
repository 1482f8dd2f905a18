"""The values that travel between the layers; every offset counts Unicode code points of a stored text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

ProvisionKind = Literal[
    "front", "basis", "part", "chapter", "section", "subsection", "article", "clause", "point",
    "heading", "paragraph", "item", "table", "footnote", "recipients", "signature", "annex",
]  # fmt: skip
Role = Literal["lead", "coordinate", "perform", "advise", "supervise", "report"]
Family = Literal["party", "state"]
Status = Literal["answered", "corrected", "ambiguous", "not_found"]
Reason = Literal["no_evidence", "unknown_document", "text_not_held", "out_of_scope"]
NoticeKind = Literal["conflict", "validity", "misprint", "as_of", "inherited_unit"]
SourceNoticeKind = Literal["conflict", "misprint", "blank", "validity"]
RelationKind = Literal[
    "implements", "details", "issues", "concretises", "establishes", "amends", "replaces", "based_on"
]  # fmt: skip
PassageKind = Literal["clause", "mention"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, `start < end`."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a code point.

        >>> Span(0, 3).overlaps(Span(2, 5)), Span(0, 3).overlaps(Span(3, 5))
        (True, False)
        """
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """The part of a text that it covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page of the original begins in the stored text.

    `confidence` is the mean of the recogniser's own, a fraction of 1, where the page is a picture; else None.
    """

    number: int
    start: int
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class StoredText:
    """One text of the corpus as read; `source` is its path relative to the corpus' parent folder.

    The source of a text inside an archive is the archive's, a slash, and the path inside it. `pages` are in order of
    their starts, empty where the original has none that it tells. `faults` are what a reader must know of the reading.
    """

    source: str
    text: str
    pages: tuple[Page, ...] = ()
    faults: tuple[str, ...] = ()

    def page_at(self, offset: int) -> Page | None:
        """The page on which a character stands, None where the original tells no pages.

        >>> StoredText("a.pdf", "Một hai", (Page(1, 0), Page(2, 4))).page_at(5)
        Page(number=2, start=4, confidence=None)
        """
        before = bisect_right(self.pages, offset, key=lambda page: page.start)
        return self.pages[before - 1] if before else None


@dataclass(frozen=True, slots=True)
class Unread:
    """A file of the corpus that gave no text; `reason` is the rest of a Vietnamese sentence on it."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Provision:
    """One piece of a document's structure.

    `segments` are the ranges that carry its own words, in order: more than one where a page break
    or a footnote interrupts it. `parent` is the index of the enclosing provision in the same list.
    `quoted` marks words of another document that an amending one quotes.
    """

    kind: ProvisionKind
    locator: str
    heading: str | None
    segments: tuple[Span, ...]
    parent: int | None
    quoted: bool = False

    @property
    def start(self) -> int:
        return self.segments[0].start

    @property
    def end(self) -> int:
        return self.segments[-1].end


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of a document inside some text; `None` where the mention does not say."""

    source: str
    provision: int
    span: Span
    as_printed: str
    type: str
    number: str | None
    issuer: str | None
    date: str | None
    title: str | None
    pinpoint: str | None = None


@dataclass(frozen=True, slots=True)
class BackReference:
    """A mention that names no document but points back to one: "Luật này", or a name given by "sau đây gọi là".

    `antecedent` indexes the references of the same text; None points to the document itself.
    """

    reference: Reference
    antecedent: int | None


@dataclass(frozen=True, slots=True)
class SourceNotice:
    """What is wrong or doubtful in a source, at `span` of its stored text, told in one Vietnamese sentence.

    `rule` names the sentence in `notices.toml`.
    """

    kind: SourceNoticeKind
    text: str
    span: Span
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document says of itself at its head and its foot; `None` where it does not say.

    `spans` tell where each field stands in the stored text.
    """

    number: str | None
    type: str | None
    title: str | None
    issuer: str | None
    date: str | None
    place: str | None
    signer: str | None
    spans: tuple[tuple[str, Span], ...] = ()

    def span(self, name: str) -> Span | None:
        """Where a field stands, None where the document does not say it."""
        return next((span for key, span in self.spans if key == name), None)


@dataclass(frozen=True, slots=True)
class Change:
    """Another document that changes one, by its number, from a day on where it is known."""

    number: str
    date: str | None


@dataclass(frozen=True, slots=True)
class CheckedFact:
    """What `corpus/catalogue.csv` says of a document, with what it was checked against.

    It is in force from `effective_from` up to the day before `effective_to`; None where not known.
    `last_cited` is a day on which an office still relied on it.
    """

    number: str
    type: str
    issuer: str | None
    date: str | None
    title: str | None
    checked_against: str
    effective_from: str | None = None
    effective_to: str | None = None
    amended_by: tuple[Change, ...] = ()
    replaced_by: tuple[Change, ...] = ()
    replaces: tuple[Change, ...] = ()
    last_cited: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One entry of the catalogue: a document that the corpus holds or cites.

    `mentions` index the snapshot's references. `source` names the stored text where the corpus
    holds the document's own text. `conflicts` are the differing values that mentions give.
    """

    key: str
    number: str | None
    type: str
    family: Family | None
    level: str | None
    issuer: str | None
    date: str | None
    title: str | None
    mentions: tuple[int, ...]
    source: str | None = None
    checked: CheckedFact | None = None
    conflicts: tuple[Conflict, ...] = ()
    relations: tuple[Relation, ...] = ()

    @property
    def held(self) -> bool:
        """Whether the corpus holds the document's own text."""
        return self.source is not None


@dataclass(frozen=True, slots=True)
class Relation:
    """How a document stands to another one, as a text says: its own, or one that cites it.

    `target` is the key of the other entry; where a document issues or establishes something that has
    no number, it is None and `name` says what. `mention` indexes the reference that states it, None
    where the document's own title does.
    """

    kind: RelationKind
    target: str | None
    name: str
    mention: int | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two values that mentions of one document give for one field, with the mentions that give them."""

    field: Literal["date", "number", "title"]
    values: tuple[str, ...]
    mentions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who must do a clause's duty.

    `unit` is the name as printed and `unit_span` where it stands; both are None where the text
    names none. `duty` is the clause.
    """

    source: str
    provision: int
    unit: str | None
    unit_span: Span | None
    role: Role
    duty: Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A verbatim slice of one provision, the unit of retrieval.

    `segments` are its ranges in the stored text, `text` its words as one line with page breaks
    mended, `context` the headings above it, outermost first.
    """

    id: str
    source: str
    provision: int
    kind: PassageKind
    segments: tuple[Span, ...]
    text: str
    context: str
    locator: str
    references: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage that backs an answer; `stored_text[start:end] == quote`."""

    id: int
    source: str
    document: str
    locator: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AnswerDocument:
    """A document that answers the question, with the citations that say so."""

    number: str | None
    type: str
    title: str | None
    issuer: str | None
    date: str | None
    held: bool
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AnswerUnit:
    """A unit responsible, as the text names it."""

    name: str
    role: Role
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """What a careful clerk would add to an answer."""

    kind: NoticeKind
    text: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, field for field as the answer contract has it; `text` is Markdown with markers `[n]`."""

    question: str
    status: Status
    reason: Reason | None
    text: str
    documents: tuple[AnswerDocument, ...] = ()
    units: tuple[AnswerUnit, ...] = ()
    citations: tuple[Citation, ...] = ()
    notices: tuple[Notice, ...] = ()
    elapsed_ms: float = field(default=0.0, compare=False)
