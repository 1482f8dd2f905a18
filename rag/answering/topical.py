"""Answers to questions about a topic: the documents that govern it, the units in charge, the words that say so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answering import compose
from rag.answering.content import ContentAnswers
from rag.answering.draft import Draft, refusal, wording
from rag.answering.holdings import Library
from rag.answering.labels import Label, asked_label, asks_list, asks_members, counted_items
from rag.answering.lists import ListAnswers
from rag.answering.query import Query, lead_type
from rag.answering.recipients import asked_verb
from rag.answering.resolve import Limits, Resolver
from rag.answering.responsible import UnitAnswers
from rag.answering.search import NEAR, NEAR_COVERAGE, SUPPORTED, Bounds, Found, TopicSearch
from rag.index.topics import Term, coverage
from rag.language.normalize import fold
from rag.types import Answer, Document

_SAYS_WHO = 0.35
"""The share of a topic that a passage itself has to speak of to tell who does it."""
_LIST_GAIN = 0.4
"""What it counts for a passage that it opens a list, where one is asked for."""
_CASE_GAIN = 0.4
"""What it counts for a passage that it is on the very case of which a question gives the numbers."""
_OWN_WORDS_LEAD = 0.25
_LISTED, _LISTED_NEAR = 0.45, 0.7
_MOST_DOCUMENTS, _MOST_LISTED = 6, 30
_MOST_SECTIONS = 2
"""How many sections may say the same thing, each under its label."""
_SCOPE_BEHIND = 0.1
"""How much less of a topic than the best passage the article on a text's scope may speak of to prove what it rules."""
_MENTIONS = re.compile(
    r"\bco (?:noi|nhac|de cap)(?: gi)?(?: (?:den|toi|ve))?(?P<what> .+?) (?:khong|ko|hay khong|chua)\b"
)
_BEHIND = 0.05
"""How much less support than a topic has in all the passage may have that answers."""
_LEFT_OUT = 0.3
_NAMED = 0.9
_LABELLED = 0.8
"""The share of a topic that a section has to speak of where one of its labels says what is asked."""
_OF_UNITS = frozenset(("unit", "duty"))
"""What is asked of units, whose level is no limit of documents."""
_DOCUMENT_SLOTS = frozenset(("document", "date", "issuer", "number", "list", "count"))


