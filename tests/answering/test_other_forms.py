"""Questions on texts that say who, when and how often in the forms that other offices use."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.types import Answer

TEXT = """UBND XÃ HỒNG
Số: 9/KH-UBND
Hồng, ngày 12 tháng 01 năm 2024

KẾ HOẠCH
Việc chợ và việc làng năm 2024

Căn cứ Luật Tiếp công dân số 42/2013/QH13 ngày 25/11/2013;
Căn cứ Nghị định số 64/2014/NĐ-CP ngày 26/6/2014 của Chính phủ quy định chi tiết một số điều của Luật Tiếp công dân;
Căn cứ Quyết định số 23-QĐ/TW ngày 30/7/2021 của Bộ Chính trị về rừng tre;
Tiếp theo Kế hoạch số 9/KH-UBND ngày 16/02/2023 của UBND xã Hồng về việc chợ năm 2023, UBND xã Hồng ban hành kế hoạch:

I. NHIỆM VỤ
Nhiệm vụ 1. Dán mã QR ở quầy
Đơn vị chủ trì: Trung tâm Phục vụ; Đơn vị phối hợp: Xã đoàn; Thời gian: xong trước ngày 15/3/2024.
Nhiệm vụ 2. Treo đèn
Phòng Kinh tế treo 40 bóng.
Nhiệm vụ 3. Dựng bảng tin
Xong trong tháng 5.

II. KẾT LUẬN
1. Nước sạch. Bà con làng Bưởi phản ánh bể nước hỏng: UBND xã sửa chữa xong trước ngày 30/6/2024.
2. Nhà nguyện. Chủ trương cho làng Mít xây nhà nguyện; giao Phòng Nội vụ hướng dẫn hồ sơ, Phòng Hạ tầng duyệt giấy phép.
3. Ban Giám sát chợ họp thường kỳ mỗi quý một lần (Báo cáo số 112-BC/BDV ngày 25/3/2024).
4. Phòng Dân tộc bố trí người phiên dịch cho các buổi đối thoại ở làng.
5. Mô hình đạt từ 80 điểm trở lên được công nhận.

III. PHÂN CÔNG
◆ CÔNG AN XÃ:
• Cấp mã định danh cho chủ thuyền.

IV. KIẾN NGHỊ
Kiến nghị thứ nhất - bể lọc nước ở làng Sậy.
Thay 40 m ống dẫn ở làng Sậy. Giao Ban Quản lý dự án xã làm chủ đầu tư.
Kiến nghị thứ hai - ruộng hoang[1].
Góp ý về lãnh đạo xã thì chuyển Ủy ban Kiểm tra Đảng ủy. Mỗi hộ được thuê lại ruộng hoang.
Trồng bần giữ bờ kênh đạt 15 km.

STT | Nội dung | Đơn vị chủ trì
1 | Trồng bần giữ bờ kênh | Hội Cựu chiến binh xã
2 | Giảng giải pháp luật đất đai | Phòng Tư pháp

