"""The catalogue as people list it."""

from __future__ import annotations

import json

import pytest

from rag.errors import QuestionError
from rag.law.catalogue import build_catalogue
from rag.law.document import read_document
from rag.law.extraction import extract
from rag.law.listing import catalogue_rows, entry_json, extraction_tables, select
from rag.law.notices import NoticesOfEntries
from rag.types import Document, SourceNotice, Span, StoredText

TEXT = (
    "KẾ HOẠCH\nPhòng chống thiên tai\n\nCăn cứ Luật Đê điều số 79/2006/QH11 ngày 29/11/2006 của Quốc hội;\n\n"
    "I. NỘI DUNG\n\n1. Thực hiện Chỉ thị số 18-CT/TU, ngày 25/02/2018 của Tỉnh ủy; Kế hoạch số 05/KH-UBND năm 2022 của "
    "UBND huyện A về thực hiện Quyết định số 7-QĐ/TU của Tỉnh ủy; Quyết định số 6/QĐ-UBND của UBND xã B.\n"
)


def read() -> tuple[tuple[Document, ...], dict[str, object]]:
    document = read_document(StoredText("documents/a.txt", TEXT))
    entries = build_catalogue([document], document.references, ())
    return entries, {"references": document.references, "provisions": {"documents/a.txt": document.provisions}}


def numbers(entries: list[Document]) -> list[str | None]:
    return [entry.number for entry in entries]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        # From the highest level down; the plan itself tells no level.
        ({}, ["79/2006/QH11", "18-CT/TU", "7-QĐ/TU", "05/KH-UBND", "6/QĐ-UBND", None]),
        ({"level": "tỉnh"}, ["18-CT/TU", "7-QĐ/TU"]),
        ({"level": "TRUNG UONG"}, ["79/2006/QH11"]),
        ({"kind": "chỉ thị"}, ["18-CT/TU"]),
        ({"kind": "chi thi"}, ["18-CT/TU"]),
        ({"kind": "QĐ"}, ["7-QĐ/TU", "6/QĐ-UBND"]),
        ({"kind": "qd"}, ["7-QĐ/TU", "6/QĐ-UBND"]),
        ({"year": 2022}, ["05/KH-UBND"]),
        ({"level": "huyện", "year": 2021}, []),
    ],
)
def test_entries_are_chosen_by_level_type_and_year(chosen: dict[str, object], expected: list[str | None]) -> None:
    assert numbers(select(read()[0], **chosen)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(("chosen", "said"), [({"level": "liên xã"}, "cấp"), ({"kind": "thư tay"}, "loại văn bản")])
def test_what_there_is_not_is_told(chosen: dict[str, str], said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        select(read()[0], **chosen)  # type: ignore[arg-type]


def test_an_entry_tells_its_mentions_relations_and_notices() -> None:
    entries, known = read()
    entry = next(one for one in entries if one.number == "05/KH-UBND")
    at = TEXT.index("05/KH-UBND")
    notices = {
        "documents/a.txt": (SourceNotice("misprint", "Sai.", Span(at, at + 2)), SourceNotice("blank", "x", Span(0, 2)))
    }
    told = NoticesOfEntries(known["references"], notices)  # type: ignore[arg-type]
    values = entry_json(entry, known["references"], known["provisions"], told)  # type: ignore[arg-type]
    assert json.loads(json.dumps(values)) == values
    assert values["level"] == "huyện"
    assert values["held"] is False
    [mention] = values["mentions"]  # type: ignore[misc]
    assert (mention["source"], mention["locator"]) == ("documents/a.txt", "Mục I.1")
    assert TEXT[mention["start"] :].startswith("Kế hoạch số 05/KH-UBND")
    [relation] = values["relations"]  # type: ignore[misc]
    assert (relation["kind"], relation["target"]) == ("implements", "7-QĐ/TU")
    assert [one["text"] for one in values["notices"]] == ["Sai."]  # type: ignore[attr-defined]


def test_the_table_says_what_is_held() -> None:
    title, heads, rows = catalogue_rows(read()[0])
    assert title == "Danh mục văn bản"
    assert all(len(row) == len(heads) for row in rows)
    assert [row[-1] for row in rows] == ["có", *["chưa"] * 5]
    assert next(row for row in rows if row[0] == "18-CT/TU")[3] == "25/02/2018"


def test_an_extraction_is_shown_as_tables() -> None:
    tables = extraction_tables(extract(read_document(StoredText("a.txt", TEXT))))
    assert {"Văn bản", "Văn bản được dẫn", "Nhiệm vụ"} <= {title for title, _, _ in tables}
    assert all(len(row) == len(heads) for _, heads, rows in tables for row in rows)
