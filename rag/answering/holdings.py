"""The snapshot's knowledge as answering looks things up in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property, lru_cache

from rag.index.snapshot import Knowledge
from rag.index.topics import term_line
from rag.language.abbreviations import expand_abbreviations
from rag.language.dates import said_date
from rag.language.lexicon import binding_phrases
from rag.language.normalize import fold, strip_diacritics
from rag.law.notices import NoticesOfEntries, is_of_document
from rag.law.numbers import find_numbers, parts
from rag.law.tables import cells
from rag.types import Assignment, CheckedFact, Document, Passage, Provision, Reference, SourceNotice, Span

_SIDE_BY_SIDE = re.compile(r"\s?(?:,|và)\s")
_BECOMES = re.compile(r"cụ thể hóa (?:thành|bằng)|được thay thế bằng")


class Library:
    """Documents, passages and assignments of one snapshot, joined; read-only."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.texts = {text.source: text.text for text in knowledge.texts}
        self.held = {entry.source: entry for entry in knowledge.documents if entry.source}

    @cached_property
    def by_reference(self) -> dict[int, Document]:
        """The document that a reference mentions, by the reference's index."""
        return {index: entry for entry in self.knowledge.documents for index in entry.mentions}

    @cached_property
    def by_digits(self) -> dict[str, tuple[Document, ...]]:
        """Documents by the leading digits of their numbers, zeros dropped."""
        table: dict[str, list[Document]] = {}
        for entry in self.knowledge.documents:
            read = parts(entry.number) if entry.number else None
            if read:
                table.setdefault(read.n, []).append(entry)
        return {digits: tuple(entries) for digits, entries in table.items()}

    @cached_property
    def own_words(self) -> dict[str, str]:
        """What each document is called, as one `term_line`: its type, number, issuer and titles; by key."""
        named = {entry.key: " ".join(self._names(entry)) for entry in self.knowledge.documents}
        return {key: term_line(f"{names} {expand_abbreviations(names)}") for key, names in named.items()}

    def cited(self, passage: Passage) -> list[Document]:
        """The documents that a passage mentions, in order."""
        found = [self.by_reference[index] for index in passage.references if index in self.by_reference]
        return list({entry.key: entry for entry in found}.values())

    def mentions_of(self, entry: Document) -> list[Reference]:
        """The references to a document, in order."""
        return [self.knowledge.references[index] for index in entry.mentions]

    def notices_on(self, entry: Document) -> list[SourceNotice]:
        """What is wrong in what the texts say of a document, its date apart, which conflicts tell of."""
        told = [one for _, one in self._notices.of(entry) if is_of_document(one)]
        return list({one.text: one for one in told}.values())

    @cached_property
    def _notices(self) -> NoticesOfEntries:
        return NoticesOfEntries(self.knowledge.references, self.knowledge.notices)

    def passages_citing(self, entry: Document) -> list[int]:
        """The narrowest passages that mention a document: the part of a clause, or the clause itself."""
        return sorted(index for mention in set(entry.mentions) for index in self._narrow.get(mention, ()))

    @cached_property
    def _narrow(self) -> dict[int, list[int]]:
        """The passages with one reference alone, by that reference."""
        table: dict[int, list[int]] = {}
        for index, passage in enumerate(self.knowledge.passages):
            if len(passage.references) == 1:
                table.setdefault(passage.references[0], []).append(index)
        return table

    def named_together(self, one: Document, other: Document) -> bool:
        """Whether a text names two documents side by side: "Quyết định A và Quyết định B cùng ngày …"."""
        pairs = ((a, b) for a in self.mentions_of(one) for b in self.mentions_of(other) if a.source == b.source)
        return any(
            _SIDE_BY_SIDE.fullmatch(self.texts[first.source], first.span.end, second.span.start) is not None
            for first, second in (sorted(pair, key=lambda mention: mention.span.start) for pair in pairs)
        )

    def numbers_in_title(self, entry: Document) -> frozenset[str]:
        """The canonical numbers of the other documents that a document's title names."""
        return self._titled_numbers[entry.key]

    @cached_property
    def _titled_numbers(self) -> dict[str, frozenset[str]]:
        return {
            entry.key: frozenset(
                found.canonical for one in self.mentions_of(entry) for found in find_numbers(one.title or "")
            )
            for entry in self.knowledge.documents
        }

    def carried_out_by(self, entry: Document) -> list[Document]:
        """The documents that carry another out: their title names it, or the sentence says that it became them."""
        named = [
            other for other in self.knowledge.documents
            if other.key != entry.key and entry.number and entry.number in self.numbers_in_title(other)
        ]  # fmt: skip
        for passage in self.knowledge.passages:
            if passage.kind == "mention" and _BECOMES.search(fold(passage.text)):
                before = self.by_reference.get(passage.references[0] - 1)
                if before is not None and before.key == entry.key:
                    named += self.cited(passage)
        return list({other.key: other for other in named}.values())

    def title_words(self, entry: Document) -> str:
        """What a document is called without what leads to its mention, as one `term_line`."""
        return term_line(" ".join([entry.type, entry.title or "", entry.issuer or ""]))

    def whole_mention(self, index: int) -> int:
        """The index of the passage itself, or of its clause where the passage cuts its mention's title short."""
        passage = self.knowledge.passages[index]
        mention = self.knowledge.references[passage.references[0]]
        told = mention.title is None or bare_line(mention.title).strip() in bare_line(passage.text)
        if mention.span.end <= passage.segments[-1].end and told:
            return index
        whole = self.passage_at(passage.source, passage.segments[0])
        return index if whole is None else whole

    def clause_text(self, index: int) -> str:
        """The words of the clause that a passage is part of."""
        passage = self.knowledge.passages[index]
        whole = self.passage_at(passage.source, passage.segments[0])
        return self.knowledge.passages[whole if whole is not None else index].text

    def place_name(self, passage: Passage) -> str:
        """Where a passage stands, with its document where the corpus holds several."""
        return self.located(passage.source, passage.locator)

    def located(self, source: str, locator: str) -> str:
        """A locator, with its document where the corpus holds several."""
        if len(self.held) == 1:
            return locator
        return f"{locator}{',' if ',' in locator else ''} {short_name(self.held[source])}"

    def provision(self, source: str, index: int) -> Provision:
        """One provision of a held text."""
        return self.knowledge.provisions[source][index]

    @cached_property
    def checked(self) -> tuple[CheckedFact, ...]:
        """What was checked by hand of the documents."""
        return tuple(entry.checked for entry in self.knowledge.documents if entry.checked)

    def at_locator(self, source: str, locator: str) -> int | None:
        """The index of the provision of a text that stands at a locator; None where none does."""
        return self._by_locator[source].get(locator)

    @cached_property
    def _by_locator(self) -> dict[str, dict[str, int]]:
        return {
            source: {item.locator: index for index, item in enumerate(provisions)}
            for source, provisions in self.knowledge.provisions.items()
        }

    def shown(self, passage: Passage) -> str:
        """The words of a passage as an answer shows them, a row of a table with its cells told apart."""
        is_row = self.provision(passage.source, passage.provision).kind == "table"
        return self.words_of(passage.source, passage.provision) if is_row else passage.text

    def words_of(self, source: str, index: int) -> str:
        """The words of a provision itself in one line, the cells of a table's row parted by bars."""
        text, provision = self.texts[source], self.provision(source, index)
        if provision.kind == "table":
            filled = (cell for cell in cells(text, provision.segments) if cell.start < cell.end)
            return " | ".join(" ".join(cell.of(text).split()) for cell in filled)
        return " ".join(" ".join(part.of(text) for part in provision.segments).split())

    def passage_at(self, source: str, span: Span) -> int | None:
        """The index of the clause in which a span of a text begins."""
        starts, ends, indexes = self._clause_parts.get(source, ((), (), ()))
        at = bisect_right(starts, span.start) - 1
        return indexes[at] if at >= 0 and span.start < ends[at] else None

    @cached_property
    def _clause_parts(self) -> dict[str, tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]]:
        """Where the ranges of the clauses of each text begin and end, in order, and whose they are."""
        table = {}
        for source, clauses in self._clauses.items():
            found = sorted(
                (part.start, part.end, index) for index in clauses for part in self.knowledge.passages[index].segments
            )
            starts, ends, indexes = zip(*found, strict=True)
            table[source] = (starts, ends, indexes)
        return table

    def inside(self, source: str, index: int) -> list[int]:
        """A provision and all that it encloses, footnotes too, in order."""
        found = {index}
        for at, item in enumerate(self.knowledge.provisions[source]):
            if item.parent in found:
                found.add(at)
        return sorted(found)

    def above(self, source: str, index: int) -> Iterator[int]:
        """The provisions that enclose one, the nearest first."""
        provisions = self.knowledge.provisions[source]
        at = provisions[index].parent
        while at is not None:
            yield at
            at = provisions[at].parent

    def clauses_of(self, source: str, provision: int) -> list[int]:
        """The indexes of the clauses of one provision, in order."""
        return self._clauses_of_provisions.get((source, provision), [])

    @cached_property
    def _clauses_of_provisions(self) -> dict[tuple[str, int], list[int]]:
        table: dict[tuple[str, int], list[int]] = {}
        for source, clauses in self._clauses.items():
            for index in clauses:
                table.setdefault((source, self.knowledge.passages[index].provision), []).append(index)
        return table

    def assignments_of(self, passage: Passage) -> list[Assignment]:
        """Who carries the duty of the clause that a passage stands in, in order; a unit once a role."""
        spans = passage.segments
        found = [
            item
            for item in self._assignments.get((passage.source, passage.provision), ())
            if any(item.duty.overlaps(span) for span in spans)
        ]
        return list({(item.unit, item.role): item for item in found}.values())

    def binding_assignments(self, source: str) -> list[Assignment]:
        """The units that a document's closing section binds to the whole of it."""
        for index, provision in enumerate(self.knowledge.provisions.get(source, ())):
            own = [item for item in self._assignments.get((source, index), ()) if item.unit]
            if not own or not self._closes(source, index):
                continue
            text = fold(self.texts[source][provision.start : provision.end])
            if any(phrase in text for phrase in binding_phrases()):
                first = own[0].duty
                return list({item.unit: item for item in own if item.duty == first}.values())
        return []

    def _closes(self, source: str, index: int) -> bool:
        provisions = self.knowledge.provisions[source]
        headings = (fold(provisions[at].heading or "") for at in self.above(source, index))
        return any(re.search(r"tổ chức thực hiện|điều khoản thi hành", heading) for heading in headings)

    @cached_property
    def _assignments(self) -> dict[tuple[str, int], list[Assignment]]:
        table: dict[tuple[str, int], list[Assignment]] = {}
        for item in self.knowledge.assignments:
            table.setdefault((item.source, item.provision), []).append(item)
        return table

    @cached_property
    def _clauses(self) -> dict[str, list[int]]:
        table: dict[str, list[int]] = {}
        for index, passage in enumerate(self.knowledge.passages):
            if passage.kind == "clause":
                table.setdefault(passage.source, []).append(index)
        return table

    def _names(self, entry: Document) -> list[str]:
        titles = [self.knowledge.references[index].as_printed for index in entry.mentions]
        return [entry.type, entry.number or "", entry.issuer or "", entry.title or "", *titles]


@lru_cache(maxsize=4_096)
def bare_line(text: str) -> str:
    """Folded syllables without marks between single blanks, with a blank at either end.

    >>> bare_line("Dân vận, khéo")
    ' dan van kheo '
    """
    return " " + " ".join(re.findall(r"[^\W_]+", strip_diacritics(text))) + " "


def display_name(entry: Document) -> str:
    """A document as a person would name it: type and number, else its title."""
    if entry.number and not (entry.title or "").startswith(entry.type):
        return f"{entry.type} số {entry.number}"
    if entry.number and entry.title:
        return f"{entry.title} (số {entry.number})"
    title = entry.title or entry.type
    if title.startswith(entry.type):
        return title
    return f"{entry.type} {title[0].lower() if title[1:2].islower() else title[0]}{title[1:]}"


def short_name(entry: Document) -> str:
    """A document in as few words as tell it from others: its number or name, else its date and issuer."""
    if entry.number or (entry.title or "").startswith(entry.type) or not (entry.date and entry.issuer):
        return display_name(entry)
    return f"{entry.type} {said_date(entry.date)} của {entry.issuer}"
