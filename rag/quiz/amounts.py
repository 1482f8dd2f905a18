"""Questions on what a text counts and for how long: a number, a share, a period, as a blank or as a statement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Literal

from rag.language.lexicon import quiz_words
from rag.language.normalize import alternation, fold
from rag.quiz import wording
from rag.quiz.alike import same_text
from rag.quiz.items import Difficulty, Draft, Fact, Kind
from rag.quiz.listings import LABEL, is_self_contained
from rag.quiz.material import Material
from rag.types import Citation, Passage, Span

_MOST_WORDS = 60
_FEWEST_WORDS = 8
_PERIOD = re.compile(
    r"\b(?:giai đoạn|nhiệm kỳ)\s(?P<value>(?P<from>(?:19|20)\d\d)\s?[-–]\s?(?P<to>(?:19|20)\d\d))(?!\d)"
)
_TIMES = re.compile(r"\blần thứ\s(?P<value>[IVX]{1,6})\b")
_SHARE = re.compile(r"(?<![\d.,/])(?P<value>(?P<number>\d{1,3})\s?%)")
_FRACTION = re.compile(r"\b(?P<value>(?:một|hai|ba|bốn) phần (?:hai|ba|tư|năm))\b")
_FRACTIONS = ("một phần hai", "một phần ba", "hai phần ba", "ba phần tư", "một phần tư", "ba phần năm")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
          "XVIII", "XIX", "XX", "XXI", "XXII", "XXIII", "XXIV", "XXV")  # fmt: skip
_RANGE_BEFORE = re.compile(r"(?:\bđến|\btừ|-|–)\s*$")
_RANGE_AFTER = re.compile(r"^\s*(?:đến\s|-\s?\d|–)")
_DAY_OF_MONTH = re.compile(r"\b(?:ngày|tháng|năm|khoản|điều|điểm|số|quý|mẫu số|lần thứ)\s*$", re.IGNORECASE)
_SHIFTS = (5, -5, 10, -10)
_STATEMENT_VALUES = 1
_WRONG = 8


@dataclass(frozen=True, slots=True)
class Amount:
    """A value at `start:end` of a clause's words, and what may stand in its place."""

    value: str
    start: int
    end: int
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AmountForm:
    """A number, a share or a period left out of a sentence."""

    name: Literal["amount", "period"]
    kind: Kind = "cloze"
    difficulty: Difficulty = "recall"
    quotes: bool = True

    def facts(self, material: Material) -> Iterator[Fact]:
        for source in material.texts:
            for passage, amounts in _clauses(material, source):
                for amount in amounts:
                    if _is_period(amount) == (self.name == "period"):
                        yield _fact(material, self.name, passage, str(amount.start))

    def draft(self, material: Material, fact: Fact, random: Random) -> Draft | None:
        found = _found(material, fact)
        if found is None:
            return None
        passage, amount = found
        text = _words(material, passage)
        blanked = f"{text[: amount.start]}{wording.word('blank')}{text[amount.end :]}"
        place = material.place(fact.source, passage.provision)
        return Draft(
            stem=wording.stem(self.name, random, place=place, sentence=wording.as_option(blanked)),
            right=amount.value,
            wrong=tuple(random.sample(amount.others, len(amount.others))),
            explanation=wording.explanation("text", place=place, text=text),
            citation=_citation(material, passage),
        )

    def holds(self, material: Material, fact: Fact, option: str) -> bool:
        found = _found(material, fact)
        if found is None:
            return False
        passage, amount = found
        text = _words(material, passage)
        elsewhere = material.says(fact.source, f"{text[: amount.start]}{option}{text[amount.end :]}")
        return elsewhere or same_text(option, amount.value)

    def anchors(self, material: Material, fact: Fact) -> tuple[str, ...]:
        return fact.locator, wording.word("blank")


@dataclass(frozen=True, slots=True)
class AmountStatement:
    """A sentence with its amount as it is, or with another one."""

    name: str = "amount_statement"
    kind: Kind = "true_false"
    difficulty: Difficulty = "recall"
    quotes: bool = False

    def facts(self, material: Material) -> Iterator[Fact]:
        for source in material.texts:
            for passage, amounts in _clauses(material, source):
                for amount in amounts:
                    for said in (amount.value, *amount.others[:_STATEMENT_VALUES]):
                        yield _fact(material, self.name, passage, f"{amount.start}|{said}")

    def draft(self, material: Material, fact: Fact, random: Random) -> Draft | None:
        found, said = _found(material, fact), fact.subject.rsplit("|", 1)[1]
        if found is None:
            return None
        passage, amount = found
        text = _words(material, passage)
        is_true = same_text(said, amount.value)
        place = material.place(fact.source, passage.provision)
        true, false = wording.truths()
        sentence = wording.as_option(f"{text[: amount.start]}{said}{text[amount.end :]}") + "."
        return Draft(
            stem=wording.stem(self.name, random, place=place, sentence=sentence),
            right=true if is_true else false,
            wrong=(false if is_true else true,),
            explanation=wording.explanation(
                "true" if is_true else "false", text=wording.explanation("text", place=place, text=text)
            ),
            citation=_citation(material, passage),
            fixed=(true, false),
        )

    def holds(self, material: Material, fact: Fact, option: str) -> bool:
        found = _found(material, fact)
        is_true = found is not None and same_text(fact.subject.rsplit("|", 1)[1], found[1].value)
        return (option == wording.truths()[0]) == is_true

    def anchors(self, material: Material, fact: Fact) -> tuple[str, ...]:
        return fact.locator, fact.subject.rsplit("|", 1)[1]


