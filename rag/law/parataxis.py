"""Where a sentence names its doers elsewhere than before their verbs: after a colon, or anew after a comma."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.language.normalize import UPPER
from rag.law.clauses import Clause, clauses
from rag.law.predicates import predicate
from rag.law.subjects import OF_EACH, commands, find_subject, names_part, opens_front
from rag.law.unit_words import head_noun
from rag.law.units import UnitFound, divide, is_unit_name, opens_name

_COMMA = re.compile(rf",\s(?=[{UPPER}])")
_COLON = re.compile(r":\s(?P<grant>(?:giao|phân công)\s(?:cho\s)?|do\s)?", re.IGNORECASE)
_GRANT = re.compile(r"(?:giao|đề nghị|yêu cầu|phân công)\s(?:cho\s)?", re.IGNORECASE)
_TASK = re.compile(r"(?:việc|công tác|nhiệm vụ|nội dung|phần|khâu)\s", re.IGNORECASE)
_BRACKETS = re.compile(r"\s\((?P<inside>[^()]{4,200})\)\s?[.;]?$")
_THING = re.compile(
    r"(?:[^:;“\"()]{1,40}:\s)?(?:mô hình\s)?[“\"][^”\"]{2,80}[”\"]\s\((?P<inside>[^()]{4,80})\)", re.IGNORECASE
)
_KINDS = re.compile(
    r"(?:cơ quan|đơn vị|đoàn thể|tổ chức|hội|ngành|phòng|ban|thành viên|lực lượng|bộ phận|chính trị - xã hội)\s?$",
    re.IGNORECASE,
)
"""What brackets only give examples of."""
_BODY = re.compile(r"Hội đồng|Tổ|Ban|Đoàn")
_BESIDES = re.compile(rf",\s(?!và\s|[{UPPER}])|\s(?=\()")
_NEXT_OF_EACH = re.compile(rf"(?:,|\svà)\s(?={OF_EACH.pattern})")
"""Where a part that each of several bodies gives to another goes on: "…, của huyện là Phòng A, của xã là Ban B"."""
_NAME_BACK = 150
"""How far before a comma the name of a unit may begin that ends there."""


def clauses_by_doer(text: str) -> list[Clause]:
    """The clauses of a clean line, each with the doers it names: a task with those after its colon, others apart.

    >>> text = "Phòng A chủ trì khảo sát độc lập, Phòng B cử người tham gia."
    >>> [text[one.start : one.end] for one in clauses_by_doer(text)]
    ['Phòng A chủ trì khảo sát độc lập,', 'Phòng B cử người tham gia.']
    """
    found: list[Clause] = []
    for clause in clauses(text):
        if found and found[-1].sentence == clause.sentence and _names_alone(text, found[-1], clause):
            found[-1] = Clause(found[-1].start, clause.end, clause.sentence)
        else:
            found += _apart(text, clause)
    return found


def doers_after_colon(text: str, clause: Clause) -> tuple[UnitFound, ...]:
    """Those whom a clause that is a task names at its end: "Theo dõi lời hứa tại hội nghị: Ban Xây dựng Đảng."

    >>> text = "Biên tập bản tin song ngữ: giao Phòng Văn hóa - Xã hội."
    >>> [unit.name for unit in doers_after_colon(text, Clause(0, len(text), 0))]
    ['Phòng Văn hóa - Xã hội']
    """
    for colon in _COLON.finditer(text, clause.start, clause.end):
        start = colon.end()
        if opens_name(text, start) and (colon["grant"] or _is_task(text, clause.start)):
            end = _end(text, start, clause.end)
            return tuple(divide(text, start, end)) if end else ()
    return ()


def doers_in_brackets(text: str, clause: Clause) -> list[tuple[UnitFound, int, int]]:
    """Those whom a clause that is a task, or a named thing, has in brackets at its end, and what is said of each.

    What is said begins and ends at the two offsets, which are the same where nothing is.

    >>> text = "Kiện toàn 05 tổ yếu (Ban A, xong trong tháng 8; Phòng B kiểm tra)."
    >>> [(unit.name, text[verb:end]) for unit, verb, end in doers_in_brackets(text, Clause(0, len(text), 0))]
    [('Ban A', ''), ('Phòng B', 'kiểm tra')]
    """
    thing = _THING.match(text, clause.start, clause.end)
    brackets = thing or (_BRACKETS.search(text, clause.start, clause.end) if commands(text, clause.start) else None)
    if brackets is None or _KINDS.search(text, clause.start, brackets.start("inside") - 1):
        return []
    found: list[tuple[UnitFound, int, int]] = []
    start = brackets.start("inside")
    for part in brackets["inside"].split(";"):
        end = start + len(part)
        at = start + len(part) - len(part.lstrip())
        if opens_name(text, at):
            said = predicate(text, at, end)
            if said is not None and said.lays_duty and said.verb < end:
                found += [(unit, said.verb, end) for unit in divide(text, at, said.names_end)]
            elif names := _end(text, at, end):
                found += [(unit, end, end) for unit in divide(text, at, names)]
        start = end + 1
    return found


def _names_alone(text: str, before: Clause, clause: Clause) -> bool:
    """Whether a clause is but the names of those who do what the one before it says up to its colon."""
    return (
        text[before.end - 1] == ":"
        and _is_task(text, before.start)
        and opens_name(text, clause.start)
        and _end(text, clause.start, clause.end) is not None
    )


def _is_task(text: str, start: int) -> bool:
    if names_part(text, start):
        return True
    return not opens_name(text, start) and (commands(text, start) or _TASK.match(text, start) is not None)


def _end(text: str, start: int, end: int) -> int | None:
    """Where names that nothing is said of end, at the end of the clause or before what is said besides; else None."""
    for comma in _BESIDES.finditer(text, start, end):
        if _is_name(text[start : comma.start()]) and not head_noun().match(text, comma.end()):
            return comma.start()
    last = start + len(text[start:end].rstrip(" .;"))
    return last if _is_name(text[start:last]) else None


def _is_name(text: str) -> bool:
    """Whether some words only name a unit; a verb may be part of a body's name, "Hội đồng hòa giải tranh chấp"."""
    said = predicate(text, 0, len(text)) if opens_name(text, 0) else None
    return is_unit_name(text) or (said is not None and _BODY.fullmatch(text, 0, said.names_end) is not None)


