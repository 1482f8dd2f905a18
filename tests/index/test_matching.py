"""Which document a file is the whole text of: as somebody says, or as is to be asked."""

from __future__ import annotations

import pytest

from rag.errors import ReadingError
from rag.index.matching import may_be_text_of, meant
from rag.types import CheckedFact, Document, Identity, StoredText

NOTHING = Identity(None, None, None, None, None, None, None)
BODY = "Điều 1. Phạm vi điều chỉnh\n\nQuy định việc này."


def entry(number: str | None, kind: str, issuer: str, date: str, title: str, key: str | None = None) -> Document:
    return Document(key or number or title, number, kind, None, None, issuer, date, title, (0,))


DECREE = entry("59/2023/NĐ-CP", "Nghị định", "Chính phủ", "2023-08-14", "quy định chi tiết Luật Thực hiện dân chủ")
LAW = entry("10/2022/QH15", "Luật", "Quốc hội", "2022-11-10", "Luật Thực hiện dân chủ ở cơ sở")
OF_2018 = entry("18-CT/TU", "Chỉ thị", "Tỉnh ủy", "2018-02-25", "về tái định cư", "18-CT/TU (2018-02-25)")
OF_2021 = entry("18-CT/TU", "Chỉ thị", "Tỉnh ủy", "2021-03-01", "về tôn giáo", "18-CT/TU (2021-03-01)")
CENTRAL = entry("18-CT/TW", "Chỉ thị", "Ban Bí thư", "2022-10-26", "về phản biện xã hội")
DOCUMENTS = (DECREE, LAW, OF_2018, OF_2021, CENTRAL)


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("59/2023/NĐ-CP", "2023-08-14"),
        ("59 /2023/NĐ-CP ", "2023-08-14"),
        ("18-CT/TU (2021-03-01)", "2021-03-01"),
        ("30/2020/NĐ-CP", "2020-03-05"),  # cited nowhere, in the table of checked facts
        ("7/2024/NĐ-CP", None),  # known nowhere
    ],
)
def test_a_whole_number_or_a_name_of_the_catalogue_means_one_document(said: str, date: str | None) -> None:
    facts = [CheckedFact("30/2020/NĐ-CP", "Nghị định", "Chính phủ", "2020-03-05", "về công tác văn thư", "công báo")]
    found = meant(said, DOCUMENTS, facts)
    assert (found.date, found.number) == (date, said.split(" (")[0].replace(" ", ""))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("18-CT/TU", ["có thể là 2 văn bản", "18-CT/TU (2018-02-25)", "25/02/2018", "18-CT/TU (2021-03-01)", "--as"]),
        ("Chỉ thị 18", ["không phải số, ký hiệu đầy đủ", "18-CT/TW", "18-CT/TU (2018-02-25)"]),
        ("kế hoạch", ["không phải số, ký hiệu đầy đủ"]),
        ("59/2023/NĐ-CP và 10/2022/QH15", ["không phải số, ký hiệu đầy đủ"]),
    ],
)
def test_what_means_none_or_several_is_refused_with_the_candidates(said: str, told: list[str]) -> None:
    with pytest.raises(ReadingError) as refused:
        meant(said, DOCUMENTS, ())
    assert all(part in str(refused.value) for part in told)


def test_a_checked_fact_of_another_year_is_another_document() -> None:
    other = CheckedFact("59/2023/NĐ-CP", "Nghị định", "Chính phủ", "2019-01-01", None, "công báo")
    with pytest.raises(ReadingError, match="2 văn bản"):
        meant("59/2023/NĐ-CP", DOCUMENTS, [other])


@pytest.mark.parametrize(
    ("name", "text", "key"),
    [
        ("nghi-dinh_59-2023-ND-CP.txt", BODY, DECREE.key),
        ("ND 59_2023.pdf", BODY, DECREE.key),
        ("59.2023.NĐ.CP ban ký.pdf", BODY, DECREE.key),
        ("luat 10 2022.txt", BODY, LAW.key),
        ("LUAT-THUC-HIEN-DAN-CHU-O-CO-SO.htm", BODY, LAW.key),
        ("a.txt", f"LUẬT\n\nTHỰC HIỆN DÂN CHỦ Ở CƠ SỞ\n\n{BODY}", LAW.key),
        ("18-CT-TW.doc", BODY, CENTRAL.key),
        ("159-2023-ND-CP.txt", BODY, None),
        ("59-2022-ND-CP.txt", BODY, None),
        ("59.txt", BODY, None),
        ("2023-59.txt", BODY, None),
        ("a.txt", f"{BODY}\n\nTheo Luật Thực hiện dân chủ ở cơ sở thì khác.", None),
    ],
)
def test_a_number_in_the_name_or_a_title_is_asked_about(name: str, text: str, key: str | None) -> None:
    found = may_be_text_of(StoredText(f"documents/{name}", text), NOTHING, DOCUMENTS)
    assert [one.key for one in found] == ([key] if key else [])


def test_nothing_is_asked_of_a_text_that_tells_its_number_or_of_a_document_that_is_held() -> None:
    text = StoredText("documents/59-2023-ND-CP.txt", BODY)
    told = Identity("1-KH/HU", None, None, None, None, None, None)
    assert may_be_text_of(text, told, DOCUMENTS) == ()
    held = Document("59/2023/NĐ-CP", "59/2023/NĐ-CP", "Nghị định", None, None, None, None, None, (), source="a.txt")
    assert may_be_text_of(text, NOTHING, [held]) == ()
