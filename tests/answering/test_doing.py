"""Who does what passages speak of: whether it is just what is asked, and who has a role in a whole section."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.doing import Doing
from rag.answering.holdings import Library
from rag.answering.query import Query
from rag.answering.retrieve import EvidenceRetriever
from rag.answering.search import TopicSearch
from rag.types import Answer

Ask = Callable[[str], Query]
RULES = """QUỐC HỘI
Luật số: 85/2015/QH13

LUẬT
HƯƠNG ƯỚC

Điều 1. Hồ sơ
1. Công chức tư pháp chủ trì, phối hợp với công chức văn hóa trình UBND cấp xã ban hành quyết định công nhận hương ước.
2. Hồ sơ gồm đơn và bản hương ước.

Điều 2. Thẩm quyền
1. UBND cấp xã có thẩm quyền công nhận hương ước bằng quyết định gửi đến từng hộ trong bảy ngày kể từ ngày nhận đơn.
2. Trưởng thôn gửi quyết định cho từng hộ.
3. Trưởng thôn quyết định ngày họp.
"""
PLAN = """UBND XÃ A

KẾ HOẠCH
Chợ phiên năm 2024

I. NHIỆM VỤ
1. Sửa bến cũ
- Nạo vét bến cũ, xếp bậc đá, dựng lan can.
- Đơn vị chủ trì: Phòng Kinh tế.
- Đơn vị phối hợp: Công an xã, Hội Nông dân.
2. Treo đèn lồng
- Phòng Văn hóa kiểm tra dây đèn lồng.
- Đơn vị chủ trì: Hội Phụ nữ.
"""
AS_DECISION, AS_HELP = "UBND cấp xã có", "Công chức tư pháp"


@pytest.fixture(scope="module")
def found(
    read_library: Callable[..., Library], by_words: Callable[[Library], EvidenceRetriever]
) -> tuple[Doing, Callable[[str], int]]:
    """Who does what in the rules and the plan, and the passage that has some words."""
    library = read_library(RULES, PLAN)
    passages = library.knowledge.passages

    def at(words: str) -> int:
        return next(index for index, one in enumerate(passages) if words in one.text)

    return TopicSearch(library, by_words(library)).doing, at


@pytest.mark.parametrize(
    ("question", "words", "does"),
    [
        ("Ai quyết định công nhận hương ước?", AS_DECISION, True),
        ("Ai quyết định công nhận hương ước?", AS_HELP, False),  # it hands in what another decides
        ("Ai gửi quyết định cho từng hộ?", "Trưởng thôn gửi", True),
        ("Ai gửi quyết định cho từng hộ?", "Trưởng thôn quyết định", False),
        ("Ai chủ trì công nhận hương ước?", AS_HELP, False),  # a role is no act
        ("Văn bản nào công nhận hương ước?", AS_DECISION, False),  # nobody is asked for
    ],
)
def test_a_passage_says_of_somebody_that_they_do_just_what_is_asked(
    found: tuple[Doing, Callable[[str], int]], asked: Ask, question: str, words: str, does: bool
) -> None:
    doing, at = found
    assert doing.performs(at(words), asked(question)) is does


@pytest.mark.parametrize(
    "question", ["Ai quyết định công nhận hương ước?", "Ai công nhận hương ước?", "Hương ước do ai công nhận?"]
)
def test_who_does_just_what_is_asked_comes_before_who_helps_with_it(
    answered_from: Callable[[str], Callable[[str], Answer]], question: str
) -> None:
    answer = answered_from(RULES)(question)
    assert [one.name for one in answer.units] == ["UBND cấp xã"]


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("Nạo vét", ["Đơn vị chủ trì: Phòng Kinh tế", "Đơn vị phối hợp: Công an xã"]),
        ("Phòng Văn hóa kiểm tra", []),  # it names somebody itself
        ("Hồ sơ gồm", []),  # no label in its section
    ],
)
def test_labels_tell_who_has_a_role_in_their_section(
    found: tuple[Doing, Callable[[str], int]], words: str, labels: list[str]
) -> None:
    doing, at = found
    assert doing.labels(at(words)) == [at(label) for label in labels]


@pytest.mark.parametrize(
    ("question", "units"),
    [
        (
            "Ai nạo vét bến cũ?",
            [("Phòng Kinh tế", "lead"), ("Công an xã", "coordinate"), ("Hội Nông dân", "coordinate")],
        ),
        ("Ai dựng lan can ở bến?", [("Phòng Kinh tế", "lead"), ("Công an xã", "coordinate"),
                                    ("Hội Nông dân", "coordinate")]),
        ("Đơn vị nào phối hợp sửa bến cũ?", [("Công an xã", "coordinate"), ("Hội Nông dân", "coordinate")]),
        ("Ai kiểm tra dây đèn lồng?", [("Phòng Văn hóa", "supervise")]),  # and not the one of the label
    ],
)  # fmt: skip
def test_a_label_answers_who_does_what_its_section_says(
    answered_from: Callable[[str], Callable[[str], Answer]], question: str, units: list[tuple[str, str]]
) -> None:
    answer = answered_from(PLAN)(question)
    assert (answer.status, [(one.name, one.role) for one in answer.units]) == ("answered", units)
