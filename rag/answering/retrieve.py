"""Evidence for a question: every passage scored by words and by meaning together.

Source of the fusion: the sum of min-max-scaled scores, half dense and half BM25, was measured best
(R@1 .81, MRR .87 against .78 for rank fusion); the word half is the mean of the accented and the
unaccented field, so that a question without marks keeps half of it unchanged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag.index.calibration import Calibration
from rag.index.encoder import Encoder
from rag.index.tokens import ACCENTED, PLAIN, accented_tokens, plain_tokens
from rag.index.vectors import VectorIndex
from rag.index.words import WordIndex
from rag.types import Passage

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The scores of all passages for one question, in the order of the snapshot's passages.

    `fused` lies in [0, 1]; `cosine` in [-1, 1]; `nearness` is the cosine in standard deviations above the best
    of a question off the topic.
    """

    fused: Scores
    cosine: Scores
    nearness: Scores

    def best(self, count: int) -> list[int]:
        """The indexes of the best passages, best first, ties in reading order."""
        order = np.argsort(-self.fused, kind="stable")
        return [int(index) for index in order[:count]]


class Retriever(Protocol):
    """What scores the passages of one snapshot for questions."""

    @property
    def passages(self) -> tuple[Passage, ...]: ...

    def evidence(self, question: str, *, words: str | None = None) -> Evidence: ...

    def idf(self, field: str, token: str) -> float: ...


class EvidenceRetriever:
    """Scores the passages of one snapshot; safe to share between threads."""

    def __init__(
        self,
        passages: Sequence[Passage],
        *,
        vectors: VectorIndex,
        words: WordIndex,
        encoder: Encoder,
        dense_weight: float,
        calibration: Calibration,
    ) -> None:
        self._passages = tuple(passages)
        self._vectors, self._words, self._encoder = vectors, words, encoder
        self._dense_weight, self._calibration = dense_weight, calibration

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages that are scored."""
        return self._passages

    def weighted(self, dense_weight: float) -> EvidenceRetriever:
        """The same with another weight of meaning against words, a fraction of 1."""
        return EvidenceRetriever(
            self._passages,
            vectors=self._vectors,
            words=self._words,
            encoder=self._encoder,
            dense_weight=dense_weight,
            calibration=self._calibration,
        )

    def evidence(self, question: str, *, words: str | None = None) -> Evidence:
        """All passages scored for a question with its marks; `words` is what the word index is asked instead."""
        asked = words or question
        vector = self._encoder.encode_queries([question])[0]
        found = self._vectors.similarities(vector)
        cosine = np.array([found.get(passage.id, -1.0) for passage in self._passages], dtype=np.float32)
        accented = self._words.scores(ACCENTED, accented_tokens(asked))
        plain = self._words.scores(PLAIN, plain_tokens(asked))
        lexical = np.add(scaled(accented), scaled(plain), dtype=np.float32)
        # Where only the nearest are known the others are at most as near as the last of these: read as -1 they
        # would press all the nearest into a few hundredths (2,249 articles: MRR .89 instead of .91).
        near = np.maximum(cosine, np.float32(min(found.values(), default=-1.0)))
        dense_part = np.multiply(scaled(near), self._dense_weight, dtype=np.float32)
        word_part = np.multiply(scaled(lexical), 1 - self._dense_weight, dtype=np.float32)
        fused = np.add(dense_part, word_part, dtype=np.float32)
        return Evidence(fused, cosine, self._calibration.nearness(cosine))

    def idf(self, field: str, token: str) -> float:
        """The inverse document frequency of a token of a word field; 0 where no passage has it."""
        return self._words.idf(field, token)


def scaled(scores: Scores) -> Scores:
    """Scores moved to [0, 1]; zeros where all are equal.

    >>> scaled(np.array([1.0, 3.0, 2.0], dtype=np.float32)).tolist()
    [0.0, 1.0, 0.5]
    """
    if scores.size == 0 or float(scores.max()) <= float(scores.min()):
        return np.zeros_like(scores)
    low, high = scores.min(), scores.max()
    shifted: Scores = np.divide(scores - low, high - low, dtype=np.float32)
    return shifted
