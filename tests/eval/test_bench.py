"""The bench shows what it measured, and a process that fails is told with its message."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from eval.bench.figure import BenchError, Figure, figure_table
from eval.bench.formats import Sizes, measure_formats
from eval.bench.speed import _output, _resident_megabytes


def test_a_figure_stands_beside_its_target() -> None:
    table = figure_table([Figure("Nhanh", 4.0, 5, "giây"), Figure("Chậm", 6.0, 5, "giây")])
    assert [list(column.cells) for column in table.columns][1:] == [
        ["4.0 giây", "6.0 giây"],
        ["≤ 5 giây", "≤ 5 giây"],
        ["đạt", "chưa"],
    ]


def test_a_figure_may_have_to_reach_its_target() -> None:
    table = figure_table([Figure(name, value, 40, "tệp/giây", at_least=True) for name, value in (("a", 40), ("b", 39))])
    assert [list(column.cells) for column in table.columns][2:] == [["≥ 40 tệp/giây"] * 2, ["đạt", "chưa"]]


def test_files_of_offices_are_read_and_counted(tmp_path: Path) -> None:
    text = "Điều 1. Phạm vi\n\nQuyết định này quy định việc tiếp nhận văn bản."
    labels = [figure.label for figure in measure_formats(text, tmp_path, sizes=Sizes(1, 1, 1, 1, 1))]
    printed = ["Đọc PDF có chữ"] if shutil.which("soffice") else []
    scanned = ["Nhận dạng bản quét"] if printed and shutil.which("tesseract") else []
    assert labels == ["Đọc tệp Word 10 trang", *printed, *scanned]


def test_a_process_that_fails_is_an_error_with_what_it_said() -> None:
    assert _output([sys.executable, "-c", "print(5)"]) == "5\n"
    with pytest.raises(BenchError, match="mã 3"):
        _output([sys.executable, "-c", "import sys; sys.exit(3)"])


def test_this_process_takes_some_megabytes() -> None:
    assert 5 < _resident_megabytes() < 100_000
