"""Papers: the items of one test in several versions, with one answer sheet for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from rag.quiz.generate import shuffled_options
from rag.quiz.items import Item

FIRST_CODE = 101
MOST_VERSIONS = 24


@dataclass(frozen=True, slots=True)
class Paper:
    """One version: its code, empty where there is one version alone, and its items in their order."""

    code: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Test:
    """What is printed: a title, who holds the test, the minutes, and its versions."""

    title: str
    papers: tuple[Paper, ...]
    organ: str = ""
    minutes: int | None = None

    @property
    def items(self) -> tuple[Item, ...]:
        """The items in the order of the first version."""
        return self.papers[0].items


def make_test(
    items: Sequence[Item], *, title: str, versions: int = 1, seed: int = 1, organ: str = "", minutes: int | None = None
) -> Test:
    """A test of these items; of several versions each has items and options in an order of its own."""
    if versions == 1:
        return Test(title, (Paper("", tuple(items)),), organ, minutes)
    papers = tuple(_version(items, str(FIRST_CODE + at), seed) for at in range(versions))
    return Test(title, papers, organ, minutes)


def answer_sheet(test: Test) -> list[list[str]]:
    """For each version its code and the letters of the right options, in its order."""
    return [[paper.code, *(item.letters for item in paper.items)] for paper in test.papers]


def places(test: Test, item: Item) -> list[int]:
    """Where an item stands in each version, counted from 1."""
    return [[one.id for one in paper.items].index(item.id) + 1 for paper in test.papers]


def _version(items: Sequence[Item], code: str, seed: int) -> Paper:
    random = Random(f"{seed}/version {code}")
    shuffled = list(items)
    random.shuffle(shuffled)
    return Paper(code, tuple(shuffled_options(shuffled, random)))
