"""Whether a passage speaks enough of a topic to answer, and what is said where none does."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering.draft import refusal
from rag.answering.holdings import Library
from rag.answering.query import Query
from rag.answering.search import Bounds, Found, TopicSearch
from rag.index.topics import Term
from rag.language.normalize import fold
from rag.types import Answer

_WELL, _LESS = 0.05, 0.5
"""How much more support lets a passage speak of a lesser share of the topic's words, and how much lesser a one."""
_BEHIND = 0.05
"""How much less support than a topic has in all the passage may have that answers."""


def speaks(search: TopicSearch, bounds: Bounds, found: Found, terms: Sequence[Term], share: float) -> bool:
    """Whether it is the very passage that an answer would be taken from that speaks of a share of the topic."""
    if found.support >= bounds.supported + _WELL:
        share *= _LESS
    return found.support >= bounds.supported - _BEHIND and search.spoken_of(terms, found.index) >= share


def refuse_topic(
    library: Library, bounds: Bounds, question: str, query: Query, terms: Sequence[Term], support: float
) -> Answer:
    """An honest refusal, with what was searched for; `support` is the share of the topic that the corpus speaks of."""
    if terms and support < bounds.outside and not query.this_document:
        return refusal(question, "out_of_scope", "not_found_out_of_scope", texts=len(library.texts))
    typed = fold(question)
    forms = [next((form for form in (term.text, term.bare) if form in typed), None) for term in terms]
    words = ", ".join(filter(None, forms))
    message = "not_found_no_evidence" if words else "not_found_no_words"
    return refusal(question, "no_evidence", message, texts=len(library.texts), words=words)
