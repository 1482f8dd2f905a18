"""The table beside the files of a corpus that tells which documents they are the whole texts of, written by hand.

It is for texts that do not say so themselves: bare articles, scans without a head, pages of a portal. The columns are
file, number, type, issuer, date, title; all but the first two may be empty.
"""

from __future__ import annotations

import csv
import io
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from rag.errors import ReadingError
from rag.law.numbers import find_numbers
from rag.reading.files import HELD, shown_name
from rag.types import CheckedFact

COLUMNS = ("file", "number", "type", "issuer", "date", "title")
AGAINST = f"lời ghi của người đưa tệp vào kho ({HELD})"
_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}")


def tables(places: Sequence[Path]) -> list[tuple[str, Path]]:
    """The tables of the folders of a corpus with their sources; none for a place that is one file."""
    found = ((f"{folder.resolve().name}/{HELD}", folder / HELD) for folder in places)
    return [(source, path) for source, path in found if path.is_file()]


def read_held(places: Sequence[Path]) -> dict[str, CheckedFact]:
    """What the tables say, by the sources of the texts in NFC.

    Raises: ReadingError, naming the line, where a table is damaged or a row says nothing clear.
    """
    found: dict[str, CheckedFact] = {}
    for source, path in tables(places):
        folder = source.removesuffix(HELD)
        for number, row in _rows(path):
            text = _plain(shown_name(folder + row["file"]))
            if text in found:
                raise ReadingError(f"{path}, dòng {number}: hai dòng cho một tệp {row['file']}.")
            found[text] = _fact(row, f"{path}, dòng {number}")
    return found


def row_of(held: Mapping[str, CheckedFact], source: str) -> CheckedFact | None:
    """What the tables say of a text; a file's name may be in decomposed letters."""
    return held.get(_plain(source))


def whole_number(said: str) -> str | None:
    """The canonical form of a document's number, None for what is none or more than one.

    >>> whole_number("59/2023/NĐ-CP"), whole_number("18 CT/TU"), whole_number("Nghị định 59")
    ('59/2023/NĐ-CP', '18-CT/TU', None)
    """
    said = unicodedata.normalize("NFC", said).strip()
    found = next(find_numbers(said), None)
    return found.canonical if found and (found.start, found.end) == (0, len(said)) else None


def type_of_number(number: str) -> str:
    """The type that a canonical number tells; "QĐ" alone may be of two."""
    found = next(find_numbers(number), None)
    return (found.type if found else None) or "Văn bản"


def set_row(folder: Path, file: str, fact: CheckedFact | None) -> None:
    """Makes the one row of a file in a folder's table, or takes out those of it and of what it holds.

    Raises: ReadingError where the table is damaged or the disk refuses.
    """
    path = folder / HELD
    rows = [row for _, row in _rows(path)] if path.is_file() else []
    name = _plain(file)
    kept = [row for row in rows if name != _plain(row["file"]) and not _plain(row["file"]).startswith(f"{name}/")]
    if fact:
        values = (file, fact.number, fact.type, fact.issuer, fact.date, fact.title)
        kept.append({name: value or "" for name, value in zip(COLUMNS, values, strict=True)})
    if kept == rows:
        return
    draft = folder / f".{HELD}.part"
    try:
        draft.write_text(_written(kept), encoding="utf-8", newline="")
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise ReadingError(f"Không ghi được {path}: {error.strerror}.") from error


def place_of(places: Sequence[Path], source: str) -> tuple[Path, str] | None:
    """The folder of the corpus that a text stands in, and its name there; None where it stands in none."""
    start, _, name = source.partition("/")
    folders = [place for place in places if place.is_dir() and place.resolve().name == start]
    here = [folder for folder in folders if (folder / name).exists()] or folders
    return (here[0], name) if here and name else None


def rows_without_file(places: Sequence[Path], files: Sequence[str], texts: Sequence[str]) -> list[str]:
    """The sources that a table names and the corpus does not have: neither as a file nor as a text inside one."""
    known, read = frozenset(map(_plain, files)), frozenset(map(_plain, texts))
    inner = {source for source in read if any(str(parent) in known for parent in PurePosixPath(source).parents)}
    return [source for source in read_held(places) if source not in known | inner]


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _written(rows: Sequence[Mapping[str, str]]) -> str:
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, lineterminator="\n", extrasaction="ignore")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue()


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows with the numbers of their lines; spreadsheets may have saved them with a mark and with semicolons."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        delimiter = ";" if ";" in text.partition("\n")[0] else ","
        table = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        if not {"file", "number"} <= set(table.fieldnames or ()):
            raise ReadingError(f"{path}: dòng đầu cần có các cột {', '.join(COLUMNS)}.")
        for row in table:
            values = {name: (row.get(name) or "").strip() for name in COLUMNS}
            if any(values.values()):
                yield table.line_num, values
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ReadingError(f"Không đọc được bảng toàn văn {path}: {error}.") from error


def _fact(row: Mapping[str, str], place: str) -> CheckedFact:
    number = whole_number(row["number"])
    if not row["file"] or number is None:
        raise ReadingError(f"{place}: cần có tên tệp và số, ký hiệu đầy đủ của văn bản, ví dụ 59/2023/NĐ-CP.")
    if row["date"] and not _DATE.fullmatch(row["date"]):
        raise ReadingError(f"{place}: ngày {row['date']} cần viết dạng 2023-08-14.")
    return CheckedFact(
        number=number,
        type=row["type"] or type_of_number(number),
        issuer=row["issuer"] or None,
        date=row["date"] or None,
        title=row["title"] or None,
        checked_against=AGAINST,
    )
