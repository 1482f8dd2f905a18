"""Where the name of a unit ends and what is said of it begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rag.language.lexicon import sentence_words
from rag.language.normalize import UPPER
from rag.language.segment import dictionary
from rag.law.unit_words import head_noun, kind_of, modals, spelled, stops

# "tổ chức" is a noun before these words and after a plural; elsewhere it is the verb.
ORGANISATION = re.compile(
    r"tổ chức(?=,|\s(?:chính trị|đảng|đoàn thể|xã hội|tôn giáo|kinh tế|hành chính|thành viên|có|cá nhân|và cá nhân"
    r"|công đoàn|đại diện|pháp chế|khác|liên quan|tín dụng|phi chính phủ|tự quản|trong nước|nước ngoài))",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"(?:các|những|mọi|của|tại|trong|bộ máy|đứng đầu)$", re.IGNORECASE)
# Where the word before a verb makes it part of a noun ("bầu cử", "đại diện lãnh đạo").
_NOUN_BEFORE = re.compile(
    r"(?:(?<!\w)có|bầu|ứng|đề|đại diện|đồng chí|(?<!tổ )(?<!đoàn )(?<!ban )(?<!đội )công tác"
    r"|nhiệm vụ|trách nhiệm|hoạt động"
    r"|kết quả|nội dung|(?-i:thông tin)|quy chế|chương trình|(?<!nơi có )dự án|của|nơi|phạm vi|chịu|về|đến"
    r"|(?<!quân )sự|việc|các|những|mọi|cùng|cuộc|phiên|kỳ|buổi|ý kiến|hình thức|lĩnh vực|từng|mỗi)$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:cơ quan|đơn vị|tổ chức|đoàn thể|doanh nghiệp|cấp|cá nhân|người)$", re.IGNORECASE)
# A verb right after one of these tells which unit it is ("người chủ trì", "ban lãnh đạo", "cơ quan được giao").
_TELLS_WHICH = re.compile(
    r"(?:^|,\s|\svà\s|\shoặc\s|các\s|Tổ\s|đại diện\s)(?:người|ban|tổ|hội đồng|hội nghị|bộ phận)$"
    r"|(?:tổ trưởng|tổ phó|thành viên)\stổ$",
    re.IGNORECASE,
)
_FOR_ONE_TASK = re.compile(r"(?:tổ|ban|đoàn|hội đồng)", re.IGNORECASE)
_ITS_TASK = frozenset(
    (*("kiểm tra", "giám sát", "thẩm định", "thẩm tra", "thanh tra", "xác minh", "vận động", "tuyên truyền"),
     *("soạn thảo", "kiểm kê", "tư vấn", "hòa giải", "khảo sát", "đánh giá", "bình xét", "quản lý", "chỉ đạo"),
     "điều hành")
)  # fmt: skip
"""What bodies are called by that were set up for it: "Đoàn kiểm tra thông báo trước 05 ngày"."""
_COMMITTEE = re.compile(r"\s(?:Tổ|Ban|Đoàn|Hội đồng)$")
# What a text calls a body by once it has named it in full: "Ban có các nhiệm vụ sau đây".
_SHORT_NAME = re.compile(r"Ban|Tổ|Đoàn|Hội đồng")
_ALONE = re.compile(r"(?:^|,\s|\svà\s|các\s|những\s|đại diện\s)(?:cơ quan|đơn vị|tổ chức|doanh nghiệp)$", re.IGNORECASE)
_SEVERAL = re.compile(r"(?:các|những|,)\s\w+\s\w+$", re.IGNORECASE)
_ENTITLED = re.compile(r"(?:có thẩm quyền|được giao|được phân công|được ủy quyền|có chức năng)$")
_QUALIFIERS = frozenset(("có thẩm quyền", "được giao", "được phân công", "được ủy quyền", "được", "bị", "có", "không"))
_AGENCY = re.compile(r"(?:cơ quan|đơn vị|tổ chức|doanh nghiệp|cá nhân)$", re.IGNORECASE)
_BODY = re.compile(r"(?:các |những )?(?:cơ quan|tổ chức|đơn vị|cấp|người)(?!\w)", re.IGNORECASE)
_PERSON = re.compile(r"(?:các |những |đại diện )?người\s", re.IGNORECASE)
# "Thành viên được bầu tại thôn báo cáo": the participle belongs to the name where another verb follows.
_PARTICIPLE = re.compile(r"\s(?:bầu|cử|chỉ định|bổ nhiệm|lựa chọn|yêu cầu|đề nghị)\s")
_WHERE = re.compile(r"\snơi(?:\s\w+){0,2}$")
# "Chuyên viên phụ trách văn phòng": what staff look after is part of their name.
_STAFF = re.compile(r"(?:^|các\s)(?:cán bộ|công chức|viên chức|chuyên viên|người)$", re.IGNORECASE)
_DONE = re.compile(r"\s(?:ban hành|ra|giải quyết|nhận|tiếp nhận|lập)\s")
_RESPONSIBLE = re.compile(r"\scó (?:trách nhiệm|thẩm quyền|liên quan)(?=\s(?:trong|để)\s|[;.,]|$)")
_SEPARATOR = re.compile(r",\s|\svà\s")
_PART_ENDS = re.compile(r"[;:.]|,\s|\svà\s")
_GOES_ON = re.compile(r"(?:cơ quan|đơn vị|tổ chức|cá nhân|tổ dân phố)(?!\w)")
# A date ends a name; the number of a document does not ("quy định tại Điều 14 Nghị định số 45/2010/NĐ-CP").
_NO_NAME = re.compile(r"[;:.]|(?<!số )(?<!số \d)(?<!số \d\d)(?<!số \d\d\d)\d/(?!NĐ|TT|QĐ|QH)")
_MAX_WORDS, _MAX_LENGTH = 90, 800
# The end of a whole name: a word in capitals, or that of a level.
_COMPLETE = re.compile(
    rf"(?<!\w)(?:[{UPPER}]\w*(?:\s\d{{1,2}})?|xã|phường|thị trấn|huyện|tỉnh|thành phố|thôn|ấp|bản"
    r"|xóm|khóm|buôn|làng|khu phố|tổ dân phố|trung ương|cơ sở)$"
)
_TWO_SYLLABLES = re.compile(rf"(?<!\w)[{UPPER}]\w*\s\w+$")
_SYLLABLE = re.compile(r"\s([^\W\d_]+)")
_PLACES = re.compile(
    r"(?:các|những)\s(?:xã|phường|thị trấn|thôn|bản|ấp|xóm|khóm|buôn|làng)(?:,\s(?:phường|thị trấn))*$"
)
"""Several places, of which "có" tells which: "UBND các xã có điểm tái định cư"."""
_TAIL = 30
"""How far back the word before a verb is looked for."""
_FEW_WORDS = 6
_AHEAD = 90
"""How far ahead a word that binds shows that a verb before it belongs to the name."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """What follows the names of a subject: their end, where the predicate begins, whether it may lay a duty."""

    names_end: int
    verb: int
    lays_duty: bool


def predicate(text: str, start: int, end: int) -> Predicate | None:
    """Where the names from `start` on end and what is said of them begins; None where nothing is said."""
    stop = _NO_NAME.search(text, start, min(end, start + _MAX_LENGTH))
    limit = stop.start() if stop else min(end, start + _MAX_LENGTH)
    within: re.Match[str] | None = None
    first: re.Match[str] | None = None
    head = head_noun().match(text, start, limit)
    for match in stops().finditer(text, head.end() if head else start, limit):
        kind = kind_of(match["word"])
        if kind == "compound" or (kind == "act" and not _is_act(text, start, match)):
            continue
        if kind == "break":
            break
        if match["word"] == "phụ trách" and _STAFF.search(text[start : match.start()]):
            continue
        if _tells_which(text, start, match, within):
            within = match
            first = first or match
        elif _ends_name(text, start, match):
            if told := _told(text, start, match, limit):
                return told
            break
    if stop is not None and stop[0] == ":" and first is None and _short(text, start, limit):
        return Predicate(limit, min(limit + 2, len(text)), True)
    return _told(text, start, first, limit) if first and kind_of(first["word"]) in ("verb", "modal") else None


def meeting(text: str, start: int, end: int) -> Predicate | None:
    """What a meeting does that decides as a body does; None where no such meeting stands at `start`.

    >>> text = "Hội nghị cử tri bầu Tổ trưởng"
    >>> text[meeting(text, 0, len(text)).verb :]
    'bầu Tổ trưởng'
    """
    name = _meetings().match(text, start, end)
    if name is None:
        return None
    for match in stops().finditer(text, name.end(), end):
        if kind_of(match["word"]) == "compound":
            continue
        verb = match.start("word")
        return Predicate(match.start(), verb, True) if _meeting_acts().match(text, verb) else None
    return None


def names_end(text: str, start: int, end: int) -> tuple[int, int]:
    """Where names that end a sentence or a clause end, and where the verb after them begins, `end` where none does."""
    if found := predicate(text, start, end):
        tells = _RESPONSIBLE.match(text, found.names_end) if _LISTED.search(text[start : found.names_end]) else None
        return (tells.end(), end) if tells else (found.names_end, found.verb)
    limit = min(end, start + _MAX_LENGTH)
    stop = _NO_NAME.search(text, start, limit)
    limit = stop.start() if stop else limit
    broken = next(
        (match for match in stops().finditer(text, start, limit) if kind_of(match["word"]) in ("break", "adverb")), None
    )
    return start + len(text[start : broken.start() if broken else limit].rstrip(" ,")), end


def _told(text: str, start: int, match: re.Match[str], limit: int) -> Predicate | None:
    end = len(text[start : match.start()].rstrip(" ,")) + start
    if not _short(text, start, end):
        return None
    kind = kind_of(match["word"])
    if kind != "adverb":
        return Predicate(end, match.start("word"), kind != "state")
    verb = _verb_after(text, match.end(), limit)
    return None if verb is None else Predicate(end, verb.start("word"), kind_of(verb["word"]) != "state")


def _verb_after(text: str, start: int, limit: int) -> re.Match[str] | None:
    """The verb after an adverbial: one that binds or stands after a comma, else the first."""
    first: re.Match[str] | None = None
    for match in stops().finditer(text, start - 1, limit):
        kind = kind_of(match["word"])
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
    kind = kind_of(word)
    if kind in ("verb", "state") and _in_relative(text, match, tail, within):
        return True
    if word == "có" and _PLACES.search(tail) and _verb_soon(text, match.end(), words=_FEW_WORDS):
        return True
    if word == "đã" and _AGENCY.search(tail) and (done := _DONE.match(text, match.end())):
        return _verb_soon(text, done.end() - 1)
    if kind in ("adverb", "state") and word not in _QUALIFIERS:
        return False
    if kind == "verb" and within is not None and _goes_on(text, within, match):
        return True
    if word == "có thẩm quyền" and _BODY.match(_SEPARATOR.split(before)[-1]):
        return True
    if word in _QUALIFIERS:
        return _LISTED.search(tail) is not None and (kind != "state" or _follows(text, match))
    if kind != "verb":
        return False
    if word in _ITS_TASK and _FOR_ONE_TASK.fullmatch(before) and _is_its_name(text, match.end()):
        return True
    if _TELLS_WHICH.search(tail) or (_COMMITTEE.search(tail) and not match[0].startswith(",")):
        return True
    if _PERSON.match(before) and _binds_soon(text, match.end()):
        return True
    if _LISTED.search(tail) and word == "trực tiếp" and text.startswith(" quản lý ", match.end()):
        return True
    if _ALONE.search(tail):
        return not _SEVERAL.search(tail) or _binds_soon(text, match.end())
    return (_LISTED.search(tail) or _ENTITLED.search(tail)) is not None and _binds_soon(text, match.end())


def _is_its_name(text: str, end: int) -> bool:
    """Whether the task that ends there is but the name of a body: what the body does, or whose it is, follows."""
    after = stops().match(text, end)
    return text.startswith(" của ", end) or (
        after is not None and not after[0].startswith(",") and kind_of(after["word"]) in ("verb", "modal")
    )


def _in_relative(text: str, match: re.Match[str], tail: str, within: re.Match[str] | None) -> bool:
    """Whether a predicate says where a unit is or who was made one: "nơi người đó cư trú", "được bầu tại thôn"."""
    where = _WHERE.search(tail)
    if where is not None and (within is None or within.end() < match.start() - len(tail) + where.end()):
        return kind_of(match["word"]) == "state"
    if match["word"] != "được":
        return False
    if within is not None and within["word"] == "có":
        return tail.endswith("người")
    participle = _PARTICIPLE.match(text, match.end())
    return participle is not None and _verb_soon(text, participle.end() - 1)


def _goes_on(text: str, within: re.Match[str], match: re.Match[str]) -> bool:
    """Whether a verb is joined to one that belongs to the name."""
    between = text[within.end() : match.start("word")]
    if between == " " and kind_of(within["word"]) == "verb" and _binds_soon(text, match.end()):
        return True
    return between in (", ", " và ") or (between == " " and within["word"] in ("trực tiếp", "được", "bị", "đã"))


def _follows(text: str, match: re.Match[str]) -> bool:
    return _binds_soon(text, match.end()) or (
        match["word"] in ("có", "bị")
        and _AGENCY.search(text[max(0, match.start() - 12) : match.start()]) is not None
        and _verb_soon(text, match.end())
    )


def _binds_soon(text: str, start: int) -> bool:
    """Whether a word that binds follows in the same part of the sentence, past joined verbs and bare nouns."""
    ahead = text[start : start + _AHEAD]
    if binds := modals().search(ahead):
        return binds.start() <= _reach(ahead)
    return False


def _verb_soon(text: str, start: int, *, words: int = _AHEAD) -> bool:
    """Whether a verb of duty follows within some words that is no part of a noun."""
    ahead = " ".join(text[start : start + _AHEAD].split(" ")[: words + 1])
    reach = _reach(ahead)
    return any(
        kind_of(match["word"]) in ("verb", "modal") and not _NOUN_BEFORE.search(ahead[: match.start()])
        for match in stops().finditer(ahead, 0, reach)
    )


def _reach(ahead: str) -> int:
    """Where the part of the sentence ends; a separator before a verb or a bare noun does not end it."""
    for match in _PART_ENDS.finditer(ahead):
        separator = _SEPARATOR.fullmatch(match[0])
        joins = _GOES_ON.match(ahead, match.end()) or head_noun().match(ahead, match.end())
        if separator is None or not (joins or _verb_at(ahead, match.end())):
            return match.start()
    return len(ahead)


def _verb_at(text: str, start: int) -> bool:
    match = stops().match(text, start - 1)
    return match is not None and kind_of(match["word"]) == "verb"


def _whole_word(text: str, start: int, end: int) -> re.Match[str] | None:
    """A word of two syllables at the end whose first has a capital: "Môi trường"."""
    word = _TWO_SYLLABLES.search(text, start, end)
    return word if word and word[0].lower() in dictionary() else None


def _is_act(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a verb of everyday work stands behind a whole name, and is no syllable of a longer word."""
    near = max(start, match.start() - _TAIL)
    whole = _COMPLETE.search(text, near, match.start()) or _whole_word(text, near, match.start())
    if whole is None or match[0].startswith(",") or head_noun().fullmatch(text, start, match.start()):
        return False
    first, last = match["word"].split(" ")[0], match["word"].split(" ")[-1]
    after = _SYLLABLE.match(text, match.end())
    joined = (f"{whole[0].lower().split()[-1]} {first}", f"{last} {after[1].lower()}" if after else "")
    return not any(word in dictionary() for word in joined)


def _ends_name(text: str, start: int, match: re.Match[str]) -> bool:
    before = text[start : match.start()].strip(" ,")
    tail, word = before[-_TAIL:], match["word"]
    if not before or before.count("(") != before.count(")"):
        return False
    listed = match[0].startswith(",") and _LISTED.search(tail)
    if word == "tổ chức" and (listed or _PLURAL.search(tail) or ORGANISATION.match(text, match.start("word"))):
        return False
    if kind_of(word) == "verb" and _NOUN_BEFORE.search(tail):
        return False
    if kind_of(word) == "modal" and _SHORT_NAME.fullmatch(before):
        return True
    return not re.fullmatch(r"(?:(?:các|những)\s)?(?:cơ quan|tổ chức|ban|tổ|hội đồng|hội nghị)", before, re.IGNORECASE)


@cache
def _meetings() -> re.Pattern[str]:
    return re.compile(rf"(?:{spelled(sentence_words().meetings)})(?!\w)", re.IGNORECASE)


@cache
def _meeting_acts() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:có thể|có quyền)\s)?(?:{spelled(sentence_words().meeting_acts)})(?!\w)")
