"""What a printed test consists of, line by line, whichever program prints it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rag.quiz import wording
from rag.quiz.alike import contains
from rag.quiz.formats.texts import explained
from rag.quiz.items import LETTERS, Item
from rag.quiz.papers import Paper, Test, answer_sheet, places


@dataclass(frozen=True, slots=True)
class Question:
    """One printed question: its number, the stem, and the options with their letters."""

    number: str
    stem: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Solution:
    """One entry of the key: where the item stands, its answer, why, and the passage where that does not quote it."""

    number: str
    answer: str
    why: str
    quote: str


def organ(test: Test) -> str:
    """Who holds the test, or a line to write it on."""
    return test.organ.upper() or wording.label("organ_blank")


def size(test: Test) -> str:
    """How many questions there are and how many minutes."""
    count = wording.label("size", count=str(len(test.items)))
    return f"{count}, {wording.label('minutes', minutes=str(test.minutes))}." if test.minutes else f"{count}."


def questions(paper: Paper) -> Iterator[Question]:
    """The questions of a version, in order."""
    for number, item in enumerate(paper.items, 1):
        options = tuple((f"{LETTERS[at]}.", text) for at, text in enumerate(item.options))
        yield Question(wording.label("item", number=str(number)), item.stem, options)


def sheet(test: Test) -> list[list[str]]:
    """The answer sheet: a row a question, a column a version."""
    columns = answer_sheet(test)
    coded = len(columns) > 1
    head = [wording.label("sheet_item"), *(column[0] if coded else wording.label("key") for column in columns)]
    rows = zip(*(column[1:] for column in columns), strict=True)
    return [head, *([str(number), *letters] for number, letters in enumerate(rows, 1))]


def solutions(test: Test) -> Iterator[Solution]:
    """The answers with their explanation and source, in the order of the first version."""
    for item in test.items:
        quote = " ".join(item.citation.quote.split())
        shown = "" if contains(item.explanation, quote) else f"“{quote}”"
        yield Solution(_numbers(test, item), _answer(item), explained(item), shown)


def _numbers(test: Test, item: Item) -> str:
    first, *others = places(test, item)
    told = [
        wording.label("other_numbers", code=paper.code, number=str(number))
        for paper, number in zip(test.papers[1:], others, strict=True)
    ]
    return wording.label("numbers", number=str(first)) + "".join(told)


def _answer(item: Item) -> str:
    return wording.label("answer", letters=item.letters, option=item.right)
