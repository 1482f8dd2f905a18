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
