"""Making quiz papers in a real browser: the tab of the trainer, and the page on which a test is taken."""

from __future__ import annotations

import io
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import gradio as gr
import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect, sync_playwright

from rag.config import PROJECT, Config
from rag.index.passages import build_passages
from rag.index.snapshot import Knowledge
from rag.law.catalogue import build_catalogue
from rag.law.checked import read_checked_facts
from rag.law.document import read_document
from rag.law.notices import source_notices
from rag.quiz.bank import Bank
from rag.quiz.formats import written
from rag.quiz.generate import generate
from rag.quiz.items import Item
from rag.quiz.material import Material
from rag.quiz.papers import make_test
from rag.quiz.wishes import Wish
from rag.reading.text import corpus_files, read_texts
from rag.web.quiz import build_quiz_tab

CHROMIUM = Path("/usr/bin/chromium")
OPTIONS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")

pytestmark = [
    pytest.mark.browser,
    # Gradio sums up its own events with options that pandas has deprecated.
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """What the law layer reads of the plan."""
    (text,) = read_texts(corpus_files((PROJECT / "corpus" / "documents",)))
    document, facts = read_document(text), read_checked_facts(Config().catalogue)
    return Knowledge(
        texts=(text,),
        identities={text.source: document.identity},
        provisions={text.source: document.provisions},
        references=document.references,
        documents=build_catalogue([document], document.references, facts),
        assignments=document.assignments,
        passages=tuple(build_passages(document, first_reference=0)),
        notices={text.source: source_notices(document, facts)},
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing(f"{CHROMIUM} is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield opened
        opened.close()


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return Bank(tmp_path / "quiz.sqlite")


@pytest.fixture
def tab(browser: Browser, knowledge: Knowledge, bank: Bank) -> Iterator[Page]:
    """The tab on a page of its own."""
    with gr.Blocks(analytics_enabled=False) as blocks:
        build_quiz_tab(knowledge, bank)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    blocks.launch(server_name="127.0.0.1", server_port=port, prevent_thread_lock=True, quiet=True, ssr_mode=False)
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="vi-VN", accept_downloads=True)
    page.goto(str(blocks.local_url))
    expect(page.get_by_role("button", name="Tạo câu hỏi")).to_be_visible(timeout=30_000)
    yield page
    page.close()
    blocks.close(verbose=False)


def made(page: Page, count: int, document: str = "") -> None:
    page.get_by_label("Số câu").fill(str(count))
    page.get_by_label("Văn bản").fill(document)
    page.get_by_role("button", name="Tạo câu hỏi").click()
    expect(page.locator(".quiz-item")).to_have_count(count, timeout=20_000)


def typed(page: Page, part: str) -> str:
    return page.locator(f"#quiz-{part} textarea").input_value()


def test_a_paper_is_made_edited_and_downloaded(tab: Page, bank: Bank) -> None:
    made(tab, 6)
    first = tab.locator(".quiz-item").first
    expect(first.locator("summary")).to_contain_text("Nguồn: ")
    first.locator("summary").click()
    quote = first.locator("blockquote")
    expect(quote).to_be_visible()
    edited = f"Đồng chí cho biết: {typed(tab, 'stem')}"
    tab.locator("#quiz-stem textarea").fill(edited)
    tab.get_by_role("button", name="Lưu sửa").click()
    expect(tab.locator("#quiz-note")).to_have_text("Đã lưu và kiểm tra lại câu 1.")
    expect(first).to_contain_text(edited)
    expect(first).to_contain_text("chờ duyệt, đã sửa")
    tab.get_by_role("button", name="Duyệt", exact=True).click()
    expect(tab.locator("#quiz-note")).to_have_text("Đã duyệt câu 1.")
    tab.get_by_role("button", name="Tạo tệp").click()
    expect(tab.locator("#quiz-note")).to_have_text("Đã tạo tệp de-thi.docx.")
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Tải về").or_(tab.get_by_role("link", name="Tải về")).first.click()
    assert download.value.suggested_filename == "de-thi.docx"
    texts = [paragraph.text for paragraph in Document(io.BytesIO(download.value.path().read_bytes())).paragraphs]
    assert f"Câu 1. {edited}" in texts
    assert [one.item.stem for one in bank.entries(("accepted",))] == [edited]


def test_an_edit_that_makes_a_second_answer_true_is_refused_with_the_reason(tab: Page, bank: Bank) -> None:
    made(tab, 1, "18-CT/TU")
    (entry,) = bank.entries()
    key = entry.item.letters
    tab.locator("#quiz-key").get_by_role("radio", name="A" if key != "A" else "B").check()
    tab.get_by_role("button", name="Lưu sửa").click()
    expect(tab.locator("#quiz-note")).to_contain_text("chưa được sửa")
    assert bank.entry(entry.item.id).item == entry.item


def test_a_rejected_item_leaves_the_list_and_does_not_come_back(tab: Page, bank: Bank) -> None:
    made(tab, 3)
    stem = typed(tab, "stem")
    tab.get_by_role("button", name="Loại", exact=True).click()
    expect(tab.locator(".quiz-item")).to_have_count(2)
    made(tab, 20)
    assert stem not in (tab.locator("#quiz-items").text_content() or "")
    assert len(bank.rejected_facts()) == 1


def test_what_cannot_be_made_is_told(tab: Page) -> None:
    tab.get_by_label("Nội dung").fill("đóng tàu biển")
    tab.get_by_role("button", name="Tạo câu hỏi").click()
    expect(tab.locator("#quiz-note")).to_have_text("Không có câu nào thỏa các điều kiện đã chọn.")
    tab.get_by_role("button", name="Tạo tệp").click()
    expect(tab.locator("#quiz-note")).to_have_text("Không có câu hỏi nào để xuất.")


@pytest.fixture(scope="module")
def items(knowledge: Knowledge) -> tuple[Item, ...]:
    return generate(Material(knowledge), Wish(4, seed=2)).items


def test_a_test_is_taken_on_its_page_and_scored(browser: Browser, items: tuple[Item, ...], tmp_path: Path) -> None:
    file = tmp_path / "de-thi.html"
    file.write_bytes(written(make_test(items, title="Thi thử"), "html"))
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(file.as_uri())
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.locator("#result")).to_have_text("Còn 4 câu chưa chọn.")
    for number, item in enumerate(items, 1):
        wrong = next(letter for letter in "ABCD" if letter not in item.letters)
        chosen = item.letters if number > 1 else wrong
        page.locator(f"input[name=q{number}][value={chosen}]").check()
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.locator("#result")).to_have_text("Đúng 3/4 câu")
    expect(page.locator(".told").first).to_contain_text("Chưa đúng")
    expect(page.locator(".told").first.locator("q")).to_have_text(" ".join(items[0].citation.quote.split()))
    page.get_by_role("button", name="Làm lại").click()
    expect(page.locator("#result")).to_have_text("")
    assert errors == []
    page.close()
