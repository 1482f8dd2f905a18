"""Questions on how documents stand to each other, and on which part of a text names which document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from rag.language.lexicon import quiz_words
from rag.quiz import wording
from rag.quiz.entries import fact_of, near, number_name
from rag.quiz.items import Difficulty, Draft, Fact, Kind
from rag.quiz.material import Evidence, Material, document_name
from rag.types import Document, Relation, Span

_ASKED = ("implements", "details", "concretises", "amends", "replaces")
_PASSIVE = {"implements": "implemented_by", "details": "detailed_by", "concretises": "concretised_by"}
_POOL = 24
_FEWEST, _LISTED = 3, 6


@dataclass(frozen=True, slots=True)
class RelationForm:
    """Which document another one implements, details, concretises, amends or replaces; or, turned round, which does."""

    name: Literal["relation", "carrier"]
    difficulty: Difficulty
    kind: Kind = "single_choice"
    quotes: bool = True

    def facts(self, material: Material) -> Iterator[Fact]:
        for entry in material.knowledge.documents:
            for relation in entry.relations:
                target = material.entries.get(relation.target or "")
                evidence = self._evidence(material, relation)
                if relation.kind not in _ASKED or target is None or evidence is None or target.conflicts:
                    continue
                subject, other = (entry, target) if self.name == "relation" else (target, entry)
                if not (entry.number and target.number and (self.name == "relation" or relation.kind in _PASSIVE)):
                    continue
                asked = f"{subject.key}|{relation.kind}|{other.key}"
                fact = fact_of(material, self.name, subject, evidence, theme="", subject=asked)
                yield replace(fact, theme="|".join(sorted((subject.key, other.key))))

    def draft(self, material: Material, fact: Fact, random: Random) -> Draft | None:
        asked, kind, answer = self._parts(material, fact)
        subject, target = (asked, answer) if self.name == "relation" else (answer, asked)
        relation = next((one for one in subject.relations if (one.kind, one.target) == (kind, target.key)), None)
        evidence = self._evidence(material, relation) if relation else None
        if evidence is None:
            return None
        form = kind if self.name == "relation" else _PASSIVE[kind]
        words = quiz_words("relations")[kind][0]
        others = [other for other in material.numbered if other.key != asked.key]
        return Draft(
            stem=wording.stem(form, random, name=material.dated_name(asked)),
            short=wording.short_stem(form, number_name=number_name(asked)),
            right=document_name(answer),
            wrong=tuple(document_name(other) for other in near(answer, others))[:_POOL],
            explanation=wording.explanation(
                "relation", subject=document_name(subject), relation=words, target=material.dated_name(target)
            ),
            citation=material.citation(evidence),
        )

    def holds(self, material: Material, fact: Fact, option: str) -> bool:
        asked, _, answer = self._parts(material, fact)
        entry = material.named(option)
        if entry is None:
            return False
        if entry.key == answer.key:
            return True
        one, other = (asked, entry) if self.name == "relation" else (entry, asked)
        return self._stands(material, one, other)

    def anchors(self, material: Material, fact: Fact) -> tuple[str, ...]:
        return (str(self._parts(material, fact)[0].number),)

    def _stands(self, material: Material, one: Document, other: Document) -> bool:
        """Whether the corpus says of a document, in whatever words, that it carries another one out."""
        if any(relation.target == other.key for relation in one.relations):
            return True
        if other.number and other.number in material.holdings.numbers_in_title(one):
            return True
        return one.source is not None and bool(material.documents_in_text(one.source) & {other.key})

    def _parts(self, material: Material, fact: Fact) -> tuple[Document, str, Document]:
        asked, kind, answer = fact.subject.rsplit("|", 2)
        return material.entries[asked], kind, material.entries[answer]

    def _evidence(self, material: Material, relation: Relation) -> Evidence | None:
        """The mention that names the subject with the other document, or the clause that says it."""
        if relation.mention is None:
            return None
        mention = material.knowledge.references[relation.mention]
        index = material.holdings.passage_at(mention.source, mention.span)
        if index is None:
            return None
        segments = material.knowledge.passages[index].segments
        provision = material.knowledge.passages[index].provision
        span = Span(segments[0].start, segments[-1].end)
        return (mention.source, provision, span) if material.is_whole(mention.source, provision, span) else None


@dataclass(frozen=True, slots=True)
class BasisForm:
    """Which document a held text names as what it is made to carry out."""

    name: str = "basis"
    kind: Kind = "single_choice"
    difficulty: Difficulty = "understand"
    quotes: bool = True

    def facts(self, material: Material) -> Iterator[Fact]:
        for source, provisions in material.knowledge.provisions.items():
            for index, provision in enumerate(provisions):
                keys = material.documents_in.get((source, index), frozenset())
                if provision.kind == "basis" and len(keys) == 1:
                    fact = material.fact(self.name, source, index, subject=str(index), theme="basis")
                    yield replace(fact, documents=tuple(keys), about=tuple(keys))

    def draft(self, material: Material, fact: Fact, random: Random) -> Draft | None:
        entry = material.entries[fact.documents[0]]
        index = int(fact.subject.rsplit("|", 1)[1])
        line = material.provision(fact.source, index)
        if not entry.number:
            return None
        return Draft(
            stem=wording.stem(self.name, random, name=wording.as_option(material.held_name(fact.source))),
            right=document_name(entry),
            wrong=tuple(document_name(other) for other in near(entry, material.numbered))[:_POOL],
            explanation=wording.explanation(
                "text", place=line.locator, text=material.printed(fact.source, line.segments)
            ),
            citation=material.citation((fact.source, index, Span(line.start, line.end))),
        )

    def holds(self, material: Material, fact: Fact, option: str) -> bool:
        entry = material.named(option)
        return entry is not None and any(
            entry.key in material.documents_in.get((fact.source, index), ())
            for index, provision in enumerate(material.knowledge.provisions[fact.source])
            if provision.kind == "basis"
        )

    def anchors(self, material: Material, fact: Fact) -> tuple[str, ...]:
        return ("căn cứ",)


@dataclass(frozen=True, slots=True)
class CitedForm:
    """Which document a section names, or which of four it does not."""

    name: Literal["cited_in", "not_cited_in"]
    difficulty: Difficulty = "understand"
    kind: Kind = "single_choice"

    @property
    def quotes(self) -> bool:
        return self.name == "cited_in"

    def facts(self, material: Material) -> Iterator[Fact]:
        for source in material.texts:
            text = material.documents_in_text(source)
            for index, _ in material.sections(source):
                inside = material.documents_in.get((source, index), frozenset())
                if len(inside) < (1 if self.name == "cited_in" else _FEWEST) or len(text - inside) < _FEWEST:
                    continue
                for key in sorted(inside if self.name == "cited_in" else text - inside):
                    entry = material.entries[key]
                    if entry.number and not entry.conflicts and material.telling(entry, ()):
                        subject = f"{index}|{key}"
                        fact = material.fact(self.name, source, index, subject=subject, theme=subject)
                        yield replace(fact, documents=(key,))

    def draft(self, material: Material, fact: Fact, random: Random) -> Draft | None:
        entry, index = material.entries[fact.documents[0]], self._index(fact)
        provision = material.provision(fact.source, index)
        inside = material.documents_in[fact.source, index]
        wanted = material.documents_in_text(fact.source) - inside if self.name == "cited_in" else inside
        others = [one for one in material.numbered if one.key in wanted and not one.conflicts]
        evidence = self._evidence(material, fact, entry, others)
        if evidence is None:
            return None
        cited = [number_name(one) for one in material.numbered if one.key in inside]
        listed = "; ".join(cited[:_LISTED]) + (" …" if len(cited) > _LISTED else "")
        if self.name == "cited_in":
            listed = number_name(entry)
        return Draft(
            stem=wording.stem(
                self.name, random, heading=str(provision.heading), locator=provision.locator,
                name=material.held_name(fact.source),
            ),
            right=document_name(entry),
            wrong=tuple(document_name(other) for other in near(entry, others))[:_POOL],
            explanation=wording.explanation(
                "cited" if self.name == "cited_in" else "not_cited",
                heading=str(provision.heading), locator=provision.locator, cited=listed, right=document_name(entry),
            ),
            citation=material.citation(evidence),
        )  # fmt: skip

    def holds(self, material: Material, fact: Fact, option: str) -> bool:
        entry = material.named(option)
        if entry is None:
            return False
        inside = entry.key in material.documents_in[fact.source, self._index(fact)]
        return inside if self.name == "cited_in" else not inside

    def anchors(self, material: Material, fact: Fact) -> tuple[str, ...]:
        return (fact.locator, *(() if self.name == "cited_in" else ("không",)))

    def _index(self, fact: Fact) -> int:
        return int(fact.subject.removeprefix(f"{fact.source}|").split("|")[0])

    def _evidence(self, material: Material, fact: Fact, entry: Document, others: list[Document]) -> Evidence | None:
        """The mention inside the section: of the document itself, or of another one that is no answer."""
        within = set(material.holdings.inside(fact.source, self._index(fact)))
        for one in [entry] if self.name == "cited_in" else others:
            for mention in material.mentions(one):
                place = (mention.source, mention.provision, mention.span)
                if mention.source == fact.source and mention.provision in within and material.is_whole(*place):
                    return place
        return None
