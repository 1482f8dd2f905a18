"""By whom something is done where a text gives a duty to nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answering.agents import agents, asked_act, asked_doing, doers, owners, performs
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
        ("Cơ quan nào của tỉnh thẩm định đề án?", "tham dinh"),  # whose it is does nothing
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


@pytest.mark.parametrize(
    ("text", "act", "names"),
    [
        ("Chợ được Ủy ban nhân dân xã mở vào mùa xuân.", "mo", ["Ủy ban nhân dân xã"]),
        ("Chợ được Ủy ban nhân dân xã cho thuê chỗ rồi mới mở.", "mo", []),  # more than a word between
        ("Đề nghị Công an xã vận động bà con.", "van dong", ["Công an xã"]),
        ("Gửi danh sách đến Ủy ban nhân dân xã để niêm yết.", "niem yet", ["Ủy ban nhân dân xã"]),
        ("Gửi danh sách đến Ủy ban nhân dân xã và niêm yết.", "niem yet", []),  # not what it is sent there for
        ("Chuyển đơn tới Công an xã xác minh.", "xac minh", []),
    ],
)
def test_who_gets_something_or_is_asked_does_what_is_named_right_after(text: str, act: str, names: list[str]) -> None:
    assert doers(text, act) == names


STAMPED = "Giấy có chữ ký của Trưởng thôn và đóng dấu của Ủy ban nhân dân xã."


@pytest.mark.parametrize(
    ("question", "text", "names"),
    [
        ("Giấy phải có dấu của ủy ban nào?", STAMPED, ["Ủy ban nhân dân xã"]),
        ("Giấy đóng dấu của cơ quan nào?", STAMPED, ["Ủy ban nhân dân xã"]),
        ("Cần ý kiến của tổ chức nào?", "Lấy ý kiến của Hội Nông dân, Hội Phụ nữ.", ["Hội Nông dân", "Hội Phụ nữ"]),
        ("Cần ý kiến của ai?", "Lấy ý kiến của mọi người.", []),  # no unit
        ("Cần biên bản của cấp nào?", STAMPED, []),  # of another thing
        ("Ai đóng dấu?", STAMPED, []),  # who does it, not whose it is
    ],
)
def test_whose_something_is_stands_after_it(asked: Ask, question: str, text: str, names: list[str]) -> None:
    assert owners(text, asked(question)) == names


@pytest.mark.parametrize(
    ("question", "doing"),
    [
        ("Ai quyết định công nhận quy ước?", "quyết định công nhận quy ước"),
        ("Cấp nào có thẩm quyền công nhận quy ước của thôn?", "công nhận quy ước của thôn"),
        ("Quy ước do cấp nào công nhận?", "công nhận"),
        ("ai cong nhan quy uoc", "cong nhan quy uoc"),
        ("Văn bản nào quy định việc này?", ""),
    ],
)
def test_what_is_done_is_told_with_its_object(asked: Ask, question: str, doing: str) -> None:
    assert asked_doing(asked(question)) == doing


@pytest.mark.parametrize(
    ("predicate", "does"),
    [
        ("cong nhan quy uoc", True),
        ("phai kip thoi cong nhan quy uoc", True),
        ("xem xet, quyet dinh viec cong nhan quy uoc", True),
        ("ban hanh quyet dinh cong nhan quy uoc", True),
        ("tham tra va cong nhan quy uoc", True),
        ("tham tra ho so, trinh xa cong nhan quy uoc", False),  # another does
        ("chu tri, phoi hop voi thon trinh xa ban hanh quyet dinh cong nhan quy uoc", False),
        ("cong nhanh quy uoc", False),
    ],
)
def test_what_is_said_of_somebody_is_the_act_itself(predicate: str, does: bool) -> None:
    assert performs(predicate, ["cong nhan", "phe chuan"]) is does


def test_nobody_does_what_has_no_name() -> None:
    assert not performs("cong nhan quy uoc", [])


@pytest.mark.parametrize(
    ("text", "act", "names"),
    [
        ("Mở hòm có sự chứng kiến của Trưởng thôn và Hội Phụ nữ.", "chung kien", ["Trưởng thôn", "Hội Phụ nữ"]),
        ("Mở hòm có sự giám sát của Trưởng thôn.", "chung kien", []),  # another act
        ("Mở hòm có sự chứng kiến của mọi người.", "chung kien", []),  # no unit
        (  # and not by whose decision
            "Mở hòm có sự chứng kiến của Trưởng thôn theo quyết định của Công an xã.",
            "chung kien",
            ["Trưởng thôn"],
        ),
    ],
)
def test_who_bears_witness_stands_after_the_act(text: str, act: str, names: list[str]) -> None:
    assert agents(text, act) == names
