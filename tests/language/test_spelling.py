"""What can be a Vietnamese syllable, and what is one slip of the hand away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rag.language.lexicon import abbreviations, document_types, notice_words, syllable_parts
from rag.language.normalize import WORD, fold
from rag.language.spelling import is_syllable, one_slip, slips_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("nghiêng", True),  # the longest onset and rime
        ("uống", True),  # no onset
        ("giếng", True),  # "gi" and a rime that begins with its "i"
        ("gì", True),
        ("quốc", True),  # "qu" and a rime without its "u"
        ("quýt", True),
        ("khuỷu", True),
        ("hoà", True),  # both places of the tone mark
        ("hòa", True),
        ("được", True),
        ("đươc", False),  # a rime that ends in a stop takes the acute or the heavy tone
        ("nghiệp", True),
        ("nghiêp", False),
        ("nghìệp", False),  # two tones
        ("nggia", False),
        ("email", False),
        ("x", False),
        ("", False),
        ("a" * 50, False),
    ],
)
def test_a_syllable_is_an_onset_a_rime_and_a_tone_that_fits(word: str, expected: bool) -> None:
    assert is_syllable(word) is expected


def test_the_words_of_the_tables_are_made_of_syllables() -> None:
    names = [row.name for row in document_types()] + [row.expansion for row in abbreviations().values()]
    names += [word for key, words in notice_words().items() if key not in ("loanwords", "joining") for word in words]
    wrong = {word for name in names for word in WORD.findall(fold(name)) if not is_syllable(word)}
    assert wrong == set()


def test_rimes_have_no_tone_marks_and_stand_once() -> None:
    parts = syllable_parts()
    assert not [rime for rime in parts.rimes if re.search("[áàảãạ]", rime)]
    assert all(rime[:1] and rime == fold(rime) for rime in parts.rimes)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("thưc", "thực", True),  # another letter
        ("tực", "trực", True),  # one left out
        ("dựnng", "dựng", True),  # one put in
        ("hcính", "chính", True),  # two swapped
        ("thực", "thực", False),  # the same
        ("cán", "toàn", False),
        ("a", "abc", False),
        ("ab", "cd", False),
    ],
)
def test_one_slip_changes_one_letter(one: str, other: str, expected: bool) -> None:
    assert one_slip(one, other) is expected
    assert one_slip(other, one) is expected
    if expected:
        assert slips_of(one) & slips_of(other)
