"""An answer as plain text, for a terminal; `**` marks what stands out, as in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rag.language.dates import spoken_date
from rag.language.lexicon import messages
from rag.types import Answer, AnswerDocument, AnswerUnit, Citation, Notice

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def printable(text: str) -> str:
    r"""The text without what would steer a terminal; tabs and ends of lines stay.

    >>> printable("Điều 1\x1b[2J")
    'Điều 1�[2J'
    """
    return _CONTROL.sub("\ufffd", text)


def plain_lines(answer: Answer) -> Iterator[str]:
    """The answer, then what backs it: documents, units, quotes and notices, each group under its name.

    >>> print(*plain_lines(Answer("Ai?", "answered", None, "A [1].", units=(AnswerUnit("A", "lead", (1,)),))))
    A [1].  **Đơn vị**   A (chủ trì) [1]
    """
    yield from printable(answer.text).splitlines()
    groups: tuple[tuple[str, Iterable[str]], ...] = (
        ("Văn bản", map(_document, answer.documents)),
        ("Đơn vị", map(_unit, answer.units)),
        ("Trích nguyên văn", map(_citation, answer.citations)),
        ("Lưu ý", map(_notice, answer.notices)),
    )
    for title, entries in groups:
        for place, entry in enumerate(entries):
            if place == 0:
                yield from ("", f"**{title}**")
            yield f"  {printable(entry)}"


def _document(found: AnswerDocument) -> str:
    name = f"{found.type} {found.number}" if found.number else found.type
    date = spoken_date(found.date) if found.date else None
    held = "có toàn văn trong kho" if found.held else "chưa có toàn văn trong kho"
    facts = " · ".join(fact for fact in (name, date, found.issuer, found.title, held) if fact)
    return facts + _markers(found.citations)


def _unit(found: AnswerUnit) -> str:
    return f"{found.name} ({messages()[f'role_{found.role}']}){_markers(found.citations)}"


def _citation(found: Citation) -> str:
    return f"[{found.id}] {found.document} · {found.locator}: “{' '.join(found.quote.split())}”"


def _notice(found: Notice) -> str:
    return found.text + _markers(number for number in found.citations if f"[{number}]" not in found.text)


def _markers(citations: Iterable[int]) -> str:
    return "".join(f" [{number}]" for number in citations)
