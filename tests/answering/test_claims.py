"""What a question states, held against a passage."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.claims import Checked, checked, claimed_unit, duty_owner, forbids, may_hold, value_words
from rag.answering.query import Query
from rag.language.lexicon import question_words

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
        ("Phòng Văn hóa - Xã hội được giao đo độ mặn mấy chỗ?", "phòng văn hóa - xã hội"),
        ("Ban Chỉ huy Quân sự xã làm chủ đầu tư thì khi nào xong?", "ban chỉ huy quân sự xã"),
        ("Hội Nông dân xã đứng ra vận động, đúng không?", "hội nông dân xã"),
        ("Tôi được Phòng Nội vụ giao ký thì có ký được không?", None),  # it does nothing itself
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


AT_LEAST = "Đội có ít nhất 5 thành viên, tập 3 lần."


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("Đội có 5 thành viên, tập 2 lần đúng không?", AT_LEAST, Checked("2 lần", ("3 lần",))),
        ("Đội có 5 thành viên, tập 3 lần đúng không?", AT_LEAST, Checked("5 thành viên", ("5 thành viên",))),
        ("Đội có 5 thành viên và 6 trang phục đúng không?", AT_LEAST, None),  # of the other it says nothing
        # the one borne out is not among those of which one may be meant
        ("Tập 3 ngày rồi 9 ngày đúng không?", "Tập 3 ngày, sau đó 4 ngày.", Checked("9 ngày", ("4 ngày",))),
    ],
)
def test_of_several_amounts_one_that_is_borne_out_does_not_hide_another(
    asked: Ask, question: str, text: str, found: Checked | None
) -> None:
    assert checked(asked(question), text) == found


@pytest.mark.parametrize(
    ("question", "known"),
    [
        ("Đội có 7 thành viên đúng không?", None),
        ("Đội có phải 7 thành viên không?", None),  # "phải" asks, and binds nobody
        ("Đội có 4 thành viên đúng không?", ("5 thành viên",)),  # not on the open side
        ("Đội phải có 7 thành viên đúng không?", ("5 thành viên",)),
        ("Đội có tối thiểu 7 thành viên đúng không?", ("5 thành viên",)),
        ("Đội đủ 7 thành viên, bắt buộc vậy đúng không?", ("5 thành viên",)),
    ],
)
def test_what_a_bound_leaves_open_is_not_judged_unless_the_question_binds(
    asked: Ask, question: str, known: tuple[str, ...] | None
) -> None:
    found = checked(asked(question), AT_LEAST)
    assert (found.known if found else None) == known


@pytest.mark.parametrize(
    ("claimed", "judged"),
    [
        ("7 thành viên", False),
        ("từ 6 đến 9 thành viên", False),
        ("20 thành viên", True),
        ("từ 3 đến 9 thành viên", True),
    ],
)
def test_what_lies_in_the_range_of_a_text_is_not_judged(asked: Ask, claimed: str, judged: bool) -> None:
    found = checked(asked(f"Đội phải có {claimed} đúng không?"), "Đội có từ 5 đến 15 thành viên.")
    assert (found is not None) is judged
    assert found is None or not found.holds


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Đội tập 3 buổi đúng không?", {"3", "buổi"}),
        ("Mỗi quý đội họp một lần đúng không?", {"quý", "một"}),  # "mỗi" and "lần" go with any amount
        ("Đội tập chăm đúng không?", set()),
    ],
)
def test_the_words_of_an_amount_need_not_stand_in_a_text(asked: Ask, question: str, words: set[str]) -> None:
    found = value_words(asked(question))
    assert found >= question_words("of_values")
    assert found - question_words("of_values") == words


@pytest.mark.parametrize(
    ("claimed", "known", "same"),
    [("5 thành viên", "7 thành viên", True), ("5 thành viên", "7 người", False), ("5 ngày", "7 ngày", True)],
)
def test_the_same_noun_is_told_from_another_of_its_kind(claimed: str, known: str, same: bool) -> None:
    assert Checked(claimed, (known,)).is_of_same_noun is same


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("Nghe nói việc trồng tre Phòng Kinh tế chủ trì đúng không?", "phòng kinh tế"),
        ("Bến đò dọc thì Công an xã theo dõi đúng không?", "công an xã"),
        ("Khi họp ở thôn thì Công an xã theo dõi đúng không?", "công an xã"),  # the first is where, not who
        ("Trong cuộc họp của Phòng Kinh tế theo dõi việc gì?", None),
        ("Tại Phòng Kinh tế theo dõi đúng không?", None),
    ],
)
def test_a_unit_in_the_middle_of_a_question_is_told_from_a_place(asked: Ask, question: str, unit: str | None) -> None:
    assert claimed_unit(asked(question)) == unit


@pytest.mark.parametrize(
    ("question", "room"),
    [
        ("Đội có 7 thành viên đúng không?", True),
        ("Đội có 7 người đúng không?", True),  # members are people
        ("Đội có 7 đại biểu đúng không?", False),  # but no delegates
        ("Đội có 20 thành viên đúng không?", False),
        ("Đội có 7 thành viên và 3 ngày tập đúng không?", False),  # every amount needs room
        ("Đội tập chăm đúng không?", False),
    ],
)
def test_a_range_leaves_room_for_what_lies_in_it(asked: Ask, question: str, room: bool) -> None:
    assert may_hold(asked(question), "Đội có từ 5 đến 15 thành viên.") is room


@pytest.mark.parametrize(
    ("claimed", "known", "same"),
    [
        ("một phần ba", "50%", True),
        ("50 phần trăm", "quá nửa", True),
        ("50% số hộ", "hai phần ba", True),  # whatever they are shares of
        ("60%", "5 ngày", False),
        ("5 thành viên", "50%", False),
    ],
)
def test_a_share_is_of_the_same_noun_as_any_share(claimed: str, known: str, same: bool) -> None:
    assert Checked(claimed, (known,)).is_of_same_noun is same


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("Thành viên ban giám sát do dân bầu đúng không?", None),  # the verb is a part of the name
        ("Có phải tổ trưởng ban kiểm tra không?", None),
        ("Việc bầu thành viên ban giám sát có phải bỏ phiếu kín không?", None),
        ("Có phải ban giám sát theo dõi sổ không?", "ban giám sát"),
        ("Kết quả do Chủ tịch xã ra quyết định công nhận đúng không?", "chủ tịch xã"),
    ],
)
def test_a_name_does_not_end_with_a_bare_head(asked: Ask, question: str, unit: str | None) -> None:
    assert claimed_unit(asked(question)) == unit


TWO_DAYS = "Họp ngày 07/3/2024, chậm nhất ngày 09/3/2024"


@pytest.mark.parametrize(
    ("claimed", "text", "found"),
    [
        ("05/3/2024", TWO_DAYS, Checked("05/3/2024", ("07/3/2024", "09/3/2024"))),
        ("09/3/2024", TWO_DAYS, Checked("09/3/2024", ("07/3/2024", "09/3/2024"))),
        ("05/3/2024", f"{TWO_DAYS}; chợ mở ngày 11/3/2024.", None),  # of three days each may be another thing's
        (
            "11/3/2024",
            f"{TWO_DAYS}; chợ mở ngày 11/3/2024.",
            Checked("11/3/2024", ("07/3/2024", "09/3/2024", "11/3/2024")),
        ),
        ("05/3/2024", "Họp hằng năm.", None),
    ],
)
def test_a_day_is_held_against_the_one_or_two_of_a_passage(
    asked: Ask, claimed: str, text: str, found: Checked | None
) -> None:
    assert checked(asked(f"Họp ngày {claimed} đúng không?"), text) == found


@pytest.mark.parametrize(
    ("question", "text", "claimed", "known"),
    [
        ("Mỗi tháng họp một lần phải không?", "Thôn họp hằng tuần.", "hằng tháng", "hằng tuần"),
        ("Hai tuần họp một lần phải không?", "Thôn họp hằng tuần.", "hai tuần một lần", "hằng tuần"),
        ("Mỗi tuần họp một lần phải không?", "Thôn họp 02 tuần một lần.", "hằng tuần", "hai tuần một lần"),
        ("Ba tuần họp một lần phải không?", "Thôn họp mỗi tháng một lần.", "ba tuần một lần", "hằng tháng"),
        ("2 tuần họp một lần phải không?", "Thôn họp hai tuần một lần.", "hai tuần một lần", "hai tuần một lần"),
    ],
)
def test_weeks_are_times_as_months_are(asked: Ask, question: str, text: str, claimed: str, known: str) -> None:
    assert checked(asked(question), text) == Checked(claimed, (known,))


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("Mỗi năm đối thoại ít nhất hai lần đúng không?", "Chủ tịch đối thoại ít nhất mỗi năm một lần.",
         Checked("hai lần", ("một lần",))),
        ("Mỗi năm đối thoại một lần đúng không?", "Chủ tịch đối thoại ít nhất mỗi năm một lần.",
         Checked("hằng năm", ("hằng năm",))),
        ("Chỉ cần từ 70 điểm trở lên đúng không?", "Tổng số điểm tối đa của các tiêu chí là 100 điểm.", None),
        ("Từ 16 đến 35 tuổi phải không?", "Thanh niên là công dân từ đủ 16 tuổi đến 30 tuổi.",
         Checked("16 đến 35 tuổi", ("16 tuổi đến 30 tuổi",))),
        ("Ngày Pháp luật 10/11 hằng năm phải không?", "Ngày 09 tháng 11 hằng năm là Ngày Pháp luật.",
         Checked("ngày 10/11", ("ngày 09/11",))),
    ],
)  # fmt: skip
def test_how_often_bounds_ages_and_days_of_the_year(
    asked: Ask, question: str, text: str, found: Checked | None
) -> None:
    assert checked(asked(question), text) == found


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("Chủ tịch xã làm trưởng ban chỉ đạo đúng không?", "2. Chủ tịch UBND xã | - Phó Trưởng ban",
         Checked("trưởng ban", ("phó trưởng ban",))),
        ("Chủ tịch xã là phó trưởng ban chỉ đạo đúng không?", "2. Chủ tịch UBND xã | - Phó Trưởng ban",
         Checked("phó trưởng ban", ("phó trưởng ban",))),
        ("Ông Sính là trưởng ban dân vận đúng không?", "3. Đồng chí Sính, Trưởng Ban Dân vận | - Ủy viên", None),
    ],
)  # fmt: skip
def test_the_part_that_somebody_has_in_a_body(asked: Ask, question: str, text: str, found: Checked | None) -> None:
    assert checked(asked(question), text) == found


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("Mặt trận xã cứ giữ đơn lại rồi tự giải quyết đúng không?", "Xã tuyệt đối không tự ý giữ đơn.", True),
        ("Mặt trận xã không được giữ đơn đúng không?", "Xã tuyệt đối không tự ý giữ đơn.", False),
        ("Xã giải quyết đơn trong 5 ngày đúng không?", "Xã giải quyết đơn không được quá 5 ngày.", False),
    ],
)
def test_what_a_text_forbids_bears_nothing_out(asked: Ask, question: str, text: str, found: bool) -> None:
    assert forbids(asked(question), text) is found
