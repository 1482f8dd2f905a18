"""The item bank: accept, edit, reject, and what is refused."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from rag.errors import QuizError
from rag.quiz.bank import Bank
from rag.quiz.generate import generate
from rag.quiz.items import Item
from rag.quiz.material import Material
from rag.quiz.wishes import Wish


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return Bank(tmp_path / "kho" / "quiz.sqlite")


@pytest.fixture(scope="module")
def issuer_item(material: Material) -> Item:
    return generate(material, Wish(1, document="18-CT/TU", forms=("issuer",))).items[0]


def test_items_come_out_as_they_went_in(bank: Bank, items: tuple[Item, ...]) -> None:
    assert bank.propose(items) == 40
    assert [one.item for one in bank.entries()] == list(items)
    assert {one.state for one in bank.entries()} == {"proposed"}


def test_an_item_goes_in_once(bank: Bank, items: tuple[Item, ...]) -> None:
    bank.propose(items[:3])
    bank.set_state(items[0].id, "accepted")
    assert bank.propose(items[:5]) == 2
    assert [one.item for one in bank.entries(("accepted",))] == [items[0]]


def test_rejected_items_do_not_come_back(bank: Bank, material: Material) -> None:
    first = generate(material, Wish(5, seed=2)).items
    bank.propose(first)
    for item in first:
        bank.set_state(item.id, "rejected")
    again = generate(material, Wish(5, seed=2, without=bank.rejected_facts())).items
    assert not {item.fact.key for item in first} & {item.fact.key for item in again}


def test_a_good_edit_is_kept_and_told(bank: Bank, material: Material, issuer_item: Item) -> None:
    bank.propose([issuer_item])
    stem = "Đồng chí cho biết Chỉ thị số 18-CT/TU\n ngày 25/02/2018 do cơ quan nào ban hành?"
    bank.edit(issuer_item.id, material, stem=stem)
    entry = bank.entry(issuer_item.id)
    assert entry.edited
    assert entry.item.stem == "Đồng chí cho biết Chỉ thị số 18-CT/TU ngày 25/02/2018 do cơ quan nào ban hành?"
    assert entry.item.citation == issuer_item.citation


def test_a_bad_edit_is_refused_and_loses_nothing(bank: Bank, material: Material, issuer_item: Item) -> None:
    bank.propose([issuer_item])
    with pytest.raises(QuizError, match="cũng đúng theo kho văn bản"):
        bank.edit(issuer_item.id, material, options=["Tỉnh ủy", *issuer_item.options[1:]],
                  correct=issuer_item.correct[0] or 1)  # fmt: skip
    with pytest.raises(QuizError, match="không đúng theo kho văn bản"):
        bank.edit(issuer_item.id, material, correct=(issuer_item.correct[0] + 1) % 4)
    assert bank.entry(issuer_item.id).item == issuer_item


def test_an_unknown_item_is_told(bank: Bank, material: Material) -> None:
    with pytest.raises(QuizError, match="Ngân hàng không có câu x"):
        bank.set_state("x", "accepted")
    with pytest.raises(QuizError, match="Ngân hàng không có câu x"):
        bank.edit("x", material, stem="?")


def test_a_file_that_is_no_bank_is_told(tmp_path: Path) -> None:
    path = tmp_path / "quiz.sqlite"
    path.write_bytes(b"x" * 4096)
    with pytest.raises(QuizError, match="Không mở được ngân hàng câu hỏi"):
        Bank(path).entries()


def test_threads_may_share_a_bank(bank: Bank, items: tuple[Item, ...]) -> None:
    threads = [threading.Thread(target=bank.propose, args=(items[at::4],)) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {one.item.id for one in bank.entries()} == {item.id for item in items}
