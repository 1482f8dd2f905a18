"""How many rows of a table a unit stands in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.decide import Decider
from rag.answering.following import Focus
from rag.answering.holdings import Library
from rag.answering.query import Query
from rag.answering.retrieve import EvidenceRetriever
from rag.types import Answer

TABLE = """UBND XÃ A
Số: {number}/KH-UBND

KẾ HOẠCH
{title}

I. BẢNG PHÂN CÔNG
| TT | Nội dung | Đơn vị chủ trì | Đơn vị phối hợp |
| 1 | {first} | Phòng Kinh tế | Công an xã |
| 2 | {second} | {lead} | Phòng Kinh tế |
| 3 | {third} | Phòng Kinh tế | Hội Nông dân |
"""
MARKET = TABLE.format(
    number=9, title="Chợ phiên", first="Sửa bến", second="Treo đèn", third="Kẻ ô", lead="Phòng Văn hóa"
)
TREES = TABLE.format(number=11, title="Trồng tre", first="Ươm tre", second="Làm rào", third="Đào hố", lead="Ban Lâm")


@pytest.fixture(scope="module")
def answered(
    read_library: Callable[..., Library],
    by_words: Callable[[Library], EvidenceRetriever],
    asked: Callable[[str], Query],
) -> Callable[..., Answer]:
    """The answer to a question over some texts."""

    def of(question: str, *texts: str) -> Answer:
        library = read_library(*texts)
        return Decider(library, by_words(library)).answer(question, asked(question), Focus())[0]

    return of


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Phòng Kinh tế chủ trì mấy việc trong bảng phân công?", (1, 3)),
        ("phong kinh te chu tri bao nhieu viec trong bang phan cong", (1, 3)),
        ("Phòng Kinh tế phối hợp mấy việc trong bảng phân công?", (2,)),
        ("Phòng Kinh tế có mấy việc trong bảng phân công?", (1, 2, 3)),  # whatever its role
        ("Phòng Kinh tế có tên ở mấy việc trong bảng phân công của Công an xã?", (1, 2, 3)),  # whose table it is
        ("Phòng Văn hóa chủ trì bao nhiêu nhiệm vụ theo bảng?", (2,)),
    ],
)
def test_the_rows_are_counted_in_which_a_unit_has_a_role(
    answered: Callable[..., Answer], question: str, rows: tuple[int, ...]
) -> None:
    answer = answered(question, MARKET)
    assert answer.status == "answered"
    assert f"nêu {len(rows)} " in answer.text
    assert [one.locator for one in answer.citations[1:]] == [f"Mục I, bảng 1, dòng {row}" for row in rows]


@pytest.mark.parametrize(
    "question",
    [
        "Phòng Kinh tế chủ trì mấy việc?",  # no table is spoken of
        "Phòng Kinh tế chủ trì việc gì trong bảng phân công?",  # nothing is counted
        "Hội Nông dân chủ trì mấy việc trong bảng phân công?",  # it has no such role
        "Trạm Y tế chủ trì mấy việc trong bảng phân công?",  # nor this one any
    ],
)
def test_otherwise_no_rows_are_counted(answered: Callable[..., Answer], question: str) -> None:
    assert " việc của " not in answered(question, MARKET).text


@pytest.mark.parametrize(("number", "words"), [("9", "Sửa bến"), ("11", "Ươm tre")])
def test_of_two_tables_that_of_the_text_is_counted_whose_number_is_told(
    answered: Callable[..., Answer], number: str, words: str
) -> None:
    question = f"Phòng Kinh tế chủ trì mấy việc trong bảng phân công của Kế hoạch {number}/KH-UBND?"
    answer = answered(question, MARKET, TREES)
    assert "nêu 2 việc của Phòng Kinh tế" in answer.text
    assert words in answer.text


def test_of_two_tables_none_is_counted_where_the_question_does_not_tell_which(answered: Callable[..., Answer]) -> None:
    answer = answered("Phòng Kinh tế chủ trì mấy việc trong bảng phân công?", MARKET, TREES)
    assert " việc của Phòng Kinh tế" not in answer.text


def test_the_cells_of_a_row_parted_by_tabs_are_shown_apart(answered: Callable[..., Answer]) -> None:
    tabbed = MARKET.replace("| TT |", "TT |").replace(" |\n", "\n").replace("\n| ", "\n").replace(" | ", "\t")
    said = answered("Phòng Văn hóa chủ trì mấy việc trong bảng phân công?", tabbed).text
    assert "2 | Treo đèn | Phòng Văn hóa | Phòng Kinh tế" in said
