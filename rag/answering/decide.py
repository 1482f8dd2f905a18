"""From an understood question to an answer: which kind of answer the texts support is decided here."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.answering.agents import asked_act
from rag.answering.asked import Asked
from rag.answering.bounds import BOUNDS, Bounds
from rag.answering.charged import ChargedAnswers
from rag.answering.comparing import Comparisons
from rag.answering.content import ContentAnswers
from rag.answering.counting import CountedAnswers
from rag.answering.definitions import Definitions
from rag.answering.documents import DocumentAnswers
from rag.answering.draft import refusal
from rag.answering.duties import duties_of
from rag.answering.effects import EffectAnswers
from rag.answering.facts import FactAnswers
from rag.answering.following import Focus, FollowUps
from rag.answering.holdings import Library, bare_line
from rag.answering.labels import counted_items
from rag.answering.lists import ListAnswers
from rag.answering.measures import asks_deadline, asks_telephone
from rag.answering.members import MemberAnswers
from rag.answering.offices import OfficeAnswers
from rag.answering.ordinals import asked_ordinals
from rag.answering.pasted import PastedAnswers
from rag.answering.places import PlaceAnswers
from rag.answering.pointed import PointedAnswers
from rag.answering.query import Query
from rag.answering.relations import RelationAnswers
from rag.answering.resolve import FACT_SLOTS, Limits, Resolver, without_issuers
from rag.answering.responsible import acts_on_itself, done_to
from rag.answering.retrieve import Retriever
from rag.answering.rows import RowAnswers
from rag.answering.search import TopicSearch
from rag.answering.subject import Subject, Subjects
from rag.answering.topical import TopicAnswers
from rag.answering.years import other_years, without_own_year
from rag.index.topics import TOPIC_GAP, Term, coverage
from rag.types import Answer, Citation, Document, Passage

_DUTY_HEADING = re.compile(r"trách nhiệm|nhiệm vụ|quyền hạn", re.IGNORECASE)
_OWN_TITLE = 0.99
_HALF = 0.5
"""The share of the words for what is done to something that what tells who does it has more of."""
_BACK, _OWN_MATTER = re.compile(r"\b(?:nay|do|ay)\b"), 4
"""What may leave the matter of a part of a question to another, and how many words it has alone where it does not."""
_NAME = 4
"""The most syllables of what is named alone, with nothing else said of it."""
_MOST_OF_TITLE, _CLEARLY = 0.8, 0.1
"""The share of a question that a document's title has where it is meant though a word is not its own, and its lead."""
_SAYS_NOTHING = 2
"""How many words without a matter may be left of a question that has everything listed: "liệt kê hết"."""
_CALLED = frozenset(("number", "title", "issuer"))
_CITED = frozenset(("document", "list", "count", "date", "issuer", "number"))
_NO_NAME = frozenset(
    ("cac", "nhung", "ban", "cua", "nay", "do", "cap", "ve", "kem", "theo", "cho", "kho", "van", "ngay")
)
"""What asks for a day that a text sets, not for its own."""
_INSIDE = re.compile(r"(?:^|\b(?:trong|theo|o|tai|cua) )(?:ban |bo )?$")
"""What stands before the name of the text in which something stands."""
_SAYS = re.compile(r"^ (?:co |da )?(?:quy dinh|noi|neu|ghi|cho phep|cam|yeu cau|bat buoc|giao)\b")
"""What a text does that a question names as its source."""
_MEANT = 0.6
"""The share of the words for the citing text that its title, issuer and level have."""


Handler = Callable[[Asked], Answer | None]
"""Gives the answer to the questions of its kind, None to the others."""


