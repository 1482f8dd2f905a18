"""Where words stand on a page, brought into the order of reading: columns, tables with lines, rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

_GUTTER = 8.0
_SAME_ROW = 0.5
_THIN = 3.0
_TAB = 60.0
_LABEL = re.compile(r"(?:\d{1,2}\.)*\d{1,2}[.)]|[a-zđ][.)]|[IVX]{1,5}\.|[-–+•*]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in one row without a wide gap between them; points from the left and from the top of the page.

    `bottom` is the line that the letters stand on, `size` the height of the font, `first` the width of the first word
    where that is known.
    """

    text: str
    left: float
    right: float
    bottom: float
    size: float
    first: float | None = None

    @property
    def middle(self) -> float:
        return self.bottom - self.size / 3


@dataclass(frozen=True, slots=True)
class Rule:
    """A line that is drawn, upright or level; points as those of a piece."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_level(self) -> bool:
        return self.bottom - self.top <= _THIN < self.right - self.left

    @property
    def is_upright(self) -> bool:
        return self.right - self.left <= _THIN < self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is read; `start` and `end` are the margins of the column that it stands in.

    `cells` are those of a row of a table, else empty; `first` is the width of the first word where that is known.
    """

    text: str
    left: float
    right: float
    bottom: float
    size: float
    start: float
    end: float
    cells: tuple[str, ...] = ()
    first: float | None = None


def reading_order(pieces: Sequence[Piece], rules: Sequence[Rule] = ()) -> list[Line]:
    """The lines of a page from the first to the last read."""
    lines: list[Line] = []
    rest = sorted(pieces, key=lambda piece: (piece.bottom, piece.left))
    for grid in _grids(rules):
        above = [piece for piece in rest if piece.middle < grid.top]
        inside = [piece for piece in rest if grid.holds(piece)]
        lines += _columns(_rows(above))
        lines += grid.lines(inside)
        taken = {id(piece) for piece in (*above, *inside)}
        rest = [piece for piece in rest if id(piece) not in taken]
    return lines + _columns(_rows(rest))


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that stand on one line, from left to right; the lines from top to bottom."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: one.bottom):
        if rows and piece.bottom - rows[-1][0].bottom <= _SAME_ROW * max(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_labelled(sorted(row, key=lambda one: one.left)) for row in rows]


def _labelled(row: list[Piece]) -> list[Piece]:
    """A row whose number, which a tab parts from its words, is one piece with them; it begins where the words do."""
    if len(row) < 2 or not _LABEL.fullmatch(row[0].text) or row[1].left - row[0].right > _TAB:
        return row
    first, second, *rest = row
    return [replace(second, text=f"{first.text} {second.text}"), *rest]


def _columns(rows: Sequence[list[Piece]]) -> list[Line]:
    """The lines of rows that may stand in columns: those of one column before those of the next."""
    lines: list[Line] = []
    plain: list[list[Piece]] = []
    index = 0
    while index < len(rows):
        end, gutter = _run_of_columns(rows, index)
        if gutter is None:
            plain.append(rows[index])
            index += 1
            continue
        lines += _lines(plain)
        plain = []
        sides = [
            [piece for piece in row if (piece.left >= gutter) == side]
            for side in (False, True)
            for row in rows[index:end]
        ]
        half = end - index
        for side in (sides[:half], sides[half:]):
            lines += _columns([row for row in side if row])
        index = end
    return lines + _lines(plain)


def _run_of_columns(rows: Sequence[list[Piece]], index: int) -> tuple[int, float | None]:
    """The end of the rows from an index on that leave one upright gap free, and its middle, None without one."""
    row = rows[index]
    gaps = [(left.right, right.left) for left, right in pairwise(row) if right.left - left.right >= _GUTTER]
    best: tuple[int, float | None] = (index, None)
    for low, high in gaps:
        end = index + 1
        while end < len(rows):
            narrowed = _narrowed(rows[end], low, high)
            if narrowed is None:
                break
            low, high = narrowed
            end += 1
        if end > best[0]:
            best = end, (low + high) / 2
    return best


def _narrowed(row: Sequence[Piece], low: float, high: float) -> tuple[float, float] | None:
    """What a row leaves free of a gap, None where it leaves too little."""
    for piece in row:
        if piece.right <= low or piece.left >= high:
            continue
        middle = (low + high) / 2
        if piece.right <= middle:
            low = piece.right
        elif piece.left >= middle:
            high = piece.left
        else:
            return None
    return (low, high) if high - low >= _GUTTER else None


def _lines(rows: Sequence[list[Piece]]) -> list[Line]:
    """Each row as a line of one column."""
    if not rows:
        return []
    start = min(row[0].left for row in rows)
    end = max(row[-1].right for row in rows)
    return [_line(row, start, end) for row in rows]


def _line(row: Sequence[Piece], start: float, end: float, cells: tuple[str, ...] = ()) -> Line:
    return Line(
        text=" ".join(piece.text for piece in row),
        left=row[0].left,
        right=max(piece.right for piece in row),
        bottom=row[0].bottom,
        size=median(piece.size for piece in row),
        start=start,
        end=end,
        cells=cells,
        first=row[0].first,
    )


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table whose lines are drawn: the places of its level and its upright lines, in order."""

    levels: tuple[float, ...]
    uprights: tuple[float, ...]

    @property
    def top(self) -> float:
        return self.levels[0]

    def holds(self, piece: Piece) -> bool:
        middle = (piece.left + piece.right) / 2
        return self.levels[0] <= piece.middle <= self.levels[-1] and self.uprights[0] <= middle <= self.uprights[-1]

    def lines(self, pieces: Sequence[Piece]) -> list[Line]:
        """A line for each row of the table that says something."""
        found = []
        for top, bottom in pairwise(self.levels):
            row = [piece for piece in pieces if top <= piece.middle < bottom]
            if row:
                cells = tuple(self._cell(row, left, right) for left, right in pairwise(self.uprights))
                found.append(_line(row, self.uprights[0], self.uprights[-1], cells))
        return found

    @staticmethod
    def _cell(pieces: Sequence[Piece], left: float, right: float) -> str:
        inside = [piece for piece in pieces if left <= (piece.left + piece.right) / 2 < right]
        return " ".join(piece.text for row in _rows(inside) for piece in row)


def _grids(rules: Sequence[Rule]) -> Iterator[_Grid]:
    """The tables that drawn lines make, from the top; one has two columns or more and two rows or more."""
    levels = [rule for rule in rules if rule.is_level]
    uprights = sorted((rule for rule in rules if rule.is_upright), key=lambda rule: rule.top)
    groups: list[list[Rule]] = []
    for rule in uprights:
        if groups and rule.top <= max(one.bottom for one in groups[-1]) + _THIN:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    for group in groups:
        top, bottom = min(one.top for one in group), max(one.bottom for one in group)
        across = _merged([*(rule.left for rule in group)])
        down = _merged([rule.top for rule in levels if top - _THIN <= rule.top <= bottom + _THIN])
        if len(across) > 2 and len(down) > 2:
            yield _Grid(tuple(down), tuple(across))


def _merged(places: Sequence[float]) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _THIN:
            found.append(place)
    return found
