"""Checks on a source: what is blank, misprinted, contradicted or out of force in it, told and never repaired."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from rag.language.dates import is_whole, said_date
from rag.language.lexicon import document_types, issuers, notice_faults, notice_rules_of_documents
from rag.language.normalize import UPPER, fold, unmark
from rag.law.capitals import capitals_in_sentence, case_slips
from rag.law.catalogue import build_catalogue
from rag.law.conflicts import conflicts, name_of, number_span
from rag.law.document import LegalDocument
from rag.law.marks import mark_slips
from rag.law.misspellings import misspellings
from rag.law.numbers import NumberFound, find_numbers, organ_row, parts
from rag.law.printed_dates import first_day, impossible_dates, last_day, printed_date
from rag.law.sentences import notice
from rag.law.slips import wording_slips
from rag.law.syllables import Syllables
from rag.types import CheckedFact, Document, Reference, SourceNotice, Span

_BLANK = r"[\s.…_]*+"
_BLANK_NUMBER = re.compile(rf"Số\s?:?{_BLANK}[-/]\s?[{UPPER}]{{2}}[{UPPER}\w/-]*")
_BLANK_DAY = re.compile(rf"ngày{_BLANK}tháng(?P<month>{_BLANK}\d{{0,2}}){_BLANK}năm(?:\s?\d{{2,4}})?")
_NEAR = 12
"""More mentions than can begin between the end of an enclosing one and a notice on it."""


def source_notices(
    document: LegalDocument, checked: Sequence[CheckedFact] = (), entries: Sequence[Document] | None = None
) -> tuple[SourceNotice, ...]:
    """Everything that is wrong or doubtful in a document, in reading order.

    `entries` is the catalogue of this document alone, where it has been built already.
    """
    entries = build_catalogue((document,), document.references, checked) if entries is None else entries
    said = Syllables(document.copies)
    found = [
        *_blanks(document),
        *_numbers(document),
        *_types(document),
        *impossible_dates(document),
        *_later(document),
        *conflicts(document, entries),
        *_validity(document, entries, checked),
        *wording_slips(said),
        *misspellings(said),
        *case_slips(said),
        *capitals_in_sentence(document),
        *mark_slips(document),
    ]
    unique = {(one.span, one.text): one for one in found}
    return tuple(sorted(unique.values(), key=lambda one: (one.span, one.kind, one.text)))


class NoticesOfEntries:
    """The notices of a whole corpus by the entry that they are about: the innermost mention on which they stand.

    Those on no mention are about the document whose text they stand in.
    """

    def __init__(self, references: Sequence[Reference], notices: Mapping[str, Sequence[SourceNotice]]) -> None:
        self._of_mentions: dict[int, list[tuple[str, SourceNotice]]] = {}
        self._of_texts: dict[str, list[tuple[str, SourceNotice]]] = {}
        by_source: dict[str, list[int]] = {}
        for index, reference in enumerate(references):
            by_source.setdefault(reference.source, []).append(index)
        for source, told in notices.items():
            inside = sorted(by_source.get(source, ()), key=lambda index: references[index].span)
            starts = [references[index].span.start for index in inside]
            for one in told:
                at = _innermost(references, inside[: bisect_left(starts, one.span.end)], one.span)
                home = self._of_texts.setdefault(source, []) if at is None else self._of_mentions.setdefault(at, [])
                home.append((source, one))

    def of(self, entry: Document) -> list[tuple[str, SourceNotice]]:
        """The notices about an entry, each with its source, in the order of the mentions."""
        found = [one for index in entry.mentions for one in self._of_mentions.get(index, ())]
        return list(dict.fromkeys([*found, *(self._of_texts.get(entry.source, ()) if entry.source else ())]))


def is_of_document(one: SourceNotice) -> bool:
    """Whether a notice is on what is said of a document, not on the wording of the text around it."""
    return one.rule in notice_rules_of_documents()


def _innermost(references: Sequence[Reference], before: Sequence[int], span: Span) -> int | None:
    """The last mention to begin that overlaps a range; mentions nest, and few lie between."""
    return next((index for index in reversed(before[-_NEAR:]) if references[index].span.overlaps(span)), None)


def _blanks(document: LegalDocument) -> Iterator[SourceNotice]:
    """The document's own number, day and month, where its head leaves room for them."""
    for provision, copy in zip(document.provisions, document.copies, strict=True):
        if provision.kind != "front":
            continue
        if number := _BLANK_NUMBER.match(copy.text):
            yield notice("own_number", copy.span(*number.span()))
        if day := _BLANK_DAY.search(copy.text):
            known = re.search(r"\d", day["month"])
            yield notice("own_day" if known else "own_month", copy.span(*day.span()))


