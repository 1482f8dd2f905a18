"""The table of whole texts: what it says, what is refused, and that one row changes at a time."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from rag.errors import ReadingError
from rag.reading.held import place_of, read_held, row_of, rows_without_file, set_row
from rag.types import CheckedFact

DECREE = CheckedFact("59/2023/NĐ-CP", "Nghị định", "Chính phủ", "2023-08-14", "về dân chủ, ở cơ sở", "tay")


def table(folder: Path, text: str, encoding: str = "utf-8") -> None:
    (folder / "held.csv").write_text(text, encoding=encoding)


def test_a_row_is_written_read_and_taken_out(tmp_path: Path) -> None:
    table(tmp_path, "file,number,type,issuer,date,title\nb.txt,18-CT/TU,,,2018,\n")
    set_row(tmp_path, "kế hoạch.pdf", DECREE)
    held = read_held([tmp_path])
    decomposed = unicodedata.normalize("NFD", f"{tmp_path.name}/kế hoạch.pdf")
    found = row_of(held, decomposed)
    assert found
    assert (found.number, found.issuer, found.date, found.title) == (
        "59/2023/NĐ-CP",
        "Chính phủ",
        "2023-08-14",
        "về dân chủ, ở cơ sở",
    )
    other = row_of(held, f"{tmp_path.name}/b.txt")
    assert other
    assert (other.type, other.date, other.title) == ("Chỉ thị", "2018", None)
    set_row(tmp_path, "kế hoạch.pdf", None)
    assert (tmp_path / "held.csv").read_text(encoding="utf-8").splitlines()[1:] == ["b.txt,18-CT/TU,,,2018,"]


def test_with_an_archive_go_the_rows_of_what_it_holds(tmp_path: Path) -> None:
    table(tmp_path, "file,number\na.zip/b.txt,18-CT/TU\na.zip2,19-CT/TU\n")
    set_row(tmp_path, "a.zip", None)
    assert list(read_held([tmp_path])) == [f"{tmp_path.name}/a.zip2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("sign", [",", ";"])
def test_a_table_that_a_spreadsheet_saved_is_read(tmp_path: Path, encoding: str, sign: str) -> None:
    table(tmp_path, "file,number,date\r\na.txt, 59/2023/NĐ-CP ,2023-08-14\r\n,,\r\n".replace(",", sign), encoding)
    assert [fact.number for fact in read_held([tmp_path]).values()] == ["59/2023/NĐ-CP"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("tệp,số\na,b\n", "cần có các cột"),
        ("file,number\na.txt,Nghị định 59\n", "dòng 2: cần có tên tệp và số"),
        ("file,number\n,59/2023/NĐ-CP\n", "dòng 2: cần có tên tệp và số"),
        ("file,number,date\na.txt,59/2023/NĐ-CP,14/8/2023\n", "cần viết dạng 2023-08-14"),
        ("file,number\na.txt,59/2023/NĐ-CP\na.txt,61/2023/NĐ-CP\n", "dòng 3: hai dòng cho một tệp"),
        ('file,number\n"a.txt,59/2023/NĐ-CP\n', "Không đọc được bảng toàn văn"),
    ],
)
def test_a_row_that_says_nothing_clear_is_refused_with_its_line(tmp_path: Path, text: str, sentence: str) -> None:
    table(tmp_path, text)
    with pytest.raises(ReadingError, match=sentence):
        read_held([tmp_path])


def test_a_table_in_another_encoding_is_refused_and_stays(tmp_path: Path) -> None:
    table(tmp_path, "file,number\na.txt,59/2023/NĐ-CP\n", "utf-16")
    with pytest.raises(ReadingError, match="bảng toàn văn"):
        set_row(tmp_path, "b.txt", DECREE)
    assert [path.name for path in tmp_path.iterdir()] == ["held.csv"]


def test_a_row_whose_file_is_gone_is_told(tmp_path: Path) -> None:
    table(tmp_path, "file,number\na.txt,59/2023/NĐ-CP\nb.zip/a.txt,61/2023/NĐ-CP\n")
    file, inner = f"{tmp_path.name}/a.txt", f"{tmp_path.name}/b.zip/a.txt"
    assert rows_without_file([tmp_path], [], [file, inner]) == [file, inner]
    assert rows_without_file([tmp_path], [file, f"{tmp_path.name}/b.zip"], [file, inner]) == []
    assert rows_without_file([tmp_path], [f"{tmp_path.name}/b.zip"], []) == [file, inner]


def test_a_source_stands_in_a_folder_of_the_corpus_or_in_none(tmp_path: Path) -> None:
    assert place_of([tmp_path], f"{tmp_path.name}/x/a.txt") == (tmp_path, "x/a.txt")
    assert place_of([tmp_path], "other/a.txt") is None
