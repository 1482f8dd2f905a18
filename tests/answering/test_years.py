"""Questions that name a year, on one text and what it cites."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.holdings import Library
from rag.answering.query import Query
from rag.answering.years import without_own_year, years_of
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
        ("Trong kế hoạch 2024, ai lo treo đèn?", "Phòng Kinh tế"),
        ("Kế hoạch giao Công an huyện làm gì?", None),
        ("Trong nghị quyết 2019, ai lo treo đèn?", None),  # a type that is not held
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
        assert answer.status == "not_found", answer.text


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("Trong kế hoạch năm 2024, ai lo treo đèn?", False),
        ("Trong kế hoạch năm 2024 của Tỉnh ủy có gì về đèn?", True),  # a plan that is cited
        ("Trong nghị quyết năm 2024 ai lo treo đèn?", True),  # no resolution is held
        ("Trong năm 2024 ai lo treo đèn?", True),
    ],
)
def test_the_year_of_the_text_asked_about_is_no_matter_of_the_question(
    asked: Callable[[str], Query], library: Library, question: str, *, left: bool
) -> None:
    assert ("2024" in without_own_year(asked(question), library).topic) is left


def test_a_span_of_years_holds_those_within() -> None:
    found = years_of("giai đoạn 2021 - 2025")
    assert "2023" in found
    assert "2026" not in found
