"""Documents named side by side, days without a year, cases that are no claims, and to whom of a kind, on one text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.types import Answer

TEXT = """UBND XÃ THƯỢNG
Số: 9/KH-UBND
Thượng, ngày 12 tháng 01 năm 2024

KẾ HOẠCH
Quản lý chợ phiên

1. Ban Quản lý chợ xem cân theo Quyết định số 41-QĐ/TU và Quyết định số 42-QĐ/TU cùng ngày 03/5/2022 của Tỉnh ủy.
2. Đóng cửa bãi rác cạnh chợ từ ngày 01/7/2024.
3. Trưởng ban tiếp hộ kinh doanh vào ngày 05 và ngày 20 hằng tháng.
4. Trường hợp hợp đồng thuê quầy còn từ 06 tháng trở lên thì hộ kinh doanh được nhượng lại quầy.
5. Trước ngày 30/11, Ban Quản lý chợ gửi Sở Công Thương báo cáo về tiền thuê chỗ để tổng hợp, báo cáo Chủ tịch tỉnh.
6. Kế hoạch này thay thế Quyết định số 7/QĐ-UBND ngày 02/02/2020 của UBND xã.
"""


@pytest.fixture(scope="module")
def answered(answered_from: Callable[[str], Callable[[str], Answer]]) -> Callable[[str], Answer]:
    return answered_from(TEXT)


def test_the_day_and_issuer_of_documents_named_together_are_of_both(answered: Callable[[str], Answer]) -> None:
    answer = answered("Ban Quản lý chợ xem cân theo quyết định nào?")
    assert {(one.number, one.date, one.issuer) for one in answer.documents} == {
        ("41-QĐ/TU", "2022-05-03", "Tỉnh ủy"),
        ("42-QĐ/TU", "2022-05-03", "Tỉnh ủy"),
    }


@pytest.mark.parametrize(
    ("question", "status", "said"),
    [
        ("Bãi rác cạnh chợ đóng cửa ngày 1/5 đúng không?", "corrected", "ngày 01/7"),
        ("Bãi rác cạnh chợ đóng cửa từ ngày 1/7, phải không?", "answered", "Đúng như câu hỏi nêu"),
        ("Trưởng ban tiếp hộ kinh doanh ngày 10 hằng tháng phải không?", "corrected", "ngày 05 hằng tháng"),
        ("Trưởng ban tiếp hộ kinh doanh ngày 20 hằng tháng phải không?", "answered", "Đúng như câu hỏi nêu"),
        ("Sao trưởng ban lại chỉ tiếp hộ kinh doanh vào ngày 10 hằng tháng?", "corrected", "ngày 05 hằng tháng"),
        ("Nghe bà con bán cá nói bãi rác cạnh chợ tới ngày 1/9 mới đóng, đúng không?", "corrected", "ngày 01/7"),
        ("ban quan ly cho co phai bao cao so tien thue cho khong", "answered", "báo cáo về tiền thuê chỗ"),
        ("Hợp đồng thuê quầy chỉ còn 4 tháng, hộ kinh doanh có được nhượng lại quầy không?", "answered", "06 tháng"),
    ],
)
def test_days_without_a_year_are_claims_and_cases_are_none(
    answered: Callable[[str], Answer], question: str, status: str, said: str
) -> None:
    answer = answered(question)
    assert (answer.status, said in answer.text) == (status, True), answer.text


def test_to_whom_of_a_kind_something_is_sent(answered: Callable[[str], Answer]) -> None:
    answer = answered("Báo cáo tiền thuê chỗ Ban Quản lý chợ phải gửi cho sở nào?")
    assert [one.name for one in answer.units] == ["Sở Công Thương"], answer.text


def test_what_put_a_document_out_of_force_is_told(answered: Callable[[str], Answer]) -> None:
    answer = answered("Quyết định 7/QĐ-UBND bị văn bản nào làm hết hiệu lực?")
    assert answer.status == "answered"
    assert "thay thế hoặc làm hết hiệu lực" in answer.text
