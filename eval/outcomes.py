"""What comes of asking gold questions: the answers, their measures, and what a group of them comes to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Protocol

from eval.attribution import Answering, Attributor, Readings, Stage
from eval.gold import CLASSES, GoldCase
from eval.invariants import violations
from eval.metrics import LABELS, Trial, is_inside, measure
from eval.oracles import evidence_indexes
from eval.statistics import Estimate, estimate
from rag.answering.query import Query
from rag.answering.retrieve import Evidence
from rag.errors import UnverifiedAnswer
from rag.types import Answer, Passage

RETRIEVAL: Mapping[str, str] = {
    "evidence_rr": "Hạng căn cứ (MRR)",
    "evidence_at_10": "Căn cứ trong 10 đoạn đầu",
    "dense_rr": "Hạng căn cứ chỉ theo nghĩa (MRR)",
    "provision_at_5": "Điều, mục đúng trong 5 nơi đầu",
}
"""What is measured of the ranking of passages by itself, whatever the answer makes of it, with its name in a report."""
ALL_LABELS: Mapping[str, str] = {**LABELS, **RETRIEVAL}
"""What a reader of a report calls each measure, of the answer and of the ranking."""
_AT = 10
_PROVISIONS = 5


class Assistant(Protocol):
    """What is measured."""

    @property
    def stored_texts(self) -> Mapping[str, str]: ...

    def ask(self, question: str, history: tuple[str, ...] = ()) -> Answer: ...


Assistants = Mapping[str, Assistant]
"""By corpus."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one gold question: the answer, its measures by name, and the invariants it breaks.

    `retrieval` are the measures of the ranking of passages; `stage` is where a miss comes from, None where
    nothing is missed or it was not asked.
    """

    case: GoldCase
    answer: Answer
    scores: Mapping[str, float | None]
    violations: tuple[str, ...]
    retrieval: Mapping[str, float | None] = field(default_factory=lambda: dict.fromkeys(RETRIEVAL))
    stage: Stage | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """How many outcomes a group has, and each measure's mean over those that count, with its interval."""

    cases: int
    figures: Mapping[str, Estimate]


def evaluate(assistants: Assistants, cases: Iterable[GoldCase]) -> tuple[Outcome, ...]:
    """One outcome for each case, in order, each asked on its corpus.

    An answer that was withheld is a violation, and not_found.
    """
    return tuple(_evaluate(assistants[case.corpus], case) for case in cases)


def _evaluate(assistant: Assistant, case: GoldCase) -> Outcome:
    texts = assistant.stored_texts
    try:
        answer = assistant.ask(case.question, case.history)
        faults = violations(answer, texts)
    except UnverifiedAnswer as error:
        answer = Answer(question=case.question, status="not_found", reason="no_evidence", text="")
        faults = (f"câu trả lời bị giữ lại: {error}",)
    scores = measure(Trial(case, answer, texts))
    if not isinstance(assistant, Answering):
        return Outcome(case, answer, scores, faults)
    query = None if case.history else assistant.understand(case.question)
    return Outcome(case, answer, scores, faults, ranking(assistant, case, query))


def ranking(assistant: Answering, case: GoldCase, query: Query | None) -> dict[str, float | None]:
    """How high the passages with the gold evidence stand for a question as it was understood.

    `evidence_rr` is 1/rank of the first of them, `dense_rr` the same by cosine alone, `evidence_at_10` whether
    it is among the first ten. Counts where gold has evidence and the question names no document: one found by
    its number is not searched for. `provision_at_5` is that of `found_provision`; counts where gold has a locator.
    """
    scores: dict[str, float | None] = dict.fromkeys(RETRIEVAL)
    gold = frozenset(evidence_indexes(case, assistant.holdings))
    searched = query is not None and not query.numbers and bool(query.topic)
    if query is None or not gold or not (searched or case.locator):
        return scores
    found = assistant.retriever.evidence(query.restored or case.question, words=query.topic or None)
    if searched:
        rank, dense = _rank(found, gold), _rank(replace(found, fused=found.cosine), gold)
        scores |= {"evidence_rr": 1 / rank, "evidence_at_10": float(rank <= _AT), "dense_rr": 1 / dense}
    if case.locator:
        best = found.best(len(found.fused))
        scores["provision_at_5"] = float(found_provision(case, assistant.holdings.knowledge.passages, best, gold))
    return scores


def found_provision(case: GoldCase, passages: Sequence[Passage], best: Iterable[int], gold: Set[int]) -> bool:
    """Whether one of the first five provisions has gold evidence, or stands at the gold locator or inside it.

    `best` are the indexes of passages, best first; a provision, the narrowest one (a point, a clause, an item), is
    as good as its best passage. `gold` are the indexes of the passages with evidence: the locator counts in their
    texts alone. The whole corpus is ranked, also where the question names a document.
    """
    sources = {passages[index].source for index in gold}
    seen: set[tuple[str, int]] = set()
    for index in best:
        passage = passages[index]
        seen.add((passage.source, passage.provision))
        if len(seen) > _PROVISIONS:
            return False
        at = passage.source in sources and any(is_inside(passage.locator, outer) for outer in case.locator or ())
        if at or index in gold:
            return True
    return False


def _rank(found: Evidence, gold: frozenset[int]) -> int:
    """The place of the first gold passage, from 1."""
    return next(place for place, index in enumerate(found.best(len(found.fused)), 1) if index in gold)


def with_stages(assistants: Assistants, outcomes: Iterable[Outcome], readings: Readings) -> tuple[Outcome, ...]:
    """The outcomes, each miss with the stage that it comes from where the assistant lets its parts be replaced."""
    found = []
    for one in outcomes:
        assistant = assistants[one.case.corpus]
        if isinstance(assistant, Answering):
            find = Attributor(assistant, readings).stage
            one = replace(one, stage=find(one.case, one.scores, broken=bool(one.violations)))
        found.append(one)
    return tuple(found)


def understood(assistant: Answering, case: GoldCase) -> tuple[Query, ...]:
    """How each turn of a case is understood, the question last."""
    return tuple(assistant.understand(turn) for turn in (*case.history, case.question))


def all_scores(outcome: Outcome) -> dict[str, float | None]:
    """Every measure of an outcome, of its answer and of its ranking."""
    return {**outcome.scores, **outcome.retrieval}


def summarize(outcomes: Sequence[Outcome]) -> Summary:
    """Every measure over the outcomes where it counts."""
    rows = [all_scores(outcome) for outcome in outcomes]
    return Summary(len(outcomes), {name: estimate(row[name] for row in rows) for name in ALL_LABELS})


def by_class(outcomes: Iterable[Outcome]) -> dict[str, Summary]:
    """A summary for each class that has outcomes, in the order of the classes."""
    return {kind: summarize(group) for kind, group in grouped(outcomes).items()}


def by_corpus(outcomes: Iterable[Outcome]) -> dict[str, Summary]:
    """A summary for each corpus that has outcomes, in the order of its first question."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(outcome.case.corpus, []).append(outcome)
    return {name: summarize(group) for name, group in groups.items()}


def grouped(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    """The outcomes of each class that has any, in the order of the classes."""
    groups: dict[str, list[Outcome]] = {kind: [] for kind in CLASSES}
    for outcome in outcomes:
        groups[outcome.case.kind].append(outcome)
    return {kind: group for kind, group in groups.items() if group}
