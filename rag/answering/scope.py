"""What a text says that it rules on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.holdings import Library
from rag.index.topics import Term, coverage, term_line
from rag.language.abbreviations import expand_abbreviations
from rag.language.normalize import fold

_SCOPE = re.compile(r"(?:điều \d+\.? )?phạm vi điều chỉnh\b")


def scope_of(library: Library, source: str, terms: Sequence[Term]) -> tuple[int, float] | None:
    """The clause of a text's article on its scope that speaks most of a topic, and the share; None without one."""
    provisions = library.knowledge.provisions[source]
    article = next((at for at, item in enumerate(provisions) if _SCOPE.match(fold(item.heading or ""))), None)
    if article is None:
        return None
    inside = (at for at in library.inside(source, article) if at != article)
    words = ((at, expand_abbreviations(library.words_of(source, at))) for at in inside)
    most, at = max(((coverage(terms, term_line(said)), -at) for at, said in words), default=(0.0, 0))
    return (-at, most) if most else None
