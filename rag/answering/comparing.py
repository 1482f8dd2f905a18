"""Two matters set side by side: "A với B khác nhau thế nào", or one matter in two texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from rag.answering import compose
from rag.answering.asked import Asked
from rag.answering.bounds import SUPPORTED, Bounds
from rag.answering.content import ContentAnswers
from rag.answering.definitions import Definitions
from rag.answering.draft import Draft
from rag.answering.facts import FactAnswers
from rag.answering.holdings import Library
from rag.answering.labels import asked_label
from rag.answering.query import Query
from rag.answering.resolve import Limits, Resolver
from rag.answering.roles import asked_roles
from rag.answering.search import Found, TopicSearch
from rag.answering.subject import Subjects
from rag.index.topics import Term, coverage
from rag.language.normalize import WORD, fold, normalize, unmark
from rag.types import Answer, Document

_DIFFER = re.compile(
    r"\b(?:khac(?: nhau)?(?: gi| nhu)?(?: the nao| ra sao|(?: o)? (?:diem|cho) nao)?"
    r"|giong nhau|chenh nhau|nhu nhau|so voi nhau)\b"
)
_COMPARES = re.compile(r"\b(?:khac nhau|khac gi|giong nhau|chenh nhau|nhu nhau|so sanh|so voi)\b")
_OPENS = re.compile(r"^(?:hay )?(?:so sanh|giua|phan biet)\b")
_JOINS = ("với", "voi", "và", "va", "còn")
_MONTH = re.compile(r"\bthang (\d{1,2})\s?/\s?((?:19|20)\d\d)\b")
_MONTH_OF_TEXT = re.compile(r"(?:và |với )?(?:kế hoạch |văn bản )?tháng \d{1,2}/\d{4}|(?:có )?giống nhau|khác nhau")
_HOW_MUCH = re.compile(
    r"\b(?:số (?:lượng )?(?P<what>(?!hiệu|ký|văn bản|với)\w+(?: (?:viên|việc|gia đình|quan))?)|(?:tỷ|tỉ) lệ)\b"
)
"""What asks for amounts of either side."""
_TIME = re.compile(r"\b(?:ngay|thoi gian|thoi han|bao gio|khi nao)\b")
_NAMES_UNITS = re.compile(r"\b(?:don vi|co quan|ai|to chuc)\b")
_AND_WHAT = re.compile(r"\b(?:gi|nao|sao)\b.*\bcon\b")
_EARLIER = re.compile(r"\b(?:truoc|sau|som hon|muon hon|moi hon|cu hon)\b")
"""What asks which of two documents is the earlier."""
_WHICH = re.compile(r"\b(?:thì )?(?:cái|văn bản|bản|đằng|bên) nào\b.*$")
_NO_RESPECT = re.compile(r"(?:không|có|nhau|nào|gì|sao|thế|ra|bao nhiêu|mấy| )*")
"""What the words for a difference may leave behind them and is no respect."""
_LEVELS = frozenset(("trung uong", "tinh", "huyen", "xa"))
_FEWEST, _MOST_RESPECTS = 2, 3
_OF_SIDE = 0.8
"""How much of what the best passage speaks of one side the one has to that tells a respect of it."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The two things that a question compares, and the respects in which it does: "số thành viên", "nhiệm kỳ"."""

    one: str
    other: str
    respects: tuple[str, ...]


