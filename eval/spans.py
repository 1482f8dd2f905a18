"""How many characters ranges of a text have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag.types import Span


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
