"""Documents called by a number without its organ: "Nghị định 59 của Chính phủ", "Chỉ thị số 18 và 40"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rag.language.lexicon import abbreviations, document_types, word_classes
from rag.language.normalize import alternation
from rag.law.numbers import NumberFound, type_of

_N = r"\d{1,5}[a-z]?(?:\s?/\s?(?:19|20)\d\d)?(?![\w%]|[.,]\d|\s?/|\s?[-+]\s?\d|[-+]\w|\s[-+]\w)"
_ITEM = re.compile(rf"(?:\s?,\s(?:và\s)?|\s(?:và|hoặc)\s)(?P<so>số\s)?(?P<n>{_N})")
_FULL = re.compile(r"(?:\s?,\s(?:và\s)?|\s(?:và|hoặc)\s)(?:số\s)?\d{1,5}[a-z]?\s?[-/]")
_NEXT = re.compile(r"(?:\s?,\s(?:và\s)?|\s(?:và|hoặc)\s)\d")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class BareNumber:
    """A number without an organ, and the type of document that it is called by; `start` is where the mention begins."""

    start: int
    type: str
    number: NumberFound


def find_bare_numbers(text: str) -> Iterator[BareNumber]:
    """Every such number of a clean line, those of a list each.

    >>> [(bare.type, bare.number.canonical) for bare in find_bare_numbers("Nghị định số 59 và 61 của Chính phủ")]
    [('Nghị định', '59'), ('Nghị định', '61')]
    >>> list(find_bare_numbers("Kế hoạch 5 năm, báo cáo 6 tháng"))
    []
    """
    for match in _called().finditer(text):
        kind = called_type(match["type"])
        if kind is None or kind not in _by_number():
            continue
        certain = match["so"] is not None and match["type"][0].isupper()
        numbers = _list(text, match, certain)
        for index, (start, end) in enumerate(numbers):
            printed = text[start:end]
            canonical = re.sub(r"\s", "", printed)
            number = NumberFound(start, end, canonical, printed, None, () if canonical == printed else ("spacing",))
            yield BareNumber(start if index else match.start(), kind, number)


def called_type(word: str) -> str | None:
    """The type that a word or an abbreviation before a number stands for; None where it may be one of several."""
    name = _names().get(word.casefold())
    if name or not word.isupper():
        return name
    short = abbreviations().get(word)
    return type_of(word) or (_names().get(short.expansion.casefold()) if short else None)


def type_abbreviations() -> frozenset[str]:
    """The abbreviations by which a type is written before a number."""
    return frozenset(short for row in document_types() for short in row.abbreviations if len(short) > 1)


def _list(text: str, match: re.Match[str], certain: bool) -> list[tuple[int, int]]:
    """The numbers that follow a type, up to the first that counts something."""
    numbers = [match.span("n")]
    if not match["so"] and _YEAR.fullmatch(match["n"]):
        return []
    item = _ITEM.match(text, match.end())
    while item:
        numbers.append(item.span("n"))
        item = _ITEM.match(text, item.end())
    while numbers and not (certain and len(numbers) == 1) and not _is_closed(text, numbers[-1][1]):
        numbers.pop()
        if not certain:
            return []
    return numbers


def _is_closed(text: str, position: int) -> bool:
    """Whether a number ends where nothing that it counts can follow."""
    if _NEXT.match(text, position) and not _FULL.match(text, position):
        return False
    return _follows().match(text, position) is not None


@cache
def _names() -> dict[str, str]:
    return {row.name.casefold(): row.name for row in document_types()}


@cache
def _by_number() -> frozenset[str]:
    return frozenset(row.name for row in document_types() if row.called_by_number)


@cache
def _called() -> re.Pattern[str]:
    names = alternation(row.name for row in document_types())
    shorts = alternation(type_abbreviations())
    return re.compile(rf"(?<!\w)(?<![Pp]háp )(?P<type>(?i:{names})|{shorts})\s(?P<so>số\s?:?\s?)?(?P<n>{_N})")


@cache
def _follows() -> re.Pattern[str]:
    words = alternation(word_classes().number_followers)
    return re.compile(
        rf"\s?(?:[,;:.!?)(\"'…]|$)|\s(?:(?i:{words})(?!\w)|năm\s\d{{4}}(?!\s?-\s?\d)|ngày\s\d|tháng\s\d+(?:/|\snăm))"
    )
