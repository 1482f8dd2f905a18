"""Measured values beside their targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.table import Table

from rag.errors import HoidapError


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value beside its target, both in `unit`: what it should not exceed, or reach with `at_least`."""

    label: str
    value: float
    target: float
    unit: str
    at_least: bool = False

    @property
    def reached(self) -> bool:
        return self.value >= self.target if self.at_least else self.value <= self.target


class BenchError(HoidapError):
    """A measured process failed."""


def figure_table(figures: Sequence[Figure]) -> Table:
    """The figures, each beside its target."""
    table = Table(title="Tốc độ và bộ nhớ", title_justify="left")
    table.add_column("Phép đo")
    for head in ("Đo được", "Mục tiêu", "Đạt"):
        table.add_column(head, justify="right")
    for figure in figures:
        reached = "đạt" if figure.reached else "chưa"
        target = f"{'≥' if figure.at_least else '≤'} {figure.target:,g} {figure.unit}"
        table.add_row(figure.label, f"{figure.value:,.1f} {figure.unit}", target, reached)
    return table
