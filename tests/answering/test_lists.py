"""Which words of a question for a list are its topic."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.holdings import Library
from rag.answering.lists import ListAnswers
from rag.answering.query import Query
from rag.answering.resolve import Resolver
from rag.answering.retrieve import EvidenceRetriever
from rag.answering.search import TopicSearch


@pytest.fixture(scope="module")
def topic(
    library: Library, by_words: Callable[[Library], EvidenceRetriever], asked: Callable[[str], Query]
) -> Callable[[str], list[str]]:
    """The words of a question's topic."""
    resolver = Resolver(library)
    lists = ListAnswers(library, resolver, TopicSearch(library, by_words(library)))

    def words_of(question: str) -> list[str]:
        query = asked(question)
        return [term.text for term in lists.topic_terms(query, resolver.limits(query))]

    return words_of


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Liệt kê hết các chỉ thị được nhắc tên", []),
        ("Liệt kê đầy đủ các chỉ thị có mặt theo thứ tự", []),
        ("Có bao nhiêu nghị quyết được đề cập?", []),
        ("Liệt kê các chỉ thị được nhắc đến về tái định cư", ["tái", "định cư"]),
    ],
)
def test_words_that_only_ask_for_a_list_are_no_topic(
    topic: Callable[[str], list[str]], question: str, words: list[str]
) -> None:
    assert topic(question) == words


def test_the_same_words_are_a_topic_where_no_list_is_asked_for(topic: Callable[[str], list[str]]) -> None:
    assert "danh sách" in topic("Ai lập danh sách hội viên?")