[1] Gồm 21 thửa ở làng Sậy, 5 thửa ở làng Mít.
"""


@pytest.fixture(scope="module")
def answered(answered_from: Callable[[str], Callable[[str], Answer]]) -> Callable[[str], Answer]:
    return answered_from(TEXT)


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("Đơn vị nào phối hợp dán mã QR ở quầy?", ["Xã đoàn"]),
        ("Đơn vị nào chủ trì dán mã QR ở quầy?", ["Trung tâm Phục vụ"]),
        ("Phòng nào duyệt giấy phép cho làng Mít xây nhà nguyện?", ["Phòng Hạ tầng"]),
        ("Ai lo người phiên dịch cho mấy buổi đối thoại ở làng?", ["Phòng Dân tộc"]),
        ("Cơ quan nào cấp mã định danh cho chủ thuyền?", ["Công an xã"]),
        ("Thay ống dẫn ở làng Sậy thì ai làm chủ đầu tư?", ["Ban Quản lý dự án xã"]),
        ("Góp ý về lãnh đạo xã thì chuyển đi đâu?", ["Ủy ban Kiểm tra Đảng ủy"]),
        ("Trồng bần giữ bờ kênh là việc của đoàn thể nào?", ["Hội Cựu chiến binh xã"]),
        ("Ai giảng giải luật đất đai cho dân?", ["Phòng Tư pháp"]),
    ],
)
def test_who_does_it_is_told_in_each_form(answered: Callable[[str], Answer], question: str, units: list[str]) -> None:
    assert [unit.name for unit in answered(question).units] == units


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Bể nước hỏng ở làng Bưởi sửa xong khi nào?", "trước ngày 30/6/2024"),
        ("Dán mã QR ở quầy xong khi nào?", "trước ngày 15/3/2024"),
        ("Ban giám sát chợ bao lâu họp một lần?", "mỗi quý một lần"),
        ("Kế hoạch có mấy nhiệm vụ?", "nêu 3 nhiệm vụ"),
        ("Kết luận chia làm mấy nhóm kiến nghị?", "nêu 2 kiến nghị"),
        ("Ruộng hoang ở những làng nào, mỗi làng mấy thửa?", "21 thửa ở làng Sậy"),
        ("64/2014/NĐ-CP hướng dẫn luật nào?", "Luật Tiếp công dân (số 42/2013/QH13)"),
        ("Kế hoạch 9/KH-UBND năm 2023, không phải bản 2024, ban hành ngày nào?", "16/02/2023"),
        ("Tra giúp báo cáo số 112-BC/BDV: báo cáo gì, ngày nào?", "25/3/2024"),
        ("Luật Tiếp công dân số bao nhiêu, thông qua ngày nào?", "42/2013/QH13"),
    ],
)
def test_what_is_asked_is_said(answered: Callable[[str], Answer], question: str, said: str) -> None:
    answer = answered(question)
    assert answer.status == "answered"
    assert said in answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Quyết định 23-QĐ/TW do Ban Bí thư ban hành phải không?", "Bộ Chính trị"),
        ("Vì sao Quyết định 23-QĐ/TW lại do Ban Bí thư ban hành?", "Bộ Chính trị"),
        ("Mô hình chỉ cần 70 điểm là được công nhận, đúng không?", "80 điểm"),
    ],
)
def test_what_is_wrongly_taken_for_granted_is_corrected(
    answered: Callable[[str], Answer], question: str, said: str
) -> None:
    answer = answered(question)
    assert answer.status == "corrected"
    assert said in answer.text


def test_a_year_behind_a_word_like_so_is_no_number(answered: Callable[[str], Answer]) -> None:
    assert answered("Việc chợ ở cơ sở 2024 xong hôm nào?").reason != "unknown_document"


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Việc chợ năm 2031 của xã là gì?", "no_evidence"),  # no text speaks of that year
        ("Mỗi hộ được thuê lại mấy héc ta ruộng hoang?", "no_evidence"),  # no area stands there
        ("Cho xin số điện thoại của Ban Giám sát chợ", "no_evidence"),  # nor a telephone number
        ("Quyết định 23-QĐ/TW về rừng tre phân công cơ quan nào chủ trì?", "text_not_held"),
    ],
)
def test_what_does_not_stand_there_is_refused(answered: Callable[[str], Answer], question: str, reason: str) -> None:
    answer = answered(question)
    assert (answer.status, answer.reason) == ("not_found", reason)


def test_the_whole_number_and_the_day_tell_a_document_from_one_of_the_year_before(
    answered: Callable[[str], Answer],
) -> None:
    answer = answered("Kế hoạch 9/KH-UBND ngày 16/02/2023 của Chính phủ về việc gì?")
    assert [document.date for document in answer.documents] == ["2023-02-16"]


def test_a_year_from_which_something_is_so_has_to_stand_nowhere(answered: Callable[[str], Answer]) -> None:
    assert answered("Bể nước làng Bưởi hỏng từ năm 2019 thì ai sửa?").status == "answered"


def test_a_span_of_months_is_no_number_of_a_document(answered: Callable[[str], Answer]) -> None:
    assert answered("Báo cáo 6 tháng của làng Mít nộp trước ngày nào?").reason != "unknown_document"


@pytest.mark.parametrize(
    ("question", "units"),
    [
        (
            "Kế hoạch này giao những đơn vị nào chủ trì?",
            ["Trung tâm Phục vụ", "Hội Cựu chiến binh xã", "Phòng Tư pháp"],
        ),
        ("Những đơn vị nào được giao phối hợp trong kế hoạch này?", ["Xã đoàn"]),
        (
            "Kể hết các đơn vị được giao chủ trì trong kế hoạch",
            ["Trung tâm Phục vụ", "Hội Cựu chiến binh xã", "Phòng Tư pháp"],
        ),
        ("Những phòng nào được giao lo người phiên dịch ở làng?", ["Phòng Dân tộc"]),  # a matter, not the whole text
    ],
)
def test_all_whom_a_text_charges_are_told(answered: Callable[[str], Answer], question: str, units: list[str]) -> None:
    assert [unit.name for unit in answered(question).units] == units


@pytest.mark.parametrize(
    ("question", "named"), [("Ban Giám sát chợ do ai họp thường kỳ?", False), ("Ai họp thường kỳ việc chợ?", True)]
)
def test_nobody_is_named_for_what_others_do_to_them(
    answered: Callable[[str], Answer], question: str, *, named: bool
) -> None:
    assert ("Ban Giám sát chợ" in [one.name for one in answered(question).units]) is named
