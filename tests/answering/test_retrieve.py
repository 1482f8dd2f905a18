"""Scores from two indexes put together, with fakes behind the ports."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.retrieve import Evidence, EvidenceRetriever, scaled
from rag.index.calibration import Calibration
from rag.index.tokens import ACCENTED, PLAIN
from rag.types import Passage, Span

PASSAGES = tuple(
    Passage(f"p{n}", "documents/a.txt", n, "clause", (Span(n, n + 1),), f"Đoạn {n}", "", f"đoạn {n}") for n in range(3)
)


@dataclass
class FakeEncoder:
    asked: list[str] = field(default_factory=list)

    def encode_queries(self, texts):
        self.asked += texts
        return np.ones((len(texts), 2), dtype=np.float32)


@dataclass
class FakeVectors:
    cosines: dict[str, float]

    def similarities(self, vector):
        assert vector.shape == (2,)
        return self.cosines


@dataclass
class FakeWords:
    accented: tuple[float, ...] = (0.0, 0.0, 0.0)
    plain: tuple[float, ...] = (0.0, 0.0, 0.0)
    asked: dict[str, list[str]] = field(default_factory=dict)

    def scores(self, name, tokens):
        self.asked[name] = list(tokens)
        return np.array({ACCENTED: self.accented, PLAIN: self.plain}[name], dtype=np.float32)

    def idf(self, name, token):
        return 1.25 if (name, token) == (PLAIN, "dan_van") else 0.0


def retriever(*, cosines=None, words=None, dense_weight=0.5, encoder=None):
    cosines = {"p0": 0.8, "p1": 0.9, "p2": 0.85} if cosines is None else cosines
    return EvidenceRetriever(
        PASSAGES,
        vectors=FakeVectors(cosines),
        words=words or FakeWords(),
        encoder=encoder or FakeEncoder(),
        dense_weight=dense_weight,
        calibration=Calibration(far=0.8, spread=0.05, supported=0.6),
    )


def test_meaning_alone_ranks_where_the_words_weigh_nothing():
    evidence = retriever(words=FakeWords(accented=(9, 0, 0)), dense_weight=1.0).evidence("Dân vận")
    assert evidence.fused.tolist() == pytest.approx([0.0, 1.0, 0.5], abs=1e-5)
    assert evidence.best(3) == [1, 2, 0]


def test_words_alone_rank_where_the_meaning_weighs_nothing():
    words = FakeWords(accented=(4, 0, 2), plain=(8, 0, 4))
    evidence = retriever(words=words, dense_weight=0.0).evidence("Dân vận")
    assert evidence.fused.tolist() == pytest.approx([1.0, 0.0, 0.5])
    assert evidence.best(2) == [0, 2]


def test_both_halves_are_scaled_before_they_are_added():
    words = FakeWords(accented=(400, 0, 0), plain=(0, 0, 0))
    evidence = retriever(words=words, dense_weight=0.25).evidence("Dân vận")
    assert evidence.fused.tolist() == pytest.approx([0.75, 0.25, 0.125], abs=1e-5)


def test_the_two_word_fields_weigh_the_same_whatever_their_scores():
    words = FakeWords(accented=(100, 0, 0), plain=(0, 1, 0))
    evidence = retriever(words=words, dense_weight=0.0).evidence("Dân vận")
    assert evidence.fused.tolist() == pytest.approx([1.0, 1.0, 0.0])


def test_the_cosine_is_kept_as_it_was_and_an_unknown_passage_has_the_least():
    evidence = retriever(cosines={"p1": 0.9}).evidence("Dân vận")
    assert evidence.cosine.tolist() == pytest.approx([-1.0, 0.9, -1.0])


def test_a_passage_that_is_not_among_the_nearest_is_as_near_as_the_last_of_them():
    evidence = retriever(cosines={"p0": 0.8, "p1": 0.9}, dense_weight=1.0).evidence("Dân vận")
    assert evidence.fused.tolist() == pytest.approx([0.0, 1.0, 0.0])
    assert retriever(cosines={}, dense_weight=1.0).evidence("Dân vận").fused.tolist() == [0.0, 0.0, 0.0]


def test_the_words_may_be_asked_something_else_than_the_encoder():
    words, encoder = FakeWords(), FakeEncoder()
    retriever(words=words, encoder=encoder).evidence("Văn bản nào về dân vận?", words="dân vận")
    assert encoder.asked == ["Văn bản nào về dân vận?"]
    assert not any("van_ban" in token or "văn" in token for tokens in words.asked.values() for token in tokens)
    assert any("dan_van" in token for token in words.asked[PLAIN])


def test_nearness_is_told_in_deviations_from_what_is_off_the_topic():
    assert retriever().evidence("Dân vận").nearness.tolist() == pytest.approx([0.0, 2.0, 1.0], abs=1e-5)


def test_ties_come_in_reading_order():
    zeros = np.zeros(3, dtype=np.float32)
    equal = Evidence(np.array([0.5, 0.7, 0.5], dtype=np.float32), zeros, zeros)
    assert equal.best(3) == [1, 0, 2]
    assert equal.best(0) == []


def test_nothing_in_common_with_any_passage_leaves_zeros():
    evidence = retriever(cosines={"p0": 0.8, "p1": 0.8, "p2": 0.8}).evidence("Dân vận")
    assert evidence.fused.tolist() == [0.0, 0.0, 0.0]


def test_the_rarity_of_a_token_is_the_word_index_s():
    assert retriever().idf(PLAIN, "dan_van") == 1.25
    assert retriever().idf(ACCENTED, "dan_van") == 0.0


@pytest.mark.parametrize(
    ("scores", "expected"),
    [([], []), ([3.0], [0.0]), ([2.0, 2.0], [0.0, 0.0]), ([-1.0, 1.0, 0.0], [0.0, 1.0, 0.5])],
)
def test_scores_are_moved_between_nought_and_one(scores, expected):
    assert scaled(np.array(scores, dtype=np.float32)).tolist() == expected


@given(st.lists(st.floats(-1e6, 1e6, width=32), min_size=2, max_size=30).filter(lambda row: max(row) > min(row)))
def test_scaling_reaches_both_ends_and_keeps_the_order(row):
    scores = np.array(row, dtype=np.float32)
    moved = scaled(scores)
    assert moved.dtype == np.float32
    assert (float(moved.min()), float(moved.max())) == (0.0, 1.0)
    assert all(moved[a] <= moved[b] for a, b in zip(np.argsort(scores), np.argsort(scores)[1:], strict=False))
