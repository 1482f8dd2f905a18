"""Who must do what: the units that a clause gives its duty to, and their roles."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from rag.language.lexicon import document_types, sentence_words, word_classes
from rag.language.normalize import UPPER, alternation
from rag.law.clauses import STEP_WORDS, Clause
from rag.law.parataxis import clauses_by_doer, doers_after_colon, doers_in_brackets, leads_beside
from rag.law.predicates import names_end
from rag.law.subjects import Subject, commands, find_subject, opens_front
from rag.law.unit_words import opening_verb, spelled
from rag.law.units import ORNAMENT, UnitFound, divide, is_unit_name, named_before, opens_name, unit_list
from rag.types import Role

_PARTNER = re.compile(
    r"(?<!\w)(?i:phối hợp(?: chặt chẽ)?(?: cùng với| với| cùng)?|(?<=chủ trì, )cùng(?: với)?"
    rf"|cùng với(?=\s[{UPPER}]))\s"
)
_LEADS_BESIDE = re.compile(r"(?<=chủ trì),\s")
_NO_PARTNER = re.compile(r"(?:công tác|sự|quy chế|chương trình|việc|kế hoạch|hiệu quả)\s$", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*(?:[.)]|[-/](?=\s))?|[a-zđ]\)|[IVX]+\.|[-+]|Điều \d+[a-zđ]?[.:]"
    r"|(?:Chương|Mục|Tiểu mục) [IVXLC\d]+[.:]?)\s*"
)
_POINT = re.compile(rf"(?:[a-zđ]|\d{{1,2}})\)\s|(?:{'|'.join(STEP_WORDS)})\s\d{{1,2}}\s?[.:]\s")
_IN_WHAT = re.compile(r"(?:\s\([^()]*\))?,?\strong\s")
_STOP = re.compile(r"\s?[:.;]$")
_TRUSTED = re.compile(
    r"(?:(?:trách nhiệm|nhiệm vụ|quyền hạn|nghĩa vụ|thẩm quyền|chức năng|quyền)(?:,\s|\svà\s|\s))+của\s", re.IGNORECASE
)
_ABOUT = re.compile(r"\s(?:trong|về|đối với|khi|và (?:thực hiện|thẩm quyền)|tại các)(?!\w)")
# The second column of a letterhead, which names nobody.
_MOTTO = re.compile(r"CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập -", re.IGNORECASE)
_WORD, _MAX_HEADING = re.compile(r"\w"), 600
# What comes after the colon are things: "gồm các nội dung: …".
_LISTS = re.compile(r"(?:gồm|nội dung|hình thức|trường hợp|thông tin|thành phần|tài liệu)[^:;.]{0,60}:")
# A short label before the sentence itself: "Nội dung: Ủy ban A họp", "Từ ngày 04/02/2026: …".
_SAYS = re.compile(rf"(?!(?i:thành phần|khách mời|đại biểu|kính gửi|nơi nhận))[^:;]{{1,60}}:\s(?=[{UPPER}])")
# The matter before the sentence: "Về tổ chưa kiện toàn: chi bộ A, chi bộ B làm xong".
_MATTER = re.compile(r"(?:Về|Đối với|Riêng)\s[^:;.]{2,100}:\s")
# The matter before the order: "Về giảm nghèo: giao Phòng Kinh tế …".
_TOPIC = re.compile(
    rf"(?:Về|Đối với|Riêng|Trong|[{UPPER}])[^:;.]{{2,150}}:\s(?=(?:giao|đề nghị|yêu cầu|phân công)\s(?:cho\s)?)"
)
# Who is told to do what follows the colon: "Chỉ đạo Công an xã, các thôn: Rà soát …; Bảo đảm …".
_DIRECTS = re.compile(r"(?:chỉ đạo|hướng dẫn|đôn đốc|giao|yêu cầu|đề nghị|phân công)\s", re.IGNORECASE)
_ASSIGNS = re.compile(r"(?:giao|phân công)\s", re.IGNORECASE)
_DEFINES = re.compile(r"[^;:.]{1,100}?(?<!nhất)\slà\s(?!\d)")
_ROLE_LABEL = re.compile(
    r"(?:(?:cơ quan|đơn vị|bộ phận|tổ chức|cơ quan, đơn vị)\s)?"
    r"(?P<verb>chủ trì|phối hợp|thực hiện|tham mưu|theo dõi|thường trực(?:\s[^\W\d_][^:;.]{0,40})?|đầu mối)"
    r"(?:\s(?:thực hiện|tổ chức|chính))?\s?:\s",
    re.IGNORECASE,
)
# Who has which part in a body that is set up: "Chủ tịch UBND xã - Tổ trưởng;", "Trưởng phòng Nội vụ: Ủy viên".
_PART = (
    r"(?i:tổ trưởng|tổ phó|trưởng ban|phó trưởng ban|trưởng đoàn|phó trưởng đoàn|phó đoàn|trưởng tiểu ban"
    r"|(?:phó )?chủ tịch hội đồng|ủy viên|uỷ viên|thành viên|thư ký)"
)
_MEMBER = re.compile(
    rf"(?:(?:Đồng chí|Ông|Bà|Ông/Bà)\s)?(?P<who>[^;:.]{{3,120}}?)(?:,? làm|\s[-–]|:)\s{_PART}(?:\s[\w ]{{2,40}})?"
    rf"(?:,\s(?:kiêm )?{_PART}[\w ]{{0,30}})?\s?[;.]?$"
)
_BY = re.compile(r"(?:,\s|\s)do\s")  # "Tổ có 05 người, do Phó Trưởng Ban A làm tổ trưởng"
# What stands before the verb that gives the role, besides adverbs.
_ON_BEHALF = re.compile(r"thay mặt\s[^;.:]{1,150}?\s(?=thực hiện\s)", re.IGNORECASE)
_REPORTS = re.compile(
    r"(?:trình bày|gửi|chế độ)\s(?:(?!hồ sơ|văn bản|đề nghị|kiến nghị|danh sách|đơn)[^;.:]{1,80}?\s)?báo cáo(?!\w)",
    re.IGNORECASE,
)
# Who is told to do it is the one that does it: "chỉ đạo Thanh tra huyện chủ trì …".
_HAS_DONE = re.compile(r"(?:lãnh đạo,? )?(?:chỉ đạo|giao|phân công)(?: cho)?\s", re.IGNORECASE)
_LEADS = re.compile(r"chủ trì(?!\w)", re.IGNORECASE)
_HEADS = re.compile(r"chỉ đạo\s|chịu trách nhiệm chung(?!\w)", re.IGNORECASE)
# A meeting, no order: "Giao ban lãnh đạo mỗi quý một lần".
_BRIEFING = r"giao ban\s(?:lãnh đạo|hằng|hàng|định kỳ|tháng|quý|tuần|báo|mỗi|với|giữa|công tác|cụm|trực tuyến|\d)"
_THIS = re.compile(
    r"(?:việc|nội dung|nhiệm vụ|công việc|phần việc)(?: này| đó| trên)\s(?:giao(?: cho)?|do|thuộc|là)\s", re.IGNORECASE
)
_THIS_DOES = re.compile(r"(?:việc|nội dung|nhiệm vụ|công việc|phần việc)(?: này| đó| trên)\s", re.IGNORECASE)
_DOES = re.compile(
    r"(?:\s(?:đứng ra|chịu trách nhiệm|trực tiếp|chủ trì|có trách nhiệm|sẽ|phải|được giao))*"
    r"(?:\s(?:thực hiện|triển khai|đảm nhận|đảm nhiệm|phụ trách|làm))+"
    r"(?:\s(?:việc này|nhiệm vụ này|nội dung này))?\s?[.;,]"
)
_NOBODY = Subject("none", (), 0)


@dataclass(frozen=True, slots=True)
class Duty:
    """A clause of a clean line with one unit that carries it; without `unit` the text names none.

    `commands` where such a clause opens with its verb, so that it may be the duty of a unit named above it.
    """

    clause: Clause
    unit: UnitFound | None
    role: Role
    commands: bool = True


def find_duties(text: str, *, of_law: bool = False, listed: bool = False, passive: bool = True) -> list[Duty]:
    """The duties of a clean line, in order.

    A clause without a subject of its own continues the subject of its sentence, a sentence without
    one that of the sentence before it in the same paragraph; the first may have none. A provision
    `of_law` also says what is no duty: there a clause without a unit is one only where it opens with
    its verb. In a line of law that is `listed` under a unit, "đề nghị X …" is what that unit does; a
    list of things is read without `passive`, for there "… do X quản lý" only tells which.

    >>> line = "Giao Phòng Y tế phối hợp với Ban Tổ chức Huyện ủy theo dõi, đôn đốc; Báo cáo UBND huyện."
    >>> [(duty.unit.name, duty.role) for duty in find_duties(line)]
    [('Phòng Y tế', 'supervise'), ('Ban Tổ chức Huyện ủy', 'coordinate'), ('Phòng Y tế', 'report')]
    """
    found = _found_duties(text, of_law=of_law, listed=listed, passive=passive)
    return _carried_back(text, found, listed=listed)


def _carried_back(text: str, duties: list[Duty], *, listed: bool) -> list[Duty]:
    """The duties, those of nobody with whom the next clause names for them: "Đo đạc đất. Phòng A thực hiện."."""
    found: list[Duty] = []
    for at, duty in enumerate(duties):
        later = [other for other in duties[at + 1 :] if other.clause.start > duty.clause.start]
        after = [other for other in later if other.clause == later[0].clause]
        named = [other for other in after if other.unit and _elliptic(text, other)] if duty.unit is None else []
        carried = [replace(other, clause=duty.clause) for other in named]
        found += [duty, *carried] if listed or not carried else carried
    return found


def _elliptic(text: str, duty: Duty) -> bool:
    """Whether a clause only says who does what the one before it says: "việc này giao Phòng A", "Phòng A đảm nhận"."""
    said = text[duty.clause.start : duty.clause.end]
    return bool(_THIS_DOES.match(said)) or (
        duty.unit is not None and _DOES.match(text, duty.unit.end, duty.clause.end) is not None
    )


def _found_duties(text: str, *, of_law: bool, listed: bool, passive: bool) -> list[Duty]:
    found: list[Duty] = []
    before, sentence, granted, lists = _NOBODY, 0, False, -1
    opening: list[Duty] = []
    for clause in clauses_by_doer(text):
        if not _WORD.search(text, clause.start, clause.end):
            continue
        if of_law and clause.sentence == lists:
            continue
        introduces = text[clause.end - 1] == ":" and clause.end < len(text)
        may_grant = not (listed and of_law) and (granted or not before.units or text[clause.start].isupper())
        if labelled := _labelled(text, clause, listed=listed):
            found += labelled
            continue
        subject, grants = _subject(text, clause, may_grant=may_grant, passive=passive)
        subject = replace(subject, units=tuple(named_before(text, unit) for unit in subject.units))
        if introduces and subject.kind == "thing" and opens_front(text, clause.start):
            sentence = clause.sentence
            continue
        defines = subject.kind == "thing" and _DEFINES.match(text, clause.start, clause.end)
        if defines or _LISTS.search(text, clause.start, clause.end):
            lists = clause.sentence
        granted = grants or (granted and subject.kind == "none")
        if listed and before is _NOBODY and subject.kind == "thing" and subject.lays_duty and _acts(text, clause):
            subject = replace(subject, kind="none")
        lists_on = not of_law and subject.kind == "thing" and clause.sentence == sentence and bool(before.units)
        if lists_on:
            subject = replace(subject, kind="none")
        listed_on = clause.sentence == sentence and bool(opening) and _lists_on(text, clause, subject, before)
        if listed_on:
            duties = [replace(one, clause=clause) for one in opening]
        else:
            duties = _duties(text, clause, subject, before)
            opening = duties if subject.kind == "units" else []
        found += [duty for duty in duties if duty.unit or duty.commands or not of_law]
        if grants and listed and not of_law and _ASSIGNS.match(text, clause.start):
            found.append(Duty(clause, None, "perform"))
        told = _told(text, clause) if introduces and subject.kind == "none" else ()
        if told:
            before = Subject("units", told, clause.end)
        elif subject.kind in ("units", "people") or (subject.kind == "thing" and clause.sentence != sentence):
            before = subject
        sentence = clause.sentence
    return found


def _lists_on(text: str, clause: Clause, subject: Subject, before: Subject) -> bool:
    """Whether a clause only goes on with the documents that its sentence lists, which all have the same doers."""
    return subject.kind == "none" and bool(before.units) and _document().match(text, clause.start) is not None


def _subject(text: str, clause: Clause, *, may_grant: bool, passive: bool) -> tuple[Subject, bool]:
    """The subject of a clause, and whether it is handed its duty by a word of grant."""
    label = _POINT.match(text, clause.start)
    first = label.end() if label else clause.start
    topic = _TOPIC.match(text, first, clause.end)
    first, may_grant = (topic.end(), True) if topic else (first, may_grant)
    start = _after_grant(text, first) if may_grant else first
    if start > first:
        subject = find_subject(text, start, clause.end)
        if subject.kind == "units":
            return replace(subject, lays_duty=True), True
    subject = find_subject(text, first, clause.end, passive=passive)
    this = _THIS_DOES.match(text, first, clause.end)
    if this and opens_name(text, this.end()):
        return find_subject(text, this.end(), clause.end, passive=passive), False
    says = _SAYS.match(text, first, clause.end) or _MATTER.match(text, first, clause.end)
    if says and (subject.kind == "thing" or (subject.verb > says.end() and opens_front(text, first))):
        said = find_subject(text, says.end(), clause.end, passive=passive)
        if said.lays_duty and said.kind in ("units", "none"):
            return said, False
    return subject, False


def _told(text: str, clause: Clause) -> tuple[UnitFound, ...]:
    """The units that a clause which ends at a colon tells to do what follows it."""
    directs = _DIRECTS.match(text, clause.start, clause.end)
    if directs is None or not opens_name(text, directs.end()):
        return ()
    return tuple(divide(text, directs.end(), clause.end - 1))


def _acts(text: str, clause: Clause) -> bool:
    """Whether a line listed under a unit says what it does: it opens with no noun and lists nothing itself."""
    opens = not text.isupper() and (text[clause.start].isupper() or opening_verb().match(text, clause.start))
    return bool(opens) and _noun().match(text, clause.start) is None and text[clause.end - 1] != ":"


def _labelled(text: str, clause: Clause, *, listed: bool) -> list[Duty]:
    """The duties of a clause that is a label and names, or a member and a part: "Đơn vị chủ trì: Công an xã"."""
    if member := _MEMBER.match(text, clause.start, clause.end):
        start = max((by.end() for by in _BY.finditer(text, *member.span("who"))), default=member.start("who"))
        who = UnitFound(start, member.end("who"), text[start : member.end("who")])
        return [Duty(clause, who, "perform")] if opens_name(text, who.start) else []
    label = _ROLE_LABEL.match(text, clause.start, clause.end)
    this = _THIS.match(text, clause.start, clause.end)
    if this and opens_name(text, this.end()):
        names, verb = names_end(text, this.end(), clause.end)
        if verb == clause.end:
            return [Duty(clause, unit, "perform") for unit in divide(text, this.end(), names)]
    if label is None or not opens_name(text, label.end()):
        role = role_of(text[clause.start : clause.end])
        if after := doers_after_colon(text, clause):
            return [Duty(clause, unit, role) for unit in after]
        inside = [] if listed else doers_in_brackets(text, clause)
        return [Duty(clause, unit, role_of(text[verb:end]) if verb < end else role) for unit, verb, end in inside]
    end = clause.end - len(text[clause.start : clause.end]) + len(text[clause.start : clause.end].rstrip(" .;,"))
    return [Duty(clause, unit, role_of(label["verb"].lower())) for unit in divide(text, label.end(), end)]


def is_role_label(text: str) -> bool:
    """Whether a line only says who has a role in what stands above it.

    >>> is_role_label("- Đơn vị chủ trì: Hội Nông dân xã."), is_role_label("- Hình thức: tổ chức đoàn giám sát.")
    (True, False)
    """
    label = _LABEL.match(text)
    start = label.end() if label else 0
    role = _ROLE_LABEL.match(text, start)
    return role is not None and opens_name(text, role.end())


def heading_units(text: str) -> list[UnitFound]:
    """The units that a heading gives its whole section to, where it names any.

    >>> [unit.name for unit in heading_units("2. Công an xã")]
    ['Công an xã']
    """
    if len(text) > _MAX_HEADING or _MOTTO.search(text):
        return []
    label = _LABEL.match(text) or ORNAMENT.match(text)
    start = _after_grant(text, label.end() if label else 0)
    body = _STOP.sub("", text)
    if is_unit_name(body[start:]):
        return divide(body, start, len(body))
    if trusted := _TRUSTED.match(body, start):
        about = _ABOUT.search(body, trusted.end())
        return divide(body, trusted.end(), about.start() if about else len(body))
    return unit_list(body, start)[0]


def role_of(text: str) -> Role:
    """The role that the verb at the head of a duty gives.

    >>> role_of("chủ động tham mưu cho cấp ủy"), role_of("chủ trì, phối hợp với Sở A"), role_of("xây dựng kế hoạch")
    ('advise', 'lead', 'perform')
    """
    adverbs = _adverbs().match(text)
    bare = text[adverbs.end() :] if adverbs else text
    if behalf := _ON_BEHALF.match(bare):
        return role_of(bare[behalf.end() :])
    if _REPORTS.match(bare):
        return "report"
    if (heads := _HEADS.match(bare)) and not commands(bare, heads.end()):
        return "lead"
    for role, pattern in _roles():
        if pattern.match(bare):
            return role
    return "perform"


def _duties(text: str, clause: Clause, subject: Subject, before: Subject) -> list[Duty]:
    """The duties of one clause, whose subject may be that of the clause before it."""
    continues = subject.kind == "none" and subject.lays_duty
    units = before.units if continues else subject.units
    partners, rest = _partners(text, clause, subject.verb)
    role = role_of(text[rest : clause.end])
    named = {unit.name for unit in units}
    with_it = [Duty(clause, unit, "coordinate") for unit in partners if unit.name not in named]
    if not subject.lays_duty:
        return [Duty(clause, None, role, commands=False)]
    if units and (directed := _directed(text, clause, subject.verb)):
        return [*(Duty(clause, unit, role) for unit in units), *directed]
    if not units:
        commands = continues and before.kind == "none"
        helped = commands or (continues and before.kind == "people")
        return [Duty(clause, None, role, commands=commands), *(with_it if helped else ())]
    return [Duty(clause, unit, role) for unit in units] + with_it


def _directed(text: str, clause: Clause, verb: int) -> list[Duty]:
    """The duties of those whom a clause has its subject direct: "chỉ đạo Thanh tra huyện chủ trì, phối hợp với …"."""
    directs = _HAS_DONE.match(text, verb, clause.end)
    if directs is None or not opens_name(text, directs.end()):
        return []
    units, at = unit_list(text, directs.end())
    if not units or at >= clause.end or not opening_verb().match(text, at):
        return []
    partners, rest = _partners(text, clause, at)
    named = {unit.name for unit in units}
    role = role_of(text[at if at < rest and _LEADS.match(text, at) else rest : clause.end])
    helped = [Duty(clause, unit, "coordinate") for unit in partners if unit.name not in named]
    return [*(Duty(clause, unit, role) for unit in units), *helped]


def _partners(text: str, clause: Clause, verb: int) -> tuple[list[UnitFound], int]:
    """The units after "phối hợp với", and where the subject's own verb is."""
    partners: list[UnitFound] = []
    own, at = verb, verb
    while match := _PARTNER.search(text, at, clause.end):
        at = match.end()
        if not opens_name(text, at) or _NO_PARTNER.search(text, max(verb, match.start() - 20), match.start()):
            continue
        end, after = names_end(text, at, clause.end)
        if not partners and after < clause.end and (
            match.start() == verb or _adverbs().fullmatch(text, verb, match.start())
        ):  # fmt: skip
            own = verb if _IN_WHAT.match(text, end) else after
        partners += divide(text, at, end)
        at = max(at, end)
    for comma in _LEADS_BESIDE.finditer(text, verb, clause.end):
        units, helps = unit_list(text, comma.end())
        partners += units if leads_beside(text, comma, helps) else []
    return partners, own


