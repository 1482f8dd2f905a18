"""The subject of a clause: wherever it stands, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.law.subjects import commands, find_subject

COMMUNE = "Ủy ban nhân dân cấp xã"


@pytest.mark.parametrize(
    ("text", "names", "verb"),
    [
        # an adverbial opens the sentence: the subject stands after a comma, after "thì" or right after "này"
        (f"Trong thời hạn 05 ngày kể từ ngày nhận hồ sơ, {COMMUNE} phải trả lời", [COMMUNE], "phải"),
        (f"Trường hợp thôn chưa có trụ sở thì {COMMUNE} bố trí nơi họp", [COMMUNE], "bố trí"),
        ("Căn cứ kết quả tại khoản 1 Điều này Trưởng thôn lập biên bản", ["Trưởng thôn"], "lập"),
        ("Hằng năm, Công an xã báo cáo", ["Công an xã"], "báo cáo"),
        # a comma inside the adverbial opens no subject
        (
            "Theo đề nghị của cán bộ, công chức, người đứng đầu cơ quan, đơn vị quyết định",
            ["người đứng đầu cơ quan, đơn vị"],
            "quyết định",
        ),
        (f"Khi khuyết Trưởng thôn, Tổ trưởng tổ dân phố, {COMMUNE} chỉ định", [COMMUNE], "chỉ định"),
        # the agent of what is done to a thing, or to another unit
        ("Lịch tiếp công dân do Chủ tịch xã phê duyệt", ["Chủ tịch xã"], "phê duyệt"),
        (f"Quy chế đã được thôn bàn phải được {COMMUNE} công khai", [COMMUNE], "công khai"),
        (f"Ban Giám sát do {COMMUNE} hướng dẫn hoạt động", [COMMUNE], "hướng dẫn"),
        ("Ban Giám sát do hội nghị thôn bầu gồm 05 thành viên", ["hội nghị thôn"], "bầu"),
        # a condition hands its subject on, unless the consequence has its own
        ("Trường hợp Trưởng thôn đề xuất thì phải lấy ý kiến", ["Trưởng thôn"], "phải"),
        ("Trường hợp công dân đề xuất thì phải đề nghị Trưởng thôn tổ chức họp", ["Trưởng thôn"], "tổ chức"),
        (f"Đơn vị thi công gây hư hỏng thì {COMMUNE} yêu cầu sửa chữa", [COMMUNE], "yêu cầu"),
        # a meeting acts where it decides
        ("Hội nghị biểu quyết bằng hình thức giơ tay", ["Hội nghị"], "biểu quyết"),
        ("Hội nghị cán bộ, công chức có thể quyết định số lượng", ["Hội nghị cán bộ, công chức"], "có thể"),
        # people among units are left out
        ("Cá nhân, người đứng đầu tổ chức phải báo cáo", ["người đứng đầu tổ chức"], "phải"),
        (
            "Đảng viên, cán bộ, công chức, viên chức, người lao động có trách nhiệm chấp hành",
            ["cán bộ, công chức, viên chức"],
            "có trách nhiệm",
        ),
    ],
)
def test_the_subject_is_found_wherever_it_stands(text: str, names: list[str], verb: str) -> None:
    found = find_subject(text, 0, len(text))
    assert (found.kind, [unit.name for unit in found.units], found.lays_duty) == ("units", names, True)
    assert text[found.verb :].startswith(verb)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Công dân có quyền kiến nghị với Chủ tịch xã", "people"),
        ("Khi thấy sai phạm, công dân có quyền phản ánh đến Ban Thanh tra nhân dân", "people"),
        ("Trường hợp có ý kiến khác thì hộ gia đình được đăng ký phát biểu", "people"),
        ("Tổ chức họp thôn", "none"),
        ("Không xem xét đơn nặc danh", "none"),  # what is not to be done is a command too
        ("Theo dõi, đánh giá việc họp", "none"),  # the verb, not the adverbial "theo"
        ("Trường hợp từ chối đăng ký phải nêu rõ lý do", "none"),
        ("Trên đây là Kế hoạch của Ủy ban nhân dân xã", "thing"),
        ("Hội nghị được tổ chức mỗi năm một lần", "thing"),
        ("Trường hợp có sai sót thì phải sửa lại", "none"),
        ("Thời hạn lấy ý kiến là 10 ngày", "thing"),
        ("Nội dung đã được Ủy ban nhân dân cấp xã quyết định thì không lấy ý kiến", "thing"),
        ("Việc họp thực hiện theo hướng dẫn của Sở Nội vụ", "thing"),
        ("Quyết định của thôn phải được lập thành văn bản", "thing"),  # the noun, not the verb
        ("Trình tự họp", "thing"),
    ],
)
def test_what_is_no_unit_is_no_subject(text: str, kind: str) -> None:
    found = find_subject(text, 0, len(text))
    assert (found.kind, found.units) == (kind, ())


@pytest.mark.parametrize(
    "text",
    [
        "Tổ kiểm phiếu gồm 03 thành viên",
        "Trưởng thôn là người địa phương",
        "Ban Giám sát được mời dự họp",
        "Cán bộ, công chức có quyền tham gia ý kiến",  # a right of persons
        "Cán bộ, công chức thực hiện việc giám sát thông qua hoạt động của Ban Giám sát",  # the form of that right
    ],
)
def test_what_is_only_said_of_a_unit_lays_no_duty_on_it(text: str) -> None:
    found = find_subject(text, 0, len(text))
    assert (found.kind, found.lays_duty) == ("units", False)


def test_a_list_of_things_names_no_agent() -> None:
    text = "Các khoản thu do Chủ tịch xã trực tiếp quản lý"
    assert find_subject(text, 0, len(text)).kind == "units"
    assert find_subject(text, 0, len(text), passive=False).kind == "thing"


def test_a_list_of_things_may_hold_a_sentence_with_a_subject() -> None:
    text = f"Trường hợp không đồng ý thì {COMMUNE} phải trả lời"
    assert [unit.name for unit in find_subject(text, 0, len(text), passive=False).units] == [COMMUNE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tổ chức hội nghị", True),
        ("Kịp thời báo cáo", True),
        ("Có trách nhiệm thi hành", True),
        ("Hội nghị tổng kết", False),
        ("Thông tin về cuộc họp phải rõ ràng", False),
        ("Tổ chức của Ban Giám sát", False),
        ("", False),
    ],
)
def test_a_clause_may_open_with_its_verb(text: str, expected: bool) -> None:
    assert commands(text, 0) is expected


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(
            (
                "UBND xã",
                "thì",
                "do",
                "được",
                ",",
                "Trường hợp",
                "công dân",
                "và",
                "phải",
                "tổ chức",
                "(",
                ")",
                ":",
                "cơ quan",
            )
        ),
        max_size=14,
    ).map(" ".join)
)
def test_subjects_stay_inside_their_clause(text: str) -> None:
    found = find_subject(text, 0, len(text))
    assert 0 <= found.verb <= len(text)
    assert all(0 <= unit.start < unit.end <= len(text) for unit in found.units)
    assert all(text[unit.start : unit.end] == unit.name for unit in found.units)
