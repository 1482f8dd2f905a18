"""The only reader of `rag/data/`: domain tables as values."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from rag.types import Family


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A type of document with the abbreviations used in document numbers."""

    name: str
    abbreviations: tuple[str, ...]
    family: Family | None
    source: str
    example: str


@dataclass(frozen=True, slots=True)
class Issuer:
    """What the symbol at the end of a document number stands for; None where it depends on the text."""

    symbol: str
    name: str | None
    family: str
    level: str | None
    valid_to: str | None


@dataclass(frozen=True, slots=True)
class LevelPhrase:
    """A word that tells the level of a unit; `valid_to` is the last day on which the level existed."""

    level: str
    phrase: str
    valid_to: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """What an abbreviation is short for; `is_word` where in small letters it is also a word."""

    expansion: str
    is_word: bool


@dataclass(frozen=True, slots=True)
class WordClasses:
    """Closed classes of words, each lower case."""

    unit_heads: tuple[str, ...]
    unit_openers: tuple[str, ...]
    not_units: tuple[str, ...]
    grants: tuple[str, ...]
    duty_verbs: tuple[str, ...]
    roles: tuple[tuple[str, tuple[str, ...]], ...]
    title_introducers: tuple[str, ...]
    title_nouns: tuple[str, ...]
    title_resumptions: tuple[str, ...]
    issuer_ends: tuple[str, ...]
    issuer_comma_parts: tuple[str, ...]
    name_stops: tuple[str, ...]


@cache
def document_types() -> tuple[DocumentType, ...]:
    """Every known type, longest name first."""
    rows = [
        DocumentType(
            row["name"],
            tuple(part for part in row["abbreviations"].split("|") if part),
            _family(row["family"]),
            row["source"],
            row["example"],
        )
        for row in _rows("document_types.csv")
    ]
    return tuple(sorted(rows, key=lambda row: (-len(row.name), row.name)))


@cache
def issuers() -> dict[str, Issuer]:
    """Issuers by the upper-cased symbol."""
    return {
        row["symbol"].upper(): Issuer(
            row["symbol"], row["name"] or None, row["family"], row["level"] or None, row["valid_to"] or None
        )
        for row in _rows("issuers.csv")
    }


@cache
def level_phrases() -> tuple[LevelPhrase, ...]:
    """The words that tell a level."""
    return tuple(
        LevelPhrase(row["level"], row["phrase"], row["valid_to"] or None, row["source"]) for row in _rows("levels.csv")
    )


@cache
def abbreviations() -> dict[str, Abbreviation]:
    """The abbreviations of running text, by their upper-cased form."""
    return {
        row["abbreviation"].upper(): Abbreviation(row["expansion"], "word" in row["context"].split())
        for row in _rows("abbreviations.csv")
    }


@cache
def word_classes() -> WordClasses:
    """The closed word classes."""
    table = _toml("lexicon.toml")
    titles, names, roles, issuing = (_section(table, key) for key in ("titles", "names", "roles", "issuers"))
    return WordClasses(
        unit_heads=_longest_first(table["unit_heads"]),
        unit_openers=_longest_first(table["unit_openers"]),
        not_units=_longest_first(table["not_units"]),
        grants=_longest_first(table["grants"]),
        duty_verbs=_longest_first(table["duty_verbs"]),
        roles=tuple((role, _longest_first(verbs)) for role, verbs in roles.items()),
        title_introducers=_longest_first(titles["introducers"]),
        title_nouns=_longest_first(titles["nouns"]),
        title_resumptions=_longest_first(titles["resumptions"]),
        issuer_ends=_longest_first(issuing["ends"]),
        issuer_comma_parts=_longest_first(issuing["comma_parts"]),
        name_stops=_longest_first(names["stops"]),
    )


@cache
def binding_phrases() -> tuple[str, ...]:
    """Phrases with which a closing section binds units to the whole document, folded."""
    return _longest_first(_toml("lexicon.toml")["binding_phrases"])


@cache
def messages() -> dict[str, str]:
    """The sentences that a user reads, by name; fields in braces are filled in by the caller."""
    return {key: str(value) for key, value in _toml("messages.toml").items()}


@cache
def question_patterns() -> dict[str, tuple[str, ...]]:
    """Regular expressions over an unaccented question, by what they reveal of it."""
    table = _toml("questions.toml")
    return {key: tuple(str(item) for item in value) for key, value in table.items() if isinstance(value, list)}


@cache
def lines(name: str) -> tuple[str, ...]:
    """The non-empty lines of a text table that are no comments."""
    return tuple(line for line in _read(name).splitlines() if line.strip() and not line.startswith("#"))


@cache
def tables_fingerprint() -> str:
    """SHA-256 over all tables."""
    digest = hashlib.sha256()
    for entry in sorted(resources.files("rag.data").iterdir(), key=lambda item: item.name):
        if entry.is_file() and entry.name.endswith((".csv", ".toml", ".txt")):
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes())
    return digest.hexdigest()


def _section(table: dict[str, object], key: str) -> dict[str, object]:
    section = table[key]
    assert isinstance(section, dict)
    return section


def _family(value: str) -> Family | None:
    if value == "party":
        return "party"
    return "state" if value == "state" else None


def _longest_first(values: object) -> tuple[str, ...]:
    assert isinstance(values, list)
    return tuple(sorted((str(value) for value in values), key=lambda value: (-len(value), value)))


def _read(name: str) -> str:
    return resources.files("rag.data").joinpath(name).read_text(encoding="utf-8")


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(_read(name).splitlines()))


def _toml(name: str) -> dict[str, object]:
    return tomllib.loads(_read(name))
