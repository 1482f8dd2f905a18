"""What is asked for, and which facts of a corpus fit it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from rag.answering.holdings import bare_line
from rag.language.normalize import fold
from rag.quiz.alike import contains, plain
from rag.quiz.forms import FORMS
from rag.quiz.items import DIFFICULTIES, Difficulty, Fact, Item
from rag.quiz.material import Material

MIX: Mapping[Difficulty, float] = {"recall": 0.4, "understand": 0.4, "apply": 0.2}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for; None where anything will do.

    `topic` are words of a heading, of the passage or of a document's title; `section` the beginning of a locator;
    `document` a number or a source; `mix` the share of each difficulty.
    """

    count: int
    seed: int = 1
    mix: Mapping[Difficulty, float] = field(default_factory=lambda: dict(MIX))
    topic: str | None = None
    section: str | None = None
    document: str | None = None
    level: str | None = None
    forms: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()

    @property
    def has_filters(self) -> bool:
        """Whether anything narrows what may be asked."""
        return bool(self.topic or self.section or self.document or self.level or self.forms)


def wanted_facts(material: Material, wish: Wish) -> list[Fact]:
    """The facts that fit a wish, form by form in the order of the corpus."""
    forms = [form for form in FORMS.values() if not wish.forms or form.name in wish.forms]
    forms = [form for form in forms if wish.mix.get(form.difficulty, 0.0) > 0]
    fits = Filter(material, wish)
    known = (fact for form in forms for fact in form.facts(material))
    return [fact for fact in known if fact.key not in wish.without and fits(fact)]


def quotas(wish: Wish) -> dict[Difficulty, int]:
    """How many items of each difficulty are wanted; they add up to the count.

    >>> quotas(Wish(10))
    {'recall': 4, 'understand': 4, 'apply': 2}
    """
    total = sum(wish.mix.values()) or 1.0
    exact = {one: wish.count * wish.mix.get(one, 0.0) / total for one in DIFFICULTIES}
    found = {one: int(exact[one]) for one in DIFFICULTIES}
    rest = sorted(DIFFICULTIES, key=lambda one: found[one] - exact[one])
    for one in rest[: wish.count - sum(found.values())]:
        found[one] += 1
    return found


class Filter:
    """Whether a fact is of what is wished for."""

    def __init__(self, material: Material, wish: Wish) -> None:
        self._material, self._wish = material, wish
        self._topic = bare_line(wish.topic) if wish.topic and bare_line(wish.topic).strip() else ""
        self._heads: dict[tuple[str, str], str] = {}

    def __call__(self, fact: Fact) -> bool:
        wish = self._wish
        return (
            (not wish.section or _is_under(fact.locator, wish.section))
            and (not wish.document or self._is_on(fact, wish.document))
            and (not wish.level or self._has_level(fact, wish.level))
            and (not self._topic or self._speaks_of(fact))
        )

    def _is_on(self, fact: Fact, document: str) -> bool:
        entries = [self._material.entries[key] for key in fact.documents]
        names = {plain(document)} | {plain(number) for number in self._material.numbers_in(document)}
        own = [plain(entry.number or entry.key) for entry in entries] + [plain(entry.key) for entry in entries]
        return bool(names & set(own)) or any(contains(entry.title or "", document) for entry in entries)

    def _has_level(self, fact: Fact, level: str) -> bool:
        return any(self._material.entries[key].level == fold(level) for key in fact.documents)

    def _speaks_of(self, fact: Fact) -> bool:
        """Whether a fact may be on the topic: its heading, its passage, or the title of the document that it is on."""
        if self._topic in bare_line(fact.topic):
            return True
        if fact.documents != self._material.own_keys(fact.source):
            titles = " ".join(self._material.entries[key].title or "" for key in fact.documents)
            return FORMS[fact.form].name != "not_cited_in" and self._topic in bare_line(titles)
        place = fact.source, fact.locator
        if place not in self._heads:
            self._heads[place] = bare_line(self._material.around(*place))
        return self._topic in self._heads[place]

    def is_on_topic(self, item: Item) -> bool:
        """Whether an item on what a text says speaks of the topic itself, not its paragraph alone."""
        fact = item.fact
        if not self._topic or fact.documents != self._material.own_keys(fact.source):
            return True
        headings = self._material.headings(fact.source, fact.locator)
        said = " ".join((item.stem, item.right, item.citation.quote, fact.topic, headings))
        return self._topic in bare_line(said)


def _is_under(locator: str, section: str) -> bool:
    """Whether a locator is a section's or of something inside it.

    >>> _is_under("Mục II.1, đoạn 2", "II.1"), _is_under("Mục II.10", "mục II.1"), _is_under("khoản 2 Điều 5", "điều 5")
    (True, False, True)
    """
    wanted = re.escape(fold(section).removeprefix("mục ").strip())
    return re.search(rf"(?<![\w.]){wanted}(?!\w)", fold(locator)) is not None
