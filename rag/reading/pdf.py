"""PDF files: their text in the order of reading; pages that are pictures go to the recogniser."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from rag.errors import ReadingError
from rag.reading.draft import superscript
from rag.reading.layout import Piece, Rule, reading_order
from rag.reading.ocr import DPI, Recognised, finish, recognise
from rag.types import StoredText

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

MOST_PAGES = 5_000
_WIDE, _SPACE, _SAME_LINE = 1.6, 0.16, 0.15
_RAISED_SIZE, _RAISED_BY = 0.85, 0.6
_NO_LETTERS = frozenset((0, 10, 13))
_FEW_LETTERS = 15
_MOST_PATHS = 4_000
_THIN = 3.0
_PASSWORD = 4
_FEWEST_DOTS = 72


def read_pdf(content: bytes, source: str, alive: Callable[[int], None]) -> StoredText:
    """A PDF file; `alive` is told each page that was read.

    Raises: ReadingError.
    """
    document = _opened(content)
    try:
        count = len(document)
        if count > MOST_PAGES:
            raise ReadingError(f"có {count} trang, quá giới hạn {MOST_PAGES} trang; hãy tách thành nhiều tệp")
        pages: list[Recognised] = []
        for number in range(count):
            pages.append(_read_page(document, number))
            alive(number + 1)
    finally:
        document.close()
    return finish(pages, source)


def _opened(content: bytes) -> PdfDocument:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise ReadingError("có mật khẩu") from error
        raise ReadingError("tệp PDF bị hỏng") from error


def _read_page(document: PdfDocument, number: int) -> Recognised:
    """The lines of a page; where it is a picture, also how sure the recogniser is of them."""
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError as error:
        raise ReadingError(f"trang {number + 1} bị hỏng") from error
    try:
        height = page.get_height()
        pieces = list(_pieces(page, height))
        if sum(len(piece.text) for piece in pieces) < _FEW_LETTERS and (dots := _dots(page)):
            return recognise(page.render(scale=dots / 72).to_pil(), dots)
        return Recognised(reading_order(pieces, list(_rules(page, height))), None)
    finally:
        page.close()


def _dots(page: PdfPage) -> int:
    """Dots an inch of the largest picture on a page, so that it is drawn dot for dot; 0 where there is none."""
    import pypdfium2.raw as pdfium

    found = []
    for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, _, right, _ = one.get_bounds()
        wide, high = one.get_px_size()
        if right > left:
            found.append((wide * high, 72 * wide / (right - left)))
    return round(min(max(max(found)[1], _FEWEST_DOTS), DPI)) if found else 0


class _Letter(NamedTuple):
    """A character; points from the left and from the top of the page, `base` is the line that it stands on."""

    char: str
    left: float
    right: float
    base: float
    size: float


def _pieces(page: PdfPage, height: float) -> Iterator[Piece]:
    """The words of a page in pieces without wide gaps."""
    for row in _rows(list(_letters(page, height))):
        piece: list[_Letter] = []
        for letter in row:
            if piece and letter.left - piece[-1].right > _WIDE * max(letter.size, piece[-1].size):
                yield from _piece(piece)
                piece = []
            piece.append(letter)
        yield from _piece(piece)


def _rows(letters: list[_Letter]) -> Iterator[list[_Letter]]:
    """Letters that stand on one line, from left to right; raised ones with the line that they are raised above."""
    rows: list[list[_Letter]] = []
    for letter in sorted(letters, key=lambda one: one.base):
        if rows and letter.base - rows[-1][-1].base <= _SAME_LINE * letter.size:
            rows[-1].append(letter)
        else:
            rows.append([letter])
    raised: list[_Letter] = []
    for row, below in zip_longest(rows, rows[1:]):
        small = max(letter.size for letter in row) < _RAISED_SIZE * max((one.size for one in below or ()), default=0)
        if below and small and below[0].base - row[0].base < _RAISED_BY * below[0].size:
            raised += row
        else:
            yield sorted((*raised, *row), key=lambda letter: letter.left)
            raised = []


def _letters(page: PdfPage, height: float) -> Iterator[_Letter]:
    """Each character that a page shows, spaces too."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    try:
        box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        boxed, placed = ctypes.byref(box), (ctypes.byref(x), ctypes.byref(y))
        unicode_of, box_of, raw = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox, text.raw
        origin_of, size_of = pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_GetFontSize
        for index in range(text.count_chars()):
            code = unicode_of(raw, index)
            if code in _NO_LETTERS or 0xD800 <= code <= 0xDFFF or not box_of(raw, index, boxed):
                continue
            if box.right > box.left:
                origin_of(raw, index, *placed)
                size = max(size_of(raw, index), 1.0)
                yield _Letter(chr(code), box.left, box.right, height - y.value, size)
    finally:
        text.close()


def _piece(letters: list[_Letter]) -> Iterator[Piece]:
    """Letters as words: a space where one is printed, or where the gap is as wide as one."""
    shown = [letter for letter in letters if not letter.char.isspace()]
    if not shown:
        return
    size = sorted(letter.size for letter in shown)[len(shown) // 2]
    base = sorted(letter.base for letter in shown)[len(shown) // 2]
    words: list[str] = []
    end, is_spaced = shown[0].left, False
    first: float | None = None
    for letter in letters:
        if letter.char.isspace():
            is_spaced = True
            continue
        if words and (is_spaced or letter.left - end > _SPACE * letter.size):
            words.append(" ")
            first = first or end - shown[0].left
        is_raised = letter.size < _RAISED_SIZE * size and base - letter.base > 0.15 * size
        words.append(superscript(letter.char) if is_raised and letter.char in "0123456789" else letter.char)
        end, is_spaced = letter.right, False
    yield Piece("".join(words), shown[0].left, shown[-1].right, base, size, first or end - shown[0].left)


def _rules(page: PdfPage, height: float) -> Iterator[Rule]:
    """The lines that are drawn on a page, and the sides of the boxes."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    for index, one in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if index > _MOST_PATHS:
            return
        try:
            left, bottom, right, top = one.get_bounds()
        except pypdfium2.PdfiumError:
            continue
        rule = Rule(left, height - top, right, height - bottom)
        if rule.is_level or rule.is_upright:
            yield rule
        elif rule.bottom - rule.top < 0.9 * height:
            yield Rule(rule.left, rule.top, rule.right, rule.top)
            yield Rule(rule.left, rule.bottom, rule.right, rule.bottom)
            yield Rule(rule.left, rule.top, rule.left, rule.bottom)
            yield Rule(rule.right, rule.top, rule.right, rule.bottom)
