"""Names of units in running text: where they begin, where they end, how a list of them is divided."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from rag.language.lexicon import sentence_words, word_classes
from rag.language.normalize import UPPER, alternation

_GENERIC = r"(?:cơ quan|đơn vị|tổ chức|địa phương|phòng|ban|ngành|sở|cá nhân|cấp|xã|phường|thị trấn)"
_BARE = re.compile(rf"(?:(?:các|những|mỗi|từng)\s)?{_GENERIC}(?:\schuyên môn|\sban|\sngành)?", re.IGNORECASE)
_BARE_NOUN = re.compile(_GENERIC)
_QUALIFIED = re.compile(rf"{_GENERIC}[\s,].*?(?:trực thuộc|thuộc|của|có|liên quan)(?!\w)", re.IGNORECASE)
_ACRONYM_RUN = re.compile(rf"(?<=[^\W{UPPER}\d])\s(?=(?:UBND|HĐND|UBMTTQ)\s)")
# Pairs that are one thing: a comma inside them divides nothing.
_PAIR = re.compile(r"(?<!\w)(?:thôn, (?=tổ dân phố)|cán bộ, (?=công chức)|công chức, (?=viên chức))", re.IGNORECASE)
_ENDS_BARE = re.compile(r"(?:^|\s)(?:cơ quan|đơn vị|tổ chức|địa phương)$", re.IGNORECASE)
_BEFORE_OWNER = re.compile(r"(?:thuộc|của|cho|với|do|và|,|các|Chủ tịch|Văn phòng|Thường trực|lãnh đạo)$")
# "tổ chức" is a noun before these words and after a plural; elsewhere it is the verb.
_ORGANISATION = re.compile(
    r"tổ chức(?=,|\s(?:chính trị|đảng|đoàn thể|xã hội|tôn giáo|kinh tế|hành chính|thành viên|có|cá nhân|và cá nhân"
    r"|công đoàn|đại diện|khác|liên quan|tín dụng|phi chính phủ|tự quản|trong nước|nước ngoài))",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"(?:các|những|mọi|của|tại|trong|bộ máy)$", re.IGNORECASE)
# Where the word before a verb makes it part of a noun ("bầu cử", "đại diện lãnh đạo").
_NOUN_BEFORE = re.compile(
    r"(?:(?<!\w)có|bầu|ứng|đề|đại diện|đồng chí|công tác|nhiệm vụ|trách nhiệm|hoạt động|chuyên viên|công chức"
    r"|kết quả|nội dung|thông tin|quy chế|chương trình|dự án|của|nơi|phạm vi|chịu|về|đến|sự|việc|các|những|mọi|cùng)$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:cơ quan|đơn vị|tổ chức|doanh nghiệp|cấp|cá nhân|người)$", re.IGNORECASE)
# A verb right after one of these tells which unit it is ("người chủ trì", "ban lãnh đạo", "cơ quan được giao").
_TELLS_WHICH = re.compile(
    r"(?:^|,\s|\svà\s|các\s|Tổ\s|đại diện\s)(?:người|ban|tổ|hội đồng|hội nghị|bộ phận)$", re.IGNORECASE
)
_COMMITTEE = re.compile(r"\s(?:Tổ|Ban|Đoàn|Hội đồng)$")
_ALONE = re.compile(r"(?:^|,\s|\svà\s|các\s|những\s)(?:cơ quan|đơn vị|tổ chức|doanh nghiệp)$", re.IGNORECASE)
_SEVERAL = re.compile(r"(?:các|những|,)\s\w+\s\w+$", re.IGNORECASE)
_ENTITLED = re.compile(r"(?:có thẩm quyền|được giao|được phân công|được ủy quyền|có chức năng)$")
_QUALIFIERS = frozenset(("có thẩm quyền", "được giao", "được phân công", "được ủy quyền", "được", "có", "không"))
_OFFICE_HOLDER = re.compile(r"(?:người đứng đầu|thủ trưởng|lãnh đạo)\s", re.IGNORECASE)
_BODIES = re.compile(r"(?:cơ quan|tổ chức|đơn vị), (?:tổ chức|đơn vị|cá nhân|địa phương)")
_BODY = re.compile(r"(?:các |những )?(?:cơ quan|tổ chức|đơn vị|cấp|người)(?!\w)", re.IGNORECASE)
_PERSON = re.compile(r"(?:các |những |đại diện )?người\s", re.IGNORECASE)
_INSPECTORATE = re.compile(rf"(?i:thanh tra)\s(?:[{UPPER}]|bộ|tỉnh|huyện|sở|nhà nước|nhân dân)")
_COMRADE = re.compile(r"(?:các )?đồng chí\s", re.IGNORECASE)
_BRACKETS = re.compile(r"\s\([^()]*\)$")
_NO_NAME = re.compile(r"[;:.]|\d/")
_MAX_WORDS, _MAX_LENGTH = 45, 600
_TAIL = 30
"""How far back the word before a verb or a gap is looked for."""
_AHEAD = 70
"""How far ahead a word that binds shows that a verb before it belongs to the name."""

StopKind = Literal["verb", "modal", "state", "adverb", "break", "compound"]


@dataclass(frozen=True, slots=True)
class UnitFound:
    """The name of a unit at `start:end` of a clean line."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Predicate:
    """What follows the names of a subject: their end, where the predicate begins, whether it may lay a duty."""

    names_end: int
    verb: int
    lays_duty: bool


