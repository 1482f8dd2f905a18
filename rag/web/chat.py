"""The tab where questions are asked; `chat.js` fills it."""

from __future__ import annotations

import html

import gradio as gr

from rag.web.answers import examples_html
from rag.web.markup import button, element, word
from rag.web.site import Site


def build_chat(site: Site) -> None:
    """Lays out the conversation beside the panel of its sources."""
    gr.HTML(bar_html(), js_on_load=None)
    with gr.Row(elem_id="columns"):
        with gr.Column(elem_id="conversation"):
            gr.HTML(conversation_html(site.desk.examples), elem_id="messages", js_on_load=None)
            _question_row()
        with gr.Column(elem_id="sources"):
            gr.HTML(panel_html(), js_on_load=None)


def bar_html() -> str:
    """What stands above the conversation: history, a new conversation, export."""
    return (
        '<div id="chat-bar"><details id="history">'
        f'<summary>{word("history")}</summary><div class="menu"><ul></ul><p class="empty">{word("history_empty")}</p>'
        f'<p class="hint">{word("history_note")}</p>'
        f"{button(word('history_delete_all'), name='delete-all')}</div></details>"
        f"{button(word('export_word'), name='export-word', hint=word('export_word_hint'))}"
        f"{button(word('new_conversation'), name='new-conversation')}</div>"
    )


def conversation_html(examples: tuple[str, ...]) -> str:
    """An empty conversation; turns are added at its end."""
    return (
        f"{examples_html(examples)}"
        f'<div id="turns" role="log" aria-live="polite" aria-label="{html.escape(word("conversation"))}"></div>'
    )


def panel_html() -> str:
    """An empty panel; the sources of one turn at a time are shown in it."""
    return (
        f'<div class="head"><h2>{word("sources")}</h2>{button(word("close"), name="close-sources")}</div>'
        f'<div id="panel">{element("p", "empty", word("no_turn"))}</div>'
    )


def _question_row() -> None:
    with gr.Row(elem_id="ask"):
        gr.Textbox(
            label=word("question"),
            show_label=False,
            placeholder=word("question_hint"),
            lines=1,
            max_lines=6,
            container=False,
            autofocus=True,
            elem_id="question",
        )
        gr.Button(word("send"), variant="primary", elem_id="send")
