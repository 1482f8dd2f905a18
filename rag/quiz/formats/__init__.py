"""Tests in the formats that other programs and printers read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rag.errors import QuizError
from rag.quiz import wording
from rag.quiz.formats.documents import write_docx
from rag.quiz.formats.page import write_html
from rag.quiz.formats.printed import write_pdf
from rag.quiz.formats.qti import write_qti
from rag.quiz.formats.sheets import write_csv, write_kahoot
from rag.quiz.formats.texts import write_aiken, write_gift, write_json, write_moodle
from rag.quiz.papers import Test


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the ending of its files, what writes it, and whether it takes several versions."""

    name: str
    suffix: str
    write: Callable[[Test], bytes]
    versions: bool = False


FORMATS = {
    one.name: one
    for one in (
        Format("json", ".json", write_json),
        Format("gift", ".gift.txt", write_gift),
        Format("aiken", ".aiken.txt", write_aiken),
        Format("moodle", ".xml", write_moodle),
        Format("qti", ".zip", write_qti),
        Format("kahoot", ".xlsx", write_kahoot),
        Format("csv", ".csv", write_csv),
        Format("docx", ".docx", write_docx, versions=True),
        Format("pdf", ".pdf", write_pdf, versions=True),
        Format("html", ".html", write_html),
    )
}


def written(test: Test, name: str) -> bytes:
    """A test in a format, the same bytes for the same test.

    Raises: QuizError where there is no such format, where it takes one version alone, or where it cannot hold an item.
    """
    if name not in FORMATS:
        raise QuizError(wording.fault("format", name=name, known=", ".join(FORMATS)))
    if len(test.papers) > 1 and not FORMATS[name].versions:
        known = ", ".join(one.name for one in FORMATS.values() if one.versions)
        raise QuizError(wording.fault("versions", name=name, known=known))
    return FORMATS[name].write(test)
