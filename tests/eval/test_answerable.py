"""What tells an answerable question: the weights fitted on made-up and real signs."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from eval.answerable import SIGNS, Judged, fit, judged, main
from eval.corpora import OWN
from eval.gold import DEV, read_gold
from rag.answering.assistant import Assistant
from rag.answering.bounds import Bounds, Signs, answer_weights
from rag.errors import HoidapError


def _signs(score: float, *, unit: float = 0.0) -> Signs:
    return Signs(support=0.1, score=score, around=0.5, heaviest=1.0, length=2.0, unit=unit, document=0.0, yes_no=0.0)


def _rows(*corpora: str) -> list[Judged]:
    return [
        Judged(corpus, _signs(score + step / 100), score > 1)
        for corpus in corpora for score in (0.4, 1.6) for step in range(10)
    ]  # fmt: skip


def test_what_tells_the_two_kinds_apart_gets_the_weight() -> None:
    fitted = fit(_rows("a", "b", "c"))
    assert fitted.weights["score"] > 1
    assert fitted.weights["unit"] == pytest.approx(0.0)
    assert (fitted.refused, fitted.answered) == (0, 0)
    assert (fitted.answerable, fitted.unanswerable) == (30, 30)
    assert f"score,{fitted.weights['score']:.2f}" in str(fitted)


def test_a_corpus_is_judged_by_the_others() -> None:
    turned = [Judged("d", row.signs, not row.has_answer) for row in _rows("d")]
    fitted = fit([*_rows("a", "b", "c"), *turned])
    assert fitted.refused + fitted.answered >= len(turned) / 2


def test_without_both_kinds_there_is_nothing_to_fit() -> None:
    with pytest.raises(HoidapError):
        fit([row for row in _rows("a") if row.has_answer])


def test_the_weights_of_the_product_are_of_its_signs() -> None:
    assert set(answer_weights()) == {"always", *(one.name for one in fields(Signs))} == {"always", *SIGNS}


def test_more_evidence_is_more_likely_to_answer() -> None:
    weak, strong = _signs(0.4), _signs(2.0)
    assert strong.log_odds() > weak.log_odds()
    assert Bounds().answers(strong)
    assert not Bounds().answers(weak)


@pytest.mark.integration
def test_questions_that_are_refused_are_judged_too(plan_assistant: Assistant) -> None:
    kinds = ("topic_to_unit", "unanswerable_in_domain")
    cases = [case for case in read_gold(DEV) if case.corpus == OWN and case.kind in kinds]
    rows = judged({OWN: plan_assistant}, cases)
    assert {row.has_answer for row in rows} == {True, False}
    refused = [row for row in rows if not plan_assistant.bounds.answers(row.signs)]
    assert refused
    assert len(refused) < len(rows)


def test_a_gold_file_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.jsonl")]) == 2
    assert capsys.readouterr().err
