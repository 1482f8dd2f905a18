"""Questions of who votes, on one text with elections held, guided and described."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.types import Answer

TEXT = """UBND HUYỆN THƯỢNG
Số: 9/QC-UBND
Thượng, ngày 12 tháng 01 năm 2024

QUY CHẾ
Bầu các ban của chợ

Điều 1. Trưởng chợ
1. Ủy ban nhân dân xã ban hành quyết định tổ chức bầu Trưởng chợ, hướng dẫn bầu Phó Trưởng chợ.
2. Việc tổ chức bầu Trưởng chợ tại cuộc họp của các hộ kinh doanh làm theo Phụ lục.
Điều 2. Tổ giám sát
1. Tổ giám sát chợ do hội nghị người lao động bầu gồm 05 người.
2. Thành viên Tổ giám sát chợ là người có uy tín, bán hàng từ một năm trở lên.
Điều 3. Tổ vệ sinh
1. Ủy ban nhân dân xã hướng dẫn bầu Tổ vệ sinh chợ.
2. Cử tri trực tiếp bầu Tổ trưởng bốc xếp.
Điều 4. Tổ trang trí
1. Tổ trang trí chợ hoạt động theo quy chế này.
2. Khi khuyết người, Công đoàn huyện đề nghị các hộ kinh doanh họp, bầu Tổ trang trí chợ.
"""


@pytest.fixture(scope="module")
def answered(answered_from: Callable[[str], Callable[[str], Answer]]) -> Callable[[str], Answer]:
    return answered_from(TEXT)


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("Tổ giám sát chợ do ai bầu?", "hội nghị người lao động"),
        ("to giam sat cho do ai bau", "hội nghị người lao động"),
        ("Ai hướng dẫn bầu Tổ vệ sinh chợ?", "Ủy ban nhân dân xã"),  # what is asked is the guiding
        ("Tổ vệ sinh chợ do ai bầu?", None),
        ("Tổ trang trí chợ do ai bầu?", None),  # whoever proposes a vote does not vote
    ],
)
def test_who_guides_a_vote_is_not_named_for_who_votes(
    answered: Callable[[str], Answer], question: str, unit: str | None
) -> None:
    answer = answered(question)
    assert [one.name for one in answer.units] == ([unit] if unit else []), answer.text
    if unit is None:
        assert answer.status == "not_found", answer.text


def test_the_people_who_vote_are_quoted(answered: Callable[[str], Answer]) -> None:
    assert "Cử tri trực tiếp bầu Tổ trưởng" in answered("Ai bầu Tổ trưởng bốc xếp?").text


def test_where_no_text_says_who_votes_it_is_told_at_what_meeting(answered: Callable[[str], Answer]) -> None:
    answer = answered("Trưởng chợ do ai bầu?")
    assert (answer.status, answer.units) == ("answered", ())
    assert "tại cuộc họp của các hộ kinh doanh" in answer.text


def test_who_is_elected_is_not_who_elects(answered: Callable[[str], Answer]) -> None:
    assert answered("Ai được bầu vào Tổ giám sát chợ?").units == ()
