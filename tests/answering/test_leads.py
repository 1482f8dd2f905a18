"""What leads to a passage by a colon."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rag.answering.leads import directs, leads
from rag.types import Passage, PassageKind, Span


def passage(text: str, *, provision: int = 0, kind: PassageKind = "clause") -> Passage:
    return Passage("a#0-1", "a.txt", provision, kind, (Span(0, 1),), text, "", "Mục 1", ())


def led(*passages: Passage) -> Sequence[int | None]:
    return list(leads(passages))


def test_what_leads_by_a_colon_leads_to_the_end_of_its_sentence() -> None:
    first = passage("Đối với khiếu nại về danh sách:")
    assert led(first, passage("Gửi đơn;"), passage("Theo dõi."), passage("Báo cáo.")) == [None, 0, 0, None]


def test_it_leads_to_nothing_in_another_provision() -> None:
    assert led(passage("Gồm:"), passage("Ý một.", provision=1)) == [None, None]


def test_a_mention_leads_to_nothing() -> None:
    assert led(passage("Kế hoạch 1:", kind="mention"), passage("Gửi đơn.")) == [None, None]


@pytest.mark.parametrize(
    ("text", "others"), [("Chỉ đạo Công an xã, các thôn:", True), ("Hồ sơ gồm các giấy tờ:", False)]
)
def test_who_is_told_to_do_what_follows(text: str, others: bool) -> None:
    assert directs(text) is others
