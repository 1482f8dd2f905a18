"""Doers that a sentence names elsewhere than before their verbs."""

from __future__ import annotations

import pytest

from rag.law.assignments import find_duties, heading_units


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # behind a colon
        (
            "Cấp vốn, hướng dẫn quyết toán: Phòng Kinh tế, Hạ tầng và Đô thị.",
            [("Phòng Kinh tế, Hạ tầng và Đô thị", "perform")],
        ),
        (
            "Theo dõi lời hứa tại buổi họp: Ban Xây dựng Đảng, mỗi quý nhắc một lần.",
            [("Ban Xây dựng Đảng", "supervise")],
        ),
        ("Làm bản tin hai thứ tiếng: giao Phòng Văn hóa - Xã hội.", [("Phòng Văn hóa - Xã hội", "perform")]),
        (
            "Hòa giải đất đai: Hội đồng hòa giải tranh chấp đất đai xã, hạn 30 ngày.",
            [("Hội đồng hòa giải tranh chấp đất đai xã", "perform")],
        ),
        ("Bộ phận thường trực giúp việc ba bên cùng ký: Ban Dân vận.", [("Ban Dân vận", "perform")]),
        # each of several bodies has another
        (
            "Cơ quan thường trực Hội đồng của Chính phủ là Bộ Tư pháp, của tỉnh là Sở Tư pháp.",
            [("Bộ Tư pháp", "perform"), ("Sở Tư pháp", "perform")],
        ),
        # in brackets at the end, and beside a named thing
        ("Bổ sung tổ phó cho 05 tổ yếu (Ban Xây dựng Đảng, xong trong tháng 8).", [("Ban Xây dựng Đảng", "perform")]),
        (
            "Tổ chức buổi đối thoại thứ hai (UBND xã chủ trì; Văn phòng UBND xã chuẩn bị nội dung).",
            [("UBND xã", "lead"), ("Văn phòng UBND xã", "perform")],
        ),
        ('"Lu nước" (Hội Phụ nữ xã) tặng 142 lu cho hộ neo đơn.', [("Hội Phụ nữ xã", "perform")]),
        ("Vận động các đoàn thể (Hội Phụ nữ, Đoàn Thanh niên).", [(None, "perform")]),
        # in the next clause, by what it says of the one before it
        (
            "Hộ thiếu đất được vay vốn; việc này Phòng giao dịch Ngân hàng huyện xem xét.",
            [("Phòng giao dịch Ngân hàng huyện", "perform")] * 2,
        ),
        # before a verb of everyday work, behind a whole name
        ("Công an xã lên phương án trực.", [("Công an xã", "perform")]),
        ("Phòng Tài nguyên và Môi trường đo xong 186 ha đất.", [("Phòng Tài nguyên và Môi trường", "perform")]),
        ("UBND các xã có công trình lập tổ quản lý nước.", [("UBND các xã có công trình", "perform")]),
        ("Ban Xây dựng Đảng họp bàn.", [("Ban Xây dựng Đảng", "perform")]),
        ("Hạt Kiểm lâm huyện - xác định ranh giới rừng.", [("Hạt Kiểm lâm huyện", "perform")]),
        ("Công đoàn cơ quan UBND xã cùng chủ trì hội nghị.", [("Công đoàn cơ quan UBND xã", "lead")]),
        (
            "Phòng Giáo dục chủ trì, cùng Hội Khuyến học huyện lo chỗ bán trú.",
            [("Phòng Giáo dục", "lead"), ("Hội Khuyến học huyện", "coordinate")],
        ),
        (
            "Về tổ chưa kiện toàn: chi bộ ấp Sâu, chi bộ ấp Lá 5 làm xong trước ngày 20/4.",
            [("chi bộ ấp Sâu", "perform"), ("chi bộ ấp Lá 5", "perform")],
        ),
        ("Ban Tuyên giáo và Dân vận Tỉnh ủy biên soạn tài liệu.", [("Ban Tuyên giáo và Dân vận Tỉnh ủy", "perform")]),
        ("Tổ công tác báo cáo Chủ tịch UBND huyện.", [("Tổ công tác", "report")]),
        # anew behind a comma
        (
            "Hội Phụ nữ xã nhận giúp tổ phân loại rác, Hội Nông dân xã nhận giúp tổ trồng hoa.",
            [("Hội Phụ nữ xã", "perform"), ("Hội Nông dân xã", "perform")],
        ),
        (
            "giao Phòng Nội vụ hướng dẫn hồ sơ, Phòng Kinh tế xem xét giấy phép.",
            [("Phòng Nội vụ", "perform"), ("Phòng Kinh tế", "perform")],
        ),
        (
            "Hội Phụ nữ xã được mời chủ trì khảo sát, Phòng Nội vụ cử người.",
            [("Hội Phụ nữ xã", "lead"), ("Phòng Nội vụ", "perform")],
        ),
        # no new doer: a list goes on
        (
            "Phòng Nội vụ chủ trì, phối hợp với Công an xã, Trạm Y tế tổ chức tuần tra.",
            [("Phòng Nội vụ", "lead"), ("Công an xã", "coordinate"), ("Trạm Y tế", "coordinate")],
        ),
        # whose part it is
        ("Công tác truyền thông thuộc trách nhiệm của Phòng Văn hóa.", [("Phòng Văn hóa", "perform")]),
        (
            "Góp ý về pháp lý là việc của công chức thuộc Văn phòng HĐND và UBND xã.",
            [("công chức thuộc Văn phòng HĐND và UBND xã", "perform")],
        ),
        ("Giúp cấp ủy theo dõi việc này là Ban Dân vận.", [("Ban Dân vận", "perform")]),
        ("Đầu mối làm bản tin là Ban Dân vận.", [("Ban Dân vận", "perform")]),
        ("Bản tin giao Ban Tuyên giáo biên tập.", [("Ban Tuyên giáo", "perform")]),
        ("Tổ chức đợt hành quân mỗi năm, do Ban Chỉ huy Quân sự lo liệu về xe.", [("Ban Chỉ huy Quân sự", "perform")]),
        ("Đối với các chi bộ thôn: xây dựng kế hoạch riêng.", [("các chi bộ thôn", "perform")]),
        (
            "Riêng UBND xã Hải Lộc, UBND xã Bình Sa gửi bản kiểm điểm.",
            [("UBND xã Hải Lộc", "perform"), ("UBND xã Bình Sa", "perform")],
        ),
        # what the next clause names the doer of
        (
            "Mở lớp cho già làng mỗi năm; việc này giao Công an xã.",
            [("Công an xã", "perform"), ("Công an xã", "perform")],
        ),
        (
            "Lập danh sách hộ cần hỗ trợ. Việc này giao cho Phòng Nội vụ.",
            [("Phòng Nội vụ", "perform"), ("Phòng Nội vụ", "perform")],
        ),
        (
            "Đo đạc 186 ha đất. Phòng Kinh tế đứng ra thực hiện.",
            [("Phòng Kinh tế", "perform"), ("Phòng Kinh tế", "perform")],
        ),
        # what a name stands for, and where it ends
        (
            "Hồ sơ nộp về Phòng Nội vụ trước ngày 15/5. Phòng này thẩm định.",
            [(None, "perform"), ("Phòng Nội vụ", "perform")],
        ),
        ("Hạt Kiểm lâm huyện, cùng các chủ rừng, ký cam kết.", [("Hạt Kiểm lâm huyện", "perform")]),
        ("cơ quan bị phản ánh trả lời bằng văn bản.", [("cơ quan bị phản ánh", "perform")]),
        ("Đại diện UBND xã báo cáo kết quả.", [("Đại diện UBND xã", "report")]),
        ("Cán bộ công tác ở làng, buôn phải học tiếng dân tộc.", [("Cán bộ công tác ở làng, buôn", "perform")]),
        (
            "Phòng giao dịch Ngân hàng Chính sách giúp hộ nghèo vay vốn.",
            [("Phòng giao dịch Ngân hàng Chính sách", "perform")],
        ),
        ("Ban họp thường kỳ mỗi quý.", [("Ban", "perform")]),
        ("Ban có các nhiệm vụ sau: họp dân.", [("Ban", "perform")]),
        ("Tổ thẩm định đến khảo sát từng thôn.", [("Tổ thẩm định", "perform")]),
        # no order, and labels before the sentence
        ("Giao ban lãnh đạo ba bên mỗi quý một lần.", [(None, "perform")]),
        ("(iii) Văn phòng Đảng ủy dự thảo thông báo.", [("Văn phòng Đảng ủy", "perform")]),
        ("Điểm 1. Văn phòng xã in phiếu.", [("Văn phòng xã", "perform")]),
        ("3- Phòng Nội vụ theo dõi.", [("Phòng Nội vụ", "supervise")]),
    ],
)
def test_doers_are_found_wherever_they_stand(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert [(duty.unit.name if duty.unit else None, duty.role) for duty in find_duties(text)] == expected


@pytest.mark.parametrize("text", ["Nơi nhận: Phòng Nội vụ.", "Thành phần: Ban Dân vận, Công an xã.", "Ngày họp: 5/6."])
def test_names_behind_other_labels_get_no_duty(text: str) -> None:
    assert all(duty.unit is None for duty in find_duties(text))


def test_a_name_behind_an_ornament_heads_what_follows() -> None:
    assert [unit.name for unit in heading_units("◆ CÔNG AN HUYỆN:")] == ["CÔNG AN HUYỆN"]
