"""How documents stand to each other, as questions ask it: what replaces, guides, carries out or is based on what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rag.answering import compose
from rag.answering.asked import Asked
from rag.answering.draft import Draft, not_held, refusal
from rag.answering.holdings import Library, bare_line, display_name
from rag.answering.places import PlaceAnswers
from rag.answering.resolve import Limits, Resolver
from rag.answering.subject import Subjects
from rag.index.topics import Term, coverage
from rag.language.lexicon import document_types, question_patterns, question_words
from rag.language.normalize import alternation, unmark
from rag.types import Answer, Document, Relation, RelationKind

_KINDS: dict[str, tuple[RelationKind, ...]] = {
    "asks_replaces": ("replaces",),
    "asks_amends": ("amends",),
    "asks_details": ("details",),
    "asks_concretises": ("concretises", "implements"),
    "asks_based_on": ("based_on", "implements"),
    "asks_implements": ("implements", "concretises"),
}
_SOFT = frozenset(("asks_based_on", "asks_implements", "asks_concretises"))
"""What a sentence may say in so many ways that a relation that was not read proves nothing."""
_ENDS = re.compile(r"\b(?<!lam )(?:het|khong con|mat) (?:hieu luc|gia tri)\b")
_PASSIVE = re.compile(r"\b(?:bi|duoc)\b(?! (?:ban hanh|quy dinh tai))")
_OF = re.compile(r" (?:cua|do|cap|tu|o) ")
"""What stands before whose the documents asked for are."""
_IS_BASIS = re.compile(r"\bla (?:can cu|co so phap ly)\b(?! (?:vao|theo|tren|de)\b)")
"""What makes the basis a noun: "văn bản nào là căn cứ ban hành kế hoạch"."""
_GUIDANCE = re.compile(r" huong dan ")
_SAID = 0.6


@dataclass(frozen=True, slots=True)
class _Asking:
    """What is asked: which relation, and whether its subject (what replaces) or its object (what is replaced).

    `whose` is what the question says of the documents asked for right behind the words that ask: "của huyện".
    """

    cue: str
    subject: bool
    whose: str = ""


@dataclass(frozen=True, slots=True)
class _Stands:
    """That one document stands to another, as a relation of the one says; `answer` is the one asked for."""

    subject: Document
    object: Document
    relation: Relation
    answer: Document


class RelationAnswers:
    """Answers from the relations that the texts state; read-only."""

    def __init__(self, library: Library, resolver: Resolver, subjects: Subjects, places: PlaceAnswers) -> None:
        self._library, self._resolver, self._subjects, self._places = library, resolver, subjects, places
        self._by_key = {entry.key: entry for entry in library.knowledge.documents}

    def answer(self, asked: Asked) -> Answer | None:
        """The documents that stand to the one named as the question asks; None where it asks no such thing."""
        subjects = [one for one in self._subjects.of(asked) if one.is_named or len(one.entries) == 1]
        asking = _asking(asked, " ".join(one.words for one in subjects))
        if asking is None or not subjects or "unit" in asked.query.slots:
            return None
        anchors = [entry for one in subjects for entry in one.entries]
        if not anchors:
            return None
        found = [stands for anchor in anchors for stands in self._standing(anchor, asking)]
        limits = replace(self._whose(asked, asking), types=asked.query.types)
        found = [one for one in found if self._resolver.fits(one.answer, limits)]
        found = self._narrowed(found, self._rest(asked, anchors))
        first = anchors[0]
        if asking.cue == "asks_based_on" and not asking.subject and first.source:
            basis = self._basis(asked, first.source, limits)
            if basis is not None and len(basis.documents) >= len(found):
                return basis
        if found:
            return self._say(asked, found)
        return self._refusal(asked, asking, anchors)

    def _refusal(self, asked: Asked, asking: _Asking, anchors: Sequence[Document]) -> Answer | None:
        """That no text says so; None where another kind of answer may know."""
        first = anchors[0]
        if asking.cue == "asks_based_on" and self._whose(asked, asking) and asked.query.this_document and first.source:
            return refusal(asked.question, "no_evidence", "not_found_basis")
        carried = asking.cue == "asks_details" and any(self._library.carried_out_by(entry) for entry in anchors)
        if asking.cue in _SOFT or self._rest(asked, anchors) or carried:
            return None
        fact = first.checked
        changes = (fact.replaced_by if asking.subject else fact.replaces) if fact else ()
        if asking.cue == "asks_replaces" and changes:
            draft = Draft(self._library, asked.question)
            proof = compose.proof(draft, self._library, first)
            message = "replaced_checked" if asking.subject else "replaces_checked"
            numbers = "; ".join(f"số {change.number}" for change in changes)
            draft.say(message, proof, name=display_name(first), others=numbers)
            draft.add_document(first, proof)
            compose.add_as_of(draft, self._library)
            return draft.finish("answered")
        if not asking.subject and not first.held:
            return not_held(asked.question, first)
        return refusal(asked.question, "no_evidence", "not_found_relation", name=display_name(first))

    def _standing(self, anchor: Document, asking: _Asking) -> Iterable[_Stands]:
        """The relations of the kind asked for in which a document stands on the side that is known."""
        same = self._same(anchor)
        for entry in self._library.knowledge.documents:
            for relation in entry.relations:
                if relation.target is None or not self._is_kind(relation, entry, asking.cue):
                    continue
                target = self._by_key[relation.target]
                if asking.subject and relation.target in same and entry.key not in same:
                    yield _Stands(entry, target, relation, entry)
                if not asking.subject and entry.key in same and relation.target not in same:
                    yield _Stands(entry, target, relation, target)

    def _is_kind(self, relation: Relation, entry: Document, cue: str) -> bool:
        if relation.kind in _KINDS[cue]:
            return True
        guides = entry.type == "Hướng dẫn" or _GUIDANCE.search(bare_line(entry.title or ""))
        return cue == "asks_details" and relation.kind == "implements" and bool(guides)

    def _same(self, entry: Document) -> frozenset[str]:
        """The keys of a document and of mentions of its name that give no number."""
        title = bare_line(entry.title or entry.key)
        alike = (
            other.key for other in self._library.knowledge.documents
            if other.number is None and other.type == entry.type and bare_line(other.title or "") == title
        )  # fmt: skip
        return frozenset((entry.key, *alike))

    def _rest(self, asked: Asked, anchors: Sequence[Document]) -> list[Term]:
        """What the question says of the document asked for beyond the relation."""
        own = "".join(self._library.own_words[entry.key] for entry in anchors)
        words = question_words("relation_words")
        return [
            term for term in asked.terms
            if f" {term.text} " not in own and f" {term.bare} " not in own and not set(term.bare.split()) <= words
        ]  # fmt: skip

    def _narrowed(self, found: Sequence[_Stands], rest: Sequence[Term]) -> list[_Stands]:
        if not rest:
            return list(found)
        return [one for one in found if coverage(rest, self._library.own_words[one.answer.key]) >= _SAID]

    def _whose(self, asked: Asked, asking: _Asking) -> Limits:
        """Whose the documents asked for must be."""
        return self._resolver.said_in(asking.whose, asked.query) if asking.whose else Limits()

    def _basis(self, asked: Asked, source: str, limits: Limits) -> Answer | None:
        """The documents that the opening of a held text gives as its basis."""
        provisions = self._library.knowledge.provisions[source]
        places = [(source, index) for index, item in enumerate(provisions) if item.kind == "basis"]
        return self._places.documents(asked.question, places, limits) if places else None

    def _say(self, asked: Asked, found: Sequence[_Stands]) -> Answer:
        draft = Draft(self._library, asked.question)
        proofs = [compose.cite_relation(draft, self._library, one.subject, one.relation) for one in found]
        answers = {one.answer.key: one.answer for one in found}
        if len(answers) > 1:
            draft.say("count", count=len(answers))
        for one, proof in zip(found, proofs, strict=True):
            names = {"subject": display_name(one.subject), "object": display_name(one.object)}
            draft.say(f"relation_{one.relation.kind}", proof, **names)
        for key, entry in answers.items():
            proof = next(proof for one, proof in zip(found, proofs, strict=True) if one.answer.key == key)
            if entry.number and entry.number not in draft.quoted(proof):  # a law that is named there without its number
                proof = (*proof, *compose.proof(draft, self._library, entry))
            compose.say_document(draft, self._library, entry, proof)
        compose.add_as_of(draft, self._library)
        return draft.finish("answered")


def _asking(asked: Asked, name: str) -> _Asking | None:
    """Which relation a question asks for, and which side of it."""
    bare = asked.query.bare
    if name and unmark(name.lower()) in bare:
        plain = unmark(name.lower())
        bare = bare.replace(plain, " " * len(plain))
    question = _which().search(bare)
    if question is None:
        return None
    for cue in _KINDS:
        for pattern in question_patterns()[cue]:
            if found := re.search(pattern, bare):
                end = found.start() if found.start() > question.end() else len(bare)
                whose = bare[question.end() : end]
                return _Asking(cue, _asks_subject(bare, question, found), whose if _OF.match(whose) else "")
    return None


def _asks_subject(bare: str, question: re.Match[str], cue: re.Match[str]) -> bool:
    """Whether what stands to the other is asked for: "văn bản nào thay thế …", "… bị văn bản nào thay thế"."""
    if bare[: question.start()].rstrip().endswith(" bang"):  # "cụ thể hóa quy chế bằng quyết định nào"
        return True
    if _IS_BASIS.search(bare):
        return question.start() > cue.start()
    passive = next((one for one in _PASSIVE.finditer(bare[: cue.start()])), None)
    if _ENDS.match(bare, cue.start()) and not (passive and passive.start() < question.start() < cue.start()):
        return question.start() > cue.start()
    if passive:
        return question.start() > passive.start()
    return question.start() < cue.start()


@cache
def _which() -> re.Pattern[str]:
    """The words that ask for a document; a type that is a verb as well only where nothing stands between."""
    verbs = question_words("name_verbs")
    nouns = alternation([*(unmark(row.name.lower()) for row in document_types() if row.name not in verbs), "van ban"])
    every = alternation(unmark(row.name.lower()) for row in document_types())
    return re.compile(
        rf"\b(?:{nouns})(?: (?!viec|noi dung|van de|cai|dieu|nhung|cac)\w+){{0,2}}? (?:nao|gi|so may|so bao nhieu)\b"
        rf"|\b(?:{every}) (?:nao|so may)\b|\b(?:may|bao nhieu) (?:{nouns})\b"
        r"|(?:(?<=thay cho )|(?<=thay the )|(?<=bai bo )|(?<=sua doi )|(?<=bi )|(?<=duoc ))cai nao\b"
    )
