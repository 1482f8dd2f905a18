"""QTI 1.2, written by text2qti, for Canvas and other learning platforms."""

from __future__ import annotations

import html
import re

from rag.errors import QuizError
from rag.quiz import wording
from rag.quiz.formats.archive import undated
from rag.quiz.formats.texts import explained
from rag.quiz.items import Item
from rag.quiz.papers import Test

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!<>|~^$:=\"'])")


def write_qti(test: Test) -> bytes:
    """A QTI archive with one assessment.

    Raises: QuizError where two items have the same stem, which text2qti takes for one item.
    """
    from text2qti.config import Config
    from text2qti.err import Text2qtiError
    from text2qti.qti import QTI
    from text2qti.quiz import Quiz

    lines = [f"Quiz title: {_plain(test.title)}", ""]
    for number, item in enumerate(test.items, 1):
        lines += [*_question(item, number), ""]
    try:
        return undated(QTI(Quiz("\n".join(lines), config=Config())).zip_bytes())
    except Text2qtiError as error:
        raise QuizError(wording.fault("qti", reason=" ".join(str(error).split()))) from error


def _question(item: Item, number: int) -> list[str]:
    found = [f"Title: {item.id}", "Points: 1", f"{number}. {_escaped(item.stem)}", f"... {_escaped(explained(item))}"]
    for at, option in enumerate(item.options):
        mark = "*" if at in item.correct else ""
        found.append(f"{mark}{'abcdef'[at]}) {_escaped(option)}")
    return found


def _escaped(text: str) -> str:
    """A text of which Markdown changes nothing: its signs as character references."""
    return _MARKDOWN.sub(lambda sign: f"&#{ord(sign[0])};", " ".join(html.unescape(text).split()))


def _plain(text: str) -> str:
    return " ".join(text.split())
