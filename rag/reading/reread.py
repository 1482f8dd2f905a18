"""A second look at what a recogniser of Vietnamese reads badly: the numbers of clauses, and Roman numerals.

Before a wide gap, "2." is read as "SÀ", and "XIII" as "XII". Cut out, moved to the words that follow, and read as
English, all of a page in one picture, they are read right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rag.language.normalize import fold
from rag.language.spelling import is_syllable
from rag.reading.hocr import Box, Letter, Row, Word, usual_size
from rag.reading.labels import NUMBER, ROMAN_LIKE, label_of, numeral_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

Read = Callable[["Image"], list[Row]]

_TAB, _SPACE, _MARGIN, _PITCH = 0.75, 0.45, 0.15, 2.2
_WIDEST_LABEL, _LONGEST_LABEL = 2.5, 6
_WIDEST_TAB = 6.0
_CONTEXT = 3
_DARK = 128
_LOST = "\ufffd"
_DOUBTFUL = 0.9
_SIGNS, _BULLETS = ".,;:)'’", '-–—+•*(“"'


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A word to be looked at again, by the indices of its line and of itself.

    `parts` are cut out and set side by side; the word stands `start` to `end` dots from the left of the first.
    """

    row: int
    word: int
    is_label: bool
    parts: tuple[Box, ...]
    start: float
    end: float


def look_again(page: Image, rows: Sequence[Row], read: Read) -> list[Row]:
    """The lines of a page with the numbers at their heads and the Roman numerals in them read a second time."""
    if not rows:
        return []
    size = usual_size(rows)
    rows = _with_lost_heads(page, rows, size)
    doubts = list(_doubts(rows, size))
    found = [list(row.words) for row in rows]
    if doubts:
        for doubt, text in zip(doubts, _texts(page, doubts, size, read), strict=True):
            word = found[doubt.row][doubt.word]
            chosen = label_of(word.text, text) if doubt.is_label else numeral_of(word.text, text)
            found[doubt.row][doubt.word] = word.reads(chosen)
    kept = (tuple(word for word in words if word.text != _LOST) for words in found)
    return [replace(row, words=words) for row, words in zip(rows, kept, strict=True)]


def _with_lost_heads(page: Image, rows: Sequence[Row], size: float) -> list[Row]:
    """The lines with a sign before each that has ink to its left, no wider than a label, that no word stands on."""
    import numpy as np

    is_dark = np.asarray(page) < _DARK
    words = [word.box for row in rows for word in row.words]
    found = []
    for row in rows:
        box = _ink_before(is_dark, row, size)
        if box and not any(_overlap(box, word) for word in words):
            lost = Word((Letter(_LOST, box, 0.0),), box, 0.0)
            row = replace(row, words=(lost, *row.words))
        found.append(row)
    return found


def _ink_before(is_dark: NDArray[np.bool_], row: Row, size: float) -> Box | None:
    """What stands before a line: as wide as a label at most, after an empty margin, at most a wide tab away."""
    import numpy as np

    top, bottom = max(0, round(row.base - 0.75 * size)), round(row.base + 0.1 * size)
    end = round(row.box.left - _TAB * size)
    start = max(0, end - round(_WIDEST_TAB * size))
    columns = np.flatnonzero(is_dark[top:bottom, start : max(start, end)].any(axis=0))
    if not len(columns):
        return None
    left, right = start + int(columns[0]), start + int(columns[-1]) + 1
    if right - left > _WIDEST_LABEL * size or left - start < size or right - left < 0.2 * size:
        return None
    return Box(left, top, right, bottom)


def _overlap(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom


def _doubts(rows: Sequence[Row], size: float) -> Iterator[_Doubt]:
    for index, row in enumerate(rows):
        is_head = _is_head(row, size)
        if is_head:
            width = row.words[0].box.right - row.words[0].box.left
            yield _Doubt(index, 0, is_label=True, parts=tuple(_head_parts(row, size)), start=0, end=width)
        for at, word in enumerate(row.words):
            shown = ROMAN_LIKE.fullmatch(word.text)
            if shown and len(shown["numeral"]) > 1 and not (is_head and at == 0) and shown["numeral"].strip("1"):
                around = row.words[max(0, at - 1) : at + 2]
                left = around[0].box.left
                parts = (Box(left, row.box.top, around[-1].box.right, row.box.bottom),)
                start, end = word.box.left - left, word.box.right - left
                yield _Doubt(index, at, is_label=False, parts=parts, start=start, end=end)


def _is_head(row: Row, size: float) -> bool:
    """Whether a line begins with what may be the label of a clause: a tab after it, or it is short and no syllable."""
    if len(row.words) < 2:
        return False
    first, second = row.words[:2]
    if len(first.text) > _LONGEST_LABEL or first.box.right - first.box.left > _WIDEST_LABEL * size:
        return False
    if second.box.left - first.box.right > _TAB * size:
        return True
    is_plain = NUMBER.fullmatch(first.text) or is_syllable(fold(first.text).strip(_SIGNS)) or first.text[:1] in _BULLETS
    return not is_plain and (first.text[-1] in _SIGNS or first.sure < _DOUBTFUL)


def _head_parts(row: Row, size: float) -> Iterator[Box]:
    """The label and the words after it, without the gap between them."""
    first, *rest = row.words[: _CONTEXT + 1]
    yield Box(first.box.left, row.box.top, first.box.right, row.box.bottom)
    end = rest[0].box.right
    for word in rest[1:]:
        if word.box.left - end > size:
            break
        end = word.box.right
    yield Box(rest[0].box.left, row.box.top, end, row.box.bottom)


def _texts(page: Image, doubts: Sequence[_Doubt], size: float, read: Read) -> list[str]:
    """What each doubtful word is read as, "" where nothing is."""
    strip, places = _strip(page, doubts, size)
    found: list[list[Word]] = [[] for _ in doubts]
    for row in read(strip):
        index = int((row.box.top + row.box.bottom) / 2 / (_PITCH * size))
        if index < len(found):
            found[index] += row.words
    return [
        "".join(
            letter.char
            for word in words
            for letter in word.letters
            if left <= (letter.box.left + letter.box.right) / 2 <= right
        )
        for words, (left, right) in zip(found, places, strict=True)
    ]


def _strip(page: Image, doubts: Sequence[_Doubt], size: float) -> tuple[Image, list[tuple[float, float]]]:
    """One picture with a line for each doubtful word, and from where to where each stands in its line."""
    from PIL import Image

    space, margin, pitch = round(_SPACE * size), round(_MARGIN * size), _PITCH * size
    width = max(sum(round(part.right - part.left) + space for part in one.parts) for one in doubts) + 4 * space
    strip = Image.new("L", (width, round(pitch * len(doubts))), 255)
    places = []
    for index, doubt in enumerate(doubts):
        x = 2 * space
        for part in doubt.parts:
            left, top = round(part.left) - margin, round(part.top) - margin
            cut = page.crop((left, top, round(part.right) + margin, round(part.bottom) + margin))
            cut = cut.crop((0, 0, cut.width, min(cut.height, round(pitch) - 2)))
            strip.paste(cut, (x - margin, round(pitch * index + (pitch - cut.height) / 2)))
            x += round(part.right - part.left) + space
        places.append((2 * space + doubt.start - space / 2, 2 * space + doubt.end + space / 2))
    return strip, places
