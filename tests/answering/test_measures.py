"""Kinds of amounts in questions and in texts."""

from __future__ import annotations

import pytest

from rag.answering.measures import asked_measure, case_fit, states_count, states_measure


@pytest.mark.parametrize(
    ("bare", "name"),
    [
        ("phai niem yet may ngay", "duration"),
        ("thoi han tra loi la bao lau", "duration"),
        ("ty le bao nhieu ho dong y", "share"),
        ("hop dinh ky may lan mot nam", "times"),
        ("ban co bao nhieu thanh vien", "people"),
        ("muc ho tro la bao nhieu", "money"),
        ("van ban nao quy dinh", None),
    ],
)
def test_what_amount_is_asked_for(bare: str, name: str | None) -> None:
    found = asked_measure(bare)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("bare", "text", "stated"),
    [
        ("trong may ngay", "chậm nhất sau 05 (năm) ngày làm việc", True),
        ("trong may ngay", "có trên 50% tổng số hộ tán thành", False),
        ("bao nhieu phan tram", "quá nửa số đại biểu có mặt", True),
        ("bao nhieu phan tram", "trong thời hạn 03 tháng", False),
        ("bao nhieu nguoi", "gồm từ 05 đến 09 thành viên", True),
        ("muc phat bao nhieu", "bị xử lý theo quy định", False),
        ("muc phat bao nhieu", "phạt tiền 500.000 đồng", True),
    ],
)
def test_whether_a_text_states_it(bare: str, text: str, stated: bool) -> None:
    measure = asked_measure(bare)
    assert measure is not None
    assert states_measure(measure, text) is stated


def test_what_is_to_be_counted_stands_behind_a_number() -> None:
    assert states_count("có mấy hình thức công khai", "Có 08 hình thức công khai thông tin.")
    assert not states_count("có mấy hình thức công khai", "Các cơ quan công khai 08 nội dung.")


@pytest.mark.parametrize(
    ("restored", "text", "stated"),
    [
        ("có từ bao nhiêu đến bao nhiêu đại diện", "Mỗi tổ có từ mười một đến hai mươi mốt đại diện.", True),
        ("mỗi dấu được đóng tối đa mấy tờ giấy", "Mỗi dấu đóng tối đa 05 tờ văn bản.", True),
        ("có từ bao nhiêu đến bao nhiêu đại diện", "Mỗi tổ có đại diện của thôn.", False),
    ],
)
def test_a_number_in_several_words_counts_what_is_asked_for(restored: str, text: str, stated: bool) -> None:
    assert states_count(restored, text) is stated


def test_what_happens_at_the_same_time_is_no_money() -> None:
    measure = asked_measure("muc phat la bao nhieu tien")
    assert measure is not None
    assert not states_measure(measure, "Báo cáo tại kỳ họp gần nhất, đồng thời gửi Ủy ban.")
    assert states_measure(measure, "Phạt từ 500.000 đồng trở lên.")


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        ("co quan duoi 100 nguoi hop the nao", "Cơ quan có từ 100 người lao động trở lên", True),
        ("co quan tren 100 nguoi hop the nao", "Cơ quan có dưới 100 người", True),
        ("co quan duoi 100 nguoi hop the nao", "Cơ quan có từ 50 người lao động trở lên", False),  # another number
        ("co quan hop the nao", "Cơ quan có từ 100 người lao động trở lên", False),
        ("thong qua voi tren 50% so ho", "Có dưới 50% số hộ tán thành", False),  # a share
    ],
)
def test_a_rule_on_the_numbers_left_out_is_another_case(question: str, text: str, other: bool) -> None:
    assert (case_fit(question, text) < 0) is other
