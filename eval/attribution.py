"""Where a miss comes from: the question is asked again with one stage after the other put right by gold.

The stages stand in the order in which an answer is made. The first whose gold mends everything that the
answer missed, by itself or together with the stages before it, is the stage that went wrong; what no gold
mends is left to the decision where only the status is wrong, else to the wording.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, get_args, runtime_checkable

from eval.gold import GoldCase
from eval.metrics import Trial, measure, missed
from eval.oracles import GoldFirst, Remembered, gold_documents, gold_passages, gold_readings, with_documents, with_units
from rag.answering.bounds import Bounds
from rag.answering.decide import Decider
from rag.answering.following import Focus
from rag.answering.holdings import Library
from rag.answering.query import Query
from rag.answering.retrieve import Retriever
from rag.answering.verify import faults
from rag.types import Answer, Document

Stage = Literal["question", "evidence", "decision", "document", "unit", "wording"]
STAGES: tuple[Stage, ...] = get_args(Stage)
STAGE_LABELS: Mapping[Stage, str] = {
    "question": "Hiểu câu hỏi",
    "evidence": "Tìm căn cứ",
    "decision": "Quyết định trả lời hay từ chối",
    "document": "Chọn văn bản",
    "unit": "Chọn đơn vị",
    "wording": "Diễn đạt, trích dẫn",
}
ANSWER_ALL = Bounds(supported=0.0, within=0.0, outside=0.0, inside=0.0, inside_duty=0.0, odds=-math.inf)
"""Nothing is refused for want of support."""
_OF_DECISION = frozenset(("status_accuracy", "reason_accuracy", "refusal", "false_refusal"))

Readings = Mapping[str, Sequence[Query]]
"""By the id of a question, how its turns were understood when it was answered right; the question is the last."""


_Step = Callable[[str, Query, Focus], tuple[Answer, Focus]]
"""Answers one turn of a conversation, and says what it is about after it."""


@runtime_checkable
class Answering(Protocol):
    """The parts of an assistant that gold can take the place of."""

    @property
    def holdings(self) -> Library: ...

    @property
    def retriever(self) -> Retriever: ...

    @property
    def bounds(self) -> Bounds: ...

    def understand(self, question: str) -> Query: ...


@dataclass(frozen=True, slots=True)
class Attributor:
    """Finds the stages of misses by asking again; read-only."""

    assistant: Answering
    readings: Readings

    def stage(self, case: GoldCase, scores: Mapping[str, float | None], *, broken: bool = False) -> Stage | None:
        """The stage that a question's miss comes from; None where nothing is missed.

        `broken` says that the answer broke an invariant: with nothing else missed, that is the wording.
        """
        names = missed(scores)
        if not names:
            return "wording" if broken else None
        retriever = Remembered(self.assistant.retriever)
        for place, stage in enumerate(STAGES[:-1]):
            for given in dict.fromkeys((frozenset([stage]), frozenset(STAGES[: place + 1]))):
                if any(self._mends(case, answer, names) for answer in self._answers(case, given, retriever)):
                    return stage
        return "decision" if set(names) <= _OF_DECISION else "wording"

    def _mends(self, case: GoldCase, answer: Answer, names: Sequence[str]) -> bool:
        """Whether an answer misses nothing of what was missed; one that would be withheld mends nothing."""
        library = self.assistant.holdings
        if faults(answer, library.texts, library.checked):
            return False
        scores = measure(Trial(case, answer, library.texts))
        return not set(names) & set(missed(scores))

    def _answers(self, case: GoldCase, given: frozenset[Stage], retriever: Retriever) -> Iterator[Answer]:
        """The answers of a run in which gold takes the place of some stages, likeliest first."""
        if "decision" in given and case.status == "not_found":
            yield Answer(question=case.question, status="not_found", reason=case.reason, text="")
            return
        if "evidence" in given and case.status == "not_found":
            return
        decider, library = self._decider(case, given, retriever)
        for turns in self._turns(case, gold="question" in given):
            yield _answer(case, turns, decider.answer)
            if "document" in given and (documents := gold_documents(case, library.knowledge)):
                yield _answer(case, turns, _about(decider, documents))

    def _decider(self, case: GoldCase, given: frozenset[Stage], retriever: Retriever) -> tuple[Decider, Library]:
        library = self.assistant.holdings
        if "document" in given:
            library = with_documents(case, library)
        if "unit" in given:
            library = with_units(case, library)
        first = gold_passages(case, library) if "evidence" in given else ()
        ranked = GoldFirst(retriever, library.knowledge.passages, first)
        bounds = ANSWER_ALL if "decision" in given else self.assistant.bounds
        return Decider(library, ranked, bounds), library

    def _turns(self, case: GoldCase, *, gold: bool) -> Iterator[tuple[Query, ...]]:
        """How the turns of a case are understood; by gold, the readings on record or what gold asks for."""
        known = self.readings.get(case.id)
        if gold and known:
            yield tuple(known)
            return
        own = tuple(self.assistant.understand(turn) for turn in (*case.history, case.question))
        if not gold:
            yield own
            return
        for reading in gold_readings(case, own[-1]):
            yield (*own[:-1], reading)


def _about(decider: Decider, documents: Sequence[Document]) -> _Step:
    return lambda question, query, focus: (decider.about(question, query, documents), focus)


def _answer(case: GoldCase, turns: Sequence[Query], answer: _Step) -> Answer:
    focus, found = Focus(), None
    for text, query in zip((*case.history, case.question), turns, strict=True):
        found, focus = answer(text, query, focus)
    assert found is not None  # a case has a question
    return found
