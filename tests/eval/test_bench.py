"""The bench shows what it measured, and a process that fails is told with its message."""

from __future__ import annotations

import sys

import pytest

from eval.bench.speed import BenchError, Figure, _output, _resident_megabytes, figure_table


def test_a_figure_stands_beside_its_target() -> None:
    table = figure_table([Figure("Nhanh", 4.0, 5, "giây"), Figure("Chậm", 6.0, 5, "giây")])
    assert [list(column.cells) for column in table.columns][1:] == [
        ["4.0 giây", "6.0 giây"],
        ["≤ 5 giây", "≤ 5 giây"],
        ["đạt", "chưa"],
    ]


def test_a_process_that_fails_is_an_error_with_what_it_said() -> None:
    assert _output([sys.executable, "-c", "print(5)"]) == "5\n"
    with pytest.raises(BenchError, match="mã 3"):
        _output([sys.executable, "-c", "import sys; sys.exit(3)"])


def test_this_process_takes_some_megabytes() -> None:
    assert 5 < _resident_megabytes() < 100_000
