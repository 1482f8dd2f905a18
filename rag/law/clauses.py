"""Sentences and clauses of a clean line; legal prose is cut at semicolons, never inside a number or a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from rag.language.normalize import UPPER

_LABEL = re.compile(
    r"(?:[-+*•–¹²³⁰⁴-⁹]+|\[\d+\]|[IVX]{1,6}[./)]|\d{1,2}(?:\.\d{1,2})*[.)/-](?=\s)"
    r"|\((?:\d{1,2}|[ivx]{1,5})\)(?=\s)|[a-zđ]\))\s*"
    r"|Điều \d+[a-zđ]?[.:]\s*"
)
STEP_WORDS = (
    "Bước", "Nhiệm vụ", "Nhóm nhiệm vụ", "Nội dung", "Vấn đề", "Giải pháp", "Giai đoạn", "Mô hình", "Đợt", "Tiêu chí",
    "Câu", "Điểm", "Kiến nghị", "Việc", "Ý kiến", "Nhóm", "Mục tiêu", "Chỉ tiêu",
)  # fmt: skip
"""What a plan numbers in words."""
# After the number of a step its sentence goes on: "Bước 1. Đăng ký".
_STEP = "".join(rf"(?<!{word} \d\.)(?<!{word} \d\d\.)" for word in STEP_WORDS)
# Each alternative opens with a letter of its own, which is what a search can skip to.
_SENTENCE = re.compile(
    rf'(?:!|\?|…|\.(?:(?<![.\d]\.)|(?<=\d\.){_STEP}(?!\d)|\.\.|/\.?))["\')]*\s+'
    rf'(?=["\'(]?[{UPPER}0-9])'
)
_ABBREVIATED = re.compile(rf"(?:.*\()?(?:TP|Tp|TS|PGS|GS|ThS|TM|KT|TL|Q|st|tr|v\.v|[{UPPER}])\.\s*")
_MARK = re.compile(r"[()\"]|;\s+")
_ENUMERATION = re.compile(rf":\s+(?=[\"']?[{UPPER}])")
_LEADS_IN = re.compile(r"(?:như sau|sau đây|sau|gồm|như|là)$")
_LABEL_WORDS, _LABEL_LENGTH = 6, 60


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause, `start:end` of the clean line; clauses of one sentence share `sentence`."""

    start: int
    end: int
    sentence: int


def clauses(text: str) -> list[Clause]:
    """The clauses of a clean line in order, its number or bullet left out.

    >>> line = "1. Giao Phòng A theo dõi; báo cáo UBND. Các xã tham gia."
    >>> [(line[c.start : c.end], c.sentence) for c in clauses(line)]
    [('Giao Phòng A theo dõi;', 0), ('báo cáo UBND.', 0), ('Các xã tham gia.', 1)]
    """
    label = _LABEL.match(text)
    found: list[Clause] = []
    for number, (start, end) in enumerate(_sentences(text, label.end() if label else 0)):
        found += [Clause(left, right, number) for left, right in _cut(text, start, end)]
    return found


def _sentences(text: str, start: int) -> list[tuple[int, int]]:
    found = []
    for match in _SENTENCE.finditer(text, start):
        last_word = text.rfind(" ", start, match.start()) + 1
        if _ABBREVIATED.fullmatch(text, max(start, last_word), match.end()):
            continue
        found.append((start, match.end()))
        start = match.end()
    found.append((start, len(text)))
    return [_trim(text, left, right) for left, right in found if text[left:right].strip()]


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    semicolons = list(_semicolons(text, start, end))
    last = max(semicolons, default=start)
    listing = [colon for colon in _colons(text, start, end) if colon < last]
    points = [start, *sorted((*semicolons, *listing)), end]
    return [_trim(text, left, right) for left, right in pairwise(points) if text[left:right].strip()]


def _colons(text: str, start: int, end: int) -> Iterator[int]:
    """Where an enumeration may begin after a colon; a label of few words stays with what it labels."""
    for match in _ENUMERATION.finditer(text, start, end):
        before = text[max(start, match.start() - _LABEL_LENGTH) : match.start()].rpartition("; ")[2]
        if len(before.split()) > _LABEL_WORDS or _LEADS_IN.search(before):
            yield match.end()


def _semicolons(text: str, start: int, end: int) -> Iterator[int]:
    """Where clauses begin after a semicolon that stands neither in brackets nor in quotation marks."""
    depth, quoted = 0, False
    for match in _MARK.finditer(text, start, end):
        depth += (match[0] == "(") - (match[0] == ")")
        quoted ^= match[0] == '"'
        if match[0][0] == ";" and depth <= 0 and not quoted:
            yield match.end()


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
