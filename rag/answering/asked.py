"""A question as the kinds of answer take it."""

from __future__ import annotations

from dataclasses import dataclass

from rag.answering.query import Query
from rag.answering.resolve import Limits
from rag.index.topics import Term, term_line
from rag.types import Document


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what it asks, its limits, its topic's words, and the documents that the conversation leaves to it.

    `citing` are the sources of the texts that cite the documents which it asks for; empty where it names none.
    """

    question: str
    query: Query
    limits: Limits
    terms: tuple[Term, ...]
    carried: tuple[Document, ...] = ()
    citing: tuple[str, ...] = ()


def is_aside(term: Term, query: Query) -> bool:
    """Whether a word stands only in the sentences of a question that ask nothing."""
    said = term_line(query.background).count(f" {term.text} ")
    return 0 < said == term_line(query.restored).count(f" {term.text} ")
