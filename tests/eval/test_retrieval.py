"""Measures of a ranking, against values computed by hand from their definitions."""

from __future__ import annotations

import math

import pytest

from eval.retrieval import MEASURES, retrieval_scores

RELEVANT = {"q1": {"a": 1, "b": 1, "c": 1}, "q2": {"d": 2, "e": 1}, "q3": {"f": 1}}
RANKINGS = {"q1": ["a", "x", "b"], "q2": ["y", "e", "d"], "q3": [f"z{n}" for n in range(10)] + ["f"]}


def log2(rank: int) -> float:
    return math.log2(rank + 1)


@pytest.mark.parametrize(
    ("measure", "q1", "q2", "q3"),
    [
        ("recall@1", 1 / 3, 0, 0),
        ("recall@5", 2 / 3, 1, 0),
        ("recall@10", 2 / 3, 1, 0),  # the one relevant item of q3 stands at rank 11
        ("mrr@10", 1, 1 / 2, 0),
        # Gains are the grades: q1 has 1 at ranks 1 and 3 of an ideal 1, 1, 1; q2 has 1, 2 at 2, 3 of an ideal 2, 1.
        (
            "ndcg@10",
            (1 + 1 / log2(3)) / (1 + 1 / log2(2) + 1 / log2(3)),
            (1 / log2(2) + 2 / log2(3)) / (2 + 1 / log2(2)),
            0,
        ),
        # The best item alone: P = 1, R = 1/3, F2 = 5PR / (4P + R); nothing right for the others.
        ("f2", 5 / 3 / (4 + 1 / 3), 0, 0),
    ],
)
def test_each_measure_is_its_definition(measure: str, q1: float, q2: float, q3: float) -> None:
    assert retrieval_scores(RANKINGS, RELEVANT)[measure] == pytest.approx({"q1": q1, "q2": q2, "q3": q3})


def test_f2_is_of_the_answered_set() -> None:
    # P = 1/2, R = 1/3: F2 = 5/6 / (2 + 1/3); F with beta squared taken for beta would be .375.
    assert retrieval_scores(RANKINGS, RELEVANT, answered=2)["f2"]["q1"] == pytest.approx(5 / 6 / (7 / 3))


def test_a_question_without_relevant_items_has_no_score() -> None:
    found = retrieval_scores({"q1": ["a"], "q2": ["a"]}, {"q1": {}, "q2": {"a": 1}, "q3": {"a": 0}})
    assert all(found[name] == {"q1": None, "q2": 1.0, "q3": None} for name in MEASURES)
    assert retrieval_scores({}, {"q1": {}})["recall@10"] == {"q1": None}
    assert retrieval_scores({}, {})["f2"] == {}


@pytest.mark.parametrize("rankings", [{}, {"q1": []}, {"q1": ["x"]}])
def test_a_question_that_found_nothing_relevant_scores_nought(rankings: dict[str, list[str]]) -> None:
    assert all(scores == {"q1": 0.0} for scores in retrieval_scores(rankings, {"q1": {"a": 1}}).values())


def test_the_order_given_is_the_order_scored() -> None:
    # By name trec_eval would put "b" before "a" among equals.
    assert retrieval_scores({"q": ["a", "b"]}, {"q": {"a": 1}})["recall@1"] == {"q": 1.0}
    assert retrieval_scores({"q": ["b", "a"]}, {"q": {"a": 1}})["recall@1"] == {"q": 0.0}


def test_rankings_of_other_questions_are_left_out() -> None:
    assert retrieval_scores({"q": ["a"], "other": ["a"]}, {"q": {"a": 1}})["mrr@10"] == {"q": 1.0}
