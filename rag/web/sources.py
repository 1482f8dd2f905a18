"""An answer as HTML and Markdown: every function is pure, and everything from a document is escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from rag.language.dates import said_date
from rag.language.lexicon import messages
from rag.types import Answer, AnswerDocument, AnswerUnit, Citation, Notice, NoticeKind

NOTICE_NAMES: Mapping[NoticeKind, str] = {
    "conflict": "Nguồn không thống nhất",
    "validity": "Về hiệu lực",
    "misprint": "Nguồn in sai",
    "as_of": "Thời điểm",
    "inherited_unit": "Về đơn vị thực hiện",
}
NO_TURN = "Văn bản, đơn vị và đoạn trích nguyên văn hiện ở đây khi có câu trả lời."
NO_SOURCE = "Câu trả lời này không dẫn văn bản hay đoạn trích nào."
_MARKER = re.compile(r"\[(\d+)\]")
_MARKDOWN_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with its answer, or with the sentence that stands where an answer would."""

    question: str
    reply: Answer | str


def plain_markdown(text: str) -> str:
    """Markdown that shows `text` as typed, line by line, whatever signs stand in it.

    >>> plain_markdown("1. Số 12-QĐ/TU\\n<b>?")
    '1&#46; Số 12&#45;QĐ&#47;TU<br>&#60;b&#62;&#63;'
    """
    lines = (line.strip() for line in text.strip().splitlines())
    return "<br>".join(_MARKDOWN_PUNCTUATION.sub(lambda sign: f"&#{ord(sign[0])};", line) for line in lines)


def answer_markdown(answer: Answer, turn: int) -> str:
    """The answer's Markdown with its markers linked to the passages; no HTML, image or link of its own.

    >>> answer_markdown(Answer("?", "answered", None, "**Có** <b>"), turn=1)
    '**Có** &lt;b>'
    """
    known = frozenset(citation.id for citation in answer.citations)
    return _linked(answer.text, turn, known=known, escape=_inert)


def document_card(document: AnswerDocument, turn: int) -> str:
    """One document that answers: type and number, issuer and date, title, whether its text is held."""
    facts = " · ".join(fact for fact in (document.issuer, said_date(document.date) if document.date else None) if fact)
    held = "có toàn văn trong kho" if document.held else "chưa có toàn văn trong kho"
    state = "held" if document.held else "missing"
    title = document.title if document.number else None
    return (
        '<article class="card">'
        f"<h4>{html.escape(_document_name(document))}</h4>"
        f"{_element('p', 'facts', facts)}{_element('p', 'title', title)}"
        f'<p class="foot"><span class="badge {state}">{held}</span>{_markers(document.citations, turn)}</p>'
        "</article>"
    )


def unit_card(unit: AnswerUnit, turn: int) -> str:
    """One responsible unit with its role in words."""
    return (
        '<article class="card">'
        f"<h4>{html.escape(unit.name)}</h4>"
        f'<p class="foot"><span class="badge role">{html.escape(messages()[f"role_{unit.role}"])}</span>'
        f"{_markers(unit.citations, turn)}</p></article>"
    )


def passage(citation: Citation, turn: int) -> str:
    """One quoted passage, verbatim, under its document and locator; the target of its markers."""
    return (
        f'<figure class="card passage" id="{_anchor(citation.id, turn)}" tabindex="-1">'
        f'<figcaption><span class="number">[{citation.id}]</span> '
        f'<span class="document">{html.escape(citation.document)}</span> '
        f'<span class="locator">{html.escape(citation.locator)}</span></figcaption>'
        f"<blockquote>{html.escape(citation.quote)}</blockquote></figure>"
    )


def notice_card(notice: Notice, turn: int) -> str:
    """What a careful clerk would add, under the name of its kind; markers stay in their places."""
    text = _linked(notice.text, turn, known=frozenset(notice.citations), escape=html.escape)
    named = {int(number) for number in _MARKER.findall(notice.text)}
    others = (citation for citation in notice.citations if citation not in named)
    return f'<p class="notice"><strong>{NOTICE_NAMES[notice.kind]}:</strong> {text}{_markers(others, turn)}</p>'


def sources_html(answer: Answer, turn: int) -> str:
    """Everything that backs one answer: notices, documents, units and passages, in that order."""
    groups = (
        _group("Lưu ý", (notice_card(notice, turn) for notice in answer.notices)),
        _group("Văn bản", (document_card(document, turn) for document in answer.documents)),
        _group("Đơn vị", (unit_card(unit, turn) for unit in answer.units)),
        _group("Đoạn trích nguyên văn", (passage(citation, turn) for citation in answer.citations)),
    )
    return "".join(groups) or _element("p", "empty", NO_SOURCE)


def panel_html(turns: tuple[Turn, ...]) -> str:
    """The side panel: the last answer's sources open, those of earlier answers folded, newest first."""
    answered = [
        (number, turn.question, turn.reply) for number, turn in enumerate(turns, 1) if isinstance(turn.reply, Answer)
    ]
    if not answered:
        return _element("p", "empty", NO_TURN)
    number, question, answer = answered[-1]
    latest = f'<section><p class="asked">{html.escape(question)}</p>{sources_html(answer, number)}</section>'
    earlier = (
        f"<details><summary>{html.escape(question)}</summary>{sources_html(answer, number)}</details>"
        for number, question, answer in reversed(answered[:-1])
    )
    return latest + _group("Các câu hỏi trước", earlier)


def _inert(markdown: str) -> str:
    """Markdown in which tags, images, links and link definitions of a document are only text.

    A backslash before `<` would escape the entity instead of the sign, so it goes.
    """
    text = markdown.replace("&", "&amp;").replace("\\<", "<").replace("<", "&lt;")
    return text.replace("![", "&#33;[").replace("](", "]&#40;").replace("]:", "]&#58;")


def _document_name(document: AnswerDocument) -> str:
    if document.number:
        return f"{document.type} số {document.number}"
    title = document.title or ""
    return title if title.startswith(document.type) else f"{document.type} {title}".rstrip()


def _markers(citations: Iterable[int], turn: int) -> str:
    links = "".join(_marker(citation, turn) for citation in citations)
    return f' <span class="markers">{links}</span>' if links else ""


def _marker(citation: int, turn: int) -> str:
    return (
        f'<a class="marker" href="#{_anchor(citation, turn)}" '
        f'aria-label="Xem đoạn trích {citation}">&#91;{citation}&#93;</a>'
    )


def _anchor(citation: int, turn: int) -> str:
    return f"passage-{turn}-{citation}"


def _linked(text: str, turn: int, *, known: frozenset[int], escape: Callable[[str], str]) -> str:
    """The escaped text, its markers of `known` citations as links, other bracketed numbers as text."""
    parts = _MARKER.split(text)
    shown = [escape(parts[0])]
    for number, after in zip(parts[1::2], parts[2::2], strict=True):
        shown.append(_marker(int(number), turn) if int(number) in known else f"&#91;{number}&#93;")
        shown.append(escape(after))
    return "".join(shown)


def _group(heading: str, cards: Iterable[str]) -> str:
    body = "".join(cards)
    return f'<div class="group"><h3>{heading}</h3>{body}</div>' if body else ""


def _element(tag: str, name: str, text: str | None) -> str:
    return f'<{tag} class="{name}">{html.escape(text)}</{tag}>' if text else ""
