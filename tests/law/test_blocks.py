"""Paragraphs of a text: what each looks like, and those that a page break or a footnote tore."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.language.normalize import matching_copy
from rag.law.blocks import blocks, is_type_line, line_type

LONG = "Các cơ quan, đơn vị thực hiện nghiêm Chỉ thị của Thủ tướng Chính phủ về tiếp"


@pytest.mark.parametrize(
    ("line", "kind", "label", "rest"),
    [
        ("I. MỤC ĐÍCH, YÊU CẦU", "roman", "I", "MỤC ĐÍCH, YÊU CẦU"),
        ("IV/ KINH PHÍ", "roman", "IV", "KINH PHÍ"),
        ("V/v tổ chức hội nghị", "text", "", "V/v tổ chức hội nghị"),  # "về việc", and no section
        ("1. Mục đích", "number", "1", "Mục đích"),
        ("1) Mục đích", "number", "1", "Mục đích"),
        ("2.1. Nội dung", "number", "2.1", "Nội dung"),
        ("3 Tổ chức thực hiện", "number", "3", "Tổ chức thực hiện"),  # the full stop left out
        ("1.\u00a0Cơ sở là xã", "number", "1", "Cơ sở là xã"),  # a no-break space, as Word saves it
        ("a) Công khai", "letter", "a", "Công khai"),
        ("đ) Bàn bạc", "letter", "đ", "Bàn bạc"),
        ("(1) Công khai", "letter", "1", "Công khai"),
        ("(12) Công khai", "letter", "12", "Công khai"),
        ("- Lưu: VT.", "dash", "-", "Lưu: VT."),
        ("+ Ý nhỏ", "dash", "+", "Ý nhỏ"),
        ("• Ý nhỏ", "dash", "•", "Ý nhỏ"),
        ("Điều 5. Phạm vi", "article", "5", "Phạm vi"),
        ("Điều 5a: Phạm vi", "article", "5a", "Phạm vi"),
        ("Chương II", "division", "Chương II", ""),
        ("CHƯƠNG II. QUY ĐỊNH", "division", "CHƯƠNG II", "QUY ĐỊNH"),
        ("Tiểu mục 2", "division", "Tiểu mục 2", ""),
        ("Phần thứ nhất", "division", "Phần thứ nhất", ""),
        ("Nơi nhận:", "recipients", "Nơi nhận", ""),
        ("PHỤ LỤC I", "annex", "PHỤ LỤC I", ""),
        ("Phụ lục II: Danh mục", "annex", "Phụ lục II", "Danh mục"),
        ("PHỤ LỤC SỐ 01", "annex", "PHỤ LỤC SỐ 01", ""),
        ("Mẫu số 01/HNCT", "form", "Mẫu số 01/HNCT", ""),
        ("I- TÌNH HÌNH", "roman", "I", "TÌNH HÌNH"),  # as offices of the Party number
        ("1- Quan điểm", "number", "1", "Quan điểm"),
        ("1 – Quan điểm", "number", "1", "Quan điểm"),
        ("II.1. Nội dung", "number", "1", "Nội dung"),  # the Roman number said again
        ("B. NỘI DUNG", "capital", "B", "NỘI DUNG"),
        ("3. 02 năm một lần", "number", "3", "02 năm một lần"),
        ("Điều 5", "article", "5", ""),  # its title on the next line
        ("ĐIỀU 5. PHẠM VI", "article", "5", "PHẠM VI"),
        ("Mục 2. Tổ chức", "division", "Mục 2", "Tổ chức"),
        ("¹ Kết luận số 120-KL/TW", "footnote", "¹", "Kết luận số 120-KL/TW"),
        ("[12] Sửa đổi bởi", "footnote", "[12]", "Sửa đổi bởi"),
        # what is none of them
        ("12/11/2021 tại Cao Lộc", "text", "", "12/11/2021 tại Cao Lộc"),
        ("2024 là năm thứ tư", "text", "", "2024 là năm thứ tư"),
        ("Điều 5 của Luật này", "text", "", "Điều 5 của Luật này"),
        ("Chương trình công tác gồm: mục đích", "text", "", "Chương trình công tác gồm: mục đích"),
        ("KẾ HOẠCH", "text", "", "KẾ HOẠCH"),
        ("Điều 35.4.CT.1.2.", "text", "", "Điều 35.4.CT.1.2."),  # a number of the codification
        ("15 đại biểu dự họp", "text", "", "15 đại biểu dự họp"),  # đ and ấ are small letters
        ("5 ấp của xã", "text", "", "5 ấp của xã"),
        ("V.I. Lê-nin dạy rằng", "text", "", "V.I. Lê-nin dạy rằng"),
        ("B. Nguyễn Văn A", "text", "", "B. Nguyễn Văn A"),
        ("Phụ lục I kèm theo Nghị định", "text", "", "Phụ lục I kèm theo Nghị định"),
        ("Mục 2 Chương III Luật này", "text", "", "Mục 2 Chương III Luật này"),
        ("Chương II của Luật này", "text", "", "Chương II của Luật này"),
        ("12. 11. 2021 tại Cao Lộc", "text", "", "12. 11. 2021 tại Cao Lộc"),
        ("(123) Công khai", "text", "", "(123) Công khai"),
        ("(1)Công khai", "text", "", "(1)Công khai"),
        ("PHỤ LỤC III.docx", "file", "", "PHỤ LỤC III.docx"),
        ("ph\u00adương án", "text", "", "phương án"),
    ],
)
def test_a_line_is_known_by_its_shape(line: str, kind: str, label: str, rest: str) -> None:
    [found] = blocks(line)
    assert (found.kind, found.label, found.rest) == (kind, label, rest)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\n\n", "\f", "\u2028"])
def test_every_line_end_parts_paragraphs(newline: str) -> None:
    assert [block.rest for block in blocks(f"Kế hoạch.{newline}Nội dung.{newline}")] == [
        "Kế hoạch.",
        "Nội dung.",
    ]


@pytest.mark.parametrize(
    ("text", "rests"),
    [
        # a page break in mid-sentence, in a number, after "số"
        (f"{LONG}\n\ntục đổi mới.", [f"{LONG} tục đổi mới."]),
        (
            "tiếp tục thực hiện Kế hoạch số 115\n\nKH/HU, ngày 31/8/2022.",
            ["tiếp tục thực hiện Kế hoạch số 115 KH/HU, ngày 31/8/2022."],
        ),
        ("tiếp tục thực hiện Kế hoạch số\n\n115-KH/HU.", ["tiếp tục thực hiện Kế hoạch số 115-KH/HU."]),
        ("thực hiện Kế hoạch số\n\n15 KH/HU ngày 31/8/2022.", ["thực hiện Kế hoạch số 15 KH/HU ngày 31/8/2022."]),
        ("thực hiện Kế hoạch số 115\n\n-KH/HU.", ["thực hiện Kế hoạch số 115 -KH/HU."]),
        ("tăng thêm một số\n\n2024 là năm thứ tư.", ["tăng thêm một số", "2024 là năm thứ tư."]),
        # two pages on
        (f"{LONG}\n\ntục đổi mới công tác\n\ndân vận.", [f"{LONG} tục đổi mới công tác dân vận."]),
        # what is whole stays so
        (f"{LONG}.\n\ntục đổi mới.", [f"{LONG}.", "tục đổi mới."]),
        (f"{LONG}\n\nTục đổi mới.", [LONG, "Tục đổi mới."]),
        (f"{LONG}\n\n- tục đổi mới.", [LONG, "tục đổi mới."]),
        (f"{LONG}:\n\nmột việc.", [f"{LONG}:", "một việc."]),
        ("KẾ HOẠCH\n\nthực hiện công tác dân vận", ["KẾ HOẠCH", "thực hiện công tác dân vận"]),
        ("Nơi nhận:\n\nnhư trên", ["", "như trên"]),
        ("tục đổi mới", ["tục đổi mới"]),  # nothing before it
    ],
)
def test_a_torn_paragraph_is_whole_again(text: str, rests: list[str]) -> None:
    assert [block.rest for block in blocks(text)] == rests


def test_a_paragraph_torn_by_a_footnote_is_whole_around_it() -> None:
    text = f"{LONG} tục\n\n¹ Kết luận số 120-KL/TW.\n\nvề công tác dân vận.\n\nViệc khác."
    body, note, other = blocks(text)
    assert body.rest == f"{LONG} tục về công tác dân vận."
    assert [text[part.start : part.end] for part in body.segments] == [f"{LONG} tục", "về công tác dân vận."]
    assert (note.kind, note.rest) == ("footnote", "Kết luận số 120-KL/TW.")
    assert other.rest == "Việc khác."


def test_a_torn_footnote_is_whole_again() -> None:
    text = "Câu gọi chú thích¹.\n\n¹ Kết luận của Bộ Chính trị về tiếp tục\n\nđẩy mạnh công tác."
    body, note = blocks(text)
    assert body.rest == "Câu gọi chú thích."
    assert (note.rest, len(note.segments)) == ("Kết luận của Bộ Chính trị về tiếp tục đẩy mạnh công tác.", 2)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("KẾ HOẠCH", True),
        ("NGHỊ QUYẾT", True),
        ("Kế hoạch", False),
        ("KẾ HOẠCH NĂM", False),
        ("CHƯƠNG TRÌNH HÀNH ĐỘNG", True),
        ("CHỦ TỊCH", False),
    ],
)
def test_a_line_may_say_the_type_alone(line: str, expected: bool) -> None:
    assert is_type_line(blocks(line)[0]) is expected


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (" KẾ HOẠCH ", "Kế hoạch"),
        ("CHƯƠNG TRÌNH HÀNH ĐỘNG", "Chương trình"),
        ("QUY CHẾ  LÀM VIỆC", "Quy chế"),
        ("KẾ HOẠCH LIÊN NGÀNH", "Kế hoạch"),
        # what the table has as a type of its own
        ("CHƯƠNG TRÌNH PHỐI HỢP", "Chương trình phối hợp"),
        ("HƯỚNG DẪN LIÊN TỊCH", "Hướng dẫn liên tịch"),
        ("Chương trình hành động", None),
        ("CHƯƠNG TRÌNH HÀNH ĐỘNG NĂM 2030", None),
        ("KẾ HOẠCH PHÁT TRIỂN", None),
        ("", None),
    ],
)
def test_a_line_in_capitals_says_a_type_and_of_what_kind(line: str, kind: str | None) -> None:
    assert line_type(line) == kind


FULL = "Trong quý này xã bàn giao sổ sách cho bên"


def wrapped(paragraphs: int, after: str) -> list[str]:
    """The last paragraphs of a text of which each paragraph before is broken into three lines of a page's width."""
    line = "Mỗi công việc của thôn được bàn kỹ rồi mới làm và làm đến đâu ghi sổ đến đó để ai cần xem đều xem được."
    filler = "\n\n".join(["\n".join(textwrap.wrap(line, 40))] * paragraphs)
    found = blocks(f"{filler}\n\n{after}")
    assert found[paragraphs - 1].rest == line
    return [block.rest for block in found[paragraphs:]]


