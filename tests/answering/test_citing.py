"""The text that a question names as the one that cites what it asks for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.citing import cited_kinds, citing_text
from rag.answering.decide import Decider
from rag.answering.following import Focus
from rag.answering.holdings import Library
from rag.answering.query import Query
from rag.answering.retrieve import EvidenceRetriever

PLAN = """UBND XÃ A
Số: 9/KH-UBND

KẾ HOẠCH
Chợ phiên năm 2024

I. CĂN CỨ
1. Nghị quyết số 12-NQ/HU, ngày 03/12/2019 của Ban Thường vụ Huyện ủy về bến đò.
2. Nghị quyết số 14-NQ/TU, ngày 05/12/2019 của Ban Thường vụ Tỉnh ủy về chợ.
3. Quyết định số 29-QĐ/HU, ngày 11/01/2024 của Ban Thường vụ Huyện ủy về kiện toàn Tổ thu phí.
"""
OTHER = """UBND XÃ A
Số: 11/KH-UBND

KẾ HOẠCH
Trồng tre năm 2024

I. CĂN CỨ
1. Nghị quyết số 31-NQ/HU, ngày 03/12/2020 của Ban Thường vụ Huyện ủy về tre.
"""


@pytest.mark.parametrize(
    ("bare", "text"),
    [
        ("cac chi thi duoc dan trong ke hoach tiep dan cua xa", "ke hoach tiep dan cua xa"),
        ("van ban nao duoc dan trong ke hoach nam 2024 la gi", "ke hoach nam 2024"),
        ("nhung van ban ma huyen can cu", "huyen"),
        ("nhung van ban nao ma xa minh dua vao", "xa minh"),
        ("nhung van ban ma huyen vien dan", "huyen"),
        ("may chi thi duoc vien dan trong ke hoach cua xa", "ke hoach cua xa"),
        ("nhung van ban ma huyen bat phai lam theo", "huyen"),
        ("ke hoach cua xa bat phai thuc hien theo nhung chi thi nao", "ke hoach cua xa"),
    ],
)
def test_the_citing_text_is_named_in_many_wordings(bare: str, text: str) -> None:
    found = citing_text(bare)
    assert found is not None
    assert found["text"] == text


@pytest.mark.parametrize(
    "bare",
    [
        "nguoi dan trong ke hoach lam gi",  # "dân" is no "dẫn" where nothing is cited
        "huyen can cu vao dau",
        "ma huyen lam",
        "van ban nao quy dinh viec tiep dan o xa",
    ],
)
def test_other_questions_name_none(bare: str) -> None:
    assert citing_text(bare) is None


@pytest.mark.parametrize(
    ("bare", "limits"),
    [
        ("ke hoach 9 cua xa nhac toi nhung nghi quyet nao cua huyen", " cua huyen"),
        ("ke hoach 9 can cu vao may van ban", ""),
        ("ke hoach 9 dua vao chi thi nao", ""),
        ("ke hoach 9 nhac toi gi", None),
        ("ke hoach 9 do nghi quyet nao giao", None),  # it cites nothing
    ],
)
def test_the_kinds_that_a_text_cites_are_asked_for_after_it(bare: str, limits: str | None) -> None:
    found = cited_kinds(bare)
    assert (found["limits"] if found else None) == limits


@pytest.fixture(scope="module")
def cited(
    read_library: Callable[..., Library],
    by_words: Callable[[Library], EvidenceRetriever],
    asked: Callable[[str], Query],
) -> Callable[[str], list[str | None]]:
    """The numbers that a question brings from two plans."""
    library = read_library(PLAN, OTHER)
    decider = Decider(library, by_words(library))
    return lambda question: [one.number for one in decider.answer(question, asked(question), Focus())[0].documents]


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("Kế hoạch số 9 nhắc tới những nghị quyết nào của huyện?", ["12-NQ/HU"]),
        ("ke hoach so 9 nhac toi nhung nghi quyet nao cua huyen", ["12-NQ/HU"]),
        ("Kế hoạch số 9 viện dẫn những nghị quyết nào?", ["12-NQ/HU", "14-NQ/TU"]),
        ("Kế hoạch số 9 căn cứ vào những văn bản nào?", ["12-NQ/HU", "14-NQ/TU", "29-QĐ/HU"]),
        ("Kế hoạch số 11 nhắc tới những nghị quyết nào?", ["31-NQ/HU"]),
    ],
)
def test_a_held_text_named_by_its_number_tells_what_it_cites(
    cited: Callable[[str], list[str | None]], question: str, numbers: list[str]
) -> None:
    assert cited(question) == numbers
