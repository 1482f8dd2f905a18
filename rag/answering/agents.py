"""By whom a passage says that something is done: "do Ủy ban nhân dân cấp xã quyết định", "theo quyết định của …"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rag.answering.query import Query
from rag.language.lexicon import sentence_words
from rag.language.normalize import alternation, fold, unmark
from rag.law.predicates import names_end
from rag.law.units import divide, opens_name, opens_people

WHO = (
    r"(?:nhung ai|ai|(?:cac |nhung )?(?:don vi|co quan|to chuc|cap|noi|chu the|phong|ban|nganh|bo|ben|uy ban|hoi dong"
    r"|hoi|doan the|luc luong|bo phan) nao)"
)
"""What asks who, over a bare question."""
_SHALL = (
    r"(?:co trach nhiem |co quyen |co tham quyen |chiu trach nhiem |duoc |phai |se |la nguoi |dung ra |duoc giao "
    r"|di (?=\w+ \w))*"
)
_ACT = re.compile(
    rf"(?<!van )\b{WHO}(?: cua (?:tinh|huyen|xa|trung uong|thon))? {_SHALL}"
    r"(?:(?:ky|ra) (?=(?:quyet dinh|cong nhan|phe duyet|ban hanh|cho phep)\b))?"
    r"(?P<act>\w+(?: \w+)?)"
)
_TOGETHER = re.compile(r"(?:phoi hop|cung|la)\b")
_BY = re.compile(
    r"(?<!\w)(?:(?P<to>đến|tới|cho|gửi)|(?P<by>do|bởi)|(?P<above>trình|giúp|tham mưu(?: cho)?)|được|đề nghị)\s",
    re.IGNORECASE,
)
"""What goes before those who do something; to whom something goes, only where it says that they shall do it."""
_OWNS = re.compile(
    rf"\b(?:con |dong )?(?P<noun>dau|chu ky|y kien|quyet dinh|van ban|cong van|bien ban|giay|de nghi)"
    rf" cua {WHO}"
)
_OF = re.compile(
    r"(?<!\w)(?:theo|có)\s(?:quyết định|đề nghị|yêu cầu|hướng dẫn|chỉ đạo|thẩm quyền)\scủa\s", re.IGNORECASE
)
_AT_ONCE, _FOR = re.compile(r"(?: \w+)?"), re.compile(r",? (?:\w+ ){0,2}?de(?: \w+)?")
"""What may stand between a name and what is done, where "do" does not lead to both."""
_DECIDING = re.compile(r"(?:,? (?:xem xet|ban hanh|ra|ky|ky ban hanh|phe duyet|quyet dinh))*,?")
"""What stands between those to whom something is submitted and what they then do: "trình Ủy ban ban hành …"."""
_LONGEST = 160
_DECIDES = r"(?:(?:ban hanh|ra|ky|xem xet|ky ban hanh) )?(?:quyet dinh )?(?:viec )?"
"""What stands before an act that somebody does by deciding that it be done."""


def asked_act(query: Query) -> str:
    """What is done of which a question asks who does it, bare, two syllables at most; "" where it asks no such thing.

    "Hương ước do cấp nào công nhận" asks who does "cong nhan".
    """
    match = _ACT.search(query.bare)
    return match["act"] if match else ""


def asked_doing(query: Query) -> str:
    """What a question asks who does, with its object and all that follows; "" where it asks no such thing."""
    match = _ACT.search(query.bare)
    return query.restored[match.start("act") :] if match else ""


def asked_doings(query: Query) -> list[str]:
    """What a question asks who does, each with its object: "hội nào vận động, bên nào huy động ngày công" has two."""
    found = list(_ACT.finditer(query.bare))
    ends = [*(match.start() for match in found[1:]), len(query.bare)]
    return [
        query.restored[match.start("act") : end].strip()
        for match, end in zip(found, ends, strict=False)
        if not _TOGETHER.match(match["act"])
    ]


def performs(predicate: str, acts: Sequence[str]) -> bool:
    """Whether what is said of somebody opens with one of some acts, or has it beside others; all bare.

    >>> performs("co tham quyen ban hanh quyet dinh cong nhan huong uoc", ["cong nhan"])
    True
    >>> performs("gui ho so de nghi cong nhan huong uoc", ["cong nhan"])
    False
    """
    return bool(acts) and _performing(tuple(acts)).search(predicate) is not None


@lru_cache(maxsize=256)
def _performing(acts: tuple[str, ...]) -> re.Pattern[str]:
    words = sentence_words()
    binds = alternation(unmark(word) for word in (*words.modals, *words.manner, "duoc"))
    return re.compile(rf"(?:^|[,;] | va | hoac )\s*(?:(?:{binds}) )*{_DECIDES}(?:{alternation(acts)})\b")


def agents(text: str, act: str) -> list[str]:
    """The units or people by whom a passage says that something is done, or by whose decision, as printed.

    `act` is what is done, bare, "" for whatever it is.

    >>> agents("Số lượng Phó Trưởng ban do Ủy ban Mặt trận Tổ quốc Việt Nam cấp xã quyết định.", "quyet dinh")
    ['Ủy ban Mặt trận Tổ quốc Việt Nam cấp xã']
    """
    if found := doers(text, act):
        return found
    bare = unmark(fold(text))
    if act and len(bare) == len(text) and (owners := _units_after(re.finditer(rf"\bsu {act} cua ", bare), text)):
        return owners
    return _units_after(_OF.finditer(text), text)


def owners(text: str, query: Query) -> list[str]:
    """The units of whom a passage has what a question asks whose it is: "phải đóng dấu của ủy ban nào"."""
    asked = _OWNS.search(query.bare)
    bare = unmark(fold(text))
    if asked is None or len(bare) != len(text):
        return []
    return _units_after(re.finditer(rf"\b{asked['noun']} cua ", bare), text)


def _units_after(leads: Iterable[re.Match[str]], text: str) -> list[str]:
    """The units that a text names after the first of some words that lead to any."""
    for match in leads:
        if opens_name(text, match.end()):
            end, _ = names_end(text, match.end(), len(text))
            return [unit.name.rstrip(" .;,") for unit in divide(text, match.end(), end)]
    return []


def doers(text: str, act: str) -> list[str]:
    """The units or people by whom a passage says that just that is done, as printed.

    >>> doers("Tổ bầu cử (do Chủ tịch xã quyết định thành lập) chủ trì cuộc họp.", "quyet dinh")
    ['Chủ tịch xã']
    """
    bare = unmark(fold(text))
    for match in _BY.finditer(text) if act and len(bare) == len(text) else ():
        if not (opens_name(text, match.end()) or opens_people(text, match.end())):
            continue
        done = bare.find(f" {act}", match.end())
        if done > 0 and done - match.end() < _LONGEST and not re.search(r"[.;]\s|\)", text[match.end() : done]):
            end, _ = names_end(text, match.end(), done)
            between = _FOR if match["to"] else _DECIDING if match["above"] else _AT_ONCE
            if not match["by"] and not between.fullmatch(bare[end:done]):
                continue
            names = [unit.name for unit in divide(text, match.end(), end)]
            return names or [text[match.end() : done].strip()]
    return []