class TopicAnswers:
    """Answers questions about a topic from one snapshot; read-only."""

    def __init__(
        self, library: Library, resolver: Resolver, search: TopicSearch, *, lists: ListAnswers, bounds: Bounds
    ) -> None:
        self._library, self._resolver, self._search, self._bounds = library, resolver, search, bounds
        self._contents = ContentAnswers(library, search)
        self._units = UnitAnswers(library, search, self._contents)
        self._lists = lists

    def answer(
        self,
        question: str,
        query: Query,
        limits: Limits,
        *,
        sources: Sequence[str] = (),
        citing: Sequence[str] = (),
        within: Sequence[str] = (),
    ) -> Answer:
        """The answer to a question about a topic, from the given texts if any, or the reason why there is none.

        `citing` are the texts in which the documents that are asked for have to be cited, `within` those that the
        question says it stands in.
        """
        terms = self._lists.topic_terms(query, limits)
        if asks_members(query):
            query = replace(query, slots=query.slots - {"unit"})
        if "signer" in query.slots:  # who signs what the texts rule on, not who signed one of them
            query = replace(query, slots=query.slots - {"signer"} | {"unit"})
        if limits.dates and terms and "yes_no" in query.slots and not self._about_documents(limits, terms):
            limits = replace(limits, dates=())
        if not terms and limits.dates:
            entries = self._resolver.within(self._library.knowledge.documents, limits)
            if entries:
                return self._lists.several(question, entries)
        every = self._search.rank(query, terms, sources=sources or citing or within) if terms else []
        covered = max((found.covered for found in every), default=0.0)
        if noun := counted_items(query):
            told = [term for term in terms if term.text not in noun]
            answer = self._contents.counted(question, noun, [one for one in every if self._tells(one, told)])
            if answer is not None:
                return answer
        ranked = self._narrowed(query, every)
        enough = self._bounds.enough(limited=bool(limits))
        if not ranked or max(found.support for found in ranked) < enough:
            return self.refuse(question, query, terms, covered)
        asks_content = sources or (
            not query.slots & {"document", "number", "issuer"} and self._search.in_law(ranked[0].index)
        )
        if not asks_content and (query.slots & _DOCUMENT_SLOTS or (limits and not query.slots & _OF_UNITS)):
            return self._documents(question, query, limits, ranked, terms)
        if verb := asked_verb(query):
            answer = self._contents.recipients(question, verb, ranked)
            if answer is not None:
                return answer
        if "unit" in query.slots:
            return self._who(question, query, ranked, every, terms)
        return self._what(question, query, ranked, terms)

    def _narrowed(self, query: Query, ranked: list[Found]) -> list[Found]:
        """The passages that may answer, in the order in which they answer what kind of thing is asked for."""
        ranked = [found for found in ranked if not self._search.passages[found.index].text.isupper()]
        fits = {found.index: self._search.case_fit(found.index, query) for found in ranked}
        ranked = [
            replace(one, score=one.score + _CASE_GAIN * fits[one.index]) for one in ranked if fits[one.index] >= 0
        ]
        ranked.sort(key=lambda found: -found.score)
        if mention := _MENTIONS.search(query.bare):  # whether it stands there, not what stands around it
            words = [term for term in self._search.terms(query) if f" {term.bare} " in f"{mention['what']} "]
            ranked = [found for found in ranked if not words or self._search.covered(words, found.index) >= SUPPORTED]
        if "amount" in query.slots and not query.slots & {"count", "document"}:
            ranked = [found for found in ranked if self._search.states_amount(found.index, query)]
        elif "unit" in query.slots and not query.slots & _DOCUMENT_SLOTS and not asked_verb(query):
            ranked = self._units.by_unit(query, ranked)
        if "yes_no" in query.slots and query.dates:
            ranked = [found for found in ranked if self._search.states_time(found.index)] or ranked
        if "duty" in query.slots and (owner := self._search.owner_terms(query)):
            rest = [term for term in self._search.terms(query) if term not in owner]
            ranked = [
                found for found in ranked
                if self._search.spoken_of(owner, found.index) >= _NAMED
                and (not rest or self._search.spoken_of(rest, found.index) >= self._bounds.spoken_of_duty)
            ]  # fmt: skip
        if "unit" not in query.slots and asks_list(query):
            ranked = sorted(ranked, key=lambda found: -found.score - _LIST_GAIN * self._search.opens_list(found.index))
        return ranked

    def _who(
        self, question: str, query: Query, ranked: Sequence[Found], every: Sequence[Found], terms: Sequence[Term]
    ) -> Answer:
        """Who has a duty; with the passage that states it where an amount is asked for too."""
        quoted = [ranked[0].index] if "amount" in query.slots else []
        chosen = self._units.assigned(self._units.by_unit(query, every) if quoted else ranked)
        if chosen[0].covered < _SAYS_WHO or not self._speaks(chosen[0], terms, self._bounds.spoken_of_duty):
            return self.refuse(question, query, terms, max(found.covered for found in every))
        if (says := self._units.referring(query, chosen[0].index)) is not None:
            quoted, chosen = [chosen[0].index], [replace(chosen[0], index=says)]
        beside = [found.index for found in chosen[1:]]
        return self._units.units(question, query, chosen[0], (), beside=beside, quoted=quoted)

    def _what(self, question: str, query: Query, ranked: Sequence[Found], terms: Sequence[Term]) -> Answer:
        """What the texts say."""
        if "amount" not in query.slots and not self._speaks(ranked[0], terms, self._bounds.spoken):
            return self.refuse(question, query, terms, max(found.covered for found in ranked))
        if "yes_no" in query.slots or query.slots <= {"title"}:
            return self._contents.answer(question, query, ranked, terms)
        return self._contents.quote(question, query, ranked, terms=terms)

    def _tells(self, found: Found, terms: Sequence[Term]) -> bool:
        """Whether a passage with its headings speaks of nearly all of a topic."""
        return self._search.spoken_of(terms, found.index) >= self._bounds.enough(limited=False)

    def _speaks(self, found: Found, terms: Sequence[Term], share: float) -> bool:
        """Whether it is the very passage that an answer would be taken from that speaks of the topic."""
        return found.support >= self._bounds.supported - _BEHIND and self._search.spoken_of(terms, found.index) >= share

    def _about_documents(self, limits: Limits, terms: Sequence[Term]) -> bool:
        """Whether documents within the limits bear the topic's name: then a date is theirs, not the matter's."""
        within = self._resolver.within(self._library.knowledge.documents, limits)
        return any(coverage(terms, self._library.own_words[entry.key]) >= SUPPORTED for entry in within)

    def units_of(self, question: str, query: Query, entry: Document, *, claim: str | None = None) -> Answer:
        """Who must carry out a document, by the clause that cites it and speaks most of what is asked.

        `claim` is what the question says of the document against the texts.
        """
        terms = self._search.terms(query)
        citing = self._library.passages_citing(entry)
        if not citing:
            return self.refuse(question, query, terms, 0.0)
        if not terms:
            chosen = Found(max(citing, key=self._search.has_unit), 1.0, 1.0, 1.0)
        else:
            chosen = self._search.best_of(query, terms, citing)
        return self._units.units(question, query, chosen, (entry,), claim=claim)

    def labelled(self, question: str, query: Query, limits: Limits) -> Answer | None:
        """What a section says after a label: "Đơn vị chủ trì: …", "Thời gian: …"; None where no one section does.

        The section is the one whose headings speak of the whole topic.
        """
        label = asked_label(query)
        terms = [term for term in self._lists.topic_terms(query, limits) if label and not label.said_by(term.bare)]
        if label is None or not terms:
            return None
        told = [
            (self._search.spoken_of(terms, index), index)
            for index, passage in enumerate(self._search.passages)
            if passage.kind == "clause" and (label.opens(passage.text) or self._heading(index, label))
        ]
        most = max((share for share, _ in told), default=0.0)
        best = [index for share, index in told if share == most]
        sections = {(self._search.passages[index].source, self._heading(index, label) or index) for index in best}
        if most < _LABELLED or not best or (len(sections) > 1 and label.names_units):
            return None
        if label.names_units:
            return self._units.units(question, query, Found(best[0], 1.0, 1.0, 1.0), ())
        if len(sections) > _MOST_SECTIONS:
            return None
        return self._contents.quotes(question, best)

    def _heading(self, index: int, label: Label) -> str:
        """The heading above a passage that begins with a label, "" where there is none."""
        return next((one for one in self._search.passages[index].context.split(" > ") if label.heads(one)), "")

    def refuse(self, question: str, query: Query, terms: Sequence[Term], support: float) -> Answer:
        """An honest refusal, with what was searched for."""
        if terms and support < self._bounds.outside and not query.this_document:
            return refusal(question, "out_of_scope", "not_found_out_of_scope", texts=len(self._library.texts))
        typed = fold(question)
        forms = [next((form for form in (term.text, term.bare) if form in typed), None) for term in terms]
        words = ", ".join(filter(None, forms))
        message = "not_found_no_evidence" if words else "not_found_no_words"
        return refusal(question, "no_evidence", message, texts=len(self._library.texts), words=words)

    def _documents(
        self, question: str, query: Query, limits: Limits, ranked: Sequence[Found], terms: Sequence[Term]
    ) -> Answer:
        if own := self._own_rule(limits, ranked, terms):
            return self._own_document(question, query, own, terms)
        if query.slots & _DOCUMENT_SLOTS == {"date"} and not query.asks_own_fact and not limits:
            dated = self._search.states_time(ranked[0].index) and self._speaks(ranked[0], terms, self._bounds.spoken)
            if dated:  # when something is to be done, not when a document was issued
                return self._contents.quote(question, query, ranked, terms=terms)
        scored = self._search.documents(ranked, terms)
        pool = [(entry, found) for entry, found in scored if self._resolver.fits(entry, limits)]
        claim = None
        enough = self._bounds.enough(limited=bool(limits and pool))
        if "document" not in query.slots and query.slots & {"date", "issuer", "number"}:
            pool = [item for item in pool if coverage(terms, self._library.own_words[item[0].key]) >= SUPPORTED]
            if not pool and not limits:
                return self._dated_content(question, query, ranked, terms)
        if not pool and limits and scored and self._bears_name(scored[0][0], terms):
            pool, claim = scored[:1], self._claim(query, scored[0][0], limits)
            if claim is None:
                return self.refuse(question, query, terms, SUPPORTED)
        plain = self._plain(query, ranked)
        if plain and len(self._library.held) > 1 and self._is_own(plain, limits, pool[0][1] if pool else None):
            return self._own_document(question, query, plain, terms)
        if not pool and limits:
            return self.refuse(question, query, terms, ranked[0].covered)
        if not pool or (plain and plain.covered > pool[0][1].covered + _OWN_WORDS_LEAD and not limits):
            return self._own_document(question, query, plain or ranked[0], terms)
        pool = self._of_lead_type(query, pool, enough)
        if pool[0][1].support < enough:
            return self.refuse(question, query, terms, pool[0][1].support)
        return self._word_documents(question, query, self._chosen(query, pool, limits, terms), claim)

    def _plain(self, query: Query, ranked: Sequence[Found]) -> Found | None:
        """The best passage that speaks for its own text and cites no other; who does a thing no title tells."""
        plain = [found for found in ranked if not self._search.passages[found.index].references]
        if "unit" in query.slots:
            plain = self._units.by_unit(query, plain)
        return plain[0] if plain else None

    def _is_own(self, plain: Found, limits: Limits, cited: Found | None) -> bool:
        """Whether one of several held texts speaks itself of a topic, and more than the best that it cites does."""
        entry = self._library.held[self._search.passages[plain.index].source]
        more = cited is None or plain.covered > cited.covered
        return more and self._resolver.fits(entry, limits) and self._supports(plain)

    def _of_lead_type(
        self, query: Query, pool: list[tuple[Document, Found]], enough: float
    ) -> list[tuple[Document, Found]]:
        """The documents of the type that a question opens with, "Chỉ thị về … ban hành khi nào", where one will do."""
        lead = lead_type(query.bare)
        of_type = [item for item in pool if any(self._resolver.is_of_type(item[0], name) for name in lead)]
        return of_type if of_type and of_type[0][1].support >= enough else pool

    def _bears_name(self, entry: Document, terms: Sequence[Term]) -> bool:
        """Whether a document is about a topic by its own title."""
        return coverage(terms, self._library.title_words(entry)) >= _NAMED - 0.1

    def _dated_content(self, question: str, query: Query, ranked: Sequence[Found], terms: Sequence[Term]) -> Answer:
        """What a text says of a time, where the question asks for the date of no document."""
        dated = [found for found in ranked if self._search.states_time(found.index)]
        if "date" in query.slots and dated and dated[0].support >= SUPPORTED and dated[0] is ranked[0]:
            return self._contents.quote(question, query, dated)
        return self.refuse(question, query, terms, ranked[0].covered)

    def _own_rule(self, limits: Limits, ranked: Sequence[Found], terms: Sequence[Term]) -> Found | None:
        """The passage of a held law that rules on the topic; one whose law bears the topic's name comes first."""
        in_laws = [found for found in ranked if self._search.in_law(found.index)]
        held = self._library.held
        fitting = [f for f in in_laws if self._resolver.fits(held[self._search.passages[f.index].source], limits)]
        for found in fitting:
            entry = held[self._search.passages[found.index].source]
            if coverage(terms, self._library.title_words(entry)) >= _NAMED:
                return found
        if fitting and (fitting[0].index == ranked[0].index or (limits.types and self._supports(fitting[0]))):
            return fitting[0]
        return None

    def _supports(self, found: Found) -> bool:
        return found.support >= self._bounds.enough(limited=False)

    def _chosen(
        self, query: Query, pool: Sequence[tuple[Document, Found]], limits: Limits, terms: Sequence[Term]
    ) -> list[tuple[Document, Found]]:
        """The best document, those that speak of the topic as well, and those of what it leaves out.

        For a list, all whose names hold the topic word for word, else all that speak of much of it.
        """
        top = pool[0][1]
        if query.slots & {"list", "count"}:
            phrase = f" {' '.join(term.text for term in terms)} "
            named = [item for item in pool if len(terms) > 1 and phrase in self._library.own_words[item[0].key]]
            most = max(item[1].covered for item in pool)
            much = [item for item in pool if item[1].covered >= max(_LISTED, _LISTED_NEAR * most)]
            return (named or much or list(pool[:1]))[:_MOST_LISTED]
        chosen = [
            item for item in pool
            if item[1].score >= top.score - NEAR and item[1].covered >= top.covered - NEAR_COVERAGE
        ]  # fmt: skip
        if not limits:
            chosen += self._beside(chosen, pool, terms)
        return list({entry.key: (entry, found) for entry, found in chosen}.values())[:_MOST_DOCUMENTS]

    def _beside(
        self,
        chosen: Sequence[tuple[Document, Found]],
        pool: Sequence[tuple[Document, Found]],
        terms: Sequence[Term],
    ) -> list[tuple[Document, Found]]:
        """What the best document's sentence goes on to list, and documents for what it leaves out of the topic."""
        top = chosen[0][1]
        listed = [
            (entry, Found(index, 0.0, 0.0, top.support))
            for index in self._search.enumerated(top, terms)
            if len(self._search.passages[index].references) == 1
            for entry in self._library.cited(self._search.passages[index])
        ]
        left = [
            term for term in terms if all(f" {term.text} " not in self._library.own_words[e.key] for e, _ in chosen)
        ]
        rest = [item for item in pool if coverage(left, self._library.own_words[item[0].key]) >= SUPPORTED]
        return listed + (rest if sum(t.weight for t in left) > _LEFT_OUT * sum(t.weight for t in terms) else [])

    def _claim(self, query: Query, entry: Document, limits: Limits) -> str | None:
        if limits.issuers and all(self._resolver.contradicts(entry, issuer) for issuer in limits.issuers):
            return wording("claim_issuer", claimed=self._resolver.issuer_name(limits.issuers[0]), known=entry.issuer)
        if limits.types and entry.type not in limits.types:
            return wording("claim_type", claimed=sorted(limits.types)[0], known=entry.type)
        return None

    def _word_documents(
        self, question: str, query: Query, chosen: Sequence[tuple[Document, Found]], claim: str | None
    ) -> Answer:
        draft = Draft(self._library, question)
        terms = self._lists.topic_terms(query, self._resolver.limits(query))
        proofs = [
            compose.proof(draft, self._library, entry, prefer=[found.index], terms=terms) for entry, found in chosen
        ]
        if claim:
            draft.say("corrected", proofs[0], claim=claim)
        if len(chosen) == 1:
            compose.say_document(draft, self._library, chosen[0][0], proofs[0])
        else:
            draft.say("documents_intro", [n for numbers in proofs for n in numbers], count=len(chosen))
            compose.say_list(draft, self._library, [entry for entry, _ in chosen], proofs)
        if "unit" in query.slots or asked_verb(query):
            self._units.say(draft, query, chosen[0][1].index)
        compose.add_as_of(draft, self._library)
        return draft.finish("corrected" if claim else "answered")

    def _own_document(self, question: str, query: Query, found: Found, terms: Sequence[Term]) -> Answer:
        """The held document itself governs the topic: it says so without citing another."""
        draft = Draft(self._library, question)
        passage = self._search.passages[found.index]
        entry = self._library.held[passage.source]
        by_head = query.slots & {"date", "issuer", "number"} or any(letter.isdigit() for letter in entry.title or "")
        proof = compose.proof(draft, self._library, entry) if by_head else ()
        scope = self._search.scope(passage.source, terms) if "unit" not in query.slots else None
        quotes = []
        told = scope[1] if scope else 0.0
        if scope and told >= found.covered - _SCOPE_BEHIND:
            provision = self._library.provision(passage.source, scope[0])
            citations = draft.cite(passage.source, scope[0], provision.segments)
            locator = self._library.located(passage.source, provision.locator)
            quotes.append((citations, locator, self._library.words_of(passage.source, scope[0])))
        if not quotes or found.covered >= told:
            quotes.append((draft.cite_passage(found.index), self._library.place_name(passage), passage.text))
        compose.say_document(draft, self._library, entry, proof or quotes[0][0], asked=query.slots)
        for citations, locator, quote in quotes:
            draft.say("quote", citations, locator=locator, quote=quote)
        if "unit" in query.slots or asked_verb(query):
            self._units.say(draft, query, found.index)
        compose.add_as_of(draft, self._library)
        return draft.finish("answered")
