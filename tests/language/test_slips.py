"""One slip of each kind is undone, and a likely one costs less."""

from __future__ import annotations

import pytest

from rag.language.slips import meant


@pytest.mark.parametrize("typed", ["hnh", "hanhh", "hnah", "habh", "ahnh", "anh", "hannh"])
def test_a_slip_of_each_kind_leads_back(typed: str) -> None:
    assert "hanh" in dict(meant(typed))


def test_two_slips_are_too_many() -> None:
    assert "hanh" not in dict(meant("hbbh"))


def test_a_key_beside_the_right_one_costs_less_than_a_far_one() -> None:
    near, far = dict(meant("hanj"))["hanh"], dict(meant("hanp"))["hanh"]
    assert near > far


def test_the_first_letter_is_seldom_wrong() -> None:
    assert dict(meant("jan"))["han"] < dict(meant("haj"))["hah"]
