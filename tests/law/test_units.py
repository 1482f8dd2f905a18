"""Names of units: where they begin and end, and how a list of them is divided."""

from __future__ import annotations

import pytest

from rag.law.units import divide, is_unit_name, unit_list

OFFICES = "Các cơ quan chuyên môn, đơn vị sự nghiệp trực thuộc UBND huyện"
COMMUNES = "UBND các xã, thị trấn"


@pytest.mark.parametrize(
    ("text", "names", "verb"),
    [
        (f"{OFFICES}, {COMMUNES} xây dựng kế hoạch", [OFFICES, COMMUNES], "xây dựng"),
        (f"{OFFICES} {COMMUNES} tăng cường", [OFFICES, COMMUNES], "tăng cường"),  # the comma was left out
        (f"{OFFICES} tăng cường đi cơ sở", [OFFICES], "tăng cường"),
        (f"{COMMUNES} tích cực tham mưu", [COMMUNES], "tích cực"),
        ("Các cơ quan, đơn vị, địa phương kiện toàn Ban Chỉ đạo", ["Các cơ quan, đơn vị, địa phương"], "kiện toàn"),
        (
            "Các cơ quan chuyên môn liên quan, UBND các xã, thị trấn tăng cường",
            ["Các cơ quan chuyên môn liên quan", COMMUNES],
            "tăng cường",
        ),
        (
            "Các cơ quan nhà nước, chính quyền các cấp chỉ đạo",
            ["Các cơ quan nhà nước", "chính quyền các cấp"],
            "chỉ đạo",
        ),
        ("Phòng Nội vụ phối hợp với Ban Dân vận", ["Phòng Nội vụ"], "phối hợp"),
        ("Văn phòng HĐND và UBND huyện tham mưu", ["Văn phòng HĐND và UBND huyện"], "tham mưu"),
        ("Đảng ủy UBND huyện lãnh đạo", ["Đảng ủy UBND huyện"], "lãnh đạo"),
        ("Bộ Thông tin theo dõi mạng", ["Bộ Thông tin"], "theo dõi"),  # capitalised it is no noun before a verb
        ("Ban Chỉ đạo huyện theo dõi", ["Ban Chỉ đạo huyện"], "theo dõi"),  # capitalised it is a name, not a verb
        (
            "người đứng đầu cơ quan, đơn vị, chính quyền các cấp chủ trì",
            ["người đứng đầu cơ quan, đơn vị, chính quyền các cấp"],
            "chủ trì",
        ),
        (
            "Ủy ban Mặt trận Tổ quốc và các tổ chức chính trị - xã hội cùng cấp đẩy mạnh",
            ["Ủy ban Mặt trận Tổ quốc", "các tổ chức chính trị - xã hội cùng cấp"],
            "đẩy mạnh",
        ),
        (
            "Công an huyện và Ban Chỉ huy Quân sự huyện nắm tình hình",
            ["Công an huyện", "Ban Chỉ huy Quân sự huyện"],
            "nắm",
        ),
        # a name ends before an adverbial, wherever its verb stands
        ("Trưởng thôn sau khi thống nhất với Công an xã quyết định", ["Trưởng thôn"], "thống nhất"),
        ("Các bộ trong phạm vi quyền hạn của mình có trách nhiệm", ["Các bộ"], "có trách nhiệm"),
        ("Bộ trưởng Bộ A, căn cứ vào Luật này, quy định", ["Bộ trưởng Bộ A"], "quy định"),
        # a verb may tell which unit it is
        (
            "Cơ quan quản lý nhà nước về đất đai có trách nhiệm",
            ["Cơ quan quản lý nhà nước về đất đai"],
            "có trách nhiệm",
        ),
        ("Đơn vị được giao chủ trì phải lập", ["Đơn vị được giao chủ trì"], "phải"),
        ("Cơ quan nhà nước có thẩm quyền xem xét", ["Cơ quan nhà nước có thẩm quyền"], "xem xét"),
        ("Người chủ trì cuộc họp công bố", ["Người chủ trì cuộc họp"], "công bố"),
        ("Bộ phận tiếp nhận hồ sơ phải trả lời", ["Bộ phận tiếp nhận hồ sơ"], "phải"),
        # bodies in a row share what tells which they are
        (
            "Cơ quan, tổ chức, đơn vị trực tiếp quản lý viên chức có trách nhiệm",
            ["Cơ quan, tổ chức, đơn vị trực tiếp quản lý viên chức"],
            "có trách nhiệm",
        ),
        (
            "Cơ quan, đơn vị cấp trên trực tiếp xác minh",
            ["Cơ quan, đơn vị cấp trên trực tiếp"],
            "xác minh",
        ),
        (
            "Cơ quan, tổ chức có người được giới thiệu cung cấp lý lịch",
            ["Cơ quan, tổ chức có người được giới thiệu"],
            "cung cấp",
        ),
        (
            "Cơ quan có thẩm quyền ra quyết định, thành lập đơn vị đó có trách nhiệm",
            ["Cơ quan có thẩm quyền ra quyết định, thành lập đơn vị đó"],
            "có trách nhiệm",
        ),
        (
            "Đoàn thể, tổ chức đề nghị công nhận hòa giải viên và Ủy ban nhân dân xã có các nhiệm vụ",
            ["Đoàn thể, tổ chức đề nghị công nhận hòa giải viên", "Ủy ban nhân dân xã"],
            "có các nhiệm vụ",
        ),
        # a participle belongs to the name where another verb follows, and so does the place
        ("Thành viên Ban Giám sát được bầu tại thôn báo cáo", ["Thành viên Ban Giám sát được bầu tại thôn"], "báo cáo"),
        ("Cơ quan nhà nước được yêu cầu có trách nhiệm", ["Cơ quan nhà nước được yêu cầu"], "có trách nhiệm"),
        ("Công an xã nơi người đó cư trú xác nhận", ["Công an xã"], "xác nhận"),
        (
            "Người đứng đầu cơ quan đã ban hành văn bản giải trình",
            ["Người đứng đầu cơ quan đã ban hành văn bản"],
            "giải trình",
        ),
        # the number of a document inside a name does not end it
        (
            "Cơ quan quy định tại Điều 4 Nghị định số 45/2010/NĐ-CP có trách nhiệm",
            ["Cơ quan quy định tại Điều 4 Nghị định số 45/2010/NĐ-CP"],
            "có trách nhiệm",
        ),
        ("Ủy ban Mặt trận từng cấp quyết định", ["Ủy ban Mặt trận từng cấp"], "quyết định"),
        ("Tổ bầu cử (do Chủ tịch xã quyết định thành lập) triệu tập", ["Tổ bầu cử"], "triệu tập"),
        # a verb inside a word is none
        ("Đơn vị sự nghiệp công lập báo cáo", ["Đơn vị sự nghiệp công lập"], "báo cáo"),
        ("Bộ Giáo dục và Đào tạo ban hành", ["Bộ Giáo dục và Đào tạo"], "ban hành"),
        ("Uỷ ban nhân dân xã bố trí", ["Uỷ ban nhân dân xã"], "bố trí"),  # the other place of the tone mark
    ],
)
def test_units_end_at_the_verb_of_their_duty(text: str, names: list[str], verb: str) -> None:
    units, at = unit_list(text, 0)
    assert [unit.name for unit in units] == names
    assert text[at:].startswith(verb)
    assert all(text[unit.start : unit.end] == unit.name for unit in units)


