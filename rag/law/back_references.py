"""Mentions that name no document but point back to one: "Luật này", "Nghị định đó", and names given in brackets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rag.language.lexicon import document_types, word_classes
from rag.language.normalize import MatchingCopy, alternation, fold
from rag.law.aliases import find_aliases
from rag.law.pinpoints import pinpoints
from rag.law.structure import ancestors
from rag.types import BackReference, Identity, Provision, Reference, StoredText

_ITSELF = "này"
_MANY = re.compile(r"(?:các|những|mọi|mỗi|một số|một|từng|nhiều|hai|ba|bốn|0\d|pháp)\s$", re.IGNORECASE)
_LOOK_BACK = 8  # characters, for the longest of the words above


@dataclass(frozen=True, slots=True)
class _Given:
    """A name that brackets give to the reference at `antecedent`; it holds after `position` of a provision."""

    name: str
    antecedent: int
    provision: int
    position: int


@dataclass(frozen=True, slots=True)
class _Found:
    """A back reference at `start:end` of the clean line of a provision."""

    provision: int
    start: int
    end: int
    type: str
    antecedent: int | None


def without_given_names(references: Sequence[Reference], copies: Sequence[MatchingCopy]) -> tuple[Reference, ...]:
    """The references but those that only repeat a name which the text gave to another one ("Nghị định 59")."""
    used = {(use.provision, copies[use.provision].span(use.start, use.end).start) for use in _uses(references, copies)}
    return tuple(one for one in references if (one.provision, one.span.start) not in used)


def find_back_references(
    stored: StoredText,
    provisions: Sequence[Provision],
    *,
    copies: Sequence[MatchingCopy],
    references: Sequence[Reference],
    identity: Identity,
) -> tuple[BackReference, ...]:
    """Every back reference of one document in reading order; what points to several documents, or to none, is left out.

    >>> from rag.law.document import read_document
    >>> from rag.types import StoredText
    >>> text = "Nghị định số 4/2019/NĐ-CP về xe\\n\\nĐiều 1. Xe\\n\\n1. Khoản 2 Điều 5 của Nghị định này áp dụng."
    >>> [one] = read_document(StoredText("a.txt", text)).back_references
    >>> one.reference.as_printed, one.reference.pinpoint, one.antecedent
    ('Nghị định này', 'Khoản 2 Điều 5', None)
    """
    reader = _Reader(provisions, copies, references, identity)
    found = [one for index in range(len(copies)) for one in reader.pointing(index)]
    found += _uses(references, copies)
    found.sort(key=lambda one: (one.provision, one.start))
    before = {index: pinpoints(copies[index].text) for index in {one.provision for one in found}}
    return tuple(
        BackReference(
            Reference(
                source=stored.source,
                provision=one.provision,
                span=copies[one.provision].span(one.start, one.end),
                as_printed=copies[one.provision].printed(stored.text, one.start, one.end),
                type=one.type,
                number=None,
                issuer=None,
                date=None,
                title=None,
                pinpoint=before[one.provision].get(one.start),
            ),
            one.antecedent,
        )
        for one in found
    )


class _Reader:
    """Tells what "X này" and "X đó" of one document point to."""

    def __init__(
        self,
        provisions: Sequence[Provision],
        copies: Sequence[MatchingCopy],
        references: Sequence[Reference],
        identity: Identity,
    ) -> None:
        self._provisions, self._copies, self._references = provisions, copies, references
        self._title = fold(identity.title or "")
        self._own = identity.type or self._most_said()
        self._inside: dict[int, list[int]] = {}
        for index, reference in enumerate(references):
            self._inside.setdefault(reference.provision, []).append(index)

    def pointing(self, index: int) -> Iterator[_Found]:
        """The back references by type of one provision."""
        copy = self._copies[index]
        if _pointing().search(copy.text) is None:
            return
        ends = [(copy.within(self._references[at].span).end, at) for at in self._inside.get(index, ())]
        ends.sort(reverse=True)
        latest: dict[str, int] = {}
        quotes, position = 0, 0
        for match in _pointing().finditer(copy.text):
            while ends and ends[-1][0] <= match.start():
                at = ends.pop()[1]
                latest[self._references[at].type] = at
            quotes, position = quotes + copy.text.count('"', position, match.start()), match.start()
            kind = _type_names()[match["type"].casefold()]
            if _MANY.search(copy.text, max(0, position - _LOOK_BACK), position):
                continue
            if match["word"] == _ITSELF and self._is_own(index, kind):
                # In the words that an amending document quotes, "này" is the document amended.
                is_foreign = self._provisions[index].quoted or quotes % 2 == 1
                if not is_foreign and _is_name(match["type"], kind):
                    yield _Found(index, position, match.end(), kind, None)
            elif kind in latest:
                yield _Found(index, position, match.end(), kind, latest[kind])

    def _is_own(self, index: int, kind: str) -> bool:
        """Whether a type is the document's own, or that of what it issues and carries."""
        if kind == self._own or f"ban hành {kind.casefold()}" in self._title:
            return True
        annexes = [one for one in ancestors(self._provisions, index) if one.kind == "annex"]
        return any((one.heading or one.locator).casefold().startswith(kind.casefold()) for one in annexes)

    def _most_said(self) -> str | None:
        """The type that a text without a name of its own calls itself by most often."""
        said = Counter(
            _type_names()[match["type"].casefold()]
            for provision, copy in zip(self._provisions, self._copies, strict=True)
            if not provision.quoted
            for match in _pointing().finditer(copy.text)
            if match["word"] == _ITSELF and match["type"][0].isupper()
        )
        return said.most_common(1)[0][0] if said else None


