"""Marks restored for matching: what was typed stays, what is missing comes from the corpus."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.language.diacritics import DiacriticsModel, DiacriticsRestorer, train_diacritics
from rag.language.normalize import fold, unmark

CORPUS = (
    "Quy chế đối thoại trực tiếp giữa người đứng đầu cấp ủy, chính quyền với Nhân dân.\n"
    "Phòng Nội vụ theo dõi, đôn đốc công tác dân vận; quản lý đất đai của dân tộc thiểu số."
)
WORDS = ("dân", "dần", "dẫn", "vẫn", "vận", "văn bản", "quy chế")


@pytest.fixture(scope="module")
def model() -> DiacriticsModel:
    return train_diacritics([CORPUS], WORDS)


@pytest.fixture(scope="module")
def restorer(model: DiacriticsModel) -> DiacriticsRestorer:
    return DiacriticsRestorer(model)


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("doi thoai truc tiep voi nhan dan", "đối thoại trực tiếp với nhân dân"),
        ("cong tac dan van", "công tác dân vận"),  # the pair decides: "dần", "văn" are in the word list
        ("van ban", "văn bản"),
        ("DOI THOAI", "đối thoại"),
        ("Quy che doi thoai, dan van?", "quy chế đối thoại, dân vận?"),  # punctuation stays
        ("số 593-qđ/tu", "số 593-qđ/tu"),
        ("xyz doi thoai", "xyz đối thoại"),  # an unknown syllable stays
        ("", ""),
        ("?!", "?!"),
    ],
)
def test_marks_come_from_the_corpus(restorer: DiacriticsRestorer, typed: str, restored: str) -> None:
    assert restorer.restore(typed) == restored


def test_a_syllable_typed_with_its_mark_keeps_it(restorer: DiacriticsRestorer) -> None:
    assert restorer.restore("cong tac dẫn van cua phong noi vu") == "công tác dẫn vận của phòng nội vụ"


def test_a_question_typed_in_full_is_left_alone(restorer: DiacriticsRestorer) -> None:
    assert restorer.restore("Công tác dân van nào?") == "công tác dân van nào?"


def test_known_is_what_the_corpus_or_the_word_list_has(restorer: DiacriticsRestorer) -> None:
    assert [restorer.knows(syllable) for syllable in ("thoai", "thoại", "ban", "blockchain")] == [
        True,
        True,
        True,
        False,
    ]


def test_the_corpus_weighs_more_than_the_word_list() -> None:
    model = train_diacritics(["vận"], ["vẫn", "vẫn", "vẫn"])
    assert model.unigrams == {"vận": 4, "vẫn": 3}
    assert DiacriticsRestorer(model).restore("van") == "vận"


def test_pairs_do_not_cross_lines() -> None:
    assert train_diacritics(["dân\nvận khéo"], []).bigrams == {"vận khéo": 4}


def test_an_empty_model_returns_the_folded_text() -> None:
    assert DiacriticsRestorer(train_diacritics([], [])).restore("Doi thoai") == "doi thoai"


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="aáàạâăbcdđeêghiklmnoôơqtuưvxyỵ \u00ad\u200d\u0301\u0323.,?-/0123", max_size=60) | st.text(max_size=60))
def test_only_marks_are_added(text: str) -> None:
    restored = DiacriticsRestorer(train_diacritics([CORPUS], WORDS)).restore(text)
    assert unmark(restored) == unmark(fold(text))


def test_time_stays_linear_in_the_length_of_the_question(restorer: DiacriticsRestorer) -> None:
    def seconds(words: int) -> float:
        text = "doi thoai voi dan " * (words // 4)
        begun = time.process_time()
        restorer.restore(text)
        return max(time.process_time() - begun, 0.01)

    seconds(400)
    assert seconds(16_000) < 8 * 3 * seconds(2_000)
