"""The tokens of both word fields, made alike for passages and for questions."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.index.tokens import accented_tokens, number_tokens, plain_tokens
from rag.language.normalize import strip_diacritics


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dân vận khéo", ["dan", "van", "kheo", "dan_van", "van_kheo"]),
        ("ý kiến", ["y", "kien", "y_kien"]),  # a syllable of one letter is kept
        ("Đề án", ["de", "an", "de_an"]),
        ("một", ["mot"]),
        ("", []),
        ("?!", []),
    ],
)
def test_plain_tokens_are_syllables_without_marks_and_their_pairs(text: str, expected: list[str]) -> None:
    assert plain_tokens(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hướng dẫn số 50 HD/HU", ["50-hd/hu"]),
        ("Chương trình 34/CTR-HU và 58/NQ-TU", ["34-ctr/hu", "58-nq/tu"]),
        ("18-CT/TU, 18-CT/TW", ["18-ct/tu", "18-ct/tw"]),
        ("Luật số 10/2022/QH15", ["10/2022/qh15"]),
        ("ngày 11/11/2021", []),
        ("", []),
    ],
)
def test_a_number_is_one_token_in_canonical_form(text: str, expected: list[str]) -> None:
    assert number_tokens(text) == expected


def test_accented_tokens_are_syllables_compounds_and_numbers() -> None:
    found = accented_tokens("Thực hiện dân chủ theo Quyết định số 593 - QĐ/TU")
    assert found[:4] == ["thực", "hiện", "dân", "chủ"]
    assert {"thực_hiện", "dân_chủ", "593-qđ/tu"} <= set(found)


def test_a_question_and_a_passage_of_one_number_share_its_token() -> None:
    passage, question = "Kế hoạch số 180 /KH-UBND, ngày 25/4/2022", "ke hoach 180/KH-UBND noi gi?"
    shared = "180/kh-ubnd"
    assert shared in plain_tokens(passage)
    assert shared in plain_tokens(question)
    assert shared in accented_tokens(passage)


@pytest.mark.parametrize("make", [accented_tokens, plain_tokens])
def test_spelling_and_form_do_not_change_the_tokens(make: object) -> None:
    assert callable(make)
    text = "Uỷ ban nhân dân và hoà giải"
    assert make(text) == make(unicodedata.normalize("NFD", text)) == make("Ủy ban nhân dân và hòa\u00a0giải")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(alphabet="aàăđêộưy BCĐ0159-/.,;\n", max_size=60))
def test_plain_tokens_carry_no_marks_and_ignore_them(text: str) -> None:
    words = [token for token in plain_tokens(text) if "/" not in token]
    assert all(token == strip_diacritics(token) and " " not in token for token in words)
    bare = strip_diacritics(text)
    assert [token for token in plain_tokens(bare) if "/" not in token] == words
