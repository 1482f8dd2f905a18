"""Document numbers in every spelling that offices make, and what only looks like one."""

from __future__ import annotations

import pytest

from rag.language.normalize import matching_copy
from rag.law.numbers import find_numbers, is_party, organ_issuer, parts
from rag.types import Span

# (text, canonical form, type that the abbreviation alone tells, slips)
PROPER = [
    ("593-QĐ/TU", "593-QĐ/TU", None, ()),  # QĐ is Quyết định or Quy định
    ("43-KL/TW", "43-KL/TW", "Kết luận", ()),
    ("01-ĐA/BDVTU-UBND", "01-ĐA/BDVTU-UBND", "Đề án", ()),  # two issuers, the zero stays as printed
    ("26-QC/BCĐ", "26-QC/BCĐ", "Quy chế", ()),
    ("1043-KH/BCSD", "1043-KH/BCSD", "Kế hoạch", ()),
    ("34-CTr/HU", "34-CTr/HU", "Chương trình", ()),
    ("36-HD/VPTW", "36-HD/VPTW", "Hướng dẫn", ()),
    ("33/CT-TTg", "33/CT-TTg", "Chỉ thị", ()),
    ("10/NQ-CP", "10/NQ-CP", "Nghị quyết", ()),
    ("180/KH-UBND", "180/KH-UBND", "Kế hoạch", ()),
    ("59/2023/NĐ-CP", "59/2023/NĐ-CP", "Nghị định", ()),
    ("10/2022/QH15", "10/2022/QH15", None, ()),
    ("1672/NQ-UBTVQH15", "1672/NQ-UBTVQH15", "Nghị quyết", ()),
    ("34/2007/PL-UBTVQH11", "34/2007/PL-UBTVQH11", "Pháp lệnh", ()),
    ("165/2018/TT-BQP", "165/2018/TT-BQP", "Thông tư", ()),  # a circular of the Party is written 05-TT/TU
    ("05-TT/TU", "05-TT/TU", "Thông tri", ()),
    ("03/2014/TTLT-BNV-BTC", "03/2014/TTLT-BNV-BTC", "Thông tư liên tịch", ()),
    ("102/2025/NQLT-UBTVQH15-CP", "102/2025/NQLT-UBTVQH15-CP", "Nghị quyết liên tịch", ()),
    (
        "102/2025/NQLT-UBTVQH15-CP-ĐCTUBTWMTTQVN",
        "102/2025/NQLT-UBTVQH15-CP-ĐCTUBTWMTTQVN",
        "Nghị quyết liên tịch",
        (),
    ),
    ("22/2018/QĐ-TTg", "22/2018/QĐ-TTg", None, ()),
    ("1043/TTg-NN", "1043/TTg-NN", "Công văn", ()),  # an official letter: its issuer and the office that wrote it
]
SLIPS = [
    ("50 HD/HU", "50-HD/HU", "Hướng dẫn", ("separator",)),
    ("81 HD/HU", "81-HD/HU", "Hướng dẫn", ("separator",)),
    ("14 -CT/HU", "14-CT/HU", "Chỉ thị", ("spacing",)),
    ("05- ĐA/TU", "05-ĐA/TU", "Đề án", ("spacing",)),
    ("01- ĐA/BDVTU-UBND", "01-ĐA/BDVTU-UBND", "Đề án", ("spacing",)),
    ("180 /KH-UBND", "180/KH-UBND", "Kế hoạch", ("spacing",)),
    ("593 - QĐ / TU", "593-QĐ/TU", None, ("spacing",)),
    ("58/NQ-TU", "58-NQ/TU", "Nghị quyết", ("form",)),  # a Party number in the State's form
    ("217/QĐ-TW", "217-QĐ/TW", None, ("form",)),
    ("34/CTR-HU", "34-CTr/HU", "Chương trình", ("form", "case")),
    ("115 KH/HU", "115-KH/HU", "Kế hoạch", ("separator",)),
    ("217 QĐ/TW", "217-QĐ/TW", None, ("separator",)),
    ("59 /2023/NĐ- CP", "59/2023/NĐ-CP", "Nghị định", ("spacing",)),
    ("02/2002/TTLT/BTC-MTTW", "02/2002/TTLT-BTC-MTTW", "Thông tư liên tịch", ("form",)),
    ("209/2012/TTLT-BTC- BTP", "209/2012/TTLT-BTC-BTP", "Thông tư liên tịch", ("spacing",)),  # inside joint issuers
    ("03/2014/TTLT-BNV -BTC", "03/2014/TTLT-BNV-BTC", "Thông tư liên tịch", ("spacing",)),
    ("19-2016/NQ-CP", "19/2016/NQ-CP", "Nghị quyết", ("form",)),  # the Government's own form before 2018
    ("59/2023/NĐCP", "59/2023/NĐ-CP", "Nghị định", ("separator",)),  # the hyphen left out
    ("33/CT-TTG", "33/CT-TTg", "Chỉ thị", ("case",)),
    ("16/ct-ttg", "16/CT-TTg", "Chỉ thị", ("case",)),  # a title in small letters
    ("188-tb/tu", "188-TB/TU", "Thông báo", ("case",)),
    ("58/qđ-ub", "58/QĐ-UB", None, ("case",)),
    ("4261/byt-dp", "4261/BYT-DP", "Công văn", ("case",)),
    ("94/2019/qh14", "94/2019/QH14", None, ("case",)),
    ("2044/QÐ-UBND", "2044/QĐ-UBND", None, ("case",)),  # the letter eth for Đ
]
COUNTEREXAMPLES = [
    "ngày 11/11/2021",
    "ngày 03/6/2013",
    "giai đoạn 2020 - 2025",
    "giai đoạn 2023-2025",
    "nhiệm kỳ 2024 - 2029",
    "trực 24/7",
    "phát triển KT-XH",
    "đạt 95,5% kế hoạch",
    "12% - 15%",
    "khóa XIII",
    "mô hình 4.0",
    "lúc 7h30 tại UBND xã",
    "03 chương trình mục tiêu quốc gia",
    "năm 2024 UBND huyện",
    "02 HĐND",
    "Điều 5 Luật",
    "số điện thoại 0205.3861",
    "C, PCVP; Lưu: VT",
    "COVID-19",
    "/thong-tu-07-2017-tt-btp-huong-dan.aspx",  # the address of a page
    "3-5 hộ, 24/7 tại xã, 12/24 giờ",
    "tỷ lệ 1/2 bđ-kh",
    "",
]


