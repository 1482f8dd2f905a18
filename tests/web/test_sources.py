"""An answer as HTML and Markdown."""

from __future__ import annotations

import dataclasses
from html.parser import HTMLParser
from typing import get_args

import pytest

from rag.types import Answer, AnswerDocument, AnswerUnit, Citation, Notice, NoticeKind, Role
from rag.web.sources import (
    NO_SOURCE,
    NO_TURN,
    NOTICE_NAMES,
    Turn,
    answer_markdown,
    document_card,
    notice_card,
    panel_html,
    passage,
    plain_markdown,
    sources_html,
    unit_card,
)

QUOTE = "theo Quyết định số 320-QĐ/TU, ngày 13/6/2016\n\nvề quy chế đối thoại trực tiếp"
DECISION = AnswerDocument(
    number="320-QĐ/TU",
    type="Quyết định",
    title="về quy chế đối thoại trực tiếp",
    issuer="Ban Thường vụ Tỉnh ủy",
    date="2016-06-13",
    held=False,
    citations=(1,),
)
UNIT = AnswerUnit(name="Phòng Nội vụ", role="supervise", citations=(2,))
ANSWER = Answer(
    question="Văn bản nào quy định về đối thoại?",
    status="answered",
    reason=None,
    text="**Quyết định số 320-QĐ/TU** quy định việc này [1]. Phòng Nội vụ theo dõi [2].",
    documents=(DECISION,),
    units=(UNIT,),
    citations=(
        Citation(1, "documents/ke-hoach.txt", "Kế hoạch năm 2024", "Mục II.2, đoạn 4", QUOTE, 0, len(QUOTE)),
        Citation(2, "documents/ke-hoach.txt", "Kế hoạch năm 2024", "Mục III.2", "Giao Phòng Nội vụ", 90, 107),
    ),
    notices=(Notice("as_of", "Kế hoạch nói về tháng 02/2024.", (2,)),),
)
HOSTILE = '<img src=x onerror="alert(1)"> & <script>alert(2)</script> \' ${alert(3)} {{value}}'


class _Page(HTMLParser):
    """The elements and the text of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_every_role_and_every_kind_of_notice_has_a_name() -> None:
    assert all(unit_card(AnswerUnit("Phòng Nội vụ", role, (1,)), 1) for role in get_args(Role))
    assert set(NOTICE_NAMES) == set(get_args(NoticeKind))


def test_a_document_card_gives_number_type_issuer_date_title_and_whether_the_text_is_held() -> None:
    text = _Page(document_card(DECISION, 1)).text
    assert "Quyết định số 320-QĐ/TU" in text
    assert "Ban Thường vụ Tỉnh ủy · ngày 13/6/2016" in text
    assert "về quy chế đối thoại trực tiếp" in text
    assert "chưa có toàn văn trong kho" in text
    held = dataclasses.replace(DECISION, held=True)
    assert "chưa có" not in document_card(held, 1)
    assert "có toàn văn trong kho" in document_card(held, 1)


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
    assert _Page(document_card(law, 1)).text == f"{name}chưa có toàn văn trong kho [1]"


def test_a_unit_card_says_the_role_in_words() -> None:
    assert _Page(unit_card(UNIT, 1)).text == "Phòng Nội vụtheo dõi, đôn đốc [2]"


def test_a_passage_keeps_its_quote_code_point_for_code_point() -> None:
    shown = _Page(passage(ANSWER.citations[0], 1)).text
    assert shown.endswith(QUOTE)
    assert "Kế hoạch năm 2024" in shown
    assert "Mục II.2, đoạn 4" in shown


def test_a_marker_links_to_the_passage_of_its_own_turn() -> None:
    shown = answer_markdown(ANSWER, turn=3)
    assert 'href="#passage-3-1"' in shown
    assert 'href="#passage-3-2"' in shown
    assert 'id="passage-3-1"' in sources_html(ANSWER, turn=3)
    assert 'id="passage-3-2"' in sources_html(ANSWER, turn=3)


def test_a_bracketed_number_without_its_citation_is_not_a_link() -> None:
    shown = answer_markdown(dataclasses.replace(ANSWER, text="xem [7]"), turn=1)
    assert "<a" not in shown
    assert _Page(shown).text == "xem [7]"


def test_the_markdown_of_an_answer_stays_and_its_html_does_not() -> None:
    shown = answer_markdown(dataclasses.replace(ANSWER, text=f"**đậm** [1]\n\n- {HOSTILE}"), turn=1)
    assert shown.startswith("**đậm** <a ")
    assert _Page(shown).tags == ["a"]
    assert HOSTILE in _Page(shown).text


@pytest.mark.parametrize(
    "text",
    [
        "![ảnh](https://example.com/a.png)",  # would be fetched from another host
        "![ảnh][a]\n\n[a]: https://example.com/a.png",
        "[bấm vào đây](https://example.com)",
    ],
)
def test_an_image_or_a_link_in_an_answer_is_only_text(text: str) -> None:
    shown = answer_markdown(dataclasses.replace(ANSWER, text=text), turn=1)
    assert not any(mark in shown for mark in ("![", "](", "]:"))
    assert _Page(shown).text == text


def test_a_tag_escaped_for_markdown_is_shown_without_its_backslash() -> None:
    assert _Page(answer_markdown(dataclasses.replace(ANSWER, text=r"\<b>"), turn=1)).text == "<b>"


def test_what_a_person_types_is_shown_as_typed() -> None:
    shown = plain_markdown(f"# 1. *Số* 320_QĐ\n{HOSTILE}")
    assert _Page(shown).tags == ["br"]
    assert _Page(shown).text == f"# 1. *Số* 320_QĐ{HOSTILE}"
    assert not any(sign in shown for sign in "*_!$[](){}")


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
    page = _Page(panel_html((Turn(HOSTILE, answer), Turn(HOSTILE, answer))))
    assert not {"img", "script"} & set(page.tags)
    assert HOSTILE in page.text


def test_a_notice_keeps_its_markers_in_place_and_adds_those_it_does_not_mention() -> None:
    shown = notice_card(Notice("conflict", "Một nơi ghi 21/11 [1], nơi khác 29/11 [9].", (1, 2)), 1)
    assert _Page(shown).text == "Nguồn không thống nhất: Một nơi ghi 21/11 [1], nơi khác 29/11 [9]. [2]"
    assert _Page(shown).tags.count("a") == 2


def test_the_panel_opens_the_last_answer_and_folds_the_earlier_ones() -> None:
    shown = panel_html((Turn("Câu một?", ANSWER), Turn("Câu hai?", "Có lỗi."), Turn("Câu ba?", ANSWER)))
    latest, earlier = shown.split("<details>")
    assert "Câu ba?" in latest
    assert 'id="passage-3-1"' in latest
    assert "Câu một?" in earlier
    assert 'id="passage-1-1"' in earlier
    assert "Câu hai?" not in shown  # a question without an answer has no sources


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        ((), NO_TURN),
        ((Turn("Ai?", "Có lỗi."),), NO_TURN),
        ((Turn("Ai?", Answer("Ai?", "not_found", "no_evidence", "Không tìm thấy.")),), f"Ai?{NO_SOURCE}"),
    ],
)
def test_a_panel_without_sources_says_so(turns: tuple[Turn, ...], expected: str) -> None:
    assert _Page(panel_html(turns)).text == expected
