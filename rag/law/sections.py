"""Whose duty a line is that names nobody: the unit that the line, the heading or the article above it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from rag.language.lexicon import sentence_words
from rag.language.normalize import UPPER, MatchingCopy
from rag.law.assignments import find_duties, heading_units
from rag.law.clauses import Clause, clauses
from rag.law.columns import Columns
from rag.law.ordinary import in_ordinary_letters
from rag.law.subjects import find_subject, opens_front
from rag.law.tables import cells, is_group
from rag.law.unit_words import spelled
from rag.law.units import UnitFound, divide, is_class, is_unit_name, opens_name, unit_list
from rag.types import Assignment, Provision, Span

_DUTY_KINDS = frozenset(("paragraph", "item", "clause", "point"))
# How the line ends that introduces a list: things, tasks, steps of a procedure, cases and conditions.
_NAMED_THINGS = re.compile(
    r"(?:gồm|bao gồm|các|những|một số|một trong|thuộc|sau|về|đối với|áp dụng)(?:\s[^\s,;]+){0,15}\s?:$"
)
_TASKS = re.compile(
    r"(?:nhiệm vụ|quyền hạn|trách nhiệm|công việc|việc|biện pháp|giải pháp|quyền)(?:\s[^\s,;:]+){0,5}\s?:$"
)
_STEPS = re.compile(r"(?:như sau|trình tự|các bước|quy trình)(?:\s[^\s,;:]+){0,4}\s?:$")
_CASES = re.compile(r"(?:trường hợp|điều kiện|tiêu chuẩn|hành vi|căn cứ|áp dụng|quy định về)(?:\s[^\s,;:]+){0,12}\s?:$")
# What the heading of an article of law says of the clauses under it that name nobody.
_NO_DUTIES = re.compile(
    r"(?:quyền|nghĩa vụ|trách nhiệm)[^,;]{0,40}\scủa\s(?:công dân|nhân dân|hộ gia đình|người lao động|cá nhân)"
    r"|hành vi|giải thích từ ngữ|phạm vi|đối tượng áp dụng|nguyên tắc|nội dung|hình thức|hiệu lực"
    r"|tiêu chuẩn|điều kiện|trường hợp",
    re.IGNORECASE,
)
_TITLE = re.compile(r"[\w)]$")
_NOTHING = re.compile(r"giải thích từ ngữ|đối tượng áp dụng|phạm vi điều chỉnh|các hành vi", re.IGNORECASE)
_LABEL = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*(?:[.)]|[-/](?=\s))?|[a-zđ]\)|[IVX]+\.|[-+]|Điều \d+[a-zđ]?[.:])\s*")
_CALLED = re.compile(r"\s\((?:sau đây|gọi|viết) [^()]{2,80}\)$")
"""What a unit is called from there on, behind its name."""
_NO_HEAD = re.compile(rf"[()\[\];,]|^[{UPPER} ]+$")
_FORBIDDEN = re.compile(r"không được|bị nghiêm cấm|nghiêm cấm")
_OBLIGES = re.compile(r"\s(?:có (?:trách nhiệm|nhiệm vụ)|chịu trách nhiệm)\s")
"""What makes a line a duty that stands among cases: an exception that says who has to act."""
_HANDS = re.compile(rf"(?<!\w)(?:giao|đề nghị|yêu cầu|kiến nghị|phân công)\s(?=[{UPPER}])")
_ENDING = 300
"""How far back from its end the words are looked for with which a line introduces a list."""

_LEAST_SPACES = 2
"""In the shortest line that states a task: its bullet and two syllables."""

_Named = tuple[str, Span]
"""The name of a unit and where it stands."""


@dataclass(frozen=True, slots=True)
class Above:
    """What stands above a line: the units it is listed under; `closed` where what it lists are no duties."""

    units: tuple[_Named, ...] = ()
    closed: bool = False
    cases: bool = False


class Sections:
    """What the headings and lines of one document say of those below them, each read once."""

    def __init__(self, stored: str, provisions: Sequence[Provision], copies: Sequence[MatchingCopy]) -> None:
        self._stored, self._provisions, self._copies = stored, provisions, copies
        self._columns: dict[int, Columns] = {}
        self._read: dict[int, Above | None] = {}
        self._lead: dict[int, int] = {}
        self.of_law = any(provision.kind == "article" for provision in provisions)
        last: dict[int | None, int] = {}
        self._with_points = {provision.parent for provision in provisions if provision.kind == "point"}
        for index, provision in enumerate(provisions):
            before = last.get(provision.parent)
            if provision.kind in _DUTY_KINDS:
                lead = self._lead_of(index, before)
                if lead is not None:
                    self._lead[index] = lead
            last[provision.parent] = index

    def assignments(self, source: str, index: int) -> list[Assignment]:
        """The assignments of one provision, in order."""
        provision, copy = self._provisions[index], self._copies[index]
        if provision.kind == "table":
            return self._of_row(source, index)
        if not may_lay(provision) or provision.quoted or copy.text.count(" ") < _LEAST_SPACES or self._heads(index):
            return []
        above = self.above(index)
        read: list[Assignment] = []
        listed = any(not is_class(name) for name, _ in above.units)
        things = self.of_law and above.closed
        duties = find_duties(copy.text, of_law=self.of_law, listed=listed, passive=not things)
        if above.cases:
            duties = [duty for duty in duties if duty.unit and _OBLIGES.match(copy.text, duty.unit.end)]
        introducing = {clause for clause in {duty.clause for duty in duties} if self._introduces(index, clause)}
        for duty in duties:
            span = copy.span(duty.clause.start, duty.clause.end)
            if duty.clause in introducing:
                continue
            if duty.unit is not None:
                where = copy.span(duty.unit.start, duty.unit.end)
                read.append(Assignment(source, index, duty.unit.name, where, duty.role, span))
            elif above.units and duty.commands:
                read += [Assignment(source, index, name, where, duty.role, span) for name, where in above.units]
            elif not self.of_law or not (above.closed or _TITLE.search(copy.text)):
                read.append(Assignment(source, index, None, None, duty.role, span))
        return read

    def _heads(self, index: int) -> bool:
        """Whether a line is but the name of the unit whose tasks follow."""
        if index in self._with_points and not self._copies[index].text.endswith(":"):
            return self._bare(self._copies[index]) is not None
        return self._is_bare_name(index, of_items=True) and self._lead.get(index + 1) == index

    def _of_row(self, source: str, index: int) -> list[Assignment]:
        """The assignments of a row of a table with columns for units."""
        row, header = self._provisions[index], self._provisions[index].parent
        if header is None or self._provisions[header].kind != "table" or row.quoted:
            return []
        if header not in self._columns:
            self._columns[header] = Columns(self._stored, self._provisions[header].segments)
        if not self._columns[header].has_units:
            return []
        said = [self._stored[cell.start : cell.end] for cell in cells(self._stored, row.segments)]
        if is_group([one for one in said if one]):
            return []
        whole = Span(row.segments[0].start, row.segments[-1].end)
        found = [
            Assignment(source, index, name, where, role, whole)
            for name, where, role in self._columns[header].units(row.segments, self._copies[index])
        ]
        return found or [Assignment(source, index, None, None, "perform", whole)]

    def above(self, index: int) -> Above:
        """What the nearest line or heading above a provision says of it."""
        at: int | None = index
        parent = self._provisions[index].parent
        if parent in self._with_points and self._provisions[index].kind == "paragraph":
            at = parent
            if at is not None and at not in self._lead:
                at = self._provisions[at].parent
                if at is not None and (said := self._heading(at)):
                    return said
        while at is not None:
            lead = self._lead.get(at)
            if lead is not None and (said := self._line(lead)):
                return said
            at = self._provisions[at].parent
            if at is not None and (said := self._heading(at)):
                return said
        return Above()

    def _lead_of(self, index: int, before: int | None) -> int | None:
        """The line that introduces a list of which this provision is a part."""
        provision = self._provisions[index]
        if provision.parent is not None and self._provisions[provision.parent].kind in _DUTY_KINDS:
            return provision.parent
        if before is None or self._provisions[before].kind not in _DUTY_KINDS:
            return None
        if self._provisions[before].kind == provision.kind == "paragraph" and (lead := self._bare_lead(index, before)):
            return lead
        if self._provisions[before].kind == "paragraph" and provision.kind != "paragraph":
            leads = self._copies[before].text.endswith(":") or self._is_bare_name(before, of_items=True)
            return before if leads else self._lead.get(before)
        if self._provisions[before].kind == provision.kind or provision.kind == "item":
            return self._lead.get(before)
        return None

    def _bare_lead(self, index: int, before: int) -> int | None:
        """The paragraph that is but the name of a unit, of which this one and those before it are the tasks."""
        if self._is_bare_name(index):
            return None
        return before if self._is_bare_name(before) else self._lead.get(before)

    def _is_bare_name(self, index: int, *, of_items: bool = False) -> bool:
        """Whether a paragraph is nothing but the name of a unit, as a heading is; above items it may have commas."""
        text = self._copies[index].text
        odd = _NO_HEAD.search(text.replace(",", "") if of_items else text)
        return self._provisions[index].kind == "paragraph" and odd is None and is_unit_name(text)

    def _line(self, index: int) -> Above | None:
        if index not in self._read:
            self._read[index] = self._introduced(self._copies[index])
        return self._read[index]

    def _heading(self, index: int) -> Above | None:
        if self._provisions[index].kind in _DUTY_KINDS:
            return self._line(index)
        if index not in self._read:
            copy, heading = self._copies[index], self._provisions[index].heading
            units = self._named(copy) if heading else ()
            if heading and not units and copy.text.endswith(":") and (said := self._introduced(copy)):
                units = said.units
            is_article = self._provisions[index].kind == "article"  # a chapter on what is to be done has duties in it
            closed = self.of_law and is_article and _NO_DUTIES.search(heading or "") is not None
            nothing = closed and _NOTHING.search(heading or "") is not None
            self._read[index] = Above(units, closed and not units, nothing) if units or closed else None
        return self._read[index]

    def _named(self, copy: MatchingCopy) -> tuple[_Named, ...]:
        """The units of a heading; those in capitals as the text spells them."""
        named = _named(copy, heading_units(copy.text))
        if not any(name.isupper() for name, _ in named):
            return named
        return tuple((in_ordinary_letters(name, self._stored) if name.isupper() else name, at) for name, at in named)

    def _introduced(self, copy: MatchingCopy) -> Above | None:
        """What the last clause of a line says of the list that follows it."""
        text = copy.text
        if not text.endswith(":"):
            return self._bare(copy)
        found = clauses(text)
        start = found[-1].start if found else 0
        subject = find_subject(text, start, len(text))
        cases = _CASES.search(text, max(0, len(text) - _ENDING)) is not None
        if subject.kind == "thing" and not self.of_law and opens_front(text, start):
            return None
        if subject.kind == "none" and (granted := _granted(text, start)):
            return Above(_named(copy, granted))
        if subject.kind == "units" and _FORBIDDEN.match(text, subject.verb):
            return Above(closed=True, cases=True)
        lists_duties = subject.lays_duty and not cases and (not _things(text) or _pure(text, subject.verb))
        if subject.kind == "units" and lists_duties:
            return Above(_named(copy, subject.units))
        if subject.kind == "people" or not _STEPS.search(text, max(0, len(text) - _ENDING)):
            return Above(closed=True, cases=cases)
        return Above()

    def _bare(self, copy: MatchingCopy) -> Above | None:
        """A line without a colon that introduces all the same: "Chủ tịch xã có trách nhiệm"."""
        label = _LABEL.match(copy.text)
        start = label.end() if label else 0
        if len(copy.text) > 200 or not opens_name(copy.text, start):
            return None
        called = _CALLED.search(copy.text)
        end = called.start() if called else len(copy.text)
        if is_unit_name(copy.text[start:end]):
            return Above(_named(copy, divide(copy.text, start, end)))
        units, verb = unit_list(copy.text, start)
        if units and _pure(copy.text, verb):
            return Above(_named(copy, units))
        return None

    def _introduces(self, index: int, clause: Clause) -> bool:
        """Whether a clause only hands a list to its subject and says no duty itself."""
        text = self._copies[index].text
        if clause.end < len(text):
            return False
        subject = find_subject(text, clause.start, clause.end)
        return subject.kind == "units" and _pure(text, subject.verb)


def may_lay(provision: Provision) -> bool:
    """Whether a provision may lay a duty on somebody: an article does that has no title but its own sentences."""
    return provision.kind in _DUTY_KINDS or (provision.kind == "article" and provision.heading is None)


def _named(copy: MatchingCopy, units: Iterable[UnitFound]) -> tuple[_Named, ...]:
    return tuple((unit.name, copy.span(unit.start, unit.end)) for unit in units)


def _granted(text: str, start: int) -> tuple[UnitFound, ...]:
    """The units that the end of a line hands a list to: "…, đề nghị Công an xã thực hiện các việc sau:"."""
    handed: tuple[UnitFound, ...] = ()
    for match in _HANDS.finditer(text, max(start, len(text) - 2 * _ENDING)):
        subject = find_subject(text, match.end(), len(text))
        if subject.kind == "units" and subject.lays_duty:
            handed = subject.units
    return handed


def _things(text: str) -> bool:
    """Whether what a line introduces are things, not duties."""
    end = text[-_ENDING:]
    return _TASKS.search(end) is None and _STEPS.search(end) is None and _NAMED_THINGS.search(end) is not None


def _pure(text: str, verb: int) -> bool:
    """Whether nothing but words of binding stand from a verb to the end: "có các nhiệm vụ sau đây:"."""
    return verb >= len(text) or _bindings().fullmatch(text, verb) is not None


@cache
def _bindings() -> re.Pattern[str]:
    words = (
        *sentence_words().modals, "nhiệm vụ", "quyền hạn", "trách nhiệm", "nghĩa vụ", "và", "các", "những", "sau đây",
        "sau", "như sau", "thực hiện", "làm", "việc", "công việc", "cụ thể", "chủ yếu", "quyền", "dưới đây",
        "chính", "nội dung",
    )  # fmt: skip
    return re.compile(rf"(?:(?:{spelled(words)})(?!\w)[,\s]*)+:?")
