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

_TELLING, _SAMPLE = 16, 2_000
"""Bytes from which on, and up to which, UTF-16 without a mark is told."""
_ZEROS, _KNOWN = 0.3, 0.98
_OF_TEXTS = re.compile("[\t\n\r\f -~\u00a0-\u024f\u0300-\u036f\u1e00-\u1eff\u2000-\u22ff]")
_NEVER_IN_TEXTS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


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
    """UTF-16 where the bytes are letters and signs of a Vietnamese text in it, with the zeros that these have.

    Zeros alone tell nothing: tables of small numbers have them too. An odd byte at the end is a fault of UTF-16.
    """
    sample = content[:_SAMPLE] if len(content) % 2 == 0 else content[: min(_SAMPLE, len(content) - 1)]
    first, second = (sample[start::2].count(0) for start in (0, 1))
    if len(sample) < _TELLING or max(first, second) < _ZEROS * len(sample) / 2:
        return "utf-8"
    encoding = "utf-16-be" if first > second else "utf-16-le"
    text = sample.decode(encoding, "replace")
    known = len(_OF_TEXTS.findall(text))
    return encoding if known >= _KNOWN * len(text) and not _NEVER_IN_TEXTS.search(text) else "utf-8"
