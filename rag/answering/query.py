"""What a question asks: its slots, the documents it names, its limits, and the topic that is left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from rag.language.diacritics import DiacriticsRestorer
from rag.language.lexicon import abbreviations, document_types, issuers, question_patterns
from rag.language.normalize import fold, normalize, unmark

SLOTS = ("document", "unit", "issuer", "signer", "date", "number", "title", "duty", "list", "count", "compare", "yes_no")
_TOKEN = re.compile(r"[^\W_]+")
_DATE = re.compile(r"\b(?:ngay )?(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})\b|\bngay (\d{1,2}) thang (\d{1,2}) nam (\d{4})\b")
_YEAR = re.compile(r"\b(?:ban hanh|ky|van ban|ra doi)(?: \w+){0,3}? (?:trong |vao )?nam (\d{4})\b")
_COUNTED = re.compile(r"\s*(?:ngay|thang|nam|nguoi|cau|van ban|xa|phan|lan|don vi|co quan|%|gio|tuoi|trieu|dong)\b")


@dataclass(frozen=True, slots=True)
class AskedNumber:
    """A document number as a question gives it, whole or in part; `asked` is how it was typed."""

    n: str
    year: str | None
    types: frozenset[str]
    organ: str | None
    asked: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question as understood.

    `folded` is the question normalised, `restored` the same with likely marks, `bare` without any;
    all are equally long. `topic` is what is left of `restored` when the asking is taken away.
    """

    folded: str
    restored: str
    bare: str
    slots: frozenset[str]
    follow_up: bool
    this_document: bool
    pinpoint: str | None
    numbers: tuple[AskedNumber, ...]
    types: frozenset[str]
    dates: tuple[str, ...]
    year: str | None
    topic: str

    @property
    def topic_words(self) -> tuple[str, ...]:
        """The syllables of the topic that are no function words."""
        stop = _stop()
        return tuple(word for word in _TOKEN.findall(self.topic) if unmark(word) not in stop)


def understand(question: str, *, restorer: DiacriticsRestorer, known_numbers: Mapping[str, object]) -> Query:
    """What the question asks.

    `known_numbers` are the leading digits of the catalogue's document numbers: a bare "593" is
    taken for a document only where the corpus has one of that number.
    """
    folded = fold(expand_abbreviations(normalize(question)))
    restored = restorer.restore(folded)
    bare = unmark(restored)
    blank = _Blanking(bare)
    dates = tuple(_iso(match) for match in blank.take_all(_DATE))
    numbers = _numbers(bare, folded, blank, known_numbers)
    year = next((match[1] for match in _YEAR.finditer(bare)), None)
    slots = {slot for slot in SLOTS if blank.matches(_patterns(slot))}
    types = _limit_types(bare)
    pinpoint = next((match[0] for pattern in _patterns("pinpoint") for match in pattern.finditer(bare)), None)
    follow_up, this = blank.matches(_patterns("follow_up")), blank.matches(_patterns("this_document"))
    for name in (*SLOTS, "follow_up", "this_document", "polite"):
        blank.remove(_patterns(name))
    blank.remove(_patterns("frame"))
    return Query(
        folded=folded, restored=restored, bare=bare, slots=frozenset(slots), follow_up=follow_up, this_document=this,
        pinpoint=pinpoint, numbers=tuple(numbers), types=frozenset(types), dates=dates, year=year,
        topic=blank.left(restored),
    )  # fmt: skip


def expand_abbreviations(text: str) -> str:
    """The text with the abbreviations of running text written out; document numbers stay as they are.

    >>> expand_abbreviations("GPMB theo 18-CT/TU của BTV Tỉnh ủy")
    'giải phóng mặt bằng theo 18-CT/TU của Ban Thường vụ Tỉnh ủy'
    """
    table = abbreviations()
    return re.sub(
        r"(?<![\w/-])[^\W\d_]{2,8}(?![\w/]|-\w)", lambda match: table.get(match[0].upper(), match[0]), text
    )


