"""What is wrong in a source is told at its place, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.language.lexicon import notice_faults, notice_rules_of_documents, notice_sentences
from rag.law.catalogue import build_catalogue
from rag.law.checked import read_checked_facts
from rag.law.document import read_document
from rag.law.notices import NoticesOfEntries, source_notices
from rag.types import Change, CheckedFact, SourceNotice, StoredText

ROOT = Path(__file__).resolve().parents[2]
PLAN = ROOT / "corpus" / "documents" / "ke-hoach-dan-van-cao-loc-2024.txt"
HEAD = "UBND HUYỆN A\n\nSố: 12/KH-UBND\n\nHà Nam, ngày 15 tháng 3 năm 2023\n\nKẾ HOẠCH\nLàm việc năm 2023\n\n"


def notices(text: str, facts: Sequence[CheckedFact] = ()) -> tuple[SourceNotice, ...]:
    return source_notices(read_document(StoredText("documents/a.txt", text)), facts)


def told(text: str, facts: Sequence[CheckedFact] = ()) -> list[tuple[str, str]]:
    return [(one.kind, text[one.span.start : one.span.end]) for one in notices(text, facts)]


def fact(number: str, **fields: object) -> CheckedFact:
    known = {"type": "Nghị định", "issuer": None, "date": None, "title": None, "checked_against": "công báo"}
    return CheckedFact(number=number, **{**known, **fields})  # type: ignore[arg-type]


def is_told(slip: dict[str, object], one: SourceNotice) -> bool:
    """Whether a notice stands on a slip, or on the other place that differs from it."""
    length = len(str(slip["printed"]))
    places = [int(str(slip[key])) for key in ("at", "also") if key in slip]
    return any(at < one.span.end and one.span.start < at + length for at in places)


def test_the_slips_of_the_plan_are_told_of_and_little_else() -> None:
    text = PLAN.read_text(encoding="utf-8")
    lines = (ROOT / "tests" / "golden" / "plan_slips.jsonl").read_text(encoding="utf-8").splitlines()
    slips = [json.loads(line) for line in lines]
    assert [slip for slip in slips if not text.startswith(slip["printed"], slip["at"])] == []
    found = notices(text, read_checked_facts(ROOT / "corpus" / "catalogue.csv"))
    hit = [slip for slip in slips if any(is_told(slip, one) and one.kind == slip["kind"] for one in found)]
    false = [one for one in found if not any(is_told(slip, one) for slip in slips)]
    assert len(slips) == 35
    assert len(hit) >= 31
    assert len(false) <= 2, false


@pytest.mark.parametrize(
    ("name", "slips"),
    [
        # What the copies of these texts have lost: "ý", a comma of a list.
        ("luat_10-2022-QH15", {"lấy kiến Nhân", "nghiên cứu tiếp thu"}),
        (
            "nghi-dinh_59-2023-ND-CP",
            {"đại hộ gia", "ở xã phường, thị", "viên chức người lao", "Tổ trưởng Tổ dân", "của Luật thực hiện"},
        ),
        ("nghi-dinh_61-2023-ND-CP", set()),
    ],
)
def test_at_most_one_notice_on_a_legal_text_is_false(shared_data: Path, name: str, slips: set[str]) -> None:
    text = (shared_data / "legal" / f"{name}.txt").read_text(encoding="utf-8")
    found = {printed for _, printed in told(text, read_checked_facts(ROOT / "corpus" / "catalogue.csv"))}
    assert slips <= found
    assert len(found - slips) <= 1, found - slips


def test_notices_come_in_reading_order_and_each_once() -> None:
    found = notices(PLAN.read_text(encoding="utf-8"))
    assert [one.span for one in found] == sorted(one.span for one in found)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("number", "day", "expected"),
    [
        ("Số: 12/KH-UBND", "A, ngày 15 tháng 3 năm 2023", []),
        ("Số: /KH-UBND", "A, ngày 15 tháng 3 năm 2023", [("blank", "Số: /KH-UBND")]),
        ("Số: ……-KH/HU", "A, ngày 15 tháng 3 năm 2023", [("blank", "Số: ……-KH/HU")]),
        ("Số: 12/KH-UBND", "A, ngày   tháng 3 năm 2023", [("blank", "ngày   tháng 3 năm 2023")]),
        ("Số: 12/KH-UBND", "A, ngày … tháng … năm 2023", [("blank", "ngày … tháng … năm 2023")]),
    ],
)
def test_the_own_number_and_day_left_blank_are_told_of(number: str, day: str, expected: list[tuple[str, str]]) -> None:
    text = f"UBND HUYỆN A\n\n{number}\n\n{day}\n\nKẾ HOẠCH\nLàm việc năm 2023\n\nI. MỤC ĐÍCH\n\nLàm tốt."
    assert told(text) == expected


@pytest.mark.parametrize(
    ("printed", "fault", "right"),
    [
        ("36 HD/HU", "separator", "36-HD/HU"),
        ("36 -HD/HU", "spacing", "36-HD/HU"),
        ("36- HD/HU", "spacing", "36-HD/HU"),
        ("36/HD-HU", "party_form", "36-HD/HU"),
        ("36-HD/UBND", "state_form", "36/HD-UBND"),
        ("07-CTR/TU", "case", "07-CTr/TU"),
        ("7-KH/BCSD", "marks", "7-KH/BCSĐ"),
    ],
)
def test_a_number_in_another_form_than_its_familys_is_told_of(printed: str, fault: str, right: str) -> None:
    text = f"1. Thực hiện văn bản số {printed}, ngày 05/4/2019 về công tác hè."
    [one] = [one for one in notices(text) if one.text.startswith("Số hiệu")]
    assert text[one.span.start : one.span.end] == printed
    assert notice_faults()[fault] in one.text
    assert one.text.endswith(f"{right}.")


@pytest.mark.parametrize(
    "number",
    ["36-HD/HU", "59/2023/NĐ-CP", "180/KH-UBND", "33/CT-TTg", "01-ĐA/BDVTU-UBND", "10/2022/QH15", "5-KL/TW"],
)
def test_a_number_in_the_right_form_is_not(number: str) -> None:
    assert told(f"1. Thực hiện văn bản số {number}, ngày 05/4/2019 về công tác hè.") == []


def test_a_page_break_inside_a_number_is_layout() -> None:
    assert told("1. Thực hiện Kế hoạch số 115-\n\nKH/HU, ngày 05/4/2019 về công tác hè.") == []
    assert told("1. Thực hiện Kế hoạch số 115\n\nKH/HU, ngày 05/4/2019 về công tác hè.") == [
        ("misprint", "115\n\nKH/HU")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Thực hiện Chỉ thị số 18-NQ/TW về tinh gọn.", [("misprint", "18-NQ/TW")]),
        ("1. Thực hiện Nghị quyết số 18-NQ/TW về tinh gọn.", []),
        ("1. Thực hiện Quy định số 37-QĐ/TW về tinh gọn.", []),  # one abbreviation of two types
        ("1. Theo Kế hoạch thực hiện Nghị quyết số 18-NQ/TW về tinh gọn.", []),
    ],
)
def test_a_type_that_is_not_that_of_the_number_is_told_of(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("date", "is_wrong"),
    [("31/02/2020", True), ("29/02/2023", True), ("29/02/2024", False), ("45/13/2020", True), ("00/5/2020", True)],
)
def test_a_date_that_the_calendar_does_not_have_is_told_of(date: str, is_wrong: bool) -> None:
    assert (("misprint", date) in told(f"1. Họp ngày {date} tại xã.")) is is_wrong


@pytest.mark.parametrize(
    ("own", "cited", "is_late"),
    [
        ("ngày 15 tháng 3 năm 2023", "16/3/2023", True),
        ("ngày 15 tháng 3 năm 2023", "15/3/2023", False),
        ("ngày   tháng 3 năm 2023", "31/3/2023", False),  # the day left blank: the month's last counts
        ("ngày   tháng 3 năm 2023", "01/4/2023", True),
    ],
)
def test_a_document_of_a_later_day_than_the_own_is_told_of(own: str, cited: str, is_late: bool) -> None:
    text = HEAD.replace("ngày 15 tháng 3 năm 2023", own) + f"I. VIỆC\n\nThực hiện Chỉ thị số 7-CT/TU ngày {cited}."
    assert (("misprint", cited) in told(text)) is is_late


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([fact("30/2011/NĐ-CP")], False),
        ([fact("30/2011/NĐ-CP", effective_to="2023-03-15")], True),
        ([fact("30/2011/NĐ-CP", effective_to="2023-03-16")], False),  # still in force on the own day
        ([fact("30/2011/NĐ-CP", replaced_by=(Change("8/2023/NĐ-CP", "2023-02-01"),))], True),
        ([fact("30/2011/NĐ-CP", replaced_by=(Change("8/2024/NĐ-CP", "2024-02-01"),))], False),
        ([fact("8/2023/NĐ-CP", effective_from="2023-02-01", replaces=(Change("30/2011/NĐ-CP", None),))], True),
    ],
)
def test_what_is_out_of_force_by_the_checked_facts_is_told_of(facts: list[CheckedFact], expected: bool) -> None:
    text = HEAD + "I. VIỆC\n\nThực hiện Nghị định số 30/2011/NĐ-CP của Chính phủ."
    assert ("validity" in {kind for kind, _ in told(text, facts)}) is expected


def test_every_sentence_ends_and_names_what_it_tells() -> None:
    assert [key for key, one in notice_sentences().items() if not one.text.endswith(".")] == []


PIECES = ("số ", "ngày 31/02/2020 ", "58/NQ-TU", "Nghị Quyết ", "“", "”", "(", ")", "; Tiếp tục ", "V. X\n\n", "các ")
CITED = ("Kế hoạch số 5 KH/HU, ngày 01/02/2020 của Huyện ủy về việc học ", "\n\n", "\u0301", "\u00ad", "ĐứcMạnh ", ".")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from((*PIECES, *CITED)), max_size=30))
def test_any_text_is_checked_and_every_notice_has_its_place(pieces: list[str]) -> None:
    text = "".join(pieces)
    for one in notices(text):
        assert 0 <= one.span.start < one.span.end <= len(text)
        assert "{" not in one.text


def test_a_notice_is_about_the_innermost_mention_or_the_text_itself() -> None:
    text = (
        HEAD
        + "I. NỘI DUNG\nKế hoạch số 5/KH-UBND của UBND xã A về thực hiện Chỉ thị số 50 CT/TU của Tỉnh ủy.\n\n(Ghi chú\n"
    )
    document = read_document(StoredText("documents/a.txt", text))
    entries = {entry.number: entry for entry in build_catalogue([document], document.references, ())}
    told = NoticesOfEntries(document.references, {"documents/a.txt": source_notices(document)})
    about = {number: [one.rule for _, one in told.of(entry)] for number, entry in entries.items()}
    assert about == {"12/KH-UBND": ["mark_unclosed"], "5/KH-UBND": [], "50-CT/TU": ["number"]}


def test_every_rule_on_documents_has_its_sentence() -> None:
    assert notice_rules_of_documents() <= set(notice_sentences())
