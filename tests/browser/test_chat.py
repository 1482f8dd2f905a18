"""The web chat in a real browser: with a fake assistant, then with the real one."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import gradio as gr
import pytest
from playwright.sync_api import Browser, CDPSession, Locator, Page, Request, expect, sync_playwright

from rag.config import read_config
from rag.types import Answer, AnswerDocument, AnswerUnit, Citation, Notice
from rag.web.chat import Assistant, launch

CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HOST = "127.0.0.1"
QUESTION = "Văn bản nào quy định về đối thoại trực tiếp với Nhân dân, đơn vị nào thực hiện?"
INJECTION = "<img src='https://example.com/a.png' onerror='document.title=1'><script>alert(1)</script>"
QUOTE = f"theo Quyết định số 320-QĐ/TU\n\nvề quy chế đối thoại trực tiếp {INJECTION} ${{1+1}} {{{{value}}}}"
LABELS = {
    "Hỏi đáp Dân vận",
    "Trò chuyện mới",
    "Cuộc trò chuyện",
    "Hỏi văn bản nào quy định, đơn vị nào chịu trách nhiệm. Câu trả lời kèm đoạn trích nguyên văn để đối chiếu.",
    "Câu hỏi mẫu",
    "Câu hỏi",
    "Nhập câu hỏi",
    "Gửi",
    "Nguồn",
    "Văn bản, đơn vị và đoạn trích nguyên văn hiện ở đây khi có câu trả lời.",
}
LABELS_OF_AN_ANSWER = {
    "Câu trả lời",
    "Lưu ý",
    "Thời điểm:",
    "Văn bản",
    "chưa có toàn văn trong kho",
    "Đơn vị",
    "theo dõi, đôn đốc",
    "Đoạn trích nguyên văn",
    "Xem đoạn trích 1",
    "[1]",
    "Các câu hỏi trước",
}
VISIBLE_LABELS = """() => {
  const labels = new Set();
  const add = (text) => text && text.trim() && labels.add(text.trim());
  for (const element of document.querySelectorAll("body *")) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) add(node.data);
    for (const name of ["aria-label", "title", "placeholder", "alt"]) add(element.getAttribute(name));
  }
  return [...labels];
}"""

pytestmark = [
    pytest.mark.browser,
    # Gradio sums up its own events with options that pandas has deprecated.
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]


class _FakeAssistant:
    """One fixed answer; remembers what it was asked."""

    examples = ("Ai theo dõi việc thực hiện?", QUESTION, "Ai báo cáo?")

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.free = threading.Event()
        self.free.set()

    def ask(self, question: str, history: tuple[str, ...] = ()) -> Answer:
        self.asked.append((question, history))
        self.free.wait(timeout=30)
        return Answer(
            question=question,
            status="answered",
            reason=None,
            text="**Quyết định số 320-QĐ/TU** quy định việc này [1].",
            documents=(
                AnswerDocument("320-QĐ/TU", "Quyết định", None, "Ban Thường vụ Tỉnh ủy", "2016-06-13", False, (1,)),
            ),
            units=(AnswerUnit("Phòng Nội vụ", "supervise", (1,)),),
            citations=(Citation(1, "documents/a.txt", "Kế hoạch năm 2024", "Mục II.2", QUOTE, 0, len(QUOTE)),),
            notices=(Notice("as_of", "Kế hoạch nói về tháng 02/2024.", ()),),
        )


@dataclass
class _Visit:
    """An open page with the requests to other hosts and the errors seen since it was opened."""

    page: Page
    address: str
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self) -> None:
        self.page.on("request", self._note)
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(self.address)
        expect(self.box).to_be_visible(timeout=30_000)

    @property
    def box(self) -> Locator:
        return self.page.get_by_label("Câu hỏi", exact=True).and_(self.page.locator("textarea"))

    def ask(self, question: str) -> None:
        self.box.fill(question)
        self.box.press("Enter")

    def assert_quiet(self) -> None:
        assert self.foreign == []
        assert self.errors == []

    def _note(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.hostname != HOST:
            self.foreign.append(request.url)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing(f"{CHROMIUM} is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        yield opened
        opened.close()


@pytest.fixture
def assistant() -> _FakeAssistant:
    return _FakeAssistant()


@pytest.fixture
def visit(browser: Browser, assistant: _FakeAssistant) -> Iterator[_Visit]:
    chat = _launched(assistant)
    yield from _visits(browser, chat)


@pytest.fixture(scope="module")
def real_chat(tmp_path_factory: pytest.TempPathFactory) -> gr.Blocks:
    from rag.answering import assistant
    from rag.index.ingest import ingest

    config = read_config({"HOIDAP_DATA": str(tmp_path_factory.mktemp("data"))})
    ingest(config)
    return _launched(assistant.Assistant.open(config))


def _launched(assistant: Assistant) -> gr.Blocks:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    return launch(assistant, host=HOST, port=port)


def _visits(browser: Browser, chat: gr.Blocks, width: int = 1280) -> Iterator[_Visit]:
    page = browser.new_page(viewport={"width": width, "height": 800}, locale="vi-VN")
    opened = _Visit(page, str(chat.local_url))
    opened.open()
    yield opened
    page.close()
    chat.close(verbose=False)


def test_a_typed_question_gets_its_answer_with_card_and_quote(visit: _Visit, assistant: _FakeAssistant) -> None:
    visit.ask(QUESTION)
    expect(visit.page.locator("#messages")).to_contain_text("Quyết định số 320-QĐ/TU quy định việc này [1].")
    panel = visit.page.locator("#panel")
    expect(panel.locator("h4").first).to_have_text("Quyết định số 320-QĐ/TU")
    expect(panel).to_contain_text("Ban Thường vụ Tỉnh ủy · ngày 13/6/2016")
    expect(panel).to_contain_text("chưa có toàn văn trong kho")
    expect(panel).to_contain_text("theo dõi, đôn đốc")
    assert panel.locator("blockquote").text_content() == QUOTE
    expect(visit.box).to_have_value("")
    assert assistant.asked == [(QUESTION, ())]
    visit.assert_quiet()


def test_an_example_is_asked_by_its_button_and_the_examples_leave(visit: _Visit, assistant: _FakeAssistant) -> None:
    visit.page.get_by_role("button", name=assistant.examples[0]).click()
    expect(visit.page.locator("#panel blockquote")).to_be_visible()
    expect(visit.page.locator("#examples")).to_be_hidden()
    assert assistant.asked == [(assistant.examples[0], ())]


def test_a_second_question_carries_the_first_and_a_new_conversation_does_not(
    visit: _Visit, assistant: _FakeAssistant
) -> None:
    visit.ask("Câu một?")
    expect(visit.page.locator("#panel .asked")).to_have_text("Câu một?")
    visit.ask("Câu hai?")
    expect(visit.page.locator("#panel .asked")).to_have_text("Câu hai?")
    visit.page.get_by_role("button", name="Trò chuyện mới").click()
    expect(visit.page.locator("#panel .asked")).to_have_count(0)
    expect(visit.page.locator("#examples")).to_be_visible()
    visit.ask("Câu ba?")
    expect(visit.page.locator("#panel .asked")).to_have_text("Câu ba?")
    assert assistant.asked == [("Câu một?", ()), ("Câu hai?", ("Câu một?",)), ("Câu ba?", ())]


def test_a_question_shows_at_once_and_its_answer_stays_out_of_a_new_conversation(
    visit: _Visit, assistant: _FakeAssistant
) -> None:
    assistant.free.clear()
    visit.ask("Câu một?")
    expect(visit.page.locator("#messages")).to_contain_text("Đang tìm trong kho văn bản…")
    visit.box.fill("Câu gõ dở")
    visit.page.get_by_role("button", name="Trò chuyện mới").click()
    expect(visit.page.locator("#messages")).not_to_contain_text("Câu một?")
    assistant.free.set()
    visit.page.wait_for_timeout(1_000)
    expect(visit.page.locator("#messages")).not_to_contain_text("Câu một?")
    visit.ask("Câu hai?")
    expect(visit.page.locator("#panel .asked")).to_have_text("Câu hai?")
    expect(visit.page.locator("#messages")).not_to_contain_text("Câu một?")
    assert assistant.asked == [("Câu một?", ()), ("Câu hai?", ())]
    visit.assert_quiet()


def test_what_is_typed_while_an_answer_is_awaited_stays(visit: _Visit, assistant: _FakeAssistant) -> None:
    assistant.free.clear()
    visit.ask("Câu một?")
    expect(visit.page.locator("#messages")).to_contain_text("Đang tìm trong kho văn bản…")
    visit.box.fill("Câu gõ dở")
    assistant.free.set()
    expect(visit.page.locator("#panel .asked")).to_have_text("Câu một?")
    expect(visit.box).to_have_value("Câu gõ dở")


def test_a_marker_moves_to_its_passage_even_in_a_folded_answer(visit: _Visit) -> None:
    visit.ask("Câu một?")
    expect(visit.page.locator("#panel .asked")).to_have_text("Câu một?")
    visit.ask("Câu hai?")
    expect(visit.page.locator("#panel .asked")).to_have_text("Câu hai?")
    first = visit.page.locator("#messages a.marker").first
    first.focus()
    first.press("Enter")  # the keyboard alone is enough
    expect(visit.page.locator("#passage-1-1")).to_be_focused()
    expect(visit.page.locator("#passage-1-1")).to_be_in_viewport()
    assert visit.page.url == visit.address


def test_enter_while_an_input_method_composes_does_not_send(visit: _Visit, assistant: _FakeAssistant) -> None:
    keyboard = visit.page.context.new_cdp_session(visit.page)
    visit.box.focus()
    keyboard.send("Input.imeSetComposition", {"text": "dân vận", "selectionStart": 7, "selectionEnd": 7})
    _press_enter(keyboard)
    visit.page.wait_for_timeout(1_000)
    assert assistant.asked == []
    keyboard.send("Input.insertText", {"text": "dân vận"})
    _press_enter(keyboard)
    expect(visit.page.locator("#panel blockquote")).to_be_visible()
    assert assistant.asked == [("dân vận", ())]


def test_markup_in_a_quote_or_a_question_is_shown_as_text(visit: _Visit) -> None:
    visit.ask(f"{INJECTION} ![x](https://example.com/b.png)")
    expect(visit.page.locator("#panel blockquote")).to_contain_text(INJECTION)
    expect(visit.page.locator("#messages")).to_contain_text(f"{INJECTION} ![x](https://example.com/b.png)")
    expect(visit.page.locator("#panel img, #messages img, #panel script")).to_have_count(0)
    assert visit.page.title() == "Hỏi đáp Dân vận"
    visit.assert_quiet()


def test_every_visible_label_is_one_of_ours(visit: _Visit, assistant: _FakeAssistant) -> None:
    assert visit.page.title() == "Hỏi đáp Dân vận"
    assert visit.page.locator("html").get_attribute("lang") == "vi"
    assert set(visit.page.evaluate(VISIBLE_LABELS)) == LABELS | set(assistant.examples)
    visit.ask("Câu một?")
    expect(visit.page.locator("#panel .asked")).to_have_text("Câu một?")
    visit.ask("Câu hai?")
    expect(visit.page.locator("#panel .asked")).to_have_text("Câu hai?")
    contents = {
        "Câu một?",
        "Câu hai?",
        "Quyết định số 320-QĐ/TU",
        "quy định việc này",
        ".",
        "Ban Thường vụ Tỉnh ủy · ngày 13/6/2016",
        "Phòng Nội vụ",
        "Kế hoạch năm 2024",
        "Mục II.2",
        QUOTE,
        "Kế hoạch nói về tháng 02/2024.",
    }
    assert set(visit.page.evaluate(VISIBLE_LABELS)) - contents <= LABELS | LABELS_OF_AN_ANSWER


def test_a_lost_server_is_told_in_vietnamese(browser: Browser, assistant: _FakeAssistant) -> None:
    chat = _launched(assistant)
    for visit in _visits(browser, chat):
        chat.close(verbose=False)
        visit.ask("Câu một?")
        expect(visit.page.locator(".toast-wrap")).to_contain_text("Mất kết nối với máy chủ", timeout=15_000)
        assert "Error" not in visit.page.locator(".toast-wrap").inner_text()


@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
def test_no_width_scrolls_sideways(browser: Browser, assistant: _FakeAssistant, width: int) -> None:
    for visit in _visits(browser, _launched(assistant), width):
        visit.ask(QUESTION)
        expect(visit.page.locator("#panel blockquote")).to_be_visible()
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        beside = visit.page.evaluate(
            "document.getElementById('sources').getBoundingClientRect().left"
            " > document.getElementById('messages').getBoundingClientRect().left"
        )
        assert beside == (width > 900)


@pytest.mark.integration
@pytest.mark.slow
def test_the_real_assistant_answers_with_number_quote_and_the_unit_of_the_closing_section(
    browser: Browser, real_chat: gr.Blocks
) -> None:
    for visit in _visits(browser, real_chat):
        visit.ask(QUESTION)
        panel = visit.page.locator("#panel")
        expect(panel.locator("h4", has_text="320-QĐ/TU").first).to_be_visible(timeout=60_000)
        expect(visit.page.locator("#messages")).to_contain_text("320-QĐ/TU")
        expect(panel.locator("blockquote", has_text="quy chế đối thoại trực tiếp").first).to_be_visible()
        expect(panel).to_contain_text("Mục III.1")
        visit.assert_quiet()


def _press_enter(keyboard: CDPSession) -> None:
    """Enter as the browser gets it from the system, with the character event that follows."""
    key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}
    keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": "\r", **key})
    keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})
