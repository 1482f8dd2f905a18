"""Which document a file is the whole text of where its text does not say so: as somebody says, or to be asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import PurePosixPath

from rag.errors import ReadingError
from rag.index.snapshot import Knowledge
from rag.language.dates import spoken_date
from rag.language.normalize import fold, strip_diacritics
from rag.law.checked import dates_agree
from rag.law.issuers import may_be_one
from rag.law.numbers import parts
from rag.reading.held import AGAINST, type_of_number, whole_number
from rag.types import CheckedFact, Document, Identity, StoredText

_HEAD_LINES, _SHORTEST_TITLE = 12, 4
_LED = re.compile(r"^(?:về việc|v/v|về)\s+")


def meant(said: str, documents: Sequence[Document], facts: Iterable[CheckedFact]) -> CheckedFact:
    """The one document that somebody's words mean: a whole number, or a name as the catalogue has it.

    Raises: ReadingError, with the candidates, where they mean none or several.
    """
    number = whole_number(said)
    named = {entry.key: _fact(entry) for entry in documents if entry.number}
    for fact in facts:
        known = [one for one in named.values() if one.number == fact.number]
        if not any(may_be_one(one.issuer, fact.issuer) and dates_agree(one.date, fact.date) for one in known):
            named[f"{fact.number} ({fact.date or fact.issuer})" if known else fact.number] = fact
    found = [name for name, fact in named.items() if number and fact.number == number]
    if len(found) > 1 and (said == number or said not in found):
        raise ReadingError(f"{said} có thể là {len(found)} văn bản: {_listed(found, named)}. Hãy ghi rõ, ví dụ: "
                           f'--as "{found[0]}".')  # fmt: skip
    if said in named or found:
        return named[said if said in named else found[0]]
    if number and parts(number):
        return CheckedFact(number, type_of_number(number), None, None, None, AGAINST)
    digits = frozenset(one.lstrip("0") for one in re.findall(r"\d+", said)[:1])
    near = [name for name, fact in named.items() if (read := parts(fact.number)) and read.n in digits]
    told = f" Có thể là: {_listed(near, named)}." if near else ""
    raise ReadingError(f"{said} không phải số, ký hiệu đầy đủ của một văn bản, ví dụ 59/2023/NĐ-CP.{told}")


def may_be_text_of(stored: StoredText, own: Identity, documents: Iterable[Document]) -> tuple[Document, ...]:
    """The cited documents that a text without a number of its own may be the whole text of, to be asked about.

    The file's name has the number, or the name or a line of the head is the title.
    """
    if own.number is not None:
        return ()
    stem = PurePosixPath(stored.source).stem
    words = _words(stem)
    lines = [line for line in stored.text[:4_000].splitlines() if line.strip()][:_HEAD_LINES]
    titles = {_title(line) for line in (stem, own.title or "", *lines, *map(" ".join, pairwise(lines)))}
    return tuple(
        entry
        for entry in documents
        if entry.number and not entry.held and (_is_named(entry, words) or _names(entry) & titles)
    )


def questions(knowledge: Knowledge) -> dict[str, tuple[Document, ...]]:
    """The texts that may be those of documents, by their sources; only those where there is something to ask."""
    cited = [entry for entry in knowledge.documents if entry.number and not entry.held]
    asked = {text.source: may_be_text_of(text, knowledge.identities[text.source], cited) for text in knowledge.texts}
    return {source: found for source, found in asked.items() if found}


def _fact(entry: Document) -> CheckedFact:
    assert entry.number
    return CheckedFact(entry.number, entry.type, entry.issuer, entry.date, entry.title, AGAINST)


def _listed(names: Sequence[str], named: dict[str, CheckedFact]) -> str:
    return "; ".join(f"{name}: {_described(named[name])}" for name in names)


def _described(fact: CheckedFact) -> str:
    date = f"ngày {spoken_date(fact.date)}" if fact.date else ""
    return ", ".join(filter(None, (fact.type, fact.issuer, date, fact.title)))


def _words(name: str) -> list[str]:
    """
    >>> _words("Nghị định_059-2023 NĐ-CP")
    ['nghi', 'dinh', '59', '2023', 'nd', 'cp']
    """
    return [word.lstrip("0") or "0" for word in re.findall(r"[^\W\d_]+|\d+", strip_diacritics(name))]


def _is_named(entry: Document, words: Sequence[str]) -> bool:
    """Whether a file's name has a document's number: whole, or without symbols beside its year and type."""
    number = _words(entry.number or "")
    if _has(words, number):
        return True
    read = parts(entry.number or "")
    if read is None or read.year is None or not _has(words, [read.n, read.year]):
        return False
    return _has(words, _words(read.abbreviation or entry.type)) or _has(words, _words(entry.type))


def _has(words: Sequence[str], part: Sequence[str]) -> bool:
    return any(list(words[at : at + len(part)]) == list(part) for at in range(len(words) - len(part) + 1))


def _names(entry: Document) -> frozenset[str]:
    """A document's title without and with its type; a short one is no name."""
    title = _title(entry.title or "")
    kind = " ".join(_words(entry.type))
    return frozenset((title, f"{kind} {title}")) if len(title.split()) >= _SHORTEST_TITLE else frozenset()


def _title(line: str) -> str:
    return " ".join(_words(_LED.sub("", fold(line))))
