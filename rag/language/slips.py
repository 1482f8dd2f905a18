"""Slips of the hand on a keyboard: what one of them makes of a word, and how likely it is.

Four kinds of one slip each (Damerau): a letter left out, put in, changed, or two neighbours swapped. A key is
changed for one beside it more readily than for another. The costs are logarithms of rough shares, as in
Kernighan, Church & Gale, "A Spelling Correction Program Based on a Noisy Channel Model" (COLING 1990).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

_ROWS = (("qwertyuiop", 0.0), ("asdfghjkl", 0.25), ("zxcvbnm", 0.75))
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_TWICE, _SWAPPED, _LEFT_OUT, _BESIDE, _PUT_IN, _CHANGED = -2.5, -2.5, -2.5, -3.5, -4.5, -7.0
_FIRST = -1.5
"""The first letter of a word is seldom wrong."""


@cache
def _beside() -> frozenset[tuple[str, str]]:
    """The pairs of keys that touch each other."""
    places = {key: (x + shift, y) for y, (row, shift) in enumerate(_ROWS) for x, key in enumerate(row)}
    return frozenset(
        (one, other)
        for one, (x, y) in places.items()
        for other, (u, v) in places.items()
        if one != other and abs(x - u) <= 1 and abs(y - v) <= 1
    )


def meant(typed: str) -> Iterator[tuple[str, float]]:
    """Every unmarked word that one slip makes the unmarked typed one of, with the slip's cost; some more than once.

    >>> {word for word, _ in meant("bna")} >= {"ban", "bana", "ba", "bba"}
    True
    """
    for at in range(len(typed) + 1):
        left, right = typed[:at], typed[at:]
        first = 0.0 if at else _FIRST
        for letter in _LETTERS:
            yield left + letter + right, _LEFT_OUT + first
        if not right:
            continue
        twice = bool(left) and left[-1] == right[0]
        yield left + right[1:], _TWICE if twice else _PUT_IN + first
        for letter in _LETTERS:
            if letter != right[0]:
                yield left + letter + right[1:], first + (_BESIDE if (letter, right[0]) in _beside() else _CHANGED)
        if len(right) > 1 and right[0] != right[1]:
            yield left + right[1] + right[0] + right[2:], _SWAPPED + first
