"""Marks for a question typed without them, for matching only: a syllable bigram model read by Viterbi."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.language.normalize import fold, syllables, unmark

_START = "^"
_CORPUS_WEIGHT = 4
_BACKOFF = 0.1
_MARKED_ENOUGH = 0.34


@dataclass(frozen=True, slots=True)
class DiacriticsModel:
    """Counts of syllables and of pairs of them, "a b" as key."""

    unigrams: dict[str, int]
    bigrams: dict[str, int]


def train_diacritics(texts: Iterable[str], words: Iterable[str]) -> DiacriticsModel:
    """A model of the corpus, filled up with a word list; corpus counts weigh four times as much."""
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
        for syllable in model.unigrams:
            self._candidates.setdefault(unmark(syllable), []).append(syllable)

    def knows(self, syllable: str) -> bool:
        """Whether the corpus or the word list has this folded syllable, marks aside."""
        return unmark(syllable) in self._candidates

    def restore(self, text: str) -> str:
        """The folded text with likely marks; syllables that carry marks stay as they are.

        A text that carries marks on a third of its syllables is taken to be typed in full.

        >>> model = train_diacritics(["đối thoại trực tiếp với Nhân dân"], [])
        >>> DiacriticsRestorer(model).restore("doi thoai truc tiep voi nhan dan?")
        'đối thoại trực tiếp với nhân dân?'
        """
        folded = fold(text)
        words = syllables(folded)
        marked = sum(unmark(word) != word for word in words)
        if not words or marked > _MARKED_ENOUGH * len(words):
            return folded
        return _replace(folded, words, self._best(words))

    def _best(self, words: Sequence[str]) -> list[str]:
        paths: dict[str, tuple[float, list[str]]] = {_START: (0.0, [])}
        for word in words:
            options = [word] if unmark(word) != word else sorted(self._candidates.get(word, [word]))
            paths = {option: self._extend(paths, option) for option in options}
        return max(paths.values(), key=lambda path: (path[0], path[1]))[1]

    def _extend(self, paths: dict[str, tuple[float, list[str]]], option: str) -> tuple[float, list[str]]:
        score, path = max(
            ((score + self._log_probability(last, option), path) for last, (score, path) in paths.items()),
            key=lambda item: item[0],
        )
        return score, [*path, option]

    def _log_probability(self, last: str, option: str) -> float:
        alone = (self._model.unigrams.get(option, 0) + 0.5) / self._total
        pair = self._model.bigrams.get(f"{last} {option}", 0)
        given = pair / self._model.unigrams[last] if pair else 0.0
        return math.log((1 - _BACKOFF) * given + _BACKOFF * alone)


def _replace(folded: str, words: Sequence[str], restored: Sequence[str]) -> str:
    pieces, position = [], 0
    for word, new in zip(words, restored, strict=True):
        at = folded.index(word, position)
        pieces += [folded[position:at], new]
        position = at + len(word)
    return "".join([*pieces, folded[position:]])
