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


TASKS = """UBND XÃ A
Số: 9/KH-UBND

KẾ HOẠCH
Chợ phiên năm 2024

I. NHIỆM VỤ
1. Phòng Kinh tế trồng tre dọc bờ theo Nghị quyết số 31-NQ/HU, ngày 03/12/2020 của Ban Thường vụ Huyện ủy về tre.
2. Phòng Văn hóa tổ chức hội thi nấu ăn ngày 05/3/2024 theo Chỉ thị số 7-CT/HU, ngày 01/02/2024 của Huyện ủy về hội thi.
"""


@pytest.mark.parametrize("question", ["Hội thi nấu ăn tổ chức ngày nào?", "Phòng Văn hóa của xã mở hội thi ngày nào?"])
def test_the_time_of_a_matter_is_no_documents(
    answered_from: Callable[[str], Callable[[str], Answer]], question: str
) -> None:
    answer = answered_from(TASKS)(question)
    assert (answer.status, [one.locator for one in answer.citations]) == ("answered", ["Mục I.2"])
    assert "05/3/2024" in answer.text


def test_with_the_time_of_a_matter_who_does_it_is_told(
    answered_from: Callable[[str], Callable[[str], Answer]],
) -> None:
    answer = answered_from(TASKS)("Hội thi nấu ăn ngày nào, đơn vị nào tổ chức?")
    assert [one.name for one in answer.units] == ["Phòng Văn hóa"]
    assert "05/3/2024" in answer.text


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("Nghị quyết về tre dọc bờ ban hành ngày nào?", ["31-NQ/HU"]),  # its clause tells the rest
        ("Nghị quyết về tre dọc suối ban hành ngày nào?", []),
    ],
)
def test_a_document_is_meant_that_has_a_part_of_the_topic_in_a_clause_on_all_of_it(
    answered_from: Callable[[str], Callable[[str], Answer]], question: str, numbers: list[str]
) -> None:
    assert [one.number for one in answered_from(TASKS)(question).documents] == numbers
