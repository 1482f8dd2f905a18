"""Tables kept as lines, by tabs, bars or one cell a line; what only looks like one stays text."""

from __future__ import annotations

import pytest

from rag.law.blocks import blocks
from rag.law.tables import cells, tables
from rag.types import Span

CELLS = "STT\nNội dung\nĐơn vị"


def rows_of(text: str) -> list[list[str]]:
    """The rows of all tables, the header first, each as its lines."""
    found = blocks(text)
    read = []
    for table in tables(text, found, within=range(len(found))).values():
        rows = (*([table.header] if table.header else []), *table.rows)
        read += [[found[at].label + found[at].rest for at in row] for row in rows]
    return read


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # tabs
        ("STT\tViệc\n1\tHọp\n2\tBáo cáo", [["STT Việc"], ["1Họp"], ["2Báo cáo"]]),
        # no header: the first row has a number
        ("1\tHọp\tXã\n2\tBáo cáo\tHuyện", [["1Họp Xã"], ["2Báo cáo Huyện"]]),
        # an empty cell
        ("A\tB\tC\n1\tD\tE\n2\tF", [["A B C"], ["1D E"], ["2F"]]),
        # bars
        ("| TT | Tên |\n| 1 | A |\n| 2 | B |", [["| TT | Tên |"], ["| 1 | A |"], ["| 2 | B |"]]),
        # a rule below the names of the columns, as in Markdown
        (
            "| TT | Tên |\n|----|:---|\n| 1 | A |\n| 2 | B |\nXong.",
            [["| TT | Tên |"], ["| 1 | A |"], ["| 2 | B |"]],
        ),
        # one cell a line
        (
            f"{CELLS}\n1\nHọp\nPhòng A\n2\nBáo cáo\nPhòng B\nI. NỘI DUNG",
            [["STT", "Nội dung", "Đơn vị"], ["1", "Họp", "Phòng A"], ["2", "Báo cáo", "Phòng B"]],
        ),
        # empty cells leave no line; what follows the last row is not of it
        (f"{CELLS}\n1\n2\n3\nGhi chú:", [["STT", "Nội dung", "Đơn vị"], ["1"], ["2"], ["3"]]),
        # a row that only names the group of those below it
        (
            "TT\tViệc\tChủ trì\tHạn\nA\tBáo\n1\tGửi\tPhòng A\tQuý I\nB\tXem\n2\tHọp\tPhòng B\tQuý II\nC\tHết",
            [["TT Việc Chủ trì Hạn"], ["A Báo"], ["1Gửi Phòng A Quý I"], ["B Xem"], ["2Họp Phòng B Quý II"]],
        ),
        # a cell of more than one line
        (
            f"{CELLS}\n01\n- Họp;\n- Bàn.\nPhòng A\n02\nBáo cáo",
            [["STT", "Nội dung", "Đơn vị"], ["01", "-Họp;", "-Bàn.", "Phòng A"], ["02", "Báo cáo"]],
        ),
    ],
)
def test_rows_are_read(text: str, rows: list[list[str]]) -> None:
    assert rows_of(text) == rows


@pytest.mark.parametrize(
    "text",
    [
        "1.\tMục đích\n2.\tYêu cầu",  # a tab after a number, as automatic numbering leaves it
        "-\tMột\n-\tHai",
        "Một\tdòng\nHai dòng",  # one line alone
        "STT\nNội dung",  # no rows
        f"{CELLS}\nHọp\nBáo cáo",
        "STT\nI. NỘI DUNG\n1\nHọp",  # a heading between
        "TT\n1\nHọp",  # one column
        "Nơi nhận:\tTM. ỦY BAN\n- Lưu\tCHỦ TỊCH",
    ],
)
def test_what_is_not_surely_a_table_stays_text(text: str) -> None:
    assert rows_of(text) == []


def test_only_the_asked_lines_are_looked_at() -> None:
    text = "A\tB\nC\tD\nE\tF\nG\tH"
    assert list(tables(text, blocks(text), within=range(1, 4))) == [1]
    assert tables(text, blocks(text), within=range(4), skip={1, 3}) == {}
    assert tables(text, blocks(text), within=range(0)) == {}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1\tHọp\t\tXã", ["1", "Họp", "", "Xã"]),
        ("\tHọp\tXã", ["", "Họp", "Xã"]),  # the first and the last may be empty too
        ("1\tHọp\t", ["1", "Họp", ""]),
        ("| 1 | | Xã |", ["1", "", "Xã"]),  # the bars at the edges part nothing
        ("| 1 |  |  |", ["1", "", ""]),
        ("1 | Họp", ["1", "Họp"]),
        ("1\t Họp |Xã", ["1", "Họp", "Xã"]),
        ("Họp", ["Họp"]),
    ],
)
def test_the_cells_of_a_row_are_all_given(line: str, expected: list[str]) -> None:
    text = f"Trước\n{line}"
    found = cells(text, [Span(6, len(text))])
    assert [text[cell.start : cell.end] for cell in found] == expected


def test_of_a_row_of_several_lines_each_is_a_cell() -> None:
    lines = [Span(0, 1), Span(2, 7)]
    assert cells("1\nA | B\n", lines) == lines
