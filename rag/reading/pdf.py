"""PDF files: their text in the order of reading; pages that are pictures go to the recogniser."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby, zip_longest
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from rag.errors import ReadingError
from rag.reading.draft import superscript
from rag.reading.layout import Piece, Rule, reading_order
from rag.reading.ocr import DPI, Recognised, finish, recognise
from rag.types import StoredText

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

MOST_PAGES = 5_000
_WIDE, _SPACE, _SAME_LINE = 1.6, 0.16, 0.15
_RAISED_SIZE, _RAISED_BY = 0.85, 0.6
_NO_LETTERS = frozenset("\0\n\r")
_FEW_LETTERS = 15
_MOST_PATHS = 4_000
_THIN = 3.0
_PASSWORD = 4
_ADDRESS = ctypes.c_void_p
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
            if piece and (gap := letter.left - piece[-1].right) > _WIDE * letter.size and gap > _WIDE * piece[-1].size:
                yield from _piece(piece)
                piece = []
            piece.append(letter)
        yield from _piece(piece)


def _rows(letters: list[_Letter]) -> Iterator[list[_Letter]]:
    """Letters that stand on one line, from left to right; raised ones with the line that they are raised above."""
    rows: list[list[_Letter]] = []
    for letter in sorted(letters, key=attrgetter("base")):
        if rows and letter.base - rows[-1][-1].base <= _SAME_LINE * letter.size:
            rows[-1].append(letter)
        else:
            rows.append([letter])
    raised: list[_Letter] = []
    sizes = [max(letter.size for letter in row) for row in rows]
    for row, size, below, larger in zip_longest(rows, sizes, rows[1:], sizes[1:]):
        if below and size < _RAISED_SIZE * larger and below[0].base - row[0].base < _RAISED_BY * below[0].size:
            raised += row
        else:
            yield sorted((*raised, *row), key=attrgetter("left"))
            raised = []


def _letters(page: PdfPage, height: float) -> Iterator[_Letter]:
    """Each character that a page shows, spaces too."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    try:
        chars, raw = _characters(text), ctypes.cast(text.raw, _ADDRESS).value
        box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        boxed, *placed = map(ctypes.addressof, (box, x, y))
        box_of = _bare(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, _ADDRESS)
        origin_of = _bare(pdfium.FPDFText_GetCharOrigin, ctypes.c_int, _ADDRESS, _ADDRESS)
        size_of = _bare(pdfium.FPDFText_GetFontSize, ctypes.c_double)
        object_of = _bare(pdfium.FPDFText_GetTextObject, _ADDRESS)

        def base_of(index: int) -> float:
            origin_of(raw, index, *placed)
            return height - y.value

        for owner, run in groupby(range(len(chars)), partial(object_of, raw)):
            indices = list(run)
            base, size = base_of(indices[0]), max(size_of(raw, indices[0]), 1.0)
            # The letters of one text object stand on a straight line, which is level where both its ends are.
            is_level = owner is not None and base == base_of(indices[-1])
            for index in indices:
                if chars[index] in _NO_LETTERS or not box_of(raw, index, boxed):
                    continue
                left, right = box.left, box.right
                if right > left:
                    yield _Letter(chars[index], left, right, base if is_level else base_of(index), size)
    finally:
        text.close()


def _characters(text: PdfTextPage) -> str:
    """The characters of a page by their indices; one that is no letter where there is none."""
    import pypdfium2.raw as pdfium

    count = text.count_chars()
    found: str = text.get_text_range()
    if len(found) == count:
        return found
    codes = (pdfium.FPDFText_GetUnicode(text.raw, index) for index in range(count))
    return "".join("\0" if 0xD800 <= code <= 0xDFFF else chr(code) for code in codes)


def _bare(function: Any, result: Any, *more: Any) -> Callable[..., Any]:
    """A function over a text page and an index that takes addresses and keeps the interpreter's lock.

    So a call takes half as long, and there are thousands a page.
    """
    return ctypes.PYFUNCTYPE(result, _ADDRESS, ctypes.c_int, *more)(ctypes.cast(function, _ADDRESS).value or 0)


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
