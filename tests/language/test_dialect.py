"""Regional words of asking."""

from __future__ import annotations

import re

import pytest

from rag.language.dialect import standard_words
from rag.language.lexicon import plain_rows


@pytest.mark.parametrize("row", plain_rows("dialect"), ids=lambda row: row["example"])
def test_the_example_of_a_form_has_it_and_is_said_otherwise(row: dict[str, str]) -> None:
    assert re.search(row["said"], row["example"], re.IGNORECASE)
    assert standard_words(row["example"]) != row["example"]


@pytest.mark.parametrize(
    ("said", "standard"),
    [
        ("Hai văn bản ấy cái mô ra trước?", "Hai văn bản ấy cái nào ra trước?"),
        ("Quyết định 3642 là quyết định về việc chi rứa?", "Quyết định 3642 là quyết định về việc gì?"),
        ("Quyết định 3642 nội dung chi rứa", "Quyết định 3642 nội dung gì"),
        ("dựa vô nghị định nào", "dựa vào nghị định nào"),
        ("cá nhân lãnh nhiêu tiền", "cá nhân lãnh bao nhiêu tiền"),
        ("cá nhân được bao nhiêu tiền", "cá nhân được bao nhiêu tiền"),
        ("chuyện chi bộ, cái chi hội phụ nữ", "chuyện chi bộ, cái chi hội phụ nữ"),
        ("ai mô hình, tổ chức mô phỏng", "ai mô hình, tổ chức mô phỏng"),
        ("việc chi tiền hỗ trợ, những chi phí", "việc chi tiền hỗ trợ, những chi phí"),
        ("trẻ mọc răng, gửi vô tuyến", "trẻ mọc răng, gửi vô tuyến"),
    ],
)
def test_words_that_are_written_like_regional_ones_are_left_alone(said: str, standard: str) -> None:
    assert standard_words(said) == standard
