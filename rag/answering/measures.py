"""Which amount a question asks for, and whether a text states one of that kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rag.language.lexicon import measure_rows
from rag.language.normalize import fold, unmark

_WORD = r"(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|mốt|lăm|tư|linh|lẻ|trăm|nghìn|triệu|vài)"
_NUMBER = rf"(?:\d[\d.,]*|{_WORD}(?: {_WORD})*)(?: \([^()\d]{{2,30}}\))?"
_SHARE = rf"(?:%|\b(?:phần trăm|{_WORD} phần {_WORD}|nửa)\b)"
_PART_OF = re.compile(r"\b(?:đồng ý|tán thành|nhất trí|thông qua|hợp lệ|dự|có mặt|biểu quyết|ủng hộ|đồng thuận)\b")
_SIDE = re.compile(
    r"\b(?:duoi|it hon|chua den|khong qua) (?P<below>\d+)\b(?! ?(?:%|phan tram|ngay|thang|nam))"
    r"|\btu (?P<from>\d+)(?: \w+){1,9}? tro len\b"
    r"|\b(?:tren|nhieu hon) (?P<over>\d+)\b(?! ?(?:%|phan tram|ngay|thang|nam))"
)
"""How many there are of whom a rule speaks: fewer than a number, or from it on."""
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

    A share of them tells it too where it is asked how many take part or agree.

    >>> states_count("bao nhiêu hộ đồng ý", "Khi có trên 50% tổng số đại diện hộ gia đình tán thành.")
    True
    """
    asked = max(_COUNTED.finditer(restored), key=lambda match: match.start(), default=None)
    if asked is None:
        return True
    nouns = "|".join(re.escape(noun) for noun in asked.groups() if noun)
    share = rf"|{_SHARE}(?: \w+){{0,5}}" if _PART_OF.search(restored) else ""
    return re.search(rf"(?:\b{_NUMBER}(?: \w+)?{share}) (?:{nouns})\b", fold(text)) is not None


def is_other_case(bare: str, text: str) -> bool:
    """Whether a text rules on the numbers that a question without marks leaves out: "dưới 100" and "từ 100 trở lên".

    >>> is_other_case("thon duoi 100 cu tri can bao nhieu nguoi", "Thôn có từ 100 cử tri trở lên: ít nhất 55%.")
    True
    >>> is_other_case("thon duoi 100 cu tri can bao nhieu nguoi", "Từ 100 cử tri trở lên, hoặc dưới 100 cử tri.")
    False
    """
    asked, told = _sides(bare), _sides(unmark(fold(text)))
    return any(number in told and not sides & told[number] for number, sides in asked.items())


def _sides(bare: str) -> dict[str, set[str]]:
    """On which side of each number what a text speaks of lies."""
    found: dict[str, set[str]] = {}
    for match in _SIDE.finditer(bare):
        side = "below" if match["below"] else "from"
        found.setdefault((match["below"] or match["from"] or match["over"]).lstrip("0"), set()).add(side)
    return found


@cache
def _measures() -> tuple[Measure, ...]:
    return tuple(
        Measure(row["name"], re.compile(row["asks"]), re.compile(row["states"].replace("{number}", _NUMBER)))
        for row in measure_rows()
    )
