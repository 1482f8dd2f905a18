"""The unit that a question gives a duty to, held against the one that the text names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.types import Answer

RULES = """QUỐC HỘI
Luật số: 85/2015/QH13

LUẬT
CHỢ PHIÊN

Điều 1. Việc của các bên
1. Ủy ban nhân dân cấp xã theo dõi việc dọn chợ phiên.
2. Phòng Nội vụ theo dõi việc thu vé.
3. Trưởng thôn giữ sổ.
"""


@pytest.fixture(scope="module")
def answered(answered_from: Callable[[str], Callable[[str], Answer]]) -> Callable[[str], Answer]:
    """The answer to a question over the rules."""
    return answered_from(RULES)


@pytest.mark.parametrize(
    "unit",
    [
        "Ủy ban nhân dân xã",
        "ủy ban xã",  # some words left out
        "UBND xã",
        "Chủ tịch Ủy ban nhân dân xã",  # the head of a body stands for it
    ],
)
def test_a_unit_in_other_words_is_confirmed(answered: Callable[[str], Answer], unit: str) -> None:
    answer = answered(f"Có phải {unit} theo dõi việc dọn chợ phiên không?")
    assert answer.status == "answered"
    assert answer.text.startswith("Đúng như câu hỏi nêu:")


@pytest.mark.parametrize("unit", ["ủy ban huyện", "Công an xã", "Hội đồng nhân dân xã", "Phòng Nội vụ"])
def test_another_unit_is_corrected(answered: Callable[[str], Answer], unit: str) -> None:
    answer = answered(f"Có phải {unit} theo dõi việc dọn chợ phiên không?")
    assert answer.status == "corrected"
    assert [one.name for one in answer.units] == ["Ủy ban nhân dân cấp xã"]


@pytest.mark.parametrize("question", ["Có phải ủy ban xã theo dõi việc trông xe không?", "Trưởng thôn theo dõi sổ à?"])
def test_what_the_text_does_not_say_in_full_is_not_confirmed(answered: Callable[[str], Answer], question: str) -> None:
    assert "Đúng như câu hỏi nêu" not in answered(question).text


def test_what_the_question_denies_is_not_confirmed(answered: Callable[[str], Answer]) -> None:
    answer = answered("Có phải Trưởng thôn khỏi phải giữ sổ không?")
    assert "Đúng như câu hỏi nêu" not in answer.text


@pytest.mark.parametrize(
    ("unit", "status", "opening"),
    [("UBND xã", "answered", "Đúng như câu hỏi nêu"), ("Phòng Nội vụ", "corrected", "Chưa đúng")],
)
def test_what_a_question_wonders_at_is_held_against_the_text(
    answered: Callable[[str], Answer], unit: str, status: str, opening: str
) -> None:
    answer = answered(f"Sao lại giao {unit} theo dõi việc dọn chợ phiên?")
    assert (answer.status, answer.text.startswith(opening)) == (status, True)
