"""Amounts as questions and texts state them: "05 ngày", "từ 5 đến 15 thành viên", "trên 50%", "hai phần ba"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import takewhile

from rag.language.normalize import alternation, unmark
from rag.language.numerals import NUMERAL_WORDS, is_numeral, numeral

COUNTED = (
    r"ngay lam viec|tuan|gio|phut|lan|nguoi|cu tri|thanh vien|uy vien|ho gia dinh|ho|dai bieu|phieu|buoi|dong|mau|"
    r"ban(?! hanh)|cuoc|xa|thon|to(?! chuc| (?:\w+ )?truong)|trang|cap|tuoi|mo hinh|"
    r"diem|ha|lop|cong trinh|chuyen de|hoc vien|doan vien|hoi vien|m2|met vuong|m3|met khoi|khoi(?! dan| mat| \w+ the)|"
    r"met|km|kg|tan|lit"
)
"""What is counted, as a pattern over bare text."""
COUNTS = re.compile(
    rf"\s*(?:%|nam\b(?! (?:19|20)\d\d)|(?:{COUNTED}|ngay|thang|cau|van ban|phan|don vi|co quan|trieu)\b)"
)
"""What follows a number that counts something."""
LASTS = re.compile(r"\s+(?:thang|nam|tuan)\b(?!\s?(?:\d|nao\b|may\b))")
"""What follows a number that says how long something lasts."""
_COUNTED_OR_NUMBERED = r"ngay|thang|nam|quy|phan(?! tram)|muc|dieu"
"""What a number counts only where none follows: "5 năm", not "5 năm 2024"."""
_PEOPLE = frozenset(("nguoi", "cu tri", "thanh vien", "uy vien", "dai bieu"))
_SAME = {"met vuong": "m2", "met khoi": "m3", "khoi": "m3", "ho gia dinh": "ho", "phan tram": "%"}
_WORDS = alternation(word for word in NUMERAL_WORDS if word != "nam")  # it is a year as well
_NUMERAL = re.compile(rf"\b(?:{_WORDS})\b")
_SPELT = rf"(?:{_WORDS})(?: (?:{_WORDS}|nam))*"
_SHARE = rf"(?P<over>\d{{1,2}}|{_SPELT})(?:/| phan )(?P<under>\d{{1,2}}|{_SPELT})(?! ?(?:phan tram|%))"
_THOUSANDS = {"nghin": 1e3, "ngan": 1e3, "trieu": 1e6, "ty": 1e9}
_MONEY = rf"(?:{'|'.join(_THOUSANDS)})(?: dong\b|\b(?! (?:\w+ )?(?:{COUNTED})\b))"
"""Thousands of what, dong where nothing is counted behind them: "200 nghìn một tháng"."""
_MANY = rf"\d{{1,3}}(?:[. ]\d{{3}})+|\d{{1,5}}(?:,\d+)?|{_SPELT}"
_BOUNDS = ("qua", "nhat", "toi da", "thieu", "co", "gom", "du", "hon")
_FIVE_TO = rf"(?:(?<=tu )|(?<=__ ))nam(?= (?:den|toi) (?:{_WORDS})\b)"
"""Five where it is no year, "từ năm đến chín": what is no numeral with its marks, as "từ", has become "__"."""
_FIVE = rf"(?:{'|'.join(f'(?<={word} )' for word in _BOUNDS)})nam(?= (?:{COUNTED})\b)"
"""Five where it is no year: "không quá năm người"."""
_AGAIN = r"(?: \([^()]{2,30}\))?"
_SPAN = re.compile(
    r"\b(?P<span>tam nhin|giai doan|nhiem ky)(?: (?:den|toi|tan|nam|tu)){0,3} (?P<from>(?:19|20)\d\d)"
    r"(?: ?(?:-|den|toi) ?(?:nam )?(?P<to>(?:19|20)\d\d))?"
)
"""The years that a document is made for."""
_ANYTHING = re.compile(rf"(?<![\w/.,-])(?<!so )(?:{_MANY}){_AGAIN} (?P<what>[^\W\d_]+(?: [^\W\d_]+){{1,3}})")
"""A number and what may be counted by it, which no list has."""
MONTHS = {"nam": 12.0, "quy": 3.0, "thang": 1.0, "tuan": 0.25}
"""How many months a time has; a week is a fourth of one."""
_PER = re.compile(
    rf"(?: [^\W\d]+){{0,3}}?(?P<often> ?/ ?(?:{'|'.join(MONTHS)})|"
    rf" (?:trong |trong vong )?(?:moi|mot|01|1|hang) (?:{'|'.join(MONTHS)}))\b(?! (?:\d|truoc|ke|lam viec|tiep))"
)
"""In how long an amount comes again, behind it: "02 ngày trong 01 tháng", "2 cuộc đối thoại mỗi năm"."""
_PER_BEFORE = re.compile(rf"(?P<often>\b(?:moi|hang) (?:{'|'.join(MONTHS)}))(?: [^\W\d]+){{0,8}} $")
_FAR = 80
"""How far before an amount the time is looked for in which it comes again."""
_NOT_LESS = re.compile(r"\bkhong (?:it hon|duoi)(?: la)? $")
_AT_LEAST = re.compile(r"\b(?:it nhat|toi thieu|tren|hon|qua)(?: la)? $")
_AT_MOST = re.compile(
    r"\b(?:khong qua|toi da|duoi|it hon|cham nhat|khong nhieu hon|khong vuot qua|nhieu nhat)(?: la)? $"
)
_MOST_OF = re.compile(r"\b(?:toi da|cao nhat|nhieu nhat)\b[\w\s,]{1,70} la $")
"""What is the most of something, behind its name: "số điểm tối đa của các tiêu chí là 100 điểm"."""
_AND_MORE = re.compile(r"(?: \w+){0,6}? tro len\b")
_AHEAD = re.compile(r" (?:lam viec )?truoc (?:ngay|khi|luc|thoi|hoi|cuoc|buoi|dip)\b")
"""What makes the latest time the least: "chậm nhất là 45 ngày trước ngày thực hiện"."""
_BEFORE = 20


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount: from `low` to `high` of a kind; `said` is how it is printed, `bound` "least", "most" or "".

    `per` is the time in months in which it comes again, 0 where none is said, `often` how that is printed.
    """

    low: float
    high: float
    kind: str
    said: str
    bound: str = ""
    per: float = 0.0
    often: str = ""

    def as_often(self, other: Amount) -> bool:
        """Whether another comes again in the same time, or one of them says nothing of it."""
        return not self.per or not other.per or self.per == other.per

    def same(self, other: Amount) -> bool:
        """Whether another says as much of the same."""
        as_much = (self.low, self.high) == (other.low, other.high)
        return as_much and self.as_often(other) and {self.bound, other.bound} != {"least", "most"}

    def admits(self, other: Amount) -> bool:
        """Whether another may be true where this one is: it lies in its range or on the open side of its bound."""
        if not self.as_often(other):
            return False
        if self.bound == "least":
            return other.low >= self.low
        if self.bound == "most":
            return other.high <= self.high
        return self.low < self.high and self.low <= other.low and other.high <= self.high


