"""The held text that a question for a document means by its title."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering.holdings import Library
from rag.answering.query import Query
from rag.answering.resolve import Limits, Resolver
from rag.answering.search import Found, TopicSearch
from rag.index.topics import Term, coverage

_TITLED, _CLEARLY = 0.7, 0.2
"""The share of a topic that a held text's title has which is asked for, and how much less any other's has."""


def by_title(
    library: Library,
    resolver: Resolver,
    search: TopicSearch,
    query: Query,
    limits: Limits,
    ranked: Sequence[Found],
    terms: Sequence[Term],
) -> Found | None:
    """The best passage of the held text whose title alone of all within the limits is nearly what is asked."""
    if "document" not in query.slots or not limits.types:
        return None
    within = resolver.within(library.knowledge.documents, limits)
    shares = sorted(((coverage(terms, library.title_words(one)), one.key, one) for one in within), reverse=True)
    if not shares or shares[0][0] < _TITLED or (len(shares) > 1 and shares[1][0] > shares[0][0] - _CLEARLY):
        return None
    source = shares[0][2].source
    return next((one for one in ranked if search.passages[one.index].source == source), None)
