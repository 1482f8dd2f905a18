"""The document numbers that a question gives, whole or in part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from rag.answering.amounts import COUNTS, LASTS
from rag.answering.blanking import Blanking
from rag.language.abbreviations import expand_abbreviations
from rag.language.lexicon import document_types, issuers
from rag.language.normalize import alternation, fold, strip_diacritics, unmark
from rag.language.segment import word_list
from rag.language.spelling import is_syllable

_IS_YEAR = re.compile(r"(?:(?!so\b)[a-z]+ ){1,4}(?:19|20)\d\d")
_TAIL = re.compile(r"(?:[-/][a-z0-9]*[a-z][a-z0-9]*)+")
_NO_DOCUMENT = re.compile(
    r"\b(?:lop|tuoi|khoa|ky|lan|tang|phong|nha|quan|khu|to|thon|xom|bac|cap|hang|loai|ngay|thang|nam|quy|tap|trang"
    r"|chuong|bai|cau|tiet|khoang|gan|hon|duoi|tren|du) $"
)
"""What a number behind it is none of a document of: "lớp 10"."""


@dataclass(frozen=True, slots=True)
class AskedNumber:
    """A document number as a question gives it, whole or in part; `asked` is how it was typed.

    `said_year` is a year that the question names right after it, `said_types` are
    those that its type in words stands for, `symbol_types` those of the symbol in the number;
    `after` is what the question goes on to say up to the next number, bare, abbreviations written out.
    """

    n: str
    year: str | None
    types: frozenset[str]
    organ: str | None
    asked: str
    said_year: str | None = None
    said_types: frozenset[str] = frozenset()
    symbol_types: frozenset[str] = frozenset()
    after: str = ""


def read_numbers(typed: str, blank: Blanking, known: Mapping[str, object]) -> list[AskedNumber]:
    """The document numbers of a question as `typed`, in order; what tells them is cut from its `blank`.

    `known` are the leading digits of the numbers of the corpus.
    """
    found: list[AskedNumber] = []
    ends: list[tuple[int, int]] = []
    bare = blank.text
    for match in _number_pattern().finditer(bare):
        organ = match["organ"] or match["only"] or match["loose"] or match["ahead"]
        digits = match["n"].lstrip("0") or "0"
        so = match["so"] if typed[match.start("n") - len(match["so"] or "") :][:2].lower() in ("số", "so") else None
        if so and bare[: match.start()].endswith("tong "):  # "tổng số 180 nhà"
            continue
        named = match["type"] or match["short"] or organ or so  # "cơ sở 2024" is no number
        behind = bare[match.end("n") :]
        if not named and (digits not in known or len(digits) < 2 or COUNTS.match(behind)):
            continue
        if match["type"] and not organ and LASTS.match(behind):  # "báo cáo 6 tháng"
            continue
        if not named and _NO_DOCUMENT.search(bare[: match.start("n")]):
            continue
        if digits not in known and _IS_YEAR.fullmatch(match[0]):  # "trong kế hoạch 2024 này"
            continue
        if match["type"] and _is_in_word(bare, match.start("type"), match["type"]):
            continue
        lead, short = types_of(match["type"]), types_of(match["short"])
        end = next(match.end(name) for name in ("organ", "only", "loose", "short", "year", "n") if match[name])
        if tail := _TAIL.match(bare, end):
            organ, end = (organ or "") + tail[0].lstrip("-/"), tail.end()
        asked = typed[match.start() : end].strip()
        types = frozenset(lead & short or short or lead)
        number = AskedNumber(digits, match["year"], types, organ.upper() if organ else None, asked, match["said"])
        found.append(replace(number, said_types=frozenset(lead), symbol_types=frozenset(short)))
        blank.cut(match.start(), end)
        ends.append((match.start(), end))
        if match["said"]:
            blank.cut(*match.span("year_said"))
    cuts = [*ends, (len(typed), 0)]
    after = [typed[end:start] for (_, end), (start, _) in pairwise(cuts)]
    said = [unmark(fold(expand_abbreviations(text))) for text in after]
    return [replace(number, after=text) for number, text in zip(found, said, strict=True)]


def _is_in_word(bare: str, start: int, short: str) -> bool:
    """Whether an abbreviation is but the second syllable of a word: "tối đa 10" is no Đề án."""
    before = re.search(r"(\w+) $", bare[:start])
    return before is not None and f"{before[1]} {short.strip()}" in _bare_words()


def types_of(text: str | None) -> set[str]:
    return set(_type_by_word().get(text.strip(), ())) if text else set()


@cache
def _bare_words() -> frozenset[str]:
    """The words of two syllables of which the second reads like an abbreviation of a type, without marks."""
    shorts = {strip_diacritics(short) for row in document_types() for short in row.abbreviations}
    return frozenset(unmark(word) for word in word_list() if unmark(word).rpartition(" ")[2] in shorts)


@cache
def _type_by_word() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for row in document_types():
        for word in (row.name, *row.abbreviations):
            table.setdefault(strip_diacritics(word), []).append(row.name)
    return {word: tuple(names) for word, names in table.items()}


@cache
def type_pattern() -> str:
    """The names of types as a pattern over a bare question."""
    return alternation(strip_diacritics(row.name) for row in document_types())


@cache
def _number_pattern() -> re.Pattern[str]:
    types = type_pattern()
    bare_shorts = {strip_diacritics(short) for row in document_types() for short in row.abbreviations}
    shorts, words = alternation(bare_shorts), alternation(filter(is_syllable, bare_shorts))
    organs = alternation({strip_diacritics(symbol) for symbol in issuers()})
    organ = rf"(?:{organs})\d{{0,2}}(?:-[a-z0-9]{{2,}})*"
    return re.compile(
        rf"(?:\b(?P<type>{types}|{shorts})(?: lam viec| lien tich)?(?:\s?[/-]\s?(?P<ahead>{organs}))?[ .:-]*"
        rf"|(?<![\w/.-]))(?P<so>so[ :]+)?"
        rf"(?P<n>\d{{1,5}})(?:\s?/\s?(?P<year>(?:19|20)\d\d))?"
        rf"(?:(?:\s?[-/]\s?|\s(?!(?:{words})\b)|(?<=\d))(?P<short>{shorts})\b"
        rf"(?:(?:\s?[-/]\s?|\s)(?P<organ>{organ})\b)?|\s?[/-]\s?(?P<only>{organ})\b"
        rf"|\s(?P<loose>hu|tw|cp|ttg|tu(?! (?:nam|ngay|thang|khi|nay|do)))\b)?"
        rf"(?![\w/.]*\d)(?=(?:\W+(?:cua(?: \w+){{0,3}}? )?(?:hoi |vao |trong )?"
        rf"(?P<year_said>nam (?P<said>(?:19|20)\d\d))\b)?)"
    )
