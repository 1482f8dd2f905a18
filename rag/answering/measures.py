"""Which amount a question asks for, and whether a text states one of that kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rag.answering.query import Query
from rag.language.lexicon import measure_rows, question_words
from rag.language.normalize import alternation, fold, unmark
from rag.language.numerals import MARKED_NUMERALS

_WORD = alternation((*MARKED_NUMERALS, "triệu", "vài"))
_NUMBER = rf"(?:\d[\d.,]*|{_WORD}(?: {_WORD})*)(?: \([^()\d]{{2,30}}\))?"
_SHARE = rf"(?:%|\b(?:phần trăm|{_WORD} phần {_WORD}|nửa)\b)"
_PART_OF = re.compile(
    r"\b(?:đồng ý|tán thành|nhất trí|thông qua|hợp lệ|dự|có mặt|biểu quyết|ủng hộ|đồng thuận"
    r"|gật|giơ tay|chịu|ưng)\b"
)
_THEN = re.compile(
    r"\b(?:bao nhiêu|mấy) \w+(?: (?:dân|gia đình|tri|biểu|viên))? (?!thì\b|mới\b|là\b)\w+.*"
    r"\b(?:thì|mới|là đủ|là được)\b"
)
"""What goes on after how many of them it takes: "bao nhiêu hộ kiến nghị thì xem xét"."""
_SEVERAL = re.compile(r"\bmay (?!gio\b)\w+")
_MEASURED = re.compile(
    r"\bbao (?:nhieu|lau)\b"
    r"|\bmay (?:ngay|hom|bua|thang|nam|quy|tuan|gio|lan|nguoi|phan|dong|trieu|ty|tram|chuc|nghin)\b"
)
_HOMES = frozenset(("hộ", "nhà", "nóc"))
_SIDE = re.compile(
    r"\b(?:duoi|it hon|chua den|khong qua) (?P<below>\d+)\b(?! ?(?:%|phan tram|ngay|thang|nam))"
    r"|\btu (?P<from>\d+)(?: \w+){1,9}? tro len\b"
    r"|\b(?:tren|nhieu hon) (?P<over>\d+)\b(?! ?(?:%|phan tram|ngay|thang|nam))"
)
"""How many there are of whom a rule speaks: fewer than a number, or from it on."""
_KIND = {"ho": "homes", "nha": "homes", "gia dinh": "homes", "noc nha": "homes"}
_OF_CASE = (
    "nguoi|cu tri|can bo|cong chuc|vien chuc|nhan vien|thanh vien|dai bieu|dang vien|lao dong|ho|nha|gia dinh|noc nha"
)
_THERE_ARE = re.compile(rf"(?<![\w/.,%-])(?P<n>\d{{1,4}}) (?P<what>{_OF_CASE})\b(?! (?:dong y|tan thanh|du hop))")
_RANGE = re.compile(
    rf"\btu (?P<least>\d+) (?P<what_up>{_OF_CASE})\b(?:,? \w+){{0,12}}? tro len\b"
    rf"|\btu (?P<most>\d+) (?P<what_down>{_OF_CASE})\b(?:,? \w+){{0,12}}? tro xuong\b"
    rf"|\b(?:duoi (?P<below>\d+)|(?:tren|hon) (?P<over>\d+)) (?P<what>{_OF_CASE})\b"
)
"""How many of whom there are in the case that a rule is on."""
_MANY = "(?:bao nhiêu|mấy)"
_ASKS_NUMBER = re.compile(
    r"^(?:sdt|so dien thoai)\b(?!.*\b(?:ai|nao)\b)"
    r"|\b(?:la )?(?:so )?(?:may|nao|bao nhieu|gi)\b|\b(?:cho|xin|can|biet|tim)(?: \w+){0,3}? (?:sdt|so dien thoai)\b"
)
_COUNTED = re.compile(rf"\b{_MANY}(?: (?:đến|tới) {_MANY})? (?:(tờ|cái|chiếc|tấm|lá|cuốn) (?=\w))?(\w+)")


_NOT_AMOUNTS = re.compile(
    r"\d{1,2}/\d{1,2}/\d{4}|\d+(?:/\d{4})?[/-][A-ZĐ]\S*|(?:năm|giai đoạn|nhiệm kỳ|khoản|Điều|điều|điểm) [\d, và-]+"
)
_TIME = re.compile(
    r"\d{1,2}/\d{1,2}/\d{4}|\b(?:ngày|tháng|năm|quý) \d|\b\d+ (?:ngày|tháng|năm|giờ)\b|hằng (?:năm|quý|tháng)|định kỳ"
)
_DAY = re.compile(
    r"\d{1,2}/\d{1,2}|\bngày \d|\b\d+ (?:ngày|tuần|tháng|giờ)\b|\b(?:hằng|hàng) (?:ngày|tuần|tháng|quý|năm)|định kỳ"
    r"|\bthứ (?:hai|ba|tư|năm|sáu|bảy)\b|\bchủ nhật\b|\bdịp\b|\bcuối (?:năm|quý|tháng)\b"
)
_AMOUNT = re.compile(
    r"\d|\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|trăm|nghìn|triệu) (?:người|năm|tháng|ngày|lần|phần)\b"
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A kind of amount: `states` matches the folded text that gives one."""

    name: str
    asks: re.Pattern[str]
    states: re.Pattern[str]


_DUE = re.compile(
    r"\btruoc (?:ngay|hom|thang) (?:nao|may)\b|\b(?:cham|tre|muon) nhat\b|\bhan (?:cuoi|chot|nop|nao)\b"
    r"|\b(?:xong|hoan thanh|ket thuc|nop)\b"
)


