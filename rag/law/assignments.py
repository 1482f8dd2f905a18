"""Who must do what: the units that a clause gives its duty to, and their roles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rag.language.lexicon import word_classes
from rag.law.clauses import Clause, clauses
from rag.law.units import UnitFound, divide, is_unit_name, unit_list
from rag.types import Role

_PARTNER = re.compile(r"phối hợp(?: chặt chẽ)?(?: với| cùng)?\s")
_ADVERBS = re.compile(
    r"(?:(?:tích cực|chủ động|thường xuyên|kịp thời|tiếp tục|nghiêm túc|trực tiếp|có trách nhiệm|có nhiệm vụ"
    r"|phải|được giao|tổ chức|cần|sẽ|và|,)\s+)+",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[a-zđ]\)|[IVX]+\.|[-+])\s*")
_STOP = re.compile(r"\s?[:.;]$")
_TRUSTED = re.compile(r"(?:Trách nhiệm|Nhiệm vụ) của\s")
_WORD, _MAX_HEADING = re.compile(r"\w"), 600


@dataclass(frozen=True, slots=True)
class Duty:
    """A clause of a clean line with one unit that carries it; without `unit` the text names none."""

    clause: Clause
    unit: UnitFound | None
    role: Role


def find_duties(text: str) -> list[Duty]:
    """The duties of a clean line, in order.

    A clause without a subject of its own continues the subject of its sentence, a sentence without
    one that of the sentence before it in the same paragraph; the first may have none.

    >>> line = "Giao Phòng Y tế phối hợp với Ban Tổ chức Huyện ủy theo dõi, đôn đốc; Báo cáo UBND huyện."
    >>> [(duty.unit.name, duty.role) for duty in find_duties(line)]
    [('Phòng Y tế', 'supervise'), ('Ban Tổ chức Huyện ủy', 'coordinate'), ('Phòng Y tế', 'report')]
    """
    found: list[Duty] = []
    subject: list[UnitFound] = []
    for clause in clauses(text):
        if not _WORD.search(text, clause.start, clause.end):
            continue
        start = _after_grant(text, clause.start)
        units, verb = unit_list(text, start)
        if units and verb < clause.end:
            subject = units
        elif clause.start == start:
            verb = clause.start
        found += _duties(text, clause, subject, verb)
    return found


def heading_units(text: str) -> list[UnitFound]:
    """The units that a heading gives its whole section to, where it names any.

    >>> [unit.name for unit in heading_units("2. Công an xã")]
    ['Công an xã']
    """
    if len(text) > _MAX_HEADING:
        return []
    label = _LABEL.match(text)
    start = label.end() if label else 0
    body = _STOP.sub("", text)
    if is_unit_name(body[start:]):
        return divide(body, start, len(body))
    if trusted := _TRUSTED.match(body, start):
        return divide(body, trusted.end(), len(body))
    return unit_list(body, start)[0]


def role_of(text: str) -> Role:
    """The role that the verb at the head of a duty gives.

    >>> role_of("tích cực tham mưu cho Đảng ủy"), role_of("chủ trì, phối hợp với Sở A"), role_of("xây dựng kế hoạch")
    ('advise', 'lead', 'perform')
    """
    bare = _ADVERBS.sub("", text, count=1) if _ADVERBS.match(text) else text
    for role, pattern in _roles():
        if pattern.match(bare):
            return role
    return "perform"


def _duties(text: str, clause: Clause, subject: list[UnitFound], verb: int) -> list[Duty]:
    partners, rest = _partners(text, clause, verb)
    role = role_of(text[rest : clause.end])
    if not subject:
        return [Duty(clause, None, role)]
    return [Duty(clause, unit, role) for unit in subject] + [Duty(clause, unit, "coordinate") for unit in partners]


def _partners(text: str, clause: Clause, verb: int) -> tuple[list[UnitFound], int]:
    """The units after "phối hợp với", and where the subject's own verb is."""
    match = _PARTNER.search(text, verb, clause.end)
    if match is None:
        return [], verb
    units, after = unit_list(text, match.end())
    if not units or after >= clause.end:
        return [], verb
    leads = match.start() == verb or _ADVERBS.fullmatch(text[verb : match.start()])
    return units, after if leads else verb


def _after_grant(text: str, start: int) -> int:
    match = _grant().match(text, start)
    return match.end() if match else start


@cache
def _grant() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in word_classes().grants)
    return re.compile(rf"(?:{words})\s(?:cho\s)?", re.IGNORECASE)


@cache
def _roles() -> tuple[tuple[Role, re.Pattern[str]], ...]:
    return tuple(
        (role, re.compile(rf"(?:{'|'.join(map(re.escape, verbs))})(?!\w)", re.IGNORECASE))  # type: ignore[misc]
        for role, verbs in word_classes().roles
    )
