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
from rag.law.numbers import find_numbers, parts
from rag.law.pinpoints import pinpoints
from rag.law.structure import ancestors
from rag.types import BackReference, Identity, Provision, Reference, StoredText

_ITSELF = "này"
_POINTS = re.compile(rf"\s(?P<word>{_ITSELF}|đó|nói trên|nêu trên|trên đây)(?!\w)", re.IGNORECASE)
_MANY = re.compile(r"(?:các|những|mọi|mỗi|một số|một|từng|nhiều|hai|ba|bốn|0\d|pháp)\s$", re.IGNORECASE)
_LOOK_BACK = 8  # characters, for the longest of the words above
# What a text says of itself: "Quyết định này có hiệu lực", "ban hành kèm theo Quyết định này".
_IN_FORCE = re.compile(r"\s(?:có hiệu lực|hết hiệu lực|thay thế)(?!\w)")
_CARRIED = re.compile(r"kèm theo\s$")
# What stands before the bare word "Luật" where that is the name of a document.
_LEAD = re.compile(r"(?:(?<!\w)(?:của|theo|tại|trong|hành|hiện|dẫn|dụng)|\d[a-zđ]?|[IVXLC])\s$")
_GRANTED = re.compile(r"giao trong\s$")  # "quy định chi tiết các điều, khoản được giao trong Luật"
_NO_NAME = ("này", "nêu", "nói", "số", "năm", "ngày", "sửa đổi", "của", "về", "quy định", "hướng dẫn", "đó")
"""After these the bare word points otherwise, or a name may follow."""


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
    found += reader.bare_words(_bare_given(references, copies))
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
        self._own = frozenset((identity.type,)) if identity.type else self._said_of_itself()
        self._inside: dict[int, list[int]] = {}
        for index, reference in enumerate(references):
            self._inside.setdefault(reference.provision, []).append(index)

    def pointing(self, index: int) -> Iterator[_Found]:
        """The back references by type of one provision."""
        copy = self._copies[index]
        if _POINTS.search(copy.text) is None:
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
        if kind in self._own or f"ban hành {kind.casefold()}" in self._title:
            return True
        annexes = [one for one in ancestors(self._provisions, index) if one.kind == "annex"]
        return any((one.heading or one.locator).casefold().startswith(kind.casefold()) for one in annexes)

    def bare_words(self, given: dict[str, _Given]) -> Iterator[_Found]:
        """Where "Luật" alone is what the text calls by it, or with its Điều and khoản the document itself."""
        for index, copy in enumerate(self._copies):
            if self._provisions[index].quoted:
                continue
            before: dict[int, str] | None = None
            for match in _bare_word().finditer(copy.text):
                one, start = given.get(match[0]), match.start()
                if one and (index, start) > (one.provision, one.position):
                    if _LEAD.search(copy.text, max(0, start - _LOOK_BACK), start):
                        yield _Found(index, start, match.end(), match[0], one.antecedent)
                elif one is None and match[0] in self._own:
                    before = pinpoints(copy.text) if before is None else before
                    if start in before or _GRANTED.search(copy.text, max(0, start - 2 * _LOOK_BACK), start):
                        yield _Found(index, start, match.end(), match[0], None)

    def _said_of_itself(self) -> frozenset[str]:
        """The types that a text without a name of its own calls itself by: most often, and where it says its force."""
        said: Counter[str] = Counter()
        issued: set[str] = set()
        for provision, copy in zip(self._provisions, self._copies, strict=True):
            for match in _pointing().finditer(copy.text) if not provision.quoted else ():
                if match["word"] == _ITSELF and match["type"][0].isupper():
                    kind = _type_names()[match["type"].casefold()]
                    said[kind] += 1
                    carried = _CARRIED.search(copy.text, max(0, match.start() - 2 * _LOOK_BACK), match.start())
                    if carried or _IN_FORCE.match(copy.text, match.end()):
                        issued.add(kind)
        return frozenset((*(kind for kind, _ in said.most_common(1)), *issued))


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
    """The names that tell no more than the type and a part of the number or the title of what they are given to."""
    for given, kind in _named_in_brackets(references, copies):
        if kind != given.name and not any(parts(number.canonical) for number in find_numbers(given.name)):
            yield given


def _bare_given(references: Sequence[Reference], copies: Sequence[MatchingCopy]) -> dict[str, _Given]:
    """Where the bare type is the name: "(sau đây gọi là Luật)"; a type that is given twice tells nothing."""
    bare = [given for given, kind in _named_in_brackets(references, copies) if kind == given.name]
    given_to = Counter(given.name for given in bare)
    return {
        given.name: given
        for given in bare
        if given_to[given.name] == 1 and references[given.antecedent].type == given.name
    }


def _named_in_brackets(references: Sequence[Reference], copies: Sequence[MatchingCopy]) -> Iterator[tuple[_Given, str]]:
    """The names that brackets right after a reference give it, with the type that they say; others are left out.

    Of a document and those in its title the name is that of the first one of its type.
    """
    ends: dict[tuple[int, int], list[int]] = {}
    for index, copy in enumerate(copies):
        for alias in find_aliases(copy.text) if "(" in copy.text or "đây" in copy.text else ():
            if not ends:
                for at, one in enumerate(references):
                    ends.setdefault((one.provision, one.span.end), []).append(at)
            before = alias.start - (copy.text[alias.start - 1 : alias.start] == " ")
            nearest = ends.get((index, copy.ends[before - 1]), []) if before else []
            kind = _types().match(alias.name)
            if nearest and kind:
                name = _type_names()[kind[0].casefold()]
                antecedent = next((at for at in nearest if references[at].type == name), nearest[0])
                yield _Given(alias.name, antecedent, index, alias.end), kind[0]


@cache
def _type_names() -> dict[str, str]:
    return {row.name.casefold(): row.name for row in document_types()}


@cache
def _types() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(row.name for row in document_types())})(?!\w)", re.IGNORECASE)


@cache
def _pointing() -> re.Pattern[str]:
    names = alternation(row.name for row in document_types())
    return re.compile(rf"(?<!\w)(?P<type>{names}){_POINTS.pattern}", re.IGNORECASE)


@cache
def _bare_word() -> re.Pattern[str]:
    """A type with a capital and no name after it."""
    words = word_classes()
    names = alternation(row.name for row in document_types())
    stops = alternation({*words.name_stops, "và"} - {*_NO_NAME})
    return re.compile(rf"(?<!\w)(?:{names})(?=\s?(?:[,;:.)]|$)|\s(?:{stops})(?!\w))")
