"""Marks for a question typed without them, for matching only: a syllable bigram model read by Viterbi."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.language.normalize import WORD, fold, syllables, unmark

_START = "^"
_CORPUS_WEIGHT = 10
_BACKOFF = 0.1
_UNMARKED_BY_NATURE = 0.3
"""The share of syllables that carry no mark in a text typed in full."""
_TYPO = 0.02
_WRONG_MARK = 0.002
_UNKNOWN = 1e-6
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class DiacriticsModel:
    """Counts of syllables and of pairs of them, "a b" as key."""

    unigrams: dict[str, int]
    bigrams: dict[str, int]


def train_diacritics(texts: Iterable[str], words: Iterable[str]) -> DiacriticsModel:
    """A model of the corpus, filled up with a word list; corpus counts weigh ten times as much."""
    unigrams: Counter[str] = Counter()
    bigrams: Counter[str] = Counter()
    for weight, sources in ((_CORPUS_WEIGHT, texts), (1, words)):
        for source in sources:
            for line in source.splitlines():
                found = syllables(line)
                for syllable in found:
                    unigrams[syllable] += weight
                for one, other in pairwise(found):
                    bigrams[f"{one} {other}"] += weight
    return DiacriticsModel(dict(unigrams), dict(bigrams))


class DiacriticsRestorer:
    """Restores the marks of questions with one model; safe to share between threads."""

    def __init__(self, model: DiacriticsModel) -> None:
        self._model = model
        self._total = sum(model.unigrams.values()) + 1
        self._candidates: dict[str, list[str]] = {}
        for syllable in sorted(model.unigrams):
            self._candidates.setdefault(unmark(syllable), []).append(syllable)

    def restore(self, text: str) -> str:
        """The folded text with the likeliest marks, and with syllables that do not exist set right.

        An unmarked syllable is taken for a marked one the more readily the fewer marks the text has;
        one with marks is given others only where the corpus speaks strongly for it. An unknown one
        becomes a known one of the same letters, else one a single letter away; else it stays.

        >>> model = train_diacritics(["đối thoại trực tiếp với Nhân dân"], [])
        >>> DiacriticsRestorer(model).restore("doi thoai truc tiêp voi nhann dan?")
        'đối thoại trực tiếp với nhân dân?'
        """
        folded = fold(text)
        words = WORD.findall(folded)
        return _replace(folded, self._best(words)) if words else folded

    def _best(self, words: Sequence[str]) -> list[str]:
        unmarked = sum(unmark(word) == word for word in words) / len(words)
        dropped = math.log(min(0.98, max(0.01, (unmarked - _UNMARKED_BY_NATURE) / (1 - _UNMARKED_BY_NATURE))))
        paths: dict[str, tuple[float, list[str]]] = {_START: (0.0, [])}
        for at, word in enumerate(words):
            options = {word: 0.0} if self._attested(words, at) else self._options(word, dropped)
            paths = {option: self._extend(paths, option, cost) for option, cost in options.items()}
        return max(paths.values(), key=lambda path: (path[0], path[1]))[1]

    def _attested(self, words: Sequence[str], at: int) -> bool:
        """Whether a syllable with marks stands beside a neighbour as it does in the corpus or the word list."""
        word = words[at]
        if unmark(word) == word:
            return False
        pairs = [f"{one} {word}" for one in words[max(0, at - 1) : at]] + [
            f"{word} {other}" for other in words[at + 1 : at + 2]
        ]
        return any(pair in self._model.bigrams for pair in pairs)

    def _options(self, word: str, dropped: float) -> dict[str, float]:
        """What a syllable may stand for, with the logarithm of how likely it was typed so."""
        bare = unmark(word)
        known = word in self._model.unigrams
        if not word.isalpha():
            return {word: 0.0}
        if known and bare != word:
            wrong = math.log(_WRONG_MARK)
            return {option: 0.0 if option == word else wrong for option in self._candidates[bare]}
        same = {option: dropped for option in self._candidates.get(bare, ()) if option != word}
        if known:
            return {word: 0.0, **same}
        if same and bare == word:
            return same
        near = (
            [option for other in _one_edit(bare) for option in self._candidates.get(other, ())] if len(bare) > 2 else []
        )
        return {word: math.log(_UNKNOWN)} | dict.fromkeys(near, math.log(_TYPO)) | dict.fromkeys(same, math.log(_TYPO))

    def _extend(self, paths: dict[str, tuple[float, list[str]]], option: str, cost: float) -> tuple[float, list[str]]:
        score, path = max(
            ((score + self._log_probability(last, option), path) for last, (score, path) in paths.items()),
            key=lambda item: item[0],
        )
        return score + cost, [*path, option]

    def _log_probability(self, last: str, option: str) -> float:
        alone = (self._model.unigrams.get(option, 0) + 0.5) / self._total
        pair = self._model.bigrams.get(f"{last} {option}", 0)
        given = pair / self._model.unigrams[last] if pair else 0.0
        return math.log((1 - _BACKOFF) * given + _BACKOFF * alone)


def _one_edit(word: str) -> list[str]:
    """Every word one letter away: one left out, put in, changed, or two neighbours swapped."""
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = {left + right[1:] for left, right in halves if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1}
    found |= {left + letter + right[1:] for left, right in halves if right for letter in _LETTERS}
    found |= {left + letter + right for left, right in halves for letter in _LETTERS}
    return sorted(found - {word})


def _replace(folded: str, restored: Sequence[str]) -> str:
    """The text with its syllables changed; one that a stray mark follows stays, lest both compose."""
    words = iter(restored)

    def new(found: re.Match[str]) -> str:
        word, after = next(words), folded[found.end() : found.end() + 1]
        return found[0] if after and unicodedata.combining(after) else word

    return WORD.sub(new, folded)
