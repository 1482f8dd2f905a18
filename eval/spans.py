"""Ranges of texts: where evidence stands and what is cited, and how many characters they have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from eval.gold import GoldCase
from rag.types import Answer, Span


def covered(spans: Sequence[Span], others: Sequence[Span]) -> int:
    """How many characters of the spans, each counted once, the others have too.

    >>> covered([Span(0, 10), Span(5, 12)], [Span(8, 20), Span(0, 2)])
    6
    """
    return length(spans) + length(others) - length([*spans, *others])


def length(spans: Iterable[Span]) -> int:
    """How many characters the spans cover, each counted once.

    >>> length([Span(0, 4), Span(2, 6), Span(9, 10)])
    7
    """
    total = end = 0
    for span in sorted(spans):
        total += max(0, span.end - max(end, span.start))
        end = max(end, span.end)
    return total


def gold_spans(case: GoldCase, texts: Mapping[str, str]) -> dict[str, list[Span]]:
    """Where the evidence of a case stands, by source: each place of each quote, and the places that gold gives."""
    found = {
        source: [span for quote in case.evidence for span in occurrences(quote, text)]
        + [place.span for place in case.places if place.source == source]
        for source, text in texts.items()
    }
    return {source: spans for source, spans in found.items() if spans}


def cited_spans(answer: Answer) -> dict[str, list[Span]]:
    """What the citations of an answer cover, by source."""
    found: dict[str, list[Span]] = {}
    for citation in answer.citations:
        found.setdefault(citation.source, []).append(Span(citation.start, citation.end))
    return found


def occurrences(quote: str, text: str) -> list[Span]:
    """Every place where the quote stands in the text, in order.

    >>> occurrences("dân", "dân vận, nhân dân")
    [Span(start=0, end=3), Span(start=14, end=17)]
    """
    spans: list[Span] = []
    start = text.find(quote)
    while start != -1:
        spans.append(Span(start, start + len(quote)))
        start = text.find(quote, start + 1)
    return spans
