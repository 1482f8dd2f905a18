"""What may be asked next: after an answer, and where several documents fit a question."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.answering.holdings import Library, display_name
from rag.language.lexicon import messages
from rag.language.normalize import unmark
from rag.types import Answer, AnswerDocument, Document

_SHOWN_DOCUMENTS = 2
_LONGEST_UNIT = 80


def follow_up_questions(answer: Answer, library: Library) -> Iterator[str]:
    """Questions that lead on from an answer, best first; the caller asks them to know which the corpus answers."""
    words = messages()
    if answer.status not in ("answered", "corrected"):
        return
    entries = [entry for document in answer.documents if (entry := _entry(document, library))]
    for entry in entries[:_SHOWN_DOCUMENTS]:
        if any(relation.target == entry.key for other in library.knowledge.documents for relation in other.relations):
            yield words["follow_up_relations"].format(name=display_name(entry))
    if not answer.units:
        for entry in entries[:_SHOWN_DOCUMENTS]:
            if entry.number:
                yield words["follow_up_units"].format(name=display_name(entry))
    for unit in answer.units[:_SHOWN_DOCUMENTS]:
        if len(unit.name) <= _LONGEST_UNIT:
            yield words["follow_up_duties"].format(name=unit.name)
    for entry in entries[:_SHOWN_DOCUMENTS]:
        if entry.number and len(answer.documents) > 1:
            yield words["example_number"].format(name=display_name(entry))
    for entry in entries[:1]:
        yield words["example_list"].format(type=entry.type.lower())


def candidate_questions(
    answer: Answer, library: Library, asked_numbers: tuple[str, ...]
) -> Iterator[tuple[str, list[str]]]:
    """Each document that fits an ambiguous question, with ways to ask the question of it alone, best first.

    `asked_numbers` are the leading digits of the numbers that the question names.
    """
    for document in answer.documents:
        entry = _entry(document, library)
        if entry is None:
            continue
        name = display_name(entry)
        named = _named(answer.question, entry, name, asked_numbers)
        bare = answer.question.rstrip(" ?.")
        yield name, [*named, messages()["candidate_of"].format(asked=bare, name=name), name]


def _named(question: str, entry: Document, name: str, asked_numbers: tuple[str, ...]) -> list[str]:
    """The question with the document's whole name in the place of the number that it gives.

    >>> from rag.types import Document
    >>> one = Document("k", "18-CT/TU", "Chỉ thị", "party", None, None, None, None, ())
    >>> _named("chi thi 18 do ai ban hành?", one, "Chỉ thị số 18-CT/TU", ("18",))
    ['Chỉ thị số 18-CT/TU do ai ban hành?']
    """
    bare = unmark(question).lower()
    if len(bare) != len(question):
        return []
    kind = re.escape(unmark(entry.type).lower())
    for digits in asked_numbers:
        found = re.search(rf"(?:\b{kind}\s+)?(?:\bso\s+)?(?<!\d)0*{re.escape(digits)}(?!\d)(?:[-/][\w/-]+)?", bare)
        if found:
            return [question[: found.start()] + name + question[found.end() :]]
    return []


def _entry(document: AnswerDocument, library: Library) -> Document | None:
    wanted = (document.number, document.title, document.type)
    return next((one for one in library.knowledge.documents if (one.number, one.title, one.type) == wanted), None)
