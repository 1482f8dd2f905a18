"""The headings that are open while a part is read, and how a person says where something stands under them."""

from __future__ import annotations

from dataclasses import dataclass, field

DIVISION_DEPTHS = {"phần": -4.0, "chương": -3.0, "mục": -2.0, "tiểu": -1.0}
ARTICLE, CLAUSE, POINT = 0.0, 1.0, 2.0
SECTION, LETTER = 0.0, 5.0
STEP = 0.75
"""How much deeper than what holds it a step lies, "Bước 1", so that numbers may stand below it."""
UNIT = 0.875
"""How much deeper than what holds it a line lies that names the unit of the items below it."""


@dataclass(frozen=True, slots=True)
class Open:
    """An open heading: `index` is its provision, `text` how its place is said, made of `dotted` and `suffix`."""

    depth: float
    index: int
    text: str
    section: str = ""
    dotted: str = ""
    suffix: str = ""


@dataclass(slots=True)
class Outline:
    """The open headings of one part, outermost first."""

    is_law: bool = False
    stack: list[Open] = field(default_factory=list)

    @property
    def top(self) -> Open | None:
        """The innermost open heading."""
        return self.stack[-1] if self.stack else None

    def has(self, depth: float) -> bool:
        """Whether a heading of a depth is open."""
        return any(one.depth == depth for one in self.stack)

    def up_to(self, depth: float) -> Open | None:
        """The innermost open heading that is no deeper than a depth."""
        return next((one for one in reversed(self.stack) if one.depth <= depth), None)

    def close(self, depth: float) -> None:
        """Close what is as deep as a heading about to open, or deeper."""
        while self.stack and self.stack[-1].depth >= depth:
            self.stack.pop()

    def open(self, depth: float, label: str, index: int) -> Open:
        """The heading that opens at a depth.

        >>> outline = Outline(is_law=True)
        >>> [outline.open(depth, label, 0).text for depth, label in ((0, "Điều 5"), (1, "khoản 2"), (2, "điểm đ"))]
        ['Điều 5', 'khoản 2 Điều 5', 'điểm đ khoản 2 Điều 5']
        """
        self.close(depth)
        one = self._law(depth, label, index) if self.is_law else self._plan(depth, label, index)
        self.stack.append(one)
        return one

    def _law(self, depth: float, label: str, index: int) -> Open:
        """An article is known by its number alone, a chapter or a section only with what holds it."""
        above = self.top
        if above is None or depth == ARTICLE:
            return Open(depth, index, label)
        return Open(depth, index, f"{label} {above.text}")

    def _plan(self, depth: float, label: str, index: int) -> Open:
        """A dotted number stands for those above it; sections and divisions are said with it."""
        above = self.top
        section, dotted, suffix = (above.section, above.dotted, above.suffix) if above else ("", "", "")
        if depth < SECTION:
            return Open(depth, index, f"{label}{suffix}", suffix=f" {label}{suffix}")
        if depth == LETTER:
            place = f" Mục {dotted}" if dotted else ""
            return Open(depth, index, f"điểm {label}{place}{suffix}", section, dotted, suffix)
        if depth % 1 in (STEP, UNIT):
            place = f"{label} Mục {dotted}{suffix}" if dotted else f"{label}{suffix}"
            return Open(depth, index, place, suffix=f" {place}")
        section = label if depth == SECTION else section
        dotted = label if depth == SECTION or not section else f"{section}.{label}"
        return Open(depth, index, f"Mục {dotted}{suffix}", section, dotted, suffix)


def spoken_division(label: str) -> str:
    """The label of a division as it is said.

    >>> spoken_division("CHƯƠNG II"), spoken_division("PHẦN THỨ NHẤT"), spoken_division("TIỂU MỤC 2")
    ('Chương II', 'Phần thứ nhất', 'Tiểu mục 2')
    """
    words = label.split()
    count = 2 if words[0].casefold() == "tiểu" else 1
    is_ordinal = words[count].casefold() == "thứ"
    rest = " ".join(words[count:])
    return f"{' '.join(words[:count]).capitalize()} {rest.lower() if is_ordinal else rest}"
