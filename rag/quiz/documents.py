"""Questions on what a document is: its number, title, issuer, date and level, and which came first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Literal

from rag.language.dates import said_date
from rag.language.lexicon import Issuer
from rag.language.lexicon import issuers as issuer_table
from rag.law.numbers import parts
from rag.quiz import wording
from rag.quiz.alike import contains, dates_in, same_title, same_unit
from rag.quiz.entries import (
    askable_title,
    days_apart,
    fact_of,
    has_sure_date,
    near,
    number_name,
    title_evidence,
    told,
)
from rag.quiz.items import Difficulty, Draft, Fact, Kind
from rag.quiz.material import Evidence, Material, document_name
from rag.types import Document

Field = Literal["issuer", "date", "title"]

_NEXT = "; "
_ORDERED = 3
_POOL = 24
_FALSE_VALUES = 2
_ENOUGH = 4


@dataclass(frozen=True, slots=True)
class FieldForm:
    """Who issued a document, when, and on what."""

    name: Field
    difficulty: Difficulty
    kind: Kind = "single_choice"
    quotes: bool = True

    def facts(self, material: Material) -> Iterator[Fact]:
        for entry in material.numbered:
            evidence = (
                title_evidence(material, entry) if self.name == "title" else material.telling(entry, (self.name,))
            )
            if evidence and value_of(material, entry, self.name):
                yield fact_of(material, self.name, entry, evidence, theme=self.name)

    def draft(self, material: Material, fact: Fact, random: Random) -> Draft | None:
        entry = material.entries[fact.subject]
        right = value_of(material, entry, self.name)
        evidence = _evidence(material, entry, self.name)
        if right is None or evidence is None:
            return None
        name = document_name(entry)
        if self.name == "issuer" and has_sure_date(material, entry):
            name = f"{name} {said_date(entry.date or '')}"
        elif self.name != "issuer":
            name = material.dated_name(entry) if self.name == "title" else _issued_name(material, entry)
        return Draft(
            stem=wording.stem(self.name, random, name=name),
            short=wording.short_stem(self.name, number_name=number_name(entry)),
            right=right,
            wrong=tuple(wrong_values(material, entry, self.name)),
            explanation=told(material, entry),
            citation=material.citation(evidence),
        )

    def holds(self, material: Material, fact: Fact, option: str) -> bool:
        return value_holds(material, material.entries[fact.subject], self.name, option)

    def anchors(self, material: Material, fact: Fact) -> tuple[str, ...]:
        return (str(material.entries[fact.subject].number),)


@dataclass(frozen=True, slots=True)
class NumberForm:
    """Which document has a title; `governs` asks the same as it comes up at work."""

    name: Literal["number", "governs"]
    difficulty: Difficulty
    kind: Kind = "single_choice"
    quotes: bool = True

    def facts(self, material: Material) -> Iterator[Fact]:
        for entry in material.numbered:
            evidence = title_evidence(material, entry)
            if evidence and askable_title(material, entry):
                yield fact_of(material, self.name, entry, evidence, theme="title")

    def draft(self, material: Material, fact: Fact, random: Random) -> Draft | None:
        entry = material.entries[fact.subject]
        evidence, bare = title_evidence(material, entry), askable_title(material, entry)
        if evidence is None or bare is None or entry.title is None:
            return None
        lead = entry.title[: len(entry.title) - len(wording.bare_title(entry.title))]
        others = [
            document_name(other)
            for other in near(entry, material.numbered)
            if str(other.number) not in material.numbers_in(bare) and not (other.title or "").startswith(other.type)
        ]
        return Draft(
            stem=wording.stem(self.name, random, title=lead.lower() + wording.in_sentence(bare), bare=bare),
            short=None,
            right=document_name(entry),
            wrong=tuple(others[:_POOL]),
            explanation=told(material, entry),
            citation=material.citation(evidence),
        )

    def holds(self, material: Material, fact: Fact, option: str) -> bool:
        asked, entry = askable_title(material, material.entries[fact.subject]), material.named(option)
        if entry is None or asked is None:
            return False
        return entry.key == fact.subject or any(
            contains(title, asked) or (same_title(title, asked) and not contains(asked, wording.bare_title(title)))
            for title in material.titles(entry)
        )

    def anchors(self, material: Material, fact: Fact) -> tuple[str, ...]:
        return (askable_title(material, material.entries[fact.subject]) or "",)


@dataclass(frozen=True, slots=True)
class LevelForm:
    """Which document is of a level of government."""

    name: str = "level"
    kind: Kind = "single_choice"
    difficulty: Difficulty = "understand"
    quotes: bool = True

    def facts(self, material: Material) -> Iterator[Fact]:
        for entry in material.numbered:
            evidence = material.telling(entry, ("issuer",))
            if evidence and entry.level:
                yield fact_of(material, self.name, entry, evidence, theme="level")

    def draft(self, material: Material, fact: Fact, random: Random) -> Draft | None:
        entry = material.entries[fact.subject]
        evidence = material.telling(entry, ("issuer",))
        if evidence is None or not entry.level:
            return None
        others = [other for other in near(entry, material.numbered) if other.level and other.level != entry.level]
        others.sort(key=lambda other: other.type != entry.type)
        return Draft(
            stem=wording.stem(self.name, random, level=_level(entry)),
            right=document_name(entry),
            wrong=tuple(document_name(other) for other in others[:_POOL]),
            explanation=wording.explanation("level", full=material.dated_name(entry), level=str(entry.level)),
            citation=material.citation(evidence),
        )

    def holds(self, material: Material, fact: Fact, option: str) -> bool:
        entry = material.named(option)
        asked = material.entries[fact.subject].level
        return entry is not None and (entry.level is None or entry.level == asked)

    def anchors(self, material: Material, fact: Fact) -> tuple[str, ...]:
        return (str(material.entries[fact.subject].level),)


@dataclass(frozen=True, slots=True)
class DocumentStatement:
    """A statement on a document's issuer or date, true or with that one thing changed."""

    name: str = "document_statement"
    kind: Kind = "true_false"
    difficulty: Difficulty = "recall"
    quotes: bool = False

    def facts(self, material: Material) -> Iterator[Fact]:
        for entry in material.numbered:
            fields: tuple[Field, ...] = ("issuer", "date")
            for field in fields:
                value = value_of(material, entry, field)
                evidence = material.telling(entry, (field,))
                if value is None or evidence is None:
                    continue
                false = [one for one in wrong_values(material, entry, field)
                         if not value_holds(material, entry, field, one)]  # fmt: skip
                for said in (value, *false[:_FALSE_VALUES]):
                    subject = f"{entry.key}|{field}|{said}"
                    yield fact_of(material, self.name, entry, evidence, theme=field, subject=subject)

    def draft(self, material: Material, fact: Fact, random: Random) -> Draft | None:
        entry, field, said = self._parts(material, fact)
        evidence = material.telling(entry, (field,))
        if evidence is None:
            return None
        is_true = value_holds(material, entry, field, said)
        name = _issued_name(material, entry) if field == "date" else document_name(entry)
        if field == "issuer" and has_sure_date(material, entry):
            name = f"{name} {said_date(entry.date or '')}"
        value = wording.in_sentence(said) if field == "date" else said
        statement = wording.statement(field, name=name, value=value)
        true, false = wording.truths()
        return Draft(
            stem=wording.stem(self.name, random, statement=f"“{statement}”"),
            right=true if is_true else false,
            wrong=(false if is_true else true,),
            explanation=wording.explanation("true" if is_true else "false", text=told(material, entry)),
            citation=material.citation(evidence),
            fixed=(true, false),
        )

    def holds(self, material: Material, fact: Fact, option: str) -> bool:
        entry, field, said = self._parts(material, fact)
        return (option == wording.truths()[0]) == value_holds(material, entry, field, said)

    def anchors(self, material: Material, fact: Fact) -> tuple[str, ...]:
        entry, _, said = self._parts(material, fact)
        return str(entry.number), said

    def _parts(self, material: Material, fact: Fact) -> tuple[Document, Field, str]:
        key, field, said = fact.subject.rsplit("|", 2)
        return material.entries[key], "issuer" if field == "issuer" else "date", said


