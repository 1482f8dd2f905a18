"""What one office-holder or place does is not told of another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.types import Answer

TEXT = """ỦY BAN NHÂN DÂN XÃ DIÊN HẢI
Số: 4/TB-UBND
Diên Hải, ngày 15 tháng 3 năm 2024

THÔNG BÁO
Lịch tiếp công dân năm 2024

1. Chủ tịch UBND xã tiếp công dân vào sáng thứ Năm hằng tuần.
2. Công chức tư pháp giữ sổ tiếp công dân.
3. Nhiệm kỳ của Ban Thanh tra nhân dân là 02 năm.
4. Xã Hòa Phú bên cạnh họp dân vào ngày 20 hằng tháng.
"""


@pytest.fixture(scope="module")
def answered(answered_from: Callable[[str], Callable[[str], Answer]]) -> Callable[[str], Answer]:
    return answered_from(TEXT)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Chủ tịch xã tiếp công dân vào thứ mấy?", "thứ Năm"),
        ("chu tich xa dien hai tiep cong dan ngay nao", "thứ Năm"),
        ("Bí thư Đảng ủy xã tiếp công dân vào ngày nào?", None),  # another office
        ("Chủ tịch xã Hòa Phú tiếp công dân vào ngày nào?", None),  # another place, which the text names elsewhere
        ("Xã Hòa Phú họp dân vào ngày nào?", "ngày 20"),
        ("Ban Thanh tra nhân dân một nhiệm kỳ mấy năm?", "02 năm"),
        ("Công chức tư pháp một nhiệm kỳ là mấy năm?", None),
    ],
)
def test_only_of_whom_the_text_speaks(answered: Callable[[str], Answer], question: str, told: str | None) -> None:
    answer = answered(question)
    assert (told in answer.text) if told else (answer.status == "not_found"), answer.text
