"""What an amending document quotes of the one that it amends: lines with the numbers of another document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.law.blocks import Block

_MARK = re.compile(r"[“”„«»\"]")
_OPENING = re.compile(
    r"[“„«\"”]\s*(?P<label>(?:Điều|Chương|CHƯƠNG|Mục|MỤC|Tiểu mục|Phần|PHẦN|Phụ lục|PHỤ LỤC)\s|\d{1,3}[a-zđ]?\s?[.)]"
    r"|[a-zđ]\d?\s?[.)]\s|[IVX]{1,6}\.)?"
)
_LINE_MARK = re.compile(r"(?:^|[\n\r\f\v\u2028\u2029])[\ufeff \t\u00a0\u200b]*[“„«\"”]")
_AMENDS = re.compile(r"(?:Sửa đổi|Bổ sung|Thay|Bỏ|Bãi bỏ|Hủy bỏ|Huỷ bỏ|Điều chỉnh|Đổi)\b")
_AMENDING = re.compile(r"sửa đổi|bổ sung|thay thế|thay cụm|viết lại", re.IGNORECASE)
_LETTERS = "abcdđeghiklmnopqrstuvxy"


@dataclass(slots=True)
class _Own:
    """The last article, clause and point of the document's own; None before the first."""

    article: int | None = None
    clause: int | None = None
    point: str | None = None

    def take(self, block: Block) -> None:
        if block.kind == "article":
            self.article, self.clause, self.point = _number(block), None, None
        elif block.kind == "number":
            self.clause, self.point = _number(block), None
        elif block.kind == "letter":
            self.point = block.label

    def is_next(self, block: Block) -> bool:
        """Whether a line carries the number that comes after the document's last one."""
        if block.kind == "article":
            return self.article is not None and _number(block) == self.article + 1
        if block.kind == "number":
            return self.clause is not None and _number(block) == self.clause + 1
        return block.kind == "letter" and self.point is not None and block.label == _letter_after(self.point)


def quoted(stored: str, found: Sequence[Block]) -> frozenset[int]:
    """The indexes of the blocks that quote another document: from an opening mark at a line's start to its closing one.

    Where the closing mark is missing the quotation ends where the document's own numbers go on.

    >>> from rag.law.blocks import blocks
    >>> text = "1. Sửa đổi Điều 5 như sau:\\n“Điều 5. Phạm vi\\n1. Một khoản.”.\\n2. Bãi bỏ Điều 7."
    >>> sorted(quoted(text, blocks(text)))
    [1, 2]
    """
    inside: set[int] = set()
    if not _LINE_MARK.search(stored) and not any(map(_leads, found)):
        return frozenset()
    own = _Own()
    index = 0
    while index < len(found):
        end = _end(stored, found, index, own)
        if end == index:
            own.take(found[index])
            end += 1
        else:
            inside.update(at for at in range(index, end) if found[at].kind != "footnote")
        index = end
    return frozenset(inside)


def _end(stored: str, found: Sequence[Block], index: int, own: _Own) -> int:
    """Where a quotation that begins at a block ends; `index` itself where none begins."""
    if not _opens(stored, found, index):
        return _end_of_open(stored, found, index, own) if _is_unmarked(found, index, own) else index
    depth = 0
    for at in range(index, len(found)):
        if at > index and (_opens(stored, found, at) or found[at].kind in ("recipients", "annex")):
            break
        depth, is_last = _marks(_raw(stored, found[at]), depth)
        if depth <= 0:
            return at + 1 if is_last or at > index else index
    return _end_of_open(stored, found, index, own)


def _end_of_open(stored: str, found: Sequence[Block], index: int, own: _Own) -> int:
    """Where a quotation without a closing mark ends: before the next own number, or what leads to another quotation."""
    for at in range(index + 1, len(found)):
        block = found[at]
        if block.kind in ("recipients", "annex"):
            return at
        if _opens(stored, found, at):
            return at - 1 if _leads(found[at - 1]) and at - 1 > index else at
        if own.is_next(block) and (block.kind == "article" or _AMENDS.match(block.rest) or _leads(block)):
            return at
    return len(found) if index and _leads(found[index - 1]) else index + 1


def _opens(stored: str, found: Sequence[Block], index: int) -> bool:
    """Whether a line begins with an opening mark, and a number or what leads to a quotation stands by it."""
    start = found[index].segments[0].start
    if stored[start] not in '“„«"”':
        return False
    opening = _OPENING.match(stored, start, found[index].segments[0].end)
    return bool(opening and (opening["label"] or (index and _leads(found[index - 1]))))


def _is_unmarked(found: Sequence[Block], index: int, own: _Own) -> bool:
    """Whether a line without a mark is the very article, clause or point that the line before says it amends."""
    block = found[index]
    if not index or block.kind not in ("article", "number", "letter") or not _leads(found[index - 1]):
        return False
    word = {"article": "Điều", "number": "khoản", "letter": "điểm"}[block.kind]
    named = re.search(rf"{word} {re.escape(block.label)}(?!\w)", found[index - 1].rest, re.IGNORECASE)
    return bool(named and not _AMENDS.match(block.rest) and not own.is_next(block))


def _leads(block: Block) -> bool:
    """Whether a line announces the new words of what it amends."""
    return block.rest.endswith(":") and bool(_AMENDING.search(block.rest))


def _marks(raw: str, depth: int) -> tuple[int, bool]:
    """How many quotations are open after a line, and whether it ends with the mark that closes the last one."""
    last = 0
    for mark in _MARK.finditer(raw):
        at = mark.start()
        free_before = at == 0 or raw[at - 1].isspace() or raw[at - 1] in "(["
        word_after = raw[at + 1 : at + 2].isalnum()
        if mark[0] == "”":
            opens = at == 0
        elif mark[0] == '"':
            opens = free_before
        else:
            opens = mark[0] != "»" and (free_before or word_after)
        depth += 1 if opens else -1
        last = at + 1
    return depth, not raw[last:].strip(" .;,/\u00a0")


def _raw(stored: str, block: Block) -> str:
    return stored[block.segments[0].start : block.segments[-1].end]


def _number(block: Block) -> int | None:
    digits = re.match(r"\d+", block.label)
    return int(digits[0]) if digits and digits[0] == block.label.rstrip(_LETTERS) else None


def _letter_after(letter: str) -> str | None:
    at = _LETTERS.find(letter)
    return _LETTERS[at + 1] if 0 <= at < len(_LETTERS) - 1 else None
