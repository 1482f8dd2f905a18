"""Everything read from one document, in the form that other programs read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from rag.law.checked import read_checked_facts
from rag.law.document import read_document
from rag.law.extraction import extract, extraction_json
from rag.types import StoredText

ROOT = Path(__file__).resolve().parents[2]
PLAN = ROOT / "corpus" / "documents" / "ke-hoach-dan-van-cao-loc-2024.txt"
SCHEMA = json.loads((ROOT / "eval" / "extraction.schema.json").read_text(encoding="utf-8"))
TEXT = """ỦY BAN NHÂN DÂN
HUYỆN BA BỂ
Số: 12/KH-UBND

Ba Bể, ngày 05 tháng 3 năm 2024

KẾ HOẠCH
Phòng chống thiên tai năm 2024

Căn cứ Luật Đê điều số 79/2006/QH11;

I. NỘI DUNG

1. Phòng Nông nghiệp thực hiện Chỉ thị số 18-CT/TU, ngày 25/02/2018 của Tỉnh ủy và các văn bản¹; báo cáo UBND huyện
theo khoản 2 Điều 5 Luật Đê điều và Kế hoạch này.

¹ Chỉ thị số 18-CT/TW, ngày 26/10/2022 của Ban Bí thư.

2. Các xã thực hiện Chỉ thị số 18.

Nơi nhận:
- Lưu: VT.

CHỦ TỊCH

Nguyễn Văn A
"""


def extracted(text: str, source: str = "a.txt") -> dict[str, Any]:
    facts = read_checked_facts(ROOT / "corpus" / "catalogue.csv")
    values: dict[str, Any] = extraction_json(extract(read_document(StoredText(source, text)), facts))
    jsonschema.validate(values, SCHEMA)
    return values


def test_the_document_says_of_itself() -> None:
    own = extracted(TEXT)["document"]
    assert own == {
        "number": "12/KH-UBND",
        "type": "Kế hoạch",
        "title": "Phòng chống thiên tai năm 2024",
        "issuer": "Ủy ban nhân dân huyện Ba Bể",
        "date": "2024-03-05",
        "place": "Ba Bể",
        "signer": "Nguyễn Văn A",
        "source": "a.txt",
    }


def test_mentions_come_in_reading_order_with_what_they_mean() -> None:
    values = extracted(TEXT)
    # "Chỉ thị số 18" may mean either of two directives, so it has no target; "Kế hoạch này" is the document itself.
    assert [(one["number"], one["pinpoint"], one["target"]) for one in values["references"]] == [
        ("79/2006/QH11", None, "79/2006/QH11"),
        ("18-CT/TU", None, "18-CT/TU"),
        (None, "khoản 2 Điều 5", "79/2006/QH11"),
        (None, None, "12/KH-UBND"),
        ("18-CT/TW", None, "18-CT/TW"),
        ("18", None, None),
    ]


def test_a_task_names_the_documents_that_govern_it_those_of_its_footnote_too() -> None:
    values = extracted(TEXT)
    governing = [
        (one["unit"], one["role"], [values["references"][index]["number"] for index in one["references"]])
        for one in values["assignments"]
    ]
    assert governing == [
        ("Phòng Nông nghiệp", "perform", ["18-CT/TU", "18-CT/TW"]),
        ("Phòng Nông nghiệp", "report", [None, None]),
        ("Các xã", "perform", ["18"]),
    ]


@pytest.mark.parametrize("text", [TEXT, PLAN.read_text(encoding="utf-8"), "KẾ HOẠCH\n\n", "x", "Điều 1. A\nĐiều 2. B"])
def test_offsets_give_back_what_was_read(text: str) -> None:
    values = extracted(text)
    for kind in ("provisions", "references", "assignments", "notices"):
        for one in values[kind]:
            assert 0 <= one["start"] < one["end"] <= len(text)
    for one in values["references"]:
        assert one["as_printed"].split()[0] in text[one["start"] : one["end"]]
    for one in values["assignments"]:
        printed = text[one["start"] : one["end"]]
        assert one["duty"] == printed or one["duty"] == " ".join(printed.split()) or "\n\n" in printed


def test_a_task_torn_by_a_page_break_and_a_footnote_is_whole() -> None:
    values = extracted(PLAN.read_text(encoding="utf-8"))
    [torn] = {
        one["duty"]
        for one in values["assignments"]
        if one["duty"].startswith(
            "Các cơ quan chuyên môn, đơn vị sự nghiệp trực thuộc UBND huyện, UBND các xã, thị trấn có các giải pháp"
        )
    }
    assert "\n" not in torn
    assert "120-KL/TW" not in torn
    assert "“" not in torn


def test_quotation_marks_stay_as_printed() -> None:
    values = extracted(PLAN.read_text(encoding="utf-8"))
    assert any("“Chính quyền thân thiện”" in one["as_printed"] for one in values["references"])


def test_the_legal_texts_keep_to_the_contract(shared_data: Path) -> None:
    for path in sorted((shared_data / "legal").glob("*.txt")):
        values = extracted(path.read_text(encoding="utf-8"), path.name)
        assert values["provisions"]
        assert values["references"]


def test_the_schema_is_the_contract(shared_data: Path) -> None:
    contract = shared_data.parent / "contract" / "extraction.schema.json"
    assert json.loads(contract.read_text(encoding="utf-8")) == SCHEMA
