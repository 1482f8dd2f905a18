"""Mentions of documents: type, number, date, issuer and title to their right end; the plan's, measured."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from rag.language.lexicon import document_types
from rag.language.normalize import fold, matching_copy, syllables
from rag.law.document import LegalDocument, read_document
from rag.law.references import find_mentions
from rag.types import Reference, Span, StoredText

ROOT = Path(__file__).resolve().parents[2]
PLAN = ROOT / "corpus" / "documents" / "ke-hoach-dan-van-cao-loc-2024.txt"
LABELS = ROOT / "tests" / "golden" / "plan_references.jsonl"
LAW = "Luật Thực hiện dân chủ ở cơ sở"


@pytest.mark.parametrize(
    ("text", "kind", "number", "date", "issuer", "title"),
    [
        # number, date, issuer, title in the usual order
        (
            "Quyết định số 593-QĐ/TU, ngày 11/11/2021 của Ban Thường vụ Tỉnh ủy về việc ban hành Quy "
            "chế công tác dân vận;",
            "Quyết định",
            "593-QĐ/TU",
            "2021-11-11",
            "Ban Thường vụ Tỉnh ủy",
            "về việc ban hành Quy chế công tác dân vận",
        ),
        (
            "Quy định số 124-QĐ/TW, ngày 02/02/2018 của Ban Bí thư",
            "Quy định",
            "124-QĐ/TW",
            "2018-02-02",
            "Ban Bí thư",
            None,
        ),  # the word before decides what QĐ is
        (
            "Nghị định số 61/2023/NĐ-CP ngày 16/8/2023 của Chính phủ về xây dựng hương ước.",
            "Nghị định",
            "61/2023/NĐ-CP",
            "2023-08-16",
            "Chính phủ",
            "về xây dựng hương ước",
        ),
        (
            "Chỉ thị số 33/CT-TTg ngày 26 tháng 11 năm 2021 của Thủ tướng Chính phủ",
            "Chỉ thị",
            "33/CT-TTg",
            "2021-11-26",
            "Thủ tướng Chính phủ",
            None,
        ),  # the date written out
        # without "số", in lower case, abbreviated, or by the number alone
        ("theo Kết luận 43-KL/TW", "Kết luận", "43-KL/TW", None, None, None),
        ("kế hoạch số 222-KH/HU ngày 01/02/2024 của Huyện ủy", "Kế hoạch", "222-KH/HU", "2024-02-01", "Huyện ủy", None),
        ("Nghị Quyết số 58/NQ-TU, ngày 21/11/2021", "Nghị quyết", "58-NQ/TU", "2021-11-21", None, None),
        ("thực hiện 26-QC/BCĐ", "Quy chế", "26-QC/BCĐ", None, None, None),
        # who has issued it before its number
        (
            "Dự án đường được UBND tỉnh phê duyệt tại Quyết định số 845/QĐ-UBND ngày 19/5/2023",
            "Quyết định",
            "845/QĐ-UBND",
            "2023-05-19",
            "UBND tỉnh",
            None,
        ),
        # the date after the issuer, a comma too many, no date
        (
            "Chỉ thị số 14 -CT/HU, ngày 08/8/2023, của Ban Thường vụ Huyện ủy về lãnh đạo Đại hội;",
            "Chỉ thị",
            "14-CT/HU",
            "2023-08-08",
            "Ban Thường vụ Huyện ủy",
            "về lãnh đạo Đại hội",
        ),
        (
            "Nghị quyết số 10/NQ-CP của Chính phủ ngày 28/01/2022 ban hành Chiến lược công tác dân tộc.",
            "Nghị quyết",
            "10/NQ-CP",
            "2022-01-28",
            "Chính phủ",
            "ban hành Chiến lược công tác dân tộc",
        ),
        ("Thông tư số 165/2018/TT-BQP của Bộ Quốc phòng.", "Thông tư", "165/2018/TT-BQP", None, "Bộ Quốc phòng", None),
        ("Nghị quyết 05-NQ/TU ngày 31/13/2021", "Nghị quyết", "05-NQ/TU", None, None, None),  # no such month
        ("Quyết định 12-QĐ/TU năm 2020", "Quyết định", "12-QĐ/TU", "2020", None, None),
        # issuers to their right end
        (
            "Nghị quyết số 43-NQ/TW, ngày 24/11/2023 của Ban Chấp hành Trung ương Đảng khóa XIII về đoàn kết dân tộc.",
            "Nghị quyết",
            "43-NQ/TW",
            "2023-11-24",
            "Ban Chấp hành Trung ương Đảng khóa XIII",
            "về đoàn kết dân tộc",
        ),
        (
            "Nghị quyết số 25-NQ/TW, ngày 03/6/2013 của Ban Chấp hành Trung ương (khóa XI) về tăng cường sự lãnh đạo;",
            "Nghị quyết",
            "25-NQ/TW",
            "2013-06-03",
            "Ban Chấp hành Trung ương (khóa XI)",
            "về tăng cường sự lãnh đạo",
        ),
        (
            "Đề án số 01-ĐA/BDVTU-UBND, ngày 24/4/2019 của Ban Dân vận Tỉnh ủy - Ủy ban nhân dân "
            "tỉnh Lạng Sơn về xây dựng mô hình",
            "Đề án",
            "01-ĐA/BDVTU-UBND",
            "2019-04-24",
            "Ban Dân vận Tỉnh ủy - Ủy ban nhân dân tỉnh Lạng Sơn",
            "về xây dựng mô hình",
        ),
        (
            "Thông tư số 01/2020/TT-BVHTTDL ngày 02/3/2020 của Bộ Văn hóa, Thể thao và Du lịch quy định về lễ hội.",
            "Thông tư",
            "01/2020/TT-BVHTTDL",
            "2020-03-02",
            "Bộ Văn hóa, Thể thao và Du lịch",
            "quy định về lễ hội",
        ),
        # titles to their right end
        (
            "Quyết định số 320-QĐ/TU, ngày 13/6/2016 của Ban Thường vụ Tỉnh ủy về quy chế đối thoại "
            "giữa cấp ủy với Nhân dân, lắng nghe ý kiến",
            "Quyết định",
            "320-QĐ/TU",
            "2016-06-13",
            "Ban Thường vụ Tỉnh ủy",
            "về quy chế đối thoại giữa cấp ủy với Nhân dân",
        ),  # the sentence goes on after the comma
        (
            "Chỉ thị số 18-CT/TU, ngày 25/02/2018 của Ban Thường vụ Tỉnh ủy về công tác bồi thường, "
            "hỗ trợ, tái định cư trên địa bàn tỉnh gắn với việc khác",
            "Chỉ thị",
            "18-CT/TU",
            "2018-02-25",
            "Ban Thường vụ Tỉnh ủy",
            "về công tác bồi thường, hỗ trợ, tái định cư trên địa bàn tỉnh",
        ),
        (
            "Kế hoạch số 180 /KH-UBND, ngày 25/4/2022 Triển khai thực hiện công tác dân tộc.",
            "Kế hoạch",
            "180/KH-UBND",
            "2022-04-25",
            None,
            "Triển khai thực hiện công tác dân tộc",
        ),  # no issuer, a capital
        (
            "Quy chế làm việc số 26-QC/BCĐ ngày 26/12/2023 của Ban Chỉ đạo huyện.",
            "Quy chế",
            "26-QC/BCĐ",
            "2023-12-26",
            "Ban Chỉ đạo huyện",
            "Quy chế làm việc",
        ),  # the title before the number
        # letters, whose number names an office; a number with a decimal point
        ("Công văn số 1043/TTg-NN", "Công văn", "1043/TTg-NN", None, None, None),
        ("Nghị quyết số 66.11/2026/NQ-CP", "Nghị quyết", "66.11/2026/NQ-CP", None, None, None),
        ("Hướng dẫn số 3332/HD-BCĐ", "Hướng dẫn", "3332/HD-BCĐ", None, None, None),  # a committee of the State
        # laws by number and by name
        ("Luật số 10/2022/QH15", "Luật", "10/2022/QH15", None, None, None),
        (f"{LAW} số 10/2022/QH15 ngày 10/11/2022", "Luật", "10/2022/QH15", "2022-11-10", None, LAW),
        ("cụ thể hóa Luật Thực hiện dân chủ ở cơ sở đảm bảo thống nhất", "Luật", None, None, None, LAW),
        ("Luật Thực hiện dân chủ ở cơ sở năm 2022;", "Luật", None, "2022", None, LAW),
        ("theo Bộ luật Dân sự và các quy định khác", "Bộ luật", None, None, None, "Bộ luật Dân sự"),
        ("Hiến pháp năm 2013", "Hiến pháp", None, "2013", None, "Hiến pháp"),
        ("Bộ luật Dân sự 2015", "Bộ luật", None, "2015", None, "Bộ luật Dân sự"),  # the year without its word
        # a name with a comma, from the table
        ("Luật Phòng, chống ma túy, Công an xã", "Luật", None, None, None, "Luật Phòng, chống ma túy"),
        (
            "Luật Thi đua, khen thưởng (số 06/2022/QH15)",
            "Luật",
            "06/2022/QH15",
            None,
            None,
            "Luật Thi đua, khen thưởng",
        ),
        ("Luật Tố cáo mà chưa được giải quyết", "Luật", None, None, None, "Luật Tố cáo"),
        # the type abbreviated before the number; the text's QĐ is a decision
        ("NQ số 18-NQ/TW", "Nghị quyết", "18-NQ/TW", None, None, None),
        ("QĐ 593-QĐ/TU", "Quyết định", "593-QĐ/TU", None, None, None),
        ("NĐ 59/2023/NĐ-CP", "Nghị định", "59/2023/NĐ-CP", None, None, None),
        # a name in small letters, where the words before and after it set it off
        (
            "theo Luật bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân.",
            "Luật",
            None,
            None,
            None,
            "Luật bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân",
        ),
        ("Điều 7 Luật tiếp cận thông tin có hiệu lực", "Luật", None, None, None, "Luật tiếp cận thông tin"),
        ("quy định của Luật nhà ở và quy định khác", "Luật", None, None, None, "Luật nhà ở"),
        ("Căn cứ Luật quy hoạch năm 2017;", "Luật", None, "2017", None, "Luật quy hoạch"),
        (
            "2. Pháp lệnh về tổ chức tổ hòa giải hết hiệu lực",
            "Pháp lệnh",
            None,
            None,
            None,
            "Pháp lệnh về tổ chức tổ hòa giải",
        ),
        # numbers of before 1996 have no symbol of their type; a unit that drafted stands in brackets
        (
            "Quyết định số 412/TTg ngày 20 tháng 12 năm 1993 của Thủ tướng Chính phủ",
            "Quyết định",
            "412/TTg",
            "1993-12-20",
            "Thủ tướng Chính phủ",
            None,
        ),
        ("Nghị định 36/CP của Chính phủ", "Nghị định", "36/CP", None, "Chính phủ", None),
        ("Quyết định số 51/1997/QĐ-BCA(V11) ngày 09/11/1997", "Quyết định", "51/1997/QĐ-BCA", "1997-11-09", None, None),
        # issuers: all of a joint document, names with the words of titles, what is no name any more
        (
            "Thông tư liên tịch số 4/2014/TTLT-BTC-BVHTTDL ngày 30/9/2014 của Bộ Tài chính, Bộ Văn hóa, Thể thao và "
            "Du lịch hướng dẫn quản lý kinh phí.",
            "Thông tư liên tịch",
            "4/2014/TTLT-BTC-BVHTTDL",
            "2014-09-30",
            "Bộ Tài chính, Bộ Văn hóa, Thể thao và Du lịch",
            "hướng dẫn quản lý kinh phí",
        ),
        (
            "Thông tư liên tịch số 7/2007/TTLT-BYT-BTC của liên Bộ: Bộ Y tế, Bộ Tài chính hướng dẫn chi",
            "Thông tư liên tịch",
            "7/2007/TTLT-BYT-BTC",
            None,
            "Bộ Y tế, Bộ Tài chính",
            "hướng dẫn chi",
        ),
        (
            "Hướng dẫn số 5-HD/BTCTW của Ban Tổ chức Trung ương",
            "Hướng dẫn",
            "5-HD/BTCTW",
            None,
            "Ban Tổ chức Trung ương",
            None,
        ),
        (
            "Quyết định số 8/QĐ-BGTVT của Bộ trưởng Bộ Giao thông vận tải",
            "Quyết định",
            "8/QĐ-BGTVT",
            None,
            "Bộ trưởng Bộ Giao thông vận tải",
            None,
        ),
        (
            "(Thông tư số 8/2019/TT-BQP của Bộ Quốc phòng) khi tiếp công dân",
            "Thông tư",
            "8/2019/TT-BQP",
            None,
            "Bộ Quốc phòng",
            None,
        ),
        ("Nghị định số 9/2019/NĐ-CP của Chính phủ hết hiệu lực", "Nghị định", "9/2019/NĐ-CP", None, "Chính phủ", None),
        # a title ends where the sentence goes on from its condition
        (
            "Nghị định số 9/2019/NĐ-CP quy định về đò khi nhận được đơn, có căn cứ thì xử lý",
            "Nghị định",
            "9/2019/NĐ-CP",
            None,
            None,
            "quy định về đò",
        ),
        (
            "Nghị định số 9/2019/NĐ-CP về đò ngang thì chủ bến báo cáo",
            "Nghị định",
            "9/2019/NĐ-CP",
            None,
            None,
            "về đò ngang",
        ),
        (
            "Nghị định số 9/2019/NĐ-CP về đò ngang và các văn bản hướng dẫn.",
            "Nghị định",
            "9/2019/NĐ-CP",
            None,
            None,
            "về đò ngang",
        ),
        # a comma in a list of verbs or nouns ends no title
        (
            "Quyết định số 5/QĐ-BNV ban hành quy chế tiếp nhận, xử lý phản ánh của cá nhân.",
            "Quyết định",
            "5/QĐ-BNV",
            None,
            None,
            "ban hành quy chế tiếp nhận, xử lý phản ánh của cá nhân",
        ),
        (
            "Quyết định số 6/QĐ-BNV ban hành danh mục vị trí của công chức, viên chức, quản lý trong ngành.",
            "Quyết định",
            "6/QĐ-BNV",
            None,
            None,
            "ban hành danh mục vị trí của công chức, viên chức, quản lý trong ngành",
        ),
        (
            "Thông tư số 6/2021/TT-BTC về hướng dẫn quản lý kinh phí chuẩn bị, tổ chức và tham dự các kỳ thi.",
            "Thông tư",
            "6/2021/TT-BTC",
            None,
            None,
            "về hướng dẫn quản lý kinh phí chuẩn bị, tổ chức và tham dự các kỳ thi",
        ),
        # a semicolon before another "việc" of the same title
        (
            "Nghị quyết số 6/2025/UBTVQH15 hướng dẫn về việc tổ chức hội nghị; việc giới thiệu người ứng cử",
            "Nghị quyết",
            "6/2025/UBTVQH15",
            None,
            None,
            "hướng dẫn về việc tổ chức hội nghị; việc giới thiệu người ứng cử",
        ),
        # the date after the title, where a register writes it, and one that belongs to the title
        (
            "Nghị định 3/2019/NĐ-CP Về viễn thám ban hành ngày 04/01/2019)",
            "Nghị định",
            "3/2019/NĐ-CP",
            "2019-01-04",
            None,
            "Về viễn thám",
        ),
        (
            "Chỉ thị số 3/1998/CT-TTg Về đẩy mạnh phối hợp ngày 20/05/1998 của Thủ tướng Chính phủ, có hiệu lực",
            "Chỉ thị",
            "3/1998/CT-TTg",
            "1998-05-20",
            "Thủ tướng Chính phủ",
            "Về đẩy mạnh phối hợp",
        ),
        (
            "Kế hoạch số 5/KH-UBND về kỷ niệm ngày 20/10/1930.",
            "Kế hoạch",
            "5/KH-UBND",
            None,
            None,
            "về kỷ niệm ngày 20/10/1930",
        ),
        # dates in every form
        ("Quyết định số 12-QĐ/TU ngày 07.01.2019", "Quyết định", "12-QĐ/TU", "2019-01-07", None, None),
        ("Quyết định số 12-QĐ/TU (07/01/2019)", "Quyết định", "12-QĐ/TU", "2019-01-07", None, None),
        ("Quyết định số 12-QĐ/TU ngày 7 tháng 1 năm 2019", "Quyết định", "12-QĐ/TU", "2019-01-07", None, None),
        ("Quyết định số 12-QĐ/TU tháng 6 năm 2020", "Quyết định", "12-QĐ/TU", "2020-06", None, None),
        # a number by which a document is called, without its organ
        ("Nghị định 59 của Chính phủ", "Nghị định", "59", None, "Chính phủ", None),
        ("theo Nghị quyết 18.", "Nghị quyết", "18", None, None, None),
        ("Nghị định 59/2023 về dân chủ", "Nghị định", "59/2023", None, None, "về dân chủ"),
        ("Chương trình 135 giai đoạn II", "Chương trình", "135", None, None, None),
        ("Chương trình 30a", "Chương trình", "30a", None, None, None),
        ("Nghị quyết số 1 của hội nghị", "Nghị quyết", "1", None, None, None),
        ("Chỉ thị số 40 - Chỉ thị của Ban Bí thư", "Chỉ thị", "40", None, None, None),
        # a page with links
        ("Quyết định số [25/2021/QĐ-TTg](https://vanban)", "Quyết định", "25/2021/QĐ-TTg", None, None, None),
        (
            "Nghị định số [7/2012/NĐ-CP](https://a.vn/b-1.aspx) ngày 03/10/2012 của Chính phủ quy định về đò.",
            "Nghị định",
            "7/2012/NĐ-CP",
            "2012-10-03",
            "Chính phủ",
            "quy định về đò",
        ),
        (
            "Nghị quyết Đại hội Đảng toàn quốc lần thứ XIII, nhiệm kỳ",
            "Nghị quyết",
            None,
            None,
            None,
            "Nghị quyết Đại hội Đảng toàn quốc lần thứ XIII",
        ),
        (
            "Nghị quyết liên tịch số 102/2025/NQLT-UBTVQH15-CP",
            "Nghị quyết liên tịch",
            "102/2025/NQLT-UBTVQH15-CP",
            None,
            None,
            None,
        ),
        # what two bodies do together has a type of its own
        (
            "Chương trình phối hợp số 05-CTPH/BDVHU-CAH ngày 12/3/2024",
            "Chương trình phối hợp",
            "05-CTPH/BDVHU-CAH",
            "2024-03-12",
            None,
            None,
        ),
        ("Quy chế phối hợp số 02-QCPH/BDVTU-BCSĐ", "Quy chế phối hợp", "02-QCPH/BDVTU-BCSĐ", None, None, None),
        ("Kế hoạch liên tịch số 07/KHLT-MTTQ-UBND", "Kế hoạch liên tịch", "07/KHLT-MTTQ-UBND", None, None, None),
    ],
)
def test_one_mention_is_read_whole(
    text: str, kind: str, number: str | None, date: str | None, issuer: str | None, title: str | None
) -> None:
    [found] = find_mentions(text)
    canonical = found.number.canonical if found.number else None
    assert (found.type, canonical, found.date, found.issuer, found.title) == (
        kind,
        number,
        date,
        issuer,
        title,
    )
    assert 0 <= found.start < found.core_end <= found.end <= len(text)


def test_a_document_inside_a_title_is_a_mention_of_its_own() -> None:
    text = (
        "Kết luận số 43-KL/TW, ngày 07/01/2019 của Ban Bí thư về tiếp tục thực hiện Nghị quyết số 25-NQ/TW, "
        "ngày 03/6/2013 của Ban Chấp hành Trung ương về công tác dân vận; Quyết định số 23-QĐ/TW"
    )
    outer, inner, last = find_mentions(text)
    assert outer.start < inner.start < inner.end == outer.end < last.start
    assert outer.title == text[text.index("về tiếp") : text.index(";")]
    assert (inner.date, last.number and last.number.canonical) == ("2013-06-03", "23-QĐ/TW")


def test_two_documents_joined_by_and_share_their_title() -> None:
    one, two = find_mentions(
        "Kế hoạch số 148-KH/TU ngày 23/01/2024 của Tỉnh ủy và kế hoạch số 222-KH/HU ngày 01/02/2024 "
        "của Huyện ủy "
        "về công tác dân vận năm 2024."
    )
    assert (one.issuer, two.issuer) == ("Tỉnh ủy", "Huyện ủy")
    assert one.title == two.title == "về công tác dân vận năm 2024"


DATED = "ngày 05/3/2024 của Ủy ban nhân dân xã"


@pytest.mark.parametrize(
    ("text", "shared"),
    [
        (f"Quyết định số 11/QĐ-UBND và Quyết định số 12/QĐ-UBND, {DATED}", [True, True]),
        (f"Quyết định số 11/QĐ-UBND, Quyết định số 12/QĐ-UBND {DATED} về đò ngang", [True, True]),
        (f"Quyết định số 11/QĐ-UBND, số 12/QĐ-UBND và số 13/QĐ-UBND {DATED}", [True, True, True]),
        # of another type or organ, or not joined
        (f"Quyết định số 11/QĐ-UBND và Kế hoạch số 12/KH-UBND {DATED}", [False, True]),
        (f"Quyết định số 11/QĐ-CAX và Quyết định số 12/QĐ-UBND {DATED}", [False, True]),
        (f"Quyết định số 11/QĐ-UBND thay thế Quyết định số 12/QĐ-UBND {DATED}", [False, True]),
    ],
)
def test_numbers_joined_by_and_share_day_and_issuer(text: str, shared: list[bool]) -> None:
    own = ("2024-03-05", "Ủy ban nhân dân xã")
    assert [(one.date, one.issuer) for one in find_mentions(text)] == [own if is_ else (None, None) for is_ in shared]


def test_a_number_with_a_day_of_its_own_shares_no_other() -> None:
    one, two = find_mentions(f"Quyết định số 11/QĐ-UBND ngày 02/3/2024 và Quyết định số 12/QĐ-UBND {DATED}")
    assert (one.date, one.issuer, two.date) == ("2024-03-02", None, "2024-03-05")


def test_a_name_in_small_letters_at_the_head_of_a_sentence_is_told_by_another_line() -> None:
    text = "1. Luật đò ngang được áp dụng.\n\n2. Luật bảo đảm quyền qua sông."
    alone = read_document(StoredText("a.txt", text))
    told = read_document(StoredText("a.txt", text + "\n\n3. Theo Điều 2 Luật Đò ngang."))
    assert alone.references == ()
    assert [one.title for one in told.references] == ["Luật đò ngang", "Luật Đò ngang"]


def test_a_title_that_amends_the_first_document_is_not_shared_with_it() -> None:
    found = find_mentions(
        "Thông tư số 3/2018/TT-BTC ngày 30/3/2018 của Bộ Tài chính và Thông tư số 6/2023/TT-BTC ngày 31/01/2023 của "
        "Bộ Tài chính sửa đổi, bổ sung một số điều của Thông tư số 3/2018/TT-BTC."
    )
    assert [one.title for one in found] == [None, "sửa đổi, bổ sung một số điều của Thông tư số 3/2018/TT-BTC", None]


def test_a_number_that_brackets_repeat_ends_the_title() -> None:
    one, again = find_mentions("Thông tư số 6/2014/TT-BCA quy định về xử lý đơn (Thông tư số 6/2014/TT-BCA) và khác")
    assert (one.title, again.title) == ("quy định về xử lý đơn", None)


def test_documents_in_a_list_share_their_type() -> None:
    found = find_mentions("các Quyết định số 593-QĐ/TU, 9-QĐ/TU và số 1162-QĐ/HU ngày 31/12/2021")
    assert [mention.type for mention in found] == ["Quyết định"] * 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nghị định số 59 và 61 của Chính phủ", [("Nghị định", "59"), ("Nghị định", "61")]),
        (
            "các Nghị định số 59/2023/NĐ-CP, 61/2023/NĐ-CP và 30/2020/NĐ-CP",
            [("Nghị định", "59/2023/NĐ-CP"), ("Nghị định", "61/2023/NĐ-CP"), ("Nghị định", "30/2020/NĐ-CP")],
        ),
        ("Chỉ thị số 18 và Kết luận số 43 của Ban Bí thư", [("Chỉ thị", "18"), ("Kết luận", "43")]),
        # the type goes on from a bare number to a whole one
        ("Quyết định số 217 và 218-QĐ/TW", [("Quyết định", "217"), ("Quyết định", "218-QĐ/TW")]),
        ("Nghị quyết số 18, 19 khóa XII", [("Nghị quyết", "18"), ("Nghị quyết", "19")]),
        # what is counted ends the list
        ("Nghị quyết số 18, 5 đồng chí", [("Nghị quyết", "18")]),
        ("QĐ 217, NQ 18; CT 40", [("Quyết định", "217"), ("Nghị quyết", "18"), ("Chỉ thị", "40")]),
    ],
)
def test_bare_numbers_take_the_type_before_their_list(text: str, expected: list[tuple[str, str]]) -> None:
    found = find_mentions(text)
    assert [(one.type, one.number.canonical) for one in found if one.number] == expected


def test_an_amending_law_encloses_those_it_amends_and_has_the_date() -> None:
    text = (
        "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương "
        "ngày 22 tháng 11 năm 2019;"
    )
    outer, one, two = find_mentions(text)
    assert (outer.title, outer.date) == (text[: text.index(" ngày")], "2019-11-22")
    assert [(law.title, law.date) for law in (one, two)] == [
        ("Luật Tổ chức Chính phủ", None),
        ("Luật Tổ chức chính quyền địa phương", None),
    ]


def test_a_numbered_law_inside_the_name_of_an_amending_one_is_found_once() -> None:
    law = "Luật Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân số 85/2015/QH13"
    found = find_mentions(f"Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của {law}.")
    assert [(one.number.canonical if one.number else None) for one in found] == [None, "85/2015/QH13"]


def test_a_name_given_in_brackets_is_no_mention_and_ends_the_title() -> None:
    [found] = find_mentions(
        "Nghị định số 4/2019/NĐ-CP của Chính phủ quy định về xe công (sau đây gọi tắt là Nghị định 4) và khác"
    )
    assert (found.issuer, found.title) == ("Chính phủ", "quy định về xe công")


def test_laws_joined_by_and_are_two() -> None:
    found = find_mentions("theo Luật Khiếu nại và Luật Tố cáo năm 2018")
    assert [(mention.title, mention.date) for mention in found] == [("Luật Khiếu nại", None), ("Luật Tố cáo", "2018")]


def test_a_title_ends_where_the_next_document_stands_beside_it() -> None:
    one, two = find_mentions(
        "Nghị quyết số 1-NQ/HU của Huyện ủy về bồi thường và Quy chế làm việc số 26-QC/BCĐ ngày "
        "26/12/2023 của "
        "Ban Chỉ đạo giải phóng mặt bằng huyện."
    )
    assert (one.title, two.type) == ("về bồi thường", "Quy chế")
    assert two.issuer == "Ban Chỉ đạo giải phóng mặt bằng huyện"


@pytest.mark.parametrize(
    ("text", "pinpoint"),
    [
        ("quy định tại khoản 4 Điều 23 Luật Thực hiện dân chủ ở cơ sở", "khoản 4 Điều 23"),
        ("theo điểm b khoản 2 Điều 33 của Luật Thực hiện dân chủ ở cơ sở", "điểm b khoản 2 Điều 33"),
        ("tại Điều 5 Nghị định số 59/2023/NĐ-CP", "Điều 5"),
        ("các khoản 2 và 3 Điều 19 Luật Thực hiện dân chủ ở cơ sở", "các khoản 2 và 3 Điều 19"),
        ("thực hiện Nghị định số 59/2023/NĐ-CP", None),
        # lists are one pinpoint
        ("các khoản 1, 2 và 4 Điều 5 Luật Cư trú", "các khoản 1, 2 và 4 Điều 5"),
        ("điểm a, b khoản 1, khoản 3 Điều 7 và Điều 9 Luật Cư trú", "điểm a, b khoản 1, khoản 3 Điều 7 và Điều 9"),
        (
            "tại khoản 4 Điều 23; khoản 4 Điều 33 và khoản 3 Điều 40 của Luật Cư trú",
            "khoản 4 Điều 23; khoản 4 Điều 33 và khoản 3 Điều 40",
        ),
        ("từ Điều 5 đến Điều 9, Điều 12a Luật Cư trú", "từ Điều 5 đến Điều 9, Điều 12a"),
        ("theo Mục 2 Chương III, Luật Cư trú", "Mục 2 Chương III"),
        ("Phụ lục I ban hành kèm theo Nghị định số 30/2020/NĐ-CP", "Phụ lục I"),
        ("giai đoạn II, Luật Cư trú", None),
        ("Điều 5 và Luật Cư trú", None),
    ],
)
def test_a_mention_may_point_inside_its_document(text: str, pinpoint: str | None) -> None:
    assert [mention.pinpoint for mention in find_mentions(text)] == [pinpoint]


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch này, xây dựng kế hoạch triển khai",
        "Nghị quyết của Ban Chấp hành Đảng bộ tỉnh và Hội đồng nhân dân tỉnh",
        "Ban Chỉ đạo thực hiện quy chế dân chủ",
        "theo quy định của pháp luật, giai đoạn 2021 - 2025",
        "ngày 11/11/2021, 24/7",
        "Luật này",
        "Kế hoạch 5 năm và Báo cáo 6 tháng",
        "Kế hoạch 5, 10 năm",
        "Báo cáo số 12 hộ nghèo; quyết định 3 người",
        "Dự án 2, Phương án 3 của huyện",
        "Nghị quyết 2021",
        "Chỉ thị 24/7",
        "Luật sư và pháp luật 2013",
        "Hội Luật gia Việt Nam",
        "Luật quy định việc này; theo Luật cho phép",
        "Luật bảo đảm quyền của công dân",  # at the head of a sentence a verb may follow
        "các biện pháp thi hành Luật và hướng dẫn Luật",
        "theo luật đất đai",
        "",
    ],
)
def test_what_names_no_document_is_no_mention(text: str) -> None:
    assert find_mentions(text) == []


@pytest.mark.parametrize("unit", ["số ", "ngày ", "Luật A, ", "Nghị định số 1, 2, 3, ", "khoản 1, ", '"Luật sửa đổi '])
def test_repeated_openings_are_read_in_linear_time(unit: str) -> None:
    # A pattern that backtracks over the rest of the line would not come to an end here.
    found = find_mentions((unit * 40_000).strip())
    assert len(found) in (0, 40_000, 3 * 40_000)


def test_the_titles_of_the_gazette_open_with_the_number_and_type_of_its_register(
    shared_data: Path, record_property: Any
) -> None:
    # What is left: the register cut its own number short or reads a slash, where the canonical form has
    # a hyphen, in joint resolutions; an organ misread by a scanner ("M1NN").
    with (shared_data / "registers" / "congbao_titles.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [row.name for row in document_types()]
    missed = []
    for row in rows:
        title = matching_copy(row["title"], [Span(0, len(row["title"]))]).text
        first = next(iter(find_mentions(title)), None)
        printed = next((name for name in names if title.casefold().startswith(name.casefold())), None)
        if first is None or first.number is None or first.number.canonical != row["number"]:
            missed.append((row["number"], title))
        elif printed not in (None, first.type) or first.type == "Văn bản":
            missed.append((first.type, title))
    rate = 1 - len(missed) / len(rows)
    record_property("gazette", rate)
    print(f"{len(rows)} titles of the gazette: number and type {rate:.4f}")
    assert rate >= 0.998, missed


@pytest.fixture(scope="module")
def plan() -> LegalDocument:
    return read_document(StoredText("documents/plan.txt", PLAN.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def labels() -> list[dict[str, Any]]:
    """Every mention of the plan, labelled by hand from its text.

    A mention names a document by number, or a law or a congress' resolution by name. `printed` is the
    number as printed, else the name; titles go to their right end, those that enclose others too. What
    names a text in general ("các nghị quyết của Trung ương", "Quy chế công tác dân vận" without a number,
    "Kế hoạch này") is none.
    """
    return [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]


def identity_of_label(label: dict[str, Any]) -> tuple[str, str, str, str | None]:
    name = label["number"] or " ".join(syllables(label["title"]))
    return label["locator"], name, label["type"], label["date"]


def identity_of(plan: LegalDocument, reference: Reference) -> tuple[str, str, str, str | None]:
    name = reference.number or " ".join(syllables(reference.title or ""))
    return plan.provisions[reference.provision].locator, name, reference.type, reference.date


def token_f1(one: str | None, other: str | None) -> float:
    left, right = Counter(syllables(one or "")), Counter(syllables(other or ""))
    if not left and not right:
        return 1.0
    return 2 * (left & right).total() / (left.total() + right.total())


def test_the_mentions_of_the_plan_are_those_read_by_hand(
    plan: LegalDocument, labels: list[dict[str, Any]], record_property: Any
) -> None:
    expected = Counter(map(identity_of_label, labels))
    found = Counter(identity_of(plan, reference) for reference in plan.references)
    both = (expected & found).total()
    precision, recall = both / found.total(), both / expected.total()
    record_property("precision", precision)
    record_property("recall", recall)
    print(f"references of the plan: precision {precision:.3f}, recall {recall:.3f} of {expected.total()}")
    assert precision >= 0.98, found - expected
    assert recall >= 0.98, expected - found


def test_issuers_and_titles_of_the_plan_are_those_read_by_hand(
    plan: LegalDocument, labels: list[dict[str, Any]], record_property: Any
) -> None:
    found = {}
    for reference in plan.references:
        found.setdefault(identity_of(plan, reference), reference)
    pairs = [(label, found[key]) for label in labels if (key := identity_of_label(label)) in found]
    issuers = [fold(label["issuer"] or "") == fold(reference.issuer or "") for label, reference in pairs]
    titles = [token_f1(label["title"], reference.title) for label, reference in pairs]
    issuer, title = sum(issuers) / len(pairs), sum(titles) / len(pairs)
    record_property("issuer", issuer)
    record_property("title_f1", title)
    print(f"of {len(pairs)} mentions: issuer {issuer:.3f}, title token-F1 {title:.3f}")
    assert len(pairs) >= 0.98 * len(labels)
    assert issuer >= 0.95
    assert title >= 0.95


def test_mentions_of_the_plan_keep_what_is_printed(plan: LegalDocument, labels: list[dict[str, Any]]) -> None:
    for label, reference in zip(labels, plan.references, strict=True):
        stored = plan.stored.text[reference.span.start : reference.span.end]
        assert label["printed"] in reference.as_printed
        assert reference.as_printed.split()[0] == stored.split()[0]
