"""The page's HTML and Markdown."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from rag.web.markup import button, linked, markdown, word

HOSTILE = '<img src=x onerror="alert(1)"> & <script>alert(2)</script> \' ${alert(3)} {{value}}'


class _Read(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_markdown_keeps_bold_lists_and_marks() -> None:
    shown = markdown("**Chỉ thị** [1]:\n\n1. Một [2]\n\n2. Hai", 3, frozenset({1, 2}))
    assert _Read(shown).tags == ["p", "strong", "a", "ol", "li", "p", "a", "li", "p"]
    assert 'href="#passage-3-1"' in shown
    assert 'href="#passage-3-2"' in shown


@pytest.mark.parametrize(
    "text",
    [
        HOSTILE,
        "![ảnh](https://example.com/a.png)",  # would be fetched from another host
        "![ảnh][a]",
        "[a]: https://example.com/a.png",
        "[bấm vào đây](https://example.com)",
        "<https://example.com>",
        "# Điều 1",
        "> trích",
        "```mã```",
        "Bảng | a",
        "320_QĐ_TU",
    ],
)
def test_all_other_markup_is_text(text: str) -> None:
    read = _Read(markdown(text, 1, frozenset({1})))
    assert read.tags == ["p"]
    assert read.text.strip() == text


def test_a_bracketed_number_without_its_citation_is_no_link() -> None:
    assert linked("xem [7], [1]", 2, frozenset({1})).count("<a ") == 1


def test_what_a_button_carries_is_escaped() -> None:
    shown = button(HOSTILE, name="ask", data={"ask": HOSTILE}, hint=HOSTILE)
    assert _Read(shown).tags == ["button"]
    assert _Read(shown).text == HOSTILE


def test_a_word_is_filled_in() -> None:
    assert word("show_sources", count=3) == "Xem nguồn (3)"
