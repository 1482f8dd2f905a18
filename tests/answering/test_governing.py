"""Which documents govern a topic, and of which of several a fact is asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.types import Answer

PLAN = """UBND HUYỆN A

KẾ HOẠCH
Chợ phiên năm 2024

I. NHIỆM VỤ
1. Phòng Kinh tế thực hiện Quyết định số 12-QĐ/HU, ngày 03/12/2019 của Ban Thường vụ Huyện ủy về kiện toàn Tổ bán hàng.
2. Phòng Nội vụ thực hiện Quyết định số 29-QĐ/HU, ngày 11/01/2024 của Ban Thường vụ Huyện ủy về kiện toàn Tổ thu phí.
"""


@pytest.fixture(scope="module")
def answered(answered_from: Callable[[str], Callable[[str], Answer]]) -> Callable[[str], Answer]:
    return answered_from(PLAN)


@pytest.mark.parametrize(
    ("question", "status", "numbers"),
    [
        ("Quyết định kiện toàn Tổ của Huyện ủy là số mấy?", "ambiguous", ["12-QĐ/HU", "29-QĐ/HU"]),
        ("Quyết định kiện toàn Tổ thu phí là số mấy?", "answered", ["29-QĐ/HU"]),
        ("Những quyết định nào kiện toàn các Tổ?", "answered", ["12-QĐ/HU", "29-QĐ/HU"]),
    ],
)
def test_which_of_several_is_meant_is_asked_where_a_fact_of_one_is(
    answered: Callable[[str], Answer], question: str, status: str, numbers: list[str]
) -> None:
    answer = answered(question)
    assert (answer.status, sorted(str(one.number) for one in answer.documents)) == (status, numbers)
