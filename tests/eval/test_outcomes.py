"""Whether the right provision is among the first five of a ranking."""

from __future__ import annotations

import pytest

from eval.gold import GoldCase
from eval.outcomes import RETRIEVAL, found_provision, ranking
from rag.answering.assistant import Assistant
from rag.types import Passage, Span

LAW, OTHER = "a.txt", "b.txt"
PLACES = (
    (LAW, 0, "Điều 1"),
    (LAW, 1, "khoản 1 Điều 2"),
    (LAW, 1, "khoản 1 Điều 2"),
    (LAW, 2, "khoản 2 Điều 2"),
    (LAW, 3, "điểm a khoản 2 Điều 2"),
    (LAW, 4, "Điều 3"),
    (LAW, 5, "khoản 1 Điều 4"),
    (OTHER, 0, "khoản 1 Điều 2"),
    (OTHER, 1, "khoản 1 Điều 4"),
    (LAW, 6, "Điều 5"),
)
EVIDENCE = {9}
PASSAGES = tuple(
    Passage(str(place), source, provision, "clause", (Span(place * 10, place * 10 + 9),), "", "", locator)
    for place, (source, provision, locator) in enumerate(PLACES)
)


def asked(*locators: str, question: str = "Ai?", evidence: str = "Ai") -> GoldCase:
    return GoldCase.model_validate({
        "id": "a", "class": "content", "question": question, "status": "answered", "documents": None, "units": None,
        "evidence": [evidence], "locator": locators or None,
    })  # fmt: skip


@pytest.mark.parametrize(
    ("locator", "best", "found"),
    [
        ("khoản 1 Điều 4", (6,), True),
        ("khoản 1 Điều 4", (0, 1, 3, 4, 6), True),  # the fifth provision
        ("khoản 1 Điều 4", (0, 1, 3, 4, 5, 6), False),  # the sixth
        ("khoản 1 Điều 4", (0, 1, 2, 3, 4, 6), True),  # two passages of one provision are one of the five
        ("khoản 2 Điều 2", (4,), True),  # a point stands inside its clause
        ("điểm a khoản 2 Điều 2", (3,), False),  # and a clause not inside its point
        ("khoản 1 Điều 2", (7, 8), False),  # the same locator in a text without evidence
    ],
)
def test_a_provision_is_found_at_its_locator_in_the_text_that_has_the_evidence(
    locator: str, best: tuple[int, ...], found: bool
) -> None:
    assert found_provision(asked(locator), PASSAGES, best, EVIDENCE) is found


def test_a_provision_with_evidence_is_found_whatever_the_locator_says() -> None:
    assert found_provision(asked("Điều 9"), PASSAGES, (8, 9), EVIDENCE)


@pytest.mark.integration
def test_it_counts_with_a_locator_alone_and_also_where_the_question_names_a_document(plan_assistant: Assistant) -> None:
    question = "Quyết định số 320-QĐ/TU quy định đối thoại trực tiếp giữa người đứng đầu cấp ủy với Nhân dân?"
    evidence = "Quyết định số 320-QĐ/TU, ngày 13/6/2016 của Ban Thường vụ Tỉnh ủy về quy chế đối thoại trực tiếp"
    query = plan_assistant.understand(question)
    assert query.numbers
    named = ranking(plan_assistant, asked("Mục I", question=question, evidence=evidence), query)
    assert named == {**dict.fromkeys(RETRIEVAL), "provision_at_5": 1.0}
    without = ranking(plan_assistant, asked(question=question, evidence=evidence), query)
    assert without == dict.fromkeys(RETRIEVAL)
