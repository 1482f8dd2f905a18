"""One turn of a conversation as HTML: the question, the answer, and what can be done with it."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from rag.types import Answer
from rag.web.letter import letter_text
from rag.web.markup import button, element, markdown, word

REASONS = ("document", "unit", "passage", "missing", "should_find", "should_refuse", "other")
"""Why an answer is wrong, by the names in which feedback is kept."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with its answer, or with the sentence that stands where an answer would.

    `candidates` are a label and a question each, for a question that several documents fit.
    """

    question: str
    reply: Answer | str
    candidates: tuple[tuple[str, str], ...] = ()


def turn_html(turn: Turn, number: int) -> str:
    """The turn as the conversation shows it; `number` counts from 1."""
    reply = turn.reply
    body = _answer(reply, turn, number) if isinstance(reply, Answer) else element("p", "failed", reply)
    status = reply.status if isinstance(reply, Answer) else "failed"
    return (
        f'<article class="turn" data-turn="{number}">'
        f'<h3 class="unseen">{word("question")}</h3>{element("p", "question", turn.question)}'
        f'<div class="reply" data-status="{status}">'
        f'<h3 class="unseen">{word("reply")}</h3>{body}</div></article>'
    )


def _answer(answer: Answer, turn: Turn, number: int) -> str:
    known = frozenset(citation.id for citation in answer.citations)
    status = "" if answer.status == "answered" else element("p", "status", word(f"status_{answer.status}"))
    return (
        f'{status}<div class="text">{markdown(answer.text, number, known)}</div>'
        f"{_candidates(turn.candidates)}{_actions(answer)}{_feedback_form(number)}"
        '<div class="follow-ups"></div>'
    )


def _candidates(candidates: Sequence[tuple[str, str]]) -> str:
    if not candidates:
        return ""
    buttons = "".join(button(label, name="ask candidate", data={"ask": asked}) for label, asked in candidates)
    return f'<div class="candidates" role="group" aria-label="{word("candidates")}">{buttons}</div>'


def _actions(answer: Answer) -> str:
    count = len(answer.citations)
    shown = button(word("show_sources", count=count), name="show-sources") if count or answer.notices else ""
    return (
        '<div class="actions">'
        + shown
        + button(word("copy"), name="copy", data={"copy": letter_text(answer)}, hint=word("copy_hint"))
        + button(word("copy_link"), name="copy-link", hint=word("copy_link_hint"))
        + button(word("answer_right"), name="verdict right", hint=word("answer_right_hint"))
        + button(word("answer_wrong"), name="verdict wrong", hint=word("answer_wrong_hint"))
        + '<span class="told" role="status"></span></div>'
    )


def _feedback_form(number: int) -> str:
    reasons = "".join(
        f'<label><input type="radio" name="reason-{number}" value="{reason}"{" checked" if not place else ""}> '
        f"{html.escape(word(f'reason_{reason}'))}</label>"
        for place, reason in enumerate(REASONS)
    )
    return (
        '<form class="feedback" hidden>'
        f"<fieldset><legend>{word('feedback_where')}</legend>{reasons}</fieldset>"
        f'<label class="note">{html.escape(word("feedback_note_hint"))}'
        '<textarea rows="2" maxlength="1000"></textarea></label>'
        f'<div><button type="submit" class="button primary">{word("feedback_send")}</button>'
        f"{button(word('feedback_cancel'), name='cancel')}</div></form>"
    )


def follow_ups_html(questions: Sequence[str]) -> str:
    """The questions that may come next, as buttons; nothing where there are none."""
    if not questions:
        return ""
    buttons = "".join(button(question, name="ask", data={"ask": question}) for question in questions)
    return f'<p class="heading">{word("follow_ups")}</p>{buttons}'


def examples_html(questions: Sequence[str]) -> str:
    """What an empty conversation shows: what the page is for, and questions that the corpus answers."""
    buttons = "".join(button(question, name="ask example", data={"ask": question}) for question in questions)
    listed = f"<h2>{word('examples')}</h2>{buttons}" if buttons else ""
    return f'<div id="welcome">{element("p", "introduction", word("introduction"))}{listed}</div>'
