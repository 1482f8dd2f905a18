"""Whether two runs differ, and in which questions: `python -m eval.compare A.json B.json`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from eval.attribution import STAGE_LABELS
from eval.gold import CLASSES
from eval.metrics import LESS_IS_BETTER
from eval.outcomes import ALL_LABELS
from eval.provenance import changed
from eval.results import Case, Results, read_results
from eval.statistics import Comparison, compare, compare_all, verdict
from rag.errors import HoidapError

PIPE_WIDTH = 160


@dataclass(frozen=True, slots=True)
class Change:
    """One measure of one question with its value in both runs."""

    id: str
    kind: str
    measure: str
    before: float
    after: float

    @property
    def gain(self) -> float:
        """How much better the second run is; less than 0 where it is worse."""
        return (self.before - self.after) if self.measure in LESS_IS_BETTER else (self.after - self.before)


Pairs = Sequence[tuple[Case, Case]]


def paired(one: Results, other: Results) -> list[tuple[Case, Case]]:
    """The questions that both runs asked in the same words, in the order of the first."""
    found = {case.id: case for case in other.cases}
    pairs = ((case, found[case.id]) for case in one.cases if case.id in found)
    return [(before, after) for before, after in pairs if before.asked == after.asked]


def scores_of(pairs: Pairs) -> tuple[dict[str, list[float | None]], dict[str, list[float | None]]]:
    """The scores of both sides by measure, question by question."""
    rows = [(before.all_scores, after.all_scores) for before, after in pairs]
    before = {name: [row.get(name) for row, _ in rows] for name in ALL_LABELS}
    return before, {name: [row.get(name) for _, row in rows] for name in ALL_LABELS}


def overall(pairs: Pairs) -> dict[str, Comparison]:
    """Every measure over all questions that count in both runs, corrected for their number."""
    return {name: one for name, one in compare_all(*scores_of(pairs)).items() if one.count}


def within_classes(pairs: Pairs) -> dict[tuple[str, str], Comparison]:
    """Every measure of every class in which some question changed, each by itself, by class and measure."""
    found: dict[tuple[str, str], Comparison] = {}
    for kind in CLASSES:
        group = [pair for pair in pairs if pair[0].kind == kind]
        before, after = scores_of(group)
        for name in before:
            if any(
                one is not None and two is not None and one != two
                for one, two in zip(before[name], after[name], strict=True)
            ):
                found[kind, name] = compare(before[name], after[name])
    return found


def changes(pairs: Pairs) -> list[Change]:
    """Every score that is not the same in both runs, question by question."""
    return [
        Change(before.id, before.kind, name, old, new)
        for before, after in pairs
        for name in ALL_LABELS
        if (old := before.all_scores.get(name)) is not None
        and (new := after.all_scores.get(name)) is not None
        and abs(old - new) > 1e-6
    ]


def comparison_table(found: Mapping[str, Comparison]) -> Table:
    """Every measure with both means, how many questions changed, and whether the difference is real."""
    table = Table(title="So sánh hai lần đo", title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Phép đo", no_wrap=True)
    for head in ("Trước", "Sau", "Tốt lên", "Kém đi"):
        table.add_column(head, justify="right")
    table.add_column("Kết luận")
    for name, one in found.items():
        less = name in LESS_IS_BETTER
        better, worse = (one.worse, one.better) if less else (one.better, one.worse)
        told = verdict(one, less_is_better=less)
        style = "bold" if one.real else ""
        means = (f"{value:.3f}" for value in (one.before or 0.0, one.after or 0.0))
        table.add_row(ALL_LABELS[name], *means, str(better), str(worse), told, style=style)
    return table


def change_lines(found: Iterable[Change], pairs: Pairs) -> list[str]:
    """A line for each question that changed: its measures with both values, and the stage of a new miss."""
    by_case: dict[str, list[Change]] = {}
    for one in found:
        by_case.setdefault(one.id, []).append(one)
    after = {case.id: case for _, case in pairs}
    lines = []
    for name, own in by_case.items():
        told = ", ".join(f"{ALL_LABELS[one.measure]} {one.before:.3f} → {one.after:.3f}" for one in own)
        stage = after[name].stage
        mark = "+" if sum(one.gain for one in own) > 0 else "−"
        lines.append(f"{mark} {name}: {told}" + (f" · khâu: {STAGE_LABELS[stage]}" if stage else ""))
    return lines


def as_json(one: Results, other: Results, pairs: Pairs) -> str:
    """The whole comparison as JSON."""
    report = {
        "provenance": [{"name": name, "before": old, "after": new} for name, old, new in _differences(one, other)],
        "questions": len(pairs),
        "overall": {name: asdict(found) for name, found in overall(pairs).items()},
        "classes": [
            {"class": kind, "measure": name, **asdict(found)} for (kind, name), found in within_classes(pairs).items()
        ],
        "changes": [asdict(change) for change in changes(pairs)],
    }
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def _differences(one: Results, other: Results) -> list[tuple[str, object, object]]:
    return changed(dict(one.provenance), dict(other.provenance))


def _print(console: Console, one: Results, other: Results, pairs: Pairs) -> None:
    for name, before, after in _differences(one, other):
        console.print(escape(f"Khác nhau ở {name}: {before} → {after}"), highlight=False)
    console.print(comparison_table(overall(pairs)))
    lines = change_lines(changes(pairs), pairs)
    console.print(f"{len(lines)} trên {len(pairs)} câu có điểm khác nhau.")
    for line in lines:
        console.print("  " + escape(line), highlight=False)
    left = len(one.cases) + len(other.cases) - 2 * len(pairs)
    if left:
        console.print(f"{left} câu chỉ có ở một lần đo hoặc đã đổi lời, không được so.")


def main(arguments: Sequence[str] | None = None) -> int:
    """0; 2 where the runs cannot be compared."""
    options = _parser().parse_args(arguments)
    try:
        one, other = read_results(options.before), read_results(options.after)
    except HoidapError as error:
        print(error, file=sys.stderr)
        return 2
    pairs = paired(one, other)
    if not pairs:
        print("Hai lần đo không có câu hỏi nào chung.", file=sys.stderr)
        return 2
    _print(Console() if sys.stdout.isatty() else Console(width=PIPE_WIDTH), one, other, pairs)
    if options.json:
        options.json.write_text(as_json(one, other, pairs), encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval.compare", description="So hai lần đo trên cùng câu hỏi, xem khác biệt có thật không."
    )
    parser.add_argument("before", type=Path, metavar="TRƯỚC", help="kết quả JSON của eval.run, hoặc mốc đã lưu")
    parser.add_argument("after", type=Path, metavar="SAU", help="kết quả JSON của eval.run")
    parser.add_argument("--json", type=Path, metavar="TỆP", help="ghi kết quả so sánh ra tệp JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
