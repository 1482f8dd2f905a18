"""The stored text of an original that is no plain text, while it is put together."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from rag.errors import ReadingError
from rag.reading import legacy
from rag.types import Page, StoredText

PAGE = "\f"
"""Stands in a paragraph where a page of the original begins; the stored text has it no more."""
_ETH = {0xD0: "Đ", 0xF0: "đ"}
"""The letter of Icelandic that looks like one of Vietnamese, in files and to recognisers."""
_RAISED = {ord(digit): 0xE100 + int(digit) for digit in "0123456789"}
# In an encoding before Unicode the code of a raised digit may be that of a letter.
_LOWERED = {0xE100 + number: sign for number, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"[^\S\f\n\t]+")
_AROUND_END = re.compile(r" *\n *")
_AROUND_PAGE = re.compile(r" *\f *")
_SURE = 0.85
_MOST_SHOWN = 5
_LARGEST = 20_000_000
"""Code points; the longest law has less than a million."""


def superscript(number: int | str) -> str:
    """A number as a paragraph of a draft has it where it is raised, as the calls of footnotes are."""
    return str(number).translate(_RAISED)


Repairs = Sequence[tuple[str, str]]
"""Words of a page that were recognised wrongly and put right: as they were read, and as they are now."""


class Draft:
    """Paragraphs in the order of reading, an empty line between two; rows of a table stand line below line."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._is_begun = self._in_table = False

    def paragraph(self, text: str) -> None:
        """Adds a paragraph; its line ends stay, empty lines and white space around lines go."""
        lines = (line.replace("\t", " ") for line in text.split("\n"))
        self._add("\n".join(line for line in lines if line.strip(" \xa0")), gap="\n\n")
        self._in_table = False

    def row(self, cells: Sequence[str]) -> None:
        """Adds a row of a table, its cells parted by tabs; a row of empty cells is none."""
        texts = [" ".join(cell.replace("\t", " ").split("\n")).strip(" \xa0") for cell in cells]
        self._add("\t".join(texts).rstrip("\t"), gap="\n" if self._in_table else "\n\n")
        self._in_table = True

    def end_table(self) -> None:
        """What follows is no row of the same table."""
        self._in_table = False

    def _add(self, text: str, *, gap: str) -> None:
        if not text.strip(f"{PAGE}\t \xa0\xad"):
            self._parts.append("".join(char for char in text if char == PAGE))
            return
        self._length += len(text)
        if self._length > _LARGEST:
            raise ReadingError("nội dung dài quá 20 triệu ký tự")
        self._parts.append(gap + text if self._is_begun else text)
        self._is_begun = True

    def finish(
        self,
        source: str,
        *,
        first_page: int | None = None,
        confidences: Sequence[float | None] = (),
        repairs: Sequence[Repairs] = (),
    ) -> StoredText:
        r"""The stored text in NFC; `first_page` is the number of the page that it begins on, None without pages.

        `confidences` and `repairs` are those of the pages in order.

        Raises: ReadingError where there is nothing to read.

        >>> draft = Draft()
        >>> draft.paragraph("Điều 1. Phạm \fvi" + superscript(2))
        >>> draft.finish("a.pdf", first_page=1).pages
        (Page(number=1, start=0, confidence=None), Page(number=2, start=13, confidence=None))
        """
        if not self._is_begun:
            raise ReadingError("không có nội dung")
        whole = "".join(self._parts)
        read = legacy.recognise(whole)
        pieces = [unicodedata.normalize("NFC", piece) for piece in _clean(read[0] if read else whole).split(PAGE)]
        text = "".join(pieces)
        if first_page is None:
            return StoredText(source, text)
        starts = list(accumulate(map(len, pieces), initial=0))[:-1]
        known = [*confidences, *[None] * len(starts)]
        pages = tuple(Page(first_page + index, start, known[index]) for index, start in enumerate(starts))
        return StoredText(source, text, pages, (*_doubts(pages), *_repaired(pages, repairs)))


def _doubts(pages: Sequence[Page]) -> tuple[str, ...]:
    """A sentence for each page that was recognised badly.

    >>> _doubts((Page(1, 0, 0.95), Page(2, 90), Page(3, 99, 0.42)))
    ('trang 3 nhận dạng kém (độ tin cậy 42%), hãy đối chiếu với bản gốc',)
    """
    return tuple(
        f"trang {page.number} nhận dạng kém (độ tin cậy {page.confidence:.0%}), hãy đối chiếu với bản gốc"
        for page in pages
        if page.confidence is not None and page.confidence < _SURE
    )


def _repaired(pages: Sequence[Page], repairs: Sequence[Repairs]) -> Iterator[str]:
    """A sentence on the words that were recognised wrongly and put right, with the most frequent of them.

    >>> list(_repaired([Page(1, 0), Page(2, 9)], [(), (("đẳng", "đảng"),)]))
    ['sửa 1 chữ nhận dạng nhầm ở trang 2 (đẳng → đảng), hãy đối chiếu với bản gốc']
    """
    words = Counter(word for page in repairs for word in page)
    if words:
        numbers = ", ".join(str(page.number) for page, found in zip(pages, repairs, strict=False) if found)
        shown = ", ".join(f"{read} → {meant}" for (read, meant), _ in words.most_common(_MOST_SHOWN))
        more = ", …" if len(words) > _MOST_SHOWN else ""
        yield (f"sửa {words.total()} chữ nhận dạng nhầm ở trang {numbers} ({shown}{more}), hãy đối chiếu với bản gốc")


def _clean(text: str) -> str:
    """Single spaces, none around the ends of lines, and nothing that is not seen."""
    plain = _SPACES.sub(" ", _UNSEEN.sub("", text)).translate(_LOWERED | _ETH)
    plain = _AROUND_PAGE.sub(lambda found: " \f" if " " in found[0] else "\f", plain)
    return _AROUND_END.sub("\n", plain).strip(" ")
