"""Sentences and clauses: cut at semicolons and full stops, never inside a number or a quotation."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.law.clauses import clauses


def cut(text: str) -> list[str]:
    return [text[clause.start : clause.end] for clause in clauses(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Một câu.", ["Một câu."]),
        ("Câu một. Câu hai.", ["Câu một.", "Câu hai."]),
        ("Việc một; việc hai; Việc ba.", ["Việc một;", "việc hai;", "Việc ba."]),
        ("1. Giao Phòng A; báo cáo.", ["Giao Phòng A;", "báo cáo."]),  # the number is no word of the duty
        ("- Thường trực Huyện ủy;", ["Thường trực Huyện ủy;"]),
        ("a) Công khai; b) Bàn bạc", ["Công khai;", "b) Bàn bạc"]),
        ("Điều 5. Phạm vi", ["Phạm vi"]),
        ("¹ Kết luận một; Luật hai.", ["Kết luận một;", "Luật hai."]),
        ("Theo điểm 1.2 của kế hoạch.", ["Theo điểm 1.2 của kế hoạch."]),  # a full stop in a number
        ("Số 1.500 người. Hết.", ["Số 1.500 người.", "Hết."]),
        ("TP. Lạng Sơn tổ chức. Huyện tham gia.", ["TP. Lạng Sơn tổ chức.", "Huyện tham gia."]),
        ("Ông Nguyễn V. Anh ký.", ["Ông Nguyễn V. Anh ký."]),
        ("Phong trào (xanh; sạch; đẹp) được duy trì.", ["Phong trào (xanh; sạch; đẹp) được duy trì."]),
        ('Sống "tốt đời; đẹp đạo" và vui.', ['Sống "tốt đời; đẹp đạo" và vui.']),
        ("như sau: Tuyên truyền; vận động", ["như sau:", "Tuyên truyền;", "vận động"]),
        ("tỷ lệ 1: 2", ["tỷ lệ 1: 2"]),  # no enumeration begins in lower case
        ("Luật dân chủ... tạo bước chuyển", ["Luật dân chủ... tạo bước chuyển"]),
        ("theo quy định./.", ["theo quy định./."]),
        ("Bước 1. Lập danh sách. Bước 12. Niêm yết.", ["Bước 1. Lập danh sách.", "Bước 12. Niêm yết."]),
        ("Họp ngày 12. Hết.", ["Họp ngày 12.", "Hết."]),  # a number that is no step
        ("Hỏi gì? Đáp nấy! Xong.", ["Hỏi gì?", "Đáp nấy!", "Xong."]),
        ("", []),
        (" ", []),
    ],
)
def test_clauses_are_cut_where_a_clerk_would(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_clauses_of_one_sentence_share_its_number() -> None:
    text = "Phòng A theo dõi; báo cáo. Các xã tham gia; hưởng ứng."
    assert [clause.sentence for clause in clauses(text)] == [0, 0, 1, 1]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(alphabet='aBĐủ01 .;:()"/-?!…\n', max_size=80) | st.text(max_size=60))
def test_clauses_are_ordered_and_leave_out_only_labels_and_spaces(text: str) -> None:
    found = clauses(text)
    edges = [edge for clause in found for edge in (clause.start, clause.end)]
    assert edges == sorted(edges)
    assert all(0 <= clause.start < clause.end <= len(text) for clause in found)
    assert all(piece == piece.strip() for piece in cut(text))
    if found:
        between = [text[one.end : two.start] for one, two in pairwise(found)]
        assert [gap for gap in [*between, text[found[-1].end :]] if gap.strip()] == []
