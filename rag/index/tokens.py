"""The tokens of the two word fields, made alike for passages and for questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from rag.index.encoding import indexed_text
from rag.language.normalize import fold, syllables, unmark
from rag.language.segment import compounds
from rag.law.numbers import find_numbers
from rag.types import Passage

ACCENTED, PLAIN = "accented", "plain"


def passage_tokens(passages: Sequence[Passage], known: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """The tokens of both fields, joined by spaces, by the indexed texts of the passages; of the `known` ones as it is.

    Those of a context are found once for all that stands below it, and those of words that come again.
    """
    tokens = cache(_tokens)
    found: dict[str, tuple[str, str]] = {}
    for passage in passages:
        text = indexed_text(passage)
        if text in found:
            continue
        if text in known:
            found[text] = known[text]
        else:
            accented, plain = zip(tokens(passage.context), tokens(passage.text), strict=True)
            found[text] = " ".join(filter(None, accented)), " ".join(filter(None, plain))
    return found


def _tokens(text: str) -> tuple[str, str]:
    """The tokens of both fields, which have no spaces, each joined by them."""
    return " ".join(accented_tokens(text)), " ".join(plain_tokens(text))


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
