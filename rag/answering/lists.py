"""Lists of documents: all within limits, the newest, those that are given; and the words of a topic beside limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answering import compose
from rag.answering.asked_numbers import types_of
from rag.answering.bounds import SUPPORTED
from rag.answering.citing import cited_inside, cited_kinds
from rag.answering.draft import Draft
from rag.answering.holdings import Library, bare_line
from rag.answering.levels import levels_in
from rag.answering.query import Query
from rag.answering.resolve import Limits, Resolver
from rag.answering.search import TopicSearch
from rag.index.topics import TOPIC_GAP, Term, coverage
from rag.language.lexicon import question_words
from rag.language.normalize import unmark
from rag.types import Answer, Document


class ListAnswers:
    """Lists the documents of one snapshot; read-only."""

    def __init__(self, library: Library, resolver: Resolver, search: TopicSearch) -> None:
        self._library, self._resolver, self._search = library, resolver, search

    def topic_terms(self, query: Query, limits: Limits) -> tuple[Term, ...]:
        """The words of the topic that do not just repeat a limit or ask for a list."""
        asking = question_words("of_lists") if query.slots & {"list", "count"} else frozenset()
        return tuple(term for term in self._beside_limits(query, limits) if term.text not in asking)

    def _beside_limits(self, query: Query, limits: Limits) -> tuple[Term, ...]:
        if not limits:
            return self._search.terms(query)
        topic, bare = query.topic, unmark(query.topic)
        for issuer in limits.issuers:
            at = bare.find(issuer)
            if at >= 0:
                topic = topic[:at] + f" {TOPIC_GAP} ".ljust(len(issuer)) + topic[at + len(issuer) :]
        return tuple(t for t in self._search.terms(replace(query, topic=topic)) if not _is_limit(t, limits))

    def several(self, question: str, entries: Sequence[Document]) -> Answer:
        """A counted list of documents."""
        draft = Draft(self._library, question)
        proofs = [compose.proof(draft, self._library, entry) for entry in entries]
        if len(entries) == 1:
            compose.say_document(draft, self._library, entries[0], proofs[0])
        else:
            draft.say("count", [n for numbers in proofs for n in numbers], count=len(entries))
            compose.say_list(draft, self._library, entries, proofs)
        compose.add_as_of(draft, self._library)
        return draft.finish("answered")

    def listing(self, question: str, query: Query, limits: Limits, *, citing: Sequence[str] = ()) -> Answer | None:
        """All cited documents within the limits of a question, the topic among them; None where none is.

        `citing` are the texts that have to cite them, all where empty.
        """
        terms = self.topic_terms(query, limits)
        entries = self._resolver.within(self._library.knowledge.documents, limits)
        entries = [entry for entry in entries if self._is_cited(entry, citing)]
        if terms:
            entries = [entry for entry in entries if coverage(terms, self._library.own_words[entry.key]) >= SUPPORTED]
        return self.several(question, entries) if entries else None

    def cited_in(self, question: str, query: Query, source: str) -> Answer | None:
        """The documents that a held text cites, of the kinds that a question asks for; None where it asks for none."""
        if not query.slots & {"document", "list", "count"}:
            return None
        match = cited_kinds(query.bare)
        if match is None and not cited_inside().search(query.bare):
            return None
        if match is None:
            limits = replace(self._resolver.limits(query), dates=())
        else:
            said = self._resolver.said_in(match["limits"], query)
            levels = said.levels or levels_in(match["limits"])
            limits = replace(said, types=frozenset(types_of(match["kind"])), levels=levels)
        return self.listing(question, replace(query, topic=""), limits, citing=(source,))

    def _is_cited(self, entry: Document, citing: Sequence[str]) -> bool:
        """Whether a document is cited in given texts, or, where none are given, only cited in any."""
        if not citing:
            return entry.source is None
        return entry.source not in citing and any(one.source in citing for one in self._library.mentions_of(entry))

    def extreme(self, query: Query, limits: Limits, *, citing: Sequence[str] = ()) -> list[Document]:
        """The newest or the oldest cited documents within the limits, the topic among them, as many as asked for."""
        terms = self.topic_terms(query, limits)
        dated = [
            entry for entry in self._resolver.within(self._library.knowledge.documents, limits)
            if self._is_cited(entry, citing) and entry.date and len(entry.date) == 10
            and (not terms or coverage(terms, self._library.own_words[entry.key]) >= SUPPORTED)
        ]  # fmt: skip
        dated.sort(key=lambda entry: entry.date or "", reverse=query.superlative == "latest")
        return dated[: query.how_many]


def _is_limit(term: Term, limits: Limits) -> bool:
    """Whether a word of the topic only repeats a limit."""
    words = bare_line(" ".join([*limits.issuers, *limits.levels, *limits.types]))
    return all(f" {part} " in words for part in term.bare.split()) or term.bare in (
        "tinh",
        "huyen",
        "trung uong",
        "xa",
        "cap",
    )
