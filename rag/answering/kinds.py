"""What kind of thing a question asks for that a text has to name to answer it: papers, a prize, a place by its name."""

from __future__ import annotations

import re
from functools import cache

from rag.answering.query import Query
from rag.language.lexicon import measure_rows
from rag.language.normalize import UPPER, fold

_PLACES = {"xom": "xóm", "thon": "thôn", "xa": "xã", "ban": "bản", "ap": "ấp", "phuong": "phường", "buon": "buôn"}
_IN_WHICH = re.compile(rf"\b(?:o|tai|thuoc|dat o|nam o) (?P<place>{'|'.join(_PLACES)}) nao\b")
_WHICH = re.compile(
    rf"(?<!uy ban nhan dan )(?<!dang uy )(?<!cap )(?<!\bcac )\b(?P<place>{'|'.join(_PLACES)}) nao\b(?! cung\b)"
)
_ACTORS = frozenset(("document", "unit", "issuer"))


def names_kind(query: Query, text: str) -> bool:
    """Whether a text names a thing of the kind that a question asks for; also where it asks for none of the table."""
    place = _IN_WHICH.search(query.bare) if "document" not in query.slots else None
    place = place or (_WHICH.search(query.bare) if not query.slots & _ACTORS else None)
    if place:
        noun = _PLACES[place["place"]]
        return re.search(rf"(?<!\w)(?i:{noun})(?! hội)[^.;:]{{0,25}}?\s\(?(?:[{UPPER}]|\d)", text) is not None
    states = [says for asks, says in _kinds() if asks.search(query.bare)]
    return all(says.search(fold(text)) for says in states)


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """What asks for each kind, over bare questions, and what names it, over folded texts."""
    return tuple((re.compile(row["asks"]), re.compile(row["states"])) for row in measure_rows("kind"))
