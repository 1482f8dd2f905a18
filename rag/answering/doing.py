"""Who does what passages speak of: by their duties, by their words, and whether it is just what a question asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, cached_property, lru_cache

from rag.answering.agents import agents, asked_act, asked_doing, doers, owners, performs
from rag.answering.holdings import Library
from rag.answering.query import Query
from rag.answering.votes import votes
from rag.index.topics import Term
from rag.language.lexicon import word_classes
from rag.language.normalize import fold, unmark
from rag.law.assignments import find_duties, is_role_label
from rag.law.predicates import predicate
from rag.types import Assignment, Passage, Span

_DECIDING = frozenset(("quyết định", "ban hành", "ký"))
"""What somebody does who decides that something be done, said before what is done."""
_RECEIVING = ("tiep nhan",)


class Doing:
    """Who does what the passages of one snapshot speak of; read-only."""

    def __init__(
        self, library: Library, passages: Sequence[Passage], *, terms_of: Callable[[str], tuple[Term, ...]]
    ) -> None:
        self._library, self._passages, self._terms_of = library, passages, terms_of
        self._units_of_quoted = lru_cache(maxsize=4096)(self._read_quoted)

    def has_unit(self, index: int) -> bool:
        """Whether the text names who carries the duty of a passage."""
        return any(item.unit for item in self._library.assignments_of(self._passages[index]))

    def labels(self, index: int) -> list[int]:
        """The passages that only say who has a role in what one speaks of that names nobody: "Đơn vị chủ trì: …".

        They stand in the same provision, under the same heading or under the one that the passage is.
        """
        if self.has_unit(index):
            return []
        here = self._passages[index]
        return [
            at for at in self._role_labels
            if self._passages[at].source == here.source
            and (
                self._passages[at].provision == here.provision
                or (self._passages[at].context and self._passages[at].context == here.context)
                or self._passages[at].context.rpartition(" > ")[2] == here.text
                or self._library.provision(here.source, self._passages[at].provision).parent == here.provision
            )
        ]  # fmt: skip

    @cached_property
    def _role_labels(self) -> list[int]:
        return [
            at for at, one in enumerate(self._passages)
            if one.kind == "clause" and is_role_label(one.text) and self.has_unit(at)
        ]  # fmt: skip

    def doers(self, index: int, query: Query) -> list[str]:
        """By whom a passage says outright that just that is done of which a question asks who does it."""
        return doers(self._passages[index].text, asked_act(query))

    def agents(self, index: int, query: Query) -> list[str]:
        """By whom a passage has done what a question asks who does."""
        text = self._passages[index].text
        told = self.owners(index, query) or agents(text, asked_act(query)) or list(self._units_of_quoted(index))
        return told or self._of_item(index, self._acts(asked_doing(query)))

    def _of_item(self, index: int, acts: Sequence[str]) -> list[str]:
        """Who does one of some acts by a passage read by itself: in a list of things that only tells which is meant."""
        text = self._passages[index].text
        named = [(duty.clause.end, duty.unit) for duty in find_duties(text) if duty.unit]
        return [unit.name for end, unit in named if performs(unmark(fold(text[unit.end : end])).lstrip(), acts)]

    def owners(self, index: int, query: Query) -> list[str]:
        """Of whom a passage has what a question asks whose it is."""
        return owners(self._passages[index].text, query)

    def performs(self, index: int, query: Query) -> bool:
        """Whether a passage says of somebody that they do just what a question asks who does."""
        acts = self._acts(asked_doing(query))
        return bool(acts) and any(performs(predicate, acts) for predicate in self._predicates(index))

    def votes(self, index: int, act: str) -> bool:
        """Whether a passage says of somebody that they vote."""
        return votes(self._passages[index].text, act, self._predicates(index))

    def receivers(self, index: int) -> list[str]:
        """The units that a passage has receive something: "Ủy ban nhân dân xã có trách nhiệm tiếp nhận thông báo"."""
        return [unit for unit, said in self._said(index) if performs(said, _RECEIVING)]

    def _predicates(self, index: int) -> list[str]:
        """What a passage says of the units that it names, bare."""
        return [said for _, said in self._said(index)]

    def _said(self, index: int) -> list[tuple[str, str]]:
        """The units that a passage names, each with what it says of it, bare."""
        return [
            (item.unit or "", unmark(fold(self._said_of(item, item.unit_span))).lstrip())
            for item in self._library.assignments_of(self._passages[index])
            if item.unit_span and item.duty.start <= item.unit_span.end <= item.duty.end
        ]

    def _said_of(self, item: Assignment, name: Span) -> str:
        """What follows the name of a unit, and the place of the one that is meant: "Ủy ban nhân dân xã nơi …"."""
        text = self._library.texts[item.source]
        if text.startswith(" nơi ", name.end) and (found := predicate(text, name.start, item.duty.end)):
            return text[found.verb : item.duty.end]
        return text[name.end : item.duty.end]

    def act_terms(self, query: Query) -> tuple[Term, ...]:
        """The words for what is done of which a question asks who does it."""
        return self._terms_of(asked_doing(query)[: len(asked_act(query))])

    def _acts(self, doing: str) -> tuple[str, ...]:
        """The first verb of what is done, and the official words for it, bare; none where it tells but a role."""
        terms = [one for one in self._terms_of(doing) if one.text not in _DECIDING][:1]
        return tuple(unmark(word) for one in terms if one.text not in _roles() for word in (one.text, *one.others))

    def _read_quoted(self, index: int) -> tuple[str, ...]:
        """Who carries the duties of a passage that an amendment quotes: nobody's by the amendment itself."""
        passage = self._passages[index]
        if not self._library.provision(passage.source, passage.provision).quoted:
            return ()
        duties = find_duties(passage.text, of_law=True)
        return tuple(dict.fromkeys(duty.unit.name for duty in duties if duty.unit))


@cache
def _roles() -> frozenset[str]:
    """The verbs that tell but the role of a unit."""
    return frozenset(verb for _, verbs in word_classes().roles for verb in verbs)
