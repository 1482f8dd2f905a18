"""Which numbered lines head what follows, and how far a title goes."""

from __future__ import annotations

import pytest

from rag.law.blocks import blocks
from rag.law.headings import heading_of, is_article_title, title_end

SENTENCE = "Các cơ quan, đơn vị phối hợp tổ chức hội nghị, báo cáo kết quả về Ủy ban trước ngày cuối tháng."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Mục đích\nCâu.", "title"),
        ("1. Mục đích.\nCâu.", "title"),  # a full stop after few words
        ("1. Thành phần gồm:\n- Một.", "title"),
        ("1. Hội nghị lần thứ nhất.\n1.1. Nội dung", "title"),  # numbered below it
        ("a) Thời gian:\n- Một.", "title"),
        (f"1. {SENTENCE}\n- Một.", "sentence"),
        (f"1. {SENTENCE[:-1]} và các việc khác sau đây của từng cơ quan, đơn vị:\nMột", "sentence"),
        # a sentence with a second paragraph
        (f"1. {SENTENCE}\nCâu.", None),
        ("1. Có mặt: năm người.\nCâu.", None),
        # nothing stands under it
        ("1. Mục đích\n2. Yêu cầu", None),
        ("1. Mục đích\nII. NỘI DUNG", None),
        ("1. Mục đích", None),
        ("a) Một;\nb) Hai.", None),
        # a form with blanks
        ("1. Tổng số: …… người\nCâu.", None),
        ("1. Danh sách (1)……:\nCâu.", "title"),
    ],
)
def test_a_line_is_a_heading_by_what_stands_under_it(text: str, expected: str | None) -> None:
    first, *rest = blocks(text)
    assert heading_of(first, rest[0] if rest else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Điều 1. Phạm vi điều chỉnh\nCâu.", True),
        ("Điều 1. Phạm vi điều chỉnh.\nCâu.", True),
        ("Điều 1. Phê duyệt Đề án với các nội dung sau đây:\n1. Một.", True),
        ("Điều 2. Quyết định này có hiệu lực kể từ ngày ký.\nĐiều 3. A", False),
        ("Điều 2. Quyết định này có hiệu lực kể từ ngày ký.", False),
        (f"Điều 2. {SENTENCE}\nCâu.", False),
        ("Điều 2\nCâu.", False),
    ],
)
def test_the_line_of_an_article_is_its_title_or_its_text(text: str, expected: bool) -> None:
    first, *rest = blocks(text)
    assert is_article_title(first, rest[0] if rest else None) is expected


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. A", 2),
        ("Chương I\nTỔ CHỨC VÀ\nHOẠT ĐỘNG\nĐiều 1. A", 3),
        ("Chương I\nQuy định chung\nĐiều 1. A", 2),  # in small letters, between two headings
        ("II. NỘI DUNG VÀ\nGIẢI PHÁP THỰC HIỆN\nCâu.", 2),
        ("Chương I\nMột câu.\nĐiều 1. A", 1),
        ("Chương I\nQuy định chung\nCâu.", 1),
        ("Chương I. Quy định chung\nQUY ĐỊNH\nĐiều 1. A", 1),
        ("Chương I\nTM. ỦY BAN NHÂN DÂN", 1),  # a signature
        ("Chương I", 1),
    ],
)
def test_a_title_goes_on_in_capitals_below_its_number(text: str, lines: int) -> None:
    found = blocks(text)
    assert title_end(found, 0, len(found)) == lines
