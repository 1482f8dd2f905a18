"""Where the page asks."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

import pytest

from rag.answering.holdings import Library
from rag.errors import QuestionError
from rag.language.lexicon import page_words
from rag.types import Answer
from rag.web.desk import MOST_QUESTIONS, WAITING, Busy, Desk


def test_the_earlier_questions_go_with_the_question_oldest_first(assistant, desk: Desk) -> None:  # type: ignore[no-untyped-def]
    desk.turn(["Câu một?", "Câu hai?", "Câu ba?"])
    assert assistant.asked == [("Câu ba?", ("Câu một?", "Câu hai?"))]


def test_a_question_is_answered_once_for_all_who_ask_it_in_the_same_conversation(assistant, desk: Desk) -> None:  # type: ignore[no-untyped-def]
    assert desk.turn(["Ai?"]) == desk.turn(["Ai?"])
    desk.turn(["Ai chủ trì?", "Ai?"])
    assert assistant.asked == [("Ai?", ()), ("Ai?", ("Ai chủ trì?",))]


def test_an_expected_error_shows_its_own_sentence_and_is_not_remembered(assistant, desk: Desk) -> None:  # type: ignore[no-untyped-def]
    assistant.replies["?"] = QuestionError("Câu hỏi quá dài.")
    assert desk.turn(["?"]).reply == "Câu hỏi quá dài."
    del assistant.replies["?"]
    assert isinstance(desk.turn(["?"]).reply, Answer)


def test_an_unexpected_error_is_logged_with_its_traceback_and_shown_as_one_sentence(
    assistant,  # type: ignore[no-untyped-def]
    desk: Desk,
    caplog: pytest.LogCaptureFixture,
) -> None:
    assistant.replies["Câu hỏi kín"] = ZeroDivisionError("boom")
    with caplog.at_level(logging.INFO):
        assert desk.turn(["Câu hỏi kín"]).reply == page_words()["unexpected"]
    assert "ZeroDivisionError: boom" in caplog.text
    assert "Câu hỏi kín" not in caplog.text  # what people ask is not for the log


@pytest.mark.parametrize("questions", [[], [""], [" \n"], ["a"] * (MOST_QUESTIONS + 1)])
def test_an_empty_or_endless_conversation_is_refused(assistant, desk: Desk, questions: list[str]) -> None:  # type: ignore[no-untyped-def]
    assert isinstance(desk.turn(questions).reply, str)
    assert assistant.asked == []


def test_candidates_ask_the_same_question_of_one_document_each(
    assistant,  # type: ignore[no-untyped-def]
    desk: Desk,
    ambiguous: Answer,
) -> None:
    assistant.replies[ambiguous.question] = ambiguous
    assert desk.turn([ambiguous.question]).candidates == (
        ("Chỉ thị số 18-CT/TU", "Chỉ thị số 18-CT/TU ở đâu?"),
        ("Chỉ thị số 18-CT/TW", "Chỉ thị số 18-CT/TW ở đâu?"),
    )


def test_a_candidate_that_can_not_be_asked_alone_is_no_button(
    assistant,  # type: ignore[no-untyped-def]
    desk: Desk,
    ambiguous: Answer,
) -> None:
    for way in ("Chỉ thị số 18-CT/TW ở đâu?", "Chỉ thị 18 ở đâu của Chỉ thị số 18-CT/TW?", "Chỉ thị số 18-CT/TW"):
        assistant.replies[way] = ambiguous
    assistant.replies[ambiguous.question] = ambiguous
    assert [label for label, _ in desk.turn([ambiguous.question]).candidates] == ["Chỉ thị số 18-CT/TU"]


def test_follow_ups_are_questions_that_the_corpus_answers_with_something_new(
    assistant,  # type: ignore[no-untyped-def]
    desk: Desk,
    library: Library,
) -> None:
    refused = Answer("?", "not_found", "no_evidence", "Không tìm thấy.")
    assistant.replies["Phòng Nội vụ có những nhiệm vụ gì?"] = Answer("?", "answered", None, "Nhiệm vụ: [1].")
    assistant.replies["Kho văn bản nhắc đến những quyết định nào?"] = refused
    assert desk.follow_ups(["Ai chủ trì?"]) == ("Phòng Nội vụ có những nhiệm vụ gì?",)


def test_an_answer_that_found_nothing_leads_nowhere(assistant, desk: Desk) -> None:  # type: ignore[no-untyped-def]
    assistant.replies["?"] = Answer("?", "not_found", "no_evidence", "Không tìm thấy.")
    assert desk.follow_ups(["?"]) == ()


def test_who_comes_when_too_many_wait_is_told_so(assistant, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    free, answer = threading.Event(), assistant.ask

    def slow(question: str, history: Sequence[str] = ()) -> Answer:
        free.wait(timeout=30)
        return answer(question, history)

    monkeypatch.setattr(assistant, "ask", slow)
    waiting = [threading.Thread(target=desk.ask, args=(str(number),)) for number in range(WAITING)]
    for thread in waiting:
        thread.start()
    try:
        with pytest.raises(Busy, match="đang bận"):
            desk.ask("Ai?")
    finally:
        free.set()
        for thread in waiting:
            thread.join()
    assert desk.ask("Ai?").question == "Ai?"
