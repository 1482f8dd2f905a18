"""Words that a recogniser read with wrong marks or capitals, put right where it was in doubt and words tell which.

Of the letters that the recogniser held for possible, those are taken that stand in official texts, or in a word of
Vietnamese, beside the words that they stand beside, where what it chose does not: "đẳng" does not follow "cấp ủy".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, product

from rag.language.lexicon import issuers, lines
from rag.language.normalize import fold, syllables, unmark
from rag.language.segment import word_list
from rag.language.spelling import is_syllable
from rag.reading.hocr import Letter, Row, Word, usual_size

_SIGNS = ".,;:!?()[]“”\"'’…/-–"
_SAME_SHAPE = frozenset("cosuvwxz")
_TALL, _MARK, _BELOW = 0.57, 0.2, 0.15
_DOT_BELOW, _HORN = "\u0323", "\u031b"
_MOST_CANDIDATES = 16
_MANY = 5


@dataclass(frozen=True, slots=True)
class Repaired:
    """The lines of a page, and each word that was put right: as it was read, and as it is now."""

    rows: list[Row]
    words: tuple[tuple[str, str], ...]


def repaired(rows: Sequence[Row]) -> Repaired:
    """The lines of a page with the words put right that the recogniser was in doubt of."""
    if not rows:
        return Repaired([], ())
    usual = usual_size(rows)
    words = [_recased(word, row.size or usual) for row in rows for word in row.words]
    changes: list[tuple[str, str]] = []
    for index, word in enumerate(words):
        meant = _meant(word, _beside(words, index, -1), _beside(words, index, 1))
        if meant != word.text:
            changes.append((word.text.strip(_SIGNS), meant.strip(_SIGNS)))
            words[index] = word.reads(meant)
    rest = iter(words)
    return Repaired([replace(row, words=tuple(next(rest) for _ in row.words)) for row in rows], tuple(changes))


def _recased(word: Word, size: float) -> Word:
    """A word whose letters have the height of small ones in small letters.

    Capitals of the same shape as their small letters are told by their height alone.
    """
    shown = word.text.strip(_SIGNS)
    if shown[1:].islower() or not any(map(str.isupper, shown)) or not is_syllable(fold(shown)):
        return word
    letters = list(word.letters)
    letters = [replace(one, char=one.char.lower()) if _is_low(one, size) else one for one in letters]
    text = "".join(one.char for one in letters)
    inner = text.strip(_SIGNS)
    if len(inner) > 1 and any(char.islower() for char in inner) and is_syllable(fold(inner)):
        letters = [
            replace(one, char=one.char.lower()) if place and letters[place - 1].char.isalpha() else one
            for place, one in enumerate(letters)
        ]
    return replace(word, letters=tuple(letters))


def _is_low(letter: Letter, size: float) -> bool:
    """Whether a capital is only as high as its small letter, which has the same shape."""
    decomposed = unicodedata.normalize("NFD", letter.char)
    base, marks = decomposed[0], decomposed[1:]
    if not letter.char.isupper() or base.lower() not in _SAME_SHAPE:
        return False
    above = sum(mark not in (_DOT_BELOW, _HORN) for mark in marks)
    most = _TALL + _MARK * above + _BELOW * (_DOT_BELOW in marks)
    return letter.box.bottom - letter.box.top < most * size


def _beside(words: Sequence[Word], index: int, step: int) -> str:
    """The folded word before or after one, "" where a sign or a number parts them."""
    at = index + step
    if not 0 <= at < len(words):
        return ""
    first, second = (words[at].text, words[index].text) if step < 0 else (words[index].text, words[at].text)
    if first[-1] in _SIGNS or second[0] in _SIGNS:
        return ""
    beside = fold(words[at].text.strip(_SIGNS))
    return beside if beside.isalpha() else ""


def _meant(word: Word, before: str, after: str) -> str:
    """What a word was meant to be; itself where nothing tells better."""
    text = word.text
    inner = fold(text.strip(_SIGNS))
    if not inner.isalpha() or (_support(inner, before, after) and is_syllable(inner)):
        return text
    scores = {one: _support(fold(one.strip(_SIGNS)), before, after) for one in _candidates(word)}
    best = max(scores.values(), default=0)
    fitting = [one for one, score in scores.items() if score == best]
    enough = max(1, 2 * (bool(before) + bool(after)) if inner in _common() else 1)
    return fitting[0] if len(fitting) == 1 and (best >= enough or not is_syllable(inner)) else text


def _candidates(word: Word) -> list[str]:
    """The word with other marks on its letters, as the recogniser held for possible; syllables only."""
    options = [
        (letter.char, *(one for one in letter.others if len(one) == 1 and unmark(one) == unmark(letter.char)))
        for letter in word.letters
    ]
    found = []
    for index, letters in enumerate(product(*options)):
        if index > _MOST_CANDIDATES:
            break
        text = "".join(letters)
        if text != word.text and is_syllable(fold(text.strip(_SIGNS))):
            found.append(text)
    return found


def _support(word: str, before: str, after: str) -> int:
    """How well a folded word stands with its neighbours: 2 for each pair of official texts, 1 for each of a word."""
    official, known = _official_pairs(), _word_pairs()
    around = ((before, word), (word, after))
    return sum(2 if pair in official else 1 if pair in known else 0 for pair in around)


@cache
def _common() -> frozenset[str]:
    """Syllables that many others follow in official texts: they stand beside others that these texts do not have."""
    rows = (line.partition(": ") for line in lines("official_pairs.txt"))
    return frozenset(first for first, _, others in rows if others.count(" ") >= _MANY)


@cache
def _word_pairs() -> frozenset[tuple[str, str]]:
    """Syllables that stand side by side in a word of Vietnamese, folded."""
    return frozenset(pair for word in word_list() for pair in pairwise(word.split()))


@cache
def _official_pairs() -> frozenset[tuple[str, str]]:
    """Syllables that stand side by side in official texts or in the name of an issuer, folded."""
    rows = (line.partition(": ") for line in lines("official_pairs.txt"))
    names = (syllables(one.name) for one in issuers().values() if one.name)
    return frozenset(
        (
            *((first, other) for first, _, others in rows for other in others.split()),
            *(pair for name in names for pair in pairwise(name)),
        )
    )
