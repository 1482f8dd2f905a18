"""Mentions that point back: to the document itself, to one just named, and by a name given in brackets."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.law.document import LegalDocument, read_document
from rag.types import StoredText

HEAD = {
    "law": "Luật số 4/2019/QH14 về xe",
    "decree": "Nghị định số 4/2019/NĐ-CP về xe",
    "plan": "Kế hoạch số 4-KH/HU về dân vận",
}


def read(body: str, head: str = HEAD["decree"]) -> LegalDocument:
    return read_document(StoredText("a.txt", f"{head}\n\nĐiều 1. Phạm vi\n\n1. {body}\n"))


def pointing(document: LegalDocument) -> list[tuple[str, str | None, str | None]]:
    """What is printed, its pinpoint, and the number or title of what it points to."""
    found = []
    for one in document.back_references:
        target = document.references[one.antecedent] if one.antecedent is not None else None
        found.append((one.reference.as_printed, one.reference.pinpoint, target and (target.number or target.title)))
    return found


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        # the document's own type is the document itself
        ("decree", "Nghị định này quy định về xe.", [("Nghị định này", None, None)]),
        ("law", "Theo khoản 2 Điều 5 của Luật này thì được.", [("Luật này", "khoản 2 Điều 5", None)]),
        (
            "decree",
            "Theo các khoản 1, 2 và 4 Điều 5 Nghị định này.",
            [("Nghị định này", "các khoản 1, 2 và 4 Điều 5", None)],
        ),
        ("plan", "Căn cứ kế hoạch này, các xã thực hiện.", [("kế hoạch này", None, None)]),  # in small letters too
        # even where another of the type is named before
        ("decree", "Nghị định số 9/2015/NĐ-CP trái với Nghị định này.", [("Nghị định này", None, None)]),
        # another type: the last one of it in the same provision
        (
            "decree",
            "Theo Luật Cư trú và Luật Nhà ở, Điều 3 Luật này áp dụng.",
            [("Luật này", "Điều 3", "Luật Nhà ở")],
        ),
        (
            "decree",
            "Thay Nghị định số 9/2015/NĐ-CP; việc đang làm theo Nghị định đó được làm tiếp.",
            [("Nghị định đó", None, "9/2015/NĐ-CP")],
        ),
        (
            "plan",
            "Quyết định số 7-QĐ/TU được phổ biến. Quyết định nói trên có hiệu lực.",
            [("Quyết định nói trên", None, "7-QĐ/TU")],
        ),
    ],
)
def test_what_points_back_has_its_antecedent(
    head: str, body: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    assert pointing(read(body, HEAD[head])) == expected


@pytest.mark.parametrize(
    "body",
    [
        "Các Nghị định này được phổ biến.",  # kinds in general
        "Luật này không được nêu trước đó.",  # another type, nothing before it
        "Nghị định đó được nêu ở nơi khác.",
        "Điều 5 của quy định này, quyết định này được giao.",  # words that are verbs as well
        "Theo pháp luật này và luật đó.",
        "Phụ lục này và Điều này.",  # parts, not documents
        'Sửa đổi như sau: "1. Nghị định này quy định về đò."',  # words that another document will have
    ],
)
def test_what_does_not_plainly_point_back_is_left_out(body: str) -> None:
    assert pointing(read(body)) == []


def test_words_that_an_amending_document_quotes_do_not_point_to_it() -> None:
    document = read_document(
        StoredText(
            "a.txt",
            "Luật số 4/2019/QH14 sửa đổi Luật Xe\n\nĐiều 1. Sửa đổi, bổ sung một số điều của Luật Xe\n\n"
            "1. Sửa đổi Điều 3 như sau:\n\n“Điều 3. Xe\n\n1. Xe theo Luật này là xe.”\n\n"
            "Điều 2. Luật này có hiệu lực.\n",
        )
    )
    assert [one.reference.as_printed for one in document.back_references] == ["Luật này"]


def test_a_regulation_that_is_issued_with_its_decision_points_to_the_whole() -> None:
    document = read(
        "Quy chế này áp dụng từ 2020. Quyết định này có hiệu lực.",
        "Quyết định số 4-QĐ/TU về việc ban hành Quy chế làm việc",
    )
    assert pointing(document) == [("Quy chế này", None, None), ("Quyết định này", None, None)]


def test_a_text_without_a_name_is_what_it_calls_itself() -> None:
    document = read_document(StoredText("a.txt", "Điều 1. Phạm vi\n\n1. Thông tư này áp dụng; Thông tư này bãi bỏ.\n"))
    assert pointing(document) == [("Thông tư này", None, None)] * 2


def test_a_name_given_in_brackets_points_to_what_it_was_given_to() -> None:
    document = read(
        "Theo Luật Thực hiện dân chủ ở cơ sở (sau đây gọi tắt là Luật Dân chủ) và Nghị định số 59/2023/NĐ-CP "
        "của Chính phủ (sau đây gọi là Nghị định 59).\n\n"
        "2. Điều 8 Luật Dân chủ và khoản 1 Điều 2 của Nghị định 59 được thực hiện."
    )
    assert pointing(document) == [
        ("Luật Dân chủ", "Điều 8", "Luật Thực hiện dân chủ ở cơ sở"),
        ("Nghị định 59", "khoản 1 Điều 2", "59/2023/NĐ-CP"),
    ]
    # the names are no further documents
    assert [one.number or one.title for one in document.references] == [
        "Luật Thực hiện dân chủ ở cơ sở",
        "59/2023/NĐ-CP",
    ]


def test_a_name_is_given_to_the_document_of_its_type_not_to_one_in_its_title() -> None:
    document = read(
        "Nghị định số 7/2014/NĐ-CP của Chính phủ quy định chi tiết Luật Tiếp công dân (gọi tắt là Nghị định 7).\n\n"
        "2. Điều 8 Nghị định 7 được thực hiện."
    )
    assert pointing(document) == [("Nghị định 7", "Điều 8", "7/2014/NĐ-CP")]


def test_a_whole_number_given_in_brackets_stays_a_reference() -> None:
    document = read(
        "Nghị định số 7/2014/NĐ-CP của Chính phủ về tiếp công dân (sau đây viết tắt là Nghị định số 7/2014/NĐ-CP).\n\n"
        "2. Điều 8 Nghị định số 7/2014/NĐ-CP được thực hiện."
    )
    assert pointing(document) == []
    assert [one.number for one in document.references] == ["7/2014/NĐ-CP"] * 2


def test_the_bare_type_is_a_name_where_the_text_gives_it() -> None:
    document = read(
        "Nghị định này quy định chi tiết Luật Đò ngang (sau đây gọi là Luật) về bến.\n\n"
        "2. Theo khoản 5 Điều 6 của Luật. Các biện pháp thi hành Luật, Hội Luật gia, Luật của nước khác."
    )
    assert pointing(document) == [
        ("Nghị định này", None, None),
        ("Luật", "khoản 5 Điều 6", "Luật Đò ngang"),
        ("Luật", None, "Luật Đò ngang"),
    ]


def test_the_own_type_with_its_article_is_the_document_itself() -> None:
    document = read("Mức chi tại Điều 4 Nghị định là mức tối đa; Nghị định của bộ khác.")
    assert pointing(document) == [("Nghị định", "Điều 4", None)]


def test_a_decision_without_a_head_is_itself_where_its_regulation_says_more() -> None:
    document = read_document(
        StoredText(
            "a.txt",
            "Điều 1. Ban hành kèm theo Quyết định này Quy định về đò.\n\nĐiều 2. Quyết định này có hiệu lực.\n\n"
            "Điều 3. Quy định này áp dụng; Quy định này không áp dụng; Quy định này được công khai.\n",
        )
    )
    assert [one.reference.as_printed for one in document.back_references] == ["Quyết định này"] * 2 + [
        "Quy định này"
    ] * 3


@pytest.mark.parametrize(
    "body",
    [
        "Ủy ban nhân dân xã (sau đây gọi chung là cấp xã) và cấp xã.",  # a unit
        "Quy chế phối hợp (sau đây gọi tắt là Quy chế) và Quy chế.",  # the bare word tells nothing
    ],
)
def test_other_names_given_in_brackets_are_left_out(body: str) -> None:
    assert pointing(read(body)) == []


def test_a_back_reference_says_nothing_of_number_issuer_date_and_title() -> None:
    document = read("Điều 5 Nghị định\u00a0này áp dụng.")
    [one] = document.back_references
    reference = one.reference
    assert (reference.number, reference.issuer, reference.date, reference.title) == (None, None, None, None)
    assert (reference.type, reference.as_printed) == ("Nghị định", "Nghị định này")
    assert document.stored.text[reference.span.start : reference.span.end] == "Nghị định\u00a0này"


@pytest.mark.parametrize(
    ("name", "own", "words"), [("luat_10-2022-QH15", "Luật", 70), ("nghi-dinh_59-2023-ND-CP", "Nghị định", 9)]
)
def test_a_law_points_to_itself_wherever_it_says_so(shared_data: Path, name: str, own: str, words: int) -> None:
    text = (shared_data / "legal" / f"{name}.txt").read_text(encoding="utf-8")
    found = read_document(StoredText("a.txt", text)).back_references
    itself = [one for one in found if one.antecedent is None]
    assert {one.reference.type for one in itself} == {own}
    assert len(itself) == text.count(f"{own} này") >= words


@pytest.mark.parametrize("unit", ['"Luật này ', "Luật A, Luật này, ", "(sau đây gọi là Luật "])
def test_repeated_words_are_read_in_linear_time(unit: str) -> None:
    document = read_document(StoredText("a.txt", unit * 20_000))
    assert len(document.back_references) in (0, 10_000, 20_000)
