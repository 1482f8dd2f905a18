"""What scores mean in one corpus: measured when it is ingested, on questions that it can and cannot answer.

A cosine tells little by itself: of this encoder unrelated texts reach .85 and related ones .90, and both lie
higher the narrower a corpus is. So questions off the topic are asked of every corpus; what their best passages
reach is the zero of `nearness`. Questions made of the corpus' own clauses stand for what it can answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from rag.index.encoder import Encoder
from rag.index.topics import Idf, Term, coverage, term_line, topic_terms
from rag.language.lexicon import lines

NEARNESS_WEIGHT = 0.12
"""What one standard deviation of nearness counts against the share of a topic's words; measured on 600 questions."""
_OWN_QUESTIONS = 60
_FEWEST_TERMS = 6
_OWN_WORDS = 0.5
"""The share of a question's words that are the text's own where somebody asks in words of his own."""
_OFF_TOPIC, _ON_TOPIC = 0.95, 0.1
_BETWEEN = 0.3
_LOWEST, _HIGHEST = 0.4, 0.56

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Calibration:
    """The scores of one corpus.

    `far` is the best cosine that a question off the topic reaches on the average, `spread` its standard
    deviation; `supported` the support (a share of the topic's weight, and nearness) from which an answer is given.
    """

    far: float
    spread: float
    supported: float

    def nearness(self, cosines: Vectors) -> Vectors:
        """How many standard deviations cosines lie above the best of a question off the topic."""
        scaled: Vectors = np.divide(cosines - np.float32(self.far), np.float32(self.spread), dtype=np.float32)
        return scaled


def calibrate(texts: Sequence[str], vectors: Vectors, encoder: Encoder, idf: Idf) -> Calibration:
    """Measures a corpus of at least one passage; `vectors` is `(n, dim)` of unit length, in the order of `texts`."""
    line = cache(lambda at: term_line(texts[at]))  # of the nearest alone: of all it takes as long as the rest
    questions, topics = _off_topic()
    off = _best_cosines(encoder.encode_queries(questions), vectors)
    best = off.max(axis=1)
    far, spread = float(np.median(best)), max(float(best.std()), 0.005)
    scale = Calibration(far, spread, 0.0)
    refused = [
        _support(topic_terms(topic, idf=idf, passages=len(texts)), line, scale.nearness(row))
        for topic, row in zip(topics, off, strict=True)
    ]
    low = float(np.quantile(refused, _OFF_TOPIC))
    own = _own_questions(texts, idf)
    if not own:
        return Calibration(far, spread, float(np.clip(low, _LOWEST, _HIGHEST)))
    on = scale.nearness(_best_cosines(encoder.encode_queries(own), vectors).max(axis=1))
    high = float(np.quantile(_OWN_WORDS + NEARNESS_WEIGHT * on, _ON_TOPIC))
    return Calibration(far, spread, float(np.clip(low + _BETWEEN * (high - low), _LOWEST, _HIGHEST)))


def _off_topic() -> tuple[list[str], list[str]]:
    found = [re.fullmatch(r"(.*)\[(.*)\](.*)", line) for line in lines("off_topic.txt")]
    kept = [match for match in found if match]
    return ["".join(match.groups()) for match in kept], [match[2] for match in kept]


def _best_cosines(queries: Vectors, vectors: Vectors) -> Vectors:
    cosines: Vectors = queries @ vectors.T
    return cosines


def _support(terms: Sequence[Term], line: Callable[[int], str], nearness: Vectors) -> float:
    nearest = np.argsort(-nearness, kind="stable")[:60].tolist()
    return max(coverage(terms, line(at)) + NEARNESS_WEIGHT * float(nearness[at]) for at in nearest)


def _own_questions(texts: Sequence[str], idf: Idf) -> list[str]:
    """Questions of every other word of some passages, spread over the corpus."""
    step = max(1, len(texts) // _OWN_QUESTIONS)
    found = []
    for text in texts[::step]:
        terms = topic_terms(text, idf=idf, passages=len(texts))
        if len(terms) >= _FEWEST_TERMS:
            found.append(" ".join(term.text for term in terms[: 4 * _FEWEST_TERMS : 2]))
    return found[:_OWN_QUESTIONS]
