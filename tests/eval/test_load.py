"""The load script: what users ask, what is their own, and whom it may ask."""

from __future__ import annotations

import os

import pytest

from eval.bench.figure import BenchError
from eval.bench.load import Outcome, _on_loopback, conversations, not_their_own, resident_megabytes
from rag.web.answers import Turn


class _Desk:
    corpus = None

    def turn(self, questions: list[str]) -> Turn:
        return Turn(questions[-1], f"Trả lời {questions[-1]}")


def test_no_two_users_ask_the_same_questions_in_the_same_order() -> None:
    asked = conversations([str(number) for number in range(50)], 30, 10)
    assert len({tuple(own) for own in asked}) == 30
    assert {len(own) for own in asked} == {10}


def test_a_reply_to_someone_else_is_found() -> None:
    from rag.web.endpoints import turn_json

    desk = _Desk()
    own, other = ([turn_json(desk, [question])] for question in ("Ai?", "Khi nào?"))  # type: ignore[arg-type]
    outcome = Outcome(replies=[(("Ai?",), own), (("Ai?",), other)])
    assert not_their_own(outcome, desk) == ["Ai?"]  # type: ignore[arg-type]


def test_only_this_machine_is_asked() -> None:
    assert _on_loopback("http://127.0.0.1:7860/") == "http://127.0.0.1:7860/"
    with pytest.raises(BenchError, match="máy này"):
        _on_loopback("http://192.0.2.1:7860/")


def test_this_process_takes_some_megabytes() -> None:
    assert 5 < resident_megabytes(os.getpid()) < 100_000
