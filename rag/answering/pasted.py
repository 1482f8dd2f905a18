"""Answers to what is pasted instead of asked: a piece of a document's title, or its number with a slip in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answering.asides import ASKS
from rag.answering.asked import Asked
from rag.answering.asked_numbers import AskedNumber
from rag.answering.draft import wording
from rag.answering.facts import FactAnswers
from rag.answering.holdings import Library, bare_line
from rag.answering.resolve import Limits, Resolver
from rag.index.topics import Term, coverage
from rag.types import Answer

_FEWEST = 5
"""How many words of a title tell it from others."""
_SAYS, _BEARS, _FEW_TERMS = 0.6, 0.9, 3
"""The share of a topic that a title has to bear where the date is right too, where it is not, and its least words."""


class PastedAnswers:
    """Finds documents by pieces of what they are called; read-only."""

    def __init__(self, library: Library, resolver: Resolver, facts: FactAnswers) -> None:
        self._library, self._resolver, self._facts = library, resolver, facts

    def title(self, asked: Asked) -> Answer | None:
        """The documents whose titles have a piece that the question is; which is meant where several do."""
        query = asked.query
        if query.slots or query.numbers or query.locators or query.continues or ASKS.search(query.bare):
            return None
        piece = _without_about(query.restored)
        if len(piece.split()) < _FEWEST:
            return None
        titles = {
            entry.key: _without_about(entry.title or "")
            for entry in self._library.knowledge.documents if not entry.held
        }  # fmt: skip
        having = [entry for entry in self._library.knowledge.documents if piece in titles.get(entry.key, "")]
        found = [entry for entry in having if titles[entry.key].startswith(piece)] or having
        if not found:
            return None
        if len(found) > 1:
            return self._facts.ambiguous(asked.question, asked.question.strip(), found)
        return self._facts.answer(asked.question, replace(query, slots=frozenset(("title",))), found, Limits())

    def slip(self, asked: Asked, number: AskedNumber, terms: Sequence[Term]) -> Answer | None:
        """The document that a question describes under a number that the corpus does not know."""
        told = [term for term in terms if term.bare not in _type_words(number)]
        dated = self._resolver.within(self._library.knowledge.documents, Limits(dates=asked.limits.dates))
        likely = [
            entry for entry in dated
            if entry.number and (not number.types or entry.type in number.types)
            and coverage(told, self._library.own_words[entry.key]) >= (_SAYS if asked.limits.dates else _BEARS)
        ]  # fmt: skip
        if len(likely) != 1 or (len(told) < _FEW_TERMS and not asked.limits.dates):
            return None
        claim = wording("claim_value", claimed=number.asked, known=str(likely[0].number))
        query = replace(asked.query, slots=asked.query.slots - {"yes_no"})
        return self._facts.answer(asked.question, query, likely, Limits(), claim=claim)


def _without_about(title: str) -> str:
    """A title as a bare line without the words that only say that it is one.

    >>> _without_about("Về việc kiện toàn Ban")
    ' kien toan ban '
    """
    return re.sub(r"^ ve (?:viec )?", " ", bare_line(title))


def _type_words(number: AskedNumber) -> frozenset[str]:
    return frozenset(bare_line(name).strip() for name in number.types)
