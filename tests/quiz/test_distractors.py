"""Which wrong options are chosen."""

from __future__ import annotations

from collections import Counter
from random import Random

from rag.quiz.distractors import alike_in_length, choose

STEM = "Văn bản nào sau đây?"
RIGHT = "Tăng cường công tác tín ngưỡng, tôn giáo trong tình hình mới"
OTHERS = [f"Tăng cường công tác số {at} về nội dung {'rất ' * (at % 5)}khác hẳn ở huyện" for at in range(12)]


def never(_: str) -> bool:
    return False


def test_what_is_true_is_never_chosen() -> None:
    true = set(OTHERS[:6])
    for seed in range(30):
        chosen = choose(STEM, RIGHT, OTHERS, holds=true.__contains__, random=Random(seed))
        assert chosen
        assert not true & set(chosen)


def test_too_few_give_nothing() -> None:
    assert choose(STEM, RIGHT, OTHERS[:2], holds=never, random=Random(1)) is None


def test_options_are_different_and_close_in_length() -> None:
    spelled = [RIGHT.upper(), f"{RIGHT}.", "Ngắn nhưng không quá ngắn đâu", *OTHERS, *OTHERS]
    for seed in range(30):
        chosen = choose(STEM, RIGHT, spelled, holds=never, random=Random(seed))
        assert chosen
        assert len(set(chosen)) == 3
        assert not {RIGHT.upper(), f"{RIGHT}.", "Ngắn nhưng không quá ngắn đâu"} & set(chosen)
        assert all(alike_in_length(RIGHT, option) for option in chosen)


def test_the_right_one_is_the_longest_about_as_often_as_any_other() -> None:
    ranks = Counter(
        sum(len(option) > len(RIGHT) for option in choose(STEM, RIGHT, OTHERS, holds=never, random=Random(seed)) or ())
        for seed in range(200)
    )
    assert ranks[0] / 200 <= 0.35
    assert len(ranks) >= 3


def test_the_nearest_come_most_often() -> None:
    numbers = [f"Chỉ thị số {at}-CT/TU" for at in range(12)]
    counts = Counter(
        option
        for seed in range(300)
        for option in choose("Hỏi gì?", "Chỉ thị số 99-CT/TU", numbers, holds=never, random=Random(seed)) or ()
    )
    assert sum(counts[one] for one in numbers[:3]) > sum(counts[one] for one in numbers[-3:])
