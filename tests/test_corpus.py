"""The corpus is data: its bytes, its tables and their form."""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
COLUMNS = ["number", "type", "issuer", "date", "title", "effective_from", "effective_to", "amended_by",
           "replaced_by", "replaces", "last_cited", "checked_against"]  # fmt: skip
REQUIRED = ("number", "type", "issuer", "date", "title", "checked_against")
SHA256 = {"ke-hoach-dan-van-cao-loc-2024.txt": "6a71c3c803f09e74d19778d3ffb98d1de01cb57893c7fdf1988df388a0a1259d"}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with (CORPUS / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def is_iso_date(text: str) -> bool:
    """A day as YYYY-MM-DD, or a year alone."""
    if re.fullmatch(r"\d{4}", text):
        return True
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def test_each_text_keeps_the_bytes_of_its_issuer() -> None:
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (CORPUS / "documents").iterdir()}
    assert found == SHA256


def test_the_readme_names_each_text_with_its_checksum() -> None:
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    assert [name for name, digest in SHA256.items() if name not in readme or digest not in readme] == []


def test_the_catalogue_is_plain_utf_8_in_composed_letters() -> None:
    content = (CORPUS / "catalogue.csv").read_bytes()
    text = content.decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert not text.startswith("\ufeff")
    assert b"\r" not in content
    assert content.endswith(b"\n")


def test_the_catalogue_has_its_columns(rows: list[dict[str, str]]) -> None:
    assert rows
    assert all(list(row) == COLUMNS and None not in row.values() for row in rows)


def test_no_cell_has_white_space_around_it_or_doubled_inside(rows: list[dict[str, str]]) -> None:
    assert [cell for row in rows for cell in row.values() if cell != " ".join(cell.split())] == []


def test_no_required_cell_is_empty(rows: list[dict[str, str]]) -> None:
    assert [(row["number"], column) for row in rows for column in REQUIRED if not row[column]] == []


def test_dates_are_iso_dates(rows: list[dict[str, str]]) -> None:
    cells = [row[column] for row in rows for column in ("date", "effective_from") if row[column]]
    assert [cell for cell in cells if not is_iso_date(cell)] == []


def test_no_document_takes_effect_before_its_issue(rows: list[dict[str, str]]) -> None:
    assert [row["number"] for row in rows if row["effective_from"] and row["effective_from"] < row["date"]] == []


def test_each_document_stands_once_in_the_order_of_date_and_number(rows: list[dict[str, str]]) -> None:
    order = [(row["date"], row["number"], row["issuer"]) for row in rows]
    assert order == sorted(set(order))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-11-10", True),
        ("2022", True),
        ("20221110", False),  # the basic form of ISO 8601
        ("2022-02-30", False),  # no such day
        ("10/11/2022", False),
        ("2022-11", False),
    ],
)
def test_only_whole_days_and_years_are_dates(text: str, expected: bool) -> None:
    assert is_iso_date(text) is expected
