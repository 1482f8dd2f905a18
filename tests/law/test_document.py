"""A text read once: everything has true offsets, whatever the text."""

from __future__ import annotations

import gc
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rag.language.normalize import matching_copy
from rag.law.assignments import find_duties
from rag.law.document import LegalDocument, read_document, uncollected
from rag.law.references import find_mentions
from rag.law.structure import provisions
from rag.types import Span, StoredText

ROOT = Path(__file__).resolve().parents[2]
PLAN = ROOT / "corpus" / "documents" / "ke-hoach-dan-van-cao-loc-2024.txt"
PROPERTY = settings(max_examples=100, deadline=None, derandomize=True)
PIECES = (
    "KẾ HOẠCH",
    "Số: /KH-UBND",
    "Cao Lộc, ngày tháng 02 năm 2024",
    "Căn cứ",
    "I. NỘI DUNG",
    "1. Mục đích",
    "1.1 Việc",
    "a) Công khai;",
    "- Ý",
    "+ ý",
    "Điều 1. Phạm vi",
    "Chương I",
    "Nơi nhận:",
    "TM. ỦY BAN",
    "PHỤ LỤC I",
    "¹",
    "[2] ",
    "Giao Phòng Nội vụ",
    "phối hợp với",
    "UBND các xã, thị trấn",
    "các cơ quan, đơn vị",
    "theo dõi, đôn đốc",
    "chủ trì",
    "Quyết định số 593-QĐ/TU,",
    "ngày 11/11/2021",
    "ngày 45/13/2021",
    "của Ban Thường vụ Tỉnh ủy",
    "về việc ban hành",
    "Kế hoạch số 115",
    "KH/HU",
    "50 HD/HU",
    "58/NQ-TU",
    "59/2023/NĐ-CP",
    "Luật Thực hiện dân chủ",
    "Hiến pháp",
    "số",
    "khoản 4 Điều 23",
    "Nghị quyết Đại hội Đảng lần thứ XIII",
    "(",
    ")",
    '"',
    "“",
    "”",
    ";",
    ":",
    ".",
    "...",
    "./.",
    "\n",
    "\n\n",
    " ",
    "\u00a0",
    "\u00ad",
    "\u0301",
    "\ufeff",
    "\r\n",
    "\f",
    "tục",
    "2021 - 2025",
    "24/7",
)
TEXTS = (
    st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)
    | st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
    | st.text(max_size=120)
)
# What is repeated to fill a long text.
UNITS = (
    "số ",
    "ngày ",
    "12/",
    "(",
    "Q. ",
    '"; ',
    "; ",
    "UBND các xã, thị trấn và ",
    "Luật A, ",
    "Nghị quyết Đại hội ",
    "Kế hoạch số 1-KH/TU về ",
    "Quyết định số 1-QĐ/TU (",
    "Giao UBND xã thực hiện; ",
    "điểm a khoản 1 ",
    "1. A\n",
    "a) b\n",
    "¹ ghi chú.\n",
    "Điều 1. A\n1. B\na) C\n",
    "dài dài dài dài dài dài dài\nthường ",
    "I. A\n",
    "\u0301",
)


@pytest.fixture(scope="module")
def plan() -> LegalDocument:
    return read_document(StoredText("documents/plan.txt", PLAN.read_text(encoding="utf-8")))


def check_offsets(document: LegalDocument) -> None:
    """Every range lies inside the text and inside its provision, in order."""
    text = document.stored.text
    assert len(document.copies) == len(document.provisions)
    for index, provision in enumerate(document.provisions):
        edges = [edge for part in provision.segments for edge in (part.start, part.end)]
        assert edges == sorted(set(edges))
        assert 0 <= edges[0] < edges[-1] <= len(text)
        assert provision.parent is None or 0 <= provision.parent < len(document.provisions)
        assert provision.parent != index
        assert provision.locator
    ranges = [(reference.provision, reference.span) for reference in document.references]
    ranges += [(assignment.provision, assignment.duty) for assignment in document.assignments]
    for number, span in ranges:
        provision = document.provisions[number]
        assert provision.start <= span.start < span.end <= provision.end
    for assignment in document.assignments:
        assert (assignment.unit is None) == (assignment.unit_span is None)
        if assignment.unit and assignment.unit_span:
            span = assignment.unit_span
            assert 0 <= span.start < span.end <= len(text)
            assert matching_copy(text, [span]).text.replace("  ", " ").startswith(assignment.unit.split()[0])
    for _, span in document.identity.spans:
        assert 0 <= span.start < span.end <= len(text)