def unit_list(text: str, start: int) -> tuple[list[UnitFound], int]:
    """The units named from `start` on, up to the verb of their duty, and where that verb begins.

    Nothing is returned where no name of a unit stands at `start` or no verb follows it.

    >>> units, verb = unit_list("UBND các xã, thị trấn và Công an huyện tích cực vận động", 0)
    >>> [unit.name for unit in units], verb
    (['UBND các xã, thị trấn', 'Công an huyện'], 39)
    """
    found = predicate(text, start, len(text)) if opens_name(text, start) else None
    if found is None:
        return [], start
    return divide(text, start, found.names_end), found.verb


def opens_name(text: str, start: int) -> bool:
    """Whether the name of a unit may begin at `start`.

    >>> opens_name("Ban công tác Mặt trận họp", 0), opens_name("Ban hành kế hoạch", 0)
    (True, False)
    """
    head = _head().match(text, start)
    if head is None:
        return False
    verb = _opening_verb().match(text, start)
    if verb is None or verb.end() < head.end() or _INSPECTORATE.match(text, start):
        return True
    return _ORGANISATION.match(text, start) is not None


def opens_people(text: str, start: int) -> bool:
    """Whether people who are no unit stand at `start`.

    >>> opens_people("Công dân có quyền", 0), opens_people("người đứng đầu cơ quan", 0)
    (True, False)
    """
    return _people().match(text, start) is not None and _head().match(text, start) is None


def predicate(text: str, start: int, end: int) -> Predicate | None:
    """Where the names from `start` on end and what is said of them begins; None where nothing is said."""
    stop = _NO_NAME.search(text, start, min(end, start + _MAX_LENGTH))
    limit = stop.start() if stop else min(end, start + _MAX_LENGTH)
    within: re.Match[str] | None = None
    first: re.Match[str] | None = None
    head = _head().match(text, start, limit)
    for match in _stops().finditer(text, head.end() if head else start, limit):
        kind = _kind(match["word"])
        if kind == "compound":
            continue
        if kind == "break":
            break
        if _tells_which(text, start, match, within):
            within = match
            first = first or match
        elif _ends_name(text, start, match):
            return _told(text, start, match, limit)
    if stop is not None and stop[0] == ":" and first is None and _short(text, start, limit):
        return Predicate(limit, min(limit + 2, len(text)), True)
    return _told(text, start, first, limit) if first and _kind(first["word"]) in ("verb", "modal") else None


def names_end(text: str, start: int, end: int) -> tuple[int, int]:
    """Where names that end a sentence or a clause end, and where the verb after them begins, `end` where none does."""
    if found := predicate(text, start, end):
        return found.names_end, found.verb
    limit = min(end, start + _MAX_LENGTH)
    stop = _NO_NAME.search(text, start, limit)
    limit = stop.start() if stop else limit
    broken = next(
        (match for match in _stops().finditer(text, start, limit) if _kind(match["word"]) in ("break", "adverb")), None
    )
    return start + len(text[start : broken.start() if broken else limit].rstrip(" ,")), end


