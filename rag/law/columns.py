"""Who does what the rows of a table say: its columns for units, "Đơn vị chủ trì", "Cơ quan phối hợp"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.language.normalize import UPPER, MatchingCopy, fold
from rag.law.tables import cells
from rag.law.unit_words import opening_verb
from rag.law.units import UnitFound, divide, opens_name
from rag.types import Role, Span

_UNIT = (
    r"(?:(?:tên )?(?:cơ quan|đơn vị|bộ phận|tổ chức|cá nhân|phòng|ban|ngành|địa phương|đồng chí|cán bộ|công chức"
    r"|lãnh đạo|thành viên|người|nơi|lực lượng|chủ thể)(?:[,/ ]+|$))+"
)
_ROLES: tuple[tuple[Role, str], ...] = (
    ("coordinate", r"phối hợp|phối kết hợp|cùng thực hiện|hỗ trợ"),
    ("lead", r"chủ trì|chịu trách nhiệm chính|đầu mối|làm chính"),
    ("advise", r"tham mưu"),
    ("supervise", r"theo dõi|giám sát|kiểm tra|đôn đốc"),
    ("perform", r"thực hiện|chịu trách nhiệm|phụ trách|triển khai|thi hành|được giao|được phân công"),
)
_COLUMNS = tuple((role, re.compile(rf"(?:{_UNIT}(?:[\w ]*? )?)?(?:{verbs})(?!\w)")) for role, verbs in _ROLES)
_ISSUES = re.compile(r"ban hành|được|(?:là|cần|phải)$")
_PLACE = re.compile(r"nơi|địa điểm|địa bàn")
_OFFICE = re.compile(r"(?:họ (?:và )?tên,? )?(?:chức vụ|chức danh)(?:, (?:cơ quan|đơn vị)[\w ,]*)?(?: công tác)?")
_PART_IN_BODY = re.compile(
    r"(?:nhiệm vụ|chức danh|vai trò|chức vụ|phân công|cương vị)(?: trong [\w ]+| tham gia[\w ]*)?"
)
"""Who sits in a body, and as what: "Chức vụ, đơn vị", "Nhiệm vụ trong Tổ"."""
_ALONE = re.compile(r"(?:chủ trì|phối hợp|theo dõi|phụ trách|chịu trách nhiệm|trách nhiệm)(?: (?:chính|thực hiện))?")
_SAME = re.compile(r"(?:như trên|nt|-\s?nt\s?-|[\"”“'’]{1,2}|-\s?như trên\s?-)[.;]?", re.IGNORECASE)
_PARTED = re.compile(r"\s*[;\n]\s*(?:[-+•]\s+)?|\s*,\s+")
# A department of several fields, the last two joined by "và".
_DEPARTMENT = re.compile(r"(?:Phòng|Sở|Bộ|Vụ|Trung tâm)\s", re.IGNORECASE)
_FIELDS = re.compile(rf"[{UPPER}][^,;\n]*\svà\s[{UPPER}][^,;\n]*")
_NAMED_PLACES = re.compile(rf"(?:các|những)\s(?:xã|phường|thị trấn|thôn|bản|ấp|xóm|làng|buôn)\s[{UPPER}]")
_BULLET = re.compile(r"[-+•]\s*")
_NOBODY = re.compile(r"[\W_]*|không", re.IGNORECASE)


def column_role(heading: str) -> Role | None:
    """The role of the units that a column has; None where it has none.

    >>> column_role("Cơ quan, đơn vị chủ trì"), column_role("Phối hợp"), column_role("Thời gian thực hiện")
    ('lead', 'coordinate', None)
    """
    words = " ".join(fold(heading).split())
    if not re.match(_UNIT, words) and not _ALONE.fullmatch(words):
        return None
    found = next((role for role, pattern in _COLUMNS if pattern.match(words)), None)
    return "perform" if found is None and _does(words) else found


def _does(words: str) -> bool:
    """Whether a heading says of units what they do by any other verb: "đơn vị thẩm định"."""
    named = re.match(_UNIT, words)
    return named is not None and opening_verb().match(words, named.end()) is not None and not _ISSUES.search(words)


class Columns:
    """The columns of one table, by the cells of its heading."""

    def __init__(self, stored: str, segments: tuple[Span, ...]) -> None:
        self._stored = stored
        names = [stored[one.start : one.end] for one in cells(stored, segments)]
        self._roles = [column_role(name) for name in names]
        self._places = frozenset(at for at, name in enumerate(names) if _PLACE.match(fold(name)))
        if not any(self._roles):
            self._roles = _members(names)
        self._last: dict[int, tuple[Span, tuple[UnitFound, ...]]] = {}

    @property
    def has_units(self) -> bool:
        """Whether any column tells who does what a row says."""
        return any(self._roles)

    def units(self, segments: tuple[Span, ...], copy: MatchingCopy) -> Iterator[tuple[str, Span, Role]]:
        """The units of a row, where each stands in the stored text, and its role; "như trên" repeats the row above."""
        found = cells(self._stored, segments)
        one_a_line = len(segments) > 1  # there an empty cell has no line
        if len(found) > len(self._roles) or (one_a_line and len(found) < len(self._roles)):
            return
        for at, (cell, role) in enumerate(zip(found, self._roles, strict=False)):
            said = self._stored[cell.start : cell.end].strip()
            is_same = said != "" and _SAME.fullmatch(said) is not None
            if role is None or (_NOBODY.fullmatch(said) and not is_same):
                continue
            if not is_same:
                self._last[at] = (cell, tuple(_named(copy, copy.within(cell), known=at in self._places)))
            for unit in self._last[at][1] if at in self._last else ():
                yield unit.name, self._last[at][0] if is_same else copy.span(unit.start, unit.end), role


def _members(names: Sequence[str]) -> list[Role | None]:
    """The roles of the columns of a table that tells by office who sits in a body."""
    words = [" ".join(fold(name).split()) for name in names]
    offices = [at for at, one in enumerate(words) if _OFFICE.fullmatch(one)]
    if not offices or not any(_PART_IN_BODY.fullmatch(one) for one in words[offices[0] + 1 :]):
        return [None] * len(names)
    return ["perform" if at == offices[0] else None for at in range(len(names))]


def _named(copy: MatchingCopy, cell: Span, *, known: bool) -> Iterator[UnitFound]:
    """The units that a cell names; where its words open no known name, each of its parts is one unless it has to be."""
    start = cell.start + len(copy.text[cell.start : cell.end]) - len(copy.text[cell.start : cell.end].lstrip())
    bullet = _BULLET.match(copy.text, start, cell.end)
    first = bullet.end() if bullet else start
    cuts = [first, *(edge for cut in _PARTED.finditer(copy.text, first, cell.end) for edge in cut.span())]
    edges = [*cuts, cell.end]
    parts = [(left, right) for left, right in zip(edges[::2], edges[1::2], strict=True) if left < right]
    for start, end in _joined(copy.text, parts):
        if opens_name(copy.text, start):
            yield from divide(copy.text, start, end)
        elif not known:
            yield UnitFound(start, end, copy.text[start:end])


def _joined(text: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Parts of which some go on with the one before: "UBND các xã, thị trấn", "Phòng Kinh tế, Hạ tầng và Đô thị"."""
    joined: list[tuple[int, int]] = []
    for start, end in parts:
        goes_on = (
            text[start].islower()
            or (
                joined
                and _DEPARTMENT.match(text, joined[-1][0])
                and _FIELDS.fullmatch(text, start, end)
                and not opens_name(text, start)
            )
            or (
                joined
                and _NAMED_PLACES.search(text, *joined[-1])
                and text[start].isupper()
                and not opens_name(text, start)
            )
        )
        if joined and goes_on and ";" not in text[joined[-1][1] : start]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
