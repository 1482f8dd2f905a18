"""Stages of misses and the gold that takes a stage's place, over the plan."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from eval.attribution import STAGE_LABELS, STAGES, Attributor, Stage
from eval.corpora import OWN
from eval.gold import DEV, GoldCase, read_gold
from eval.naming import fold_name
from eval.oracles import GoldFirst, Remembered, gold_documents, gold_passages, gold_readings, with_documents, with_units
from eval.spans import gold_spans
from rag.answering.assistant import Assistant
from rag.answering.holdings import Library
from rag.answering.retrieve import Evidence

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def cases() -> dict[str, GoldCase]:
    return {case.id: case for case in read_gold(DEV) if case.corpus == OWN}


def test_every_stage_has_a_label() -> None:
    assert set(STAGE_LABELS) == set(STAGES) == set(get_args(Stage))


def test_nothing_missed_has_no_stage_and_a_broken_invariant_is_the_wording(
    plan_assistant: Assistant, cases: dict[str, GoldCase]
) -> None:
    find = Attributor(plan_assistant, {}).stage
    assert find(cases["content-01"], {"document_f1": 1.0, "unit_f1": None}) is None
    assert find(cases["content-01"], {"document_f1": 1.0}, broken=True) == "wording"


def test_what_no_gold_mends_is_left_to_the_wording(plan_assistant: Assistant, cases: dict[str, GoldCase]) -> None:
    counted = next(case for case in cases.values() if case.facts.count is not None)
    impossible = counted.model_copy(update={"facts": counted.facts.model_copy(update={"count": 987})})
    assert Attributor(plan_assistant, {}).stage(impossible, {"count_exact": 0.0}) == "wording"


def test_an_unanswerable_question_that_was_answered_is_the_decisions(
    plan_assistant: Assistant, cases: dict[str, GoldCase]
) -> None:
    case = cases["unanswerable_in_domain-01"]
    assert Attributor(plan_assistant, {}).stage(case, {"refusal": 0.0}) == "decision"


def test_a_reading_on_record_that_gives_the_right_answer_is_the_questions(
    plan_assistant: Assistant, cases: dict[str, GoldCase]
) -> None:
    case = cases["unanswerable_in_domain-01"]
    known = {case.id: (plan_assistant.understand(case.question),)}
    assert Attributor(plan_assistant, known).stage(case, {"refusal": 0.0}) == "question"


def test_gold_passages_come_first_and_the_rest_as_before(plan_assistant: Assistant, cases: dict[str, GoldCase]) -> None:
    case, library = cases["topic_to_unit-01"], plan_assistant.holdings
    gold = gold_passages(case, library)
    found = GoldFirst(plan_assistant.retriever, library.knowledge.passages, gold).evidence(case.question)
    plain = plan_assistant.retriever.evidence(case.question)
    assert gold
    assert set(found.best(len(gold))) == set(gold)
    assert all(found.fused[index] == plain.fused[index] for index in range(len(plain.fused)) if index not in gold)


def test_what_was_found_before_is_remembered(plan_assistant: Assistant) -> None:
    asked: list[str] = []

    class Counting:
        passages = plan_assistant.retriever.passages

        def evidence(self, question: str, *, words: str | None = None) -> Evidence:
            asked.append(question)
            return plan_assistant.retriever.evidence(question, words=words)

        def idf(self, field: str, token: str) -> float:
            return plan_assistant.retriever.idf(field, token)

    remembered = Remembered(Counting())
    first, second, other = (remembered.evidence("Ai?", words=words) for words in ("ai", "ai", None))
    assert first is second is not other
    assert asked == ["Ai?", "Ai?"]


def test_a_document_that_was_not_read_is_put_back_where_gold_cites_it(
    plan_assistant: Assistant, cases: dict[str, GoldCase]
) -> None:
    case, knowledge = cases["number_lookup-01"], plan_assistant.holdings.knowledge
    [entry] = gold_documents(case, knowledge)
    left = tuple(one for one in knowledge.documents if one.key != entry.key)
    without = replace(
        knowledge,
        documents=left,
        passages=tuple(
            replace(one, references=tuple(index for index in one.references if index not in entry.mentions))
            for one in knowledge.passages
        ),
    )
    assert gold_documents(case, without) == []
    mended = with_documents(case, Library(without))
    [back] = gold_documents(case, mended.knowledge)
    assert (back.number, back.date, back.issuer) == (entry.number, entry.date, entry.issuer)
    assert mended.passages_citing(back)


def test_a_right_catalogue_is_left_as_it_is(plan_assistant: Assistant, cases: dict[str, GoldCase]) -> None:
    for case in cases.values():
        assert with_documents(case, plan_assistant.holdings).knowledge == plan_assistant.holdings.knowledge


def test_the_gold_units_carry_the_duties_of_the_gold_evidence(
    plan_assistant: Assistant, cases: dict[str, GoldCase]
) -> None:
    library = plan_assistant.holdings
    for case in (case for case in cases.values() if case.units and case.status == "answered"):
        mended = with_units(case, library)
        spans = [span for found in gold_spans(case, library.texts).values() for span in found]
        given = [one for one in mended.knowledge.assignments if any(one.duty.overlaps(span) for span in spans)]
        names = {fold_name(one.unit or "") for one in given}
        assert all(any(fold_name(name) in names for name in spellings) for spellings in case.units or ())
        assert all(one.unit_span and one.unit_span.of(library.texts[one.source]) == one.unit for one in given)


def test_a_gold_reading_asks_for_what_gold_answers(plan_assistant: Assistant, cases: dict[str, GoldCase]) -> None:
    case = cases["document_and_unit-01"]
    blind = replace(plan_assistant.understand(case.question), slots=frozenset({"date"}))
    beside, alone = gold_readings(case, blind)
    assert beside.slots == {"date", "document", "unit"}
    assert alone.slots == {"document", "unit"}


def test_a_number_that_was_overlooked_is_in_the_gold_reading(
    plan_assistant: Assistant, cases: dict[str, GoldCase]
) -> None:
    case = cases["number_lookup-01"]
    blind = replace(plan_assistant.understand(case.question), numbers=())
    assert [number.n for number in next(gold_readings(case, blind)).numbers] == ["593"]
    assert list(gold_readings(cases["unanswerable_outside-01"], blind)) == []
