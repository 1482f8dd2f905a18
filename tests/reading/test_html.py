"""Web pages: saved by Word, and of legal portals."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from rag.config import PROJECT
from rag.errors import ReadingError
from rag.language.normalize import syllables
from rag.reading.html import read_html

PLANS = sorted((PROJECT.parent / "shared" / "data" / "word").glob("kh-*.htm"))


def text_of(body: str, head: str = "") -> str:
    page = f'<html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    return read_html(page.encode(), "a.htm").text


def test_paragraphs_lists_and_breaks() -> None:
    body = "<p>Giao  Phòng\nNội vụ:</p><ol type='a'><li>Một;</li><li>Hai.</li></ol><div>Ba<br>bốn</div>"
    assert text_of(body).split("\n\n") == ["Giao Phòng Nội vụ:", "a. Một;", "b. Hai.", "Ba\nbốn"]


def test_what_is_not_shown_is_not_read() -> None:
    body = "<p>Một<span style='display:none'>ẩn</span></p><script>x</script><del>cũ</del><p hidden>ẩn</p><p>Hai</p>"
    assert text_of(body, "<title>Tên</title><style>p{}</style>").split("\n\n") == ["Một", "Hai"]


def test_footnotes_of_word_stand_where_they_are_called() -> None:
    body = (
        "<p>Theo Chỉ thị<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1'><sup>[1]</sup></a> của huyện.</p>"
        "<p>Sau.</p><div style='mso-element:footnote-list'><div style='mso-element:footnote' id='ftn1'>"
        "<p><a style='mso-footnote-id:ftn1' href='#_ftnref1'>[1]</a> Chú thích.</p></div></div>"
    )
    text = text_of(body)
    assert text.index("Theo Chỉ thị") < text.index("Chú thích.")
    assert text.count("Chú thích.") == 1
    assert text.split("\n\n")[-1] != "[1]"


def test_a_table_has_its_rows() -> None:
    body = "<table border=1><tr><td>TT<td>Việc<tr><td>1<td>Họp<br>dân<tr><td>2<td>Báo cáo</table><p>Hết.</p>"
    assert text_of(body).split("\n\n") == ["TT\tViệc\n1\tHọp dân\n2\tBáo cáo", "Hết."]


def test_what_is_around_the_text_of_a_portal_is_left_out() -> None:
    menu = "<nav><ul><li><a href=/>Trang chủ</a></li><li><a href=/vb>Văn bản</a></li></ul></nav>"
    law = "".join(f"<p>Điều {n}. Cán bộ, công chức thực hiện quy định số {n} của Luật này.</p>" for n in range(1, 30))
    foot = "<footer><p>Bản quyền thuộc về cổng thông tin</p></footer>"
    text = text_of(f"{menu}<div id='content'>{law}</div>{foot}")
    assert text.startswith("Điều 1. ")
    assert "Trang chủ" not in text
    assert "Bản quyền" not in text
    assert text.count("Điều ") == 29


def test_a_page_in_an_old_font_is_unicode() -> None:
    body = "<p style=\"font-family:'.VnTime'\">C«ng t¸c d©n vËn</p><p>Năm 2024</p>"
    assert text_of(body).split("\n\n") == ["Công tác dân vận", "Năm 2024"]


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"<html><script>x</script>"])
def test_a_page_without_words_is_refused(content: bytes) -> None:
    with pytest.raises(ReadingError, match="không có nội dung"):
        read_html(content, "a.htm")


@pytest.mark.skipif(not PLANS, reason="the pages are not here")
@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_real_pages_of_word_have_the_words_of_their_text_versions(path: Path) -> None:
    """The text version glues the last word of a table cell to the first of the next; nothing else may differ."""
    given = syllables(path.with_suffix(".txt").read_text(encoding="utf-8"))
    read = syllables(read_html(path.read_bytes(), path.name).text)
    matcher = difflib.SequenceMatcher(None, given, read, autojunk=False)
    differing = [
        (given[low:high], read[start:end])
        for kind, low, high, start, end in matcher.get_opcodes()
        if kind != "equal" and "".join(given[low:high]) != "".join(read[start:end])
    ]
    assert differing == []


def test_a_page_deeper_than_the_parser_goes_is_read_or_refused_but_never_cut() -> None:
    def nested(depth: int) -> bytes:
        return f"<body><p>Một</p>{'<div>' * depth}<p>Hai</p>{'</div>' * depth}<p>Ba</p></body>".encode()

    assert read_html(nested(300), "a.html").text == "Một\n\nHai\n\nBa"
    with pytest.raises(ReadingError, match="quá sâu"):
        read_html(nested(5_000), "a.html")