def _evidence(material: Material, entry: Document, field: Field) -> Evidence | None:
    """Where a text says a field of a document."""
    return title_evidence(material, entry) if field == "title" else material.telling(entry, (field,))


def value_of(material: Material, entry: Document, field: Field) -> str | None:
    """A field of a document as an option; None where it is unknown or in doubt."""
    if field == "issuer":
        return material.issuer(entry)
    if field == "date":
        return wording.said_day(entry.date) if entry.date and has_sure_date(material, entry) else None
    return askable_title(material, entry)


def wrong_values(material: Material, entry: Document, field: Field) -> Iterator[str]:
    """The values that other documents have in a field, the most likely ones first, each once."""
    if field == "issuer":
        yield from _other_issuers(material, entry)
        return
    others = near(entry, material.numbered)
    if field == "date":
        others.sort(key=lambda other: days_apart(entry.date, other.date))
    values = (value_of(material, other, field) for other in others)
    yield from dict.fromkeys(value for value in values if value)


def _other_issuers(material: Material, entry: Document) -> list[str]:
    """The issuers of a document's level; those of other levels too where these are too few."""
    alike = [other for other in material.knowledge.documents if other.level == entry.level]
    known = [material.issuer(other) for other in near(entry, alike)]
    names = dict.fromkeys(name for name in (*known, *_issuers_of_level(entry)) if name)
    same: list[str] = []
    for name in names:
        if not value_holds(material, entry, "issuer", name) and not any(same_unit(name, one) for one in same):
            same.append(name)
    if len(same) >= _ENOUGH:
        return same
    others = [material.issuer(other) for other in near(entry, material.numbered)]
    return list(dict.fromkeys([*same, *(name for name in others if name)]))


def value_holds(material: Material, entry: Document, field: Field, option: str) -> bool:
    """Whether the corpus gives a document this value anywhere."""
    if field == "issuer":
        return any(same_unit(option, name) for name in material.issuers(entry))
    if field == "date":
        return bool(dates_in(option) & material.dates(entry))
    return any(same_title(option, title) for title in material.titles(entry))


def _issuers_of_level(entry: Document) -> list[str]:
    """Issuers that belong to a document's own, at its level and time, by the table."""
    read = parts(entry.number or "")
    organ = read.organ.split("-")[0] if read else None
    return [
        row.name for row in issuer_table().values()
        if row.name and row.level == entry.level and row.parent == organ and _existed(row, entry)
    ][:_ORDERED]  # fmt: skip


def _existed(row: Issuer, entry: Document) -> bool:
    date = entry.date or ""
    return (row.valid_from or "") <= date and (not row.valid_to or date <= row.valid_to)


def _issued_name(material: Material, entry: Document) -> str:
    issuer = material.issuer(entry)
    return f"{document_name(entry)} của {issuer}" if issuer else document_name(entry)


def _level(entry: Document) -> str:
    return f"cấp {entry.level}" if entry.level != "trung ương" else "Trung ương"
