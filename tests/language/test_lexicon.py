"""The domain tables: their form, and that each row does what it says."""

from __future__ import annotations

import csv
import os
import re
import shutil
import string
import subprocess
import sys
import tomllib
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from rag.language import lexicon
from rag.language.normalize import alternation, fold
from rag.law.numbers import organ_row, parts
from rag.law.references import find_mentions
from rag.types import Role

DATA = Path(lexicon.__file__).resolve().parent.parent / "data"
COLUMNS = {
    "abbreviations.csv": ["abbreviation", "expansion", "kind", "before", "after"],
    "answering.csv": ["sign", "weight"],
    "dialect.csv": ["said", "standard", "example"],
    "document_types.csv": [
        "name", "abbreviations", "family", "called_by_number", "source", "example", "counterexample",
    ],
    "issuers.csv": [
        "symbol", "name", "family", "level", "parent", "valid_from", "valid_to", "source", "example", "counterexample",
    ],
    "law_names.csv": ["name", "source"],
    "legacy_letters.csv": ["letter", "tcvn3", "vni", "viscii", "viqr"],
    "levels.csv": ["level", "phrase", "valid_to", "source"],
    "synonyms.csv": ["said", "meant"],
    "relations.csv": ["kind", "position", "cue", "example", "counterexample"],
}  # fmt: skip
TABLES = sorted(COLUMNS)
FIELDS = {
    "missing",
    "noun",
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
    "held",
    "index",
    "issuer",
    "known",
    "level",
    "locator",
    "markers",
    "name",
    "names",
    "object",
    "office",
    "opening",
    "others",
    "part",
    "place",
    "quote",
    "role",
    "second",
    "second_date",
    "signer",
    "source",
    "subject",
    "texts",
    "topic",
    "type",
    "values",
    "words",
    "years",
}
# Parts of proper names, written as in the names.
CAPITALISED = {("issuers", "comma_parts"), ("issuers", "without_symbol")}


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
    keys = {
        "abbreviations.csv": ("abbreviation", "kind", "before", "after"),
        "legacy_letters.csv": ("viqr", "viscii"),  # a capital is a letter of its own
        "levels.csv": ("phrase",),
        "relations.csv": ("kind", "position", "cue"),
    }
    key = keys.get(name, (COLUMNS[name][0],))
    assert doubled(["|".join(row[part] for part in key).casefold() for row in rows(name)]) == []


@pytest.mark.parametrize("name", ["abbreviations.csv", "document_types.csv", "issuers.csv", "law_names.csv"])
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
def test_first_and_last_days_are_days_in_their_order(name: str) -> None:
    for row in rows(name):
        days = [row[key] for key in ("valid_from", "valid_to") if row.get(key)]
        assert [date.fromisoformat(day).isoformat() for day in days] == sorted(days)


@pytest.mark.parametrize("name", ["document_types.csv", "issuers.csv", "law_names.csv", "levels.csv"])
def test_every_row_names_its_source(name: str) -> None:
    assert [row for row in rows(name) if not row["source"]] == []


@pytest.mark.parametrize(
    ("name", "families"),
    [("document_types.csv", {"party", "state", "both"}), ("issuers.csv", {"party", "state", "front"})],
)
def test_families_are_known(name: str, families: set[str]) -> None:
    assert {row["family"] for row in rows(name)} <= families


def test_levels_of_issuers_are_those_of_the_levels_table() -> None:
    known = {row["level"] for row in rows("levels.csv")}
    assert {row["level"] for row in rows("issuers.csv")} - {""} <= known


def test_parents_of_issuers_are_issuers() -> None:
    assert {row["parent"] for row in rows("issuers.csv")} - {""} <= {row["symbol"] for row in rows("issuers.csv")}


@pytest.mark.parametrize("row", lexicon.issuers().values(), ids=lambda row: str(row.symbol))
def test_the_example_of_each_issuer_is_read_as_its_and_the_counterexample_is_not(row: lexicon.Issuer) -> None:
    assert symbols_in(row.example) == [row.symbol]
    assert row.symbol not in symbols_in(row.counterexample)


def symbols_in(text: str) -> list[str]:
    """The symbols of the issuers whose documents a text mentions."""
    organs = [read.organ for one in find_mentions(text) if one.number and (read := parts(one.number.canonical))]
    return [row.symbol for organ in organs if (row := organ_row(organ))]


@pytest.mark.parametrize("name", lexicon.law_names())
def test_each_name_of_a_law_is_read_to_its_end(name: str) -> None:
    assert [one.title for one in find_mentions(f"theo Luật {name} và quy định khác")] == [f"Luật {name}"]


