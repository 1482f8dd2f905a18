"""Which mentions are one document: never two of one number, never one in two."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.law.catalogue import build_catalogue, targets
from rag.law.checked import read_checked_facts
from rag.law.document import read_document
from rag.law.issuers import level_of
from rag.types import CheckedFact, Document, Reference, Span, StoredText

ROOT = Path(__file__).resolve().parents[2]
PLAN = ROOT / "corpus" / "documents" / "ke-hoach-dan-van-cao-loc-2024.txt"
LAW = "Luật Thực hiện dân chủ ở cơ sở"


@pytest.fixture(scope="module")
def facts() -> tuple[CheckedFact, ...]:
    return read_checked_facts(ROOT / "corpus" / "catalogue.csv")


@pytest.fixture(scope="module")
def plan(facts: tuple[CheckedFact, ...]) -> tuple[Document, ...]:
    return catalogue_of(PLAN.read_text(encoding="utf-8"), facts=facts)


def catalogue_of(*texts: str, facts: tuple[CheckedFact, ...] = ()) -> tuple[Document, ...]:
    read = [read_document(StoredText(f"documents/{index}.txt", text)) for index, text in enumerate(texts)]
    references = [reference for document in read for reference in document.references]
    return build_catalogue(read, references, facts)


def cited(text: str, *, facts: tuple[CheckedFact, ...] = ()) -> list[Document]:
    return [entry for entry in catalogue_of(text, facts=facts) if not entry.held]


def entry(documents: tuple[Document, ...], number: str) -> Document:
    [found] = [document for document in documents if document.number == number]
    return found


def test_the_plan_is_held_and_says_who_issued_it(plan: tuple[Document, ...]) -> None:
    own = plan[0]
    assert (own.held, own.source, own.key) == (True, "documents/0.txt", "documents/0.txt")
    assert (own.number, own.type, own.date) == (None, "Kế hoạch", "2024-02")
    assert (own.issuer, own.family, own.level) == ("UBND huyện Cao Lộc", "state", "huyện")
    assert own.mentions == ()


def test_the_plan_cites_as_many_documents_as_were_counted_by_hand(plan: tuple[Document, ...]) -> None:
    # 35 numbers, the law without its number, three resolutions of congresses.
    assert len([document for document in plan if not document.held]) == 39
    assert len({document.key for document in plan}) == 40
    assert sum(len(document.mentions) for document in plan) == 49


def test_every_mention_is_of_one_document(plan: tuple[Document, ...]) -> None:
    mentions = sorted(mention for document in plan for mention in document.mentions)
    assert mentions == list(range(49))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("18-CT/TU", "18-CT/TW"),
        ("129-NQ/TU", "129-NQ/HU"),
        ("43-KL/TW", "43-NQ/TW"),
        ("26-NQ/HU", "26-QC/BCĐ"),
    ],
)
def test_one_ordinal_of_two_organs_is_two_documents(plan: tuple[Document, ...], one: str, other: str) -> None:
    first, second = entry(plan, one), entry(plan, other)
    assert first.key != second.key
    assert set(first.mentions).isdisjoint(second.mentions)
    assert first.date != second.date


def test_two_spellings_of_one_number_are_one_document_with_its_conflict(plan: tuple[Document, ...]) -> None:
    resolution = entry(plan, "58-NQ/TU")
    assert len(resolution.mentions) == 2
    [conflict] = [conflict for conflict in resolution.conflicts if conflict.field == "date"]
    assert conflict.values == ("2021-11-21", "2021-11-29")
    assert conflict.mentions == resolution.mentions


def test_no_other_document_of_the_plan_has_a_conflict_of_dates(plan: tuple[Document, ...]) -> None:
    found = [document.number for document in plan for conflict in document.conflicts if conflict.field == "date"]
    assert found == ["58-NQ/TU"]


def test_mentions_with_and_without_a_space_are_one_document(plan: tuple[Document, ...]) -> None:
    assert len(entry(plan, "01-ĐA/BDVTU-UBND").mentions) == 2
    assert len(entry(plan, "593-QĐ/TU").mentions) == 3


def test_a_law_cited_by_name_is_the_checked_one(plan: tuple[Document, ...]) -> None:
    law = entry(plan, "10/2022/QH15")
    assert law.checked is not None
    assert (law.type, law.date, law.issuer, law.level) == ("Luật", "2022-11-10", "Quốc hội", "trung ương")
    assert len(law.mentions) == 4


@pytest.mark.parametrize(
    ("number", "kind", "family", "level", "issuer"),
    [
        ("593-QĐ/TU", "Quyết định", "party", "tỉnh", "Ban Thường vụ Tỉnh ủy"),
        ("124-QĐ/TW", "Quy định", "party", "trung ương", "Ban Bí thư Trung ương Đảng"),
        ("33/CT-TTg", "Chỉ thị", "state", "trung ương", "Thủ tướng Chính phủ"),
        ("59/2023/NĐ-CP", "Nghị định", "state", "trung ương", "Chính phủ"),
        ("34-CTr/HU", "Chương trình", "party", "huyện", "Ban Chấp hành Đảng bộ Huyện"),
        (
            "115-KH/HU",
            "Kế hoạch",
            "party",
            "huyện",
            "Huyện ủy",
        ),  # the mention names no issuer, the symbol does
        ("1043-KH/BCSD", "Kế hoạch", "party", "tỉnh", "Ban Cán sự đảng UBND tỉnh Lạng Sơn"),
        ("26-QC/BCĐ", "Quy chế", "party", "huyện", "Ban Chỉ đạo giải phóng mặt bằng huyện"),
    ],
)
def test_type_family_level_and_issuer_are_read(
    plan: tuple[Document, ...], number: str, kind: str, family: str, level: str, issuer: str
) -> None:
    found = entry(plan, number)
    assert (found.type, found.family, found.level, found.issuer) == (kind, family, level, issuer)


def test_a_number_used_again_years_later_is_another_document() -> None:
    first, second = cited(
        "Thực hiện Nghị quyết số 01-NQ/TU ngày 05/01/2016 của Tỉnh ủy về phát triển du lịch; "
        "Nghị quyết số 01-NQ/TU ngày 07/01/2021 của Tỉnh ủy về cải cách hành chính."
    )
    assert (first.date, second.date) == ("2016-01-05", "2021-01-07")
    assert first.key != second.key
    assert first.conflicts == second.conflicts == ()


@pytest.mark.parametrize("second", ["ngày 10/01/2024 của UBND huyện Cao Lộc", "ngày 12/02/2024 của UBND huyện Cao Lộc"])
def test_one_number_of_two_issuers_is_two_documents(second: str) -> None:
    # Every People's Committee numbers its own plans; a district's often repeats the title of the province's.
    title = "về thực hiện công tác dân vận chính quyền năm 2024"
    found = cited(
        f"Thực hiện Kế hoạch số 15/KH-UBND ngày 10/01/2024 của UBND tỉnh Lạng Sơn {title}; "
        f"Kế hoạch số 15/KH-UBND {second} {title}."
    )
    assert [document.issuer for document in found] == ["UBND tỉnh Lạng Sơn", "UBND huyện Cao Lộc"]
    assert [document.conflicts for document in found] == [(), ()]


def test_a_checked_fact_is_not_that_of_another_document_of_its_number(facts: tuple[CheckedFact, ...]) -> None:
    [found] = cited("Thực hiện Chỉ thị số 18-CT/TW, ngày 20/10/2012 của Ban Bí thư về an toàn giao thông.", facts=facts)
    assert found.checked is None
    assert found.date == "2012-10-20"


def test_a_fact_of_the_same_title_leaves_the_printed_date_and_is_a_conflict(facts: tuple[CheckedFact, ...]) -> None:
    [found] = cited(
        "Thực hiện Chỉ thị số 18-CT/TW, ngày 20/10/2022 của Ban Bí thư về phát huy vai trò, nâng cao chất lượng, "
        "hiệu quả công tác giám sát, phản biện xã hội của Mặt trận Tổ quốc Việt Nam.",
        facts=facts,
    )
    assert found.checked is not None
    assert found.date == "2022-10-20"
    assert [conflict.values for conflict in found.conflicts] == [("2022-10-20", "2022-10-26")]


def test_keys_of_one_number_differ() -> None:
    found = cited(
        "Thực hiện Kế hoạch số 15/KH-UBND ngày 10/01/2024 của UBND huyện Cao Lộc; "
        "Kế hoạch số 15/KH-UBND ngày 10/01/2024 của UBND huyện Tràng Định."
    )
    assert len({document.key for document in found}) == 2


def test_a_mention_without_its_date_joins_the_document_of_its_number() -> None:
    [found] = cited("Thực hiện Nghị quyết số 60-NQ/TU ngày 15/12/2021 của Tỉnh ủy; tổng kết Nghị quyết số 60-NQ/TU.")
    assert (found.date, len(found.mentions), found.conflicts) == ("2021-12-15", 2, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # laws of one name are told apart by their years
        (
            "Luật Đất đai năm 2013; Luật Đất đai năm 2024; Luật Đất đai số 31/2024/QH15.",
            [("Luật Đất đai", 1), ("31/2024/QH15", 2)],
        ),
        # two numbers are two laws, whatever their names
        (
            "Luật Đất đai số 45/2013/QH13; Luật Đất đai số 31/2024/QH15; Luật Đất đai.",
            [("45/2013/QH13", 1), ("31/2024/QH15", 1), ("Luật Đất đai", 1)],
        ),
        # a law without a year is the one of its name
        (
            "Luật Đò ngang; Luật Đò ngang năm 2022; Luật đò ngang ngày 10/11/2022.",
            [("Luật Đò ngang", 3)],
        ),
        ("Luật Đò ngang số 5/2022/QH15; theo Luật Đò ngang.", [("5/2022/QH15", 2)]),
        # between two of one name it stays by itself
        (
            "Luật Đò ngang năm 2012; Luật Đò ngang năm 2022; theo Luật Đò ngang.",
            [("Luật Đò ngang (2012)", 1), ("Luật Đò ngang (2022)", 1), ("Luật Đò ngang (không rõ năm)", 1)],
        ),
        # bare numbers of two types are two documents, of one type one
        ("Chỉ thị 18 và Nghị quyết 18; Chỉ thị số 18.", [("Chỉ thị 18", 2), ("Nghị quyết 18", 1)]),
        # a bare number joins the one document of its type and number
        ("Chỉ thị số 18-CT/TW của Ban Bí thư; theo Chỉ thị 18.", [("18-CT/TW", 2)]),
        (
            "Chỉ thị số 18-CT/TW của Ban Bí thư; Chỉ thị số 18-CT/TU của Tỉnh ủy; theo Chỉ thị 18.",
            [("18-CT/TW", 1), ("18-CT/TU", 1)],
        ),
        # the year of a number is part of it
        ("Nghị định số 5/2013/NĐ-CP; Nghị định số 5/2023/NĐ-CP.", [("5/2013/NĐ-CP", 1), ("5/2023/NĐ-CP", 1)]),
    ],
)
def test_mentions_of_one_document_are_one_entry_and_others_are_not(text: str, expected: list[tuple[str, int]]) -> None:
    found = [(document.key, len(document.mentions)) for document in cited("I. NỘI DUNG\n\nThực hiện " + text)]
    assert sorted(found) == sorted(expected)


def test_held_documents_of_one_number_have_keys_of_their_own() -> None:
    head = (
        "ỦY BAN NHÂN DÂN\nXÃ {place}\n\nSố: 12/KH-UBND\n\n{place}, ngày 05 tháng 01 năm 2026\n\nKẾ HOẠCH\n\n"
        "Tiếp công dân\n\nI. NỘI DUNG\n\nNâng cao chất lượng."
    )
    found = catalogue_of(head.format(place="LƯƠNG MINH"), head.format(place="BA CHẼ"))
    assert [document.key for document in found] == [
        "12/KH-UBND (ỦY BAN NHÂN DÂN XÃ LƯƠNG MINH)",
        "12/KH-UBND (ỦY BAN NHÂN DÂN XÃ BA CHẼ)",
    ]


def test_ten_thousand_mentions_of_three_thousand_documents_are_grouped_in_linear_time() -> None:
    # Comparing each mention with each document would not come to an end here.
    references = [
        Reference(
            "a.txt", 0, Span(at, at + 1), "x", "Nghị định", str(n) if at % 3 else f"{n}/2020/NĐ-CP", None, None, None
        )
        for at in range(10_000)
        for n in [at % 3_000]
    ]
    found = build_catalogue([], references, [])
    assert len(found) == 3_000
    assert sum(len(document.mentions) for document in found) == 10_000
    assert {len(keys) for keys in targets(references, found)} == {1}


DECISION = (
    "Số: 593-QĐ/TU\n\nLạng Sơn, ngày 11 tháng 11 năm 2021\n\nQUYẾT ĐỊNH\n\nban hành Quy chế dân vận\n\n"
    "Điều 1. Ban hành Quy chế.\n\nĐiều 2. Quyết định này có hiệu lực từ ngày ký."
)


def test_a_held_document_takes_the_mentions_of_its_number() -> None:
    own, citing = catalogue_of(DECISION, "Căn cứ Quyết định số 593-QĐ/TU ngày 11/11/2021 của Tỉnh ủy.")
    assert (own.number, own.type, own.held) == ("593-QĐ/TU", "Quyết định", True)
    assert own.mentions
    assert (citing.held, citing.mentions) == (True, ())


def test_a_document_does_not_cite_itself_by_its_own_number_line() -> None:
    assert [document.mentions for document in catalogue_of(DECISION)] == [()]


def test_no_documents_give_an_empty_catalogue() -> None:
    assert build_catalogue([], [], []) == ()


@pytest.mark.parametrize(
    ("issuer", "organ", "level"),
    [
        ("Ban Thường vụ Huyện ủy", "HU", "huyện"),
        ("Chính phủ", "CP", "trung ương"),
        ("UBND tỉnh Lạng Sơn", "UBND", "tỉnh"),  # the symbol alone does not tell
        ("UBND huyện Cao Lộc, tỉnh Lạng Sơn", "UBND", "huyện"),  # the innermost
        ("Ủy ban nhân dân xã Lương Minh", "UBND", "xã"),
        ("Uỷ ban Thường vụ Quốc hội", "UBTVQH15", "trung ương"),
        ("Đảng ủy xã", "ĐU", "xã"),
        (None, "TU", "tỉnh"),
        ("Công ty A", None, None),
        (None, None, None),
    ],
)
def test_the_level_comes_from_the_symbol_or_the_name(issuer: str | None, organ: str | None, level: str | None) -> None:
    assert level_of(issuer, organ) == level


TWO_YEARS = """UBND XÃ A
Số: 5/KH-UBND
Xã A, ngày 22 tháng 01 năm 2024

