"""The labels of a section under which an answer stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.labels import asked_label
from rag.answering.query import Query

Ask = Callable[[str], Query]


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("Ai chủ trì lễ phát động?", "- Đơn vị chủ trì: Đoàn xã."),
        ("Đơn vị nào phối hợp tổ chức lễ phát động?", "- Đơn vị phối hợp: Công an xã."),
        ("le phat dong dien ra ngay nao", "- Thời gian: Dự kiến ngày 19/5/2030."),
        ("Địa điểm lễ phát động ở đâu?", "+ Địa điểm tổ chức: Nhà văn hóa."),
        ("Thành phần dự lễ gồm những ai?", "Thành phần: Đại biểu các thôn."),
    ],
)
def test_a_question_finds_its_label(asked: Ask, question: str, line: str) -> None:
    label = asked_label(asked(question))
    assert label is not None
    assert label.opens(line)


@pytest.mark.parametrize("question", ["Ai dự lễ phát động?", "Chỉ thị 18 của ai?", "Ngày ban hành văn bản nào?"])
def test_other_questions_have_no_label(asked: Ask, question: str) -> None:
    assert asked_label(asked(question)) is None
