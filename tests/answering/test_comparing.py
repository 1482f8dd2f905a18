"""How a question that compares is parted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.comparing import Sides, sides_of
from rag.answering.query import Query

Ask = Callable[[str], Query]


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        (
            "Ban Thanh tra ở xã với Ban Thanh tra ở cơ quan khác nhau thế nào về số thành viên và nhiệm kỳ?",
            Sides("ban thanh tra ở xã", "ban thanh tra ở cơ quan", ("số thành viên", "nhiệm kỳ")),
        ),
        (  # the second takes from the first what it leaves out; the respects follow a colon
            "So sánh hội nghị hiệp thương lần một với lần ba: thời hạn và đơn vị chủ trì?",
            Sides("hội nghị hiệp thương lần một", "hội nghị hiệp thương lần ba", ("thời hạn", "đơn vị chủ trì")),
        ),
        (
            "Đơn khiếu nại và đơn tố cáo có giống nhau không?",
            Sides("đơn khiếu nại", "đơn tố cáo có", ("không",)),
        ),
        ("Chợ phiên với chợ đêm khác nhau chỗ nào?", Sides("chợ phiên", "chợ đêm", ())),
        ("cho phien voi cho dem khac nhau diem nao", Sides("cho phien", "cho dem", ())),
        ("Chợ phiên với chợ đêm khác nhau ở chỗ nào về phí?", Sides("chợ phiên", "chợ đêm", ("phí",))),
    ],
)
def test_the_sides_and_the_respects_are_parted(asked: Ask, question: str, sides: Sides) -> None:
    assert sides_of(asked(question), question) == sides


@pytest.mark.parametrize("question", ["Hội nghị khác nhau thế nào?", "So sánh hội nghị?"])
def test_what_names_one_thing_alone_has_no_sides(asked: Ask, question: str) -> None:
    assert sides_of(asked(question), question) is None
