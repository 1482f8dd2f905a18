"""The retriever for llama-index, over fake evidence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from llama_index.core.base.base_retriever import BaseRetriever

from rag.answering.retrieve import Evidence
from rag.answering.retriever import PassageRetriever
from rag.types import Passage, Span

PASSAGES = tuple(
    Passage(
        id=f"p{number}",
        source="documents/a.txt",
        provision=number,
        kind="clause",
        segments=(Span(10 * number, 10 * number + 4), Span(10 * number + 6, 10 * number + 9)),
        text=f"Đoạn {number}",
        context="Mục I",
        locator=f"Mục I, đoạn {number}",
    )
    for number in range(3)
)


@dataclass
class FakeEvidence:
    """Scores the passages the same for every question."""

    passages: tuple[Passage, ...] = PASSAGES

    def evidence(self, question: str) -> Evidence:
        scores = np.array([0.25, 1.0, 0.5], dtype=np.float32)
        return Evidence(scores, scores, scores)


def retriever(top_k: int = 10) -> PassageRetriever:
    return PassageRetriever(FakeEvidence(), top_k=top_k)  # type: ignore[arg-type]


def test_passages_come_as_nodes_best_first() -> None:
    nodes = retriever().retrieve("Ai chủ trì?")
    assert [(node.node.node_id, node.score, node.text) for node in nodes] == [
        ("p1", 1.0, "Đoạn 1"),
        ("p2", 0.5, "Đoạn 2"),
        ("p0", 0.25, "Đoạn 0"),
    ]
    assert nodes[0].metadata == {
        "source": "documents/a.txt", "start": 10, "end": 19, "locator": "Mục I, đoạn 1",
    }  # fmt: skip


def test_no_more_than_top_k_come() -> None:
    assert [node.node.node_id for node in retriever(1).retrieve("Ai?")] == ["p1"]


def test_an_empty_question_finds_nothing() -> None:
    assert retriever().retrieve(" ") == []


def test_it_is_a_retriever_of_llama_index() -> None:
    assert isinstance(retriever(), BaseRetriever)
