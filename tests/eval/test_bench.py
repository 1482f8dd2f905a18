"""The bench shows what it measured, and a process that fails is told with its message."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from eval.bench.figure import BenchError, Figure, figure_table
from eval.bench.formats import Sizes, measure_formats
from eval.bench.growth import measure_growth, write_articles
from eval.bench.speed import _output, _resident_megabytes
from rag.law.document import read_document
from rag.reading.text import read_text


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


def test_a_large_corpus_is_made_of_whole_decrees_the_same_each_time(tmp_path: Path) -> None:
    paths = write_articles(tmp_path / "a", "Giao Phòng Nội vụ theo dõi, đôn đốc việc thực hiện.", 45)
    decrees = [read_document(read_text(path.read_bytes(), path.name)) for path in paths]
    assert [one.identity.number for one in decrees] == ["1/2030/NĐ-CP", "2/2030/NĐ-CP", "3/2030/NĐ-CP"]
    kinds = [[part.kind for part in one.provisions] for one in decrees]
    assert [one.count("article") for one in kinds] == [20, 20, 5]
    assert [one.count("clause") for one in kinds] == [160, 160, 40]
    again = write_articles(tmp_path / "b", "Giao Phòng Nội vụ theo dõi, đôn đốc việc thực hiện.", 45)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in paths]


def test_all_texts_but_the_last_are_ingested_and_that_one_is_added(tmp_path: Path) -> None:
    paths = write_articles(tmp_path / "made", "Giao Phòng Nội vụ", 45)
    asked: list[tuple[str, ...]] = []

    def run(places: dict[str, str], *arguments: str) -> None:
        asked.append((*arguments, *sorted(path.name for path in Path(places["HOIDAP_CORPUS"]).iterdir())))

    first, second = measure_growth(tmp_path / "grown", paths, run)
    held = ("nghi-dinh-1.txt", "nghi-dinh-2.txt")
    assert asked == [("ingest", *held), ("corpus", "add", str(paths[2]), *held)]
    assert (first.label, second.target) == ("Lập chỉ mục 2 văn bản từ đầu", 15)
    with pytest.raises(BenchError, match="ít nhất hai tệp"):
        measure_growth(tmp_path / "none", paths[:1], run)


def test_a_process_that_fails_is_an_error_with_what_it_said() -> None:
    assert _output([sys.executable, "-c", "print(5)"]) == "5\n"
    with pytest.raises(BenchError, match="mã 3"):
        _output([sys.executable, "-c", "import sys; sys.exit(3)"])


def test_this_process_takes_some_megabytes() -> None:
    assert 5 < _resident_megabytes() < 100_000
