"""Faults seeded into one stage after the other: the gate must find each, and name the stage that it is in."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from numpy.typing import NDArray

from eval.attribution import Stage
from eval.corpora import OWN
from eval.gate import Verdict, judge, updated
from eval.gold import DEV, GoldCase, read_gold
from eval.results import Results
from rag.answering.assistant import Assistant
from rag.answering.bounds import BOUNDS, Bounds
from rag.answering.holdings import Library
from rag.answering.query import Query
from rag.answering.retrieve import EvidenceRetriever
from rag.config import Config
from rag.index.encoder import Encoder, load_encoder
from rag.index.snapshot import Knowledge, Snapshot, open_snapshot
from rag.index.vectors import VectorIndex
from rag.index.words import WordIndex
from rag.language.diacritics import DiacriticsRestorer
from rag.types import Document

pytestmark = [pytest.mark.integration, pytest.mark.slow]

Vectors = NDArray[np.float32]


@dataclass
class RememberingEncoder:
    """Encodes each question once for all mutations."""

    inner: Encoder
    known: dict[str, Vectors] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.inner.name

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        for text in texts:
            if text not in self.known:
                self.known[text] = self.inner.encode_queries([text])[0]
        return np.stack([self.known[text] for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self.inner.encode_passages(texts)


@dataclass(frozen=True)
class Parts:
    """What an assistant is made of, each of which a mutation may replace."""

    snapshot: Snapshot
    vectors: VectorIndex
    words: WordIndex
    encoder: Encoder

    def assistant(
        self,
        knowledge: Knowledge | None = None,
        *,
        vectors: object = None,
        words: object = None,
        bounds: Bounds = BOUNDS,
        kind: type[Assistant] = Assistant,
    ) -> Assistant:
        known = knowledge or self.snapshot.knowledge
        retriever = EvidenceRetriever(
            known.passages,
            vectors=vectors or self.vectors,  # type: ignore[arg-type]
            words=words or self.words,  # type: ignore[arg-type]
            encoder=self.encoder,
            dense_weight=0.5,
            calibration=self.snapshot.calibration,
        )
        return kind(Library(known), retriever, DiacriticsRestorer(self.snapshot.diacritics), bounds=bounds)

    def with_documents(self, change: Callable[[Document], Document]) -> Assistant:
        known = self.snapshot.knowledge
        return self.assistant(replace(known, documents=tuple(change(entry) for entry in known.documents)))


@pytest.fixture(scope="module")
def parts(plan_config: Config) -> Parts:
    snapshot = open_snapshot(plan_config)
    encoder = RememberingEncoder(load_encoder(plan_config.encoder))
    return Parts(snapshot, VectorIndex.open(snapshot.vectors), WordIndex.open(snapshot.words), encoder)


@pytest.fixture(scope="module")
def cases() -> tuple[GoldCase, ...]:
    """Every third question on the plan: each fault must show in these, and the gate itself asks them all."""
    return tuple(case for case in read_gold(DEV) if case.corpus == OWN)[::3]


@pytest.fixture(scope="module")
def baseline(parts: Parts, cases: tuple[GoldCase, ...], plan_config: Config) -> Results:
    return Results.model_validate_json(updated({OWN: parts.assistant()}, cases, DEV, {OWN: plan_config}))


def wrong_issuer(parts: Parts) -> Assistant:
    """The province's standing committee is taken for the district's."""
    names = {"Ban Thường vụ Tỉnh ủy": "Ban Thường vụ Huyện ủy"}
    return parts.with_documents(lambda entry: replace(entry, issuer=names.get(entry.issuer or "", entry.issuer)))


def wrong_date(parts: Parts) -> Assistant:
    """The day of every decision is read one too late."""

    def later(entry: Document) -> Document:
        if entry.type != "Quyết định" or not entry.date or len(entry.date) != 10:
            return entry
        return replace(entry, date=f"{entry.date[:8]}{(int(entry.date[8:]) % 28) + 1:02}")

    return parts.with_documents(later)


def dropped_footnotes(parts: Parts) -> Assistant:
    """What the footnotes cite is not read."""
    known = parts.snapshot.knowledge
    gone = {
        index for index, one in enumerate(known.references)
        if known.provisions[one.source][one.provision].kind == "footnote"
    }  # fmt: skip
    assert gone
    documents = [replace(one, mentions=tuple(m for m in one.mentions if m not in gone)) for one in known.documents]
    passages = tuple(
        replace(one, references=tuple(index for index in one.references if index not in gone)) for one in known.passages
    )
    left = tuple(one for one in documents if one.mentions or one.source)
    return parts.assistant(replace(known, documents=left, passages=passages))


@dataclass(frozen=True)
class ShuffledVectors:
    """Gives each passage the similarity of another one."""

    inner: VectorIndex

    def similarities(self, vector: Vectors) -> dict[str, float]:
        found = self.inner.similarities(vector)
        names, values = sorted(found), [found[name] for name in sorted(found)]
        random.Random(1).shuffle(values)
        return dict(zip(names, values, strict=True))


@dataclass(frozen=True)
class MovedWords:
    """Gives each passage the word score of one some places before it."""

    inner: WordIndex

    def scores(self, field: str, tokens: Sequence[str]) -> Vectors:
        return np.roll(self.inner.scores(field, tokens), 17)

    def idf(self, field: str, token: str) -> float:
        return self.inner.idf(field, token)


def shuffled_dense_scores(parts: Parts) -> Assistant:
    return parts.assistant(vectors=ShuffledVectors(parts.vectors))


def moved_word_scores(parts: Parts) -> Assistant:
    return parts.assistant(words=MovedWords(parts.words))


def threshold_up(parts: Parts) -> Assistant:
    return parts.assistant(bounds=Bounds(supported=1.3, within=1.2))


def threshold_down(parts: Parts) -> Assistant:
    return parts.assistant(bounds=Bounds(supported=0.2, within=0.1, spoken_of_duty=0.0, odds=-4.0))


def swapped_units(parts: Parts) -> Assistant:
    """Each unit's duties are given to the next unit."""
    known = parts.snapshot.knowledge
    places = {one.unit: one.unit_span for one in known.assignments if one.unit}
    names = sorted(name for name in places if name)
    after = dict(zip(names, [*names[1:], names[0]], strict=True))
    swapped = tuple(
        replace(one, unit=after[one.unit], unit_span=places[after[one.unit]]) if one.unit else one
        for one in known.assignments
    )
    return parts.assistant(replace(known, assignments=swapped))


