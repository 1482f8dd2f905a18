"""The title of a document after its number, date and issuer, to its right end."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from rag.language.lexicon import document_types, word_classes
from rag.language.normalize import UPPER, alternation
from rag.law.units import unit_list

_SENTENCE_END = re.compile(rf'[.!?…]+["\')]*(?=\s["\'(]?[{UPPER}0-9-]|\s?$)|\.{{3}}|\./\.')
_BESIDE = re.compile(r"(?:\s?[,:]\s?|\s(?:và|gắn với|cùng với|hoặc)\s)(?:các\s|theo\s|tại\s)?$")
# "… và mục 8 phần II Chương trình số 29": a part of another document, beside a title that speaks of no parts.
_PART_BESIDE = re.compile(r"\s(?:và|cùng với)\s(?:(?i:điểm|khoản|điều|mục|phần|chương)\s[\w.]{1,4}\s){1,3}$")
_OF_PARTS = re.compile(
    r"(?<!\w)(?:(?:điểm|khoản|điều|mục|phần|chương)\s[\w.]{1,4}(?!\w)"
    r"|sửa đổi|bổ sung|bãi bỏ|quy định chi tiết|thi hành)",
    re.IGNORECASE,
)
_THEN = re.compile(r",?\sthì(?!\w)")
_CONDITION = re.compile(r",?\s(?:khi|nếu|mà|trường hợp|trong trường hợp|ngoài)(?!\w)")
_MATTER = re.compile(r"\s?việc\s")
# A verb of the title's own list ("tiếp nhận, xử lý và …"), or a noun of the same form ("cơ quan, tổ chức, đơn vị").
_IN_LIST = re.compile(r"\s?,|\s(?:và|hoặc|trong|của)(?!\w)")
_NOUN_BEFORE = re.compile(r"(?:cơ quan|đơn vị|cá nhân|viên chức|công chức|doanh nghiệp)$")
_ISSUING = re.compile(r"(?:ban hành|xây dựng|yêu cầu|đề nghị|hướng dẫn|thông báo|kết luận|đề ra)(?!\w)")
_ISSUES = re.compile(rf",\s(?=[{UPPER}][^;.]{{3,120}}?\s{_ISSUING.pattern})")
_VERBS_FROM = 3
"""After fewer words a comma still parts the verbs that say what the thing is for ("quy chế tiếp nhận, xử lý …")."""
_MAX_TITLE, _OPENING = 700, 110
_JOINT, _PART_JOINT = 24, 48
"""More than the longest words that stand between two documents named side by side, without and with a part."""


class Line:
    """A clean line with what may end a title, found once; `heads` are where its numbered mentions begin."""

    def __init__(self, text: str, heads: Sequence[int]) -> None:
        self.text = text
        self._heads = heads
        beside = (_before_coordinate(text, head) for head in heads)
        self._stops = (
            [match.start() for match in _SENTENCE_END.finditer(text)],
            [match.start() for match in re.finditer(r":\s|\s\|(?=\s|$)", text)],  # a bar parts the cells of a table
            [match.start() for match in _resumption().finditer(text)],
            [match.start() for match in _named_in_brackets().finditer(text)],
            [cut for cut in beside if cut is not None],
        )
        self._marks = [match.start() for match in re.finditer(r'[();"]', text)]

    def next_head(self, position: int) -> int:
        """Where the first mention by number after a position begins; the end of the line without one."""
        return following(self._heads, position + 1, len(self.text))

    def title(self, position: int) -> tuple[str | None, int]:
        """The title that begins at a position, and where it ends; None and the position without one.

        >>> Line("Nghị định số 5/2019/NĐ-CP quy định về xe công; Luật Cư trú", [0]).title(25)
        ('quy định về xe công', 45)
        """
        opening = introducer().match(self.text, position)
        if opening is None:
            return None, position
        start = opening.start("word")
        end = self._end(start, min(len(self.text), start + _MAX_TITLE))
        title = self.text[start:end].rstrip(" ,:-")
        return (title, start + len(title)) if len(title.split()) > 1 else (None, position)

    def _end(self, start: int, limit: int) -> int:
        """The first of what ends a title that begins at `start`."""
        stops = (following(found, start, limit) for found in self._stops)
        end = self._semicolon(start, min(*stops, limit))
        if then := _THEN.search(self.text, start, end):
            # The sentence has gone on, from where it told the condition.
            condition = _CONDITION.search(self.text, start, then.start())
            end = condition.start() if condition else then.start()
        end = next((comma.start() for comma in _ISSUES.finditer(self.text, start, end) if self._acts(comma)), end)
        if _names_a_thing(self.text[start : min(end, start + _OPENING)]):
            end = self._before_verb(start, end)
        return end

    def _acts(self, comma: re.Match[str]) -> bool:
        """Whether a body that issues, and no part of the title, stands behind a comma: ", Ban Chỉ đạo ban hành …"."""
        units, verb = unit_list(self.text, comma.end())
        return bool(units) and _ISSUING.match(self.text, verb) is not None

    def _semicolon(self, start: int, limit: int) -> int:
        """The first semicolon outside brackets and quotation marks, or bracket closed that was not opened.

        "… về việc bầu cử; việc giới thiệu người ứng cử" goes on.
        """
        depth, quoted = 0, False
        for index in range(bisect_left(self._marks, start), len(self._marks)):
            at = self._marks[index]
            if at >= limit:
                break
            char = self.text[at]
            depth += (char == "(") - (char == ")")
            quoted ^= char == '"'
            ends = char == ";" and (depth <= 0 or not quoted)
            if ends and _MATTER.match(self.text, at + 1) and _MATTER.search(self.text, start, at):
                continue
            if ends or (char == ")" and depth < 0):
                return at
        return limit

    def _before_verb(self, start: int, end: int) -> int:
        """Where the title of a thing ends because after a comma the sentence says what to do."""
        for verb in _comma_verb().finditer(self.text, start, end):
            before = self.text[start : verb.start()]
            if _IN_LIST.match(self.text, verb.end()) or _NOUN_BEFORE.search(before):
                continue
            if len(_thing_of(before).split()) >= _VERBS_FROM:
                return verb.start()
        return end


def following(sorted_positions: Sequence[int], start: int, default: int) -> int:
    """The first of the positions at or after `start`."""
    index = bisect_left(sorted_positions, start)
    return sorted_positions[index] if index < len(sorted_positions) else default


def _before_coordinate(text: str, head: int) -> int | None:
    """Where a title ends because another document is named beside it, not inside it."""
    first = max(0, head - _JOINT)
    match = _BESIDE.search(text[first:head])
    if match is None:
        first = max(0, head - _PART_JOINT)
        match = _PART_BESIDE.search(text[first:head])
        if match and _OF_PARTS.search(text, max(0, first + match.start() - _OPENING), first + match.start()):
            return None
    return first + match.start() if match else None


def _names_a_thing(title: str) -> bool:
    body = introducer().sub("", " " + title.casefold(), count=1).strip()
    body = re.sub(r"^(?:việc )?(?:ban hành (?=\w)|(?:quy định|hướng dẫn) )", "", body)
    return body.startswith(word_classes().title_nouns) and not body.startswith("việc")


def _thing_of(title: str) -> str:
    """What follows the noun that a title names: "tiếp nhận" of "ban hành Quy chế tiếp nhận"."""
    noun = _thing_noun().search(title)
    return title[noun.end() :] if noun else title


@cache
def introducer() -> re.Pattern[str]:
    """A word with which a title begins, from the end of what stands before it."""
    return re.compile(rf'\s?,?\s?"?(?P<word>{alternation(word_classes().title_introducers)})(?!\w)', re.IGNORECASE)


@cache
def _thing_noun() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternation(word_classes().title_nouns)})(?!\w)", re.IGNORECASE)


@cache
def _resumption() -> re.Pattern[str]:
    return re.compile(rf",?\s(?:{alternation(word_classes().title_resumptions)})(?!\w)")


@cache
def _named_in_brackets() -> re.Pattern[str]:
    """A document that brackets name by number after the title of one."""
    return re.compile(rf"\s\((?:{alternation(row.name for row in document_types())})\s(?:số\s)?\d")


@cache
def _comma_verb() -> re.Pattern[str]:
    return re.compile(rf",\s(?:{alternation(word_classes().duty_verbs)})(?!\w)", re.IGNORECASE)
