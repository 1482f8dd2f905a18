"""An answer as text to paste into an official letter."""

from __future__ import annotations

from rag.types import Answer
from rag.web.corpus import one_line
from rag.web.markup import named_markers, without_marks, word


def letter_text(answer: Answer) -> str:
    """The answer with its citations, documents and notices in full; `[n]` in it points to the list below it.

    >>> letter_text(Answer("Ai?", "not_found", "no_evidence", "Không **tìm thấy**."))
    'Không tìm thấy.'
    """
    parts = [without_marks(answer.text).strip()]
    if answer.citations:
        quoted = (f"[{one.id}] {one.document}, {one.locator}: “{one_line(one.quote)}”" for one in answer.citations)
        parts.append("\n".join((word("letter_sources"), *quoted)))
    if answer.notices:
        told = (f"- {notice.text}{_others(notice.text, notice.citations)}" for notice in answer.notices)
        parts.append("\n".join((word("letter_notices"), *told)))
    return "\n\n".join(parts)


def _others(text: str, citations: tuple[int, ...]) -> str:
    named = named_markers(text)
    return "".join(f" [{citation}]" for citation in citations if citation not in named)
