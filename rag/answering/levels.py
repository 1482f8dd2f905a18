"""The levels of government whose documents a question asks for: "chỉ thị của tỉnh", "ở huyện có kế hoạch nào"."""

from __future__ import annotations

import re
from functools import cache

from rag.answering.asked_numbers import type_pattern
from rag.answering.query import Query

_OF_GOVERNMENT = r"(?:trung uong|tinh(?! hinh\b| than\b| cam\b| chat\b| trang\b)|huyen|xa(?! hoi\b))\b(?! uy| \w+ uy)"
_LEVEL = re.compile(
    rf"(?<!dan chu )\b(?:cua|cap|do|o)(?: tren)? (?P<levels>{_OF_GOVERNMENT}"
    rf"(?:\W*(?: (?:hay|hoac|va))?(?: (?:la|cua|cap|do))* {_OF_GOVERNMENT})*)"
)
_OF_BODY = re.compile(
    r"\bcua (?:mat tran|uy ban|ubnd|hdnd|hoi dong nhan dan|mttq|ubmttq|ban thuong truc)"
    r"(?: (?!tinh\b|huyen\b|xa\b|hay\b)\w+){0,7} "
    r"(?P<level>tinh|huyen|xa)\b(?! uy| hay\b| \w+ \w+ hay\b| \w+ hay\b)"
)
_LEVEL_NAME = re.compile(r"trung uong|tinh|huyen|xa")
LEVEL_WORDS = {"trung uong": "trung ương", "tinh": "tỉnh", "huyen": "huyện", "xa": "xã"}
_CALLED = re.compile(r"\bcap (trung uong|tinh|huyen|xa)\b|\b(trung uong)\b")
_DENIES = re.compile(r"\b(?:khong|chang|chu khong) phai (?:la )?$")
_ISSUES_AT = re.compile(r" (?:minh|ta|nha)\b|(?: thi)? (?:da |moi |co |con )*(?:co|ban hanh|ra)\b")
"""What goes on after a place that has documents: "ở huyện có kế hoạch nào", "ở huyện mình"."""
_TURNS_TO = re.compile(r"(?: *\b(?:con|the|vay|roi))* *")
"""What opens a question that only turns to another level: "còn ở huyện thì sao"."""
_SEVERAL = 3
"""From how many words on the levels are several: "ở trung ương, tỉnh và huyện"."""
OF_DOCUMENTS = frozenset(("document", "list", "count", "date", "issuer", "number", "title"))


def levels_in(bare: str) -> frozenset[str]:
    """The levels whose documents a bare question asks for.

    >>> sorted(levels_in("nghi quyet cua tinh hay huyen")), sorted(levels_in("chi thi cua huyen uy"))
    (['huyện', 'tỉnh'], [])
    >>> sorted(levels_in("xa co ke hoach nao ve tiep dan"))
    ['xã']
    """
    return frozenset(
        LEVEL_WORDS[match[0]]
        for said in (
            list(_which_of().finditer(bare)) or list(_LEVEL.finditer(bare)) or list(_that_has().finditer(bare))
        )
        if not _DENIES.search(bare[: said.start()]) and not _is_where(bare, said)
        for match in _LEVEL_NAME.finditer(said["levels"])
    )


def levels_called(bare: str) -> frozenset[str]:
    """The levels that a bare text calls so, whatever is at them.

    >>> sorted(levels_called("chu tich uy ban nhan dan cap huyen, cong an tinh"))
    ['huyện']
    """
    return frozenset(LEVEL_WORDS[match[1] or match[2]] for match in _CALLED.finditer(bare))


def _is_where(bare: str, said: re.Match[str]) -> bool:
    """Whether a level is that of a thing or a place, and no document's: "chính quyền thân thiện ở xã"."""
    if _done_in().match(bare, said.end()):
        return True
    before = bare[: said.start()]
    if not said[0].startswith("o ") or len(said["levels"].split()) >= _SEVERAL or _TURNS_TO.fullmatch(before):
        return False
    return not (_ISSUES_AT.match(bare, said.end()) or _types_last().search(before))


def level_of_body(query: Query) -> frozenset[str]:
    """The level of the body whose document a question asks for: "kế hoạch nào của Mặt trận xã"."""
    if not query.slots & OF_DOCUMENTS or "yes_no" in query.slots:
        return frozenset()
    body = _OF_BODY.search(query.bare)
    if body is None or _DENIES.search(query.bare[: body.start()]):
        return frozenset()
    return frozenset((LEVEL_WORDS[body["level"]],))


@cache
def _which_of() -> re.Pattern[str]:
    """What says at once of what level the document asked for is: "của huyện làm theo kế hoạch nào của tỉnh"."""
    return re.compile(rf"\b(?:van ban|{type_pattern()}) nao (?:cua |do |cap |o |tren )+(?P<levels>{_OF_GOVERNMENT})")


@cache
def _that_has() -> re.Pattern[str]:
    """A level of which is asked what it has: "xã mình có kế hoạch nào về tiếp dân"."""
    return re.compile(
        rf"^(?P<levels>{_OF_GOVERNMENT})(?: (?:minh|ta|nha|em|toi))? (?:da |moi |hien )*(?:co|ban hanh|ra)"
        rf" (?:nhung |cac |may )?(?:van ban|{type_pattern()}) (?:nao|gi)\b"
    )


@cache
def _done_in() -> re.Pattern[str]:
    """What goes on after a level that is that of a thing: "người có uy tín của huyện được duyệt ở quyết định nào"."""
    return re.compile(
        r"(?: \w+){0,4} (?:duoc|bi|da)(?! (?:ban hanh|ra)\b)(?: \w+){1,6} (?:o|tai|bang|theo|trong|boi)"
        rf" (?:van ban|{type_pattern()}) nao\b"
    )


@cache
def _types_last() -> re.Pattern[str]:
    """A type of documents, or several, with what may stand between it and where they were issued."""
    return re.compile(rf"\b(?:van ban|{type_pattern()})(?: (?:nao|gi|cap tren|moi|cu|chung|rieng))* $")
