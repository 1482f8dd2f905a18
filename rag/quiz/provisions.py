"""Questions on the headings and lists of a text: what an article is on, what a list holds, where a matter stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Literal

from rag.language.normalize import fold
from rag.quiz import wording
from rag.quiz.alike import likeness, near_any, same_title
from rag.quiz.items import Difficulty, Draft, Fact, Kind
from rag.quiz.listings import Definition, Listing, definitions, is_self_contained, kind_of, listings
from rag.quiz.material import Material
from rag.quiz.units import texts_of
from rag.types import Passage, Provision, Span

_POOL = 40
_IN_LIST = 0.5
"""From what likeness to a member on an option counts as one of a list."""
_SAME_LISTS = 0.6
_FEWEST_WORDS, _MOST_WORDS = 8, 38
_NEIGHBOURS = 12


@dataclass(frozen=True, slots=True)
class HeadingForm:
    """What an article is on, or which article a matter stands in."""

    name: Literal["heading", "article"]
    kind: Kind = "single_choice"
    difficulty: Difficulty = "recall"
    quotes: bool = True

    def facts(self, material: Material) -> Iterator[Fact]:
        for source in material.texts:
            for index, _ in material.articles(source):
                yield material.fact(self.name, source, index, subject=str(index), theme=f"{index}|heading")

    def draft(self, material: Material, fact: Fact, random: Random) -> Draft | None:
        index = int(fact.subject.rsplit("|", 1)[1])
        provision = material.provision(fact.source, index)
        others = [one for at, one in material.articles(fact.source) if at != index]
        order = [at for at, _ in material.articles(fact.source) if at != index]
        others = [one for _, one in sorted(zip(order, others, strict=True), key=lambda pair: abs(pair[0] - index))]
        place = material.place(fact.source, index)
        asks_heading = self.name == "heading"
        return Draft(
            stem=wording.stem(
                self.name, random, place=place, heading=str(provision.heading), name=material.held_name(fact.source)
            ),
            short=wording.short_stem(self.name, place=place),
            right=wording.as_option(str(provision.heading)) if asks_heading else provision.locator,
            wrong=tuple(wording.as_option(str(one.heading)) if asks_heading else one.locator for one in others)[:_POOL],
            explanation=wording.explanation("heading", place=place, heading=str(provision.heading)),
            citation=material.citation((fact.source, index, Span(provision.start, provision.end))),
        )

    def holds(self, material: Material, fact: Fact, option: str) -> bool:
        own = material.provision(fact.source, int(fact.subject.rsplit("|", 1)[1]))
        if self.name == "heading":
            return same_title(option, str(own.heading))
        return any(
            same_title(str(one.heading), str(own.heading))
            for _, one in material.articles(fact.source)
            if fold(one.locator) == fold(option.strip())
        )

    def anchors(self, material: Material, fact: Fact) -> tuple[str, ...]:
        return (fact.locator if self.name == "heading" else fact.topic,)


@dataclass(frozen=True, slots=True)
class ListForm:
    """Which of four is a member of a list, or which is none."""

    name: Literal["in_list", "not_in_list"]
    difficulty: Difficulty = "understand"
    kind: Kind = "single_choice"

    @property
    def quotes(self) -> bool:
        return self.name == "in_list"

    def facts(self, material: Material) -> Iterator[Fact]:
        for source in material.texts:
            for listing in listings(material, source):
                count = len(listing.members) if self.name == "in_list" else 1
                for at in range(count):
                    index = listing.members[at].provision if self.name == "in_list" else listing.provision
                    subject = f"{listing.provision}|{at}"
                    yield material.fact(self.name, source, index, subject=subject, theme=f"{listing.provision}|list")

    def draft(self, material: Material, fact: Fact, random: Random) -> Draft | None:
        listing, at = self._listing(material, fact)
        outside = self._outside(material, fact, listing)
        if self.name == "in_list":
            right, wrong = listing.members[at].text, tuple(text for text, _ in outside)
            explanation = wording.explanation("list", list=listing.name, place=self._place(material, listing))
            line = material.provision(fact.source, listing.members[at].provision)
            evidence = fact.source, listing.members[at].provision, Span(line.start, line.end)
        else:
            if not outside:
                return None
            right, other = random.choice(outside[:_NEIGHBOURS])
            wrong = tuple(random.sample([one.text for one in listing.members], len(listing.members)))
            explanation = wording.explanation(
                "not_list", list=listing.name, place=self._place(material, listing), other=other
            )
            start = material.provision(fact.source, listing.provision).start
            evidence = fact.source, listing.provision, Span(start, listing.members[-1].span.end)
        return Draft(
            stem=self._stem(material, listing, random),
            right=right,
            wrong=wrong[:_POOL],
            explanation=explanation,
            citation=material.citation(evidence),
        )

    def holds(self, material: Material, fact: Fact, option: str) -> bool:
        listing, _ = self._listing(material, fact)
        if self.name == "in_list":
            return near_any(option, self._kindred(material, listing), _IN_LIST)
        inside = near_any(option, listing.all_members, _IN_LIST)
        return not inside and not near_any(option, self._kindred(material, listing), _IN_LIST)

    def anchors(self, material: Material, fact: Fact) -> tuple[str, ...]:
        listing, _ = self._listing(material, fact)
        locator = material.provision(fact.source, listing.provision).locator
        return (locator, *(() if self.name == "in_list" else ("không",)))

    def _stem(self, material: Material, listing: Listing, random: Random) -> str:
        place = self._place(material, listing)
        if self.name == "in_list" and listing.asks:
            return f"Theo {place}, {listing.asks}?"
        name = "not_in_whose" if self.name == "not_in_list" and listing.whose else self.name
        return wording.stem(name, random, place=place, list=listing.name)

    def _place(self, material: Material, listing: Listing) -> str:
        return material.place(listing.source, listing.provision)

    def _listing(self, material: Material, fact: Fact) -> tuple[Listing, int]:
        _, index, at = fact.subject.rsplit("|", 2)
        return next(one for one in listings(material, fact.source) if one.provision == int(index)), int(at)

    def _outside(self, material: Material, fact: Fact, listing: Listing) -> list[tuple[str, str]]:
        """The members of other lists of the text with the place of each, those of the likest lists first."""
        others = [
            one for one in listings(material, fact.source)
            if one.provision != listing.provision and likeness(one.name, listing.name) < _SAME_LISTS
            and kind_of(one) == kind_of(listing)
            and material.article_of(fact.source, one.provision) != material.article_of(fact.source, listing.provision)
        ]  # fmt: skip
        others.sort(key=lambda one: (-likeness(one.name, listing.name), abs(one.provision - listing.provision)))
        found = [(member.text, self._place(material, one)) for one in others[:_NEIGHBOURS] for member in one.members]
        kindred = self._kindred(material, listing)
        return [(text, place) for text, place in found if not near_any(text, kindred, _IN_LIST)]

    def _kindred(self, material: Material, listing: Listing) -> tuple[str, ...]:
        """All that belongs to what a list is of: its members, those of lists of that name, the duties of that unit."""
        name = f"kindred {listing.provision}"
        return material.once(name, listing.source, lambda *_: _kindred(material, listing))


@dataclass(frozen=True, slots=True)
class SectionForm:
    """What a section of a plan says, or in which section a matter stands."""

    name: Literal["in_section", "section_of"]
    kind: Kind = "single_choice"
    difficulty: Difficulty = "understand"

    @property
    def quotes(self) -> bool:
        return self.name == "in_section"

    def facts(self, material: Material) -> Iterator[Fact]:
        for source in material.texts:
            for index, provision in material.sections(source):
                for passage in self._clauses(material, source, index):
                    start = passage.segments[0].start
                    yield material.fact(self.name, source, passage.provision, subject=f"{index}|{start}",
                                        theme=f"{start}|section", topic=str(provision.heading))  # fmt: skip

    def draft(self, material: Material, fact: Fact, random: Random) -> Draft | None:
        index, start = self._parts(fact)
        section = material.provision(fact.source, index)
        inside = {at: self._clauses(material, fact.source, at) for at, _ in material.sections(fact.source)}
        passage = next(one for one in inside[index] if one.segments[0].start == start)
        text = self._text(material, passage)
        others = [(at, one) for at, one in material.sections(fact.source) if at != index]
        others.sort(key=lambda pair: abs(pair[0] - index))
        if self.name == "in_section":
            right = text
            wrong = tuple(self._text(material, one) for at, _ in others for one in inside[at])
        else:
            right, wrong = _heading(section), tuple(_heading(one) for _, one in others)
        return Draft(
            stem=wording.stem(
                self.name, random, heading=str(section.heading), locator=section.locator,
                name=material.held_name(fact.source), text=text,
            ),
            right=right,
            wrong=wrong[:_POOL],
            explanation=wording.explanation("section", heading=str(section.heading), locator=passage.locator),
            citation=material.citation((fact.source, passage.provision, _span(passage))),
        )  # fmt: skip

    def holds(self, material: Material, fact: Fact, option: str) -> bool:
        index, start = self._parts(fact)
        if self.name == "in_section":
            return near_any(option, self._all(material, fact.source, index), _IN_LIST)
        text = next(self._text(material, one) for one in self._clauses(material, fact.source, index)
                    if one.segments[0].start == start)  # fmt: skip
        return any(
            near_any(text, self._all(material, fact.source, at), _IN_LIST)
            for at, one in material.sections(fact.source)
            if fold(_heading(one)) == fold(option)
        )

    def anchors(self, material: Material, fact: Fact) -> tuple[str, ...]:
        index, _ = self._parts(fact)
        return (material.provision(fact.source, index).locator,) if self.name == "in_section" else ("mục",)

    def _parts(self, fact: Fact) -> tuple[int, int]:
        _, index, start = fact.subject.rsplit("|", 2)
        return int(index), int(start)

    def _name(self, material: Material, source: str) -> str:
        return (
            wording.as_option(material.held_name(source)) if self.name == "in_section" else material.held_name(source)
        )

    def _clauses(self, material: Material, source: str, index: int) -> list[Passage]:
        """The clauses of a section that can be read by themselves and name no other document."""
        within = material.inside(source, index)
        return [
            one for one in material.clauses(source)
            if one.provision in within and not one.references
            and _FEWEST_WORDS <= len(one.text.split()) <= _MOST_WORDS and is_self_contained(one.text)
        ]  # fmt: skip

    def _all(self, material: Material, source: str, index: int) -> list[str]:
        within = material.inside(source, index)
        return [one.text for one in material.knowledge.passages
                if one.source == source and one.kind == "clause" and one.provision in within]  # fmt: skip

    def _text(self, material: Material, passage: Passage) -> str:
        return wording.as_option(material.printed(passage.source, passage.segments))


@dataclass(frozen=True, slots=True)
class DefinitionForm:
    """What a term means in a text, or which term has a meaning."""

    name: Literal["definition", "term"]
    kind: Kind = "single_choice"
    difficulty: Difficulty = "understand"
    quotes: bool = True

    def facts(self, material: Material) -> Iterator[Fact]:
        for source in material.texts:
            for one in definitions(material, source):
                at = one.provision
                yield material.fact(self.name, source, at, subject=str(at), theme=f"{at}|definition")

    def draft(self, material: Material, fact: Fact, random: Random) -> Draft | None:
        own = self._own(material, fact)
        if len(own.meaning.split()) > _MOST_WORDS * 2:
            return None
        elsewhere = [one for source in material.texts if source != fact.source for one in definitions(material, source)]
        others = [one for one in definitions(material, fact.source) if one != own] + elsewhere[:_POOL]
        line = material.provision(fact.source, own.provision)
        place = material.place(fact.source, own.provision)
        return Draft(
            stem=wording.stem(self.name, random, place=place, term=own.term, definition=own.meaning.rstrip(" .;")),
            right=self._option(own),
            wrong=tuple(self._option(one) for one in others),
            explanation=wording.explanation("text", place=place, text=material.printed(fact.source, line.segments)),
            citation=material.citation((fact.source, own.provision, Span(line.start, line.end))),
        )

    def holds(self, material: Material, fact: Fact, option: str) -> bool:
        return same_title(option, self._option(self._own(material, fact)))

    def _option(self, one: Definition) -> str:
        return wording.as_option(one.meaning if self.name == "definition" else one.term)

    def _own(self, material: Material, fact: Fact) -> Definition:
        index = int(fact.subject.rsplit("|", 1)[1])
        return next(one for one in definitions(material, fact.source) if one.provision == index)

    def anchors(self, material: Material, fact: Fact) -> tuple[str, ...]:
        return (fact.locator,)


def _kindred(material: Material, listing: Listing) -> Iterator[str]:
    yield from listing.all_members
    for other in listings(material, listing.source):
        if other.provision != listing.provision and likeness(other.name, listing.name) >= _SAME_LISTS:
            yield from other.all_members
    if listing.whose:
        yield from texts_of(material, listing.source, listing.whose)


def _heading(section: Provision) -> str:
    return f"{section.locator}. {section.heading}"


def _span(passage: Passage) -> Span:
    return Span(passage.segments[0].start, passage.segments[-1].end)
