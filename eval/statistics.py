"""How sure a figure is, and whether two runs differ: intervals, paired tests, the same for the same seed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

FEWEST = 5
"""Below this many values there is no interval."""
SEED = 20240201
RESAMPLES = 10_000
LEVEL = 0.95
_AT_ONCE = 4_000_000
"""How many values are drawn at once, so that a large sample fits into memory."""

Values = Sequence[float]
Scores = Sequence[float | None]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the mean may lie: at the level 0.95, in 95 of 100 samples drawn like this one."""

    low: float
    high: float

    def contains(self, value: float) -> bool:
        """Whether a value lies in it, its ends included."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over `count` values with its interval; both None where there are none, or too few for an interval."""

    mean: float | None
    count: int
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measure of two runs over the cases that count in both.

    `better` and `worse` are how many cases rose and fell in value. `p` is that of the test named; None
    where there is nothing to compare. `real` says that the difference is more than chance.
    """

    before: float | None
    after: float | None
    count: int
    better: int
    worse: int
    interval: Interval | None
    test: str
    p: float | None
    real: bool

    @property
    def difference(self) -> float | None:
        """After less before."""
        return None if self.before is None or self.after is None else self.after - self.before


def estimate(scores: Iterable[float | None], *, seed: int = SEED) -> Estimate:
    """The mean of the scores that count, with Wilson's interval where all are 0 or 1, else a bootstrap one.

    Wilson's is the better one for small shares: the bootstrap of five right answers of five has no width.

    >>> estimate([1.0, None, 0.0])
    Estimate(mean=0.5, count=2, interval=None)
    """
    values = [score for score in scores if score is not None]
    if not values:
        return Estimate(None, 0, None)
    interval = wilson(sum(map(int, values)), len(values)) if _is_binary(values) else bootstrap(values, seed=seed)
    return Estimate(math.fsum(values) / len(values), len(values), interval)


def bootstrap(values: Values, *, seed: int = SEED, resamples: int = RESAMPLES, level: float = LEVEL) -> Interval | None:
    """The percentile interval of the mean; None for fewer than 5 values.

    Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
    """
    if len(values) < FEWEST:
        return None
    means = _resampled_means(np.asarray(values, dtype=np.float64), seed=seed, resamples=resamples)
    low, high = np.quantile(means, ((1 - level) / 2, (1 + level) / 2))
    return Interval(float(low), float(high))


def wilson(successes: int, count: int, *, level: float = LEVEL) -> Interval | None:
    """The score interval of a share of 0/1 values; None for fewer than 5.

    Source: Wilson, JASA 22 (1927); Brown, Cai and DasGupta, Statistical Science 16 (2001), for small samples.

    >>> found = wilson(10, 10)
    >>> round(found.low, 3), found.high
    (0.722, 1.0)
    """
    if count < FEWEST:
        return None
    z = NormalDist().inv_cdf((1 + level) / 2)
    share, square = successes / count, z * z / count
    middle = (share + square / 2) / (1 + square)
    half = z * math.sqrt(share * (1 - share) / count + square / (4 * count)) / (1 + square)
    # Exactly 0 and 1 at the ends, where rounding would leave them a little inside.
    return Interval(0.0 if successes == 0 else middle - half, 1.0 if successes == count else middle + half)


def mcnemar(better: int, worse: int) -> float:
    """The exact two-sided p that so uneven a number of cases changed for the better and for the worse by chance.

    Source: McNemar, Psychometrika 12 (1947); the exact form is the sign test.

    >>> mcnemar(5, 0), mcnemar(3, 3)
    (0.0625, 1.0)
    """
    changed = better + worse
    tail = sum(math.comb(changed, index) for index in range(min(better, worse) + 1))
    return float(min(1.0, 2 * tail / 2**changed))


def paired_bootstrap(differences: Values, *, seed: int = SEED, resamples: int = RESAMPLES) -> float:
    """The two-sided p of a mean difference, from resamples of the differences moved to a mean of 0.

    Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), section 16.4; for retrieval
    Smucker, Allan and Carterette, CIKM 2007.
    """
    values = np.asarray(differences, dtype=np.float64)
    observed = abs(float(values.mean()))
    means = _resampled_means(values - values.mean(), seed=seed, resamples=resamples)
    # 1 added to both: what was seen is itself one sample, and p is never 0.
    return (1 + int(np.count_nonzero(np.abs(means) >= observed - 1e-12))) / (1 + resamples)


def compare(before: Scores, after: Scores, *, seed: int = SEED) -> Comparison:
    """How one measure differs between two runs, given by case in the same order.

    0/1 scores are tested by McNemar's exact test, others by the paired bootstrap. Few changed cases among many
    equal ones mislead the bootstrap, so its p is at least 2 / 2**n where n cases changed, the least of any test
    of signs. The interval is that of the difference.

    Raises: ValueError where the runs have different numbers of cases.
    """
    pairs = [(one, other) for one, other in zip(before, after, strict=True) if one is not None and other is not None]
    if not pairs:
        return Comparison(None, None, 0, 0, 0, None, "", None, False)
    old, new = ([pair[side] for pair in pairs] for side in (0, 1))
    differences = [other - one for one, other in pairs]
    better, worse = (sum(sign * value > 0 for value in differences) for sign in (1, -1))
    exact = mcnemar(better, worse)
    binary = _is_binary([*old, *new])
    p = (
        exact
        if binary or not better + worse
        else max(paired_bootstrap(differences, seed=seed), _least_p(better + worse))
    )
    test = "McNemar" if binary else "bootstrap"
    means = [math.fsum(values) / len(values) for values in (old, new)]
    interval = bootstrap(differences, seed=seed)
    return Comparison(means[0], means[1], len(pairs), better, worse, interval, test, p, p < 1 - LEVEL)


def _least_p(changed: int) -> float:
    """The least p that any sign-flip test can give where so many cases changed: too few changes prove nothing."""
    return float(min(1.0, 2 / 2**changed))


def compare_all(
    before: Mapping[str, Scores], after: Mapping[str, Scores], *, seed: int = SEED
) -> dict[str, Comparison]:
    """Each measure that both runs have, in the order of the first, corrected for the number in which a case changed.

    `p` becomes Holm's: of twenty measures that do not differ, one would look different by chance.
    Source: Holm, Scandinavian Journal of Statistics 6 (1979).
    """
    found = {name: compare(before[name], after[name], seed=seed) for name in before if name in after}
    tested = sorted((one.p, name) for name, one in found.items() if one.p is not None and one.better + one.worse)
    highest = 0.0
    for rank, (p, name) in enumerate(tested):
        highest = max(highest, min(1.0, p * (len(tested) - rank)))
        found[name] = replace(found[name], p=highest, real=highest < 1 - LEVEL)
    return found


def verdict(comparison: Comparison, *, less_is_better: bool = False) -> str:
    """One Vietnamese sentence that says whether the difference is real, in points of 100.

    >>> verdict(compare([0.0] * 8 + [1.0] * 2, [1.0] * 10))
    'Khác biệt có thật: tốt lên 80,0 điểm (khoảng 95%: từ +50,0 đến +100,0; 10 câu; p = 0,008).'
    """
    difference, p = comparison.difference, comparison.p
    if difference is None or p is None:
        return "Không có câu nào được tính ở cả hai lần đo."
    if not comparison.better and not comparison.worse:
        return f"Không câu nào khác nhau ({comparison.count} câu)."
    told = f"{comparison.count} câu; p {_p(p)}"
    if comparison.interval is not None:
        low, high = (_signed(100 * end) for end in (comparison.interval.low, comparison.interval.high))
        told = f"khoảng 95%: từ {low} đến {high}; {told}"
    if not comparison.real:
        return f"Chưa đủ căn cứ để nói là khác: {_signed(100 * difference)} điểm ({told})."
    way = "kém đi" if (difference > 0) == less_is_better else "tốt lên"
    return f"Khác biệt có thật: {way} {_comma(abs(100 * difference), 1)} điểm ({told})."


def _resampled_means(values: Floats, *, seed: int, resamples: int) -> Floats:
    """The means of samples drawn from the values with replacement, as many as there are values."""
    generator = np.random.default_rng(seed)
    rows = max(1, _AT_ONCE // values.size)
    parts = [
        values[generator.integers(values.size, size=(min(rows, resamples - done), values.size))].mean(axis=1)
        for done in range(0, resamples, rows)
    ]
    return np.concatenate(parts)


def _is_binary(values: Values) -> bool:
    return all(value in (0.0, 1.0) for value in values)


def _signed(points: float) -> str:
    return _comma(points, 1, sign="+")


def _p(p: float) -> str:
    return "< 0,001" if p < 0.001 else f"= {_comma(p, 3)}"


def _comma(value: float, digits: int, sign: str = "-") -> str:
    shown = f"{value:{sign}.{digits}f}".replace(".", ",").replace("-", "−")
    return shown if any(digit in shown for digit in "123456789") else shown.lstrip("+−")
