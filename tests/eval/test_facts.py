"""What an answer states is looked up in what it cites: each kind of slip is found, and a right answer has none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.facts import facts_of, unfounded
from rag.types import Answer, AnswerDocument, Citation, Notice

SOURCE = "documents/a.txt"
QUOTE = "Quyết định số 593-QĐ/TU, ngày 11 tháng 11 năm 2021 về 03 chương trình giai đoạn 2021 - 2025, đạt 50%"
TEXTS = {SOURCE: f"{QUOTE}. Luật số 85/2015/QH13.", "documents/b.txt": "Khác."}
RIGHT = Answer(
    question="Quyết định 593?",
    status="answered",
    reason=None,
    text="1. Quyết định số 593-QĐ/TU ngày 11/11/2021: 3 chương trình giai đoạn 2021 - 2025, đạt 50% (Mục II.4) [1].",
    documents=(AnswerDocument("593-QĐ/TU", "Quyết định", None, None, "2021-11-11", False, (1,)),),
    citations=(Citation(1, SOURCE, "Kế hoạch", "Mục II.4", QUOTE, 0, len(QUOTE)),),
)
HEAD = "number,type,issuer,date,title\n"
NO_CATALOGUE = Path("absent.csv")


def found(catalogue: Path = NO_CATALOGUE, **changes: Any) -> list[str]:
    return [fault.rpartition(": ")[2] for fault in unfounded(replace(RIGHT, **changes), TEXTS, catalogue)]


def test_what_is_quoted_is_found_however_it_is_written() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ("11/11/2021", "12/11/2021", "ngày 12/11/2021"),
        ("11/11/2021", "ngày 11 tháng 12 năm 2021", "ngày 11/12/2021"),
        ("11/11/2021", "11.11.2022", "ngày 11/11/2022"),
        ("593-QĐ/TU", "594-QĐ/TU", "văn bản 594-qđ/tu"),
        ("593-QĐ/TU", "593-QĐ/TW", "văn bản 593-qđ/tw"),
        ("593-QĐ/TU", "593/2021/QĐ-UBND", "văn bản 593/2021/qđ-ubnd"),
        ("3 chương trình", "4 chương trình", "số 4"),
        ("2025", "2030", "số 2030"),
        ("50%", "60%", "số 60"),
        ("Mục II.4", "Mục II.5", "mục ii.5"),
        ("Mục II.4", "khoản 4 Mục II.4", "khoản 4"),
    ],
)
def test_one_wrong_fact_is_found_alone(right: str, wrong: str, fault: str) -> None:
    assert right in RIGHT.text
    assert found(text=RIGHT.text.replace(right, wrong)) == [fault]


def test_markers_and_numbers_of_a_list_are_no_facts() -> None:
    assert found(text="7. Quyết định số 593-QĐ/TU [8].\n9) Nội dung [12].") == []


def test_what_the_answer_counts_itself_is_no_fact_of_a_text() -> None:
    lines = "\n".join(f"- Việc {word} [1]." for word in ("một", "hai", "ba", "bốn", "năm", "sáu"))
    assert found(text=f"Có 6 việc [1]:\n{lines}") == []
    assert found(text=f"Có 7 việc [1]:\n{lines}") == ["số 7"]


def test_the_catalogue_speaks_for_the_documents_that_are_named(tmp_path: Path) -> None:
    table = tmp_path / "catalogue.csv"
    table.write_text(HEAD + "593-QĐ/TU,Quyết định,,2020-02-03,\n18-CT/TU,Chỉ thị,,2018-02-25,\n", encoding="utf-8")
    own, other = (RIGHT.text.replace("11/11/2021", date) for date in ("03/02/2020", "25/02/2018"))
    assert found(table, text=own) == []
    assert found(table, text=other) == ["ngày 25/02/2018"]


def test_a_slip_is_mended_where_a_notice_tells_it() -> None:
    mended = RIGHT.text.replace("593-QĐ/TU", "593-QC/TU")
    notice = Notice("misprint", "Kế hoạch in là 593-QĐ/TU; đúng là 593-QC/TU.", (1,))
    assert found(text=mended) == ["văn bản 593-qc/tu"]
    assert found(text=mended, notices=(notice,)) == []
    assert found(text=mended, notices=(replace(notice, kind="as_of"),)) == ["văn bản 593-qc/tu"]


def test_only_a_correction_and_a_refusal_may_repeat_the_question() -> None:
    asked = {"question": "Quyết định 593 ngày 1/1/2020?", "text": "Không phải ngày 1/1/2020 [1]."}
    assert found(**asked) == ["ngày 01/01/2020"]
    assert found(status="corrected", **asked) == []
    assert found(status="not_found", citations=(), documents=(), **asked) == []


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("Đã tìm trong 2 văn bản.", []),
        ("Đã tìm trong 3 văn bản.", ["số 3"]),
        ("Kho chỉ nhắc đến Luật số 85/2015/QH13.", []),
        ("Kho chỉ nhắc đến Luật số 86/2015/QH13.", ["văn bản 86/2015/qh13"]),
    ],
)
def test_a_refusal_counts_the_texts_and_names_what_they_mention(text: str, faults: list[str]) -> None:
    assert found(status="not_found", text=text, citations=(), documents=()) == faults


def test_the_head_of_a_quoted_text_tells_its_own_date_and_number() -> None:
    headed = {SOURCE: f"Số: 12/KH-UBND\\nCao Lộc, ngày 05 tháng 6 năm 2023\\n{'…' * 1500} ngày 7/8/2023. {QUOTE}"}
    text = "Kế hoạch số 12/KH-UBND ngày 5/6/2023, ngày 7/8/2023 [1]."
    assert unfounded(replace(RIGHT, text=text), headed, NO_CATALOGUE) == [
        "không có trong đoạn trích hay danh mục: ngày 07/08/2023"
    ]


def test_a_period_is_no_number_of_a_document() -> None:
    facts = facts_of("giai đoạn 2021 - 2025 và Nghị quyết 55/1998/NQ-UBTVQH10, ngày 2024-02-28")
    assert facts.documents == {"55/1998/nq-ubtvqh10"}
    assert facts.dates == {(2024, 2, 28)}
    assert facts.numbers == {"2021", "2025"}


@pytest.mark.parametrize(
    ("text", "places", "numbers"),
    [
        ("Mục II.4 (lần 2)", {"mục ii.4 (lần 2)"}, set()),  # a place that a text has twice
        ("khoản 2 Điều 5 (lần 2)", {"khoản 2", "điều 5 (lần 2)"}, set()),
        ("Mục II.4 họp 2 lần", {"mục ii.4"}, {"2"}),
        ("họp 3 lần (lần 2)", set(), {"2", "3"}),
    ],
)
def test_which_time_a_place_comes_is_part_of_it(text: str, places: set[str], numbers: set[str]) -> None:
    facts = facts_of(text)
    assert (facts.places, facts.numbers) == (places, numbers)


def test_the_second_of_two_places_is_not_the_first() -> None:
    second = replace(RIGHT.citations[0], locator="Mục II.4 (lần 2)")
    text = RIGHT.text.replace("Mục II.4", "Mục II.4 (lần 2)")
    assert found(text=text, citations=(second,)) == []
    assert found(text=text) == ["mục ii.4 (lần 2)"]
