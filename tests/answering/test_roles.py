"""Which roles a question asks for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.query import Query
from rag.answering.roles import asked_roles, works_with

Ask = Callable[[str], Query]


@pytest.mark.parametrize(
    "question", ["Ai chủ trì việc trồng cây?", "don vi nao duoc giao chu tri trong cay", "Đơn vị chủ trì trồng cây?"]
)
def test_who_leads_is_anybody_but_who_helps(asked: Ask, question: str) -> None:
    assert "lead" in asked_roles(asked(question))
    assert "coordinate" not in asked_roles(asked(question))


@pytest.mark.parametrize("question", ["Ai phối hợp trồng cây?", "Công an xã phối hợp với ai trồng cây?"])
def test_who_helps_is_set_apart(asked: Ask, question: str) -> None:
    assert asked_roles(asked(question)) == {"coordinate"}


@pytest.mark.parametrize("question", ["Ai trồng cây?", "Ai theo dõi việc trồng cây?", "Ai phối hợp với Công an xã?"])
def test_other_questions_ask_for_every_role(asked: Ask, question: str) -> None:
    assert asked_roles(asked(question)) == frozenset()


def test_the_unit_that_a_question_names_beside_the_asking_is_no_answer(asked: Ask) -> None:
    assert works_with(asked("Ai phối hợp với Công an xã?")).startswith("cong an xa")
    assert works_with(asked("Công an xã phối hợp với đơn vị nào?")).strip() == "cong an xa"
    assert works_with(asked("Ai trồng cây?")) == ""


@pytest.mark.parametrize(
    ("question", "roles"),
    [
        ("Ai có trách nhiệm phối hợp trồng cây?", set()),
        ("Cơ quan nào phải phối hợp trồng cây?", set()),
        ("Đơn vị nào được giao phối hợp trồng cây?", set()),
        ("Ai sẽ phối hợp trồng cây?", {"coordinate"}),  # no duty
        ("Ai phải chủ trì trồng cây?", {"lead", "perform", "advise", "supervise", "report"}),
    ],
)
def test_who_has_to_help_may_be_who_leads(asked: Ask, question: str, roles: set[str]) -> None:
    assert asked_roles(asked(question)) == roles
