"""Who a body consists of: "ban chỉ đạo gồm những ai"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from rag.answering.asked import Asked
from rag.answering.bounds import SUPPORTED
from rag.answering.content import ContentAnswers
from rag.answering.counting import CountedAnswers
from rag.answering.holdings import bare_line
from rag.answering.query import Query
from rag.answering.search import TopicSearch
from rag.answering.topical import TopicAnswers
from rag.language.normalize import fold, unmark
from rag.law.units import divide, is_unit_name, opens_name
from rag.types import Answer, Passage

_MEMBERS = (
    r"(?:co quan|don vi|to chuc|thanh vien|thanh phan|phong ban|ban nganh|phong|ban|doan the|nguoi|ben|chuc danh)"
)
_ASKS_PARTS = re.compile(
    r"^(?:.* thi )?(?:(?:theo|trong|cho hoi|cho biet|xin hoi|vay|the) )*(?P<whole>.+?)"
    r" (?:bao gom|gom|co|lay)(?: co)?(?: (?:nguoi|dai dien|thanh vien|can bo))?(?: (?:cua|tu|o))?"
    rf" (?:nhung |cac )(?:ai|{_MEMBERS}(?: {_MEMBERS})* (?:nao|gi))"
    r"(?: (?:a|vay|the|ha|nhi|em|anh|chi|ban))*$"
)
"""What asks for the members of a body: "ban chỉ đạo gồm những ai"."""
_COUNTS_PARTS = re.compile(
    r"^(?:(?:theo|trong|cho hoi|cho biet|xin hoi|vay|the) )*(?P<whole>.+?) (?:hien |dang )?(?:bao gom|gom|co)"
    r"(?: (?:tat ca|tong cong|ca thay|co|tong so|la)){0,2} (?:may|bao nhieu)"
    r" (?P<what>nguoi|thanh vien|dong chi|uy vien)(?: (?:a|vay|the|ha|nhi|em|anh|chi))*$"
)
"""What asks how many members a body has."""
_COUNTED = {"nguoi": "người", "thanh vien": "thành viên", "dong chi": "đồng chí", "uy vien": "ủy viên"}
_ASKS_WHO = re.compile(
    r"^(?:nhung ai|ai (?:duoc|se|phai))(?: (?:duoc|se|phai|lam|la))* (?:thanh vien|uy vien)(?: cua)?"
    r" (?P<whole>.+)$"
)
"""The same asked the other way round: "những ai được làm thành viên tổ công tác"."""
_PEOPLE_OF = re.compile(
    r"\b(?:gom|co|lay)(?: co)? (?:nguoi|dai dien|thanh vien|can bo)(?: (?:cua|tu|o))? (?:nhung |cac )"
    r"|^(?:nhung ai|ai (?:duoc|se|phai))(?: (?:duoc|se|phai|lam|la))* (?:thanh vien|uy vien)\b"
)
"""What asks whose people a body consists of."""
_AMONG = 10
_GOES_IN = re.compile(r"\bgom\b|\bco \d{1,2} thanh vien\b|\bco dai dien\b|\bthanh vien la\b")
_FOLLOW = re.compile(
    r"\b(?:gồm|có \d{1,2} thành viên|có đại diện|thành viên là)(?: có)?"
    r"(?: \d{1,2} (?:thành viên|người|đồng chí))?(?: là)?\b",
    re.IGNORECASE,
)
"""The words that the members of a body follow."""
_AS_WHAT = re.compile(
    r"(?:(?:các|\d{1,2})\s)?(?:(?:đại diện|lãnh đạo|cán bộ|công chức|viên chức|phó trưởng|trưởng|phó)"
    r"(?:\sphụ trách)?(?:\scủa)?\s)+",
    re.IGNORECASE,
)
"""As what a unit's man is a member."""
_IN_BODY = re.compile(r"\s(?:(?:làm|là)\s|\(|[-–]\s(?i:trưởng|phó|tổ|ủy viên|thành viên)).*$")
_CUT, _SENTENCE = re.compile(r"[.;:]"), re.compile(r"\.(?:\s|$)")
_FEWEST_WORDS, _MOST_BESIDE = 2, 12
"""How many words name a body whose members are told, and how many others may stand beside them before "gồm"."""
_BRACKETS = re.compile(r"\([^()]*\)")
_JOINING = frozenset(("cua", "o", "tai", "thuoc"))
_BODY = re.compile(r"(?:ban|to|hoi dong|doan|khoi|doi|tieu ban|thuong truc|uy ban)\b")
"""How what has members is called."""


def _in_order(words: Sequence[str], said: Sequence[str]) -> bool:
    """Whether words have all that are said in their order, others among them: a body is called by some of its name."""
    left = iter(words)
    return all(word in left for word in said)


def counted_body(query: Query) -> tuple[str, str]:
    """The body, bare, of which a question asks how many members it has, and what it calls them; "" for none."""
    match = _COUNTS_PARTS.match(" ".join(query.bare.split()))
    return (match["whole"], _COUNTED[match["what"]]) if match else ("", "")


