"""The catalogue, the page of a document, the picture, the tasks of units and the state of the corpus."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from rag.answering.holdings import Library
from rag.config import Config
from rag.index.snapshot import Knowledge
from rag.types import Document, Span, Unread
from rag.web.catalogue import catalogue_html
from rag.web.corpus import Corpus
from rag.web.document import document_html, relation_lines
from rag.web.picture import picture, picture_table
from rag.web.store import said_time, store_html, unread_files
from rag.web.tasks import HEADS, tasks_html, tasks_of, tasks_xlsx, unit_names

HOSTILE = '<img src=x onerror="alert(1)"> & <script>alert(2)</script> \' ${alert(3)} {{value}}'


class _Read(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = self.marked = ""
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._inside = tag == "mark" or self._inside

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "mark"

    def handle_data(self, data: str) -> None:
        self.text += data
        self.marked += data if self._inside else ""


def entry(corpus: Corpus, number: str) -> Document:
    return next(one for one in corpus.documents if one.number == number)


def hostile_corpus() -> Corpus:
    """A catalogue of one document, every word of which is markup."""
    one = Document(HOSTILE, HOSTILE, HOSTILE, None, HOSTILE, HOSTILE, "2024-01-01", HOSTILE, ())
    return Corpus(Library(Knowledge((), {}, {}, (), (one,), (), ())))


def test_the_catalogue_has_a_row_a_document_with_what_it_is_filtered_by(corpus: Corpus) -> None:
    shown = catalogue_html(corpus)
    assert shown.count("<tr data-level") == len(corpus.documents) == 5
    row = next(part for part in shown.split("<tr") if "320-QĐ/TU" in part)
    assert 'data-level="tỉnh" data-type="Quyết định" data-issuer="Ban Thường vụ Tỉnh ủy" data-year="2016"' in row
    assert 'data-held="no" data-said="320-qd/tu quyet dinh ban thuong vu tinh uy ve doi thoai"' in row
    assert [part.rpartition(">")[2] for part in shown.split("</option>") if 'value="trung ương"' in part] == [
        "trung ương"
    ]


def test_dates_and_levels_are_sorted_by_what_they_mean(corpus: Corpus) -> None:
    shown = catalogue_html(corpus)
    assert 'data-by="2016-06-13">13/6/2016</td>' in shown
    assert 'data-by="0">trung ương</td>' in shown


def test_a_document_page_gives_facts_relations_mentions_and_tasks(corpus: Corpus) -> None:
    read = _Read(document_html(entry(corpus, "18-CT/TW"), corpus))
    assert "Chỉ thị số 18-CT/TW" in read.text
    assert "Được triển khai bởi: Kế hoạch số 115-KH/HU" in read.text
    assert "Những nơi dẫn văn bản này (2)" in read.text
    assert "Mục I.3 · trang 2" in read.text
    assert read.marked.startswith("Chỉ thị số 18-CT/TW")
    assert "Nhiệm vụ theo văn bản này (2)" in read.text
    assert "Các xãthực hiện" in read.text
    assert "Không nêu đơn vị" in read.text


def test_a_held_document_shows_its_text_with_a_range_highlighted(corpus: Corpus) -> None:
    held = entry(corpus, "12/KH-UBND")
    text = corpus.texts[held.source or ""]
    start = text.index("Giao Phòng Nội vụ")
    read = _Read(document_html(held, corpus, shown=Span(start, len(text) - 30), whole=True))
    assert text[start : len(text) - 30] in read.marked
    assert "script" not in read.tags
    assert "hr" in read.tags  # the page break
    assert "Xem toàn văn" in document_html(held, corpus)


@pytest.mark.parametrize("shown", [Span(0, 10**9), Span(5, 5)])
def test_a_range_outside_a_text_highlights_nothing(corpus: Corpus, shown: Span) -> None:
    page = document_html(entry(corpus, "12/KH-UBND"), corpus, shown=shown, whole=True)
    assert 'id="shown"' not in page


def test_markup_in_a_catalogue_is_text_everywhere() -> None:
    corpus = hostile_corpus()
    (one,) = corpus.documents
    store = store_html(corpus, read="", stale="", unread={HOSTILE: HOSTILE})
    for shown in (catalogue_html(corpus), document_html(one, corpus), picture_table(corpus), store):
        read = _Read(shown)
        assert not {"img", "script"} & set(read.tags)
        assert HOSTILE in read.text
    (_, marks) = picture(corpus)["data"]
    assert "<img" not in f"{marks['name']} {marks['text']}"  # Plotly reads some tags in its texts


def test_the_picture_places_levels_from_above_to_below_and_years_from_left_to_right(corpus: Corpus) -> None:
    figure = picture(corpus)
    places = {
        key: (x, y)
        for trace in figure["data"]
        for key, x, y in zip(trace.get("customdata", ()), trace["x"], trace["y"], strict=False)
    }
    assert len(places) == len(corpus.documents)
    assert places["320-QĐ/TU"][0] < places["18-CT/TU"][0] < places["18-CT/TW"][0]
    assert places["18-CT/TW"][1] > places["320-QĐ/TU"][1] > places["115-KH/HU"][1]
    lines = figure["data"][0]
    assert (lines["x"][:2], lines["y"][:2]) == (
        [places["115-KH/HU"][0], places["18-CT/TW"][0]],
        [places["115-KH/HU"][1], places["18-CT/TW"][1]],
    )
    looks = {(trace["marker"]["color"], trace["marker"]["symbol"][0][:6]) for trace in figure["data"][1:]}
    assert len(looks) == len({one.type for one in corpus.documents})


def test_the_picture_and_its_table_say_the_same(corpus: Corpus) -> None:
    read = _Read(picture_table(corpus))
    keys = {key for trace in picture(corpus)["data"] for key in trace.get("customdata", ())}
    assert all(key in read.text for key in keys)
    assert "Triển khai thực hiện: 18-CT/TW" in read.text


def test_relations_are_told_from_both_ends(corpus: Corpus) -> None:
    (out,) = relation_lines(entry(corpus, "115-KH/HU"), corpus)
    (back,) = relation_lines(entry(corpus, "18-CT/TW"), corpus)
    assert (out[0], back[0]) == ("Triển khai thực hiện", "Được triển khai bởi")


def test_units_are_listed_with_how_much_they_have_to_do(corpus: Corpus) -> None:
    assert unit_names(corpus) == [("Các xã", 2), ("Phòng Nội vụ", 2), ("Ban Dân vận Huyện ủy", 1)]


def test_the_tasks_of_a_unit_are_verbatim_with_role_place_and_cited_documents(corpus: Corpus) -> None:
    first, second = tasks_of(corpus, "phòng nội vụ")
    assert (first.role, second.role) == ("chủ trì", "theo dõi, đôn đốc")
    assert first.duty in " ".join(corpus.texts[first.document.source or ""].split())
    assert first.locator == "Mục I.2"
    assert [one.key for one in first.cited] == ["320-QĐ/TU"]
    read = _Read(tasks_html("Phòng Nội vụ", [first, second]))
    assert "Phòng Nội vụ: 2 nhiệm vụ" in read.text
    assert not {"img", "script"} & set(read.tags)


def test_the_tasks_open_in_excel_as_text(corpus: Corpus) -> None:
    tasks = tasks_of(corpus, "Phòng Nội vụ")
    sheet = openpyxl.load_workbook(io.BytesIO(tasks_xlsx("=1+1", tasks))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "=1+1: 2 nhiệm vụ"
    assert sheet["A1"].data_type == "s"
    assert len(rows[1]) == len(HEADS)
    assert [row[1] for row in rows[2:]] == [task.duty for task in tasks]
    assert rows[2][4] == "Quyết định số 320-QĐ/TU"


def test_the_store_tells_what_is_held_what_is_missing_and_what_failed(corpus: Corpus) -> None:
    shown = store_html(corpus, read="2024-03-05T01:02:03Z", stale="Cũ rồi.", unread={"documents/a.pdf": "Hỏng."})
    text = _Read(shown).text
    assert "Kho có 1 tệp với toàn văn, nhận biết 5 văn bản" in text
    assert "Cũ rồi." in text
    assert "Tệp chưa đọc được (1)" in text
    assert "Hỏng." in text
    assert "Được dẫn nhưng chưa có toàn văn (4)" in text
    missing = text[text.index("Được dẫn nhưng") :]
    assert missing.index("18-CT/TW") < missing.index("320-QĐ/TU")  # the most cited first


def test_files_that_the_snapshot_does_not_have_come_with_the_reason(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    for name in ("a.txt", "b.txt", "c.xyz", ".d.txt", "e.txt", "d.zip", "f.zip"):
        (folder / name).write_bytes(b"a")
    failed = (Unread("documents/b.txt", "không phải văn bản UTF-8"), Unread("documents/f.zip/a.doc", "có mật khẩu"))
    texts = {"documents/a.txt": "a", "documents/d.zip/a.txt": "a"}
    unread = unread_files(Config(corpus=(folder,), data=tmp_path / "data"), texts, failed)
    assert list(unread) == ["documents/b.txt", "documents/c.xyz", "documents/e.txt", "documents/f.zip/a.doc"]
    assert "UTF-8" in unread["documents/b.txt"]
    assert "hoidap ingest" in unread["documents/e.txt"]


def test_a_time_is_told_as_the_clock_of_this_machine_has_it() -> None:
    assert re.fullmatch(r"\d\d:02, 0[4-6]/03/2024", said_time("2024-03-05T01:02:03Z"))
    assert said_time("") == "không rõ"
