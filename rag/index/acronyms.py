"""Abbreviations that no table has, read by the initials of a corpus' own words: TTTDP is tổ trưởng tổ dân phố."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from rag.language.abbreviations import expand_abbreviations
from rag.language.lexicon import document_types, issuers
from rag.language.normalize import fold, unmark
from rag.language.spelling import is_syllable

_SHORT = re.compile(r"(?<![\w/.-])[^\W\d_]{2,8}(?![\w/]|-\w|\.\w)")
_ROMAN = re.compile(r"[IVXLC]+")
_FEWEST, _SHARE = 2, 0.6
"""How often the words have to stand in the corpus, and their share among all of these initials."""
_JOINING = "của|và|các|về|cho|ở|trong"
_SMALL_LETTERS = 3
"""From how many letters on what is no syllable is read though it is typed in small letters."""


class Acronyms:
    """Writes out what the words of one corpus tell; read-only."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._text = "\n".join(fold(text) for text in texts)
        self._words = lru_cache(maxsize=512)(self._find)

    def expand(self, question: str) -> str:
        """The question with the abbreviations written out that only the corpus' words tell.

        >>> Acronyms(["tổ trưởng tổ dân phố, hương ước; Tổ trưởng tổ dân phố, hương ước"]).expand("TTTDP gửi HƯ")
        'tổ trưởng tổ dân phố gửi hương ước'
        """
        shouted = question.isupper()
        return _SHORT.sub(lambda match: self._word(match[0], shouted) or match[0], question)

    def _word(self, short: str, shouted: bool) -> str | None:
        typed_so = short.isupper() and not shouted
        if not typed_so and (len(short) < _SMALL_LETTERS or is_syllable(fold(short))):
            return None
        if _ROMAN.fullmatch(short) or _is_known(short):
            return None
        words = self._words(fold(short))
        if words and not typed_so and short == unmark(short):
            words = unmark(words)
        return words.upper() if words and shouted else words

    def _find(self, short: str) -> str | None:
        """The words whose initials a folded abbreviation is; None where none or several are."""
        initials = [letter if letter != "d" else "[dđ]" for letter in short]
        pattern = rf"\b{initials[0]}\w*" + "".join(rf"\s+(?:(?:{_JOINING})\s+)?{letter}\w*" for letter in initials[1:])
        found = Counter(re.sub(r"\s+", " ", match) for match in re.findall(pattern, self._text))
        if not found:
            return None
        words, count = found.most_common(1)[0]
        return words if count >= _FEWEST and count >= _SHARE * found.total() else None


def _is_known(short: str) -> bool:
    """Whether a table writes it out, or it is a symbol of numbers."""
    symbols = {name for row in document_types() for name in row.abbreviations}
    return expand_abbreviations(short) != short or short in symbols or short in issuers()