def _apart(text: str, clause: Clause) -> Iterator[Clause]:
    """The parts of a clause whose doers are named anew after a comma, each with its own."""
    start = clause.start
    if names_part(text, start):
        for each in _NEXT_OF_EACH.finditer(text, start, clause.end):
            yield Clause(start, each.start() + 1, clause.sentence)
            start = each.end()
    for comma in _COMMA.finditer(text, clause.start, clause.end):
        after = comma.end()
        if not opens_name(text, after) or opens_front(text, start):
            continue
        said = predicate(text, after, clause.end)
        if said is None or not said.lays_duty or said.verb >= clause.end or _ends_name(text, start, comma.start()):
            continue
        grant = _GRANT.match(text, start)
        before = find_subject(text, grant.end() if grant else start, comma.start())
        if before.kind == "units" and before.lays_duty and not leads_beside(text, comma, said.verb):
            yield Clause(start, comma.start() + 1, clause.sentence)
            start = after
    yield Clause(start, clause.end, clause.sentence)


def leads_beside(text: str, comma: re.Match[str], verb: int) -> bool:
    """Whether who leads a task stands before a comma and behind it who helps and what: "A chủ trì, B phối hợp dạy"."""
    return text.endswith("chủ trì", 0, comma.start()) and text.startswith("phối hợp", verb)


def _ends_name(text: str, start: int, end: int) -> bool:
    """Whether the name of a unit ends at `end`, so that what follows the comma may go on with a list."""
    heads = head_noun().finditer(text, max(start, end - _NAME_BACK), end)
    return any(
        (head.start() == start or not text[head.start() - 1].isalnum()) and is_unit_name(text[head.start() : end])
        for head in heads
    )
