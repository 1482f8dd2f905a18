"""What a question leaves to the conversation: the topic, the documents and the places of the one before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answering.asked_numbers import AskedNumber, types_of
from rag.answering.documents import WHOLE_TEXT
from rag.answering.effects import without_effect
from rag.answering.holdings import Library, bare_line
from rag.answering.lists import ListAnswers
from rag.answering.measures import asks_deadline
from rag.answering.query import Query, lead_type
from rag.answering.resolve import FACT_SLOTS, Resolver
from rag.index.topics import Term
from rag.language.normalize import unmark
from rag.language.numerals import numeral
from rag.types import Document

_GOES_ON = re.compile(r"^(?:the |vay |roi )*con ")
_NO_SUBJECT = re.compile(
    r"\s*(?:phai|duoc|can|bi|da|se|nen|do|khi nao|bao gio|o dau|bao lau|trong|cham nhat|gom|co)\b"
    r"(?! (?:van ban|nghi|chi thi))"
)
_RELATES = re.compile(r"\b(?:thay (?:the|cho)|bai bo|het hieu luc|sua doi|can cu|trien khai thuc hien)\b")
"""What is asked of one document that is another's: "văn bản nào cụ thể hóa nó"."""
_OF_IT = re.compile(
    r"\b(?:thuc hien|trien khai|trong|theo) no\b"
    r"|\b(?:van ban|nghi quyet|ke hoach|quyet dinh|huong dan|chuong trinh|de an|quy che|thong bao|cong van|chi thi)"
    r" (?:do|ay|nay|kia)\b"
)
"""What says that a question is on the document of the one before."""
_THAT_ONE = re.compile(
    r"\b(?P<type>nghi quyet|ke hoach|quyet dinh|huong dan|chuong trinh|de an|quy che|thong bao|cong van|chi thi"
    r"|ket luan) (?:do|ay|nay|kia)\b"
)
"""What says of what type the document is that was asked about before."""
_NTH = re.compile(r"\b(?:cai|van ban|so|muc) (?:thu )?(?P<n>nhat|hai|ba|tu|nam|sau|\d|cuoi)\b(?<!so \d)")
"""What tells a document of a list by its place in it."""
_OTHER_TIME = re.compile(r"\b(?:lan|vong|dot|buoc|ky)(?: thu)? (?:\d|nhat|dau|mot|hai|ba|tu|bon|nam|cuoi|sau|truoc)\b")
"""What asks of another time of the same thing, which stands elsewhere: "thế lần ba"."""
_HANDED_IN = re.compile(r"\b(?:han|gui|bao cao)\b")
"""What of a task may be due in a question that goes on from one on it."""
_SHORT, _FEW_TERMS = 6, 2
"""How many syllables, and words of a topic, a question has that goes on from the one before without saying so."""
_SAME_NUMBER = re.compile(r"\b(?:cung|trung) so\b")
"""What asks for a document of another issuer that has the number of the one before."""
_FORCE = frozenset(("effective", "ended"))


@dataclass(frozen=True, slots=True)
class Focus:
    """What a conversation is about: the documents last answered with, and what was last asked for."""

    documents: tuple[str, ...] = ()
    topic: str = ""
    slots: frozenset[str] = frozenset()
    numbers: tuple[AskedNumber, ...] = ()
    types: frozenset[str] = frozenset()
    issuers: str = ""
    places: tuple[tuple[str, int], ...] = ()


