"""Gold questions as a table for people who write in Excel: `python -m eval.gold_tables FROM TO`, either way.

One row a question under Vietnamese heads; docs/gold-format.md tells how a cell is written.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from eval.cells import (
    Words,
    choice,
    plain,
    read_count,
    read_dates,
    read_groups,
    read_places,
    read_roles,
    read_text,
    read_values,
    write_groups,
    write_or_none,
    write_places,
    write_roles,
    write_text,
    write_values,
)
from eval.gold import CLASSES, GoldCase, GoldError, gold_line, plain_faults, read_gold, repeats
from eval.sheets import SUFFIXES, read_rows, write_rows

Fields = dict[str, object]

CLASS_WORDS: Words = dict(
    zip(
        CLASSES,
        (
            "chủ đề → văn bản", "chủ đề → đơn vị", "văn bản và đơn vị", "tra số ký hiệu", "ngày, nơi ban hành",
            "liệt kê", "đếm", "so sánh", "số gần giống nhau", "nhiều cách hiểu", "chú thích", "không nêu đơn vị",
            "nội dung", "câu hỏi tiếp", "tiền đề sai", "viết tắt", "không dấu", "nửa dấu", "lỗi gõ",
            "dấu rời (NFD)", "trong lĩnh vực, không có đáp án", "ngoài lĩnh vực", "không giữ toàn văn",
        ),
        strict=True,
    )
)  # fmt: skip
STATUS_WORDS: Words = {
    "answered": "trả lời được", "corrected": "đính chính", "ambiguous": "nhiều cách hiểu",
    "not_found": "không tìm thấy",
}  # fmt: skip
REASON_WORDS: Words = {
    "no_evidence": "không có căn cứ", "unknown_document": "không biết văn bản", "text_not_held": "không giữ toàn văn",
    "out_of_scope": "ngoài phạm vi",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, the field that it holds ("facts.date" inside another), and how a cell is read and written.

    `read` raises ValueError with a Vietnamese phrase. A field that is None has an empty cell.
    """

    head: str
    field: str
    read: Callable[[str], object]
    write: Callable[[object], str]
    required: bool = False


def rows_of(cases: Iterable[GoldCase]) -> list[list[str]]:
    """The heads, then a row for each case."""
    return [[column.head for column in COLUMNS], *(_row(case) for case in cases)]


def cases_of(rows: Sequence[Sequence[str]]) -> tuple[GoldCase, ...]:
    """The cases of a table, whose first row that holds something has the heads; empty rows are passed over.

    Raises: GoldError with every fault, each with its row as a spreadsheet numbers it.
    """
    filled = [(number, row) for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]
    if not filled:
        raise GoldError(["bảng không có dòng nào"])
    number, heads = filled.pop(0)
    columns = _columns(number, heads)
    cases: list[GoldCase] = []
    faults: list[str] = []
    for number, row in filled:
        case, wrong = _case(row, columns)
        faults += [f"hàng {number}, {fault}" for fault in wrong]
        cases += [case] if case else []
    faults += [] if faults else repeats(cases)
    if faults:
        raise GoldError(faults)
    return tuple(cases)


def _columns(number: int, heads: Sequence[str]) -> list[Column | None]:
    """The column under each head; None under an empty one."""
    known = {plain(name): column for column in COLUMNS for name in (column.head, column.field)}
    found: list[Column | None] = []
    faults: list[str] = []
    for head in heads:
        column = known.get(plain(head))
        if column is None and head.strip():
            near = difflib.get_close_matches(plain(head), known, n=1)
            hint = f"; có phải “{known[near[0]].head}”?" if near else ""
            faults.append(f"không có cột nào tên “{head.strip()}”{hint}")
        elif column is not None and column in found:
            faults.append(f"hai cột cùng tên “{column.head}”")
        found.append(column)
    faults += [f"thiếu cột “{column.head}”" for column in COLUMNS if column.required and column not in found]
    if faults:
        raise GoldError([f"hàng {number}: {fault}" for fault in faults])
    return found


