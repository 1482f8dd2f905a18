"""Texts made into the formats of offices, and read again."""

from __future__ import annotations

from pathlib import Path

from eval.formats import compare, main, write_docx
from rag.reading.corpus import read_file
from rag.reading.docx import read_docx
from rag.types import StoredText

TEXT = (
    "KẾ HOẠCH\n\n1. Giao Phòng Nội vụ thực hiện Chỉ thị số 18-CT/TW¹ ngày 26/10/2022 của Ban Bí thư.\n\n"
    "a) Phòng Tài chính chủ trì.\n\nb) Các xã báo cáo.\n\n¹ Chú thích một.\n"
)


def test_numbers_and_footnotes_are_words_own(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    write_docx(TEXT, path)
    from docx import Document

    printed = [paragraph.text for paragraph in Document(str(path)).paragraphs]
    assert not any(text.startswith(("1.", "a)", "b)")) for text in printed)
    assert not any("Chú thích" in text or "¹" in text for text in printed)
    read = read_docx(path.read_bytes(), "a.docx")
    assert read.text.split("\n\n") == [
        "KẾ HOẠCH",
        "1. Giao Phòng Nội vụ thực hiện Chỉ thị số 18-CT/TW¹ ngày 26/10/2022 của Ban Bí thư.",
        "¹ Chú thích một.",
        "a) Phòng Tài chính chủ trì.",
        "b) Các xã báo cáo.",
    ]


def test_what_is_lost_lowers_the_figures() -> None:
    given = StoredText("a.txt", TEXT)
    lost = compare(given, StoredText("a.txt", TEXT.replace("18-CT/TW", "19-CT/TW").replace("Tài chính", "Tài")))
    assert lost.references < 1
    assert 0 < lost.character_error < 0.1


def test_a_lost_article_lowers_the_figure_of_the_structure() -> None:
    law = "LUẬT\n\nĐiều 1. Phạm vi\n\nLuật này quy định việc A.\n\nĐiều 2. Đối tượng\n\nLuật này áp dụng với B.\n"
    found = compare(StoredText("a.txt", law), StoredText("a.txt", law.replace("Điều 2. ", "")))
    assert 0 < found.structure < 1


def test_a_text_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert main([str(tmp_path / "a.txt")]) == 1


def test_the_text_itself_agrees(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    found = compare(read_file(path), StoredText("a.txt", TEXT))
    assert (found.references, found.assignments, found.structure, found.character_error) == (1, 1, 1, 0)
