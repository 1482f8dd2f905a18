"""Answers about the documents that a question names, by number, by name or by what was said before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answering.asked import Asked
from rag.answering.draft import refusal
from rag.answering.facts import FactAnswers
from rag.answering.holdings import Library, display_name
from rag.answering.places import PlaceAnswers
from rag.answering.query import Query
from rag.answering.resolve import FACT_SLOTS, Limits, Resolver
from rag.answering.search import Bounds
from rag.answering.subject import Subjects
from rag.answering.topical import TopicAnswers
from rag.index.topics import Term, coverage, term_line
from rag.types import Answer, Document

_WHOLE_TEXT = re.compile(
    r"\b(?:toan van|nguyen van|noi dung (?:chi tiet|day du)|bao nhieu (?:chuong|dieu)|may (?:chuong|dieu))\b"
)
_CARRIES_OUT = re.compile(r"\b(?:trien khai|cu the hoa|to chuc thuc hien|thuc hien|huong dan|quy dinh chi tiet)\b")
_RULES = re.compile(r"\b(?:quy dinh|noi gi|noi the nao|noi ve|neu gi|ghi gi)\b")
_INSIDE_SLOTS = frozenset(("title", "amount", "yes_no"))
_BEYOND = 0.4
_CLEAR_LEAD = 0.15


class DocumentAnswers:
    """Answers about known documents from one snapshot; read-only."""

    def __init__(
        self,
        library: Library,
        resolver: Resolver,
        *,
        subjects: Subjects,
        facts: FactAnswers,
        places: PlaceAnswers,
        topics: TopicAnswers,
        bounds: Bounds,
    ) -> None:
        self._library, self._resolver, self._bounds, self._subjects = library, resolver, bounds, subjects
        self._facts, self._places, self._topics = facts, places, topics

    def numbered(self, asked: Asked) -> Answer | None:
        """What is asked of the documents whose numbers the question gives; None where it gives none."""
        query, limits = asked.query, asked.limits
        if not query.numbers:
            return None
        chosen: list[Document] = []
        terms = self._topics.topic_terms(query, limits)
        for number in query.numbers:
            found = self._resolver.candidates(number)
            if not found:
                return refusal(asked.question, "unknown_document", "not_found_unknown_document", asked=number.asked)
            found = self._narrow(found, query, limits, terms)
            if len(found) > 1 and not query.slots & {"list", "compare"}:
                return self._facts.ambiguous(asked.question, number.asked, found)
            chosen += found
        chosen = list({entry.key: entry for entry in chosen}.values())
        if len(chosen) == 1 and (about := self._citing(query, chosen[0], limits, terms)):
            unnumbered = replace(query, topic="", numbers=())
            return self.of(replace(asked, query=unnumbered, limits=Limits()), [about])
        return self.of(asked, chosen)

    def named(self, asked: Asked) -> Answer | None:
        """What is asked of the documents that are named or left to the conversation; None where there are none."""
        named = asked.carried or self._resolver.named(asked.query)
        if not named:
            return self._said(asked)
        whole = _WHOLE_TEXT.search(asked.query.bare) is not None
        if named and (asked.carried or whole or self._is_about(asked.query, named, asked.terms)):
            return self.of(asked, named)
        return None

    def _said(self, asked: Asked) -> Answer | None:
        """What is asked of the document that the question names in part; which is meant where several fit."""
        one = next((one for one in self._subjects.of(asked) if one.is_named and one.entries), None)
        if one is None:
            return None
        rest = [term for term in asked.terms if not self._is_own(term, one.entries)]
        if self._is_inside(asked, one.entries, rest):
            name = display_name(one.entries[0])
            return refusal(asked.question, "text_not_held", "not_found_text_not_held", name=name)
        if rest or asked.query.slots & {"document", "list", "count", "unit", "duty"} or not asked.query.slots:
            return None
        if len(one.entries) > 1:
            return self._facts.ambiguous(asked.question, one.words, one.entries)
        return self._facts.answer(asked.question, asked.query, one.entries, asked.limits)

    def _is_own(self, term: Term, entries: Sequence[Document]) -> bool:
        return any(f" {word} " in self._library.own_words[entry.key] for entry in entries for word in term.text.split())

    def _is_inside(self, asked: Asked, entries: Sequence[Document], rest: Sequence[Term]) -> bool:
        """Whether the question asks what a law rules that is not held."""
        asks = _RULES.search(asked.query.bare) and asked.query.slots <= _INSIDE_SLOTS
        return bool(asks and rest) and not any(entry.held for entry in entries)

    def of(self, asked: Asked, entries: Sequence[Document]) -> Answer:
        """The answer to what a question asks of given documents, at least one."""
        question, query, limits = asked.question, asked.query, asked.limits
        first = entries[0]
        if query.locators and first.source:
            placed = self.placed(asked, [first.source])
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

    def placed(self, asked: Asked, sources: Sequence[str]) -> Answer | None:
        """What stands at the places that a question points to in the given texts; None where there is no such place."""
        query, limits = asked.query, asked.limits
        places = self._places.find(query, sources) if query.locators else []
        terms = () if query.slots & {"list", "count"} else self._topics.topic_terms(query, limits)
        return self._places.answer(asked.question, query, places, limits, terms=terms) if places else None

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
