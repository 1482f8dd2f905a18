"""What a question says of a document and what the document says, held against each other, on one text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.types import Answer

TEXT = """ĐẢNG BỘ TỈNH MẪU                              ĐẢNG CỘNG SẢN VIỆT NAM
HUYỆN ỦY THƯỢNG                               ______________________
*                                             Thượng, ngày 24 tháng 5 năm 2022
Số: 61-QĐ/HU

QUYẾT ĐỊNH
ban hành Quy chế phối hợp phòng cháy rừng

- Căn cứ Kế hoạch số 5-KH/TU, ngày 02/3/2021 của Ban Thường vụ Tỉnh ủy về giữ rừng;
- Căn cứ Chỉ thị số 7-CT/HU, ngày 04/5/2021 của Ban Thường vụ Huyện ủy về trực rừng mùa khô,

Điều 1. Chế độ họp

1. Ba tháng một lần, các bên họp giao ban luân phiên tại từng hạt.

2. Hội Nông dân huyện chủ trì thu gom vỏ bao thuốc trừ sâu trên nương chè; Hội Phụ nữ huyện chủ trì dạy may.

3. Kết nạp mới 1.250 hội viên. Danh sách già làng của huyện được phê duyệt tại Quyết định số 74/QĐ-UBND, \
ngày 29/12/2021 của Ủy ban nhân dân tỉnh.

4. Ba phòng không gửi đăng ký: Thanh tra huyện, Phòng Y tế.

Điều 2. Quyết định có hiệu lực kể từ ngày ký, thay thế Quyết định số 30-QĐ/HU, ngày 14/6/2017 của Ban Thường vụ \
Huyện ủy.

Nơi nhận:                                     T/M BAN THƯỜNG VỤ
- Lưu.                                        BÍ THƯ

                                              Lê Văn An
"""


@pytest.fixture(scope="module")
def answered(answered_from: Callable[[str], Callable[[str], Answer]]) -> Callable[[str], Answer]:
    return answered_from(TEXT)


def test_the_day_of_a_number_is_held_against_the_text_also_where_its_content_is_asked(
    answered: Callable[[str], Answer],
) -> None:
    wrong = answered("Theo Quyết định 61-QĐ/HU ngày 24/5/2023 thì mấy tháng các bên họp giao ban một lần?")
    assert wrong.status == "corrected"
    assert "câu hỏi nêu ngày 24/5/2023, còn văn bản ghi ngày 24/5/2022" in wrong.text
    assert "Ba tháng một lần" in wrong.text
    right = answered("Theo Quyết định 61-QĐ/HU ngày 24/5/2022 thì mấy tháng các bên họp giao ban một lần?")
    assert right.status == "answered"
    assert "Ba tháng một lần" in right.text


@pytest.mark.parametrize("tag", ["đúng không?", "à?", "phải không ạ"])
def test_the_issuer_of_a_titled_document_is_held_against_the_text(answered: Callable[[str], Answer], tag: str) -> None:
    answer = answered(f"Quyết định ban hành quy chế phối hợp phòng cháy rừng do Chính phủ ban hành {tag}")
    assert answer.status == "corrected"
    assert "còn văn bản ghi là BAN THƯỜNG VỤ HUYỆN ỦY THƯỢNG" in answer.text


def test_the_documents_of_an_issuer_that_a_numbered_one_names_are_listed(answered: Callable[[str], Answer]) -> None:
    answer = answered("Liệt kê các văn bản do Ban Thường vụ Tỉnh ủy ban hành được nhắc trong Quyết định 61-QĐ/HU")
    assert [one.number for one in answer.documents] == ["5-KH/TU"]


@pytest.mark.parametrize(
    "question",
    ["Quyết định 61-QĐ/HU thay thế văn bản nào?", "61-QĐ/HU thay cho cái nào?", "30-QĐ/HU còn hiệu lực không?"],
)
def test_a_text_that_says_its_force_ends_what_it_replaces(answered: Callable[[str], Answer], question: str) -> None:
    assert "61-QĐ/HU thay thế hoặc làm hết hiệu lực Quyết định số 30-QĐ/HU" in answered(question).text


def test_the_day_of_a_document_is_told_beside_its_end(answered: Callable[[str], Answer]) -> None:
    text = answered("30-QĐ/HU ban hành ngày nào, giờ còn hiệu lực không?").text
    assert "ban hành ngày 14/6/2017" in text
    assert "61-QĐ/HU thay thế" in text


def test_a_unit_of_the_clause_beside_does_not_keep_a_claim_from_being_corrected(
    answered: Callable[[str], Answer],
) -> None:
    answer = answered("Hội Phụ nữ huyện chủ trì thu gom vỏ bao thuốc trừ sâu trên nương chè đúng không?")
    assert answer.status == "corrected"
    assert [unit.name for unit in answer.units] == ["Hội Nông dân huyện"]


def test_what_stands_before_a_colon_is_quoted_with_what_follows(answered: Callable[[str], Answer]) -> None:
    answer = answered("Phòng nào không gửi đăng ký?")
    assert "Ba phòng không gửi đăng ký: Thanh tra huyện, Phòng Y tế." in answer.citations[0].quote


def test_a_figure_of_thousands_finds_its_sentence(answered: Callable[[str], Answer]) -> None:
    assert "1.250 hội viên" in answered("Kết nạp 1.250 người thì giao đơn vị nào?").citations[0].quote


def test_whose_a_thing_is_does_not_limit_the_document_on_it(answered: Callable[[str], Answer]) -> None:
    answer = answered("Danh sách già làng của huyện được phê duyệt ở quyết định nào?")
    assert [one.number for one in answer.documents] == ["74/QĐ-UBND"]


def test_a_kind_of_rules_asks_for_no_helper(answered: Callable[[str], Answer]) -> None:
    answer = answered("Trong quy chế phối hợp ai lo thu gom vỏ bao thuốc trừ sâu?")
    assert [unit.name for unit in answer.units] == ["Hội Nông dân huyện"]


def test_the_documents_that_a_numbered_one_cites_are_of_the_type_and_issuer_asked_for(
    answered: Callable[[str], Answer],
) -> None:
    answer = answered("Quyết định 61-QĐ/HU viện dẫn mấy kế hoạch của Ban Thường vụ Tỉnh ủy, những số nào?")
    assert [one.number for one in answer.documents] == ["5-KH/TU"]


def test_whose_a_document_is_may_be_asked_of_one_that_is_only_cited(answered: Callable[[str], Answer]) -> None:
    answer = answered("Chỉ thị 7 là của ban nào gửi xuống, về việc gì?")
    assert [one.number for one in answer.documents] == ["7-CT/HU"]
    assert "trực rừng mùa khô" in answer.text


def test_a_total_is_no_number_of_a_document(answered: Callable[[str], Answer]) -> None:
    answer = answered("Trong tổng số 180 nhà thì ai chủ trì thu gom vỏ bao thuốc trừ sâu?")
    assert [unit.name for unit in answer.units] == ["Hội Nông dân huyện"]


def test_a_letterhead_answers_nothing(answered: Callable[[str], Answer]) -> None:
    assert answered("Thượng tháng 5 mưa không?").status == "not_found"
