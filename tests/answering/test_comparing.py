"""How a question that compares is parted, and which of two documents came first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.comparing import Sides, sides_of
from rag.answering.decide import Decider
from rag.answering.following import Focus
from rag.answering.holdings import Library
from rag.answering.query import Query
from rag.answering.retrieve import EvidenceRetriever

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
            Sides("đơn khiếu nại", "đơn tố cáo", ()),
        ),
        (
            "Lệ phí của chợ phiên so với chợ đêm, bên nào cao hơn?",
            Sides("lệ phí của chợ phiên", "lệ phí của chợ đêm", ()),
        ),
        (  # the same words end both
            "Lệ phí của nhà hàng phố cổ so với quán ăn phố cổ thì bên nào cao hơn?",
            Sides("lệ phí của nhà hàng phố cổ", "lệ phí của quán ăn phố cổ", ()),
        ),
        (  # the case is told before the things that are compared
            "Bà con mở quán: quán ăn với quán nước thì lệ phí khác nhau thế nào?",
            Sides("quán ăn", "quán nước", ("lệ phí",)),
        ),
        ("Chợ phiên với chợ đêm, lệ phí khác nhau thế nào?", Sides("chợ phiên", "chợ đêm", ("lệ phí",))),
        ("Chợ phiên với chợ đêm khác nhau chỗ nào?", Sides("chợ phiên", "chợ đêm", ())),
        ("cho phien voi cho dem khac nhau diem nao", Sides("cho phien", "cho dem", ())),
        ("Chợ phiên với chợ đêm khác nhau ở chỗ nào về phí?", Sides("chợ phiên", "chợ đêm", ("phí",))),
    ],
)
def test_the_sides_and_the_respects_are_parted(asked: Ask, question: str, sides: Sides) -> None:
    assert sides_of(asked(question), question) == sides


@pytest.mark.parametrize(
    "question", ["Hội nghị khác nhau thế nào?", "So sánh hội nghị?", "So với chợ đêm thì khác gì?"]
)
def test_what_names_one_thing_alone_has_no_sides(asked: Ask, question: str) -> None:
    assert sides_of(asked(question), question) is None


@pytest.fixture(scope="module")
def decider(library: Library, by_words: Callable[[Library], EvidenceRetriever]) -> Decider:
    return Decider(library, by_words(library))


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("Chỉ thị về tái định cư với chỉ thị về phản biện xã hội cái nào ra trước?", "18-CT/TU", "18-CT/TW"),
        ("chi thi ve tai dinh cu voi chi thi ve phan bien xa hoi cai nao ra truoc", "18-CT/TU", "18-CT/TW"),
        (
            "Nghị quyết về hội viên và chỉ thị về phản biện xã hội thì văn bản nào ban hành sau?",
            "18-CT/TW",
            "129-NQ/HU",
        ),
        ("Chỉ thị về tái định cư với kế hoạch về dân vận cái nào ra trước?", "18-CT/TU", "148-KH/TU"),
    ],
)
def test_of_two_documents_named_by_title_the_earlier_is_told(
    decider: Decider, asked: Ask, question: str, first: str, second: str
) -> None:
    answer, _ = decider.answer(question, asked(question), Focus())
    assert answer.status == "answered"
    assert {one.number for one in answer.documents} == {first, second}
    opening = answer.text.partition("[")[0]
    assert "được ban hành trước" in opening
    assert opening.index(first) < opening.index(second)


@pytest.mark.parametrize(
    "question",
    [
        "Chỉ thị về tái định cư với chỉ thị về vũ trụ cái nào ra trước?",  # the other is no document's title
        "Chỉ thị về tái định cư với chỉ thị về tái định cư cái nào ra trước?",  # one document twice
    ],
)
def test_without_two_documents_none_is_said_to_be_the_earlier(decider: Decider, asked: Ask, question: str) -> None:
    answer, _ = decider.answer(question, asked(question), Focus())
    assert "được ban hành trước" not in answer.text


MARKET = """UBND XÃ A
Số: 9/KH-UBND

KẾ HOẠCH
Chợ phiên năm 2024

I. NHIỆM VỤ
1. Phòng Kinh tế thực hiện Chỉ thị số 16/CT-TTg ngày 11/02/2024 của Thủ tướng Chính phủ về chợ.
2. Phòng Văn hóa tổ chức hội thi nấu ăn.
"""
TREES = """UBND XÃ A
Số: 11/KH-UBND

KẾ HOẠCH
Trồng tre năm 2024

I. NHIỆM VỤ
1. Thôn làm rào.
"""


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("Kế hoạch chợ phiên theo chỉ thị số với ngày nào?", ["16/CT-TTg"]),  # a number and a day
        ("Kế hoạch chợ phiên so với kế hoạch trồng tre khác gì?", ["9/KH-UBND", "11/KH-UBND"]),
    ],
)
def test_a_number_with_a_day_is_no_comparison(
    read_library: Callable[..., Library],
    by_words: Callable[[Library], EvidenceRetriever],
    asked: Ask,
    question: str,
    numbers: list[str],
) -> None:
    held = read_library(MARKET, TREES)
    answer, _ = Decider(held, by_words(held)).answer(question, asked(question), Focus())
    assert [one.number for one in answer.documents] == numbers
