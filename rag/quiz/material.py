"""The knowledge of a corpus as questions are made of it."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, TypeVar

from rag.answering.holdings import Library, display_name, short_name
from rag.index.snapshot import Knowledge
from rag.language.dates import is_whole, said_date
from rag.language.normalize import fold, matching_copy, matching_text
from rag.law.numbers import find_numbers, parts
from rag.law.structure import ancestors
from rag.quiz import wording
from rag.quiz.alike import contains, plain
from rag.quiz.items import Fact
from rag.types import Assignment, Citation, Document, Passage, Provision, Reference, Span

Found = TypeVar("Found")
Evidence = tuple[str, int, Span]
"""A source, the index of its provision, and a range inside it."""

_CLIPPED = re.compile(r"\b(?!UBND\b|HĐND\b|MTTQ\b)[A-ZĐ]{1,8}\b")
_SECTIONS = ("section", "subsection", "part", "chapter", "heading")


class Material:
    """Documents, headings, clauses and citations of one snapshot; read-only."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.holdings = Library(knowledge)
        self.texts = self.holdings.texts
        self._inside: dict[tuple[str, int], frozenset[int]] = {}
        self._known: dict[tuple[str, str], tuple[Any, ...]] = {}

    @cached_property
    def entries(self) -> dict[str, Document]:
        """Every document by its key."""
        return {entry.key: entry for entry in self.knowledge.documents}

    @cached_property
    def numbered(self) -> tuple[Document, ...]:
        """The documents known by a full number that no other document bears."""
        full = [entry for entry in self.knowledge.documents if entry.number and parts(entry.number)]
        counts: dict[str, int] = {}
        for entry in full:
            counts[str(entry.number)] = counts.get(str(entry.number), 0) + 1
        return tuple(entry for entry in full if counts[str(entry.number)] == 1)

    def named(self, text: str) -> Document | None:
        """The document that an option names; None where it names none of the corpus, or several."""
        exact = self._by_name.get(plain(text))
        if exact is not None:
            return exact
        found = {one.canonical for one in find_numbers(text)}
        entries = [entry for entry in self.numbered if entry.number in found]
        return entries[0] if len(entries) == 1 else None

    @cached_property
    def _by_name(self) -> dict[str, Document]:
        return {plain(document_name(entry)): entry for entry in self.numbered}

    def numbers_in(self, text: str) -> set[str]:
        """The numbers of documents that a text names."""
        return {one.canonical for one in find_numbers(text)}

    def mentions(self, entry: Document) -> list[Reference]:
        """The references to a document."""
        return self.holdings.mentions_of(entry)

    def issuers(self, entry: Document) -> list[str]:
        """Every name that the corpus gives for who issued a document."""
        known = [entry.issuer, *(one.issuer for one in self.mentions(entry))]
        known += [entry.checked.issuer] if entry.checked else []
        return [name for name in dict.fromkeys(known) if name]

    def dates(self, entry: Document) -> set[str]:
        """Every date that the corpus gives for a document."""
        known = [entry.date, *(one.date for one in self.mentions(entry))]
        known += [entry.checked.date] if entry.checked else []
        known += [value for conflict in entry.conflicts for value in conflict.values]
        return {date for date in known if date}

    def titles(self, entry: Document) -> list[str]:
        """Every title that the corpus gives for a document."""
        known = [entry.title, *(one.title for one in self.mentions(entry))]
        known += [entry.checked.title] if entry.checked else []
        return [title for title in dict.fromkeys(known) if title]

    def titles_differ(self, entry: Document) -> bool:
        """Whether the texts, or the checked facts, give a document titles that contradict each other."""
        told = (one for one in self.holdings.notices_on(entry) if one.rule.startswith("title_"))
        return next(told, None) is not None

    def number_notes(self, entry: Document) -> list[str]:
        """How the texts misspell a document's number."""
        return [one.text for one in self.holdings.notices_on(entry) if one.rule == "number"]

    def issuer(self, entry: Document) -> str | None:
        """The issuer that a text or a checked fact names, in the spelling that the corpus has most."""
        names = self.issuers(entry)
        named = [*(one.issuer for one in self.mentions(entry)), entry.checked.issuer if entry.checked else None]
        if not (entry.source or any(named)) or not names:
            return None
        return self._spellings.get(fold(names[0]), names[0])

    @cached_property
    def _spellings(self) -> dict[str, str]:
        """The most frequent spelling of every issuer's name, by the folded one."""
        counts = Counter(one.issuer for one in self.knowledge.references if one.issuer)
        return {fold(name): name for name, _ in sorted(counts.items(), key=lambda one: (one[1], one[0]))}

    def dated_name(self, entry: Document, *, issuer: bool = True) -> str:
        """A document with its date and issuer, so far as they are known and beyond doubt."""
        words = [document_name(entry)]
        if entry.date and is_whole(entry.date) and self.dates(entry) == {entry.date}:
            words.append(said_date(entry.date))
        if issuer and (name := self.issuer(entry)):
            words.append(f"của {name}")
        return " ".join(words)

    def held_name(self, source: str) -> str:
        """What a question calls a document whose text is held."""
        return short_name(self.holdings.held[source])

    def telling(self, entry: Document, fields: Collection[str]) -> Evidence | None:
        """Where a text says a document's number with the given fields as the catalogue has them."""
        for mention in self.mentions(entry):
            said = {"number": mention.number, "date": mention.date, "issuer": mention.issuer, "title": mention.title}
            wanted = {"number": entry.number, "date": entry.date, "issuer": entry.issuer, "title": entry.title}
            if not all(said[name] and said[name] == wanted[name] for name in {"number", *fields}):
                continue
            for span in (mention.span, *self._clause_of(mention)):
                quote = span.of(self.texts[mention.source])
                told = all(contains(quote, str(said[name])) for name in {*fields} & {"title", "issuer"})
                if told and self.is_whole(mention.source, mention.provision, span):
                    return mention.source, mention.provision, span
        return self._own(entry, fields)

    def _clause_of(self, mention: Reference) -> Iterator[Span]:
        """The clause that a mention stands in."""
        index = self.holdings.passage_at(mention.source, mention.span)
        if index is not None:
            segments = self.knowledge.passages[index].segments
            yield Span(segments[0].start, segments[-1].end)

    def _own(self, entry: Document, fields: Collection[str]) -> Evidence | None:
        """Where a held text says it of itself, in one line."""
        if entry.source is None:
            return None
        identity = self.knowledge.identities[entry.source]
        spans = [identity.span(name) for name in {"number", *fields}]
        for index, provision in enumerate(self.knowledge.provisions[entry.source]):
            line = Span(provision.start, provision.end)
            if all(span is not None and line.start <= span.start and span.end <= line.end for span in spans):
                return entry.source, index, line
            if provision.kind not in ("front", "basis"):
                break
        return None

    def is_whole(self, source: str, provision: int, span: Span) -> bool:
        """Whether a range of a provision is one slice of the stored text: nothing foreign interrupts it."""
        inside = [part for part in self.provision(source, provision).segments if part.overlaps(span)]
        gaps = (self.texts[source][one.end : other.start] for one, other in itertools.pairwise(inside))
        return bool(inside) and all(not gap.strip() for gap in gaps)

    def provision(self, source: str, index: int) -> Provision:
        """One provision of a held text."""
        return self.knowledge.provisions[source][index]

    def citation(self, evidence: Evidence) -> Citation:
        """The passage at a range of a text."""
        source, index, span = evidence
        entry = self.holdings.held[source]
        name = self.dated_name(entry) if entry.number else self.held_name(source)
        locator = self.provision(source, index).locator
        return Citation(1, source, name, locator, span.of(self.texts[source]), span.start, span.end)

    def printed(self, source: str, segments: Sequence[Span]) -> str:
        """The words of a part of a text as one line, with its own quotation marks."""
        copy = matching_copy(self.texts[source], segments)
        return copy.printed(self.texts[source], 0, len(copy.text))

    def path(self, source: str, index: int) -> list[Provision]:
        """The provisions with a heading from the outermost to the given one."""
        provisions = self.knowledge.provisions[source]
        return [one for one in (*ancestors(provisions, index), provisions[index]) if one.heading]

    def topic(self, source: str, index: int) -> str:
        """The nearest heading above a place; what stands under none has the name of its document."""
        path = self.path(source, index)
        heading = path[-1].heading if path else None
        return heading or document_name(self.holdings.held[source])

    def place(self, source: str, index: int) -> str:
        """A locator as a question says it, with its document: "khoản 2 Điều 13 Luật …"."""
        locator = self.provision(source, index).locator
        return f"{locator}{',' if ',' in locator else ''} {self.held_name(source)}"

    def clauses(self, source: str) -> Iterator[Passage]:
        """The clauses of a text in which no slip is known, each one slice of it."""
        for passage in self._clauses.get(source, ()):
            span = Span(passage.segments[0].start, passage.segments[-1].end)
            if self.is_whole(source, passage.provision, span) and not self.has_slip(source, span):
                yield passage

    @cached_property
    def _clauses(self) -> dict[str, list[Passage]]:
        table: dict[str, list[Passage]] = {}
        for passage in self.knowledge.passages:
            kind = self.provision(passage.source, passage.provision).kind
            if passage.kind == "clause" and kind not in ("front", "recipients", "signature", "annex", "table"):
                table.setdefault(passage.source, []).append(passage)
        return table

    def has_slip(self, source: str, span: Span) -> bool:
        """Whether something is known to be wrong in a part of a text."""
        return any(one.span.overlaps(span) for one in self.knowledge.notices.get(source, ()) if one.kind != "validity")

    @cached_property
    def _children(self) -> dict[tuple[str, int], list[int]]:
        table: dict[tuple[str, int], list[int]] = {}
        for source, provisions in self.knowledge.provisions.items():
            for index, one in enumerate(provisions):
                if one.parent is not None:
                    table.setdefault((source, one.parent), []).append(index)
        return table

    def children(self, source: str, index: int) -> list[int]:
        """The provisions directly under one, in order."""
        return self._children.get((source, index), [])

    @cached_property
    def documents_in(self) -> dict[tuple[str, int], frozenset[str]]:
        """The keys of the documents that each heading's part of a text names, footnotes too."""
        table: dict[tuple[str, int], set[str]] = {}
        for index, reference in enumerate(self.knowledge.references):
            entry = self.holdings.by_reference.get(index)
            if entry is None:
                continue
            provisions = self.knowledge.provisions[reference.source]
            at: int | None = reference.provision
            while at is not None:
                table.setdefault((reference.source, at), set()).add(entry.key)
                at = provisions[at].parent
        return {place: frozenset(keys) for place, keys in table.items()}

    def documents_in_text(self, source: str) -> frozenset[str]:
        """The keys of the documents that a text names anywhere."""
        return self._documents_in_texts.get(source, frozenset())

    @cached_property
    def _documents_in_texts(self) -> dict[str, frozenset[str]]:
        table: dict[str, set[str]] = {}
        for (source, _), keys in self.documents_in.items():
            table.setdefault(source, set()).update(keys)
        return {source: frozenset(keys) for source, keys in table.items()}

    def fact(self, form: str, source: str, index: int, *, subject: str, theme: str, topic: str = "") -> Fact:
        """The fact that a form asks of what a text says at a provision; subject and theme are within the text."""
        chain = [one.locator for one in self.path(source, index)]
        about = (f"{source}|{chain[-1] if chain else index}",)
        topic = topic or self.topic(source, index)
        locator = self.provision(source, index).locator
        subject, theme = f"{source}|{subject}", f"{source}|{theme}"
        return Fact(form, subject, theme, topic, source, locator, self.own_keys(source), about)

    def own_keys(self, source: str) -> tuple[str, ...]:
        """The key of the document that a text is of."""
        return (self.holdings.held[source].key,)

    def inside(self, source: str, index: int) -> frozenset[int]:
        """A provision and all that it encloses."""
        place = source, index
        if place not in self._inside:
            self._inside[place] = frozenset(self.holdings.inside(source, index))
        return self._inside[place]

    def articles(self, source: str) -> list[tuple[int, Provision]]:
        """The articles of a text with a heading that no other one bears, with their indexes."""
        return self._articles.get(source, [])

    @cached_property
    def _articles(self) -> dict[str, list[tuple[int, Provision]]]:
        table: dict[str, list[tuple[int, Provision]]] = {}
        for source, provisions in self.knowledge.provisions.items():
            found = [(at, one) for at, one in enumerate(provisions)
                     if one.kind == "article" and one.heading and not one.quoted]  # fmt: skip
            counts = Counter(plain(str(one.heading)) for _, one in found)
            table[source] = [
                (at, one) for at, one in found
                if counts[plain(str(one.heading))] == 1 and not self.has_slip(source, Span(one.start, one.end))
            ]  # fmt: skip
        return table

    def article_of(self, source: str, index: int) -> int | None:
        """The article that holds a provision."""
        at: int | None = index
        provisions = self.knowledge.provisions[source]
        while at is not None and provisions[at].kind != "article":
            at = provisions[at].parent
        return at

    def sections(self, source: str) -> list[tuple[int, Provision]]:
        """The innermost headings of a text without articles, those in which no slip is known."""
        return self._sections.get(source, [])

    @cached_property
    def _sections(self) -> dict[str, list[tuple[int, Provision]]]:
        table: dict[str, list[tuple[int, Provision]]] = {}
        for source, provisions in self.knowledge.provisions.items():
            if any(one.kind == "article" for one in provisions):
                continue
            outer = {one.parent for one in provisions if one.heading and one.kind in _SECTIONS}
            table[source] = [
                (at, one) for at, one in enumerate(provisions)
                if one.heading and one.kind in _SECTIONS and at not in outer
                and not self.has_slip(source, Span(one.start, one.end))
            ]  # fmt: skip
        return table

    def once(self, name: str, source: str, find: Callable[[Material, str], Iterable[Found]]) -> tuple[Found, ...]:
        """What is found in a text, looked for the first time it is asked for."""
        if (name, source) not in self._known:
            self._known[name, source] = tuple(find(self, source))
        return self._known[name, source]

    def says(self, source: str, words: str) -> bool:
        """Whether the words stand anywhere in a text, page breaks and footnotes apart."""
        return any(plain(words) in part for part in self.once("words", source, _all_words))

    def binding(self, source: str) -> tuple[Assignment, ...]:
        """The units that a document's closing section binds to the whole of it."""
        return self.once("binding", source, lambda material, name: material.holdings.binding_assignments(name))

    def recipients(self, source: str) -> tuple[str, ...]:
        """Whom a document is sent to."""
        return self.once("recipients", source, _recipients)

    def around(self, source: str, locator: str) -> str:
        """The headings above a place and its own words."""
        index = self._by_locator.get((source, locator))
        if index is None:
            return ""
        return f"{self.headings(source, locator)} {self.printed(source, self.provision(source, index).segments)}"

    def headings(self, source: str, locator: str) -> str:
        """The headings above a place."""
        index = self._by_locator.get((source, locator))
        return " ".join(str(one.heading) for one in self.path(source, index)) if index is not None else ""

    @cached_property
    def _by_locator(self) -> dict[tuple[str, str], int]:
        return {
            (source, one.locator): index
            for source, provisions in self.knowledge.provisions.items()
            for index, one in enumerate(provisions)
        }


def document_name(entry: Document) -> str:
    """A document as a question names it: a law by its name, any other by its type and number."""
    by_name = entry.type in wording.words("named_types")
    return f"{entry.type} số {entry.number}" if entry.number and not by_name else display_name(entry)


def _all_words(material: Material, source: str) -> Iterator[str]:
    provisions = material.knowledge.provisions[source]
    yield plain(" ".join(matching_text(material.texts[source], one.segments) for one in provisions))


def _recipients(material: Material, source: str) -> Iterator[str]:
    for provision in material.knowledge.provisions[source]:
        if provision.kind == "recipients" and provision.parent is not None:
            name = material.printed(source, provision.segments).strip(" -+;.,:/")
            if ":" not in name and len(name.split()) > 1 and not _CLIPPED.search(name):
                yield name
