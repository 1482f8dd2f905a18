"""Who has an office or a part in a body, where a text says so: "Trưởng phòng A - Thành viên", "do B làm Tổ trưởng"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering import compose
from rag.answering.asked import Asked
from rag.answering.bounds import Bounds
from rag.answering.draft import Draft
from rag.answering.holdings import Library
from rag.answering.levels import levels_called
from rag.answering.query import Query
from rag.answering.search import TopicSearch
from rag.index.topics import Term
from rag.language.normalize import fold, unmark
from rag.types import Answer

_OFFICE = (
    r"(?:pho chu tich thuong truc|(?:pho )?chu tich|to truong|to pho(?: thuong truc)?"
    r"|(?:pho )?truong (?:tieu ban|ban|doan|nhom)"
    r"|pho (?:ban|doan)|uy vien thuong truc|thu ky|thanh vien|dau moi|bo phan thuong truc|co quan thuong truc)"
)
_WHO = (
    r"(?:nhung )?(?:dai dien |lanh dao )?(?:co quan |don vi )?"
    r"(?:ai|(?:nguoi|dong chi|don vi|co quan|phong|ban|hoi|bo phan|chuc danh) nao)"
)
_ASKED = re.compile(
    rf"\b{_WHO} (?:duoc (?:giao|phan cong|cu) )?(?:la|lam|giu(?: chuc)?|dong vai|dam nhiem)(?: nguoi)?"
    rf" (?P<before>{_OFFICE})\b"
    rf"|\b(?P<after>{_OFFICE})\b(?: (?!la ai\b|do ai\b)\w+){{0,14}}?"
    rf" (?:la {_WHO}\b|do {_WHO}(?: (?:dam nhiem|dam nhan|kiem nhiem|lam|giu))?\W*$)"
)
_HEAD = re.compile(
    r"\bnguoi dung dau (?:hoi dong|ban|to|doan|nhom)\b.*\bla (?:ai|nguoi nao)\b"
    r"|\bai (?:la nguoi )?dung dau (?:hoi dong|ban|to|doan|nhom)\b|\bdo ai (?:lam )?(?:dung dau|cam dau)\b"
)
"""What asks who leads a body, whatever that is called there."""
_HEADS = r"(?:chu tich|truong (?:tieu ban|ban|doan|nhom)|to truong)"
_LEADING = frozenset(("dung dau", "cam dau", "lanh dao", "dai dien"))
_LABEL = re.compile(r"^(?:[-+*•]|\d+(?:\.\d+)*[.)]|[a-zđ]\)|\(\d+\))\s*")
_STARTS = re.compile(r"(?:^|[,;:.] |\bdo | va )")
_HOLDER = re.compile(
    r"(?:Đồng chí|Ông|Bà|(?:Phó )?(?:Chủ tịch|Trưởng|Thủ tướng|Bí thư|Giám đốc|Chánh)|Bộ trưởng|Thứ trưởng|Công chức"
    r"|Lãnh đạo|Đại diện)\s",
    re.IGNORECASE,
)
"""How somebody is called who holds an office."""
_GRANT = re.compile(r"^(?:giao|phân công|cử|do|đề nghị|mời)\s(?:cho\s)?", re.IGNORECASE)
_MOST, _AMONG = 6, 40


def asked_office(query: Query) -> str | None:
    """The office or part of which a question asks who has it, as a pattern over bare text; None for none.

    "Ai làm trưởng đoàn" asks for "truong doan".
    """
    match = _ASKED.search(query.bare)
    return (match["before"] or match["after"]) if match else _HEADS if _HEAD.search(query.bare) else None


def holders(text: str, office: str) -> list[tuple[str, str]]:
    """Who a passage says has an office, and the office, both as printed.

    >>> holders("Chủ tịch UBND xã - Tổ trưởng;", "to truong")
    [('Chủ tịch UBND xã', 'Tổ trưởng')]
    >>> holders("Hội đồng có 07 thành viên, do Trưởng Ban Dân vận làm Chủ tịch.", "chu tich")
    [('Trưởng Ban Dân vận', 'Chủ tịch')]
    >>> holders("Trưởng đoàn là lãnh đạo Phòng Kinh tế;", "truong doan")
    [('lãnh đạo Phòng Kinh tế', 'Trưởng đoàn')]
    >>> holders("Phó Chủ tịch Thường trực Hội đồng: Bộ trưởng Bộ Tư pháp.", "pho chu tich thuong truc")
    [('Bộ trưởng Bộ Tư pháp', 'Phó Chủ tịch Thường trực Hội đồng')]
    """
    bare = unmark(fold(text))
    if len(bare) != len(text):
        return []
    found = []
    if leads := re.match(
        rf"(?:{_LABEL.pattern[1:]})?(?P<office>{office}(?! thuong truc)(?: \w+){{0,4}})"
        r"(?:: | la )(?P<who>[^;]+)[;.]?$",
        bare,
    ):
        who = text[slice(*leads.span("who"))].rstrip(" .;")
        found += [(who, text[slice(*leads.span("office"))])] if _HOLDER.match(who) else []
    for match in re.finditer(
        rf"(?P<link>,? lam | - | – |: |, )(?P<office>(?:(?:thanh vien|uy vien), )?{office})\b", bare
    ):
        if match["link"] == ", " and not bare[match.end() :].strip(" .;,"):
            continue  # only a list that ends so
        if match["link"] not in (" lam ", ", lam ") and bare[match.end() :].strip()[:1] not in ("", ";", ".", ","):
            continue
        label = _LABEL.match(text)
        starts = [one.end() for one in _STARTS.finditer(bare, 0, match.start())] if "lam" in match["link"] else [0]
        start = max(starts[-1], label.end() if label else 0)
        who = _GRANT.sub("", text[start : match.start()].strip())
        if who:
            found.append((who, text[slice(*match.span("office"))]))
    return found


def _may_be_at(query: Query, who: str) -> bool:
    """Whether somebody's level is none but those that a question names, if it names any."""
    asked, told = levels_called(query.bare), levels_called(unmark(fold(who)))
    return not asked or not told or bool(asked & told)


