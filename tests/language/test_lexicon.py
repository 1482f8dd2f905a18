"""The domain tables: their form, and that each row does what it says."""

from __future__ import annotations

import csv
import re
import string
import tomllib
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from rag.language import lexicon
from rag.law.references import find_mentions
from rag.types import Role

DATA = Path(lexicon.__file__).resolve().parent.parent / "data"
COLUMNS = {
    "abbreviations.csv": ["abbreviation", "expansion", "context"],
    "document_types.csv": ["name", "abbreviations", "family", "source", "example"],
    "issuers.csv": ["symbol", "name", "family", "level", "valid_to", "source"],
    "levels.csv": ["level", "phrase", "valid_to", "source"],
}
TABLES = sorted(COLUMNS)
FIELDS = {
    "asked",
    "claim",
    "claimed",
    "count",
    "date",
    "document",
    "facts",
    "first",
    "first_date",
    "heading",
    "index",
    "issuer",
    "known",
    "level",
    "locator",
    "markers",
    "name",
    "names",
    "number",
    "printed",
    "quote",
    "rest",
    "role",
    "second",
    "second_date",
    "signer",
    "source",
    "status",
    "texts",
    "title",
    "topic",
    "type",
    "values",
    "words",
}
# Parts of proper names, written as in the names.
CAPITALISED = {("issuers", "comma_parts")}


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def word_lists() -> list[tuple[tuple[str, ...], list[str]]]:
    """Every list of lexicon.toml with the path of its key."""
    found: list[tuple[tuple[str, ...], list[str]]] = []
    for key, value in table("lexicon.toml").items():
        if isinstance(value, dict):
            found += [((key, inner), words) for inner, words in value.items()]
        else:
            found.append(((key,), value))
    return found


def question_lists() -> list[tuple[str, str]]:
    return [(key, item) for key, items in table("questions.toml").items() for item in items]


def doubled(values: list[str]) -> list[str]:
    return sorted({value for value in values if values.count(value) > 1})


def test_every_table_is_tested_here() -> None:
    assert sorted(path.name for path in DATA.glob("*.csv")) == TABLES


@pytest.mark.parametrize("path", sorted(path.name for path in DATA.glob("*.*ml")) + TABLES)
def test_files_are_plain_utf_8_in_composed_letters(path: str) -> None:
    content = (DATA / path).read_bytes()
    text = content.decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert not text.startswith("\ufeff")
    assert b"\r" not in content
    assert content.endswith(b"\n")


@pytest.mark.parametrize("name", TABLES)
def test_tables_have_their_columns_and_trimmed_cells(name: str) -> None:
    found = rows(name)
    assert found
    assert [row for row in found if list(row) != COLUMNS[name] or None in row.values()] == []
    assert [cell for row in found for cell in row.values() if cell != " ".join(cell.split())] == []


@pytest.mark.parametrize("name", TABLES)
def test_no_row_stands_twice(name: str) -> None:
    key = "phrase" if name == "levels.csv" else COLUMNS[name][0]
    assert doubled([row[key].casefold() for row in rows(name)]) == []


@pytest.mark.parametrize("name", ["abbreviations.csv", "document_types.csv", "issuers.csv"])
def test_rows_are_sorted_by_their_first_column(name: str) -> None:
    firsts = [row[COLUMNS[name][0]] for row in rows(name)]
    assert firsts == sorted(firsts)  # by code point, as a tool sorts them


def test_levels_go_from_the_centre_down() -> None:
    order = ["trung ương", "tỉnh", "huyện", "xã"]
    levels = [row["level"] for row in rows("levels.csv")]
    assert set(levels) == set(order)
    assert levels == sorted(levels, key=order.index)


def test_phrases_of_levels_are_lower_case() -> None:
    assert [row["phrase"] for row in rows("levels.csv") if row["phrase"] != row["phrase"].lower()] == []


@pytest.mark.parametrize("name", ["issuers.csv", "levels.csv"])
def test_last_days_are_days_with_a_source(name: str) -> None:
    for row in rows(name):
        if row["valid_to"]:
            assert date.fromisoformat(row["valid_to"]).isoformat() == row["valid_to"]
            assert row["source"]


@pytest.mark.parametrize(
    ("name", "families"),
    [("document_types.csv", {"party", "state", "both"}), ("issuers.csv", {"party", "state", "front"})],
)
def test_families_are_known_and_sources_named(name: str, families: set[str]) -> None:
    assert {row["family"] for row in rows(name)} <= families
    assert [row for row in rows(name) if not row["source"]] == []