class _Blanking:
    """A text from which matches are taken out without moving the rest."""

    def __init__(self, text: str) -> None:
        self.text = text

    def matches(self, patterns: Iterable[re.Pattern[str]]) -> bool:
        return any(pattern.search(self.text) for pattern in patterns)

    def take_all(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        found = list(pattern.finditer(self.text))
        self.remove([pattern])
        return found

    def remove(self, patterns: Iterable[re.Pattern[str]]) -> None:
        for pattern in patterns:
            self.text = pattern.sub(lambda match: "\0" * len(match[0]), self.text)

    def cut(self, start: int, end: int) -> None:
        self.text = self.text[:start] + "\0" * (end - start) + self.text[end:]

    def left(self, original: str) -> str:
        kept = "".join(char if mark != "\0" else " " for char, mark in zip(original, self.text, strict=True))
        return " ".join(re.sub(r"[^\w\s/-]", " ", kept).split())


def _numbers(bare: str, typed: str, blank: _Blanking, known: Mapping[str, object]) -> list[AskedNumber]:
    found = []
    for match in _number_pattern().finditer(blank.text):
        organ = match["organ"] or match["only"]
        spaced = match["organ"] is not None and match["join"] is not None and not match["join"].strip()
        if spaced and (typed[match.start("organ") : match.end("organ")] != organ):
            organ = None
        lead, short = match["type"], match["short"]
        named = lead or short or organ or match["so"]
        digits = match["n"].lstrip("0") or "0"
        if not named and (digits not in known or len(digits) < 2 or _COUNTED.match(bare[match.end("n") :])):
            continue
        if not lead and not short and not organ and digits not in known and not match["so"]:
            continue
        types = _types_of(lead) & _types_of(short) if lead and short else _types_of(lead) | _types_of(short)
        end = match.end("organ") if organ and match["organ"] else match.end("only") if match["only"] else match.end("short") if short else match.end("year") if match["year"] else match.end("n")
        asked = typed[match.start() : end].strip()
        found.append(AskedNumber(digits, match["year"], frozenset(types), organ.upper() if organ else None, asked))
        blank.cut(match.start(), end)
    return found


def _types_of(text: str | None) -> set[str]:
    return set(_type_by_word().get(text.strip(), ())) if text else set()


def _limit_types(bare: str) -> set[str]:
    """The types that a question limits its answer to: "chỉ thị nào", "các nghị quyết", "mấy nghị định"."""
    found: set[str] = set()
    for match in _limit_pattern().finditer(bare):
        found |= _types_of(match["one"] or match["many"])
    return found


def _iso(match: re.Match[str]) -> str:
    day, month, year = (part for part in match.groups() if part)
    return f"{year}-{int(month):02}-{int(day):02}"


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in question_patterns()[name])


@cache
def _stop() -> frozenset[str]:
    return frozenset(question_patterns()["stop"])


@cache
def _type_by_word() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for row in document_types():
        for word in (row.name, *row.abbreviations):
            table.setdefault(unmark(fold(word)), []).append(row.name)
    return {word: tuple(names) for word, names in table.items()}


@cache
def _number_pattern() -> re.Pattern[str]:
    types = _any(unmark(fold(row.name)) for row in document_types())
    shorts = _any({unmark(fold(short)) for row in document_types() for short in row.abbreviations})
    organs = _any({unmark(fold(symbol)) for symbol in issuers()})
    organ = rf"(?:{organs})\d{{0,2}}(?:-[a-z0-9]{{2,}})*"
    return re.compile(
        rf"(?:\b(?P<type>{types}|{shorts})(?: lam viec| lien tich)?[ .:-]+)?(?P<so>\bso[ :]+)?"
        rf"(?<![\w/.-])(?P<n>\d{{1,5}})(?:\s?/\s?(?P<year>(?:19|20)\d\d))?"
        rf"(?:(?:\s?[-/]\s?|\s)(?P<short>{shorts})\b(?:(?P<join>\s?[-/]\s?|\s)(?P<organ>{organ})\b)?|\s?[/-]\s?(?P<only>{organ})\b)?"
        rf"(?![\d/.]*\d)"
    )


@cache
def _limit_pattern() -> re.Pattern[str]:
    types = _any(unmark(fold(row.name)) for row in document_types())
    shorts = _any({unmark(fold(short)) for row in document_types() for short in row.abbreviations if len(short) > 1})
    return re.compile(
        rf"\b(?P<one>{types}|{shorts})(?= (?:nao|gi|so may|so bao nhieu)\b)"
        rf"|\b(?:cac|nhung|may|bao nhieu|tat ca|liet ke|ke ten|danh sach|toan bo) (?:cac |nhung )?(?P<many>{types})\b"
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