def _case(row: Sequence[str], columns: Sequence[Column | None]) -> tuple[GoldCase | None, list[str]]:
    """The case of one row, or what is wrong with it."""
    values: Fields = {"documents": None, "units": None}
    facts: Fields = {}
    faults: list[str] = []
    for cell, column in zip(row, columns, strict=False):
        if column is None or not cell.strip():
            continue
        outer, _, inner = column.field.partition(".")
        try:
            (facts if inner else values)[inner or outer] = column.read(cell)
        except ValueError as error:
            faults.append(f"cột {column.head}: {error}")
    beyond = [cell for cell in row[len(columns) :] if cell.strip()]
    faults += [f"“{cell}” không nằm dưới cột nào" for cell in beyond]
    if faults:
        return None, faults
    try:
        return GoldCase.model_validate({**values, **({"facts": facts} if facts else {})}), []
    except ValidationError as error:
        return None, [_with_head(fault) for fault in plain_faults(error)]


def _with_head(fault: str) -> str:
    """A fault with the head of its column in place of the field's name.

    >>> _with_head("facts.date: sai"), _with_head("documents.0.1: đang để trống")
    ('cột Ngày: sai', 'cột Văn bản: đang để trống')
    """
    place, _, phrase = fault.partition(": ")
    fields = sorted((column for column in COLUMNS if f"{place}.".startswith(f"{column.field}.")), key=lambda c: c.field)
    return f"cột {fields[-1].head}: {phrase}" if fields else fault


def _row(case: GoldCase) -> list[str]:
    values = case.model_dump(by_alias=True)
    facts = values.pop("facts")
    found = {**values, **{f"facts.{name}": value for name, value in facts.items()}}
    return ["" if found[column.field] is None else column.write(found[column.field]) for column in COLUMNS]


COLUMNS: tuple[Column, ...] = (
    Column("Mã", "id", read_text, write_text, required=True),
    Column("Loại câu hỏi", "class", *choice(CLASS_WORDS), required=True),
    Column("Kho", "corpus", read_text, write_text),
    Column("Câu hỏi", "question", read_text, write_text, required=True),
    Column("Các câu hỏi trước", "history", read_values, write_values),
    Column("Trạng thái", "status", *choice(STATUS_WORDS), required=True),
    Column("Lý do", "reason", *choice(REASON_WORDS)),
    Column("Văn bản", "documents", read_groups, write_or_none),
    Column("Văn bản được phép nêu thêm", "allowed", read_groups, write_groups),
    Column("Văn bản không được nêu", "forbidden", read_groups, write_groups),
    Column("Đơn vị", "units", read_groups, write_or_none),
    Column("Đơn vị được phép nêu thêm", "allowed_units", read_groups, write_groups),
    Column("Vai trò", "roles", read_roles, write_roles),
    Column("Căn cứ nguyên văn", "evidence", read_values, write_values),
    Column("Căn cứ theo vị trí", "places", read_places, write_places),
    Column("Điều, mục", "locator", read_values, write_values),
    Column("Ngày", "facts.date", read_dates, write_values),
    Column("Nơi ban hành", "facts.issuer", read_values, write_values),
    Column("Số lượng", "facts.count", read_count, str),
)
CHOICES: Mapping[str, tuple[str, ...]] = {
    "Loại câu hỏi": tuple(CLASS_WORDS.values()),
    "Trạng thái": tuple(STATUS_WORDS.values()),
    "Lý do": tuple(REASON_WORDS.values()),
}
"""What a cell of a column may hold, offered as a list in a spreadsheet."""


def main(arguments: Sequence[str] | None = None) -> int:
    """0; 1 where a file cannot be read or has a fault."""
    options = _parser().parse_args(arguments)
    try:
        if options.source.suffix.lower() in SUFFIXES:
            cases = cases_of(read_rows(options.source))
            options.target.write_text("".join(gold_line(case) + "\n" for case in cases), encoding="utf-8")
        else:
            cases = read_gold(options.source)
            write_rows(options.target, rows_of(cases), CHOICES)
    except GoldError as error:
        print(*error.faults, f"{len(error.faults)} lỗi trong {options.source}.", sep="\n")
        return 1
    except OSError as error:
        print(f"Không ghi được {options.target}: {error}.", file=sys.stderr)
        return 1
    print(f"Đã ghi {len(cases)} câu vào {options.target}.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval.gold_tables",
        description="Chuyển bảng câu hỏi (CSV, XLSX) thành tệp câu hỏi chuẩn (JSONL), hoặc ngược lại.",
    )
    parser.add_argument("source", type=Path, metavar="TỪ", help="tệp .csv, .xlsx hoặc .jsonl")
    parser.add_argument("target", type=Path, metavar="ĐẾN", help="tệp .jsonl, hoặc .csv, .xlsx khi TỪ là .jsonl")
    return parser


if __name__ == "__main__":
    sys.exit(main())
