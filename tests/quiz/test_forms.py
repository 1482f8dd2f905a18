"""Each form of question over real texts: what it asks, and which options it holds for true."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

import pytest

from rag.quiz.forms import FORMS
from rag.quiz.generate import build, generate
from rag.quiz.items import Fact, Item
from rag.quiz.material import Material
from rag.quiz.wishes import Wish

OF_THE_PLAN = (
    "issuer", "date", "title", "number", "governs", "level", "earliest", "latest", "chronology", "document_statement",
    "relation", "carrier", "basis", "cited_in", "not_cited_in", "in_section", "section_of", "amount", "period",
    "amount_statement", "unit", "unit_blank",
)  # fmt: skip
OF_LAWS = ("heading", "article", "in_list", "not_in_list", "amount", "unit", "unit_blank", "duty", "case")


def facts_of(material: Material, form: str) -> list[Fact]:
    return list(FORMS[form].facts(material))


def fact_on(material: Material, form: str, key: str) -> Fact:
    return next(fact for fact in facts_of(material, form) if key in fact.documents)


def item_on(material: Material, form: str, key: str) -> Item:
    found = (build(material, fact_on(material, form, key), Random(f"{form}/{seed}")) for seed in range(20))
    item = next((one for one in found if one), None)
    assert item is not None
    return item


@pytest.mark.parametrize("form", OF_THE_PLAN)
def test_each_form_gives_items_of_the_plan(material: Material, form: str) -> None:
    found = generate(material, Wish(3, forms=(form,))).items
    assert found
    for item in found:
        assert item.fact.form == form
        assert item.id.startswith(f"{form}-")
        holds = [FORMS[form].holds(material, item.fact, option) for option in item.options]
        assert [at for at, true in enumerate(holds) if true] == list(item.correct)


@pytest.mark.parametrize("form", OF_LAWS)
def test_each_form_gives_items_of_laws(legal_material: Material, form: str) -> None:
    found = generate(legal_material, Wish(3, forms=(form,))).items
    assert found
    for item in found:
        holds = [FORMS[form].holds(legal_material, item.fact, option) for option in item.options]
        assert [at for at, true in enumerate(holds) if true] == list(item.correct)


DEFINITIONS = """QUY CHẾ số 12-QC/TU ngày 03/5/2021 của Ban Thường vụ Tỉnh ủy về tiếp dân

Điều 2. Giải thích từ ngữ

1. Tiếp dân thường xuyên là việc cán bộ được phân công có mặt tại nơi tiếp dân trong mọi ngày làm việc.

2. Tiếp dân định kỳ là việc người đứng đầu trực tiếp gặp công dân vào một ngày cố định trong tháng.

3. Tiếp dân đột xuất là việc người đứng đầu gặp công dân khi có vụ việc gay gắt, đông người.

4. Hồ sơ tiếp dân là toàn bộ tài liệu ghi lại nội dung và kết quả của một lần tiếp công dân.

