"""On which of several cases a question is, where a text rules each by itself: "Đối với A thì …", "ở cơ quan"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.answering.holdings import Library
from rag.answering.measures import case_fit
from rag.answering.query import Query
from rag.index.topics import Term, coverage, term_line
from rag.language.normalize import fold, unmark
from rag.types import Passage

_CASE = re.compile(
    r"(?:[-+*•]\s*|\d+(?:\.\d+)*[.)]\s*|[a-zđ]\)\s*)*(?:đối với|(?:trong )?trường hợp|nếu|khi)\s"
    r"(?P<case>[^;.:]{4,160}?)(?:\s?:|\sthì\s|,\s)"
)
_ASKED_SETTING = re.compile(
    r"\b(?:o|tai|trong|cua|thuoc)(?: (?:cac|mot|noi bo))? (?P<agency>co quan|don vi)\b"
    r"|\b(?:doanh nghiep|cong ty)\b(?P<enterprise>)|\b(?:o|tai|cua)(?: cap)? (?P<commune>xa|phuong|thi tran)\b"
)
_RULED_SETTING = re.compile(
    r"\b(?:o|tai) (?:(?P<agency>co quan|don vi)|(?P<enterprise>doanh nghiep|cong ty)|(?P<commune>xa|phuong|thi tran))\b"
)
"""Where a question is on something, and where what a text rules on is: at agencies, enterprises or communes."""
_CLEARLY = 0.25
"""How much more of one case than of another a question has that is on it."""
_SAID = 0.6
"""The share of the words for a case that a question on it has."""

TermsOf = Callable[[str], tuple[Term, ...]]


class Cases:
    """The cases that the passages of one snapshot rule on; read-only.

    `leads` has for each passage the index of what leads to it, `told` its text with that; `terms_of` gives the words
    of a text with their weights.
    """

    def __init__(
        self,
        library: Library,
        passages: Sequence[Passage],
        *,
        leads: Sequence[int | None],
        told: Sequence[str],
        terms_of: TermsOf,
    ) -> None:
        self._terms_of, self._told = terms_of, told
        self._settings = [_settings(_RULED_SETTING, f"{one.context} {one.text}") for one in passages]
        self._of: dict[int, str] = {}
        self._siblings: dict[tuple[str, int | None], list[str]] = defaultdict(list)
        self._group: dict[int, tuple[str, int | None]] = {}
        for index, passage in enumerate(passages):
            lead = leads[index]
            opening = passages[lead].text if lead is not None else passage.text
            match = _CASE.match(fold(opening))
            if match is None or passage.kind != "clause":
                continue
            provision = library.provision(passage.source, passage.provision)
            self._of[index] = match["case"]
            self._group[index] = (passage.source, provision.parent)
            self._siblings[self._group[index]].append(match["case"])

    def by_numbers(self, index: int, query: Query) -> int:
        """Whether a passage, or what leads to it, is on the numbers of a question, on others, or none: 1, -1 or 0."""
        return case_fit(query.bare, self._told[index])

    def elsewhere(self, indexes: Sequence[int], query: Query) -> frozenset[int]:
        """The passages that rule on what is at bodies of other kinds than those of which a question speaks."""
        asked = _settings(_ASKED_SETTING, query.restored)
        ruled = ((index, self._settings[index]) for index in indexes)
        return frozenset(index for index, kinds in ruled if asked and kinds and not asked & kinds)

    def by_words(self, index: int, query: Query) -> int:
        """Whether a question is clearly on the case of a passage: 1, on one beside it: -1, or neither can be told: 0.

        The more of those cases have a word, the less it tells. What a question says itself comes before what it leaves
        to the one before it or tells beside.
        """
        if index not in self._of:
            return 0
        cases = dict.fromkeys(self._siblings[self._group[index]])
        if len(cases) < 2:
            return 0
        lines = [f" {case} " for case in cases]
        terms = {case: [_weighed(term, lines) for term in self._terms_of(case)] for case in cases}
        for said in (query.restored.removesuffix(query.background), query.restored):
            shares = {case: coverage(terms[case], term_line(said)) for case in cases}
            if max(shares.values()) >= _SAID:
                break
        own, most = shares.pop(self._of[index]), max(shares.values())
        if own >= max(_SAID, most + _CLEARLY):
            return 1
        return -1 if most >= max(_SAID, own + _CLEARLY) else 0


def _weighed(term: Term, lines: Sequence[str]) -> Term:
    """A term with the weight that it has by the number of lines that lack it."""
    return replace(term, weight=term.weight * sum(f" {term.text} " not in line for line in lines))


def _settings(pattern: re.Pattern[str], text: str) -> frozenset[str]:
    """The kinds of bodies at which a text has things be.

    >>> sorted(_settings(_ASKED_SETTING, "Ban Thanh tra nhân dân trong cơ quan nhà nước")), sorted(
    ...     _settings(_RULED_SETTING, "Ban Thanh tra nhân dân ở doanh nghiệp nhà nước")
    ... )
    (['agency'], ['enterprise'])
    """
    found = pattern.finditer(unmark(fold(text)))
    return frozenset(name for match in found for name, said in match.groupdict().items() if said is not None)
