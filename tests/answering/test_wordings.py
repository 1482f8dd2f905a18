"""What words of a question ask for, and what they do not, beside each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.query import Query
from rag.answering.resolve import levels_in
from rag.language.normalize import unmark

Ask = Callable[[str], Query]


@pytest.mark.parametrize("typed", [str, unmark, str.upper])
@pytest.mark.parametrize(
    ("question", "slots", "types"),
    [
        ("Chỉ thị riêng nào nói về chợ?", {"document"}, {"Chỉ thị"}),
        ("Chỉ thị cụ thể nào nói về chợ?", {"document"}, {"Chỉ thị"}),
        ("Nghị quyết mới nào nói về chợ?", {"document"}, {"Nghị quyết"}),
        ("Nghị quyết trung ương nào nói về chợ?", {"document"}, {"Nghị quyết"}),
        ("Nghị quyết của tỉnh nào nói về chợ?", {"document"}, set()),
        ("Quyết định kiện toàn Tổ thu phí là số mấy?", {"number"}, {"Quyết định"}),
        ("Tổ thu phí theo quyết định niêm yết ở trụ sở bao nhiêu ngày?", {"amount"}, set()),
    ],
)
def test_the_type_that_is_asked_for_is_told_over_a_word_between(
    asked: Ask, typed: Callable[[str], str], question: str, slots: set[str], types: set[str]
) -> None:
    query = asked(typed(question))
    assert (query.slots, query.types) == (slots, types)


@pytest.mark.parametrize(
    ("question", "slots"),
    [
        ("Niêm yết tại trụ sở bao nhiêu ngày?", {"amount"}),  # "sở" is no "số"
        ("niem yet tai tru so bao nhieu ngay", {"amount"}),
        ("Chỉ thị này số bao nhiêu?", {"number"}),
        ("Sao lại giao Công an xã trông xe?", {"yes_no"}),
        ("Tại sao lại bắt Công an xã trông xe?", {"yes_no"}),
        ("Vì sao xã lại phân công Công an xã trông xe?", {"yes_no"}),
        ("Sao Công an xã trông xe?", set()),  # nothing is taken for granted
        ("Sao lại giao Công an xã, ai giữ sổ?", {"unit"}),  # something else is asked
        ("Nộp bao nhiêu bản kê và nộp ngày nào?", {"amount", "date"}),
    ],
)
def test_words_that_look_like_others_ask_for_what_they_say(asked: Ask, question: str, slots: set[str]) -> None:
    assert asked(question).slots == slots


@pytest.mark.parametrize("when", ["Trong năm nay", "Tháng này", "Sắp tới", "Bây giờ", "Quý này"])
def test_a_time_that_only_frames_a_question_is_no_topic(asked: Ask, when: str) -> None:
    assert asked(f"{when} ai trông xe?").topic == "trông xe"


@pytest.mark.parametrize(
    ("bare", "levels"),
    [
        ("cua tinh", {"tỉnh"}),
        ("cua tinh va huyen", {"tỉnh", "huyện"}),
        ("cua tinh hinh moi", set()),
        ("do tinh trang cho", set()),
        ("o xa", {"xã"}),
        ("o xa hoi", set()),
    ],
)
def test_a_level_is_no_part_of_another_word(bare: str, levels: set[str]) -> None:
    assert levels_in(bare) == levels