class Decider:
    """Answers understood questions from one snapshot; safe to share between threads."""

    def __init__(self, library: Library, retriever: Retriever, bounds: Bounds = BOUNDS) -> None:
        self._library = library
        self._resolver = Resolver(library)
        self._search = TopicSearch(library, retriever)
        self._facts = FactAnswers(library, self._resolver)
        self._lists = lists = ListAnswers(library, self._resolver, self._search)
        self._topics = TopicAnswers(library, self._resolver, self._search, lists=lists, bounds=bounds)
        self._follow_ups = FollowUps(library, self._resolver, lists)
        self._places = PlaceAnswers(library, self._resolver)
        self._subjects = subjects = Subjects(library, self._resolver)
        self._charged = ChargedAnswers(library, subjects)
        self._documents = DocumentAnswers(
            library,
            self._resolver,
            subjects=subjects,
            facts=self._facts,
            places=self._places,
            topics=self._topics,
            lists=lists,
            search=self._search,
            bounds=bounds,
        )
        self._contents = contents = ContentAnswers(library, self._search)
        self._rows = RowAnswers(library, self._resolver)
        self._members = MemberAnswers(self._search, contents, self._topics, CountedAnswers(library, self._search))
        self._offices = OfficeAnswers(library, self._search, bounds)
        self._definitions = definitions = Definitions(retriever.passages)
        self._comparisons = Comparisons(
            library,
            subjects,
            search=self._search,
            contents=contents,
            definitions=definitions,
            resolver=self._resolver,
            facts=self._facts,
            bounds=bounds,
        )
        self._effects = EffectAnswers(library, subjects, self._facts, self._places)
        self._relations = RelationAnswers(library, self._resolver, subjects, self._places)
        self._pointed = PointedAnswers(
            library, subjects, places=self._places, facts=self._facts, search=self._search, bounds=bounds
        )
        self._pasted = PastedAnswers(library, self._resolver, self._facts)
        self._handlers = self._in_order()
        documents = library.knowledge.documents
        self._keys = {(entry.number, entry.title, entry.type): entry.key for entry in documents}

    def _in_order(self) -> tuple[Handler, ...]:
        """The kinds of answer as they are tried: the first that has one gives it, and what none knows is a topic."""
        return (
            self._presumed,
            self._telephone,
            self._unknown_law,
            self._relations.answer,
            self._effects.answer,
            self._pointed.at_place,
            self._pointed.of_whole,
            self._pointed.whereabouts,
            self._rows.answer,
            self._members.answer,
            self._charged.answer,
            self._pasted.title,
            self._documents.numbered,
            self._documents.by_unheld,
            self._documents.named,
            self._documents.basis,
            self._at_place,
            self._own_fact,
            self._extreme,
            self._office_holder,
            self._defined,
            self._comparisons.answer,
            self._headed_duties,
            self._unit_duties,
            self._listing,
            self._labelled,
            self._headed,
        )

    def answer(self, question: str, query: Query, focus: Focus) -> tuple[Answer, Focus]:
        """The answer to one question and what the conversation is about after it."""
        query, carried = self._follow_ups.of(query, focus)
        answer = self._checked(query, self._answer(self._asked(question, query, carried)))
        named = (self._keys.get((item.number, item.title, item.type)) for item in answer.documents)
        keys = tuple(key for key in named if key)
        told = " ".join(term.text for term in self._lists.topic_terms(query, self._resolver.limits(query)))
        return answer, Focus(
            documents=keys or focus.documents,
            topic=told or ("" if query.numbers else focus.topic),
            slots=query.slots or focus.slots,
            numbers=query.numbers or (() if told else focus.numbers),
            types=query.types or (frozenset() if query.numbers else focus.types),
            issuers=_said_issuers(self._resolver.limits(query)) or ("" if query.numbers else focus.issuers),
            places=tuple((one.source, one.start) for one in answer.citations) or focus.places,
        )

    def _checked(self, query: Query, answer: Answer) -> Answer:
        """An answer; a refusal where it is on another year than the question, or names what others are to act on."""
        if acts_on_itself(query, answer) or self._leaves_out(done_to(query), answer):
            return refusal(answer.question, "no_evidence", "not_found_no_words", texts=len(self._library.texts))
        years = other_years(query.restored, answer, self._library, of_documents=_CALLED >= query.slots > set())
        if not years:
            return answer
        texts, said = len(self._library.texts), ", ".join(years)
        return refusal(answer.question, "no_evidence", "not_found_other_year", texts=texts, years=said)

    def _leaves_out(self, done: str, answer: Answer) -> bool:
        """Whether no text around what an answer's units are quoted from speaks of most of what they act on."""
        terms = self._search.terms_of(done)
        if not terms or not answer.units or len(done.split()) > _NAME:
            return False
        cited = [answer.citations[number - 1] for unit in answer.units for number in unit.citations]
        near = [at for at, one in enumerate(self._search.passages) if any(_overlap(one, place) for place in cited)]
        return bool(near) and not any(self._search.around(terms, at) > _HALF for at in near)

    def tells_apart(self, queries: Sequence[Query]) -> bool:
        """Whether each of several questions has a matter of its own, so that none is left to another."""
        words = [{term.text for term in self._search.terms(query)} for query in queries]
        return not any(query.points_back or _BACK.search(query.bare) for query in queries) and all(
            len(own.difference(*(other for other in words if other is not own))) >= _OWN_MATTER for own in words
        )

    def about(self, question: str, query: Query, documents: Sequence[Document]) -> Answer:
        """The answer to what a question asks of given documents, at least one, whatever else it speaks of."""
        return self._documents.of(self._asked(question, replace(query, topic="")), list(documents))

    def _asked(self, question: str, query: Query, carried: Sequence[Document] = ()) -> Asked:
        citing = self._citing(query) if query.besides and not query.numbers and not query.locators else ()
        if citing and query.besides and (query.besides.slots & _CITED or query.besides.superlative):
            query = query.besides
        else:
            citing = ()
        query = without_own_year(query, self._library)
        return Asked(question, query, self._resolver.limits(query), self._search.terms(query), tuple(carried), citing)

    def _citing(self, query: Query) -> tuple[str, ...]:
        """The sources of the held texts that a question names as those that cite what it asks for."""
        said = bare_line(query.citing)
        held = [entry for entry in self._library.held.values() if f" {bare_line(entry.type).strip()} " in said]
        dated = self._resolver.within(held, Limits(dates=query.dates)) if query.dates else []
        held = dated or held
        kinds = {word for entry in held for word in bare_line(entry.type).split()}
        words = [word for word in said.split() if word not in _NO_NAME | kinds and not word.isdigit()]
        shares = {entry.source or "": self._share(entry, words) for entry in held}
        most = max(shares.values(), default=0.0)
        return tuple(source for source, share in shares.items() if share == most and (share >= _MEANT or not words))

    def _share(self, entry: Document, words: Sequence[str]) -> float:
        """The share of words that a document's title, issuer or level has."""
        line = bare_line(f"{self._library.title_words(entry)} {entry.level or ''}")
        return sum(f" {word} " in line for word in words) / max(1, len(words))

    def _answer(self, asked: Asked) -> Answer:
        for handler in self._handlers:
            answer = handler(asked)
            if answer is not None:
                return answer
        return self._topics.answer(
            asked.question, asked.query, asked.limits, citing=asked.citing, within=self._named_text(asked)
        )

    def _named_text(self, asked: Asked) -> tuple[str, ...]:
        """The held text that a question names as that in which something stands: "trong kế hoạch tiếp công dân"."""
        named = [one for one in self._subjects.of(asked) if one.is_named and len(one.entries) == 1]
        at = asked.query.bare.find(bare_line(named[0].words).strip()) if len(named) == 1 else -1
        source = named[0].entries[0].source if at >= 0 else None
        return (source,) if source and _INSIDE.search(asked.query.bare[:at]) else ()

    def _presumed(self, asked: Asked) -> Answer | None:
        """That what the question takes for granted is not so; None where the texts do not say that."""
        if asked.query.premise is None:
            return None
        answer = self._answer(self._asked(asked.question, asked.query.premise))
        return answer if answer.status == "corrected" else None

    def _telephone(self, asked: Asked) -> Answer | None:
        """The telephone number that a question asks for, which it asks as it does for a document's."""
        if not asks_telephone(asked.query):
            return None
        query = replace(asked.query, slots=frozenset(("amount",)))
        return self._topics.answer(asked.question, query, Limits())

    def _unknown_law(self, asked: Asked) -> Answer | None:
        """That the corpus does not know a law that the question names."""
        unknown = self._subjects.unknown(asked)
        if unknown is None or (self._search.is_printed(unknown) and not _asks_of_text(asked.query, unknown)):
            return None
        return refusal(asked.question, "unknown_document", "not_found_unknown_document", asked=unknown)

    def _at_place(self, asked: Asked) -> Answer | None:
        """What stands at a place of a held text."""
        return self._documents.placed(asked, list(self._library.held))

    def _own_fact(self, asked: Asked) -> Answer | None:
        """A held document's own number, date, issuer, title or signer, or what a question states of it."""
        own = self._own(asked.query, asked.terms)
        if not own and "yes_no" in asked.query.slots and (asked.limits.issuers or asked.limits.dates):
            held = list(self._library.held.values())
            terms = without_issuers(asked.terms, asked.limits.issuers)
            own = self._titled(held, asked.query, terms) if terms else []
            own = own or (held if asked.query.this_document and len(held) == 1 else [])
            limits = asked.limits
        else:
            limits = Limits()
        if len(own) > 1:
            return self._facts.ambiguous(asked.question, "", own)
        if not own and (meant := self._meant(asked)):
            return self._facts.ambiguous(asked.question, meant.words, meant.entries)
        return self._facts.answer(asked.question, asked.query, own, limits) if own else None

    def _extreme(self, asked: Asked) -> Answer | None:
        """The newest or the oldest document."""
        if not asked.query.superlative:
            return None
        found = self._lists.extreme(asked.query, asked.limits, citing=asked.citing)
        if len(found) > 1:
            return self._lists.several(asked.question, found)
        return self._facts.answer(asked.question, asked.query, found, Limits()) if found else None

    def _office_holder(self, asked: Asked) -> Answer | None:
        """Who holds an office, where a text tells it."""
        if (told := self._offices.answer(asked)) is not None:
            return told
        if "holder" not in asked.query.slots:
            return None
        return self._topics.refuse(asked.question, asked.query, asked.terms, 1.0)

    def _defined(self, asked: Asked) -> Answer | None:
        """What a text means by a word of which the question asks that."""
        defining = self._definitions.asked(asked.query)
        return self._contents.quotes(asked.question, defining) if defining else None

    def _headed_duties(self, asked: Asked) -> Answer | None:
        """The duties under a heading such as "Trách nhiệm của …"."""
        if "duty" not in asked.query.slots:
            return None
        places = self._places.headed(asked.query, asked.terms, only=_DUTY_HEADING)
        return self._places.answer(asked.question, asked.query, places, asked.limits) if places else None

    def _unit_duties(self, asked: Asked) -> Answer | None:
        """The duties of a unit, clause by clause, or of several side by side."""
        if not asked.query.slots & {"duty", "compare"}:
            return None
        within = self._named_text(asked)
        return duties_of(asked.question, asked.query, self._library, terms=asked.terms, within=within)

    def _listing(self, asked: Asked) -> Answer | None:
        """All cited documents within limits."""
        query, limits = asked.query, asked.limits
        unlimited = "document" in query.slots and limits and not self._lists.topic_terms(query, limits)
        left = query.topic.replace(TOPIC_GAP, " ").split()
        says_nothing = not asked.terms and len(left) <= _SAYS_NOTHING and not any(map(str.isdigit, left))
        named = query.slots & {"list", "count"} and (limits or says_nothing or (not asked.terms and query.types))
        if unlimited or named or (asked.citing and not self._lists.topic_terms(query, limits)):
            return self._lists.listing(asked.question, query, limits, citing=asked.citing)
        return None

    def _labelled(self, asked: Asked) -> Answer | None:
        """What a section says after a label such as "Đơn vị chủ trì:"."""
        return self._topics.labelled(asked.question, asked.query, asked.limits)

    def _headed(self, asked: Asked) -> Answer | None:
        """What stands under a heading that bears the topic's name."""
        plain = not asked.query.slots & {"document", "list", "count", "amount", "date"} and not asked.limits
        plain = plain and counted_items(asked.query) is None and asked_ordinals(asked.query) is None
        plain = plain and not ("unit" in asked.query.slots and asked_act(asked.query))  # the clause that says who
        places = self._places.headed(asked.query, asked.terms) if asked.terms and plain else []
        return self._places.answer(asked.question, asked.query, places, asked.limits) if places else None

    def _meant(self, asked: Asked) -> Subject | None:
        """The held documents of one kind, where the question asks for a fact of one and tells them apart by nothing."""
        others = {"list", "count", "document", "unit", "amount"}
        if not asked.query.slots & FACT_SLOTS or asked.query.slots & others:
            return None
        one = self._subjects.of(asked)[0]
        told = "".join(self._library.own_words[entry.key] for entry in one.entries)
        rest = [term for term in asked.terms if f" {term.text} " not in told and f" {term.bare} " not in told]
        is_kind = one.is_named and len(one.entries) > 1 and all(entry.held for entry in one.entries)
        return one if is_kind and not rest else None

    def _own(self, query: Query, terms: Sequence[Term]) -> list[Document]:
        """The held document whose own number, date, issuer, title or signer the question asks for."""
        others = {"list", "count", "document"} | (set() if "signer" in query.slots else {"unit"})
        if not query.slots & FACT_SLOTS or query.slots & others or asks_deadline(query):
            return []
        limits = Limits(issuers=self._resolver.asked_issuers(query))
        said = bare_line(query.restored)
        held = [
            entry for entry in self._resolver.within(self._library.held.values(), limits)
            if bare_line(entry.type) in said
        ]  # fmt: skip
        terms = without_issuers(terms, limits.issuers)
        if not terms:
            return held if len(self._library.held) == 1 or limits else []
        return self._titled(held, query, terms)

    def _titled(self, held: Sequence[Document], query: Query, terms: Sequence[Term]) -> list[Document]:
        """The held documents whose type and title a question has."""
        said = bare_line(query.restored)
        told = [entry for entry in held if bare_line(entry.type) in said]
        shares = {entry.key: coverage(terms, self._library.title_words(entry)) for entry in told}
        whole = [entry for entry in told if shares[entry.key] >= _OWN_TITLE]
        most = max(shares.values(), default=0.0)
        clear = [entry for entry in told if shares[entry.key] >= most - _CLEARLY]
        return whole or (clear if most >= _MOST_OF_TITLE and len(clear) == 1 else [])


def _asks_of_text(query: Query, law: str) -> bool:
    """Whether a question asks what a law says, not of its matter: "luật đất đai quy định gì", "theo luật đất đai"."""
    before, name, after = query.bare.partition(bare_line(law).strip())
    return bool(name) and bool((_INSIDE.search(before) and before.strip()) or _SAYS.match(after))


def _said_issuers(limits: Limits) -> str:
    """Issuers or levels as a question says them, to be said again in the next."""
    return " ".join(f"của {name}" for name in (*limits.issuers, *sorted(limits.levels)))


def _overlap(passage: Passage, place: Citation) -> bool:
    """Whether a passage and a citation share letters of a stored text."""
    same = passage.source == place.source
    return same and any(part.start < place.end and place.start < part.end for part in passage.segments)
