"""Which wrong options stand beside the right one: true of something else, alike in form, close in length."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from rag.law.subjects import commands
from rag.quiz.alike import NEAR, likeness, same_text, shared_words

OPTIONS = 4
_POOL = 14
_TRIALS = 24
_SHORT = 24
"""Options of fewer characters need not be close in length: a number is as good as another."""
LEAST_RATIO = 0.55
"""The shorter of two options is at least this part of the longer one, in characters."""
TOO_LIKE = 0.75


def choose(
    stem: str, right: str, candidates: Sequence[str], *, holds: Callable[[str], bool], random: Random
) -> tuple[str, ...] | None:
    """Three wrong options of the candidates, of which the first are the most likely; None where there are not enough.

    How many of them are longer than the right one, and how many share more words with the stem, is drawn by lot,
    so that neither tells which one is right.
    """
    pool = _fitting(right, candidates, holds)
    if len(pool) < OPTIONS - 1:
        return None
    longer, closer = random.randrange(OPTIONS), random.randrange(OPTIONS)
    best: tuple[int, tuple[str, ...]] | None = None
    for _ in range(_TRIALS):
        trial = _draw(pool, random)
        cost = 2 * abs(_longer(right, trial) - longer) + 2 * abs(_closer(stem, right, trial) - closer)
        cost += sum(likeness(one, other) >= NEAR for one in trial for other in trial if one < other)
        if best is None or cost < best[0]:
            best = cost, trial
    return best[1] if best else None


def alike_in_length(one: str, other: str) -> bool:
    """Whether neither of two options stands out by its length."""
    short, long = sorted((len(one), len(other)))
    return long <= _SHORT or short >= LEAST_RATIO * long


def opens_alike(one: str, other: str) -> bool:
    """Whether two longer options begin alike: both with a verb of duty, or neither.

    >>> opens_alike("Kiểm tra việc thực hiện quy chế", "Ngôn ngữ trong quy chế là tiếng Việt")
    False
    """
    if min(len(one), len(other)) <= _SHORT:
        return True
    return commands(one, 0) == commands(other, 0)


def _fitting(right: str, candidates: Sequence[str], holds: Callable[[str], bool]) -> list[str]:
    pool: list[str] = []
    for option in candidates:
        if len(pool) == _POOL:
            break
        others = (right, *pool)
        if (
            alike_in_length(right, option)
            and opens_alike(right, option)
            and not any(same_text(option, other) for other in others)
            and (len(option) <= _SHORT or likeness(option, right) < TOO_LIKE)
            and not holds(option)
        ):
            pool.append(option)
    return pool


def _draw(pool: Sequence[str], random: Random) -> tuple[str, ...]:
    """Three of the pool, the first ones more often."""
    left, drawn = list(pool), list[str]()
    while len(drawn) < OPTIONS - 1:
        weights = [1 / (2 + at) for at in range(len(left))]
        drawn.append(left.pop(random.choices(range(len(left)), weights)[0]))
    return tuple(drawn)


def _longer(right: str, wrong: Sequence[str]) -> int:
    return sum(len(option) >= len(right) for option in wrong)


def _closer(stem: str, right: str, wrong: Sequence[str]) -> int:
    own = shared_words(stem, right)
    return sum(shared_words(stem, option) >= own for option in wrong)
