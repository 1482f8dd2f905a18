"""Lines of pages as their paragraphs: without running heads, torn paragraphs whole, footnotes below them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.reading.draft import PAGE, Draft, superscript
from rag.reading.layout import Line

_RAISED = "[\ue100-\ue109]"
_PAGE_NUMBER = re.compile(r"[-–—]?\s*(?:[Tt]rang\s*)?(\d{1,4})(?:\s*/\s*\d{1,4})?\s*[-–—]?")
_NOTE = re.compile(rf"(?:({_RAISED}{{1,3}})|\[(\d{{1,3}})\])\s*(?=\S)")
_HYPHEN = re.compile(r"(?<=\S)[-\x02\ufffe]$|/$")
_SENTENCE_END = re.compile(r"[.;:!?…]['\"”’)\]]?$")
_FIRST_WORD = re.compile(r"\S+")
_LEVEL_LABEL = re.compile(r"(\d{1,2})[.)]?\s+(?=[^\W\d])")
_EDGE_ROWS = 2
_SMALLER, _WIDER_PITCH, _INDENT = 0.93, 1.22, 0.7
_REPEATED = 3


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that grows line by line."""

    text: str
    last: Line
    page: int


def write_pages(pages: Sequence[Sequence[Line]], draft: Draft) -> None:
    """Writes the paragraphs of pages into a draft; a page without a line still counts."""
    bodies = _without_heads(pages)
    size = _usual_size(bodies)
    pitch = _usual_pitch(bodies)
    open_one: _Paragraph | None = None
    waiting: dict[str, str] = {}
    marks = ""
    for number, page in enumerate(bodies):
        lines, notes = _without_notes(page, size)
        waiting |= notes
        marks += PAGE if number else ""
        for line in lines:
            if line.cells:
                _close(open_one, waiting, draft)
                open_one = None
                draft.row([marks + line.cells[0], *line.cells[1:]])
                marks = ""
            elif open_one and _continues(open_one, line, number, pitch):
                open_one.text = _joined(open_one.text, marks + line.text)
                open_one.last, open_one.page, marks = line, number, ""
            else:
                _close(open_one, waiting, draft)
                open_one = _Paragraph(marks + line.text, line, number)
                marks = ""
    _close(open_one, waiting, draft)
    for label, note in waiting.items():
        draft.paragraph(f"{label} {note}")
    if marks:
        draft.paragraph(marks)


def _close(paragraph: _Paragraph | None, waiting: dict[str, str], draft: Draft) -> None:
    """Sets a paragraph down, and below it the notes that it calls."""
    if paragraph is None:
        return
    draft.paragraph(paragraph.text)
    for label in re.findall(rf"{_RAISED}+|\[\d{{1,3}}\]", paragraph.text):
        if label in waiting:
            draft.paragraph(f"{label} {waiting.pop(label)}")


def _joined(text: str, more: str) -> str:
    """Two parts of a paragraph; a hyphen or a slash at the end of a line parts no number from its rest."""
    if _HYPHEN.search(text[-2:]) and not text.endswith((" -", " /")):
        return text.rstrip("\x02\ufffe") + ("-" if text[-1] in "\x02\ufffe" else "") + more
    return f"{text} {more}"


def _continues(paragraph: _Paragraph, line: Line, page: int, pitch: float) -> bool:
    """Whether a line goes on with a paragraph."""
    last = paragraph.last
    if abs(line.size - last.size) > 0.15 * last.size:
        return False
    width = _first_width(line)
    room = last.end - last.right
    indented = line.left - line.start > _INDENT * line.size
    same_column = page == paragraph.page and line.start == last.start and line.bottom > last.bottom
    if same_column:
        if line.bottom - last.bottom > _WIDER_PITCH * pitch * max(1.0, line.size / last.size):
            return False
        if indented and line.left - last.left > _INDENT * line.size:
            return False
        return room < width + 0.3 * line.size
    if line.text[:1].islower() and not _SENTENCE_END.search(paragraph.text):
        return True
    return not indented and room < width + 0.3 * line.size and not _SENTENCE_END.search(paragraph.text)


