"""Pictures of pages: recognised by Tesseract, with how sure it is."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Callable
from statistics import fmean, median
from typing import TYPE_CHECKING

from rag.config import child_environment
from rag.errors import ReadingError
from rag.reading.draft import Draft
from rag.reading.layout import Line, Piece, reading_order
from rag.reading.paragraphs import write_pages
from rag.types import StoredText

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 300
"""Dots an inch at which a page is recognised."""
_MISSING = "cần tesseract để nhận dạng bản quét; cài bằng lệnh: sudo apt-get install tesseract-ocr tesseract-ocr-vie"
_WIDE = 1.6
_ENOUGH = 280
_SECONDS = 120
_MOST_PIXELS = 120_000_000
_WORD = "5"


def read_picture(content: bytes, source: str, alive: Callable[[int], None]) -> StoredText:
    """A picture of a page, or several in one TIFF.

    Raises: ReadingError.
    """
    from PIL import Image, ImageSequence

    pages: list[list[Line]] = []
    sure: list[float | None] = []
    try:
        with Image.open(io.BytesIO(content)) as picture:
            for number, frame in enumerate(ImageSequence.Iterator(picture), 1):
                if frame.width * frame.height > _MOST_PIXELS:
                    raise ReadingError("ảnh lớn hơn 120 triệu điểm ảnh")
                lines, confidence = recognise(frame.convert("L"), _dpi(frame))
                pages.append(lines)
                sure.append(confidence)
                alive(number)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ReadingError("tệp ảnh bị hỏng hoặc quá lớn") from error
    draft = Draft()
    write_pages(pages, draft)
    return draft.finish(source, first_page=1, confidences=sure)


def recognise(page: Image, dpi: int = DPI) -> tuple[list[Line], float | None]:
    """The lines of a page in the order of reading, and the mean confidence of its words; None where it is blank.

    Raises: ReadingError where Tesseract or its Vietnamese is missing, or fails.
    """
    program = shutil.which("tesseract")
    if program is None:
        raise ReadingError(_MISSING)
    if dpi < _ENOUGH:
        page = page.resize((round(page.width * DPI / dpi), round(page.height * DPI / dpi)))  # bicubic
        dpi = DPI
    file = io.BytesIO()
    page.save(file, "PNG", compress_level=1)
    command = [program, "-", "-", "-l", "vie", "--psm", "3", "--dpi", str(dpi), "tsv"]
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
        raise ReadingError(_MISSING if b"vie" in done.stderr else "trình nhận dạng không đọc được trang")
    return _lines(done.stdout.decode("utf-8", "replace"), 72 / dpi)


def _lines(table: str, points: float) -> tuple[list[Line], float | None]:
    """The words of Tesseract's table as lines; `points` is the size of one dot."""
    rows: dict[tuple[str, ...], list[dict[str, str]]] = defaultdict(list)
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == _WORD and (row["text"] or "").strip() and float(row["conf"]) >= 0:
            rows[row["block_num"], row["par_num"], row["line_num"]].append(row)
    if not rows:
        return [], None
    words = [word for row in rows.values() for word in row]
    size = median(int(word["height"]) for word in words) * points
    pieces = [piece for row in rows.values() for piece in _pieces(row, points, size)]
    return reading_order(pieces), round(fmean(float(word["conf"]) for word in words) / 100, 3)


def _pieces(row: list[dict[str, str]], points: float, size: float) -> list[Piece]:
    """The words of one line in pieces without wide gaps."""
    groups: list[list[dict[str, str]]] = []
    end = 0.0
    for word in row:
        left = int(word["left"]) * points
        if groups and left - end <= _WIDE * size:
            groups[-1].append(word)
        else:
            groups.append([word])
        end = left + int(word["width"]) * points
    bottom = median(int(word["top"]) + int(word["height"]) for word in row) * points
    return [
        Piece(
            " ".join(word["text"].strip() for word in group),
            int(group[0]["left"]) * points,
            (int(group[-1]["left"]) + int(group[-1]["width"])) * points,
            bottom,
            size,
        )
        for group in groups
    ]


def _dpi(picture: Image) -> int:
    """What the picture says, or what a sheet of A4 of its width has."""
    told = picture.info.get("dpi")
    known = round(float(told[0])) if told else 0
    return known if known >= 30 else max(30, round(min(picture.size) / 8.27))
