"""What tells that passages answer a question, and what is said where none does."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rag.answering.bounds import Bounds, Signs
from rag.answering.draft import refusal
from rag.answering.holdings import Library
from rag.answering.query import Query
from rag.answering.search import Found, TopicSearch
from rag.index.topics import TOPIC_GAP, Term
from rag.language.normalize import fold
from rag.types import Answer

_HALF = 0.5
"""The share of a term that a passage has to speak of to have it."""


def answers(search: TopicSearch, bounds: Bounds, query: Query, ranked: Sequence[Found], terms: Sequence[Term]) -> bool:
    """Whether passages, best first and at least one, tell enough of a topic to answer a question from them."""
    enough = max(found.support for found in ranked) >= bounds.within
    return enough and bounds.answers(_signs(search, bounds, query, ranked[0], terms))


def _signs(search: TopicSearch, bounds: Bounds, query: Query, best: Found, terms: Sequence[Term]) -> Signs:
    left = (term.weight for term in terms if search.spoken_of([term], best.index) < _HALF)
    return Signs(
        support=best.support - bounds.supported,
        score=best.score,
        around=search.around(terms, best.index),
        heaviest=max(left, default=0.0),
        length=math.log(1 + len(query.topic.replace(TOPIC_GAP, " ").split())),
        unit="unit" in query.slots,
        document="document" in query.slots,
        yes_no="yes_no" in query.slots,
    )


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
