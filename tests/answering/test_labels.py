"""The labels of a section under which an answer stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.labels import asked_label, asks_list, asks_members, counted_items
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


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("muon gap can bo thi den dau", "+ Địa điểm: Tại trụ sở xã."),
        ("Hạn chót nộp danh sách?", "Thời gian: trước ngày 5/6."),
        ("Hội nghị bàn những gì?", "Nội dung: Thống nhất danh sách."),
    ],
)
def test_a_label_is_told_from_everyday_words(asked: Ask, question: str, line: str) -> None:
    label = asked_label(asked(question))
    assert label is not None
    assert label.opens(line)


def test_a_section_may_stand_under_a_label_but_not_under_content_alone(asked: Ask) -> None:
    members, matter = asked_label(asked("Dự họp gồm những ai?")), asked_label(asked("Hội nghị bàn những gì?"))
    assert members is not None
    assert members.heads("THÀNH PHẦN HỘI NGHỊ")
    assert matter is not None
    assert not matter.heads("NỘI DUNG, TIẾN ĐỘ")


@pytest.mark.parametrize(
    ("question", "is_list", "is_members"),
    [
        ("Hồ sơ gồm những giấy tờ gì?", True, False),
        ("Kể các cách để dân bàn việc chung.", True, False),
        ("Tổ bầu cử gồm những ai?", True, True),
        ("Ai chủ trì hội nghị?", False, False),
        ("Hội nghị họp khi nào?", False, False),
    ],
)
def test_lists_and_members_are_told_from_other_questions(
    asked: Ask, question: str, is_list: bool, is_members: bool
) -> None:
    assert (asks_list(asked(question)), asks_members(asked(question))) == (is_list, is_members)


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("Có mấy trường hợp bị thu hồi giấy phép?", "trường hợp"),
        ("Luật cấm bao nhiêu nhóm hành vi?", "hành vi"),
        ("Ban có mấy thành viên?", None),
    ],
)
def test_a_question_counts_the_items_of_a_list(asked: Ask, question: str, noun: str | None) -> None:
    assert counted_items(asked(question)) == noun
