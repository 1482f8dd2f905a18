"""By whom something is done where a text gives a duty to nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.agents import agents, asked_act, doers
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
        ("Tổ bầu cử do ai ký quyết định thành lập?", "quyet dinh"),
        ("Văn bản nào quy định việc này?", ""),
    ],
)
def test_the_act_follows_the_word_for_who(asked: Ask, question: str, act: str) -> None:
    assert asked_act(asked(question)) == act


@pytest.mark.parametrize(
    ("text", "act", "names"),
    [
        ("Tổ bầu cử (do Chủ tịch xã quyết định thành lập) chủ trì cuộc họp.", "chu tri", []),  # beyond the bracket
        ("Ban do Công đoàn cơ quan trực tiếp chỉ đạo.", "chi dao", ["Công đoàn cơ quan"]),  # without the adverb
        ("Phát phiếu theo quyết định của Ủy ban Bầu cử tỉnh.", "phat phieu", []),  # by whose decision, not who does it
    ],
)
def test_who_does_a_thing_is_said_outright(text: str, act: str, names: list[str]) -> None:
    assert doers(text, act) == names
