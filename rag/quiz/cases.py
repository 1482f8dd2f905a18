"""Questions on what is to be done in a case that a text foresees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from rag.quiz import wording
from rag.quiz.alike import near_any, same_text
from rag.quiz.items import Difficulty, Draft, Fact, Kind
from rag.quiz.listings import LABEL, is_self_contained
from rag.quiz.material import Material
from rag.types import Passage, Span

_CASE = re.compile(r"^(?:Trường hợp|Nếu|Khi)\s(?P<condition>.{12,260}?),?\sthì\s(?P<what>.{20,260})$")
_SAME = 0.5
_MOST_WORDS = 45
_POOL = 40


@dataclass(frozen=True, slots=True)
class Case:
    """What a clause foresees, and what it says is to be done."""

    passage: Passage
    condition: str
    what: str


@dataclass(frozen=True, slots=True)
class CaseForm:
    """What is to be done in a case."""

    name: str = "case"
    kind: Kind = "single_choice"
    difficulty: Difficulty = "apply"
    quotes: bool = True

    def facts(self, material: Material) -> Iterator[Fact]:
        for source in material.texts:
            for case in cases(material, source):
                passage = case.passage
                start = str(passage.segments[0].start)
                yield material.fact(self.name, source, passage.provision, subject=start, theme=f"{start}|case")

    def draft(self, material: Material, fact: Fact, random: Random) -> Draft | None:
        case = self._case(material, fact)
        known = [one for one in cases(material, fact.source) if one != case]
        known.sort(key=lambda one: abs(one.passage.provision - case.passage.provision))
        place = material.place(fact.source, case.passage.provision)
        span = Span(case.passage.segments[0].start, case.passage.segments[-1].end)
        return Draft(
            stem=wording.stem(self.name, random, place=place, condition=case.condition),
            right=wording.as_option(case.what),
            wrong=tuple(wording.as_option(one.what) for one in known)[:_POOL],
            explanation=wording.explanation(
                "text", place=place, text=material.printed(fact.source, case.passage.segments)
            ),
            citation=material.citation((fact.source, case.passage.provision, span)),
        )

    def holds(self, material: Material, fact: Fact, option: str) -> bool:
        case = self._case(material, fact)
        same = [one.what for one in cases(material, fact.source) if same_text(one.condition, case.condition)]
        return near_any(option, (case.what, *same), _SAME)

    def anchors(self, material: Material, fact: Fact) -> tuple[str, ...]:
        return (fact.locator,)

    def _case(self, material: Material, fact: Fact) -> Case:
        start = int(fact.subject.rsplit("|", 1)[1])
        return next(one for one in cases(material, fact.source) if one.passage.segments[0].start == start)


def cases(material: Material, source: str) -> tuple[Case, ...]:
    """The cases that a text foresees, each in one clause that can be read by itself."""
    return material.once("cases", source, _find)


def _find(material: Material, source: str) -> Iterator[Case]:
    for passage in material.clauses(source):
        text = LABEL.sub("", material.printed(source, passage.segments)).rstrip(" ;")
        found = _CASE.match(text)
        if found is None or text.endswith(":") or not is_self_contained(found["what"]):
            continue
        if is_self_contained(found["condition"]) and len(found["what"].split()) <= _MOST_WORDS:
            yield Case(passage, found["condition"], found["what"])
