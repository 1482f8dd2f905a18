"""Documents that a question names in words: "luật dân chủ cơ sở", "kế hoạch tiếp công dân của xã"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from rag.answering.holdings import Library, bare_line
from rag.answering.query import Query
from rag.language.abbreviations import expand_abbreviations
from rag.language.lexicon import document_types, lines, question_words
from rag.language.normalize import alternation, fold, normalize, syllables, unmark
from rag.law.numbers import parts
from rag.types import Document

_LAWS = ("Bộ luật", "Luật", "Pháp lệnh")
_FEWEST = 2
_PREFIX, _PREFIX_SHARE = 4, 0.6
"""Words of a name that tell it though the question runs on, and the share of the title that does so too."""
_CAPITAL = re.compile(r"\b(?:[Bb]ộ [Ll]uật|[Ll]uật|[Pp]háp [Ll]ệnh)\s+(?P<opens>[A-ZĐÀ-Ỹ][^\W\d_]*)")
"""A law's name as it is written: its first word has a capital."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_MOST_WORDS = 8
_UNTITLED = 99
_CLEAR, _UNCLEAR = 0.6, 0.4
"""The share of a title that tells it from longer ones, of which no more than the other share is said."""


@dataclass(frozen=True, slots=True)
class Said:
    """A document that a question names, or a kind of document that it speaks of.

    `entries` are the documents that fit, none where the corpus knows none. `words` is what is said, `is_kind`
    tells that it is the kind alone, "nghị định của Chính phủ", and `is_law` that it names a law.
    """

    words: str
    type: str
    entries: tuple[Document, ...]
    is_kind: bool = False
    is_law: bool = False


@dataclass(frozen=True, slots=True)
class _Run:
    """The words that follow a type: how many of them a title has, and whether nothing of the name is left."""

    matched: int
    whole: bool