class FollowUps:
    """Completes questions that go on from those before them; read-only."""

    def __init__(self, library: Library, resolver: Resolver, lists: ListAnswers) -> None:
        self._library, self._resolver, self._lists = library, resolver, lists
        self._by_key = {entry.key: entry for entry in library.knowledge.documents}

    def of(self, query: Query, focus: Focus) -> tuple[Query, list[Document]]:
        """A question with what it leaves to the one before it, and the documents of that one that it is about."""
        query = _with_lead_type(query)
        limits = self._resolver.limits(query)
        rest = self._lists.topic_terms(query, limits)
        if query.slots & _FORCE:
            rest = tuple(without_effect(rest))
        documents = self._meant(query, focus)
        nth = _nth(query, documents)
        if nth:
            return replace(query, slots=query.slots or frozenset(("title",)), topic=""), [nth]
        goes_on = query.continues or query.points_back or not rest or _is_rest(query, rest) or _is_short(query, rest)
        if query.numbers or query.locators or query.this_document or not goes_on:
            return query, []
        if focus.numbers and _SAME_NUMBER.search(query.bare):
            digits = tuple(
                AskedNumber(number.n, None, query.types or number.types, None, number.asked, after=query.bare)
                for number in focus.numbers
            )
            return replace(query, slots=query.slots or frozenset(("title",)), topic="", numbers=digits), []
        query = replace(query, near=() if _OTHER_TIME.search(query.bare) else focus.places)
        slots = query.slots or focus.slots
        if documents and ((query.points_back and _RELATES.search(query.bare)) or self._is_inside(query, documents[0])):
            return query, documents[:1]
        if rest and documents and documents[0].held and _OF_IT.search(query.bare):
            return query, documents[:1]
        if documents and not rest:
            fitting = self._resolver.within(documents, limits) if limits else documents[:1]
            due = "date" in query.slots and (asks_deadline(query) or _HANDED_IN.search(query.bare))
            asks_topic = ("unit" in slots or due) and focus.topic and fitting and fitting[0].held
            if fitting and not asks_topic and (limits or query.slots & (FACT_SLOTS | _FORCE | {"unit"})):
                return replace(query, slots=slots, topic=""), fitting
        of_title = documents and not query.types and not documents[0].held
        of_title = of_title and bool(not limits.issuers or self._resolver.within(documents[:1], limits))
        if of_title and any(self._in_title(term, documents[0]) for term in rest):
            return replace(query, slots=frozenset(("title",)), topic=""), documents[:1]
        if focus.numbers and limits and not rest:
            return replace(query, slots=slots, topic="", numbers=_without_issuers(focus.numbers)), []
        if focus.topic and (query.points_back or len(rest) <= 1):
            issuers = "" if limits.issuers or limits.levels else focus.issuers
            restored, topic = f"{query.restored} {issuers} {focus.topic}", f"{focus.topic} {query.topic}".strip()
            types = query.types or focus.types
            return replace(query, restored=restored, bare=unmark(restored), topic=topic, slots=slots, types=types), []
        if focus.topic:
            restored, topic = f"{query.restored} {focus.topic}", f"{query.topic} {focus.topic}"
            behind = f"{query.background} {focus.topic}".strip()
            return replace(query, restored=restored, topic=topic, background=behind, slots=slots), []
        return replace(query, slots=slots), []

    def _meant(self, query: Query, focus: Focus) -> list[Document]:
        """The documents answered with before; those asked about where only they are of the type that is meant now."""
        documents = [self._by_key[key] for key in focus.documents]
        said = _THAT_ONE.search(query.bare)
        types = types_of(said["type"]) if said else set()
        if not types or any(entry.type in types for entry in documents):
            return documents
        asked = [entry for number in focus.numbers for entry in self._resolver.candidates(number)]
        return [entry for entry in asked if entry.type in types] or documents

    @staticmethod
    def _is_inside(query: Query, entry: Document) -> bool:
        """Whether a question asks what a document of the one before says inside, which is not held."""
        return not entry.held and WHOLE_TEXT.search(query.bare) is not None

    def _in_title(self, term: Term, entry: Document) -> bool:
        return f" {term.text} " in self._library.title_words(entry)


def _nth(query: Query, documents: Sequence[Document]) -> Document | None:
    """The document of a list before that a question tells by its place: "cái thứ hai"."""
    match = _NTH.search(query.bare)
    if match is None:
        return None
    place = {"nhat": 1, "tu": 4, "cuoi": len(documents)}.get(match["n"]) or numeral(match["n"]) or int(match["n"])
    return documents[place - 1] if 0 < place <= len(documents) else None


def _is_rest(query: Query, rest: Sequence[Term]) -> bool:
    """Whether a question is a predicate alone: "phải giải quyết trong mấy ngày?" is on what the one before is on."""
    return len(rest) <= _FEW_TERMS and _NO_SUBJECT.match(query.bare) is not None


def _is_short(query: Query, rest: Sequence[Term]) -> bool:
    """Whether a question is too short to say what it is on: "dán bao lâu mới đủ?"."""
    return len(query.bare.split()) <= _SHORT and len(rest) <= _FEW_TERMS


def _with_lead_type(query: Query) -> Query:
    """A question that goes on with a type of document, "còn nghị quyết thì sao", limited to it."""
    if not query.continues or query.types or query.numbers:
        return query
    types = lead_type(_GOES_ON.sub("", query.bare))
    names = {bare_line(name).strip() for name in types}
    topic = query.topic
    for name in names:
        at = unmark(topic).find(name)
        topic = topic[:at] + topic[at + len(name) :] if at >= 0 else topic
    return replace(query, types=frozenset(types), topic=" ".join(topic.split())) if types else query


def _without_issuers(numbers: Sequence[AskedNumber]) -> tuple[AskedNumber, ...]:
    """Numbers of the question before, of which this one says another issuer."""
    return tuple(replace(number, after="") for number in numbers)
