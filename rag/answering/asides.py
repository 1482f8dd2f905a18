"""The sentences of a question that ask nothing: who asks, and why, and what they take it for."""

from __future__ import annotations

import re
from itertools import pairwise

from rag.language.normalize import unmark

ASKS = re.compile(r"\b(?:gi|nao|ai|may|sao|dau|bao nhieu)\b")
"""The words of a bare question that ask."""
_REFERS = re.compile(
    r"\b(?:nhu (?:vay|the|tren)|(?:viec|chuyen|cai|truong hop|dieu|yeu cau|so|loai) (?:do|nay|ay)|thi do)\b"
)
"""What refers to the sentences before: then these say what is asked."""
_SENTENCE_END = re.compile(r"(?<=[^\W\d]{2})[.!?;]\s+|(?<=[^\W\d]{2}):\s+")
_SPEAKER = re.compile(r"\b(?:toi|em|minh|chau|chung ta)\b")
"""Who asks: what they say of themselves before a colon is no topic."""


def asides(typed: str) -> list[slice]:
    """Where the sentences of a question in small letters stand that ask nothing.

    None where no other asks, or one that asks refers to them.

    >>> [typed[one] for typed in ["to em moi lap; ai lam to truong?"] for one in asides(typed)]
    ['to em moi lap; ']
    """
    ends = [match.end() for match in _SENTENCE_END.finditer(typed) if _parts(typed, match)]
    sentences = [slice(*pair) for pair in pairwise([0, *ends, len(typed)])]
    asking = [one for one in sentences if ASKS.search(unmark(typed[one])) or "?" in typed[one]]
    if not asking or any(_REFERS.search(unmark(typed[one])) for one in asking):
        return []
    return [one for one in sentences if one not in asking]


def _parts(typed: str, end: re.Match[str]) -> bool:
    """Whether a sign ends a sentence: a colon, only where somebody speaks of themselves before it."""
    return ":" not in end[0] or _SPEAKER.search(unmark(typed[: end.start()])) is not None
