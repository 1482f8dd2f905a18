"""What the styles and the lists of a DOCX say of its paragraphs and runs.

Source: ECMA-376 part 1, 17.7 (styles) and 17.9 (numbering).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rag.reading.numbering import LEVELS, Level, NumberingList

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class RunLook:
    """How a run looks, as far as that changes what is read."""

    font: str = ""
    is_capitals: bool = False
    is_hidden: bool = False
    is_raised: bool = False


def value(element: _Element | None, name: str = "val") -> str | None:
    return None if element is None else element.get(W + name)


def number(element: _Element | None, fallback: int, name: str = "val") -> int:
    """A whole number, `fallback` where there is none."""
    text = value(element, name) or ""
    return int(text) if text.lstrip("-").isdigit() and len(text) < 7 else fallback


def is_on(element: _Element) -> bool:
    """Whether a switch such as <w:caps/> is on."""
    return (value(element) or "1") not in _OFF


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: _Element | None) -> None:
        self._styles: dict[str, _Element] = {}
        self._defaults: list[_Element] = []
        self.paragraph_default = ""
        for style in [] if root is None else root.iterfind(f"{W}style"):
            name = style.get(W + "styleId") or ""
            self._styles[name] = style
            if style.get(W + "type") == "paragraph" and (style.get(W + "default") or "0") not in _OFF:
                self.paragraph_default = name
        if root is not None:
            self._defaults = root.findall(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self.look_of = lru_cache(maxsize=4_096)(self._look_of)

    def look(self, properties: _Element | None, paragraph_style: str) -> RunLook:
        """The look of a run with these properties in a paragraph of a style."""
        run_style = None if properties is None else value(properties.find(f"{W}rStyle"))
        found = self.look_of(paragraph_style, run_style or "")
        return found if properties is None else _over(found, properties)

    def _look_of(self, paragraph_style: str, run_style: str) -> RunLook:
        found = RunLook()
        chain = [*self._chain(paragraph_style), *self._chain(run_style)]
        for properties in [*self._defaults, *(inner for style in chain for inner in style.iterfind(f"{W}rPr"))]:
            found = _over(found, properties)
        return found

    def numbering(self, style: str) -> tuple[str | None, int | None]:
        """The list and the level that a paragraph style names; None where it names none."""
        listed, level = None, None
        for one in self._chain(style):
            properties = one.find(f"{W}pPr/{W}numPr")
            if properties is not None:
                listed = value(properties.find(f"{W}numId")) or listed
                level = number(properties.find(f"{W}ilvl"), -1) if properties.find(f"{W}ilvl") is not None else level
        return listed, level

    def has_borders(self, style: str) -> bool:
        """Whether a style of tables draws lines."""
        return any(_draws(one.find(f"{W}tblPr/{W}tblBorders")) for one in self._chain(style))

    def _chain(self, style: str) -> list[_Element]:
        """A style and those that it is based on, the outermost first."""
        chain: list[_Element] = []
        while style in self._styles and self._styles[style] not in chain:
            chain.append(self._styles[style])
            style = value(self._styles[style].find(f"{W}basedOn")) or ""
        return chain[::-1]


def _over(look: RunLook, properties: _Element) -> RunLook:
    font, is_capitals, is_hidden, is_raised = look.font, look.is_capitals, look.is_hidden, look.is_raised
    for one in properties:
        if one.tag == W + "rFonts":
            font = one.get(W + "ascii") or one.get(W + "hAnsi") or font
        elif one.tag == W + "caps":
            is_capitals = is_on(one)
        elif one.tag == W + "vanish":
            is_hidden = is_on(one)
        elif one.tag == W + "vertAlign":
            is_raised = value(one) == "superscript"
    return RunLook(font, is_capitals, is_hidden, is_raised)


def _draws(borders: _Element | None) -> bool:
    """Whether lines are drawn between the cells of a table."""
    if borders is None:
        return False
    inner = [one for one in borders if one.tag in (W + "insideV", W + "insideH", W + "top", W + "bottom")]
    return any((value(one) or "none") not in ("none", "nil") for one in inner)


def has_borders(table: _Element, styles: Styles) -> bool:
    """Whether a table draws lines, by itself, its cells or its style."""
    properties = table.find(f"{W}tblPr")
    if properties is not None:
        own = properties.find(f"{W}tblBorders")
        if own is not None:
            return _draws(own)
        if styles.has_borders(value(properties.find(f"{W}tblStyle")) or ""):
            return True
    return any(_draws(one) for one in table.iterfind(f"{W}tr/{W}tc/{W}tcPr/{W}tcBorders"))


class Lists:
    """The lists of a document by the numbers that paragraphs name, and the levels that paragraph styles stand for."""

    def __init__(self, root: _Element | None) -> None:
        self.lists: dict[str, NumberingList] = {}
        self._styled: dict[tuple[str, str], int] = {}
        if root is None:
            return
        series = {one.get(W + "abstractNumId") or "": one for one in root.iterfind(f"{W}abstractNum")}
        named = {value(one.find(f"{W}styleLink")): key for key, one in series.items()}
        for listed in root.iterfind(f"{W}num"):
            key = value(listed.find(f"{W}abstractNumId")) or ""
            link = None if key not in series else value(series[key].find(f"{W}numStyleLink"))
            key = named.get(link, key) if link else key
            if key in series:
                self._add(listed.get(W + "numId") or "", key, series[key], listed)

    def level_of(self, listed: str, style: str) -> int:
        """The level of a list that a paragraph style stands for, else the first."""
        return self._styled.get((listed, style), 0)

    def _add(self, name: str, key: str, series: _Element, listed: _Element) -> None:
        levels = [Level()] * LEVELS
        restarts: dict[int, int] = {}
        for place, one in self._levels(name, series):
            levels[place] = one
        for override in listed.iterfind(f"{W}lvlOverride"):
            place = number(override, 0, "ilvl")
            if not 0 <= place < LEVELS:
                continue
            for _, one in self._levels(name, override, place):
                levels[place] = one
            if override.find(f"{W}startOverride") is not None:
                restarts[place] = number(override.find(f"{W}startOverride"), 1)
        self.lists[name] = NumberingList(key, tuple(levels), restarts)

    def _levels(self, name: str, holder: _Element, place: int | None = None) -> Iterator[tuple[int, Level]]:
        for one in holder.iterfind(f"{W}lvl"):
            at = number(one, 0, "ilvl") if place is None else place
            if not 0 <= at < LEVELS:
                continue
            if style := value(one.find(f"{W}pStyle")):
                self._styled[name, style] = at
            legal = one.find(f"{W}isLgl")
            restart = one.find(f"{W}lvlRestart")
            yield (
                at,
                Level(
                    start=number(one.find(f"{W}start"), 0),
                    format=value(one.find(f"{W}numFmt")) or "decimal",
                    text=value(one.find(f"{W}lvlText")) or "",
                    is_legal=legal is not None and is_on(legal),
                    restart=None if restart is None else number(restart, 0),
                ),
            )