def amounts(text: str) -> Iterator[Amount]:
    """The values of a clause that can be left out of it.

    >>> [(one.value, one.others[:2]) for one in amounts("Niêm yết ít nhất 30 ngày, kể từ ngày 01 tháng 7.")]
    [('30 ngày', ('20 ngày', '45 ngày'))]
    """
    for match in _counted().finditer(text):
        if not (_is_dated(text, match) or _is_range(text, match)):
            yield Amount(match["value"], *match.span("value"), _other_counts(match))
    for match in _SHARE.finditer(text):
        if not _is_range(text, match):
            usual = _nearest(int(match["number"]), "usual_shares")
            values = tuple(match["value"].replace(match["number"], str(one)) for one in usual)
            yield Amount(match["value"], *match.span("value"), values)
    for match in _FRACTION.finditer(text):
        yield Amount(match["value"], *match.span("value"), tuple(one for one in _FRACTIONS if one != match["value"]))
    for match in _PERIOD.finditer(text):
        yield Amount(match["value"], *match.span("value"), tuple(_shifted(match)))
    for match in _TIMES.finditer(text):
        if match["value"] in _ROMAN:
            at = _ROMAN.index(match["value"])
            near = [_ROMAN[one] for one in (at - 1, at + 1, at - 2, at + 2) if 0 <= one < len(_ROMAN)]
            yield Amount(match["value"], *match.span("value"), tuple(near))


@cache
def _counted() -> re.Pattern[str]:
    nouns = alternation(wording.words("counted"))
    return re.compile(rf"(?<![\d.,/%-])(?P<value>(?P<number>\d{{1,4}})\s(?P<noun>{nouns}))(?!\w)")


def _is_period(amount: Amount) -> bool:
    return not any(noun in amount.value for noun in (*wording.words("counted"), "%", "phần"))


def _is_dated(text: str, match: re.Match[str]) -> bool:
    return _DAY_OF_MONTH.search(text[: match.start()]) is not None


def _is_range(text: str, match: re.Match[str]) -> bool:
    """Whether a value is one end of a range."""
    before, after = text[: match.start()], text[match.end() :]
    if _RANGE_AFTER.match(after):
        return True
    found = _RANGE_BEFORE.search(before)
    return found is not None and bool(re.search(r"\d\s*(?:\S+\s){0,2}(?:đến|-|–)\s*$", before))


def _other_counts(match: re.Match[str]) -> tuple[str, ...]:
    number, noun = match["number"], match["noun"]
    scale = "usual_days" if noun.startswith("ngày") else "usual_months" if noun == "tháng" else "usual_numbers"
    width = 2 if number.startswith("0") or int(number) >= 10 else 1
    return tuple(f"{one:0{width}} {noun}" for one in _nearest(int(number), scale))


def _nearest(number: int, scale: str) -> list[int]:
    known = [int(one) for one in quiz_words("words")[scale]]
    ordered = sorted((one for one in known if one != number), key=lambda one: abs(known_place(known, one, number)))
    return ordered[:_WRONG]


def known_place(known: list[int], one: int, number: int) -> float:
    """How many steps of a scale a value is away from a number."""
    return sum(1 for other in known if other <= one) - sum(1 for other in known if other <= number)


def _shifted(match: re.Match[str]) -> Iterator[str]:
    for years in _SHIFTS:
        start, end = str(int(match["from"]) + years), str(int(match["to"]) + years)
        yield match["value"].replace(match["to"], end).replace(match["from"], start, 1)


def _clauses(material: Material, source: str) -> tuple[tuple[Passage, tuple[Amount, ...]], ...]:
    return material.once("amounts", source, _find)


def _find(material: Material, source: str) -> Iterator[tuple[Passage, tuple[Amount, ...]]]:
    for passage in material.clauses(source):
        text = _words(material, passage)
        if not (_FEWEST_WORDS <= len(text.split()) <= _MOST_WORDS) or not is_self_contained(text) or text.endswith(":"):
            continue
        found = tuple(one for one in amounts(text) if fold(text).count(fold(one.value)) == 1)
        values = {one.value for one in found}
        apart = (Amount(one.value, one.start, one.end, tuple(set_ordered(one.others, values))) for one in found)
        known = tuple(one for one in apart if len(one.others) > 2)
        if known:
            yield passage, known


def set_ordered(others: tuple[str, ...], taken: set[str]) -> list[str]:
    """The values that the sentence does not give itself, in order."""
    return [one for one in dict.fromkeys(others) if not any(same_text(one, value) for value in taken)]


def _fact(material: Material, form: str, passage: Passage, rest: str) -> Fact:
    start = passage.segments[0].start
    subject = f"{start}|{rest}"
    return material.fact(form, passage.source, passage.provision, subject=subject, theme=f"{start}|amount")


def _found(material: Material, fact: Fact) -> tuple[Passage, Amount] | None:
    start, at = (int(part) for part in fact.subject.removeprefix(f"{fact.source}|").split("|")[:2])
    for passage, known in _clauses(material, fact.source):
        if passage.segments[0].start == start:
            amount = next((one for one in known if one.start == at), None)
            return (passage, amount) if amount else None
    return None


def _citation(material: Material, passage: Passage) -> Citation:
    span = Span(passage.segments[0].start, passage.segments[-1].end)
    return material.citation((passage.source, passage.provision, span))


def _words(material: Material, passage: Passage) -> str:
    return LABEL.sub("", material.printed(passage.source, passage.segments))