class Comparisons:
    """Answers questions that compare; read-only."""

    def __init__(
        self,
        library: Library,
        subjects: Subjects,
        *,
        search: TopicSearch,
        contents: ContentAnswers,
        definitions: Definitions,
        resolver: Resolver,
        facts: FactAnswers,
        bounds: Bounds,
    ) -> None:
        self._library, self._subjects, self._bounds = library, subjects, bounds
        self._resolver, self._facts = resolver, facts
        self._search, self._contents, self._definitions = search, contents, definitions

    def answer(self, asked: Asked) -> Answer | None:
        """What the texts say of either side; None where the question compares nothing, or they say the same."""
        query = asked.query
        if query.numbers or query.locators:
            return None
        said = query.bare.replace("so voi", " ") if "số với" in query.restored else query.bare
        compares = "compare" in query.slots or _COMPARES.search(said) is not None
        sources = self._texts(asked) if compares or _AND_WHAT.search(query.bare) else []
        if len(sources) > 1:
            topic = _MONTH_OF_TEXT.sub(" ", query.topic)
            found = [[self._best(query, topic, query.bare, [source])] for source in sources]
        else:
            sides = sides_of(query, asked.question) if compares and "duty" not in query.slots else None
            if sides is None:
                return None
            if _EARLIER.search(query.bare) and (entries := self._documents(query, sides)):
                return self._facts.answer(asked.question, query, entries, Limits())
            if not sides.respects and (defined := self._defined(sides)):
                return self._contents.quotes(asked.question, defined)
            found = [self._of_side(query, side, sides.respects) for side in (sides.one, sides.other)]
        known = [[one for one in side if one is not None] for side in found]
        every = [one for side in known for one in side]
        if not all(known) or len({one.index for one in every}) < len(known):
            return None
        return self._side_by_side(asked, every)

    def _documents(self, query: Query, sides: Sides) -> list[Document]:
        """The two documents whose titles are the sides; empty unless each is one document's."""
        found: list[Document] = []
        for said in (sides.one, sides.other):
            words = _WHICH.sub("", said).strip()
            side = replace(query, restored=words, bare=unmark(words), topic=words, slots=frozenset(("document",)))
            limits = self._resolver.limits(side)
            terms = [term for term in self._search.terms(side) if term.bare not in _LEVELS]
            fitting = self._resolver.within(self._library.knowledge.documents, replace(limits, types=frozenset()))
            shares = {entry.key: coverage(terms, self._library.title_words(entry)) for entry in fitting}
            most = max(shares.values(), default=0.0)
            best = [entry for entry in fitting if shares[entry.key] == most]
            if most < SUPPORTED or len(best) > 1:
                return []
            found += best
        return found if found[0] is not found[1] else []

    def _defined(self, sides: Sides) -> list[int]:
        """The definitions of two things that a question tells apart by nothing else; empty unless both have one."""
        found = [self._definitions.of(unmark(side)) for side in (sides.one, sides.other)]
        return [index for one in found for index in one] if all(found) else []

    def _of_side(self, query: Query, side: str, respects: Sequence[str]) -> list[Found | None]:
        """The best passage on one side in each respect."""
        of_side = self._search.terms_of(side) if respects else ()
        return [
            self._best(query, f"{side} {respect}", unmark(respect), (), of_side=of_side)
            for respect in respects or ("",)
        ]

    def _texts(self, asked: Asked) -> list[str]:
        """The sources of the held texts in which the question wants one matter compared."""
        months = [f"{year}-{int(month):02}" for month, year in _MONTH.findall(unmark(fold(asked.question)))]
        held = list(self._library.held.values())
        dated = [[one for one in held if (one.date or "").startswith(month)] for month in months]
        if len(dated) > 1 and all(dated):
            return list(dict.fromkeys(str(max(one, key=partial(self._titled, asked)).source) for one in dated))
        named = [one for one in self._subjects.of(asked) if one.is_named and len(one.entries) == 1]
        return list(dict.fromkeys(one.entries[0].source for one in named if one.entries[0].source))

    def _titled(self, asked: Asked, entry: Document) -> float:
        return coverage(asked.terms, self._library.title_words(entry))

    def _best(
        self, query: Query, words: str, respect: str, sources: Sequence[str], *, of_side: Sequence[Term] = ()
    ) -> Found | None:
        """The passage that speaks most of one side; under its label where what is asked has one.

        It is among those that speak of the side itself, where the words for a respect are more than that.
        """
        side = replace(query, restored=words, bare=unmark(words), topic=words)
        terms = self._search.terms(side)
        ranked = self._search.rank(side, terms, sources=sources) if terms else []
        if of_side:
            spoken = {found.index: self._search.spoken_of(of_side, found.index) for found in ranked}
            most = max(spoken.values(), default=0.0)
            ranked = [found for found in ranked if spoken[found.index] >= _OF_SIDE * most]
        slots = frozenset(("unit",)) if _NAMES_UNITS.search(respect) else frozenset()
        label = asked_label(replace(query, bare=respect, slots=slots))
        if _TIME.search(respect or side.bare) and any(self._search.states_time(found.index) for found in ranked):
            ranked = [found for found in ranked if self._search.states_time(found.index)]
        if amount := _HOW_MUCH.search(side.restored):
            much = replace(side, restored=(said := f"bao nhiêu {amount['what'] or 'phần trăm'}"), bare=unmark(said))
            stating = [found for found in ranked if self._search.states_amount(found.index, much)]
            ranked = [found for found in stating if self._is_of(side, found.index)] or stating or ranked
        if label is not None:
            ranked = [found for found in ranked if label.opens(self._search.passages[found.index].text)] or ranked
        if not ranked or max(found.support for found in ranked) < self._bounds.enough(limited=bool(sources)):
            return None
        return ranked[0]

    def _is_of(self, side: Query, index: int) -> bool:
        """Whether a passage may be on the office-holder whose side it is."""
        amount = replace(side, slots=frozenset(("amount",)))
        return self._search.told_of.fits(
            amount, self._search.passages[index].source, self._search.told_with_headings(index)
        )  # fmt: skip

    def _side_by_side(self, asked: Asked, found: Sequence[Found]) -> Answer:
        draft = Draft(self._library, asked.question)
        self._contents.say_quotes(draft, list(dict.fromkeys(one.index for one in found)))
        for one in found:
            if "unit" in asked.query.slots and self._search.doing.has_unit(one.index):
                compose.say_units(draft, self._library, one.index, asked_roles(asked.query))
        compose.add_as_of(draft, self._library)
        return draft.finish("answered")


