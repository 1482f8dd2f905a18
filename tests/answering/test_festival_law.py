"""What a law on festivals in its own words must answer: to whom things go, and who of a kind does it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.types import Answer

LAW = """LUẬT LỄ HỘI (số 9/2014/QH13, Quốc hội thông qua 25/11/2014, hiệu lực 01/07/2015)

Điều 1. Thông báo lễ hội

1. Ban quản lý cơ sở thờ tự thông báo việc mở lễ hội chậm nhất 20 ngày trước ngày mở.

2. Ủy ban nhân dân cấp huyện nơi mở lễ hội có trách nhiệm tiếp nhận thông báo đối với lễ hội của nhiều xã.

Điều 2. Chuyển trụ trì

Ban quản lý trước khi chuyển trụ trì đang bị kiện đến nơi khác có trách nhiệm đăng ký với Ủy ban nhân dân cấp tỉnh \
nơi chuyển đến.

Điều 3. Công nhận lễ hội

Phòng Văn hóa thành lập Hội đồng để tư vấn giúp Chủ tịch Ủy ban nhân dân cấp huyện xem xét, quyết định công nhận \
lễ hội tiêu biểu.

Điều 4. Đóng góp

Ban quản lý phải họp lại khi có ít nhất 50% tổng số hộ gia đình kiến nghị về khoản đóng góp.

Điều 5. Giảng viên lễ hội, người dẫn lễ

1. Chủ tịch Ủy ban nhân dân cấp tỉnh quyết định công nhận giảng viên lễ hội của cơ quan cấp tỉnh.

2. Chủ tịch Ủy ban nhân dân cấp huyện quyết định công nhận giảng viên lễ hội của cơ quan cấp huyện.

3. Chủ tịch Ủy ban nhân dân cấp xã quyết định công nhận người dẫn lễ.

Điều 6. Hội thi

Sở Văn hóa chủ trì, phối hợp với cơ quan, tổ chức có liên quan tổ chức hội thi kể chuyện.

Điều 7. Điểm

1. Lễ hội đạt chuẩn khi tổng số điểm đạt từ 80 điểm trở lên.

2. Tổng số điểm tối đa của lễ hội đạt chuẩn là 100 điểm.

Điều 8. Các hành vi bị cấm khi mở lễ hội

1. Bán vé trái quy định.

2. Thả đèn trời.

3. Đốt vàng mã.

Điều 9. Báo cáo

1. Hằng năm, Sở Văn hóa báo cáo Ủy ban nhân dân cấp tỉnh kết quả lễ hội.

2. Hằng năm, ban quản lý báo cáo tình hình thu chi với Phòng Văn hóa.

Điều 10. Ban tổ chức lễ hội

1. Trưởng ban: Phó Chủ tịch Ủy ban nhân dân cấp xã.

2. Phó trưởng ban: công chức văn hóa cấp xã.
"""
Ask = Callable[[str], Answer]


@pytest.fixture(scope="module")
def answered(answered_from: Callable[[str], Ask]) -> Ask:
    return answered_from(LAW)


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("Lễ hội của nhiều xã thì gửi thông báo cho ai?", "Ủy ban nhân dân cấp huyện"),
        ("chuyen tru tri dang bi kien thi dang ky voi co quan nao", "Ủy ban nhân dân cấp tỉnh"),
        ("Ai ký công nhận lễ hội tiêu biểu?", "Chủ tịch Ủy ban nhân dân cấp huyện"),
    ],
)
def test_to_whom_it_goes_and_who_decides(answered: Ask, question: str, unit: str) -> None:
    assert [one.name for one in answered(question).units] == [unit]


def test_a_share_tells_how_many_it_takes(answered: Ask) -> None:
    answer = answered("Bao nhiêu nhà kiến nghị thì phải họp lại về khoản đóng góp?")
    assert answer.status == "answered"
    assert "50%" in answer.text


def test_helpers_that_no_name_tells_from_others_are_left_to_the_quotation(answered: Ask) -> None:
    assert [one.name for one in answered("Ai tổ chức hội thi kể chuyện?").units] == ["Sở Văn hóa"]


def test_of_one_rule_for_several_levels_that_of_the_level_is_told(answered: Ask) -> None:
    answer = answered("Giảng viên lễ hội của cơ quan cấp huyện thì ai ký quyết định công nhận?")
    assert [one.name for one in answer.units] == ["Chủ tịch Ủy ban nhân dân cấp huyện"]


@pytest.mark.parametrize(
    ("question", "known"),
    [
        ("Người dẫn lễ do Chủ tịch UBND huyện quyết định công nhận phải không?", "Chủ tịch Ủy ban nhân dân cấp xã"),
        ("Lễ hội chỉ cần từ 70 điểm trở lên là đạt chuẩn đúng không?", "80 điểm trở lên"),
    ],
)
def test_another_level_and_a_lower_bound_are_corrected(answered: Ask, question: str, known: str) -> None:
    answer = answered(question)
    assert answer.status == "corrected", answer.text
    assert known in answer.text


def test_what_an_article_lists_is_counted(answered: Ask) -> None:
    assert "nêu 3 hành vi" in answered("Luật lễ hội cấm tất cả bao nhiêu loại hành vi?").text


def test_what_the_named_sender_sends_comes_first(answered: Ask) -> None:
    answer = answered("Mỗi năm Sở Văn hóa phải báo cáo tình hình lễ hội lên nơi nào?")
    assert [one.name for one in answer.units] == ["Ủy ban nhân dân cấp tỉnh"]


def test_who_has_an_office_may_stand_behind_its_name(answered: Ask) -> None:
    answer = answered("Ai làm trưởng ban tổ chức lễ hội?")
    assert [one.name for one in answer.units] == ["Phó Chủ tịch Ủy ban nhân dân cấp xã"]
