"""How many there are of what texts number: "hội nghị hiệp thương lần thứ ba", "Mẫu số 08"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.query import Query
from rag.language.normalize import alternation, fold, unmark
from rag.language.numerals import numeral
from rag.law.clauses import STEP_WORDS
from rag.types import Passage

_TIMES = "lan|vong|dot|ky|khoa"
_STEPS = alternation(unmark(fold(word)) for word in STEP_WORDS)
_ASKS = re.compile(
    rf"\b(?:may|bao nhieu) (?:nhom )?(?P<unit>{_TIMES}|mau|{_STEPS})\b"
    r"(?P<thing>(?: (?!tat\b|ca\b|nay\b|vay\b|thi\b|la\b|a\b|moi\b)\w+){0,4})"
)
_ORDINAL = r"(?P<n>nhat|mot|hai|ba|tu|bon|nam|sau|bay|tam|chin|muoi|\d{1,2})"
_FORM = re.compile(r"\bmau so 0?(?P<n>\d{1,2})(?!\d)")
_STEP = re.compile(rf"^(?P<unit>{_STEPS}) (?P<n>\d{{1,2}}|(?:thu )?[a-z]+)(?=[.:]| \(| -)")
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


def numbered(asked: Numbered, passages: Sequence[Passage], *, best: Sequence[int] = ()) -> list[int]:
    """The shortest passages with the first, the second … of what is asked, from the text that numbers most of them.

    Empty where no text numbers two, or leaves one out. Of several texts that tell steps the one counts whose passage
    comes first among the `best` for the question.
    """
    if re.fullmatch(_STEPS, asked.unit) and (steps := _steps(asked.unit, passages, best)):
        return steps
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


def _steps(unit: str, passages: Sequence[Passage], best: Sequence[int]) -> list[int]:
    """The first passage of each step, "Bước 1. …", where a text tells its steps once and leaves none out."""
    found: dict[tuple[str, str], dict[int, int]] = {}
    for index, passage in enumerate(passages):
        match = _STEP.match(unmark(fold(passage.text)))
        if match and match["unit"] == unit and (number := _place(match["n"])):
            found.setdefault((passage.source, passage.context), {}).setdefault(number, index)
    whole = {
        key: steps for key, steps in found.items() if len(steps) > 1 and set(steps) == set(range(1, len(steps) + 1))
    }
    order = [passages[index].source for index in best] if len(whole) > 1 else [source for source, _ in whole]
    source = next((one for one in order if any(one == of for of, _ in whole)), None)
    told = [steps for (of, _), steps in whole.items() if of == source]
    return [told[0][number] for number in sorted(told[0])] if len(told) == 1 else []


def _place(said: str) -> int | None:
    """
    >>> _place("3"), _place("thu nhat"), _place("hai"), _place("tu")
    (3, 1, 2, 4)
    """
    word = said.removeprefix("thu ")
    return int(word) if word.isdigit() else {"nhat": 1, "tu": 4}.get(word) or numeral(word)


def _shorter(words: Sequence[str]) -> list[str]:
    """The ends of what is said, longest first."""
    return [" ".join(words[at:]) for at in range(max(1, len(words) - _BARE_WORDS + 1))] if words else []
