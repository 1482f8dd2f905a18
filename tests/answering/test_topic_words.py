"""The words of a question's topic: apart where words were taken out between them, some without a matter."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.query import Query
from rag.index.tokens import ACCENTED
from rag.index.topics import TOPIC_GAP, topic_terms

Ask = Callable[[str], Query]


def weights(topic: str, known: dict[str, float]) -> dict[str, float]:
    """The weights of a topic's words in a corpus that has some of one syllable."""
    terms = topic_terms(
        topic, idf=lambda field, token: known.get(token, 0.0) if field == ACCENTED else 0.0, passages=10
    )
    return {term.text: term.weight for term in terms}


def test_words_on_either_side_of_what_was_taken_out_are_not_one(asked: Ask) -> None:
    apart = asked("Kinh văn bản nào phí?").topic
    assert apart == f"kinh {TOPIC_GAP} phí"
    assert weights(apart, {}).keys() == {"kinh", "phí"}
    assert weights("kinh phí", {}).keys() == {"kinh phí"}


@pytest.mark.parametrize("word", ["mệt", "hàng xóm"])
def test_a_word_without_a_matter_that_the_corpus_lacks_is_left_out(word: str) -> None:
    assert weights(f"trâu / {word}", {"trâu": 2.0}) == {"trâu": 2.0}


def test_a_word_without_a_matter_that_the_corpus_has_weighs_less_than_another_as_rare() -> None:
    found = weights("trâu / mệt", {"trâu": 2.0, "mệt": 2.0})
    assert found["trâu"] == 2.0
    assert 0 < found["mệt"] < 1.0


def test_a_set_of_papers_is_no_ministry() -> None:
    assert weights("bộ hồ sơ", {"hồ": 2.0, "sơ": 2.0}).keys() == {"hồ sơ"}
    assert weights("bộ nội vụ", {}).keys() == {"bộ nội vụ"}