def amounts(folded: str, besides: frozenset[str] = frozenset()) -> list[Amount]:
    """The amounts that a text in small letters states: the years that it is for, then the others in order.

    `besides` are bare words for what is counted that `COUNTED` lacks.

    >>> [(one.low, one.high, one.kind, one.said, one.bound) for one in amounts("từ 05 đến 15 thành viên, trên 50%")]
    [(5.0, 15.0, 'people', '5 đến 15 thành viên', ''), (50.0, 50.0, '%', '50%', 'least')]
    >>> [one.bound for one in amounts("chậm nhất 45 ngày trước ngày họp, chậm nhất 5 ngày")]
    ['least', 'most']
    >>> [(round(one.low), one.said) for one in amounts("ít nhất ba mươi lăm phần trăm, hai phần ba tổng số hộ")]
    [(35, 'ba mươi lăm phần trăm'), (67, 'hai phần ba')]
    >>> [(one.said, one.per) for one in amounts("ít nhất 02 ngày trong 01 tháng, mỗi năm tổ chức 3 cuộc")]
    [('2 ngày', 1.0), ('3 cuộc', 12.0)]
    >>> [(one.said, one.bound) for one in amounts("ít nhất mỗi năm một lần")]
    [('một lần', 'least')]
    >>> [(one.low, one.kind) for one in amounts("từ 03 hòa giải viên trở lên", frozenset(("hoa giai vien",)))]
    [(3.0, 'hoa giai vien')]
    """
    bare = unmark(folded)
    if len(bare) != len(folded):
        folded = bare
    spans = [
        Amount(float(one["from"]), float(one["to"] or one["from"]), one["span"], folded[one.start() : one.end()])
        for one in _SPAN.finditer(bare)
    ]
    bare = _NUMERAL.sub(lambda match: match[0] if _is_numeral(match, folded) else "_" * len(match[0]), bare)
    found, taken = spans, 0
    for match in _amount(besides).finditer(bare):
        read = _read(match)
        if read is None or match.start() < taken:
            continue
        low, high, kind = read
        often = _PER.match(bare, match.end())
        taken = often.end() if often else match.end()
        often = often or _PER_BEFORE.search(bare, max(0, match.start() - _FAR), match.start())
        start = often.start() if often and often.end() == match.start() else match.start()  # "ít nhất mỗi năm một lần"
        before, after = bare[max(0, start - _BEFORE) : start], bare[match.end() :]
        more = _NOT_LESS.search(before) or (_AT_LEAST.search(before) and not _AT_MOST.search(before))
        most = _AT_MOST.search(before) or _MOST_OF.search(bare, max(0, start - _FAR), start)
        bound = "least" if more else "most" if most else ""
        bound = "least" if bound == "most" and _AHEAD.match(after) else bound
        bound = "least" if _AND_MORE.match(after) or (match["half"] or "").startswith("qua") else bound
        told = folded[slice(*often.span("often"))].strip() if often else ""
        per = MONTHS[re.split(r"\W", often["often"])[-1]] if often else 0.0
        found.append(Amount(low, high, kind, folded[match.start() : match.end()].lstrip("0"), bound, per, told))
    return found


