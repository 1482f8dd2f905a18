"""What the chat does with a question, without a browser."""

from __future__ import annotations

import logging
import socket

import pytest

from rag.errors import ConfigError, QuestionError
from rag.types import Answer
from rag.web.chat import SEARCHING, UNEXPECTED, build_chat, launch, messages_of, reply_to
from rag.web.sources import Turn

ANSWER = Answer("Ai chủ trì?", "answered", None, "**Phòng Nội vụ**")


class _Assistant:
    """Answers, or raises what it is given; remembers the history it was handed."""

    examples = ("Ai chủ trì?",)

    def __init__(self, reply: Answer | Exception = ANSWER) -> None:
        self.reply = reply
        self.history: tuple[str, ...] | None = None

    def ask(self, question: str, history: tuple[str, ...] = ()) -> Answer:
        self.history = history
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply


def test_the_earlier_questions_go_with_the_question_oldest_first() -> None:
    assistant = _Assistant()
    earlier = (Turn("Câu một?", ANSWER), Turn("Câu hai?", "Có lỗi."))
    assert reply_to("Câu ba?", earlier, assistant) == ANSWER
    assert assistant.history == ("Câu một?", "Câu hai?")


def test_an_expected_error_shows_its_own_sentence() -> None:
    assert reply_to("?", (), _Assistant(QuestionError("Câu hỏi quá dài."))) == "Câu hỏi quá dài."


def test_an_unexpected_error_is_logged_with_its_traceback_and_shown_as_one_sentence(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.INFO):
        assert reply_to("Câu hỏi kín", (), _Assistant(ZeroDivisionError("boom"))) == UNEXPECTED
    assert "ZeroDivisionError: boom" in caplog.text
    assert "Câu hỏi kín" not in caplog.text  # what people ask is not for the log


def test_the_conversation_alternates_question_and_reply() -> None:
    shown = messages_of((Turn("Ai chủ trì?", ANSWER), Turn("<b>", SEARCHING)))
    assert [message["role"] for message in shown] == ["user", "assistant"] * 2
    assert shown[1]["content"] == "**Phòng Nội vụ**"
    assert shown[2]["content"] == "&#60;b&#62;"


def test_no_event_of_the_page_is_an_endpoint_for_programs() -> None:
    described = build_chat(_Assistant()).get_api_info()
    assert described["named_endpoints"] == described["unnamed_endpoints"] == {}


def test_a_port_in_use_is_an_error_of_the_configuration() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=str(port)):
            launch(_Assistant(), host="127.0.0.1", port=port)
