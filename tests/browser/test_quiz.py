"""Making quiz papers in a real browser: the tab of the trainer, and the page on which a test is taken."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from rag.answering.assistant import Assistant
from rag.config import Config
from rag.quiz.bank import Bank
from rag.quiz.formats import written
from rag.quiz.generate import generate
from rag.quiz.items import Item
from rag.quiz.material import Material
from rag.quiz.papers import make_test
from rag.quiz.wishes import Wish

from .conftest import Visit

pytestmark = [
    pytest.mark.browser,
    # Gradio sums up its own events with options that pandas has deprecated.
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]


@pytest.fixture
def bank(plan_config: Config) -> Bank:
    """The bank of the page, which all tests share."""
    return Bank.of(plan_config)


@pytest.fixture
def tab(visit: Visit) -> Page:
    visit.go_to("Soạn đề")
    expect(visit.page.get_by_role("button", name="Tạo câu hỏi")).to_be_visible()
    return visit.page


def made(page: Page, count: int, document: str = "", seed: int = 1) -> None:
    page.get_by_label("Số câu").fill(str(count))
    page.get_by_label("Văn bản", exact=True).and_(page.locator("textarea, input")).fill(document)
    page.get_by_label("Hạt giống").fill(str(seed))
    page.get_by_role("button", name="Tạo câu hỏi").click()
    expect(page.locator(".quiz-item")).to_have_count(count, timeout=20_000)


def typed(page: Page, part: str) -> str:
    return page.locator(f"#quiz-{part} textarea").input_value()


def test_a_paper_is_made_edited_and_downloaded(tab: Page, bank: Bank) -> None:
    made(tab, 6, seed=11)
    first = tab.locator(".quiz-item").first
    expect(first.locator("summary")).to_contain_text("Nguồn: ")
    first.locator("summary").click()
    expect(first.locator("blockquote")).to_be_visible()
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
    assert edited in [one.item.stem for one in bank.entries(("accepted",))]


def test_an_edit_that_fails_a_check_is_refused_with_the_reason(tab: Page, bank: Bank) -> None:
    made(tab, 1, "18-CT/TU", seed=12)
    shown = tab.locator(".quiz-item").get_attribute("data-id") or ""
    entry = bank.entry(shown)
    other = "A" if entry.item.letters != "A" else "B"
    tab.locator("#quiz-key").get_by_role("radio", name=other).check()
    tab.get_by_role("button", name="Lưu sửa").click()
    expect(tab.locator("#quiz-note")).to_contain_text("chưa được sửa")
    assert bank.entry(shown).item == entry.item


def test_a_rejected_item_leaves_the_list_and_does_not_come_back(tab: Page, bank: Bank) -> None:
    made(tab, 3, seed=13)
    shown = tab.locator(".quiz-item").first.get_attribute("data-id") or ""
    tab.get_by_role("button", name="Loại", exact=True).click()
    expect(tab.locator(".quiz-item")).to_have_count(2)
    made(tab, 3, seed=13)
    names = [one.get_attribute("data-id") for one in tab.locator(".quiz-item").all()]
    assert shown not in names
    assert bank.entry(shown).state == "rejected"


def test_what_cannot_be_made_is_told(tab: Page) -> None:
    tab.get_by_label("Nội dung").fill("đóng tàu biển")
    tab.get_by_role("button", name="Tạo câu hỏi").click()
    expect(tab.locator("#quiz-note")).to_have_text("Không có câu nào thỏa các điều kiện đã chọn.")
    tab.get_by_role("button", name="Tạo tệp").click()
    expect(tab.locator("#quiz-note")).to_have_text("Không có câu hỏi nào để xuất.")


@pytest.fixture(scope="module")
def items(plan_assistant: Assistant) -> tuple[Item, ...]:
    return generate(Material(plan_assistant.holdings.knowledge), Wish(4, seed=2)).items


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