def divide(text: str, start: int, end: int) -> list[UnitFound]:
    """The single units of a list of them; people who are no unit are left out.

    >>> [u.name for u in divide("Các phòng chuyên môn, đơn vị sự nghiệp trực thuộc UBND huyện, UBND các xã", 0, 73)]
    ['Các phòng chuyên môn, đơn vị sự nghiệp trực thuộc UBND huyện', 'UBND các xã']
    """
    cuts: list[tuple[int, int]] = []
    depth, seen = 0, start
    paired = {pair.end() for pair in _PAIR.finditer(text, start, end)}
    for joint in _joint().finditer(text, start, end):
        depth += text.count("(", seen, joint.start()) - text.count(")", seen, joint.start())
        seen = joint.start()
        after = joint.end()
        opens = _head().match(text, after) or (_people().match(text, after) and not _BARE.match(text, after))
        introduces = "-" in joint[0] and _COMRADE.match(text, cuts[-1][1] if cuts else start)
        if depth == 0 and after not in paired and opens and not introduces:
            cuts.append((joint.start(), after))
    for gap in _ACRONYM_RUN.finditer(text, start, end):
        if not _BEFORE_OWNER.search(text[max(start, gap.start() - _TAIL) : gap.start()]):
            cuts.append((gap.start(), gap.end()))
    pieces = [
        (left, right) for left, right in _join(text, _pieces(start, end, sorted(cuts)))
        if text[left:right].strip() and (_BARE.match(text, left) or not opens_people(text, left))
    ]  # fmt: skip
    return [_found(text, left, right) for left, right in pieces]


def is_unit_name(text: str) -> bool:
    """Whether a heading is nothing but the name of a unit.

    >>> is_unit_name("Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam xã"), is_unit_name("Ban hành văn bản")
    (True, False)
    """
    plain = text.lower() if text.isupper() else text
    return opens_name(plain, 0) and len(plain.split()) <= 20 and predicate(plain, 0, len(plain)) is None


def _found(text: str, start: int, end: int) -> UnitFound:
    """The unit of that name, without what stands in brackets behind it."""
    bracket = _BRACKETS.search(text, start + 1, end)
    end = bracket.start() if bracket else end
    return UnitFound(start, end, text[start:end])


def _told(text: str, start: int, match: re.Match[str], limit: int) -> Predicate | None:
    end = len(text[start : match.start()].rstrip(" ,")) + start
    if not _short(text, start, end):
        return None
    kind = _kind(match["word"])
    if kind != "adverb":
        return Predicate(end, match.start("word"), kind != "state")
    verb = _verb_after(text, match.end(), limit)
    return None if verb is None else Predicate(end, verb.start("word"), _kind(verb["word"]) != "state")


def _verb_after(text: str, start: int, limit: int) -> re.Match[str] | None:
    """The verb after an adverbial: one that binds or stands after a comma, else the first."""
    first: re.Match[str] | None = None
    for match in _stops().finditer(text, start - 1, limit):
        kind = _kind(match["word"])
        if kind == "modal" or (kind == "verb" and match.start() > start and text[match.start()] == ","):
            return match
        if kind == "verb" and first is None:
            first = match
    return first


def _short(text: str, start: int, end: int) -> bool:
    return 0 < len(text[start:end].split()) <= _MAX_WORDS


def _tells_which(text: str, start: int, match: re.Match[str], within: re.Match[str] | None) -> bool:
    """Whether a verb is part of the name before it: "cơ quan quản lý nhà nước", "đơn vị được giao chủ trì"."""
    before = text[start : match.start()].rstrip(" ,")
    tail, word = before[-_TAIL:], match["word"]
    kind = _kind(word)
    if kind in ("adverb", "state") and word not in _QUALIFIERS:
        return False
    if within is not None and text[within.end() : match.start("word")] in (", ", " và ") and kind == "verb":
        return True
    if word == "có thẩm quyền" and _BODY.match(re.split(r",\s|\svà\s", before)[-1]):
        return True
    if word in _QUALIFIERS:
        return _LISTED.search(tail) is not None and (kind != "state" or _binds_soon(text, match.end()))
    if kind != "verb":
        return False
    if _TELLS_WHICH.search(tail) or _COMMITTEE.search(tail):
        return True
    if _PERSON.match(before) and _binds_soon(text, match.end()):
        return True
    if _ALONE.search(tail):
        return not _SEVERAL.search(tail) or _binds_soon(text, match.end())
    return (_LISTED.search(tail) or _ENTITLED.search(tail)) is not None and _binds_soon(text, match.end())


def _binds_soon(text: str, start: int) -> bool:
    return _modal().search(re.split(r"[;:.]|,\s|\svà\s", text[start : start + _AHEAD])[0]) is not None


