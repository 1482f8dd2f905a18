"""The subject of a clause: the units that carry its duty, wherever in it they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from rag.language.lexicon import sentence_words, word_classes
from rag.language.normalize import UPPER
from rag.law.predicates import meeting, names_end, predicate
from rag.law.unit_words import spelled
from rag.law.units import UnitFound, divide, opens_name, opens_people

SubjectKind = Literal["units", "people", "thing", "none"]

# What goes on with a list and opens no subject of its own: "cán bộ, công chức", "cơ quan, đơn vị".
_LISTED = re.compile(
    r"(?:cán bộ|công chức|viên chức|cơ quan|đơn vị|tổ chức|thôn|địa phương|doanh nghiệp)(?:,|\svà|\shoặc)\s$",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"(?:công chức|viên chức|đơn vị|tổ chức|cá nhân|tổ dân phố|tổ trưởng tổ dân phố|địa phương|người lao động)(?!\w)",
    re.IGNORECASE,
)
_THEN = re.compile(r",?\sthì\s")
# A condition may stand before its consequence without "thì": "trường hợp từ chối phải nêu rõ lý do".
_MUST = re.compile(r"trường hợp\s[^,;.:]{1,150}?\s(?=phải\s)", re.IGNORECASE)
_AFTER_FRONT = re.compile(rf",\s(?:và\s)?|(?<=\snày)\s(?=[{UPPER}])")
_AGENT = re.compile(r"(?<!\w)(?:[Dd]o|bởi|được|giao(?!\sban(?!\w))(?: cho)?)\s")
# Whose part something is: "Công tác truyền thông thuộc trách nhiệm của Phòng A".
_WHOSE = re.compile(
    r"\s(?:thuộc|là)\s(?:trách nhiệm|nhiệm vụ|(?:phần )?việc)\s(?:chính\s|chung\s|riêng\s)?của\s", re.IGNORECASE
)
_RELATIVE = re.compile(
    r"(?:người|việc|các|những|đã|khi|mà|sau|nếu|chưa|không|(?<!tiếp )theo|lý|trước|cần)$", re.IGNORECASE
)
_GOES_ON = re.compile(
    r"\s(?:phải|thì|là|được|có trách nhiệm|(?:thực hiện|áp dụng) theo|hết hiệu lực|có hiệu lực|gồm|bao gồm)(?!\w)"
)
_NO_AGENT_AFTER = re.compile(r"\s(?:(?<!tiếp\s)theo|trên cơ sở|gồm|bao gồm|là)\s")
_RIGHT = re.compile(r"(?:có quyền|có thể|được|có các quyền)(?!\w)")
_BOUND = re.compile(r"(?:có quyền|có trách nhiệm|có nghĩa vụ|có thể|phải|được|không được|chịu trách nhiệm)(?!\w)")
_PERSONNEL = re.compile(r"(?:(?:các|những|mọi|toàn thể)\s)*(?:cán bộ|công chức|viên chức|thành viên)", re.IGNORECASE)
_HOLDER = re.compile(r"người đứng đầu|thủ trưởng|chủ tịch|giám đốc|trưởng\s", re.IGNORECASE)
_AS_RULED = re.compile(r"(?:thì\s)?(?:thực hiện|áp dụng)\s(?:theo\s(?!dõi)|tương tự|như\s)", re.IGNORECASE)
# A noun that looks like a verb, with something said of it: "Quyết định này có hiệu lực".
_ACT = re.compile(
    r"(?:quyết định|báo cáo|thông báo|kiến nghị|đề nghị|hướng dẫn|yêu cầu|quy định|dự toán|kết luận|kế hoạch|công nhận"
    r"|tổ chức(?=\scủa)|thông tin(?!,|\s(?:cho|đến|lại|kịp thời|tuyên truyền)))"
    r"(?=\s(?:của|về|số|này|đó|phải|được|đã|có hiệu lực)(?!\w)"
    r"|[^;.]{0,200}\s(?:phải|có thể|có hiệu lực|hết hiệu lực|bao gồm|(?:được )?thực hiện theo)(?!\w))",
    re.IGNORECASE,
)
# "Trên đây là Kế hoạch …" closes a text and lays nothing on anybody.
_CLOSES = re.compile(r"(?:trên|dưới)\sđây\slà(?!\w)", re.IGNORECASE)
# Of staff this tells the forms in which they use their right: "thực hiện giám sát thông qua hoạt động của Ban A".
_BY_FORMS = re.compile(
    r"[^;.]{0,120}\s(?:kiểm tra|giám sát|tham gia)\s(?:ý kiến\s)?thông qua(?=\s?:|\s(?:các|hoạt động)\s)"
)
# What is asked of a unit by people who must ask it: "thì phải đề nghị Trưởng thôn tổ chức cuộc họp".
_ASKS = re.compile(r"phải\s(?:đề nghị|yêu cầu|thông báo cho)\s")
_MADE_BY = re.compile(r"(?:bầu|thành lập|cử|chỉ định|bổ nhiệm)\s")
_ABOVE_ALL = re.compile(r"(?:Riêng|Đặc biệt,?|Trước hết,?)\s")
_INVITED = re.compile(r"được\s(?:mời|đề nghị)\s(?!dự|tham dự|tham gia|họp)")
_DONE_BY = re.compile(r",\s(?:việc này\s)?do\s")
_CARRIES = re.compile(
    r"(?:(?:chịu trách nhiệm|trực tiếp)\s)?(?:thực hiện|chủ trì|đảm nhận|đảm nhiệm|phụ trách|lo|lo liệu|tổ chức|bố trí"
    r"|bảo đảm|chịu trách nhiệm)(?!\w)"
)
_IS = re.compile(r"\slà\s")
_PART = re.compile(
    r"(?:đầu mối|(?:cơ quan|bộ phận|đơn vị)\s(?:thường trực|đầu mối|chủ trì|giúp việc|chịu trách nhiệm))(?!\w)",
    re.IGNORECASE,
)
OF_EACH = re.compile(r"(?:của|ở|tại|đối với)\s[^,;:.]{2,80}\slà\s")
"""How the part opens that one of several bodies gives to another: "của huyện là Phòng A"."""
_FOR = re.compile(r"(?:Đối với|Riêng(?: đối với)?)\s(?=(?P<who>[^:;.]{3,150}):\s)")
_NOT = re.compile(r"không\s(?!phải|có|cần|được|đồng thời|quá)(?=\w)", re.IGNORECASE)
_MOST_COMMAS = 40


@dataclass(frozen=True, slots=True)
class Subject:
    """Who or what a clause is about; `verb` is where the duty begins.

    Of kind "none" the clause opens with a verb and continues the subject before it; `lays_duty` is
    False where something is only said of the units.
    """

    kind: SubjectKind
    units: tuple[UnitFound, ...]
    verb: int
    lays_duty: bool = True


def find_subject(text: str, start: int, end: int, *, passive: bool = True) -> Subject:
    """The subject of the clause `start:end` of a clean line; with `passive` also the agent of what is done.

    >>> text = "Trong thời hạn 05 ngày kể từ ngày nhận đơn, Trưởng thôn phải họp Ban công tác."
    >>> [unit.name for unit in find_subject(text, 0, len(text)).units]
    ['Trưởng thôn']
    """
    if _CLOSES.match(text, start):
        return Subject("thing", (), start, lays_duty=False)
    if passive and (last := _named_last(text, start, end)):
        return last
    if found := _at(text, start, end):
        if handed := _handed_on(text, found, end):
            return handed
        return _or_agent(text, found, start, end) if passive else found
    if apart := _told_apart(text, start, end):
        return apart
    alone = _ABOVE_ALL.match(text, start, end)
    if alone and (found := _at(text, alone.end(), end)) and found.kind == "units" and found.lays_duty:
        return found
    if not (_fronts().match(text, start) or (passive and _THEN.search(text, start, end))):
        if passive and (whose := _whose(text, start, end)):
            return whose
        if passive and (by := _done_by(text, start, end)):
            return by
        if commands(text, start) or _forbids(text, start):
            return Subject("none", (), start, _AS_RULED.match(text, start) is None)
        return (_agent(text, start, end) if passive else None) or Subject("thing", (), start)
    return _after_front(text, start, end, passive=passive)


def _handed_on(text: str, found: Subject, end: int) -> Subject | None:
    """The subject of the consequence where what comes before it is a condition: "Đơn vị A vi phạm thì Sở B xử lý"."""
    then = _THEN.search(text, found.verb, end)
    after = _at(text, then.end(), end) if then else None
    return after if after and after.kind == "units" and after.lays_duty else None


def commands(text: str, start: int) -> bool:
    """Whether a verb of duty, or an adverb of one, stands at `start`.

    >>> commands("Tổ chức hội nghị", 0), commands("Hội nghị tổng kết", 0)
    (True, False)
    """
    return _commands().match(text, start) is not None and _ACT.match(text, start) is None


def opens_front(text: str, start: int) -> bool:
    """Whether an adverbial that says when or in which case stands at `start`.

    >>> opens_front("Đối với thôn vùng cao:", 0), opens_front("Thôn vùng cao:", 0)
    (True, False)
    """
    return _fronts().match(text, start) is not None


def _at(text: str, start: int, end: int) -> Subject | None:
    """The subject whose names begin at `start`."""
    if decides := meeting(text, start, end):
        name = UnitFound(start, decides.names_end, text[start : decides.names_end])
        return Subject("units", (name,), decides.verb)
    people = opens_people(text, start)
    if not people and not opens_name(text, start):
        return None
    found = predicate(text, start, end)
    if found is None or found.verb > end:
        return Subject("people", (), start) if people else None
    invited = _INVITED.match(text, found.verb, end)
    if invited and commands(text, invited.end()):
        found = replace(found, verb=invited.end(), lays_duty=True)
    units = tuple(divide(text, start, found.names_end))
    if not units:
        return Subject("people", (), found.verb)
    if people and not any(_PERSONNEL.match(unit.name) or _HOLDER.match(unit.name) for unit in units):
        return Subject("people", (), found.verb)
    lays_duty = found.lays_duty and not (
        (_RIGHT.match(text, found.verb) or _BY_FORMS.match(text, found.verb, end))
        and all(_PERSONNEL.match(unit.name) for unit in units)
    )
    return Subject("units", units, found.verb, lays_duty)


def _or_agent(text: str, found: Subject, start: int, end: int) -> Subject:
    """The subject, or the agent where the subject only suffers: "Ban A do Ủy ban B chỉ đạo"."""
    suffers = found.kind == "people" and text.startswith("do ", found.verb)
    if found.lays_duty and not suffers:
        return found
    return _agent(text, start, end) or found


def _after_front(text: str, start: int, end: int, *, passive: bool) -> Subject:
    """The subject after the adverbials that open a sentence."""
    then = _THEN.search(text, start, end)
    at = then.end() if then else start
    if then:
        found = _at(text, at, end)
        if found:
            return _or_agent(text, found, at, end) if passive else found
        if commands(text, at):
            return _of_condition(text, start, then) or Subject("none", (), at, _AS_RULED.match(text, at) is None)
    people: Subject | None = None
    for count, comma in enumerate(_AFTER_FRONT.finditer(text, at, end)):
        if count > _MOST_COMMAS:
            break
        if _LISTED.search(text, max(start, comma.start() - 20), comma.end()) and _SAME.match(text, comma.end()):
            continue
        found = _at(text, comma.end(), end)
        if found and found.kind == "people" and _BOUND.match(text, found.verb):
            return found
        if found and found.kind == "units" and found.lays_duty:
            return found
        people = people or (found if found and found.kind == "people" else None)
    if found := people or (_agent(text, at, end) if passive else None):
        return found
    if not then and (must := _MUST.match(text, start, end)):
        return Subject("none", (), must.end())
    first = next(_AFTER_FRONT.finditer(text, at, end), None)
    if not then and first and commands(text, first.end()):
        return Subject("none", (), first.end(), _AS_RULED.match(text, first.end()) is None)
    return Subject("thing", (), start)


def _of_condition(text: str, start: int, then: re.Match[str]) -> Subject | None:
    """The subject that a condition hands on: "Trường hợp Trưởng thôn đề xuất nội dung thì phải thống nhất"."""
    front = _fronts().match(text, start)
    if front is None or not (found := _at(text, front.end() + 1, then.start())):
        return None
    if found.kind == "people":
        asks = _ASKS.match(text, then.end())
        asked = _at(text, asks.end(), len(text)) if asks else None
        return asked if asked and asked.kind == "units" else Subject("people", (), then.end())
    return replace(found, verb=then.end(), lays_duty=_AS_RULED.match(text, then.end()) is None)


def _agent(text: str, start: int, end: int) -> Subject | None:
    """The agent of a passive sentence that nothing follows but its verb: "… do Chủ tịch xã quyết định"."""
    if whose := _whose(text, start, end):
        return whose
    for count, match in enumerate(_AGENT.finditer(text, start, end)):
        if count > _MOST_COMMAS:
            return None
        before = text[max(start, match.start() - 30) : match.start()].rstrip()
        strong = before.endswith("phải")
        if not strong and (
            _RELATIVE.search(before) or _NO_AGENT_AFTER.search(text, max(start, match.start() - 60), match.start())
        ):
            continue
        found = _at(text, match.end(), end)
        if found is None or found.kind != "units" or not found.lays_duty:
            continue
        if not strong and not _MADE_BY.match(text, found.verb) and _GOES_ON.search(text, found.verb, end):
            continue
        return found
    return None


def _whose(text: str, start: int, end: int) -> Subject | None:
    """Those whose part a clause says that its matter is."""
    whose = _WHOSE.search(text, start, end)
    if whose is None or not opens_name(text, whose.end()):
        return None
    names, verb = names_end(text, whose.end(), end)
    return Subject("units", tuple(divide(text, whose.end(), names)), start) if verb == end else None


def _done_by(text: str, start: int, end: int) -> Subject | None:
    """Those by whom a clause says behind a comma that it is done: "Tổ chức hành quân hằng năm, do Ban A lo liệu"."""
    for by in _DONE_BY.finditer(text, start, end):
        found = _at(text, by.end(), end)
        if found and found.kind == "units" and _CARRIES.match(text, found.verb):
            return replace(found, verb=start)
    return None


def _named_last(text: str, start: int, end: int) -> Subject | None:
    """Those whom a clause names at its end that opens with what they do: "Giúp cấp ủy theo dõi là Ban Dân vận"."""
    if not (commands(text, start) or names_part(text, start) or OF_EACH.match(text, start)):
        return None
    for said in _IS.finditer(text, start, end):
        names, verb = names_end(text, said.end(), end) if opens_name(text, said.end()) else (0, 0)
        if verb == end and names >= end - 1 and not text[names:end].strip(".,;"):
            return Subject("units", tuple(divide(text, said.end(), names)), start)
    return None


def names_part(text: str, start: int) -> bool:
    """Whether a part that somebody has, and nobody himself, stands at `start`: "Đầu mối tổ chức thực hiện".

    >>> names_part("Cơ quan thường trực của Ban là Phòng A", 0), names_part("Cơ quan A", 0)
    (True, False)
    """
    return _PART.match(text, start) is not None


def _told_apart(text: str, start: int, end: int) -> Subject | None:
    """Those for whom alone a clause says what to do: "Đối với các chi bộ: xây dựng kế hoạch riêng"."""
    front = _FOR.match(text, start, end)
    if front is None or not opens_name(text, front.end()) or not commands(text, front.end("who") + 2):
        return None
    units = tuple(divide(text, front.end(), front.end("who")))
    return Subject("units", units, front.end("who") + 2)


def _forbids(text: str, start: int) -> bool:
    """Whether a clause opens with what is not to be done: "Không xem xét đơn nặc danh"."""
    no = _NOT.match(text, start)
    return no is not None and _commands().match(text, no.end()) is not None


@cache
def _fronts() -> re.Pattern[str]:
    return re.compile(
        rf"(?!theo dõi|xét (?:xử|duyệt|tuyển))(?:{spelled(sentence_words().fronts)})(?!\w)", re.IGNORECASE
    )


@cache
def _commands() -> re.Pattern[str]:
    words = sentence_words()
    lists = (*word_classes().duty_verbs, *words.verbs, *words.modals, *words.manner)
    return re.compile(
        rf"(?!(?:là|được|có các|{spelled(words.compounds)})(?!\w))(?:{spelled(lists)})(?!\w)", re.IGNORECASE
    )
