"""Who must do what: units, roles, subjects that carry over; the plan's, measured."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from rag.law.assignments import find_duties, heading_units, is_role_label, role_of
from rag.law.document import LegalDocument, read_document
from rag.types import Assignment, StoredText

ROOT = Path(__file__).resolve().parents[2]
PLAN = ROOT / "corpus" / "documents" / "ke-hoach-dan-van-cao-loc-2024.txt"
LABELS = ROOT / "tests" / "golden" / "plan_assignments.jsonl"
OFFICES = "Các cơ quan chuyên môn, đơn vị sự nghiệp trực thuộc UBND huyện"
COMMUNES = "UBND các xã, thị trấn"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a subject
        (f"{COMMUNES} tăng cường tuyên truyền.", [(COMMUNES, "perform")]),
        (f"{OFFICES}, {COMMUNES} xây dựng kế hoạch.", [(OFFICES, "perform"), (COMMUNES, "perform")]),
        # whoever people are named by
        ("Người phiên dịch do Phòng Dân tộc cử.", [("Phòng Dân tộc", "perform")]),
        ("Tổ giúp việc có 05 người, do Chánh Văn phòng làm tổ trưởng.", [("Chánh Văn phòng", "perform")]),
        ("Công an xã gom ý kiến của dân.", [("Công an xã", "perform")]),  # a verb of everyday work
        # a grant, with a partner
        (
            "Giao Phòng Nội vụ phối hợp với Ban Dân vận Huyện ủy theo dõi, đôn đốc.",
            [("Phòng Nội vụ", "supervise"), ("Ban Dân vận Huyện ủy", "coordinate")],
        ),
        (
            "Đề nghị Ban Thường trực Ủy ban Mặt trận Tổ quốc huyện giám sát việc thực hiện.",
            [("Ban Thường trực Ủy ban Mặt trận Tổ quốc huyện", "supervise")],
        ),
        (
            "Phòng Nội vụ chủ trì, phối hợp với Công an huyện tổ chức hội nghị.",
            [("Phòng Nội vụ", "lead"), ("Công an huyện", "coordinate")],
        ),
        ("Phòng Tư pháp tham mưu cho UBND huyện.", [("Phòng Tư pháp", "advise")]),
        # what a sentence lists has the doers and the parts of the sentence
        (
            "Phòng Tư pháp chủ trì, phối hợp với Công an huyện phổ biến các văn bản: Nghị quyết số 43-NQ/TW; "
            "Kết luận số 43-KL/TW.",
            3 * [("Phòng Tư pháp", "lead"), ("Công an huyện", "coordinate")],
        ),
        (
            "Ban Dân vận Huyện ủy thẩm định mô hình cùng với Phòng Nội vụ.",
            [("Ban Dân vận Huyện ủy", "perform"), ("Phòng Nội vụ", "coordinate")],
        ),
        ("Phòng Văn hóa và Thông tin quản trị ứng dụng.", [("Phòng Văn hóa và Thông tin", "perform")]),
        ("Tổ trưởng tổ hòa giải do hòa giải viên bầu.", [("hòa giải viên", "perform")]),
        ("Biên bản giao ban do Văn phòng HĐND và UBND huyện lập.", [("Văn phòng HĐND và UBND huyện", "perform")]),
        (
            "Hội Nông dân huyện và Hội Cựu chiến binh huyện mỗi đơn vị cử 03 cán bộ.",
            [("Hội Nông dân huyện", "perform"), ("Hội Cựu chiến binh huyện", "perform")],
        ),
        ("Tổ công tác giải phóng mặt bằng chi trả tiền.", [("Tổ công tác giải phóng mặt bằng", "perform")]),
        # a partner in what follows "trong việc" leaves the subject a partner too
        (
            "Công an xã phối hợp với Trưởng thôn trong việc tuần tra.",
            [("Công an xã", "coordinate"), ("Trưởng thôn", "coordinate")],
        ),
        (
            "Công an xã có trách nhiệm phối hợp cùng Trưởng thôn tổ chức tuần tra.",
            [("Công an xã", "perform"), ("Trưởng thôn", "coordinate")],
        ),
        ("Đơn vị chủ trì: Công an xã.", [("Công an xã", "lead")]),
        (
            "Giám thị trại giam và giám đốc cơ sở giáo dục bắt buộc tổ chức lớp học.",
            [("Giám thị trại giam", "perform"), ("giám đốc cơ sở giáo dục bắt buộc", "perform")],
        ),
        ("Hội Nông dân xã nòng cốt trong việc hiến đất.", [("Hội Nông dân xã", "perform")]),
        # a short label before the sentence
        (
            "Nội dung: Công an xã phối hợp với Trưởng thôn tổ chức hội nghị.",
            [("Công an xã", "perform"), ("Trưởng thôn", "coordinate")],
        ),
        ("Từ ngày 04/02/2026: Công an xã họp với các thôn.", [("Công an xã", "perform")]),
        ("Khách mời: Chủ tịch xã, Trưởng thôn đã giới thiệu đại biểu.", [(None, "perform")]),
        # whoever is told to do what follows a colon does it
        (
            "Công an xã họp. Chỉ đạo Ban Bảo vệ dân phố, các thôn ở vùng cao của xã: Tuần tra ban đêm; Báo cáo ngay.",
            [
                ("Công an xã", "perform"),
                ("Công an xã", "lead"),
                ("Ban Bảo vệ dân phố", "perform"),
                ("các thôn ở vùng cao của xã", "perform"),
                ("Ban Bảo vệ dân phố", "report"),
                ("các thôn ở vùng cao của xã", "report"),
            ],
        ),
        # the matter before the order
        ("Về giảm nghèo: giao Phòng Kinh tế theo dõi.", [("Phòng Kinh tế", "supervise")]),
        (
            "Đối với đường thôn: phân công cho Phòng Nội vụ chủ trì, phối hợp với Công an xã rà soát.",
            [("Phòng Nội vụ", "lead"), ("Công an xã", "coordinate")],
        ),
        (
            "Công an xã họp. Riêng việc sổ sách: đề nghị Trạm Y tế kiểm tra.",
            [("Công an xã", "perform"), ("Trạm Y tế", "supervise")],
        ),
        # who is told by the subject to do it does it, and has partners of its own
        (
            "Chủ tịch UBND huyện chỉ đạo Thanh tra huyện chủ trì, phối hợp với Phòng Nội vụ kiểm tra.",
            [("Chủ tịch UBND huyện", "perform"), ("Thanh tra huyện", "lead"), ("Phòng Nội vụ", "coordinate")],
        ),
        ("UBND xã lãnh đạo, chỉ đạo các thôn rà soát.", [("UBND xã", "lead"), ("các thôn", "perform")]),
        ("UBND xã giao cho Phòng Kinh tế theo dõi.", [("UBND xã", "perform"), ("Phòng Kinh tế", "supervise")]),
        ("UBND xã chỉ đạo công tác của Phòng Kinh tế.", [("UBND xã", "lead")]),
        # members of a body that is set up, each with a part in it
        ("Chủ tịch UBND xã - Tổ trưởng;", [("Chủ tịch UBND xã", "perform")]),
        ("Trưởng phòng Nội vụ: Ủy viên", [("Trưởng phòng Nội vụ", "perform")]),
        ("Đồng chí Trưởng Công an xã làm Tổ phó.", [("Trưởng Công an xã", "perform")]),
        ("Chánh Văn phòng - Thành viên, kiêm Thư ký.", [("Chánh Văn phòng", "perform")]),
        ("Kế hoạch tuyên truyền - Thành viên;", [(None, "perform")]),
        # citizens who work with units make them partners
        (
            "Công dân nộp đơn; tích cực phối hợp với Công an xã xác minh.",
            [(None, "perform"), (None, "perform"), ("Công an xã", "coordinate")],
        ),
        # the subject carries over clauses and sentences of a paragraph
        (
            "Giao Phòng Nội vụ theo dõi; Báo cáo UBND huyện.",
            [("Phòng Nội vụ", "supervise"), ("Phòng Nội vụ", "report")],
        ),
        (f"{COMMUNES} tuyên truyền. Đổi mới phương thức.", [(COMMUNES, "perform"), (COMMUNES, "perform")]),
        (f"{COMMUNES} tuyên truyền. Phòng Nội vụ theo dõi.", [(COMMUNES, "perform"), ("Phòng Nội vụ", "supervise")]),
        # what is said of people or things is not the duty of the unit before them
        (
            f"{COMMUNES} tổ chức lấy ý kiến. Công dân có quyền góp ý.",
            [(COMMUNES, "perform"), (None, "perform")],
        ),
        # no unit, never a guess
        (
            "Tăng cường công tác giám sát của Mặt trận Tổ quốc; thực hiện Hướng dẫn.",
            [(None, "perform"), (None, "perform")],
        ),
        ("Tích cực đôn đốc, kiểm tra, giám sát.", [(None, "supervise")]),
        ("Báo cáo UBND huyện kết quả.", [(None, "report")]),
        (
            "Xác định rõ nhiệm vụ; người đứng đầu cơ quan chủ trì.",
            [(None, "perform"), ("người đứng đầu cơ quan", "lead")],
        ),
        ("", []),
    ],
)
def test_duties_belong_to_the_units_that_the_text_names(text: str, expected: list[tuple[str | None, str]]) -> None:
    found = find_duties(text)
    assert [(duty.unit.name if duty.unit else None, duty.role) for duty in found] == expected
    for duty in found:
        if duty.unit:
            assert text[duty.unit.start : duty.unit.end] == duty.unit.name


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("chủ trì, phối hợp với Sở A", "lead"),
        ("chịu trách nhiệm chính trong việc", "lead"),
        ("phối hợp với Sở A", "coordinate"),
        ("tích cực tham mưu cho Đảng ủy", "advise"),
        ("có trách nhiệm tham mưu", "advise"),
        ("theo dõi, đôn đốc", "supervise"),
        ("thường xuyên kiểm tra", "supervise"),
        ("Tích cực đôn đốc", "supervise"),
        ("tổng hợp, báo cáo Chủ tịch UBND", "report"),
        ("Báo cáo UBND huyện", "report"),
        ("xây dựng kế hoạch", "perform"),
        ("chỉ đạo thực hiện", "perform"),
        ("có trách nhiệm phối hợp với Sở A", "coordinate"),
        ("định kỳ báo cáo", "report"),
        ("thực hiện giám sát", "supervise"),
        ("", "perform"),
    ],
)
def test_the_first_verb_gives_the_role(text: str, role: str) -> None:
    assert role_of(text) == role


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("2. Công an xã", ["Công an xã"]),
        ("a) Phòng Nội vụ:", ["Phòng Nội vụ"]),
        ("3. Trách nhiệm của Ủy ban nhân dân cấp xã", ["Ủy ban nhân dân cấp xã"]),
        (f"1. {OFFICES} {COMMUNES} tăng cường lãnh đạo, chỉ đạo công tác dân vận", [OFFICES, COMMUNES]),
        ("II. NỘI DUNG", []),
        ("Điều 9. Trách nhiệm của Sở Nội vụ và Công an tỉnh trong việc tiếp dân", ["Sở Nội vụ", "Công an tỉnh"]),
        ("Điều 9. Nhiệm vụ, quyền hạn của Ban Giám sát", ["Ban Giám sát"]),
        ("Điều 9. Trách nhiệm của công dân", []),
        ("4. Công tác dân tộc, tôn giáo", []),
        ("2. Đề nghị Công an xã:", ["Công an xã"]),
        ("2. Đề nghị Công an xã phối hợp", ["Công an xã"]),
        ("CÔNG AN XÃ Độc lập - Tự do - Hạnh phúc", []),  # the two columns of a letterhead
        ("ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", []),
        ("5. Tăng cường công tác phối hợp với Mặt trận Tổ quốc và các tổ chức chính trị - xã hội", []),
    ],
)
def test_a_heading_may_give_its_section_to_units(heading: str, names: list[str]) -> None:
    assert [unit.name for unit in heading_units(heading)] == names


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- Đơn vị chủ trì: Hội Nông dân xã.", True),
        ("Đơn vị chủ trì: Hội Nông dân xã.", True),
        ("+ Cơ quan phối hợp: Công an xã", True),
        ("a) Đơn vị thực hiện: các thôn", True),
        ("- Chủ trì: Phòng Nội vụ", True),
        ("- Hình thức: tổ chức đoàn giám sát.", False),
        ("- Đơn vị chủ trì: 05 ngày", False),  # nobody is named
        ("- Công an xã chủ trì", False),  # a sentence
        ("", False),
    ],
)
def test_a_line_may_only_say_who_has_a_role(line: str, expected: bool) -> None:
    assert is_role_label(line) is expected


@pytest.fixture(scope="module")
def plan() -> LegalDocument:
    return read_document(StoredText("documents/plan.txt", PLAN.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def labels() -> list[dict[str, Any]]:
    """The duties of the plan, labelled by hand from its text.

    `duty` gives the first words of a stretch that ends where the next one of the same paragraph begins;
    without units the text names none. The heading of II.1 names the units of its whole section.
    """
    return [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]


def label_of(plan: LegalDocument, assignment: Assignment, labels: list[dict[str, Any]]) -> int | None:
    """The index of the labelled stretch in which a duty begins."""
    copy = plan.copies[assignment.provision]
    locator, at = plan.provisions[assignment.provision].locator, copy.locate(assignment.duty.start)
    starts = [
        (copy.text.index(label["duty"]), index) for index, label in enumerate(labels) if label["locator"] == locator
    ]
    return max((item for item in starts if item[0] <= at), default=(0, None))[1]


def test_the_labels_are_the_words_of_the_plan(plan: LegalDocument, labels: list[dict[str, Any]]) -> None:
    texts = {provision.locator: copy.text for provision, copy in zip(plan.provisions, plan.copies, strict=True)}
    assert [label["duty"] for label in labels if texts[label["locator"]].count(label["duty"]) != 1] == []


def test_the_assignments_of_the_plan_are_those_read_by_hand(
    plan: LegalDocument, labels: list[dict[str, Any]], record_property: Any
) -> None:
    found: dict[int | None, dict[str, str]] = defaultdict(dict)
    for assignment in plan.assignments:
        if assignment.unit:
            found[label_of(plan, assignment, labels)].setdefault(assignment.unit, assignment.role)
    expected = {index: {unit["name"]: unit["role"] for unit in label["units"]} for index, label in enumerate(labels)}
    given = {(index, unit) for index, units in found.items() for unit in units}
    wanted = {(index, unit) for index, units in expected.items() for unit in units}
    both = given & wanted
    right = [found[index][unit] == expected[index or 0][unit] for index, unit in both]
    precision, recall, role = len(both) / len(given), len(both) / len(wanted), sum(right) / len(right)
    for name, value in (("precision", precision), ("recall", recall), ("role", role)):
        record_property(name, value)
    print(f"units of the plan: precision {precision:.3f}, recall {recall:.3f} of {len(wanted)}, role {role:.3f}")
    assert precision >= 0.90, given - wanted
    assert recall >= 0.90, wanted - given
    assert role >= 0.90


def test_a_duty_of_the_plan_without_a_unit_stays_without_one(plan: LegalDocument, labels: list[dict[str, Any]]) -> None:
    silent = {index for index, label in enumerate(labels) if not label["units"]}
    wrong = [
        (plan.provisions[assignment.provision].locator, assignment.unit)
        for assignment in plan.assignments
        if assignment.unit and label_of(plan, assignment, labels) in silent
    ]
    assert wrong == []
