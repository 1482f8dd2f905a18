"""Scans and pictures: recognised, with how sure the recogniser is."""

from __future__ import annotations

import difflib
import io
from collections.abc import Callable
from typing import TYPE_CHECKING

import fontpkg
import pypdfium2
import pytest
from fpdf import FPDF
from PIL import Image, ImageChops, ImageDraw

from rag.errors import ReadingError
from rag.reading import ocr
from rag.reading.ocr import read_picture
from rag.reading.pdf import read_pdf
from rag.reading.picture import made_ready, skew

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (
    "1. Ủy ban nhân dân huyện giao Phòng Nội vụ chủ trì, phối hợp với các cơ quan liên quan tham mưu thực hiện quy chế "
    "dân chủ ở cơ sở theo Chỉ thị số 18-CT/TW ngày 26/10/2022 của Ban Bí thư.\n\n"
    "2. Các xã, thị trấn báo cáo kết quả trước ngày 15 tháng 11 hằng năm; kịp thời biểu dương, khen thưởng mô hình hay."
)


@pytest.fixture(scope="module")
def tesseract(system_program: Callable[..., str]) -> str:
    return system_program("tesseract", package="tesseract-ocr tesseract-ocr-vie")


def page(dpi: int) -> Image.Image:
    pdf = FPDF()
    pdf.add_font("v", fname=fontpkg.path("Be Vietnam Pro", weight=400))
    pdf.set_font("v", size=12)
    pdf.add_page()
    for paragraph in TEXT.split("\n\n"):
        pdf.multi_cell(0, 7, paragraph, new_x="LMARGIN", new_y="NEXT")
    with pypdfium2.PdfDocument(bytes(pdf.output())) as document:
        shown: Image.Image = document[0].render(scale=dpi / 72).to_pil()
        return shown.convert("L")


def stamped(picture: Image.Image, dpi: int) -> Image.Image:
    """A page with a round red seal of 36 mm over its words, as ink lets what is printed through."""
    ink = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(ink)
    left, top, size = picture.width // 3, picture.height // 40, round(36 / 25.4 * dpi)
    draw.ellipse((left, top, left + size, top + size), outline=(225, 40, 50), width=dpi // 20)
    for row in range(4):
        draw.line((left, top + row * size // 4, left + size, top + size - row * size // 4), (225, 40, 50), dpi // 25)
    return ImageChops.multiply(picture.convert("RGB"), ink)


def numbered() -> Image.Image:
    """A page whose clauses have their numbers before a tab."""
    pdf = FPDF()
    pdf.add_font("v", fname=fontpkg.path("Be Vietnam Pro", weight=400))
    pdf.set_font("v", size=12)
    pdf.add_page()
    for number in range(1, 9):
        pdf.cell(14, 7, f"{number}.")
        pdf.multi_cell(0, 7, TEXT.split("\n\n")[1][3:], new_x="LMARGIN", new_y="NEXT")
    with pypdfium2.PdfDocument(bytes(pdf.output())) as document:
        shown: Image.Image = document[0].render(scale=200 / 72).to_pil()
        return shown


def saved(picture: Image.Image, kind: str, **how: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **how)
    return file.getvalue()


def character_error(read: str) -> float:
    same = sum(block.size for block in difflib.SequenceMatcher(None, TEXT, read, autojunk=False).get_matching_blocks())
    return 1 - same / max(len(TEXT), len(read))


@pytest.mark.usefixtures("tesseract")
def test_a_scan_is_read_with_its_page_and_confidence() -> None:
    scan = page(200)
    pages: list[int] = []
    stored = read_pdf(saved(scan, "PDF", resolution=200, save_all=True, append_images=[scan]), "a.pdf", pages.append)
    half = stored.text[: stored.pages[1].start].strip()
    assert character_error(half) <= 0.03  # a font that it was not trained on; Times has a tenth of it
    assert half.count("\n\n") == 1
    assert pages == [one.number for one in stored.pages] == [1, 2]
    assert all(one.confidence is not None and one.confidence > 0.85 for one in stored.pages)
    assert not any("nhận dạng kém" in fault for fault in stored.faults)


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("angle", [-2.0, 1.0])
def test_a_page_that_lies_askew_is_read_as_one_that_lies_straight(angle: float) -> None:
    turned = page(200).rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    stored = read_picture(saved(turned, "PNG", dpi=(200, 200)), "a.png", lambda number: None)
    assert character_error(stored.text) <= 0.03
    assert stored.text.count("\n\n") == 1


@pytest.mark.usefixtures("tesseract")
def test_words_below_a_red_seal_are_read() -> None:
    sealed = stamped(page(200), 200)
    stored = read_picture(saved(sealed, "PNG", dpi=(200, 200)), "a.png", lambda number: None)
    assert character_error(stored.text) <= 0.03


@pytest.mark.usefixtures("tesseract")
def test_numbers_before_a_tab_are_read() -> None:
    stored = read_picture(saved(numbered(), "PNG", dpi=(200, 200)), "a.png", lambda number: None)
    heads = [paragraph.split()[0] for paragraph in stored.text.split("\n\n")]
    assert heads == [f"{number}." for number in range(1, 9)]


@pytest.mark.parametrize("angle", [-3.0, -1.4, 0.0, 0.7, 2.5])
def test_the_slope_of_the_lines_is_found(angle: float) -> None:
    turned = page(100).rotate(-angle, Image.Resampling.BICUBIC, fillcolor=255)
    assert skew(turned, 100) == pytest.approx(angle, abs=0.15)
    assert skew(Image.new("L", (800, 1100), 255), 100) == 0


def test_a_line_of_coloured_words_stays() -> None:
    coloured = page(200).convert("RGB")
    red = ImageChops.screen(coloured, Image.new("RGB", coloured.size, (200, 0, 0)))
    grey, _ = made_ready(red, 200)
    assert grey.getextrema()[0] < 100


@pytest.mark.usefixtures("tesseract")
def test_a_bad_picture_is_read_and_told() -> None:
    scan = page(300)
    small = scan.resize((scan.width // 8, scan.height // 8))
    stored = read_picture(saved(small, "PNG", dpi=(37, 37)), "a.png", lambda number: None)
    assert stored.faults[0].startswith("trang 1 nhận dạng kém (độ tin cậy ")


def test_without_the_recogniser_its_install_line_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(ocr.shutil, "which", lambda name: None)
    with pytest.raises(ReadingError, match="apt-get install tesseract-ocr tesseract-ocr-vie"):
        read_picture(saved(page(100), "PNG"), "a.png", lambda number: None)


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + bytes(30), saved(Image.new("L", (9, 9)), "PNG")[:40]])
def test_a_damaged_picture_is_refused(content: bytes) -> None:
    with pytest.raises(ReadingError, match="ảnh bị hỏng"):
        read_picture(content, "a.png", lambda number: None)


def test_a_picture_of_too_many_dots_is_refused() -> None:
    content = saved(Image.new("1", (20_000, 20_000)), "PNG")
    with pytest.raises(ReadingError, match=r"quá lớn|triệu điểm ảnh"):
        read_picture(content, "a.png", lambda number: None)
