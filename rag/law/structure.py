"""The provisions of a document, read from its text alone: plans and directives, laws and decrees.

Source: Nghị định 30/2020/NĐ-CP, phụ lục I (layout of administrative documents); Luật Ban hành văn
bản quy phạm pháp luật (parts, chapters, articles, clauses, points).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.language.normalize import UPPER
from rag.law.blocks import Block, blocks
from rag.law.frame import read_closing, read_front, read_title
from rag.law.headings import heading_of, is_article_title, title_end
from rag.law.ledger import Ledger
from rag.law.ordinary import in_ordinary_letters
from rag.law.outline import (
    ARTICLE,
    CLAUSE,
    DIVISION_DEPTHS,
    LETTER,
    POINT,
    SECTION,
    STEP,
    UNIT,
    Outline,
    spoken_division,
)
from rag.law.parts import Part, parts
from rag.law.quotations import quoted
from rag.law.tables import Table, tables
from rag.law.units import ORNAMENT, is_unit_name
from rag.types import Provision, ProvisionKind, Span

_CALL = re.compile(r"[¹²³⁰⁴-⁹]+|\[\d{1,3}\]")
_NEW_SENTENCE = re.compile(rf"\.\s[{UPPER}]")
_DIVISION_KINDS: dict[str, ProvisionKind] = {
    "phần": "part",
    "chương": "chapter",
    "mục": "section",
    "tiểu": "subsection",
}
_CAPITAL, _LAW_SECTION = -0.5, 0.5
_OWN_LINE = frozenset(("paragraph", "item", "clause", "point"))
"""Provisions whose own line is the first of their paragraphs."""


def provisions(stored: str) -> list[Provision]:
    """The provisions of a stored text in reading order; parents come before their children.

    >>> text = "I. MỤC ĐÍCH\\n\\n1. Yêu cầu\\n\\nXác định rõ nhiệm vụ.\\n\\nChỉ đạo kịp thời."
    >>> [provision.locator for provision in provisions(text)]
    ['Mục I', 'Mục I.1', 'Mục I.1, đoạn 1', 'Mục I.1, đoạn 2']
    """
    found = blocks(stored)
    foreign = quoted(stored, found)
    ledger = Ledger(found, foreign)
    annex: int | None = None
    for part in parts(found, quoted=foreign):
        if part.title is None:
            start = read_front(ledger, part)
        else:
            start = read_title(ledger, part, holder=annex if part.nested else None)
            annex = annex if part.nested else ledger.base
        _Body(stored, ledger, part, start).read()
        read_closing(ledger, part)
    return _attach_footnotes(stored, ledger.provisions)


def ancestors(all_provisions: Sequence[Provision], index: int) -> list[Provision]:
    """The provisions that enclose one, outermost first."""
    chain: list[Provision] = []
    parent = all_provisions[index].parent
    while parent is not None:
        chain.append(all_provisions[parent])
        parent = all_provisions[parent].parent
    return chain[::-1]


@dataclass(slots=True)
class _Body:
    """Reads the body of one part, block by block; `is_list` tells of the last point whether it ends a list."""

    stored: str
    ledger: Ledger
    part: Part
    start: int
    is_list: bool = False
    last_point: str = ""

    def read(self) -> None:
        """Add the provisions of the body."""
        found, end = self.ledger.found, self.part.closing
        self.ledger.outline = Outline(self.part.is_law)
        rows = tables(self.stored, found, within=range(self.start, end), skip=self.ledger.foreign)
        openings = self._next_openings()
        index = self.start
        while index < end:
            if index in rows:
                self._table(rows[index])
                index = rows[index].end
            else:
                index = self._take(index, openings[index - self.start])

    def _next_openings(self) -> list[str | None]:
        """For each block the kind of the next one that opens something of its own."""
        kinds: list[str | None] = []
        kind: str | None = None
        for index in range(self.part.closing - 1, self.start - 1, -1):
            kinds.append(kind)
            opener = self.ledger.found[index].kind
            if opener not in ("text", "dash", "footnote", "file") and index not in self.ledger.foreign:
                kind = opener
        return kinds[::-1]

    def _take(self, index: int, opening: str | None) -> int:
        """Add what begins at a block; the index after it."""
        block = self.ledger.found[index]
        if block.kind == "footnote":
            self.ledger.add_footnote(block)
        elif index in self.ledger.foreign:
            self._paragraph(block, quoted=True)
        elif block.kind == "file":
            self._file(block)
        elif block.kind == "division" and (self.part.is_law or not block.ends_sentence):
            return self._division(index)
        elif self.part.is_law:
            self._law(block, self._after(index), opening)
        else:
            return self._plan(index)
        return index + 1

    def _after(self, index: int) -> Block | None:
        """The next block that is neither a footnote nor the name of a file."""
        for at in range(index + 1, self.part.closing):
            if self.ledger.found[at].kind not in ("footnote", "file"):
                return self.ledger.found[at]
        return None

    def _plan(self, index: int) -> int:
        block = self.ledger.found[index]
        if block.kind == "roman":
            return self._titled(index, SECTION, block.label, "section")
        if block.kind == "capital":
            return self._titled(index, _CAPITAL, f"Phần {block.label}", "part")
        if block.kind == "number":
            shape = heading_of(block, self._after(index))
            kind: ProvisionKind = "subsection" if shape == "title" else "paragraph"
            self._heading(block, 1.0 + block.label.count("."), block.label, kind, block.rest if shape else None)
        elif block.kind == "letter" and not self._is_note(block):
            shape = heading_of(block, self._after(index))
            kind = "heading" if shape == "title" else "item"
            self._heading(block, LETTER, block.label, kind, block.rest if shape else None)
        elif block.kind == "step":
            shape = heading_of(block, self._after(index))
            self._heading(block, self._inside(STEP), block.label, "item", block.rest if shape == "title" else None)
        elif name := self._unit_over_items(block, self._after(index)):
            self._heading(block, self._inside(UNIT), f"Phần {name}", "heading", name)
        elif block.kind == "dash":
            self._item(block)
        else:
            top = self.ledger.outline.top
            if top is not None and top.depth % 1 == UNIT:  # the items below a unit's name have ended
                self.ledger.outline.close(top.depth)
            self._paragraph(block)
        return index + 1

    def _unit_over_items(self, block: Block, after: Block | None) -> str | None:
        """The unit whose items follow a line that only names it, "◆ PHÒNG NỘI VỤ:"; None for any other line."""
        if after is None or after.kind != "dash" or block.kind not in ("text", "dash") or after.label == block.label:
            return None
        line = ORNAMENT.sub("", block.rest)
        name = line.rstrip(" :")
        is_marked = line != block.rest or line.endswith(":") or name.isupper()
        if not is_marked or not is_unit_name(name):
            return None
        return in_ordinary_letters(name, self.stored) if name.isupper() else name

    def _inside(self, kind: float) -> float:
        """How deep a step or a unit's name lies: as the one before it, else below what is open."""
        outline = self.ledger.outline
        before = next((one.depth for one in reversed(outline.stack) if one.depth % 1 == kind), None)
        return before if before is not None else (outline.top.depth if outline.top else SECTION) // 1 + kind

    def _is_note(self, block: Block) -> bool:
        """Whether an item is but a note on a form or an annex: "(1) Ghi rõ họ tên"."""
        return self.ledger.base is not None and self.stored[block.segments[0].start] == "("

    def _law(self, block: Block, after: Block | None, opening: str | None) -> None:
        in_article = self.ledger.outline.has(ARTICLE)
        if block.kind == "article":
            heading = block.rest if is_article_title(block, after) else None
            self._heading(block, ARTICLE, f"Điều {block.label}", "article", heading)
        elif block.kind == "roman" and in_article:
            self._heading(block, _LAW_SECTION, f"mục {block.label}", "section", block.rest)
        elif block.kind == "roman":
            self._heading(block, DIVISION_DEPTHS["mục"], f"Mục {block.label}", "section", block.rest)
        elif block.kind == "number" and in_article:
            dots = block.label.count(".")
            label = f"mục {block.label}" if dots else f"khoản {block.label}"
            self._heading(block, CLAUSE + dots / 10, label, "point" if dots else "clause", None)
            self.last_point = ""
        elif block.kind == "letter" and in_article:
            self._heading(block, POINT, f"điểm {block.label}", "point", None)
            self.is_list = self.last_point.endswith(";") and not _NEW_SENTENCE.search(block.rest)
            self.last_point = block.rest
        elif block.kind == "dash":
            self._item(block)
        else:
            if self._goes_past_point(block, opening):
                self.ledger.outline.close(POINT)
            self._paragraph(block)

    def _division(self, index: int) -> int:
        """A heading whose upper level the text has lost holds nothing: how far it reaches cannot be known."""
        outline = self.ledger.outline
        label = self.ledger.found[index].label
        word = label.split()[0].casefold()
        depth = DIVISION_DEPTHS[word]
        outline.close(depth)
        is_stray = word == "tiểu" and not outline.has(DIVISION_DEPTHS["mục"])
        following = self._titled(index, depth, spoken_division(label), _DIVISION_KINDS[word])
        if is_stray:
            outline.close(depth)
        return following

    def _titled(self, index: int, depth: float, label: str, kind: ProvisionKind) -> int:
        """A heading with the lines below it that are the rest of its title; the index after them."""
        block = self.ledger.found[index]
        end = title_end(self.ledger.found, index, self.part.closing)
        if end > index + 1 and self.ledger.foreign.isdisjoint(range(index, end)):
            lines = self.ledger.found[index:end]
            title = " ".join(line.rest for line in lines if line.rest)
            block = replace(block, rest=title, segments=self._segments(range(index, end)))
        else:
            end = index + 1
        self._heading(block, depth, label, kind, block.rest)
        return end

    def _heading(self, block: Block, depth: float, label: str, kind: ProvisionKind, heading: str | None) -> None:
        ledger = self.ledger
        ledger.outline.close(depth)
        parent = ledger.parent
        place = ledger.outline.open(depth, label, len(ledger.provisions)).text
        place = f"{ledger.prefix}, {place}" if ledger.prefix else place
        ledger.add(kind, place, block.segments, parent=parent, heading=heading or None)

    def _item(self, block: Block) -> None:
        """A bullet; "+" stands under the last "-", if it is not the first bullet of all."""
        ledger, parent = self.ledger, self.ledger.parent
        outer = ledger.counts.get((parent, "-"), 0)
        if block.label == "+" and outer and not ledger.counts.get((parent, "+ first")):
            dash = ledger.counts[parent, "- at"]
            where = f"gạch đầu dòng {outer}, ý {ledger.count(dash, '+')}"
            ledger.add("item", ledger.place(where), block.segments, parent=dash)
            return
        if not outer:
            ledger.counts[parent, "+ first"] = int(block.label == "+")
        ledger.counts[parent, "- at"] = len(ledger.provisions)
        ledger.add("item", ledger.place(f"gạch đầu dòng {ledger.count(parent, '-')}"), block.segments, parent=parent)

    def _paragraph(self, block: Block, *, quoted: bool = False) -> None:
        ledger, parent = self.ledger, self.ledger.parent
        above = ledger.provisions[parent] if parent is not None else None
        leads = above is not None and (above.kind in _OWN_LINE or (above.kind == "article" and above.heading is None))
        where = f"đoạn {ledger.count(parent, 'paragraph') + leads}"
        ledger.add("paragraph", ledger.place(where), block.segments, parent=parent, quoted=quoted)

    def _file(self, block: Block) -> None:
        """The name of a file that stands where the annex was; it is no paragraph of the article."""
        holder = self.ledger.outline.up_to(ARTICLE)
        parent = holder.index if holder else self.ledger.base
        where = f"{holder.text}, tệp kèm theo" if holder else "Tệp kèm theo"
        prefix = self.ledger.prefix
        where = f"{prefix}, {where if holder else where.lower()}" if prefix else where
        self.ledger.add("annex", where, block.segments, parent=parent)

    def _table(self, table: Table) -> None:
        ledger, parent = self.ledger, self.ledger.parent
        name = f"bảng {ledger.count(parent, 'table')}"
        if table.header is not None:
            heading = " | ".join(ledger.found[at].rest for at in table.header)
            ledger.add("table", ledger.place(name), self._segments(table.header), parent=parent, heading=heading)
            parent = len(ledger.provisions) - 1
        for number, row in enumerate(table.rows, 1):
            ledger.add("table", ledger.place(f"{name}, dòng {number}"), self._segments(row), parent=parent)

    def _segments(self, lines: range) -> tuple[Span, ...]:
        return tuple(span for at in lines for span in self.ledger.found[at].segments)

    def _goes_past_point(self, block: Block, opening: str | None) -> bool:
        """Whether a sentence of its own after the last điểm of a khoản belongs to the khoản.

        It does where the points are one list, parted by semicolons, of which the last has one sentence.
        Before another điểm, or after a point that is a text of its own, it is the second paragraph of that point.
        """
        top = self.ledger.outline.top
        at_point = top is not None and top.depth == POINT and top.index == len(self.ledger.provisions) - 1
        ended = self.is_list and self.last_point.endswith(".")
        return at_point and ended and opening != "letter" and block.rest[:1].isupper()


def _attach_footnotes(stored: str, found: list[Provision]) -> list[Provision]:
    """Each footnote becomes the child of the provision nearest to it that calls it."""
    if not any(provision.kind == "footnote" for provision in found):
        return found
    callers: dict[str, list[int]] = {}
    for index, provision in enumerate(found):
        if provision.kind != "footnote":
            calls = {call[0] for part in provision.segments for call in _CALL.finditer(stored, part.start, part.end)}
            for call in calls:
                callers.setdefault(call, []).append(index)
    attached = list(found)
    for index, note in enumerate(found):
        label = _CALL.match(stored, note.start, note.end) if note.kind == "footnote" else None
        if label:
            attached[index] = replace(note, parent=_nearest(callers.get(label[0], []), index))
    return attached


def _nearest(indexes: Sequence[int], index: int) -> int | None:
    """The index nearest to another one, the earlier of two."""
    at = bisect_left(indexes, index)
    return min(indexes[max(0, at - 1) : at + 1], key=lambda other: (abs(other - index), other), default=None)
