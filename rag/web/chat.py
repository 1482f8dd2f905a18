"""The web chat: one Gradio page where a question is asked, answered and checked against its sources."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any, Protocol

import gradio as gr

from rag.errors import ConfigError, HoidapError
from rag.types import Answer
from rag.web.sources import Turn, answer_markdown, panel_html, plain_markdown

TITLE = "Hỏi đáp Dân vận"
INTRODUCTION = (
    "Hỏi văn bản nào quy định, đơn vị nào chịu trách nhiệm. Câu trả lời kèm đoạn trích nguyên văn để đối chiếu."
)
SEARCHING = "Đang tìm trong kho văn bản…"
UNEXPECTED = "Có lỗi ngoài dự kiến nên chưa trả lời được câu hỏi này. Xin thử lại hoặc báo người quản trị."
PORT_TAKEN = "Không mở được cổng {port} trên {host}: cổng đang bận hoặc địa chỉ không có trên máy này."
WAITING_QUESTIONS = 64
SHOWN_TURNS = 50
SYSTEM_FONTS = ("system-ui", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
FIXED_FONTS = ("ui-monospace", "Consolas", "Noto Sans Mono", "monospace")

logger = logging.getLogger(__name__)


class Assistant(Protocol):
    """What the chat needs: answers, and example questions drawn from the corpus."""

    @property
    def examples(self) -> tuple[str, ...]: ...

    def ask(self, question: str, history: tuple[str, ...] = ()) -> Answer:
        """The answer; `history` holds the earlier questions of the conversation, oldest first."""
        ...


@dataclass(slots=True)
class _Conversation:
    """The turns of one visitor, until a new conversation replaces it; a later answer is dropped."""

    turns: tuple[Turn, ...] = ()
    ended: bool = False

    def add(self, turn: Turn) -> None:
        """Adds a turn and lets go of the oldest where there are too many to show."""
        self.turns = (*self.turns, turn)[-SHOWN_TURNS:]


@dataclass(frozen=True, slots=True)
class _Page:
    """The parts of the page that a question reads or changes."""

    conversation: gr.State
    messages: gr.Chatbot
    panel: gr.HTML
    question: gr.Textbox
    send: gr.Button
    restart: gr.Button
    examples: gr.Column
    example_buttons: tuple[gr.Button, ...]

    @property
    def changed(self) -> list[Any]:
        return [self.messages, self.panel, self.question, self.examples]


def build_chat(assistant: Assistant) -> gr.Blocks:
    """The page, wired to the assistant and not yet served."""
    chat = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with chat:
        page = _lay_out(assistant.examples)
        _wire(page, assistant)
    chat.queue(max_size=WAITING_QUESTIONS, default_concurrency_limit=1, api_open=False)
    return chat


def launch(assistant: Assistant, *, host: str, port: int) -> gr.Blocks:
    """The running chat; its `close()` stops it.

    Raises: ConfigError where the port cannot be opened.
    """
    chat = build_chat(assistant)
    try:
        chat.launch(server_name=host, server_port=port, prevent_thread_lock=True, **_launch_options())
    except OSError as error:
        raise ConfigError(PORT_TAKEN.format(port=port, host=host)) from error
    return chat


def serve(assistant: Assistant, *, host: str, port: int) -> None:
    """Serves the chat until Ctrl+C.

    Raises: ConfigError where the port cannot be opened.
    """
    chat = launch(assistant, host=host, port=port)
    try:
        while True:
            time.sleep(60)
    except KeyboardInterrupt:
        logger.info("Stopped from the keyboard")
    finally:
        chat.close(verbose=False)


def reply_to(question: str, earlier: tuple[Turn, ...], assistant: Assistant) -> Answer | str:
    """The answer, or the Vietnamese sentence that is shown in its place."""
    try:
        return assistant.ask(question, tuple(turn.question for turn in earlier))
    except HoidapError as error:
        logger.warning("A question was not answered: %s", type(error).__name__)
        return str(error)
    except Exception:
        logger.exception("A question failed unexpectedly")
        return UNEXPECTED


def messages_of(turns: tuple[Turn, ...]) -> list[dict[str, str]]:
    """The conversation as Gradio's chat messages, in Markdown."""
    messages = []
    for number, turn in enumerate(turns, 1):
        reply = turn.reply
        shown = answer_markdown(reply, number) if isinstance(reply, Answer) else plain_markdown(reply)
        messages.append({"role": "user", "content": plain_markdown(turn.question)})
        messages.append({"role": "assistant", "content": shown})
    return messages


