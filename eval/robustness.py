"""What is lost when questions are typed otherwise: `python -m eval.robustness [--gold FILE] [--json OUT]`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from eval.gold import GoldCase
from eval.metrics import LABELS, MEASURES
from eval.opened import add_options, open_gold
from eval.outcomes import Assistant, Assistants, Outcome, evaluate
from eval.perturbations import PERTURBATIONS, Perturbation
from eval.statistics import Comparison, compare_all
from rag.config import read_config
from rag.errors import HoidapError
from rag.types import Answer

MAIN = ("status_accuracy", "document_top1", "document_f1", "unit_f1", "evidence_hit", "refusal", "false_refusal")
"""The measures that the table shows; the JSON has every one."""
PIPE_WIDTH = 160
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Result:
    """What one perturbation does: how many questions it changes, and each measure before and after."""

    perturbation: Perturbation
    changed: int
    comparisons: Mapping[str, Comparison]


@dataclass(frozen=True, slots=True)
class _Asked:
    """An assistant with nothing but its answers, so that no more is measured than those."""

    assistant: Assistant

    @property
    def stored_texts(self) -> Mapping[str, str]:
        return self.assistant.stored_texts

    def ask(self, question: str, history: tuple[str, ...] = ()) -> Answer:
        return self.assistant.ask(question, history)


def perturbed(case: GoldCase, perturbation: Perturbation) -> GoldCase:
    """The case with its question and the earlier ones changed; as it is where the question would grow too long."""
    question = perturbation.change(case.question)
    if len(question) > _LONGEST:
        return case
    return case.model_copy(
        update={"question": question, "history": tuple(perturbation.change(turn) for turn in case.history)}
    )


def measure_robustness(
    assistants: Assistants, cases: Sequence[GoldCase], perturbations: Iterable[Perturbation] = PERTURBATIONS
) -> tuple[Result, ...]:
    """Each perturbation against the unchanged questions. A question that it leaves alone is not asked again."""
    asked = {name: _Asked(assistant) for name, assistant in assistants.items()}
    before = evaluate(asked, cases)
    results: list[Result] = []
    for perturbation in perturbations:
        others = [perturbed(case, perturbation) for case in cases]
        changed = [index for index, case in enumerate(cases) if others[index] != case]
        after = dict(zip(changed, evaluate(asked, [others[index] for index in changed]), strict=True))
        outcomes = [after.get(index, outcome) for index, outcome in enumerate(before)]
        results.append(Result(perturbation, len(changed), compare_all(_scores(before), _scores(outcomes))))
    return tuple(results)


def _scores(outcomes: Sequence[Outcome]) -> dict[str, list[float | None]]:
    return {name: [outcome.scores[name] for outcome in outcomes] for name in MEASURES}


def result_table(results: Sequence[Result]) -> Table:
    """The main measures unchanged, then after each perturbation with the difference in points of 100."""
    table = Table(
        title="Độ bền khi câu hỏi gõ khác đi",
        caption="Trong ngoặc: chênh lệch tính theo điểm phần trăm; * là khác biệt có thật (p < 0,05, hiệu chỉnh Holm).",
        title_justify="left",
        caption_justify="left",
        box=SIMPLE_HEAD,
        pad_edge=False,
    )
    table.add_column("Thay đổi", no_wrap=True)
    table.add_column("Số câu đổi", justify="right")
    for name in MAIN:
        table.add_column(LABELS[name], justify="right")
    if results:
        table.add_row("Nguyên văn", "", *(_mean(results[0].comparisons[name].before) for name in MAIN), style="bold")
    for result in results:
        cells = (_cell(result.comparisons[name]) for name in MAIN)
        table.add_row(result.perturbation.label, str(result.changed), *cells)
    return table


def _mean(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _cell(comparison: Comparison) -> str:
    if comparison.difference is None:
        return "–"
    points = f"{100 * comparison.difference:+.1f}".replace("-", "−") if comparison.better + comparison.worse else "0"
    return f"{_mean(comparison.after)} ({points}){'*' if comparison.real else ''}"


def as_json(results: Sequence[Result], gold: Path) -> str:
    """Every measure before and after each perturbation; the same bytes for the same answers."""
    changes = {
        result.perturbation.name: {
            "label": result.perturbation.label,
            "changed": result.changed,
            "measures": {name: _values(comparison) for name, comparison in result.comparisons.items()},
        }
        for result in results
    }
    return json.dumps({"gold": gold.name, "changes": changes}, ensure_ascii=False, indent=1) + "\n"


def _values(comparison: Comparison) -> dict[str, object]:
    interval = comparison.interval
    return {
        "before": comparison.before,
        "after": comparison.after,
        "difference": comparison.difference,
        "interval": None if interval is None else [interval.low, interval.high],
        "count": comparison.count,
        "better": comparison.better,
        "worse": comparison.worse,
        "test": comparison.test,
        "p": comparison.p,
        "real": comparison.real,
    }


def main(arguments: Sequence[str] | None = None, assistant: Assistant | None = None) -> int:
    """0; 2 where the evaluation cannot start."""
    options = _parser().parse_args(arguments)
    try:
        opened = open_gold(options, read_config(), assistant)
        results = measure_robustness(opened.assistants, opened.cases)
    except HoidapError as error:
        print(error, file=sys.stderr)
        return 2
    console = Console() if sys.stdout.isatty() else Console(width=PIPE_WIDTH)
    console.print(result_table(results))
    for line in opened.left_out:
        console.print(line, highlight=False)
    if options.json:
        options.json.write_text(as_json(results, options.gold), encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval.robustness", description="Đo độ đúng khi câu hỏi được gõ khác đi: không dấu, lỗi gõ …"
    )
    add_options(parser)
    parser.add_argument("--json", type=Path, metavar="TỆP", help="ghi mọi số đo ra tệp JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
