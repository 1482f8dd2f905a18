"""HTML and Markdown of the page: everything from a document or a person is escaped here."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from rag.language.lexicon import page_words

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_MARKER = re.compile(r"\[(\d+)\]")


def word(name: str, /, **fields: object) -> str:
    """One of the page's own words, as plain text."""
    return page_words()[name].format(**fields)


def element(tag: str, name: str, text: str | None) -> str:
    """A text in an element of a class; nothing where there is no text.

    >>> element("p", "facts", "a < b"), element("p", "facts", None)
    ('<p class="facts">a &lt; b</p>', '')
    """
    return f'<{tag} class="{name}">{html.escape(text)}</{tag}>' if text else ""


def button(text: str, *, name: str, data: Mapping[str, str] | None = None, hint: str = "") -> str:
    """A button, also of a class of its own; `data` is what the page's script reads of it.

    >>> button("Mở", name="open", data={"document": "1-KH/HU"})
    '<button type="button" class="button open" data-document="1-KH/HU">Mở</button>'
    """
    told = "".join(f' data-{key}="{html.escape(value)}"' for key, value in (data or {}).items())
    title = f' title="{html.escape(hint)}"' if hint else ""
    return f'<button type="button" class="button {name}"{told}{title}>{html.escape(text)}</button>'


def group(heading: str, parts: Iterable[str], *, level: int = 3) -> str:
    """Parts under their heading; nothing where there are none."""
    body = "".join(parts)
    return f'<div class="group"><h{level}>{html.escape(heading)}</h{level}>{body}</div>' if body else ""


def anchor(citation: int, turn: int) -> str:
    """The id of a passage in the panel."""
    return f"passage-{turn}-{citation}"


def marker(citation: int, turn: int) -> str:
    """The numbered mark that opens a passage."""
    label = html.escape(word("open_passage", number=citation))
    return f'<a class="marker" href="#{anchor(citation, turn)}" aria-label="{label}">[{citation}]</a>'


def markers(citations: Iterable[int], turn: int) -> str:
    """The marks of some citations, side by side."""
    links = "".join(marker(citation, turn) for citation in citations)
    return f' <span class="markers">{links}</span>' if links else ""


def linked(text: str, turn: int, known: frozenset[int]) -> str:
    """A text as HTML, its marks of `known` citations as links, other bracketed numbers as text.

    >>> linked("<b> [7]", 1, frozenset())
    '&lt;b&gt; [7]'
    """
    parts = _MARKER.split(text)
    shown = [html.escape(parts[0])]
    for number, after in zip(parts[1::2], parts[2::2], strict=True):
        shown.append(marker(int(number), turn) if int(number) in known else f"[{number}]")
        shown.append(html.escape(after))
    return "".join(shown)


def named_markers(text: str) -> frozenset[int]:
    """The numbers of the marks in a text."""
    return frozenset(int(number) for number in _MARKER.findall(text))


def without_marks(text: str) -> str:
    """Markdown of an answer as plain text: without what makes letters bold, its numbered marks kept.

    >>> without_marks(r"**Có** \\<b> [1].")
    'Có <b> [1].'
    """
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text.replace("**", ""))


def markdown(text: str, turn: int, known: frozenset[int]) -> str:
    """The HTML of an answer's Markdown: bold, lists, paragraphs and marks; all else is text.

    >>> markdown("**Có** <b> ![x](http://a)", 1, frozenset())
    '<p><strong>Có</strong> &lt;b&gt; ![x](http://a)</p>\\n'
    """
    return str(_renderer().render(text, {"turn": turn, "known": known}))


@cache
def _renderer() -> MarkdownIt:
    from markdown_it import MarkdownIt

    renderer = MarkdownIt("zero", {"breaks": True}).enable(["list", "emphasis", "newline", "escape"])
    renderer.add_render_rule("text", _text)
    return renderer


def _text(_self: Any, tokens: Sequence[Any], index: int, _options: Any, env: Mapping[str, Any]) -> str:
    return linked(tokens[index].content, env["turn"], env["known"])
