"""Names of units in running text: where they begin, where they end, how a list of them is divided."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.language.normalize import UPPER
from rag.law.predicates import ORGANISATION, names_end, predicate
from rag.law.unit_words import head_noun, opening_verb, people_noun

_GENERIC = (
    r"(?:cơ quan|đơn vị|tổ chức|địa phương|phòng|ban|ngành|sở|cá nhân|cấp|xã|phường|thị trấn"
    r"|chi hội|đoàn thể|doanh nghiệp)"
)
_BARE = re.compile(rf"(?:(?:các|những|mỗi|từng)\s)?{_GENERIC}(?:\schuyên môn|\sban|\sngành)?", re.IGNORECASE)
_BARE_NOUN = re.compile(_GENERIC)
_QUALIFIED = re.compile(rf"{_GENERIC}[\s,].*?(?:trực thuộc|thuộc|của|có|liên quan)(?!\w)", re.IGNORECASE)
# A generic noun with words that tell which; what these words name are classes of bodies, each by itself.
_TOLD = re.compile(
    r"(?:cơ quan|đơn vị|tổ chức|cá nhân|chi hội|đoàn thể)\s(?!chính trị|đoàn thể|đảng|xã hội|tôn giáo|kinh tế"
    r"|thành viên|công đoàn|nhà nước|sự nghiệp|hành chính|pháp chế|chuyên môn)"
)
_ACRONYM_RUN = re.compile(rf"(?<=[^\W{UPPER}\d])\s(?=(?:UBND|HĐND|UBMTTQ)\s)")
# Pairs that are one thing: a comma inside them divides nothing.
_PAIR = re.compile(r"(?<!\w)(?:thôn, (?=tổ dân phố)|cán bộ, (?=công chức)|công chức, (?=viên chức))", re.IGNORECASE)
_ENDS_BARE = re.compile(r"(?:^|\s)(?:cơ quan|đơn vị|tổ chức|địa phương|đoàn thể)$", re.IGNORECASE)
_CLASS = re.compile(
    r"(?:(?:các|những)\s)?(?:cơ quan|tổ chức|đơn vị|cá nhân|địa phương|bộ|ngành)"
    r"(?:(?:,|\svà)\s(?:các\s)?(?:cơ quan|tổ chức|đơn vị|cá nhân|địa phương|bộ|ngành))*(?:\s(?:có\s)?liên quan)?",
    re.IGNORECASE,
)
_NOUN_ALONE = re.compile(r"cơ quan|đơn vị|tổ chức", re.IGNORECASE)
"""What is left of a name that was cut too short: it names nobody."""
_BEFORE_OWNER = re.compile(
    r"(?:thuộc|của|cho|với|do|và|,|các|cơ quan|Chủ tịch|Văn phòng|Thường trực|Đảng ủy|Đảng bộ|Công đoàn"
    r"|lãnh đạo|[Đđ]ại diện)$"
)
_OFFICE_HOLDER = re.compile(r"(?:người đứng đầu|thủ trưởng|lãnh đạo)\s", re.IGNORECASE)
_BODIES = re.compile(r"(?:cơ quan|tổ chức|đơn vị), (?:tổ chức|đơn vị|cá nhân|địa phương)")
_INSPECTORATE = re.compile(rf"(?i:thanh tra)\s(?:[{UPPER}]|bộ|tỉnh|huyện|sở|nhà nước|nhân dân)")
_COMRADE = re.compile(r"(?:các )?đồng chí\s(?!,|và\s)", re.IGNORECASE)
# What somebody is besides, said after the office: "đồng chí Trưởng phòng Nội vụ, Ủy viên".
_BESIDES = re.compile(r"(?:Ủy viên|Uỷ viên|Thành viên)(?: thường trực)?", re.IGNORECASE)
_JOINT = re.compile(rf"\s?[,;]\s(?:và\s)?|\s(?:và|cùng|hoặc)\s|\s-\s(?=[{UPPER}])")
_SEVERAL = re.compile(rf"\d{{1,3}}\s(?:{_GENERIC}|chi bộ|ủy ban)(?!\w)", re.IGNORECASE)
_VILLAGE = re.compile(r"(?:thôn|buôn|làng|bản|ấp|khóm|xóm|khu phố|tổ dân phố)")
_ENDS_VILLAGE = re.compile(rf"\s{_VILLAGE.pattern}$")
_PERSONS = re.compile(r"(?:(?:các|những)\s)?(?:cá nhân|người)", re.IGNORECASE)
# One office that serves two bodies: "Văn phòng HĐND và UBND huyện".
_DEPUTIES = r"Đoàn (?:ĐBQH|đại biểu Quốc hội)"
_OFFICIAL = re.compile(r"(?:công chức|chuyên viên|cán bộ)\s", re.IGNORECASE)
"""An official of two fields, "Công chức Tài chính - Kế toán", the second of which may be a word for people."""
_JOINT_OFFICE = re.compile(
    rf"(?:.*\s(?:thuộc|của)\s)?(?:(?:Phó )?Chánh )?Văn phòng "
    rf"(?:{_DEPUTIES}|(?:{_DEPUTIES}(?:,| và) )?(?:HĐND|Hội đồng nhân dân))",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"(?P<noun>phòng|sở|ban|tổ|hội|trung tâm|cơ quan|đơn vị)\s(?:này|đó|ấy)", re.IGNORECASE)
_WHEN = re.compile(r"[.;:]|\s(?:trước|sau|chậm nhất|trong|vào|từ|qua)\s")
_FIELD = re.compile(r"\slĩnh vực\s[^,]*$")
_BRACKETS = re.compile(r"\s\([^()]*\)$")
_TOGETHER = re.compile(r",\scùng\s[^,]*$|\smỗi\s(?:đơn vị|bên|cơ quan|tổ chức|hội|nơi)$")
_WHERE = re.compile(r"\s(?:xã|phường|thị trấn|huyện|quận|tỉnh|thành phố)(?P<where>\snơi\s.*)$")
"""Of the bodies of a level the one that is meant: no part of the name."""
_LONGEST_NAME = 20
ORNAMENT = re.compile(r"(?:[◆◇■□▪▫●○►▶➢✓✔★☆❖*]+|[A-EGHK-NĐ][.)/])\s*")
"""What stands before a line that only names a unit, besides numbers and bullets."""
_OWNER_AHEAD = 30
"""How far back the word before a gap is looked for."""


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
    found = predicate(text, start, len(text)) if opens_name(text, start) else None
    if found is None:
        return [], start
    return divide(text, start, found.names_end), found.verb


def opens_name(text: str, start: int) -> bool:
    """Whether the name of a unit may begin at `start`.

    >>> opens_name("Ban công tác Mặt trận họp", 0), opens_name("Ban hành kế hoạch", 0)
    (True, False)
    """
    head = head_noun().match(text, start)
    if head is None:
        return False
    verb = opening_verb().match(text, start)
    if verb is None or verb.end() < head.end() or _INSPECTORATE.match(text, start):
        return True
    return ORGANISATION.match(text, start) is not None


def opens_people(text: str, start: int) -> bool:
    """Whether people who are no unit stand at `start`.

    >>> opens_people("Công dân có quyền", 0), opens_people("người đứng đầu cơ quan", 0)
    (True, False)
    """
    return people_noun().match(text, start) is not None and head_noun().match(text, start) is None


def divide(text: str, start: int, end: int) -> list[UnitFound]:
    """The single units of a list of them; people who are no unit are left out.

    >>> [u.name for u in divide("Các phòng chuyên môn, đơn vị sự nghiệp trực thuộc UBND huyện, UBND các xã", 0, 73)]
    ['Các phòng chuyên môn, đơn vị sự nghiệp trực thuộc UBND huyện', 'UBND các xã']
    """
    cuts: list[tuple[int, int]] = []
    depth, seen = 0, start
    paired = {pair.end() for pair in _PAIR.finditer(text, start, end)}
    for joint in _JOINT.finditer(text, start, end):
        depth += text.count("(", seen, joint.start()) - text.count(")", seen, joint.start())
        seen = joint.start()
        after = joint.end()
        opens = (
            head_noun().match(text, after)
            or _SEVERAL.match(text, after)
            or ("-" not in joint[0] and people_noun().match(text, after) and not _BARE.match(text, after))
        )
        introduces = "-" in joint[0] and _COMRADE.match(text, cuts[-1][1] if cuts else start)
        if depth == 0 and after not in paired and opens and not introduces:
            cuts.append((joint.start(), after))
    for gap in _ACRONYM_RUN.finditer(text, start, end):
        if not _BEFORE_OWNER.search(text[max(start, gap.start() - _OWNER_AHEAD) : gap.start()]):
            cuts.append((gap.start(), gap.end()))
    pieces = [
        (left, right) for left, right in _join(text, _pieces(start, end, sorted(cuts)))
        if text[left:right].strip() and not _PERSONS.fullmatch(text, left, right)
        and (_BARE.match(text, left) or not opens_people(text, left))
    ]  # fmt: skip
    units = [_found(text, left, right) for left, right in pieces]
    return [unit for unit in units if not _NOUN_ALONE.fullmatch(unit.name)]


def is_unit_name(text: str) -> bool:
    """Whether a heading is nothing but the name of a unit.

    >>> is_unit_name("Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam xã"), is_unit_name("Ban hành văn bản")
    (True, False)
    """
    plain = text.lower() if text.isupper() else text
    if not opens_name(plain, 0) or len(plain.split()) > _LONGEST_NAME:
        return False
    said = predicate(plain, 0, len(plain))
    return said is None or (text.isupper() and plain[: said.verb].endswith(" và "))  # "PHÒNG VĂN HÓA VÀ THÔNG TIN"


def is_class(name: str) -> bool:
    """Whether a name tells no body from others: "các cơ quan, tổ chức có liên quan".

    >>> is_class("các cơ quan, tổ chức"), is_class("các cơ quan chuyên môn")
    (True, False)
    """
    return _CLASS.fullmatch(name) is not None


def named_before(text: str, unit: UnitFound) -> UnitFound:
    """The unit that "Phòng này" stands for: the last one of its noun that the line names before it.

    >>> text = "Hồ sơ nộp về Phòng Nội vụ trước ngày 15/5. Phòng này thẩm định."
    >>> named_before(text, UnitFound(43, 52, "Phòng này")).name
    'Phòng Nội vụ'
    """
    again = _AGAIN.fullmatch(unit.name)
    if again is None:
        return unit
    noun = re.compile(rf"(?<!\w){again['noun'].capitalize()}\s(?=[{UPPER}])")
    last = max((found.start() for found in noun.finditer(text, 0, unit.start)), default=None)
    if last is None:
        return unit
    when = _WHEN.search(text, last, unit.start)
    end = when.start() if when else unit.start
    return next(iter(divide(text, last, names_end(text, last, end)[0])), unit)


def _found(text: str, start: int, end: int) -> UnitFound:
    """The unit of that name, without the address before it and what stands in brackets behind it."""
    comrade = _COMRADE.match(text, start, end)
    start = comrade.end() if comrade else start
    bracket = _BRACKETS.search(text, start + 1, end) or _TOGETHER.search(text, start + 1, end)
    end = bracket.start() if bracket else end
    where = _WHERE.search(text, start, end)
    end = where.start("where") if where else end
    end = start + len(text[start:end].rstrip(" -–"))
    return UnitFound(start, end, text[start:end])


def _pieces(start: int, end: int, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    edges = [start, *(edge for cut in cuts for edge in cut), end]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _join(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Generic nouns with no qualifier of their own share that of the next one."""
    joined: list[tuple[int, int]] = []
    for left, right in pieces:
        if joined:
            before = text[joined[-1][0] : joined[-1][1]]
            if _JOINT_OFFICE.fullmatch(before) and text[joined[-1][1] : left] in (" và ", ", ", " - "):
                joined[-1] = (joined[-1][0], right)
                continue
            if text[joined[-1][1] : left] == " - " and _OFFICIAL.match(before):
                joined[-1] = (joined[-1][0], right)
                continue
            if _BESIDES.fullmatch(text, left, right) and text[joined[-1][1] : left] == ", ":
                continue
            if _OFFICE_HOLDER.match(before) and text[left].islower() and not opens_people(text, left):
                joined[-1] = (joined[-1][0], right)
                continue
            if _FIELD.search(before) and head_noun().fullmatch(text, left, right):
                joined[-1] = (joined[-1][0], right)
                continue
            if _VILLAGE.fullmatch(text, left, right) and _ENDS_VILLAGE.search(before):
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
    return bool(_BARE.fullmatch(piece.strip()) or _QUALIFIED.match(bare) or _BODIES.match(bare) or _TOLD.match(bare))
