"""Lines of a stored text, what each looks like, and which of them a page break or a footnote has torn apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from rag.language.lexicon import document_types
from rag.language.normalize import matching_copy
from rag.types import Span

BlockKind = Literal[
    "roman", "number", "letter", "dash", "article", "division", "footnote", "recipients", "annex", "text"
]

_DIVISIONS = "PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục|TIỂU MỤC|Tiểu mục"
_SHAPES: tuple[tuple[BlockKind, re.Pattern[str]], ...] = (
    ("roman", re.compile(r"(?P<label>[IVX]{1,6})\s?[.)/]\s*(?P<rest>\S.*)")),
    ("division", re.compile(rf"(?P<label>(?:{_DIVISIONS})\s+(?:(?i:thứ) \w+|[IVXLC]+|\d+))[.:]?(?P<rest>(?:\s.*)?)$")),
    ("article", re.compile(r"Điều\s+(?P<label>\d+[a-zđ]?)\s?[.:]\s*(?P<rest>.*)")),
    ("recipients", re.compile(r"(?P<label>Nơi nhận)\s*:?(?P<rest>.*)", re.IGNORECASE)),
    ("annex", re.compile(r"(?P<label>PHỤ LỤC(?:\s+(?:[IVX]+|\d+))?)\b(?P<rest>.*)")),
    ("number", re.compile(r"(?P<label>\d{1,2}(?:\.\d{1,2}){0,3})(?:[.)]\s*|\s+(?=[A-ZĐÀ-Ỹ]))(?P<rest>[^\d\s/].*)")),
    ("letter", re.compile(r"(?P<label>[a-zđ])\s?[).]\s+(?P<rest>\S.*)")),
    ("dash", re.compile(r"(?P<label>[-+*•–])\s*(?P<rest>[^\d\s].*|\d.*)")),
)  # fmt: skip
_FOOTNOTE = re.compile(r"(?P<label>[¹²³⁰⁴-⁹]+|\[\d{1,3}\])\s*(?P<rest>\S.*)")
_ENDS_SENTENCE = re.compile(r"[.;:!?…][\"'”’)]*$")
_ENDS_IN_SO = re.compile(r"\bsố$", re.IGNORECASE)
_NUMBER_END = re.compile(r"[-/]?\s?[A-ZĐ]{2,}[a-z]?\s?[-/]")
_DASHED_NUMBER_END = re.compile(r"[-–]\s?[A-ZĐ]{2,4}[a-z]?\s?/\s?[A-ZĐ]")
_WHOLE_NUMBER = re.compile(r"\d{1,5}[a-z]?(?:\s?/\s?\d{4})?(?:\s?[-/]\s?[A-ZĐ]|\s[A-ZĐ]{2,}[a-z]?\s?[-/])")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a stored text; `segments` has more than one part where a page break tore it.

    `label` is its number or bullet, `rest` what follows it, as one clean line.
    """

    kind: BlockKind
    label: str
    rest: str
    segments: tuple[Span, ...]

    @property
    def ends_sentence(self) -> bool:
        """Whether it closes with a mark that ends a sentence or a clause."""
        return bool(_ENDS_SENTENCE.search(self.rest))


def blocks(stored: str) -> list[Block]:
    """The paragraphs of a text in order; those torn by a page break are whole again, around a footnote too.

    >>> [block.rest for block in blocks("Chỉ thị của Thủ tướng về tiếp\\n\\ntục cải cách.\\n\\nI. NỘI DUNG")]
    ['Chỉ thị của Thủ tướng về tiếp tục cải cách.', 'NỘI DUNG']
    """
    found: list[_Open] = []
    for line in _lines(stored):
        block = _block(stored, (line,))
        torn = _torn(found, block)
        if torn is None:
            found.append(_Open(block, [line], block))
        else:
            torn.lines.append(line)
            torn.last = block
    return [one.first if len(one.lines) == 1 else _block(stored, tuple(one.lines)) for one in found]


def is_type_line(block: Block) -> bool:
    """Whether a line says nothing but the type of the document, in capitals."""
    text = block.rest.strip()
    return text.isupper() and text.casefold() in _type_names()


def _lines(stored: str) -> list[Span]:
    found = []
    for line in re.finditer(r"[^\n\r\f\v\u2028\u2029]+", stored):
        text = line[0]
        bare = text.strip("\ufeff \t\u00a0\u200b")
        if bare.strip():
            start = line.start() + text.index(bare)
            found.append(Span(start, start + len(bare)))
    return found


def _block(stored: str, segments: tuple[Span, ...]) -> Block:
    raw = stored[segments[0].start : segments[0].end]
    if footnote := _FOOTNOTE.match(raw):
        rest = Span(segments[0].start + footnote.start("rest"), segments[0].end)
        return Block("footnote", footnote["label"], matching_copy(stored, (rest, *segments[1:])).text, segments)
    text = matching_copy(stored, segments).text
    for kind, shape in _SHAPES:
        if found := shape.match(text):
            return Block(kind, found["label"], found["rest"].strip(), segments)
    return Block("text", "", text, segments)


@dataclass(slots=True)
class _Open:
    """A paragraph that may go on: its first line, all its lines, its last one."""

    first: Block
    lines: list[Span]
    last: Block

    @property
    def is_long(self) -> bool:
        return len(self.lines) > 1 or len(self.first.rest) > 20


def _torn(found: Sequence[_Open], block: Block) -> _Open | None:
    """The paragraph that a line continues, looking past one footnote."""
    if not found:
        return None
    index = len(found) - 1
    if found[index].first.kind == "footnote" and found[index].last.ends_sentence and index:
        index -= 1
    before = found[index]
    if before.last.ends_sentence or before.first.kind in ("recipients", "article", "division"):
        return None
    if is_type_line(before.last):
        return None
    starts_low = block.kind == "text" and block.rest[:1].islower() and before.is_long
    return before if starts_low or _cuts_number(before.last.rest, block) else None


def _cuts_number(before: str, block: Block) -> bool:
    """Whether the end of a page stands inside a document's number, or between "số" and the number."""
    if block.kind in ("text", "number") and _ENDS_IN_SO.search(before):
        return bool(_NUMBER_END.match(block.rest) or _WHOLE_NUMBER.match(f"{block.label} {block.rest}".lstrip()))
    if block.kind == "dash" and before[-1:].isdigit():
        return bool(_DASHED_NUMBER_END.match(block.label + block.rest))
    return block.kind == "text" and before[-1:].isdigit() and _NUMBER_END.match(block.rest) is not None


@cache
def _type_names() -> frozenset[str]:
    return frozenset(row.name.casefold() for row in document_types())
