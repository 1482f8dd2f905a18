"""What backs an answer, as HTML."""

from __future__ import annotations

import dataclasses
from html.parser import HTMLParser
from typing import get_args

import pytest

from rag.answering.holdings import Library
from rag.index.snapshot import Knowledge
from rag.language.lexicon import page_words
from rag.reading.text import read_text
from rag.types import (
    Answer,
    AnswerDocument,
    AnswerUnit,
    Citation,
    Notice,
    NoticeKind,
    Role,
    SourceNotice,
    SourceNoticeKind,
    Span,
)
from rag.web.corpus import Corpus, surroundings
from rag.web.document import document_html
from rag.web.sources import document_card, notice_card, passage, source_notice, sources_html, unit_card

HOSTILE = '<img src=x onerror="alert(1)"> & <script>alert(2)</script> \' ${alert(3)} {{value}}'
QUOTE = "theo Quyết định số 320-QĐ/TU, ngày 13/6/2016\n\nvề quy chế đối thoại trực tiếp"
DECISION = AnswerDocument(
    number="320-QĐ/TU",
    type="Quyết định",
    title="về đối thoại",
    issuer="Ban Thường vụ Tỉnh ủy",
    date="2016-06-13",
    held=False,
    citations=(1,),
)


class _Read(HTMLParser):
    """The elements and the text of a piece of HTML, and the text of its highlighted parts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text, self.marked, self._inside = "", "", False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._inside = tag == "mark" or self._inside

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "mark"

    def handle_data(self, data: str) -> None:
        self.text += data
        self.marked += data if self._inside else ""


def test_every_role_and_every_kind_of_notice_has_a_name() -> None:
    assert all(unit_card(AnswerUnit("Phòng Nội vụ", role, (1,)), 1) for role in get_args(Role))
    assert all(notice_card(Notice(kind, "a"), 1) for kind in get_args(NoticeKind))
    assert all(source_notice(SourceNotice(kind, "a", Span(0, 1))) for kind in get_args(SourceNoticeKind))


def test_a_document_card_gives_number_type_issuer_date_level_title_and_whether_the_text_is_held(
    corpus: Corpus,
) -> None:
    text = _Read(document_card(DECISION, 1, corpus)).text
    assert "Quyết định số 320-QĐ/TU" in text
    assert "Ban Thường vụ Tỉnh ủy · ngày 13/6/2016 · Cấp tỉnh" in text
    assert "về đối thoại" in text
    assert "chưa có toàn văn trong kho" in text
    held = dataclasses.replace(DECISION, held=True)
    assert "chưa có" not in document_card(held, 1)


def test_a_document_of_the_catalogue_can_be_opened(corpus: Corpus) -> None:
    assert 'data-document="320-QĐ/TU"' in document_card(DECISION, 1, corpus)
    assert "<button" not in document_card(dataclasses.replace(DECISION, number="1-QĐ/TU"), 1, corpus)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Luật Thực hiện dân chủ ở cơ sở", "Luật Thực hiện dân chủ ở cơ sở"),  # the type is not said twice
        ("Thực hiện dân chủ ở cơ sở", "Luật Thực hiện dân chủ ở cơ sở"),
        (None, "Luật"),
    ],
)
def test_a_document_without_a_number_goes_by_its_name(title: str | None, name: str) -> None:
    law = AnswerDocument(None, "Luật", title, None, None, held=False, citations=(1,))
    assert _Read(document_card(law, 1)).text == f"{name}chưa có toàn văn trong kho [1]"


def test_a_unit_card_says_the_role_in_words() -> None:
    assert _Read(unit_card(AnswerUnit("Phòng Nội vụ", "supervise", (2,)), 1)).text == (
        "Phòng Nội vụtheo dõi, đôn đốc [2]"
    )


def test_a_quote_is_highlighted_code_point_for_code_point_in_its_surroundings(corpus: Corpus, answer: Answer) -> None:
    citation = answer.citations[0]
    shown = _Read(passage(citation, 1, corpus))
    assert shown.marked == citation.quote
    assert "phối hợp với Ban Dân vận Huyện ủy thực hiện Quyết định số 320-QĐ/TU" in shown.text
    assert "Mục I.2 · trang 1" in shown.text
    assert "Mở trong toàn văn" in shown.text


def test_the_file_behind_a_quote_can_be_opened(library: Library, corpus: Corpus, answer: Answer) -> None:
    assert "Mở tệp gốc" not in passage(answer.citations[0], 1, corpus)
    named = Corpus(library, {answer.citations[0].source: "0" * 64})
    assert "Mở tệp gốc" in passage(answer.citations[0], 1, named)
    entry = named.holdings.held[answer.citations[0].source]
    assert 'href="tep-goc/' in document_html(entry, named)


def test_a_quote_whose_text_is_not_at_hand_stands_alone() -> None:
    citation = Citation(1, "documents/gone.txt", "Kế hoạch", "Mục II.2", QUOTE, 0, len(QUOTE))
    shown = _Read(passage(citation, 1))
    assert shown.marked == QUOTE
    assert shown.text.endswith(QUOTE)


@pytest.mark.parametrize(
    ("text", "start", "end", "before", "after"),
    [
        ("Một hai ba", 4, 7, "Một ", " ba"),
        ("Một hai ba", 0, 10, "", ""),
        ("A. " + "x" * 300 + " Một hai ba " + "y" * 300 + " B.", 308, 311, "Một ", " ba"),  # no word is cut
        ("Đầu.\n\n" + "chữ " * 50 + "Một.\n\nCuối.", 206, 210, "chữ " * 24, "\n\nCuối."),
    ],
)
def test_surroundings_go_to_whole_words_and_paragraphs(
    text: str, start: int, end: int, before: str, after: str
) -> None:
    found = surroundings(text, start, end, reach=100)
    assert (found.before, found.after) == (before, after)
    assert text[start - len(found.before) : start] == found.before
    assert text[end : end + len(found.after)] == found.after


def test_a_text_with_page_breaks_has_pages() -> None:
    paged, plain = read_text("một\fhai\fba".encode(), "a.txt"), read_text("một".encode(), "b.txt")
    corpus = Corpus(Library(Knowledge((paged, plain), {}, {}, (), (), (), ())))
    found = [corpus.page("a.txt", at) for at in (0, 4, 8)]
    assert [page.number for page in found if page] == [1, 2, 3]
    assert corpus.page("b.txt", 2) is None
    assert corpus.page("c.txt", 2) is None


def test_markup_from_documents_is_text_in_every_card() -> None:
    citation = Citation(1, HOSTILE, HOSTILE, HOSTILE, HOSTILE, 0, len(HOSTILE))
    document = AnswerDocument(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, held=True, citations=(1,))
    answer = Answer(
        question=HOSTILE,
        status="answered",
        reason=None,
        text="có [1]",
        documents=(document, dataclasses.replace(document, number=None)),
        units=(AnswerUnit(HOSTILE, "lead", (1,)),),
        citations=(citation,),
        notices=(Notice("misprint", HOSTILE, (1,)),),
    )
    page = _Read(sources_html(answer, 1))
    assert not {"img", "script"} & set(page.tags)
    assert page.text.count(HOSTILE) > 5


def test_a_notice_keeps_its_marks_in_place_and_adds_those_it_does_not_mention() -> None:
    shown = notice_card(Notice("conflict", "Một nơi ghi 21/11 [1], nơi khác 29/11 [9].", (1, 2)), 1)
    assert _Read(shown).text == "Nguồn không thống nhất: Một nơi ghi 21/11 [1], nơi khác 29/11 [9]. [2]"
    assert _Read(shown).tags.count("a") == 2


def test_an_answer_without_sources_says_so() -> None:
    assert page_words()["no_source"] in sources_html(Answer("Ai?", "not_found", "no_evidence", "Không."), 1)