def counted_alike(one: str, other: str) -> frozenset[str]:
    """What two texts in small letters count that no list has, in the longest words that they share, bare.

    >>> counted_alike("tối thiểu 5 hòa giải viên", "có từ 03 hòa giải viên trở lên")
    frozenset({'hoa giai vien'})
    """
    said = [{match["what"] for match in _ANYTHING.finditer(unmark(text))} for text in (one, other)]
    shared = {_shared(left, right) for left in said[0] for right in said[1]}
    return frozenset(words for words in shared if " " in words)


def _shared(one: str, other: str) -> str:
    """The words with which two runs of them begin alike."""
    pairs = zip(one.split(), other.split(), strict=False)
    return " ".join(left for left, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


@lru_cache(maxsize=256)
def _amount(besides: frozenset[str]) -> re.Pattern[str]:
    """An amount of what is counted, in a bare text."""
    counted = f"{alternation(besides)}|{COUNTED}" if besides else COUNTED
    return re.compile(
        rf"(?<![\w/.,-])(?:{_SHARE}(?![\w/])|(?P<half>(?:mot|qua) nua\b)"
        rf"|(?:(?P<low>{_MANY}|{_FIVE_TO}){_AGAIN} ?(?:tuoi )?(?:-|den|toi) ?(?:duoi )?)?(?P<n>{_MANY}|{_FIVE}){_AGAIN}"
        rf"\s?(?P<what>%|phan tram\b|{_MONEY}|(?:{counted})\b|(?:{_COUNTED_OR_NUMBERED})\b(?!\s?\d)))"
    )


def _is_numeral(match: re.Match[str], folded: str) -> bool:
    """Whether a word that reads like a numeral without marks is one with those that it has in the text.

    Where the text has no marks, "tu hai den bon" and "sau ba ngay" are no numerals before another.
    """
    if folded == match.string:
        return match[0] not in ("tu", "sau", "lam") or not _NUMERAL.match(match.string, match.end() + 1)
    return is_numeral(folded[match.start() : match.end()])


def _read(match: re.Match[str]) -> tuple[float, float, str] | None:
    if match["half"]:
        return 50.0, 50.0, "%"
    if match["over"]:
        over, under = _number(match["over"]), _number(match["under"])
        return None if not over or not under or over > under else (share := round(100 * over / under, 2), share, "%")
    high = _number(match["n"])
    low = _number(match["low"]) if match["low"] else high
    what = _SAME.get(match["what"], match["what"])
    scale = _THOUSANDS.get(what.split()[0])
    kind = "dong" if scale else "people" if what in _PEOPLE else what
    return None if low is None or high is None or low > high else (low * (scale or 1), high * (scale or 1), kind)


@cache
def _number(text: str) -> float | None:
    spelt = numeral(text)
    if spelt is not None:
        return float(spelt)
    return float(re.sub(r"[. ]", "", text).replace(",", ".")) if text[0].isdigit() else None
