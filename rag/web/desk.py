"""Where the page asks: conversations are lists of questions, answered again by whoever sends them.

The server keeps nothing of a visitor. What was answered lately is remembered, so that a longer
conversation costs no more than its last question.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import Protocol

from rag.answering.follow_ups import candidate_questions, follow_up_questions
from rag.answering.holdings import Library
from rag.answering.query import Query
from rag.answering.recent import Recent
from rag.errors import HoidapError, QuestionError
from rag.types import Answer
from rag.web.answers import Turn
from rag.web.corpus import Corpus
from rag.web.markup import word

AT_ONCE = 2
WAITING = 64
MOST_QUESTIONS = 50
REMEMBERED = 256
REMEMBERED_CHECKS = 4096
MOST_FOLLOW_UPS = 3
_TRIED = 6

logger = logging.getLogger(__name__)


class Assistant(Protocol):
    """What the page needs: answers, and what is known of the corpus."""

    @property
    def examples(self) -> tuple[str, ...]:
        """Example questions drawn from the corpus."""
        ...

    @property
    def holdings(self) -> Library:
        """What is known of the corpus."""
        ...

    def understand(self, question: str) -> Query:
        """What a question asks, by itself."""
        ...

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """The answer; `history` holds the earlier questions of the conversation, oldest first."""
        ...


class Busy(HoidapError):
    """More people are asking than can be answered in time."""


class Desk:
    """Answers the page's questions, a few at a time; safe to share between threads."""

    def __init__(self, assistant: Assistant, files: Mapping[str, str] | None = None) -> None:
        self.corpus = Corpus(assistant.holdings, files)
        self.examples = assistant.examples
        self._assistant = assistant
        self._turns: Recent[tuple[str, ...], Turn] = Recent(REMEMBERED)
        self._checks: Recent[str, Answer] = Recent(REMEMBERED_CHECKS)
        self._at_once, self._waiting, self._lock = BoundedSemaphore(AT_ONCE), 0, Lock()

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """The answer to a question after earlier ones.

        Raises: QuestionError, Busy.
        """
        with self._place():
            return self._assistant.ask(question, tuple(history))

    def turn(self, questions: Sequence[str]) -> Turn:
        """The last of the questions with its answer, or with the sentence that is shown in its place."""
        asked = tuple(questions)
        known = self._turns.get(asked)
        if known is not None:
            return known
        try:
            turn = self._answered(asked)
        except HoidapError as error:
            logger.warning("A question was not answered: %s", type(error).__name__)
            return Turn(asked[-1] if asked else "", str(error))
        except Exception:
            logger.exception("A question failed unexpectedly")
            return Turn(asked[-1], word("unexpected"))
        self._turns.put(asked, turn)
        return turn

    def turns(self, questions: Sequence[str]) -> tuple[Turn, ...]:
        """The whole conversation."""
        return tuple(self.turn(questions[: count + 1]) for count in range(min(len(questions), MOST_QUESTIONS)))

    def follow_ups(self, questions: Sequence[str]) -> tuple[str, ...]:
        """Up to three questions that lead on from the last answer, each of which the corpus answers."""
        reply = self.turn(questions).reply
        if not isinstance(reply, Answer):
            return ()
        found: list[str] = []
        for place, question in enumerate(follow_up_questions(reply, self.corpus.holdings)):
            if len(found) == MOST_FOLLOW_UPS or place == _TRIED:
                break
            if question not in questions and question not in found and _leads_on(self._check(question), reply):
                found.append(question)
        return tuple(found)

    def _answered(self, asked: tuple[str, ...]) -> Turn:
        if not asked or not asked[-1].strip():
            raise QuestionError("Câu hỏi đang để trống.")
        if len(asked) > MOST_QUESTIONS:
            raise QuestionError(word("too_long_conversation", count=MOST_QUESTIONS))
        answer = self.ask(asked[-1], asked[:-1])
        return Turn(asked[-1], answer, tuple(self._candidates(answer)) if answer.status == "ambiguous" else ())

    def _candidates(self, answer: Answer) -> Iterator[tuple[str, str]]:
        """A label and a question for each document of an ambiguous answer that the corpus then answers alone."""
        numbers = tuple(asked.n for asked in self._assistant.understand(answer.question).numbers)
        for label, ways in candidate_questions(answer, self.corpus.holdings, numbers):
            for way in ways:
                if self._check(way).status in ("answered", "corrected"):
                    yield label, way
                    break

    def _check(self, question: str) -> Answer:
        known = self._checks.get(question)
        if known is None:
            known = self.ask(question)
            self._checks.put(question, known)
        return known

    @contextmanager
    def _place(self) -> Iterator[None]:
        """One of the few places to be answered at; who comes when too many wait is told so.

        Raises: Busy.
        """
        with self._lock:
            if self._waiting >= WAITING:
                raise Busy(word("busy"))
            self._waiting += 1
        try:
            with self._at_once:
                yield
        finally:
            with self._lock:
                self._waiting -= 1


def _leads_on(later: Answer, answer: Answer) -> bool:
    """Whether a later answer says something, and something else."""
    return later.status == "answered" and later.text != answer.text
