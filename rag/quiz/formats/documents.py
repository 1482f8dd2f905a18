"""A test as a Word document to print, written by python-docx."""

from __future__ import annotations

import io
from typing import Any

from rag.quiz import wording
from rag.quiz.formats import layout
from rag.quiz.formats.archive import undated
from rag.quiz.papers import Paper, Test

Document = Any
"""A document of python-docx, whose functions carry no types."""
_FONT, _POINTS = "Times New Roman", 13


def write_docx(test: Test) -> bytes:
    """Every version on pages of its own, then the answers and their explanations."""
    from docx import Document as new_document

    document: Document = new_document()
    _set_page(document)
    for number, paper in enumerate(test.papers):
        if number:
            document.add_page_break()
        _paper(document, test, paper)
    document.add_page_break()
    _answers(document, test)
    made = io.BytesIO()
    document.save(made)
    return undated(made.getvalue())


def _set_page(document: Document) -> None:
    """A4 with the margins of official documents.

    Source: Nghị định 30/2020/NĐ-CP, phụ lục I, phần I.
    """
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(_POINTS)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = Pt(4)


def _paper(document: Document, test: Test, paper: Paper) -> None:
    _heading(document, test, paper)
    _line(document, wording.label("name"))
    _line(document, wording.label("unit"))
    _line(document, wording.label("score"))
    _line(document, wording.label("instruction"), italic=True)
    for question in layout.questions(paper):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        paragraph.add_run(f"{question.number} ").bold = True
        paragraph.add_run(question.stem)
        for at, (letter, option) in enumerate(question.options, 1):
            line = document.add_paragraph(f"{letter} {option}")
            line.paragraph_format.left_indent = _indent()
            line.paragraph_format.keep_together = True
            line.paragraph_format.keep_with_next = at < len(question.options)
    _line(document, f"--- {wording.label('end')} ---", centre=True)


def _heading(document: Document, test: Test, paper: Paper) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    table = document.add_table(rows=1, cols=2)
    for cell, lines in zip(
        table.rows[0].cells, ([layout.organ(test)], [wording.label("nation"), wording.label("motto")]), strict=True
    ):
        for at, text in enumerate(lines):
            paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.add_run(text).bold = True
    _line(document, "")
    _line(document, test.title, centre=True, bold=True)
    if paper.code:
        _line(document, wording.label("code", code=paper.code), centre=True, bold=True)
    _line(document, layout.size(test), centre=True, italic=True)


def _answers(document: Document, test: Test) -> None:
    _line(document, f"{wording.label('answers')} - {test.title}", centre=True, bold=True)
    head, *rows = layout.sheet(test)
    table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    for cells, texts in [(table.rows[0].cells, head), *((table.add_row().cells, row) for row in rows)]:
        for cell, text in zip(cells, texts, strict=True):
            cell.text = text
    _line(document, "")
    _line(document, wording.label("explained"), centre=True, bold=True)
    for solution in layout.solutions(test):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{solution.number}. ").bold = True
        paragraph.add_run(solution.answer)
        _line(document, solution.why)
        if solution.quote:
            _line(document, solution.quote, italic=True)


def _line(document: Document, text: str, *, centre: bool = False, bold: bool = False, italic: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _indent() -> Any:
    from docx.shared import Mm

    return Mm(8)
