"""Pictures of pages: recognised by Tesseract, with how sure it is."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean
from typing import TYPE_CHECKING

from rag.config import child_environment
from rag.errors import ReadingError
from rag.reading.draft import Draft
from rag.reading.hocr import Row, gaps, read_hocr, usual_size
from rag.reading.labels import in_order
from rag.reading.layout import Line, Piece, reading_order
from rag.reading.notes import with_calls
from rag.reading.paragraphs import write_pages
from rag.reading.picture import made_ready
from rag.reading.repair import repaired
from rag.reading.reread import look_again
from rag.types import StoredText

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 300
"""Dots an inch that a page is drawn with at most."""
_MISSING = "cần tesseract để nhận dạng bản quét; cài bằng lệnh: sudo apt-get install tesseract-ocr tesseract-ocr-vie"
_LETTERS = ("-c", "hocr_char_boxes=1", "-c", "lstm_choice_mode=2")
_WIDE = 1.4
_SMALLER = 0.87
_SECONDS = 120
_MOST_PIXELS = 120_000_000


@dataclass(frozen=True, slots=True)
class Recognised:
    """The lines of a page in the order of reading.

    `sure` is the mean confidence of its words, None where it is blank or was not recognised; `repairs` are words that
    were put right, as they were read and as they are now.
    """

    lines: list[Line]
    sure: float | None
    repairs: tuple[tuple[str, str], ...] = ()


def read_picture(content: bytes, source: str, alive: Callable[[int], None]) -> StoredText:
    """A picture of a page, or several in one TIFF.

    Raises: ReadingError.
    """
    from PIL import Image, ImageSequence

    pages: list[Recognised] = []
    try:
        with Image.open(io.BytesIO(content)) as picture:
            for number, frame in enumerate(ImageSequence.Iterator(picture), 1):
                if frame.width * frame.height > _MOST_PIXELS:
                    raise ReadingError("ảnh lớn hơn 120 triệu điểm ảnh")
                pages.append(recognise(frame.convert("RGB" if frame.mode != "L" else "L"), _dpi(frame)))
                alive(number)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ReadingError("tệp ảnh bị hỏng hoặc quá lớn") from error
    return finish(pages, source)


def recognise(page: Image, dpi: int = DPI) -> Recognised:
    """What a page says.

    Raises: ReadingError where Tesseract or its Vietnamese is missing, or fails.
    """
    page, dpi = made_ready(page, dpi)
    rows = read_hocr(_tesseract(page, dpi, language="vie", mode="3"))
    if not rows:
        return Recognised([], None)
    sure = round(fmean(word.sure for row in rows for word in row.words), 3)
    rows = look_again(page, rows, lambda strip: read_hocr(_tesseract(strip, dpi, language="eng", mode="6")))
    mended = repaired(with_calls(rows))
    return Recognised(_lines(mended.rows, 72 / dpi), sure, mended.words)


def settled(pages: Sequence[Recognised]) -> list[Recognised]:
    """The pages of a document with the labels put right that the order of their lists tells; text pages as they are."""
    places = [(page, line) for page, one in enumerate(pages) for line in range(len(one.lines))]
    found = [(list(one.lines), list(one.repairs)) for one in pages]
    texts = [pages[page].lines[line].text for page, line in places]
    for index, read, meant in in_order(texts):
        page, line = places[index]
        if pages[page].sure is not None:
            lines, repairs = found[page]
            lines[line] = replace(lines[line], text=meant + texts[index][len(read) :])
            end = texts[index][len(read)]
            repairs.append((read + end, meant + end))
    return [Recognised(lines, one.sure, tuple(repairs)) for one, (lines, repairs) in zip(pages, found, strict=True)]


def finish(pages: Sequence[Recognised], source: str) -> StoredText:
    """The stored text of pages, with what was doubtful in it.

    Raises: ReadingError where there is nothing to read.
    """
    draft = Draft()
    pages = settled(pages)
    write_pages([page.lines for page in pages], draft)
    repairs = [page.repairs for page in pages]
    return draft.finish(source, first_page=1, confidences=[page.sure for page in pages], repairs=repairs)


def _tesseract(picture: Image, dpi: int, *, language: str, mode: str) -> bytes:
    """What Tesseract reads in a picture, as hOCR."""
    program = shutil.which("tesseract")
    if program is None:
        raise ReadingError(_MISSING)
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=1)
    command = [program, "-", "-", "-l", language, "--psm", mode, "--dpi", str(dpi), *_LETTERS, "hocr"]
    try:
        done = subprocess.run(
            command,
            input=file.getvalue(),
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env=child_environment(OMP_THREAD_LIMIT="1"),
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ReadingError("trình nhận dạng dừng giữa chừng") from error
    if done.returncode:
        raise ReadingError(_MISSING if language.encode() in done.stderr else "trình nhận dạng không đọc được trang")
    return done.stdout


def _lines(rows: Sequence[Row], points: float) -> list[Line]:
    """The lines of a page in the order of reading; `points` is the size of one dot."""
    usual = usual_size(rows)
    pieces = [piece for row in rows for piece in _pieces(row, usual, points)]
    return reading_order(pieces)


def _pieces(row: Row, usual: float, points: float) -> list[Piece]:
    """The words of one line in pieces without wide gaps."""
    size = row.size if 0 < row.size < _SMALLER * usual else usual  # larger ones are letters that grew together
    cuts = [index for index, gap in gaps(row) if gap > _WIDE * usual]
    groups = [row.words[start:end] for start, end in pairwise((0, *cuts, len(row.words)))]
    return [
        Piece(
            " ".join(word.text for word in group),
            group[0].box.left * points,
            group[-1].box.right * points,
            row.base * points,
            size * points,
            (group[0].box.right - group[0].box.left) * points,
        )
        for group in groups
    ]


def _dpi(picture: Image) -> int:
    """What the picture says, or what a sheet of A4 of its width has."""
    told = picture.info.get("dpi")
    known = round(float(told[0])) if told else 0
    return known if known >= 30 else max(30, round(min(picture.size) / 8.27))
