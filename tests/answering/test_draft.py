"""An answer in the making: numbered citations, markers, and everything named once."""

from __future__ import annotations

import pytest

from rag.answering.draft import Draft, refusal, wording
from rag.answering.holdings import Library
from rag.answering.verify import faults
from rag.types import Span


@pytest.fixture
def draft(library: Library) -> Draft:
    return Draft(library, "Ai chủ trì?")


def test_an_answer_by_quotation_alone_names_the_document_that_it_quotes(library: Library) -> None:
    draft = Draft(library, "Hỏi?")
    numbers = draft.cite_passage(0)
    [quoted] = draft.finish("answered").documents
    assert (quoted.held, quoted.citations) == (True, numbers)


def test_an_answer_that_names_a_unit_names_the_document_that_says_so(library: Library) -> None:
    draft = Draft(library, "Hỏi?")
    numbers = draft.cite_passage(0)
    draft.add_unit("Phòng Nội vụ", "perform", numbers)
    [named] = draft.finish("answered").documents
    assert (named.held, named.citations) == (True, numbers)


def test_a_range_cited_twice_keeps_its_number(library: Library, draft: Draft) -> None:
    assert draft.cite_passage(2) == (1,)
    assert draft.cite_passage(3) == (2,)
    assert draft.cite_passage(2) == (1,)
    assert [citation.id for citation in draft.finish("answered").citations] == [1, 2]


def test_each_range_of_a_provision_is_cited_by_itself(library: Library, draft: Draft) -> None:
    source = next(iter(library.held))
    assert draft.cite(source, 1, [Span(0, 8), Span(13, 17)]) == (1, 2)
    assert [citation.quote for citation in draft.finish("answered").citations] == ["KẾ HOẠCH", " tác"]


def test_ranges_that_only_blanks_part_are_one_citation(library: Library, draft: Draft) -> None:
    source = next(iter(library.held))
    assert draft.cite(source, 1, [Span(0, 8), Span(9, 17)]) == (1,)
    assert [citation.quote for citation in draft.finish("answered").citations] == ["KẾ HOẠCH công tác"]


@pytest.mark.parametrize("ranges", [(Span(0, 17), Span(3, 8)), (Span(3, 8), Span(0, 17))])
def test_no_words_are_cited_twice(library: Library, draft: Draft, ranges: tuple[Span, Span]) -> None:
    source = next(iter(library.held))
    assert [draft.cite(source, 1, [span]) for span in ranges] == [(1,), (1,)]
    assert [citation.quote for citation in draft.finish("answered").citations] == ["KẾ HOẠCH công tác"]


def test_a_citation_says_which_document_and_where(library: Library, draft: Draft) -> None:
    draft.cite_passage(2)
    (citation,) = draft.finish("answered").citations
    assert citation.document == "Kế hoạch công tác năm 2024 tháng 02/2024 của UBND huyện"
    assert citation.locator == "Mục I, đoạn 2"
    assert library.texts[citation.source][citation.start : citation.end] == citation.quote


def test_lines_carry_their_markers_and_stand_apart(draft: Draft) -> None:
    draft.say("own_number_blank", draft.cite_passage(1))
    draft.say("units_none", draft.cite_passage(2), locator="khoản 2 Điều 5")
    assert draft.finish("answered").text == (
        "Văn bản để trống số [1].\n\nKhoản 2 Điều 5 nêu việc này nhưng không ghi đơn vị thực hiện [2]."
    )


def test_documents_units_and_notices_are_named_once(library: Library, draft: Draft) -> None:
    entry = library.cited(library.knowledge.passages[2])[0]
    citations = draft.cite_passage(2)
    for _ in range(2):
        draft.add_document(entry, citations)
        draft.add_unit("Phòng Nội vụ", "lead", citations)
        draft.notice("as_of", "notice_as_of", citations, document="Kế hoạch", date="", held="")
    draft.add_unit("Phòng Nội vụ", "report", citations)  # another role is another fact
    answer = draft.finish("answered")
    assert [document.number for document in answer.documents] == ["18-CT/TW"]
    assert [(unit.name, unit.role) for unit in answer.units] == [("Phòng Nội vụ", "lead"), ("Phòng Nội vụ", "report")]
    assert [notice.kind for notice in answer.notices] == ["as_of"]
    assert answer.documents[0].held is False


def test_a_month_without_a_day_is_given_as_its_year(library: Library, draft: Draft) -> None:
    (held,) = library.held.values()
    draft.add_document(held, draft.cite_passage(0))
    document = draft.finish("answered").documents[0]
    assert (document.date, document.held) == ("2024", True)


def test_what_a_draft_finishes_can_be_verified(library: Library, draft: Draft) -> None:
    draft.say("signer", draft.cite_passage(2), name="Kế hoạch", signer="A")
    assert faults(draft.finish("answered"), library.texts) == []


def test_the_sources_are_those_cited_so_far(library: Library, draft: Draft) -> None:
    assert draft.sources == ()
    draft.cite_passage(2)
    assert draft.sources == tuple(library.held)


@pytest.mark.parametrize(
    ("message", "citations", "fields", "expected"),
    [
        ("own_number_blank", [1, 2, 1], {}, "Văn bản để trống số [1][2]."),  # no marker twice
        ("own_number_blank", [], {}, "Văn bản để trống số."),  # no blank before the full stop
        ("count", [], {"count": 2}, "Có 2 văn bản:"),
        ("document", [3], {"opening": "", "name": "A", "facts": ""}, "**A**  [3]."),
    ],
)
def test_a_sentence_is_filled_in(message: str, citations: list[int], fields: dict[str, object], expected: str) -> None:
    assert " ".join(wording(message, citations, **fields).split()) == " ".join(expected.split())


def test_a_refusal_names_its_reason_and_no_document() -> None:
    answer = refusal("Q?", "unknown_document", "not_found_unknown_document", asked="nghị quyết 999")
    assert (answer.status, answer.reason, answer.question) == ("not_found", "unknown_document", "Q?")
    assert "nghị quyết 999" in answer.text
    assert faults(answer, {}) == []
