"""Versions of a paper and their answer sheet."""

from __future__ import annotations

from collections import Counter

from rag.quiz.items import Item
from rag.quiz.papers import answer_sheet, make_test, places


def test_one_version_keeps_the_order_and_has_no_code(items: tuple[Item, ...]) -> None:
    test = make_test(items, title="Thi")
    assert [paper.code for paper in test.papers] == [""]
    assert test.items == items


def test_versions_have_the_same_items_in_other_orders(items: tuple[Item, ...]) -> None:
    test = make_test(items, title="Thi", versions=4, seed=7)
    assert [paper.code for paper in test.papers] == ["101", "102", "103", "104"]
    orders = {tuple(item.id for item in paper.items) for paper in test.papers}
    assert len(orders) == 4
    assert len({frozenset(order) for order in orders}) == 1


def test_options_are_shuffled_and_the_key_follows(items: tuple[Item, ...]) -> None:
    test = make_test(items, title="Thi", versions=3, seed=7)
    known = {item.id: item for item in items}
    for paper in test.papers:
        assert any(item.options != known[item.id].options for item in paper.items)
        for item in paper.items:
            assert item.right == known[item.id].right
            assert sorted(item.options) == sorted(known[item.id].options)


def test_true_stays_before_false(items: tuple[Item, ...]) -> None:
    test = make_test(items, title="Thi", versions=3, seed=7)
    statements = [item for paper in test.papers for item in paper.items if item.kind == "true_false"]
    assert statements
    assert {item.options for item in statements} == {("Đúng", "Sai")}


def test_each_version_has_its_key_spread_evenly(items: tuple[Item, ...]) -> None:
    for paper in make_test(items, title="Thi", versions=4, seed=1).papers:
        counts = Counter(item.correct[0] for item in paper.items if len(item.options) == 4)
        assert max(counts.values()) - min(counts.values()) <= 1


def test_the_sheet_has_the_letters_of_each_version(items: tuple[Item, ...]) -> None:
    test = make_test(items, title="Thi", versions=2, seed=7)
    sheet = answer_sheet(test)
    assert [column[0] for column in sheet] == ["101", "102"]
    for column, paper in zip(sheet, test.papers, strict=True):
        assert column[1:] == ["ABCDEF"[item.correct[0]] for item in paper.items]


def test_an_item_is_found_in_every_version(items: tuple[Item, ...]) -> None:
    test = make_test(items, title="Thi", versions=3, seed=7)
    for item in items[:5]:
        numbers = places(test, item)
        assert [paper.items[at - 1].id for paper, at in zip(test.papers, numbers, strict=True)] == [item.id] * 3


def test_the_same_seed_gives_the_same_versions(items: tuple[Item, ...]) -> None:
    one, other = (make_test(items, title="Thi", versions=4, seed=7) for _ in range(2))
    assert one == other
    assert make_test(items, title="Thi", versions=4, seed=8) != one
