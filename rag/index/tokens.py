"""The tokens of the two word fields, made alike for passages and for questions."""

from __future__ import annotations

from itertools import pairwise

from rag.language.normalize import fold, syllables, unmark
from rag.language.segment import compounds
from rag.law.numbers import find_numbers

ACCENTED, PLAIN = "accented", "plain"


def accented_tokens(text: str) -> list[str]:
    """Syllables, compounds and whole document numbers of a text, folded."""
    return [*syllables(text), *compounds(text), *number_tokens(text)]


def plain_tokens(text: str) -> list[str]:
    """Syllables without marks, their bigrams, and whole document numbers.

    >>> plain_tokens("Dân vận khéo")
    ['dan', 'van', 'kheo', 'dan_van', 'van_kheo']
    """
    bare = [unmark(syllable) for syllable in syllables(text)]
    return bare + [f"{one}_{other}" for one, other in pairwise(bare)] + number_tokens(text)


def number_tokens(text: str) -> list[str]:
    """The document numbers of a text in canonical form, folded.

    >>> number_tokens("Hướng dẫn số 36 HD/HU")
    ['36-hd/hu']
    """
    return [fold(found.canonical) for found in find_numbers(text)]
