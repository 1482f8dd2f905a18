"""GIFT, Aiken, Moodle XML and QTI read back equal by readers of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import QuizError
from rag.quiz.formats import FORMATS, written
from rag.quiz.formats.texts import explained
from rag.quiz.items import Fact, Item
from rag.quiz.papers import Test as QuizTest
from rag.quiz.papers import make_test
from rag.types import Citation

from . import readers

READERS: dict[str, Callable[[bytes], list[readers.Read]]] = {
    "gift": lambda body: readers.read_gift(body.decode()),
    "aiken": lambda body: readers.read_aiken(body.decode()),
    "moodle": lambda body: readers.read_moodle(body),
    "qti": lambda body: readers.read_qti(body),
}
WITH_NAMES = ("gift", "moodle", "qti")
SIGNS = st.text(
    alphabet=st.sampled_from("aăâđêôơướệẵ ~=#{}:\\*_[]()<>&\"'`$^%|+-.!…“”/1"), min_size=1, max_size=30
).map(lambda text: " ".join(text.split())).filter(lambda text: any(char.isalnum() for char in text))  # fmt: skip


def made(stem: str, options: tuple[str, ...]) -> Item:
    fact = Fact("issuer", "x", "x", "Mục I", "documents/a.txt", "Mục I.1", (), ())
    cited = Citation(1, "documents/a.txt", "Kế hoạch", "Mục I.1", "câu", 0, 3)
    return Item("issuer-1", "single_choice", "recall", stem, options, (1,), "Vì vậy", cited, fact)


def test_of(*items: Item) -> QuizTest:
    return make_test(items, title="Hội thi “Dân vận khéo” <năm 2024>")


test_of.__test__ = False  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", READERS)
def test_items_read_back_equal(items: tuple[Item, ...], name: str) -> None:
    found = READERS[name](written(test_of(*items), name))
    assert len(found) == len(items)
    for read, item in zip(found, items, strict=True):
        assert read.stem == item.stem
        assert read.options == item.options
        assert read.right == (item.right,)
        if name in WITH_NAMES:
            assert read.name == item.id
            assert read.why == " ".join(explained(item).split())


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=25, deadline=None)
@given(stem=SIGNS, options=st.lists(SIGNS, min_size=4, max_size=4, unique_by=str.casefold))
def test_signs_of_the_format_mean_themselves(name: str, stem: str, options: list[str]) -> None:
    (read,) = READERS[name](written(test_of(made(f"{stem} là gì?", tuple(options))), name))
    assert (read.stem, read.options, read.right) == (f"{stem} là gì?", tuple(options), (options[1],))


def test_json_is_the_contract(items: tuple[Item, ...]) -> None:
    assert [one["id"] for one in json.loads(written(test_of(*items), "json"))] == [item.id for item in items]


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_test_gives_the_same_bytes(items: tuple[Item, ...], name: str) -> None:
    chosen = [item for item in items if len(item.stem) <= 120 and max(map(len, item.options)) <= 75][:4]
    assert chosen
    assert written(test_of(*chosen), name) == written(test_of(*chosen), name)


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if not one.versions])
def test_several_versions_are_refused_where_the_program_shuffles_itself(items: tuple[Item, ...], name: str) -> None:
    with pytest.raises(QuizError, match="chỉ nhận một đề; nhiều mã đề thì dùng docx, pdf"):
        written(make_test(items, title="Thi", versions=2), name)


def test_an_unknown_format_is_told(items: tuple[Item, ...]) -> None:
    with pytest.raises(QuizError, match="Không có định dạng odt; các định dạng là: json, gift"):
        written(test_of(*items), "odt")


def test_one_stem_twice_is_refused_by_qti(items: tuple[Item, ...]) -> None:
    again = replace(items[0], id="x", options=tuple(reversed(items[0].options)))
    with pytest.raises(QuizError, match="Không xuất được QTI"):
        written(test_of(items[0], again), "qti")