class Names:
    """Finds the documents that questions name in words; read-only."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def said(self, query: Query, question: str) -> list[Said]:
        """The documents that a question names without a number, in order."""
        tokens = query.restored.split()
        bare = [unmark(token) for token in tokens]
        found: list[Said] = []
        at = 0
        while at < len(tokens):
            opened = _type_at(tokens, bare, at)
            if opened is None:
                at += 1
                continue
            kind, width = opened
            one = self._read(kind, tokens[at + width :], question)
            if one is not None:
                found.append(one)
                at += width + (0 if one.is_kind else len(one.words.split()) - width)
            else:
                at += width
        return found

    def named(self, query: Query, question: str) -> Said | None:
        """The first document that a question names by more than its kind."""
        return next((one for one in self.said(query, question) if not one.is_kind), None)

    def _read(self, kind: str, rest: Sequence[str], question: str) -> Said | None:
        kinds = _LAWS[:2] if kind in _LAWS[:2] else (kind,)
        name, years = _name(rest)
        documents = self._library.knowledge.documents
        of_kind = [entry for entry in documents if kind not in _LAWS and _is_of_kind(entry, kind)]
        pool = [entry for entry in documents if entry.type in kinds or (name and entry in of_kind)]
        if years:
            pool = [entry for entry in pool if not years.isdisjoint(_years(entry))]
        if not name:
            return self._kind(kind, rest, pool if any(entry.held for entry in pool) else of_kind, years)
        runs = {entry.key: self._run(entry, rest) for entry in pool}
        best = max((run.matched for run in runs.values()), default=0)
        top = [entry for entry in pool if runs[entry.key].matched == best]
        whole = [entry for entry in top if runs[entry.key].whole]
        words = f"{kind} {' '.join(rest[: self._extent(rest, (whole or top)[:1], best)])}"
        if whole and best and not any(self._in_title(entry, rest) for entry in whole):
            held = tuple(entry for entry in whole if entry.held)
            return Said(words, kind, held or tuple(whole), is_kind=True)
        if whole and (best >= _FEWEST or any(self._content(entry) == best for entry in whole)):
            return Said(words, kind, self._told(whole, best), is_law=kind in _LAWS)
        law = self._law(kind, rest, question)
        if law and not (top and best >= sum(not joins(word) for word in syllables(law))):
            return Said(f"{kind} {law}", kind, (), is_law=True)
        told = [entry for entry in top if best >= max(_FEWEST, self._content(entry) * _PREFIX_SHARE)]
        if best >= _PREFIX or told:
            return Said(words, kind, self._told(told or top, best), is_law=kind in _LAWS)
        return Said(f"{kind} {' '.join(rest[: _end(rest)])}", kind, ()) if best < _FEWEST <= len(name) else None

    def _kind(self, kind: str, rest: Sequence[str], pool: Sequence[Document], years: frozenset[str]) -> Said | None:
        """The held documents of a kind, where the question speaks of one of them and does not ask for it."""
        if rest and unmark(rest[0]) in ("nao", "gi", "may", "so"):
            return None
        return Said(kind, kind, tuple(entry for entry in pool if entry.held), is_kind=True)

    def _told(self, entries: Sequence[Document], best: int) -> tuple[Document, ...]:
        """Of documents that hold all that is said those whose whole name it is, if any; of two of one name the held."""
        exact = [entry for entry in entries if self._content(entry) <= best]
        clear = [entry for entry in entries if best >= self._content(entry) * _CLEAR]
        unclear = [entry for entry in entries if best > self._content(entry) * _UNCLEAR]
        kept = exact or (clear if len(clear) == len(unclear) else []) or list(entries)
        held = [entry for entry in kept if entry.held]
        names = {bare_line(entry.title or entry.key) for entry in kept}
        return tuple(held) if held and len(names) == 1 else tuple(kept)

    def _run(self, entry: Document, rest: Sequence[str]) -> _Run:
        """How far the words after a type go in a document's own words."""
        marked, bare = self._words[entry.key]
        matched: set[str] = set()
        for token in rest:
            plain = unmark(token)
            if token in marked or (plain in bare and token not in question_words("name_ends")):
                if not joins(token):
                    matched.add(plain)
            elif _ends(token) or _YEAR.fullmatch(token):
                return _Run(len(matched), True)
            elif not joins(token):
                return _Run(len(matched), False)
        return _Run(len(matched), True)

    def _in_title(self, entry: Document, rest: Sequence[str]) -> bool:
        """Whether a word after the type is one of a document's title, not of its issuer alone."""
        title = bare_line(entry.title or "")
        name, _ = _name(rest)
        return any(f" {unmark(token)} " in title for token in name)

    def _extent(self, rest: Sequence[str], entries: Sequence[Document], best: int) -> int:
        """How many words from a type on are the name."""
        end = 0
        seen: set[str] = set()
        for entry in entries:
            marked, bare = self._words[entry.key]
            for at, token in enumerate(rest):
                plain = unmark(token)
                if len(seen) == best:
                    break
                if not joins(token) and (token in marked or plain in bare):
                    seen.add(plain)
                    end = at + 1
        is_year = rest[max(0, end - 1) : end] == ["năm"] and any(map(_YEAR.fullmatch, rest[end : end + 1]))
        return end + is_year

    def _law(self, kind: str, rest: Sequence[str], question: str) -> str | None:
        """The name of a law that stands after the word "luật": one of those known, or one with a capital."""
        if kind not in _LAWS:
            return None
        bare = unmark(" ".join(rest[: _MOST_WORDS + 6]))
        known = next((name for name in _known_laws() if f"{bare} ".startswith(f"{name} ")), None)
        if known:
            return _known_laws()[known]
        named = {fold(match["opens"]) for match in _CAPITAL.finditer(normalize(question)) if not question.isupper()}
        name, _ = _name(rest)
        return " ".join(name[:_MOST_WORDS]) if named & set(rest[:1]) and len(name) > 1 else None

    def _content(self, entry: Document) -> int:
        """How many words of its own a document's title has; where a held one issues a regulation, those of that."""
        title = " ".join(syllables(entry.title or ""))
        own = (_issuing().sub("", title) if entry.held else title).removeprefix(" ".join(syllables(entry.type)))
        return len({unmark(word) for word in own.split() if not joins(word)}) or _UNTITLED

    @cached_property
    def _words(self) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        """The words of each document's title, issuer and date, with marks and without."""
        table = {}
        for entry in self._library.knowledge.documents:
            said = " ".join((entry.title or "", entry.issuer or ""))
            line = set(syllables(f"{said} {fold(expand_abbreviations(said))}"))
            table[entry.key] = (frozenset(line), frozenset(unmark(word) for word in line))
        return table


