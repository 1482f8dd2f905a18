"""A run as a file: what was measured on what, every question with its answer; and such a file read back.

Everything apart from `times` is the same, byte for byte, when the same is measured again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from eval.attribution import STAGES, Readings, Stage
from eval.gold import GoldCase
from eval.metrics import latency, missed
from eval.outcomes import Outcome, by_class, by_corpus, summarize
from eval.provenance import Values
from rag.answering.query import Query
from rag.errors import HoidapError

FORMAT = 1
BASELINE = Path(__file__).resolve().parent / "baseline.json"
_QUERY = TypeAdapter(Query)
_NOTHING: Mapping[str, object] = {
    "restored": "", "bare": "", "slots": (), "continues": False, "points_back": False, "this_document": False,
    "locators": (), "numbers": (), "types": (), "dates": (), "year": None, "topic": "",
}  # fmt: skip
"""The reading of a question that asks nothing: what a baseline leaves out."""


class ResultsError(HoidapError):
    """A file of results cannot be read."""


class Case(BaseModel):
    """One question of a run that was read back."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    kind: str = Field(alias="class")
    question: str
    history: tuple[str, ...] = ()
    scores: dict[str, float | None]
    retrieval: dict[str, float | None] = Field(default_factory=dict)
    stage: Stage | None = None
    readings: tuple[dict[str, object], ...] = ()

    @property
    def all_scores(self) -> dict[str, float | None]:
        """Every measure, of the answer and of the ranking."""
        return {**self.scores, **self.retrieval}

    @property
    def asked(self) -> tuple[str, ...]:
        """All turns, the question last."""
        return (*self.history, self.question)


class Results(BaseModel):
    """A run that was read back."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    format: int
    provenance: dict[str, object]
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """When a run was made, an ISO time, and how many seconds it took."""

    started: str
    seconds: float


def as_json(outcomes: Sequence[Outcome], provenance: Values, times: Times, left_out: Sequence[str] = ()) -> str:
    """Everything measured, as JSON: on what, overall, by corpus, by class, by stage, each question with its answer.

    `left_out` says what could not be asked. The times come last.
    """
    report = {
        "format": FORMAT,
        "provenance": provenance,
        "left_out": left_out,
        "overall": asdict(summarize(outcomes)),
        "corpora": {name: asdict(summary) for name, summary in by_corpus(outcomes).items()},
        "classes": {kind: asdict(summary) for kind, summary in by_class(outcomes).items()},
        "stages": stage_counts(outcomes),
        "cases": [_case_values(outcome) for outcome in outcomes],
        "times": _time_values(outcomes, times),
    }
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def stage_counts(outcomes: Iterable[Outcome]) -> dict[Stage, int]:
    """How many misses come from each stage, in the order of the stages."""
    found = [outcome.stage for outcome in outcomes]
    return {stage: found.count(stage) for stage in STAGES}


def _case_values(outcome: Outcome) -> dict[str, object]:
    answer = asdict(outcome.answer)
    del answer["elapsed_ms"]
    return {
        "id": outcome.case.id,
        "class": outcome.case.kind,
        "corpus": outcome.case.corpus,
        "question": outcome.case.question,
        "history": outcome.case.history,
        "scores": dict(outcome.scores),
        "retrieval": dict(outcome.retrieval),
        "missed": missed(outcome.scores),
        "stage": outcome.stage,
        "violations": outcome.violations,
        "answer": answer,
    }


def _time_values(outcomes: Sequence[Outcome], times: Times) -> dict[str, object]:
    median, high = latency(outcome.answer for outcome in outcomes) or (None, None)
    return {
        **asdict(times),
        "cpus": os.cpu_count(),
        "p50_ms": median,
        "p95_ms": high,
        "cases": {outcome.case.id: outcome.answer.elapsed_ms for outcome in outcomes},
    }


def baseline_text(outcomes: Sequence[Outcome], provenance: Values, readings: Mapping[str, Sequence[Query]]) -> str:
    """A run to be compared with later, a question a line, with the readings of those that were answered right."""
    lines = []
    for outcome in outcomes:
        case = outcome.case
        values = {
            "id": case.id, "class": case.kind, "question": case.question, "history": case.history,
            "scores": _counted(outcome.scores), "retrieval": _counted(outcome.retrieval),
            "readings": [_said(asdict(query)) for query in readings.get(case.id, ())],
        }  # fmt: skip
        lines.append("  " + json.dumps(_said(values), ensure_ascii=False, default=sorted))
    head = json.dumps({"format": FORMAT, "provenance": provenance}, ensure_ascii=False, indent=1).removesuffix("\n}")
    return head + ',\n "cases": [\n' + ",\n".join(lines) + "\n ]\n}\n"


def _counted(scores: Mapping[str, float | None]) -> dict[str, float]:
    return {name: score for name, score in scores.items() if score is not None}


def _said(values: Mapping[str, object]) -> dict[str, object]:
    """The values without those that are empty."""
    return {name: value for name, value in values.items() if value or isinstance(value, float)}


def read_results(path: Path) -> Results:
    """A run or a baseline that was written before.

    Raises: ResultsError.
    """
    try:
        found = Results.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ResultsError(f"Không đọc được {path}: {error.strerror or error}.") from error
    except ValidationError as error:
        raise ResultsError(f"{path} không phải là tệp kết quả đánh giá.") from error
    if found.format != FORMAT:
        raise ResultsError(f"{path} thuộc dạng {found.format}, chương trình này đọc dạng {FORMAT}; hãy đo lại.")
    return found


def readings_of(results: Results) -> dict[str, tuple[Query, ...]]:
    """How the turns of each question were read when it was answered right, by id.

    A reading that no longer fits what questions are read into is left out.
    """
    found: dict[str, tuple[Query, ...]] = {}
    for case in results.cases:
        try:
            queries = tuple(_QUERY.validate_python({**_NOTHING, **values}) for values in case.readings)
        except ValidationError:
            continue
        if queries:
            found[case.id] = queries
    return found


def readings_for(results: Results, cases: Iterable[GoldCase]) -> Readings:
    """The readings of a baseline for the questions that are still asked in the same words."""
    asked = {case.id: (*case.history, case.question) for case in cases}
    found = readings_of(results)
    return {one.id: found[one.id] for one in results.cases if one.id in found and asked.get(one.id) == one.asked}
