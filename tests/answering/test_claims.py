"""What a question states, held against a passage."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.claims import Checked, checked, claimed_unit, duty_owner
from rag.answering.query import Query

Ask = Callable[[str], Query]
RULE = "Giải quyết trong thời hạn 05 ngày kể từ ngày nhận đơn, đạt trên 50% số phiếu, xong trước ngày 08/02/2026."


@pytest.mark.parametrize(
    ("question", "claimed", "known"),
    [
        ("Có phải giải quyết đơn trong 10 ngày không?", "10 ngày", "5 ngày"),
        ("co phai giai quyet don trong 10 ngay khong", "10 ngày", "5 ngày"),
        ("Có phải giải quyết đơn trong mười ngày không?", "mười ngày", "5 ngày"),
        ("Phải đạt 60% số phiếu đúng không?", "60%", "50%"),
        ("Xong trước ngày 10/02/2026 phải không?", "10/02/2026", "08/02/2026"),
    ],
)
def test_another_amount_or_day_contradicts(asked: Ask, question: str, claimed: str, known: str) -> None:
    assert checked(asked(question), RULE) == Checked(claimed, (known,))


@pytest.mark.parametrize(
    "question",
    ["Giải quyết trong 5 ngày phải không?", "Đạt 50 phần trăm đúng không?", "Xong ngày 8/2/2026 đúng không?"],
)
def test_the_same_value_however_written_is_borne_out(asked: Ask, question: str) -> None:
    told = checked(asked(question), RULE)
    assert told is not None
    assert told.holds


@pytest.mark.parametrize("question", ["Có phải nộp 3 phiếu không?", "Có phải giải quyết ngay không?"])
def test_what_the_passage_does_not_count_is_not_judged(asked: Ask, question: str) -> None:
    assert checked(asked(question), RULE) is None


def test_among_several_values_of_a_kind_another_one_contradicts_none(asked: Ask) -> None:
    assert checked(asked("Có phải trong 9 ngày không?"), "Nhận đơn 2 ngày, trả lời 5 ngày.") is None


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("Có phải Phòng Y tế theo dõi kế hoạch không?", "phòng y tế"),
        ("vi sao cong an xa phai ra soat danh sach", "cong an xa"),
        ("Hội nghị lần hai do Ủy ban nhân dân xã chủ trì đúng không?", "ủy ban nhân dân xã"),
        ("Sao luật lại giao cho Chủ tịch xã công nhận kết quả bầu ban giám sát?", "chủ tịch xã"),
        ("Kế hoạch có mấy phần?", None),
    ],
)
def test_the_unit_that_a_question_gives_a_duty(asked: Ask, question: str, unit: str | None) -> None:
    assert claimed_unit(asked(question)) == unit


@pytest.mark.parametrize(
    ("question", "text", "claimed", "known"),
    [
        ("Hai năm mới họp một lần phải không?", "Hằng năm tổ chức ít nhất một lần.", "hai năm một lần", "hằng năm"),
        ("Mỗi quý báo cáo một lần đúng không?", "Định kỳ 06 tháng báo cáo một lần.", "hằng quý", "sáu tháng một lần"),
        ("Mỗi dấu đóng tối đa 10 tờ, đúng không?", "Mỗi dấu đóng tối đa 05 tờ văn bản.", "10 tờ", "5 tờ"),
    ],
)
def test_how_often_and_how_many_are_held_against_a_text(
    asked: Ask, question: str, text: str, claimed: str, known: str
) -> None:
    found = checked(asked(question), text)
    assert found == Checked(claimed, (known,))
    assert not found.holds


@pytest.mark.parametrize(
    "question",
    [
        "Kế toán trưởng Phòng Nội vụ có được bầu vào ban không?",  # whether something may be done
        "Cơ quan chỉ có sáu người thì tổ chức hội nghị không?",  # a clause, no name
        "Cán bộ sắp nghỉ có phải giao lại hồ sơ không?",  # whether it must be done
        "Đơn tố cáo nặc danh về người ứng cử xem xét không?",  # "tố cáo" is no "tổ"
    ],
)
def test_what_is_no_duty_of_a_unit_is_no_claim(asked: Ask, question: str) -> None:
    assert claimed_unit(asked(question)) is None


@pytest.mark.parametrize(
    ("question", "owner"),
    [
        ("Ủy ban nhân dân xã có trách nhiệm gì?", "ủy ban nhân dân xã"),
        ("Trách nhiệm của Sở Nội vụ trong công tác dân vận là gì?", "sở nội vụ"),
        ("Văn bản nào quy định về dân vận?", ""),
    ],
)
def test_the_unit_is_told_of_whose_duties_a_question_asks(asked: Ask, question: str, owner: str) -> None:
    assert duty_owner(asked(question)) == owner
