"""Columns of tables for units: the roles of their headings, and who does what a row says."""

from __future__ import annotations

import pytest

from rag.language.normalize import matching_copy
from rag.law.columns import Columns, column_role
from rag.law.document import read_document
from rag.types import Span, StoredText

HEADING = "STT\tNội dung\tĐơn vị chủ trì\tĐơn vị phối hợp\tThời gian"


def of_rows(text: str) -> list[tuple[int, str | None, str]]:
    """The provision, unit and role of each assignment of a text."""
    read = read_document(StoredText("a.txt", text))
    return [(item.provision, item.unit, item.role) for item in read.assignments]


def of_cell(cell: str) -> list[str]:
    """The units that a cell of the column "Chủ trì" names."""
    heading, row = "STT\tChủ trì", f"1\t{cell}"
    stored = f"{heading}\n{row}"
    where = (Span(len(heading) + 1, len(stored)),)
    columns = Columns(stored, (Span(0, len(heading)),))
    return [name for name, _, _ in columns.units(where, matching_copy(stored, where))]


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Cơ quan, đơn vị chủ trì", "lead"),
        ("CƠ QUAN CHỦ TRÌ", "lead"),
        ("Chủ trì", "lead"),
        ("Đơn vị được giao chủ trì", "lead"),
        ("Đơn vị chịu trách nhiệm chính", "lead"),
        ("Tên cơ quan\nchủ trì", "lead"),
        ("Đơn vị phối hợp", "coordinate"),
        ("Phối hợp", "coordinate"),
        ("Cơ quan tham mưu", "advise"),
        ("Bộ phận theo dõi", "supervise"),
        ("Đơn vị thực hiện", "perform"),
        ("Cán bộ, công chức thực hiện", "perform"),
        ("Người phụ trách", "perform"),
        ("Phụ trách", "perform"),
        ("Đơn vị thẩm định", "perform"),
        ("Cơ quan cung cấp", "perform"),
        # what is no column for units
        ("Thời gian thực hiện", None),
        ("Kinh phí thực hiện", None),
        ("Nội dung phối hợp", None),
        ("Kết quả theo dõi", None),
        ("Thực hiện", None),
        ("Đơn vị", None),
        ("Cơ quan ban hành", None),
        ("Đơn vị được khen", None),
        ("STT", None),
        ("", None),
    ],
)
def test_a_heading_gives_the_role_of_its_column(heading: str, role: str | None) -> None:
    assert column_role(heading) == role


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # tabs; an empty cell moves no other
        (
            f"{HEADING}\n1\tTập huấn\tPhòng Nội vụ\tPhòng Tài chính\tQuý I\n2\tKhảo sát\t\tCông an xã\tQuý II",
            [(1, "Phòng Nội vụ", "lead"), (1, "Phòng Tài chính", "coordinate"), (2, "Công an xã", "coordinate")],
        ),
        # bars, within the row and around it
        (
            "STT | Việc | Chủ trì | Phối hợp\n1 | Tập huấn | Phòng Nội vụ | Công an xã\n2 | Khảo sát |  | Trạm Y tế",
            [(1, "Phòng Nội vụ", "lead"), (1, "Công an xã", "coordinate"), (2, "Trạm Y tế", "coordinate")],
        ),
        (
            "| STT | Việc | Đơn vị thực hiện |\n| 1 | Tập huấn | Phòng Nội vụ |\n| 2 | Khảo sát | Công an xã |",
            [(1, "Phòng Nội vụ", "perform"), (2, "Công an xã", "perform")],
        ),
        # who sits in a body by office; several places are one name
        (
            "TT | Chức vụ, đơn vị | Nhiệm vụ trong Tổ\n01 | Trưởng phòng Nội vụ | Tổ trưởng\n"
            "02 | Chủ tịch UBND các xã Pha, Lằm | Tổ viên",
            [(1, "Trưởng phòng Nội vụ", "perform"), (2, "Chủ tịch UBND các xã Pha, Lằm", "perform")],
        ),
        # a place is no unit unless it is one
        (
            "Thời gian | Công việc | Nơi thực hiện\nTháng 3 | Ra mắt | Lọng Nặm, Phiêng Ban\n"
            "Tháng 6 | Sơ kết | Huyện ủy",
            [(1, None, "perform"), (2, "Huyện ủy", "perform")],
        ),
        # a row that names nobody is a duty without a unit
        (
            f"{HEADING}\n1\tKhai mạc\t-\t-\tQuý I\n2\tBế mạc\tKhông\t\tQuý II\n3\tTập huấn\tPhòng A\t-\tQuý II",
            [(1, None, "perform"), (2, None, "perform"), (3, "Phòng A", "lead")],
        ),
        # a table without such a column lays no duty, and neither does one without a heading
        ("STT\tNội dung\tThời gian\n1\tTập huấn\tQuý I\n2\tKhảo sát\tQuý II", []),
        ("1\tTập huấn\tPhòng Nội vụ\n2\tKhảo sát\tCông an xã", []),
    ],
)
def test_a_row_is_the_duty_of_the_units_in_its_cells(text: str, expected: list[tuple[int, str | None, str]]) -> None:
    assert of_rows(text) == expected


