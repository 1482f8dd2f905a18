"""Chromium, pages over the plan's real assistant, and what no page may do: ask another host, or fail."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect, sync_playwright

from rag.answering.assistant import Assistant
from rag.answering.holdings import Library
from rag.answering.query import Query
from rag.config import Config
from rag.types import Answer
from rag.web.server import Served, launch

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


class HeldBack:
    """The plan's assistant, whose answers wait while `free` is not set; `replies` stand in for some."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.replies: dict[str, Answer] = {}
        self.free = threading.Event()
        self.free.set()

    @property
    def examples(self) -> tuple[str, ...]:
        return self._assistant.examples

    @property
    def holdings(self) -> Library:
        return self._assistant.holdings

    def understand(self, question: str) -> Query:
        return self._assistant.understand(question)

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        self.asked.append((question, tuple(history)))
        self.free.wait(timeout=30)
        return self.replies.get(question) or self._assistant.ask(question, history)


@dataclass
class Visit:
    """An open page with the requests to other hosts and the errors seen since it was opened."""

    page: Page
    address: str
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, suffix: str = "") -> None:
        self.page.on("request", self._note)
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(self.address + suffix)
        expect(self.box).to_be_visible(timeout=30_000)

    @property
    def box(self) -> Locator:
        return self.page.get_by_label("Câu hỏi", exact=True).and_(self.page.locator("textarea"))

    @property
    def turns(self) -> Locator:
        return self.page.locator("#turns .turn:not(.pending)")

    @property
    def sources(self) -> Locator:
        """The sources of the turn that the panel shows."""
        return self.page.locator("#panel .turn-sources:visible")

    def ask(self, question: str) -> Locator:
        """The turn of the question, once it is answered."""
        count = self.turns.count()
        self.box.fill(question)
        self.box.press("Enter")
        expect(self.page.locator("#turns .turn")).to_have_count(count + 1)
        expect(self.turns).to_have_count(count + 1, timeout=30_000)
        return self.turns.last

    def go_to(self, tab: str) -> None:
        self.page.get_by_role("tab", name=tab, exact=True).click()

    def assert_quiet(self) -> None:
        assert self.foreign == []
        assert self.errors == []

    def _note(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.hostname != HOST:
            self.foreign.append(request.url)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_OPTIONS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def page_config(plan_config: Config) -> Config:
    """The plan's configuration with any free port."""
    return plan_config.model_copy(update={"port": 0})


@pytest.fixture(scope="session")
def served(plan_assistant: Assistant, page_config: Config) -> Iterator[Served]:
    """The page over the plan, one for all tests: it keeps nothing of a visitor."""
    one = launch(plan_assistant, page_config)
    yield one
    one.close()


@pytest.fixture
def held_back(plan_assistant: Assistant) -> HeldBack:
    return HeldBack(plan_assistant)


Opener = Callable[..., Visit]


@pytest.fixture
def opener(browser: Browser, served: Served) -> Iterator[Opener]:
    """Opens a page in a window of a width and a colour scheme, at an address other than the common one where given.

    `script` is run before those of the page.
    """
    contexts = []

    def open_page(
        *,
        width: int = 1280,
        dark: bool = False,
        address: str = "",
        suffix: str = "",
        height: int = 800,
        script: str = "",
    ) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="vi-VN",
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
            permissions=["clipboard-read", "clipboard-write"],
        )
        contexts.append(context)
        context.add_init_script(script)
        visit = Visit(context.new_page(), address or served.url)
        visit.open(suffix)
        return visit

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def visit(opener: Opener) -> Iterator[Visit]:
    """An open page that asks no other host for anything and has no error."""
    opened = opener()
    yield opened
    opened.assert_quiet()


@pytest.fixture
def slow_visit(opener: Opener, held_back: HeldBack, page_config: Config) -> Iterator[Visit]:
    """An open page over the assistant that can be held back."""
    own = launch(held_back, page_config)
    yield opener(address=own.url)
    held_back.free.set()
    own.close()
