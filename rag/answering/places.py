"""Answers to questions that point into a text: "Mục II.3", "chú thích 1", "khoản 2 Điều 5", or a heading by its words."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering import compose
from rag.answering.draft import Draft
from rag.answering.library import Library, bare_line
from rag.answering.query import Query
from rag.answering.resolve import Limits, Resolver
from rag.answering.topics import Term, coverage
from rag.types import Answer, Provision

_MOST_QUOTES = 12
_HEADING = 0.99
_HEADING_SHARE = 0.5


class PlaceAnswers:
    """Answers from one place of a held text; read-only."""

    def __init__(self, library: Library, resolver: Resolver) -> None:
        self._library, self._resolver = library, resolver

    def find(self, query: Query, sources: Sequence[str]) -> list[tuple[str, int]]:
        """The provisions that a question's locators point to, as (source, index), in the given texts."""
        wanted = {bare_line(locator) for locator in query.locators}
        return [
            (source, index)
            for source in sources
            for index, provision in enumerate(self._library.knowledge.provisions[source])
            if bare_line(provision.locator) in wanted
        ]

    def headed(self, query: Query, terms: Sequence[Term]) -> list[tuple[str, int]]:
        """The headings that say the whole topic of a question and little more."""
        found = []
        for source, provisions in self._library.knowledge.provisions.items():
            for index, provision in enumerate(provisions):
                heading = bare_line(provision.heading or "")
                if len(heading) > 2 and coverage(terms, heading) >= _HEADING and self._said(heading, query):
                    found.append((source, index))
        return found

    def answer(
        self, question: str, query: Query, places: Sequence[tuple[str, int]], limits: Limits
    ) -> Answer | None:
        """What is asked of the places: documents cited, units named, parts counted, else their words."""
        draft = Draft(self._library, question)
        if "document" in query.slots or (query.slots & {"list", "count"} and limits):
            done = self._documents(draft, places, limits)
        elif query.counts_parts:
            done = self._parts(draft, places)
        else:
            done = self._words(draft, places, units="unit" in query.slots)
        if not done:
            return None
        compose.add_as_of(draft, self._library)
        return draft.finish("answered")

    def _documents(self, draft: Draft, places: Sequence[tuple[str, int]], limits: Limits) -> bool:
        entries = {}
        for source, index in places:
            inside = set(self._inside(source, index))
            for number, passage in enumerate(self._library.knowledge.passages):
                if passage.source == source and passage.provision in inside and len(passage.references) == 1:
                    for entry in self._library.cited(passage):
                        entries.setdefault(entry.key, (entry, number))
        kept = [(entry, number) for entry, number in entries.values() if self._resolver.fits(entry, limits)]
        if not kept:
            return False
        proofs = [compose.proof(draft, self._library, entry, prefer=[number]) for entry, number in kept]
        draft.say("count", [n for numbers in proofs for n in numbers], count=len(kept))
        compose.say_list(draft, self._library, [entry for entry, _ in kept], proofs)
        return True

    def _parts(self, draft: Draft, places: Sequence[tuple[str, int]]) -> bool:
        source, index = places[0]
        provisions = self._library.knowledge.provisions[source]
        parts = [
            (at, item)
            for at, item in enumerate(provisions)
            if item.parent == index and item.kind != "footnote"
        ]
        if not parts:
            return False
        citations = [n for at, item in parts for n in draft.cite(source, at, item.segments[:1])]
        draft.say("parts", citations, locator=provisions[index].locator, count=len(parts))
        for (_at, item), number in zip(parts, citations, strict=False):
            draft.say("part", [number], locator=item.locator, heading=item.heading or "")
        return True

    def _words(self, draft: Draft, places: Sequence[tuple[str, int]], *, units: bool) -> bool:
        quoted = 0
        for source, index in places:
            inside = set(self._inside(source, index))
            for number, passage in enumerate(self._library.knowledge.passages):
                if passage.source != source or passage.provision not in inside or passage.kind != "clause":
                    continue
                if quoted == _MOST_QUOTES:
                    draft.say(
                        "more",
                        draft.cite_passage(number),
                        locator=self._library.provision(source, index).locator,
                    )
                    return True
                draft.say("quote", draft.cite_passage(number), locator=passage.locator, quote=passage.text)
                if units:
                    compose.say_units(draft, self._library, number)
                quoted += 1
        return quoted > 0

    def _inside(self, source: str, index: int) -> list[int]:
        """A provision and all that it encloses, footnotes too."""
        provisions: Sequence[Provision] = self._library.knowledge.provisions[source]
        inside = {index}
        for _ in range(6):
            inside |= {at for at, item in enumerate(provisions) if item.parent in inside}
        return sorted(inside)

    def _said(self, heading: str, query: Query) -> bool:
        words = heading.split()
        asked = bare_line(query.topic)
        return sum(f" {word} " in asked for word in words) >= _HEADING_SHARE * len(words)
