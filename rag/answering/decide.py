"""From an understood question to an answer: what is decided first is what the texts support, then the wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answering import compose
from rag.answering.draft import Draft, refusal
from rag.answering.facts import FactAnswers
from rag.answering.library import Library, bare_line, display_name
from rag.answering.query import AskedNumber, Query
from rag.answering.resolve import Limits, Resolver
from rag.answering.retrieve import EvidenceRetriever
from rag.answering.topics import Term, coverage, topic_terms
from rag.answering.topical import TopicAnswers
from rag.types import Answer, Document

FACT_SLOTS = frozenset(("date", "issuer", "number", "title", "signer"))


@dataclass(frozen=True, slots=True)
class Focus:
    """What the conversation is about: the documents last answered with and the topic last asked for."""

    documents: tuple[str, ...] = ()
    topic: str = ""
    slots: frozenset[str] = frozenset()


class Decider:
    """Answers understood questions from one snapshot; safe to share between threads."""

    def __init__(self, library: Library, retriever: EvidenceRetriever) -> None:
        self._library, self._retriever = library, retriever
        self._resolver = Resolver(library)
        self._facts = FactAnswers(library, self._resolver)
        self._topics = TopicAnswers(library, self._resolver, retriever)
        self._by_key = {entry.key: entry for entry in library.knowledge.documents}

    def answer(self, question: str, query: Query, focus: Focus) -> tuple[Answer, Focus]:
        """The answer to one question and what the conversation is about after it."""
        query, carried = self._with_focus(query, focus)
        answer = self._answer(question, query, carried)
        keys = tuple(
            entry.key for item in answer.documents for entry in self._library.knowledge.documents
            if (entry.number, entry.title, entry.type) == (item.number, item.title, item.type)
        )  # fmt: skip
        return answer, Focus(keys or focus.documents, query.topic or focus.topic, query.slots or focus.slots)

    def _with_focus(self, query: Query, focus: Focus) -> tuple[Query, list[Document]]:
        """What a follow-up leaves out is taken from the question before it."""
        if query.numbers or not (query.follow_up or not self._terms(query)):
            return query, []
        limits = self._resolver.limits(query)
        if query.follow_up and focus.documents and query.slots & (FACT_SLOTS | {"unit"}) and not limits and not self._terms(query):
            return query, [self._by_key[key] for key in focus.documents[:1]]
        if focus.topic and len(self._terms(query)) <= 1:
            slots = query.slots or focus.slots
            return replace(query, topic=f"{focus.topic} {query.topic}".strip(), slots=slots), []
        return query, []

    def _answer(self, question: str, query: Query, carried: list[Document]) -> Answer:
        limits = self._resolver.limits(query)
        if query.numbers:
            return self._by_numbers(question, query, limits)
        named = carried or self._resolver.named(query)
        if named and self._is_about(query, named):
            return self._of_documents(question, query, named, limits)
        if query.this_document or self._own_facts(query):
            own = [entry for entry in self._library.held.values()]
            if len(own) == 1 and query.slots & FACT_SLOTS and not query.slots & {"unit", "list", "count"}:
                return self._facts.answer(question, query, own, limits)
        if query.slots & {"list", "count"} and (limits or not self._terms(query)):
            listed = self._topics.listing(question, query, limits)
            if listed is not None:
                return listed
        return self._topics.answer(question, query, limits)

    def _by_numbers(self, question: str, query: Query, limits: Limits) -> Answer:
        chosen: list[Document] = []
        for asked in query.numbers:
            found = self._resolver.candidates(asked)
            if not found:
                return refusal(question, "unknown_document", "not_found_unknown_document", asked=asked.asked)
            found = self._narrow(found, asked, query, limits)
            if len(found) > 1:
                return self._facts.ambiguous(question, asked.asked, found)
            chosen += found
        return self._of_documents(question, query, list({entry.key: entry for entry in chosen}.values()), limits)

    def _narrow(self, found: list[Document], asked: AskedNumber, query: Query, limits: Limits) -> list[Document]:
        """The candidates that fit what else the question says; all where nothing does."""
        other = replace(limits, types=frozenset(), dates=(), year=None)
        fitting = self._resolver.within(found, other) or found
        if len(fitting) > 1 and limits.dates:
            fitting = self._resolver.within(fitting, Limits(dates=limits.dates)) or fitting
        terms = self._terms(query)
        if len(fitting) > 1 and terms:
            shares = {entry.key: coverage(terms, self._library.own_words[entry.key]) for entry in fitting}
            top = max(shares.values())
            clear = [entry for entry in fitting if shares[entry.key] >= max(top - 0.15, 0.5)]
            fitting = clear or fitting
        return fitting

    def _of_documents(self, question: str, query: Query, entries: list[Document], limits: Limits) -> Answer:
        first = entries[0]
        if query.pinpoint and not first.held:
            return refusal(question, "text_not_held", "not_found_text_not_held", name=display_name(first))
        terms = self._terms(query)
        if self._asks_inside(query, entries, terms):
            return refusal(question, "text_not_held", "not_found_text_not_held", name=display_name(first))
        if "unit" in query.slots and "compare" not in query.slots:
            return self._topics.units_of(question, query, first)
        return self._facts.answer(question, query, entries, limits)

    def _asks_inside(self, query: Query, entries: Sequence[Document], terms: Sequence[Term]) -> bool:
        """Whether the question asks what a document that is not held says inside."""
        if any(entry.held for entry in entries) or query.slots & {"compare"}:
            return False
        words = "".join(self._library.own_words[entry.key] for entry in entries)
        nearby = words + "".join(
            bare_line(self._library.knowledge.passages[index].text)
            for entry in entries for index in self._library.passages_citing(entry)
        )  # fmt: skip
        if "duty" in query.slots:
            return coverage(terms, nearby) < 0.9
        return bool(terms) and coverage(terms, nearby) < 0.4 and not query.slots & FACT_SLOTS

    def _is_about(self, query: Query, named: Sequence[Document]) -> bool:
        """Whether the question asks about a named document itself and not about a topic that its name opens."""
        if query.pinpoint or query.follow_up:
            return True
        words = "".join(self._library.own_words[entry.key] for entry in named)
        rest = [term for term in self._terms(query) if f" {term.text} " not in words]
        return not rest and "document" not in query.slots and not query.slots & {"list", "count", "unit"}

    def _own_facts(self, query: Query) -> bool:
        """Whether date, number, issuer or signer of the one held document are asked for by its own title."""
        terms = self._terms(query)
        if len(self._library.held) != 1 or not terms:
            return "signer" in query.slots
        [own] = self._library.held.values()
        title = bare_line(f"{own.type} {own.title or ''} {own.issuer or ''}")
        return "document" not in query.slots and " ke hoach " in bare_line(query.restored) and coverage(terms, title) >= 0.99

    def _terms(self, query: Query) -> tuple[Term, ...]:
        return topic_terms(query.topic, idf=self._retriever.idf, passages=len(self._retriever.passages))