@pytest.mark.parametrize(
    "text",
    [
        "Ban hành kế hoạch thực hiện",  # a verb that begins like a name
        "Phòng, chống tội phạm tăng cường",
        "Tổ chức sơ kết, tổng kết các nghị quyết",
        "Tăng cường công tác giám sát của Mặt trận Tổ quốc",
        "Báo cáo UBND huyện kết quả thực hiện",
        "UBND các xã, thị trấn",  # no duty
        "Hội nghị tổng kết được tổ chức",
        "Thực hiện quy chế",
        "",
    ],
)
def test_no_unit_stands_where_no_duty_is_given(text: str) -> None:
    assert unit_list(text, 0) == ([], 0)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"{OFFICES}, {COMMUNES}", [OFFICES, COMMUNES]),
        ("Công an xã; Ban Chỉ huy quân sự xã", ["Công an xã", "Ban Chỉ huy quân sự xã"]),
        ("Hội Nông dân và Đoàn Thanh niên", ["Hội Nông dân", "Đoàn Thanh niên"]),
        ("Trưởng thôn, Tổ trưởng tổ dân phố", ["Trưởng thôn", "Tổ trưởng tổ dân phố"]),
        ("Ban Dân vận Tỉnh ủy - Ủy ban nhân dân tỉnh", ["Ban Dân vận Tỉnh ủy", "Ủy ban nhân dân tỉnh"]),
        ("Thường trực HĐND huyện", ["Thường trực HĐND huyện"]),
        ("Trưởng thôn và các chi hội, đoàn thể ở thôn", ["Trưởng thôn", "các chi hội, đoàn thể ở thôn"]),
        # a dash inside the name of a post, and the form of address before a name
        ("công chức Tư pháp - Hộ tịch", ["công chức Tư pháp - Hộ tịch"]),
        ("Công chức Tài chính - Kế toán", ["Công chức Tài chính - Kế toán"]),
        ("đồng chí Phó Chủ tịch xã", ["Phó Chủ tịch xã"]),
        # one office of two bodies, a body inside another, and what somebody is besides
        ("Văn phòng HĐND và UBND huyện, Phòng Nội vụ", ["Văn phòng HĐND và UBND huyện", "Phòng Nội vụ"]),
        ("Văn phòng HĐND, UBND huyện", ["Văn phòng HĐND, UBND huyện"]),
        ("Phòng Nội vụ và UBND huyện", ["Phòng Nội vụ", "UBND huyện"]),
        ("Đảng ủy UBND huyện và Công an huyện", ["Đảng ủy UBND huyện", "Công an huyện"]),
        ("Đảng ủy UBND xã; Công đoàn UBND xã", ["Đảng ủy UBND xã", "Công đoàn UBND xã"]),
        ("Phòng Nội vụ UBND các xã", ["Phòng Nội vụ", "UBND các xã"]),
        ("đồng chí Trưởng phòng Nội vụ, Ủy viên", ["Trưởng phòng Nội vụ"]),
        ("Trưởng thôn, Ủy viên thường trực; Công an xã, Thành viên", ["Trưởng thôn", "Công an xã"]),
        ("Viện trưởng Viện A, Tổng Kiểm toán nhà nước", ["Viện trưởng Viện A", "Tổng Kiểm toán nhà nước"]),
    ],
)
def test_lists_are_divided_into_units(text: str, names: list[str]) -> None:
    assert [unit.name for unit in divide(text, 0, len(text))] == names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phòng Nội vụ", True),
        ("CÔNG AN XÃ", True),
        ("UBND các xã, thị trấn", True),
        ("Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam xã", True),
        ("Chuyên viên phụ trách lĩnh vực Hành chính, Văn phòng", True),
        ("Ban hành văn bản", False),
        ("Mục đích", False),
        ("Công tác dân tộc, tôn giáo", False),
        ("UBND xã chỉ đạo công tác dân vận", False),
        ("", False),
    ],
)
def test_a_heading_may_be_the_name_of_a_unit(text: str, expected: bool) -> None:
    assert is_unit_name(text) is expected