def _years(entry: Document) -> tuple[str, ...]:
    """The years that a document is known by: that of its day and that in its number, "21/2004/PL-UBTVQH11"."""
    read = parts(entry.number) if entry.number else None
    return tuple(year for year in ((entry.date or "")[:4], read.year if read else None) if year)


@cache
def _issuing() -> re.Pattern[str]:
    """What a title says before the name of what the document issues: "Ban hành Quy chế tiếp công dân"."""
    kinds = alternation(" ".join(syllables(row.name)) for row in document_types())
    return re.compile(rf"^(?:về việc )?ban hành (?:kèm theo )?(?:{kinds}) ")


def _is_of_kind(entry: Document, kind: str) -> bool:
    """Whether a document is of a kind that its type says more closely, or issues one: "ban hành Quy chế …"."""
    closer = entry.type.startswith(f"{kind} ")
    return closer or f" ban hanh {bare_line(kind).strip()} " in bare_line(entry.title or "")


def _name(rest: Sequence[str]) -> tuple[list[str], frozenset[str]]:
    """The words after a type up to what ends a name, and the years among them."""
    name: list[str] = []
    years = set()
    for at, token in enumerate(rest):
        if _YEAR.fullmatch(token):
            years.add(token)
        elif token == "năm" and at + 1 < len(rest) and _YEAR.fullmatch(rest[at + 1]):
            continue
        elif _ends(token) and (name or token != "sửa"):
            break
        elif not joins(token):
            name.append(token)
    return name, frozenset(years)


def _end(rest: Sequence[str]) -> int:
    """How many words stand after a type before what ends a name."""
    return next((at for at, token in enumerate(rest) if _ends(token)), len(rest))


def _type_at(tokens: Sequence[str], bare: Sequence[str], at: int) -> tuple[str, int] | None:
    """The type that stands at a word, with its length; a word that is also a verb only where a noun may stand."""
    for words, name in _types():
        if tuple(bare[at : at + len(words)]) != words:
            continue
        if name == "Luật" and at and bare[at - 1] in ("phap", "ky", "ki", "bo"):
            return None
        verb = name in question_words("name_verbs")
        if verb and at and bare[at - 1] not in question_words("name_nouns_after"):
            return None
        return name, len(words)
    return None


@cache
def _types() -> tuple[tuple[tuple[str, ...], str], ...]:
    rows = [(tuple(unmark(fold(row.name)).split()), row.name) for row in document_types()]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def _ends(token: str) -> bool:
    """Whether a word goes on after a name."""
    return token in question_words("name_ends") or unmark(token) in question_words("name_ends_bare")


def joins(token: str) -> bool:
    """Whether a word only joins those of a name."""
    return token in question_words("name_joining") or (token == unmark(token) and token in _bare_joining())


@cache
def _bare_joining() -> frozenset[str]:
    return frozenset(unmark(word) for word in question_words("name_joining"))


@cache
def _known_laws() -> dict[str, str]:
    """The names of laws by their bare words, longest first."""
    return {bare_line(name).strip(): name for name in sorted(lines("law_titles.txt"), key=lambda name: -len(name))}
