"""Punctuation, brackets and numbering that the rest of the text gives away."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rag.language.normalize import UPPER, MatchingCopy
from rag.law.document import LegalDocument
from rag.law.sentences import notice
from rag.types import Provision, Reference, SourceNotice

_DATE_OF = re.compile(rf"ngày \d{{1,2}}/\d{{1,2}}/(?P<end>\d{{4}}(?P<comma>,?) của) (?=[{UPPER}])")
_YEARS = re.compile(r"(?<![\d/])(?P<from>(?:19|20)\d\d)(?P<dash> ?- ?)(?P<to>(?:19|20)\d\d)(?![\d/])")
_PAIRS = {")": "(", "]": "[", "”": "“"}
_MARK = re.compile(r'[()\[\]"]')
_LABEL = re.compile(r'(?:^|(?<=[\s("]))[\dđa-zA-Z]{1,3}(?P<close>\))')
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_HEADING = re.compile(r"(?P<label>[IVX]{1,6}|\d{1,2})(?:[.)/]|(?= [^\W\d_]))(?!\d)")
_USUAL, _USUAL_SHARE = 5, 0.8


def mark_slips(document: LegalDocument) -> Iterator[SourceNotice]:
    """Every slip of punctuation and numbering, each rule in turn."""
    yield from _colons(document)
    yield from _unusual(document.copies)
    yield from _unpaired(document)
    yield from _misnumbered(document)


def _colons(document: LegalDocument) -> Iterator[SourceNotice]:
    """A colon between two documents of a list that has semicolons elsewhere in its paragraph."""
    by_line: dict[int, list[Reference]] = defaultdict(list)
    for reference in document.references:
        by_line[reference.provision].append(reference)
    for line, references in by_line.items():
        copy = document.copies[line]
        signs: dict[str, list[int]] = {":": [], ";": []}
        for one, other in pairwise(references):
            start, end = copy.locate(one.span.end), copy.locate(other.span.start)
            sign = copy.text[start:end].strip() if start < end < start + 4 else ""
            if sign in signs:
                signs[sign].append(copy.text.index(sign, start))
        if signs[";"]:
            yield from (notice("colon_in_list", copy.span(at, at + 1)) for at in signs[":"])


def _unusual(copies: Sequence[MatchingCopy]) -> Iterator[SourceNotice]:
    """A comma between date and issuer, and years written without spaces around their dash, where others are not so."""
    dates = [(copy, found) for copy in copies for found in _DATE_OF.finditer(copy.text)]
    commas = [(copy, found) for copy, found in dates if found["comma"]]
    if _is_unusual(len(commas), len(dates)):
        usual = next(found for _, found in dates if not found["comma"])
        for copy, found in commas:
            at = found.start("comma")
            yield notice("comma_before_issuer", copy.span(at, at + 1), other=usual[0].strip())
    years = [(copy, found) for copy in copies for found in _YEARS.finditer(copy.text)]
    by_dash: dict[str, list[tuple[MatchingCopy, re.Match[str]]]] = defaultdict(list)
    for copy, found in years:
        by_dash[found["dash"]].append((copy, found))
    usual_dash = max(by_dash, key=lambda dash: len(by_dash[dash]), default="")
    for dash, places in by_dash.items():
        if dash != usual_dash and _is_unusual(len(places), len(years)):
            for copy, found in places:
                right = f"{found['from']}{usual_dash}{found['to']}"
                yield notice("spacing_differs", copy.span(*found.span()), printed=found[0], other=right)


def _is_unusual(times: int, of_all: int) -> bool:
    return of_all - times >= max(_USUAL, _USUAL_SHARE * of_all)


def _unpaired(document: LegalDocument) -> Iterator[SourceNotice]:
    """Brackets and quotation marks without their other half; one that spans paragraphs is whole."""
    waiting: dict[str, tuple[MatchingCopy, int]] = {}
    for provision, copy in zip(document.provisions, document.copies, strict=True):
        if provision.kind in ("table", "front", "signature", "recipients"):
            continue
        for opening, at in _left_alone(document.stored.text, copy):
            mark = document.stored.text[copy.starts[at]]
            if mark == opening:
                if opening in waiting:
                    yield _unclosed(*waiting[opening])
                waiting[opening] = copy, at
            elif waiting.pop(opening, None) is None:
                yield notice("mark_unopened", copy.span(at, at + 1), printed=mark)
    yield from (_unclosed(*where) for where in waiting.values())


def _unclosed(copy: MatchingCopy, at: int) -> SourceNotice:
    return notice("mark_unclosed", copy.span(at, at + 1), printed=copy.text[at])


def _left_alone(stored: str, copy: MatchingCopy) -> list[tuple[str, int]]:
    """The marks of one line that have no other half in it, each with its opening form; labels like "a)" have none.

    Of several of one kind the first.
    """
    labels = {found.start("close") for found in _LABEL.finditer(copy.text)}
    opened: dict[str, list[int]] = defaultdict(list)
    unopened: dict[str, int] = {}
    for found in _MARK.finditer(copy.text):
        at = found.start()
        mark = stored[copy.starts[at]]
        if mark in _PAIRS.values():
            opened[mark].append(at)
        elif mark in _PAIRS and opened[_PAIRS[mark]]:
            opened[_PAIRS[mark]].pop()
        elif mark in _PAIRS and at not in labels:
            unopened.setdefault(_PAIRS[mark], at)
    alone = [*unopened.items(), *((mark, places[0]) for mark, places in opened.items() if places)]
    return sorted(alone, key=lambda one: one[1])


def _misnumbered(document: LegalDocument) -> Iterator[SourceNotice]:
    """Sections whose number repeats or skips that of the section before them."""
    before: dict[tuple[int | None, str], int] = {}
    for provision, copy in zip(document.provisions, document.copies, strict=True):
        if provision.kind == "annex":
            before.clear()
        read = _numbered(provision, copy)
        if read is None:
            continue
        label, number, style = read
        last = before.get((provision.parent, style))
        before[provision.parent, style] = number
        span = copy.span(0, len(label))
        if last is None or number == 1 or number == last + 1 or provision.quoted:
            continue
        if number == last:
            yield notice("heading_repeated", span, value=label, other=_written(last + 1, style))
        elif number == last + 2:
            yield notice(
                "heading_skipped", span, value=label, before=_written(last, style), other=_written(last + 1, style)
            )


def _numbered(provision: Provision, copy: MatchingCopy) -> tuple[str, int, str] | None:
    """The label of a heading of a plan, its number, and whether it is Roman."""
    found = _HEADING.match(copy.text) if provision.kind in ("section", "subsection", "paragraph") else None
    if found is None:
        return None
    label = found["label"]
    return (label, int(label), "1") if label.isdigit() else (label, _roman(label), "I")


def _roman(label: str) -> int:
    values = [_ROMAN[char] for char in label]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def _written(number: int, style: str) -> str:
    """
    >>> _written(14, "I"), _written(14, "1")
    ('XIV', '14')
    """
    if style == "1":
        return str(number)
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
