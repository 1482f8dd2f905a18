"""What may be asked of a document of the catalogue, and which others are easily taken for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as day

from rag.language.dates import is_whole
from rag.law.numbers import find_numbers, parts
from rag.quiz import wording
from rag.quiz.items import Fact
from rag.quiz.material import Evidence, Material, document_name
from rag.types import Document

_LONG_TITLE, _LONGEST_TITLE = 110, 190
_HARMLESS = ("number", "comma_before_issuer", "case_type", "case_differs")
_UNKNOWN = 10**6


def fact_of(
    material: Material, form: str, entry: Document, evidence: Evidence, *, theme: str, subject: str = ""
) -> Fact:
    """The fact that a form asks of a document, at the place that says it."""
    source, index, _ = evidence
    keys = (entry.key,)
    locator = material.provision(source, index).locator
    return Fact(form, subject or entry.key, f"{entry.key}|{theme}", material.topic(source, index), source, locator,
                keys, keys)  # fmt: skip


def told(material: Material, entry: Document) -> str:
    """A document with all that is known of it, and how the texts misspell its number."""
    full = material.dated_name(entry)
    if title := askable_title(material, entry):
        full = f"{full}, “{title}”"
    notes = [wording.explanation("number_note", note=note) for note in material.number_notes(entry)]
    return " ".join([wording.explanation("document", full=full), *notes])


def title_evidence(material: Material, entry: Document) -> Evidence | None:
    """Where a text says a document's title without a slip; None where none does."""
    if not entry.title or entry.title.startswith(entry.type) or material.titles_differ(entry):
        return None
    evidence = material.telling(entry, ("title",))
    if evidence is None:
        return None
    source, _, span = evidence
    faults = [one for one in material.knowledge.notices.get(source, ()) if one.span.overlaps(span)]
    return None if any(one.rule not in _HARMLESS for one in faults) else evidence


def askable_title(material: Material, entry: Document) -> str | None:
    """A document's title without "về", beginning with a capital, in at most 190 characters; None where that can't be.

    A long one that goes on to name another document ends with that document's number.
    """
    if title_evidence(material, entry) is None or entry.title is None:
        return None
    title = wording.bare_title(entry.title)
    named = next(find_numbers(title), None)
    if named is not None:
        other = material.named(named.canonical)
        if named.slips or other is None or other.conflicts:
            return None
        if len(title) > _LONG_TITLE:
            title = title[: named.end]
    return wording.as_option(title) if len(title) <= _LONGEST_TITLE else None


def dated(material: Material) -> list[Document]:
    """The documents whose day of issue a text says and none contradicts."""
    return [entry for entry in material.numbered if has_sure_date(material, entry)]


def has_sure_date(material: Material, entry: Document) -> bool:
    """Whether the texts give a document one whole date and the checked facts no other."""
    return bool(entry.date and is_whole(entry.date) and material.dates(entry) == {entry.date})


def near(entry: Document, others: Sequence[Document]) -> list[Document]:
    """The other documents, those first that are most easily taken for this one.

    The same digits come before the same level, type and family, and these before the nearest date.
    """
    own = parts(entry.number or "")

    def distance(other: Document) -> tuple[int, int, str]:
        read = parts(other.number or "")
        same_digits = own is not None and read is not None and own.n == read.n
        differs = (other.level != entry.level) + (other.type != entry.type) + (other.family != entry.family)
        return 0 if same_digits else 1 + differs, days_apart(entry.date, other.date), other.key

    return sorted((other for other in others if other.key != entry.key), key=distance)


def days_apart(one: str | None, other: str | None) -> int:
    """The days between two ISO dates; very many where one is not whole."""
    if not (one and other and is_whole(one) and is_whole(other)):
        return _UNKNOWN
    return abs((day.fromisoformat(one) - day.fromisoformat(other)).days)


def number_name(entry: Document) -> str:
    """A document's number with its type, in few words."""
    return f"{entry.type} số {entry.number}" if entry.number else document_name(entry)
