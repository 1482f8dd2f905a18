"""What bears a yes-or-no question out and what does not, where a text has the amount that the question states."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.types import Answer

TEXT = """UBND XÃ THƯỢNG
Số: 11/TB-UBND
Thượng, ngày 12 tháng 01 năm 2024

THÔNG BÁO
Làm đường và đo đất ở thôn, bản

1. Đối với thôn: hộ dân góp không quá 30% giá trị công trình và không quá 1.200.000 đồng một hộ một năm khi làm đường.
2. Đối với bản: hộ dân góp không quá 10% giá trị công trình và không quá 400.000 đồng một hộ một năm khi làm đường.
3. Thống nhất phương án đo đạc, cấp lại 186 ha đất sản xuất cho 143 hộ ở bản Cao và bản Thấp.
4. Phòng Kinh tế cân đối tiền mua cây giống cho bản Cao.
"""


@pytest.fixture(scope="module")
def answered(answered_from: Callable[[str], Callable[[str], Answer]]) -> Callable[[str], Answer]:
    return answered_from(TEXT)


@pytest.mark.parametrize(
    ("question", "borne_out"),
    [
        ("Thống nhất phương án đo đạc cấp lại 186 ha đất sản xuất, có đúng vậy không?", True),
        # nobody says who does it
        ("Phòng Kinh tế đứng ra đo đạc cấp lại 186 ha đất sản xuất, có đúng vậy không?", False),
        ("Hộ dân ở thôn góp làm đường tới 30% giá trị công trình, đúng không?", True),
        # it is the share of the others
        ("Hộ dân ở bản góp làm đường tới 30% giá trị công trình, đúng không?", False),
    ],
)
def test_an_amount_alone_bears_nothing_out(answered: Callable[[str], Answer], question: str, borne_out: bool) -> None:
    assert answered(question).text.startswith("Đúng như câu hỏi nêu") is borne_out, answered(question).text
