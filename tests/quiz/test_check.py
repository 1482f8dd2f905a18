"""Every check refuses what it is for, on items that are otherwise sound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from rag.quiz.check import MOST_OPTION_WORDS, MOST_STEM_WORDS, faults
from rag.quiz.generate import generate
from rag.quiz.items import Item
from rag.quiz.material import Material
from rag.quiz.wishes import Wish


@pytest.fixture(scope="module")
def item(material: Material) -> Item:
    """Who issued a directive."""
    found = generate(material, Wish(1, document="18-CT/TU", forms=("issuer",))).items[0]
    assert found.right == "Ban Thường vụ Tỉnh ủy"
    return found


def with_wrong(item: Item, text: str) -> Item:
    """The item with another wrong option in the place of the first."""
    at = next(at for at in range(len(item.options)) if at not in item.correct)
    return replace(item, options=tuple(text if one == at else option for one, option in enumerate(item.options)))


def test_a_sound_item_has_no_fault(item: Item, material: Material) -> None:
    assert faults(item, material) == ()


BROKEN: dict[str, tuple[Callable[[Item], Item], str]] = {
    "one option": (lambda item: replace(item, options=item.options[:1], correct=(0,)), "từ hai đến sáu phương án"),
    "an empty option": (lambda item: with_wrong(item, "  "), "không phương án nào để trống"),
    "no key": (lambda item: replace(item, correct=()), "đúng một đáp án"),
    "two keys": (lambda item: replace(item, correct=(0, 1)), "đúng một đáp án"),
    "a key that is no option": (lambda item: replace(item, correct=(9,)), "đúng một đáp án"),
    "an empty stem": (lambda item: replace(item, stem=" "), "Câu dẫn để trống"),
    "a long stem": (lambda item: replace(item, stem=item.stem + " a" * MOST_STEM_WORDS), "dài quá"),
    "a long option": (lambda item: with_wrong(item, "ban " * (MOST_OPTION_WORDS + 1)), "Phương án dài quá"),
    "an option twice": (lambda item: with_wrong(item, item.right.upper()), "Hai phương án giống nhau"),
    "all of the above": (lambda item: with_wrong(item, "Cả ba đáp án trên"), "Không dùng phương án kiểu"),
    "another key": (lambda item: replace(item, correct=((item.correct[0] + 1) % 4,)), "không đúng theo kho văn bản"),
    "a second true option": (lambda item: with_wrong(item, "Thường vụ Tỉnh ủy"), "cũng đúng theo kho văn bản"),
    "a quote that is not there": (
        lambda item: replace(item, citation=replace(item.citation, start=item.citation.start + 1)),
        "không còn khớp nguyên văn",
    ),
    "a source that is not there": (
        lambda item: replace(item, citation=replace(item.citation, source="documents/x.txt")),
        "không còn khớp nguyên văn",
    ),
    "an option that stands out": (
        lambda item: with_wrong(item, "Ban Dân vận Huyện ủy cùng các cơ quan chuyên môn trực thuộc UBND huyện"),
        "chênh lệch quá nhiều về độ dài",
    ),
    "the answer in the stem": (
        lambda item: replace(item, stem=f"Ban Thường vụ Tỉnh ủy có Chỉ thị số 18-CT/TU; ai ban hành: {item.stem}"),
        "Câu dẫn để lộ đáp án",
    ),
    "a stem on another document": (
        lambda item: replace(item, stem=item.stem.replace("18-CT/TU", "18-CT/TW")),
        "không còn nêu “18-CT/TU”",
    ),
    "a form that is not known": (lambda item: replace(item, fact=replace(item.fact, form="x")), "Không rõ câu hỏi"),
    "a document that is gone": (
        lambda item: replace(item, fact=replace(item.fact, subject="99-CT/TU")),
        "không còn trong kho",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("broken", "told"), BROKEN.values(), ids=BROKEN)
def test_each_fault_is_told(item: Item, material: Material, broken: Callable[[Item], Item], told: str) -> None:
    assert told in " ".join(faults(broken(item), material))


def test_a_statement_must_keep_what_it_states(material: Material) -> None:
    found = generate(material, Wish(1, forms=("document_statement",))).items[0]
    said = found.fact.subject.rsplit("|", 1)[1]
    changed = replace(found, stem=found.stem.replace(said[5:], "…").replace(said, "…"))
    assert "không còn nêu" in " ".join(faults(changed, material))
