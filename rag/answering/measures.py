"""Which amount a question asks for, and whether a text states one of that kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rag.language.lexicon import measure_rows
from rag.language.normalize import fold

_WORD = r"(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|mốt|lăm|tư|linh|lẻ|trăm|nghìn|triệu|vài)"
_NUMBER = rf"(?:\d[\d.,]*|{_WORD}(?: {_WORD})*)(?: \([^()\d]{{2,30}}\))?"
_MANY = "(?:bao nhiêu|mấy)"
_COUNTED = re.compile(rf"\b{_MANY}(?: (?:đến|tới) {_MANY})? (?:(tờ|cái|chiếc|tấm|lá|cuốn) (?=\w))?(\w+)")


@dataclass(frozen=True, slots=True)
class Measure:
    """A kind of amount: `states` matches the folded text that gives one."""

    name: str
    asks: re.Pattern[str]
    states: re.Pattern[str]


def asked_measure(bare: str) -> Measure | None:
    """The kind of amount that a question without marks asks for; None where it is none of the table.

    >>> measure = asked_measure("niem yet trong may ngay")
    >>> measure is not None and measure.name
    'duration'
    """
    return next((measure for measure in _measures() if measure.asks.search(bare)), None)


def states_measure(measure: Measure, text: str) -> bool:
    """Whether a text gives an amount of that kind.

    >>> measure = asked_measure("bao nhieu phan tram so ho dong y")
    >>> measure is not None and states_measure(measure, "Có trên 50% tổng số hộ gia đình tán thành.")
    True
    """
    return measure.states.search(fold(text)) is not None


def states_count(restored: str, text: str) -> bool:
    """Whether a text gives a number of what a question with its marks wants counted: "bao nhiêu mô hình".

    >>> states_count("xây dựng bao nhiêu mô hình", "Mỗi xã xây dựng ít nhất 01 mô hình mới.")
    True
    >>> states_count("xây dựng bao nhiêu mô hình", "Năm 2024 xây dựng mô hình mới.")
    False
    """
    asked = max(_COUNTED.finditer(restored), key=lambda match: match.start(), default=None)
    if asked is None:
        return True
    nouns = "|".join(re.escape(noun) for noun in asked.groups() if noun)
    return re.search(rf"\b{_NUMBER} (?:\w+ )?(?:{nouns})\b", fold(text)) is not None


@cache
def _measures() -> tuple[Measure, ...]:
    return tuple(
        Measure(row["name"], re.compile(row["asks"]), re.compile(row["states"].replace("{number}", _NUMBER)))
        for row in measure_rows()
    )
