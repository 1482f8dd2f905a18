"""Web pages (.html, .htm): those that Word saved, and those of legal portals without what is around the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rag.errors import ReadingError
from rag.reading import legacy
from rag.reading.draft import Draft, superscript
from rag.reading.numbering import numeral
from rag.reading.portals import main_content
from rag.reading.text import decode
from rag.types import StoredText

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_DECLARED = re.compile(r"<!DOCTYPE[^>\[]{0,500}\[[^\]]*\]\s*>", re.IGNORECASE)
_NOT_READ = frozenset((
    "head", "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "select", "option",
    "button", "textarea", "input", "xml", "title", "del", "audio", "video", "canvas", "map",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "ul",
))  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden", re.IGNORECASE)
_FONT = re.compile(r"font-family\s*:\s*[\"']?([^;,\"']+)", re.IGNORECASE)
_PART = re.compile(r"mso-element\s*:\s*([\w-]+)", re.IGNORECASE)
_CAPITALS = re.compile(r"text-transform\s*:\s*(\w+)", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_BORDER = re.compile(
    r"border(?:-\w+)?(?:-alt)?\s*:\s*(?!none|0|medium none|initial)[^;]*(?:solid|double|dashed|dotted)", re.I
)
_NO_BORDER = re.compile(r"border\s*:\s*(?:none|0|medium none)", re.IGNORECASE)
_CALL = re.compile(r"mso-(?:foot|end)note-id\s*:\s*(\w+)", re.IGNORECASE)
_STYLES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_WHITE = re.compile(r"[ \t\n\r\f]+")
_APART = ("footnote-list", "endnote-list", "comment-list", "header", "footer")
_PAIR, _FEW_CELLS, _FEW_ROWS = 2, 3, 3


def read_html(content: bytes, source: str) -> StoredText:
    """A web page.

    Raises: ReadingError.
    """
    root = _parsed(_decoded(content))
    is_word = next((True for one in root.iter("meta") if "Word" in (one.get("content") or "")), False)
    reader = _Reader(_notes(root))
    reader.read(root if is_word else main_content(root))
    return reader.finish(source)


def _decoded(content: bytes) -> str:
    declared = _CHARSET.search(content[:20_000])
    name = declared[1].decode("ascii").casefold() if declared else ""
    if name and not name.startswith("utf"):
        try:
            return content.decode(name, "replace")
        except LookupError:
            pass
    return decode(content)


def _parsed(text: str) -> HtmlElement:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = document_fromstring(_DECLARED.sub("", text, count=1).encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as error:
        raise ReadingError("không có nội dung") from error
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise ReadingError("các phần lồng nhau quá sâu")  # the parser leaves out what is deeper, and all after it
    return root


def _notes(root: HtmlElement) -> dict[str, HtmlElement]:
    """The notes of a page that Word saved, by their ids."""
    return {
        one.get("id") or "": one
        for one in root.iter("div")
        if (part := _PART.search(one.get("style") or "")) and part[1] in ("footnote", "endnote")
    }


@dataclass(frozen=True, slots=True)
class _Look:
    font: legacy.Encoding | None = None
    is_capitals: bool = False
    is_raised: bool = False
    is_exact: bool = False


class _Reader:
    """One pass over a page; `_line` is the paragraph that grows."""

    def __init__(self, notes: dict[str, HtmlElement]) -> None:
        self._draft = Draft()
        self._notes = notes
        self._line: list[tuple[legacy.Encoding | None, bool, list[str]]] = []
        self._called: list[str] = []
        self._row: list[str] | None = None

    def finish(self, source: str) -> StoredText:
        self._end()
        return self._draft.finish(source)

    def read(self, element: HtmlElement, look: _Look | None = None) -> None:
        """An element with all that is in it, and no text after it."""
        style = element.get("style") or ""
        part = _PART.search(style)
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _NOT_READ or not tag or _HIDDEN.search(style) or element.get("hidden") is not None:
            return
        if part and part[1] in _APART:
            return
        look = _inside(element, tag, style, look or _Look())
        if call := _CALL.search(style):
            self._call(call[1], element)
        elif tag == "br":
            self._add("\n", look)
        elif tag == "table":
            self._table(element, look)
        elif tag in _BLOCKS:
            self._end()
            if tag == "li":
                self._add(_marker(element), look)
            self._inner(element, look)
            self._end()
        else:
            self._inner(element, look)

    def _inner(self, element: HtmlElement, look: _Look) -> None:
        self._text(element.text, look)
        for one in element:
            self.read(one, look)
            self._text(one.tail, look)

    def _text(self, text: str | None, look: _Look) -> None:
        if text:
            shown = text if look.is_exact else _WHITE.sub(" ", text)
            if look.is_raised:
                shown = "".join(superscript(char) if char in "0123456789" else char for char in shown)
            self._add(shown, look)

    def _add(self, text: str, look: _Look) -> None:
        if not self._line or self._line[-1][:2] != (look.font, look.is_capitals):
            self._line.append((look.font, look.is_capitals, []))
        self._line[-1][2].append(text)

    def _taken(self) -> str:
        parts = []
        for font, is_capitals, pieces in self._line:
            text = "".join(pieces)
            text = legacy.convert(text, font) if font and legacy.is_bytes(text) else text
            parts.append(text.upper() if is_capitals else text)
        self._line = []
        return "".join(parts).strip(" \n")

    def _end(self) -> None:
        """The paragraph is over: it is set down, and the notes that it calls below it."""
        text = self._taken()
        if self._row is not None:
            self._row += [text] if text else []
            return
        if text:
            self._draft.paragraph(text)
        called, self._called = self._called, []
        for note in called:
            self._draft.paragraph(note)

    def _call(self, name: str, element: HtmlElement) -> None:
        """A call of a note, as its printed number; the note itself waits for the end of the paragraph."""
        note = self._notes.pop(name, None)
        if note is None:
            return
        printed = re.sub(r"\W", "", element.text_content())
        mark = superscript(printed) if printed.isdigit() else f"[{printed}]"
        self._add(mark, _Look())
        words = _WHITE.sub(" ", note.text_content().replace("\xa0", " ")).strip()
        words = re.sub(rf"^\[?{re.escape(printed)}\]?\s*", "", words)
        self._called.append(f"{mark} {words}")

    def _table(self, table: HtmlElement, look: _Look) -> None:
        rows = [list(_cells(row)) for row in _rows(table)]
        if self._row is not None or len(rows) == 1 or _is_layout(table, rows):
            for cell in (cell for row in rows for cell in row):
                self._end()
                self.read(cell, look)
                self._end()
            return
        self._end()
        self._draft.end_table()
        for row in rows:
            cells = []
            for cell in row:
                self._row = []
                self.read(cell, look)
                self._end()
                cells.append(" ".join(self._row))
            self._row = None
            self._draft.row(cells)
        self._draft.end_table()
        self._end()


def _inside(element: HtmlElement, tag: str, style: str, look: _Look) -> _Look:
    """How what is in an element looks."""
    if tag == "pre":
        look = replace(look, is_exact=True)
    if tag == "sup" or _RAISED.search(style):
        look = replace(look, is_raised=True)
    if case := _CAPITALS.search(style):
        look = replace(look, is_capitals=case[1].casefold() == "uppercase")
    face = _FONT.search(style)
    name = face[1] if face else element.get("face") if tag == "font" else None
    return replace(look, font=legacy.of_font(name)) if name else look


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    for one in table:
        if one.tag == "tr":
            yield one
        elif one.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(one)


def _cells(row: HtmlElement) -> Iterator[HtmlElement]:
    return (one for one in row if one.tag in ("td", "th"))


def _is_layout(table: HtmlElement, rows: list[list[HtmlElement]]) -> bool:
    """Whether a table only sets texts side by side; it draws no lines and has few cells, some of several lines."""
    lined = (table.get("border") or "0") not in ("0", "")
    drawn = any(one.tag == "th" or _is_drawn(one.get("style") or "", lined=lined) for row in rows for one in row)
    if len(rows) <= _PAIR and all(len(row) <= _PAIR for row in rows):
        return True
    if drawn or any(len(row) > _FEW_CELLS for row in rows):
        return False
    lines = (sum(1 for inner in cell.iter("p", "div", "br", "table")) for row in rows for cell in row)
    return len(rows) <= _FEW_ROWS or max(lines, default=0) > 1


def _is_drawn(style: str, *, lined: bool) -> bool:
    """Whether a cell has a line around it, in a table that is `lined` where its cells do not say otherwise."""
    return bool(_BORDER.search(style)) or (lined and not _NO_BORDER.search(style))


def _marker(item: HtmlElement) -> str:
    """The number or bullet that a browser puts before an item of a list."""
    holder = item.getparent()
    if holder is None or holder.tag != "ol":
        return "- "
    number = int(start) if (start := holder.get("start") or "").isdigit() and len(start) < 6 else 1
    for one in holder:
        if one.tag == "li":
            number = int(own) if (own := one.get("value") or "").isdigit() and len(own) < 6 else number
            if one is item:
                break
            number += 1
    return f"{numeral(number, _STYLES.get(holder.get('type') or '', 'decimal'))}. "
