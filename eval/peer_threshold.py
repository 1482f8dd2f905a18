"""The refusal that a peer lacks: the best threshold on its scores, chosen and tried on different questions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

FOLDS = 5
Signals = Sequence[Sequence[float]]
"""For each question the scores by which a system could refuse it; the higher, the surer it is."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """Refuse where the signal at `index` is below `least`."""

    index: int
    least: float

    def refuses(self, signals: Sequence[float]) -> bool:
        """Whether a question with these signals is refused."""
        return signals[self.index] < self.least


NEVER = Threshold(0, -math.inf)


def best_threshold(signals: Signals, answerable: Sequence[bool]) -> Threshold:
    """The threshold that tells the answerable questions best from the others.

    Best is the highest mean of the share of the unanswerable that it refuses and of the answerable that
    it lets pass, whatever their numbers; of equals the first signal, then the one that refuses least.
    Without both kinds nothing is learnt, and it never refuses.

    >>> best_threshold([[0.9], [0.8], [0.3]], [True, True, False])
    Threshold(index=0, least=0.55)
    """
    wanted = np.asarray(answerable, dtype=bool)
    if wanted.all() or not wanted.any():
        return NEVER
    best, reached = NEVER, 0.5
    for index, column in enumerate(np.asarray(signals, dtype=np.float64).T):
        values = np.unique(column)
        for least in ((values[1:] + values[:-1]) / 2).tolist():
            refused = column < least
            gain = (float(refused[~wanted].mean()) + float((~refused)[wanted].mean())) / 2
            if gain > reached + 1e-12:
                best, reached = Threshold(index, least), gain
    return best


def held_out_refusals(signals: Signals, answerable: Sequence[bool], *, folds: int = FOLDS) -> list[bool]:
    """Whether each question is refused, by the best threshold on the questions of the other folds.

    The answerable questions are dealt out to the folds in turn, and so are the others.

    >>> held_out_refusals([[0.9], [0.2], [0.8], [0.1], [0.7], [0.3]], [True, False] * 3, folds=2)
    [False, True, False, True, False, True]
    """
    fold = _dealt(answerable, folds)
    refused: list[bool] = []
    cuts = []
    for part in range(folds):
        others = [index for index in range(len(fold)) if fold[index] != part]
        cuts.append(best_threshold([signals[index] for index in others], [answerable[index] for index in others]))
    for index, own in enumerate(signals):
        refused.append(cuts[fold[index]].refuses(own))
    return refused


def _dealt(answerable: Sequence[bool], folds: int) -> list[int]:
    """The fold of each question."""
    seen = {True: 0, False: 0}
    dealt: list[int] = []
    for kind in answerable:
        dealt.append(seen[kind] % folds)
        seen[kind] += 1
    return dealt