def _ends_name(text: str, start: int, match: re.Match[str]) -> bool:
    before = text[start : match.start()].strip(" ,")
    tail, word = before[-_TAIL:], match["word"]
    if not before or before.count("(") != before.count(")"):
        return False
    listed = match[0].startswith(",") and _LISTED.search(tail)
    if word == "tổ chức" and (listed or _PLURAL.search(tail) or _ORGANISATION.match(text, match.start("word"))):
        return False
    if _kind(word) == "verb" and _NOUN_BEFORE.search(tail):
        return False
    return not re.fullmatch(r"(?:(?:các|những)\s)?(?:cơ quan|tổ chức|ban|tổ|hội đồng|hội nghị)", before, re.IGNORECASE)


def _pieces(start: int, end: int, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    edges = [start, *(edge for cut in cuts for edge in cut), end]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _join(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Generic nouns with no qualifier of their own share that of the next one."""
    joined: list[tuple[int, int]] = []
    for left, right in pieces:
        if joined:
            before = text[joined[-1][0] : joined[-1][1]]
            if _OFFICE_HOLDER.match(before) and text[left].islower() and not opens_people(text, left):
                joined[-1] = (joined[-1][0], right)
                continue
            last = re.split(r",\s|\svà\s", before)[-1]
            bare = text[left].islower() and _BARE_NOUN.fullmatch(text[left:right]) and _ENDS_BARE.search(before)
            if bare or (text[left].islower() and _BARE.fullmatch(last.strip()) and _shares(text[left:right])):
                joined[-1] = (joined[-1][0], right)
                continue
        joined.append((left, right))
    return joined


def _shares(piece: str) -> bool:
    bare = re.sub(r"^(?:các|những)\s", "", piece)
    return bool(_BARE.fullmatch(piece.strip()) or _QUALIFIED.match(bare) or _BODIES.match(bare))


def _kind(word: str) -> StopKind:
    return _kinds().get(word, "compound")


@cache
def _kinds() -> dict[str, StopKind]:
    words = sentence_words()
    table: tuple[tuple[StopKind, Iterable[str]], ...] = (
        ("verb", (*word_classes().duty_verbs, *words.verbs)),
        ("adverb", words.adverbs),
        ("break", words.breaks),
        ("state", words.states),
        ("modal", words.modals),
        ("compound", words.compounds),
    )
    return {spelling: kind for kind, group in table for word in group for spelling in spellings(word)}


def spellings(word: str) -> tuple[str, ...]:
    """A word with its tone mark in either place.

    >>> spellings("ủy quyền")
    ('ủy quyền', 'uỷ quyền')
    """
    other = word.replace("ủy", "uỷ").replace("hóa", "hoá").replace("tòa", "toà").replace("hòa", "hoà")
    return (word,) if other == word else (word, other)


def spelled(words: Iterable[str]) -> str:
    """A regular expression for any of some words, the longest first, with tone marks in either place."""
    return alternation(spelling for word in words for spelling in spellings(word))


@cache
def _head() -> re.Pattern[str]:
    words = word_classes()
    openers, others = spelled(words.unit_openers), spelled(words.not_units)
    heads = spelled(words.unit_heads)
    return re.compile(
        rf"(?!(?:(?:{openers})\s)*(?:{others})(?!\w))(?:(?:{openers})\s)*(?:{heads})(?!\w)", re.IGNORECASE
    )


@cache
def _people() -> re.Pattern[str]:
    openers = spelled((*word_classes().unit_openers, "mọi", "tập thể", "thành viên"))
    return re.compile(rf"(?:(?:{openers})\s)*(?:{spelled(sentence_words().people)})(?!\w)", re.IGNORECASE)


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(rf"\s?[,;]\s(?:và\s)?|\s(?:và|cùng|hoặc)\s|\s-\s(?=[{UPPER}])")


@cache
def _opening_verb() -> re.Pattern[str]:
    words = (*word_classes().duty_verbs, *sentence_words().verbs)
    return re.compile(rf"(?:{spelled(words)})(?!\w)", re.IGNORECASE)


@cache
def _modal() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{spelled(sentence_words().modals)})(?!\w)")


@cache
def _stops() -> re.Pattern[str]:
    """What may end a name, in lower case: capitalised a verb is part of a name (Ban Chỉ đạo)."""
    compounds = spelled(sentence_words().compounds)
    return re.compile(rf"(?:,\s|\s)(?P<word>(?:(?i:{compounds})|{alternation(_kinds())})(?!\w))")
