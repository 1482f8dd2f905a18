"""Sentences of a question that ask nothing, and what it takes for granted."""

from __future__ import annotations

import pytest

from rag.answering.asides import asides, has_asking, premise


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("tôi mới về thôn: ai phát sổ?", ["tôi mới về thôn: "]),
        ("toi moi ve thon: ai phat so?", ["toi moi ve thon: "]),  # without marks as well
        ("về sổ hộ nghèo: ai phát?", []),  # what is asked about, not who asks
        ("bình minh: ai phát sổ?", []),  # with marks "minh" is no "mình"
        ("họp ngày 5.3: ai dự?", []),
    ],
)
def test_a_colon_ends_an_aside_only_where_somebody_speaks_of_themselves(typed: str, told: list[str]) -> None:
    assert [typed[one] for one in asides(typed)] == told


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("ai phát sổ, em đang cần gấp", ["em đang cần gấp"]),
        ("ai phat so, em dang can gap", ["em dang can gap"]),
        ("mai họp thôn, em ghi sổ. ai dự?", ["mai họp thôn, em ghi sổ. "]),  # nothing is asked before the comma
        ("hồ sơ gồm gì, tôi nộp ở đâu?", []),  # what follows the comma asks as well
        ("ai phát sổ, trưởng thôn đang cần gấp", []),  # it goes on about another
    ],
)
def test_a_comma_after_the_asking_ends_it_where_they_go_on_about_themselves(typed: str, told: list[str]) -> None:
    assert [typed[one] for one in asides(typed)] == told


@pytest.mark.parametrize(
    "typed",
    ["nhà tôi dột. chuyện đó ai lo?", "cháu mất sổ. như vậy thì nộp ở đâu?", "toi mat so. yeu cau nay ai giai quyet?"],
)
def test_what_an_asking_sentence_refers_back_to_is_no_aside(typed: str) -> None:
    assert asides(typed) == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("em cần gấp? ai ký sổ?", ["em cần gấp? "]),
        ("em có được vay không? hồ sơ gồm gì?", []),
        ("chợ đã mở? hồ sơ gồm gì?", []),  # not of themselves: the sign alone asks
    ],
)
def test_of_themselves_people_ask_with_a_word_that_asks_whether(typed: str, told: list[str]) -> None:
    assert [typed[one] for one in asides(typed)] == told


def test_where_nothing_asks_nothing_is_an_aside() -> None:
    assert asides("tôi mới về thôn. tôi bán rau.") == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("hình như trưởng thôn do xã chỉ định", "trưởng thôn do xã chỉ định"),
        ("tôi tưởng là chợ phiên họp hai buổi", "chợ phiên họp hai buổi"),
        ("vì sao luật lại bắt thôn nộp báo cáo mỗi tuần?", "bắt thôn nộp báo cáo mỗi tuần"),
        ("sao chợ phiên mở cả ngày mà không thu vé?", "chợ phiên mở cả ngày"),  # up to what is wondered at
        ("nghe hàng xóm nói là chợ phiên họp hai buổi, đúng không?", "chợ phiên họp hai buổi"),
        ("moi nguoi noi rang cho phien do huyen lap, dung khong", "cho phien do huyen lap"),
        ("theo quy định thì chợ phiên họp hai buổi, vậy ai mở cổng?", "chợ phiên họp hai buổi"),
        ("chợ phiên họp hai buổi. thế ai dọn?", "chợ phiên họp hai buổi"),
        ("hình như ai cũng được vào chợ phiên", "ai cũng được vào chợ phiên"),  # "ai cũng" asks nothing
    ],
)
def test_a_premise_is_told_by_the_words_around_it(typed: str, told: str) -> None:
    found = premise(typed)
    assert found is not None
    assert typed[found] == told


@pytest.mark.parametrize(
    "typed",
    [
        "sao tôi phải nộp hồ sơ đến hai lần?",  # personal
        "nghe noi em toi phai nop ho so hai lan",
        "hình như ai được vào chợ phiên sáng mai",  # it asks
        "chợ phiên do ai mở cửa hằng tuần, vậy tiền vé nộp đâu?",
        "sao chợ không mở?",  # too short
        "chợ phiên họp hai buổi mỗi tuần",  # nothing around it
    ],
)
def test_what_is_personal_or_asks_or_is_short_is_no_premise(typed: str) -> None:
    assert premise(typed) is None


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("nhà rải rác trên mấy quả đồi. ai phát sổ?", ["nhà rải rác trên mấy quả đồi. "]),
        ("nha o may qua doi. ai phat so?", ["nha o may qua doi. "]),
        ("thôn mua máy cày. ai giữ?", ["thôn mua máy cày. "]),  # "máy" is no "mấy"
        ("đầu năm thôn họp. ai dự?", ["đầu năm thôn họp. "]),  # and "đầu" no "đâu"
        ("họp mấy buổi? ai dự?", []),  # asked with its sign
        ("họp mấy buổi. ai dự", []),  # no other sentence has the sign
        ("họp mấy buổi, do ai mời. ai dự?", []),  # another word asks as well
    ],
)
def test_a_statement_with_some_asks_nothing_where_another_sentence_asks(typed: str, told: list[str]) -> None:
    assert [typed[one] for one in asides(typed)] == told


@pytest.mark.parametrize(
    "typed", ["tôi quên số sổ. ai ký?", "em quên mất ngày họp. ai dự?", "toi quen ten chi thi. ai ky?"]
)
def test_who_has_forgotten_something_asks_for_it(typed: str) -> None:
    assert asides(typed) == []


@pytest.mark.parametrize(
    ("typed", "asks"),
    [
        ("họp ở đâu", True),
        ("đầu năm họp", False),
        ("dau nam hop", True),  # without marks it may be either
        ("mấy buổi", True),
        ("máy cày", False),
        ("vì sao họp", True),
        ("sáo trúc", False),
        ("họp hằng năm", False),
    ],
)
def test_words_that_ask_are_told_by_their_marks(typed: str, asks: bool) -> None:
    assert has_asking(typed) is asks


@pytest.mark.parametrize("told", ["đầu năm chợ phiên họp hai buổi", "máy cày được vào chợ phiên", "gì cũng bán ở chợ"])
def test_a_premise_may_have_words_that_only_read_as_if_they_asked(told: str) -> None:
    typed = f"hình như {told}"
    found = premise(typed)
    assert found is not None
    assert typed[found] == told
