"""Where the name of a unit ends: partners, meetings, and long texts."""

from __future__ import annotations

import pytest

from rag.law.predicates import meeting, names_end, predicate


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Công an xã để bảo vệ", "Công an xã"),
        ("Trưởng thôn tổ chức họp", "Trưởng thôn"),
        # who is responsible for something is named by that
        ("các cơ quan, cá nhân có trách nhiệm trong việc xác minh", "các cơ quan, cá nhân có trách nhiệm"),
        ("Công an xã có trách nhiệm trong việc xác minh", "Công an xã"),
        ("Công an xã", "Công an xã"),
    ],
)
def test_the_name_of_a_partner_ends_before_what_it_does(text: str, name: str) -> None:
    assert text[: names_end(text, 0, len(text))[0]] == name


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Hội nghị cử tri thông qua biên bản", "thông qua"),
        ("Đại hội có quyền quyết định", "có quyền"),
        ("Hội nghị tổng kết công tác", None),  # what is held, not what decides
        ("Hội nghị phải có đại diện", None),
        ("Hội đồng bầu Chủ tịch", None),
        ("", None),
    ],
)
def test_a_meeting_acts_only_where_it_decides(text: str, verb: str | None) -> None:
    found = meeting(text, 0, len(text))
    assert (found and text[found.verb :].startswith(verb or "")) == (None if verb is None else True)


@pytest.mark.parametrize("piece", ["cơ quan, ", "có người ", "được bầu ", "và ", "nơi ở "])
def test_a_name_without_end_lays_no_duty(piece: str) -> None:
    text = "Cơ quan " + piece * 1_000_000
    found = predicate(text, 0, len(text))
    assert found is None or not found.lays_duty
