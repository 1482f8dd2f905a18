"""What a cadre does with an answer: copy it, export it, keep it, send it on, judge it."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from playwright.sync_api import expect

from rag.answering.assistant import Assistant
from rag.config import Config
from rag.web.feedback import FeedbackStore

from .conftest import Opener, Visit

FIRST = "Quyết định số 593-QĐ/TU do ai ban hành?"
SECOND = "ban hành ngày nào?"
OTHER = "Phòng Nội vụ có nhiệm vụ gì?"

pytestmark = [pytest.mark.browser, pytest.mark.integration]


def clipboard(visit: Visit) -> str:
    return str(visit.page.evaluate("navigator.clipboard.readText()"))


def test_an_answer_is_copied_with_its_citations(visit: Visit, plan_assistant: Assistant) -> None:
    turn = visit.ask(FIRST)
    turn.get_by_role("button", name="Sao chép", exact=True).click()
    expect(turn.locator(".told")).to_have_text("Đã sao chép.")
    copied = clipboard(visit)
    assert "593-QĐ/TU" in copied
    assert "**" not in copied
    assert " ".join(plan_assistant.ask(FIRST).citations[0].quote.split()) in copied


def test_a_conversation_is_exported_to_word_with_its_sources(
    visit: Visit, plan_assistant: Assistant, tmp_path: Path
) -> None:
    visit.ask(FIRST)
    visit.ask(OTHER)
    with visit.page.expect_download() as started:
        visit.page.get_by_role("button", name="Xuất Word").click()
    assert started.value.suggested_filename == "hoi-dap.docx"
    path = tmp_path / "hoi-dap.docx"
    started.value.save_as(path)
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    for number, question in enumerate((FIRST, OTHER), 1):
        assert f"Câu hỏi {number}: {question}" in text
        for citation in plan_assistant.ask(question).citations:
            assert f"[{citation.id}] {citation.document}, {citation.locator}" in text
            assert " ".join(citation.quote.split()) in text


def test_a_reload_keeps_the_conversation(visit: Visit) -> None:
    visit.ask(FIRST)
    visit.ask(SECOND)
    visit.page.reload()
    expect(visit.turns).to_have_count(2, timeout=15_000)
    expect(visit.turns.last).to_contain_text("11/11/2021")
    expect(visit.ask("do ai ban hành?")).to_contain_text("Ban Thường vụ Tỉnh ủy")


def test_a_question_asked_before_the_page_has_looked_for_a_conversation_stays(opener: Opener) -> None:
    visit = opener(
        script="const frame = window.requestAnimationFrame; window.requestAnimationFrame = "
        "(done) => setTimeout(() => frame(done), 3000);"
    )
    visit.ask(FIRST)
    visit.page.wait_for_timeout(4_000)
    expect(visit.turns).to_have_count(1)
    visit.assert_quiet()


def test_conversations_are_kept_named_reopened_and_deleted(visit: Visit) -> None:
    page = visit.page
    visit.ask(FIRST)
    page.get_by_role("button", name="Trò chuyện mới").click()
    visit.ask(OTHER)
    page.locator("#history summary").click()
    kept = page.locator("#history .open-kept")
    expect(kept).to_have_text([OTHER, FIRST])
    page.get_by_role("button", name=f"Đổi tên: {FIRST}").click()
    page.get_by_label("Tên cuộc trò chuyện").fill("<b>Quy chế 593</b>")
    page.get_by_role("button", name="Lưu").click()
    expect(kept).to_have_text([OTHER, "<b>Quy chế 593</b>"])
    kept.last.click()
    expect(visit.turns.locator(".question")).to_have_text([FIRST])
    page.locator("#history summary").click()
    page.get_by_role("button", name=f"Xóa: {OTHER}").click()
    expect(kept).to_have_text(["<b>Quy chế 593</b>"])
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Xóa tất cả").click()
    expect(kept).to_have_count(0)
    expect(page.locator("#history .empty")).to_be_attached()
    expect(visit.turns).to_have_count(0)
    page.reload()
    expect(page.locator("#welcome")).to_be_visible()
    expect(visit.turns).to_have_count(0)


def test_another_window_starts_with_a_new_conversation_and_the_same_history(visit: Visit) -> None:
    visit.ask(FIRST)
    other = Visit(visit.page.context.new_page(), visit.address)
    other.open()
    expect(other.page.locator("#welcome")).to_be_visible()
    other.page.locator("#history summary").click()
    expect(other.page.locator("#history .open-kept")).to_have_text([FIRST])
    other.assert_quiet()


def test_a_damaged_history_is_no_history(visit: Visit) -> None:
    visit.page.evaluate("localStorage.setItem('hoidap.conversations', '[{\"id\": 1}, null, \"x\"]')")
    visit.page.reload()
    expect(visit.ask(FIRST)).to_contain_text("Ban Thường vụ Tỉnh ủy")


def test_a_link_reopens_a_question_with_what_went_before_it(visit: Visit, opener: Opener) -> None:
    visit.ask(FIRST)
    turn = visit.ask(SECOND)
    turn.get_by_role("button", name="Sao chép đường dẫn").click()
    expect(turn.locator(".told")).to_have_text("Đã sao chép.")
    link = clipboard(visit)
    assert "#" in link  # a server never sees what stands after it
    other = opener(suffix=link.removeprefix(visit.address))
    expect(other.turns).to_have_count(2, timeout=15_000)
    expect(other.turns.last).to_contain_text("11/11/2021")
    other.assert_quiet()


def test_feedback_is_stored_with_reason_and_note(visit: Visit, page_config: Config) -> None:
    store = FeedbackStore(page_config.data, days=1)
    before = len(store.entries())
    turn = visit.ask(FIRST)
    turn.get_by_role("button", name="Sai", exact=True).click()
    turn.get_by_label("Sai đơn vị hoặc vai trò").check()
    turn.get_by_label("Ghi chú").fill("Thiếu nơi nhận")
    turn.get_by_role("button", name="Gửi góp ý").click()
    expect(turn.locator(".told")).to_have_text("Đã ghi nhận góp ý. Xin cảm ơn.")
    other = visit.ask(OTHER)
    other.get_by_role("button", name="Đúng", exact=True).click()
    expect(other.locator(".told")).to_have_text("Đã ghi nhận góp ý. Xin cảm ơn.")
    wrong, right = store.entries()[before:]
    assert (wrong.verdict, wrong.reason, wrong.note, wrong.question) == ("wrong", "unit", "Thiếu nơi nhận", FIRST)
    assert (right.verdict, right.question, right.history) == ("right", OTHER, (FIRST,))
    assert wrong.snapshot
