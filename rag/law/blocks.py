"""Lines of a stored text, what each looks like, and which of them a page break or a footnote has torn apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
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
    ("division", re.compile(rf"(?P<label>(?:{_DIVISIONS})\s+(?:thứ \w+|[IVXLC]+|\d+))[.:]?(?P<rest>(?:\s.*)?)$")),
    ("article", re.compile(r"Điều\s+(?P<label>\d+[a-zđ]?)\s?[.:]\s*(?P<rest>.*)")),
    ("recipients", re.compile(r"(?P<label>Nơi nhận)\s*:?(?P<rest>.*)", re.IGNORECASE)),
    ("annex", re.compile(r"(?P<label>PHỤ LỤC(?:\s+(?:[IVX]+|\d+))?)\b(?P<rest>.*)")),
    ("number", re.compile(r"(?P<label>\d{1,2}(?:\.\d{1,2}){0,3})(?:[.)]\s*|\s+(?=[A-ZĐÀ-Ỹ]))(?P<rest>[^\d\s/].*)")),
    ("letter", re.compile(r"(?P<label>[a-zđ])\s?[).]\s+(?P<rest>\S.*)")),
    ("dash", re.compile(r"(?P<label>[-+*•–])\s*(?P<rest>[^\d\s].*|\d.*)")),
)  # fmt: skip
_FOOTNOTE = re.compile(r"(?P<label>[¹²³⁰⁴-⁹]+|\[\d{1,3}\])\s*(?P<rest>\S.*)")
_ENDS_SENTENCE = re.compile(r"[.;:!?…][\"'”’)]*$")
_TORN_NUMBER = re.compile(r"(?:\bsố|\d)$")


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

    >>> [block.rest for block in blocks("Chỉ thị về tiếp\\n\\ntục đổi mới.\\n\\nI. NỘI DUNG")]
    ['Chỉ thị về tiếp tục đổi mới.', 'NỘI DUNG']
    """
    found: list[Block] = []
    for line in _lines(stored):
        block = _block(stored, (line,))
        torn = _torn(found, block)
        if torn is None:
            found.append(block)
        else:
            found[torn] = _block(stored, (*found[torn].segments, *block.segments))
    return found


def is_type_line(block: Block) -> bool:
    """Whether a line says nothing but the type of the document, in capitals."""
    text = block.rest.strip()
    return text.isupper() and text.casefold() in {row.name.casefold() for row in document_types()}


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


def _torn(found: Sequence[Block], block: Block) -> int | None:
    """The index of the block that this one continues, looking past one footnote."""
    if block.kind != "text" or not found:
        return None
    index = len(found) - 1
    if found[index].kind == "footnote" and found[index].ends_sentence and index:
        index -= 1
    before = found[index]
    if before.ends_sentence or before.kind in ("recipients", "article", "division") or is_type_line(before):
        return None
    starts_low = block.rest[:1].islower() and len(before.rest) > 20
    number_cut = bool(_TORN_NUMBER.search(before.rest)) and re.match(r"[-/]?\s?[A-ZĐ]{2,}[a-z]?\s?[-/]", block.rest)
    return index if starts_low or number_cut else None
