"""The numbers and bullets that Word makes by itself, as it prints them.

Source: ECMA-376 part 1, 17.9 (numbering).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_BULLET = "•"
_SYMBOLS = {"\uf02d": "-", "\uf0b7": _BULLET, "\uf0a7": _BULLET, "\uf0d8": _BULLET, "\uf0fc": _BULLET, "o": _BULLET}
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `text` has %1 to %9 where the numbers of the levels stand.

    `restart` is the level, from 1, after whose number this one starts again; None for any level above it, 0 for never.
    """

    start: int = 1
    format: str = "decimal"
    text: str = ""
    is_legal: bool = False
    restart: int | None = None


@dataclass(frozen=True, slots=True)
class NumberingList:
    """A list as a paragraph names it; lists of one `series` count on from each other, but for those that `restarts`."""

    series: str
    levels: tuple[Level, ...]
    restarts: Mapping[int, int] = field(default_factory=dict)


class Counters:
    """The numbers of all lists while a document is read from its beginning."""

    def __init__(self, lists: Mapping[str, NumberingList]) -> None:
        self._lists = lists
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, number: str, level: int) -> str:
        """The label of the next paragraph of a list at a level from 0, "" where it has none."""
        known = self._lists.get(number)
        if known is None or not 0 <= level < len(known.levels):
            return ""
        counts = self._counts.setdefault(known.series, [None] * LEVELS)
        if level in known.restarts and (number, level) not in self._begun:
            counts[level] = None
            start = known.restarts[level]
        else:
            start = known.levels[level].start
        self._begun.add((number, level))
        count = counts[level]
        counts[level] = start if count is None else count + 1
        for below in range(level + 1, len(known.levels)):
            restart = known.levels[below].restart
            if restart != 0 and (restart is None or level < restart):
                counts[below] = None
        return _rendered(known.levels, counts, level)


def _rendered(levels: tuple[Level, ...], counts: list[int | None], level: int) -> str:
    own = levels[level]
    if own.format == "bullet":
        return "".join(_SYMBOLS.get(char, _BULLET if "\ue000" <= char <= "\uf8ff" else char) for char in own.text)

    def number(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        shown = levels[at] if at < len(levels) else Level()
        if own.is_legal and at != level:
            shown = replace(shown, format="decimal")
        count = counts[at]
        return numeral(shown.start if count is None else count, shown.format)

    return _PLACE.sub(number, own.text)


def numeral(number: int, style: str) -> str:
    """A number in a style of Word's.

    >>> [numeral(28, style) for style in ("decimal", "lowerLetter", "upperRoman", "decimalZero", "none")]
    ['28', 'bb', 'XXVIII', '28', '']
    """
    if style == "none":
        return ""
    if style.endswith("Letter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if style == "upperLetter" else letter
    if style.endswith("Roman") and 0 < number < 4000:
        letters = ""
        for value, sign in _ROMAN:
            letters += sign * (number // value)
            number %= value
        return letters.lower() if style == "lowerRoman" else letters
    return f"{number:02}" if style == "decimalZero" else str(number)
