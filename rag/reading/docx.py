"""Word documents (.docx) as they print: numbers and footnotes that Word makes, tracked changes accepted.

Headers and footers are no part of the text. Pages are those that Word noted when it last saved the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from rag.errors import ReadingError
from rag.reading import legacy
from rag.reading.docx_styles import Lists, RunLook, Styles, W, has_borders, number, value
from rag.reading.draft import PAGE, Draft, superscript
from rag.reading.numbering import Counters
from rag.reading.packages import Package, parse_xml
from rag.types import StoredText

if TYPE_CHECKING:
    from lxml.etree import _Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_NOT_READ = frozenset(
    W + name for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sectPr", "tblPr", "proofErr")
)
_SIGNS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_DASH, _BULLET = "\uf02d", "•"
_PAIR, _FEW_CELLS = 2, 3


def read_docx(content: bytes, source: str) -> StoredText:
    """A Word document.

    Raises: ReadingError.
    """
    package = Package(content)
    main = _main_part(package)
    root = parse_xml(package.read(main))
    body = root.find(W + "body")
    if body is None:
        raise ReadingError("không có phần nội dung của Word")
    reader = _Reader(package, str(PurePosixPath(main).parent))
    reader.blocks(body)
    return reader.draft.finish(source, first_page=1 if reader.has_pages(package, root) else None)


def _main_part(package: Package) -> str:
    if "_rels/.rels" in package.names():
        for relation in parse_xml(package.read("_rels/.rels")).iter(_RELATION):
            if (relation.get("Type") or "").endswith("/officeDocument"):
                return (relation.get("Target") or "").lstrip("/")
    return "word/document.xml"


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that grows: pieces of text that are of one encoding and case, and the notes that they call."""

    pieces: list[tuple[legacy.Encoding | None, bool, list[str]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)

    def add(self, text: str, look: RunLook) -> None:
        shown = (
            "".join(superscript(char) if char in "0123456789" else char for char in text) if look.is_raised else text
        )
        kind = legacy.of_font(look.font) if look.font else None
        if not self.pieces or self.pieces[-1][:2] != (kind, look.is_capitals):
            self.pieces.append((kind, look.is_capitals, []))
        self.pieces[-1][2].append(shown)

    def text(self) -> str:
        parts = []
        for kind, is_capitals, pieces in self.pieces:
            text = "".join(pieces)
            if kind and legacy.is_bytes(text):
                text = legacy.convert(text, kind)
            parts.append(text.upper() if is_capitals else text)
        return "".join(parts)


class _Reader:
    """One pass over a document, from its beginning to its end."""

    def __init__(self, package: Package, folder: str) -> None:
        def part(name: str) -> _Element | None:
            path = f"{folder}/{name}.xml".removeprefix("./")
            return parse_xml(package.read(path)) if path in package.names() else None

        self.draft = Draft()
        self._styles, self._lists = Styles(part("styles")), Lists(part("numbering"))
        self._counters = Counters(self._lists.lists)
        self._notes = {kind: _by_id(part(f"{kind}s"), kind) for kind in ("footnote", "endnote")}
        self._called: dict[tuple[str, str], int] = {}
        self._open: _Paragraph | None = None
        self._breaks = 0
        self._is_fresh = True

    def has_pages(self, package: Package, root: _Element) -> bool:
        """Whether Word noted the pages: as many breaks as it counted pages, or breaks and no count."""
        if next(root.iter(W + "lastRenderedPageBreak"), None) is None:
            return False
        if "docProps/app.xml" not in package.names():
            return True
        counted = next(
            (one.text for one in parse_xml(package.read("docProps/app.xml")) if one.tag.endswith("}Pages")), ""
        )
        return not (counted or "").isdigit() or abs(int(counted or 0) - self._breaks - 1) <= 1

    def blocks(self, holder: _Element) -> None:
        """The paragraphs and tables of a body, a cell or a text box."""
        for one in holder:
            if one.tag == W + "p":
                self._paragraph(one)
            elif one.tag == W + "tbl":
                self._table(one)
            elif one.tag in (W + "sdt", W + "ins", W + "moveTo", W + "customXml", W + "sdtContent", W + "smartTag"):
                self.blocks(one)
            elif one.tag == _MC + "AlternateContent":
                self.blocks(_chosen(one))

    def _paragraph(self, element: _Element) -> None:
        for text, notes, boxes in self._read(element):
            self.draft.paragraph(text)
            for note in notes:
                self.draft.paragraph(note)
            for box in boxes:
                self.blocks(box)

    def _read(self, element: _Element) -> Iterator[tuple[str, list[str], list[_Element]]]:
        """The paragraph's text, notes and text boxes; nothing yet where a tracked change joins it to the next."""
        properties = element.find(W + "pPr")
        style = (
            value(properties.find(W + "pStyle")) if properties is not None else None
        ) or self._styles.paragraph_default
        if self._open is None:
            self._open = _Paragraph()
            if label := self._label(properties, style):
                self._open.add(f"{label} ", RunLook())
        self._runs(element, self._open, style)
        mark = None if properties is None else properties.find(f"{W}rPr/{W}del")
        if mark is None:
            done, self._open = self._open, None
            yield done.text(), done.notes, done.boxes

    def _label(self, properties: _Element | None, style: str) -> str:
        listed, level = self._styles.numbering(style)
        from_style = True
        own = None if properties is None else properties.find(W + "numPr")
        if own is not None:
            if own.find(W + "numId") is not None:
                listed, from_style = value(own.find(W + "numId")), False
            if own.find(W + "ilvl") is not None:
                level, from_style = number(own.find(W + "ilvl"), 0), False
        if not listed or listed == "0":
            return ""
        if level is None or from_style:
            level = self._lists.level_of(listed, style) or level or 0
        return self._counters.label(listed, level)

    def _runs(self, holder: _Element, into: _Paragraph, style: str, look: RunLook | None = None) -> None:
        """What the runs say, in order; `look` is that of the run whose parts are read."""
        for one in holder:
            tag = one.tag
            if not isinstance(tag, str) or tag in _NOT_READ:
                continue
            if tag == W + "r":
                own = self._styles.look(one.find(W + "rPr"), style)
                if not own.is_hidden:
                    self._runs(one, into, style, own)
            elif tag == W + "txbxContent":
                into.boxes.append(one)
            elif tag == _MC + "AlternateContent":
                self._runs(_chosen(one), into, style, look)
            elif look is not None and tag.startswith(W):
                self._sign(one, tag.removeprefix(W), into, style, look)
            elif tag == _MATH + "t":
                into.add(one.text or "", RunLook())
            else:
                self._runs(one, into, style, look)

    def _sign(self, one: _Element, name: str, into: _Paragraph, style: str, look: RunLook) -> None:
        if name == "t":
            into.add(one.text or "", look)
            self._is_fresh = self._is_fresh and not (one.text or "").strip()
        elif name in _SIGNS:
            into.add(_SIGNS[name], look)
        elif name == "br":
            kind = one.get(W + "type")
            if kind == "page":
                self._page(into, look)
            elif kind != "column":
                into.add("\n", look)
        elif name == "lastRenderedPageBreak":
            self._page(into, look)
        elif name == "sym":
            code = chr(int(one.get(W + "char") or "2022", 16))
            into.add("-" if code == _DASH else _BULLET if "\ue000" <= code <= "\uf8ff" else code, RunLook())
        elif name in ("footnoteReference", "endnoteReference"):
            self._note(one, name.removesuffix("Reference"), into)
        else:
            self._runs(one, into, style, look)

    def _page(self, into: _Paragraph, look: RunLook) -> None:
        """A page begins; a break that Word noted where one was asked for is the same one."""
        if not self._is_fresh:
            into.add(PAGE, look)
            self._breaks += 1
            self._is_fresh = True

    def _note(self, call: _Element, kind: str, into: _Paragraph) -> None:
        name = call.get(W + "id") or ""
        if name not in self._notes[kind] or (kind, name) in self._called:
            return
        self._called[kind, name] = len(self._called) + 1
        mark = ""
        if (call.get(W + "customMarkFollows") or "0") in ("0", "false"):
            mark = superscript(self._called[kind, name])
            into.add(mark, RunLook())
        outer, self._open = self._open, None
        told = [text for one in self._notes[kind][name].iter(W + "p") for text, _, _ in self._read(one)]
        self._open = outer
        words = " ".join(text.strip() for text in told if text.strip())
        if words:
            into.notes.append(f"{mark} {words}".lstrip())

    def _table(self, table: _Element) -> None:
        rows = [row for row in _inside(table, W + "tr") if row.find(f"{W}trPr/{W}del") is None]
        cells = [list(_inside(row, W + "tc")) for row in rows]
        if len(cells) == 1 or self._is_layout(table, cells):
            for cell in (cell for row in cells for cell in row):
                self.blocks(cell)
            return
        self.draft.end_table()
        notes: list[str] = []
        for row in cells:
            self.draft.row([self._cell(cell, notes) for cell in row])
        self.draft.end_table()
        for note in notes:
            self.draft.paragraph(note)

    def _is_layout(self, table: _Element, cells: list[list[_Element]]) -> bool:
        """Whether a table only sets texts side by side, as the head and the foot of an administrative document do."""
        if len(cells) <= _PAIR and all(len(row) <= _PAIR for row in cells):
            return True
        return all(len(row) <= _FEW_CELLS for row in cells) and not has_borders(table, self._styles)

    def _cell(self, cell: _Element, notes: list[str]) -> str:
        """The words of a cell in one line, those of tables inside it too."""
        if any(value(one) != "restart" for one in cell.iterfind(f"{W}tcPr/{W}vMerge")):
            return ""
        words = []
        for element in cell.iter(W + "p"):
            for text, called, _ in self._read(element):
                words.append(text.strip())
                notes += called
        return " ".join(word for word in words if word)


def _by_id(root: _Element | None, kind: str) -> dict[str, _Element]:
    found = [] if root is None else list(root.iterfind(W + kind))
    return {one.get(W + "id") or "": one for one in found if one.get(W + "type") in (None, "normal")}


def _inside(holder: _Element, tag: str) -> Iterator[_Element]:
    """The rows of a table or the cells of a row, looking into what Word puts around them."""
    for one in holder:
        if one.tag == tag:
            yield one
        elif one.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml"):
            yield from _inside(one, tag)


def _chosen(alternatives: _Element) -> _Element:
    """The first of two forms of the same thing."""
    fallback = alternatives.find(_MC + "Fallback")
    choice = alternatives.find(_MC + "Choice")
    return next(one for one in (choice, fallback, alternatives) if one is not None)
