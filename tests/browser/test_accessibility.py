"""axe-core on every tab, light and dark, and what it can not see: the keyboard, and paper."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import Opener, Visit

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
QUESTION = "Văn bản nào kiện toàn Ban Chỉ đạo giải phóng mặt bằng huyện Cao Lộc, đơn vị nào thực hiện?"

pytestmark = [pytest.mark.browser, pytest.mark.integration]


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.is_file():
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("axe-core is not installed: npm install")
    return AXE.read_text(encoding="utf-8")


def violations(visit: Visit, axe: str) -> list[str]:
    """The serious and critical violations that axe finds in the page as it stands."""
    visit.page.evaluate(f"if (!window.axe) {{ {axe} }}")
    found = visit.page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{one['id']}: {one['help']}: {node['html'][:200]}: {node.get('failureSummary', '')[:300]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_tab_has_a_serious_violation(opener: Opener, axe: str, *, dark: bool, width: int) -> None:
    visit = opener(dark=dark, width=width)
    page = visit.page
    assert violations(visit, axe) == []
    visit.ask("Chỉ thị 18 do ai ban hành?")
    turn = visit.ask(QUESTION)
    expect(turn.locator(".follow-ups button").first).to_be_visible()
    turn.get_by_role("button", name="Sai", exact=True).click()
    page.locator("#history summary").click()
    assert violations(visit, axe) == []
    page.locator("#history summary").click()
    turn.locator("a.marker").first.click()
    assert violations(visit, axe) == []
    page.keyboard.press("Escape")
    visit.go_to("Văn bản")
    assert violations(visit, axe) == []
    page.get_by_role("button", name="Sơ đồ").click()
    expect(page.locator("#picture .scatterlayer").first).to_be_visible(timeout=30_000)
    page.locator(".picture-table summary").click()
    assert violations(visit, axe) == []
    page.get_by_role("button", name="Nhiệm vụ theo đơn vị").click()
    page.get_by_label("Đơn vị", exact=True).select_option("Phòng Nội vụ")
    expect(page.locator(".tasks table")).to_be_visible()
    assert violations(visit, axe) == []
    page.locator(".tasks button.open-document").nth(1).click()
    expect(page.locator("#document-page .whole")).to_be_visible()
    assert violations(visit, axe) == []
    visit.go_to("Kho văn bản")
    expect(page.locator("#store table").first).to_be_visible()
    assert violations(visit, axe) == []
    visit.go_to("Soạn đề")
    page.get_by_role("button", name="Tạo câu hỏi").click()
    expect(page.locator(".quiz-item").first).to_be_visible(timeout=20_000)
    assert violations(visit, axe) == []


def test_the_keyboard_alone_asks_opens_a_passage_and_goes_to_another_tab(visit: Visit) -> None:
    page = visit.page
    page.keyboard.type(QUESTION)  # the box has the focus from the start
    page.keyboard.press("Enter")
    expect(visit.turns).to_have_count(1)
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.className") == "marker":
            break
    page.keyboard.press("Enter")
    expect(page.locator("#panel .passage:focus")).to_have_count(1)
    page.locator("#hoi-dap-button").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("table.catalogue")).to_be_visible()


def test_on_paper_the_conversation_stands_with_all_its_sources_and_without_buttons(visit: Visit) -> None:
    visit.ask(QUESTION)
    visit.ask("Phòng Nội vụ có nhiệm vụ gì?")
    visit.page.emulate_media(media="print")
    expect(visit.page.locator("#passage-1-1")).to_be_visible()
    expect(visit.page.locator("#passage-2-1")).to_be_visible()
    for hidden in ("#ask", "#chat-bar", ".actions", ".follow-ups"):
        expect(visit.page.locator(hidden).first).to_be_hidden()
    for place in ("#messages", "#sources"):
        cut = visit.page.locator(place).evaluate("(one) => one.scrollHeight > one.clientHeight + 2")
        assert not cut
