"""Whether the answers got worse than the committed baseline: `python -m eval.gate [--update]`.

A measure has fallen where its paired test says that the difference is real, or where a class loses more than
one question: answers are deterministic, so that a lost question is a change and no chance, and one is left to
a doubtful label or to another machine's arithmetic. Every lost question is told with the stage that lost it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from eval.attribution import STAGE_LABELS, STAGES, Answering, Attributor, Readings, Stage
from eval.compare import Change, changes, paired, scores_of, within_classes
from eval.gold import GoldCase
from eval.metrics import GRADED, LABELS, LESS_IS_BETTER, missed
from eval.opened import add_options, open_gold
from eval.outcomes import ALL_LABELS, RETRIEVAL, Assistant, Assistants, Outcome, evaluate, ranking, understood
from eval.provenance import provenance
from eval.results import BASELINE, Case, Results, baseline_text, read_results, readings_for
from eval.statistics import Comparison, compare
from rag.config import Config, read_config
from rag.errors import HoidapError

ALLOWED = 1.0
"""How many questions' worth of a measure a class may lose."""
_EVERYWHERE = "tất cả"


@dataclass(frozen=True, slots=True)
class Drop:
    """A measure that fell, over all questions or within a class."""

    group: str
    measure: str
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became worse: the measures, the questions with what each lost, and the stages that lost them.

    `violations` are the invariants broken now. `stages` counts the lost questions.
    """

    drops: tuple[Drop, ...]
    lost: tuple[tuple[str, Stage | None, tuple[Change, ...]], ...]
    violations: tuple[tuple[str, str], ...]
    compared: int

    @property
    def passed(self) -> bool:
        """Whether nothing fell and no invariant is broken."""
        return not self.drops and not self.violations

    @property
    def stages(self) -> dict[Stage, int]:
        """How many questions each stage lost, the most first."""
        counts = Counter(stage for _, stage, _ in self.lost if stage)
        return {stage: counts[stage] for stage in sorted(counts, key=lambda name: (-counts[name], STAGES.index(name)))}


def judge(assistants: Assistants, cases: Sequence[GoldCase], baseline: Results) -> Verdict:
    """Asks every question and compares with the baseline."""
    outcomes = evaluate(assistants, cases)
    pairs = paired(baseline, _as_results(outcomes))
    drops = tuple(_drops(pairs))
    worse: dict[str, list[Change]] = {}
    for change in changes(pairs):
        if change.gain < 0 and change.measure not in GRADED:
            worse.setdefault(change.id, []).append(change)
    readings = readings_for(baseline, cases)
    stages = _stages(assistants, outcomes, worse, readings)
    lost = tuple((name, stages.get(name), tuple(found)) for name, found in worse.items())
    broken = tuple((one.case.id, fault) for one in outcomes for fault in one.violations)
    return Verdict(drops, lost, broken, len(pairs))


def _as_results(outcomes: Iterable[Outcome]) -> Results:
    cases = [
        Case.model_validate({
            "id": one.case.id, "class": one.case.kind, "question": one.case.question, "history": one.case.history,
            "scores": one.scores, "retrieval": one.retrieval,
        })
        for one in outcomes
    ]  # fmt: skip
    return Results(format=1, provenance={}, cases=tuple(cases))


def _drops(pairs: Sequence[tuple[Case, Case]]) -> Iterable[Drop]:
    before, after = scores_of(pairs)
    for name in ALL_LABELS:
        found = compare(before[name], after[name])
        if found.real and _loss(name, found) > 0:
            yield Drop(_EVERYWHERE, name, found)
    for (kind, name), found in within_classes(pairs).items():
        several = _loss(name, found) > ALLOWED and name in LABELS and name not in GRADED
        if _loss(name, found) > 0 and (found.real or several):
            yield Drop(kind, name, found)


def _loss(name: str, found: Comparison) -> float:
    """How many questions' worth of a measure were lost in all."""
    fallen = -(found.difference or 0.0) * found.count
    return -fallen if name in LESS_IS_BETTER else fallen


