"""Whether what an answer states is quoted: every date, every document and every number of its text is looked up.

It is read out of the text by its own patterns, apart from the product's wording and reading.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from eval.naming import fold, is_printed
from rag.types import Answer

_MARKER = re.compile(r"\[\d+\]")
_LIST_MARK = re.compile(r"^[\s>]*(?:[-*+•]|\d+[.)])\s+", re.MULTILINE)
_SLASHED = re.compile(r"(?<![\w/.-])(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?![\w/])")
_SPELLED = re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_PART = r"[A-ZĐ]{2}[^\W_]*"
_DOCUMENT = re.compile(rf"(?<![\w/])\d+\s?(?:/\d{{4}})?\s?[-/]\s?{_PART}(?:\s?[-/]\s?{_PART})*")
_PLACE = re.compile(
    r"(?<!\w)(?<!giai )(?:điều|khoản|điểm|chương|mục|phần|đoạn|bảng|dòng|câu|ý|gạch đầu dòng|chú thích|phụ lục|mẫu số"
    r"|(?:nhiệm vụ|nội dung|nhóm nhiệm vụ|bước|vấn đề|giải pháp|giai đoạn|mô hình|đợt|tiêu chí"
    r"|kiến nghị|việc|ý kiến|nhóm|mục tiêu|chỉ tiêu)"
    r"(?=\s\w+(?:,| Mục| Phần| Phụ lục| Chương)))"
    r"\s+(?=[\w.]*\d)\w+(?:\.\w+)*(?: \(lần \d+\))?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\d.,])\d+(?:[.,]\d+)*")
Date = tuple[int, int, int]
"""Year, month, day."""
HEAD = 1500
"""How many characters of a text may tell its own number and date."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a piece of text states: dates, numbers of documents and places in them, folded, and all other numbers."""

    dates: frozenset[Date]
    documents: frozenset[str]
    places: frozenset[str]
    numbers: frozenset[str]


def facts_of(text: str) -> Facts:
    """The facts of a text.

    >>> sorted(facts_of("Quyết định số 593-QĐ/TU ngày 11/11/2021, giai đoạn 2020 - 2025").numbers)
    ['2020', '2025']
    """
    rest = text
    dates: set[Date] = set()
    for pattern in (_SLASHED, _SPELLED):
        dates |= {(int(year), int(month), int(day)) for day, month, year in pattern.findall(rest)}
        rest = pattern.sub(" ; ", rest)
    dates |= {(int(year), int(month), int(day)) for year, month, day in _ISO.findall(rest)}
    rest = _ISO.sub(" ; ", rest)
    documents = frozenset(map(fold, _DOCUMENT.findall(rest)))
    rest = _DOCUMENT.sub(" ; ", rest)
    places = frozenset(map(fold, _PLACE.findall(rest)))
    return Facts(frozenset(dates), documents, places, frozenset(_numbers(_PLACE.sub(" ; ", rest))))


def _numbers(text: str) -> Iterator[str]:
    """The numbers of a text, without the zeros before them."""
    return map(_bare, _NUMBER.findall(text))


def _bare(number: str) -> str:
    return number.lstrip("0") or "0"


def unfounded(answer: Answer, texts: Mapping[str, str], catalogue: Path) -> list[str]:
    """What the answer's text states and its citations do not say, in a Vietnamese phrase each.

    Beside the quotes, the head of a quoted text speaks for its own number and date, a citation for where it stands,
    the catalogue for the documents that the answer names, and a notice for the slip that it mends. A number may also
    be what the answer itself counts: of its list, documents, units or citations. A correction repeats what it
    denies; a refusal repeats the question, counts the texts and names documents that they mention.
    """
    prose = _MARKER.sub(" ", _LIST_MARK.sub("", answer.text))
    stated, refused = facts_of(prose), answer.status == "not_found"
    heads = [texts[source][:HEAD] for source in {found.source for found in answer.citations} if source in texts]
    said = [*_said(answer), *_named_rows(fold(prose), catalogue)]
    placed = [fold(text) for text in (*said, *(found.locator for found in answer.citations))]
    named = [*placed, *(fold(text) for text in (*heads, *(texts.values() if refused else ())))]
    counted = [len(texts)] if refused else _counts(answer)
    numbers = {*_every_number((*said, *(found.document for found in answer.citations))), *map(str, counted)}
    unsaid = [
        *(f"ngày {day:02}/{month:02}/{year}" for year, month, day in sorted(stated.dates - _dates((*said, *heads)))),
        *(f"văn bản {name}" for name in sorted(stated.documents) if not any(is_printed(name, one) for one in named)),
        *(place for place in sorted(stated.places) if not any(is_printed(place, one) for one in placed)),
        *(f"số {number}" for number in sorted(stated.numbers - numbers)),
    ]
    return [f"không có trong đoạn trích hay danh mục: {phrase}" for phrase in unsaid]


def _said(answer: Answer) -> Iterator[str]:
    yield from (found.quote for found in answer.citations)
    yield from (notice.text for notice in answer.notices if notice.kind in ("misprint", "conflict"))
    if answer.status in ("not_found", "corrected"):
        yield answer.question


def _dates(texts: Iterable[str]) -> frozenset[Date]:
    return facts_of("\n".join(texts)).dates


def _counts(answer: Answer) -> Iterator[int]:
    yield from map(len, (answer.documents, answer.units, answer.citations, _LIST_MARK.findall(answer.text)))


def _every_number(texts: Iterable[str]) -> set[str]:
    """Every number that stands in the texts, whatever it is a part of."""
    return {number for text in texts for number in (*_numbers(text), *map(_bare, re.findall(r"\d+", text)))}


def _named_rows(prose: str, catalogue: Path) -> list[str]:
    """The rows of the catalogue whose number or title the folded text has."""
    return [
        " ; ".join(row.values())
        for row in _rows(catalogue)
        if any(name and is_printed(fold(name), prose) for name in (row["number"], row["title"]))
    ]


@cache
def _rows(catalogue: Path) -> tuple[dict[str, str], ...]:
    if not catalogue.is_file():
        return ()
    with catalogue.open(encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file))
