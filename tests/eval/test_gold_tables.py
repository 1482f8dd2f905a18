"""Gold questions come back from a table as they went, and what a person got wrong is told by row and column."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from eval.cells import ROLE_WORDS, read_groups, read_places, read_roles, read_values, write_groups, write_values
from eval.gold import CLASSES, DEV, GoldCase, GoldError, read_gold
from eval.gold_tables import CHOICES, CLASS_WORDS, COLUMNS, REASON_WORDS, STATUS_WORDS, cases_of, main, rows_of
from eval.sheets import LONGEST_CELL, read_rows, safe, unsafe, write_rows

HEADS = ["Mã", "Loại câu hỏi", "Câu hỏi", "Trạng thái", "Văn bản", "Đơn vị", "Căn cứ nguyên văn", "Ngày"]
ROW = ["a-01", "tra số ký hiệu", "Văn bản nào?", "trả lời được", "593-QĐ/TU", "", "Quyết định số 593-QĐ/TU", ""]
FULL = GoldCase.model_validate(
    {
        "id": "a-01", "class": "follow_up", "question": "=1+1?", "history": ["@ai", "a | b"], "status": "answered",
        "documents": [["593-QĐ/TU", "a = b"], ["source:documents/a.txt"]], "allowed": [["x"]], "forbidden": [["y"]],
        "units": [["Phòng: Nội vụ", "không có"]], "allowed_units": [["không có"]],
        "roles": {"Phòng: Nội vụ": "supervise"}, "evidence": [" hai\ndòng ", "\\"], "locator": ["Mục I", "Điều 5"],
        "places": [{"source": "documents/a:b.txt", "start": 3, "end": 9}], "facts": {"count": 0},
    }
)  # fmt: skip
REFUSED = GoldCase.model_validate(
    {
        "id": "b-01", "class": "not_held", "question": "Toàn văn?", "status": "not_found", "reason": "text_not_held",
        "documents": [], "units": None, "forbidden": [["z"]],
    }
)  # fmt: skip
PRINTED = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
TRICKY = st.one_of(PRINTED, st.text("|=\\ \n'@+-a:", min_size=1, max_size=6))


def sheet(tmp_path: Path, *rows: list[Any]) -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    path = tmp_path / "table.xlsx"
    book.save(path)
    return path


def changed(head: str, cell: str) -> list[str]:
    return [cell if name == head else old for name, old in zip(HEADS, ROW, strict=True)]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_every_question_comes_back_as_it_went(tmp_path: Path, suffix: str) -> None:
    cases = (*read_gold(DEV), FULL, REFUSED)
    path = tmp_path / f"gold{suffix}"
    write_rows(path, rows_of(cases), CHOICES)
    assert cases_of(read_rows(path)) == cases


def test_the_command_goes_both_ways(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table, back = tmp_path / "gold.xlsx", tmp_path / "gold.jsonl"
    assert main([str(DEV), str(table)]) == 0
    assert main([str(table), str(back)]) == 0
    assert read_gold(back) == read_gold(DEV)
    assert f"Đã ghi {len(read_gold(DEV))} câu vào {back}." in capsys.readouterr().out


@given(st.lists(st.lists(TRICKY, min_size=1, max_size=3), min_size=1, max_size=3))
@settings(max_examples=300, deadline=None)
def test_any_names_read_back_from_a_cell(groups: list[list[str]]) -> None:
    assert read_groups(write_groups(groups)) == groups
    assert read_values(write_values(groups[0])) == groups[0]


@given(TRICKY)
def test_any_cell_reads_back_and_is_no_formula(cell: str) -> None:
    assert unsafe(safe(cell)) == cell
    assert safe(cell)[0] not in "=+-@\t\r"


def test_formulas_are_written_as_text(tmp_path: Path) -> None:
    for suffix in (".csv", ".xlsx"):
        write_rows(tmp_path / f"t{suffix}", [["Mã"], ['=HYPERLINK("x")'], ["#N/A"]], {})
    assert "'=HYPERLINK" in (tmp_path / "t.csv").read_text(encoding="utf-8-sig")
    cells = [cell for (cell,) in load_workbook(tmp_path / "t.xlsx").worksheets[0].iter_rows()]
    assert [cell.data_type for cell in cells] == ["s", "s", "s"]
    assert cells[1].value == '\'=HYPERLINK("x")'


def test_the_sheet_offers_the_words_of_a_column(tmp_path: Path) -> None:
    write_rows(tmp_path / "t.xlsx", rows_of([FULL]), CHOICES)
    book = load_workbook(tmp_path / "t.xlsx")
    rules = {str(rule.sqref): rule.formula1 for rule in book.worksheets[0].data_validations.dataValidation}
    assert rules["B2:B1048576"] == f"'Giá trị'!$A$2:$A${len(CLASSES) + 1}"
    assert [cell.value for cell in book["Giá trị"]["B"]][:3] == ["Trạng thái", "trả lời được", "đính chính"]


@pytest.mark.parametrize(
    ("head", "cell", "fault"),
    [
        ("Loại câu hỏi", "khác", "hàng 2, cột Loại câu hỏi: “khác” không phải một trong: chủ đề → văn bản"),
        ("Trạng thái", "", "hàng 2, cột Trạng thái: thiếu trường này"),
        ("Mã", " ", "hàng 2, cột Mã: thiếu trường này"),
        ("Văn bản", "a || b", "hàng 2, cột Văn bản: có giá trị để trống giữa hai dấu |"),
        ("Ngày", "30/2/2024", "hàng 2, cột Ngày: 2024-02-30 không phải ngày"),
        ("Căn cứ nguyên văn", "", "hàng 2, cả dòng: thiếu evidence hoặc places"),
    ],
)
def test_a_wrong_cell_is_told_by_row_and_column(head: str, cell: str, fault: str) -> None:
    with pytest.raises(GoldError) as caught:
        cases_of([HEADS, changed(head, cell)])
    assert caught.value.faults[0].startswith(fault)


@pytest.mark.parametrize(
    ("head", "cell", "fault"),
    [
        ("Vai trò", "Phòng Nội vụ", "mỗi vai trò viết là"),
        ("Vai trò", "Phòng Nội vụ: múa", "“múa” không phải một trong: chủ trì"),
        ("Số lượng", "năm", "“năm” không phải số nguyên"),
        ("Căn cứ theo vị trí", "a.txt", "“a.txt” phải có dạng documents/van-ban.txt:120-180"),
    ],
)
def test_a_cell_of_a_kind_of_its_own_is_checked(head: str, cell: str, fault: str) -> None:
    with pytest.raises(GoldError, match=f"hàng 2, cột {head}: {fault}"):
        cases_of([[*HEADS, head], [*ROW, cell]])


def test_all_wrong_rows_are_told_and_empty_ones_counted() -> None:
    with pytest.raises(GoldError) as caught:
        cases_of([[], HEADS, changed("Mã", ""), ["", " "], [*ROW, "thừa"]])
    assert caught.value.faults == (
        "hàng 3, cột Mã: thiếu trường này",
        "hàng 5, “thừa” không nằm dưới cột nào",
    )


def test_a_repeated_question_is_told() -> None:
    with pytest.raises(GoldError, match="a-02: trùng câu hỏi với a-01"):
        cases_of([HEADS, ROW, changed("Mã", "a-02")])


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([], "bảng không có dòng nào"),
        ([["Mã", "Câu hoi", "Câu hỏi"]], "hàng 1: hai cột cùng tên “Câu hỏi”"),
        ([[*HEADS, "Đơn vi chủ trì"]], "không có cột nào tên “Đơn vi chủ trì”"),
        ([[*HEADS, "Cố lượng"]], "có phải “Số lượng”?"),
        ([["Mã", "", "Câu hỏi"]], "hàng 1: thiếu cột “Loại câu hỏi”"),
    ],
)
def test_wrong_heads_are_told(rows: list[list[str]], fault: str) -> None:
    with pytest.raises(GoldError) as caught:
        cases_of(rows)
    assert fault in str(caught.value)


def test_heads_go_without_marks_or_by_the_name_of_the_field_and_codes_for_words() -> None:
    heads = ["id", "CLASS", "cau hoi", "Trang Thai", "documents", "units", "evidence", "facts.date"]
    row = ["a-01", "number_lookup", "Văn bản nào?", "Answered", "593-QĐ/TU", "không có", "Quyết định", "11/11/2021"]
    (case,) = cases_of([heads, row])
    assert (case.kind, case.units, case.facts.date) == ("number_lookup", (), ("2021-11-11",))


def test_cells_of_values() -> None:
    assert read_roles("Phòng Nội vụ: chủ trì | UBND xã: Theo dõi") == {"Phòng Nội vụ": "lead", "UBND xã": "supervise"}
    assert read_places("documents/a.txt:1-5|b:7–9") == [
        {"source": "documents/a.txt", "start": 1, "end": 5},
        {"source": "b", "start": 7, "end": 9},
    ]
    assert read_groups("Không Có") == []
    assert read_values(r"a \| b | c") == ["a | b", "c"]


def test_numbers_dates_and_stored_results_of_a_sheet_are_read(tmp_path: Path) -> None:
    path = sheet(tmp_path, ["a", 5, 5.0, 5.5, datetime(2024, 2, 28), None, True])
    assert read_rows(path) == [["a", "5", "5", "5.5", "2024-02-28", "", "True"]]


def with_result(path: Path, value: str) -> Path:
    """The workbook with the result of its one formula, as another program may have written it."""
    parts = zipfile.ZipFile(path)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in parts.namelist():
            data = parts.read(name)
            target.writestr(
                name, re.sub(rb"<v ?/>|<v></v>", f"<v>{value}</v>".encode(), data) if "sheet1.xml" in name else data
            )
    path.write_bytes(out.getvalue())
    return path


def test_a_formula_gives_its_stored_result_or_a_fault(tmp_path: Path) -> None:
    path = sheet(tmp_path, ["Mã", "=1+1"])
    with pytest.raises(GoldError, match="hàng 1, ô B1: công thức chưa có kết quả"):
        read_rows(path)
    assert read_rows(with_result(path, "2")) == [["Mã", "2"]]


def test_a_formula_that_failed_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="ô A1: công thức báo lỗi #REF!"):
        read_rows(sheet(tmp_path, ["#REF!"]))


def test_merged_cells_hold_the_value_once(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["a", "b"])
    book.worksheets[0].merge_cells("A1:B1")
    book.save(tmp_path / "t.xlsx")
    assert read_rows(tmp_path / "t.xlsx") == [["a", ""]]


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("t.xlsx", b"no zip", "không phải tệp Excel"),
        ("t.csv", "Mã,Câu".encode("utf-16-le"), "không phải UTF-8|CSV hỏng|thiếu"),
        ("t.csv", "Mã".encode("cp1258", "replace") + b"\xff", "không phải UTF-8"),
        ("t.csv", b'"a"b,c\n', "tệp CSV hỏng"),
    ],
)
def test_a_file_that_is_no_table_is_told(tmp_path: Path, name: str, data: bytes, fault: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(GoldError, match=fault):
        cases_of(read_rows(tmp_path / name))


def test_a_zip_of_something_else_and_a_missing_file_are_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w") as file:
        file.writestr("a.txt", "b")
    with pytest.raises(GoldError, match="không phải tệp Excel"):
        read_rows(tmp_path / "t.xlsx")
    with pytest.raises(GoldError, match="không đọc được"):
        read_rows(tmp_path / "absent.csv")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_of_any_spreadsheet_is_read(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "t.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([[*HEADS, "Điều, mục"], [*ROW, "Mục I"]])
    (case,) = cases_of(read_rows(path))
    assert case.locator == ("Mục I",)


def test_what_a_sheet_cannot_hold_is_told_before_it_is_lost(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="hàng 2: ô dài 32768 ký tự"):
        write_rows(tmp_path / "t.xlsx", [["Mã"], ["a" * (LONGEST_CELL + 1)]], {})
    with pytest.raises(GoldError, match="hàng 1: ô có ký tự điều khiển"):
        write_rows(tmp_path / "t.xlsx", [["a\x07"]], {})
    with pytest.raises(GoldError, match=r"phải kết thúc bằng \.csv hoặc \.xlsx"):
        write_rows(tmp_path / "t.ods", [["a"]], {})


def test_the_command_tells_faults_and_exits_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = sheet(tmp_path, HEADS, changed("Mã", ""))
    assert main([str(path), str(tmp_path / "out.jsonl")]) == 1
    assert capsys.readouterr().out == f"hàng 2, cột Mã: thiếu trường này\n1 lỗi trong {path}.\n"
    assert not (tmp_path / "out.jsonl").exists()
    assert main([str(DEV), str(tmp_path / "absent" / "t.csv")]) == 1
    assert "Không ghi được" in capsys.readouterr().err


def test_each_word_stands_for_one_code_and_each_field_has_a_column() -> None:
    for words in (CLASS_WORDS, STATUS_WORDS, REASON_WORDS, ROLE_WORDS):
        assert len(set(words.values())) == len(words)
    fields = {field.alias or name for name, field in GoldCase.model_fields.items()}
    assert {column.field.split(".")[0] for column in COLUMNS} == fields
