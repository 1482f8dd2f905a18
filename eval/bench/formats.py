"""How fast files of offices are read: text PDF, Word and scans, by as many processes as ingest takes."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.bench.figure import BenchError, Figure
from eval.formats import scan, to_pdf, write_docx
from rag.reading.corpus import read_corpus, sentence, texts_of, unread_of


@dataclass(frozen=True, slots=True)
class Sizes:
    """Pages of a PDF and of a Word file; how many PDFs, Word files and scans are read."""

    pages: int = 200
    word_pages: int = 10
    printed: int = 8
    words: int = 80
    scans: int = 2


def measure_formats(text: str, folder: Path, sizes: Sizes = Sizes()) -> list[Figure]:
    """Pages and files a second of a text that is repeated to fill them; what this machine cannot make is left out.

    A page of the Word files has 3,000 characters. Raises: BenchError where a file gives no text.
    """
    folder.mkdir(parents=True, exist_ok=True)
    long, short = folder / "long.docx", folder / "short.docx"
    write_docx(_of_pages(text, sizes.pages), long)
    write_docx(_of_pages(text, sizes.word_pages), short)
    words = [short] * sizes.words
    figures = [Figure("Đọc tệp Word 10 trang", len(words) / _seconds(words), 40, "tệp/giây", at_least=True)]
    if shutil.which("soffice") is None:
        return figures
    printed = [to_pdf(long)] * sizes.printed
    pages = _page_count(printed[0]) * sizes.printed
    figures.append(Figure("Đọc PDF có chữ", pages / _seconds(printed), 150, "trang/giây", at_least=True))
    if shutil.which("tesseract") is not None:
        scans = [scan(to_pdf(short))] * sizes.scans
        pages = _page_count(scans[0]) * sizes.scans
        figures.append(Figure("Nhận dạng bản quét", pages / _seconds(scans), 0.5, "trang/giây", at_least=True))
    return figures


def _of_pages(text: str, pages: int) -> str:
    size = 3_000 * pages
    return "\n\n".join([text] * (1 + size // len(text)))[:size]


def _seconds(paths: Sequence[Path]) -> float:
    files = [(f"{index}/{path.name}", path) for index, path in enumerate(paths)]
    start = time.perf_counter()
    originals = read_corpus(files, dict.fromkeys((source for source, _ in files), ""), {})
    spent = time.perf_counter() - start
    if unread := unread_of(originals):
        raise BenchError(sentence(unread[0]))
    if len(texts_of(originals)) != len(paths):
        raise BenchError(f"Đọc được {len(texts_of(originals))} trong {len(paths)} tệp.")
    return spent


def _page_count(path: Path) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return len(document)
