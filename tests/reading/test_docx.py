"""Word documents as they print."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from rag.config import PROJECT
from rag.errors import ReadingError
from rag.reading.docx import read_docx

DECREE = PROJECT.parent / "shared" / "data" / "word" / "nghi-dinh_30-2020-ND-CP.docx"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Điều %1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%4-"/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
FOOTNOTES = f"""<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:t>Chú thích một.</w:t></w:r></w:p></w:footnote></w:footnotes>"""


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inner: str, level: int | None = None) -> str:
    listed = "" if level is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    return f"<w:p><w:pPr>{listed}</w:pPr>{inner}</w:p>"


def word(body: str, **parts: str) -> bytes:
    """A Word document of a body and other parts of its `word` folder."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in {"numbering": NUMBERING, "footnotes": FOOTNOTES, **parts}.items():
            package.writestr(f"word/{name}.xml", content)
    return file.getvalue()


def text_of(body: str, **parts: str) -> str:
    return read_docx(word(body, **parts), "a.docx").text


def test_numbers_that_word_makes_are_printed_and_begin_anew_under_each_parent() -> None:
    levels = [
        (0, "Phạm vi"),
        (1, "Một"),
        (2, "a"),
        (2, "b"),
        (1, "Hai"),
        (2, "c"),
        (0, "Đối tượng"),
        (1, "Ba"),
        (3, "x"),
    ]
    text = text_of("".join(paragraph(run(said), level) for level, said in levels))
    assert text.split("\n\n") == [
        "Điều 1. Phạm vi", "1. Một", "a) a", "b) b", "2. Hai", "a) c", "Điều 2. Đối tượng", "1. Ba", "I- x",
    ]  # fmt: skip


def test_a_footnote_stands_below_the_paragraph_that_calls_it() -> None:
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    text = text_of(paragraph(run("Theo Chỉ thị") + call + run(" của huyện.")) + paragraph(run("Sau.")))
    assert text.split("\n\n") == ["Theo Chỉ thị¹ của huyện.", "¹ Chú thích một.", "Sau."]


def test_tracked_changes_are_accepted_and_hidden_words_are_out() -> None:
    body = paragraph(
        run("Giao ")
        + f"<w:ins>{run('Phòng Nội vụ')}</w:ins>"
        + "<w:del><w:r><w:delText>Văn phòng</w:delText></w:r></w:del>"
        + run(" ẩn", "<w:vanish/>")
        + run(" chủ trì.")
    )
    assert text_of(body) == "Giao Phòng Nội vụ chủ trì."


def test_a_deleted_end_joins_two_paragraphs() -> None:
    first = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('Giao Phòng ')}</w:p>"
    assert text_of(first + paragraph(run("Nội vụ."))) == "Giao Phòng Nội vụ."


def test_rows_of_a_table_stand_line_below_line() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{paragraph(run(cell))}</w:tc>" for cell in cells) + "</w:tr>"

    borders = '<w:tblPr><w:tblBorders><w:insideH w:val="single"/><w:top w:val="single"/></w:tblBorders></w:tblPr>'
    table = f"<w:tbl>{borders}{row('TT', 'Việc', 'Đơn vị')}{row('1', 'Họp', 'Phòng Nội vụ')}{row('2', '', '')}</w:tbl>"
    assert text_of(table + paragraph(run("Hết."))).split("\n\n") == [
        "TT\tViệc\tĐơn vị\n1\tHọp\tPhòng Nội vụ\n2",
        "Hết.",
    ]


def test_letters_of_old_fonts_are_unicode() -> None:
    vn = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    assert text_of(paragraph(run("C«ng t¸c d©n vËn", vn) + run(" năm 2024"))) == "Công tác dân vận năm 2024"


def test_pages_are_those_that_word_noted() -> None:
    page = "<w:r><w:lastRenderedPageBreak/></w:r>"
    stored = read_docx(word(paragraph(run("Một")) + paragraph(page + run("Hai ") + page + run("ba"))), "a.docx")
    assert [(one.number, stored.text[one.start :].split()[0]) for one in stored.pages] == [
        (1, "Một"), (2, "Hai"), (3, "ba"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "reason"),
    [("", "không có nội dung"), (paragraph(""), "không có nội dung"), ("<w:p>", "XML|hỏng")],
)
def test_a_document_without_words_is_refused(body: str, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        text_of(body)


@pytest.mark.parametrize(
    "entity",
    ['<!ENTITY x SYSTEM "file:///etc/passwd">', '<!ENTITY a "aaaaaaaaaa"><!ENTITY x "&a;&a;&a;&a;&a;&a;&a;&a;&a;">'],
)
def test_entities_are_not_followed(entity: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        body = (
            f"<!DOCTYPE w:document [{entity}]><w:document {W}><w:body>{paragraph(run('A &x;'))}</w:body></w:document>"
        )
        package.writestr("word/document.xml", body)
    try:
        text = read_docx(file.getvalue(), "a.docx").text
    except ReadingError:
        return
    assert "root" not in text
    assert "aaaa" not in text


@pytest.mark.skipif(not DECREE.is_file(), reason="the decree is not here")
def test_the_decree_on_clerical_work_is_read_whole() -> None:
    stored = read_docx(DECREE.read_bytes(), "a.docx")
    assert [int(found) for found in re.findall(r"(?m)^Điều (\d+)\. ", stored.text)] == list(range(1, 39))
    assert len(stored.pages) == 20
    clauses = stored.text.split("Điều 8. Thể thức văn bản")[1].split("Điều 9.")[0]
    labels = re.findall(r"(?m)^(\d|[a-zđ])[.)] ", clauses)
    assert "".join(labels) == "12abcdđeghi3abcd4"  # automatic numbers, which the file has nowhere
