"""Documents, passages and assignments of a corpus, joined."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.answering.holdings import Library, bare_line, display_name, short_name
from rag.types import Document, Passage, Span


def entry(library: Library, key: str) -> Document:
    return next(item for item in library.knowledge.documents if item.key == key)


def document(**changes: object) -> Document:
    return replace(Document("k", None, "Kế hoạch", None, None, None, None, None, ()), **changes)  # type: ignore[arg-type]


def test_documents_are_found_by_their_leading_digits(library: Library) -> None:
    assert [item.key for item in library.by_digits["18"]] == ["18-CT/TU", "18-CT/TW"]
    assert [item.key for item in library.by_digits["10"]] == ["10/NQ-CP", "10/2022/QH15"]
    assert "2022" not in library.by_digits


def test_a_passage_and_its_documents_find_each_other(library: Library) -> None:
    found = entry(library, "129-NQ/HU")
    (passage,) = library.passages_citing(found)
    assert library.cited(library.knowledge.passages[passage]) == [found]
    assert [mention.number for mention in library.mentions_of(found)] == ["129-NQ/HU"]
    assert library.cited(library.knowledge.passages[0]) == []


def test_a_held_document_cites_none_of_itself(library: Library) -> None:
    (held,) = library.held.values()
    assert held.held
    assert library.passages_citing(held) == []


def test_who_carries_the_duty_of_a_passage_is_told(library: Library) -> None:
    passages = library.knowledge.passages
    assert [item.unit for item in library.assignments_of(passages[2])] == ["Phòng Nội vụ"]
    assert [item.unit for item in library.assignments_of(passages[1])] == [None]
    assert library.assignments_of(passages[3]) == []


def test_the_closing_section_tells_whom_it_binds(library: Library) -> None:
    (source,) = library.held
    assert [item.unit for item in library.binding_assignments(source)] == ["Các phòng", "UBND các xã"]
    assert library.binding_assignments("documents/none.txt") == []


def test_a_place_is_found_in_its_clause_and_nowhere_else(library: Library) -> None:
    (source,) = library.held
    second = library.knowledge.passages[2].segments[0]
    assert library.passage_at(source, Span(second.start + 5, second.end)) == 2
    assert library.passage_at(source, Span(second.end, second.end + 1)) is None  # the end of the line is no clause
    assert library.passage_at("documents/none.txt", Span(0, 1)) is None
    assert library.clauses_of(source, 2) == [2]


def test_a_locator_names_its_document_only_among_several(library: Library) -> None:
    passage: Passage = library.knowledge.passages[2]
    assert library.place_name(passage) == "Mục 2"
    both = Library(library.knowledge)
    both.held = {**library.held, "documents/b.txt": document(number="1-KH/TU", source="documents/b.txt")}
    assert both.located("documents/b.txt", "Mục 2") == "Mục 2 Kế hoạch số 1-KH/TU"


def test_the_words_of_a_name_are_looked_up_with_and_without_marks(library: Library) -> None:
    own = library.own_words["18-CT/TW"]
    assert " phản biện " in own
    assert " phan bien " in own
    assert " tái định cư " not in own


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        (document(number="1-KH/TU", title="về dân vận"), "Kế hoạch số 1-KH/TU"),
        (document(type="Luật", number="10/2022/QH15", title="Luật Dân chủ"), "Luật Dân chủ (số 10/2022/QH15)"),
        (document(type="Luật", title="Luật Dân chủ"), "Luật Dân chủ"),
        (document(title="Thực hiện dân vận"), "Kế hoạch thực hiện dân vận"),  # the capital of a title goes
        (document(title="UBND huyện làm"), "Kế hoạch UBND huyện làm"),  # that of an abbreviation stays
        (document(), "Kế hoạch"),  # nothing is known but the type
    ],
)  # fmt: skip
def test_a_document_is_named_as_a_person_would(entry: Document, name: str) -> None:
    assert display_name(entry) == name


def test_a_document_without_a_number_is_told_from_others_by_date_and_issuer() -> None:
    unnumbered = document(title="về dân vận", date="2024-02", issuer="UBND huyện")
    assert short_name(unnumbered) == "Kế hoạch tháng 02/2024 của UBND huyện"
    assert short_name(replace(unnumbered, number="1-KH/TU")) == "Kế hoạch số 1-KH/TU"
    assert short_name(replace(unnumbered, issuer=None)) == "Kế hoạch về dân vận"


def test_a_bare_line_lets_whole_words_be_found() -> None:
    assert bare_line("Ủy ban; Đảng") == " uy ban dang "
    assert " an " not in bare_line("Toàn ban")


def test_a_name_is_looked_up_with_its_abbreviations_written_out(library: Library) -> None:
    titled = tuple(replace(one, title="về GPMB") for one in library.knowledge.documents)
    own = Library(replace(library.knowledge, documents=titled)).own_words["18-CT/TW"]
    assert " gpmb " in own
    assert " giải phóng mặt bằng " in own
