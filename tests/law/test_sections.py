"""Whose duty a line is that names nobody: lists under a unit, articles on responsibilities, what is no duty."""

from __future__ import annotations

import pytest

from rag.law.document import read_document
from rag.types import StoredText

COMMUNE = "Ủy ban nhân dân cấp xã"
FRONT = "Ban Thường trực Ủy ban Mặt trận Tổ quốc xã"


def named(text: str) -> list[tuple[str, str | None, str]]:
    """The first two words of each duty, with unit and role."""
    read = read_document(StoredText("a.txt", text))
    return [
        (" ".join(text[item.duty.start : item.duty.end].split()[:2]), item.unit, item.role) for item in read.assignments
    ]


def law(*lines: str) -> str:
    """An article of law after another one."""
    return "\n\n".join(("Điều 1. Tên", "Luật này có hiệu lực.", *lines))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a paragraph that only names a unit heads the paragraphs of its tasks, up to the next such name
        (
            "C. PHẦN VIỆC MỖI BÊN\n\nBan Dân vận Huyện ủy\n\nBiên soạn tài liệu. Tham mưu quy chế.\n\n"
            "Đồn Biên phòng Tà\n\nĐỡ đầu học sinh nghèo.",
            [
                ("Biên soạn", "Ban Dân vận Huyện ủy", "perform"),
                ("Tham mưu", "Ban Dân vận Huyện ủy", "advise"),
                ("Đỡ đầu", "Đồn Biên phòng Tà", "perform"),
            ],
        ),
        # a numbered line that only names a unit heads its points, whatever the heading above it names
        (
            law(
                "Điều 2. Trách nhiệm của các cơ quan, tổ chức",
                "1. Bộ Tư pháp",
                "a) Vận hành phần mềm;",
                "2. Ủy ban nhân dân cấp tỉnh (sau đây gọi chung là tỉnh)",
                "a) Bố trí kinh phí.",
                "3. Đề nghị Tổng liên đoàn Lao động giám sát việc đánh giá.",
            ),
            [
                ("Vận hành", "Bộ Tư pháp", "perform"),
                ("Bố trí", "Ủy ban nhân dân cấp tỉnh", "perform"),
                ("Đề nghị", "Tổng liên đoàn Lao động", "supervise"),
            ],
        ),
        # or items, above which the name may have commas
        (
            "C. PHẦN VIỆC\n\nTrung tâm Văn hóa, Thể thao huyện\n• Làm phóng sự ngắn.\n• Mở tủ sách.\n\nCông an xã\n"
            "• Nắm tình hình.",
            [
                ("Làm phóng", "Trung tâm Văn hóa, Thể thao huyện", "perform"),
                ("Mở tủ", "Trung tâm Văn hóa, Thể thao huyện", "perform"),
                ("Nắm tình", "Công an xã", "perform"),
            ],
        ),
        # who is named with a title before what they see to
        (
            "Phân công đồng chí Bùi Văn A, Phó Trưởng Ban, trực tiếp theo dõi các xã có đông người nghèo.",
            [("Phân công", "Bùi Văn A", "supervise"), ("Phân công", "Phó Trưởng Ban", "supervise")],
        ),
        # a number with a dash before the name
        (
            "III- PHÂN CÔNG\n1- Ban Xây dựng Đảng\n- Soạn tài liệu hỏi đáp.",
            [("Soạn tài", "Ban Xây dựng Đảng", "perform")],
        ),
        # the points of a list are duties of the unit that introduces it; the introducing line is none
        (
            law("Điều 2. A", f"1. {COMMUNE} có trách nhiệm:", "a) Lập danh sách;", "b) Kiểm tra việc họp;"),
            [("Lập danh", COMMUNE, "perform"), ("Kiểm tra", COMMUNE, "supervise")],
        ),
        (
            law("Điều 2. A", f"1. Trong thời hạn 05 ngày, {COMMUNE}:", "a) Có văn bản trả lời;"),
            [("Có văn", COMMUNE, "perform")],
        ),
        # … unless it has a duty of its own
        (
            law("Điều 2. A", "1. Bộ Nội vụ quản lý công tác này và có nhiệm vụ sau đây:", "a) Ban hành mẫu;"),
            [("Bộ Nội", "Bộ Nội vụ", "perform"), ("Ban hành", "Bộ Nội vụ", "perform")],
        ),
        # what a unit must publish are things; who manages them carries no duty there
        (
            law("Điều 2. A", f"{COMMUNE} phải công khai các nội dung sau đây:", "1. Khoản thu do Chủ tịch xã quản lý;"),
            [("Ủy ban", COMMUNE, "perform")],
        ),
        (law("Điều 2. A", "1. Các trường hợp sau đây:", "a) Chủ tịch xã quyết định bầu lại;"), []),
        # … but an exception may say who has to act
        (
            law("Điều 2. A", "1. Trừ các trường hợp sau đây:", f"a) {COMMUNE} có trách nhiệm cung cấp thông tin xã;"),
            [("Ủy ban", COMMUNE, "perform")],
        ),
        # an article on the responsibilities of a unit gives it to the clauses that name no other
        (
            law(
                "Điều 2. Trách nhiệm của Sở Nội vụ trong việc tiếp dân", "1. Ban hành nội quy.", "2. Công an xã bảo vệ."
            ),
            [("Ban hành", "Sở Nội vụ", "perform"), ("Công an", "Công an xã", "perform")],
        ),
        # a partner is named beside the unit of the list, and asking somebody is the unit's own act there
        (
            law(
                "Điều 2. Nhiệm vụ, quyền hạn của Ban Giám sát",
                "1. Phối hợp với Công an xã.",
                "2. Yêu cầu Sở A trả lời.",
            ),
            [
                ("Phối hợp", "Công an xã", "coordinate"),
                ("Phối hợp", "Ban Giám sát", "coordinate"),
                ("Yêu cầu", "Ban Giám sát", "perform"),
            ],
        ),
        # rights and duties of citizens, definitions, scopes, titles
        (law("Điều 2. Trách nhiệm của công dân", "1. Tham gia họp."), []),
        (law("Điều 2. A", "1. Công dân có trách nhiệm:", "a) Tham gia họp;"), []),
        (law("Điều 2. Đối tượng áp dụng", "1. Cơ quan tổ chức họp."), []),
        (law("Điều 2. A", "1. Tiến hành họp", "a) Trưởng thôn chủ trì."), [("Trưởng thôn", "Trưởng thôn", "lead")]),
        # a command that nobody is named for is a duty without a unit
        (law("Điều 2. A", "1. Tuân thủ quy định."), [("Tuân thủ", None, "perform")]),
        # a clause about people does not take the unit before it
        (
            law("Điều 2. A", f"1. {COMMUNE} tổ chức họp. Công dân tham gia ý kiến. Thời gian họp là 01 ngày."),
            [("Ủy ban", COMMUNE, "perform")],
        ),
        # plans: a heading that is a unit's name, a label that gives a role
        (
            f"I. TỔ CHỨC\n\n1. {FRONT}\n\n- Gửi biên bản.\n\n- Đơn vị chủ trì: Công an xã.",
            [("Gửi biên", FRONT, "perform"), ("Đơn vị", "Công an xã", "lead")],
        ),
        # … a condition above a line hides nothing; the closing sentence is no duty
        (
            f"I. TỔ CHỨC\n\n1. {FRONT}\n\n- Đối với đơn về bầu cử:\n\n+ Lưu ý: Không xem xét đơn nặc danh."
            "\n\nTrên đây là Kế hoạch của xã.",
            [("Đối với", None, "perform"), ("Lưu ý:", FRONT, "perform"), ("Trên đây", None, "perform")],
        ),
        # … who hands on a task keeps it
        (
            f"I. TỔ CHỨC\n\n1. {FRONT}\n\n- Phân công đồng chí Phó Chủ tịch trực tiếp phụ trách.",
            [("Phân công", FRONT, "perform"), ("Phân công", "Phó Chủ tịch", "perform")],
        ),
        # an article without a title lays what its sentences say; the title of another lays nothing
        (
            "Điều 1. Công an xã tuần tra.\n\nĐiều 2. Giao Phòng A, Trạm Y tế chịu trách nhiệm thi hành.",
            [
                ("Công an", "Công an xã", "perform"),
                ("Giao Phòng", "Phòng A", "perform"),
                ("Giao Phòng", "Trạm Y tế", "perform"),
            ],
        ),
        (law("Điều 2. Công an xã tuần tra ban đêm"), []),
        # labels that give a role, of what stands above them
        (
            "I. VIỆC\n\n1. Tuyên truyền\n\n- Đơn vị chủ trì: Hội Nông dân xã.\n\n- Đơn vị phối hợp: các thôn.",
            [("Đơn vị", "Hội Nông dân xã", "lead"), ("Đơn vị", "các thôn", "coordinate")],
        ),
        # members of a body that is set up
        (
            "I. VIỆC\n\nThành lập tổ gồm các thành viên sau:\n\n1. Chủ tịch UBND xã - Tổ trưởng;"
            "\n\n2. Trưởng Công an xã: Tổ phó.",
            [
                ("Thành lập", None, "perform"),
                ("Chủ tịch", "Chủ tịch UBND xã", "perform"),
                ("Trưởng Công", "Trưởng Công an xã", "perform"),
            ],
        ),
        # the matter of a task before the order that gives it
        (
            "I. VIỆC\n\n1. Phân công\n\n- Về giảm nghèo: giao Phòng A theo dõi.\n\n- Về an ninh: giao Công an xã họp.",
            [("Về giảm", "Phòng A", "supervise"), ("Về an", "Công an xã", "perform")],
        ),
        # a row of a table, whole
        (
            "I. VIỆC\n\nSTT\tViệc\tChủ trì\n1\tHọp; bàn\tPhòng A\n2\tXem\tCông an xã",
            [("1 Họp;", "Phòng A", "lead"), ("2 Xem", "Công an xã", "lead")],
        ),
        # what is forbidden is no task
        (law("Điều 2. A", f"1. {COMMUNE} không được làm những việc sau đây:", "a) Cản trở công dân;"), []),
        # the forms in which staff use a right are none either
        (law("Điều 2. A", "1. Cán bộ, công chức thực hiện việc kiểm tra thông qua:", "a) Tham dự hội nghị;"), []),
    ],
)
def test_a_line_without_a_unit_is_the_duty_of_the_one_above(
    text: str, expected: list[tuple[str, str | None, str]]
) -> None:
    assert sorted(named(text), key=str) == sorted(expected, key=str)
