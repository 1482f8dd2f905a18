"""What stands around a passage when it is held against a topic."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering.search import _leads
from rag.types import Passage, PassageKind, Span


def passage(text: str, *, provision: int = 0, kind: PassageKind = "clause") -> Passage:
    return Passage("a#0-1", "a.txt", provision, kind, (Span(0, 1),), text, "", "Mục 1", ())


def leads(*passages: Passage) -> Sequence[str]:
    return list(_leads(passages))


def test_what_leads_by_a_colon_leads_to_the_end_of_its_sentence() -> None:
    first = passage("Đối với khiếu nại về danh sách:")
    assert leads(first, passage("Gửi đơn;"), passage("Theo dõi."), passage("Báo cáo.")) == [
        "", first.text, first.text, "",
    ]  # fmt: skip


def test_it_leads_to_nothing_in_another_provision() -> None:
    assert leads(passage("Gồm:"), passage("Ý một.", provision=1)) == ["", ""]


def test_a_mention_leads_to_nothing() -> None:
    assert leads(passage("Kế hoạch 1:", kind="mention"), passage("Gửi đơn.")) == ["", ""]
