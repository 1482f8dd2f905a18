"""What a text means by a word: "“Bản sao y” là …", where a question asks what something is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from rag.answering.holdings import bare_line
from rag.answering.query import Query
from rag.types import Passage

_ASKS = re.compile(
    r"^(?:(?:theo|trong) (?:luat|nghi dinh|quy dinh|ke hoach)(?: nay)? )?"
    r"(?:(?:the nao|nhu the nao) (?:thi )?(?:la|duoc (?:goi|coi|hieu) la) (?P<before>.+?)"
    r"|(?:khai niem|dinh nghia)(?: ve| cua)? (?P<named>.+?)"
    r"|(?P<after>.+?)(?: thi)? (?:la (?:gi|ai|cai gi|nhung ai|nhu the nao|the nao)|nghia la (?:gi|sao)"
    r"|(?:duoc )?(?:hieu|giai thich|dinh nghia) (?:la gi|nhu the nao|the nao|ra sao)))"
    r"(?: (?:a|vay|the|ha|nhi|duoc hieu (?:nhu )?the nao))*$"
)
_DEFINES = re.compile(
    r"^(?:\d+\.\s+|[a-zđ]\)\s+)?(?:[“\"](?P<quoted>[^”\"]{2,80})[”\"]|(?P<plain>[^“”\".;:]{2,60}?)) là\s"
)
_EXPLAINS = "giải thích từ ngữ"
_LONGER = 2
"""How many words more than the question a term may have: "bản sao y" for "sao y"."""


class Definitions:
    """The definitions in the passages of one snapshot; read-only."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages

    def asked(self, query: Query) -> list[int]:
        """The passages that define what a question asks the meaning of; none where it asks none or none does."""
        match = _ASKS.match(query.bare.strip())
        return self.of(match["before"] or match["named"] or match["after"]) if match else []

    def of(self, words: str) -> list[int]:
        """The passages of the sentence that defines bare words, one that is about nothing more first."""
        said = words.split()
        best = None
        for index, term in self._terms:
            more = len(term) - len(said)
            if 0 <= more <= _LONGER and holds(term, said) and (best is None or more < best[0]):
                best = more, index
        return self._sentence(best[1]) if best else []

    def _sentence(self, start: int) -> list[int]:
        """A passage and those that its sentence goes on in."""
        first = self._passages[start]
        found = [start]
        for index in range(start + 1, len(self._passages)):
            passage = self._passages[index]
            ended = self._passages[found[-1]].text.rstrip().endswith((".", ":"))
            if ended or (passage.source, passage.provision) != (first.source, first.provision):
                break
            if passage.kind == "clause":
                found.append(index)
        return found

    @cached_property
    def _terms(self) -> list[tuple[int, list[str]]]:
        """The passages that define something, each with the bare words for it."""
        found = []
        for index, passage in enumerate(self._passages):
            match = _DEFINES.match(passage.text) if passage.kind == "clause" else None
            if match is None:
                continue
            context = passage.context.lower()
            term = match["quoted"] or match["plain"]
            if match["quoted"] or _EXPLAINS in context or bare_line(term) in bare_line(context):
                found.append((index, bare_line(term).split()))
        return found


def holds(term: Sequence[str], said: Sequence[str]) -> bool:
    """Whether the words of a question stand in a row in a term."""
    return any(list(term[at : at + len(said)]) == list(said) for at in range(len(term) - len(said) + 1))
