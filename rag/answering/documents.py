"""Answers about the documents that a question names, by number, by name or by what was said before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from rag.answering.asked import Asked, is_aside
from rag.answering.bounds import Bounds
from rag.answering.candidates import CLEAR_LEAD, Candidates, type_names
from rag.answering.carried import BEARS, CARRIES_OUT, CarriedOut, asks_carried
from rag.answering.draft import not_held, refusal, wording
from rag.answering.facts import FactAnswers, states_period
from rag.answering.holdings import Library, bare_line
from rag.answering.labels import asks_list
from rag.answering.lists import ListAnswers
from rag.answering.measures import asks_deadline
from rag.answering.pasted import PastedAnswers
from rag.answering.places import PlaceAnswers
from rag.answering.query import Query, lead_type
from rag.answering.resolve import FACT_SLOTS, Limits, Resolver
from rag.answering.search import TopicSearch
from rag.answering.subject import Subjects
from rag.answering.topical import TopicAnswers
from rag.index.topics import Term, coverage, term_line
from rag.types import Answer, Document

WHOLE_TEXT = re.compile(
    r"\b(?:toan van|nguyen van|noi dung (?:chi tiet|day du)|bao nhieu (?:chuong|dieu)|may (?:chuong|dieu))\b"
)
_HANDS_OUT = re.compile(
    r"\bphan cong(?: cho)? (?:nhung |cac )?(?:ai|don vi|co quan|phong|ban|ben|bo phan|nganh)\b"
    r"|\b(?:dat|de) ra(?: nhung| cac)?(?: \w+)? (?:chi tieu|muc tieu|nhiem vu|giai phap)\b"
)
_WHICH_UNIT = re.compile(r"\b((?:\w+ )?\w+) (ban|phong|to|doan|hoi dong|don vi|co quan|to chuc) nao\b")
_COUNTS_UNITS = re.compile(r"\b(?:may|bao nhieu) (?:don vi|co quan)\b")
_BASED_ON = re.compile(
    r"\b(?:can cu|dua (?:tren|vao|theo)|co so phap ly)\b"
    r"|\b(?:xay dung|ban hanh|lap|ra doi)(?: ra)? (?:de|nham) (?:thuc hien|trien khai|cu the hoa)\b"
)
_ON = re.compile(r"\b(?:la|noi|ban|quy dinh|chi dao|huong dan) (?:de|ve|nham)\b")
_OF_TITLE = 0.35
"""The share of what a question says that a document is on, of which its title has to have less to be on another."""
_WHICH_PLAN = 0.6
_PERIOD = re.compile(r"\b(?:giai doan|thoi ky) (?:nao|may)\b|\bnam nao (?:den|toi)\b")
_RULES = re.compile(r"\b(?:quy dinh|noi gi|noi the nao|noi ve|neu gi|ghi gi)\b")
_INSIDE_SLOTS = frozenset(("title", "amount", "yes_no"))
_BEYOND = 0.4
_FEW_TERMS = 2
_SENT = frozenset(("ky", "gui", "xuong", "len", "gui xuong", "gui len"))
"""What is done to a document, and stands in none."""
_ISSUED = re.compile(r"\bban hanh\b")
_TOLD, _TITLE_TERMS = 0.8, 4
"""The share of a title's words, and their least number, that name a document without its number."""


def _hands_out(query: Query, entry: Document) -> bool:
    """Whether a question asks what stands in a document that is not held: "Kế hoạch 9 phân công phòng nào"."""
    return not entry.held and len(query.numbers) == 1 and _HANDS_OUT.search(query.numbers[0].after) is not None


