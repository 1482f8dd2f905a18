"""What is counted that stands under a heading or step by step, and what is read word for word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.types import Answer

PLAN = """UBND XÃ A
Số: 9/KH-UBND

KẾ HOẠCH
Giám sát chợ năm 2024

I. CĂN CỨ
1. Chỉ thị số 16/CT-TTg ngày 11/02/2024 của Thủ tướng Chính phủ về chợ.
2. Quyết định số 31-QĐ/TW, ngày 11/01/2024 của Bộ Chính trị về tre.

II. Nội dung giám sát
1. Việc thu phí chợ.
2. Việc sửa bến cũ.
3. Việc treo đèn.

III. CÁC BƯỚC THUÊ QUẦY
Bước 1. Hộ bán gửi đơn.
Bước 2. Trưởng thôn ghi tên.
Bước 3. Phòng Kinh tế kẻ ô.

IV. KHẨU HIỆU
1. Cán bộ giữ đúng "3 xin, 3 luôn" ở quầy.
2. Cán bộ xin phép trước khi vào quầy.
"""
LAW = """QUỐC HỘI
Luật số: 85/2015/QH13

LUẬT
CHỢ

Điều 1. Nội dung giám sát
1. Ban Thanh tra xem việc thu phí chợ.
2. Ban Thanh tra xem việc sửa bến.
"""

Answered = Callable[[str], Answer]


@pytest.fixture(scope="module")
def answered(answered_from: Callable[[str], Answered]) -> Answered:
    return answered_from(PLAN)


@pytest.mark.parametrize(
    "question",
    ["Giám sát chợ có bao nhiêu nội dung?", "Giám sát chợ gồm mấy nội dung?", "Có bao nhiêu nội dung giám sát chợ?"],
)
def test_what_stands_under_a_heading_of_its_name_is_counted(answered: Answered, question: str) -> None:
    answer = answered(question)
    assert answer.text.startswith("Mục II nêu 3 nội dung")
    assert [one.locator for one in answer.citations] == ["Mục II", "Mục II.1", "Mục II.2", "Mục II.3"]


def test_the_clauses_of_an_article_are_no_items_of_its_heading(answered_from: Callable[[str], Answered]) -> None:
    assert " nêu 2 nội dung" not in answered_from(LAW)("Việc thu phí chợ có mấy nội dung?").text


@pytest.mark.parametrize("question", ["Thuê quầy có mấy bước?", "Thuê quầy gồm bao nhiêu bước?"])
def test_the_steps_of_a_procedure_are_counted(answered: Answered, question: str) -> None:
    answer = answered(question)
    assert "nêu 3 bước" in answer.text
    assert [one.locator for one in answer.citations] == [f"Bước {at} Mục III" for at in (1, 2, 3)]


@pytest.mark.parametrize(
    "question", ['"3 xin, 3 luôn" là những gì?', '"3 xin, 3 luôn" là gì?', "3 xin, 3 luôn gồm những gì?"]
)
def test_a_phrase_of_plain_words_is_read_word_for_word(answered: Answered, question: str) -> None:
    answer = answered(question)
    assert (answer.status, [one.locator for one in answer.citations]) == ("answered", ["Mục IV.1"])


def test_a_phrase_that_stands_nowhere_brings_no_list_of_all_documents(answered: Answered) -> None:
    answer = answered('"4 xin, 4 luôn" là những gì?')
    assert (answer.status, answer.documents) == ("not_found", ())


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("Liệt kê tất cả", ["16/CT-TTg", "31-QĐ/TW"]),
        ("Có những văn bản nào?", ["16/CT-TTg", "31-QĐ/TW"]),
        ("Liệt kê các chỉ thị", ["16/CT-TTg"]),
    ],
)
def test_a_question_for_a_list_that_says_nothing_else_brings_all(
    answered: Answered, question: str, numbers: list[str]
) -> None:
    assert [one.number for one in answered(question).documents] == numbers


LISTS = """HUYỆN ỦY A
Số: 7-QĐ/HU

QUYẾT ĐỊNH
Về quản lý bến đò năm 2024

I. CHỈ TIÊU NĂM 2024
1. Mỗi xã có một bến sạch.
2. Mọi đò có áo phao.

II. LĨNH VỰC
1. Thi đua theo các lĩnh vực: (1) an toàn; (2) vệ sinh; (3) trật tự.

III. BAN QUẢN LÝ
Ban quản lý các bến đò huyện (gọi tắt là Ban) gồm các đồng chí có tên sau:
- Đồng chí Nguyễn Văn Bến - Trưởng ban;
- Đồng chí Trần Thị Đò - Phó Trưởng ban.
Tổ giúp việc gồm 03 thành viên là công chức của Phòng Kinh tế, Phòng Y tế và Công an huyện.

PHỤ LỤC
PHÂN CÔNG NHIỆM VỤ

TT\tNội dung công việc\tCơ quan chủ trì
1\tSơn lại bến\tPhòng Kinh tế
2\tPhát áo phao\tPhòng Y tế
3\tKẻ biển báo\tCông an huyện
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Quyết định về bến đò của huyện ủy đề ra bao nhiêu chỉ tiêu?", "nêu 2 chỉ tiêu"),
        ("Thi đua bến đò chia làm mấy lĩnh vực?", "nêu 3 lĩnh vực"),
        ("Ban quản lý bến đò của huyện có tất cả mấy người?", "nêu 2 người"),
        ("Phụ lục quyết định bến đò có bao nhiêu đầu việc?", "nêu 3 đầu việc"),
    ],
)
def test_a_heading_a_sentence_members_and_rows_are_counted(
    answered_from: Callable[[str], Answered], question: str, told: str
) -> None:
    answer = answered_from(LISTS)(question)
    assert told in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Tổ giúp việc lấy người của những cơ quan nào?",
        "nhung ai duoc lam thanh vien to giup viec cua ban quan ly ben do",
    ],
)
def test_the_units_whose_people_a_body_consists_of_are_named(
    answered_from: Callable[[str], Answered], question: str
) -> None:
    answer = answered_from(LISTS)(question)
    assert [one.name for one in answer.units] == ["Phòng Kinh tế", "Phòng Y tế", "Công an huyện"]
