"""How often the answers are right: `python -m eval.run [--gold FILE] [--json OUT] [--misses]`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from eval.gold import CLASSES, DEV, GoldCase, check_gold, read_gold
from eval.invariants import violations
from eval.metrics import MEASURES, Trial, mean, measure, missed
from rag.config import read_config
from rag.errors import HoidapError, UnverifiedAnswer
from rag.types import Answer

LABELS = {
    "document_top1": "Văn bản đầu đúng",
    "document_f1": "Văn bản F1",
    "unit_f1": "Đơn vị F1",
    "evidence_hit": "Trúng căn cứ",
    "status_accuracy": "Trạng thái",
    "reason_accuracy": "Lý do",
    "refusal": "Từ chối đúng",
    "false_refusal": "Từ chối nhầm",
    "date_exact": "Ngày",
    "issuer_exact": "Nơi ban hành",
    "count_exact": "Đếm đúng",
}
PIPE_WIDTH = 140


class Assistant(Protocol):
    """What is measured."""

    @property
    def stored_texts(self) -> Mapping[str, str]: ...

    def ask(self, question: str, history: tuple[str, ...] = ()) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one gold question: the answer, its measures by name, and the invariants it breaks."""

    case: GoldCase
    answer: Answer
    scores: Mapping[str, float | None]
    violations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The means of a group of outcomes; each measure has its mean and how many cases count."""

    cases: int
    means: Mapping[str, tuple[float | None, int]]


def evaluate(assistant: Assistant, cases: Iterable[GoldCase]) -> tuple[Outcome, ...]:
    """One outcome for each case, in order. An answer that was withheld is a violation, and not_found."""
    return tuple(_evaluate(assistant, case) for case in cases)


def _evaluate(assistant: Assistant, case: GoldCase) -> Outcome:
    texts = assistant.stored_texts
    try:
        answer = assistant.ask(case.question, case.history)
        faults = violations(answer, texts)
    except UnverifiedAnswer as error:
        answer = Answer(question=case.question, status="not_found", reason="no_evidence", text="")
        faults = (f"câu trả lời bị giữ lại: {error}",)
    return Outcome(case, answer, measure(Trial(case, answer, texts)), faults)


def summarize(outcomes: Sequence[Outcome]) -> Summary:
    """The mean of every measure over the outcomes where it counts."""
    means = {name: mean(outcome.scores[name] for outcome in outcomes) for name in MEASURES}
    return Summary(len(outcomes), means)


def by_class(outcomes: Iterable[Outcome]) -> dict[str, Summary]:
    """A summary for each class that has outcomes, in the order of the classes."""
    outcomes = tuple(outcomes)
    groups = {kind: [outcome for outcome in outcomes if outcome.case.kind == kind] for kind in CLASSES}
    return {kind: summarize(group) for kind, group in groups.items() if group}


def result_table(outcomes: Sequence[Outcome]) -> Table:
    """The figures over all questions with how many count, then those of each class."""
    table = Table(title="Kết quả đánh giá", title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Nhóm câu hỏi", no_wrap=True)
    table.add_column("Số câu", justify="right")
    for name in MEASURES:
        table.add_column(LABELS[name], justify="right", max_width=8)
    overall = summarize(outcomes)
    table.add_row("Tất cả", str(overall.cases), *_figures(overall), style="bold")
    counts = [str(count) for _, count in overall.means.values()]
    table.add_row("số câu được tính", "", *counts, style="dim", end_section=True)
    for kind, summary in by_class(outcomes).items():
        table.add_row(kind, str(summary.cases), *_figures(summary))
    return table


def _figures(summary: Summary) -> list[str]:
    return ["–" if value is None else f"{value:.3f}" for value, _ in summary.means.values()]


def miss_text(outcome: Outcome) -> str:
    """The question, what was expected and what came, a line each; empty where nothing is missed."""
    names = missed(outcome.scores)
    if not names:
        return ""
    case = outcome.case
    asked = " ⏎ ".join((*case.history, case.question))
    lines = (
        f"{case.id} · {', '.join(LABELS[name] for name in names)}",
        f"  Hỏi:      {asked}",
        f"  Cần có:   {_expected(case)}",
        f"  Trả lời:  {_got(outcome.answer)}",
    )
    return "\n".join(lines)


def _expected(case: GoldCase) -> str:
    parts = [case.status if case.reason is None else f"{case.status}/{case.reason}"]
    if case.documents is not None:
        parts.append("văn bản: " + _joined(spellings[0] for spellings in case.documents))
    if case.units is not None:
        parts.append("đơn vị: " + _joined(spellings[0] for spellings in case.units))
    for value in (case.facts.date, case.facts.issuer):
        parts += [" hoặc ".join(value)] if value else []
    if case.facts.count is not None:
        parts.append(f"số lượng: {case.facts.count}")
    return " · ".join(parts)


def _got(answer: Answer) -> str:
    documents = [
        " ".join(filter(None, (found.number or found.title or found.type, found.date, found.issuer)))
        for found in answer.documents
    ]
    parts = [answer.status if answer.reason is None else f"{answer.status}/{answer.reason}"]
    parts.append("văn bản: " + _joined(documents))
    parts.append("đơn vị: " + _joined(unit.name for unit in answer.units))
    parts.append("trích: " + _joined(found.locator for found in answer.citations))
    return " · ".join(parts)


def _joined(words: Iterable[str]) -> str:
    return "; ".join(words) or "không có"


def as_json(outcomes: Sequence[Outcome], gold: Path) -> str:
    """Everything measured, as JSON: overall, by class, and each case with its answer."""
    report = {
        "gold": gold.name,
        "overall": asdict(summarize(outcomes)),
        "classes": {kind: asdict(summary) for kind, summary in by_class(outcomes).items()},
        "cases": [_case_values(outcome) for outcome in outcomes],
    }
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def _case_values(outcome: Outcome) -> dict[str, object]:
    return {
        "id": outcome.case.id,
        "class": outcome.case.kind,
        "scores": dict(outcome.scores),
        "missed": missed(outcome.scores),
        "violations": outcome.violations,
        "answer": asdict(outcome.answer),
    }


def print_report(console: Console, outcomes: Sequence[Outcome], *, misses: bool) -> None:
    """The table, the misses where they are asked for, and every violation."""
    console.print(result_table(outcomes))
    texts = [text for outcome in outcomes if (text := miss_text(outcome))]
    console.print(f"{len(texts)} trên {len(outcomes)} câu chưa đúng hoàn toàn.")
    for text in texts if misses else ():
        console.print("\n" + escape(text), highlight=False)
    broken = [(outcome.case.id, fault) for outcome in outcomes for fault in outcome.violations]
    for name, fault in broken:
        console.print(f"[bold red]Vi phạm[/] {escape(name)}: {escape(fault)}", highlight=False)
    console.print(f"{len(broken)} vi phạm các điều bất biến.")


def main(arguments: Sequence[str] | None = None, assistant: Assistant | None = None) -> int:
    """0; 1 where an answer breaks an invariant; 2 where the evaluation cannot start."""
    options = _parser().parse_args(arguments)
    try:
        cases = read_gold(options.gold)
        assistant = assistant or _open_assistant()
        check_gold(cases, assistant.stored_texts)
        outcomes = evaluate(assistant, cases)
    except HoidapError as error:
        print(error, file=sys.stderr)
        return 2
    console = Console() if sys.stdout.isatty() else Console(width=PIPE_WIDTH)
    print_report(console, outcomes, misses=options.misses)
    if options.json:
        options.json.write_text(as_json(outcomes, options.gold), encoding="utf-8")
    return int(any(outcome.violations for outcome in outcomes))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.run", description="Đo độ đúng của câu trả lời.")
    parser.add_argument("--gold", type=Path, default=DEV, metavar="TỆP", help="tệp câu hỏi chuẩn")
    parser.add_argument("--json", type=Path, metavar="TỆP", help="ghi toàn bộ kết quả ra tệp JSON")
    parser.add_argument("--misses", action="store_true", help="liệt kê từng câu chưa đúng")
    return parser


def _open_assistant() -> Assistant:
    from rag.answering.assistant import Assistant as Installed

    return Installed.open(read_config())


if __name__ == "__main__":
    sys.exit(main())
