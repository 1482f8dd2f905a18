"""What is answered where the texts tell a matter but hardly what is asked of it, on one text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.draft import is_nearest
from rag.types import Answer

TEXT = """UBND HUYỆN THƯỢNG
Số: 9/KH-UBND
Thượng, ngày 12 tháng 01 năm 2024

KẾ HOẠCH
Nâng cấp các chợ nông thôn

1. Phòng Kinh tế kẻ lại vạch từng quầy hàng tươi sống theo Hướng dẫn số 21/HD-SCT ngày 05/9/2023 của Sở Công Thương.
2. Thu gom, phân loại rác thải nhựa tại chỗ trước khi đóng cửa chợ.
3. Trạm Y tế xã lấy mẫu thực phẩm, công bố kết quả trên bảng tin của chợ.
4. Thực hiện Quyết định số 40/QĐ-UBND ngày 03/5/2022 của UBND tỉnh về phí gửi xe tại chợ.
"""


@pytest.fixture(scope="module")
def answered(answered_from: Callable[[str], Callable[[str], Answer]]) -> Callable[[str], Answer]:
    return answered_from(TEXT)


def test_what_names_nobody_is_shown(answered: Callable[[str], Answer]) -> None:
    answer = answered("Ai thu gom, phân loại rác thải nhựa tại chỗ?")
    assert (answer.status, answer.units) == ("answered", ())
    assert "“Thu gom, phân loại rác thải nhựa tại chỗ trước khi đóng cửa chợ.” [1]" in answer.text
    assert "không ghi đơn vị thực hiện [1]" in answer.text


def test_an_issuer_asked_for_is_no_unit_that_is_missing(answered: Callable[[str], Answer]) -> None:
    answer = answered("Quyết định về phí gửi xe tại chợ là ai ban hành, hôm nào?")
    assert [one.number for one in answer.documents] == ["40/QĐ-UBND"]
    assert "không ghi đơn vị" not in answer.text


def test_where_no_document_is_within_the_limits_the_matter_is_quoted(answered: Callable[[str], Answer]) -> None:
    answer = answered("Kẻ lại vạch từng quầy hàng tươi sống theo nghị quyết nào?")
    assert is_nearest(answer)
    assert "kẻ lại vạch từng quầy" in answer.citations[0].quote


@pytest.mark.parametrize(
    "question",
    [
        "Giá vàng hôm nay bao nhiêu?",
        "Ai dạy bơi cho trẻ em trong hè?",
        "Giá đất ở Thượng năm 2024 là bao nhiêu?",  # a place and a year that the head of the text has
        "so dien thoai phong kinh te",
    ],
)
def test_what_the_texts_do_not_tell_stays_refused(answered: Callable[[str], Answer], question: str) -> None:
    assert answered(question).status == "not_found"
