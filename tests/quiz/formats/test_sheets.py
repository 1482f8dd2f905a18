"""Kahoot's spreadsheet by Kahoot's rules, and the CSV."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from rag.errors import QuizError
from rag.quiz.formats import written
from rag.quiz.formats.sheets import KAHOOT_OPTION, KAHOOT_STEM, fits_kahoot, kahoot_stem
from rag.quiz.generate import generate
from rag.quiz.items import Item
from rag.quiz.material import Material
from rag.quiz.papers import make_test
from rag.quiz.wishes import Wish

FORMULAS = ('=HYPERLINK("http://example.com")', "+84 912", "-5 ngày", "@SUM(A1)")


def rows_of(body: bytes) -> list[tuple[object, ...]]:
    sheet = load_workbook(io.BytesIO(body)).active
    assert sheet is not None
    head = [cell.value for cell in sheet[8]]
    assert head[1:6] == ["Question - max 120 characters", *(f"Answer {at} - max 75 characters" for at in range(1, 5))]
    return [row for row in sheet.iter_rows(min_row=9, values_only=True) if row[1] is not None]


def test_kahoot_takes_every_row(material: Material) -> None:
    chosen = [item for item in generate(material, Wish(60, seed=5)).items if fits_kahoot(item)]
    assert len(chosen) >= 10
    rows = rows_of(written(make_test(chosen, title="Thi"), "kahoot"))
    assert len(rows) == len(chosen)
    for row, item in zip(rows, chosen, strict=True):
        _, stem, one, two, three, four, seconds, key = row[:8]
        assert stem in (item.stem, item.short)
        assert len(str(stem)) <= KAHOOT_STEM
        options = [str(option) for option in (one, two, three, four) if option is not None]
        assert options == list(item.options)
        assert all(len(option) <= KAHOOT_OPTION for option in options)
        assert seconds in (5, 10, 20, 30, 60, 90, 120, 240)
        assert re.fullmatch(r"[1-4]", str(key))
        assert options[int(str(key)) - 1] == item.right


def test_a_long_stem_is_shortened_to_the_number_and_never_cut(items: tuple[Item, ...]) -> None:
    item = next(one for one in items if one.short and len(one.short) <= KAHOOT_STEM)
    long = replace(item, stem=f"{item.stem} {'x' * KAHOOT_STEM}")
    assert kahoot_stem(long) == item.short
    assert kahoot_stem(replace(long, short=None)) is None


def test_what_does_not_fit_is_refused_with_the_reason(items: tuple[Item, ...]) -> None:
    long = replace(items[0], options=("x" * 76, *items[0].options[1:]), stem="Hỏi gì?")
    with pytest.raises(QuizError, match="Câu 1: có phương án dài quá 75 ký tự"):
        written(make_test([long], title="Thi"), "kahoot")
    with pytest.raises(QuizError, match="Câu 1: câu dẫn dài quá 120 ký tự"):
        written(make_test([replace(long, stem="x" * 121, short=None)], title="Thi"), "kahoot")
    with pytest.raises(QuizError, match="Câu 1: có quá 4 phương án"):
        written(make_test([replace(long, options=tuple("abcde"))], title="Thi"), "kahoot")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(items: tuple[Item, ...], text: str) -> None:
    item = replace(items[0], stem=text, options=(text, "b", "c", "d"), correct=(0,), short=None)
    for row in rows_of(written(make_test([item], title=text), "kahoot")):
        assert row[1] == row[2] == f"'{text}"
    body = written(make_test([item], title=text), "kahoot")
    sheet = load_workbook(io.BytesIO(body)).active
    assert sheet is not None
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    table = list(csv.reader(io.StringIO(written(make_test([item], title="Thi"), "csv").decode("utf-8-sig"))))
    assert table[1][0] == table[1][1] == table[1][7] == f"'{text}"


def test_the_csv_reads_back_equal(items: tuple[Item, ...]) -> None:
    body = written(make_test(items, title="Thi"), "csv")
    assert body.startswith(b"\xef\xbb\xbf")  # Excel takes it for UTF-8
    head, *rows = csv.reader(io.StringIO(body.decode("utf-8-sig")))
    assert head[0] == "Câu hỏi"
    for row, item in zip(rows, items, strict=True):
        assert row[0] == item.stem
        assert [option for option in row[1:7] if option] == list(item.options)
        assert row[7] == item.right
