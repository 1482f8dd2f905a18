"""Questions on the law they name, the basis of a text and whose term is how long, on one text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.types import Answer

TEXT = """UBND HUYỆN THƯỢNG
Số: 9/QC-UBND
Thượng, ngày 12 tháng 01 năm 2024

QUY CHẾ
Quản lý chợ

Căn cứ Nghị quyết số 12-NQ/TU ngày 02/02/2023 của Tỉnh ủy về chợ nông thôn;
Điều 1. Dân chủ trong quản lý chợ
1. Hộ kinh doanh được bàn về kế hoạch sử dụng chợ theo pháp luật về thương mại.
2. Việc công khai giá thuê chỗ được lấy ý kiến các hộ.
Điều 2. Tổ giám sát chợ ở xã
1. Tổ giám sát chợ có ít nhất 05 người.
2. Nhiệm kỳ của Tổ giám sát chợ theo nhiệm kỳ của Trưởng thôn trên địa bàn.
Điều 3. Tổ giám sát chợ ở doanh nghiệp
1. Tổ giám sát chợ do hội nghị người lao động bầu.
2. Nhiệm kỳ của Tổ giám sát chợ là 02 năm.
"""


@pytest.fixture(scope="module")
def answered(answered_from: Callable[[str], Callable[[str], Answer]]) -> Callable[[str], Answer]:
    return answered_from(TEXT)


@pytest.mark.parametrize(
    "question",
    [
        "Luật Thương mại quy định gì về dân chủ?",
        "luat thuong mai quy dinh gi ve dan chu",
        "Theo Luật Thương mại thì hộ kinh doanh được bàn những gì?",
    ],
)
def test_a_law_that_is_not_held_rules_nothing(answered: Callable[[str], Answer], question: str) -> None:
    answer = answered(question)
    assert (answer.status, answer.reason) == ("not_found", "unknown_document"), answer.text


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("Quy chế này căn cứ vào văn bản nào của tỉnh?", "12-NQ/TU"),
        ("Văn bản nào của Tỉnh ủy là căn cứ ban hành quy chế này?", "12-NQ/TU"),
        ("Quy chế này căn cứ vào văn bản nào của huyện?", None),
        ("Quy chế này căn cứ vào nghị quyết nào của Huyện ủy?", None),
    ],
)
def test_a_basis_is_of_the_issuer_asked_for(
    answered: Callable[[str], Answer], question: str, number: str | None
) -> None:
    answer = answered(question)
    assert [one.number for one in answer.documents] == ([number] if number else []), answer.text


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("Tổ giám sát chợ ở xã nhiệm kỳ mấy năm?", "theo nhiệm kỳ của Trưởng thôn"),
        ("Nhiệm kỳ của Tổ giám sát chợ ở doanh nghiệp là mấy năm?", "là 02 năm"),
        ("Nhiệm kỳ của Trưởng thôn là mấy năm?", None),  # with whose term another's is compared
    ],
)
def test_a_term_is_that_of_whom_is_asked(answered: Callable[[str], Answer], question: str, quoted: str | None) -> None:
    answer = answered(question)
    assert [one.quote for one in answer.citations if quoted and quoted not in one.quote] == []
    assert bool(answer.citations) == bool(quoted), answer.text
