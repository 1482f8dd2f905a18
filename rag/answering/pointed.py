"""Answers to questions that point into texts, count their parts, or ask at which place they rule on something."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering import compose
from rag.answering.asked import Asked
from rag.answering.bounds import Bounds
from rag.answering.draft import Draft, not_held, refusal
from rag.answering.facts import FactAnswers
from rag.answering.holdings import Library, bare_line, display_name
from rag.answering.names import joins
from rag.answering.places import PlaceAnswers
from rag.answering.search import TopicSearch
from rag.answering.subject import Subject, Subjects
from rag.index.topics import Term, coverage, term_line
from rag.language.normalize import unmark
from rag.law.structure import ancestors
from rag.types import Answer, Document

_PARTS = {"dieu": ("article",), "chuong": ("chapter",), "khoan": ("clause",), "phan": ("part",)}
_SPOKEN = {"dieu": "điều", "chuong": "chương", "khoan": "khoản", "phan": "phần"}
_WHOLE = frozenset(("part", "chapter", "section", "article"))
_TELLS, _BELOW = 0.6, 0.25
"""How much of a topic a place speaks of where it is meant of several, and at most the others."""
_MOST_PLACES, _NEAR, _HEADS = 3, 0.1, 0.8
_SHOWN = 240
_SENT = re.compile(
    r"(?:duoc )?gui (?:cho |toi |den |ve )?(?:nhung |cac )?(?:ai|noi nao|don vi nao|co quan nao|dau|cho nao)\b"
)
_NO_TOPIC = frozenset((
    "ban", "chia", "chia ra", "chia lam", "khoan", "phan", "chuong", "muc", "diem", "tat ca", "tong", "ca thay",
    "bao nhieu",
))  # fmt: skip
_ASKED = re.compile(r"\b(dieu|khoan|chuong|phan) (?:nao|may|so may)\b")


class PointedAnswers:
    """Answers from places of the held texts; read-only."""

    def __init__(
        self,
        library: Library,
        subjects: Subjects,
        *,
        places: PlaceAnswers,
        facts: FactAnswers,
        search: TopicSearch,
        bounds: Bounds,
    ) -> None:
        self._library, self._subjects, self._places = library, subjects, places
        self._facts, self._search, self._bounds = facts, search, bounds

    def at_place(self, asked: Asked) -> Answer | None:
        """What stands at a place of a text; which text is meant, or that there is no such place."""
        query = asked.query
        if not query.locators or any(locator.startswith("chu thich") for locator in query.locators):
            return None
        subject = self._subject(asked)
        held = [entry for entry in subject.entries if entry.source]
        if subject.entries and not held:
            return not_held(asked.question, subject.entries[0])
        found = self._places.find(query, [entry.source for entry in held if entry.source])
        if not found:
            return self._no_place(asked, held)
        sources = list(dict.fromkeys(source for source, _ in found))
        if len(sources) > 1 and not self._is_one(asked, subject):
            meant = self._meant(asked, found)
            if meant is None:
                return self._which(asked, found)
            found = [place for place in found if place[0] == meant]
        terms = () if query.slots & {"list", "count"} else self._rest(asked, held)
        return self._places.answer(asked.question, query, found, asked.limits, terms=terms)

    def of_whole(self, asked: Asked) -> Answer | None:
        """The recipients or the parts of a whole text; which text is meant where there are several."""
        query = asked.query
        counts = query.counts_parts and not query.locators
        subject = self._subject(asked)
        if not counts and "recipients" not in query.slots and not self._asks_recipients(asked, subject):
            return None
        held = [entry for entry in subject.entries if entry.source] or self._held_alike(subject)
        if not held:
            if not subject.entries or not subject.is_named:
                return None
            return not_held(asked.question, subject.entries[0])
        rest = [term for term in self._rest(asked, held if subject.is_named else ()) if not self._only_counts(term)]
        if counts and rest:
            return self._parts_under(asked, rest, held)
        if len(held) > 1:
            return self._facts.ambiguous(asked.question, subject.words, held)
        places = self._parts(held[0], query.counts_parts or "") if counts else self._recipients(held[0])
        if not places and counts and query.counts_parts in _PARTS:
            part = _SPOKEN[query.counts_parts or ""]
            return refusal(asked.question, "no_evidence", "not_found_parts", name=display_name(held[0]), part=part)
        return self._places.answer(asked.question, query, places, asked.limits) if places else None

    def _held_alike(self, subject: Subject) -> list[Document]:
        """The held documents that have every word by which a question names one that is not held."""
        said = bare_line(" ".join(word for word in subject.words.lower().split() if not joins(word))).split()
        return [
            entry for entry in self._library.held.values()
            if said and all(f" {word} " in f"{self._library.own_words[entry.key]} {entry.date} " for word in said)
        ]  # fmt: skip

    @staticmethod
    def _only_counts(term: Term) -> bool:
        """Whether a word of the topic is but what is counted: the segmenter makes one of "có … điều"."""
        return term.bare in _NO_TOPIC or set(term.bare.split()) <= {"co", "gom", *_PARTS}

    def _asks_recipients(self, asked: Asked, subject: Subject) -> bool:
        """Whether it is the document itself of which the question asks to whom it goes."""
        sent = _SENT.search(asked.query.bare)
        if sent is None:
            return False
        before = asked.query.bare[: sent.start()].split()
        return " ".join(before) in unmark(subject.words.lower() or "ke hoach van ban")

    def _parts_under(self, asked: Asked, terms: Sequence[Term], held: Sequence[Document]) -> Answer | None:
        """The parts under the one heading that bears the topic's name."""
        headed = self._headed(terms, [entry.source for entry in held if entry.source])
        return self._places.parts_of(asked.question, headed[0], asked.query.counts_parts or "") if headed[:1] else None

    def whereabouts(self, asked: Asked) -> Answer | None:
        """The places that rule on a topic, the place before its words; None where the question asks for none."""
        query = asked.query
        if "place" not in query.slots or "compare" in query.slots or query.locators:
            return None
        subject = self._subject(asked)
        held = [entry for entry in subject.entries if entry.source]
        if subject.is_named and not held:
            if not subject.entries:
                return None
            return not_held(asked.question, subject.entries[0])
        terms = self._rest(asked, held if subject.is_named else ()) or list(asked.terms)
        if not terms:
            return None
        sources = [entry.source for entry in held if entry.source]
        headed = self._headed(terms, sources)
        if headed:
            return self._say_places(asked, headed)
        ranked = self._search.rank(query, tuple(terms), sources=sources)
        if not ranked or ranked[0].support < self._bounds.supported:
            return None
        top = ranked[0]
        near = [one for one in ranked if one.score >= top.score - _NEAR and one.covered >= top.covered - _NEAR]
        passages = [self._library.knowledge.passages[one.index] for one in self._search.without_overlaps(near)]
        return self._say_places(asked, [(item.source, item.provision) for item in passages[:_MOST_PLACES]])

    def _headed(self, terms: Sequence[Term], sources: Sequence[str]) -> list[tuple[str, int]]:
        """The provisions whose heading says all of a topic, those that say least besides."""
        found: list[tuple[int, str, int]] = []
        for source in sources:
            for index, item in enumerate(self._library.knowledge.provisions[source]):
                if item.heading and coverage(terms, term_line(item.heading)) >= _HEADS:
                    found.append((len(item.heading.split()), source, index))
        found.sort(key=lambda one: one[0])
        return [(source, index) for _, source, index in found[:_MOST_PLACES]]

    def _say_places(self, asked: Asked, places: Sequence[tuple[str, int]]) -> Answer:
        draft = Draft(self._library, asked.question)
        kind = next((_PARTS[word][0] for word in _ASKED.findall(asked.query.bare) if word in _PARTS), None)
        for source, index in dict.fromkeys(places):
            item = self._library.provision(source, index)
            provisions = self._library.knowledge.provisions[source]
            cited = draft.cite(source, index, item.segments)
            around = [item, *reversed(ancestors(provisions, index))]
            shown = next((one for one in around if one.kind == kind), item)
            above = next((one for one in around if one.heading and one.kind in _WHOLE), shown)
            heading = shown.heading or above.heading
            if shown is not item:
                cited = (*draft.cite(source, provisions.index(shown), shown.segments[:1]), *cited)
            draft.say(
                "place_stands", cited, locator=self._library.located(source, shown.locator),
                heading=f" ({heading})" if heading else "",
            )  # fmt: skip
            if not item.heading:
                text = " ".join(" ".join(span.of(self._library.texts[source]) for span in item.segments).split())
                draft.say("quote", cited, locator=item.locator, quote=text)
        compose.add_as_of(draft, self._library)
        return draft.finish("answered")

    def _subject(self, asked: Asked) -> Subject:
        """The first document that the question is about and that the corpus holds, else the first."""
        subjects = self._subjects.of(asked)
        return next((one for one in subjects if any(entry.held for entry in one.entries)), subjects[0])

    def _is_one(self, asked: Asked, subject: Subject) -> bool:
        """Whether the question compares the places of several documents that it names."""
        return "compare" in asked.query.slots and len(asked.query.numbers) > 1

    def _rest(self, asked: Asked, named: Sequence[Document]) -> list[Term]:
        own = "".join(self._library.own_words[entry.key] for entry in named)
        own += "".join(f" năm {entry.date[:4]} " for entry in named if entry.date)
        kinds = " ".join(bare_line(entry.type) for entry in self._library.held.values())
        return [
            term for term in asked.terms
            if f" {term.bare} " not in f" {kinds} "
            and not any(f" {word} " in own for word in (term.text, *term.others))
        ]  # fmt: skip

    def _meant(self, asked: Asked, found: Sequence[tuple[str, int]]) -> str | None:
        """The one text whose place speaks of what the question goes on to say."""
        terms = self._rest(asked, ())
        if not terms:
            return None
        shares: dict[str, float] = {}
        for source, index in found:
            words = " ".join(
                f"{item.heading or ''} {' '.join(span.of(self._library.texts[source]) for span in item.segments)}"
                for item in (self._library.provision(source, at) for at in self._library.inside(source, index))
            )
            words += f" {self._library.title_words(self._library.held[source])}"
            shares[source] = max(shares.get(source, 0.0), coverage(terms, term_line(words)))
        first, *others = sorted(shares, key=lambda source: -shares[source])
        clear = shares[first] >= _TELLS and all(shares[first] - shares[other] >= _BELOW for other in others)
        return first if clear else None

    def _which(self, asked: Asked, found: Sequence[tuple[str, int]]) -> Answer:
        """The places of all texts that have one, and the question which is meant."""
        draft = Draft(self._library, asked.question)
        first: dict[str, int] = {}
        for source, index in found:
            first.setdefault(source, index)
        cited = {source: draft.cite(source, index, self._library.provision(source, index).segments[:1])
                 for source, index in first.items()}  # fmt: skip
        locator = self._library.provision(*found[0]).locator
        draft.say("ambiguous_places", count=len(first), place=locator)
        for source, index in first.items():
            item = self._library.provision(source, index)
            words = item.heading or " ".join(item.segments[0].of(self._library.texts[source]).split())
            words = words if len(words) <= _SHOWN else f"{words[:_SHOWN].rsplit(' ', 1)[0]} …"
            draft.say(
                "ambiguous_place", cited[source], quote=words, locator=self._library.located(source, item.locator)
            )
            draft.add_document(self._library.held[source], cited[source])
        compose.add_as_of(draft, self._library)
        return draft.finish("ambiguous")

    def _no_place(self, asked: Asked, held: Sequence[Document]) -> Answer:
        place = ", ".join(_spoken(locator) for locator in asked.query.locators)
        if len(held) == 1:
            name = display_name(held[0])
            return refusal(asked.question, "no_evidence", "not_found_place", name=name, place=place)
        return refusal(asked.question, "no_evidence", "not_found_place_anywhere", place=place)

    def _parts(self, entry: Document, counted: str) -> list[tuple[str, int]]:
        assert entry.source is not None
        provisions = self._library.knowledge.provisions[entry.source]
        kinds = _PARTS.get(counted)
        found = [
            (entry.source, index) for index, item in enumerate(provisions)
            if not item.quoted and (item.kind in kinds if kinds else item.kind in _WHOLE and item.parent is None)
        ]  # fmt: skip
        if counted == "phan" and not found:
            return self._parts(entry, "")
        return found

    def _recipients(self, entry: Document) -> list[tuple[str, int]]:
        assert entry.source is not None
        provisions = self._library.knowledge.provisions[entry.source]
        return [
            (entry.source, index) for index, item in enumerate(provisions) if item.kind == "recipients" and item.heading
        ]


def _spoken(locator: str) -> str:
    """A bare locator as it is said.

    >>> _spoken("diem dd khoan 2 dieu 11"), _spoken("chuong ii")
    ('điểm đ khoản 2 Điều 11', 'Chương II')
    """
    words = {"diem": "điểm", "khoan": "khoản", "dieu": "Điều", "chuong": "Chương", "muc": "Mục", "phu luc": "Phụ lục",
             "mau so": "Mẫu số", "dd": "đ"}  # fmt: skip
    said = re.sub(r"phu luc|mau so|\bdd\b|[a-z]+", lambda match: words.get(match[0], match[0]), locator)
    return re.sub(r"(?<=Chương )[ivx]+|(?<=Phụ lục )[ivx]+|(?<=Mục )[ivx]+", lambda match: match[0].upper(), said)