def test_only_names_that_would_be_cut_short_stand_in_the_table() -> None:
    # What the words of a name tell to its end needs no row: a name with a comma or a word that ends names.
    stops = re.compile(rf",|\s(?:{alternation(lexicon.word_classes().name_stops)})(?!\w)", re.IGNORECASE)
    assert [name for name in lexicon.law_names() if not stops.search(name) and "văn bản" not in name] == []


@pytest.mark.parametrize(
    ("table_name", "row", "text", "expected"),
    [
        (
            "document_types.csv",
            "Tuyên bố,TBo,both,yes,một nguồn,Tuyên bố số 3/TBo-CP,tuyên bố 3 điều",
            "Tuyên bố số 3/TBo-CP",
            "Tuyên bố 3/TBo-CP Chính phủ",
        ),
        (
            "issuers.csv",
            "BXYZ,Bộ Mới,state,trung ương,CP,2030-01-01,,một nguồn,Thông tư số 3/2030/TT-BXYZ,BXYZ",
            "Hướng dẫn 3/hd-bxyz",
            "Hướng dẫn 3/HD-BXYZ Bộ Mới",
        ),
    ],
)
def test_a_new_type_or_issuer_is_one_row(tmp_path: Path, table_name: str, row: str, text: str, expected: str) -> None:
    shutil.copytree(DATA.parent, tmp_path / "rag", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "rag" / "data" / table_name).open("a", encoding="utf-8") as file:
        file.write(row + "\n")
    program = (
        "import sys; from rag.law.references import find_mentions; from rag.law.numbers import organ_issuer, parts\n"
        "[one] = find_mentions(sys.argv[1]); number = one.number.canonical\n"
        "print(one.type, number, organ_issuer(parts(number).organ))"
    )
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": ""}
    command = [sys.executable, "-c", program, text]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", env=environment)
    assert (told.stdout.strip(), told.stderr) == (expected, "")


def test_abbreviations_are_upper_case() -> None:
    found = [row["abbreviation"] for row in rows("abbreviations.csv")]
    assert [short for short in found if short != short.upper()] == []
    assert set(lexicon.abbreviation_senses()) == set(found)


def test_what_an_abbreviation_is_short_for_anywhere_comes_last() -> None:
    for short, senses in lexicon.abbreviation_senses().items():
        anywhere = [not (sense.before or sense.after) for sense in senses]
        assert not any(anywhere[:-1]), short
        assert (short in lexicon.abbreviations()) == any(anywhere)


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
def test_the_counterexample_of_each_type_is_not_read_as_that_type(row: lexicon.DocumentType) -> None:
    assert row.name not in {mention.type for mention in find_mentions(f"Thực hiện {row.counterexample} của cấp trên.")}


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
    assert re.compile(pattern).search("") is None


@pytest.mark.parametrize("name", ["questions.toml", "question_words.toml"])
def test_nothing_of_a_question_stands_twice_in_its_list(name: str) -> None:
    assert {key: doubled(items) for key, items in table(name).items() if doubled(items)} == {}


@pytest.mark.parametrize("name", ["name_ends_bare", "name_nouns_after", "effect_words", "relation_words"])
def test_words_that_are_met_without_marks_have_none(name: str) -> None:
    assert all(re.fullmatch(r"[a-z]+", word) for word in lexicon.question_words(name))


@pytest.mark.parametrize("name", ["stop", "no_matter", "of_values", "of_lists"])
def test_words_that_are_met_in_a_folded_topic_are_folded(name: str) -> None:
    words = lexicon.question_words(name)
    assert words
    assert [word for word in words if word != " ".join(fold(word).split())] == []


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


def test_every_letter_with_a_mark_has_its_codes() -> None:
    letters = rows("legacy_letters.csv")
    marked = {row["letter"] for row in letters}
    vowels = "aăâeêioôơuưy"
    tones = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    small = {unicodedata.normalize("NFC", vowel + tone) for vowel in vowels for tone in tones} | {"đ"}
    expected = {letter for letter in small if not letter.isascii()}
    assert marked == expected | {letter.upper() for letter in expected}
    for code in ("tcvn3", "vni", "viscii", "viqr"):
        values = [row[code] for row in letters if row[code]]
        assert not doubled(values), code
    assert all(row["tcvn3"] for row in letters if row["letter"].islower())
    assert all(row["vni"] and row["viscii"] and row["viqr"] for row in letters)


def test_synonyms_are_folded_words_and_none_is_its_own() -> None:
    for said, meant in lexicon.synonyms().items():
        assert fold(said) == said
        assert [word for word in meant if fold(word) != word or word == said or not word.strip()] == []
        assert len(set(meant)) == len(meant)
