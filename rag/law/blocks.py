"""Lines of a stored text, what each looks like, and which of them a page break or a footnote has torn apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from rag.language.lexicon import document_types
from rag.language.normalize import UPPER, matching_text
from rag.law.clauses import STEP_WORDS
from rag.types import Span

BlockKind = Literal[
    "capital", "roman", "number", "letter", "dash", "article", "division", "footnote", "recipients", "annex", "form",
    "file", "step", "text",
]  # fmt: skip

_DIVISIONS = "PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục|TIỂU MỤC|Tiểu mục"
_FIRST_NUMBERS = "một|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười"
_ORDINAL = rf"(?:(?i:thứ) \w+|(?i:{_FIRST_NUMBERS})(?!\w)|[IVXLC]+|\d{{1,3}}[a-zđ]?|[A-Z])"
_ANNEX_NUMBER = r"(?:\s+(?:(?i:số)\s+)?(?:[IVX]+|\d+)(?:[.-]?(?:\d+|[A-Z]))?)?"
_STEPS = "|".join(STEP_WORDS)
_FORMS = "Mẫu|MẪU|Biểu mẫu|BIỂU MẪU|Biểu|BIỂU"
_SMALL = "abcdđefghijklmnopqrstuvwxyz"
# Each shape with the characters that a line of it may begin with.
_SHAPES: tuple[tuple[BlockKind, str, str], ...] = (
    ("number", "IVX", rf"[IVX]{{1,6}}\.(?P<label>\d{{1,2}}(?:\.\d{{1,2}}){{0,2}})\.?\s+(?P<rest>[{UPPER}].*)"),
    ("roman", "IVX", r"(?!V/v\b)(?P<label>[IVX]{1,6})\s?(?:[.)/]\s*|-\s+)(?![IVX]\.)(?P<rest>\S.*)"),
    # sections above the Roman ones, their titles in capitals
    (
        "capital",
        "ABCDEGHKLMNĐ",
        rf"(?P<label>[A-EGHK-NĐ])\s?[.)/-]\s*(?P<rest>[{UPPER}]{{2}}[{UPPER}\d\s,.;:()/&\"'-]*)$",
    ),
    (
        "division",
        "PCMT",
        rf"(?P<label>(?:{_DIVISIONS})\s+{_ORDINAL})(?:[.:]\s*|\s+-\s+|\s+|$)"
        rf"(?!Chương\s|Phần\s|Mục\s|Điều\s)(?P<rest>(?:[{UPPER}\"].*)?)$",
    ),
    ("article", "ĐÐ", r"[ĐÐ](?:iều|IỀU)\s+(?P<label>\d+[a-zđ]?)(?:\s?[.:](?!\d)\s*(?P<rest>.*)|$)"),
    (
        "step",
        "NBVGMĐTCKÝ",
        rf"(?P<label>(?:{_STEPS})\s+(?:thứ\s+(?!trưởng)\w+|\d{{1,2}}|[IVX]{{1,4}}|{_FIRST_NUMBERS}))"
        r"(?:\s?[.:]\s*(?!\d)|\s+[-–]\s+|\s(?=\([^()]{1,40}\)[.:]))(?P<rest>\S.*)",
    ),
    ("recipients", "Nn", r"(?i:(?P<label>Nơi nhận))\s*:?(?P<rest>.*)"),
    ("annex", "P", rf"(?P<label>PHỤ LỤC{_ANNEX_NUMBER})\b(?P<rest>.*)"),
    (
        "annex",
        "P",
        rf"(?P<label>Phụ lục{_ANNEX_NUMBER})"
        rf"(?:[.:]?$|\s*[.:]\s+(?=[{UPPER}])|\s+-\s+|\s+(?=[{UPPER}]{{2}}))(?P<rest>.*)",
    ),
    ("form", "MB", rf"(?P<label>(?:{_FORMS})\s+(?:(?i:số)\s*:?\s*)?[\dA-Z][\w./-]*)[.:]?(?P<rest>)$"),
    (
        "number",
        "0123456789",
        r"(?P<label>\d{1,2}(?:\.\d{1,2}){0,3})"
        rf"(?:[.)]\s*|/\s+(?=[{UPPER}])|\s?-\s+(?=[{UPPER}])|\s+(?=[{UPPER}]))(?P<rest>[^\d\s/].*)",
    ),
    (
        "number",
        "0123456789",
        r"(?P<label>\d{1,2})-\s+(?P<rest>\d+(?:[.,]\d+)?\s?%.*)",
    ),
    # a clause that begins with a number, and no date
    ("number", "0123456789", r"(?P<label>\d{1,2})[.)]\s+(?P<rest>\d(?!\d?\s?[./]\s?\d).*)"),
    ("letter", _SMALL, rf"(?P<label>[a-zđ])\s?(?:[).]\s+|-\s+(?=[{UPPER}]))(?P<rest>\S.*)"),
    ("letter", "(", r"\((?P<label>\d{1,2}|[ivx]{1,5})\)\s+(?P<rest>\S.*)"),
    ("dash", "-+*•–", r"(?P<label>[-+*•–])\s*(?P<rest>[^\d\s].*|\d.*)"),
)
_FILE_ENDS = (".doc", ".docx", ".pdf", ".xls", ".xlsx", ".rtf", ".zip")
_FILE_LAST = frozenset(end[-1] for end in _FILE_ENDS) | frozenset("CXFSP")
_CALLS = frozenset("¹²³⁰⁴⁵⁶⁷⁸⁹[")
_FOOTNOTE = re.compile(r"(?P<label>[¹²³⁰⁴-⁹]+|\[\d{1,3}\])\s*(?P<rest>\S.*)")
_LINE = re.compile(r"[^\n\r\f\v\u2028\u2029]+")
_MARGIN = "\ufeff \t\u00a0\u200b"
_LONG = 20
_SENTENCE_ENDS = frozenset(".;:!?…")
_ENDS_IN_SO = re.compile(r"\bsố$", re.IGNORECASE)
_NUMBER_END = re.compile(r"[-/]?\s?[A-ZĐ]{2,}[a-z]?\s?[-/]")
_DASHED_NUMBER_END = re.compile(r"[-–]\s?[A-ZĐ]{2,4}[a-z]?\s?/\s?[A-ZĐ]")
_WHOLE = frozenset(("recipients", "article", "division", "form", "file"))
_WHOLE_NUMBER = re.compile(r"\d{1,5}[a-z]?(?:\s?/\s?\d{4})?(?:\s?[-/]\s?[A-ZĐ]|\s[A-ZĐ]{2,}[a-z]?\s?[-/])")


_KINDS = (
    "hành động", "công tác", "làm việc", "phối hợp", "liên tịch", "liên ngành", "kết luận", "tóm tắt", "tổng kết",
    "sơ kết",
)  # fmt: skip
"""What a type line may say besides the type: "CHƯƠNG TRÌNH HÀNH ĐỘNG"."""
_BY_PEOPLE = ("Hương ước", "Quy ước", "Nội quy", "Điều lệ")
"""What people agree on among themselves, which no office issues: types of texts, and no words for types elsewhere."""
_WRAPS, _WRAP_SHARE, _FULL = 8, 0.3, 0.9
"""From how many lines that go on in small letters, of all pairs of lines, a text is wrapped; which of them is full."""


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
        return self.rest.rstrip("\"'”’)")[-1:] in _SENTENCE_ENDS


def blocks(stored: str) -> list[Block]:
    """The paragraphs of a text in order; those torn by a page break are whole again, around a footnote too.

    >>> [block.rest for block in blocks("Chỉ thị của Thủ tướng về tiếp\\n\\ntục cải cách.\\n\\nI. NỘI DUNG")]
    ['Chỉ thị của Thủ tướng về tiếp tục cải cách.', 'NỘI DUNG']
    """
    found: list[Block] = []
    more: dict[int, list[Block]] = {}  # by the index of a torn paragraph, the lines that follow its first
    whole = list(_lines(stored))
    wrapped = _wrapped(stored, whole)
    for line in whole:
        block = _block(stored, (line,))
        torn = _torn(found, more, block, goes_on=line.start in wrapped)
        if torn is None:
            found.append(block)
        else:
            more.setdefault(torn, []).append(block)
    for index, lines in more.items():
        segments = (found[index], *lines)
        found[index] = _block(stored, tuple(line.segments[0] for line in segments))
    return found


def is_type_line(block: Block) -> bool:
    """Whether a line says nothing but the type of the document, in capitals."""
    return line_type(block.rest) is not None


def line_type(line: str) -> str | None:
    """The type of a document that a line in capitals says, and nothing else; None for any other line.

    >>> line_type("KẾ HOẠCH"), line_type("CHƯƠNG TRÌNH HÀNH ĐỘNG"), line_type("KẾ HOẠCH PHÁT TRIỂN KINH TẾ")
    ('Kế hoạch', 'Chương trình', None)
    """
    text = line.strip()
    return _type_names().get(" ".join(text.casefold().split())) if text.isupper() else None


def _lines(stored: str) -> Iterator[Span]:
    for line in _LINE.finditer(stored):
        bare = line[0].lstrip(_MARGIN)
        start = line.end() - len(bare)
        bare = bare.rstrip(_MARGIN)
        if bare and not bare.isspace():
            yield Span(start, start + len(bare))


def _block(stored: str, segments: tuple[Span, ...]) -> Block:
    first = segments[0]
    if stored[first.start] in _CALLS and (footnote := _FOOTNOTE.match(stored, first.start, first.end)):
        rest = Span(footnote.start("rest"), first.end)
        return Block("footnote", footnote["label"], matching_text(stored, (rest, *segments[1:])), segments)
    text = matching_text(stored, segments)
    if text[-1:] in _FILE_LAST and text[-5:].lower().endswith(_FILE_ENDS):
        return Block("file", "", text, segments)
    for kind, shape in _shapes().get(text[:1], ()):
        if found := shape.match(text):
            return Block(kind, found["label"], (found["rest"] or "").strip(), segments)
    return Block("text", "", text, segments)


@cache
def _shapes() -> dict[str, list[tuple[BlockKind, re.Pattern[str]]]]:
    """The shapes by the character that a line begins with."""
    found: dict[str, list[tuple[BlockKind, re.Pattern[str]]]] = {}
    for kind, firsts, shape in _SHAPES:
        for char in firsts:
            found.setdefault(char, []).append((kind, re.compile(shape)))
    return found


def _wrapped(stored: str, lines: Sequence[Span]) -> frozenset[int]:
    """Where lines begin that an editor broke off the one before at the width of its page; none in other texts.

    Such a line is no further in than the one before, whose width it would have passed with one word more.
    """
    low: list[int] = []
    pairs: list[tuple[Span, int, int, int]] = []
    for one, two in pairwise(lines):
        gap = stored[one.end : two.start]
        if gap.count("\n") == 1 and "\t" not in stored[one.start : two.end] and "|" not in stored[one.start : two.end]:
            start = stored.rfind("\n", 0, one.start) + 1
            width, inset = one.end - start, one.start - start
            pairs.append((two, width, inset, len(gap) - gap.index("\n") - 1))
            if stored[two.start].islower():
                low.append(width)
    if len(low) < _WRAPS or len(low) < _WRAP_SHARE * len(pairs):
        return frozenset()
    full = sorted(low)[int(len(low) * _FULL)]
    found = []
    for two, width, inset, next_inset in pairs:
        word = stored[two.start : two.end].split(maxsplit=1)[0]
        if next_inset <= inset and width + 1 + len(word) > full:
            found.append(two.start)
    return frozenset(found)


def _torn(
    found: Sequence[Block], more: Mapping[int, Sequence[Block]], block: Block, *, goes_on: bool = False
) -> int | None:
    """The index of the paragraph that a line continues, looking past one footnote."""
    index = len(found) - 1
    if index > 0 and found[index].kind == "footnote" and _last(found, more, index).ends_sentence:
        index -= 1
    if index < 0 or (found[index].kind in _WHOLE and not (goes_on and found[index].kind == "article")):
        return None
    last = _last(found, more, index)
    if last.ends_sentence:
        return None
    is_long = index in more or len(last.rest) > _LONG
    starts_low = is_long and block.kind == "text" and block.rest[:1].islower()
    joined = starts_low or (goes_on and block.kind == "text") or _cuts_number(last.rest, block)
    return index if joined and not is_type_line(last) else None


def _last(found: Sequence[Block], more: Mapping[int, Sequence[Block]], index: int) -> Block:
    return more[index][-1] if index in more else found[index]


def _cuts_number(before: str, block: Block) -> bool:
    """Whether the end of a page stands inside a document's number, or between "số" and the number."""
    if block.kind in ("text", "number") and _ENDS_IN_SO.search(before[-3:]):
        return bool(_NUMBER_END.match(block.rest) or _WHOLE_NUMBER.match(f"{block.label} {block.rest}".lstrip()))
    if block.kind == "dash" and before[-1:].isdigit():
        return bool(_DASHED_NUMBER_END.match(block.label + block.rest))
    return block.kind == "text" and before[-1:].isdigit() and _NUMBER_END.match(block.rest) is not None


@cache
def _type_names() -> dict[str, str]:
    """The types by their names in small letters, and by those with what tells of what kind they are."""
    names = [*(row.name for row in document_types()), *_BY_PEOPLE]
    kinds = {f"{name.casefold()} {kind}": name for name in names for kind in _KINDS}
    return kinds | {name.casefold(): name for name in names}
