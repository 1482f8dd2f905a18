"""The web chat in a real browser, over the real assistant."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import CDPSession, expect

from rag.answering.assistant import Assistant
from rag.config import Config
from rag.types import Answer, AnswerDocument, AnswerUnit, Citation
from rag.web.server import launch

from .conftest import HeldBack, Opener, Visit

QUESTION = "Văn bản nào kiện toàn Ban Chỉ đạo giải phóng mặt bằng huyện Cao Lộc, đơn vị nào thực hiện?"
AMBIGUOUS = "Chỉ thị 18 do ai ban hành?"
INJECTION = "<img src='https://example.com/a.png' onerror='document.title=1'><script>alert(1)</script> ${1+1} {{value}}"
ENGLISH = re.compile(r"\b(the|submit|clear|loading|settings|built|gradio|close|copy|undo|retry|send|textbox)\b", re.I)
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

pytestmark = [pytest.mark.browser, pytest.mark.integration]


def test_a_question_gets_number_unit_and_quote(visit: Visit, plan_assistant: Assistant) -> None:
    turn = visit.ask(QUESTION)
    expect(turn).to_contain_text("3642-QĐ/HU")
    expect(visit.sources.locator("h4", has_text="3642-QĐ/HU").first).to_be_visible()
    expect(visit.sources).to_contain_text("Ban Thường vụ Huyện ủy · ngày 03/12/2019 · Cấp huyện")
    expect(visit.sources).to_contain_text("chưa có toàn văn trong kho")
    expect(visit.sources.locator(".badge.role").first).to_have_text("thực hiện")
    quotes = visit.sources.locator("blockquote mark").all_text_contents()
    assert quotes == [citation.quote for citation in plan_assistant.ask(QUESTION).citations]
    expect(visit.box).to_have_value("")


def test_a_mark_opens_its_passage_highlighted_in_its_surroundings(visit: Visit, plan_assistant: Assistant) -> None:
    turn = visit.ask(QUESTION)
    mark = turn.locator("a.marker").first
    mark.focus()
    mark.press("Enter")  # the keyboard alone is enough
    passage = visit.page.locator("#passage-1-1")
    expect(passage).to_be_focused()
    expect(passage.locator("mark")).to_be_in_viewport()
    cited = plan_assistant.ask(QUESTION).citations[0]
    assert passage.locator("mark").text_content() == cited.quote
    shown = (passage.locator("blockquote").text_content() or "").strip("… ")
    assert len(shown) > len(cited.quote)
    assert shown in plan_assistant.stored_texts[cited.source]
    assert visit.page.url == visit.address


def test_a_mark_of_an_earlier_answer_shows_the_sources_of_that_answer(visit: Visit) -> None:
    visit.ask(QUESTION)
    visit.ask("Phòng Nội vụ có nhiệm vụ gì?")
    expect(visit.sources.locator(".asked")).to_have_text("Phòng Nội vụ có nhiệm vụ gì?")
    visit.turns.first.locator("a.marker").first.click()
    expect(visit.sources.locator(".asked")).to_have_text(QUESTION)
    expect(visit.page.locator("#passage-1-1")).to_be_focused()


def test_the_next_question_carries_on_and_a_new_conversation_does_not(visit: Visit) -> None:
    visit.ask("Quyết định số 593-QĐ/TU do ai ban hành?")
    expect(visit.ask("ban hành ngày nào?")).to_contain_text("11/11/2021")
    visit.page.get_by_role("button", name="Trò chuyện mới").click()
    expect(visit.turns).to_have_count(0)
    expect(visit.page.locator("#welcome")).to_be_visible()
    expect(visit.ask("ban hành ngày nào?")).not_to_contain_text("11/11/2021")


def test_a_follow_up_question_is_offered_and_answered(visit: Visit) -> None:
    turn = visit.ask("Quyết định số 593-QĐ/TU do ai ban hành?")
    offered = turn.locator(".follow-ups button")
    expect(offered.first).to_be_visible()
    assert offered.count() <= 3
    question = offered.first.text_content()
    offered.first.click()
    expect(visit.turns).to_have_count(2)
    expect(visit.turns.last.locator(".question")).to_have_text(str(question))
    expect(visit.turns.last.locator(".reply")).to_have_attribute("data-status", "answered")


def test_an_ambiguous_question_offers_its_candidates(visit: Visit) -> None:
    turn = visit.ask(AMBIGUOUS)
    expect(turn.locator(".candidates button")).to_have_text(["Chỉ thị số 18-CT/TU", "Chỉ thị số 18-CT/TW"])
    turn.get_by_role("button", name="Chỉ thị số 18-CT/TW").click()
    expect(visit.turns).to_have_count(2)
    expect(visit.turns.last).to_contain_text("Ban Bí thư Trung ương Đảng")
    expect(visit.turns.last.locator(".reply")).to_have_attribute("data-status", "answered")


def test_nothing_found_says_what_was_searched_and_what_to_try(visit: Visit) -> None:
    turn = visit.ask("Giá vàng hôm nay bao nhiêu?")
    expect(turn).to_contain_text("Không tìm thấy")
    expect(turn).to_contain_text("đã tìm trong 1 văn bản")
    expect(turn).to_contain_text("Xin hỏi về")
    expect(visit.sources).to_contain_text("không dẫn văn bản")


def test_an_example_is_asked_by_its_button_and_the_examples_leave(visit: Visit, plan_assistant: Assistant) -> None:
    example = plan_assistant.examples[1]
    visit.page.get_by_role("button", name=example).click()
    expect(visit.turns.last.locator(".reply")).to_have_attribute("data-status", "answered")
    expect(visit.page.locator("#welcome")).to_be_hidden()


def test_a_question_shows_at_once_and_its_answer_stays_out_of_a_new_conversation(
    slow_visit: Visit, held_back: HeldBack
) -> None:
    held_back.free.clear()
    slow_visit.box.fill("Câu một?")
    slow_visit.box.press("Enter")
    expect(slow_visit.page.locator(".pending")).to_contain_text("Đang tìm trong kho văn bản…", timeout=300)
    slow_visit.box.fill("Câu gõ dở")
    slow_visit.box.press("Enter")
    expect(slow_visit.box).to_have_value("Câu gõ dở")  # what is typed meanwhile stays
    slow_visit.page.get_by_role("button", name="Trò chuyện mới").click()
    expect(slow_visit.page.locator("#turns")).not_to_contain_text("Câu một?")
    held_back.free.set()
    slow_visit.ask("Câu hai?")
    expect(slow_visit.page.locator("#turns")).not_to_contain_text("Câu một?")
    assert held_back.asked[:2] == [("Câu một?", ()), ("Câu hai?", ())]


def test_enter_while_an_input_method_composes_does_not_send(visit: Visit) -> None:
    keyboard = visit.page.context.new_cdp_session(visit.page)
    visit.box.focus()
    keyboard.send("Input.imeSetComposition", {"text": "dân vận", "selectionStart": 7, "selectionEnd": 7})
    _press_enter(keyboard)
    visit.page.wait_for_timeout(500)
    expect(visit.page.locator("#turns .turn")).to_have_count(0)
    keyboard.send("Input.insertText", {"text": "dân vận"})
    _press_enter(keyboard)
    expect(visit.turns).to_have_count(1)
    expect(visit.turns.locator(".question")).to_have_text("dân vận")


def test_markup_in_a_quote_or_a_question_is_shown_as_text(slow_visit: Visit, held_back: HeldBack) -> None:
    question = f"{INJECTION} ![x](https://example.com/b.png)"
    held_back.replies[question] = Answer(
        question,
        "answered",
        None,
        f"**{INJECTION}** [1].",
        (AnswerDocument(INJECTION, INJECTION, INJECTION, INJECTION, "2016-06-13", False, (1,)),),
        (AnswerUnit(INJECTION, "supervise", (1,)),),
        (Citation(1, "documents/a.txt", INJECTION, INJECTION, INJECTION, 0, len(INJECTION)),),
    )
    turn = slow_visit.ask(question)
    expect(turn.locator(".question")).to_have_text(question)
    expect(turn.locator(".text strong")).to_have_text(INJECTION)
    expect(slow_visit.sources.locator("mark")).to_have_text(INJECTION)
    expect(slow_visit.page.locator("#panel img, #turns img, #panel script, #turns script")).to_have_count(0)
    assert slow_visit.page.title() == "Hỏi đáp Dân vận"
    slow_visit.assert_quiet()


def test_every_visible_word_is_vietnamese(visit: Visit) -> None:
    assert visit.page.title() == "Hỏi đáp Dân vận"
    assert visit.page.locator("html").get_attribute("lang") == "vi"
    visit.ask(QUESTION)
    for tab in visit.page.get_by_role("tab").all():
        tab.click()
        visit.page.wait_for_timeout(300)
        assert [label for label in visit.page.evaluate(VISIBLE_LABELS) if ENGLISH.search(label)] == []


def test_a_lost_server_is_told_in_vietnamese_and_the_question_can_be_asked_again(
    opener: Opener, held_back: HeldBack, page_config: Config
) -> None:
    own = launch(held_back, page_config)
    visit = opener(address=own.url)
    own.close()
    visit.box.fill(QUESTION)
    visit.box.press("Enter")
    expect(visit.page.locator("#turns .failed")).to_contain_text("Mất kết nối với máy chủ", timeout=15_000)
    visit.box.fill(QUESTION)
    visit.box.press("Enter")
    expect(visit.page.locator("#turns .question")).to_have_count(1)


@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
def test_no_width_scrolls_sideways(opener: Opener, width: int) -> None:
    visit = opener(width=width)
    visit.ask(QUESTION)
    for tab in visit.page.get_by_role("tab").all():
        tab.click()
        visit.page.wait_for_timeout(200)
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    visit.assert_quiet()


def test_on_a_phone_a_mark_opens_the_sources_over_the_page_and_escape_closes_them(opener: Opener) -> None:
    visit = opener(width=360)
    turn = visit.ask(QUESTION)
    expect(visit.page.locator("#panel")).to_be_hidden()
    turn.locator("a.marker").first.click()
    expect(visit.page.locator("#passage-1-1 mark")).to_be_in_viewport()
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator("#panel")).to_be_hidden()
    turn.get_by_role("button", name="Xem nguồn").click()
    visit.page.locator("#sources").get_by_role("button", name="Đóng").click()
    expect(visit.page.locator("#panel")).to_be_hidden()
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 360


def _press_enter(keyboard: CDPSession) -> None:
    """Enter as the browser gets it from the system, with the character event that follows."""
    key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}
    keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": "\r", **key})
    keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})