def _first_width(line: Line) -> float:
    """How wide the first word of a line is; where that is not known, as its number of letters lets expect."""
    if line.first is not None:
        return line.first
    word = _FIRST_WORD.search(line.text)
    return len(word[0]) * (line.right - line.left) / max(1, len(line.text)) if word else 0.0


def _usual_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size of most of the letters."""
    letters: Counter[float] = Counter()
    for page in pages:
        for line in page:
            letters[round(line.size, 1)] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0.0


def _usual_pitch(pages: Sequence[Sequence[Line]]) -> float:
    """From line to line within a paragraph: the most common of the distances between lines, rounded."""
    steps = [
        round(after.bottom - before.bottom, 0)
        for page in pages
        for before, after in pairwise(page)
        if after.start == before.start and not after.cells and 0 < after.bottom - before.bottom < 3 * before.size
    ]
    if not steps:
        return 20.0
    counts = Counter(steps)
    often = [step for step, times in counts.items() if times >= 0.25 * max(counts.values())]
    return min(often) + 0.5


def _without_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without their numbers and the lines that stand at the edge of many of them."""
    edges: Counter[tuple[str, bool]] = Counter()
    offsets: Counter[int] = Counter()
    for index, page in enumerate(pages):
        for line, is_top in _edges(page):
            edges[_masked(line.text), is_top] += 1
            if number := _PAGE_NUMBER.fullmatch(line.text.strip()):
                offsets[int(number[1]) - index] += 1
    offset = offsets.most_common(1)[0][0] if offsets else None
    kept = []
    for index, page in enumerate(pages):
        heads = set()
        for line, is_top in _edges(page):
            number = _PAGE_NUMBER.fullmatch(line.text.strip())
            if (number and offset is not None and int(number[1]) - index == offset) or (
                not number and edges[_masked(line.text), is_top] >= max(_REPEATED, 0.5 * len(pages))
            ):
                heads.add(id(line))
        kept.append([line for line in page if id(line) not in heads])
    return kept


def _edges(page: Sequence[Line]) -> Iterator[tuple[Line, bool]]:
    """The lines at the top and at the bottom of a page, and whether they are at the top."""
    ordered = sorted((line for line in page if not line.cells), key=lambda line: line.bottom)
    yield from ((line, True) for line in ordered[:_EDGE_ROWS])
    yield from ((line, False) for line in ordered[max(_EDGE_ROWS, len(ordered) - _EDGE_ROWS) :])


def _masked(text: str) -> str:
    return re.sub(r"\d+", "#", text.strip())


def _without_notes(page: Sequence[Line], size: float) -> tuple[list[Line], dict[str, str]]:
    """The lines of a page above its footnotes, and the notes by their labels."""
    ordered = sorted(page, key=lambda line: line.bottom)
    first = len(ordered)
    while first and ordered[first - 1].size < _SMALLER * size and not ordered[first - 1].cells:
        first -= 1
    small = ordered[first:]
    called = set(re.findall(rf"{_RAISED}+", " ".join(line.text for line in ordered[:first])))
    labels = [_label(line.text, called) for line in small]
    begin = next((index for index, label in enumerate(labels) if label), None)
    if begin is None:
        return list(page), {}
    notes: dict[str, str] = {}
    label = ""
    for line, own in zip(small[begin:], labels[begin:], strict=True):
        if own:
            label = own[0]
            notes[label] = line.text[own[1] :]
        else:
            notes[label] = _joined(notes[label], line.text)
    dropped = {id(line) for line in small[begin:]}
    return [line for line in page if id(line) not in dropped], notes


def _label(text: str, called: Collection[str]) -> tuple[str, int] | None:
    """The label with which a note opens and where its words begin; None for a line that opens none.

    A label may stand on the line, "1 Luật A", where the page calls a note of that number.
    """
    if call := _NOTE.match(text):
        return call[1] or f"[{call[2]}]", call.end()
    level = _LEVEL_LABEL.match(text)
    raised = superscript(level[1]) if level else ""
    return (raised, level.end()) if level and raised in called else None
