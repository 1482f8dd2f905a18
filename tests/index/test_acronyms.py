"""Abbreviations that only a corpus' own words tell."""

from __future__ import annotations

import pytest

from rag.index.acronyms import Acronyms

TEXTS = [
    "Tổ trưởng tổ dân phố gửi hương ước; Tổ trưởng tổ dân phố lập hồ sơ. Hương ước và hồ sơ đề nghị.",
    "Lễ hội mùa xuân của bản mường; lễ hội mùa xuân của bản mường. Học sinh.",
]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("TTTDP gửi HƯ lên đâu?", "tổ trưởng tổ dân phố gửi hương ước lên đâu?"),
        ("LHMXBM là gì", "lễ hội mùa xuân của bản mường là gì"),  # what only joins has no letter
        ("tttdp làm gì", "to truong to dan pho làm gì"),  # no syllable, though in small letters
        ("gửi 12/HƯ-XY", "gửi 12/HƯ-XY"),  # a part of a number
        ("Chương II của UBND, NĐ", "Chương II của UBND, NĐ"),  # a numeral, what a table has, a type
        ("lên đâu, la gi", "lên đâu, la gi"),
        ("TỔ DÂN PHỐ HƯ", "TỔ DÂN PHỐ HƯ"),  # all in capitals: it may be a word
        ("GT là gì", "GT là gì"),  # no words of these initials
    ],
)
def test_abbreviations_are_read_by_the_initials_of_the_corpus(question: str, expected: str) -> None:
    assert Acronyms(TEXTS).expand(question) == expected


def test_initials_of_several_words_tell_none() -> None:
    assert Acronyms(["hồ sơ, hồ sơ, học sinh, học sinh"]).expand("HS gồm gì") == "HS gồm gì"
