"""What people ask about documents in everyday words, on one text and what it cites."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.types import Answer

TEXT = """UBND HUYỆN THƯỢNG
Số: 9/KH-UBND
Thượng, ngày 12 tháng 01 năm 2024

KẾ HOẠCH
Công tác chợ năm 2024

Căn cứ Kế hoạch số 7/KH-UBND ngày 02/01/2024 của UBND tỉnh về công tác chợ năm 2024; Kế hoạch số 3-KH/HU ngày \
05/01/2024 của Huyện ủy về công tác chợ.

I. NHIỆM VỤ
1. Phòng Kinh tế tiếp nhận đơn thư của người bán hàng, sửa cổng chợ theo Nghị quyết số 12-NQ/TU ngày 03/4/2021 của \
Tỉnh ủy về phát triển chợ nông thôn giai đoạn 2021 - 2025.
2. Phòng Nội vụ tổng kết Đề án số 5-ĐA/HU ngày 06/5/2020 của Huyện ủy về chợ văn minh.
3. Huyện ủy đã ban hành Quyết định số 21-QĐ/HU ngày 01/02/2022 của Huyện ủy về kiện toàn Ban Quản lý chợ; Quyết định \
số 22-QĐ/HU ngày 02/02/2023 của Huyện ủy về kiện toàn Ban Quản lý bến.
4. Đợt dọn chợ do Công an huyện chủ trì, phối hợp với Hội Nông dân; Trạm Y tế cử bác sĩ đi cùng; báo cáo kết quả trước \
ngày 15/6/2024.
5. Mô hình chợ sạch được công nhận khi đã làm từ 06 tháng trở lên.
6. Các xã đặc biệt khó khăn được ưu tiên gian hàng.
"""


UNITS = [
    ("Đợt dọn chợ đơn vị nào chủ trì, phối hợp với ai?", ["Công an huyện", "Hội Nông dân"]),
    ("Đợt dọn chợ phối hợp với ai?", ["Hội Nông dân"]),
    ("Đợt dọn chợ đơn vị nào chủ trì, còn ai đưa bác sĩ đi cùng?", ["Công an huyện", "Trạm Y tế"]),
    ("Đợt dọn chợ thì bộ phận nào chủ trì?", ["Công an huyện"]),  # no "phần nào" of a text
]


@pytest.fixture(scope="module")
def answered(answered_from: Callable[[str], Callable[[str], Answer]]) -> Callable[[str], Answer]:
    return answered_from(TEXT)


@pytest.mark.parametrize(
    ("question", "status", "told"),
    [
        ("Đơn vị tiếp nhận đơn thư của người bán hàng", "answered", ["Phòng Kinh tế"]),
        ("Kế hoạch này của huyện làm dựa theo kế hoạch nào ở trên tỉnh?", "answered", ["7/KH-UBND"]),
        ("Nghị quyết 12-NQ/TU áp dụng cho giai đoạn nào?", "answered", ["12-NQ/TU", "giai đoạn 2021 - 2025"]),
        ("Nghị quyết 12-NQ/TU là về việc chi rứa?", "answered", ["12-NQ/TU"]),
        ("Nghị quyết 12-NQ/TU về kiện toàn Ban Quản lý bến ra ngày nào?", "corrected", ["03/4/2021"]),
        ("Sao Chính phủ lại ra Nghị quyết 12-NQ/TU hồi năm 2019?", "corrected", ["Tỉnh ủy"]),
        ("Hai văn bản mới ra gần đây nhất mà kế hoạch có dẫn là những cái nào?", "answered", ["3-KH/HU", "7/KH-UBND"]),
        ("Tổng kết đề án chợ văn minh phải xong trước tháng mấy?", "not_found", []),
        ("Phòng Nội vụ chủ trì đợt dọn chợ đúng không, ai phối hợp?", "corrected", ["Công an huyện", "Hội Nông dân"]),
        ("Sao lại để Hội Nông dân chủ trì đợt dọn chợ?", "corrected", ["Công an huyện"]),  # which only helps
        ("Đợt dọn chợ báo cáo kết quả hạn chót ngày mấy?", "answered", ["15/6/2024"]),
        ("Mô hình chợ sạch mới làm 4 tháng có được công nhận không?", "answered", ["06 tháng"]),  # no claim
        ("Tổng kết Đề án số 5-ĐA/HU hạn chót tháng mấy?", "not_found", []),  # a cited document's date is no deadline
        ("Huyện ủy kiện toàn Ban Quản lý bến bằng quyết định nào?", "answered", ["22-QĐ/HU"]),
        ("kiện toàn Ban Quản lý bến", "answered", ["22-QĐ/HU"]),  # a piece of a title, pasted
        ("kiện toàn Ban Quản lý", "ambiguous", ["21-QĐ/HU", "22-QĐ/HU"]),
        ("về kiện toàn Ban Quản lý", "ambiguous", ["21-QĐ/HU", "22-QĐ/HU"]),
        ("Nghị quyết 21-NQ/TU ngày 03/4/2021 về phát triển chợ nông thôn", "corrected", ["12-NQ/TU"]),  # a slip
        ("Quyết định 22-QĐ/HU kiện toàn Ban Quản lý chợ ban hành ngày nào?", "corrected", ["21-QĐ/HU"]),
        ("Kế hoạch 7/KH-UBND và kế hoạch 3-KH/HU có phải là cùng một văn bản không?", "corrected", ["2 văn bản khác"]),
        ("Nghị quyết 12-NQ/TU giai đoạn 2016 - 2020 ban hành ngày nào?", "corrected", ["giai đoạn 2021 - 2025"]),
        ("Kế hoạch của Huyện ủy và UBND tỉnh về công tác chợ số mấy?", "answered", ["7/KH-UBND", "3-KH/HU"]),
        ("Vì Phòng Nội vụ chủ trì đợt dọn chợ nên tôi gửi báo cáo cho Phòng Nội vụ phải không?", "corrected", []),
        ("Theo Luật Đầu tư công thì ai sửa cổng chợ?", "not_found", []),
        ("Kế hoạch này ai ký, chức vụ gì ạ?", "not_found", []),  # no unit's task is told for it
        ("Nghị quyết 12 của Tỉnh ủy là của ai, ra ngày nào?", "answered", ["12-NQ/TU", "03/4/2021"]),
        ("Phòng Nội vụ phối hợp với cơ quan nào để theo dõi chợ?", "not_found", []),  # no "nói với ai"
        ("Xã nào là xã đặc biệt khó khăn?", "not_found", []),
        ("Xã nào cũng được ưu tiên gian hàng phải không?", "answered", ["ưu tiên gian hàng"]),
    ],
)
def test_everyday_questions(answered: Callable[[str], Answer], question: str, status: str, told: list[str]) -> None:
    answer = answered(question)
    assert answer.status == status, answer.text
    assert [words for words in told if words not in answer.text] == [], answer.text


@pytest.mark.parametrize(("question", "units"), UNITS)
def test_all_who_are_asked_for_are_named(answered: Callable[[str], Answer], question: str, units: list[str]) -> None:
    answer = answered(question)
    assert [one.name for one in answer.units] == units, answer.text
