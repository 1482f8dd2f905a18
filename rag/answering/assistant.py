"""The composition root: one object that answers questions from the snapshot that serves."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rag.answering.bounds import BOUNDS, Bounds
from rag.answering.decide import Decider
from rag.answering.draft import is_nearest, refusal
from rag.answering.examples import example_questions
from rag.answering.following import Focus
from rag.answering.holdings import Library
from rag.answering.parted import asked_parts, coordinate_parts, is_found, joined_parts, on_the_same, together
from rag.answering.query import Query, understand
from rag.answering.recent import Recent
from rag.answering.retrieve import EvidenceRetriever, Retriever
from rag.answering.verify import faults
from rag.config import Config, read_config
from rag.errors import QuestionError
from rag.index.acronyms import Acronyms
from rag.index.encoder import load_encoder
from rag.index.snapshot import open_snapshot
from rag.index.vectors import VectorIndex
from rag.index.words import WordIndex
from rag.language.diacritics import DiacriticsRestorer
from rag.language.normalize import normalize
from rag.types import Answer

logger = logging.getLogger(__name__)

_NOTHING_FOUND = ("no_evidence", "out_of_scope")
LONGEST_QUESTION = 2000
REMEMBERED_CONVERSATIONS = 512


class Assistant:
    """Answers questions from one snapshot; safe to share between threads.

    >>> assistant = Assistant.open()  # doctest: +SKIP
    >>> answer = assistant.ask("Văn bản nào quy định về hương ước, quy ước?")  # doctest: +SKIP
    >>> answer.documents[0].number, answer.citations[0].quote[:31]  # doctest: +SKIP
    ('61/2023/NĐ-CP', 'Nghị định số 61/2023/NĐ-CP ngày')
    """

    def __init__(
        self, library: Library, retriever: Retriever, restorer: DiacriticsRestorer, *, bounds: Bounds = BOUNDS
    ) -> None:
        self._library, self._restorer, self._retriever, self._bounds = library, restorer, retriever, bounds
        self._acronyms = Acronyms(library.texts.values())
        self._decider = Decider(library, retriever, bounds)
        self._foci: Recent[tuple[str, ...], Focus] = Recent(REMEMBERED_CONVERSATIONS)

    @classmethod
    def open(cls, config: Config | None = None) -> Assistant:
        """The assistant over the snapshot that serves, with everything loaded; without a `config` that of this process.

        Raises: ConfigError, SnapshotMissing, SnapshotError, EncoderError.
        """
        config = read_config() if config is None else config
        snapshot = open_snapshot(config)
        retriever = EvidenceRetriever(
            snapshot.knowledge.passages,
            vectors=VectorIndex.open(snapshot.vectors),
            words=WordIndex.open(snapshot.words),
            encoder=load_encoder(config.encoder),
            dense_weight=config.dense_weight,
            calibration=snapshot.calibration,
        )
        bounds = Bounds.of(snapshot.calibration)
        return cls(Library(snapshot.knowledge), retriever, DiacriticsRestorer(snapshot.diacritics), bounds=bounds)

    @property
    def stored_texts(self) -> Mapping[str, str]:
        """The stored texts by source, which citations are slices of."""
        return self._library.texts

    @property
    def holdings(self) -> Library:
        """What is known of the corpus."""
        return self._library

    @property
    def retriever(self) -> Retriever:
        """The scorer of passages, for other programs to build on."""
        return self._retriever

    @property
    def restorer(self) -> DiacriticsRestorer:
        """What gives questions their likely marks."""
        return self._restorer

    @property
    def bounds(self) -> Bounds:
        """Below what support a question is refused."""
        return self._bounds

    @property
    def examples(self) -> tuple[str, ...]:
        """Three questions that this corpus can answer."""
        return example_questions(self._library)

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """The verified answer to a question after the user's earlier ones, oldest first.

        Raises: QuestionError where the question is empty or longer than 2,000 characters.
        """
        start = time.perf_counter()
        asked = tuple(earlier[:LONGEST_QUESTION] for earlier in history if earlier.strip())
        answer, focus = self._answer(check_question(question), self._focus_after(asked))
        self._foci.put((*asked, question), focus)
        answer = self._verified(answer)
        return replace(answer, elapsed_ms=round((time.perf_counter() - start) * 1000, 3))

    def understand(self, question: str) -> Query:
        """What a question asks, by itself."""
        question = self._acronyms.expand(normalize(question))
        query = understand(question, restorer=self._restorer, known_numbers=self._library.by_digits)
        logger.debug("understood %r as %r", question, query)
        return query

    def _focus_after(self, asked: tuple[str, ...]) -> Focus:
        """What a conversation is about after its questions; those asked before are not answered anew."""
        known = next((count for count in range(len(asked), 0, -1) if self._foci.get(asked[:count])), 0)
        focus = self._foci.get(asked[:known]) or Focus()
        for count in range(known, len(asked)):
            focus = self._answer(asked[count], focus)[1]
            self._foci.put(asked[: count + 1], focus)
        return focus

    def _answer(self, question: str, focus: Focus) -> tuple[Answer, Focus]:
        """The answer to a question, or to a part of it where the texts do not answer it as a whole; the focus after."""
        query = self.understand(question)
        answer, after = self._decider.answer(question, query, focus)
        if answer.reason == "no_evidence" and focus.topic and not (query.continues or query.points_back):
            going_on, behind = self._decider.answer(question, replace(query, continues=True), focus)
            if is_found(going_on):
                return going_on, behind
        parts = asked_parts(question)
        whole = answer.reason in _NOTHING_FOUND or is_nearest(answer)
        apart = not whole and len(parts) > 1 and self._decider.tells_apart([self.understand(part) for part in parts])
        if len(parts) == 1 and (whole or self._leaves_out(query, answer, question)):
            parts, apart = coordinate_parts(question), True
        parts = parts if whole or apart else []
        if len(query.numbers) == 1 and len(joined := joined_parts(question)) > 1 and answer.status == "not_found":
            parts, apart = on_the_same(joined, query.numbers[0].asked), False
        if len(parts) > 1:
            answers = []
            for part in parts:
                one, focus = self._decider.answer(part, self.understand(part), focus)
                answers.append(one)
            if apart and not all(is_found(one) for one in answers):
                return answer, after
            if is_nearest(answer) and not any(is_found(one) for one in answers):
                return answer, after
            if found := together(question, parts, answers):
                return found, focus
        return answer, after

    def _leaves_out(self, query: Query, answer: Answer, question: str) -> bool:
        """Whether an answer leaves out what one of two parts of a question asks: the unit, or a day beside the effect.

        "Ký ngày nào, áp dụng từ hôm nào?" asks for two days.
        """
        if "unit" in query.slots and not answer.units:
            return True
        if "effective" not in query.slots:
            return False
        asked = [self.understand(part).slots & {"date", "effective"} for part in coordinate_parts(question)]
        return all(asked) and len(set(asked)) > 1

    def _verified(self, answer: Answer) -> Answer:
        found = faults(answer, self._library.texts, self._library.checked)
        if not found:
            return answer
        logger.error("an answer was withheld: %s", "; ".join(found))
        return refusal(answer.question, "no_evidence", "not_found_unverified")


def check_question(question: str) -> str:
    """The question as given.

    Raises: QuestionError where it is empty or longer than 2,000 characters.
    """
    if not question.strip():
        raise QuestionError("Câu hỏi đang để trống.")
    if len(question) > LONGEST_QUESTION:
        raise QuestionError(f"Câu hỏi dài {len(question)} ký tự; xin rút gọn dưới {LONGEST_QUESTION} ký tự.")
    return question
