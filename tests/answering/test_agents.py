"""By whom something is done where a text gives a duty to nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.agents import agents, asked_act
from rag.answering.query import Query

Ask = Callable[[str], Query]


@pytest.mark.parametrize(
    ("text", "act", "names"),
    [
        ("Việc dịch do cộng đồng dân cư quyết định khi soạn thảo.", "quyet dinh", ["cộng đồng dân cư"]),
        ("Số lượng do Ủy ban Mặt trận Tổ quốc xã quyết định.", "quyet dinh", ["Ủy ban Mặt trận Tổ quốc xã"]),
        ("Phát phiếu theo quyết định của Ủy ban Bầu cử tỉnh.", "", ["Ủy ban Bầu cử tỉnh"]),
        ("Số lượng do Ủy ban Mặt trận Tổ quốc xã quyết định.", "chi tra", []),  # another act
        ("Kinh phí do ngân sách bảo đảm.", "bao dam", []),  # no unit
        ("Nêu rõ lý do Ban hành quyết định.", "quyet dinh", []),
    ],
)
def test_the_agent_stands_before_what_it_does(text: str, act: str, names: list[str]) -> None:
    assert agents(text, act) == names


@pytest.mark.parametrize(
    ("question", "act"),
    [
        ("Quy ước do cấp nào công nhận?", "cong nhan"),
        ("Ai có trách nhiệm xác minh đơn?", "xac minh"),
        ("Văn bản nào quy định việc này?", ""),
    ],
)
def test_the_act_follows_the_word_for_who(asked: Ask, question: str, act: str) -> None:
    assert asked_act(asked(question)) == act