@pytest.mark.parametrize(("text", "canonical", "kind", "slips"), PROPER + SLIPS)
def test_a_number_has_one_canonical_form(text: str, canonical: str, kind: str | None, slips: tuple[str, ...]) -> None:
    sentence = f"thực hiện văn bản số {text}, ngày 01/6/2023 của cấp trên"
    [found] = find_numbers(sentence)
    assert (found.canonical, found.printed, found.type) == (canonical, text, kind)
    assert sentence[found.start : found.end] == text
    assert found.slips == slips


def test_an_organ_alone_is_known_after_the_word_for_number() -> None:
    assert [found.canonical for found in find_numbers("Hướng dẫn số 164/HĐTVĐX")] == ["164/HĐTVĐX"]
    assert list(find_numbers("tuyến 164/HĐTVĐX")) == []


@pytest.mark.parametrize("text", COUNTEREXAMPLES)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert list(find_numbers(text)) == []


@pytest.mark.parametrize("canonical", [row[1] for row in PROPER])
def test_a_canonical_form_is_its_own(canonical: str) -> None:
    assert [found.canonical for found in find_numbers(canonical)] == [canonical]


@pytest.mark.parametrize(
    ("stored", "canonical"),
    [
        ("Kế hoạch số 115\n\nKH/HU, ngày 31/8/2022", "115-KH/HU"),  # a page break in the number
        ("Quy định 296\u2011QĐ/TW", "296-QĐ/TW"),  # a non-breaking hyphen
        ("Quyết định số\u00a0593\u2013QĐ/TU", "593-QĐ/TU"),  # a dash
        ("Nghị định số 59/2023/ND\u0336-CP", None),
        ("Quyết định 1162-Q\u0110/HU", "1162-QĐ/HU"),
        ("Quy định 296\u202f\u2011\u202fQĐ/TW", "296-QĐ/TW"),  # narrow no-break spaces
        ("Chỉ thị 33/CT\u2013TTg", "33/CT-TTg"),
        ("Nghị định số 59\u202f/2023/N\u0110\u2011\u202fCP", "59/2023/NĐ-CP"),
    ],
)
def test_numbers_are_read_through_a_matching_copy(stored: str, canonical: str | None) -> None:
    copy = matching_copy(stored, [Span(0, len(stored))])
    found = list(find_numbers(copy.text))
    assert [number.canonical for number in found] == ([canonical] if canonical else [])
    for number in found:
        span = copy.span(number.start, number.end)
        assert stored[span.start].isdigit()
        assert stored[span.end - 1] == canonical[-1] if canonical else True


def test_numbers_come_in_reading_order() -> None:
    text = "Chỉ thị 18-CT/TU, 18-CT/TW; Nghị quyết 129-NQ/TU và 129-NQ/HU"
    assert [found.canonical for found in find_numbers(text)] == [
        "18-CT/TU",
        "18-CT/TW",
        "129-NQ/TU",
        "129-NQ/HU",
    ]


@pytest.mark.parametrize(
    ("canonical", "n", "year", "abbreviation", "organ"),
    [
        ("593-QĐ/TU", "593", None, "QĐ", "TU"),
        ("01-ĐA/BDVTU-UBND", "1", None, "ĐA", "BDVTU-UBND"),
        ("59/2023/NĐ-CP", "59", "2023", "NĐ", "CP"),
        ("10/2022/QH15", "10", "2022", None, "QH15"),
    ],
)
def test_a_number_has_parts(canonical: str, n: str, year: str | None, abbreviation: str | None, organ: str) -> None:
    read = parts(canonical)
    assert read is not None
    assert (read.n, read.year, read.abbreviation, read.organ) == (n, year, abbreviation, organ)


@pytest.mark.parametrize("text", ["Kế hoạch này", "593", "", "593-QĐ/TU và"])
def test_what_is_no_number_has_no_parts(text: str) -> None:
    assert parts(text) is None


@pytest.mark.parametrize(
    ("organ", "name", "party"),
    [
        ("TW", "Trung ương", True),
        ("TU", "Tỉnh ủy", True),
        ("HU", "Huyện ủy", True),
        ("CP", "Chính phủ", False),
        ("TTg", "Thủ tướng Chính phủ", False),
        ("QH15", "Quốc hội", False),
        ("UBTVQH15", "Ủy ban Thường vụ Quốc hội", False),
        ("BCĐ", None, True),  # which committee, only the text tells
        ("BDVTU-UBND", None, True),  # two issuers
        ("XYZ", None, False),
    ],
)
def test_the_symbol_tells_the_issuer_and_the_family(organ: str, name: str | None, party: bool) -> None:
    assert (organ_issuer(organ), is_party(organ)) == (name, party)
