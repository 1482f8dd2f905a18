"""The parts of one file: a document, then its annexes and the regulations, plans or lists that it promulgates."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cache

from rag.language.lexicon import document_types, word_classes
from rag.language.normalize import alternation
from rag.law.blocks import Block, is_type_line

_HEADINGS = frozenset(("roman", "article", "division", "capital"))
_SIGNING = re.compile(
    r"(?:TM\.|T/M|KT\.|TL\.|TUQ\.|Q\.)\s?\w"
    r"|THƯ KÝ\b|CHỦ (?:TRÌ|TỌA|TOẠ)\b|(?:PHÓ |QUYỀN )?(?:CHỦ TỊCH|BÍ THƯ|GIÁM ĐỐC|TRƯỞNG|CHÁNH|THỦ TƯỚNG|BỘ TRƯỞNG)"
)
_ATTACHED = re.compile(r"\(?\s?(?:ban hành )?kèm theo\b", re.IGNORECASE)
# At the start of a line, or behind the issuer's name where a text has the two columns of a letterhead in one line.
_NATION = re.compile(r"(?:.{2,60}\s)?CỘNG H(?:OÀ|ÒA|OA) XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM")
_LETTERHEAD = re.compile(r"(?:.{2,60}\s)?Độc lập\s?-|Độc lập|Số\s?:|[-_*]+$|.{1,40}, ngày\b")
_TITLE_LINES, _LETTERHEAD_LINES, _CLOSING_LINES = 6, 10, 10
_SIGNING_WORDS = 12


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks `start:end` of one part; `title` is the one that names it, None for the document itself.

    `closing` is the first block of its recipients or signature, `end` where there is none; `nested`
    marks a form inside an annex.
    """

    start: int
    end: int
    title: int | None
    label: str
    closing: int
    is_law: bool
    nested: bool = False


def parts(found: Sequence[Block], *, quoted: Set[int]) -> list[Part]:
    """The parts of a text in order, each with its own grammar."""
    starts = _starts(found, quoted)
    ends = [start for start, _, _ in starts[1:]] + [len(found)]
    read = []
    for (start, title, label), end in zip(starts, ends, strict=True):
        body = start if title is None else title + 1
        nested = title is not None and found[title].kind == "form"
        closing = _closing(found, body, end, quoted)
        read.append(Part(start, end, title, label, closing, _is_law(found, body, closing, quoted), nested))
    return read


def is_signing(block: Block) -> bool:
    """Whether a line in capitals names the office of who signs."""
    return block.kind in ("text", "capital") and block.rest.isupper() and _SIGNING.match(block.rest) is not None


def is_promulgation_note(block: Block) -> bool:
    """Whether a line says what the part is issued with: "(Ban hành kèm theo Quyết định số …)".

    >>> from rag.law.blocks import blocks
    >>> is_promulgation_note(blocks("(Ban hành kèm theo Quyết định số 12/QĐ-UBND)")[0])
    True
    """
    return block.kind == "text" and _ATTACHED.match(block.rest) is not None


def _starts(found: Sequence[Block], quoted: Set[int]) -> list[tuple[int, int | None, str]]:
    """Where each part begins, the block that names it, and its name."""
    starts: list[tuple[int, int | None, str]] = [(0, None, "")]
    has_heading = is_closed = False
    for index, block in enumerate(found):
        if index in quoted:
            continue
        label = None
        if block.kind == "annex" or (block.kind == "form" and (is_closed or starts[-1][1] is not None)):
            label = _spoken(block.label)
        elif is_closed or (has_heading and is_type_line(block)):
            label = _attachment(found, index, is_closed=is_closed)
        if label:
            start = index if block.kind == "form" else _letterhead(found, index, starts[-1][1])
            starts.append((start, index, label))
            has_heading = is_closed = False
        else:
            has_heading = has_heading or block.kind in _HEADINGS or block.kind == "number"
            is_closed = is_closed or block.kind == "recipients" or (has_heading and is_signing(block))
    return starts


def _attachment(found: Sequence[Block], index: int, *, is_closed: bool) -> str | None:
    """The name of what is attached at a line that is its type, or the first of its title, in capitals."""
    block = found[index]
    if block.kind != "text" or not block.rest.isupper() or _SIGNING.match(block.rest) or _NATION.match(block.rest):
        return None
    named = is_type_line(block)
    if not (is_closed and named):
        after = range(index + 1, min(index + 1 + _TITLE_LINES, len(found)))
        stop = next((at for at in after if found[at].kind != "text" or _NATION.match(found[at].rest)), after.stop)
        if not any(is_promulgation_note(found[at]) for at in range(index + 1, stop)):
            return None
    kind = _kinds().match(block.rest.casefold())
    return f"{kind[0].capitalize()} kèm theo" if kind else "Phần kèm theo"


@cache
def _kinds() -> re.Pattern[str]:
    names = {row.name.casefold() for row in document_types()} | set(word_classes().title_nouns)
    return re.compile(rf"(?:{alternation(names)})(?!\w)")


def _letterhead(found: Sequence[Block], title: int, last_title: int | None) -> int:
    """Where the letterhead above a title begins; the title itself where there is none."""
    first, is_headed = title, False
    lowest = max(title - _LETTERHEAD_LINES, 0 if last_title is None else last_title + 1)
    while first > lowest and found[first - 1].kind in ("text", "dash", "capital"):
        line = found[first - 1].rest
        if not (line.isupper() or _LETTERHEAD.match(line) or not line.strip("-_* ")) or is_signing(found[first - 1]):
            break
        first -= 1
        is_headed = is_headed or _NATION.match(line) is not None
    return first if is_headed else title


def _closing(found: Sequence[Block], start: int, end: int, quoted: Set[int]) -> int:
    """Where the recipients or the signature of a part begin."""
    own = (at for at in range(start, end) if found[at].kind == "recipients" and at not in quoted)
    recipients = next(own, end)
    heading = next((at for at in range(start, recipients) if found[at].kind in (*_HEADINGS, "number")), None)
    lowest = max(recipients - _CLOSING_LINES, start if heading is None else heading + 1)
    closing = at = recipients
    while heading is not None and at > lowest and _may_close(found[at - 1]) and at - 1 not in quoted:
        at -= 1
        closing = at if is_signing(found[at]) else closing
    return closing


def _may_close(block: Block) -> bool:
    is_short = len(block.rest.split()) <= _SIGNING_WORDS and block.rest[-1:] not in ".;:,"
    return block.kind in ("text", "capital", "footnote") and is_short


def _is_law(found: Sequence[Block], start: int, end: int, quoted: Set[int]) -> bool:
    """Whether a part has the grammar of laws: articles, two of them or one before any other heading."""
    kinds = [found[at].kind for at in range(start, end) if at not in quoted]
    first = next((kind for kind in kinds if kind in ("roman", "article", "number")), None)
    articles = kinds.count("article")
    return articles >= 2 or (articles == 1 and first == "article")


def _spoken(label: str) -> str:
    """The label of an annex or a form as it is said: "Phụ lục I", "Mẫu số 01/HNCT"."""
    name = re.match(r"(?:phụ lục|biểu mẫu|mẫu|biểu)(?:\s+số(?=\s|:))?", label, re.IGNORECASE)
    if name is None:
        return label
    rest = label[name.end() :].strip(" :")
    return f"{' '.join(name[0].split()).capitalize()} {rest}".strip()