def asked_body(query: Query) -> str:
    """The body whose members a question asks for, in bare words; "" where it asks for none's."""
    bare = " ".join(query.bare.split())
    match = _ASKS_PARTS.match(bare) or _ASKS_WHO.match(bare)
    return match["whole"] if match else ""


def member_units(text: str) -> list[str]:
    """The units whose people a text says that a body consists of, as printed.

    >>> member_units("Tổ gồm 03 thành viên là công chức của Phòng Nội vụ, Thanh tra huyện và đại diện Công an huyện.")
    ['Phòng Nội vụ', 'Thanh tra huyện', 'Công an huyện']
    """
    lead = _FOLLOW.search(text)
    if lead is None:
        return []
    end = lead.end() + len(_SENTENCE.split(text[lead.end() :])[0])
    names = []
    for word in re.finditer(r"(?<![^\s(])[^\W\d_]", text[lead.end() : end]):
        start = lead.end() + word.start()
        if opens_name(text, start) or _AS_WHAT.match(text, start):
            for unit in divide(text, start, end):
                name = _IN_BODY.sub("", _AS_WHAT.sub("", unit.name, count=1))
                names += [name] if name[:1].isupper() and is_unit_name(name) else []
            break
    return list(dict.fromkeys(names))


class Members:
    """What the passages of one snapshot say that bodies consist of; read-only."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages

    def of(self, body: str) -> int | None:
        """The passage that tells what a body of bare words consists of; None where none does."""
        said = [word for word in body.split() if word not in _JOINING]
        if len(said) < _FEWEST_WORDS:
            return None
        beside = {
            index: len(words) - len(said)
            for index, phrases in self._composed for words in phrases
            if _in_order(words, said) and len(words) - len(said) <= _MOST_BESIDE
        } or {
            index: 0
            for index, phrases in self._composed for words in phrases
            if len(words) >= _FEWEST_WORDS and said[: len(words)] == words
            and set(said[len(words) :]) <= set(bare_line(unmark(fold(self._passages[index].context))).split())
        }  # fmt: skip
        return min(beside, key=lambda index: (beside[index], index), default=None)

    @cached_property
    def _composed(self) -> list[tuple[int, list[list[str]]]]:
        """The passages that tell what something consists of, each with the bare words before that."""
        found = []
        for index, passage in enumerate(self._passages):
            line = _BRACKETS.sub(" ", unmark(fold(passage.text))) if passage.kind == "clause" else ""
            phrases = [_CUT.split(line[: gom.start()])[-1] for gom in _GOES_IN.finditer(line)]
            if phrases:
                found.append((index, [bare_line(phrase).split() for phrase in phrases]))
        return found


class MemberAnswers:
    """Tells who bodies consist of, from one snapshot; read-only."""

    def __init__(
        self, search: TopicSearch, contents: ContentAnswers, topics: TopicAnswers, counting: CountedAnswers
    ) -> None:
        self._search, self._contents, self._topics, self._counting = search, contents, topics, counting
        self._members = Members(search.passages)

    def answer(self, asked: Asked) -> Answer | None:
        """Who a body consists of, where a text tells it; None for other questions."""
        whole, noun = counted_body(asked.query)
        if (told := self._members.of(whole) if whole else None) is not None:
            listed = self._search.listed.introduced(told)
            if len(listed) > 1 and not self._search.states_amount(told, asked.query):
                return self._counting.in_order(asked.question, noun, listed)
        body = asked_body(asked.query)
        telling = self._members.of(body) if body else None
        of_units = "unit" in asked.query.slots and _PEOPLE_OF.search(asked.query.bare) is not None
        if telling is None and of_units:
            telling = self._nearest(asked.query, body)
        if telling is not None:
            indexes = [telling, *self._search.listed.introduced(telling)]
            names = member_units(self._sentence(telling)) if "unit" in asked.query.slots else []
            return self._contents.quotes(asked.question, indexes, members=names)
        if not (" gom " in asked.query.bare or of_units) or not _BODY.match(body):
            return None
        query = replace(asked.query, slots=asked.query.slots - {"unit"})  # members are not those who do something
        return self._topics.answer(asked.question, query, asked.limits)

    def _nearest(self, query: Query, body: str) -> int | None:
        """The passage that tells of what units' people a body consists, and speaks of the body best, if any."""
        words, before = query.restored.split(), query.bare[: query.bare.find(body)].split()
        named = " ".join(words[len(before) : len(before) + len(body.split())])
        terms = self._search.terms_of(named)
        ranked = self._search.rank(replace(query, topic=named, restored=named), terms) if terms else []
        telling = [
            found.index for found in ranked[:_AMONG]
            if self._search.spoken_of(terms, found.index) >= SUPPORTED and member_units(self._sentence(found.index))
        ]  # fmt: skip
        return next(iter(telling), None)

    def _sentence(self, index: int) -> str:
        """A passage with the clauses that its sentence goes on in."""
        return " ".join(self._search.passages[at].text for at in self._search.listed.of_sentence(index))
