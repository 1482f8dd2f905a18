"""Compounds of the real segmenter, and the word list that its package carries."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest

from rag.language.normalize import fold
from rag.language.segment import compounds, segmenter_fingerprint, word_list


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thực hiện dân chủ ở cơ sở", ["thực_hiện", "dân_chủ", "cơ_sở"]),
        ("THỰC HIỆN DÂN CHỦ", ["thực_hiện", "dân_chủ"]),
        ("và", []),
        ("", []),
        (" \n ", []),
    ],
)
def test_compounds_are_folded_words_of_two_syllables_and_more(text: str, expected: list[str]) -> None:
    assert compounds(text) == expected


def test_both_spellings_of_a_tone_mark_give_the_same_compounds() -> None:
    assert compounds("Uỷ ban nhân dân và hoà giải") == compounds("Ủy ban nhân dân và hòa giải") != []


def test_decomposed_letters_give_the_same_compounds() -> None:
    text = "công tác dân vận của chính quyền"
    assert compounds(unicodedata.normalize("NFD", text)) == compounds(text) != []


@pytest.mark.parametrize("text", ["\ufdfa" * 30, "😀 dân vận", "\u0301", "a" * 3000, "_ _", "Điều\x001"])
def test_odd_text_is_segmented_without_error(text: str) -> None:
    assert all("_" in word and " " not in word for word in compounds(text))


def test_the_word_list_is_folded_vietnamese() -> None:
    words = word_list()
    assert len(words) > 50_000
    assert {"dân chủ", "cơ sở", "nhân dân"} <= set(words)
    assert [word for word in words[::50] if word != fold(word) or not word.strip()] == []


def test_the_fingerprint_names_the_version() -> None:
    name, version = segmenter_fingerprint().split()
    assert name == "underthesea"
    assert version[0].isdigit()


def test_the_segmenter_does_not_import_torch() -> None:
    code = """
import sys
from rag.language.segment import compounds
assert compounds("dân vận") == ["dân_vận"]
assert not {"torch", "transformers"} & set(sys.modules), "it is heavy"
assert "underthesea.pipeline.translate" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)
