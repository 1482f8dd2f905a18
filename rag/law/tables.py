"""Tables that a text keeps as lines: cells parted by tabs or bars, or one cell a line under a heading "STT"."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from rag.law.blocks import Block
from rag.types import Span

_BREAK = re.compile(r"\s*\t\s*|\s\|\s|^\||\|$")
_RULE = re.compile(r"[|\s:+-]*\|[|\s:+-]*")
"""A line of bars and dashes that sets the names of columns apart from the rows: "|----|:---|"."""
_EDGE = re.compile(r"\t|\|")
_LABEL = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ]|[IVX]{1,6})\s?[.)]|[-+*•–]")
_GROUP = re.compile(r"(?:[A-ZĐ]|[IVX]{1,6}|\d{1,2})[.)]?")
"""The number of a row that names the group of those below it: "A", "II", "1."."""
_NUMBERING = frozenset(("stt", "tt", "số tt", "số thứ tự"))
_ROW_KINDS = frozenset(("roman", "number", "letter", "dash", "article", "division", "capital", "text"))
_HEADER_CELLS = 12
_CELL_WORDS = 25
_LINES_A_CELL = 4


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a table as ranges of blocks, `header` the first of them where it names the columns."""

    header: range | None
    rows: tuple[range, ...]

    @property
    def end(self) -> int:
        """The index of the block after the table."""
        return self.rows[-1].stop


def tables(stored: str, found: Sequence[Block], *, within: range, skip: Set[int] = frozenset()) -> dict[int, Table]:
    """The tables among some blocks by the index of their first one; only what is surely one.

    >>> from rag.law.blocks import blocks
    >>> text = "STT\\nHọ và tên\\nChức vụ\\n1\\nLê Văn A\\nTrưởng thôn\\n2\\nTrần B\\nBí thư"
    >>> tables(text, blocks(text), within=range(9))
    {0: Table(header=range(0, 3), rows=(range(3, 6), range(6, 9)))}
    """
    first, last = (found[within[0]].segments[0].start, found[within[-1]].segments[-1].end) if within else (0, 0)
    is_parted = stored.find("\t", first, last) >= 0 or stored.find("|", first, last) >= 0
    cells = _cells(stored, found, within, skip) if is_parted else {}
    read: dict[int, Table] = {}
    index = within.start
    while index < within.stop:
        table = None
        if index in cells:
            table = _of_columns(cells, index)
        elif found[index].kind == "text" and found[index].rest.casefold() in _NUMBERING and index not in skip:
            table = _of_cells(found, index, within.stop)
        if table:
            read[index] = table
        index = table.end if table else index + 1
    return read


def cells(stored: str, segments: Sequence[Span]) -> list[Span]:
    """The cells of a row, empty ones too, without white space around them; a row of several lines has one a line.

    >>> text = "| 1 | Tập huấn |  | Quý II |"
    >>> [text[cell.start : cell.end] for cell in cells(text, [Span(0, len(text))])]
    ['1', 'Tập huấn', '', 'Quý II']
    """
    if len(segments) > 1:
        return list(segments)
    start, end = segments[0].start, segments[0].end
    cuts = [cut.span() for cut in _EDGE.finditer(stored, start, end)]
    edges = [start, *(edge for cut in cuts for edge in cut), end]
    parts = [_stripped(stored, left, right) for left, right in zip(edges[::2], edges[1::2], strict=True)]
    if "|" in stored[start:end]:  # a bar at either end of the line parts nothing
        parts = parts[parts[0].start == parts[0].end : len(parts) - (parts[-1].start == parts[-1].end)]
    return parts


def _stripped(stored: str, start: int, end: int) -> Span:
    """A range without the white space at its ends."""
    part = stored[start:end]
    left = len(part) - len(part.lstrip())
    return Span(start + left, start + left + len(part.strip())) if part.strip() else Span(start, start)


