"""Tables of text in CSV and XLSX files, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from eval.gold import GoldError

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SUFFIXES = frozenset((".csv", ".xlsx"))
LONGEST_CELL = 32_767
"""Characters; a spreadsheet cuts off what is longer."""
_LARGEST = 50_000_000
_LARGEST_INSIDE = 500_000_000
_MOST_ROWS = 100_000
_MOST_COLUMNS = 100
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_DELIMITERS = ",;\t"
_FIRST_SHEET, _SECOND_SHEET = "Câu hỏi", "Giá trị"

Rows = list[list[str]]


def safe(cell: str) -> str:
    """The cell with an apostrophe in front where a spreadsheet would take it for a formula.

    Source: OWASP, CSV Injection.

    >>> safe("=1+1"), safe("'@x"), safe("Ai chủ trì?"), unsafe(safe("=1+1"))
    ("'=1+1", "''@x", 'Ai chủ trì?', '=1+1')
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unsafe(cell: str) -> str:
    """The cell without the apostrophe that `safe` put in front."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def read_rows(path: Path) -> Rows:
    """The cells of a CSV file or of the first sheet, by row; rows may differ in length. Dates come as 2024-02-28.

    Raises: GoldError where the file cannot be read, is over 50 MB, or a cell has no value to take.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise GoldError([f"không đọc được {path}: {error}"]) from error
    if len(data) > _LARGEST:
        raise GoldError([f"{path} lớn hơn 50 MB"])
    rows = _read_csv(data) if path.suffix.lower() == ".csv" else _read_xlsx(data)
    return [[unsafe(cell) for cell in row] for row in rows]


def write_rows(path: Path, rows: Sequence[Sequence[str]], choices: Mapping[str, Sequence[str]]) -> None:
    """Write a table, its heads first, for a spreadsheet; `choices` are offered in the cells under their heads.

    Raises: GoldError where the name ends in neither .csv nor .xlsx, or a cell does not fit; OSError.
    """
    kind = path.suffix.lower()
    if kind not in SUFFIXES:
        raise GoldError([f"{path}: tên tệp phải kết thúc bằng .csv hoặc .xlsx"])
    guarded = [[safe(cell) for cell in row] for row in rows]
    if kind == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:  # Excel takes UTF-8 without the mark for ANSI
            csv.writer(file).writerows(guarded)
        return
    faults = [
        f"hàng {number}: {fault}" for number, row in enumerate(guarded, start=1) for fault in map(_misfit, row) if fault
    ]
    if faults:
        raise GoldError(faults)
    _write_xlsx(path, guarded, choices)


def _misfit(cell: str) -> str | None:
    if len(cell) > LONGEST_CELL:
        return f"ô dài {len(cell)} ký tự, quá {LONGEST_CELL} của Excel; hãy dùng .csv"
    return "ô có ký tự điều khiển, Excel không giữ được; hãy dùng .csv" if _CONTROL.search(cell) else None


def _read_csv(data: bytes) -> Rows:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True))
    except UnicodeDecodeError as error:
        raise GoldError(["tệp CSV không phải UTF-8: trong Excel hãy lưu kiểu “CSV UTF-8”"]) from error
    except csv.Error as error:
        raise GoldError([f"tệp CSV hỏng: {error}"]) from error


def _delimiter(text: str) -> str:
    """The sign that parts the heads: Excel writes ";" where the decimal sign is a comma, as in Vietnam.

    >>> _delimiter("Mã;Câu hỏi;Điều, mục"), _delimiter('"Điều, mục"')
    (';', ',')
    """
    heads = next((line for line in text.splitlines() if line.strip(_DELIMITERS + ' "')), "")
    bare = re.sub(r'"[^"]*"', "", heads)
    return max(_DELIMITERS, key=bare.count)


def _read_xlsx(data: bytes) -> Rows:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        if sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(data)).infolist()) > _LARGEST_INSIDE:
            raise GoldError(["tệp Excel giải nén ra quá lớn"])
        shown = load_workbook(io.BytesIO(data), data_only=True).worksheets[0]
        written = load_workbook(io.BytesIO(data)).worksheets[0]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, EOFError, SyntaxError) as error:
        raise GoldError(["không phải tệp Excel .xlsx, hoặc tệp hỏng"]) from error
    if shown.max_row > _MOST_ROWS:
        raise GoldError([f"bảng có {shown.max_row} hàng, quá {_MOST_ROWS}"])
    faults: list[str] = []
    rows = [list(_cells(row, written, faults)) for row in shown.iter_rows(max_col=min(shown.max_column, _MOST_COLUMNS))]
    if faults:
        raise GoldError(faults)
    return rows


def _cells(row: Sequence[object], written: Worksheet, faults: list[str]) -> Iterator[str]:
    """The texts of a row's cells, a formula's value for the formula; a fault for each that has none."""
    from openpyxl.cell.cell import Cell

    for cell in row:
        if not isinstance(cell, Cell):  # covered by a merged one
            yield ""
            continue
        place = f"hàng {cell.row}, ô {cell.coordinate}"
        if cell.data_type == "e":
            faults.append(f"{place}: công thức báo lỗi {cell.value}")
        elif cell.value is None and written[cell.coordinate].data_type == "f":
            faults.append(f"{place}: công thức chưa có kết quả; hãy mở tệp bằng Excel rồi lưu lại")
        yield _text(cell.value)


def _text(value: object) -> str:
    """A cell's value as a person reads it.

    >>> _text(5.0), _text(datetime(2024, 2, 28)), _text(None)
    ('5', '2024-02-28', '')
    """
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _write_xlsx(path: Path, rows: Sequence[Sequence[str]], choices: Mapping[str, Sequence[str]]) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _FIRST_SHEET
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, value)
            cell.data_type = "s"  # what looks like an error, "#N/A", stays text
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
    sheet.freeze_panes = "A2"
    for column in range(1, len(rows[0]) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 28
    _offer(sheet, rows[0], choices)
    book.save(path)


def _offer(sheet: Worksheet, heads: Sequence[str], choices: Mapping[str, Sequence[str]]) -> None:
    """Lists to choose from, kept on a sheet of their own: one in the rule itself is limited to 255 characters."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    assert sheet.parent is not None
    values = sheet.parent.create_sheet(_SECOND_SHEET)
    for column, (head, words) in enumerate(choices.items(), start=1):
        letter = get_column_letter(column)
        for number, word in enumerate((head, *words), start=1):
            values.cell(number, column, word)
        under = get_column_letter(heads.index(head) + 1)
        rule = DataValidation("list", f"'{_SECOND_SHEET}'!${letter}$2:${letter}${len(words) + 1}", allow_blank=True)
        rule.add(f"{under}2:{under}1048576")
        sheet.add_data_validation(rule)