def _after_grant(text: str, start: int) -> int:
    match = _grant().match(text, start)
    return match.end() if match else start


@cache
def _grant() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in word_classes().grants)
    return re.compile(rf"(?!{_BRIEFING})(?:{words})\s(?:cho\s)?", re.IGNORECASE)


@cache
def _adverbs() -> re.Pattern[str]:
    """What stands before the verb that gives the role."""
    words = spelled((*sentence_words().manner, *sentence_words().modals, "và", "hoặc", ","))
    return re.compile(rf"(?:(?!chịu trách nhiệm (?:chính|chung))(?:{words}),?\s+)+", re.IGNORECASE)


@cache
def _document() -> re.Pattern[str]:
    """A document that is cited by its number."""
    return re.compile(rf"(?:(?:các|và)\s)?(?:{alternation(row.name for row in document_types())})\ssố\s", re.IGNORECASE)


@cache
def _noun() -> re.Pattern[str]:
    return re.compile(rf"(?:{spelled(sentence_words().nouns)})(?!\w)", re.IGNORECASE)


@cache
def _roles() -> tuple[tuple[Role, re.Pattern[str]], ...]:
    return tuple(
        (role, re.compile(rf"(?:{'|'.join(map(re.escape, verbs))})(?!\w)", re.IGNORECASE))  # type: ignore[misc]
        for role, verbs in word_classes().roles
    )
