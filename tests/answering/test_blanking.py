"""What is left of a text when matches are taken out."""

from __future__ import annotations

import re

import pytest

from rag.answering.blanking import Blanking


@pytest.mark.parametrize(
    ("text", "taken", "left"),
    [
        ("một hai ba", "hai", "một / ba"),
        ("một hai ba", "một", "hai ba"),  # no gap where nothing stands on one side
        ("một hai ba", "ba", "một hai"),
        ("một xy hai", "[xy]", "một / hai"),  # two matches side by side leave one gap
        ("một hai ba", ".+", ""),
        ("một hai ba", "bốn", "một hai ba"),
    ],
)
def test_a_gap_stands_between_what_was_apart(text: str, taken: str, left: str) -> None:
    blank = Blanking(text)
    blank.remove([re.compile(taken)])
    assert blank.left(text, gap="/") == left


def test_without_a_gap_the_words_stand_side_by_side() -> None:
    blank = Blanking("một hai ba")
    blank.cut(4, 7)
    assert blank.left("MỘT HAI BA") == "MỘT BA"


def test_signs_are_left_out_but_for_those_of_numbers_and_those_kept() -> None:
    blank = Blanking("xã, thôn? 5% 12/3-4")
    assert blank.left(blank.text) == "xã thôn 5 12/3-4"
    assert blank.left(blank.text, keep="%") == "xã thôn 5% 12/3-4"
