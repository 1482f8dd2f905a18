"""The provisions of a document, read from its text alone: plans and directives, laws and decrees.

Source: Nghị định 30/2020/NĐ-CP, phụ lục I (layout of administrative documents); Luật Ban hành văn
bản quy phạm pháp luật (parts, chapters, articles, clauses, points).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rag.law.blocks import Block, blocks, is_type_line
from rag.types import Provision, ProvisionKind, Span

_BASIS = re.compile(r"(?:Căn cứ|Thực hiện|Theo đề nghị|Xét|Để thực hiện|Tiếp tục thực hiện)\b")
_PROMULGATION = re.compile(r"(?:như sau|sau đây|cụ thể)\s*:$")
_SIGNING = re.compile(
    r"(?:TM\.|T/M|KT\.|TL\.|TUQ\.|Q\.)\s?\w"
    r"|(?:PHÓ |QUYỀN )?(?:CHỦ TỊCH|BÍ THƯ|GIÁM ĐỐC|TRƯỞNG|CHÁNH|THỦ TƯỚNG|BỘ TRƯỞNG)"
)
_CALL = re.compile(r"[¹²³⁰⁴-⁹]+|\[\d{1,3}\]")
_HEADING_WORDS = 25
_DIVISIONS: dict[str, tuple[int, ProvisionKind]] = {
    "phần": (-4, "part"),
    "chương": (-3, "chapter"),
    "mục": (-2, "section"),
}
_LEADS = frozenset(("paragraph", "item", "clause", "point"))
"""Provisions whose own line is the first of their paragraphs."""


def provisions(stored: str) -> list[Provision]:
    """The provisions of a stored text in reading order; parents come before their children.

    >>> text = "I. MỤC ĐÍCH\\n\\n1. Yêu cầu\\n\\nXác định rõ nhiệm vụ.\\n\\nChỉ đạo kịp thời."
    >>> [provision.locator for provision in provisions(text)]
    ['Mục I', 'Mục I.1', 'Mục I.1, đoạn 1', 'Mục I.1, đoạn 2']
    """
    found = blocks(stored)
    reader = _Reader(laws=sum(block.kind == "article" for block in found) >= 2)
    body = _body_start(found)
    _front(reader, found[:body])
    opening = _next_openings(found)
    for index in range(body, len(found)):
        after = found[index + 1] if index + 1 < len(found) else None
        reader.opening = opening[index]
        reader.take(found[index], after)
    return _attach_footnotes(stored, reader.provisions)


def ancestors(all_provisions: Sequence[Provision], index: int) -> list[Provision]:
    """The provisions that enclose one, outermost first."""
    chain: list[Provision] = []
    parent = all_provisions[index].parent
    while parent is not None:
        chain.append(all_provisions[parent])
        parent = all_provisions[parent].parent
    return chain[::-1]


def _next_openings(found: list[Block]) -> list[str | None]:
    """For each block the kind of the next one that opens something of its own."""
    kinds: list[str | None] = []
    kind: str | None = None
    for block in reversed(found):
        kinds.append(kind)
        if block.kind not in ("text", "dash", "footnote"):
            kind = block.kind
    return kinds[::-1]


def _body_start(found: list[Block]) -> int:
    """The index of the first heading of the body; 0 where the text has no front matter to speak of."""
    shapes = ("roman", "article", "division")
    first = next((index for index, block in enumerate(found) if block.kind in shapes), None)
    if first is not None:
        return first
    typed = next((index for index, block in enumerate(found) if is_type_line(block)), None)
    return typed + 2 if typed is not None and typed + 2 <= len(found) else 0


def _front(reader: _Reader, front: list[Block]) -> None:
    typed = next((index for index, block in enumerate(front) if is_type_line(block)), None)
    titled = typed is None
    for index, block in enumerate(front):
        after_type = typed is not None and index > typed
        is_basis = block.rest.startswith("Căn cứ") or (
            after_type and titled and (block.ends_sentence or _BASIS.match(block.rest) is not None)
        )
        if after_type and not titled:
            following = front[index + 1] if index + 1 < len(front) else None
            is_basis = block.ends_sentence
            titled = is_basis or following is None or not following.rest[:1].islower()
        reader.front(block, basis=is_basis)


@dataclass(slots=True)
class _Reader:
    """Reads body blocks one by one and keeps the open headings."""

    laws: bool
    provisions: list[Provision] = field(default_factory=list)
    stack: list[tuple[int, str, int]] = field(default_factory=list)  # (depth, label, provision index)
    counts: dict[tuple[int | None, str], int] = field(default_factory=dict)
    closing: str | None = None
    recipients: int | None = None
    annex: str = ""
    point_ended: bool = False
    opening: str | None = None  # the kind of the next block that opens something of its own

    def front(self, block: Block, *, basis: bool) -> None:
        kind: ProvisionKind = "basis" if basis else "front"
        name = "Căn cứ ban hành" if basis else "Phần mở đầu"
        self._add(kind, f"{name}, đoạn {self._count(None, kind)}", None, block.segments, None)

    def take(self, block: Block, after: Block | None) -> None:
        if block.kind == "footnote":
            self._add("footnote", f"chú thích {_digits(block.label)}", None, block.segments, None)
        elif block.kind == "recipients":
            self.closing = "recipients"
            self.recipients = len(self.provisions)
            self._add("recipients", "Nơi nhận", "Nơi nhận", block.segments, None)
        elif block.kind == "annex":
            self._open_annex(block)
        elif self.closing:
            self._close(block)
        elif self.laws:
            self._law(block)
        else:
            self._plan(block, after)

    def _open_annex(self, block: Block) -> None:
        self.closing, self.stack = None, []
        self.annex = _label(block)
        self._add("annex", self.annex, block.rest or None, block.segments, None)

    def _close(self, block: Block) -> None:
        if self.closing == "recipients" and (
            _SIGNING.match(block.rest) or (block.kind == "text" and block.rest.isupper())
        ):
            self.closing = "signature"
        kind: ProvisionKind = "signature" if self.closing == "signature" else "recipients"
        name = "Phần ký" if kind == "signature" else "Nơi nhận"
        parent = self.recipients if kind == "recipients" else None
        self._add(kind, f"{name}, dòng {self._count(None, kind)}", None, block.segments, parent)

    def _plan(self, block: Block, after: Block | None) -> None:
        if block.kind == "roman":
            self._heading(block, 0, block.label, "section")
        elif block.kind == "division" and not block.ends_sentence:
            self._division(block)
        elif block.kind == "number":
            depth = 1 + block.label.count(".")
            label = block.label
            if _is_heading(block, after):
                self._heading(block, depth, label, "subsection")
            else:
                self._heading(block, depth, label, "paragraph")
        elif block.kind == "letter":
            kind: ProvisionKind = "heading" if _is_heading(block, after) else "item"
            self._heading(block, 5, f"{block.label})", kind)
        elif block.kind == "dash":
            self._item(block)
        else:
            self._paragraph(block)

    def _law(self, block: Block) -> None:
        if block.kind == "division":
            self._division(block)
        elif block.kind == "article":
            self._heading(block, 0, f"Điều {block.label}", "article")
        elif block.kind == "number" and "." not in block.label and self._has(0):
            self._heading(block, 1, f"khoản {block.label}", "clause")
        elif block.kind == "letter" and self._has(0):
            self._heading(block, 2, f"điểm {block.label}", "point")
            self.point_ended = block.rest.endswith(".")
        elif block.kind == "dash":
            self._item(block)
        else:
            self._paragraph(block)

    def _division(self, block: Block) -> None:
        depth, kind = _DIVISIONS.get(block.label.split()[0].casefold(), (-1, "subsection"))
        self._heading(block, depth, _label(block), kind)

    def _heading(self, block: Block, depth: int, label: str, kind: ProvisionKind) -> None:
        while self.stack and self.stack[-1][0] >= depth:
            self.stack.pop()
        parent = self.stack[-1][2] if self.stack else None
        self.stack.append((depth, label, len(self.provisions)))
        heading = None if kind in ("paragraph", "item", "clause", "point") else block.rest or None
        self._add(kind, self._locator(), heading, block.segments, parent)

    def _item(self, block: Block) -> None:
        parent = self.stack[-1][2] if self.stack else None
        outer = block.label != "+"
        count = self._count(parent, "-" if outer else f"+{self.counts.get((parent, '-'), 0)}")
        where = f"gạch đầu dòng {count}" if outer else f"gạch đầu dòng {self.counts.get((parent, '-'), 0)}, ý {count}"
        self._add("item", self._join(where), None, block.segments, parent)

    def _paragraph(self, block: Block) -> None:
        if self._goes_past_point(block):
            self.stack.pop()
        parent = self.stack[-1][2] if self.stack else None
        leads = parent is not None and self.provisions[parent].kind in _LEADS
        count = self._count(parent, "paragraph") + leads
        self._add("paragraph", self._join(f"đoạn {count}"), None, block.segments, parent)

    def _goes_past_point(self, block: Block) -> bool:
        """Whether a sentence of its own after the last điểm of a khoản belongs to the khoản.

        Before another điểm it is a second paragraph of the điểm above.
        """
        at_point = self.laws and self.stack and self.stack[-1][2] == len(self.provisions) - 1 and self.stack[-1][0] == 2
        return bool(at_point and self.point_ended and self.opening != "letter" and block.rest[:1].isupper())

    def _join(self, where: str) -> str:
        base = self._locator()
        return f"{base}, {where}" if base else where[:1].upper() + where[1:]

    def _locator(self) -> str:
        """Where the innermost open heading stands, as a person would say it."""
        labels = [(depth, label) for depth, label, _ in self.stack]
        if self.laws:
            inner = [label for depth, label in labels if depth >= 0] or [label for _, label in labels[-1:]]
            text = " ".join(reversed(inner))
        else:
            numbers = [label for depth, label in labels if 0 <= depth < 5]
            # "1.2" already carries the "1" above it; only the innermost dotted number counts.
            dotted = [label for index, label in enumerate(numbers) if index == 0 or index == len(numbers) - 1]
            text = f"Mục {'.'.join(dotted)}" if dotted else ""
            points = [label for depth, label in labels if depth == 5]
            if points:
                text = f"điểm {points[-1].rstrip(')')} {text}".strip()
            divisions = [label for depth, label in labels if depth < 0]
            text = " ".join((text, *reversed(divisions))).strip()
        return f"{self.annex}, {text}" if self.annex and text else text or self.annex

    def _has(self, depth: int) -> bool:
        return any(open_depth == depth for open_depth, _, _ in self.stack)

    def _count(self, parent: int | None, kind: str) -> int:
        self.counts[parent, kind] = self.counts.get((parent, kind), 0) + 1
        return self.counts[parent, kind]

    def _add(
        self,
        kind: ProvisionKind,
        locator: str,
        heading: str | None,
        segments: tuple[Span, ...],
        parent: int | None,
    ) -> None:
        self.provisions.append(Provision(kind, locator, heading, segments, parent))


def _is_heading(block: Block, after: Block | None) -> bool:
    """Whether a numbered line is a heading and not the first sentence of a duty."""
    if len(block.rest.split()) > _HEADING_WORDS or block.rest.endswith((";", "./.")):
        return bool(after and after.kind in ("text", "dash", "letter") and not block.ends_sentence)
    if not block.ends_sentence or block.rest.endswith(":"):
        return True
    return len(block.rest.split()) <= 12 and after is not None and after.kind in ("text", "dash", "letter")


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


def _label(block: Block) -> str:
    """The label of a division or an annex as it is said: "Chương II", "Phần thứ nhất", "Phụ lục I"."""
    words = block.label.split()
    name = re.match(r"(?:phụ lục|tiểu mục|\w+)", block.label, re.IGNORECASE)
    count = len(name[0].split()) if name else 1
    rest = [
        word.upper() if re.fullmatch(r"[ivxlc]+|\d+", word, re.IGNORECASE) else word.lower() for word in words[count:]
    ]
    return " ".join((" ".join(words[:count]).capitalize(), *rest))


def _digits(label: str) -> str:
    return label.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")).strip("[]")
