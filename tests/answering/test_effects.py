"""From when a document is in force, and what a question says of that."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.types import Answer

LAW = """QUỐC HỘI
Luật số: 85/2015/QH13

LUẬT
TIẾP DÂN

Điều 1. Tiếp dân
1. Xã tiếp dân mỗi tuần.

Điều 2. Hiệu lực thi hành
1. Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2016.
2. Pháp lệnh số 34/2007/PL-UBTVQH11 ngày 20/4/2007 của Ủy ban Thường vụ Quốc hội hết hiệu lực từ ngày đó.
"""


@pytest.fixture(scope="module")
def answered(answered_from: Callable[[str], Callable[[str], Answer]]) -> Callable[[str], Answer]:
    return answered_from(LAW)


@pytest.mark.parametrize(
    ("question", "status", "told"),
    [
        ("Luật Tiếp dân có hiệu lực từ ngày nào?", "answered", "01/7/2016"),
        ("Luật Tiếp dân có hiệu lực từ 01/01/2016 phải không?", "corrected", "01/7/2016"),
        (  # the day is that of the law, which is named, not of the number beside it
            "Luật Tiếp dân có hiệu lực từ 01/01/2016 nên Pháp lệnh 34 cũng bị bỏ từ hôm đó phải không?",
            "corrected",
            "01/7/2016",
        ),
        ("Pháp lệnh 34 còn dùng được không?", "answered", "hết hiệu lực"),
    ],
)
def test_a_day_of_force_is_held_against_that_of_the_document_it_is_said_of(
    answered: Callable[[str], Answer], question: str, status: str, told: str
) -> None:
    answer = answered(question)
    assert answer.status == status
    assert told in answer.text
    assert "20/4/2007" not in answer.text.partition("[")[0]
