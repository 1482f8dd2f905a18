"""Raw Telex and VNI keys are read as the syllables they type; what has no keys in it is not."""

from __future__ import annotations

import pytest

from rag.language.keys import decodings, toneless


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vaanj", "vận"),
        ("vajan", "vận"),  # a tone key anywhere after the vowel
        ("ddoois", "đối"),
        ("dooisd", "đối"),
        ("duwowcj", "dược"),
        ("dduowcj", "được"),  # one key for both horns
        ("đươcj", "được"),  # some keys taken, one not
        ("quyeets", "quyết"),
        ("giuwax", "giữa"),
        ("van65", "vận"),
        ("va6n5", "vận"),
        ("van56", "vận"),
        ("d9o6i1", "đối"),
        ("nguo7i2", "người"),
        ("thuo73", "thuở"),
    ],
)
def test_keys_make_a_syllable(typed: str, meant: str) -> None:
    assert toneless(meant) in list(decodings(typed))


@pytest.mark.parametrize("word", ["ban", "email", "nq18", "qd593", "ct33", "12", "qh15", "x", "", "2a"])
def test_what_has_no_keys_or_two_tones_is_not_read(word: str) -> None:
    assert list(decodings(word)) == []
