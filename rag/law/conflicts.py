"""What mentions of one document say of it otherwise than each other, or than the checked facts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rag.language.dates import is_whole, said_date
from rag.language.lexicon import abbreviations, issuers, notice_words
from rag.language.normalize import WORD, fold
from rag.law.document import LegalDocument
from rag.law.numbers import find_numbers, parts
from rag.law.printed_dates import printed_date
from rag.law.sentences import notice
from rag.types import Document, Reference, SourceNotice, Span

_TOKEN = re.compile(r"[^\W_]+")
_SYNC, _EDIT, _MOST_EDITS, _MOST_NAMES = 3, 3, 3, 8
_SAME_SHARE = 0.6
_Tokens = list[tuple[str, int, int]]
_NumberKey = tuple[str, str | None, str | None, tuple[str, ...]]
_PLACE = " trên địa bàn "


def conflicts(document: LegalDocument, entries: Sequence[Document]) -> Iterator[SourceNotice]:
    """Differing dates, issuers and titles of each entry's mentions, and numbers that differ in the order of offices.

    `entries` are those of a catalogue of this document alone, so that `mentions` index its references.
    """
    for entry in entries:
        mentions = [document.references[index] for index in entry.mentions]
        yield from _dates(document, entry, mentions)
        yield from _issuers(document, entry, mentions)
        yield from _titles(document, entry, mentions)
    yield from _reordered(document)


def _dates(document: LegalDocument, entry: Document, mentions: Sequence[Reference]) -> Iterator[SourceNotice]:
    dated = [(mention, mention.date) for mention in mentions if mention.date and is_whole(mention.date)]
    checked = entry.checked.date if entry.checked else None
    values = [checked] if checked else list(dict.fromkeys(date for _, date in dated))
    for mention, date in dated:
        other = next((value for value in values if value != date), date)
        if other == date or not is_whole(other):
            continue
        span = printed_date(document, mention)
        name = "date_checked" if checked else "date_differs"
        yield notice(name, span, name=name_of(mention), value=said_date(date), other=said_date(other))


def _issuers(document: LegalDocument, entry: Document, mentions: Sequence[Reference]) -> Iterator[SourceNotice]:
    named = [(mention, mention.issuer) for mention in mentions if mention.issuer]
    checked = entry.checked.issuer if entry.checked else None
    others = [checked] if checked else list(dict.fromkeys(name for _, name in named))[:_MOST_NAMES]
    for mention, issuer in named:
        other = next((name for name in others if _are_two_issuers(issuer, name)), None)
        if other is not None:
            name = "issuer_checked" if checked else "issuer_differs"
            span = _find(document, mention, issuer) or mention.span
            yield notice(name, span, name=name_of(mention), value=issuer, other=other)


def _are_two_issuers(one: str, other: str) -> bool:
    """Whether two names can be no one issuer's: both are known issuers of their own, or they share no word.

    >>> _are_two_issuers("Thủ tướng Chính phủ", "Chính phủ"), _are_two_issuers("UBND tỉnh", "Ủy ban nhân dân tỉnh")
    (True, False)
    """
    left, right = fold(one), fold(other)
    if left != right and {left, right} <= _state_issuers():
        return True
    words, others = set(_words(one)), set(_words(other))
    generic = notice_words()["generic_issuers"]
    return not words & others and not words <= generic and not others <= generic


@cache
def _state_issuers() -> frozenset[str]:
    return frozenset(fold(row.name) for row in issuers().values() if row.name and row.family == "state")


def _words(name: str) -> list[str]:
    """The folded words of a name or a title, abbreviations written out."""
    found: list[str] = []
    for token in _TOKEN.findall(name):
        row = abbreviations().get(token) if token.isupper() and len(token) > 1 else None
        found += WORD.findall(fold(row.expansion if row else token))
    return found


def _titles(document: LegalDocument, entry: Document, mentions: Sequence[Reference]) -> Iterator[SourceNotice]:
    titled = [
        (mention, _own_words(document, mention, title))
        for mention in mentions
        if mention.number and (title := mention.title)
    ]
    checked = entry.checked.title if entry.checked else None
    others = [checked] if checked else [title for title, _ in Counter(title for _, title in titled).most_common()]
    edits = {
        (title, other): _edit(title, other)
        for title in {title for _, title in titled}
        for other in others[:_MOST_NAMES]
    }
    for mention, title in titled:
        at = _find(document, mention, title)
        for other in others if at else ():
            edit = edits[title, other]
            if edit is not None and at is not None:
                copy = document.copies[mention.provision]
                first = copy.locate(at.start)
                here = copy.span(first + edit.here.start, first + edit.here.end)
                value, there = title[edit.here.start : edit.here.end], other[edit.there.start : edit.there.end]
                key = "title_checked" if checked else "title_differs"
                yield notice(key, here, name=name_of(mention), value=value, other=there)
                break


def _own_words(document: LegalDocument, mention: Reference, title: str) -> str:
    """A title without the place at its end where the mention stands in another's title: that may be the other's."""
    others = document.references
    at = bisect_left(others, (mention.provision, mention.span), key=lambda one: (one.provision, one.span))
    before = others[at - 1] if at else None
    inside = before is not None and before.provision == mention.provision and before.span.end >= mention.span.end
    return title.partition(_PLACE)[0] if inside else title


@dataclass(frozen=True, slots=True)
class _Edit:
    """Where two titles differ, with two words on each side."""

    here: Span
    there: Span


def _edit(title: str, other: str) -> _Edit | None:
    """The first difference inside two titles of one document; None where one is but cut short or runs on.

    They are compared up to the first number of another document, which one may cite more fully.

    >>> edit = _edit("về giám sát cán bộ cấp xã", "giám sát của cán bộ cấp xã")
    >>> edit.here, edit.there
    (Span(start=3, end=18), Span(start=0, end=19))
    """
    left, right = _tokens(title), _tokens(other)
    i = j = edits = same = 0
    first: _Edit | None = None
    while i < len(left) and j < len(right):
        if left[i][0] == right[j][0]:
            i, j, same = i + 1, j + 1, same + 1
            continue
        jump = _sync(left, right, i, j)
        if jump is None:
            break
        edits += 1
        first = first or _Edit(_around(left, i, jump[0]), _around(right, j, jump[1]))
        i, j = jump
    is_one_title = edits <= _MOST_EDITS and same >= _SAME_SHARE * min(len(left), len(right))
    return first if is_one_title else None


def _tokens(title: str) -> _Tokens:
    """The folded words of a title with their places, without those that make no other title."""
    number = next(find_numbers(title), None)
    joining = notice_words()["joining"]
    found = _TOKEN.finditer(title, 0, number.start if number else len(title))
    tokens: _Tokens = []
    for match in found:
        row = abbreviations().get(match[0]) if match[0].isupper() and len(match[0]) > 1 else None
        written = WORD.findall(fold(row.expansion if row else match[0]))
        tokens += [(word, match.start(), match.end()) for word in written if word not in joining]
    return tokens


def _sync(left: _Tokens, right: _Tokens, i: int, j: int) -> tuple[int, int] | None:
    """Where two titles agree again after a few words of either, for three words or to the end of both."""
    for total in range(1, 2 * _EDIT + 1):
        for skipped in range(max(0, total - _EDIT), min(_EDIT, total) + 1):
            a, b = i + skipped, j + total - skipped
            one, two = [word for word, *_ in left[a : a + _SYNC]], [word for word, *_ in right[b : b + _SYNC]]
            at_ends = a + len(one) == len(left) and b + len(two) == len(right)
            if one and one == two and (len(one) == _SYNC or at_ends):
                return a, b
    return None


def _around(tokens: _Tokens, start: int, end: int) -> Span:
    return Span(tokens[max(0, start - 2)][1], tokens[min(end + 1, len(tokens) - 1)][2])


def _reordered(document: LegalDocument) -> Iterator[SourceNotice]:
    """Numbers that are alike but for the order of the offices in their symbol."""
    written: dict[_NumberKey, Counter[str]] = {}
    keys: list[tuple[Reference, str, _NumberKey]] = []
    for reference in document.references:
        read = parts(reference.number) if reference.number else None
        if reference.number is None or read is None:
            continue
        key: _NumberKey = (read.n, read.year, read.abbreviation, tuple(sorted(read.organ.casefold().split("-"))))
        written.setdefault(key, Counter())[reference.number] += 1
        keys.append((reference, reference.number, key))
    for reference, number, key in keys:
        others = [other for other in written[key] if other != number]
        if others:
            span = number_span(document, reference) or reference.span
            yield notice("number_differs", span, value=number, other=others[0])


def number_span(document: LegalDocument, reference: Reference) -> Span | None:
    """Where a mention prints its number."""
    copy = document.copies[reference.provision]
    line = copy.within(reference.span)
    found = next((n for n in find_numbers(copy.text[line.start : line.end]) if n.canonical == reference.number), None)
    return copy.span(line.start + found.start, line.start + found.end) if found else None


def _find(document: LegalDocument, reference: Reference, words: str) -> Span | None:
    """Where a mention prints some of its words; None where it shares them with another mention."""
    copy = document.copies[reference.provision]
    line = copy.within(reference.span)
    at = copy.text.find(words, line.start, line.end)
    return copy.span(at, at + len(words)) if at >= 0 else None


def name_of(reference: Reference) -> str:
    """What a mention is called in a notice: its type and number, or its name alone.

    >>> name_of(Reference("a.txt", 0, Span(0, 9), "", "Chỉ thị", "7-CT/TU", None, None, None))
    'Chỉ thị 7-CT/TU'
    """
    return f"{reference.type} {reference.number}" if reference.number else reference.title or reference.type
