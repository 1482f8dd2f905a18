"""Passages are verbatim slices of one provision each, with true ranges."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.index.passages import build_passages
from rag.language.normalize import matching_copy
from rag.law.document import LegalDocument, read_document
from rag.types import Passage, StoredText

ROOT = Path(__file__).resolve().parents[2]
PLAN = ROOT / "corpus" / "documents" / "ke-hoach-dan-van-cao-loc-2024.txt"
PIECES = (
    "I. NỘI DUNG",
    "1. Mục đích",
    "a) Công khai;",
    "- Ý",
    "Điều 1. Phạm vi",
    "Điều 2. B",
    "Nơi nhận:",
    "¹",
    "¹ Ghi chú.",
    "Giao Phòng Nội vụ theo dõi;",
    "Quyết định số 593-QĐ/TU về dân vận và",
    "Kế hoạch số 115",
    "KH/HU",
    "Luật Dân chủ",
    ";",
    ". ",
    ": Ba",
    "(",
    '"',
    "\n",
    "\n\n",
    " ",
    "\u00a0",
    "\u00ad",
    "\u0301",
    "tục đổi mới",
)


@pytest.fixture(scope="module")
def plan() -> LegalDocument:
    return read_document(StoredText("documents/plan.txt", PLAN.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def passages(plan: LegalDocument) -> list[Passage]:
    return build_passages(plan, first_reference=0)


def check(document: LegalDocument, passages: list[Passage]) -> None:
    """Each passage is what stands at its segments, inside one provision."""
    text = document.stored.text
    for passage in passages:
        provision = document.provisions[passage.provision]
        assert passage.segments
        edges = [edge for part in passage.segments for edge in (part.start, part.end)]
        assert edges == sorted(set(edges))
        for part in passage.segments:
            assert any(own.start <= part.start < part.end <= own.end for own in provision.segments)
        assert matching_copy(text, passage.segments).text == passage.text
        assert passage.text == passage.text.strip() != ""
        assert (passage.source, passage.locator) == (document.stored.source, provision.locator)
    assert len({passage.id for passage in passages}) == len(passages)


def test_each_passage_of_the_plan_is_a_slice_of_its_provision(plan: LegalDocument, passages: list[Passage]) -> None:
    assert len(passages) > 60
    check(plan, passages)


def test_the_words_of_every_duty_are_in_a_passage(plan: LegalDocument, passages: list[Passage]) -> None:
    clauses = {(passage.provision, passage.segments[0].start) for passage in passages if passage.kind == "clause"}
    assert [duty for duty in plan.assignments if (duty.provision, duty.duty.start) not in clauses] == []


def test_every_mention_is_in_a_clause_and_the_numbers_fit(plan: LegalDocument) -> None:
    shifted = build_passages(plan, first_reference=100)
    clauses = [passage for passage in shifted if passage.kind == "clause"]
    assert sorted(number for passage in clauses for number in passage.references) == [
        100 + index for index in range(len(plan.references))
    ]
    for passage in shifted:
        for number in passage.references:
            span = plan.references[number - 100].span
            assert passage.segments[0].start <= span.start < passage.segments[-1].end


def test_a_clause_with_several_mentions_is_cut_around_each(plan: LegalDocument, passages: list[Passage]) -> None:
    clauses = [passage for passage in passages if passage.kind == "clause" and len(passage.references) > 1]
    mentions = [passage for passage in passages if passage.kind == "mention"]
    assert clauses
    assert sum(len(passage.references) for passage in clauses) == len(mentions)
    for passage in mentions:
        [number] = passage.references
        reference = plan.references[number]
        assert (
            passage.text.startswith(reference.as_printed.split()[0]) or reference.as_printed.split()[0] in passage.text
        )
        if reference.number:
            assert any(char.isdigit() for char in passage.text)


def test_a_passage_across_a_page_break_has_two_segments(plan: LegalDocument, passages: list[Passage]) -> None:
    [torn] = [passage for passage in passages if passage.kind == "clause" and "115 KH/HU" in passage.text]
    assert [plan.stored.text[part.start : part.end][-3:] for part in torn.segments[:1]] == ["115"]
    assert plan.stored.text[torn.segments[1].start :].startswith("KH/HU")


def test_the_footnote_is_no_part_of_the_paragraph_around_it(passages: list[Passage]) -> None:
    around = [passage for passage in passages if passage.locator == "Mục II.4, đoạn 1"]
    assert around
    assert [passage for passage in around if "120-KL/TW" in passage.text] == []
    note = [passage for passage in passages if passage.locator == "chú thích 1"]
    assert any("120-KL/TW" in passage.text for passage in note)
    assert all("dân chủ gắn với cụ thể hóa" in passage.context for passage in note)


def test_the_context_is_the_path_of_headings(passages: list[Passage]) -> None:
    [duty] = [passage for passage in passages if passage.text.startswith("Giao Phòng Nội vụ")]
    assert duty.context == "TỔ CHỨC THỰC HIỆN"
    first = next(passage for passage in passages if passage.locator == "Mục I.2, đoạn 1")
    assert first.context == "MỤC ĐÍCH, YÊU CẦU > Yêu cầu"


def test_recipients_and_signatures_are_no_passages(plan: LegalDocument, passages: list[Passage]) -> None:
    kinds = {plan.provisions[passage.provision].kind for passage in passages}
    assert kinds == {"front", "basis", "paragraph", "footnote"}


def test_building_twice_gives_the_same(plan: LegalDocument, passages: list[Passage]) -> None:
    assert build_passages(plan, first_reference=0) == passages


@pytest.mark.parametrize(
    "file", ["luat_10-2022-QH15.txt", "nghi-dinh_59-2023-ND-CP.txt", "nghi-dinh_61-2023-ND-CP.txt"]
)
def test_each_passage_of_the_laws_is_a_slice_of_its_provision(shared_data: Path, file: str) -> None:
    document = read_document(StoredText(file, (shared_data / "legal" / file).read_text(encoding="utf-8")))
    check(document, build_passages(document, first_reference=0))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=80))
def test_passages_of_any_text_are_slices(text: str) -> None:
    document = read_document(StoredText("documents/any.txt", text))
    check(document, build_passages(document, first_reference=0))


def test_a_row_of_a_table_is_one_passage() -> None:
    row = "1\tHọp thôn; Bàn việc. Chốt danh sách\tPhòng Nội vụ"
    text = f"I. VIỆC\n\nSTT\tNội dung\tĐơn vị\n{row}\n2\tBáo cáo\tCông an xã\n\nHọp thôn; Bàn việc."
    document = read_document(StoredText("documents/any.txt", text))
    found = build_passages(document, first_reference=0)
    check(document, found)
    assert [passage.text for passage in found] == [
        "STT Nội dung Đơn vị",
        row.replace("\t", " "),
        "2 Báo cáo Công an xã",
        "Họp thôn;",
        "Bàn việc.",
    ]


def test_a_reply_has_the_question_above_it() -> None:
    text = (
        "BIÊN BẢN\nHọp dân\n\nHỏi (thôn A): Camera quay vào nhà thì sao?\n"
        "Đáp (Trưởng Công an xã): Lưu 30 ngày rồi xóa.\n"
    )
    read = read_document(StoredText("documents/a.txt", text))
    reply = next(one for one in build_passages(read, first_reference=0) if "30 ngày" in one.text)
    assert reply.context.endswith("Hỏi (thôn A): Camera quay vào nhà thì sao?")


def test_each_doer_of_a_clause_has_a_passage() -> None:
    text = "1. Việc chợ\n- Phòng A dọn, xử lý rác ở chợ, Công an xã giữ trật tự.\n"
    read = read_document(StoredText("documents/a.txt", text))
    found = [one.text for one in build_passages(read, first_reference=0)]
    assert found[-1] == "Công an xã giữ trật tự."
