"""The page to take a test on, without a browser; `tests/browser` takes one."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.quiz.formats import written
from rag.quiz.items import Item
from rag.quiz.papers import make_test


def page_of(*items: Item, title: str = "Thi thử") -> str:
    return written(make_test(items, title=title), "html").decode()


def test_each_item_stands_with_its_options(items: tuple[Item, ...]) -> None:
    page = page_of(*items)
    assert page.count("<fieldset ") == len(items)
    assert page.count('type="radio"') == sum(len(item.options) for item in items)
    assert re.findall(r'data-key="(\w)"', page) == [item.letters for item in items]


def test_the_page_asks_no_other_host(items: tuple[Item, ...]) -> None:
    page = page_of(*items)
    assert "http://" not in page
    assert "https://" not in page
    assert "default-src 'none'" in page


def test_texts_cannot_break_out(items: tuple[Item, ...]) -> None:
    bad = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
    page = page_of(replace(items[0], stem=bad, options=(bad, "b"), correct=(1,), explanation=bad), title=bad)
    assert page.count("<script>") == 1
    assert "<img" not in page
