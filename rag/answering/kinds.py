"""What kind of thing a question asks for that a text has to name to answer it: papers, a prize, a place by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rag.answering.query import Query
from rag.language.lexicon import measure_rows
from rag.language.normalize import UPPER, fold

_PLACES = {"xom": "xóm", "thon": "thôn", "xa": "xã", "ban": "bản", "ap": "ấp", "phuong": "phường", "buon": "buôn"}
_IN_WHICH = re.compile(rf"\b(?:o|tai|thuoc|dat o|nam o) (?P<place>{'|'.join(_PLACES)}) nao\b")
_WHICH = re.compile(
    rf"(?<!uy ban nhan dan )(?<!dang uy )(?<!cap )(?<!\bcac )\b(?P<place>{'|'.join(_PLACES)}) nao\b(?! cung\b)"
)
_LEAVES = re.compile(
    r"(?:\d+\.\s)?[^.;:]{3,90}?\s(?:quy định chi tiết|hướng dẫn(?: thi hành)?)(?:,? (?:và )?hướng dẫn thi hành)?"
    r"\s(?:việc thi hành\s|thi hành\s)?(?:điểm|khoản|điều|các điều|các khoản|chương|mục|luật|nghị định)"
    r"[^.;:]{0,60}\snày\.?",
    re.IGNORECASE,
)
_ACTORS = frozenset(("document", "unit", "issuer"))


def leaves_to_others(text: str) -> bool:
    """Whether a text but says that others rule on what is asked.

    >>> leaves_to_others("5. Chính phủ quy định chi tiết Điều này."), leaves_to_others("Xã quy định chi tiết việc thu.")
    (True, False)
    """
    return _LEAVES.fullmatch(text.strip()) is not None


def names_kind(query: Query, text: str, clause: str) -> bool:
    """Whether a text names a thing of the kind that a question asks for; also where it asks for none of the table.

    `clause` is the part of the text that has to name what the table wants there and nowhere else.
    """
    if "unit" not in query.slots and leaves_to_others(clause):
        return False
    place = _IN_WHICH.search(query.bare) if "document" not in query.slots else None
    place = place or (_WHICH.search(query.bare) if not query.slots & _ACTORS else None)
    if place:
        noun = _PLACES[place["place"]]
        return re.search(rf"(?<!\w)(?i:{noun})(?! hội)[^.;:]{{0,25}}?\s\(?(?:[{UPPER}]|\d)", text) is not None
    asked = [kind for kind in _kinds() if kind.asks.search(query.bare)]
    return all(kind.states.search(fold(clause if kind.in_clause else text)) for kind in asked)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of thing: what asks for it, over bare questions, and what names it, over folded texts."""

    asks: re.Pattern[str]
    states: re.Pattern[str]
    in_clause: bool


@cache
def _kinds() -> tuple[_Kind, ...]:
    return tuple(
        _Kind(re.compile(row["asks"]), re.compile(row["states"]), row.get("within") == "clause")
        for row in measure_rows("kind")
    )