def sides_of(query: Query, question: str) -> Sides | None:
    """What a question compares, as far as its words part it; None where they do not.

    The respects follow the words for a difference, "khác nhau thế nào về nhiệm kỳ", or a colon, a comma or "thì" behind
    the second thing, which takes from the first the words that it leaves out: "hội nghị lần một với lần ba".
    """
    tokens = query.restored.split()
    tokens = tokens[: len(tokens) - len(query.background.split())]
    bare = [unmark(token) for token in tokens]
    opened = _OPENS.match(" ".join(bare))
    start = len(opened[0].split()) if opened else 0
    differ = max(_DIFFER.finditer(" ".join(bare)), key=lambda match: match.start(), default=None)
    end = len(" ".join(bare)[: differ.start()].split()) if differ else len(tokens)
    respects = tokens[end + len(differ[0].split()) :] if differ else []
    head, colon, _ = question.partition(":")
    if colon and (parted := len(WORD.findall(normalize(head)))) < end:
        if _joints(tokens, start, parted):
            respects, end = [*tokens[parted:end], *respects], parted
        elif _joints(tokens, parted, end):
            start = parted
    joined = _joints(tokens, start, end)
    if not joined:
        return None
    again = [at for at in joined if bare[at + 1] in bare[start:at]]
    at = (again or [at for at in joined if bare[at] == "voi"] or joined)[0]
    behind = [place for place in _breaks(question, tokens) if at + _FEWEST < place < end]
    if behind:
        respects, end = [*tokens[behind[0] : end], *respects], behind[0]
    one, other = tokens[start:at], tokens[at + 1 : end]
    one = one[:-1] if bare[at - 1] == "so" else one
    return _sides(one, other, respects)


def _joints(tokens: Sequence[str], start: int, end: int) -> list[int]:
    """Where words stand that may join two things."""
    return [at for at in range(start + 1, end - 1) if tokens[at] in _JOINS]


def _breaks(question: str, tokens: Sequence[str]) -> list[int]:
    """At which words a question goes on behind a comma or "thì", as far as it has as many words as typed."""
    pieces = [len(WORD.findall(piece)) for piece in normalize(question).split(",")]
    commas = [sum(pieces[:count]) for count in range(1, len(pieces))] if sum(pieces) == len(tokens) else []
    return sorted([*commas, *(at for at, token in enumerate(tokens) if token == "thì")])


def _sides(one: list[str], other: list[str], respects: Sequence[str]) -> Sides | None:
    other = _WHICH.sub("", re.sub(r" có$", "", " ".join(other))).split()
    if other and other[0] in one:
        same = max(place for place, word in enumerate(one) if word == other[0])
        other = [*one[:same], *other]
    elif one and other and one[-1] == other[-1]:  # "hạn của cơ quan nhà nước với doanh nghiệp nhà nước"
        other = [*one[: max(0, len(one) - len(other))], *other]
    if min(len(one), len(other)) < _FEWEST:
        return None
    return Sides(" ".join(one), " ".join(other), _parted(respects))


def _parted(tokens: Sequence[str]) -> tuple[str, ...]:
    """Respects that are joined by "và", each by itself."""
    said = _WHICH.sub("", re.sub(r"^(?:(?:vậy|thế|ạ|hả|nhỉ|thì)\b ?)*(?:(?:về|ở) )?", "", " ".join(tokens)))
    parts = [re.sub(r"(?: có)?(?: không)?$", "", part.strip()) for part in re.split(r"\bvà\b", said)]
    return tuple(part for part in parts if not _NO_RESPECT.fullmatch(part))[:_MOST_RESPECTS]
