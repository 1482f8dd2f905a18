"""Texts as the checker of quiz items reads them: by lines and signs alone, with nothing of what makes the items."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_CALLS = dict.fromkeys(map(ord, "¹²³⁰⁴⁵⁶⁷⁸⁹"))
_TYPES = (
    "Chỉ thị", "Nghị quyết", "Nghị định", "Kết luận", "Quyết định", "Quy định", "Quy chế", "Kế hoạch", "Hướng dẫn",
    "Đề án", "Chương trình", "Thông tư", "Pháp lệnh", "Thông báo", "Công văn", "Luật", "Bộ luật",
)  # fmt: skip
_NUMBER = re.compile(
    r"\b\d{1,5}(?:/\d{4})?\s?[-/ ]\s?(?!\d)[A-Za-zĐđ]{1,8}\d{0,3}(?:\s?[-/]\s?[A-Za-zĐđ]{1,12}\d{0,3}){0,3}"
)
_DATE = re.compile(r"\s?,?\s?(?:ngày\s)?(\d{1,2})(?:/|\stháng\s)(\d{1,2})(?:/|\snăm\s)(\d{4})")
_ARTICLE = re.compile(r"^Điều (\d+[a-z]?)\.\s*(.*)$")
_CLAUSE = re.compile(r"^(\d{1,2})\.\s+(.*)$")
_POINT = re.compile(r"^([a-zđ])\)\s*(.*)$")
_ROMAN = re.compile(r"^([IVX]{1,5})\.\s+(\S.*)$")
_NOTE = re.compile(r"^[¹²³⁰⁴-⁹]")
_MENTION = 420


def clean(text: str) -> str:
    """A text as one line: composed letters, single blanks, nothing invisible, no calls of footnotes."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_UNSEEN).translate(_CALLS).split())


@lru_cache(200_000)
def squash(text: str) -> str:
    """The letters and digits of a text alone, in small letters.

    >>> squash("Số 18-CT/TU, ngày 05")
    'số18cttungày05'
    """
    return "".join(char for char in clean(text).casefold() if char.isalnum())


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that names a document: its number squashed, the date after it, what follows, and where it stands."""

    number: str
    date: tuple[int, int, int] | None
    before: str
    after: str
    at: int


@dataclass(slots=True)
class Part:
    """A line of a text with its number: `path` is ("Điều 5", "2", "a"), or ("II", "1") in a plan."""

    path: tuple[str, ...]
    text: str
    start: int
    end: int


class Reading:
    """One text, read by its lines."""

    def __init__(self, source: str, text: str) -> None:
        self.source, self.text = source, text

    @cached_property
    def all(self) -> str:
        """The whole text, squashed, footnotes at the end so that they interrupt nothing."""
        lines = [(line, bool(_NOTE.match(line))) for line in self.text.split("\n")]
        return squash(" ".join(line for line, note in lines if not note) + " . " +
                      " ".join(line for line, note in lines if note))  # fmt: skip

    @cached_property
    def is_law(self) -> bool:
        """Whether it is divided into articles."""
        return any(_ARTICLE.match(line) for line in self.text.split("\n"))

    @cached_property
    def parts(self) -> list[Part]:
        """Its lines, each under the numbers that are open there."""
        found: list[Part] = []
        path: tuple[str, ...] = ()
        at = 0
        for raw in self.text.split("\n"):
            line = clean(raw)
            note = _NOTE.match(raw)
            path = self._path(path, line)
            if line:
                own = next((part.path for part in found if note and note[0] in self.text[part.start : part.end]), path)
                found.append(Part(own, line, at, at + len(raw)))
            at += len(raw) + 1
        return found

    def _path(self, path: tuple[str, ...], line: str) -> tuple[str, ...]:
        if self.is_law:
            if match := _ARTICLE.match(line):
                return (f"Điều {match[1]}",)
            if path and (match := _CLAUSE.match(line)):
                return (path[0], match[1])
            if path and (match := _POINT.match(line)):
                return (*path[:2], match[1]) if len(path) > 1 else (path[0], "", match[1])
            return path
        if match := _ROMAN.match(line):
            return (match[1],)
        if path and (match := _CLAUSE.match(line)):
            return (path[0], match[1])
        return path

    def under(self, path: tuple[str, ...]) -> list[Part]:
        """The lines under a number, with the line of the number itself."""
        return [part for part in self.parts if part.path[: len(path)] == path]

    def heading(self, path: tuple[str, ...]) -> str | None:
        """The words of the line that opens a number."""
        first = next(iter(self.under(path)), None)
        if first is None:
            return None
        return _ARTICLE.sub(r"\2", _POINT.sub(r"\2", _CLAUSE.sub(r"\2", _ROMAN.sub(r"\2", first.text))))

    def members(self, path: tuple[str, ...]) -> list[str]:
        """The numbered lines right under a number, without their numbers."""
        found = []
        for part in self.under(path):
            if len(part.path) == len(path) + 1 and (match := _CLAUSE.match(part.text) or _POINT.match(part.text)):
                found.append(match[2])
        return found

    def contexts(self, words: str) -> Iterator[tuple[str, bool, list[str]]]:
        """For each line with the words: what stands before them, whether they open a clause, the lines above."""
        wanted = re.compile(r"\W+".join(map(re.escape, re.findall(r"\w+", clean(words)))), re.IGNORECASE)
        for part in self.parts:
            if match := wanted.search(part.text):
                before = part.text[: match.start()]
                opens = bool(re.search(r"(?:^|[;.:)])\s*$", before))
                leads = [self.heading(part.path[:depth]) or "" for depth in range(1, len(part.path))]
                yield squash(before), opens, [squash(lead) for lead in leads]

    @cached_property
    def mentions(self) -> list[Mention]:
        """Every number of a document with what stands around it."""
        flat = clean(self.text)
        found = []
        for match in _NUMBER.finditer(flat):
            before = flat[max(0, match.start() - 60) : match.start()]
            if not re.search(r"\bsố\s*:?\s*$|(?:" + "|".join(_TYPES) + r")\s*$", before, re.IGNORECASE):
                continue
            date = _DATE.match(flat, match.end())
            day = (int(date[3]), int(date[2]), int(date[1])) if date else None
            end = date.end() if date else match.end()
            found.append(Mention(squash(match[0]), day, before, flat[end : end + _MENTION], match.start()))
        return found


class Corpus:
    """All texts that the items are of."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.readings = {source: Reading(source, text) for source, text in texts.items()}

    @cached_property
    def mentions(self) -> dict[str, list[Mention]]:
        """The mentions of every document, by its squashed number."""
        table: dict[str, list[Mention]] = {}
        for reading in self.readings.values():
            for mention in reading.mentions:
                table.setdefault(mention.number, []).append(mention)
        return table

    def dates(self, number: str) -> set[tuple[int, int, int]]:
        """The dates that stand after a document's number anywhere."""
        return {one.date for one in self.mentions.get(number, ()) if one.date}

    def number_in(self, text: str) -> str | None:
        """The squashed number of the document that a text names; None where it names none, or several."""
        found = {squash(match[0]) for match in _NUMBER.finditer(clean(text))}
        return next(iter(found)) if len(found) == 1 else None

    def numbers_in(self, text: str) -> list[str]:
        """The squashed numbers of the documents that a text names, in order."""
        return [squash(match[0]) for match in _NUMBER.finditer(clean(text))]