@pytest.mark.parametrize("same", ["Như trên", "như trên.", "nt", "-nt-", "- nt -", "-như trên-"])
def test_as_above_repeats_the_units_of_the_row_above(same: str) -> None:
    text = f"{HEADING}\n1\tTập huấn\tPhòng Nội vụ\t\tQuý I\n2\tKhảo sát\t{same}\tCông an xã\tQuý II"
    read = read_document(StoredText("a.txt", text))
    first, again, partner = read.assignments
    assert (again.provision, again.unit, again.role) == (2, first.unit, "lead")
    assert again.unit_span == first.unit_span
    assert text[again.duty.start : again.duty.end].startswith("2\tKhảo sát")
    assert partner.unit == "Công an xã"


def test_a_line_of_its_own_may_be_the_cell_that_names_the_unit() -> None:
    rows = "1\nTập huấn\nPhòng Nội vụ\n2\nKhảo sát\nCông an xã\n3\nBáo cáo\nNhư trên"
    text = f"I. VIỆC\nSTT\nNội dung\nĐơn vị theo dõi\n{rows}\nII. KHÁC"
    read = read_document(StoredText("a.txt", text))
    where = [(item.provision, item.role, item.unit_span) for item in read.assignments]
    assert [(at, role, span and text[span.start : span.end]) for at, role, span in where] == [
        (2, "supervise", "Phòng Nội vụ"),
        (3, "supervise", "Công an xã"),
        (4, "supervise", "Công an xã"),
    ]


def test_as_above_in_the_first_row_names_nobody() -> None:
    text = f"{HEADING}\n1\tTập huấn\tNhư trên\t-\tQuý I\n2\tKhảo sát\tCông an xã\t\tQuý II"
    assert of_rows(text) == [(1, None, "perform"), (2, "Công an xã", "lead")]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Phòng Nội vụ, Công an xã", ["Phòng Nội vụ", "Công an xã"]),
        ("Phòng Nội vụ; Công an xã", ["Phòng Nội vụ", "Công an xã"]),
        ("Phòng Nội vụ và Công an xã", ["Phòng Nội vụ", "Công an xã"]),
        ("- Phòng Nội vụ; - Công an xã", ["Phòng Nội vụ", "Công an xã"]),
        ("UBND các xã, thị trấn, Phòng Nội vụ", ["UBND các xã, thị trấn", "Phòng Nội vụ"]),
        ("Các phòng, ban; cơ quan liên quan", ["Các phòng, ban", "cơ quan liên quan"]),
        ("Lễ tân, Hậu cần", ["Lễ tân", "Hậu cần"]),  # no known names
        ("", []),
        ("Phòng Kinh tế, Hạ tầng và Đô thị", ["Phòng Kinh tế, Hạ tầng và Đô thị"]),
        (
            "Phòng Nội vụ, Trung tâm Văn hóa, Thông tin và Thể thao",
            ["Phòng Nội vụ", "Trung tâm Văn hóa, Thông tin và Thể thao"],
        ),
    ],
)
def test_a_cell_names_one_unit_or_more(cell: str, names: list[str]) -> None:
    assert of_cell(cell) == names


def test_each_unit_stands_where_its_cell_says_and_its_duty_is_the_row() -> None:
    text = f"{HEADING}\n1\tTập huấn\tPhòng Nội vụ, Công an xã\t-\tQuý I\n2\tKhảo sát\tTrạm Y tế\t\tQuý II"
    read = read_document(StoredText("a.txt", text))
    assert len(read.assignments) == 3
    for item in read.assignments:
        assert item.unit_span is not None
        assert text[item.unit_span.start : item.unit_span.end] == item.unit
        assert text[item.duty.start : item.duty.end] == text.splitlines()[item.provision]


def test_a_row_with_more_cells_than_the_heading_has_is_not_read() -> None:
    stored = "STT\tChủ trì\n1\tPhòng Nội vụ\tCông an xã"
    columns, where = Columns(stored, (Span(0, 11),)), (Span(12, len(stored)),)
    assert columns.has_units
    assert list(columns.units(where, matching_copy(stored, where))) == []
