"""Each measure against values worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from eval.gold import GoldCase
from eval.metrics import (
    GRADED,
    LABELS,
    LESS_IS_BETTER,
    MEASURES,
    Trial,
    citation_density,
    citation_precision,
    citation_recall,
    count_exact,
    date_exact,
    document_f1,
    document_top1,
    evidence_hit,
    false_refusal,
    forbidden_document,
    is_inside,
    issuer_exact,
    latency,
    locator_hit,
    mean,
    measure,
    missed,
    reason_accuracy,
    refusal,
    role_accuracy,
    status_accuracy,
    unit_f1,
)
from eval.naming import fold_name
from eval.spans import occurrences
from rag.types import Answer, AnswerDocument, AnswerUnit, Citation, Notice

SOURCE = "documents/a.txt"
TEXT = "Giao Phòng Nội vụ theo dõi. Quyết định số 593-QĐ/TU. Giao Phòng Nội vụ báo cáo."


GOLD_ROW: dict[str, Any] = {
    "id": "a",
    "class": "content",
    "question": "?",
    "status": "answered",
    "documents": None,
    "units": None,
    "evidence": ["Giao Phòng Nội vụ"],
}


def trial(answer: Answer, **changes: Any) -> Trial:
    return Trial(GoldCase.model_validate({**GOLD_ROW, **changes}), answer, {SOURCE: TEXT})


def answer(**changes: Any) -> Answer:
    values: dict[str, Any] = {
        "question": "?",
        "status": "answered",
        "reason": None,
        "text": "Đúng [1].",
        **changes,
    }
    return Answer(**values)


def document(number: str | None, **changes: Any) -> AnswerDocument:
    values: dict[str, Any] = {
        "type": "Quyết định", "title": None, "issuer": None, "date": None, "held": False, "citations": (1,),
    }  # fmt: skip
    return AnswerDocument(number=number, **{**values, **changes})


def documents(*numbers: str) -> Answer:
    return answer(documents=tuple(document(number) for number in numbers))


def units(*names: str) -> Answer:
    return answer(units=tuple(AnswerUnit(name, "perform", (1,)) for name in names))


def citation(start: int, end: int, *, source: str = SOURCE, locator: str = "Mục I") -> Citation:
    return Citation(1, source, "Kế hoạch", locator, TEXT[start:end], start, end)


NOT_FOUND = answer(status="not_found", reason="no_evidence", text="Không tìm thấy.")
GOLD_NOT_FOUND = {"status": "not_found", "evidence": []}
TWO = [["593-QĐ/TU"], ["34-CTr/HU", "34-CTR/HU"]]


@pytest.mark.parametrize(
    ("answered", "top1", "f1"),
    [
        (("593-QĐ/TU", "34-CTr/HU"), 1.0, 1.0),
        (("34-ctr/hu", "593 - QĐ/TU"), 1.0, 1.0),  # order, case and spaces make no difference to the set
        (("593-QĐ/TU",), 1.0, 2 / 3),  # 2·1 / (2 + 1)
        (("18-CT/TU", "593-QĐ/TU"), 0.0, 0.5),  # 2·1 / (2 + 2)
        (("1162-QĐ/HU", "593-QĐ/TU"), 1.0, 2 / 3),  # the allowed one is passed over
        (("593-QĐ/TU", "593-QĐ/TU"), 1.0, 2 / 3),  # said twice counts once
        (("593-QĐ/TW",), 0.0, 0.0),
        ((), 0.0, 0.0),
        (("1162-QĐ/HU",), 0.0, 0.0),  # the allowed alone is no answer
    ],
)
def test_documents_against_two_gold_documents(answered: tuple[str, ...], top1: float, f1: float) -> None:
    case = trial(documents(*answered), documents=TWO, allowed=[["1162-QĐ/HU"]])
    assert document_top1(case) == top1
    assert document_f1(case) == pytest.approx(f1)


def test_documents_do_not_count_where_gold_is_silent_and_none_is_right_where_gold_says_none() -> None:
    assert document_f1(trial(documents("593-QĐ/TU"))) is None
    assert document_top1(trial(documents(), documents=[])) is None
    assert document_f1(trial(documents(), documents=[])) == 1.0
    assert document_f1(trial(documents("593-QĐ/TU"), documents=[])) == 0.0


@pytest.mark.parametrize(
    "found",
    [
        document("10/2022/QH15", type="Luật"),
        document(None, type="Luật", title="Thực hiện dân chủ ở cơ sở"),
        document(None, type="Luật", title="Luật Thực hiện dân chủ ở cơ sở"),
    ],
)
def test_a_law_goes_by_its_number_or_its_name(found: AnswerDocument) -> None:
    gold = [["10/2022/QH15", "Luật Thực hiện dân chủ ở cơ sở"]]
    assert document_f1(trial(answer(documents=(found,)), documents=gold)) == 1.0


def test_a_held_document_without_a_number_goes_by_its_source() -> None:
    gold = [[f"source:{SOURCE}"]]
    cited = (citation(0, 4),)
    plan = answer(documents=(document(None, held=True),), citations=cited)
    law = answer(documents=(document(None, held=False),), citations=cited)  # only cited by the plan
    assert document_f1(trial(plan, documents=gold)) == 1.0
    assert document_f1(trial(law, documents=gold)) == 0.0


@pytest.mark.parametrize(
    ("answered", "f1"),
    [
        (("Ủy ban nhân dân các xã,  thị trấn", "PHÒNG NỘI VỤ"), 1.0),
        (("Uỷ ban nhân dân các xã, thị trấn",), 2 / 3),  # the old place of the tone mark
        (("UBND xã, thị trấn", "Phòng Nội vụ", "Phòng Tư pháp"), 0.8),  # 2·2 / (2 + 3)
        (("Phòng Nội vụ", "Ban Dân vận Huyện ủy"), 2 / 3),  # the allowed one does not count
        (("UBND các xã, thị trấn", "UBND xã, thị trấn", "Phòng Nội vụ"), 1.0),  # two names of one unit
        ((), 0.0),
    ],
)
def test_units_against_two_gold_units(answered: tuple[str, ...], f1: float) -> None:
    gold = [["UBND các xã, thị trấn", "UBND xã, thị trấn"], ["Phòng Nội vụ"]]
    case = trial(units(*answered), units=gold, allowed_units=[["Ban Dân vận Huyện ủy"]])
    assert unit_f1(case) == pytest.approx(f1)


def test_where_the_text_names_no_unit_only_none_is_right() -> None:
    assert unit_f1(trial(units(), units=[])) == 1.0
    assert unit_f1(trial(units("Phòng Nội vụ"), units=[])) == 0.0
    assert unit_f1(trial(units("Phòng Nội vụ"))) is None


@pytest.mark.parametrize(
    ("found", "hit"),
    [
        (citation(0, 27), 1.0),
        (citation(16, 18), 1.0),  # one character of the first place
        (citation(53, 60), 1.0),  # the second place of the same words
        (citation(17, 53), 0.0),  # between the two
        (citation(0, 27, source="documents/b.txt"), 0.0),
    ],
)
def test_evidence_is_hit_by_one_shared_character(found: Citation, hit: float) -> None:
    assert [span.start for span in occurrences("Giao Phòng Nội vụ", TEXT)] == [0, 53]
    assert evidence_hit(trial(answer(citations=(found,)))) == hit


QUOTES = ["Giao Phòng Nội vụ", "Quyết định số 593-QĐ/TU"]
"""At 0-17 and 53-70, and at 28-51."""


@pytest.mark.parametrize(
    ("cited", "density", "recall"),
    [
        ([(0, 17)], 1.0, 1.0),
        ([(0, 27)], 17 / 27, 1.0),  # the whole clause around the quote
        ([(28, 39)], 1.0, 11 / 23),
        ([(0, 17), (5, 27)], 17 / 27, 1.0),  # a character that is cited twice counts once
        ([(28, 39), (0, 10)], 1.0, 10 / 17),  # the best piece, not their sum: one is enough
        ([(17, 28)], 0.0, 0.0),
        ([], None, 0.0),
    ],
)
def test_citations_are_held_against_evidence_by_characters(
    cited: list[tuple[int, int]], density: float | None, recall: float
) -> None:
    case = trial(answer(citations=tuple(citation(*one) for one in cited)), evidence=QUOTES)
    assert citation_density(case) == (density if density is None else pytest.approx(density))
    assert citation_recall(case) == pytest.approx(recall)


def test_a_citation_of_another_text_costs_precision_and_density_alone() -> None:
    case = trial(answer(citations=(citation(0, 17), citation(0, 17, source="documents/b.txt"))))
    assert citation_precision(case) == citation_density(case) == 0.5
    assert citation_recall(case) == 1.0


NOISE = (17, 28)
"""Between the places of the evidence."""


@pytest.mark.parametrize(
    ("cited", "precision"),
    [
        ([(0, 27)], 1.0),  # the clause around the quote
        ([(0, 17), (53, 79)], 1.0),
        ([(0, 17), NOISE], 0.5),
        ([(0, 17), NOISE, NOISE], 1 / 3),  # each noisy citation costs
        ([NOISE], 0.0),
        ([], None),
    ],
)
def test_a_citation_is_right_where_it_has_evidence(cited: list[tuple[int, int]], precision: float | None) -> None:
    case = trial(answer(citations=tuple(citation(*one) for one in cited)))
    assert citation_precision(case) == (precision if precision is None else pytest.approx(precision))


DECISION = (28, 52)
"""“Quyết định số 593-QĐ/TU.”"""


@pytest.mark.parametrize(
    ("gold", "precision"),
    [
        ({}, 0.0),
        ({"documents": [["593 QĐ/TU"]]}, 1.0),
        ({"documents": [["93-QĐ/TU"]]}, 0.0),
        ({"documents": [["593-QĐ/TU"]], "forbidden": [["Quyết định số 593"]]}, 0.0),
        ({"allowed": [["593-QĐ/TU"]]}, None),  # neither for nor against
        ({"units": [["quyết định"]]}, 1.0),
        ({"allowed_units": [["quyết định"]]}, None),
        ({"locator": "Mục I"}, 1.0),
        ({"locator": "Mục II"}, 0.0),
    ],
)
def test_a_citation_is_right_that_names_what_gold_names_or_stands_where_gold_says(
    gold: dict[str, Any], precision: float | None
) -> None:
    assert citation_precision(trial(answer(citations=(citation(*DECISION),)), **gold)) == precision


def test_the_rest_of_a_sentence_behind_a_page_break_goes_with_its_beginning() -> None:
    text = "Thực hiện Quyết định số 593-QĐ/TU về\n\nquy chế. Việc khác;\n\nviệc nữa."
    places = [(0, 36), (38, 46), (47, 57), (59, 68)]
    cited = tuple(Citation(n, SOURCE, "", "Mục I", text[a:b], a, b) for n, (a, b) in enumerate(places, 1))
    case = GoldCase.model_validate({**GOLD_ROW, "evidence": ["593-QĐ/TU"]})
    assert citation_precision(Trial(case, answer(citations=cited[:2]), {SOURCE: text})) == 1.0
    assert citation_precision(Trial(case, answer(citations=cited), {SOURCE: text})) == 0.5
    assert citation_precision(Trial(case, answer(citations=cited[1:2]), {SOURCE: text})) == 0.0


def test_a_duty_of_all_that_a_notice_tells_is_passed_over() -> None:
    aside = answer(citations=(citation(0, 17), replace(citation(*NOISE), id=2)))
    assert citation_precision(trial(aside)) == 0.5
    told = Notice("inherited_unit", "Mục I giao chung.", (2,))
    assert citation_precision(trial(replace(aside, notices=(told,)))) == 1.0
    assert citation_precision(trial(replace(aside, notices=(replace(told, kind="validity"),)))) == 0.5


def test_a_citation_of_another_text_is_not_at_the_locator() -> None:
    elsewhere = citation(*NOISE, source="documents/b.txt")
    assert citation_precision(trial(answer(citations=(elsewhere,)), locator="Mục I")) == 0.0


def test_evidence_is_given_by_place_too() -> None:
    case = {"evidence": [], "places": [{"source": SOURCE, "start": 5, "end": 17}]}
    hit, miss = (trial(answer(citations=(citation(*span),)), **case) for span in ((0, 11), (17, 27)))
    assert [evidence_hit(hit), citation_recall(hit), citation_density(hit)] == [1.0, 0.5, pytest.approx(6 / 11)]
    assert [evidence_hit(miss), citation_recall(miss), citation_density(miss)] == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("found", "hit"),
    [
        (citation(0, 17, locator="Mục II.3"), 1.0),
        (citation(0, 17, locator="Mục II.3, đoạn 2"), 1.0),
        (citation(0, 17, locator="Mục II"), 0.0),  # wider than asked
        (citation(0, 17, locator="Mục II.31"), 0.0),
        (citation(0, 17, locator="khoản 2 Điều 5"), 1.0),
        (citation(0, 17, locator="Mục II.3", source="documents/b.txt"), 0.0),  # of a text without the evidence
    ],
)
def test_a_citation_stands_at_the_locator_or_inside(found: Citation, hit: float) -> None:
    case = trial(answer(citations=(found,)), locator=["Mục II.3", "Điều 5"])
    assert locator_hit(case) == hit
    assert locator_hit(trial(answer(citations=(found,)))) is None


def test_a_locator_ends_at_a_sign_or_a_space() -> None:
    assert is_inside("Điều 5", "điều  5")
    assert not is_inside("Điều 15", "Điều 5")
    assert not is_inside("điểm a khoản 1 Điều 5", "khoản 1")  # of which article is not said


@pytest.mark.parametrize(("answered", "rate"), [(("18-CT/TW",), 1.0), (("18-CT/TU",), 0.0), ((), 0.0)])
def test_naming_a_forbidden_document_counts_against(answered: tuple[str, ...], rate: float) -> None:
    case = trial(documents(*answered), documents=[["18-CT/TU"]], forbidden=[["18-ct/tw", "Chỉ thị khác"]])
    assert forbidden_document(case) == rate
    assert forbidden_document(trial(documents("18-CT/TW"))) is None


@pytest.mark.parametrize(
    ("answered", "share"),
    [
        ([("Phòng Nội vụ", "lead"), ("UBND xã", "coordinate")], 1.0),
        ([("phòng nội vụ", "lead"), ("Ủy ban nhân dân xã", "lead")], 0.5),
        ([("Phòng Nội vụ", "perform")], 0.0),
        ([("Phòng Nội vụ", "perform"), ("Phòng Nội vụ", "lead")], 1.0),  # one of its roles
        ([("Phòng Tư pháp", "lead")], None),  # has no gold role
        ([], None),  # none is named: that costs unit_f1
    ],
)
def test_roles_are_those_of_units_that_are_named(answered: list[tuple[str, Any]], share: float | None) -> None:
    given = answer(units=tuple(AnswerUnit(name, role, (1,)) for name, role in answered))
    gold = [["Phòng Nội vụ", "Phòng Nội vụ huyện"], ["UBND xã"], ["Phòng Tư pháp"]]
    case = trial(given, units=gold, roles={"Phòng Nội vụ huyện": "lead", "UBND xã": "coordinate"})
    assert role_accuracy(case) == share
    assert role_accuracy(trial(given, units=gold)) is None


def test_latency_leaves_out_answers_that_were_withheld() -> None:
    times = [answer(elapsed_ms=float(value)) for value in range(1, 102)]
    assert latency([*times, answer()]) == (51.0, 96.0)
    assert latency([answer()]) is None


def test_every_measure_has_a_label_and_every_set_of_names_is_of_measures() -> None:
    assert list(LABELS) == list(MEASURES)
    assert set(MEASURES) >= LESS_IS_BETTER | GRADED


def test_a_measure_of_degree_is_not_missed() -> None:
    assert missed({"citation_precision": 0.4, "citation_density": 0.4, "forbidden_document": 1.0}) == (
        "forbidden_document",
    )


def test_evidence_counts_only_where_gold_quotes() -> None:
    assert evidence_hit(trial(answer())) == 0.0
    assert evidence_hit(trial(NOT_FOUND, **GOLD_NOT_FOUND)) is None


def test_statuses_and_refusals() -> None:
    answerable, unanswerable = trial(answer()), trial(answer(), **GOLD_NOT_FOUND)
    assert [status_accuracy(answerable), refusal(answerable), false_refusal(answerable)] == [1.0, None, 0.0]
    assert [status_accuracy(unanswerable), refusal(unanswerable), false_refusal(unanswerable)] == [
        0.0,
        0.0,
        None,
    ]
    refused, rightly = trial(NOT_FOUND), trial(NOT_FOUND, **GOLD_NOT_FOUND)
    assert [status_accuracy(refused), refusal(refused), false_refusal(refused)] == [0.0, None, 1.0]
    assert [status_accuracy(rightly), refusal(rightly), false_refusal(rightly)] == [1.0, 1.0, None]


def test_the_reason_counts_where_gold_gives_one() -> None:
    assert reason_accuracy(trial(NOT_FOUND, **GOLD_NOT_FOUND)) is None
    assert reason_accuracy(trial(NOT_FOUND, reason="no_evidence", **GOLD_NOT_FOUND)) == 1.0
    assert reason_accuracy(trial(NOT_FOUND, reason="text_not_held", **GOLD_NOT_FOUND)) == 0.0


def test_date_and_issuer_are_those_of_the_gold_document() -> None:
    right = document("593-QĐ/TU", date="2021-11-11", issuer="Ủy ban nhân dân tỉnh")
    other = document("1162-QĐ/HU", date="2021-11-21", issuer="UBND huyện")
    gold = {
        "documents": [["593-QĐ/TU"]],
        "facts": {"date": ["2021-11-11", "2021-11-21"], "issuer": "UBND tỉnh"},
    }
    assert date_exact(trial(answer(documents=(other, right)), **gold)) == 1.0
    assert issuer_exact(trial(answer(documents=(other, right)), **gold)) == 1.0
    assert date_exact(trial(answer(documents=(other,)), **gold)) == 0.0
    assert issuer_exact(trial(answer(documents=(document("593-QĐ/TU"),)), **gold)) == 0.0
    assert date_exact(trial(answer())) is None
    assert issuer_exact(trial(answer())) is None


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("Có 5 chỉ thị [1].", 1.0),
        ("Có 05 chỉ thị [1].", 1.0),
        ("Tổng cộng: 5. [1]", 1.0),
        ("Có 4 chỉ thị [5].", 0.0),  # a marker
        ("Số 5-CT/TU ngày 5/4/2023 [1].", 0.0),  # a number of a document, a date
        ("5. Chỉ thị số 14-CT/HU [1]", 0.0),  # the number of a list's line
        ("Có 15 chỉ thị, mục II.5 [1].", 0.0),
    ],
)
def test_a_count_stands_by_itself_in_the_text(text: str, exact: float) -> None:
    assert count_exact(trial(answer(text=text), facts={"count": 5})) == exact


def test_a_measure_that_does_not_count_is_neither_averaged_nor_missed() -> None:
    scores = measure(trial(units("Phòng Nội vụ"), units=[["Phòng Nội vụ"], ["UBND xã"]]))
    assert list(scores) == list(MEASURES)
    assert missed(scores) == ("unit_f1", "evidence_hit")
    average, counted = mean([scores["unit_f1"], scores["refusal"], 0.0])
    assert average == pytest.approx(1 / 3)
    assert counted == 2


def test_two_writings_of_one_unit_fold_alike() -> None:
    assert fold_name("Ủy ban nhân dân huyện Cao Lộc") == fold_name("UBND  huyện CAO LỘC")
