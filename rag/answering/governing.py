"""The documents that govern a topic: those that a text cites for it, or the text itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering import compose
from rag.answering.bounds import SUPPORTED, Bounds
from rag.answering.candidates import matter_of
from rag.answering.content import ContentAnswers
from rag.answering.draft import Draft, wording
from rag.answering.facts import FactAnswers
from rag.answering.holdings import Library, bare_line
from rag.answering.lists import ListAnswers
from rag.answering.measures import asks_deadline
from rag.answering.query import Query, lead_type, names_type
from rag.answering.recipients import asked_verb
from rag.answering.referred import ruled_by
from rag.answering.refusing import answers, refuse_topic
from rag.answering.resolve import Limits, Resolver
from rag.answering.responsible import UnitAnswers
from rag.answering.scope import scope_of
from rag.answering.search import NEAR, NEAR_COVERAGE, Found, TopicSearch
from rag.answering.titled import by_title
from rag.index.topics import Term, coverage, term_line
from rag.types import Answer, Document

_OWN_WORDS_LEAD = 0.25
_LISTED, _LISTED_NEAR = 0.45, 0.7
_MOST_DOCUMENTS, _MOST_LISTED = 6, 30
_SCOPE_BEHIND = 0.1
"""How much less of a topic than the best passage the article on a text's scope may speak of to prove what it rules."""
_SEVERAL = re.compile(r"\b(?:cac|nhung|moi|tung|lan luot)\b")
"""What tells that a question asks of several documents."""
_SEVERAL_AT_ONCE = re.compile(r"\bva\b|\bnao\b.*\bnao\b|\bvoi\b|\bso may\b.*\bso may\b")
_LEFT_OUT = 0.3
_OWN_PART = 0.4
"""The share of a topic that a document's own words have at least, where the clause that cites it has all of it."""
_NAMED = 0.9
"""The share of a topic that a name has which bears it."""
DOCUMENT_SLOTS = frozenset(("document", "date", "issuer", "number", "list", "count"))
"""What is asked of documents."""


