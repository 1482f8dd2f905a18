"""An answer as plain text."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from rag.answering.plain import plain_lines, printable
from rag.types import Answer, AnswerDocument, Citation, Notice


@given(st.text(st.characters()))
def test_nothing_that_steers_a_terminal_is_left(text: str) -> None:
    shown = printable(text)
    assert {sign for sign in shown if unicodedata.category(sign) in ("Cc", "Cs")} <= {"\t", "\n"}
    assert len(shown) == len(text)


def test_a_quote_is_one_line_and_cannot_steer_the_terminal() -> None:
    quote = Citation(1, "documents/a.txt", "Kế hoạch", "Mục I", "giao\x0c\x1b[2J\n Phòng", 0, 12)
    lines = list(plain_lines(Answer("Ai?", "answered", None, "A [1].", citations=(quote,))))
    assert lines[-2:] == ["**Trích nguyên văn**", "  [1] Kế hoạch · Mục I: “giao �[2J Phòng”"]


def test_what_is_not_known_of_a_document_is_left_out() -> None:
    law = AnswerDocument(None, "Luật", "Luật Khiếu nại", None, "2011", True, (1, 2))
    lines = list(plain_lines(Answer("Luật nào?", "answered", None, "A [1].", documents=(law,))))
    assert lines[-1] == "  Luật · 2011 · Luật Khiếu nại · có toàn văn trong kho [1] [2]"


def test_a_marker_in_a_notice_is_not_repeated() -> None:
    notice = Notice("misprint", "In “a” [1].", (1, 2))
    lines = list(plain_lines(Answer("Ai?", "answered", None, "A [1].", notices=(notice,))))
    assert lines[-1] == "  In “a” [1]. [2]"
