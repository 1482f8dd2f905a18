"""The text that a question names as the one that cites what it asks for."""

from __future__ import annotations

import pytest

from rag.answering.citing import citing_text


@pytest.mark.parametrize(
    ("bare", "text"),
    [
        ("cac chi thi duoc dan trong ke hoach tiep dan cua xa", "ke hoach tiep dan cua xa"),
        ("van ban nao duoc dan trong ke hoach nam 2024 la gi", "ke hoach nam 2024"),
        ("nhung van ban ma huyen can cu", "huyen"),
        ("nhung van ban nao ma xa minh dua vao", "xa minh"),
        ("nhung van ban ma huyen vien dan", "huyen"),
        ("may chi thi duoc vien dan trong ke hoach cua xa", "ke hoach cua xa"),
    ],
)
def test_the_citing_text_is_named_in_many_wordings(bare: str, text: str) -> None:
    found = citing_text(bare)
    assert found is not None
    assert found["text"] == text


@pytest.mark.parametrize(
    "bare",
    [
        "nguoi dan trong ke hoach lam gi",  # "dân" is no "dẫn" where nothing is cited
        "huyen can cu vao dau",
        "ma huyen lam",
        "van ban nao quy dinh viec tiep dan o xa",
    ],
)
def test_other_questions_name_none(bare: str) -> None:
    assert citing_text(bare) is None