def _lay_out(examples: tuple[str, ...]) -> _Page:
    conversation = gr.State(_Conversation())
    with gr.Row(elem_id="banner"):
        gr.HTML(f"<h1>{TITLE}</h1>", js_on_load=None)
        restart = gr.Button("Trò chuyện mới", size="sm", elem_id="restart")
    with gr.Row(elem_id="columns"):
        with gr.Column(elem_id="conversation"):
            messages = _messages()
            with gr.Column(elem_id="examples", visible=bool(examples)) as example_list:
                gr.HTML("<h2>Câu hỏi mẫu</h2>" if examples else "", js_on_load=None)
                buttons = tuple(gr.Button(text, elem_classes="example") for text in examples)
            question, send = _question_row()
        with gr.Column(elem_id="sources"):
            gr.HTML("<h2>Nguồn</h2>", js_on_load=None)
            panel = gr.HTML(panel_html(()), elem_id="panel", js_on_load=None)
    return _Page(conversation, messages, panel, question, send, restart, example_list, buttons)


def _messages() -> gr.Chatbot:
    """The conversation, without Gradio's own buttons, feedback, formulas and custom tags."""
    return gr.Chatbot(
        label="Cuộc trò chuyện",
        show_label=False,
        placeholder=INTRODUCTION,
        elem_id="messages",
        height=None,
        buttons=[],
        feedback_options=None,
        latex_delimiters=[],
        allow_tags=False,
    )


def _question_row() -> tuple[gr.Textbox, gr.Button]:
    with gr.Row(elem_id="ask"):
        question = gr.Textbox(
            label="Câu hỏi",
            show_label=False,
            placeholder="Nhập câu hỏi",
            lines=1,
            max_lines=6,
            container=False,
            autofocus=True,
            elem_id="question",
        )
        send = gr.Button("Gửi", variant="primary", elem_id="send")
    return question, send


def _wire(page: _Page, assistant: Assistant) -> None:
    answer = _answering(assistant)
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    gr.on(
        [page.question.submit, page.send.click],
        answer,
        inputs=[page.question, page.conversation],
        outputs=page.changed,
        **quiet,
    )
    for button in page.example_buttons:
        button.click(answer, inputs=[button, page.conversation], outputs=page.changed, **quiet)
    page.restart.click(_restarted, inputs=page.conversation, outputs=[page.conversation, *page.changed], **quiet)


def _answering(assistant: Assistant) -> Callable[[str, _Conversation], Iterator[tuple[Any, ...]]]:
    def answer(question: str, conversation: _Conversation) -> Iterator[tuple[Any, ...]]:
        """First the question as asked, then its answer; what is typed meanwhile stays in the box."""
        asked = question.strip()
        if not asked:
            yield _shown(conversation.turns, question="")
            return
        yield _shown((*conversation.turns, Turn(asked, SEARCHING)), question="")
        conversation.add(Turn(asked, reply_to(asked, conversation.turns, assistant)))
        # Gradio shows the last of what is yielded once more at the end: in an ended conversation, nothing.
        yield (gr.skip(),) * 4 if conversation.ended else _shown(conversation.turns, question=gr.skip())

    return answer


def _restarted(conversation: _Conversation) -> tuple[Any, ...]:
    conversation.ended = True
    return _Conversation(), *_shown((), question="")


def _shown(turns: tuple[Turn, ...], *, question: Any) -> tuple[Any, ...]:
    """The values of `_Page.changed`."""
    return messages_of(turns), panel_html(turns), question, gr.update(visible=not turns)


def _theme() -> gr.Theme:
    """System fonts only; greys and reds dark enough for contrast AA, which Gradio's own are not."""
    theme = gr.themes.Default(primary_hue="red", neutral_hue="slate", font=SYSTEM_FONTS, font_mono=FIXED_FONTS)
    return theme.set(
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_300",
        input_placeholder_color="*neutral_500",
        input_placeholder_color_dark="*neutral_400",
        link_text_color="*secondary_700",
        link_text_color_dark="*secondary_300",
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_dark="*primary_700",
    )


def _launch_options() -> dict[str, Any]:
    """What keeps the page to itself: no other host, no served folder, no upload, no link out."""
    script = resources.files("rag.web").joinpath("chat.js").read_text(encoding="utf-8")
    return {
        "theme": _theme(),
        "css": resources.files("rag.web").joinpath("chat.css").read_text(encoding="utf-8"),
        "head": f"<script>{script}</script>",
        "quiet": True,
        "share": False,
        "footer_links": [],
        "run_history": False,
        "allowed_paths": [],
        "max_file_size": "1kb",
        "enable_monitoring": False,
        "ssr_mode": False,
        "pwa": False,
        "mcp_server": False,
    }
