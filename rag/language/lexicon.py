"""The only reader of `rag/data/`: domain tables as values."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, cast, get_args

from rag.types import Family, RelationKind, SourceNoticeKind


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A type of document with the abbreviations used in document numbers.

    `called_by_number` where one may be meant by a number without its organ, "Nghị định 59". `example`
    is read as a document of this type, `counterexample` as none of it.
    """

    name: str
    abbreviations: tuple[str, ...]
    family: Family | None
    called_by_number: bool
    source: str
    example: str
    counterexample: str


@dataclass(frozen=True, slots=True)
class Issuer:
    """What the symbol at the end of a document number stands for; None where it depends on the text.

    `parent` is the symbol of the issuer that it belongs to. It existed from `valid_from` up to and with
    `valid_to`; None where it still does, or the day is not known.
    """

    symbol: str
    name: str | None
    family: str
    level: str | None
    parent: str | None
    valid_from: str | None
    valid_to: str | None
    source: str
    example: str
    counterexample: str


@dataclass(frozen=True, slots=True)
class LevelPhrase:
    """A word that tells the level of a unit; `valid_to` is the last day on which the level existed."""

    level: str
    phrase: str
    valid_to: str | None
    source: str


@dataclass(frozen=True, slots=True)
class RelationCue:
    """Words that say how two documents stand to each other, and where they stand.

    `before` the other document, at the head of a `basis`, `passive` between the other document and
    this one, `after` the other document, or before a `thing` that has no number.
    """

    kind: RelationKind
    position: Literal["before", "basis", "passive", "after", "thing"]
    cue: str
    example: str
    counterexample: str


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """One thing that an abbreviation is short for; `is_small` where only in small letters.

    `is_type` where it stands for a type of document, of whose number it is a part. It is meant where one of
    the unmarked expressions `before` follows it, or one of `after` stands before it; anywhere, where there are none.
    """

    expansion: str
    is_type: bool
    is_small: bool
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SyllableParts:
    """What Vietnamese syllables are built of; no onset is one. `stops` end the rimes that take two tones only."""

    onsets: frozenset[str]
    rimes: frozenset[str]
    stops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoticeSentence:
    """A sentence that tells what is wrong in a source; fields in braces are filled in by the caller."""

    kind: SourceNoticeKind
    text: str


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
    issuers_without_symbol: tuple[str, ...]
    name_stops: tuple[str, ...]
    name_no_openings: tuple[str, ...]
    number_followers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """The words of a sentence that lays a duty on a unit, by what they do in it; each lower case."""

    verbs: tuple[str, ...]
    acts: tuple[str, ...]
    modals: tuple[str, ...]
    states: tuple[str, ...]
    adverbs: tuple[str, ...]
    breaks: tuple[str, ...]
    fronts: tuple[str, ...]
    people: tuple[str, ...]
    manner: tuple[str, ...]
    nouns: tuple[str, ...]
    compounds: tuple[str, ...]
    meetings: tuple[str, ...]
    meeting_acts: tuple[str, ...]
    votes: tuple[str, ...]


@cache
def document_types() -> tuple[DocumentType, ...]:
    """Every known type, longest name first."""
    rows = [
        DocumentType(
            row["name"],
            tuple(part for part in row["abbreviations"].split("|") if part),
            _family(row["family"]),
            row["called_by_number"] == "yes",
            row["source"],
            row["example"],
            row["counterexample"],
        )
        for row in _rows("document_types.csv")
    ]
    return tuple(sorted(rows, key=lambda row: (-len(row.name), row.name)))


@cache
def issuers() -> dict[str, Issuer]:
    """Issuers by the upper-cased symbol."""
    return {
        row["symbol"].upper(): Issuer(
            row["symbol"],
            row["name"] or None,
            row["family"],
            row["level"] or None,
            row["parent"] or None,
            row["valid_from"] or None,
            row["valid_to"] or None,
            row["source"],
            row["example"],
            row["counterexample"],
        )
        for row in _rows("issuers.csv")
    }


@cache
def law_names() -> tuple[str, ...]:
    """Names of laws, without the word "Luật", that their words alone would not tell to their end; longest first."""
    return _longest_first([row["name"] for row in _rows("law_names.csv")])


@cache
def level_phrases() -> tuple[LevelPhrase, ...]:
    """The words that tell a level."""
    return tuple(
        LevelPhrase(row["level"], row["phrase"], row["valid_to"] or None, row["source"]) for row in _rows("levels.csv")
    )


@cache
def relation_cues() -> tuple[RelationCue, ...]:
    """The cues of relations, longest first."""
    rows = [RelationCue(**row) for row in _rows("relations.csv")]  # type: ignore[arg-type]
    return tuple(sorted(rows, key=lambda row: (-len(row.cue), row.cue, row.position)))


@cache
def abbreviations() -> dict[str, Abbreviation]:
    """What the abbreviations of running text stand for where nothing beside them tells otherwise, by their capitals."""
    senses = (
        (short, [row for row in rows if not (row.before or row.after)]) for short, rows in abbreviation_senses().items()
    )
    return {short: anywhere[0] for short, anywhere in senses if anywhere}


