"""Footnotes of a recognised page: their labels, and the raised digits that call them, which are read as signs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.reading.draft import superscript
from rag.reading.hocr import Letter, Row, usual_size

_LABEL = re.compile(r"[1-9][0-9]{0,2}")
_SMALL = 0.87
_RAISED_BY, _LEAST, _MOST = 0.25, 0.28, 0.6
_NO_CALLS = frozenset('“”"-–—…·°ˆ^~')


def with_calls(rows: Sequence[Row]) -> list[Row]:
    """The lines of a page with the labels of its footnotes raised, and with their calls where each is found."""
    if not rows:
        return []
    size = usual_size(rows)
    order = sorted(range(len(rows)), key=lambda index: rows[index].base)
    labels = _labels(rows, order, size)
    if not labels:
        return list(rows)
    first = order.index(min(labels, key=order.index))
    calls = [(index, *place) for index in order[:first] for place in _raised(rows[index], size)]
    found = list(rows)
    for index, number in labels.items():
        words = rows[index].words
        found[index] = replace(rows[index], words=(words[0].reads(superscript(number)), *words[1:]))
    if len(calls) == len(labels):
        for (index, word, letter), number in zip(calls, labels.values(), strict=True):
            found[index] = _called(found[index], word, letter, number)
    return found


def _labels(rows: Sequence[Row], order: Sequence[int], size: float) -> dict[int, str]:
    """The lines of small print at the foot that begin with the numbers of notes, each one more than the one before."""
    foot: list[int] = []
    for index in reversed(order):
        if rows[index].size > _SMALL * size:
            break
        foot.append(index)
    labels: dict[int, str] = {}
    last = 0
    for index in reversed(foot):
        first = rows[index].words[0].text
        if (
            _LABEL.fullmatch(first)
            and len(rows[index].words) > 1
            and int(first) == (last + 1 if labels else int(first))
        ):
            last = int(first)
            labels[index] = first
    return labels


def _raised(row: Row, size: float) -> Iterator[tuple[int, int]]:
    """The last letters of words that stand above the line and are as small as raised digits."""
    for at, word in enumerate(row.words):
        for place in range(len(word.letters) - 1, -1, -1):
            if word.letters[place].char in ".,;:":
                continue
            if _is_raised(word.letters[place], row, size):
                yield at, place
            break


def _is_raised(letter: Letter, row: Row, size: float) -> bool:
    height = letter.box.bottom - letter.box.top
    return (
        letter.char not in _NO_CALLS
        and row.base - letter.box.bottom > _RAISED_BY * size
        and _LEAST * size < height < _MOST * size
    )


def _called(row: Row, word: int, letter: int, number: str) -> Row:
    """The line with a call in the place of a letter."""
    changed = row.words[word]
    text = changed.text[:letter] + superscript(number) + changed.text[letter + 1 :]
    return replace(row, words=(*row.words[:word], changed.reads(text), *row.words[word + 1 :]))
