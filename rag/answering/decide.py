"""From an understood question to an answer: which kind of answer the texts support is decided here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answering.draft import refusal
from rag.answering.duties import duties_of
from rag.answering.facts import FactAnswers
from rag.answering.holdings import Library, bare_line, display_name
from rag.answering.places import PlaceAnswers
from rag.answering.query import AskedNumber, Query
from rag.answering.resolve import Limits, Resolver
from rag.answering.retrieve import Retriever
from rag.answering.search import BOUNDS, Bounds, TopicSearch
from rag.answering.topical import TopicAnswers
from rag.answering.topics import Term, coverage, term_line
from rag.language.normalize import unmark
from rag.types import Answer, Document

FACT_SLOTS = frozenset(("date", "issuer", "number", "title", "signer"))
_WHOLE_TEXT = re.compile(
    r"\b(?:toan van|nguyen van|noi dung (?:chi tiet|day du)|bao nhieu (?:chuong|dieu)|may (?:chuong|dieu))\b"
)
_DUTY_HEADING = re.compile(r"trách nhiệm|nhiệm vụ|quyền hạn", re.IGNORECASE)
_CARRIES_OUT = re.compile(r"\b(?:trien khai|cu the hoa|to chuc thuc hien|thuc hien|huong dan|quy dinh chi tiet)\b")
_BEYOND = 0.4
_CLEAR_LEAD = 0.15
_OWN_TITLE = 0.99


@dataclass(frozen=True, slots=True)
class Focus:
    """What a conversation is about: the documents last answered with, and what was last asked for."""

    documents: tuple[str, ...] = ()
    topic: str = ""
    slots: frozenset[str] = frozenset()
    numbers: tuple[AskedNumber, ...] = ()
    types: frozenset[str] = frozenset()


class Decider:
    """Answers understood questions from one snapshot; safe to share between threads."""

    def __init__(self, library: Library, retriever: Retriever, bounds: Bounds = BOUNDS) -> None:
        self._library, self._bounds = library, bounds
        self._resolver = Resolver(library)
        self._search = TopicSearch(library, retriever)
        self._facts = FactAnswers(library, self._resolver)
        self._topics = TopicAnswers(library, self._resolver, self._search, bounds=bounds)
        self._places = PlaceAnswers(library, self._resolver)
        self._by_key = {entry.key: entry for entry in library.knowledge.documents}

    def answer(self, question: str, query: Query, focus: Focus) -> tuple[Answer, Focus]:
        """The answer to one question and what the conversation is about after it."""
        query, carried = self._with_focus(query, focus)
        answer = self._answer(question, query, carried)
        named = {(item.number, item.title, item.type) for item in answer.documents}
        keys = tuple(key for key, entry in self._by_key.items() if (entry.number, entry.title, entry.type) in named)
        told = " ".join(term.text for term in self._topics.topic_terms(query, self._resolver.limits(query)))
        return answer, Focus(
            documents=keys or focus.documents,
            topic=told or ("" if query.numbers else focus.topic),
            slots=query.slots or focus.slots,
            numbers=query.numbers or (() if told else focus.numbers),
            types=query.types or (frozenset() if query.numbers else focus.types),
        )

    def about(self, question: str, query: Query, documents: Sequence[Document]) -> Answer:
        """The answer to what a question asks of given documents, at least one, whatever else it speaks of."""
        return self._of_documents(question, replace(query, topic=""), list(documents), self._resolver.limits(query))

    def _with_focus(self, query: Query, focus: Focus) -> tuple[Query, list[Document]]:
        """What a question leaves to the conversation is taken from the question before it."""
        limits = self._resolver.limits(query)
        rest = self._topics.topic_terms(query, limits)
        if (
            query.numbers
            or query.locators
            or query.this_document
            or not (query.continues or query.points_back or not rest)
        ):
            return query, []
        slots = query.slots or focus.slots
        documents = [self._by_key[key] for key in focus.documents]
        if documents and not rest:
            fitting = self._resolver.within(documents, limits) if limits else documents[:1]
            if fitting and (limits or query.slots & (FACT_SLOTS | {"unit"})):
                return replace(query, slots=slots, topic=""), fitting
        if focus.numbers and limits and not rest:
            return replace(query, slots=slots, topic="", numbers=focus.numbers), []
        if focus.topic and (query.points_back or len(rest) <= 1):
            restored, topic = f"{query.restored} {focus.topic}", f"{focus.topic} {query.topic}".strip()
            types = query.types or focus.types
            return replace(query, restored=restored, bare=unmark(restored), topic=topic, slots=slots, types=types), []
        return replace(query, slots=slots), []

    def _answer(self, question: str, query: Query, carried: list[Document]) -> Answer:
        limits = self._resolver.limits(query)
        if query.numbers:
            return self._by_numbers(question, query, limits)
        terms = self._search.terms(query)
        named = carried or self._resolver.named(query)
        whole = _WHOLE_TEXT.search(query.bare) is not None
        if named and (carried or whole or self._is_about(query, named, terms)):
            return self._of_documents(question, query, named, limits)
        if query.locators and (placed := self._placed(question, query, limits, list(self._library.held))):
            return placed
        if places := self._places.of_whole(query):
            counted = self._places.answer(question, query, places, limits)
            if counted is not None:
                return counted
        if own := self._own(query, terms):
            return self._facts.answer(question, query, own, Limits())
        if query.superlative and (extreme := self._topics.extreme(query, limits)):
            return self._facts.answer(question, query, [extreme], Limits())
        if "holder" in query.slots:
            return self._topics.refuse(question, query, terms, 1.0)
        if "duty" in query.slots and (ruled := self._places.headed(query, terms, only=_DUTY_HEADING)):
            headed = self._places.answer(question, query, ruled, limits)
            if headed is not None:
                return headed
        if "duty" in query.slots and (duties := duties_of(question, query, self._library, terms=terms)):
            return duties
        unlimited = "document" in query.slots and limits and not self._topics.topic_terms(query, limits)
        if unlimited or (query.slots & {"list", "count"} and (limits or not terms)):
            listed = self._topics.listing(question, query, limits)
            if listed is not None:
                return listed
        plain = not query.slots & {"document", "list", "count", "amount"} and not limits
        if terms and plain and (places := self._places.headed(query, terms)):
            headed = self._places.answer(question, query, places, limits)
            if headed is not None:
                return headed
        return self._topics.answer(question, query, limits)

    def _by_numbers(self, question: str, query: Query, limits: Limits) -> Answer:
        chosen: list[Document] = []
        terms = self._topics.topic_terms(query, limits)
        for asked in query.numbers:
            found = self._resolver.candidates(asked)
            if not found:
                return refusal(question, "unknown_document", "not_found_unknown_document", asked=asked.asked)
            found = self._narrow(found, query, limits, terms)
            if len(found) > 1 and not query.slots & {"list", "compare"}:
                return self._facts.ambiguous(question, asked.asked, found)
            chosen += found
        chosen = list({entry.key: entry for entry in chosen}.values())
        if len(chosen) == 1 and (about := self._citing(query, chosen[0], limits, terms)):
            return self._of_documents(question, replace(query, topic="", numbers=()), [about], Limits())
        return self._of_documents(question, query, chosen, limits)

    def _narrow(self, found: list[Document], query: Query, limits: Limits, terms: Sequence[Term]) -> list[Document]:
        """The candidates that fit what else the question says; all where nothing does."""
        named = Limits(issuers=limits.issuers, level=limits.level)
        fitting = self._resolver.within(found, named) or found
        if len(fitting) > 1 and limits.dates:
            fitting = self._resolver.within(fitting, Limits(dates=limits.dates)) or fitting
        if len(fitting) > 1 and terms:
            shares = {entry.key: coverage(terms, self._library.own_words[entry.key]) for entry in fitting}
            top = max(shares.values())
            fitting = [entry for entry in fitting if shares[entry.key] >= max(top - _CLEAR_LEAD, 0.5)] or fitting
        return fitting

    def _citing(self, query: Query, entry: Document, limits: Limits, terms: Sequence[Term]) -> Document | None:
        """The document that is asked for by the other document that its title names."""
        asked_types = self._resolver.types_before_number(query)
        if "document" not in query.slots and not asked_types:
            return None
        carrying = self._resolver.within(self._library.carried_out_by(entry), limits)
        if carrying and _CARRIES_OUT.search(query.bare):
            return carrying[0]
        wanted = Limits(types=query.types | asked_types, issuers=limits.issuers, level=limits.level)
        around = [
            other for other in self._library.knowledge.documents
            if other.key != entry.key and entry.number and entry.number in self._library.numbers_in_title(other)
        ]  # fmt: skip
        fitting = self._resolver.within(around, wanted)
        if not fitting or (not terms and not wanted):
            return None
        shares = {other.key: coverage(terms, self._library.own_words[other.key]) for other in fitting}
        best = max(fitting, key=lambda other: shares[other.key])
        own = coverage(terms, self._library.title_words(entry))
        return best if shares[best.key] > own or asked_types else None

    def _of_documents(self, question: str, query: Query, entries: list[Document], limits: Limits) -> Answer:
        first = entries[0]
        if query.locators and first.source:
            placed = self._placed(question, query, limits, [first.source])
            if placed is not None:
                return placed
        if not first.held and (query.locators or _WHOLE_TEXT.search(query.bare)):
            return refusal(question, "text_not_held", "not_found_text_not_held", name=display_name(first))
        terms = self._topics.topic_terms(query, limits)
        if first.source and self._asks_beyond(query, first, terms):
            return self._topics.answer(question, query, Limits(), sources=[first.source])
        if self._asks_inside(query, entries, terms):
            return refusal(question, "text_not_held", "not_found_text_not_held", name=display_name(first))
        if "unit" in query.slots and "compare" not in query.slots:
            return self._topics.units_of(question, query, first)
        return self._facts.answer(question, query, entries, limits)

    def _placed(self, question: str, query: Query, limits: Limits, sources: Sequence[str]) -> Answer | None:
        places = self._places.find(query, sources)
        terms = () if query.slots & {"list", "count"} else self._topics.topic_terms(query, limits)
        return self._places.answer(question, query, places, limits, terms=terms) if places else None

    def _asks_inside(self, query: Query, entries: Sequence[Document], terms: Sequence[Term]) -> bool:
        """Whether the question asks what a document that is not held says inside."""
        if any(entry.held for entry in entries) or "compare" in query.slots or not terms:
            return False
        nearby = "".join(self._library.own_words[entry.key] for entry in entries) + "".join(
            term_line(self._library.clause_text(index))
            for entry in entries for index in self._library.passages_citing(entry)
        )  # fmt: skip
        if "duty" in query.slots and "title" not in query.slots:
            return coverage(terms, nearby) < self._bounds.inside_duty
        return coverage(terms, nearby) < self._bounds.inside / (2 if query.slots & FACT_SLOTS else 1)

    def _asks_beyond(self, query: Query, entry: Document, terms: Sequence[Term]) -> bool:
        """Whether a question about a held document asks for more than what it is called."""
        return (
            "compare" not in query.slots and coverage(terms, self._library.title_words(entry)) < _BEYOND and bool(terms)
        )

    def _is_about(self, query: Query, named: Sequence[Document], terms: Sequence[Term]) -> bool:
        """Whether the question asks about a named document itself and not about a topic that its name is part of."""
        if query.locators:
            return True
        words = "".join(self._library.own_words[entry.key] for entry in named)
        rest = [term for term in terms if f" {term.text} " not in words]
        return not rest and not query.slots & {"document", "list", "count", "unit"}

    def _own(self, query: Query, terms: Sequence[Term]) -> list[Document]:
        """The held document whose own number, date, issuer, title or signer the question asks for."""
        others = {"list", "count", "document"} | (set() if "signer" in query.slots else {"unit"})
        if not query.slots & FACT_SLOTS or query.slots & others:
            return []
        limits = Limits(issuers=self._resolver.asked_issuers(query))
        said = bare_line(query.restored)
        held = [
            entry for entry in self._resolver.within(self._library.held.values(), limits)
            if bare_line(entry.type) in said
        ]  # fmt: skip
        if not terms:
            return held if len(self._library.held) == 1 else []
        told = [(coverage(terms, self._library.title_words(entry)), entry) for entry in held]
        return [entry for share, entry in told if share >= _OWN_TITLE][:1]
