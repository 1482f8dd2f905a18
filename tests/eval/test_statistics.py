"""Intervals and tests against values worked out by hand, and what must hold whatever the values are."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.statistics import (
    FEWEST,
    Comparison,
    Interval,
    bootstrap,
    compare,
    compare_all,
    estimate,
    mcnemar,
    paired_bootstrap,
    verdict,
    wilson,
)

SHARES = st.floats(0, 1).map(lambda value: round(value, 3))
SAMPLES = st.lists(SHARES, min_size=FEWEST, max_size=40)


@pytest.mark.parametrize(
    ("successes", "count", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),  # z²/(n + z²) = 3.8415/13.8415
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (81, 263, 0.2553, 0.3662),  # Newcombe, Statistics in Medicine 17 (1998), table I
        (15, 148, 0.0624, 0.1605),
    ],
)
def test_wilson_gives_the_published_intervals(successes: int, count: int, low: float, high: float) -> None:
    found = wilson(successes, count)
    assert found is not None
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@pytest.mark.parametrize(
    ("better", "worse", "p"),
    [(0, 0, 1.0), (1, 0, 1.0), (5, 0, 2 / 32), (6, 0, 2 / 64), (8, 2, 2 * (1 + 10 + 45) / 1024), (4, 4, 1.0)],
)
def test_mcnemar_is_the_sign_test(better: int, worse: int, p: float) -> None:
    assert mcnemar(better, worse) == p == mcnemar(worse, better)


def test_mcnemar_takes_thousands() -> None:
    assert 0 < mcnemar(1700, 1500) < 0.001


@given(SAMPLES)
@settings(max_examples=30, deadline=None)
def test_a_bootstrap_interval_lies_within_the_values_around_their_mean(values: list[float]) -> None:
    found = bootstrap(values, resamples=500)
    assert found is not None
    assert min(values) - 1e-9 <= found.low <= found.high <= max(values) + 1e-9
    assert bootstrap(values, resamples=500) == found
    spread = max(values) - min(values)
    assert found.low - 0.2 * spread <= math.fsum(values) / len(values) <= found.high + 0.2 * spread


def test_a_bootstrap_interval_is_near_that_of_theory() -> None:
    values = [index / 199 for index in range(200)]
    found = bootstrap(values)
    half = 1.96 * float(np.std(values)) / math.sqrt(200)
    assert found is not None
    assert (found.low, found.high) == (pytest.approx(0.5 - half, abs=0.004), pytest.approx(0.5 + half, abs=0.004))


def test_a_bootstrap_of_many_values_is_drawn_in_parts() -> None:
    found = bootstrap([0.25, 0.75] * 20_000, resamples=250)
    assert found is not None
    assert 0.497 < found.low < 0.5 < found.high < 0.503


@given(st.lists(st.one_of(st.none(), SHARES), max_size=30))
@settings(max_examples=30, deadline=None)
def test_an_estimate_counts_what_counts(scores: list[float | None]) -> None:
    found = estimate(scores)
    counted = [score for score in scores if score is not None]
    assert found.count == len(counted)
    assert (found.mean is None) == (not counted)
    assert (found.interval is None) == (len(counted) < FEWEST)
    if found.mean is not None and found.interval is not None:
        assert 0 <= found.interval.low <= found.interval.high <= 1


def test_right_answers_alone_still_leave_doubt() -> None:
    found = estimate([1.0] * 5).interval
    assert found is not None
    assert (round(found.low, 3), found.high) == (0.566, 1.0)  # 5/(5 + 3.8415)
    assert Interval(0.2, 0.4).contains(0.2)
    assert not Interval(0.2, 0.4).contains(0.41)


def test_only_cases_that_count_in_both_runs_are_compared() -> None:
    found = compare([1.0, None, 0.0, 1.0], [0.0, 1.0, None, 1.0])
    assert (found.count, found.better, found.worse, found.before, found.after) == (2, 0, 1, 1.0, 0.5)
    assert (found.test, found.p, found.interval) == ("McNemar", 1.0, None)
    with pytest.raises(ValueError, match="zip"):
        compare([1.0], [])


@pytest.mark.parametrize(
    ("before", "after", "real"),
    [
        ([0.0] * 6 + [1.0] * 94, [1.0] * 100, True),  # 2/64
        ([0.0] * 5 + [1.0] * 95, [1.0] * 100, False),  # 2/32
        ([0.5] * 30, [0.6] * 30, True),
        ([0.5] * 30, [0.6, 0.4] * 15, False),
        # Four cases that rose among many equal ones: the bootstrap alone would call it real.
        ([0.5] * 100, [0.9] * 4 + [0.5] * 96, False),
        ([0.5] * 100, [0.9] * 7 + [0.5] * 93, True),
    ],
)
def test_a_difference_is_real_where_chance_hardly_gives_it(before: list[float], after: list[float], real: bool) -> None:
    found = compare(before, after)
    assert found.real is real
    assert compare(after, before).real is real
    assert compare(after, before).p == found.p


def test_the_paired_bootstrap_is_near_the_t_test() -> None:
    differences = [0.3, -0.1, 0.25, 0.0, 0.1, -0.2, 0.35, 0.15, -0.05, 0.2, 0.05, 0.1]
    # mean .0958, sd .1644 (n - 1), t = 2.02 with 11 degrees: p = .068; the bootstrap divides by n.
    assert paired_bootstrap(differences) == pytest.approx(0.045, abs=0.02)


@given(SAMPLES, SAMPLES)
@settings(max_examples=30, deadline=None)
def test_a_p_is_a_probability_and_equal_runs_do_not_differ(before: list[float], after: list[float]) -> None:
    size = min(len(before), len(after))
    found = compare(before[:size], after[:size])
    assert found.p is not None
    assert 0 < found.p <= 1
    assert found.better + found.worse <= found.count == size
    same = compare(before, before)
    assert (same.p, same.real, same.difference) == (1.0, False, 0.0)


def test_of_many_measures_each_needs_more_to_be_real() -> None:
    right, wrong = [1.0] * 20, [0.0] * 6 + [1.0] * 14  # p = 2/64 by itself
    alone = compare_all({"a": wrong}, {"a": right})
    assert alone["a"].real
    many = compare_all(dict.fromkeys("abc", wrong), dict.fromkeys("abcd", right))
    assert list(many) == ["a", "b", "c"]
    assert [one.p for one in many.values()] == [3 * 2 / 64] * 3
    assert not any(one.real for one in many.values())
    # A measure in which nothing changed is no test.
    assert compare_all({"a": wrong, "b": right}, {"a": right, "b": right})["a"].real


def test_holm_goes_from_the_least_p_upwards() -> None:
    def rise(cases: int) -> tuple[list[float], list[float]]:
        return [0.0] * cases + [1.0] * (20 - cases), [1.0] * 20

    sizes = {"a": 6, "b": 10, "c": 8}
    found = compare_all({n: rise(k)[0] for n, k in sizes.items()}, {n: rise(k)[1] for n, k in sizes.items()})
    assert {name: one.p for name, one in found.items()} == {"b": 3 * 2 / 1024, "c": 2 * 2 / 256, "a": 2 / 64}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ([0.0] * 10, [1.0] * 10, "Khác biệt có thật: tốt lên 100,0 điểm (khoảng 95%: từ +100,0 đến +100,0; 10 câu"),
        ([1.0] * 10, [0.0] * 10, "Khác biệt có thật: kém đi 100,0 điểm"),
        ([1.0] * 4, [0.0] * 4, "Chưa đủ căn cứ để nói là khác: −100,0 điểm (4 câu; p = 0,125)."),
        ([1.0] * 4, [1.0] * 4, "Không câu nào khác nhau (4 câu)."),
        ([None], [1.0], "Không có câu nào được tính ở cả hai lần đo."),
        ([0.0] * 20, [1.0] * 20, "p < 0,001"),
    ],
)
def test_the_verdict_is_a_sentence(before: list[float | None], after: list[float | None], told: str) -> None:
    assert told in verdict(compare(before, after))


def test_of_a_measure_where_less_is_better_a_fall_is_good() -> None:
    fallen = compare([1.0] * 10, [0.0] * 10)
    assert "tốt lên" in verdict(fallen, less_is_better=True)
    assert isinstance(fallen, Comparison)
