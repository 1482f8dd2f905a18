"""An answer in the making: every statement is added together with the passages that prove it."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering.holdings import Library, display_name
from rag.language.dates import said_date
from rag.language.lexicon import messages
from rag.types import (
    Answer,
    AnswerDocument,
    AnswerUnit,
    Citation,
    Document,
    Notice,
    NoticeKind,
    Reason,
    Role,
    SourceNotice,
    Span,
    Status,
)  # fmt: skip


class Draft:
    """Collects lines, documents, units, notices and numbered citations of one answer."""

    def __init__(self, library: Library, question: str) -> None:
        self._library, self._question = library, question
        self._lines: list[str] = []
        self._said: dict[str, tuple[int, tuple[int, ...]]] = {}
        self._citations: dict[int, Citation] = {}
        self._documents: dict[str, AnswerDocument] = {}
        self._units: dict[tuple[str, Role], AnswerUnit] = {}
        self._notices: dict[tuple[NoticeKind, str], Notice] = {}

    def cite(self, source: str, provision: int, segments: Sequence[Span]) -> tuple[int, ...]:
        """The numbers of the citations of some ranges of a provision; those that only blanks part are one.

        A range inside one cited before keeps that one's number, and so does one that holds it: no words
        are cited twice.
        """
        text = self._library.texts[source]
        return tuple(self._cite(source, provision, span) for span in _joined(text, segments))

    def _cite(self, source: str, provision: int, span: Span) -> int:
        known = [one for one in self._citations.values() if one.source == source]
        for one in known:
            if one.start <= span.start and span.end <= one.end:
                return one.id
        inner = next((one for one in known if span.start <= one.start and one.end <= span.end), None)
        number = inner.id if inner else len(self._citations) + 1
        self._citations[number] = Citation(
            id=number,
            source=source,
            document=self._cited_name(source),
            locator=self._library.provision(source, provision).locator,
            quote=span.of(self._library.texts[source]),
            start=span.start,
            end=span.end,
        )
        return number

    def cite_passage(self, index: int) -> tuple[int, ...]:
        """The numbers of the citations of one passage."""
        passage = self._library.knowledge.passages[index]
        return self.cite(passage.source, passage.provision, passage.segments)

    def say(self, message: str, citations: Sequence[int] = (), **fields: object) -> None:
        """Adds a line; the citations become its markers. Who does something is said once, whatever proves it again."""
        said = wording(message, (), **fields) if message == "units" else None
        at, known = self._said.get(said, (len(self._lines), ())) if said else (len(self._lines), ())
        every = tuple(dict.fromkeys((*known, *citations)))
        line = wording(message, every, **fields)
        self._lines[at : at + 1] = [line[:1].upper() + line[1:]]
        if said:
            self._said[said] = at, every

    def say_nearest(self, index: int) -> None:
        """Says that a passage, whose words follow, is but the nearest that the texts have."""
        self.say("nearest", self.cite_passage(index))

    def add_document(self, entry: Document, citations: Sequence[int]) -> None:
        """Names a document as one that answers."""
        if entry.key not in self._documents:
            self._documents[entry.key] = AnswerDocument(
                number=entry.number,
                type=entry.type,
                title=entry.title,
                issuer=entry.issuer,
                date=entry.date if entry.date and len(entry.date) != 7 else (entry.date or "")[:4] or None,
                held=entry.held,
                citations=tuple(citations),
            )

    def add_unit(self, name: str, role: Role, citations: Sequence[int]) -> None:
        """Names a unit as responsible."""
        self._units.setdefault((name, role), AnswerUnit(name, role, tuple(citations)))

    def notice(self, kind: NoticeKind, message: str, citations: Sequence[int] = (), **fields: object) -> None:
        """Adds a notice once."""
        text = messages()[message].format(**fields)
        self._notices.setdefault((kind, text), Notice(kind, text, tuple(citations)))

    def tell(self, one: SourceNotice, citations: Sequence[int] = ()) -> None:
        """Adds a notice on a source."""
        kind: NoticeKind = "misprint" if one.kind == "blank" else one.kind
        self._notices.setdefault((kind, one.text), Notice(kind, one.text, tuple(citations)))

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources cited so far, in order."""
        return tuple(dict.fromkeys(citation.source for citation in self._citations.values()))

    @property
    def all_held(self) -> bool:
        """Whether the corpus holds every document that has been named as one that answers."""
        return all(document.held for document in self._documents.values())

    def quoted(self, numbers: Sequence[int]) -> str:
        """What some citations quote."""
        return "\n".join(one.quote for one in self._citations.values() if one.id in numbers)

    def quotes(self, source: str, span: Span) -> bool:
        """Whether what has been cited shows a place of a text."""
        return any(one.source == source and Span(one.start, one.end).overlaps(span) for one in self._citations.values())

    def finish(self, status: Status, reason: Reason | None = None) -> Answer:
        """The answer with all that was added; where it names no document, those whose words it quotes."""
        if not self._documents and status in ("answered", "corrected"):
            for source in self.sources:
                quoted = [citation.id for citation in self._citations.values() if citation.source == source]
                self.add_document(self._library.held[source], quoted)
        return Answer(
            question=self._question,
            status=status,
            reason=reason,
            text="\n\n".join(self._lines),
            documents=tuple(self._documents.values()),
            units=tuple(self._units.values()),
            citations=tuple(self._citations.values()),
            notices=tuple(self._notices.values()),
        )

    def _cited_name(self, source: str) -> str:
        entry = self._library.held[source]
        parts = [display_name(entry)]
        if entry.date:
            parts.append(said_date(entry.date))
        if entry.issuer:
            parts.append(f"của {entry.issuer}")
        return " ".join(parts)


def _joined(text: str, segments: Sequence[Span]) -> list[Span]:
    """The ranges, those joined between which the text only breaks a line or a page."""
    joined: list[Span] = []
    for span in segments:
        if joined and text[joined[-1].end : span.start].isspace():
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def is_nearest(answer: Answer) -> bool:
    """Whether an answer says of itself that it is but the nearest passage that the texts have."""
    return answer.text.startswith(messages()["nearest"].partition("{")[0])


def wording(message: str, citations: Sequence[int] = (), **fields: object) -> str:
    """One sentence of `messages.toml` filled in; citations as markers.

    >>> wording("signer", [1, 2], name="Luật A", signer="Trần Văn B")
    'Người ký Luật A: Trần Văn B [1][2].'
    """
    markers = "".join(f"[{number}]" for number in dict.fromkeys(citations))
    filled = messages()[message].format(markers=markers, **fields)
    return filled.replace(" .", ".").replace(" :", ":").rstrip()


def refusal(question: str, reason: Reason, message: str, **fields: object) -> Answer:
    """An honest "không tìm thấy"."""
    return Answer(question=question, status="not_found", reason=reason, text=wording(message, (), **fields))


def not_held(question: str, entry: Document) -> Answer:
    """The refusal of what stands inside a document whose text is not held."""
    return refusal(question, "text_not_held", "not_found_text_not_held", name=display_name(entry))
