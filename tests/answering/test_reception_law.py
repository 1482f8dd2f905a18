"""What a law on receiving citizens in its own words must answer, hold against a question, or leave alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.decide import Decider
from rag.answering.following import Focus
from rag.answering.holdings import Library
from rag.answering.query import Query
from rag.types import Answer

LAW = """LUẬT GẶP GỠ NHÂN DÂN (số 7/2014/QH13, Quốc hội thông qua 25/11/2014, hiệu lực 01/07/2015)

Điều 1. Nơi gặp

Nơi gặp nhân dân bao gồm:

1. Nơi gặp nhân dân ở trung ương;

2. Nơi gặp nhân dân ở tỉnh;

3. Nơi gặp nhân dân ở huyện.

Điều 2. Trách nhiệm của chủ tịch

1. Chủ tịch Ủy ban nhân dân cấp tỉnh gặp nhân dân ít nhất 01 ngày trong 01 tháng.

2. Chủ tịch xã gặp nhân dân ít nhất 01 ngày trong 01 tuần và đột xuất trong các trường hợp quy định tại khoản 3 Điều 2 \
của Luật này.

3. Gặp nhân dân đột xuất khi vụ việc đông người; khi vụ việc gấp.

Điều 3. Cử đại diện

Trường hợp có trên mười người thì được cử thêm người đại diện, nhưng không quá năm người.

Điều 4. Tổ giảng hòa

1. Mỗi tổ giảng hòa có từ 03 giảng hòa viên trở lên.

2. Trưởng ban công tác Mặt trận chủ trì, phối hợp với trưởng thôn tổ chức bầu giảng hòa viên.

Điều 5. Căn cứ giảng hòa

Giảng hòa được tiến hành khi có một trong các căn cứ sau đây:

1. Một bên yêu cầu;

2. Giảng hòa viên chứng kiến;

3. Theo phân công của tổ trưởng.

Điều 6. Ban gặp dân

1. Ban gặp dân cấp huyện do Ủy ban nhân dân cấp huyện thành lập, trực thuộc Văn phòng Ủy ban nhân dân cấp huyện.

2. Trưởng ban gặp dân cấp huyện trực tiếp ghi sổ của Ban gặp dân cấp huyện.

Điều 7. Trách nhiệm quản lý

1. Chính phủ thống nhất quản lý nhà nước về giảng hòa.

2. Bộ Tư pháp chịu trách nhiệm trước Chính phủ thực hiện quản lý nhà nước về giảng hòa.

3. Các bộ trong phạm vi nhiệm vụ của mình phối hợp với Bộ Tư pháp thực hiện quản lý nhà nước về giảng hòa.
"""
Ask = Callable[[str], Answer]


@pytest.fixture(scope="module")
def answered(answered_from: Callable[[str], Ask]) -> Ask:
    return answered_from(LAW)


def units(answer: Answer) -> list[tuple[str, str]]:
    return [(unit.name, unit.role) for unit in answer.units]


@pytest.mark.parametrize(
    ("question", "claimed", "known"),
    [
        ("Chủ tịch xã chỉ phải gặp nhân dân 1 ngày mỗi tháng đúng không?", "1 ngày mỗi tháng", "1 ngày trong 01 tuần"),
        ("chu tich tinh moi tuan gap nhan dan 1 ngay phai khong", "1 ngày moi tuan", "1 ngày trong 01 tháng"),
        ("Trên mười người thì được cử thêm 10 người đại diện phải không?", "10 người", "năm người"),
        ("Mỗi tổ giảng hòa phải có 5 giảng hòa viên đúng không?", "5 giảng hòa viên", "3 giảng hòa viên"),
    ],
)
def test_another_amount_is_corrected(answered: Ask, question: str, claimed: str, known: str) -> None:
    answer = answered(question)
    assert answer.status == "corrected", answer.text
    assert f"{claimed}, còn văn bản ghi {known}" in answer.text


def test_the_amount_of_the_same_time_is_borne_out(answered: Ask) -> None:
    answer = answered("Chủ tịch xã phải gặp nhân dân ít nhất 1 ngày mỗi tuần đúng không?")
    assert answer.status == "answered"
    assert answer.text.startswith("Đúng như câu hỏi nêu")


@pytest.mark.parametrize(
    ("question", "status"),
    [
        (
            "Bầu giảng hòa viên là trưởng thôn chủ trì, Trưởng ban công tác Mặt trận chỉ phối hợp, đúng không?",
            "corrected",
        ),
        ("Bầu giảng hòa viên do Trưởng ban công tác Mặt trận chủ trì, trưởng thôn phối hợp, đúng không?", "answered"),
    ],
)
def test_who_leads_and_who_helps_are_not_exchanged(answered: Ask, question: str, status: str) -> None:
    assert answered(question).status == status


def test_what_a_paragraph_lists_behind_a_colon_is_counted(answered: Ask) -> None:
    answer = answered("Có bao nhiêu căn cứ để tiến hành giảng hòa?")
    assert "nêu 3 căn cứ" in answer.text
    assert len(answer.citations) == 4


def test_what_something_consists_of_is_quoted_where_a_number_of_kinds_is_asked(answered: Ask) -> None:
    answer = answered("Nơi gặp nhân dân gồm mấy cấp?")
    assert "nêu" not in answer.text
    assert [one.quote.split()[-1].rstrip(";.") for one in answer.citations[1:]] == ["ương", "tỉnh", "huyện"]


def test_the_cases_to_which_a_rule_refers_are_quoted(answered: Ask) -> None:
    answer = answered("Khi nào chủ tịch xã phải gặp nhân dân đột xuất?")
    assert any("vụ việc đông người" in one.quote for one in answer.citations)


def test_one_level_s_days_are_not_told_for_another_s(answered: Ask) -> None:
    answer = answered("Chủ tịch tỉnh gặp nhân dân mấy ngày trong tuần?")
    assert "cấp xã" not in answer.text


def test_two_levels_are_compared_by_passages_that_state_the_days(answered: Ask) -> None:
    answer = answered("Số ngày gặp nhân dân của chủ tịch xã với chủ tịch tỉnh khác nhau thế nào?")
    assert [("tuần" in one.quote, "tháng" in one.quote) for one in answer.citations] == [(True, False), (False, True)]


def test_of_what_body_another_is_a_part_is_no_duty(answered: Ask) -> None:
    answer = answered("Ban gặp dân cấp huyện nằm trong cơ quan nào?")
    assert answer.units == ()
    assert "trực thuộc Văn phòng Ủy ban nhân dân cấp huyện" in answer.text


def test_the_kind_of_unit_asked_for_comes_first(answered: Ask) -> None:
    answer = answered("Bộ nào lo quản lý nhà nước về giảng hòa?")
    assert units(answer)[0] == ("Bộ Tư pháp", "perform")


@pytest.mark.parametrize(
    "question", ["Luật Gặp gỡ nhân dân do cơ quan nào thông qua, ngày nào?", "luat gap go nhan dan ai thong qua?"]
)
def test_a_law_is_issued_by_who_passed_it(answered: Ask, question: str) -> None:
    (law,) = answered(question).documents
    assert (law.issuer, law.date) == ("Quốc hội", "2014-11-25")


def test_a_follow_up_turns_to_another_level(
    read_library: Callable[..., Library],
    by_words: Callable[..., object],
    asked: Callable[[str], Query],
) -> None:
    library = read_library(LAW)
    decider = Decider(library, by_words(library))  # type: ignore[arg-type]
    first = "Chủ tịch xã phải gặp nhân dân mấy ngày một tuần?"
    _, focus = decider.answer(first, asked(first), Focus())
    second = "Thế còn chủ tịch tỉnh?"
    answer, _ = decider.answer(second, asked(second), focus)
    assert "trong 01 tháng" in answer.text
    assert "trong 01 tuần" not in answer.text


PLAN = """UBND HUYỆN A
Số: 12/KH-UBND