@pytest.mark.parametrize(
    ("after", "rests"),
    [
        (f"{FULL}\nPhòng Nội vụ để lưu.", [f"{FULL} Phòng Nội vụ để lưu."]),
        (f"Điều 2. {FULL}\nPhòng Nội vụ để lưu.", [f"{FULL} Phòng Nội vụ để lưu."]),
        (f"    {FULL}\nPhòng Nội vụ để lưu.", [f"{FULL} Phòng Nội vụ để lưu."]),
        # a line that is not full, one that ends, an empty line, a bullet, one further in
        ("Giao sổ sách cho\nPhòng Nội vụ để lưu.", ["Giao sổ sách cho", "Phòng Nội vụ để lưu."]),
        (f"{FULL}.\nPhòng Nội vụ để lưu.", [f"{FULL}.", "Phòng Nội vụ để lưu."]),
        (f"{FULL}\n\nPhòng Nội vụ để lưu.", [FULL, "Phòng Nội vụ để lưu."]),
        (f"{FULL}\n- Phòng Nội vụ để lưu.", [FULL, "Phòng Nội vụ để lưu."]),
        (f"{FULL}\n    Phòng Nội vụ để lưu.", [FULL, "Phòng Nội vụ để lưu."]),
        # a row of a table
        (f"{FULL}\tA\nPhòng Nội vụ\tB", [f"{FULL} A", "Phòng Nội vụ B"]),
    ],
)
def test_a_line_that_the_width_of_a_page_broke_is_whole_again(after: str, rests: list[str]) -> None:
    assert wrapped(4, after) == rests


def test_a_text_with_few_wrapped_lines_is_left_alone() -> None:
    apart = [FULL, "Phòng Nội vụ để lưu."]
    assert wrapped(3, "\n".join(apart)) == apart  # too few in all
    short = ["Họp thôn", "Bàn việc"] * 15
    assert wrapped(4, "\n".join([*short, *apart])) == [*short, *apart]  # too few of all


def test_an_empty_text_has_no_blocks() -> None:
    assert blocks("") == blocks(" \n\u00a0\n\ufeff") == []


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(alphabet="IV1.)a-¹[]số ĐiềuChươngNƠi nhận:\n\u00a0\u0301", max_size=80) | st.text(max_size=60))
def test_segments_are_ordered_apart_and_trimmed(text: str) -> None:
    for block in blocks(text):
        edges = [edge for part in block.segments for edge in (part.start, part.end)]
        assert edges == sorted(set(edges))
        assert 0 <= edges[0] < edges[-1] <= len(text)
        assert all(text[part.start : part.end].strip() for part in block.segments)
        assert matching_copy(text, block.segments).text.endswith(block.rest)