KẾ HOẠCH
Hòa giải năm 2024

Trên cơ sở Kế hoạch số 5/KH-UBND ngày 16/02/2023 của UBND xã về hòa giải năm 2023, UBND xã ban hành kế hoạch như sau:

1. Các thôn hòa giải theo Kế hoạch số 5/KH-UBND ngày 22/01/2024.
"""


def test_plans_of_two_years_with_one_number_are_two() -> None:
    found = [one for one in catalogue_of(TWO_YEARS) if one.number == "5/KH-UBND"]
    assert [(one.date, one.held, one.title) for one in found] == [
        ("2024-01-22", True, "Hòa giải năm 2024"),
        ("2023-02-16", False, "về hòa giải năm 2023"),
    ]
    assert len(found[0].mentions) == len(found[1].mentions) == 1


def test_resolutions_of_two_terms_with_one_number_are_two() -> None:
    text = (
        "Căn cứ Nghị quyết số 25-NQ/TW ngày 03/6/2013 của Ban Chấp hành Trung ương khóa XI về công tác dân vận;\n"
        "Căn cứ Nghị quyết số 25-NQ/TW ngày 12/3/2003 của Ban Chấp hành Trung ương khóa IX về công tác tôn giáo;\n"
        "Theo Nghị quyết số 25-NQ/TW của Ban Chấp hành Trung ương khóa IX về công tác tôn giáo."
    )
    found = {one.date: (one.title, len(one.mentions)) for one in cited(text)}
    assert found == {"2013-06-03": ("về công tác dân vận", 1), "2003-03-12": ("về công tác tôn giáo", 2)}


def test_a_title_ends_at_the_cells_of_a_table() -> None:
    [one] = cited("1 | Việc thực hiện Kế hoạch số 41/KH-UBND về công khai | UBND xã, 06 thôn | Tháng 5/2026")
    assert one.title == "về công khai"


def test_a_held_law_cited_by_its_name_is_no_second_document() -> None:
    law = "LUẬT GẶP DÂN (số 7/2014/QH13, Quốc hội thông qua 25/11/2014)\n\nĐiều 1. Phạm vi\n\nNội dung.\n"
    plan = "1. Thực hiện Luật Gặp dân ở các xã.\n\n2. Thực hiện Luật Đò ngang ở các xã.\n"
    found = catalogue_of(law, plan)
    assert [one.key for one in found if one.type == "Luật"] == ["7/2014/QH13", "Luật Đò ngang"]
    assert len(found[0].mentions) == 1
    assert found[0].issuer == "Quốc hội"


def test_a_number_with_two_days_of_one_year_and_one_title_is_one_document_with_its_conflict() -> None:
    title = "về phát triển kinh tế vùng cao"
    text = (
        f"1. Chương trình số 27-CTr/HU, ngày 18/5/2022 của Ban Chấp hành Đảng bộ huyện {title}.\n\n"
        "2. Tiếp tục Chương trình số 27-CTr/HU, ngày 15/8/2022 của Ban Chấp hành Đảng bộ huyện ở vùng đồng bào.\n"
    )
    (one,) = cited(text)
    assert one.issuer == "Ban Chấp hành Đảng bộ huyện"
    assert [conflict.values for conflict in one.conflicts] == [("2022-05-18", "2022-08-15")]
