"""Plain text, decoded exactly."""

from __future__ import annotations

import codecs
import re
from itertools import count

from rag.errors import ReadingError
from rag.reading import legacy
from rag.types import Page, StoredText

_PAGE_BREAK = "\f"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_TELLING = 16
"""Bytes from which on the places of zero bytes tell UTF-16."""


def read_text(content: bytes, source: str) -> StoredText:
    """A text file; its encoding is that of its byte order mark, UTF-8, UTF-16, or one before Unicode.

    Raises: ReadingError where it is in none of them, or holds nothing.
    """
    text = decode(content)
    if not text.replace("\0", "").strip():
        raise ReadingError("không có nội dung")
    starts = [0, *(found.end() for found in re.finditer(_PAGE_BREAK, text))]
    return StoredText(source, text, tuple(map(Page, count(1), starts)) if len(starts) > 1 else ())


def decode(content: bytes) -> str:
    """Bytes as text.

    Raises: ReadingError.
    """
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), None) or _unmarked(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        read = None if encoding != "utf-8" or b"\0" in content else legacy.decode(content)
        if read is None:
            name = encoding.upper()[:6].rstrip("-")
            raise ReadingError(
                f"không phải văn bản {name} (lỗi ở byte {error.start}), cũng không rõ là bảng mã nào khác; "
                "hãy lưu lại dưới dạng UTF-8"
            ) from error
        return read[0]
    read = legacy.recognise(text)
    return read[0] if read else text


def _unmarked(content: bytes) -> str:
    """UTF-16 where every other byte of a text that is mostly ASCII is zero; some bytes tell too little."""
    sample = content[:2_000]
    zeros = [sample[start::2].count(0) / max(1, len(sample) // 2) for start in (0, 1)]
    if len(sample) % 2 == 0 and len(sample) >= _TELLING and min(zeros) < 0.02 and max(zeros) > 0.3:
        return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    return "utf-8"
