"""Texts that do not name the kind of thing a question asks for answer nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.kinds import names_kind
from rag.answering.query import Query


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Giải nhất được thưởng mấy triệu?", "Tổ chức hội thi, kinh phí 48 triệu đồng.", False),
        ("Giải nhất được thưởng mấy triệu?", "Thưởng giải nhất 3 triệu đồng.", True),
        ("Đăng ký tạm trú cần mang những giấy tờ gì?", "Đi từng khu trọ làm thủ tục đăng ký tạm trú.", False),
        ("Đăng ký tạm trú cần mang những giấy tờ gì?", "Mang tờ khai và bản sao căn cước.", True),
        ("Hồ sơ đề nghị gồm những gì?", "Mỗi xã xây dựng 05 mô hình.", False),
        ("Khu tái định cư nằm ở xóm nào?", "Bồi thường cho 187 hộ, 23 hộ ở khu tái định cư của xóm.", False),
        ("Khu tái định cư nằm ở xóm nào?", "Khu tái định cư đặt tại xóm Na Quang.", True),
        ("Buổi đối thoại họp ở ấp nào?", "Đối thoại ngày 14/5 tại ấp 2.", True),
        ("Huyện xếp thứ mấy trong tỉnh?", "Đã có chuyển biến.", False),
        ("Lần thứ hai tổ chức ở đâu?", "Lần thứ hai tổ chức trong tháng 9.", False),
        ("Lần thứ hai tổ chức ở đâu?", "Tổ chức tại nhà văn hóa.", True),
        ("Lần thứ hai tổ chức ở đâu?", "Lấy ý kiến cử tri nơi cư trú theo kết quả tại hội nghị lần thứ nhất.", False),
        ("Mỗi lớp tập huấn được chi bao nhiêu tiền?", "Tổng kinh phí là 18,6 tỷ đồng.", False),
        ("Mỗi lớp tập huấn được chi bao nhiêu tiền?", "Chi 2 triệu đồng/lớp.", True),
        ("Giá lúa hôm nay bao nhiêu?", "Hỗ trợ tiền mua giống lúa 2 triệu đồng.", False),
        ("Giá lúa hôm nay bao nhiêu?", "Giá sàn thu mua lúa là 8.000 đồng.", True),
        ("Người già bao nhiêu tuổi thì được trả kết quả tận nhà?", "Người từ 75 tuổi.", True),  # no price
        ("Buổi đối thoại họp ở hội trường nào?", "Đối thoại trong tháng 10.", False),
        ("Xã nào là xã khó khăn?", "Quan tâm các xã đặc biệt khó khăn.", False),
        ("Xã nào là xã khó khăn?", "Các xã khó khăn: xã Ia Pleng.", True),
        ("Xã nào cũng phải họp à?", "Mỗi năm họp một lần.", True),
        ("Ai treo đèn?", "Phòng A treo đèn.", True),  # no kind of the table
    ],
)
def test_a_text_has_to_name_the_kind_that_is_asked_for(
    asked: Callable[[str], Query], question: str, text: str, *, expected: bool
) -> None:
    assert names_kind(asked(question), text, text) is expected


@pytest.mark.parametrize(
    ("question", "clause", "expected"),
    [
        ("Đập phải đắp xong vào tháng mấy?", "Bàn giao 291/462 hộ của dự án.", False),
        ("Đập phải đắp xong vào tháng mấy?", "Đắp đập trong tháng 8.", True),
        ("Mỗi nhà tạm thì quỹ hỗ trợ bao nhiêu triệu?", "Quỹ được 1,2 tỷ đồng, hỗ trợ xóa 29 nhà tạm;", False),
        ("Mỗi nhà tạm thì quỹ hỗ trợ bao nhiêu triệu?", "Hỗ trợ mỗi nhà 40 triệu đồng.", True),
    ],
)
def test_what_each_has_and_when_stands_in_the_very_clause(
    asked: Callable[[str], Query], question: str, clause: str, *, expected: bool
) -> None:
    around = f"{clause} Phản biện 01 dự thảo trong tháng 9."
    assert names_kind(asked(question), around, clause) is expected
