"""Questions that ask two things, and the answers to their parts put together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.answering.draft import wording
from rag.answering.parted import asked_parts, coordinate_parts, together
from rag.types import Answer, AnswerDocument, AnswerUnit, Citation, Notice


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Ai lập danh sách cử tri? Dán ở đâu cho dân xem?", ["Ai lập danh sách cử tri?", "Dán ở đâu cho dân xem?"]),
        ("ai lap danh sach cu tri, roi dan o dau cho dan", ["ai lap danh sach cu tri", "roi dan o dau cho dan"]),
        ("Ai lập danh sách; hạn nộp là ngày nào", ["Ai lập danh sách", "hạn nộp là ngày nào"]),
        ("Ai lập danh sách, dán ở đâu cho dân xem?", None),  # only some words after a comma part
        ("Ai lập danh sách? Ở đâu?", None),  # too short to ask by itself
        ("Tôi mới về thôn. Ai lập danh sách cử tri?", None),  # the first asks nothing
        ("Ai lập danh sách cử tri? Em đang cần gấp lắm.", None),
        ("Ai lập danh sách đầu năm, còn đầu quý thì họp thôn", None),  # "đầu" is no "đâu"
        ("Ai lập danh sách cử tri?", None),
        ("", None),
    ],
)
def test_a_question_is_parted_where_either_side_asks_by_itself(question: str, parts: list[str] | None) -> None:
    assert asked_parts(question) == (parts or [question])


def test_what_asks_nothing_stays_with_the_part_before_it() -> None:
    question = "Ai lập danh sách cử tri? Tôi hỏi cho thôn. Dán ở đâu cho dân xem?"
    assert asked_parts(question) == ["Ai lập danh sách cử tri? Tôi hỏi cho thôn.", "Dán ở đâu cho dân xem?"]


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("ban kiem phieu do ai lap va luc nao thi giai tan", ["ban kiem phieu do ai lap", "luc nao thi giai tan"]),
        ("Tổ hòa giải do ai bầu, mấy năm?", ["Tổ hòa giải do ai bầu", "mấy năm?"]),
        ("Ai lập, ai dán danh sách?", None),  # the first part is too short to tell what it is about
        ("Trưởng thôn, tổ trưởng tổ dân phố do ai bầu?", None),
        ("Ai lập danh sách và sổ theo dõi?", None),
    ],
)
def test_a_part_may_go_on_from_the_part_before(question: str, parts: list[str] | None) -> None:
    assert coordinate_parts(question) == (parts or [question])


PARTS = ("Ai giữ sổ?", "Mở cửa khi nào?")
QUOTES = ("Trưởng thôn giữ sổ.", "Mở cửa hằng tuần.", "Báo cáo hằng quý.")


def citation(number: int, place: int) -> Citation:
    start = 100 * place
    return Citation(number, "documents/a.txt", "Quy chế", "Điều 1", QUOTES[place], start, start + len(QUOTES[place]))


def document(number: str, *citations: int) -> AnswerDocument:
    return AnswerDocument(number, "Quy chế", "về sổ", None, None, True, citations)


KEEPER = Answer(
    question=PARTS[0],
    status="answered",
    reason=None,
    text="Trưởng thôn [1], họp [2].",
    documents=(document("1-QC/TU", 1),),
    units=(AnswerUnit("Trưởng thôn", "lead", (1,)),),
    citations=(citation(1, 0), citation(2, 2)),
    notices=(Notice("as_of", "Theo kho văn bản.", (1,)),),
)
HOURS = Answer(
    question=PARTS[1],
    status="answered",
    reason=None,
    text="Hằng tuần [1], hằng quý [2].",
    documents=(document("1-QC/TU", 1), document("2-QC/TU", 2)),
    units=(AnswerUnit("Trưởng thôn", "lead", (2,)), AnswerUnit("Trưởng thôn", "report", (1,))),
    citations=(citation(1, 1), citation(2, 2)),
    notices=(Notice("as_of", "Theo kho văn bản.", (2,)), Notice("misprint", "In sai.", (1,))),
)
NOTHING = Answer(question=PARTS[1], status="not_found", reason="no_evidence", text="Không tìm thấy.")


def joined(*answers: Answer, parts: tuple[str, str] = PARTS) -> Answer:
    answer = together(" ".join(parts), parts, answers)
    assert answer is not None
    return answer


def test_citations_are_numbered_on_and_what_was_quoted_before_keeps_its_number() -> None:
    answer = joined(KEEPER, HOURS)
    assert answer.text == "Trưởng thôn [1], họp [2].\n\nHằng tuần [3], hằng quý [2]."
    assert answer.citations == (citation(1, 0), citation(2, 2), citation(3, 1))


def test_documents_units_and_notices_come_once_in_the_order_of_the_parts() -> None:
    answer = joined(KEEPER, HOURS)
    assert answer.documents == (document("1-QC/TU", 1), document("2-QC/TU", 2))
    assert {(unit.role, unit.citations) for unit in answer.units} == {("lead", (1,)), ("report", (3,))}
    assert {(notice.kind, notice.citations) for notice in answer.notices} == {("as_of", (1,)), ("misprint", (3,))}


def test_the_whole_question_is_answered() -> None:
    answer = joined(KEEPER, HOURS)
    assert (answer.question, answer.status, answer.reason) == (" ".join(PARTS), "answered", None)


@pytest.mark.parametrize("order", [(KEEPER, NOTHING), (NOTHING, KEEPER)])
def test_the_part_that_was_not_found_is_told_first(order: tuple[Answer, Answer]) -> None:
    answer = joined(*order)
    missing = PARTS[order.index(NOTHING)]
    assert answer.text == f"Kho văn bản trả lời được một phần câu hỏi (chưa thấy: “{missing}”):\n\n{KEEPER.text}"
    assert answer.citations == KEEPER.citations


def test_a_part_with_a_number_is_not_repeated_where_it_was_not_found() -> None:
    """What an answer says has to stand in the texts, and the number of a question may not."""
    answer = joined(KEEPER, NOTHING, parts=(PARTS[0], "Mở cửa lúc 7 giờ hay 8 giờ?"))
    assert answer.text == f"Kho văn bản trả lời được một phần câu hỏi:\n\n{KEEPER.text}"


@pytest.mark.parametrize("place", [0, 1])
def test_one_corrected_part_corrects_the_whole(place: int) -> None:
    answers = [KEEPER, HOURS]
    answers[place] = replace(answers[place], status="corrected")
    assert joined(*answers).status == "corrected"


def test_an_ambiguous_part_counts_as_not_found() -> None:
    assert "chưa thấy" in joined(KEEPER, replace(HOURS, status="ambiguous")).text


def test_one_passage_nearest_to_each_part_is_told_once() -> None:
    near = replace(KEEPER, text=f"{wording('nearest', (1,))}\n\n{KEEPER.text}")
    assert joined(near, near).text.count(KEEPER.text) == 1


def test_nothing_found_is_no_answer() -> None:
    assert together(" ".join(PARTS), PARTS, (NOTHING, NOTHING)) is None
