"""The wording of answers: each statement with its proof, its notices, and nothing the texts do not say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.answering import compose
from rag.answering.draft import Draft
from rag.answering.holdings import Library
from rag.answering.mentions import telling_mentions
from rag.answering.verify import faults
from rag.index.topics import Term
from rag.language.normalize import unmark
from rag.types import CheckedFact, Document, SourceNotice


@pytest.fixture
def draft(library: Library) -> Draft:
    return Draft(library, "Câu hỏi?")


def entry(library: Library, key: str) -> Document:
    return next(item for item in library.knowledge.documents if item.key == key)


def test_a_cited_document_is_proved_by_the_clause_that_mentions_it(library: Library, draft: Draft) -> None:
    compose.say_document(draft, library, entry(library, "18-CT/TW"), compose.proof(
        draft, library, entry(library, "18-CT/TW")))  # fmt: skip
    answer = draft.finish("answered")
    assert answer.text == (
        "**Chỉ thị số 18-CT/TW** ngày 26/10/2022 của Ban Bí thư Trung ương Đảng về phản biện xã hội [1]."
    )
    assert "Chỉ thị số 18-CT/TW" in answer.citations[0].quote
    assert faults(answer, library.texts) == []


def test_a_held_document_is_proved_by_what_it_says_of_itself(library: Library, draft: Draft) -> None:
    (held,) = library.held.values()
    assert compose.proof(draft, library, held) == (1,)
    assert draft.finish("answered").citations[0].quote.startswith("KẾ HOẠCH")


@pytest.mark.parametrize(
    ("key", "facts"),
    [
        ("18-CT/TU", "ngày 25/02/2018 của Ban Thường vụ Tỉnh ủy về tái định cư"),
        ("26-QC/BCĐ", "ngày 26/12/2023 của Ban Chỉ đạo huyện"),  # no title, none said
        ("26-NQ/HU", "ngày 02/3/2021 về bồi thường"),  # no issuer, none said
        ("10/2022/QH15", "của Quốc hội"),  # its title is its name already
    ],
)
def test_only_what_is_known_is_said_of_a_document(library: Library, key: str, facts: str) -> None:
    assert compose.facts(entry(library, key)) == facts


@pytest.mark.parametrize(
    ("key", "asked", "facts"),
    [
        ("18-CT/TU", {"date"}, "do Ban Thường vụ Tỉnh ủy ban hành ngày 25/02/2018, về tái định cư"),
        ("18-CT/TU", {"issuer", "title"}, "về tái định cư, do Ban Thường vụ Tỉnh ủy ban hành ngày 25/02/2018"),
        ("18-CT/TU", {"number"}, "ngày 25/02/2018 của Ban Thường vụ Tỉnh ủy về tái định cư"),
        ("26-NQ/HU", {"issuer"}, "được ban hành ngày 02/3/2021, về bồi thường"),  # the issuer is not known
        ("10/2022/QH15", {"date"}, "do Quốc hội ban hành"),  # the date is not known
    ],
)
def test_what_is_asked_of_a_document_comes_first(library: Library, key: str, asked: set[str], facts: str) -> None:
    assert compose.facts(entry(library, key), asked) == facts


@pytest.mark.parametrize(
    ("topic", "opening"),
    [("phản biện", "Chỉ thị số 18-CT/TW"), ("phòng nội vụ", "Phòng Nội vụ chủ trì thực hiện Chỉ thị")],
)
def test_a_topic_is_proved_with_what_leads_to_the_document(
    library: Library, draft: Draft, topic: str, opening: str
) -> None:
    mention = entry(library, "18-CT/TW")
    terms = [Term(topic, unmark(topic), 1.0)]
    compose.proof(draft, library, mention, prefer=library.passages_citing(mention), terms=terms)
    (citation,) = draft.finish("answered").citations
    assert citation.quote.startswith(opening)
    assert citation.quote.endswith("phản biện xã hội")


def test_mentions_that_together_tell_all_are_cited_and_no_more(library: Library) -> None:
    references = library.knowledge.references
    named = entry(library, "18-CT/TU")
    bare = replace(references[0], date=None, issuer=None, title=None)
    knowledge = replace(library.knowledge, references=(*references, bare))
    twice = replace(named, mentions=(len(references), *named.mentions, *named.mentions))
    assert telling_mentions(Library(knowledge), twice) == [0]
    dateless = replace(references[0], date=None)
    knowledge = replace(library.knowledge, references=(dateless, *references[1:], replace(bare, date=named.date)))
    assert telling_mentions(Library(knowledge), replace(named, mentions=(0, len(references)))) == [0, len(references)]


def test_what_only_the_checked_list_knows_is_said_so(library: Library) -> None:
    law = replace(
        entry(library, "10/2022/QH15"), key="Luật Thực hiện dân chủ ở cơ sở",
        checked=CheckedFact("10/2022/QH15", "Luật", "Quốc hội", None, None, "a copy"),
    )  # fmt: skip
    assert compose.facts(law).endswith("(theo danh mục đã kiểm tra)")


def test_a_list_is_numbered_and_every_line_has_its_marker(library: Library, draft: Draft) -> None:
    entries = [entry(library, key) for key in ("18-CT/TU", "18-CT/TW")]
    compose.say_list(draft, library, entries, [compose.proof(draft, library, item) for item in entries])
    answer = draft.finish("answered")
    lines = answer.text.split("\n\n")
    assert [line[:3] for line in lines] == ["1. ", "2. "]
    assert [line[-3:] for line in lines] == ["[1]", "[2]"]
    assert [item.citations for item in answer.documents] == [(1,), (2,)]


def test_the_unit_of_a_clause_is_named_with_its_role(library: Library, draft: Draft) -> None:
    compose.say_units(draft, library, 2)
    answer = draft.finish("answered")
    assert answer.text == "Đơn vị chủ trì: **Phòng Nội vụ** [1]."
    assert [(unit.name, unit.role, unit.citations) for unit in answer.units] == [("Phòng Nội vụ", "lead", (1,))]
    assert answer.notices == ()


def test_a_clause_that_names_no_unit_is_said_to_and_none_is_guessed(library: Library, draft: Draft) -> None:
    compose.say_units(draft, library, 1)
    answer = draft.finish("answered")
    assert answer.units == ()
    assert answer.text.startswith("Mục 1 nêu việc này nhưng không ghi đơn vị thực hiện [1].")
    assert "Mục III.1 giao chung cho: Các phòng; UBND các xã [2]." in answer.text
    (notice,) = answer.notices
    assert (notice.kind, notice.citations) == ("inherited_unit", (2,))
    assert faults(answer, library.texts) == []


def test_contradicting_dates_are_both_told(library: Library, draft: Draft) -> None:
    compose.say_conflicts(draft, entry(library, "58-NQ/TU"), (1,))
    (notice,) = draft.finish("answered").notices
    assert notice.kind == "conflict"
    assert "21/11/2021" in notice.text
    assert "29/11/2021" in notice.text


def test_what_is_wrong_with_a_document_is_told_and_slips_of_style_are_not(library: Library) -> None:
    entry_of = entry(library, "50-HD/HU")
    [mention] = library.mentions_of(entry_of)
    told = SourceNotice("misprint", "Số hiệu “50 HD/HU” thiếu dấu gạch nối.", mention.span, "number")
    style = SourceNotice("misprint", "“Hướng Dẫn” viết hoa.", mention.span, "case_differs")
    noticed = Library(replace(library.knowledge, notices={mention.source: (told, style)}))
    draft = Draft(noticed, "Hỏi?")
    compose.add_notices(draft, noticed, entry_of, draft.cite_passage(12))
    misprints = [notice for notice in draft.finish("answered").notices if notice.kind == "misprint"]
    assert [(notice.text, notice.citations) for notice in misprints] == [(told.text, (1,))]


def test_a_number_printed_as_it_should_be_gets_no_notice(library: Library, draft: Draft) -> None:
    compose.add_notices(draft, library, entry(library, "18-CT/TW"), ())
    assert draft.finish("answered").notices == ()


@pytest.mark.parametrize(("key", "ended"), [("129-NQ/HU", True), ("26-NQ/HU", True), ("129-NQ/TU", False)])
def test_the_end_of_the_district_level_is_told_of_its_documents_alone(
    library: Library, draft: Draft, key: str, ended: bool
) -> None:
    compose.add_notices(draft, library, entry(library, key), ())
    told = [notice.text for notice in draft.finish("answered").notices if notice.kind == "validity"]
    assert bool(told) is ended
    assert all("01/7/2025" in text for text in told)


def test_an_answer_says_as_of_when_its_texts_speak(library: Library, draft: Draft) -> None:
    compose.add_as_of(draft, library)
    assert draft.finish("answered").notices == ()  # nothing cited, nothing to date
    draft.cite_passage(2)
    compose.add_as_of(draft, library)
    (notice,) = draft.finish("answered").notices
    assert notice.kind == "as_of"
    assert "tháng 02/2024" in notice.text


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Về việc mở chợ", "về việc mở chợ"),
        ("Ban hành Quy chế chợ", "ban hành Quy chế chợ"),
        ("Sửa đổi Quy chế chợ", "sửa đổi Quy chế chợ"),
        ("công tác chợ", "về công tác chợ"),
        ("việc mở chợ", "về việc mở chợ"),
        ("UBND xã mở chợ", "có trích yếu “UBND xã mở chợ”"),  # the capital of an abbreviation stays
    ],
)
def test_a_title_goes_on_the_sentence(library: Library, title: str, said: str) -> None:
    titled = replace(entry(library, "18-CT/TU"), title=title)
    assert compose.facts(titled) == f"ngày 25/02/2018 của Ban Thường vụ Tỉnh ủy {said}"
