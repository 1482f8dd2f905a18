"""Kinds of amounts in questions and in texts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.measures import asked_measure, case_fit, states_amount, states_count, states_measure, states_time
from rag.answering.query import Query

Ask = Callable[[str], Query]


@pytest.mark.parametrize(
    ("bare", "name"),
    [
        ("phai niem yet may ngay", "duration"),
        ("thoi han tra loi la bao lau", "duration"),
        ("ty le bao nhieu ho dong y", "share"),
        ("hop dinh ky may lan mot nam", "times"),
        ("ban co bao nhieu thanh vien", "people"),
        ("muc ho tro la bao nhieu", "money"),
        ("phai bao truoc may ngay", "notice"),
        ("gui giay moi may hom truoc khi hop", "notice"),
        ("niem yet truoc bao lau", "notice"),
        ("truoc khi hop thi may nguoi ky", "people"),  # "trước" alone does not ask how long before
        ("moi ho duoc cho bao nhieu khoi nuoc", "volume"),
        ("moi ho duoc bao nhieu kg gao", "weight"),
        ("cu bao nhieu can bo", "people"),  # no weight
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
        ("bao truoc may ngay", "Gửi giấy mời 03 ngày trước khi tập.", True),
        ("bao truoc may ngay", "Gửi giấy mời trước ngày tập ít nhất 03 ngày.", True),
        ("bao truoc may ngay", "Gửi giấy mời chậm nhất là 02 ngày kể từ khi tập.", True),
        ("bao truoc may ngay", "Niêm yết trong 03 ngày.", False),  # how long, not how long before
        ("bao truoc may ngay", "Đến trước giờ tập.", False),
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


@pytest.mark.parametrize(
    ("question", "text", "fit"),
    [
        ("doi chi co 6 nguoi", "Đội có từ 07 thành viên trở xuống", 1),
        ("thon 120 cu tri", "Thôn có từ 100 cử tri trở lên", 1),
        ("thon 86 cu tri", "Thôn có từ 100 cử tri trở lên", -1),
        ("thon 86 cu tri", "Thôn có từ 100 cử tri trở lên, hoặc dưới 90 cử tri", 1),  # one of its cases
        ("thon co 100 noc nha", "Thôn có dưới 100 hộ", -1),  # the number itself is not below it
        ("thon co 99 noc nha", "Thôn có dưới 100 hộ", 1),
        ("thon co 86 ho", "Thôn có từ 100 cử tri trở lên", 0),  # homes are no people
        ("co 50 nguoi dong y", "Thôn có từ 100 cử tri trở lên", 0),  # who agree are not all
        ("thon 86 cu tri", "Thôn họp mỗi năm", 0),
    ],
)
def test_how_many_there_are_tells_whether_a_rule_is_on_that_case(question: str, text: str, fit: int) -> None:
    assert case_fit(question, text) == fit


@pytest.mark.parametrize(
    ("question", "text", "stated"),
    [
        ("Trồng bao nhiêu cây?", "Trồng 15 cây tre dịp năm 2024.", True),
        ("Trồng bao nhiêu cây?", "Trồng 15 khóm tre.", False),  # another thing is counted
        ("Trồng bao nhiêu cây?", "Trồng cây theo Kế hoạch số 15/KH-UBND.", False),  # the number of a document
        ("Có mấy người dự?", "Có 7 người dự.", True),
        ("Có mấy người dự?", "Dự ngày 07/8/2024 theo Điều 5.", False),
        ("Trồng trong mấy ngày?", "Trồng theo khoản 3 Điều 4.", False),
        ("Cây sống bao nhiêu phần trăm?", "Kiểm tra cây ngày 07/8/2024.", False),  # a day is no share
        ("Trồng trong mấy ngày?", "Trồng trong 3 ngày.", True),
    ],
)
def test_an_amount_inside_a_number_or_a_date_is_none(asked: Ask, question: str, text: str, stated: bool) -> None:
    assert states_amount(asked(question), text) is stated


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Tập ngày 05/8/2024", True),
        ("Tập 3 giờ", True),
        ("Tập hằng quý", True),
        ("Tập 3 bài", False),
        ("Năm học", False),
    ],
)
def test_a_date_a_length_and_a_period_are_times(text: str, stated: bool) -> None:
    assert states_time(text) is stated


@pytest.mark.parametrize(
    ("bare", "name"),
    [
        ("phu cap may tram", "money"),
        ("ho tro may tram mot thang", "money"),
        ("dong gop may chuc nghin moi nha", "money"),
        ("phu cap cua truong thon bao nhieu", "money"),
        ("thu lao la may", "money"),
        ("may tram nguoi du hop", None),  # people follow
        ("hop may gio", "hour"),
    ],
)
def test_sums_and_hours_are_asked_for_in_few_words(bare: str, name: str | None) -> None:
    found = asked_measure(bare)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Họp lúc 7 giờ.", True),
        ("Họp lúc 7h.", True),
        ("Họp lúc tám giờ sáng.", True),
        ("Tiếp dân trong giờ hành chính.", True),
        ("Sổ là bản chính.", False),  # "chín" and the "h" behind it are no hour
        ("Sinh hoạt chín h.", False),
        ("Họp trong 7 ngày.", False),
    ],
)
def test_an_hour_is_a_number_with_its_word(text: str, stated: bool) -> None:
    measure = asked_measure("hop may gio")
    assert measure is not None
    assert states_measure(measure, text) is stated


@pytest.mark.parametrize("agrees", ["đồng ý", "gật đầu", "giơ tay", "chịu", "ưng"])
def test_a_share_tells_how_many_agree_in_everyday_words(agrees: str) -> None:
    assert states_count(f"bao nhiêu hộ {agrees} thì làm đường", "Khi có trên 50% số hộ tán thành.")
