"""How many things a text lists or numbers, with the words for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.answering import compose
from rag.answering.bounds import SUPPORTED
from rag.answering.draft import Draft
from rag.answering.holdings import Library, short_name
from rag.answering.labels import TASKS
from rag.answering.search import Found, TopicSearch
from rag.index.topics import Term, coverage, term_line
from rag.language.normalize import fold, syllables
from rag.types import Answer

_Listed = tuple[str, int, list[int]]
"""A text, the place in it that leads to a list, and the places of the list's items."""
_NAME_LENGTH, _LEAD_LENGTH = 6, 12
"""Within how many words at the start of a heading, or at the end of a line, stands what it lists."""
_NAMED = 0.8
"""The share of the words for what is listed that stand there."""
_LISTS_AMONG = 10
_STEPS = ("trình tự ", "các bước ", "quy trình ")
"""How the heading of an article begins whose clauses are steps."""
_OF_TASKS = re.compile(r"\b(?:nội dung|nhiệm vụ|công việc|tên việc|hạng mục|đầu việc)\b")
"""What the header of a table says whose rows are tasks."""
_MARK = re.compile(r"(?:^|[:\s])\((\d{1,2})\)\s")
"""The number of an item within a sentence."""


class CountedAnswers:
    """Counts what texts list; read-only."""

    def __init__(self, library: Library, search: TopicSearch) -> None:
        self._library, self._search = library, search

    def counted(self, question: str, noun: str, ranked: Sequence[Found], terms: Sequence[Term] = ()) -> Answer | None:
        """How many items the first list of such things has, with its words; None where no passage leads to one.

        `terms` are the other words of the question, which tell whose list is meant.
        """
        if marked := self._marked(noun, ranked):
            return self.in_order(question, noun, marked)
        for source, place, items in (
            *self._opened(noun, ranked), *self._headed(noun, ranked), *self._of_text(noun, terms)
        ):  # fmt: skip
            if len(items) > 1:
                draft = Draft(self._library, question)
                compose.say_items(draft, self._library, source, place, items, noun=noun)
                compose.add_as_of(draft, self._library)
                return draft.finish("answered")
        return None

    def _marked(self, noun: str, ranked: Sequence[Found]) -> list[int]:
        """What a sentence numbers behind the name of it: "Lĩnh vực: (1) phát triển kinh tế; (2) văn hóa"."""
        opens = re.compile(rf"\b{re.escape(noun)}\b[^.;:]{{0,40}}:\s?\(1\)\s")
        for found in ranked[:_LISTS_AMONG]:
            if opens.search(fold(self._search.passages[found.index].text)):
                items = self._search.listed.of_sentence(found.index)
                numbers = [_MARK.search(self._search.passages[at].text) for at in items]
                if len(items) > 1 and [int(one[1]) for one in numbers if one] == list(range(1, len(items) + 1)):
                    return items
        return []

    def _opened(self, noun: str, ranked: Sequence[Found]) -> Iterator[_Listed]:
        """The lists of what a noun names that passages open."""
        for found in ranked[:_LISTS_AMONG]:
            passage = self._search.passages[found.index]
            if self._lists(noun, found.index):
                yield passage.source, passage.provision, self._search.listed.items(found.index)

    def _lists(self, noun: str, index: int) -> bool:
        """Whether what a passage leads to is what a noun names: a heading begins with it, a line ends with it."""
        if not self._search.listed.leads(index):
            return False
        passage = self._search.passages[index]
        words = passage.text.split()
        if self._library.provision(passage.source, passage.provision).heading is not None:
            words = words[:_NAME_LENGTH]
        elif words[-1].endswith(":"):
            words = words[-_LEAD_LENGTH:]
        said = " ".join(syllables(" ".join(words)))
        terms = self._search.terms_of(noun)
        return f" {noun} " in f" {said} " or (bool(terms) and coverage(terms, term_line(said)) >= _NAMED)

    def _headed(self, noun: str, ranked: Sequence[Found]) -> Iterator[_Listed]:
        """What stands one below another under a heading that begins with a noun: "II. Nội dung giám sát"."""
        names = [f"{word} " for term in self._search.terms_of(noun) for word in (term.text, *term.others)]
        for found in ranked[:_LISTS_AMONG]:
            passage = self._search.passages[found.index]
            provisions = self._library.knowledge.provisions[passage.source]
            for at in self._library.above(passage.source, passage.provision):
                above = provisions[at]  # the clauses of an article are no items
                if above.kind != "article" and fold(above.heading or "").startswith(tuple(names)):
                    yield passage.source, at, self._search.listed.below(passage.source, at)

    def _of_text(self, noun: str, terms: Sequence[Term]) -> Iterator[_Listed]:
        """What stands under the one heading of such things, or the rows of the one table of tasks, that is meant.

        It is meant where its text by its title, or the headings above it, have what else the question says.
        """
        names = tuple(f"{word} " for term in self._search.terms_of(noun) for word in (term.text, *term.others))
        several = tuple(f"{word} {name}" for word in ("các", "những") for name in names)
        several = (*several, *(_STEPS if noun == "bước" else ()))
        found: list[tuple[float, _Listed]] = []
        for source, provisions in self._library.knowledge.provisions.items():
            title = self._library.title_words(self._library.held[source])
            for at, item in enumerate(provisions):
                heading = fold(item.heading or "")
                tasks = item.kind == "table" and noun in TASKS and _OF_TASKS.search(heading)
                of_section = item.kind == "section" and f"{heading} ".startswith(names)
                of_article = item.kind == "article" and f"{heading} ".startswith(several)
                if not (tasks or of_section or of_article):
                    continue
                up = [provisions[one] for one in self._library.above(source, at)]
                above = " / ".join(f"{one.locator} / {one.heading or ''}" for one in up)
                said = title + term_line(f"{above} / {heading}")
                found.append((coverage(terms, said), (source, at, self._search.listed.below(source, at))))
        most = max((share for share, _ in found), default=0.0)
        best = [one for share, one in found if share == most]
        if most >= SUPPORTED and len(best) == 1:
            yield best[0]

    def in_order(self, question: str, noun: str, indexes: Sequence[int]) -> Answer:
        """How many there are of what a text numbers, with the words for each."""
        draft = Draft(self._library, question)
        passages = [self._search.passages[index] for index in indexes]
        citations = [draft.cite_passage(index) for index in indexes]
        every = [number for one in citations for number in one]
        name = short_name(self._library.held[passages[0].source])
        draft.say("items", every, locator=name, count=len(indexes), noun=noun)
        for passage, numbers in zip(passages, citations, strict=True):
            draft.say("item", numbers, locator=self._library.place_name(passage), quote=self._library.shown(passage))
        compose.add_as_of(draft, self._library)
        return draft.finish("answered")
