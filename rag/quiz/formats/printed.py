"""A test as a PDF to print, written by fpdf2 with a font that has all Vietnamese letters."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from rag.quiz import wording
from rag.quiz.formats import layout
from rag.quiz.papers import Paper, Test

if TYPE_CHECKING:
    from fpdf import FPDF

_FONT, _POINTS, _LINE = "Be Vietnam Pro", 11, 6
"""Points, and millimetres a line."""
_LEFT, _RIGHT, _TOP = 25, 15, 18
_INDENT = 7
_WEIGHTS: tuple[tuple[Literal["", "B"], int], ...] = (("", 400), ("B", 700))
_SIGNS = {0x2010: "-", 0x2011: "-"}
"""Hyphens that the font lacks, which are shown as its own."""
_DAY = datetime(2024, 1, 1, tzinfo=UTC)


def write_pdf(test: Test) -> bytes:
    """Every version on pages of its own, then the answers and their explanations."""
    pdf = _new(test)
    for paper in test.papers:
        pdf.add_page()
        _paper(pdf, test, paper)
    pdf.add_page()
    _answers(pdf, test)
    return bytes(pdf.output())


def _new(test: Test) -> FPDF:
    import fontpkg
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    for style, weight in _WEIGHTS:
        pdf.add_font(_FONT, style, fontpkg.path(_FONT, weight=weight))
    pdf.set_margins(_LEFT, _TOP, _RIGHT)
    pdf.set_auto_page_break(True, margin=_TOP)
    pdf.set_creation_date(_DAY)
    pdf.set_title(test.title)
    pdf.set_lang("vi")
    return pdf


def _paper(pdf: FPDF, test: Test, paper: Paper) -> None:
    _heading(pdf, test)
    _line(pdf, test.title, bold=True, centre=True)
    if paper.code:
        _line(pdf, wording.label("code", code=paper.code), bold=True, centre=True)
    _line(pdf, layout.size(test), centre=True)
    for name in ("name", "unit", "score", "instruction"):
        _line(pdf, wording.label(name))
    for question in layout.questions(paper):
        _question(pdf, question)
    _line(pdf, f"--- {wording.label('end')} ---", centre=True)


def _heading(pdf: FPDF, test: Test) -> None:
    top, half = pdf.get_y(), pdf.epw / 2
    pdf.set_font(_FONT, "B", _POINTS - 1)
    pdf.multi_cell(half, _LINE, layout.organ(test), align="C")
    left_end = pdf.get_y()
    nation = f"{wording.label('nation')}\n{wording.label('motto')}"
    pdf.set_xy(pdf.l_margin + half, top)
    pdf.multi_cell(half, _LINE, nation, align="C")
    pdf.set_xy(pdf.l_margin, max(left_end, pdf.get_y()) + _LINE)


def _question(pdf: FPDF, question: layout.Question) -> None:
    """A question, on a page of its own together with its options where it fits on one."""
    with pdf.offset_rendering() as trial:
        _draw(pdf, question)
    if trial.page_break_triggered:
        pdf.add_page()
    _draw(pdf, question)


def _draw(pdf: FPDF, question: layout.Question) -> None:
    pdf.ln(_LINE / 3)
    _line(pdf, f"**{question.number}** {_plain(question.stem)}", markdown=True)
    for letter, option in question.options:
        _line(pdf, f"{letter} {option}", indent=_INDENT)


def _answers(pdf: FPDF, test: Test) -> None:
    _line(pdf, f"{wording.label('answers')} - {test.title}", bold=True, centre=True)
    pdf.set_font(_FONT, "", _POINTS)
    rows = layout.sheet(test)
    with pdf.table(rows, width=min(pdf.epw, 25 * len(rows[0])), line_height=_LINE, text_align="CENTER"):
        pass
    pdf.ln(_LINE)
    _line(pdf, wording.label("explained"), bold=True, centre=True)
    for solution in layout.solutions(test):
        _line(pdf, f"**{solution.number}.** {_plain(solution.answer)}", markdown=True)
        _line(pdf, solution.why)
        if solution.quote:
            _line(pdf, solution.quote, indent=_INDENT)


def _line(
    pdf: FPDF, text: str, *, bold: bool = False, centre: bool = False, markdown: bool = False, indent: float = 0
) -> None:
    pdf.set_font(_FONT, "B" if bold else "", _POINTS)
    pdf.set_x(pdf.l_margin + indent)
    shown = text.translate(_SIGNS)
    pdf.multi_cell(
        pdf.epw - indent, _LINE, shown, align="C" if centre else "L", markdown=markdown, new_x="LMARGIN", new_y="NEXT"
    )


def _plain(text: str) -> str:
    """A text in which fpdf2's Markdown changes nothing."""
    for sign in ("**", "__", "--", "~~"):
        text = text.replace(sign, "\\" + sign)
    return text
