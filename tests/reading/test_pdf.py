"""PDF with text: paragraphs, pages, running heads, columns; what cannot be opened."""

from __future__ import annotations

from collections.abc import Callable

import fontpkg
import pytest
from fpdf import FPDF

from rag.errors import ReadingError
from rag.reading import pdf as pdf_module
from rag.reading.pdf import read_pdf
from rag.types import StoredText
from tests.reading import bad_files

SENTENCE = (
    "Ủy ban nhân dân huyện giao Phòng Nội vụ chủ trì, phối hợp với các cơ quan liên quan tham mưu thực hiện quy chế "
    "dân chủ ở cơ sở, đôn đốc các xã, thị trấn báo cáo kết quả trước ngày {} tháng 11 hằng năm. "
)


class Document(FPDF):
    """A page with a running head and its number at the foot."""

    def header(self) -> None:
        self.set_y(8)
        self.cell(0, 6, "Công báo huyện", align="C")
        self.set_y(20)

    def footer(self) -> None:
        self.set_y(-12)
        self.cell(0, 6, str(self.page_no()), align="C")


def made(fill: Callable[[FPDF], None], kind: type[FPDF] = FPDF, password: str = "") -> bytes:
    pdf = kind()
    pdf.add_font("v", fname=fontpkg.path("Be Vietnam Pro", weight=400))
    pdf.set_font("v", size=12)
    pdf.add_page()
    fill(pdf)
    if password:
        pdf.set_encryption(owner_password=password, user_password=password)
    return bytes(pdf.output())


def read(content: bytes) -> StoredText:
    return read_pdf(content, "a.pdf", lambda page: None)


def test_lines_are_paragraphs_again() -> None:
    def fill(pdf: FPDF) -> None:
        for number in (1, 2):
            pdf.multi_cell(0, 7, f"{number}. {SENTENCE.format(number)}", new_x="LMARGIN", new_y="NEXT")

    assert read(made(fill)).text.split("\n\n") == [f"{number}. {SENTENCE.format(number).strip()}" for number in (1, 2)]


def test_running_heads_are_out_and_torn_paragraphs_whole() -> None:
    long = "".join(SENTENCE.format(number) for number in range(1, 31)).strip()

    def fill(pdf: FPDF) -> None:
        pdf.multi_cell(0, 7, long, new_x="LMARGIN", new_y="NEXT")
        pdf.multi_cell(0, 7, long, new_x="LMARGIN", new_y="NEXT")

    stored = read(made(fill, Document))
    assert stored.text.split("\n\n") == [long, long]
    assert [page.number for page in stored.pages] == list(range(1, len(stored.pages) + 1))
    assert len(stored.pages) > 3
    assert all(0 < page.start < len(stored.text) for page in stored.pages[1:])


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"Trái dòng thứ {number} của cột này" for number in range(1, 21)]
    right = [f"Phải dòng thứ {number} của cột kia" for number in range(1, 21)]

    def fill(pdf: FPDF) -> None:
        for x, lines in ((15, left), (115, right)):
            for index, line in enumerate(lines):
                pdf.set_xy(x, 30 + 7 * index)
                pdf.cell(80, 7, line)

    words = " ".join(read(made(fill)).text.split())
    assert words == " ".join((*left, *right))


def test_a_number_before_a_tab_stands_with_its_words() -> None:
    def fill(pdf: FPDF) -> None:
        for number in range(1, 6):
            pdf.cell(15, 7, f"{number}.")
            pdf.multi_cell(0, 7, SENTENCE.format(number), new_x="LMARGIN", new_y="NEXT")

    found = read(made(fill)).text.split("\n\n")
    assert found == [f"{number}. {SENTENCE.format(number).strip()}" for number in range(1, 6)]


def test_words_across_a_page_are_not_mixed_into_its_lines() -> None:
    def fill(pdf: FPDF) -> None:
        pdf.text(20, 100, "Quy chế dân chủ")
        with pdf.rotation(45, 18, 100):
            pdf.text(18, 100, "Dự thảo")

    assert "uy chế dân chủ" in read(made(fill)).text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (made(lambda pdf: pdf.write(7, "Một"), password="x"), "mật khẩu"),
        (b"%PDF-1.7 broken", "hỏng|không mở được|lỗi"),
        (made(lambda pdf: None), "không có|chưa"),
    ],
    ids=["encrypted", "broken", "empty"],
)
def test_what_cannot_be_read_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        read(content)


def test_a_thousand_pages_are_read_one_after_another() -> None:
    alive: list[int] = []
    long = FPDF()
    long.set_font("helvetica", size=12)
    for number in range(1_000):
        long.add_page()
        for line in ("Cong bao", "", "Ke hoach", f"Trang {number}", "Quyet dinh", "", "Het"):
            long.cell(0, 10, line, new_x="LMARGIN", new_y="NEXT")
    stored = read_pdf(bytes(long.output()), "a.pdf", alive.append)
    assert alive == list(range(1, 1_001))
    assert len(stored.pages) == 1_000


def test_more_pages_than_are_read_are_refused_with_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "MOST_PAGES", 3)
    with pytest.raises(ReadingError, match=r"có 4 trang, quá giới hạn 3 trang; hãy tách thành nhiều tệp"):
        read_pdf(bad_files.pdf(4, "Ke hoach"), "a.pdf", lambda page: None)
