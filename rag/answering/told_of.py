"""Whether a passage is on the office-holder or the place that a question is on: one tells nothing of another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from rag.answering.holdings import Library, bare_line
from rag.answering.query import Query
from rag.language.normalize import UPPER, normalize, unmark

_OFFICE = r"(?:pho )?(?:bi thu|chu tich|truong (?:phong|ban|thon|cong an)|giam doc|chanh van phong|chanh thanh tra)"
_SUBJECT = re.compile(rf"^(?:\w+ ){{0,3}}?(?P<office>{_OFFICE})\b")
_HOLDS = re.compile(rf"\b{_OFFICE}\b")
_PLACE = r"(?:xa(?! hoi)|phuong|thi tran|huyen|quan|thi xa|tinh|thanh pho)"
_OF_LEVEL = re.compile(
    r"\bchu tich(?: (?:uy ban nhan dan|hoi dong nhan dan|ubnd|hdnd|uy ban|cap|cac))*"
    rf"(?P<levels> {_PLACE}(?:(?:,| va| hoac|, cac)? (?:cap )?{_PLACE})*)\b"
)
"""The head of a body with the levels of it: "Chủ tịch Ủy ban nhân dân cấp tỉnh, cấp huyện"."""
_CLAIMED = re.compile(rf"\bdo {_OF_LEVEL.pattern}")
"""By whom a question says that something is done, which a text may tell of another level."""
_LEVELS = {
    "xa": {"xa"}, "phuong": {"xa"}, "thi tran": {"xa"}, "huyen": {"huyen"}, "quan": {"huyen"}, "thi xa": {"huyen"},
    "tinh": {"tinh"}, "thanh pho": {"huyen", "tinh"},
}  # fmt: skip
_KINDS = "xã|phường|thị trấn|huyện|quận|thị xã|thôn|ấp|bản|buôn|khóm|xóm"
_NAMED = re.compile(rf"(?<!\w)(?i:{_KINDS})\s(?P<name>[{UPPER}]\w*(?:\s[{UPPER}]\w*){{0,3}})")
_OF_ONE = frozenset(("date", "amount", "place"))
"""What is asked of an office-holder that may differ from one to the next."""
_AT_LEVEL = _OF_ONE | {"yes_no"}
"""What is asked of the head of a body that may differ from one level to the next."""


class ToldOf:
    """Tells on whom and on what places the texts of one snapshot are; read-only."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @cached_property
    def _places(self) -> frozenset[str]:
        """The names of the places that the texts name with their kind, bare: " xa dien hai "."""
        found = (
            match for text in self._library.texts.values() for match in _NAMED.finditer(normalize(text))
        )  # fmt: skip
        return frozenset(bare_line(match[0]) for match in found)

    @cached_property
    def _own(self) -> Mapping[str, frozenset[str]]:
        """The places whose texts they are, by source."""
        return {
            source: frozenset(bare_line(match[0]) for match in _NAMED.finditer(normalize(entry.issuer or "")))
            for source, entry in self._library.held.items()
        }

    def asked_places(self, query: Query) -> frozenset[str]:
        """The places of the corpus that a question names, bare; of names that hold one another the longest."""
        line = bare_line(query.restored)
        named = {place for place in self._places if place in line}
        return frozenset(one for one in named if not any(one != other and one.strip() in other for other in named))

    def fits(self, query: Query, source: str, text: str) -> bool:
        """Whether a passage, `text` with its headings, may tell what a question asks of an office-holder or a place."""
        bare = unmark(normalize(text).lower())
        return self._of_office(query, source, bare) and _of_level(query, bare) and self._of_place(query, source, bare)

    def _of_office(self, query: Query, source: str, bare: str) -> bool:
        subject = _SUBJECT.match(query.bare) if query.slots & _OF_ONE else None
        if subject is None:
            return True
        held = _HOLDS.findall(bare)
        elsewhere = self.asked_places(query) - self._own.get(source, frozenset())
        return subject["office"] in held or not (held or elsewhere)

    def _of_place(self, query: Query, source: str, bare: str) -> bool:
        asked = self.asked_places(query) if query.slots & _OF_ONE and "document" not in query.slots else frozenset()
        own = self._own.get(source, frozenset())
        if not asked or asked & own or _mentions(bare, asked):
            return True
        return not any(_kind(place) == _kind(one) for place in own for one in asked)


def _of_level(query: Query, bare: str) -> bool:
    """Whether a text speaks of the head of a body at the level that a question names, or of none at another one."""
    said = _CLAIMED.sub(" ", query.bare) if "yes_no" in query.slots else query.bare
    asked = _levels(said) if query.slots & _AT_LEVEL else frozenset()
    told = _levels(bare) if len(asked) == 1 else frozenset()
    return not told or bool(told & asked)


def _levels(bare: str) -> frozenset[str]:
    """The levels at which a text speaks of the head of a body."""
    named = (name for match in _OF_LEVEL.finditer(bare) for name in re.findall(_PLACE, match["levels"]))
    return frozenset(level for name in named for level in _LEVELS[name])


def _mentions(bare: str, places: Iterable[str]) -> bool:
    """Whether a text names one of some places, with its kind or in a list of its kind."""
    line = bare_line(bare)
    return any(place in line or f" {place.split(maxsplit=1)[1].strip()} " in line for place in places)


def _kind(place: str) -> str:
    return place.split()[0]
