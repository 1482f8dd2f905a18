"""Each way to type otherwise, on tables of questions, and what must hold of any question."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.perturbations import (
    _SLIPS,
    PERTURBATIONS,
    abbreviated,
    decomposed,
    half_diacritics,
    no_diacritics,
    other_tone_style,
    telex_keys,
    typo,
    upper_case,
    vni_keys,
)
from rag.language.normalize import fold, unmark

QUESTION = "Đơn vị nào chủ trì hòa giải theo Quyết định số 593-QĐ/TU?"
WORDS = st.text("aăâđêôơưàéỏũịĐẾqk1-/ ?|", max_size=30)


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("hòa, HÒA", "hoà, HOÀ"),
        ("khoẻ, khỏe", "khỏe, khoẻ"),
        ("thủy lợi, thuỷ sản", "thuỷ lợi, thủy sản"),
        ("quý, quỹ, Quỳ", "quý, quỹ, Quỳ"),  # the u belongs to the onset
        ("toàn, thuyết, khoảng", "toàn, thuyết, khoảng"),  # a consonant follows: one style only
        ("của, lúa, oa, uy", "của, lúa, oa, uy"),
        (unicodedata.normalize("NFD", "hòa"), "hoà"),
    ],
)
def test_the_tone_mark_goes_to_the_other_vowel(question: str, other: str) -> None:
    assert other_tone_style(question) == other


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Ban Thường vụ Tỉnh ủy", "BTVTU"),  # the longest phrase, not "BTV TU"
        ("ủy ban nhân dân huyện", "UBND huyện"),
        ("kế hoạchx", "kế hoạchx"),
        ("an ninh trật tự, cải cách hành chính", "ANTT, CCHC"),
    ],
)
def test_phrases_are_shortened_as_in_the_table(question: str, short: str) -> None:
    assert abbreviated(question) == short


@pytest.mark.parametrize(
    ("word", "telex", "vni"),
    [
        ("đường", "dduwowngf", "d9u7o7ng2"),
        ("Đảng", "Ddangr", "D9ang3"),
        ("Ấp", "Aaps", "A6p1"),
        ("lắm", "lawms", "la8m1"),
        ("chưa", "chuwa", "chu7a"),
        ("ban", "ban", "ban"),
    ],
)
def test_keys_are_those_of_the_input_methods(word: str, telex: str, vni: str) -> None:
    assert (telex_keys(word), vni_keys(word)) == (telex, vni)


def test_half_of_the_marked_words_lose_their_marks() -> None:
    assert half_diacritics("Một hai bốn ba bảy") == "Mot hai bốn ba bay"


def test_a_typo_is_in_one_word_and_in_no_number() -> None:
    for number in range(200):
        question = f"Quyết định số {number}-QĐ/TU nói về việc gì?"
        changed = typo(question)
        assert changed != question
        assert f"{number}-QĐ/TU" in changed
        pairs = zip(question.split(), changed.split(), strict=True)
        assert sum(one != other for one, other in pairs) == 1


def test_every_kind_of_slip_happens() -> None:
    for slip in _SLIPS:
        assert any(slip("trách", random.Random(seed)) != "trách" for seed in range(20))
    assert len({typo(f"Ai trách nhiệm việc {word}?") for word in "abcdefghijklmnopqrstuvwxyz"}) > 10


@pytest.mark.parametrize("question", ["", "593-QĐ/TU", "a b", "UBND", "1 2 3"])
def test_where_no_word_can_be_mistyped_nothing_changes(question: str) -> None:
    assert typo(question) == question


@given(WORDS)
def test_what_holds_of_any_question(question: str) -> None:
    for one in PERTURBATIONS:
        assert one.change(question) == one.change(question)
    composed = unicodedata.normalize("NFC", question)
    assert no_diacritics(question) == unmark(composed) == no_diacritics(half_diacritics(question))
    assert unicodedata.normalize("NFC", decomposed(question)) == composed
    assert fold(upper_case(question)) == fold(question)
    assert unmark(other_tone_style(question)) == unmark(composed)


def test_names_are_told_apart() -> None:
    assert len({one.name for one in PERTURBATIONS}) == len({one.label for one in PERTURBATIONS}) == 7
    assert all(one.change(QUESTION) != QUESTION for one in PERTURBATIONS)
