"""Where the text of a web page is, without the menus, lists of links and forms around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_AROUND = frozenset(["nav", "aside", "form", "button", "select", "footer", "header", "menu", "dialog"])
_ROLES = frozenset(["navigation", "banner", "contentinfo", "search", "complementary", "menu", "dialog"])
_NO_TEXT = frozenset(["script", "style", "noscript", "template"])
_LETTERS = re.compile(r"\w")
_LINKED, _SHORT, _ENOUGH = 0.6, 400, 0.8


def main_content(root: HtmlElement) -> HtmlElement:
    """The innermost element that has nearly all of the page's text, links and what is around the text taken out.

    The page is changed.
    """
    body = root.find("body")
    if body is None:
        return root
    letters = _letters(body)
    for one in list(body.iter()):
        if one is not body and isinstance(one.tag, str) and one.getparent() is not None and _is_around(one, letters):
            one.drop_tree()
    weights = {one: _weight(one) for one in body.iter() if isinstance(one.tag, str)}
    whole = weights.get(body, 0)
    found = body
    while True:
        inner = max(found, key=lambda one: weights.get(one, 0), default=None)
        if (
            inner is None
            or weights.get(inner, 0) < _ENOUGH * whole
            or inner.tag in ("table", "tbody", "tr", "p", "pre")
        ):
            return found
        found = inner


def _is_around(element: HtmlElement, letters: int) -> bool:
    """Whether an element is a menu, a form, a banner or mostly links, in a page of so many letters."""
    if element.tag in _NO_TEXT or element.get("role") in _ROLES:
        return True
    if element.tag in ("header", "footer") and next(element.iterancestors("article", "main"), None) is not None:
        return False
    if element.tag in _AROUND:
        return _letters(element) < 0.5 * letters
    if element.tag not in ("div", "ul", "ol", "section", "table", "p", "td", "span", "dl"):
        return False
    whole = _letters(element)
    return 0 < whole < _SHORT * 10 and _linked(element) > _LINKED * whole


def _letters(element: HtmlElement) -> int:
    return len(_LETTERS.findall(element.text_content()))


def _linked(element: HtmlElement) -> int:
    links = [element] if element.tag == "a" else list(element.iter("a"))
    return sum(_letters(one) for one in links if one.get("href"))


def _weight(element: HtmlElement) -> int:
    return _letters(element) - _linked(element)
