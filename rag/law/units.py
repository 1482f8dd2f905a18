"""Names of units in running text: where they begin, where they end, how a list of them is divided."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rag.language.lexicon import word_classes
from rag.language.normalize import alternation

_GENERIC = r"(?:cơ quan|đơn vị|tổ chức|địa phương|phòng|ban|ngành|sở|cá nhân|cấp|xã|phường|thị trấn)"
_BARE = re.compile(rf"(?:(?:các|những|mỗi|từng)\s)?{_GENERIC}(?:\schuyên môn|\sban|\sngành)?", re.IGNORECASE)
_BARE_NOUN = re.compile(_GENERIC)
_QUALIFIED = re.compile(rf"{_GENERIC}[\s,].*?(?:trực thuộc|thuộc|của|có|liên quan)(?!\w)", re.IGNORECASE)
_ACRONYM_RUN = re.compile(r"(?<=[a-zà-ỹ])\s(?=(?:UBND|HĐND|UBMTTQ)\s)")
# Pairs that are one thing: a comma inside them divides nothing.
_PAIR = re.compile(r"(?<!\w)(?:thôn, (?=tổ dân phố)|cán bộ, (?=công chức))", re.IGNORECASE)
_ENDS_BARE = re.compile(r"(?:^|\s)(?:cơ quan|đơn vị|tổ chức|địa phương)$", re.IGNORECASE)
_BEFORE_OWNER = re.compile(r"(?:thuộc|của|cho|với|do|và|,|các|Chủ tịch|Văn phòng|Thường trực|lãnh đạo)$")
# "tổ chức" is a noun before these words and after a plural; elsewhere it is the verb.
_ORGANISATION = re.compile(
    r"tổ chức(?=,|\s(?:chính trị|đảng|đoàn thể|xã hội|tôn giáo|kinh tế|hành chính|thành viên|có|cá nhân|và cá nhân))",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"(?:các|những|mọi|của|tại|trong)$", re.IGNORECASE)
# Where the word before a verb makes it part of a noun ("bầu cử", "đại diện lãnh đạo").
_NOUN_BEFORE = re.compile(r"(?:bầu|ứng|đề|đại diện|đồng chí|công tác|nhiệm vụ|trách nhiệm)$", re.IGNORECASE)
_OFFICE_HOLDER = re.compile(r"(?:người đứng đầu|thủ trưởng|lãnh đạo)\s", re.IGNORECASE)
_NO_NAME = re.compile(r"[;:.]|\d/")
_MAX_WORDS, _MAX_LENGTH = 45, 600
_TAIL = 30
"""How far back the word before a verb or a gap is looked for."""


@dataclass(frozen=True, slots=True)
class UnitFound:
    """The name of a unit at `start:end` of a clean line."""

    start: int
    end: int
    name: str


def unit_list(text: str, start: int) -> tuple[list[UnitFound], int]:
    """The units named from `start` on, up to the verb of their duty, and where that verb begins.

    Nothing is returned where no name of a unit stands at `start` or no verb follows it.

    >>> units, verb = unit_list("UBND các xã, thị trấn và Công an huyện tích cực vận động", 0)
    >>> [unit.name for unit in units], verb
    (['UBND các xã, thị trấn', 'Công an huyện'], 39)
    """
    if not _opens_name(text, start):
        return [], start
    stop = _NO_NAME.search(text, start, start + _MAX_LENGTH)
    limit = stop.start() if stop else start + _MAX_LENGTH
    verb = next((match for match in _verb().finditer(text, start, limit) if _ends_name(text, start, match)), None)
    if verb is None:
        return [], start
    name = text[start : verb.start()]
    if len(name.split()) > _MAX_WORDS:
        return [], start
    return divide(text, start, start + len(name.rstrip(" ,"))), verb.end() - len(verb["verb"])


def divide(text: str, start: int, end: int) -> list[UnitFound]:
    """The single units of a list of them.

    >>> [u.name for u in divide("Các phòng chuyên môn, đơn vị sự nghiệp trực thuộc UBND huyện, UBND các xã", 0, 73)]
    ['Các phòng chuyên môn, đơn vị sự nghiệp trực thuộc UBND huyện', 'UBND các xã']
    """
    cuts: list[tuple[int, int]] = []
    depth, seen = 0, start
    paired = {pair.end() for pair in _PAIR.finditer(text, start, end)}
    for comma in _joint().finditer(text, start, end):
        depth += text.count("(", seen, comma.start()) - text.count(")", seen, comma.start())
        seen = comma.start()
        if depth == 0 and comma.end() not in paired and _head().match(text, comma.end()):
            cuts.append((comma.start(), comma.end()))
    for gap in _ACRONYM_RUN.finditer(text, start, end):
        if not _BEFORE_OWNER.search(text[max(start, gap.start() - _TAIL) : gap.start()]):
            cuts.append((gap.start(), gap.end()))
    pieces = _pieces(start, end, sorted(cuts))
    return [UnitFound(left, right, text[left:right]) for left, right in _join(text, pieces) if text[left:right].strip()]


def is_unit_name(text: str) -> bool:
    """Whether a heading is nothing but the name of a unit.

    >>> is_unit_name("Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam xã"), is_unit_name("Ban hành văn bản")
    (True, False)
    """
    plain = text.lower() if text.isupper() else text
    return (
        _opens_name(plain, 0)
        and len(plain.split()) <= 20
        and not any(_ends_name(plain, 0, verb) for verb in _verb().finditer(plain))
    )


def _opens_name(text: str, start: int) -> bool:
    head = _head().match(text, start)
    if head is None:
        return False
    verb = _opening_verb().match(text, start)
    return verb is None or verb.end() < head.end() or _ORGANISATION.match(text, start) is not None


def _ends_name(text: str, start: int, verb: re.Match[str]) -> bool:
    before = text[start : verb.start()].strip(" ,")
    tail = before[-_TAIL:]
    if verb["verb"] == "tổ chức" and (_PLURAL.search(tail) or _ORGANISATION.match(text, verb.start("verb"))):
        return False
    if _NOUN_BEFORE.search(tail):
        return False
    if re.fullmatch(r"(?:(?:các|những)\s)?(?:cơ quan|tổ chức|ban|tổ|hội đồng|hội nghị)", before, re.IGNORECASE):
        return False
    return bool(before) and before.count("(") == before.count(")")


def _pieces(start: int, end: int, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    edges = [start, *(edge for cut in cuts for edge in cut), end]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _join(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Generic nouns with no qualifier of their own share that of the next one."""
    joined: list[tuple[int, int]] = []
    for left, right in pieces:
        if joined:
            before = text[joined[-1][0] : joined[-1][1]]
            if _OFFICE_HOLDER.match(before) and text[left].islower():
                joined[-1] = (joined[-1][0], right)
                continue
            last = re.split(r",\s|\svà\s", before)[-1]
            bare = text[left].islower() and _BARE_NOUN.fullmatch(text[left:right]) and _ENDS_BARE.search(before)
            if bare or (_BARE.fullmatch(last.strip()) and _shares(text[left:right])):
                joined[-1] = (joined[-1][0], right)
                continue
        joined.append((left, right))
    return joined


def _shares(piece: str) -> bool:
    return bool(_BARE.fullmatch(piece.strip()) or _QUALIFIED.match(re.sub(r"^(?:các|những)\s", "", piece)))


@cache
def _head() -> re.Pattern[str]:
    words = word_classes()
    openers, others = alternation(words.unit_openers), alternation(words.not_units)
    return re.compile(
        rf"(?:(?:{openers})\s)*(?!(?:{others})(?!\w))(?:{alternation(words.unit_heads)})(?!\w)", re.IGNORECASE
    )


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(r"\s?[,;]\s(?:và\s)?|\s(?:và|cùng|hoặc)\s|\s-\s(?=[A-ZĐÀ-Ỹ])")


@cache
def _opening_verb() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(word_classes().duty_verbs)})(?!\w)", re.IGNORECASE)


@cache
def _verb() -> re.Pattern[str]:
    """A verb of duty, in lower case: capitalised it is part of a name (Ban Chỉ đạo)."""
    return re.compile(rf"(?:,\s|\s)(?P<verb>(?:{alternation(word_classes().duty_verbs)})(?!\w))")
