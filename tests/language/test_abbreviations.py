"""Abbreviations with a stroke inside; the others are tested with what questions ask."""

from __future__ import annotations

import pytest

from rag.language.abbreviations import expand_abbreviations


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("đ/c Bí thư", "đồng chí Bí thư"),
        ("Đ/C nào", "đồng chí nào"),
        ("d/c nao", "đồng chí nao"),  # "đ" typed "d"
        ("p/c nhiệm vụ, v/v mở chợ", "phân công nhiệm vụ, về việc mở chợ"),
    ],
)
def test_abbreviations_with_a_stroke_are_written_out(text: str, written: str) -> None:
    assert expand_abbreviations(text) == written


def test_without_marks_they_are_written_out_without_any() -> None:
    assert expand_abbreviations("d/c nao p/c viec nay", with_marks=False) == "dong chi nao phan cong viec nay"


@pytest.mark.parametrize("text", ["CĐ/C", "kh/h", "p/c-12", "a/đ/c"])
def test_a_part_of_a_longer_sign_is_no_abbreviation(text: str) -> None:
    assert expand_abbreviations(text) == text
