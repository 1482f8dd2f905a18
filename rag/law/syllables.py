"""The syllables of a document in reading order, with what stands between them, for statistics over the text itself."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from rag.language.normalize import MatchingCopy, fold
from rag.types import Span

Pair = tuple[int, int]
Case = str
"""Of a syllable: "a" small, "A" with a first capital, "X" in capitals, "0" with a digit or mixed."""
_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[.;:!?…()\[\]/&+=]")


class Syllables:
    """Numbers of folded syllables; equal syllables have equal numbers, and so have all figures.

    `gaps[i]` tells what stands before syllable `i`: " " a space, "," a comma, "-" a dash, '"' a
    quotation mark or something else, "." the end of a sentence, of a clause or of a line.
    """

    def __init__(self, copies: Sequence[MatchingCopy]) -> None:
        self._copies = copies
        self.words: list[str] = []
        self.ids: list[int] = []
        self._lines, self._starts, self._ends = array("L"), array("L"), array("L")
        gaps: list[str] = []
        cases: list[Case] = []
        known: dict[str, int] = {}
        seen: dict[str, tuple[int, Case]] = {}
        for line, copy in enumerate(copies):
            text, before = copy.text, -1
            for found in _WORD.finditer(text):
                raw = found[0]
                if raw not in seen:
                    word = "#" if raw.isdigit() else fold(raw)
                    if word not in known:
                        known[word] = len(self.words)
                        self.words.append(word)
                    seen[raw] = known[word], _case(raw)
                number, case = seen[raw]
                self.ids.append(number)
                cases.append(case)
                gaps.append("." if before < 0 else _gap(text[before : found.start()]))
                self._lines.append(line)
                self._starts.append(found.start())
                self._ends.append(before := found.end())
        self.gaps, self.cases = "".join(gaps), "".join(cases)

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def counts(self) -> Counter[int]:
        """How often each syllable stands in the text."""
        return Counter(self.ids)

    @cached_property
    def pairs(self) -> Counter[Pair]:
        """How often two syllables stand side by side with but a space between them."""
        return self.parted(" ")

    def parted(self, gaps: str) -> Counter[Pair]:
        """How often two syllables stand side by side with one of some gaps between them."""
        follow = zip(self.ids, self.ids[1:], self.gaps[1:], strict=False)
        return Counter((one, other) for one, other, gap in follow if gap in gaps)

    def joined(self, start: int, end: int) -> bool:
        """Whether syllables `start` to `end` exist and stand in one sentence."""
        return start >= 0 and end <= len(self.ids) and self.gaps.find(".", start + 1, end) < 0

    def is_phrase(self, start: int, end: int) -> bool:
        """Whether syllables `start` to `end` stand with but spaces between them."""
        return self.joined(start, end) and not self.gaps[start + 1 : end].strip()

    def key(self, start: int, end: int) -> tuple[int, ...] | None:
        """The numbers of syllables `start` to `end`; None where no one sentence holds them."""
        return tuple(self.ids[start:end]) if self.joined(start, end) else None

    def text(self, start: int, end: int) -> str:
        """Syllables `start` to `end` of one line as printed, white space folded."""
        return self._copies[self._lines[start]].text[self._starts[start] : self._ends[end - 1]]

    def span(self, start: int, end: int) -> Span:
        """Where syllables `start` to `end` of one line stand in the stored text."""
        return self._copies[self._lines[start]].span(self._starts[start], self._ends[end - 1])

    def line(self, index: int) -> MatchingCopy:
        """The line of a syllable."""
        return self._copies[self._lines[index]]


def _case(raw: str) -> Case:
    if not raw.isalpha():
        return "0"
    if raw.islower():
        return "a"
    if raw.isupper():
        return "X" if len(raw) > 1 else "A"
    return "A" if raw[0].isupper() and raw[1:].islower() else "0"


def _gap(between: str) -> str:
    if between == " ":
        return " "
    if _BREAK.search(between):
        return "."
    if between.strip() == ",":
        return ","
    return "-" if between.strip() == "-" else '"'