def test_the_plan_keeps_its_offsets(plan: LegalDocument) -> None:
    check_offsets(plan)


def test_reading_twice_gives_the_same(plan: LegalDocument) -> None:
    assert read_document(plan.stored) == plan


def test_references_come_in_reading_order_within_their_provision(plan: LegalDocument) -> None:
    starts = [(reference.provision, reference.span.start) for reference in plan.references]
    assert starts == sorted(starts)


def test_a_reference_across_a_page_break_spans_both_pages(plan: LegalDocument) -> None:
    [found] = [reference for reference in plan.references if reference.number == "115-KH/HU"]
    assert "115\n\nKH/HU" in plan.stored.text[found.span.start : found.span.end]
    assert "115 KH/HU" in found.as_printed


def test_a_decomposed_text_is_read_as_a_composed_one(plan: LegalDocument) -> None:
    other = read_document(StoredText("documents/plan.txt", unicodedata.normalize("NFD", plan.stored.text)))
    check_offsets(other)
    assert [provision.locator for provision in other.provisions] == [provision.locator for provision in plan.provisions]
    assert [reference.as_printed for reference in other.references] == [
        reference.as_printed for reference in plan.references
    ]
    assert [(assignment.unit, assignment.role) for assignment in other.assignments] == [
        (assignment.unit, assignment.role) for assignment in plan.assignments
    ]


def test_no_break_spaces_and_soft_hyphens_change_nothing(plan: LegalDocument) -> None:
    text = plan.stored.text.replace("dân vận", "dân\u00a0v\u00adận").replace(" của ", "\u00a0của ")
    other = read_document(StoredText("documents/plan.txt", text))
    check_offsets(other)
    assert [reference.as_printed for reference in other.references] == [
        reference.as_printed for reference in plan.references
    ]


def test_windows_line_ends_change_nothing(plan: LegalDocument) -> None:
    other = read_document(StoredText("documents/plan.txt", plan.stored.text.replace("\n", "\r\n")))
    check_offsets(other)
    assert [provision.locator for provision in other.provisions] == [provision.locator for provision in plan.provisions]
    assert [reference.number for reference in other.references] == [reference.number for reference in plan.references]


@pytest.mark.parametrize(
    "file", ["luat_10-2022-QH15.txt", "nghi-dinh_59-2023-ND-CP.txt", "nghi-dinh_61-2023-ND-CP.txt"]
)
def test_the_laws_keep_their_offsets(shared_data: Path, file: str) -> None:
    check_offsets(read_document(StoredText(file, (shared_data / "legal" / file).read_text(encoding="utf-8"))))


def test_the_commune_plans_keep_their_offsets(shared_data: Path) -> None:
    files = sorted((shared_data / "word").glob("*.txt"))
    assert files
    for file in files:
        check_offsets(read_document(StoredText(file.name, file.read_text(encoding="utf-8"))))


@PROPERTY
@example("")
@example("¹")
@example("Nơi nhận:\nI. A")
@given(TEXTS)
def test_any_text_is_read_with_true_offsets(text: str) -> None:
    check_offsets(read_document(StoredText("documents/any.txt", text)))


@PROPERTY
@given(TEXTS)
def test_provisions_of_any_text_do_not_overlap(text: str) -> None:
    parts = sorted(part for provision in provisions(text) for part in provision.segments)
    assert all(one.end <= two.start for one, two in pairwise(parts))


@PROPERTY
@given(TEXTS)
def test_mentions_and_duties_of_any_line_lie_inside_it(text: str) -> None:
    line = matching_copy(text, [Span(0, len(text))] if text else []).text
    for mention in find_mentions(line):
        assert 0 <= mention.start < mention.core_end <= mention.end <= len(line)
        if mention.number:
            assert line[mention.number.start : mention.number.end] == mention.number.printed
    for duty in find_duties(line):
        assert 0 <= duty.clause.start < duty.clause.end <= len(line)
        if duty.unit:
            assert line[duty.unit.start : duty.unit.end] == duty.unit.name


@pytest.mark.parametrize("unit", UNITS)
def test_text_that_repeats_itself_is_read_with_true_offsets(unit: str) -> None:
    check_offsets(read_document(StoredText("documents/long.txt", unit * (3_000 // len(unit)))))


def test_garbage_is_collected_again_once_all_is_read() -> None:
    with uncollected():
        read_document(StoredText("documents/a.txt", "1. Phòng Nội vụ chủ trì."))
        assert not gc.isenabled()
    assert gc.isenabled()