def test_levels_of_issuers_are_those_of_the_levels_table() -> None:
    known = {row["level"] for row in rows("levels.csv")}
    assert {row["level"] for row in rows("issuers.csv")} - {""} <= known


def test_abbreviations_are_upper_case() -> None:
    found = [row["abbreviation"] for row in rows("abbreviations.csv")]
    assert [short for short in found if short != short.upper()] == []
    assert set(lexicon.abbreviations()) == {short.upper() for short in found}


def test_expansions_are_longer_than_their_abbreviations() -> None:
    assert [row for row in rows("abbreviations.csv") if len(row["expansion"]) <= len(row["abbreviation"])] == []


def test_abbreviations_of_types_differ_within_a_type_and_open_with_a_capital() -> None:
    for row in lexicon.document_types():
        assert doubled(list(row.abbreviations)) == []
        assert all(re.fullmatch(r"[A-ZĐ][A-Za-zĐđ]*", short) for short in row.abbreviations), row


@pytest.mark.parametrize("row", lexicon.document_types(), ids=lambda row: str(row.name))
def test_the_example_of_each_type_is_read_as_that_type(row: lexicon.DocumentType) -> None:
    found = find_mentions(f"Thực hiện {row.example} của cấp trên.")
    assert [mention.type for mention in found] == [row.name]
    number = found[0].number
    if number is not None:
        assert row.example.endswith(number.canonical)
    if row.abbreviations:
        assert number is not None


@pytest.mark.parametrize("row", lexicon.document_types(), ids=lambda row: str(row.name))
def test_the_example_of_each_type_carries_its_abbreviation(row: lexicon.DocumentType) -> None:
    if row.abbreviations:
        assert re.search(rf"[-/]{row.abbreviations[0]}[-/]", row.example)


def test_types_come_longest_name_first() -> None:
    lengths = [len(row.name) for row in lexicon.document_types()]
    assert lengths == sorted(lengths, reverse=True)


def test_issuers_are_found_by_their_symbol_in_capitals() -> None:
    found = lexicon.issuers()
    assert found["TTG"].name == "Thủ tướng Chính phủ"
    assert found["BCĐ"].name is None  # which steering committee, only the text tells
    assert (found["HU"].level, found["HU"].valid_to) == ("huyện", "2025-06-30")


@pytest.mark.parametrize(
    ("path", "words"), word_lists(), ids=lambda value: ".".join(value) if isinstance(value, tuple) else ""
)
def test_word_lists_are_lower_case_trimmed_and_without_doubles(path: tuple[str, ...], words: list[str]) -> None:
    assert words
    assert doubled(words) == []
    assert [word for word in words if word != " ".join(word.split())] == []
    if path not in CAPITALISED:
        assert [word for word in words if word != word.lower()] == []


def test_roles_of_the_lexicon_are_the_roles_of_the_contract() -> None:
    assert set(table("lexicon.toml")["roles"]) <= set(get_args(Role))


def test_word_classes_come_longest_first() -> None:
    heads = lexicon.word_classes().unit_heads
    assert list(heads) == sorted(heads, key=lambda word: (-len(word), word))
    assert len(lexicon.binding_phrases()) > 1


@pytest.mark.parametrize(("key", "pattern"), question_lists())
def test_question_patterns_compile_and_see_no_marks(key: str, pattern: str) -> None:
    # The question they are matched with is folded and stripped: another letter could never match. Only
    # `frame_words` are matched with their marks.
    assert pattern.isascii() or key == "frame_words"
    if key == "stop":
        assert re.fullmatch(r"[a-z]+", pattern)
    else:
        assert re.compile(pattern).search("") is None


def test_no_question_pattern_stands_twice_in_its_list() -> None:
    assert {key: doubled(items) for key, items in table("questions.toml").items() if doubled(items)} == {}


def test_sentences_use_known_fields() -> None:
    found = {
        key: {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
        for key, text in lexicon.messages().items()
    }
    assert {key: sorted(fields - FIELDS) for key, fields in found.items() if fields - FIELDS} == {}


def test_each_role_has_a_word() -> None:
    assert all(lexicon.messages()[f"role_{role}"] for role in get_args(Role))


def test_the_fingerprint_of_the_tables_is_stable() -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", lexicon.tables_fingerprint())
    lexicon.tables_fingerprint.cache_clear()
    assert lexicon.tables_fingerprint() == lexicon.tables_fingerprint()


def test_lines_leave_out_comments_and_blanks() -> None:
    found = lexicon.lines("questions.toml")
    assert found
    assert not any(line.startswith("#") or not line.strip() for line in found)
