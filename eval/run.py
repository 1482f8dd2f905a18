"""How often the answers are right: `python -m eval.run [--gold FILE] [--corpus NAME …] [--json OUT] [--html OUT]`."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from eval.attribution import STAGE_LABELS, Readings
from eval.gold import GoldCase
from eval.metrics import LABELS, latency, missed
from eval.misses import miss_text
from eval.opened import add_options, open_gold
from eval.outcomes import RETRIEVAL, Assistant, Outcome, Summary, by_class, by_corpus, evaluate, summarize, with_stages
from eval.provenance import provenance
from eval.report import page
from eval.results import BASELINE, Times, as_json, read_results, readings_for, stage_counts
from rag.config import read_config
from rag.errors import HoidapError

PIPE_WIDTH = 160


def result_table(outcomes: Sequence[Outcome]) -> Table:
    """The figures over all questions with their intervals and how many count, then by corpus and by class.

    A measure that counts for no question has no column.
    """
    overall = summarize(outcomes)
    shown = [name for name in LABELS if overall.figures[name].count]
    table = Table(title="Kết quả đánh giá", title_justify="left", box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("Nhóm câu hỏi", no_wrap=True)
    table.add_column("Số câu", justify="right")
    for name in shown:
        table.add_column(LABELS[name], justify="right", max_width=8)
    table.add_row("Tất cả", str(overall.cases), *_figures(overall, shown), style="bold")
    spans = [overall.figures[name].interval for name in shown]
    table.add_row("khoảng 95%, từ", "", *("–" if span is None else f"{span.low:.3f}" for span in spans), style="dim")
    table.add_row("khoảng 95%, đến", "", *("–" if span is None else f"{span.high:.3f}" for span in spans), style="dim")
    counts = [str(overall.figures[name].count) for name in shown]
    table.add_row("số câu được tính", "", *counts, style="dim", end_section=True)
    for name, summary in by_corpus(outcomes).items():
        table.add_row(f"kho {name}", str(summary.cases), *_figures(summary, shown))
    table.add_section()
    for kind, summary in by_class(outcomes).items():
        table.add_row(kind, str(summary.cases), *_figures(summary, shown))
    return table


def _figures(summary: Summary, names: Iterable[str]) -> list[str]:
    means = [summary.figures[name].mean for name in names]
    return ["–" if value is None else f"{value:.3f}" for value in means]


def print_report(console: Console, outcomes: Sequence[Outcome], left_out: Sequence[str], *, misses: bool) -> None:
    """The table, the ranking, the misses by stage, each where they are asked for, and every violation."""
    console.print(result_table(outcomes))
    for line in (*left_out, *_summary_lines(outcomes)):
        console.print(line, highlight=False)
    texts = [text for outcome in outcomes if (text := miss_text(outcome))]
    for text in texts if misses else ():
        console.print("\n" + escape(text), highlight=False)
    broken = [(outcome.case.id, fault) for outcome in outcomes for fault in outcome.violations]
    for name, fault in broken:
        console.print(f"[bold red]Vi phạm[/] {escape(name)}: {escape(fault)}", highlight=False)
    console.print(f"{len(broken)} vi phạm các điều bất biến.")


def _summary_lines(outcomes: Sequence[Outcome]) -> list[str]:
    figures = summarize(outcomes).figures
    found = [f"{label} {one.mean:.3f} ({one.count} câu)" for name, label in RETRIEVAL.items()
             if (one := figures[name]).mean is not None]  # fmt: skip
    lines = ["Xếp hạng đoạn văn: " + "; ".join(found) + "."] if found else []
    if times := latency(outcome.answer for outcome in outcomes):
        lines.append(f"Thời gian trả lời: p50 {times[0]:.0f} ms, p95 {times[1]:.0f} ms.")
    wrong = sum(bool(missed(outcome.scores)) for outcome in outcomes)
    lines.append(f"{wrong} trên {len(outcomes)} câu chưa đúng hoàn toàn.")
    told = [f"{STAGE_LABELS[stage]} {count}" for stage, count in stage_counts(outcomes).items() if count]
    return lines + (["Sai ở khâu: " + "; ".join(told) + "."] if told else [])


def known_readings(path: Path, cases: Iterable[GoldCase]) -> Readings:
    """The readings on record of the questions that are still asked in the same words; none without the file."""
    return readings_for(read_results(path), cases) if path.is_file() else {}


def main(arguments: Sequence[str] | None = None, assistant: Assistant | None = None) -> int:
    """0; 1 where an answer breaks an invariant; 2 where the evaluation cannot start."""
    options = _parser().parse_args(arguments)
    started, clock = datetime.now(UTC), time.perf_counter()
    try:
        opened = open_gold(options, read_config(), assistant)
        told = provenance(options.gold, {} if assistant else opened.configs)
        outcomes = evaluate(opened.assistants, opened.cases)
        if options.stages:
            readings = known_readings(options.baseline, opened.cases)
            outcomes = with_stages(opened.assistants, outcomes, readings)
    except HoidapError as error:
        print(error, file=sys.stderr)
        return 2
    times = Times(f"{started:%Y-%m-%dT%H:%M:%SZ}", round(time.perf_counter() - clock, 3))
    print_report(console(), outcomes, opened.left_out, misses=options.misses)
    if options.json:
        options.json.write_text(as_json(outcomes, told, times, opened.left_out), encoding="utf-8")
    if options.html:
        options.html.write_text(page(outcomes, told, times, opened.left_out), encoding="utf-8")
    return int(any(outcome.violations for outcome in outcomes))


def console() -> Console:
    """Where reports are printed: as wide as the table where the output goes to a file."""
    return Console() if sys.stdout.isatty() else Console(width=PIPE_WIDTH)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.run", description="Đo độ đúng của câu trả lời.")
    add_options(parser)
    parser.add_argument("--json", type=Path, metavar="TỆP", help="ghi toàn bộ kết quả ra tệp JSON")
    parser.add_argument(
        "--html", type=Path, metavar="TỆP", help="ghi báo cáo thành một trang HTML xem được ngoại tuyến"
    )
    parser.add_argument("--misses", action="store_true", help="liệt kê từng câu chưa đúng")
    parser.add_argument(
        "--baseline",
        type=Path,
        default=BASELINE,
        metavar="TỆP",
        help="mốc có cách hiểu đúng của câu hỏi, để tìm khâu sai",
    )
    parser.add_argument(
        "--no-stages", dest="stages", action="store_false", help="không tìm khâu sai của từng câu (nhanh hơn)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