class Misreading(Assistant):
    """Does not see what is asked for."""

    def understand(self, question: str) -> Query:
        return replace(super().understand(question), slots=frozenset())


def misread_slots(parts: Parts) -> Assistant:
    return parts.assistant(kind=Misreading)


MUTATIONS: tuple[tuple[Callable[[Parts], Assistant], Stage], ...] = (
    (wrong_issuer, "document"),
    (wrong_date, "document"),
    (dropped_footnotes, "document"),
    (shuffled_dense_scores, "evidence"),
    (moved_word_scores, "evidence"),
    (threshold_up, "decision"),
    (threshold_down, "decision"),
    (swapped_units, "unit"),
    (misread_slots, "question"),
)


def found_fault(verdict: Verdict) -> str:
    lost = sum(verdict.stages.values())
    measures = ", ".join(f"{drop.measure} ({drop.group})" for drop in verdict.drops[:3])
    return f"{len(verdict.drops)} drops, {lost} questions lost, by stage {verdict.stages}: {measures}"


@pytest.mark.parametrize(("mutation", "stage"), MUTATIONS, ids=[mutation.__name__ for mutation, _ in MUTATIONS])
def test_the_gate_finds_the_fault_and_names_its_stage(
    mutation: Callable[[Parts], Assistant],
    stage: Stage,
    parts: Parts,
    cases: tuple[GoldCase, ...],
    baseline: Results,
) -> None:
    verdict = judge({OWN: mutation(parts)}, cases, baseline)
    print(found_fault(verdict))
    assert not verdict.passed
    assert next(iter(verdict.stages)) == stage, found_fault(verdict)


def test_without_a_fault_the_gate_passes(parts: Parts, cases: tuple[GoldCase, ...], baseline: Results) -> None:
    verdict = judge({OWN: parts.assistant()}, cases, baseline)
    assert verdict.passed
    assert not verdict.lost
