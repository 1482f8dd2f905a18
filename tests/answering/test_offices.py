"""Who has an office or a part in a body."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.offices import asked_office, holders
from rag.answering.query import Query
from rag.types import Answer

PLAN = """UBND XÃ A

KẾ HOẠCH
Chợ phiên năm 2024

I. TỔ CHỨC
1. Thành lập Tổ thu phí
- Chủ tịch UBND xã - Tổ trưởng;
- Trưởng Công an xã - Tổ phó;
- Kế toán xã - Thành viên;
- Trưởng thôn Đông - Thành viên.
2. Thành lập Đội trông xe
- Bí thư Đoàn xã - Thành viên.
3. Lập Hội đồng chấm tranh, do Trưởng phòng Văn hóa làm Chủ tịch.
"""


@pytest.mark.parametrize(
    ("question", "office"),
    [
        ("Ai làm trưởng đoàn kiểm tra?", "truong doan"),
        ("Ai được giao làm thư ký Tổ thu phí?", "thu ky"),
        ("Chức danh nào giữ chức tổ phó?", "to pho"),
        ("Tổ trưởng Tổ thu phí là ai?", "to truong"),
        ("to truong to thu phi la ai", "to truong"),
        ("Đơn vị nào là cơ quan thường trực?", "co quan thuong truc"),
        ("Đoàn kiểm tra do lãnh đạo phòng nào làm trưởng đoàn?", "truong doan"),
        ("Ai họp với tổ trưởng?", None),  # it asks who meets
        ("Tổ trưởng làm gì?", None),
    ],
)
def test_the_office_is_told_of_which_a_question_asks_who_has_it(
    asked: Callable[[str], Query], question: str, office: str | None
) -> None:
    assert asked_office(asked(question)) == office


@pytest.mark.parametrize(
    ("text", "office", "found"),
    [
        ("- Chủ tịch UBND xã – Tổ trưởng;", "to truong", [("Chủ tịch UBND xã", "Tổ trưởng")]),
        ("1. Chủ tịch UBND xã: Tổ trưởng.", "to truong", [("Chủ tịch UBND xã", "Tổ trưởng")]),
        ("Kế toán xã - Thành viên, Thư ký.", "thu ky", [("Kế toán xã", "Thành viên, Thư ký")]),  # two parts
        ("Tổ có 05 người, do Trưởng thôn làm Tổ trưởng.", "to truong", [("Trưởng thôn", "Tổ trưởng")]),
        ("Trưởng thôn làm tổ trưởng và giữ sổ.", "to truong", [("Trưởng thôn", "tổ trưởng")]),
        ("Tổ trưởng là lãnh đạo Phòng Nội vụ;", "to truong", [("lãnh đạo Phòng Nội vụ", "Tổ trưởng")]),
        ("Tổ trưởng là người thu vé.", "to truong", []),  # what he is for
        ("Bí thư Đoàn xã làm Phó Tổ trưởng.", "to truong", []),  # another office
        ("Kế toán xã, tổ phó, tổ trưởng.", "to truong", []),  # but the end of a list
        ("Việc của thôn: Tổ trưởng thu vé.", "to truong", []),  # what he does
        ("Tổ trưởng thu vé.", "to truong", []),
    ],
)
def test_who_has_an_office_stands_before_it(text: str, office: str, found: list[tuple[str, str]]) -> None:
    assert holders(text, office) == found


@pytest.fixture(scope="module")
def answered(answered_from: Callable[[str], Callable[[str], Answer]]) -> Callable[[str], Answer]:
    return answered_from(PLAN)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Ai làm tổ trưởng Tổ thu phí?", ["Chủ tịch UBND xã"]),
        ("Tổ phó Tổ thu phí là ai?", ["Trưởng Công an xã"]),
        ("Ai là thành viên Tổ thu phí?", ["Kế toán xã", "Trưởng thôn Đông"]),  # those of one body alone
        ("Hội đồng chấm tranh do ai làm chủ tịch?", ["Trưởng phòng Văn hóa"]),
        ("Ai là thành viên?", ["Kế toán xã", "Trưởng thôn Đông"]),  # whichever is the first
    ],
)
def test_who_has_an_office_is_told_from_the_text(
    answered: Callable[[str], Answer], question: str, names: list[str]
) -> None:
    answer = answered(question)
    assert (answer.status, [one.name for one in answer.units]) == ("answered", names)
    assert all(name in answer.text for name in names)


@pytest.mark.parametrize("question", ["Ai làm thư ký Tổ thu phí?", "Ai làm trưởng đoàn kiểm tra?"])
def test_an_office_of_which_no_text_tells_is_nobodys(answered: Callable[[str], Answer], question: str) -> None:
    answer = answered(question)
    assert (answer.status, answer.units) == ("not_found", ())