KẾ HOẠCH
Gặp gỡ nhân dân tại chợ năm 2024

1. Thực hiện Đề án số 01-ĐA/BDVTU-UBND, ngày 24/4/2019 của Ban Dân vận Tỉnh ủy và UBND tỉnh về mô hình chợ thân thiện.
2. Thực hiện Kế hoạch số 30-KH/TU, ngày 05/01/2024 của Tỉnh ủy về gặp gỡ nhân dân ở chợ.
3. Văn phòng huyện ban hành nội quy quầy sách.
4. Nhiệm kỳ của Ban Quản lý chợ là 02 năm.
"""


@pytest.fixture(scope="module")
def of_plan(answered_from: Callable[[str], Ask]) -> Ask:
    return answered_from(PLAN)


def test_who_issued_a_document_is_a_unit_where_that_is_asked(of_plan: Ask) -> None:
    answer = of_plan("Gặp gỡ nhân dân ở chợ theo kế hoạch nào của tỉnh, cơ quan nào ban hành?")
    assert [one.number for one in answer.documents] == ["30-KH/TU"]
    assert units(answer) == [("Tỉnh ủy", "perform")]


def test_who_did_not_issue_it_is_no_unit_where_only_the_document_is_asked(of_plan: Ask) -> None:
    assert of_plan("Gặp gỡ nhân dân ở chợ theo kế hoạch nào của tỉnh?").units == ()


def test_who_has_to_issue_what_is_no_document_is_named(of_plan: Ask) -> None:
    assert units(of_plan("Ai ban hành nội quy quầy sách?")) == [("Văn phòng huyện", "perform")]


def test_how_long_something_lasts_is_no_unit_s_duty(of_plan: Ask) -> None:
    answer = of_plan("Vì sao nhiệm kỳ của Ban Quản lý chợ là 5 năm?")
    assert answer.status == "corrected"
    assert "câu hỏi nêu 5 năm, còn văn bản ghi 2 năm" in answer.text


@pytest.mark.parametrize(
    "question", ["Công văn nào nói về gặp gỡ nhân dân ở chợ?", "thong tu nao noi ve gap go nhan dan o cho"]
)
def test_a_type_that_the_texts_have_nowhere_is_not_answered_with_another(of_plan: Ask, question: str) -> None:
    assert of_plan(question).status == "not_found"


def test_the_time_asked_for_is_that_of_the_act_and_not_of_what_counts_from_it(
    answered_from: Callable[[str], Ask],
) -> None:
    law = """LUẬT CHỢ (số 8/2014/QH13, Quốc hội thông qua 25/11/2014)

Điều 1. Công nhận

1. Trong thời hạn 60 ngày kể từ ngày công nhận trưởng chợ, Ủy ban nhân dân xã họp trưởng chợ.

2. Trong thời hạn 05 làm việc ngày kể từ ngày họp chợ, Ủy ban nhân dân xã công nhận trưởng chợ.
"""
    first = answered_from(law)("Ai công nhận trưởng chợ và trong mấy ngày?").citations[0]
    assert "05 làm việc ngày" in first.quote
