"""Wording, spelling, capitals and marks that the rest of a text gives away."""

from __future__ import annotations

import pytest

from rag.law.document import read_document
from rag.law.notices import source_notices
from rag.types import StoredText


def told(*lines: str) -> list[str]:
    """What is told of a text of these paragraphs: each place as printed."""
    text = "I. VIỆC\n\n" + "\n\n".join(lines)
    found = source_notices(read_document(StoredText("documents/a.txt", text)))
    return [text[one.span.start : one.span.end] for one in found]


SCHOOL = (
    "Nhà trường mời các đơn vị trực thuộc sở.",
    "Mỗi đơn vị cử hai người, một đơn vị đăng cai.",
    "Khen thưởng những đơn vị có thành tích.",
    "Tên đơn vị ghi trên thẻ.",
)
FAIR = (
    "Chợ phiên mở ở làng gốm, làng dệt của vùng.",
    "Người dân các làng gốm, làng dệt của vùng bán hàng.",
    "Khách đến làng gốm, làng dệt của vùng rất đông.",
)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((*SCHOOL, "Tổ gặp các đơn trực thuộc sở."), ["đơn trực thuộc"]),  # half of a compound
        (SCHOOL, []),
        ((*SCHOOL, "Tổ gặp các đơn vị thuộc xã."), []),  # another compound in its place
        (("Nộp các các giấy tờ.",), ["các các"]),  # a particle twice
        (("Nét chữ từ từ hiện ra.",), []),  # a word made of one syllable twice
        (("Ủy ban ban hành lịch họp.",), []),  # the end of one word, the beginning of another
        (("Xây dựng nếp sống mới.", "Xây xây dựng nếp sống mới."), []),  # nothing before it to compare
        (("Các xã giữ nếp sống mới.", "Các xã giữ nếp nếp sống mới."), ["nếp nếp"]),
        ((*FAIR, "Xe đưa đến làng gốm làng dệt của vùng."), ["làng gốm làng dệt"]),  # a member of a list
        (FAIR, []),
        ((*FAIR, "Xe đưa đến làng gốm làng dệt đều vắng."), []),  # it goes on otherwise
    ],
)
def test_words_lost_doubled_and_unparted(lines: tuple[str, ...], expected: list[str]) -> None:
    assert told(*lines) == expected


CLERK = (
    "Báo cáo Thường trực Hội đồng nhân dân xã.",
    "Họp Thường trực Hội đồng nhân dân xã.",
    "Mời Thường trực Hội đồng tỉnh dự.",
    "Các hộ gia đình đăng ký với thôn, hộ gia đình nghèo được giảm.",
    "Hộ gia đình có công được thăm.",
)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((*CLERK, "Gửi Thường tực Hội đồng huyện."), ["tực"]),  # a letter left out
        ((*CLERK, "Ông Đinh nghèo ở xa."), []),  # a word like another, in other surroundings
        ((*CLERK, "Cấp sổ cho hộ gia đìnhh mới."), ["đìnhh"]),  # no syllable, beside the same neighbour
        ((*CLERK, "Cấp sổ cho ông Kpă Hlin."), []),  # foreign to the text
        ((*CLERK, "Nộp bản mềm qua internet."), []),
        ((*CLERK, "Giao ông NguyễnVăn Bình."), ["NguyễnVăn"]),
        ((*CLERK, "Xem trên YouTube."), []),
    ],
)
def test_misspelt_words(lines: tuple[str, ...], expected: list[str]) -> None:
    assert told(*lines) == expected


OFFICE = (
    "Theo lịch của Ban Thường vụ Huyện ủy.",
    "Theo ý kiến của Ban Thường vụ Huyện ủy.",
    "Theo thư của Ban Thường vụ Huyện ủy.",
    "Có mặt Ban Thường vụ Huyện ủy và Ban Thường vụ Tỉnh ủy.",
    "Gặp Ban Thường vụ Tỉnh ủy, Ban Thường vụ Đoàn, Ban Thường vụ Hội.",
)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((*OFFICE, "Theo tin của Ban thường vụ Huyện ủy."), ["của Ban thường vụ"]),
        (OFFICE, []),
        ((*OFFICE, "Nhiệm vụ thường xuyên của ban."), []),  # another word
        (("Nắm tình hình; Tiếp tục thăm hộ nghèo.",), ["Tiếp tục"]),
        (("Nắm tình hình; tiếp tục thăm hộ nghèo.",), []),
        (("Thực hiện Chỉ thị số 7-CT/TU; Báo cáo số 12/BC-UBND về hè.",), []),  # the name of a type
        (("Ngày 05/4/2019 Triển khai lịch trực.",), ["Triển khai"]),
        (("Theo Luật Thực hiện dân chủ ở cơ sở.",), []),  # a name after a capital
        (("Theo kế hoạch số 12/KH-UBND về hè.",), ["kế hoạch"]),
        (("Theo pháp lệnh dân số.",), []),  # no number
    ],
)
def test_capitals_and_small_letters(lines: tuple[str, ...], expected: list[str]) -> None:
    assert told(*lines) == expected


DATES = "Xem Chỉ thị số 7-CT/TU, ngày 05/4/2019 của Tỉnh ủy."
YEARS = "Giai đoạn 2011 - 2015, 2016 - 2020, 2021 - 2025, 2026 - 2030, 2031 - 2035."


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((*[DATES] * 5, "Xem Chỉ thị số 8-CT/TU, ngày 06/4/2019, của Tỉnh ủy."), [","]),
        (("Xem Chỉ thị số 8-CT/TU, ngày 06/4/2019, của Tỉnh ủy.",), []),  # the text's own habit
        ((YEARS, "Nhiệm kỳ 2021-2026."), ["2021-2026"]),
        (("Nhiệm kỳ 2021-2026.",), []),
        (("Xem Chỉ thị số 7-CT/TU: Nghị quyết số 9-NQ/TU; Kết luận số 5-KL/TU.",), [":"]),
        (("Gồm các văn bản sau: Nghị quyết số 9-NQ/TU; Kết luận số 5-KL/TU.",), []),
        (("Mở hội (nếu có.",), ["("]),
        (("Mở hội nếu có).",), [")"]),
        (("Mở “hội làng vào mùa xuân.",), ["“"]),
        (("Mở “hội làng vào mùa xuân.", "và mùa thu” ở đình."), []),  # a quotation of two paragraphs
        (("a) Mở hội; b) thi nấu ăn (nếu có).",), []),  # labels
        (("II. VIỆC HAI\n\nLàm tốt.\n\nII. VIỆC BA\n\nLàm tốt.",), ["II"]),
        (("II. VIỆC HAI\n\nLàm tốt.\n\nIV. VIỆC BA\n\nLàm tốt.",), ["IV"]),
        (("II. VIỆC HAI\n\nLàm tốt.\n\nIII. VIỆC BA\n\nLàm tốt.",), []),
    ],
)
def test_marks_and_numbering(lines: tuple[str, ...], expected: list[str]) -> None:
    assert told(*lines) == expected