@cache
def abbreviation_senses() -> dict[str, tuple[Abbreviation, ...]]:
    """All that each abbreviation stands for, by its capitals; the first that fits is meant."""
    found: dict[str, tuple[Abbreviation, ...]] = {}
    for row in _rows("abbreviations.csv"):
        kind = row["kind"]
        sense = Abbreviation(row["expansion"], kind == "type", kind == "small", row["before"], row["after"])
        found[row["abbreviation"].upper()] = (*found.get(row["abbreviation"].upper(), ()), sense)
    return found


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
        issuers_without_symbol=_longest_first(issuing["without_symbol"]),
        name_stops=_longest_first(names["stops"]),
        name_no_openings=_longest_first(names["no_openings"]),
        number_followers=_longest_first(names["after_bare_number"]),
    )


@cache
def sentence_words() -> SentenceWords:
    """The words around a subject and its verb."""
    table = _section(_toml("lexicon.toml"), "sentences")
    return SentenceWords(**{key: _longest_first(words) for key, words in table.items()})


@cache
def binding_phrases() -> tuple[str, ...]:
    """Phrases with which a closing section binds units to the whole document, folded."""
    return _longest_first(_toml("lexicon.toml")["binding_phrases"])


@cache
def messages() -> dict[str, str]:
    """The sentences that a user reads, by name; fields in braces are filled in by the caller."""
    return {key: str(value) for key, value in _toml("messages.toml").items()}


@cache
def page_words() -> dict[str, str]:
    """The words of the web page, by name; fields in braces are filled in by the caller."""
    return {key: str(value) for key, value in _toml("page.toml").items()}


@cache
def notice_sentences() -> dict[str, NoticeSentence]:
    """The sentences that tell of slips in a source, by name."""
    sections = {key: _section(_toml("notices.toml"), key) for key in get_args(SourceNoticeKind)}
    return {name: NoticeSentence(kind, str(text)) for kind, told in sections.items() for name, text in told.items()}


@cache
def notice_words() -> dict[str, frozenset[str]]:
    """Closed classes of folded words that the checks on a source need, by name."""
    return {name: frozenset(_longest_first(words)) for name, words in _section(_toml("notices.toml"), "words").items()}


@cache
def notice_rules_of_documents() -> frozenset[str]:
    """The names of the notices that are on what is said of a document."""
    rules = _toml("notices.toml")["of_documents"]
    assert isinstance(rules, list)
    return frozenset(map(str, rules))


@cache
def notice_faults() -> dict[str, str]:
    """What is wrong with a document's number, as part of a sentence, by name."""
    return {name: str(text) for name, text in _section(_toml("notices.toml"), "faults").items()}


@cache
def syllable_parts() -> SyllableParts:
    """The grammar of Vietnamese syllables."""
    table = _toml("syllables.toml")
    onsets, rimes, stops = (_longest_first(table[key]) for key in ("onsets", "rimes", "stops"))
    return SyllableParts(frozenset(("", *onsets)), frozenset(rimes), stops)


@cache
def question_patterns() -> dict[str, tuple[str, ...]]:
    """Regular expressions over an unaccented question, by what they reveal of it."""
    table = {key: value for key, value in _toml("questions.toml").items() if isinstance(value, list)}
    for name in ("issues", "founds"):  # the first may hold the second
        (words,) = table.pop(name)
        table = {key: [str(item).replace(f"{{{name}}}", str(words)) for item in value] for key, value in table.items()}
    return {key: tuple(map(str, value)) for key, value in table.items()}


@cache
def question_words(name: str) -> frozenset[str]:
    """One of the lists of words that questions consist of."""
    words = _toml("question_words.toml")[name]
    assert isinstance(words, list)
    return frozenset(map(str, words))


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """What the words in which people ask are called in official texts, folded, the likeliest first."""
    return {row["said"]: tuple(row["meant"].split("|")) for row in _rows("synonyms.csv")}


@cache
def measure_rows(kind: str = "measure") -> tuple[dict[str, str], ...]:
    """The kinds of amount, or of other things: `name`, and the regular expressions `asks` and `states`."""
    rows = cast("list[dict[str, object]]", _toml("measures.toml")[kind])
    return tuple({key: str(value) for key, value in row.items()} for row in rows)


@cache
def plain_rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table that its one reader explains: "legacy_letters", "dialect"."""
    return tuple(_rows(f"{name}.csv"))


@cache
def quiz_words(section: str) -> dict[str, tuple[str, ...]]:
    """One section of the words of quiz items, by name; a single text or number is a tuple of one."""
    found = _section(_toml("quiz.toml"), section)
    return {
        key: tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)
        for key, value in found.items()
    }


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
    return cast("dict[str, object]", table[key])


def _family(value: str) -> Family | None:
    return cast("Family", value) if value in get_args(Family) else None


def _longest_first(values: object) -> tuple[str, ...]:
    assert isinstance(values, list)
    return tuple(sorted((str(value) for value in values), key=lambda value: (-len(value), value)))


def _read(name: str) -> str:
    return resources.files("rag.data").joinpath(name).read_text(encoding="utf-8")


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(_read(name).splitlines()))


def _toml(name: str) -> dict[str, object]:
    return tomllib.loads(_read(name))