class GoverningAnswers:
    """Answers which documents govern a topic, from one snapshot; read-only."""

    def __init__(
        self,
        library: Library,
        resolver: Resolver,
        search: TopicSearch,
        *,
        contents: ContentAnswers,
        units: UnitAnswers,
        lists: ListAnswers,
        bounds: Bounds,
    ) -> None:
        self._library, self._resolver, self._search, self._bounds = library, resolver, search, bounds
        self._contents, self._units, self._lists = contents, units, lists
        self._facts = FactAnswers(library, resolver)

    def answer(
        self, question: str, query: Query, limits: Limits, ranked: Sequence[Found], terms: Sequence[Term]
    ) -> Answer:
        """The documents that govern a topic, or a held text's own words where it governs it itself."""
        if titled := by_title(self._library, self._resolver, self._search, query, limits, ranked, terms):
            return self._own_document(question, query, titled, terms)
        if own := self._own_rule(limits, ranked, terms):
            return self._own_document(question, query, own, terms)
        if query.slots & DOCUMENT_SLOTS == {"date"} and not query.asks_own_fact and self._is_of_matter(query, limits):
            dated = self._dated(ranked, terms)
            if dated:  # when something is to be done, not when a document was issued
                if "unit" in query.slots:
                    return self._units.units(question, query, dated, (), quoted=[dated.index])
                chosen = [dated, *(found for found in ranked if found is not dated)]
                return self._contents.quote(question, query, chosen, terms=terms)
            if asks_deadline(query):
                return self._due(question, query, ranked, terms)
        scored = self._search.documents(ranked, terms)
        pool = [(entry, found) for entry, found in scored if self._resolver.fits(entry, limits)]
        claim = None
        enough = self._bounds.enough(limited=bool(limits and pool))
        if "document" not in query.slots and query.slots & {"date", "issuer", "number"}:
            beside = [(entry, found) for entry, found in pool if self._is_beside(found, terms)]
            pool = [(entry, found) for entry, found in pool if self._is_meant(entry, found, terms)]
            pool = pool or (beside[:1] if limits.types else [])
            if not pool and not limits:
                return self._dated_content(question, query, ranked, terms)
        if limits.types and not pool and (own := self._own_of_type(limits, ranked)):
            return self._own_document(question, query, own, terms)
        if not pool and limits and scored and self._bears_name(scored[0][0], terms):
            pool, claim = scored[:1], self._claim(query, scored[0][0], limits)
            if claim is None:  # "đại hội cấp xã": the level may be the matter's
                pool = [(e, found) for e, found in scored if self._resolver.fits(e, Limits(types=limits.types))]
            if not pool:
                return self._refuse(question, query, terms, SUPPORTED)
        plain = self._plain(query, ranked)
        if plain and len(self._library.held) > 1 and self._is_own(plain, limits, pool[0] if pool else None, terms):
            return self._own_document(question, query, plain, terms)
        if not pool and limits:
            by_level = limits == Limits(levels=limits.levels)  # "tự chấm điểm của xã" may be whose matter it is
            if by_level and self._bears_name(self._library.held[self._search.passages[ranked[0].index].source], terms):
                return self._own_document(question, query, ranked[0], terms)
            if not (pool := self._further(query, limits, terms)):
                return self._contents.nearest(question, query, ranked, terms)
        if not pool or (plain and not limits and self._says_more(plain, pool[0], terms)):
            return self._own_document(question, query, plain or ranked[0], terms)
        pool = self._of_lead_type(query, pool, enough)
        doubtful = pool[0][1].support < enough
        governing = self._chosen(query, pool, limits, terms)
        return self._word_documents(question, query, governing, claim, nearest=doubtful)

    def _further(self, query: Query, limits: Limits, terms: Sequence[Term]) -> list[tuple[Document, Found]]:
        """The documents within limits that no passage near the question cites, where one is evidence enough."""
        within = self._resolver.within(self._library.knowledge.documents, limits)
        citing = sorted({index for entry in within for index in self._library.passages_citing(entry)})
        scored = self._search.documents(self._search.ranked_of(query, terms, citing), terms) if citing else []
        pool = [(entry, found) for entry, found in scored if self._resolver.fits(entry, limits)]
        return pool if pool and answers(self._search, self._bounds, query, [pool[0][1]], terms) else []

    def _due(self, question: str, query: Query, ranked: Sequence[Found], terms: Sequence[Term]) -> Answer:
        """The best passage that states a day and speaks of nearly as much of a task as any."""
        due = next(
            (
                found for found in ranked
                if self._search.states_day(found.index) and found.covered >= ranked[0].covered - NEAR_COVERAGE
            ),
            None,
        )  # fmt: skip
        if due is None:
            return self._refuse(question, query, terms, ranked[0].covered)
        return self._contents.quote(question, query, [due], terms=terms)

    def _dated(self, ranked: Sequence[Found], terms: Sequence[Term]) -> Found | None:
        """The best passage, or one of its provision or below it that speaks of as much, where it states a day."""
        passages, best = self._search.passages, ranked[0]
        source, place = passages[best.index].source, passages[best.index].provision
        inside = frozenset(self._library.inside(source, place))
        least = self._search.spoken_of(terms, best.index)
        return next(
            (
                found for found in ranked
                if passages[found.index].source == source and passages[found.index].provision in inside
                and self._search.states_day(found.index)
                and self._search.spoken_of(terms, found.index) >= least
            ),
            None,
        )  # fmt: skip

    @staticmethod
    def _is_of_matter(query: Query, limits: Limits) -> bool:
        """Whether a time is asked that is no document's: nothing limits those, or but whom the matter is about."""
        of_documents = limits.types or limits.dates or limits.year
        return not limits or not (of_documents or names_type(query.bare) or query.numbers)

    def _is_meant(self, entry: Document, found: Found, terms: Sequence[Term]) -> bool:
        """Whether it is a document whose own words, or the better part of them in a clause on all of it, are asked."""
        own = coverage(terms, self._library.own_words[entry.key])
        matter = matter_of(terms)
        if matter and not coverage(matter, self._library.own_words[entry.key]):
            return False
        return own >= SUPPORTED or (own >= _OWN_PART and self._search.spoken_of(terms, found.index) >= _NAMED)

    def _is_beside(self, found: Found, terms: Sequence[Term]) -> bool:
        """Whether the clause that names a document has the matter, whatever the document's own title says of it."""
        return coverage(matter_of(terms), term_line(self._library.clause_text(found.index))) >= _NAMED

    def _own_of_type(self, limits: Limits, ranked: Sequence[Found]) -> Found | None:
        """The best passage, where the text that it stands in is itself of the kind asked for."""
        top = ranked[0]
        entry = self._library.held[self._search.passages[top.index].source]
        return top if self._resolver.fits(entry, limits) and self._supports(top) else None

    def _plain(self, query: Query, ranked: Sequence[Found]) -> Found | None:
        """The best passage that speaks for its own text and cites no other; who does a thing no title tells."""
        plain = [found for found in ranked if not self._search.passages[found.index].references]
        if "unit" in query.slots:
            plain = self._units.by_unit(query, plain)
        return plain[0] if plain else None

    def _is_own(
        self, plain: Found, limits: Limits, cited: tuple[Document, Found] | None, terms: Sequence[Term]
    ) -> bool:
        """Whether one of several held texts speaks itself of a topic, and more than the best that it cites does.

        Where both speak of all of it, the one does that has it in its title, and not what it is based on.
        """
        entry = self._library.held[self._search.passages[plain.index].source]
        more = cited is None or plain.covered > cited[1].covered
        if cited is not None and plain.covered == cited[1].covered:
            more = self._bears_name(entry, terms) and not self._bears_name(cited[0], terms)
        return more and self._resolver.fits(entry, limits) and self._supports(plain)

    def _says_more(self, plain: Found, cited: tuple[Document, Found], terms: Sequence[Term]) -> bool:
        """Whether a text's own words speak clearly more of a topic than what it cites, or alone of its rarest word."""
        entry, found = cited
        rarest = max(terms, key=lambda term: term.weight)
        clause = term_line(self._library.clause_text(found.index))
        alone = (
            self._search.covered([rarest], plain.index) >= _NAMED
            and coverage([rarest], self._library.own_words[entry.key]) < SUPPORTED
            and coverage([rarest], clause) < SUPPORTED
        )
        return plain.covered > found.covered + (0.0 if alone else _OWN_WORDS_LEAD)

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
        dated = self._dated(ranked, terms)
        if "date" in query.slots and dated and dated.support >= SUPPORTED:
            rest = [found for found in ranked if found is not dated and self._search.states_day(found.index)]
            return self._contents.quote(question, query, [dated, *rest])
        if query.slots & {"issuer", "number"}:
            return self._contents.nearest(question, query, ranked, terms)
        return self._refuse(question, query, terms, ranked[0].covered)

    def _own_rule(self, limits: Limits, ranked: Sequence[Found], terms: Sequence[Term]) -> Found | None:
        """The passage of a held law that rules on the topic; one whose law bears the topic's name comes first."""
        in_laws = [found for found in ranked if self._search.in_law(found.index)]
        held = self._library.held
        top = self._search.passages[ranked[0].index]
        fitting = [f for f in in_laws if self._resolver.fits(held[self._search.passages[f.index].source], limits)]
        for found in fitting:
            entry = held[self._search.passages[found.index].source]
            if coverage(terms, self._library.title_words(entry)) >= _NAMED:
                return found
        if fitting and fitting[0].index == ranked[0].index:
            rulers = ruled_by(self._library, top) if limits.types else ()
            return None if any(self._resolver.fits(entry, limits) for entry in rulers) else fitting[0]
        cited = self._library.cited(top)
        told = any(self._resolver.fits(entry, limits) for entry in cited)
        behind = fitting and fitting[0].covered < ranked[0].covered - _OWN_WORDS_LEAD
        if fitting and limits.types and not (told and behind) and self._supports(fitting[0]):
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
        if several := self._for_each(query, pool, limits):
            return several
        chosen = [
            item for item in pool
            if item[1].score >= top.score - NEAR and item[1].covered >= top.covered - NEAR_COVERAGE
        ]  # fmt: skip
        if not limits:
            chosen += self._beside(chosen, pool, terms)
        chosen += [(twin, chosen[0][1]) for twin in self._twins(chosen[0][0])]
        return list({entry.key: (entry, found) for entry, found in chosen}.values())[:_MOST_DOCUMENTS]

    def _twins(self, entry: Document) -> list[Document]:
        """The documents that a text names together with one, of which no title tells which is on what: "A và B"."""
        if entry.title:
            return []
        found = []
        for other in self._library.knowledge.documents:
            alike = (other.type, other.date, other.issuer, other.title) == (entry.type, entry.date, entry.issuer, None)
            if alike and other.key != entry.key and entry.date and self._library.named_together(entry, other):
                found.append(other)
        return found

    def _for_each(
        self, query: Query, pool: Sequence[tuple[Document, Found]], limits: Limits
    ) -> list[tuple[Document, Found]]:
        """The best document of each of several issuers or types that a question asks for side by side."""
        each = [Limits(issuers=(name,)) for name in limits.issuers if len(limits.issuers) > 1]
        each += [Limits(types=frozenset((name,))) for name in sorted(limits.types) if len(limits.types) > 1]
        if "yes_no" in query.slots or not _SEVERAL_AT_ONCE.search(query.bare):
            return []
        enough = self._bounds.enough(limited=True)
        best = [next((one for one in pool if self._resolver.fits(one[0], limit)), None) for limit in each]
        return [one for one in best if one is not None and one[1].support >= enough]

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
        named = bare_line(entry.type) in f" {query.bare} "  # "kế hoạch căn cứ nghị định nào" has both
        if limits.types and entry.type not in limits.types and not named:
            return wording("claim_type", claimed=sorted(limits.types)[0], known=entry.type)
        return None

    def _word_documents(
        self,
        question: str,
        query: Query,
        chosen: Sequence[tuple[Document, Found]],
        claim: str | None,
        *,
        nearest: bool = False,
    ) -> Answer:
        limits = self._resolver.limits(query)
        apart = len(limits.issuers) > 1 or len(limits.types) > 1
        if len(chosen) > 1 and not claim and not apart and _asks_of_one(query):
            return self._facts.ambiguous(question, "", [entry for entry, _ in chosen])
        draft = Draft(self._library, question)
        if nearest:
            draft.say_nearest(chosen[0][1].index)
            self._contents.say_quotes(draft, [chosen[0][1].index])
        terms = self._lists.topic_terms(query, limits)
        claim = claim or (self._contents.wrong_title(query, chosen[0][0], terms) if len(chosen) == 1 else None)
        proofs = [
            compose.proof(draft, self._library, entry, prefer=[found.index], terms=terms) for entry, found in chosen
        ]
        if claim:
            draft.say("corrected", proofs[0], claim=claim)
        if len(chosen) == 1:
            compose.say_document(draft, self._library, chosen[0][0], proofs[0], asked=query.slots)
        else:
            draft.say("documents_intro", [n for numbers in proofs for n in numbers], count=len(chosen))
            compose.say_list(draft, self._library, [entry for entry, _ in chosen], proofs)
        if ("unit" in query.slots or asked_verb(query)) and "issuer" not in query.slots:
            own = "".join(self._library.own_words[entry.key] for entry, _ in chosen)
            rest = [term for term in terms if f" {term.text} " not in own and self._search.is_known(term)]
            self._units.say(draft, query, self._units.beside(chosen[0][1].index, rest))
        compose.add_as_of(draft, self._library)
        return draft.finish("corrected" if claim else "answered")

    def _own_document(self, question: str, query: Query, found: Found, terms: Sequence[Term]) -> Answer:
        """The held document itself governs the topic: it says so without citing another."""
        draft = Draft(self._library, question)
        passage = self._search.passages[found.index]
        entry = self._library.held[passage.source]
        by_head = query.slots & {"date", "issuer", "number"} or any(letter.isdigit() for letter in entry.title or "")
        proof = compose.proof(draft, self._library, entry) if by_head else ()
        scope = scope_of(self._library, passage.source, terms) if "unit" not in query.slots else None
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
            says = self._units.of_provision(query, found.index, terms) if "unit" in query.slots else None
            self._units.say(draft, query, found.index if says is None else says)
        compose.add_as_of(draft, self._library)
        return draft.finish("answered")

    def _refuse(self, question: str, query: Query, terms: Sequence[Term], support: float) -> Answer:
        return refuse_topic(self._library, self._bounds, question, query, terms, support)


def _asks_of_one(query: Query) -> bool:
    """Whether a question asks for a fact of one document: "quyết định kiện toàn là số mấy"."""
    of_one = query.slots & {"number", "date", "issuer"} and not query.slots & {"document", "list", "count", "unit"}
    return bool(of_one) and _SEVERAL.search(query.bare) is None
