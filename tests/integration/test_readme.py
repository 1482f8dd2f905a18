"""What the README promises: its questions are answered."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rag.answering.assistant import Assistant

README = Path(__file__).resolve().parents[2] / "README.md"
QUESTIONS = re.findall(r'hoidap ask "([^"]+)"', README.read_text(encoding="utf-8"))


def test_the_readme_asks_questions() -> None:
    assert len(QUESTIONS) >= 3


@pytest.mark.integration
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_of_the_readme_is_answered_with_a_quotation(plan_assistant: Assistant, question: str) -> None:
    answer = plan_assistant.ask(question)
    assert answer.status == "answered"
    assert answer.citations


@pytest.mark.integration
def test_the_examples_of_the_chat_are_answered(plan_assistant: Assistant) -> None:
    assert len(plan_assistant.examples) == 3
    assert {plan_assistant.ask(question).status for question in plan_assistant.examples} == {"answered"}
