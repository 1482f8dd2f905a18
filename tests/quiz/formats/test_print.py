"""Word documents and PDFs: what is printed, read back."""

from __future__ import annotations

import io
import re

import pypdfium2
import pytest
from docx import Document

from rag.quiz.formats import written
from rag.quiz.items import Item
from rag.quiz.papers import Test as QuizTest
from rag.quiz.papers import answer_sheet, make_test


@pytest.fixture(scope="module")
def test(items: tuple[Item, ...]) -> QuizTest:
    return make_test(
        items[:8], title="THI TRẮC NGHIỆM “DÂN VẬN KHÉO”", versions=3, seed=7, organ="Huyện ủy Cao Lộc", minutes=20
    )


@pytest.fixture(scope="module")
def lines(test: QuizTest) -> list[str]:
    """The paragraphs of the Word document."""
    return [paragraph.text for paragraph in Document(io.BytesIO(written(test, "docx"))).paragraphs]


@pytest.fixture(scope="module")
def pages(test: QuizTest) -> str:
    """The text of the PDF, its lines joined."""
    document = pypdfium2.PdfDocument(written(test, "pdf"))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_each_version_has_its_questions_in_order(test: QuizTest, lines: list[str]) -> None:
    at = 0
    for paper in test.papers:
        at = lines.index(f"Mã đề: {paper.code}", at)
        for number, item in enumerate(paper.items, 1):
            at = lines.index(f"Câu {number}. {item.stem}", at)
            letters = [f"{letter}. {option}" for letter, option in zip("ABCDEF", item.options, strict=False)]
            assert lines[at + 1 : at + 1 + len(letters)] == letters


def test_a_paper_has_the_official_heading_and_lines_for_names(test: QuizTest) -> None:
    document = Document(io.BytesIO(written(test, "docx")))
    organ, nation = document.tables[0].rows[0].cells
    assert organ.text == "HUYỆN ỦY CAO LỘC"
    assert nation.text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert any(text.startswith("Họ và tên: …") for text in texts)
    assert "Đề gồm 8 câu, thời gian làm bài 20 phút." in texts


def test_the_answer_sheet_has_a_column_for_each_version(test: QuizTest) -> None:
    table = Document(io.BytesIO(written(test, "docx"))).tables[-1]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["Câu", "101", "102", "103"]
    assert [list(column) for column in zip(*(row[1:] for row in rows), strict=True)] == answer_sheet(test)


def test_answers_stand_after_the_papers_with_their_reasons(test: QuizTest, lines: list[str]) -> None:
    key = lines.index("GIẢI THÍCH VÀ NGUỒN")
    assert key > max(at for at, line in enumerate(lines) if line.startswith("Mã đề"))
    for number, item in enumerate(test.items, 1):
        told = next(line for line in lines[key:] if line.startswith(f"Câu {number} ("))
        assert told.endswith(f"Đáp án: {item.letters}. {item.right}")
        assert any(item.explanation in line for line in lines[key:])
    assert not any(item.explanation in line for item in test.items for line in lines[:key])


def test_the_pdf_has_every_letter(test: QuizTest, pages: str) -> None:
    for item in test.items:
        for text in (item.stem, *item.options):
            assert re.sub(r"\s", "", text) in re.sub(r"\s", "", pages), text


def test_the_pdf_has_heading_versions_and_key(test: QuizTest, pages: str) -> None:
    for text in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "HUYỆN ỦY CAO LỘC", "GIẢI THÍCH VÀ NGUỒN"):
        assert text in pages
    assert [pages.count(f"Mã đề: {code}") for code in (101, 102, 103)] == [1, 1, 1]


def test_one_version_has_no_code(items: tuple[Item, ...]) -> None:
    document = Document(io.BytesIO(written(make_test(items[:2], title="Thi"), "docx")))
    assert not any("Mã đề" in paragraph.text for paragraph in document.paragraphs)
    assert [cell.text for cell in document.tables[-1].rows[0].cells] == ["Câu", "Đáp án"]
