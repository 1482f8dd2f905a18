"""How often syllables and pairs of them stand in the corpus and in a word list: what marks are restored by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from rag.language.normalize import syllables

START = "^"
NUMBER = "0"
CORPUS_WEIGHT = 10


@dataclass(frozen=True, slots=True)
class DiacriticsModel:
    """Counts of syllables and of pairs of them, "a b" as key; a number counts as one, and "^" opens a line."""

    unigrams: dict[str, int]
    bigrams: dict[str, int]


def train_diacritics(texts: Iterable[str], words: Iterable[str]) -> DiacriticsModel:
    """A model of the corpus, filled up with a word list; corpus counts weigh ten times as much."""
    return _summed(_summed(DiacriticsModel({}, {}), (texts, CORPUS_WEIGHT)), (words, 1), of_words=True)


def retrain_diacritics(model: DiacriticsModel, *, added: Iterable[str], removed: Iterable[str]) -> DiacriticsModel:
    """The model that is trained on the same texts with some added and some removed, which are all that is read.

    >>> model = train_diacritics(["dân vận", "dân chủ"], ["vận"])
    >>> retrain_diacritics(model, added=["nhân dân"], removed=["dân vận"]) == train_diacritics(
    ...     ["dân chủ", "nhân dân"], ["vận"]
    ... )
    True
    """
    return _summed(model, (added, CORPUS_WEIGHT), (removed, -CORPUS_WEIGHT))


def _summed(model: DiacriticsModel, *weighed: tuple[Iterable[str], int], of_words: bool = False) -> DiacriticsModel:
    """A model with the counts of some texts, each with its weight, and of what lines that are no words begin with."""
    unigrams, bigrams = Counter(model.unigrams), Counter(model.bigrams)
    for sources, weight in weighed:
        for source in sources:
            for line in source.splitlines():
                found = [counted(syllable) for syllable in syllables(line)]
                if found and not of_words:
                    found.insert(0, START)
                for syllable in found:
                    unigrams[syllable] += weight
                for one, other in pairwise(found):
                    bigrams[f"{one} {other}"] += weight
    return DiacriticsModel(_sorted(unigrams), _sorted(bigrams))


def _sorted(counts: Counter[str]) -> dict[str, int]:
    """What is counted at all, in the order of the keys, so that the same counts are written in the same bytes."""
    return {key: counts[key] for key in sorted(counts) if counts[key]}


def counted(syllable: str) -> str:
    """What a syllable counts as: each number as the same."""
    return NUMBER if syllable[:1].isdigit() else syllable
