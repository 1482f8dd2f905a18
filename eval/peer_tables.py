"""The product and its peers in tables: every measure with its interval, then what an answer costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from rich.box import SIMPLE_HEAD
from rich.table import Table

from eval.gold import GoldCase
from eval.metrics import (
    LABELS,
    Measure,
    Trial,
    citation_precision,
    document_f1,
    document_top1,
    evidence_hit,
    false_refusal,
    latency,
    refusal,
    status_accuracy,
    unit_f1,
)
from eval.spans import length
from eval.statistics import Comparison, Estimate, compare_all, estimate
from rag.types import Answer, Span

Scores = Mapping[str, Sequence[float | None]]
UNPROVEN = "≈"
"""Stands behind a peer's figure whose difference to the product's may be chance."""


def evidence_first(trial: Trial) -> float | None:
    """`evidence_hit` of the first citation alone: for a peer its best passage."""
    answer = trial.answer
    first = Answer(answer.question, answer.status, answer.reason, answer.text, citations=answer.citations[:1])
    return evidence_hit(Trial(trial.case, first, trial.texts))


MEASURES: Mapping[str, Measure] = {
    "document_top1": document_top1,
    "document_f1": document_f1,
    "unit_f1": unit_f1,
    "evidence_first": evidence_first,
    "evidence_hit": evidence_hit,
    "citation_precision": citation_precision,
    "refusal": refusal,
    "false_refusal": false_refusal,
    "status_accuracy": status_accuracy,
}
"""What is compared, by name, in the order of the table."""
UNMARKED = ("document_top1", "evidence_first", "evidence_hit")
"""What is compared where the questions come without diacritics."""
VIETNAMESE: Mapping[str, str] = {**LABELS, "evidence_first": "Trúng ở đoạn đầu"}
ENGLISH: Mapping[str, str] = {
    "document_top1": "Document top-1",
    "document_f1": "Document F1",
    "unit_f1": "Unit F1",
    "evidence_first": "Evidence, first passage",
    "evidence_hit": "Evidence, all shown",
    "citation_precision": "Citation precision",
    "refusal": "Refusal ↑",
    "false_refusal": "False refusal ↓",
    "status_accuracy": "Status",
}


@dataclass(frozen=True, slots=True)
class Row:
    """What one system answered to every question, in their order; `passages` is how many it chose from.

    The product's own row has no name of a system.
    """

    system: str
    version: str
    passages: int | None
    answers: tuple[Answer, ...]
    threshold: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """A row's measures: every score by question, the means, and how they differ from the product's."""

    row: Row
    scores: Scores
    means: Mapping[str, Estimate]
    differences: Mapping[str, Comparison]


def figures(
    rows: Sequence[Row], cases: Sequence[GoldCase], texts: Mapping[str, str], names: Sequence[str] = tuple(MEASURES)
) -> list[Figures]:
    """The measures of each row; the first one is the product, which the others are compared with."""
    tables = [_scores(row, cases, texts, names) for row in rows]
    return [
        Figures(
            row,
            scores,
            {name: estimate(values) for name, values in scores.items()},
            compare_all(scores, tables[0]) if place else {},
        )
        for place, (row, scores) in enumerate(zip(rows, tables, strict=True))
    ]


def _scores(row: Row, cases: Sequence[GoldCase], texts: Mapping[str, str], names: Sequence[str]) -> Scores:
    trials = [Trial(case, answer, texts) for case, answer in zip(cases, row.answers, strict=True)]
    return {name: [MEASURES[name](trial) for trial in trials] for name in names}


def shown_characters(answer: Answer) -> int:
    """How many characters of the texts an answer gives to read, none twice."""
    sources = dict.fromkeys(found.source for found in answer.citations)
    return sum(
        length([Span(one.start, one.end) for one in answer.citations if one.source == source]) for source in sources
    )


def measured_table(found: Sequence[Figures], title: str) -> Table:
    """The measures, a row a system, each mean above its interval."""
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("Hệ thống")
    for name in found[0].means:
        table.add_column(f"{VIETNAMESE[name]}\n{_count(found, name, 'câu')}", justify="right", max_width=12)
    for one in found:
        cells = [f"{_mean(one, name)}\n{_interval(value)}" for name, value in one.means.items()]
        table.add_row(_vietnamese_name(one.row), *cells, style="" if one.row.system else "bold")
    return table


def cost_table(found: Sequence[Figures]) -> Table:
    """What an answer costs: time, and what is given to read."""
    table = Table(title="Thời gian và độ dài", title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for head in ("Hệ thống", "Phiên bản"):
        table.add_column(head)
    for head in ("Số đoạn", "p50", "p95", "Ký tự đưa ra đọc"):
        table.add_column(head, justify="right")
    for one in _systems(found):
        table.add_row(*_cost_cells(one.row, "Hệ thống này"))
    return table


def markdown(found: Sequence[Figures], unmarked: Sequence[Figures]) -> str:
    """The three tables in English, as Markdown."""
    tables = [_measured_markdown(found), _measured_markdown(unmarked, "Without diacritics")]
    heads = ["System", "Version", "Passages", "p50", "p95", "Characters shown (median)"]
    tables.append(_markdown_table(heads, [_cost_cells(one.row, "This project") for one in _systems(found)]))
    note = f"{UNPROVEN}: the difference to this project may be chance (McNemar or paired bootstrap, Holm, p ≥ .05)."
    return "\n\n".join([*tables, note])


def _measured_markdown(found: Sequence[Figures], first: str = "System") -> str:
    heads = [first, *(f"{ENGLISH[name]} ({_count(found, name, 'n')})" for name in found[0].means)]
    rows = [
        [_english_name(one.row), *(f"{_mean(one, name)} {_interval(value)}" for name, value in one.means.items())]
        for one in found
    ]
    return _markdown_table(heads, rows)


def _markdown_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _systems(found: Sequence[Figures]) -> list[Figures]:
    return [one for one in found if not one.row.threshold]


def _cost_cells(row: Row, own: str) -> list[str]:
    times = latency(row.answers)
    spent = [f"{value:.{1 if value >= 1 else 2}f} ms" for value in times] if times else ["–", "–"]
    read = [shown_characters(answer) for answer in row.answers if answer.citations]
    passages = "–" if row.passages is None else str(row.passages)
    return [row.system or own, row.version or "–", passages, *spent, f"{median(read):.0f}" if read else "–"]


def _vietnamese_name(row: Row) -> str:
    return (row.system or "Hệ thống này") + (", ngưỡng tốt nhất" if row.threshold else "")


def _english_name(row: Row) -> str:
    return (row.system or "**This project**") + (", best threshold" if row.threshold else "")


def _count(found: Sequence[Figures], name: str, unit: str) -> str:
    """How many questions count: the fewest and the most, where systems differ by what they cite."""
    counts = sorted({one.means[name].count for one in found})
    told = "–".join(str(count) for count in dict.fromkeys((counts[0], counts[-1])))
    return f"{told} {unit}" if unit == "câu" else f"{unit} = {told}"


def _mean(one: Figures, name: str) -> str:
    value = one.means[name].mean
    if value is None:
        return "–"
    found = one.differences.get(name)
    return _short(value) + (f" {UNPROVEN}" if found is not None and not found.real else "")


def _interval(value: Estimate) -> str:
    return "" if value.interval is None else f"({_short(value.interval.low)}–{_short(value.interval.high)})"


def _short(value: float) -> str:
    """A fraction of 1 with three digits.

    >>> _short(0.5), _short(1.0)
    ('.500', '1.000')
    """
    return f"{value:.3f}".removeprefix("0")