def asked_measure(bare: str) -> Measure | None:
    """The kind of amount that a question without marks asks for; None where it is none of the table.

    >>> measure = asked_measure("niem yet trong may ngay")
    >>> measure is not None and measure.name
    'duration'
    """
    return next((measure for measure in _measures() if measure.asks.search(bare)), None)


def asks_deadline(query: Query) -> bool:
    """Whether a question asks when something is due, not when a document was issued."""
    return _DUE.search(query.bare) is not None


def means_several(query: Query) -> bool:
    """Whether "mấy" only stands for several things of which a question asks who does them: "ai lo mấy buổi họp này"."""
    return "unit" in query.slots and _SEVERAL.search(query.bare) is not None and _MEASURED.search(query.bare) is None


def asks_telephone(query: Query) -> bool:
    """Whether a question asks for a telephone number."""
    measure = asked_measure(query.bare)
    return measure is not None and measure.name == "phone" and _ASKS_NUMBER.search(query.bare) is not None


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
    >>> states_count("bao nhiêu nhà lên tiếng thì họp", "Khi có ít nhất 50% tổng số hộ gia đình kiến nghị.")
    True
    >>> states_count("có bao nhiêu hộ thì lập thôn", "Khi có ít nhất 50% tổng số hộ gia đình kiến nghị.")
    False
    """
    counted = _counted_nouns(restored)
    if not counted:
        return True
    homes = ("hộ", "nhà", "gia đình") if _HOMES.intersection(counted) else ()
    nouns = alternation((*counted, *homes))
    takes = _PART_OF.search(restored) or _THEN.search(restored)
    share = rf"|{_SHARE}(?: \w+){{0,5}}" if takes else ""
    return re.search(rf"(?:\b{_NUMBER}(?: \w+)?{share}) (?:{nouns})\b", fold(text)) is not None


def _counted_nouns(restored: str) -> list[str]:
    """What a question with its marks wants counted; empty for nothing: "khoảng bao nhiêu, về bên nào"."""
    asked = max(_COUNTED.finditer(restored), key=lambda match: match.start(), default=None)
    return [noun for noun in asked.groups() if noun and noun not in question_words("stop")] if asked else []


def states_time(text: str) -> bool:
    """Whether a text states a date, a year or a length of time."""
    return _TIME.search(fold(text)) is not None


def states_day(text: str) -> bool:
    """Whether a text states a day, a length of time or how often something is done; a year alone is too little."""
    return _DAY.search(fold(text)) is not None


def states_amount(query: Query, text: str) -> bool:
    """Whether a text states an amount of the kind that a question asks for; one inside a number or a date is none."""
    text = _NOT_AMOUNTS.sub(" ", text)
    measure = asked_measure(query.bare)
    if measure is not None:
        return states_measure(measure, text)
    if _counted_nouns(query.restored):
        return states_count(query.restored, text)
    return _AMOUNT.search(fold(text)) is not None


def case_fit(bare: str, text: str) -> int:
    """Whether a text rules on the case that a question without marks is on: 1, on another: -1, or on neither: 0.

    >>> case_fit("thon duoi 100 cu tri can bao nhieu nguoi", "Thôn có từ 100 cử tri trở lên: ít nhất 55%.")
    -1
    >>> case_fit("thon duoi 100 cu tri can bao nhieu nguoi", "Từ 100 cử tri trở lên, hoặc dưới 100 cử tri.")
    0
    >>> case_fit("co quan chi co 6 nguoi", "Cơ quan có từ 07 cán bộ, công chức trở xuống có thể tổ chức hội nghị.")
    1
    >>> case_fit("thon 86 cu tri can may nguoi du", "Thôn có từ 100 cử tri trở lên: ít nhất 55 cử tri.")
    -1
    """
    ruled = unmark(fold(text))
    asked, told = _sides(bare), _sides(ruled)
    if any(number in told and not sides & told[number] for number, sides in asked.items()):
        return -1
    ranges = _ranges(ruled)
    if asked or not ranges:
        return 0
    there = [(float(match["n"]), _KIND.get(match["what"], "people")) for match in _THERE_ARE.finditer(bare)]
    fits = [low <= number <= high for number, kind in there for low, high, of in ranges if of == kind]
    return 0 if not fits else 1 if any(fits) else -1


def _sides(bare: str) -> dict[str, set[str]]:
    """On which side of each number what a text speaks of lies."""
    found: dict[str, set[str]] = {}
    for match in _SIDE.finditer(bare):
        side = "below" if match["below"] else "from"
        found.setdefault((match["below"] or match["from"] or match["over"]).lstrip("0"), set()).add(side)
    return found


def _ranges(bare: str) -> list[tuple[float, float, str]]:
    """How few and how many of a kind there are where a text rules: "từ 100 cử tri trở lên", "dưới 100 hộ"."""
    return [
        (
            float(match["least"] or match["over"] or 0) + (0.5 if match["over"] else 0),
            float(match["most"] or match["below"] or "inf") - (0.5 if match["below"] else 0),
            _KIND.get(match["what"] or match["what_up"] or match["what_down"], "people"),
        )
        for match in _RANGE.finditer(bare)
    ]


@cache
def _measures() -> tuple[Measure, ...]:
    return tuple(
        Measure(row["name"], re.compile(row["asks"]), re.compile(row["states"].replace("{number}", _NUMBER)))
        for row in measure_rows()
    )