def _cells(stored: str, found: Sequence[Block], within: range, skip: Set[int]) -> dict[int, list[str]]:
    """The cells of each line that has two or more, none of a rule; a tab after a number or a bullet parts no cells."""
    read: dict[int, list[str]] = {}
    for index in within:
        block = found[index]
        if block.kind in _ROW_KINDS and index not in skip:
            line = stored[block.segments[0].start : block.segments[-1].end]
            if _RULE.fullmatch(line) and "-" in line:
                read[index] = []
                continue
            cells = [cell for cell in _BREAK.split(line) if cell.strip()] if "\t" in line or "|" in line else []
            is_labelled = bool(cells) and _LABEL.fullmatch(cells[0]) is not None
            if len(cells) - is_labelled >= 2 or is_group(cells):
                read[index] = cells[is_labelled:]
    return read


def is_group(cells: Sequence[str]) -> bool:
    """Whether a row only names the group of those below it.

    >>> is_group(["A", "Công khai để dân biết"]), is_group(["1", "Họp thôn", "Trưởng thôn"])
    (True, False)
    """
    return len(cells) == 2 and _GROUP.fullmatch(cells[0]) is not None


def _rows_end(cells: dict[int, list[str]], start: int, width: int) -> int:
    """Where the run of rows of about so many cells ends that begins at a line; the names of groups are among them."""
    end = start
    while end in cells:
        is_row = abs(len(cells[end]) - width) <= 1
        if not is_row and not (len(cells[end]) <= 2 and abs(len(cells.get(end + 1, ())) - width) <= 1):
            break
        end += 1
    return end


def _of_columns(cells: dict[int, list[str]], index: int) -> Table | None:
    """A run of lines with as many cells each; one short of it may be a row with an empty cell."""
    width = len(cells[index])
    if width < 2:
        return None
    if (rule := index + 1) in cells and not cells[rule]:
        end = _rows_end(cells, rule + 1, width)
        rows = tuple(range(at, at + 1) for at in range(rule + 1, end))
        return Table(range(index, index + 1), rows) if rows else None
    end = _rows_end(cells, index, width)
    equal = sum(len(cells[at]) == width for at in range(index, end))
    has_header = not any(cell.strip()[:1].isdigit() for cell in cells[index])
    is_numbered = has_header and any(cell.strip().casefold() in _NUMBERING for cell in cells[index])
    if end - index < 2 or (equal < 2 and not is_numbered):
        return None
    rows = tuple(range(at, at + 1) for at in range(index + has_header, end))
    return Table(range(index, index + 1) if has_header else None, rows)


def _of_cells(found: Sequence[Block], index: int, stop: int) -> Table | None:
    """A table of one cell a line: column names after "STT", then rows that begin with 1, 2, 3 alone."""
    first = next((at for at in range(index + 1, min(index + 1 + _HEADER_CELLS, stop)) if _is(found[at], 1)), None)
    if first is None or first < index + 2 or any(found[at].kind != "text" for at in range(index, first)):
        return None
    columns = first - index
    starts = [first]
    while (
        following := _row_start(found, starts[-1], len(starts) + 1, min(stop, starts[-1] + 1 + _LINES_A_CELL * columns))
    ) is not None:
        starts.append(following)
    end = starts[-1] + 1
    while end < min(stop, starts[-1] + columns) and _is_cell(found[end]):
        end += 1
    rows = tuple(range(start, stop) for start, stop in zip(starts, (*starts[1:], end), strict=True))
    return Table(range(index, first), rows)


def _row_start(found: Sequence[Block], after: int, number: int, stop: int) -> int | None:
    for at in range(after + 1, stop):
        if _is(found[at], number):
            return at
        if found[at].kind not in ("text", "dash", "number", "letter"):
            return None
    return None


def _is(block: Block, number: int) -> bool:
    return block.kind == "text" and block.rest.isascii() and block.rest.isdigit() and int(block.rest[:4]) == number


def _is_cell(block: Block) -> bool:
    """Whether a line may be one of the last row's cells, and not what follows the table."""
    return block.kind == "text" and not block.rest.endswith(":") and len(block.rest.split()) <= _CELL_WORDS
