"""Which passages may answer a question about a topic: of whom an amount is asked, and one of two things."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.types import Answer

RULES = """QUỐC HỘI
Luật số: 85/2015/QH13

LUẬT
TỔ CHỨC THÔN

Điều 1. Trưởng thôn
1. Trưởng thôn do dân bầu.
2. Trưởng thôn giữ sổ của thôn.
3. Trưởng thôn báo cáo xã.
4. Trưởng thôn mời họp.
5. Phụ cấp là 500.000 đồng một tháng.

Điều 2. Đội tự quản
1. Nhiệm kỳ của đội kéo dài 03 năm.
2. Đội báo cáo trưởng thôn.

Điều 3. Bình xét gia đình văn hóa
1. Cuộc họp bình xét gia đình văn hóa lập biên bản và niêm yết kết quả công khai.
2. Trưởng thôn đọc tên.
"""


@pytest.fixture(scope="module")
def answered(answered_from: Callable[[str], Callable[[str], Answer]]) -> Callable[[str], Answer]:
    """The answer to a question over the rules."""
    return answered_from(RULES)


@pytest.mark.parametrize(
    ("question", "locator"),
    [
        ("Nhiệm kỳ của đội tự quản là mấy năm?", "khoản 1 Điều 2"),
        ("Nhiệm kỳ kéo dài mấy năm?", "khoản 1 Điều 2"),  # nobody's: any will do
        ("Phụ cấp của trưởng thôn là bao nhiêu?", "khoản 5 Điều 1"),  # the heading names him
    ],
)
def test_an_amount_is_told_of_whom_it_is_asked(answered: Callable[[str], Answer], question: str, locator: str) -> None:
    answer = answered(question)
    assert (answer.status, [one.locator for one in answer.citations]) == ("answered", [locator])


@pytest.mark.parametrize(
    "question",
    [
        "Nhiệm kỳ của trưởng thôn là mấy năm?",
        "Nhiệm kỳ của trưởng thôn hiện nay kéo dài mấy năm?",
    ],
)
def test_an_amount_of_another_is_no_answer(answered: Callable[[str], Answer], question: str) -> None:
    assert answered(question).reason == "no_evidence"


MEETING = "Cuộc họp bình xét gia đình văn hóa"


@pytest.mark.parametrize("sides", ["công khai hay kín", "kín hay là công khai"])
def test_one_of_two_things_is_told_by_a_passage_that_speaks_of_it(
    answered: Callable[[str], Answer], sides: str
) -> None:
    answer = answered(f"{MEETING} niêm yết kết quả {sides}?")
    assert (answer.status, [one.locator for one in answer.citations]) == ("answered", ["khoản 1 Điều 3"])


@pytest.mark.parametrize("sides", ["màu đỏ hay xanh", "thứ bảy hay chủ nhật", "bằng sơn hay là phấn"])
def test_a_passage_that_speaks_of_neither_of_two_things_is_no_answer(
    answered: Callable[[str], Answer], sides: str
) -> None:
    assert answered(f"{MEETING} niêm yết kết quả {sides}?").reason == "no_evidence"


@pytest.mark.parametrize(
    ("question", "doubted"),
    [
        ("Nhiệm kỳ của đội tự quản kéo dài mấy năm?", False),
        ("Trưởng thôn giữ sổ của thôn ở tủ nào?", True),
    ],
)
def test_what_is_but_the_nearest_passage_is_called_so(
    answered: Callable[[str], Answer], question: str, doubted: bool
) -> None:
    answer = answered(question)
    assert answer.status == "answered"
    assert answer.text.startswith("Không có đoạn nào khớp hẳn lời câu hỏi") is doubted


PLAN = """UBND XÃ A

KẾ HOẠCH
Chợ phiên năm 2024

I. NHIỆM VỤ
1. Xã mua 12 đèn lồng, treo xong trước ngày 15/11/2024.
2. Mức phí chợ do thôn bàn, nộp trước ngày 20/12/2024.
3. Phòng Văn hóa vẽ tranh chợ.
"""


@pytest.mark.parametrize(
    ("question", "locator"),
    [
        ("Xã mua bao nhiêu đèn lồng và treo xong ngày nào?", "Mục I.1"),
        ("Mức phí chợ bao nhiêu và nộp ngày nào?", "Mục I.2"),  # the text tells but the day
    ],
)
def test_an_amount_and_a_day_may_be_asked_together(
    answered_from: Callable[[str], Callable[[str], Answer]], question: str, locator: str
) -> None:
    answer = answered_from(PLAN)(question)
    assert (answer.status, [one.locator for one in answer.citations]) == ("answered", [locator])


def test_a_day_is_no_answer_where_an_amount_alone_is_asked(
    answered_from: Callable[[str], Callable[[str], Answer]],
) -> None:
    assert answered_from(PLAN)("Mức phí chợ bao nhiêu?").status == "not_found"
