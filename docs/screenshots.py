"""Takes pictures of every tab, narrow and wide, light and dark: `make screenshots`.

All go into build/screenshots; those that the README shows are written into docs/ too.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from rag.answering.assistant import Assistant  # noqa: E402
from rag.config import Config  # noqa: E402
from rag.index.ingest import ingest  # noqa: E402
from rag.web.server import launch  # noqa: E402

FOLDER = PROJECT / "build" / "screenshots"
SHOWN = {
    "hoi-dap-1280-light": "chat.png",
    "so-do-1280-light": "picture.png",
    "nguon-360-light": "phone.png",
}
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
WIDTHS = (360, 1280)
QUESTION = "Văn bản nào kiện toàn Ban Chỉ đạo giải phóng mặt bằng huyện Cao Lộc, đơn vị nào thực hiện?"


def ask(page: Page, question: str) -> None:
    count = page.locator("#turns .turn:not(.pending)").count()
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    page.locator("#turns .turn:not(.pending)").nth(count).locator(".follow-ups button").first.wait_for()


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()


def chat(page: Page) -> None:
    ask(page, QUESTION)
    page.locator("#messages").evaluate("(one) => one.scrollTo(0, 0)")


def sources(page: Page) -> None:
    page.locator("a.marker").first.click()


def several(page: Page) -> None:
    page.keyboard.press("Escape")
    page.locator("#question textarea").fill("Chỉ thị 18 do ai ban hành?")
    page.keyboard.press("Enter")
    page.locator(".candidates").wait_for()


def judged(page: Page) -> None:
    page.locator(".turn").last.get_by_role("button", name="Sai", exact=True).click()
    page.locator("#history summary").click()


def catalogue(page: Page) -> None:
    tab(page, "Văn bản")


def picture(page: Page) -> None:
    page.get_by_role("button", name="Sơ đồ").click()
    page.locator("#picture .scatterlayer").wait_for(timeout=30_000)


def tasks(page: Page) -> None:
    page.get_by_role("button", name="Nhiệm vụ theo đơn vị").click()
    page.locator("select[name=unit]").select_option(index=1)
    page.locator(".tasks table").wait_for()


def document(page: Page) -> None:
    page.get_by_role("button", name="Danh mục").click()
    page.get_by_role("button", name="593-QĐ/TU").first.click()
    page.locator("#document-page h2").wait_for()


def store(page: Page) -> None:
    tab(page, "Kho văn bản")
    page.locator("#store table").first.wait_for()


VIEWS: dict[str, Callable[[Page], None]] = {
    "mo-dau": lambda page: None,
    "hoi-dap": chat,
    "nguon": sources,
    "chon-van-ban": several,
    "gop-y": judged,
    "danh-muc": catalogue,
    "so-do": picture,
    "nhiem-vu": tasks,
    "van-ban": document,
    "kho": store,
}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        config = Config(data=Path(data)).model_copy(update={"port": 0})
        ingest(config)
        served = launch(Assistant.open(config), config)
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        for width in WIDTHS:
            for scheme in ("light", "dark"):
                page = browser.new_page(
                    viewport={"width": width, "height": 800},
                    locale="vi-VN",
                    color_scheme=scheme,  # type: ignore[arg-type]
                )
                page.goto(served.url)
                page.locator("#welcome").wait_for()
                for name, show in VIEWS.items():
                    show(page)
                    page.wait_for_timeout(400)
                    path = FOLDER / f"{name}-{width}-{scheme}.png"
                    page.screenshot(path=path)
                    if path.stem in SHOWN:
                        shutil.copyfile(path, PROJECT / "docs" / SHOWN[path.stem])
                page.close()
        browser.close()
        served.close()


if __name__ == "__main__":
    main()
