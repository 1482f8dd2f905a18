"""Amounts as questions and texts state them."""

from __future__ import annotations

import pytest

from rag.answering.amounts import Amount, amounts


def read(text: str) -> list[tuple[float, float, str]]:
    return [(one.low, one.high, one.kind) for one in amounts(text)]


@pytest.mark.parametrize(
    ("text", "low", "high", "said"),
    [
        ("họp 5-7 ngày", 5, 7, "5-7 ngày"),
        ("từ 5 tới 7 ngày", 5, 7, "5 tới 7 ngày"),
        ("từ 05 (năm) đến 07 (bảy) ngày", 5, 7, "5 (năm) đến 07 (bảy) ngày"),  # the first zero is dropped alone
        ("hai đến ba mươi mốt ngày", 2, 31, "hai đến ba mươi mốt ngày"),
        ("10 (mười) ngày", 10, 10, "10 (mười) ngày"),
    ],
)
def test_a_range_is_one_amount(text: str, low: float, high: float, said: str) -> None:
    assert amounts(text) == [Amount(low, high, "ngay", said)]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("ít nhất 3 lần", "least"),
        ("tối thiểu là 3 lần", "least"),
        ("trên 3 lần", "least"),
        ("từ 3 lần trong năm trở lên", "least"),
        ("không quá 3 lần", "most"),
        ("tối đa 3 lần", "most"),
        ("duoi 3 lan", "most"),
        ("họp 3 lần", ""),
        ("ít nhất một người, họp 3 lần", ""),  # the bound of another amount
    ],
)
def test_a_bound_stands_right_before_an_amount_or_after_it(text: str, bound: str) -> None:
    assert amounts(text)[-1].bound == bound


@pytest.mark.parametrize(
    ("text", "share", "bound"),
    [
        ("hai phần ba số hộ", 66.67, ""),
        ("2/3 số hộ", 66.67, ""),
        ("một nửa số hộ", 50, ""),
        ("quá nửa số hộ", 50, "least"),
        ("ba mươi lăm phần trăm", 35, ""),
        ("sáu mươi năm phần trăm", 65, ""),  # "năm" is no year after tens
    ],
)
def test_shares_are_read_in_per_cent(text: str, share: float, bound: str) -> None:
    (found,) = amounts(text)
    assert (found.low, found.high, found.kind, found.bound) == (share, share, "%", bound)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tầm nhìn đến năm 2045", (2045, 2045, "tam nhin")),
        ("giai đoạn 2026-2030", (2026, 2030, "giai doan")),
        ("giai doan tu nam 2026 den nam 2030", (2026, 2030, "giai doan")),
        ("nhiệm kỳ 2021 - 2026", (2021, 2026, "nhiem ky")),
    ],
)
def test_the_years_of_a_period_are_an_amount_of_their_own_kind(text: str, found: tuple[float, float, str]) -> None:
    assert read(text) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tám ngày", [(8, 8, "ngay")]),
        ("tam ngay", [(8, 8, "ngay")]),  # typed without marks it may be
        ("tạm ngày", []),
        ("bà bản", []),
        ("chính người", []),
    ],
)
def test_words_that_read_like_numerals_without_marks_are_none_with_other_marks(
    text: str, found: list[tuple[float, float, str]]
) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    "text", ["3/2 số hộ", "9 đến 5 ngày", "ngày 1/2/2024", "số 12/qđ", "mục 3 điều 5", "năm tháng"]
)
def test_dates_places_and_what_does_not_add_up_are_no_amounts(text: str) -> None:
    assert amounts(text) == []


def test_different_nouns_for_people_and_homes_are_of_one_kind() -> None:
    assert [one.kind for one in amounts("5 thành viên, 6 cử tri và 7 đại biểu")] == ["people"] * 3
    assert read("7 hộ gia đình, 8 hộ") == [(7, 7, "ho"), (8, 8, "ho")]


@pytest.mark.parametrize(
    ("known", "claimed", "admitted"),
    [
        ("ít nhất 5 ngày", "7 ngày", True),
        ("ít nhất 5 ngày", "4 ngày", False),
        ("tối đa 5 ngày", "4 ngày", True),
        ("tối đa 5 ngày", "7 ngày", False),
        ("từ 5 đến 15 ngày", "9 ngày", True),
        ("từ 5 đến 15 ngày", "6 đến 15 ngày", True),
        ("từ 5 đến 15 ngày", "4 đến 9 ngày", False),
        ("5 ngày", "7 ngày", False),
        ("5 ngày", "5 ngày", False),  # that is the same, and no other that it leaves room for
    ],
)
def test_an_amount_admits_what_lies_in_its_range_or_on_its_open_side(known: str, claimed: str, admitted: bool) -> None:
    assert amounts(known)[0].admits(amounts(claimed)[0]) is admitted
