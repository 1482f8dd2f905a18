"""Questions that name a year, on one text and what it cites."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.years import years_of
from rag.types import Answer

TEXT = """UBND HUYỆN THƯỢNG
Số: 9/KH-UBND
Thượng, ngày 12 tháng 01 năm 2024

KẾ HOẠCH
Công tác chợ năm 2024

I. NHIỆM VỤ
1. Treo đèn
Phòng Kinh tế treo đèn theo Kế hoạch số 5/KH-UBND ngày 16/02/2023 của UBND huyện, gắn với Chương trình sạch làng \
đẹp bản trên địa bàn giai đoạn 2021 - 2025.
2. Trồng tre
Phòng Nội vụ trồng tre xong trong năm 2027.
"""


@pytest.fixture(scope="module")
def answered(answered_from: Callable[[str], Callable[[str], Answer]]) -> Callable[[str], Answer]:
    return answered_from(TEXT)


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("Kế hoạch năm 2024 giao ai treo đèn?", "Phòng Kinh tế"),
        ("Kế hoạch công tác chợ 2024 giao ai treo đèn?", "Phòng Kinh tế"),
        ("Kế hoạch năm 2025 giao ai treo đèn?", None),  # the year of a programme that the task goes with
        ("Kế hoạch 2025 giao ai treo đèn?", None),
        ("Năm 2025 ai treo đèn?", "Phòng Kinh tế"),
        ("Kế hoạch năm 2027 giao ai trồng tre?", None),  # a deadline is not the plan's year
        ("Kế hoạch giao ai trồng tre năm 2027?", "Phòng Nội vụ"),
    ],
)
def test_a_document_named_by_its_year_has_to_be_of_that_year(
    answered: Callable[[str], Answer], question: str, unit: str | None
) -> None:
    answer = answered(question)
    assert [one.name for one in answer.units] == ([unit] if unit else []), answer.text
    if unit is None:
        assert answer.reason == "no_evidence"


def test_a_span_of_years_holds_those_within() -> None:
    found = years_of("giai đoạn 2021 - 2025")
    assert "2023" in found
    assert "2026" not in found
