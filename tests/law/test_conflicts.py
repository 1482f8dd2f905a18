"""Mentions of one document that differ from each other, or from the checked facts, are told of at each place."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rag.law.conflicts import _edit
from rag.law.document import read_document
from rag.law.notices import source_notices
from rag.types import CheckedFact, StoredText

TITLE = "về chăm lo đời sống của người cao tuổi trên địa bàn tỉnh Hà Nam giai đoạn 2011 - 2015"


def told(text: str, facts: Sequence[CheckedFact] = ()) -> list[tuple[str, str]]:
    found = source_notices(read_document(StoredText("documents/a.txt", text)), facts)
    return [(one.kind, text[one.span.start : one.span.end]) for one in found]


def mention(date: str = "05/4/2019", issuer: str = "Ban Thường vụ Tỉnh ủy", title: str = TITLE) -> str:
    return f"Thực hiện Nghị quyết số 7-NQ/TU, ngày {date} của {issuer} {title}."


def fact(title: str = TITLE, date: str = "2019-04-05", issuer: str = "Ban Thường vụ Tỉnh ủy") -> CheckedFact:
    return CheckedFact("7-NQ/TU", "Nghị quyết", issuer, date, title, "công báo")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (mention(), mention(), []),
        (mention(), mention(date="06/4/2019"), [("conflict", "05/4/2019"), ("conflict", "06/4/2019")]),
        # Two places and two names of the place: one word each is changed.
        (
            mention(),
            mention(title=TITLE.replace("tỉnh Hà Nam", "huyện Lý Nhân")),
            [("conflict", "địa bàn tỉnh Hà Nam giai đoạn"), ("conflict", "địa bàn huyện Lý Nhân giai đoạn")],
        ),
        # A word more.
        (
            mention(),
            mention(title=TITLE.replace("cao tuổi", "cao tuổi neo đơn")),
            [("conflict", "cao tuổi trên địa"), ("conflict", "cao tuổi neo đơn trên địa")],
        ),
        (mention(), mention(title=TITLE[:48]), []),  # cut short
        (mention(), mention(title=TITLE.replace("về ", "về việc ").replace(" của", ", của")), []),
        (mention(issuer="UBND tỉnh"), mention(issuer="Ủy ban nhân dân tỉnh"), []),
        (
            mention(issuer="Bộ Chính trị").replace("TU", "TW"),
            mention(issuer="Ban Bí thư Trung ương Đảng").replace("TU", "TW"),
            [("conflict", "Bộ Chính trị"), ("conflict", "Ban Bí thư Trung ương Đảng")],
        ),
    ],
)
def test_mentions_of_one_document_that_differ(one: str, other: str, expected: list[tuple[str, str]]) -> None:
    assert told(f"1. {one}\n\n2. {other}") == expected


def test_numbers_that_differ_in_the_order_of_offices() -> None:
    text = "1. Theo Kế hoạch số 16/KH-MTTQ-BTT của tỉnh.\n\n2. Xem Kế hoạch số 16/KH-BTT-MTTQ."
    assert told(text) == [("conflict", "16/KH-MTTQ-BTT"), ("conflict", "16/KH-BTT-MTTQ")]


@pytest.mark.parametrize(
    ("text", "checked", "expected"),
    [
        (mention(), fact(), []),
        (mention(title=TITLE.replace(" của", "")), fact(), [("misprint", "đời sống người cao")]),
        (mention(title=TITLE.replace("người", "những người")), fact(), []),  # it makes no other title
        (mention(title=TITLE + " và những năm tiếp theo"), fact(), []),  # it runs on
        (mention(date="06/4/2019"), fact(), [("misprint", "06/4/2019")]),
        (mention(issuer="Hội Nông dân"), fact(), [("misprint", "Hội Nông dân")]),
        (mention(), fact(title="về nước sạch"), []),  # cannot be aligned: nothing is known of where they differ
    ],
)
def test_a_mention_that_differs_from_the_checked_facts(
    text: str, checked: CheckedFact, expected: list[tuple[str, str]]
) -> None:
    assert told(f"1. {text}", [checked]) == expected


def test_where_checked_facts_tell_only_the_wrong_mention_is_told_of() -> None:
    assert told(f"1. {mention()}\n\n2. {mention(date='06/4/2019')}", [fact()]) == [("misprint", "06/4/2019")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("về thi đua", "về thi đua, khen thưởng"),
        ("về việc thực hiện Nghị quyết số 5-NQ/TU của Tỉnh ủy", "thực hiện Nghị quyết số 5-NQ/TU ngày 02/3/2019"),
        ("về quy chế của UBND xã", "về Quy chế của Ủy ban nhân dân xã"),
        ("về nước sạch nông thôn vùng cao", "về cấp giấy chứng nhận quyền sử dụng đất"),
    ],
)
def test_titles_that_differ_at_their_end_or_wholly_are_no_slip(one: str, other: str) -> None:
    assert _edit(one, other) is None
    assert _edit(other, one) is None
