"""Whom something is sent, reported or handed to: "gửi cho ai", "báo cáo cơ quan nào", "chuyển lên đâu"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.query import Query
from rag.language.normalize import fold, unmark
from rag.law.predicates import names_end
from rag.law.units import divide, opens_name

_VERBS = (
    r"bao cao|bao ngay|bao|gui|chuyen|trinh|nop|thong bao|kien nghi|de nghi|cung cap|ban giao|tra"
    r"|dang ky|khai bao|phan anh|khieu nai|to cao|xin phep"
    r"|noi(?! vu\b| dung\b| bo\b| quy\b)"
)
_SENDING = ("gui", "nop", "trinh", "chuyen", "dang ky", "thong bao")
"""Verbs that stand for one another where something goes from one body to the next."""
_HEADS = "phong|ban|bo|so|uy ban|hoi|doan|cong chuc|trung tam|tram"
_WHO = rf"(?:nhung |cac )?(?:ai|dau|(?:noi|co quan|don vi|cap|to chuc|bo phan|nganh|ben|{_HEADS}) nao)"
_TO_WHOM = rf"(?:cho|den|di|toi|len|ve|voi|o|tai)(?: toi| den)? {_WHO}"
_ASKS = re.compile(
    rf"\b(?P<verb>{_VERBS})\b(?: (?!nao\b|ai\b|dau\b|do\b|thi\b|gui\b|nop\b|trinh\b)\w+){{0,10}}? {_TO_WHOM}\b"
    rf"|\b(?P<direct>bao cao|bao|gui|trinh|nop|chuyen|dang ky|xin phep) {_WHO}\b"
)
_HEAD = re.compile(rf"(?<!van )\b(?P<head>{_HEADS}) nao\b")
_DOER = re.compile(r"\b(?:ai|(?:don vi|co quan|cap|to chuc|bo phan|phong|ben|can bo|cong chuc) nao)\b")
_DECIDES = re.compile(
    r" (?:de )?(?:cong nhan|phe duyet|duyet|quyet dinh|quyet|xem xet|giai quyet|xu ly|tham dinh|cho phep)\b"
)
"""What whoever something is sent to does with it."""
_ENDS = re.compile(
    r"\s(?:về|để|hàng|hằng|kết quả|theo|xem xét|đối với|ngay|trước|sau|chậm nhất|khi)\s.*|(?:\s(?:và|hoặc))?[\s.;,]*$"
    r"|\s(?:và|hoặc)\s(?:tại|ở|gửi|thông báo|báo cáo)\s.*"
)
"""What no longer belongs to a name."""
_CLAUSE = re.compile(r"[,;:.]\s|\b(?:thì|là)\s")
_BINDS = re.compile(r"(?:\b(?:phải|sẽ|có trách nhiệm|cần|được|muốn|định)\s)+$")
_ANY_OFFICE = re.compile(r"(?:các )?(?:cơ quan|đơn vị|tổ chức)(?: nhà nước)?(?: có thẩm quyền)?", re.IGNORECASE)
_BEFORE_WHOM = r"(?:cho|den|di|toi|len|ve|voi|o|tai|thi|ngay)"
_OBJECT = re.compile(rf" (?!{_BEFORE_WHOM}\b)(?P<what>\w+(?: (?!{_BEFORE_WHOM}\b)\w+)?)")
_OFFICE = re.compile(
    r"(?:cơ quan|đơn vị) (?:quản lý|đăng ký|chuyên trách) [^.;:()]*?"
    r"(?= (?:để|theo|trước|chậm nhất|trong thời hạn|xem xét)\b|[.;:(]|$)",
    re.IGNORECASE,
)
"""An office that is called by what it does: "cơ quan quản lý nhà nước về tín ngưỡng ở trung ương"."""
_TO = re.compile(r"(?<!\w)(?:đến|cho|tới|về|lên|với|gửi|trình|báo cáo|chuyển|nộp|xin phép)\s", re.IGNORECASE)


def asked_verb(query: Query) -> str | None:
    """The bare verb of which a question asks the recipient; None where it asks for none."""
    match = _ASKS.search(query.bare)
    if match is None or query.restored[slice(*match.span())].startswith("nơi"):
        return None
    return match["verb"] or match["direct"]


def asked_object(query: Query) -> str:
    """What is sent, where that stands behind the verb: "hồ sơ" of "nộp hồ sơ cho ai"; "" where it does not."""
    match = _ASKS.search(query.bare)
    found = _OBJECT.match(query.bare, match.end("verb")) if match and match["verb"] else None
    return query.restored[found.start("what") : found.end("what")] if found else ""


def asked_sender(query: Query) -> str:
    """Who sends it, or what is sent, right before the verb of which a question asks the recipient; "" for nobody."""
    match = _ASKS.search(query.bare)
    start = match.start("verb") if match and match["verb"] else match.start("direct") if match else 0
    said = _CLAUSE.split(query.restored[:start])[-1]
    return _BINDS.sub("", f"{said.strip()} ").strip()


def of_asked_head(query: Query, names: Sequence[str]) -> list[str]:
    """Of some units those of the kind that a question asks for, "bộ nào"; all where none is."""
    asked = _HEAD.search(query.bare)
    return [one for one in names if asked and _is_of_head(one, asked["head"])] or list(names)


def _is_of_head(name: str, head: str) -> bool:
    return unmark(fold(name)).startswith(f"{head} ")


def has_asked_head(query: Query, names: Sequence[str]) -> bool:
    """Whether any of some units is of the kind that a question asks for; where it asks for none, none is."""
    asked = _HEAD.search(query.bare)
    return asked is not None and any(_is_of_head(one, asked["head"]) for one in names)


def asks_doer(query: Query) -> bool:
    """Whether one that asks for recipients asks besides who does it: "cấp nào gửi, gửi bộ nào", "trình ai duyệt"."""
    sent = _ASKS.search(query.bare)
    acts = sent is not None and _DECIDES.match(query.bare, sent.end()) is not None
    return acts or _DOER.search(_ASKS.sub(" ", query.bare)) is not None


def recipients(text: str, verb: str) -> list[str]:
    """The units that a passage names after a verb as those to whom it is done, as printed.

    >>> recipients("Gửi biên bản đến Ủy ban bầu cử xã ngay sau hội nghị.", "gui")
    ['Ủy ban bầu cử xã']
    >>> recipients("Hộ dân có trách nhiệm gửi hồ sơ đến Ủy ban nhân dân xã.", "nop")
    ['Ủy ban nhân dân xã']
    """
    bare = unmark(fold(text)) if len(fold(text)) == len(text) else ""
    start = bare.find(verb)
    if start < 0 and verb in _SENDING:  # "nộp cho ai" is asked of what a text has sent
        start = min((at for one in _SENDING if (at := bare.find(f" {one} ")) >= 0), default=-1)
    if start < 0:
        return []
    found: list[str] = []
    at = start
    while match := _TO.search(text, at):
        at = match.end()
        if opens_name(text, at):
            end, _ = names_end(text, at, _sentence_end(text, at))
            office = _OFFICE.match(text, at)
            found += [office[0]] if office else [_ENDS.sub("", unit.name) for unit in divide(text, at, end)]
            at = max(at, office.end() if office else end)
    told = [name for name in found if not _ANY_OFFICE.fullmatch(name)]
    return list(dict.fromkeys(told or found))


def _sentence_end(text: str, start: int) -> int:
    stop = re.search(r"[.;]\s|[.;]$|\(", text[start:])
    return start + stop.start() if stop else len(text)