def _is_name(printed: str, kind: str) -> bool:
    """Whether the words mean a document: in small letters, what is also a verb may be none."""
    words = word_classes()
    common = {*words.duty_verbs, *words.name_stops}
    return printed[0].isupper() or (" " in kind and kind.casefold() not in common)


def _uses(references: Sequence[Reference], copies: Sequence[MatchingCopy]) -> list[_Found]:
    """Where the names that a text gives are used after it gave them."""
    names = {given.name: given for given in _given(references, copies)}
    if not names:
        return []
    pattern = re.compile(rf"(?<!\w)(?:{alternation(names)})(?![\w/]|-\w)")
    longer = {(one.provision, one.span.start): one for one in references}
    found: list[_Found] = []
    for index, copy in enumerate(copies):
        for match in pattern.finditer(copy.text):
            given = names[match[0]]
            if (index, match.start()) <= (given.provision, given.position):
                continue
            same = longer.get((index, copy.starts[match.start()]))
            if same is None or same.title in (None, given.name):
                kind = references[given.antecedent].type
                found.append(_Found(index, match.start(), match.end(), kind, given.antecedent))
    return found


def _given(references: Sequence[Reference], copies: Sequence[MatchingCopy]) -> Iterator[_Given]:
    """The names that brackets right after a reference give it; those that do not say the type are left out."""
    ends: dict[tuple[int, int], int] | None = None
    for index, copy in enumerate(copies):
        for alias in find_aliases(copy.text):
            if ends is None:
                ends = {(one.provision, one.span.end): at for at, one in enumerate(references)}
            before = len(copy.text[: alias.start].rstrip())
            antecedent = ends.get((index, copy.ends[before - 1])) if before else None
            kind = _types().match(alias.name)
            if antecedent is not None and kind and kind.end() < len(alias.name):
                yield _Given(alias.name, antecedent, index, alias.end)


@cache
def _type_names() -> dict[str, str]:
    return {row.name.casefold(): row.name for row in document_types()}


@cache
def _types() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(row.name for row in document_types())})(?!\w)", re.IGNORECASE)


@cache
def _pointing() -> re.Pattern[str]:
    names = alternation(row.name for row in document_types())
    return re.compile(rf"(?<!\w)(?P<type>{names})\s(?P<word>này|đó|nói trên|nêu trên|trên đây)(?!\w)", re.IGNORECASE)
