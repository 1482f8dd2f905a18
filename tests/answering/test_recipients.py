"""Whom something is sent or reported to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.query import Query
from rag.answering.recipients import asked_verb, asks_doer, recipients

Ask = Callable[[str], Query]


@pytest.mark.parametrize(
    ("question", "verb"),
    [
        ("Biên bản họp thì gửi cho ai?", "gui"),
        ("bao cao ket qua ra soat voi co quan nao", "bao cao"),
        ("Đơn nhận được phải chuyển lên đâu?", "chuyen"),
        ("Hồ sơ trình ai?", "trinh"),
        ("Chuyển chức sắc thì đăng ký với cơ quan nào?", "dang ky"),
        ("Hội làng mở lại thì đăng ký ở cấp nào?", "dang ky"),
        ("Ai gửi báo cáo cho huyện?", None),
        ("Giữ trật tự nơi cư trú thì giao cho bên nào?", None),
        ("Cơ quan nào chuyển đơn?", None),
    ],
)
def test_the_verb_whose_recipient_is_asked_for(asked: Ask, question: str, verb: str | None) -> None:
    assert asked_verb(asked(question)) == verb


@pytest.mark.parametrize(
    ("text", "verb", "names"),
    [
        ("Gửi biên bản đến Ủy ban nhân dân xã, Công an xã chậm nhất ngày 03.", "gui",
         ["Ủy ban nhân dân xã", "Công an xã"]),
        ("Ban công tác họp, báo cáo Ủy ban nhân dân về kết quả thực hiện.", "bao cao", ["Ủy ban nhân dân"]),
        ("Trình Hội đồng nhân dân hoặc", "trinh", ["Hội đồng nhân dân"]),
        ("Phòng Văn hóa và Thông tin lập danh sách.", "gui", []),
        ("Gửi trước ngày 05 hằng tháng.", "gui", []),
    ],
)  # fmt: skip
def test_the_units_after_the_verb_are_those_it_is_done_to(text: str, verb: str, names: list[str]) -> None:
    assert recipients(text, verb) == names


@pytest.mark.parametrize(
    ("question", "too"),
    [
        ("Cấp nào gửi báo cáo, gửi cho bộ nào?", True),
        ("khu vuc do ai quyet dinh, bao cao len cap nao", True),
        ("Báo cáo phải gửi cho cơ quan nào?", False),
        ("Xã nhận đơn thì chuyển đi đâu?", False),
    ],
)
def test_who_does_it_may_be_asked_beside_to_whom_it_goes(
    asked: Callable[[str], Query], question: str, too: bool
) -> None:
    query = asked(question)
    assert asked_verb(query)
    assert asks_doer(query) is too
