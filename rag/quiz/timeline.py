"""Questions on which documents came first, and in which order they came."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations, permutations
from random import Random
from typing import Literal

from rag.language.dates import spoken_date
from rag.quiz import wording
from rag.quiz.entries import dated, days_apart, fact_of
from rag.quiz.items import Difficulty, Draft, Fact, Kind
from rag.quiz.material import Material, document_name
from rag.types import Document

_NEXT = "; "
_ORDERED = 3
_POOL = 24


@dataclass(frozen=True, slots=True)
class FirstForm:
    """Which of four documents was issued first, or last. The options themselves are a part of the question."""

    name: Literal["earliest", "latest"]
    kind: Kind = "single_choice"
    difficulty: Difficulty = "understand"
    quotes: bool = True

    def facts(self, material: Material) -> Iterator[Fact]:
        for entry in dated(material):
            if evidence := material.telling(entry, ("date",)):
                yield fact_of(material, self.name, entry, evidence, theme="order")

    def draft(self, material: Material, fact: Fact, random: Random) -> Draft | None:
        entry = material.entries[fact.subject]
        evidence = material.telling(entry, ("date",))
        if evidence is None:
            return None
        others = [other for other in dated(material) if not self._is_first(other, entry) and other.date != entry.date]
        others.sort(key=lambda other: (other.type != entry.type, days_apart(other.date, entry.date), other.key))
        others = others[:_POOL]
        return Draft(
            stem=wording.stem(self.name, random),
            right=document_name(entry),
            wrong=tuple(document_name(other) for other in others),
            explanation=_dates_of(material, (document_name(entry),)),
            citation=material.citation(evidence),
            explain=partial(_dates_of, material),
        )

    def holds(self, material: Material, fact: Fact, option: str) -> bool:
        own, entry = material.entries[fact.subject], material.named(option)
        if entry is None or entry.key == own.key:
            return entry is not None
        known = material.dates(entry)
        return not known or any(not self._comes_after(date, own.date or "") for date in known)

    def anchors(self, material: Material, fact: Fact) -> tuple[str, ...]:
        return ("sớm nhất" if self.name == "earliest" else "muộn nhất",)

    def _comes_after(self, date: str, own: str) -> bool:
        return date > own if self.name == "earliest" else date < own

    def _is_first(self, other: Document, entry: Document) -> bool:
        return not self._comes_after(other.date or "", entry.date or "")


@dataclass(frozen=True, slots=True)
class ChronologyForm:
    """In which order three documents were issued."""

    name: str = "chronology"
    kind: Kind = "single_choice"
    difficulty: Difficulty = "apply"
    quotes: bool = False

    def facts(self, material: Material) -> Iterator[Fact]:
        known = sorted(dated(material), key=lambda entry: (entry.type, entry.date or "", entry.key))
        by_type: dict[str, list[Document]] = {}
        for entry in known:
            by_type.setdefault(entry.type, []).append(entry)
        for group in by_type.values():
            for three in list(combinations(group, _ORDERED))[:_POOL]:
                evidence = material.telling(three[0], ("date",))
                subject = "|".join(entry.key for entry in three)
                if evidence and len({entry.date for entry in three}) == _ORDERED:
                    fact = fact_of(material, self.name, three[0], evidence, theme="order", subject=subject)
                    keys = tuple(entry.key for entry in three)
                    yield replace(fact, documents=keys, about=keys)

    def draft(self, material: Material, fact: Fact, random: Random) -> Draft | None:
        three = [material.entries[key] for key in fact.documents]
        evidence = material.telling(three[0], ("date",))
        if evidence is None:
            return None
        ordered = sorted(three, key=lambda entry: entry.date or "")
        right = _NEXT.join(str(entry.number) for entry in ordered)
        wrong = [_NEXT.join(str(entry.number) for entry in order) for order in permutations(ordered)][1:]
        random.shuffle(wrong)
        named = sorted(three, key=lambda entry: entry.key)
        names = ", ".join(document_name(entry) for entry in named[:-1]) + " và " + document_name(named[-1])
        dates = "; ".join(f"{document_name(entry)} ({spoken_date(entry.date or '')})" for entry in ordered)
        return Draft(
            stem=wording.stem(self.name, random, names=names),
            right=right,
            wrong=tuple(wrong),
            explanation=wording.explanation("order", dates=dates),
            citation=material.citation(evidence),
        )

    def holds(self, material: Material, fact: Fact, option: str) -> bool:
        entries = [material.named(part) for part in re.split(r"\s*(?:→|,|;)\s*", option)]
        keys = {entry.key for entry in entries if entry}
        if keys != set(fact.documents) or len(entries) != len(fact.documents):
            return False
        dates = [entry.date or "" for entry in entries if entry]
        return dates == sorted(dates)

    def anchors(self, material: Material, fact: Fact) -> tuple[str, ...]:
        return tuple(str(material.entries[key].number) for key in fact.documents)


def _dates_of(material: Material, options: tuple[str, ...]) -> str:
    """The dates of documents, in their order in time."""
    entries = sorted(filter(None, map(material.named, options)), key=lambda one: one.date or "")
    dates = "; ".join(f"{document_name(one)} ({spoken_date(one.date or '')})" for one in entries)
    return wording.explanation("order", dates=dates)
