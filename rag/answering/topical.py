"""Answers to questions about a topic: the documents that govern it, the units in charge, the words that say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answering import compose
from rag.answering.draft import Draft, refusal, wording
from rag.answering.library import Library, bare_line, display_name
from rag.answering.query import Query, expand_abbreviations
from rag.answering.resolve import Limits, Resolver
from rag.answering.retrieve import EvidenceRetriever
from rag.answering.topics import Term, coverage, missing, topic_terms
from rag.types import Answer, Document, Passage

_SUPPORTED = 0.6
_OUTSIDE = 0.25
_NEAR = 0.12
_COVERAGE_WEIGHT = 0.8
_CONSIDERED = 40
_MOST_DOCUMENTS = 6
_MOST_DUTIES = 12


@dataclass(frozen=True, slots=True)
class Found:
    """A passage found for a topic: its index, its score, and how much of the topic it and its surroundings cover."""

    index: int
    score: float
    covered: float
    around: float


class TopicAnswers:
    """Answers questions about a topic from one snapshot; read-only."""

    def __init__(self, library: Library, resolver: Resolver, retriever: EvidenceRetriever) -> None:
        self._library, self._resolver, self._retriever = library, resolver, retriever
        self._lines = [bare_line(expand_abbreviations(passage.text)) for passage in retriever.passages]

    def answer(self, question: str, query: Query, limits: Limits) -> Answer:
        """The answer to a question about a topic, or the reason why there is none."""
        terms = self._terms(query)
        if not terms:
            if limits.dates and (entries := self._resolver.within(self._library.knowledge.documents, limits)):
                return self._several(question, query, entries)
            return self._refuse(question, terms, 0.0)
        ranked = self._rank(query, terms)
        if not ranked:
            return self._refuse(question, terms, 0.0)
        if "duty" in query.slots and (duties := self._duties(question, query)):
            return duties
        best = max(ranked, key=lambda found: max(found.covered, 0.9 * found.around))
        support = max(best.covered, 0.9 * best.around)
        if support < _SUPPORTED:
            return self._refuse(question, terms, support)
        if "document" in query.slots or query.slots & {"date", "issuer", "number", "list", "count"} or limits:
            return self._documents(question, query, limits, ranked)
        if "unit" in query.slots:
            return self._units(question, query, ranked[0], ())
        return self._content(question, query, ranked)

    def listing(self, question: str, query: Query, limits: Limits) -> Answer | None:
        """All documents within the limits of a question, the topic among them; None where none is."""
        entries = self._resolver.within(self._library.knowledge.documents, limits)
        terms = [term for term in self._terms(query) if not self._is_limit(term, limits)]
        if terms:
            entries = [entry for entry in entries if coverage(terms, self._library.own_words[entry.key]) >= _SUPPORTED]
        entries = [entry for entry in entries if entry.source is None]
        return self._several(question, query, entries) if entries else None

    def units_of(self, question: str, query: Query, entry: Document) -> Answer:
        """Who must carry out a document, by the clause that cites it."""
        terms = self._terms(query)
        citing = self._library.passages_citing(entry)
        if not citing:
            return self._refuse(question, terms, 0.0)
        evidence = self._retriever.evidence(query.restored, words=query.topic or None)
        chosen = max(citing, key=lambda index: (self._has_unit(index), float(evidence.fused[index])))
        return self._units(question, query, Found(chosen, 1.0, 1.0, 1.0), (entry,))

    def _rank(self, query: Query, terms: Sequence[Term]) -> list[Found]:
        """The passages for a topic, best first; a clause of which a part cites is represented by its parts."""
        evidence = self._retriever.evidence(query.restored, words=query.topic)
        passages = self._retriever.passages
        found = []
        for index in evidence.best(_CONSIDERED):
            covered = coverage(terms, self._lines[index])
            around = coverage(terms, self._around(passages[index]))
            score = float(evidence.fused[index]) + _COVERAGE_WEIGHT * covered
            found.append(Found(index, score, covered, around))
        return sorted(found, key=lambda item: (-item.score, item.index))

    def _documents(self, question: str, query: Query, limits: Limits, ranked: Sequence[Found]) -> Answer:
        scored = self._score_documents(ranked)
        within = [(entry, found) for entry, found in scored if self._resolver.fits(entry, limits)]
        claim = None
        if not within and limits and scored:
            claim = self._claim(query, scored[0][0], limits)
            if claim is None:
                return self._refuse(question, self._terms(query), 0.0)
        pool = within or scored
        if not pool:
            return self._own_document(question, query, ranked[0])
        best_plain = next((found for found in ranked if not self._retriever.passages[found.index].references), None)
        top = pool[0][1]
        if best_plain and best_plain.covered > top.covered + 0.25 and not limits:
            return self._own_document(question, query, best_plain)
        chosen = [item for item in pool if item[1].score >= top.score - _NEAR and item[1].covered >= top.covered - 0.05]
        return self._word_documents(question, query, chosen[:_MOST_DOCUMENTS], claim)

    def _score_documents(self, ranked: Sequence[Found]) -> list[tuple[Document, Found]]:
        """Each document with the best of the narrowest passages that mention it, best first."""
        best: dict[str, tuple[Document, Found]] = {}
        for found in ranked:
            passage = self._retriever.passages[found.index]
            if len(passage.references) != 1:
                continue
            for entry in self._library.cited(passage):
                best.setdefault(entry.key, (entry, found))
        return sorted(best.values(), key=lambda item: -item[1].score)

    def _claim(self, query: Query, entry: Document, limits: Limits) -> str | None:
        wrong = [issuer for issuer in limits.issuers if not self._resolver.issued_by(entry, issuer)]
        if wrong and entry.issuer:
            at = query.bare.find(wrong[0])
            return wording("claim_issuer", claimed=query.restored[at : at + len(wrong[0])], known=entry.issuer)
        if limits.types and entry.type not in limits.types:
            return wording("claim_type", claimed=sorted(limits.types)[0], known=entry.type)
        return None

    def _word_documents(
        self, question: str, query: Query, chosen: Sequence[tuple[Document, Found]], claim: str | None
    ) -> Answer:
        draft = Draft(self._library, question)
        proofs = [compose.proof(draft, self._library, entry, prefer=[found.index]) for entry, found in chosen]
        if claim:
            draft.say("corrected", proofs[0], claim=claim)
        if len(chosen) == 1:
            compose.say_document(draft, self._library, chosen[0][0], proofs[0])
        else:
            draft.say("documents_intro", [n for numbers in proofs for n in numbers], count=len(chosen))
            compose.say_list(draft, self._library, [entry for entry, _ in chosen], proofs)
        if "unit" in query.slots:
            passage = chosen[0][1].index
            compose.say_units(draft, self._library, self._library.assignments_of(self._retriever.passages[passage]), passage)
        compose.add_as_of(draft, self._library)
        return draft.finish("corrected" if claim else "answered")

    def _several(self, question: str, query: Query, entries: Sequence[Document]) -> Answer:
        draft = Draft(self._library, question)
        proofs = [compose.proof(draft, self._library, entry) for entry in entries]
        draft.say("count", [n for numbers in proofs for n in numbers], count=len(entries))
        compose.say_list(draft, self._library, entries, proofs)
        compose.add_as_of(draft, self._library)
        return draft.finish("answered")

    def _own_document(self, question: str, query: Query, found: Found) -> Answer:
        """The held document itself governs the topic: it says so without citing another."""
        draft = Draft(self._library, question)
        passage = self._retriever.passages[found.index]
        citations = draft.cite_passage(found.index)
        entry = self._library.held[passage.source]
        compose.say_document(draft, self._library, entry, citations)
        draft.say("quote", citations, locator=passage.locator, quote=passage.text)
        if "unit" in query.slots:
            compose.say_units(draft, self._library, self._library.assignments_of(passage), found.index)
        compose.add_as_of(draft, self._library)
        return draft.finish("answered")

    def _units(self, question: str, query: Query, found: Found, entries: Sequence[Document]) -> Answer:
        draft = Draft(self._library, question)
        passage = self._retriever.passages[found.index]
        for entry in entries:
            compose.say_document(draft, self._library, entry, compose.proof(draft, self._library, entry, prefer=[found.index]))
        compose.say_units(draft, self._library, self._library.assignments_of(passage), found.index)
        compose.add_as_of(draft, self._library)
        return draft.finish("answered")

    def _content(self, question: str, query: Query, ranked: Sequence[Found]) -> Answer:
        draft = Draft(self._library, question)
        top = ranked[0]
        near = [found for found in ranked if found.score >= top.score - _NEAR / 2 and found.covered >= top.covered - 0.05]
        for found in self._without_parts(near)[:3]:
            passage = self._retriever.passages[found.index]
            draft.say("quote", draft.cite_passage(found.index), locator=passage.locator, quote=passage.text)
        compose.add_as_of(draft, self._library)
        return draft.finish("answered")

    def _without_parts(self, found: Sequence[Found]) -> list[Found]:
        """Passages that do not overlap a better one."""
        kept: list[Found] = []
        for item in found:
            mine = self._retriever.passages[item.index]
            others = [self._retriever.passages[other.index] for other in kept]
            if not any(
                other.source == mine.source and any(a.overlaps(b) for a in other.segments for b in mine.segments)
                for other in others
            ):
                kept.append(item)
        return kept

    def _duties(self, question: str, query: Query) -> Answer | None:
        """What a unit that the question names has to do."""
        asked = _unit_line(query.restored)
        named = {
            item.unit for item in self._library.knowledge.assignments
            if item.unit and len(item.unit.split()) > 1 and _unit_line(item.unit) in asked
        }  # fmt: skip
        if not named:
            return None
        longest = max(named, key=len)
        draft = Draft(self._library, question)
        seen = [item for item in self._library.knowledge.assignments if item.unit and _unit_line(longest) in _unit_line(item.unit)]
        for item in list({(item.source, item.duty): item for item in seen}.values())[:_MOST_DUTIES]:
            index = self._library.passage_at(item.source, item.duty)
            if index is None:
                continue
            passage = self._retriever.passages[index]
            citations = draft.cite_passage(index)
            draft.say("duty", citations, locator=passage.locator, role=compose.role_name(item.role), quote=passage.text)
            draft.add_unit(str(item.unit), item.role, citations)
        compose.add_as_of(draft, self._library)
        return draft.finish("answered")

    def _refuse(self, question: str, terms: Sequence[Term], support: float) -> Answer:
        words = ", ".join(term.text for term in terms) or "…"
        if terms and support < _OUTSIDE:
            return refusal(question, "out_of_scope", "not_found_out_of_scope")
        return refusal(question, "no_evidence", "not_found_no_evidence", texts=len(self._library.texts), words=words)

    def _has_unit(self, index: int) -> bool:
        return any(item.unit for item in self._library.assignments_of(self._retriever.passages[index]))

    def _around(self, passage: Passage) -> str:
        provision = self._library.provision(passage.source, passage.provision)
        text = self._library.texts[passage.source]
        own = " ".join(text[part.start : part.end] for part in provision.segments)
        return bare_line(expand_abbreviations(f"{passage.context} {own}"))

    def _is_limit(self, term: Term, limits: Limits) -> bool:
        words = " ".join([*limits.issuers, bare_line(limits.level or ""), *limits.types])
        return f" {term.text} " in bare_line(words) or term.text in ("tinh", "huyen", "trung uong", "xa", "cap")

    def _terms(self, query: Query) -> tuple[Term, ...]:
        return topic_terms(query.topic, idf=self._retriever.idf, passages=len(self._retriever.passages))


def _unit_line(text: str) -> str:
    """A unit's name for comparison: abbreviations written out, plural words left out."""
    line = bare_line(expand_abbreviations(text))
    return " " + " ".join(word for word in line.split() if word not in ("cac", "nhung")) + " "


