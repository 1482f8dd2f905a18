"""What a corpus says of a topic: passages ranked, the documents they mention, and how well they support an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rag.answering.library import Library, bare_line
from rag.answering.query import Query, expand_abbreviations
from rag.answering.retrieve import EvidenceRetriever
from rag.answering.topics import Term, coverage, topic_terms
from rag.types import Document, Passage

SUPPORTED = 0.6
"""The share of a topic's weight that evidence has to speak of."""
_COVERAGE_WEIGHT = 0.8
_FAMILIAR = 0.3
"""What a word of the held document's own title weighs: it is true of the whole text."""
_CONSIDERED = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A passage found for a topic: its index, its score, and the share of the topic it and its surroundings cover."""

    index: int
    score: float
    covered: float
    around: float

    @property
    def support(self) -> float:
        """How far the passage supports an answer; what stands beside it counts a little less."""
        return max(self.covered, 0.9 * self.around)


class TopicSearch:
    """Ranks the passages of one snapshot for questions; read-only."""

    def __init__(self, library: Library, retriever: EvidenceRetriever) -> None:
        self._library, self._retriever = library, retriever
        self.passages = retriever.passages
        self._lines = [bare_line(expand_abbreviations(passage.text)) for passage in self.passages]

    def terms(self, query: Query) -> tuple[Term, ...]:
        """The words of a question's topic, with their weights."""
        terms = topic_terms(query.topic, idf=self._retriever.idf, passages=len(self.passages))
        titles = self._own_titles
        familiar = tuple(
            replace(term, weight=term.weight * _FAMILIAR) if f" {term.text} " in titles else term
            for term in terms
        )
        return familiar

    def rank(self, query: Query, terms: Sequence[Term]) -> list[Found]:
        """The passages for a topic, best first."""
        evidence = self._retriever.evidence(query.restored, words=query.topic)
        found = []
        for index in evidence.best(_CONSIDERED):
            covered = coverage(terms, self._lines[index])
            around = coverage(terms, self._around(index))
            score = float(evidence.fused[index]) + _COVERAGE_WEIGHT * covered
            found.append(Found(index, score, covered, around))
        return sorted(found, key=lambda item: (-item.score, item.index))

    def best_of(self, query: Query, terms: Sequence[Term], indexes: Sequence[int]) -> Found:
        """The best of some passages for a topic."""
        evidence = self._retriever.evidence(query.restored, words=query.topic or None)
        scored = [
            Found(index, float(evidence.fused[index]) + _COVERAGE_WEIGHT * (share := coverage(terms, self._lines[index])), share, share)
            for index in indexes
        ]  # fmt: skip
        return max(scored, key=lambda found: (found.score, -found.index))

    def documents(self, ranked: Sequence[Found], terms: Sequence[Term]) -> list[tuple[Document, Found]]:
        """The documents that ranked passages mention, each with its best narrow passage, best first.

        A document is also credited with the topic's words in its own title, where a mention of
        another document inside the title parts it.
        """
        best: dict[str, tuple[Document, Found]] = {}
        for found in ranked:
            passage = self.passages[found.index]
            if len(passage.references) != 1:
                continue
            for entry in self._library.cited(passage):
                titled = coverage(terms, self._library.own_words[entry.key])
                gain = max(0.0, titled - found.covered)
                credited = replace(
                    found, covered=found.covered + gain, score=found.score + gain * _COVERAGE_WEIGHT / 2
                )
                known = best.get(entry.key)
                if known is None or credited.score > known[1].score:
                    best[entry.key] = (entry, credited)
        return sorted(best.values(), key=lambda item: (-item[1].score, item[1].index))

    def has_unit(self, index: int) -> bool:
        """Whether the text names who carries the duty of a passage."""
        return any(item.unit for item in self._library.assignments_of(self.passages[index]))

    def without_overlaps(self, found: Sequence[Found]) -> list[Found]:
        """The passages that do not overlap a better one."""
        kept: list[Found] = []
        for item in found:
            if not any(_overlap(self.passages[item.index], self.passages[other.index]) for other in kept):
                kept.append(item)
        return kept

    @cached_property
    def _own_titles(self) -> str:
        """The titles of the held documents, where there is only one: with many, a title tells them apart."""
        held = list(self._library.held.values())
        return bare_line(f"{held[0].type} {held[0].title or ''}") if len(held) == 1 else " "

    def _around(self, index: int) -> str:
        """A passage's provision, its headings and the title of its document."""
        passage = self.passages[index]
        provision = self._library.provision(passage.source, passage.provision)
        text = self._library.texts[passage.source]
        own = " ".join(text[part.start : part.end] for part in provision.segments)
        entry = self._library.held[passage.source]
        return bare_line(
            expand_abbreviations(f"{entry.type} {entry.title or ''} / {passage.context} / {own}")
        )


def _overlap(one: Passage, other: Passage) -> bool:
    return one.source == other.source and any(a.overlaps(b) for a in one.segments for b in other.segments)
