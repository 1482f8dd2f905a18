"""How many there are of what texts number: "hội nghị hiệp thương lần thứ ba", "Mẫu số 08"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.query import Query
from rag.language.normalize import fold, unmark
from rag.language.numerals import numeral
from rag.types import Passage

_TIMES = "lan|vong|dot|ky|khoa"
_ASKS = re.compile(
    rf"\b(?:may|bao nhieu) (?P<unit>{_TIMES}|mau|buoc)\b"
    r"(?P<thing>(?: (?!tat\b|ca\b|nay\b|vay\b|thi\b|la\b|a\b|moi\b)\w+){0,4})"
)
_ORDINAL = r"(?P<n>nhat|mot|hai|ba|tu|bon|nam|sau|bay|tam|chin|muoi|\d{1,2})"
_FORM = re.compile(r"\bmau so 0?(?P<n>\d{1,2})(?!\d)")
_STEP = re.compile(r"^buoc (?P<n>\d{1,2})(?=[.:])")
_BARE_WORDS = 2
"""How many words at the end of what is asked for have at least to be numbered: "hiệp thương" of "hội nghị …"."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """What is numbered of which a question asks how many there are, bare, and how the question says it."""

    unit: str
    thing: str
    said: str


def asked_ordinals(query: Query) -> Numbered | None:
    """What is numbered of which a question asks how many there are; None where it asks for no such thing."""
    match = _ASKS.search(query.bare)
    if match is None:
        return None
    said = query.restored[match.start("unit") : match.end("thing")]
    return Numbered(match["unit"], match["thing"].strip(), said.strip())


def numbered(asked: Numbered, passages: Sequence[Passage]) -> list[int]:
    """The shortest passages with the first, the second … of what is asked, from the text that numbers most of them.

    Empty where no text numbers two, or leaves one out.
    """
    if asked.unit == "buoc":
        return _steps(passages)
    is_form = asked.unit == "mau"
    for words in ["mau"] if is_form else _shorter(asked.thing.split()):
        pattern = _FORM if is_form else re.compile(rf"\b{words} (?:{_TIMES})(?: thu)? {_ORDINAL}\b")
        found: dict[str, dict[int, int]] = {}
        for index, passage in enumerate(passages):
            for match in pattern.finditer(unmark(fold(passage.text))):
                number = 1 if match["n"] == "nhat" else int(match["n"]) if match["n"].isdigit() else numeral(match["n"])
                number = 4 if match["n"] == "tu" else number
                known = found.setdefault(passage.source, {})
                if number and len(passages[known.get(number, index)].text) >= len(passage.text):
                    known[number] = index
        most = max(found.values(), key=len, default={})
        if len(most) > 1 and set(most) == set(range(1, len(most) + 1)):
            return [most[number] for number in sorted(most)]
    return []


def _steps(passages: Sequence[Passage]) -> list[int]:
    """The first passage of each step, "Bước 1. …", where one text alone tells steps and leaves none out."""
    found: dict[tuple[str, str], dict[int, int]] = {}
    for index, passage in enumerate(passages):
        if match := _STEP.match(unmark(fold(passage.text))):
            found.setdefault((passage.source, passage.context), {}).setdefault(int(match["n"]), index)
    steps = next(iter(found.values()), {}) if len(found) == 1 else {}
    whole = len(steps) > 1 and set(steps) == set(range(1, len(steps) + 1))
    return [steps[number] for number in sorted(steps)] if whole else []


def _shorter(words: Sequence[str]) -> list[str]:
    """The ends of what is said, longest first."""
    return [" ".join(words[at:]) for at in range(max(1, len(words) - _BARE_WORDS + 1))] if words else []
