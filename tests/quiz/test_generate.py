"""From a wish to items: proportions, filters, order, and what is said where the corpus does not give enough."""

from __future__ import annotations

from collections import Counter

import pytest

from rag.quiz.alike import contains
from rag.quiz.check import faults
from rag.quiz.forms import FORMS
from rag.quiz.generate import chance, generate
from rag.quiz.items import Item
from rag.quiz.material import Material
from rag.quiz.wire import items_json
from rag.quiz.wishes import Wish, quotas, wanted_facts


def test_every_item_passes_every_check(material: Material, items: tuple[Item, ...]) -> None:
    assert [faults(item, material) for item in items] == [()] * 40


def test_the_same_wish_gives_the_same_bytes(material: Material) -> None:
    one = generate(material, Wish(30, seed=7)).items
    other = generate(Material(material.knowledge), Wish(30, seed=7)).items
    assert items_json(one) == items_json(other)


def test_another_seed_gives_other_items(material: Material, items: tuple[Item, ...]) -> None:
    other = generate(material, Wish(40, seed=4)).items
    assert {item.id for item in items} != {item.id for item in other}


def test_difficulties_come_in_the_proportions_asked_for(material: Material) -> None:
    wish = Wish(20, mix={"recall": 5, "understand": 3, "apply": 2})
    assert Counter(item.difficulty for item in generate(material, wish).items) == quotas(wish)


def test_a_single_difficulty_is_the_only_one(material: Material) -> None:
    found = generate(material, Wish(10, mix={"apply": 1.0})).items
    assert {item.difficulty for item in found} == {"apply"}


def test_each_position_is_right_as_often_as_any_other(items: tuple[Item, ...]) -> None:
    counts = Counter(item.correct[0] for item in items if len(item.options) == 4)
    assert max(counts.values()) - min(counts.values()) <= 1


def test_statements_are_true_as_often_as_false(material: Material) -> None:
    found = generate(material, Wish(20, forms=("document_statement",))).items
    counts = Counter(item.correct[0] for item in found)
    assert abs(counts[0] - counts[1]) <= 1


def test_plain_takers_are_held_down(items: tuple[Item, ...]) -> None:
    choices = [item for item in items if item.kind != "true_false"]
    longest = sum(chance(item, [len(option) for option in item.options]) for item in choices) / len(choices)
    assert longest <= 0.30


def test_a_theme_is_asked_once_and_no_stem_twice(items: tuple[Item, ...]) -> None:
    assert len({item.fact.theme for item in items}) == len({item.stem for item in items}) == len(items)


def test_no_stem_tells_the_answer_of_another_item(material: Material, items: tuple[Item, ...]) -> None:
    for one in items:
        for other in items:
            if one is other or "true_false" in (one.kind, other.kind) or not {*one.fact.about} & {*other.fact.about}:
                continue
            asked = FORMS[other.fact.form].anchors(material, other.fact)[0]
            assert not (contains(one.stem, other.right) and contains(one.stem, asked)), (one.stem, other.stem)


def test_more_than_the_corpus_gives_is_said(material: Material) -> None:
    given = generate(material, Wish(50, forms=("basis",)))
    assert len(given.items) == 1
    assert given.notes == ("Kho văn bản chỉ đủ cho 1 trong 50 câu được yêu cầu với các điều kiện đã chọn.",)


def test_nothing_that_fits_is_said(material: Material) -> None:
    given = generate(material, Wish(5, topic="đóng tàu biển"))
    assert given.items == ()
    assert given.notes == ("Không có câu nào thỏa các điều kiện đã chọn.",)


def test_a_difficulty_that_runs_short_is_filled_and_said(material: Material) -> None:
    given = generate(material, Wish(12, forms=("basis", "date"), mix={"recall": 0.5, "understand": 0.5}))
    assert len(given.items) == 12
    assert given.notes == ("Không đủ câu thông hiểu (1 trong 6 câu); phần còn lại lấy từ mức khác.",)


@pytest.mark.parametrize("topic", ["tôn giáo", "TON GIAO"])
def test_a_topic_is_found_with_marks_or_without(material: Material, topic: str) -> None:
    found = generate(material, Wish(8, topic=topic)).items
    assert len(found) == 8
    for item in found:
        titles = " ".join(material.entries[key].title or "" for key in item.fact.documents)
        said = f"{item.stem} {item.right} {item.citation.quote} {item.topic} {titles}"
        assert contains(said, "tôn giáo"), item.stem


def test_a_section_limits_where_the_passages_stand(material: Material) -> None:
    found = generate(material, Wish(10, section="II.4")).items
    assert found
    assert all(item.fact.locator.startswith("Mục II.4") for item in found)


@pytest.mark.parametrize("asked", ["18-CT/TU", "Chỉ thị số 18-CT/TU", "18 - CT/TU"])
def test_a_document_limits_what_is_asked_of(material: Material, asked: str) -> None:
    found = wanted_facts(material, Wish(10, document=asked))
    assert found
    assert all("18-CT/TU" in fact.documents for fact in found)
    assert not any(fact.documents == ("18-CT/TW",) for fact in found)


def test_a_level_limits_the_documents(material: Material) -> None:
    found = generate(material, Wish(10, level="huyện")).items
    assert found
    assert all(any(material.entries[key].level == "huyện" for key in item.fact.documents) for item in found)


def test_what_was_rejected_is_not_asked_again(material: Material) -> None:
    first = generate(material, Wish(10, seed=2)).items
    without = frozenset(item.fact.key for item in first)
    again = generate(material, Wish(10, seed=2, without=without)).items
    assert not without & {item.fact.key for item in again}


def test_every_numbered_part_of_the_plan_is_covered(material: Material) -> None:
    found = generate(material, Wish(100, seed=1)).items
    parts = {item.fact.locator.split(",")[0] for item in found}
    wanted = {"Mục I.1", "Mục I.2", *(f"Mục II.{number}" for number in (1, 2, 4, 5)), "Mục III.1", "Mục III.2"}
    assert wanted <= parts
    assert any(item.topic == "Xây dựng và thực hiện quy chế dân chủ ở cơ sở" for item in found)


def test_no_item_rests_on_a_date_that_the_source_contradicts(material: Material) -> None:
    """The plan dates 58-NQ/TU 21/11/2021 and 29/11/2021."""
    assert "58-NQ/TU" in material.entries
    for seed in (1, 2, 3):
        for item in generate(material, Wish(100, seed=seed)).items:
            assert not any(contains(text, day) for text in (item.stem, *item.options)
                           for day in ("21/11/2021", "29/11/2021")), item.stem  # fmt: skip


def test_no_question_asks_for_a_title_that_the_source_contradicts(material: Material) -> None:
    """The title of 124-QĐ/TW lost a word, that of 01-ĐA/BDVTU-UBND is told in two ways."""
    titled = [fact for fact in wanted_facts(material, Wish(1)) if fact.form in ("title", "number", "governs")]
    assert titled
    assert not {"124-QĐ/TW", "01-ĐA/BDVTU-UBND", "26-NQ/HU"} & {key for fact in titled for key in fact.documents}
