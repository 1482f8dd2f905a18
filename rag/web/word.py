"""A conversation as a Word file, with everything that backs its answers."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from rag.language.dates import said_date, spoken_date
from rag.language.lexicon import messages
from rag.types import Answer, AnswerDocument
from rag.web.answers import Turn
from rag.web.corpus import one_line
from rag.web.markup import word
from rag.web.sources import document_name

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

FONT = "Times New Roman"
POINTS = 13
"""Font and size of official documents. Source: Nghị định 30/2020/NĐ-CP, phụ lục I."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def conversation_docx(turns: Sequence[Turn], *, read: str, today: date | None = None) -> bytes:
    """The bytes of a DOCX file: each question with its answer, documents, units, quotes and notices.

    `read` is when the corpus was read, as an ISO time, empty where that is not known.
    """
    from docx import Document
    from docx.shared import Pt

    made = Document()
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(POINTS)
    made.add_heading(word("word_title"), level=0)
    on = (today or date.today()).isoformat()
    since = datetime.fromisoformat(read).date().isoformat() if read else on
    made.add_paragraph(word("word_made", date=spoken_date(on), read=spoken_date(since)))
    for number, turn in enumerate(turns, 1):
        made.add_heading(word("word_question", number=number, question=clean(turn.question)), level=1)
        if isinstance(turn.reply, Answer):
            _write(made, turn.reply)
        else:
            made.add_paragraph(clean(turn.reply))
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def clean(text: str) -> str:
    r"""A text without the characters that XML does not allow; page breaks become ends of lines.

    >>> clean("a\x00b\fc")
    'ab\nc'
    """
    return _CONTROL.sub("", text.replace("\f", "\n"))


def _write(made: WordDocument, answer: Answer) -> None:
    for line in filter(None, map(str.strip, answer.text.splitlines())):
        paragraph = made.add_paragraph()
        for place, part in enumerate(_BOLD.split(clean(line))):
            paragraph.add_run(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", part)).bold = bool(place % 2)
    role = messages()
    groups = (
        (word("documents"), [_document(one) for one in answer.documents]),
        (
            word("units"),
            [f"{one.name} ({role[f'role_{one.role}']}){_marks(one.citations)}" for one in answer.units],
        ),
        (
            word("passages"),
            [f"[{one.id}] {one.document}, {one.locator}: “{one_line(one.quote)}”" for one in answer.citations],
        ),
        (word("notices"), [f"{one.text}{_marks(one.citations)}" for one in answer.notices]),
    )
    for heading, lines in groups:
        if lines:
            made.add_heading(heading, level=2)
        for line in lines:
            made.add_paragraph(clean(line), style="List Bullet")


def _document(one: AnswerDocument) -> str:
    date_said = said_date(one.date) if one.date else None
    title = one.title if one.number else None
    held = word("held" if one.held else "not_held")
    facts = ", ".join(fact for fact in (document_name(one), date_said, one.issuer, title, held) if fact)
    return facts + _marks(one.citations)


def _marks(citations: Sequence[int]) -> str:
    return "".join(f" [{citation}]" for citation in citations)