def _numbers(document: LegalDocument) -> Iterator[SourceNotice]:
    """Numbers of documents that are not written as the Party or the State writes its own.

    White space that a page break put there is layout.
    """
    for copy in document.copies:
        for number in find_numbers(copy.text):
            right = _right(number)
            faults = _faults(number, right, is_torn=len(copy.spans(number.start, number.end)) > 1)
            if faults:
                span = copy.span(number.start, number.end)
                yield notice("number", span, printed=number.printed, faults=", ".join(faults), number=right)


def _faults(number: NumberFound, right: str, *, is_torn: bool) -> list[str]:
    told = notice_faults()
    faults: list[str] = [
        slip for slip in number.slips if slip not in ("form", "case") and not (slip == "spacing" and is_torn)
    ]
    printed, expected = ("".join(re.findall("[-/]", written)) for written in (number.printed, right))
    if printed != expected and "separator" not in faults:
        faults.append({("/-", "-/"): "party_form", ("-/", "/-"): "state_form"}.get((printed, expected), "form"))
    letters, right_letters = (re.sub(r"[-/\s]", "", written) for written in (number.printed, right))
    if letters != right_letters and letters.lstrip("0") != right_letters.lstrip("0"):
        is_case = letters.casefold() == right_letters.casefold()
        faults.append("case" if is_case else "marks" if letters == unmark(right_letters) else "letters")
    return [told[fault] for fault in faults]


def _right(number: NumberFound) -> str:
    """The canonical number in the form of the State where its organ is the State's, its symbol with lost marks.

    Marks are lost where another symbol of the same issuer has them.
    """
    read = parts(number.canonical)
    row = organ_row(read.organ) if read else None
    if read is None or row is None:
        return number.canonical
    if row.family == "state" and read.year is None and read.abbreviation:
        return f"{re.split('[-/]', number.canonical)[0]}/{read.abbreviation}-{read.organ}"
    others = (other.symbol for other in issuers().values() if other.name == row.name)
    marked = next((other for other in others if other != row.symbol and unmark(other) == read.organ), None)
    return number.canonical[: -len(read.organ)] + marked if marked else number.canonical


def _types(document: LegalDocument) -> Iterator[SourceNotice]:
    """Mentions whose type is not that of the abbreviation in their number."""
    names = {row.name: row.abbreviations for row in document_types()}
    for reference in document.references:
        read = parts(reference.number) if reference.number else None
        if read is None or read.abbreviation is None or reference.type not in names:
            continue
        fitting = [name for name, shorts in names.items() if read.abbreviation in shorts]
        if fitting and reference.type not in fitting and names[reference.type]:
            span = number_span(document, reference) or reference.span
            other = " hoặc ".join(sorted(fitting))
            yield notice("number_type", span, printed=reference.type, number=reference.number or "", other=other)


def _later(document: LegalDocument) -> Iterator[SourceNotice]:
    """Documents that are cited with a date after the document's own, or after the month it is known to be of."""
    own = document.identity.date
    if own is None:
        return
    last = last_day(own)
    for reference in document.references:
        if reference.date and is_whole(reference.date) and reference.date > last:
            span = printed_date(document, reference)
            value, other = said_date(reference.date), said_date(own)
            yield notice("date_later", span, name=name_of(reference), value=value, other=other)


def _validity(
    document: LegalDocument, entries: Sequence[Document], checked: Sequence[CheckedFact]
) -> Iterator[SourceNotice]:
    """Documents that were out of force, or replaced, before the document's own date, by the checked facts."""
    own = document.identity.date
    if own is None:
        return
    first = first_day(own)
    replacing = {fold(change.number): fact for fact in checked for change in fact.replaces}
    for entry in entries:
        if entry.held or entry.number is None:
            continue
        new = replacing.get(fold(entry.number))
        for mention in (document.references[index] for index in entry.mentions):
            told = _ended(entry.checked, mention, first) if entry.checked else None
            if told is None and new is not None and new.number != document.identity.number:
                told = _replaced(new.number, new.effective_from or new.date, mention, first)
            if told is not None:
                yield told


def _ended(fact: CheckedFact, mention: Reference, first: str) -> SourceNotice | None:
    for change in fact.replaced_by:
        if told := _replaced(change.number, change.date, mention, first):
            return told
    if fact.effective_to and fact.effective_to <= first:
        value = said_date(fact.effective_to)
        return notice("ended", mention.span, name=name_of(mention), value=value)
    return None


def _replaced(number: str, date: str | None, mention: Reference, first: str) -> SourceNotice | None:
    if date is None or date > first:
        return None
    since = f" từ {said_date(date)}"
    return notice("replaced", mention.span, name=name_of(mention), other=number, since=since)
