"""Questions on who does what: the unit of a duty, a unit's place in a sentence, and a unit's duties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from random import Random
from typing import Literal

from rag.language.normalize import fold
from rag.law.subjects import commands
from rag.quiz import wording
from rag.quiz.alike import contains, near_any, same_unit, unit_names
from rag.quiz.items import Difficulty, Draft, Fact, Kind
from rag.quiz.listings import LABEL, is_open, is_self_contained, refers
from rag.quiz.material import Material
from rag.types import Assignment, Passage, Span

_POOL = 30
_FEWEST_WORDS, _MOST_WORDS = 6, 42
_FEWEST_DUTY_WORDS, _FEWEST_SAID = 8, 5
_LONGEST_UNIT = 80
_SAME_DUTY = 0.5
_MODAL = re.compile(r"^(?:có trách nhiệm|có nhiệm vụ|phải|cần|được giao)\s+", re.IGNORECASE)
_TORN = re.compile(r"(?:^|\s)(?:và|hoặc|của|nguyên|cho|với|đến|tại|ở)$|[,;-]$")
_BOUND_LATER = re.compile(r"\b(?:có trách nhiệm|có nhiệm vụ|thì)\b")
_VAGUE = re.compile(r"\b(?:này|khác|đó|trên|cá nhân|các thành viên|mình|liên quan|quy định tại)\b")


@dataclass(frozen=True, slots=True)
class UnitForm:
    """Which unit a clause gives its duty to: asked of the duty, or as a blank in the sentence."""

    name: Literal["unit", "unit_blank"]
    kind: Kind
    difficulty: Difficulty
    quotes: bool = True

    def facts(self, material: Material) -> Iterator[Fact]:
        for source in material.texts:
            for passage in material.clauses(source):
                for item in self._asked(material, passage):
                    assert item.unit_span is not None
                    start = passage.segments[0].start
                    yield material.fact(self.name, source, passage.provision, subject=str(item.unit_span.start),
                                        theme=f"{start}|unit")  # fmt: skip

    def draft(self, material: Material, fact: Fact, random: Random) -> Draft | None:
        found = self._found(material, fact)
        if found is None:
            return None
        passage, item = found
        text = _words(material, passage)
        unit = str(item.unit)
        place = material.place(fact.source, passage.provision)
        if self.name == "unit":
            duty = wording.in_sentence(_predicate(text, unit) or "")
            stem = wording.stem(self.name, random, place=place, duty=duty.rstrip(" .;,:/"), who=_who(unit))
        else:
            blanked = text.replace(unit, wording.word("blank"), 1)
            stem = wording.stem(self.name, random, place=place, sentence=blanked.rstrip(" ;,:"), who=_who(unit))
        return Draft(
            stem=stem,
            right=wording.as_option(unit),
            wrong=tuple(islice(_other_units(material, fact.source, unit, text), _POOL)),
            explanation=wording.explanation("text", place=place, text=text),
            citation=material.citation((fact.source, passage.provision, _span(passage))),
        )

    def holds(self, material: Material, fact: Fact, option: str) -> bool:
        found = self._found(material, fact)
        if found is None:
            return False
        passage, item = found
        if material.says(fact.source, _words(material, passage).replace(str(item.unit), option, 1)):
            return True
        named = [one.unit for one in material.holdings.assignments_of(passage) if one.unit]
        bound = (
            [one.unit for one in material.binding(fact.source) if one.unit] if self._is_bound(material, passage) else []
        )
        return any(same_unit(option, str(unit)) for unit in (item.unit, *named, *bound))

    def anchors(self, material: Material, fact: Fact) -> tuple[str, ...]:
        return (fact.locator,)

    def _is_bound(self, material: Material, passage: Passage) -> bool:
        """Whether a closing section binds units to what a clause says; its own clauses bind whom they name."""
        return not any(one.provision == passage.provision for one in material.binding(passage.source))

    def _found(self, material: Material, fact: Fact) -> tuple[Passage, Assignment] | None:
        start = int(fact.subject.rsplit("|", 1)[1])
        index = material.holdings.passage_at(fact.source, Span(start, start + 1))
        if index is None:
            return None
        passage = material.knowledge.passages[index]
        item = next(
            (one for one in self._asked(material, passage) if one.unit_span and one.unit_span.start == start), None
        )
        return (passage, item) if item else None

    def _asked(self, material: Material, passage: Passage) -> Iterator[Assignment]:
        """The assignments of a clause of which this form can ask."""
        text = _words(material, passage)
        if not (_FEWEST_WORDS <= len(text.split()) <= _MOST_WORDS) or not is_self_contained(text) or passage.references:
            return
        items = [one for one in material.holdings.assignments_of(passage) if one.unit and one.unit_span]
        inside = [one for one in items if one.unit_span and one.unit_span.overlaps(_span(passage))]
        for item in inside:
            unit = str(item.unit)
            if _is_vague(unit) or text.count(unit) != 1 or fold(text).count(fold(unit)) != 1:
                continue
            if self.name == "unit_blank" or (len(items) == 1 and item.role != "coordinate" and _predicate(text, unit)):
                yield item


@dataclass(frozen=True, slots=True)
class DutyForm:
    """Which of four duties a text gives to a unit."""

    name: str = "duty"
    kind: Kind = "single_choice"
    difficulty: Difficulty = "apply"
    quotes: bool = True

    def facts(self, material: Material) -> Iterator[Fact]:
        for source in material.texts:
            for passage, item in _duties(material, source):
                start = passage.segments[0].start
                yield material.fact(self.name, source, passage.provision, subject=f"{start}|{item.unit}",
                                    theme=f"{start}|unit")  # fmt: skip

    def draft(self, material: Material, fact: Fact, random: Random) -> Draft | None:
        _, start, unit = fact.subject.rsplit("|", 2)
        known = _duties(material, fact.source)
        passage = next((one for one, _ in known if one.segments[0].start == int(start)), None)
        if passage is None:
            return None
        others = [
            (one, item) for one, item in known
            if not _related(str(item.unit), unit) and one.provision != passage.provision
        ]  # fmt: skip
        others.sort(key=lambda pair: abs(pair[0].provision - passage.provision))
        place = material.place(fact.source, passage.provision)
        return Draft(
            stem=wording.stem(self.name, random, name=material.held_name(fact.source), unit=_inside(unit)),
            right=_duty(material, passage),
            wrong=tuple(_duty(material, one) for one, _ in others[:_POOL]),
            explanation=wording.explanation("text", place=place, text=_words(material, passage)),
            citation=material.citation((fact.source, passage.provision, _span(passage))),
        )

    def holds(self, material: Material, fact: Fact, option: str) -> bool:
        _, _, unit = fact.subject.rsplit("|", 2)
        known = (*_texts_of_related(material, fact.source, unit), *_texts_beside(material, fact.source, unit))
        return near_any(option, known, _SAME_DUTY)

    def anchors(self, material: Material, fact: Fact) -> tuple[str, ...]:
        return (fact.subject.rsplit("|", 1)[1],)


def _duties(material: Material, source: str) -> tuple[tuple[Passage, Assignment], ...]:
    """The clauses that give one unit alone a duty, with that assignment."""
    return material.once("duties", source, _find_duties)


def _find_duties(material: Material, source: str) -> Iterator[tuple[Passage, Assignment]]:
    bound = [str(one.unit) for one in material.binding(source)]
    for passage in material.clauses(source):
        items = [one for one in material.holdings.assignments_of(passage) if one.unit]
        text = _words(material, passage)
        if len(items) != 1 or items[0].role == "coordinate" or _is_vague(str(items[0].unit)) or passage.references:
            continue
        if any(same_unit(str(items[0].unit), unit) for unit in bound):
            continue
        if len(text.split()) > _MOST_WORDS or not is_self_contained(text) or text.endswith(":"):
            continue
        predicate = _predicate(text, str(items[0].unit)) if _is_told(material, passage, items[0]) else None
        if predicate is None or "trường hợp" in fold(text) or is_open(predicate) or refers(predicate):
            continue
        if len(predicate.split()) >= _FEWEST_DUTY_WORDS:
            yield passage, items[0]


def _is_told(material: Material, passage: Passage, item: Assignment) -> bool:
    """Whether a clause itself opens with the unit, or is the first under a line that gives that unit its duties."""
    if item.unit_span and item.unit_span.overlaps(_span(passage)):
        return True
    own = material.provision(passage.source, passage.provision)
    first = next(iter(material.holdings.clauses_of(passage.source, passage.provision)), None)
    if first is None or material.knowledge.passages[first] != passage or own.parent is None:
        return False
    above = material.provision(passage.source, own.parent)
    lead = fold(above.heading or material.printed(passage.source, above.segments))
    return contains(lead, str(item.unit)) and any(word in lead for word in wording.words("duties"))


def _texts_beside(material: Material, source: str, unit: str) -> tuple[str, ...]:
    """Every clause of the provisions that name a unit, whoever does what they say."""
    return material.once(f"beside {unit}", source, lambda *_: _find_beside(material, source, unit))


def _find_beside(material: Material, source: str, unit: str) -> Iterator[str]:
    naming = {
        passage.provision for passage in material.knowledge.passages
        if passage.source == source and passage.kind == "clause" and contains(passage.text, unit)
    }  # fmt: skip
    for passage in material.knowledge.passages:
        if passage.source == source and passage.kind == "clause" and passage.provision in naming:
            yield passage.text


def _texts_of_related(material: Material, source: str, unit: str) -> tuple[str, ...]:
    """Every clause of a text that gives a duty to a unit, or to one that may be a part of it."""

    def found(*_: object) -> Iterator[str]:
        known = material.once("unit texts", source, _find_texts)
        related = {named for named in {named for named, _ in known} if _related(named, unit)}
        return (text for named, text in known if named in related)

    return material.once(f"related {unit}", source, found)


def texts_of(material: Material, source: str, unit: str) -> list[str]:
    """Every clause of a text that gives a unit a duty, or binds it to all."""
    known = material.once("unit texts", source, _find_texts)
    return [text for named, text in known if same_unit(named, unit)]


def _find_texts(material: Material, source: str) -> Iterator[tuple[str, str]]:
    for item in material.knowledge.assignments:
        if item.source == source and item.unit:
            yield str(item.unit), item.duty.of(material.texts[source])


def _duty(material: Material, passage: Passage) -> str:
    unit = next(str(one.unit) for one in material.holdings.assignments_of(passage) if one.unit)
    return wording.as_option(_predicate(_words(material, passage), unit) or "")


def _predicate(text: str, unit: str) -> str | None:
    """What a clause says of a unit that it opens with, or that stands above it; None where it says it otherwise."""
    rest = text
    if contains(text, unit):
        if not fold(text).startswith(fold(unit)):
            return None
        rest = text[len(unit) :].lstrip()
    rest = _MODAL.sub("", rest)
    folded = fold(rest)
    told = commands(rest, 0) and not folded.startswith(("có ", "đã ")) and not _BOUND_LATER.search(folded)
    return rest if told and len(rest.split()) >= _FEWEST_SAID else None


def _words(material: Material, passage: Passage) -> str:
    return LABEL.sub("", material.printed(passage.source, passage.segments))


def _span(passage: Passage) -> Span:
    return Span(passage.segments[0].start, passage.segments[-1].end)


def _is_vague(unit: str) -> bool:
    name = fold(unit)
    if name.startswith(wording.words("collectives")) or name in wording.words("no_units") or _TORN.search(name):
        return True
    return len(unit) > _LONGEST_UNIT or " " not in unit or _VAGUE.search(name) is not None


def _related(one: str, other: str) -> bool:
    """Whether two units may be one, or parts of one body: they share a word that tells what they are.

    >>> _related("Ban Chấp hành Công đoàn", "Công đoàn Việt Nam"), _related("Ủy ban nhân dân", "Hội đồng nhân dân")
    (True, False)
    """
    if same_unit(one, other):
        return True
    pairs = [{" ".join(pair) for name in unit_names(unit) for pair in pairwise(name.split())} for unit in (one, other)]
    return bool((pairs[0] & pairs[1]) - set(wording.words("shared_by_units")))


def _is_person(unit: str) -> bool:
    return fold(unit).startswith(wording.words("persons"))


def _who(unit: str) -> str:
    return wording.word("person" if _is_person(unit) else "body")


def _inside(unit: str) -> str:
    """A unit's name inside a sentence."""
    return unit[:1].lower() + unit[1:] if fold(unit).startswith(wording.words("common")) else unit


def _other_units(material: Material, source: str, unit: str, text: str) -> Iterator[str]:
    """The other units of the corpus, those of the text first, that the sentence does not name."""
    known = (*_units_of(material, source), *material.once("all units", "", _find_all_units))
    is_person = _is_person(unit)
    for option in dict.fromkeys(known):
        if _is_person(option) == is_person and not contains(text, option):
            yield option


def _units_of(material: Material, source: str) -> tuple[str, ...]:
    """The units that a text names or is sent to, as options, each once."""
    return material.once("units", source, _find_units)


def _find_units(material: Material, source: str) -> Iterator[str]:
    named = [str(one.unit) for one in material.knowledge.assignments if one.unit and one.source == source]
    seen: set[str] = set()
    for name in dict.fromkeys((*named, *material.recipients(source))):
        option = wording.as_option(name)
        if fold(option) not in seen and not _is_vague(name):
            seen.add(fold(option))
            yield option


def _find_all_units(material: Material, _: str) -> Iterator[str]:
    seen: set[str] = set()
    for source in material.texts:
        for option in _units_of(material, source):
            if fold(option) not in seen:
                seen.add(fold(option))
                yield option
