"""Labels that plans put before what a question may ask: "Thời gian: …", "Đơn vị chủ trì: …"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.answering.measures import asked_measure
from rag.answering.query import Query
from rag.answering.recipients import asked_verb
from rag.answering.roles import asked_roles
from rag.language.normalize import fold, unmark
from rag.language.segment import dictionary

_OPENS = r"^\W*(?:{names})(?: \w+){{0,3}}\s?:"


@dataclass(frozen=True, slots=True)
class Label:
    """The bare names of one label, as a regular expression.

    `names_units` where a unit in charge follows it, `is_heading` where a whole section may stand under it.
    """

    names: str
    names_units: bool = False
    is_heading: bool = True

    def opens(self, text: str) -> bool:
        """Whether a line begins with the label.

        >>> Label("thoi gian").opens("- Thời gian: ngày 05/12"), Label("thoi gian").opens("Thời gian tới, xã họp")
        (True, False)
        """
        return re.match(_OPENS.format(names=self.names), unmark(fold(text))) is not None

    def heads(self, heading: str) -> bool:
        """Whether a heading begins with the label.

        >>> Label("thanh phan").heads("THÀNH PHẦN HỘI NGHỊ")
        True
        """
        return self.is_heading and re.match(rf"^\W*(?:{self.names})\b", unmark(fold(heading))) is not None

    def said_by(self, bare: str) -> bool:
        """Whether a word of the topic only repeats the label."""
        return re.search(rf"\b(?:{self.names})\b", bare) is not None or bare in _OF_LABELS


_OF_LABELS = frozenset(
    (
        "du",
        "tham du",
        "tham gia",
        "moi",
        "chu tri",
        "phoi hop",
        "thoi gian",
        "dia diem",
        "thanh phan",
        "du kien",
        "dien ra",
        "hop",
        "gom",
    )
)
_LEADS = Label("don vi chu tri|co quan chu tri|chu tri", names_units=True)
_HELPS = Label("don vi phoi hop|co quan phoi hop|phoi hop", names_units=True)
_WHEN = Label("thoi gian|thoi han|thoi diem|lich")
_WHO_COMES = re.compile(
    r"\b(?:gom|moi|co)(?: mat)? nhung ai\b|\b(?:du|tham du|tham gia)(?: hop)? (?:gom|la)? ?(?:nhung )?ai\b"
    r"|\b(?:nhung )?ai (?:(?:duoc|phai|moi) )+(?:du|tham du|tham gia)(?: hop)?\b"
)
_WHERE = re.compile(r"\b(?:o|den|tai) dau\b|\b(?:o|tai|den) (?:noi|cho|dia diem) nao\b")
_DEADLINE = re.compile(
    r"\bhan (?:chot|cuoi|muon nhat|cuoi cung)\b|\b(?:muon|cham|tre) nhat (?:la |vao )?(?:ngay|khi|bao gio)\b"
)
_LISTS = re.compile(
    r"\b(?:gom|bao gom|co|la|bang|qua|theo|duoc|phai|can)(?: co)? (?:nhung|cac)(?: \w+){0,3} (?:gi|nao)\b"
    r"|^(?:hay |cho )*(?:ke|neu|liet ke)\b|\b(?:nhung|cac) \w+(?: \w+){0,4} (?:gi|nao)\b|\b(?:gom|co) nhung (?:gi|ai)\b"
)
_ITEMS = re.compile(r"\b(?:mấy|bao nhiêu) (?:(?:nhóm|loại) )?(?P<noun>\w+(?: \w+)?)")
_MEMBERS = re.compile(r"\b(?:gom|bao gom|co|la)(?: co| mat)? nhung ai\b|\bthanh phan\b.*\b(?:la|gom) (?:nhung )?ai\b")
_SAID = (Label("dia diem"), Label("thanh phan"), Label("kinh phi"))
_MATTER = Label("noi dung", is_heading=False)
_DISCUSSES = re.compile(
    r"\b(?:bàn|thảo luận|xem xét|cho ý kiến)(?: về)? (?:những |các )?(?:nội dung |việc |vấn đề )?(?:gì|nào)\b"
)


def asks_list(query: Query) -> bool:
    """Whether a question asks for all of several things: "gồm những giấy tờ gì", "bằng những cách nào"."""
    return "list" in query.slots or _LISTS.search(query.bare) is not None or counted_items(query) is not None


TASKS = frozenset(("đầu việc", "việc", "công việc", "nhiệm vụ", "hạng mục"))
"""How the tasks that a table has a row each for are called."""
_WHO_AGREES = frozenset(("hộ", "nhà", "phiếu", "dân"))
"""What is counted where people agree: it is no item of a list."""


def counted_items(query: Query) -> str | None:
    """The items of a list of which a question asks how many there are: "trường hợp" of "có mấy trường hợp"."""
    found = _ITEMS.search(query.restored)
    if found is None or asked_measure(query.bare) or found["noun"].split()[0] in _WHO_AGREES:
        return None
    return found["noun"] if found["noun"] in dictionary() | TASKS else found["noun"].split()[0]


def asks_members(query: Query) -> bool:
    """Whether a question asks of whom something consists, and not who has a duty."""
    return _MEMBERS.search(query.bare) is not None


def asked_label(query: Query) -> Label | None:
    """The label under which a section would say what a question asks; None where it asks for no such thing."""
    if _WHO_COMES.search(query.bare):
        return _SAID[1]
    if said := next((label for label in _SAID if re.search(rf"\b(?:{label.names})\b", query.bare)), None):
        return said
    if _DISCUSSES.search(query.restored):
        return _MATTER
    if _WHERE.search(query.bare) and not query.slots & {"document", "place"} and not asked_verb(query):
        return _SAID[0]
    roles = asked_roles(query)
    if "unit" in query.slots:
        return _LEADS if "lead" in roles else _HELPS if "coordinate" in roles else None
    asks_time = "date" in query.slots or _DEADLINE.search(query.bare)
    if asks_time and not query.slots & {"document", "issuer", "number", "signer"}:
        return _WHEN
    return None
