"""Example questions drawn from the corpus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from rag.answering.holdings import Library, display_name
from rag.language.lexicon import messages
from rag.types import Document

_LONGEST = 14
_INTRODUCED = re.compile(r"(?:về việc (?:ban hành )?|về (?!việc)|ban hành )(?P<topic>.*)", re.IGNORECASE)


def example_questions(library: Library, *, count: int = 3) -> tuple[str, ...]:
    """Questions of different kinds that the corpus answers: a topic, a number, a list; as many as it gives."""
    return tuple(islice(_questions(library), count))


def _questions(library: Library) -> Iterator[str]:
    cited = [entry for entry in library.knowledge.documents if entry.source is None]
    topical = [entry for entry in cited if 5 <= len(_topic(entry).split()) <= _LONGEST]
    if topical:
        yield messages()["example_topic"].format(topic=_topic(topical[len(topical) // 2]))
    dated = [entry for entry in cited if entry.number and entry.date and entry.issuer]
    if dated:
        yield messages()["example_number"].format(name=display_name(dated[0]))
    kinds = [entry.type for entry in cited]
    if kinds:
        yield messages()["example_list"].format(type=max(sorted(set(kinds)), key=kinds.count).lower())


def _topic(entry: Document) -> str:
    """A title without the words that introduce it; empty where none does."""
    found = re.match(r"(?:về việc (?:ban hành )?|về (?!việc)|ban hành )(?P<topic>.*)", entry.title or "", re.IGNORECASE)
    return found["topic"] if found else ""
