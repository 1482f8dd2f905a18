"""What a recogniser says of a page, in the form of hOCR: lines, words and letters, and what a letter may be else.

Source: T. Breuel, hOCR embedded OCR workflow and output format, version 1.2; Tesseract's `lstm_choice_mode`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean, median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NUMBERS = r"(-?[\d.]+(?: -?[\d.]+)*)"
_SMALL, _LARGE = frozenset("acemnorsuvxz"), re.compile(r"[A-Z0-9đbdhkl]")
_SMALL_SHARE, _LARGE_SHARE = 0.46, 0.67
_ENOUGH_LETTERS = 4
_SHARED = 0.5
_GHOST_HEIGHT, _GHOST_WORDS = 0.75, 3
_LEADER = frozenset(".…-_–—·")


@dataclass(frozen=True, slots=True)
class Box:
    """Where something stands on a page; dots from the left and from the top."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Letter:
    """One character; `others` are those that the recogniser held for possible too, the likeliest first."""

    char: str
    box: Box
    sure: float
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a space; `sure` is the recogniser's confidence, a fraction of 1."""

    letters: tuple[Letter, ...]
    box: Box
    sure: float

    @property
    def text(self) -> str:
        return "".join(letter.char for letter in self.letters)

    def reads(self, text: str) -> Word:
        """The word with another text."""
        if len(text) == len(self.letters):
            changed = (replace(one, char=char) for one, char in zip(self.letters, text, strict=True))
            return replace(self, letters=tuple(changed))
        return replace(self, letters=tuple(Letter(char, self.box, self.sure) for char in text))


@dataclass(frozen=True, slots=True)
class Row:
    """The words of one line from left to right; `base` is what they stand on, in dots at their left end."""

    words: tuple[Word, ...]
    box: Box
    base: float
    size: float
    """The height of the font in dots, 0 where too few letters tell it."""

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def read_hocr(content: bytes) -> list[Row]:
    """The lines of a page that say something, in the recogniser's order."""
    from lxml import html

    if not content.strip():
        return []
    spans = html.fromstring(content).iter("span")
    rows = [row for span in spans if (span.get("class") or "").startswith("ocr_") and (row := _row(span))]
    usual = median([row.size for row in rows if row.size] or [0])
    return [row for row in rows if not _is_ghost(row, usual)]


def usual_size(rows: Sequence[Row]) -> float:
    """The size of most lines, in dots."""
    known = [row.size for row in rows if row.size]
    return median(known) if known else median(row.box.bottom - row.box.top for row in rows)


def _row(line: HtmlElement) -> Row | None:
    words = tuple(word for span in line.xpath("./span[@class='ocrx_word']") if (word := _word(span)))
    if not words:
        return None
    box = _box(line)
    _slope, rise = _title(line, "baseline") or (0.0, 0.0)
    return Row(words, box, box.bottom + rise, _size(words))


def _word(span: HtmlElement) -> Word | None:
    letters: list[Letter] = []
    for part in span.xpath("./span"):
        if part.get("id") is None:
            place = _title(part, "x_bboxes")
            letters.append(Letter((part.text or "").strip(), Box(*place), _title(part, "x_conf")[0] / 100))
        elif letters:
            others = tuple(
                (one.text or "").strip()
                for one in part
                if _title(one, "x_confs")[0] > 0 and (one.text or "").strip() != letters[-1].char
            )
            letters[-1] = replace(letters[-1], others=others)
    single = tuple(_once(letter for letter in letters if letter.char))
    return Word(single, _box(span), _title(span, "x_wconf")[0] / 100) if single else None


def _once(letters: Iterator[Letter]) -> Iterator[Letter]:
    """Letters without those that were recognised twice, as "Đ" is as "Đ" and as the Icelandic "Ð"."""
    last: Letter | None = None
    for letter in letters:
        if last is None or not _is_same(last, letter):
            yield letter
        last = letter


def _is_same(one: Letter, other: Letter) -> bool:
    """Whether two forms of one letter stand at one place; a letter that is written twice, as in "TT", is no such."""
    if one.char == other.char or _shape(one.char) != _shape(other.char):
        return False
    shared = min(one.box.right, other.box.right) - max(one.box.left, other.box.left)
    narrow = min(one.box.right - one.box.left, other.box.right - other.box.left)
    return shared > _SHARED * narrow


def _shape(char: str) -> str:
    """A letter without what sets apart its forms."""
    return "đ" if char in "ĐÐ" else char.casefold()


def _size(words: Sequence[Word]) -> float:
    """The height of the font as the letters tell that have no marks: small ones, or else capitals and digits."""
    letters = [letter for word in words for letter in word.letters]
    small = [one.box.bottom - one.box.top for one in letters if one.char in _SMALL]
    if len(small) >= _ENOUGH_LETTERS:
        return median(small) / _SMALL_SHARE
    large = [one.box.bottom - one.box.top for one in letters if _LARGE.fullmatch(one.char)]
    return median(large) / _LARGE_SHARE if len(large) >= _ENOUGH_LETTERS else 0.0


def _is_ghost(row: Row, usual: float) -> bool:
    """Whether a line is nothing but the marks of the letters below it, taken for letters of their own.

    Their boxes are half as high as those of lines, and hardly a word of them is one.
    """
    text = "".join(word.text for word in row.words)
    if len(row.words) < _GHOST_WORDS or row.box.bottom - row.box.top > _GHOST_HEIGHT * usual or set(text) <= _LEADER:
        return False
    return fmean(len(word.text) for word in row.words) < 3 and fmean(word.sure for word in row.words) < 0.8


def _box(span: HtmlElement) -> Box:
    return Box(*_title(span, "bbox"))


def _title(span: HtmlElement, name: str) -> list[float]:
    """The numbers that hOCR gives of an element under a name; none where it does not say."""
    found = re.search(rf"\b{name} {_NUMBERS}", span.get("title") or "")
    return [float(number) for number in found[1].split()] if found else []


def gaps(row: Row) -> Iterator[tuple[int, float]]:
    """Each word after the first by its index, and the room before it in dots."""
    for index, (left, right) in enumerate(pairwise(row.words), 1):
        yield index, right.box.left - left.box.right
