"""From when to when documents are in force, as their own texts, those that end them, or checked facts say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from rag.answering import compose
from rag.answering.asked import Asked
from rag.answering.draft import Draft, not_held, refusal, wording
from rag.answering.facts import FactAnswers
from rag.answering.holdings import Library, display_name
from rag.answering.places import PlaceAnswers
from rag.answering.query import lead_type
from rag.answering.resolve import FACT_SLOTS
from rag.answering.subject import Subject, Subjects
from rag.index.topics import Term
from rag.language.dates import iso_date, spoken_date
from rag.language.lexicon import document_types, question_words
from rag.language.normalize import alternation, fold
from rag.types import Answer, Change, Document

_HEAD = re.compile(r"\bhiệu lực (?:thi hành )?(?:kể )?(?:từ )?(?:ngày )?(?=\d)")
_DAY = re.compile(r"(?P<d>\d{1,2})(?:[/.-]| tháng )(?P<m>\d{1,2})(?:[/.-]| năm )(?P<y>\d{4})")
_SIGNING = re.compile(r"từ ngày (?:ký|ban hành)")
_FIRST = re.compile(r"\b(?:dau tien|thu nhat)\b")
_HEAD_KINDS = frozenset(("front", "basis"))


@dataclass(frozen=True, slots=True)
class _Start:
    """From when a document is in force: `day` where it is told, `passage` where its own text says so."""

    day: str | None
    passage: int | None


class EffectAnswers:
    """Answers about the force of documents; read-only."""

    def __init__(self, library: Library, subjects: Subjects, facts: FactAnswers, places: PlaceAnswers) -> None:
        self._library, self._subjects, self._facts, self._places = library, subjects, facts, places

    def answer(self, asked: Asked) -> Answer | None:
        """From when a document is in force, or whether it still is; None where the question asks neither."""
        slots = asked.query.slots & {"effective", "ended"}
        if not slots:
            return None
        noted = self._noted(asked) if asked.query.locators else []
        if asked.query.locators and len(noted) != 1:
            return None
        subjects = [Subject(noted[0].key, (noted[0],))] if noted else self._subjects.with_named_laws(asked)
        if not any(one.entries for one in subjects) or (not noted and self._asks_more(asked, subjects)):
            return None
        open_one = next((one for one in subjects if len(one.entries) > 1), None)
        if open_one and len(subjects) == 1:
            return self._choose(asked, open_one)
        entries = [one.entries[0] for one in subjects if one.entries]
        return (self._standing if "ended" in slots else self._starting)(asked, entries)

    def _noted(self, asked: Asked) -> list[Document]:
        """The documents of the kind asked about that named places cite; of "the first" that alone."""
        query = asked.query
        first = _FIRST.search(query.bare) is not None
        kinds = query.types or lead_type(query.bare)
        if not (first or kinds or "document" in query.slots):
            return []
        places = self._places.find(query, list(self._library.held))
        inside = {(source, at) for source, index in places for at in self._library.inside(source, index)}
        cited = [
            entry for passage in self._library.knowledge.passages
            if (passage.source, passage.provision) in inside and len(passage.references) == 1
            for entry in self._library.cited(passage)
        ]  # fmt: skip
        of_kind = list({entry.key: entry for entry in cited if not kinds or entry.type in kinds}.values())
        return of_kind[:1] if first else of_kind

    def _asks_more(self, asked: Asked, subjects: Sequence[Subject]) -> bool:
        """Whether the question speaks of the force of something else than a document: a decision of villagers."""
        named = [entry for one in subjects if one.is_named for entry in one.entries]
        words = "".join(self._library.own_words[entry.key] for entry in named)
        return any(f" {term.text} " not in words for term in without_effect(asked.terms))

    def _choose(self, asked: Asked, one: Subject) -> Answer:
        """Which of several documents is meant, those with a text of their own first."""
        known = [entry for entry in one.entries if self._start(entry)] or list(one.entries)
        if len(known) == 1:
            return self._starting(asked, known)
        starts = {entry.key: start for entry in known if (start := self._start(entry))}
        if len(starts) < len(known):
            return self._facts.ambiguous(asked.question, one.words, known)
        draft = Draft(self._library, asked.question)
        proofs = [self._cite(draft, entry, starts[entry.key]) for entry in known]
        message = "ambiguous" if one.words else "ambiguous_unnamed"
        every = [number for numbers in proofs for number in numbers]
        draft.say(message, every, count=len(known), asked=one.words)
        for entry, numbers in zip(known, proofs, strict=True):
            self._say_start(draft, entry, starts[entry.key], numbers)
        compose.add_as_of(draft, self._library)
        return draft.finish("ambiguous")

    def _starting(self, asked: Asked, entries: Sequence[Document]) -> Answer:
        draft = Draft(self._library, asked.question)
        told: list[tuple[Document, _Start]] = []
        for entry in entries:
            start = self._start(entry)
            if start is not None:
                told.append((entry, start))
        if not told:
            first = entries[0]
            if first.held:
                return refusal(asked.question, "no_evidence", "not_found_effect", name=display_name(first))
            return not_held(asked.question, first)
        proofs = {entry.key: self._cite(draft, entry, start) for entry, start in told}
        claim = self._wrong_day(asked, told) if len(told) == 1 else None
        if claim:
            draft.say("corrected", proofs[told[0][0].key], claim=claim)
        for entry, start in told:
            self._say_start(draft, entry, start, proofs[entry.key])
        self._say_order(draft, told, proofs)
        compose.add_as_of(draft, self._library)
        return draft.finish("corrected" if claim else "answered")

    def _say_start(self, draft: Draft, entry: Document, start: _Start, proof: Sequence[int]) -> None:
        checked = start.passage is None
        if start.day:
            message = "effect_checked" if checked else "effect_start"
            draft.say(message, proof, name=display_name(entry), date=spoken_date(start.day))
        if start.passage is not None:
            passage = self._library.knowledge.passages[start.passage]
            draft.say("quote", proof, locator=self._library.place_name(passage), quote=passage.text)
        draft.add_document(entry, proof)

    def _say_order(
        self, draft: Draft, told: Sequence[tuple[Document, _Start]], proofs: dict[str, tuple[int, ...]]
    ) -> None:
        dated = sorted(((start.day, entry) for entry, start in told if start.day), key=lambda one: one[0])
        for (one_day, one), (other_day, other) in pairwise(dated):
            message = "effect_same" if one_day == other_day else "effect_before"
            draft.say(
                message, (*proofs[one.key], *proofs[other.key]), first=display_name(one), second=display_name(other)
            )

    def _standing(self, asked: Asked, entries: Sequence[Document]) -> Answer:
        """What the texts say of the end of a document, and from when it is in force."""
        entry = entries[0]
        draft = Draft(self._library, asked.question)
        own = compose.proof(draft, self._library, entry)
        facts = asked.query.slots & FACT_SLOTS
        if facts:
            compose.say_document(draft, self._library, entry, own, asked=facts)
        ended = self._say_changes(draft, entry, own)
        start = self._start(entry)
        if not ended and start is None and not facts:
            return refusal(asked.question, "no_evidence", "not_found_effect", name=display_name(entry))
        if start is not None:
            self._say_start(draft, entry, start, self._cite(draft, entry, start))
        if not ended:
            draft.say("effect_no_end", own, name=display_name(entry))
        draft.add_document(entry, own)
        compose.add_as_of(draft, self._library)
        return draft.finish("answered")

    def _say_changes(self, draft: Draft, entry: Document, own: Sequence[int]) -> bool:
        """Says which documents end or amend one; whether any ends it."""
        ended = False
        told: set[str] = set()
        for other in self._library.knowledge.documents:
            for relation in other.relations:
                if relation.target == entry.key and relation.kind in ("replaces", "amends"):
                    proof = compose.cite_relation(draft, self._library, other, relation)
                    message = f"relation_{relation.kind}"
                    draft.say(message, proof, subject=display_name(other), object=display_name(entry))
                    draft.add_document(other, proof)
                    ended = ended or relation.kind == "replaces"
                    told.add(other.number or "")
        fact = entry.checked
        if fact is None:
            return ended
        if fact.effective_to:
            draft.say("effect_end_checked", own, name=display_name(entry), date=spoken_date(fact.effective_to))
            ended = True
        for message, changes in (("replaced_checked", fact.replaced_by), ("amended_checked", fact.amended_by)):
            left = [change for change in changes if change.number not in told]
            if left:
                draft.say(message, own, name=display_name(entry), others=_numbers(left))
                ended = ended or message == "replaced_checked"
        return ended

    def _cite(self, draft: Draft, entry: Document, start: _Start) -> tuple[int, ...]:
        if start.passage is not None:
            return draft.cite_passage(start.passage)
        return compose.proof(draft, self._library, entry)

    def _start(self, entry: Document) -> _Start | None:
        """From when a document is in force by its own text, else by a checked fact."""
        if entry.source:
            passages = self._library.knowledge.passages
            own = [at for at, item in enumerate(passages) if item.source == entry.source and item.kind == "clause"]
            for pattern, head in ((_own(), False), (_HEAD, True)):
                for at in own:
                    provision = self._library.provision(entry.source, passages[at].provision)
                    text = fold(passages[at].text)
                    found = pattern.search(text) if not provision.quoted else None
                    if found and (not head or provision.kind in _HEAD_KINDS):
                        return _Start(_day(text[found.start() :], entry), at)
        fact = entry.checked
        return _Start(fact.effective_from, None) if fact and fact.effective_from else None

    def _wrong_day(self, asked: Asked, told: Sequence[tuple[Document, _Start]]) -> str | None:
        """The day that the question gives where another is told."""
        [(entry, start)] = told
        others = [day for day in asked.limits.dates if day not in (start.day, entry.date)]
        if not others or start.day is None:
            return None
        return wording("claim_effect", claimed=spoken_date(others[0]), known=spoken_date(start.day))


def without_effect(terms: Sequence[Term]) -> list[Term]:
    """The words of a topic that do not just ask for the force of a document."""
    spoken = question_words("effect_words")
    return [term for term in terms if not set(term.bare.split()) <= spoken]


def _day(text: str, entry: Document) -> str | None:
    """The day that a sentence on coming into force gives."""
    signing = _SIGNING.search(text)
    found = _DAY.search(text)
    if signing and (found is None or signing.start() < found.start()):
        return entry.date
    return iso_date(*found.group("d", "m", "y")) if found else None


def _numbers(changes: Sequence[Change]) -> str:
    return "; ".join(
        f"số {change.number}" + (f" (từ ngày {spoken_date(change.date)})" if change.date else "") for change in changes
    )


@cache
def _own() -> re.Pattern[str]:
    """A document's provision on its own force: "Nghị định này có hiệu lực thi hành kể từ ngày …"."""
    kind = alternation([*(fold(row.name) for row in document_types()), "văn bản"])
    return re.compile(
        rf"(?:(?<!\w)(?<!của )(?<!tại )(?<!theo )(?<!ngày )(?:{kind}) này (?:[^.;]{{0,40}} )?"
        rf"|^(?:điều \d+\. )?(?:{kind}) )"
        r"(?:bắt đầu )?có hiệu lực (?:thi hành )?(?:kể )?từ "
    )