5. Phiếu hẹn là giấy ghi ngày công dân được trả lời về việc đã trình bày.
"""


@pytest.mark.parametrize("form", ["definition", "term"])
def test_terms_are_asked_with_their_meanings(read_material: Callable[[str], Material], form: str) -> None:
    made = read_material(DEFINITIONS)
    found = generate(made, Wish(5, forms=(form,))).items
    assert len(found) >= 3
    for item in found:
        assert [FORMS[form].holds(made, item.fact, option) for option in item.options].count(True) == 1
        term, meaning = (item.stem, item.right) if form == "definition" else (item.right, item.stem)
        assert re.search(r"iếp dân (?:thường|định|đột)|ồ sơ|hiếu hẹn", term)
        assert re.search(r"(?:v|V)iệc|(?:t|T)oàn bộ|(?:g|G)iấy", meaning)


def test_forms_are_known_by_their_names() -> None:
    assert all(form.name == name for name, form in FORMS.items())
    assert set(OF_THE_PLAN) | set(OF_LAWS) | {"definition", "term"} == set(FORMS)


@pytest.mark.parametrize(
    ("form", "key", "option", "holds"),
    [
        ("issuer", "593-QĐ/TU", "Ban Thường vụ Tỉnh ủy", True),
        ("issuer", "593-QĐ/TU", "Tỉnh ủy", True),  # its standing committee issued it: too near to be wrong
        ("issuer", "593-QĐ/TU", "Ban Thường vụ Huyện ủy", False),
        ("issuer", "59/2023/NĐ-CP", "Thủ tướng Chính phủ", False),
        ("issuer", "01-ĐA/BDVTU-UBND", "UBND tỉnh", True),  # one of two
        ("date", "18-CT/TU", "Ngày 25/02/2018", True),
        ("date", "18-CT/TU", "25/2/2018", True),
        ("date", "18-CT/TU", "Ngày 26/10/2022", False),  # that of 18-CT/TW
        ("title", "1162-QĐ/HU", "Ban hành Quy chế công tác dân vận của hệ thống chính trị", True),  # a part of its own
        ("title", "23-QĐ/TW", "Ban hành Quy chế công tác dân vận của hệ thống chính trị tỉnh Lạng Sơn", True),
        ("title", "18-CT/TU", "Tăng cường công tác tín ngưỡng, tôn giáo trong tình hình mới", False),
        ("number", "1162-QĐ/HU", "Quyết định số 593-QĐ/TU", False),
        ("number", "23-QĐ/TW", "Quyết định số 593-QĐ/TU", True),  # its title says this one's and more
        ("number", "148-KH/TU", "Kế hoạch số 222-KH/HU", True),  # of the same title
        ("level", "50-HD/HU", "Chỉ thị số 14-CT/HU", True),
        ("level", "50-HD/HU", "Chỉ thị số 18-CT/TU", False),
        ("level", "50-HD/HU", "Kế hoạch số 180/KH-UBND", True),  # of a level that is not known
    ],
)  # fmt: skip
def test_what_holds_of_a_document(material: Material, form: str, key: str, option: str, holds: bool) -> None:
    assert FORMS[form].holds(material, fact_on(material, form, key), option) is holds


def test_the_document_that_another_carries_out_is_asked_for(material: Material) -> None:
    fact = next(one for one in facts_of(material, "carrier") if one.subject == "18-CT/TW|implements|50-HD/HU")
    item = build(material, fact, Random(1))
    assert item is not None
    assert item.right == "Hướng dẫn số 50-HD/HU"
    assert "50 HD/HU" in item.citation.quote


def test_a_footnote_belongs_to_the_section_that_calls_it(material: Material) -> None:
    """It stands in the middle of II.4 and is called in II.3."""
    found = [fact for fact in facts_of(material, "cited_in") if "120-KL/TW" in fact.documents]
    assert [fact.locator for fact in found] == ["Mục II.3"]


def test_a_misspelled_number_is_told_in_the_explanation(material: Material) -> None:
    item = item_on(material, "issuer", "50-HD/HU")
    assert item.stem.count("50-HD/HU") == 1
    assert "Bản gốc: Số hiệu “50 HD/HU” thiếu dấu gạch nối" in item.explanation


def test_units_that_the_closing_section_binds_are_no_wrong_answers(material: Material) -> None:
    for fact in facts_of(material, "unit"):
        if fact.locator != "Mục III.2":
            assert FORMS["unit"].holds(material, fact, "UBND các xã, thị trấn")


def test_the_earliest_of_four_is_the_only_earliest(material: Material) -> None:
    item = item_on(material, "earliest", "25-NQ/TW")
    assert item.right == "Nghị quyết số 25-NQ/TW"
    assert item.explanation.startswith("Ngày ban hành: Nghị quyết số 25-NQ/TW (03/6/2013); ")
    assert item.explanation.count("(") == 4


def test_an_order_holds_only_in_time(material: Material) -> None:
    fact = next(one for one in facts_of(material, "chronology") if "18-CT/TW" in one.documents)
    numbers = sorted(fact.documents, key=lambda key: material.entries[key].date or "")
    form = FORMS["chronology"]
    assert form.holds(material, fact, "; ".join(numbers))
    assert not form.holds(material, fact, "; ".join(reversed(numbers)))
    assert not form.holds(material, fact, "; ".join(numbers[:2]))


def test_a_list_is_asked_as_its_line_says(legal_material: Material) -> None:
    found = generate(legal_material, Wish(40, forms=("in_list",))).items
    assert any("có trách nhiệm nào sau đây?" in item.stem for item in found)
    assert not any("khác theo quy định" in item.right for item in found)


def test_a_duty_that_a_related_unit_has_is_no_wrong_answer(legal_material: Material) -> None:
    fact = next(one for one in facts_of(legal_material, "duty") if one.subject.endswith("|Công đoàn Việt Nam các cấp"))
    told = "Hướng dẫn Ban Thanh tra nhân dân xây dựng chương trình, kế hoạch, nội dung công tác"
    assert FORMS["duty"].holds(legal_material, fact, told)  # the union's own executive committee does this


TWICE = """QUY CHẾ số 12-QC/TU ngày 03/5/2021 của Ban Thường vụ Tỉnh ủy về tiếp dân

Điều 1. Trả lời lần đầu

Đối với vụ việc phức tạp thì thời hạn trả lời có thể kéo dài hơn nhưng không quá 45 ngày, kể từ ngày thụ lý.

Điều 2. Trả lời lần hai

Đối với vụ việc phức tạp thì thời hạn trả lời có thể kéo dài hơn nhưng không quá 60 ngày, kể từ ngày thụ lý.
"""


def test_an_amount_given_elsewhere_in_the_same_words_is_not_wrong(read_material: Callable[[str], Material]) -> None:
    made = read_material(TWICE)
    fact = next(one for one in facts_of(made, "amount") if one.locator.startswith("Điều 1"))
    assert [FORMS["amount"].holds(made, fact, option) for option in ("45 ngày", "60 ngày", "30 ngày")] == [
        True,
        True,
        False,
    ]
