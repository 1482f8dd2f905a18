"""The checker of quiz items finds each fault that is put into sound items."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from eval.quiz import examine, uniform_p
from eval.quiz_reading import Corpus
from eval.quiz_truth import truths

TEXT = """KẾ HOẠCH
Thực hiện công tác năm 2024

Thực hiện Kế hoạch số 7-KH/TU, ngày 02/01/2024 của Tỉnh ủy về công tác năm 2024;

I. MỤC ĐÍCH

1. Mục đích

Các xã xây dựng kế hoạch trong 05 ngày làm việc.

II. NỘI DUNG

1. Văn bản

Thực hiện Chỉ thị số 18-CT/TU, ngày 25/02/2018 của Ban Thường vụ Tỉnh ủy về công tác tái định cư; Chỉ thị số 18-CT/TW,
ngày 26/10/2022 của Ban Bí thư về phản biện xã hội; Quyết định số 5-QĐ/TU, ngày 03/3/2019 của Ban Thường vụ Tỉnh ủy
về quy chế dân chủ¹.

¹ Kết luận số 9-KL/TW, ngày 04/4/2016 của Bộ Chính trị về dân chủ.

2. Tổ chức

Phòng Nội vụ có trách nhiệm theo dõi việc thực hiện.
"""
SOURCE = "documents/ke-hoach.txt"


def item(form: str, stem: str, options: list[str], correct: int, quote: str) -> dict[str, Any]:
    start = TEXT.index(quote)
    cited = {"source": SOURCE, "document": "Kế hoạch", "locator": "Mục II.1", "quote": quote, "start": start,
             "end": start + len(quote)}  # fmt: skip
    return {"id": f"{form}-0", "kind": "single_choice", "topic": "NỘI DUNG", "difficulty": "recall", "stem": stem,
            "options": options, "correct": [correct], "explanation": "", "citation": cited}  # fmt: skip


NUMBERS = ["Chỉ thị số 18-CT/TU", "Chỉ thị số 18-CT/TW", "Quyết định số 5-QĐ/TU", "Kết luận số 9-KL/TW"]
SOUND: dict[str, tuple[str, list[str], int]] = {
    "issuer": (
        "Chỉ thị số 18-CT/TU do cơ quan nào ban hành?",
        ["Ban Bí thư", "Ban Thường vụ Tỉnh ủy", "Tỉnh ủy", "Bộ Chính trị"],
        1,
    ),
    "date": (
        "Chỉ thị số 18-CT/TW được ban hành ngày nào?",
        ["Ngày 25/02/2018", "Ngày 03/3/2019", "Ngày 26/10/2022", "Ngày 04/4/2016"],
        2,
    ),
    "title": (
        "Chỉ thị số 18-CT/TU có nội dung về vấn đề nào?",
        ["Phản biện xã hội", "Quy chế dân chủ", "Dân chủ", "Công tác tái định cư"],
        3,
    ),
    "number": ("Văn bản nào sau đây về phản biện xã hội?", NUMBERS, 1),
    "level": (
        "Văn bản nào sau đây do cơ quan cấp tỉnh ban hành?",
        [NUMBERS[1], NUMBERS[0], NUMBERS[3], "Luật số 1/2020/QH14"],
        1,
    ),
    "earliest": ("Văn bản nào được ban hành sớm nhất?", NUMBERS, 3),
    "latest": ("Văn bản nào được ban hành muộn nhất?", NUMBERS, 1),
    "document_statement": (
        "Nhận định: “Chỉ thị số 18-CT/TW ngày 26/10/2022 do Ban Bí thư ban hành.”",
        ["Đúng", "Sai"],
        0,
    ),
    "basis": ("Kế hoạch nêu văn bản nào tại phần căn cứ?", ["Kế hoạch số 7-KH/TU", *NUMBERS[1:]], 0),
    "cited_in": ("Mục “Văn bản” (Mục II.1) viện dẫn văn bản nào?", ["Kế hoạch số 7-KH/TU", NUMBERS[3]], 1),
    "not_cited_in": ("Mục “Văn bản” (Mục II.1) KHÔNG viện dẫn văn bản nào?", ["Kế hoạch số 7-KH/TU", NUMBERS[3]], 0),
    "amount": ("Điền vào chỗ trống: “Các xã xây dựng kế hoạch trong ……”", ["03 ngày", "05 ngày làm việc"], 1),
    "amount_statement": ("Nhận định: “Các xã xây dựng kế hoạch trong 07 ngày làm việc.”", ["Đúng", "Sai"], 1),
    "unit": ("Theo Mục II.2, cơ quan, đơn vị nào theo dõi việc thực hiện?", ["Các xã", "Phòng Nội vụ"], 1),
    "in_section": (
        "Nội dung nào nêu tại mục “Mục đích” (Mục I.1)?",
        ["Phòng Nội vụ theo dõi", "Các xã xây dựng kế hoạch"],
        1,
    ),
}


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus({SOURCE: TEXT})


@pytest.mark.parametrize("form", SOUND)
def test_the_key_of_a_sound_item_is_the_only_truth(corpus: Corpus, form: str) -> None:
    stem, options, correct = SOUND[form]
    found = truths(item(form, stem, options, correct, "Phòng Nội vụ"), corpus)
    assert found == [at == correct for at in range(len(options))]


def test_a_footnote_is_read_where_it_is_called(corpus: Corpus) -> None:
    found = truths(item("cited_in", "Mục (Mục II.2) viện dẫn?", [NUMBERS[3], NUMBERS[0]], 0, "Phòng"), corpus)
    assert found == [False, False]


def test_a_form_that_is_not_known_is_not_judged(corpus: Corpus) -> None:
    assert truths(item("poem", "Gì?", ["a", "b"], 0, "Phòng"), corpus) == [None, None]


def sound_items() -> Iterator[dict[str, Any]]:
    for number in range(8):
        made = item("number", "Văn bản nào sau đây về phản biện xã hội?", NUMBERS, 1, "Phòng Nội vụ")
        order = [(at + number) % 4 for at in range(4)]
        made["options"] = [NUMBERS[at] for at in order]
        made["correct"] = [order.index(1)]
        made["id"] = f"number-{number}"
        yield made


def second_true(items: list[dict[str, Any]]) -> None:
    items[0]["options"][(items[0]["correct"][0] + 1) % 4] = "Văn bản 18-CT/TW"


def other_key(items: list[dict[str, Any]]) -> None:
    items[0]["correct"] = [(items[0]["correct"][0] + 1) % 4]


def moved_quote(items: list[dict[str, Any]]) -> None:
    items[0]["citation"]["start"] += 1


def one_place(items: list[dict[str, Any]]) -> None:
    for made in items:
        right = made["options"][made["correct"][0]]
        made["options"] = [right, *(option for option in made["options"] if option != right)]
        made["correct"] = [0]


def longer_key(items: list[dict[str, Any]]) -> None:
    for made in items:
        made["options"][made["correct"][0]] += " của Ban Bí thư Trung ương"


def told_by_the_stem(items: list[dict[str, Any]]) -> None:
    for made in items:
        made["stem"] += " 18-CT/TW Chỉ thị"


BROKEN: dict[str, tuple[Callable[[list[dict[str, Any]]], None], str]] = {
    "a second true option": (second_true, "phương án đúng thứ hai"),
    "another key": (other_key, "đáp án sai"),
    "a quote that does not resolve": (moved_quote, "trích dẫn không khớp"),
    "the key always first": (one_place, "vị trí đáp án lệch"),
    "the key always the longest": (longer_key, "đáp án dài nhất ở 1.00"),
    "the key told by the stem": (told_by_the_stem, "giống câu dẫn nhất"),
}


@pytest.mark.parametrize(("broken", "told"), BROKEN.values(), ids=BROKEN)
def test_each_fault_is_found(corpus: Corpus, broken: Callable[[list[dict[str, Any]]], None], told: str) -> None:
    sound = list(sound_items())
    before = " ".join(examine(sound, corpus).faults)
    changed = copy.deepcopy(sound)
    broken(changed)
    assert told not in before
    assert told in " ".join(examine(changed, corpus).faults)


def test_a_section_without_an_item_is_found(corpus: Corpus) -> None:
    found = examine(list(sound_items()), corpus, cover=SOURCE)
    assert found.missed == ("I.1", "II.1")


def test_items_twice_are_found(corpus: Corpus) -> None:
    sound = list(sound_items())
    assert len(examine([*sound, sound[0]], corpus).duplicates) >= 1


def test_an_even_spread_is_likely_and_a_lopsided_one_is_not() -> None:
    assert uniform_p({0: 25, 1: 25, 2: 25, 3: 25}) == 1.0
    assert uniform_p({0: 40, 1: 20, 2: 20, 3: 20}) < 0.05
    assert uniform_p({}) == 1.0


def test_no_code_is_shared_with_what_makes_the_items() -> None:
    import ast

    from rag.config import PROJECT

    for name in ("quiz_reading.py", "quiz_truth.py"):
        tree = ast.parse((PROJECT / "eval" / name).read_text(encoding="utf-8"))
        imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        imported |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        assert not [module for module in imported if module.split(".")[0] == "rag"]
