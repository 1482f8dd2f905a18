"""Questions of who does something to or for somebody, on one text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.types import Answer

TEXT = """UBND HUYỆN THƯỢNG
Số: 9/QC-UBND
Thượng, ngày 12 tháng 01 năm 2024

QUY CHẾ
Tổ chức và hoạt động của chợ

Điều 1. Hình thức văn bản
1. Trưởng thôn lựa chọn hình thức văn bản phù hợp với tập quán của thôn.
2. Trưởng thôn chọn ngày họp chợ.
Điều 2. Hoạt động
1. Ban Thanh tra nhân dân xã xây dựng kế hoạch làm việc, tiền đề của kiểm tra, gửi đối tượng kiểm tra.
2. Ủy ban nhân dân xã cấp kinh phí cho Tổ giám sát chợ.
3. Ban Quản lý huyện bố trí chỗ làm việc cho Ban Quản lý xã.
4. Công an xã chủ trì tuần tra bến xe trước ngày 15 hằng tháng.
Điều 3. Công khai
1. Mỗi quý một lần, Ban Quản lý xã công khai:
a) Kết quả đo tiếng ồn ở khu hàng cá;
b) Đường dây nóng do Văn phòng xã trực.
"""


@pytest.fixture(scope="module")
def answered(answered_from: Callable[[str], Callable[[str], Answer]]) -> Callable[[str], Answer]:
    return answered_from(TEXT)


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        (
            "Phó Trưởng thôn do ai lựa chọn cho phù hợp với tập quán?",
            None,
        ),  # what the head of the village chooses is a form
        ("Hình thức văn bản do ai lựa chọn?", "Trưởng thôn"),
        ("Ai trả tiền làm việc cho Ban Thanh tra nhân dân xã?", None),  # nobody pays themselves
        ("Ai cấp kinh phí cho Tổ giám sát chợ?", "Ủy ban nhân dân xã"),
        ("Ai bố trí chỗ làm việc cho Ban Quản lý xã?", "Ban Quản lý huyện"),  # another of the same kind may
        ("Kết quả đo tiếng ồn ở khu hàng cá do ai công khai?", "Ban Quản lý xã"),  # named above the list
        ("Ai trực đường dây nóng?", "Văn phòng xã"),  # an item that names its own
    ],
)
def test_who_acts_is_not_on_whom_the_act_is(answered: Callable[[str], Answer], question: str, unit: str | None) -> None:
    answer = answered(question)
    assert [one.name for one in answer.units] == ([unit] if unit else []), answer.text


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("Phòng Nội vụ chủ trì tuần tra bến xe trước ngày nào?", "corrected"),
        ("Công an xã chủ trì tuần tra bến xe trước ngày nào?", "answered"),
        ("Tuần tra bến xe trước ngày nào?", "answered"),
    ],
)
def test_who_a_question_takes_to_do_a_thing_is_held_against_the_text(
    answered: Callable[[str], Answer], question: str, status: str
) -> None:
    answer = answered(question)
    assert answer.status == status, answer.text
    assert "15 hằng tháng" in answer.citations[0].quote
    assert [one.name for one in answer.units] == (["Công an xã"] if status == "corrected" else [])