class OfficeAnswers:
    """Answers who has an office, from one snapshot; read-only."""

    def __init__(self, library: Library, search: TopicSearch, bounds: Bounds) -> None:
        self._library, self._search, self._bounds = library, search, bounds

    def answer(self, asked: Asked) -> Answer | None:
        """Who has the office that a question names in what it speaks of; None where no passage says it."""
        office = asked_office(asked.query)
        if office is None:
            return None
        rest = [
            term for term in asked.terms
            if term.bare not in office and office not in term.bare and term.bare not in _LEADING
        ]  # fmt: skip
        told = self._told(asked.query, office, rest)
        if not told:
            return None
        draft = Draft(self._library, asked.question)
        for index, who, said in told:
            citations = draft.cite_passage(index)
            draft.say("office", citations, office=said, names=f"**{who}**")
            draft.add_unit(who, "perform", citations)
        compose.add_as_of(draft, self._library)
        return draft.finish("answered")

    def _told(self, query: Query, office: str, rest: Sequence[Term]) -> list[tuple[int, str, str]]:
        """The passages under one heading that say who has the office in what is asked about, with who and what."""
        passages = self._search.passages
        ranked = self._search.rank(query, self._search.terms(query))[:_AMONG] if query.topic else []
        found: list[tuple[int, str, str]] = []
        about = {one.index: self._search.around(rest, one.index) if rest else 1.0 for one in ranked}
        for one in sorted(ranked, key=lambda item: -about[item.index]):
            passage = passages[one.index]
            said = [(who, name) for who, name in holders(passage.text, office) if _may_be_at(query, who)]
            if not said or about[one.index] < self._bounds.supported:
                continue
            if found and passages[found[0][0]].context != passage.context:
                continue
            found += [(one.index, who, name) for who, name in said]
        return found[:_MOST]