def _stages(
    assistants: Assistants, outcomes: Iterable[Outcome], worse: dict[str, list[Change]], readings: Readings
) -> dict[str, Stage | None]:
    """The stage that lost what each question lost; where only its ranking fell, reading or retrieval."""
    found: dict[str, Stage | None] = {}
    for one in outcomes:
        assistant = assistants[one.case.corpus]
        if not isinstance(assistant, Answering):
            continue
        find = Attributor(assistant, readings).stage
        before = {change.measure: change.before for change in worse.get(one.case.id, ())}
        fell = {name: one.scores[name] for name in before if name in one.scores}
        if fell:
            found[one.case.id] = find(one.case, fell)
        elif before:
            found[one.case.id] = _ranking_stage(assistant, one.case, before, readings)
    return found


def _ranking_stage(assistant: Answering, case: GoldCase, before: dict[str, float], readings: Readings) -> Stage:
    known = readings.get(case.id)
    mended = ranking(assistant, case, known[-1]) if known else {}
    again = all((mended.get(name) or 0.0) >= before[name] - 1e-6 for name in RETRIEVAL if name in before)
    return "question" if mended and again else "evidence"


def updated(assistants: Assistants, cases: Sequence[GoldCase], gold: Path, configs: Mapping[str, Config]) -> str:
    """The text of a new baseline."""
    outcomes = evaluate(assistants, cases)
    told = provenance(gold, configs)
    right = [one.case for one in outcomes if not missed(one.scores) and not one.violations]
    readings = {
        case.id: understood(assistant, case)
        for case in right
        if isinstance(assistant := assistants[case.corpus], Answering)
    }
    return baseline_text(outcomes, told, readings)


def verdict_lines(found: Verdict) -> list[str]:
    """The verdict in Vietnamese, a line each."""
    lines = [_drop_line(drop) for drop in found.drops]
    for name, stage, own in found.lost:
        told = ", ".join(f"{ALL_LABELS[one.measure]} {one.before:.3f} → {one.after:.3f}" for one in own)
        lines.append(f"Kém đi {name}: {told}" + (f" · khâu: {STAGE_LABELS[stage]}" if stage else ""))
    lines += [f"Vi phạm {name}: {fault}" for name, fault in found.violations]
    if found.stages:
        told = "; ".join(f"{STAGE_LABELS[stage]} {count}" for stage, count in found.stages.items())
        lines.append(f"Số câu kém đi theo khâu: {told}.")
    if found.passed:
        return [*lines, f"ĐẠT: không phép đo nào kém mốc, so trên {found.compared} câu."]
    first = next(iter(found.stages), None)
    where = f"; khâu hỏng nhiều nhất: {STAGE_LABELS[first]}" if first else ""
    return [*lines, f"KHÔNG ĐẠT: {len(found.drops)} phép đo kém mốc, {len(found.violations)} vi phạm{where}."]


def _drop_line(drop: Drop) -> str:
    one = drop.comparison
    why = f"p = {one.p:.3f}".replace(".", ",") if one.real and one.p is not None else "mất hơn một câu"
    means = f"{one.before or 0.0:.3f} → {one.after or 0.0:.3f}"
    return f"Giảm {ALL_LABELS[drop.measure]} ({drop.group}): {means} trên {one.count} câu, {why}"


def main(arguments: Sequence[str] | None = None, assistant: Assistant | None = None) -> int:
    """0; 1 where something fell or an invariant is broken; 2 where nothing can be compared."""
    options = _parser().parse_args(arguments)
    try:
        opened = open_gold(options, read_config(), assistant)
        print(*opened.left_out, sep="\n", end="\n" if opened.left_out else "")
        if options.update:
            text = updated(opened.assistants, opened.cases, options.gold, opened.configs)
            options.baseline.write_text(text, encoding="utf-8")
            print(f"Đã ghi mốc mới vào {options.baseline}.")
            return 0
        found = judge(opened.assistants, opened.cases, read_results(options.baseline))
    except HoidapError as error:
        print(error, file=sys.stderr)
        return 2
    if not found.compared:
        print("Mốc không có câu hỏi nào chung với tệp câu hỏi.", file=sys.stderr)
        return 2
    console = Console() if sys.stdout.isatty() else Console(width=10_000)
    for line in verdict_lines(found):
        console.print(escape(line), highlight=False)
    return int(not found.passed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval.gate", description="So với mốc đã lưu; mã thoát 1 khi có phép đo kém đi."
    )
    add_options(parser)
    parser.add_argument("--baseline", type=Path, default=BASELINE, metavar="TỆP", help="tệp mốc")
    parser.add_argument("--update", action="store_true", help="đo lại và ghi đè mốc")
    return parser


if __name__ == "__main__":
    sys.exit(main())