def _acted_upon(query: Query, entry: Document) -> bool:
    """Whether the unit that is asked for is what the document itself acts upon: "Quyết định 1 kiện toàn ban nào"."""
    title = bare_line(entry.title or "")
    return any(f" {match[1]} {match[2]} " in title for match in _WHICH_UNIT.finditer(query.bare))


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
        lists: ListAnswers,
        search: TopicSearch,
        bounds: Bounds,
    ) -> None:
        self._library, self._resolver, self._bounds, self._subjects = library, resolver, bounds, subjects
        self._facts, self._places, self._topics, self._lists, self._search = facts, places, topics, lists, search
        self._candidates, self._pasted = Candidates(library, resolver), PastedAnswers(library, resolver, facts)
        self._carried = CarriedOut(library, resolver)

    def numbered(self, asked: Asked) -> Answer | None:
        """What is asked of the documents whose numbers the question gives; None where it gives none."""
        query, limits = asked.query, asked.limits
        if not query.numbers:
            return None
        chosen: list[Document] = []
        terms = self._asked_terms(query, limits)
        own = {number: self._resolver.said_of(number, query) for number in query.numbers}
        said = {number: own[number] or limits for number in query.numbers}
        if len(query.numbers) > 1:
            limits = replace(limits, issuers=said[query.numbers[0]].issuers, levels=said[query.numbers[0]].levels)
        for number in query.numbers:
            found = self._resolver.candidates(number)
            if not found and len(query.numbers) == 1 and (slip := self._pasted.slip(asked, number, terms)):
                return slip
            if not found:
                return refusal(asked.question, "unknown_document", "not_found_unknown_document", asked=number.asked)
            inside = "holder" in query.slots or (query.locators and len(found) > 1)
            if inside and not any(entry.held for entry in found):
                return not_held(asked.question, found[0])
            found = self._candidates.narrow(found, number, said[number], limits, terms)
            if len(found) > 1 and not query.slots & {"list", "compare"}:
                return self._facts.ambiguous(asked.question, number.asked, found)
            chosen += found
        chosen = list({entry.key: entry for entry in chosen}.values())
        if asks_carried(query) and not query.asks_own_fact:
            carried = self._carried.by(query, chosen)
            if carried:
                return self._lists.several(asked.question, carried)
            return self._topics.refuse(asked.question, query, asked.terms, 1.0)
        if self._carried.is_named_in(query, chosen, terms) and (carried := self._carried.by(query, chosen)):
            return self._lists.several(asked.question, carried)
        if (
            len(chosen) == 1
            and chosen[0].source
            and (listed := self._lists.cited_in(asked.question, query, chosen[0].source))
        ):
            return listed
        around = replace(limits, issuers=(), levels=frozenset()) if own[query.numbers[0]] else limits
        if len(chosen) == 1 and (about := self._citing(query, chosen[0], around, terms)):
            unnumbered = replace(query, topic="", numbers=())
            return self.of(replace(asked, query=unnumbered, limits=Limits()), [about])
        if claim := self._carried.wrong(query, chosen):
            return self._facts.answer(asked.question, query, chosen[:1], Limits(), claim=claim)
        if len(chosen) == 1 and (other := self._of_topic(query, chosen[0], terms)):
            return self._facts.other_document(asked.question, chosen[0], other)
        return self.of(asked, chosen)

    def _asked_terms(self, query: Query, limits: Limits) -> tuple[Term, ...]:
        """The words of the topic of the sentences that ask."""
        return tuple(term for term in self._lists.topic_terms(query, limits) if not is_aside(term, query))

    def named(self, asked: Asked) -> Answer | None:
        """What is asked of the documents that are named or left to the conversation; None where there are none."""
        if "date" in asked.query.slots and not asked.carried and asks_deadline(asked.query):
            return None
        named = asked.carried or self._resolver.named(asked.query)
        if not named:
            return self._said(asked) or self._told(asked)
        whole = WHOLE_TEXT.search(asked.query.bare) is not None
        if named and (asked.carried or whole or self._is_about(asked.query, named, asked.terms)):
            return self.of(asked, named)
        if self._is_inside(asked, named, [term for term in asked.terms if not self._is_own(term, named)]):
            return not_held(asked.question, named[0])
        return None

    def by_unheld(self, asked: Asked) -> Answer | None:
        """That a law is not held by which a question asks what holds: "theo Luật …, những việc nào dân quyết định"."""
        query = asked.query
        if not query.bare.startswith("theo ") or query.numbers or query.slots & FACT_SLOTS - {"title"}:
            return None
        named = [one for one in self._subjects.of(asked) if one.is_named and len(one.entries) == 1]
        opens = named and query.bare.startswith(f"theo {bare_line(named[0].words).strip()}")
        return not_held(asked.question, named[0].entries[0]) if opens and not named[0].entries[0].held else None

    def basis(self, asked: Asked) -> Answer | None:
        """The documents by which a held one was issued; None where the question asks for no held one's basis."""
        query = asked.query
        if not query.slots & {"document", "list", "count"} or not _BASED_ON.search(query.bare):
            return None
        held = self._held_meant(asked)
        if held is None:
            return None
        cited = {
            entry.key: entry for passage in self._library.knowledge.passages
            if passage.source == held.source
            and self._library.provision(passage.source, passage.provision).kind == "basis"
            for entry in self._library.cited(passage)
        }.values()  # fmt: skip
        limits = Limits(types=asked.limits.types)
        found = self._resolver.within(cited, asked.limits) or self._resolver.within(cited, limits)
        return self._lists.several(asked.question, found) if found else None

    def _held_meant(self, asked: Asked) -> Document | None:
        """The held document that a question is about as a whole: the only one, or the one whose title it has."""
        said = bare_line(asked.query.restored)
        held = [entry for entry in self._library.held.values() if bare_line(entry.type) in said]
        dated = [entry for entry in held if entry.date in asked.limits.dates]
        if len(dated) == 1:
            return dated[0]
        shares = {entry.key: coverage(asked.terms, self._library.title_words(entry)) for entry in held}
        best = max(held, key=lambda entry: shares[entry.key], default=None)
        if best is None or (len(self._library.held) > 1 and shares[best.key] < _WHICH_PLAN):
            return None
        told = asked.query.this_document or not asked.terms or shares[best.key] >= _WHICH_PLAN
        return best if told else None

    def _said(self, asked: Asked) -> Answer | None:
        """What is asked of the document that the question names in part; which is meant where several fit."""
        one = next((one for one in self._subjects.of(asked) if one.is_named and one.entries), None)
        if one is None:
            return None
        rest = [term for term in asked.terms if not self._is_own(term, one.entries)]
        lead = lead_type(asked.query.bare)
        if asked.query.slots <= FACT_SLOTS and len(one.entries) == 1 and (not lead or one.entries[0].type in lead):
            citing = self._library.passages_citing(one.entries[0])
            around = "".join(term_line(self._library.clause_text(at)) for at in citing)
            rest = [term for term in rest if f" {term.text} " not in around and f" {term.bare} " not in around]
        if self._is_inside(asked, one.entries, rest):
            return not_held(asked.question, one.entries[0])
        if rest or asked.query.slots & {"document", "list", "count", "unit", "duty"} or not asked.query.slots:
            return None
        if len(one.entries) > 1:
            return self._facts.ambiguous(asked.question, one.words, one.entries)
        return self._facts.answer(asked.question, asked.query, one.entries, asked.limits)

    def _told(self, asked: Asked) -> Answer | None:
        """What is asked of the one document of which the question tells nearly the whole title, and just facts."""
        if not asked.query.slots or not asked.query.slots <= FACT_SLOTS or not asked.query.asks_own_fact:
            return None
        said = bare_line(asked.query.restored)
        line = term_line(asked.query.restored)
        fitting = self._resolver.within(self._library.knowledge.documents, Limits(issuers=asked.limits.issuers))
        shares = {
            entry.key: coverage(self._titles[entry.key], line) for entry in fitting
            if bare_line(entry.type) in said and len(self._titles[entry.key]) >= _TITLE_TERMS
        }  # fmt: skip
        most = max(shares.values(), default=0.0)
        found = [entry for entry in fitting if shares.get(entry.key, 0.0) > most - CLEAR_LEAD]
        if most < _TOLD or len(found) > 1:
            return None
        return self._facts.answer(asked.question, asked.query, found, asked.limits)

    @cached_property
    def _titles(self) -> dict[str, tuple[Term, ...]]:
        """The words of each document's title and issuer, by key."""
        return {
            entry.key: self._search.terms_of(f"{entry.title or ''} {entry.issuer or ''}")
            for entry in self._library.knowledge.documents
        }

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
        inside = [place for place in query.locators if not place.startswith("chu thich")]  # those are the citing text's
        if not first.held and (inside or WHOLE_TEXT.search(query.bare)):
            return not_held(question, first)
        terms = self._asked_terms(query, limits)
        issued = "yes_no" in query.slots and limits.issuers and len(entries) == 1 and _ISSUED.search(query.bare)
        if issued and (wrong := self._facts.wrong_claim(query, first, Limits(issuers=limits.issuers))):
            return self._facts.answer(question, query, entries, limits, claim=wrong)
        if "date" in query.slots and not first.held and asks_deadline(query) and not query.asks_own_fact:
            return self._topics.due_of(question, query, first)
        if first.source and (self._asks_beyond(query, first, terms) or ("duty" in query.slots and terms)):
            told = self._topics.answer(question, query, Limits(), sources=[first.source])
            return self._facts.misdated(asked, first, told) or told
        if len(entries) == 1 and self._is_other_title(query, first, terms):
            other = wording("claim_title", known=first.title or "")
            return self._facts.answer(question, query, entries, limits, claim=other)
        claim = self._facts.wrong_claim(query, first, limits) if "yes_no" in query.slots and len(entries) == 1 else None
        if _PERIOD.search(query.bare) and states_period(first):
            return self._facts.answer(question, query, entries, limits, claim=claim)
        if not claim and (self._asks_inside(query, entries, terms) or _hands_out(query, first)):
            return not_held(question, first)
        if "unit" in query.slots and "compare" not in query.slots and not _acted_upon(query, first):
            claim = self._facts.wrong_claim(query, first, limits)
            return self._topics.units_of(question, query, first, claim=claim)
        return self._facts.answer(question, query, entries, limits)

    def placed(self, asked: Asked, sources: Sequence[str]) -> Answer | None:
        """What stands at the places that a question points to in the given texts; None where there is no such place."""
        query, limits = asked.query, asked.limits
        if "count" in query.slots and not query.counts_parts and not _COUNTS_UNITS.search(query.bare):
            query = replace(query, slots=query.slots | {"document"})
        if "number" in query.slots and limits:
            query = replace(query, slots=query.slots | {"document"})
        places = self._places.find(query, sources) if query.locators else []
        terms = () if query.slots & {"list", "count"} else self._asked_terms(query, limits)
        return self._places.answer(asked.question, query, places, limits, terms=terms) if places else None

    def _citing(self, query: Query, entry: Document, limits: Limits, terms: Sequence[Term]) -> Document | None:
        """The document that is asked for by the other document that its title names."""
        asked_types = self._resolver.types_before_number(query)
        if "document" not in query.slots and not asked_types:
            return None
        carrying = self._resolver.within(self._library.carried_out_by(entry), limits)
        if carrying and CARRIES_OUT.search(query.bare):
            return carrying[0]
        wanted = Limits(types=query.types | asked_types, issuers=limits.issuers, levels=limits.levels)
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
        of_other_type = bool(query.types) and entry.type not in query.types
        return best if shares[best.key] > own or asked_types or of_other_type else None

    def _of_topic(self, query: Query, entry: Document, terms: Sequence[Term]) -> Document | None:
        """The one other document that bears the topic's name, where a question says that this one is about it."""
        told = [term for term in terms if not CARRIES_OUT.fullmatch(term.bare)]
        own = coverage(told, self._library.title_words(entry))
        asks = "yes_no" in query.slots or (query.slots and query.slots <= FACT_SLOTS and query.asks_own_fact)
        if not asks or not told or own >= BEARS or (own and len(told) <= _FEW_TERMS):
            return None
        bearing = [
            other for other in self._library.knowledge.documents
            if other.key != entry.key and coverage(told, self._library.title_words(other)) >= BEARS
        ]  # fmt: skip
        of_type = [other for other in bearing if other.type == entry.type]
        found = of_type if len(bearing) > 1 else bearing
        return found[0] if len(found) == 1 else None

    def _asks_inside(self, query: Query, entries: Sequence[Document], terms: Sequence[Term]) -> bool:
        """Whether the question asks what a document that is not held says inside."""
        terms = [term for term in terms if term.bare not in type_names() | _SENT]
        if query.asks_own_fact and not any(self._is_matter(term) for term in terms):
            return False
        if any(entry.held for entry in entries) or "compare" in query.slots:
            return False
        if not terms:
            return "amount" in query.slots and not query.slots & FACT_SLOTS
        if len(query.slots & FACT_SLOTS - {"title"}) > 1:  # "của ai, ngày nào": that is asked of the document itself
            return False
        nearby = "".join(self._library.own_words[entry.key] for entry in entries) + "".join(
            term_line(self._library.clause_text(index))
            for entry in entries for index in self._library.passages_citing(entry)
        )  # fmt: skip
        if "amount" in query.slots or (asks_list(query) and any(f" {term.text} " not in nearby for term in terms)):
            return True
        if "duty" in query.slots and "title" not in query.slots:
            return coverage(terms, nearby) < self._bounds.inside_duty
        of_itself = query.slots & (FACT_SLOTS | {"unit"}) and not query.bare.startswith("theo ")
        return coverage(terms, nearby) < self._bounds.inside / (2 if of_itself else 1)

    def _is_matter(self, term: Term) -> bool:
        """Whether a word may ask for something inside a document: one that the corpus has, and no issuer's."""
        return self._search.is_known(term) and f" {term.bare} " not in self._issuers

    @cached_property
    def _issuers(self) -> str:
        """The names of all issuers, bare."""
        return "".join(bare_line(entry.issuer or "") for entry in self._library.knowledge.documents)

    def _is_other_title(self, query: Query, entry: Document, terms: Sequence[Term]) -> bool:
        """Whether a question states that a document, which is not held, is on something that its title is not on."""
        if not query.slots & (FACT_SLOTS | {"yes_no"}) or entry.held or not entry.title or len(terms) <= 1:
            return False
        if self._library.numbers_in_title(entry):  # on what the other document is on
            return False
        said = "yes_no" in query.slots and _ON.search(query.bare) is not None
        if not said and len(query.numbers) == 1 and query.numbers[0].after.startswith("ve "):
            return not coverage(terms, self._library.title_words(entry))
        states = said
        return states and coverage(terms, self._library.title_words(entry)) < _OF_TITLE

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
