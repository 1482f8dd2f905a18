"""From a wish to a list of items: which facts are asked, in which proportions, each item checked before it is given."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from rag.language.lexicon import quiz_words
from rag.quiz.alike import contains, plain, shared_words
from rag.quiz.check import faults
from rag.quiz.distractors import choose
from rag.quiz.forms import FORMS
from rag.quiz.items import DIFFICULTIES, Difficulty, Draft, Fact, Item
from rag.quiz.material import Material
from rag.quiz.wishes import Filter, Wish, quotas, wanted_facts

_ATTEMPTS = 4
_TOLD = 0.27
"""What takers who pick the longest option, or the one likest to the stem, may score while items come in."""
_START = 1.5
"""How much more they may score at first, where few items have come in."""


@dataclass(frozen=True, slots=True)
class Given:
    """The items that were made, and what is to be said of them."""

    items: tuple[Item, ...]
    notes: tuple[str, ...] = ()


def generate(material: Material, wish: Wish) -> Given:
    """As many checked items as the wish asks for, or as many as the corpus gives; the same for the same wish."""
    chosen = _Choice(material, wish, _Shelf(wanted_facts(material, wish), wish.seed))
    items = chosen.fill()
    return Given(tuple(shuffled_options(items, Random(f"{wish.seed}/keys"))), tuple(_notes(wish, items)))


def build(material: Material, fact: Fact, random: Random) -> Item | None:
    """A checked item on a fact; None where the corpus gives none that passes."""
    form = FORMS[fact.form]
    draft = form.draft(material, fact, random)
    if draft is None:
        return None
    options = draft.fixed
    if not options:
        wrong = choose(
            draft.stem, draft.right, draft.wrong, holds=lambda one: form.holds(material, fact, one), random=random
        )
        if wrong is None:
            return None
        options = (draft.right, *wrong)
    item = _item(fact, draft, options)
    return None if faults(item, material) else item


def with_order(item: Item, order: Sequence[int]) -> Item:
    """The item with its options in another order, given by their indexes."""
    options = tuple(item.options[index] for index in order)
    return replace(item, options=options, correct=tuple(sorted(order.index(index) for index in item.correct)))


def _item(fact: Fact, draft: Draft, options: tuple[str, ...]) -> Item:
    form = FORMS[fact.form]
    digest = hashlib.sha256("\n".join((fact.key, draft.stem, *sorted(options))).encode()).hexdigest()
    return Item(
        id=f"{form.name}-{digest[:10]}",
        kind=form.kind,
        difficulty=form.difficulty,
        stem=draft.stem,
        options=options,
        correct=(options.index(draft.right),),
        explanation=draft.explain(options) if draft.explain else draft.explanation,
        citation=draft.citation,
        fact=fact,
        short=draft.short,
    )


class _Shelf:
    """The facts that may be asked, by difficulty, source, topic and form, in an order drawn by lot."""

    def __init__(self, facts: Iterable[Fact], seed: int) -> None:
        self.places: dict[Difficulty, dict[str, dict[str, dict[str, list[Fact]]]]] = {one: {} for one in DIFFICULTIES}
        for fact in facts:
            topics = self.places[FORMS[fact.form].difficulty].setdefault(fact.source, {})
            topics.setdefault(_place(fact), {}).setdefault(fact.form, []).append(fact)
        random = Random(f"{seed}/facts")
        self.order: dict[str, float] = {}
        for sources in self.places.values():
            for source, topics in sources.items():
                for topic, forms in topics.items():
                    self.order.setdefault(f"{source}/{topic}", random.random())
                    for form, found in forms.items():
                        random.shuffle(found)
                        self.order.setdefault(form, random.random())

    def has(self, difficulty: Difficulty) -> bool:
        """Whether a fact of a difficulty is left."""
        return bool(self.places[difficulty])

    def take(self, difficulty: Difficulty, used: _Used) -> Fact:
        """The next fact: of the source, the topic, the form and the document that were asked least."""
        sources = self.places[difficulty]
        source = min(sources, key=lambda one: (used.sources[one] / len(sources[one]) ** 0.5, one))
        topics = sources[source]
        topic = min(topics, key=lambda one: (used.topics[source, one], self.order[f"{source}/{one}"]))
        forms = topics[topic]
        form = min(forms, key=lambda one: (used.forms[one] / _weight(one), self.order[one]))
        found = forms[form]
        at = min(range(len(found)), key=lambda one: (used.asked_of(found[one]), one))
        fact = found.pop(at)
        if not found:
            del forms[form]
        if not forms:
            del topics[topic]
        if not topics:
            del sources[source]
        return fact


@dataclass(slots=True)
class _Used:
    """What has been asked so far, and how far plain takers have come with it."""

    material: Material
    sources: Counter[str] = field(default_factory=Counter)
    topics: Counter[tuple[str, str]] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    documents: Counter[str] = field(default_factory=Counter)
    stems: set[str] = field(default_factory=set)
    themes: set[str] = field(default_factory=set)
    by_subject: dict[str, list[Item]] = field(default_factory=dict)
    truths: int = 0
    choices: int = 0
    longest: float = 0.0
    likest: float = 0.0

    def asked_of(self, fact: Fact) -> int:
        """How often the documents of a fact have been asked of."""
        return sum(self.documents[key] for key in fact.about)

    def tried(self, fact: Fact) -> None:
        """Count a fact that gave no item, so that others come first."""
        self.documents.update(fact.about)

    def take(self, item: Item) -> None:
        fact = item.fact
        self.sources[fact.source] += 1
        self.topics[fact.source, _place(fact)] += 1
        self.forms[fact.form] += 1
        self.documents.update(fact.about)
        self.stems.add(plain(item.stem))
        self.themes.add(fact.theme)
        for key in fact.about:
            self.by_subject.setdefault(key, []).append(item)
        if item.kind == "true_false":
            self.truths += 1 if item.correct[0] == 0 else -1
        else:
            self.choices += 1
            self.longest += chance(item, [len(option) for option in item.options])
            self.likest += chance(item, [shared_words(item.stem, option) for option in item.options])

    def drop(self, item: Item) -> None:
        """Forget an item that is given up for another one; what it told of stays told."""
        self.topics[item.fact.source, _place(item.fact)] -= 1
        self.sources[item.fact.source] -= 1

    def balances(self, item: Item) -> bool:
        """Whether an item keeps truth and falsehood even, and plain takers down."""
        if item.kind == "true_false":
            return self.truths <= 0 if item.correct[0] == 0 else self.truths >= 0
        bound = _TOLD * (self.choices + 1) + _START
        longest = chance(item, [len(option) for option in item.options])
        likest = chance(item, [shared_words(item.stem, option) for option in item.options])
        even = 1 / len(item.options)
        return all(
            own <= even or known + own <= bound for own, known in ((longest, self.longest), (likest, self.likest))
        )

    def gives_away(self, item: Item) -> bool:
        """Whether the stem of one item says what another one on the same document asks."""
        others = [other for key in item.fact.about for other in self.by_subject.get(key, ())]
        return any(self._tells(one, two) for other in others for one, two in ((item, other), (other, item)))

    def _tells(self, one: Item, two: Item) -> bool:
        if "true_false" in (one.kind, two.kind):
            return False
        asked = FORMS[two.fact.form].anchors(self.material, two.fact)[0]
        return contains(one.stem, two.right) and contains(one.stem, asked)


class _Choice:
    """Fills a list of items from the shelf."""

    def __init__(self, material: Material, wish: Wish, shelf: _Shelf) -> None:
        self._material, self._wish, self._shelf = material, wish, shelf
        self._fits = Filter(material, wish)
        self._used = _Used(material)
        self._items: list[Item] = []
        self._later: list[Item] = []

    def fill(self) -> list[Item]:
        """The items, in an order drawn by lot."""
        while len(self._items) < self._wish.count and (difficulty := self._next()):
            fact = self._shelf.take(difficulty, self._used)
            item = self._built(fact) if fact.theme not in self._used.themes else None
            if item is not None:
                self._take(item)
        self._take_later()
        self._cover()
        Random(f"{self._wish.seed}/order").shuffle(self._items)
        return self._items

    def _take(self, item: Item) -> None:
        self._used.take(item)
        self._items.append(item)

    def _take_later(self) -> None:
        """Take what was kept, in rounds, as long as something of it fits by what has come in since."""
        taken = True
        while taken:
            taken = False
            for item in self._later:
                fits = not self._repeats(item) and self._used.balances(item) and not self._used.gives_away(item)
                if fits and len(self._items) < self._wish.count:
                    self._take(item)
                    taken = True

    def _cover(self) -> None:
        """Give a topic that has none an item that was kept, in the place of one of the topic that has most."""
        for item in self._later:
            place = item.fact.source, _place(item.fact)
            if self._used.topics[place] or self._repeats(item) or self._used.gives_away(item):
                continue
            most, count = self._used.topics.most_common(1)[0]
            if count > 1 and len(self._items) == self._wish.count:
                at = max(at for at, one in enumerate(self._items) if (one.fact.source, _place(one.fact)) == most)
                self._used.drop(self._items.pop(at))
                self._take(item)

    def _next(self) -> Difficulty | None:
        """The difficulty of which most is still wanted."""
        left = [one for one in DIFFICULTIES if self._wish.mix.get(one, 0.0) > 0 and self._shelf.has(one)]
        have = Counter(item.difficulty for item in self._items)
        wanted = quotas(self._wish)
        return max(left, key=lambda one: (wanted[one] - have[one], -DIFFICULTIES.index(one)), default=None)

    def _built(self, fact: Fact) -> Item | None:
        """An item on a fact that fits beside those taken; one that does not is kept for later."""
        spare: Item | None = None
        for attempt in range(_ATTEMPTS):
            item = build(self._material, fact, Random(f"{self._wish.seed}/{fact.key}/{attempt}"))
            if item is None or not self._fits.is_on_topic(item):
                continue
            if self._repeats(item) or self._used.gives_away(item):
                spare = spare or item
                break
            if self._used.balances(item):
                return item
            spare = spare or item
        self._used.tried(fact)
        if spare is not None and not self._used.gives_away(spare):
            self._later.append(spare)
        return None

    def _repeats(self, item: Item) -> bool:
        return plain(item.stem) in self._used.stems or item.fact.theme in self._used.themes


def chance(item: Item, measures: Sequence[int]) -> float:
    """How likely a taker is right who picks an option of the largest measure."""
    best = [index for index, measure in enumerate(measures) if measure == max(measures)]
    return len(set(best) & set(item.correct)) / len(best)


def shuffled_options(items: Sequence[Item], random: Random) -> list[Item]:
    """The items with their options in an order drawn by lot, each position right as often as any other."""
    choices = [item for item in items if item.kind != "true_false"]
    places: dict[str, int] = {}
    for size in {len(item.options) for item in choices}:
        same = [item.id for item in choices if len(item.options) == size]
        first = random.randrange(size)
        positions = [(first + at) % size for at in range(len(same))]
        random.shuffle(positions)
        places |= dict(zip(same, positions, strict=True))
    return [_placed(item, places[item.id], random) if item.id in places else item for item in items]


def _placed(item: Item, position: int, random: Random) -> Item:
    others = [index for index in range(len(item.options)) if index not in item.correct]
    random.shuffle(others)
    return with_order(item, [*others[:position], item.correct[0], *others[position:]])


def _place(fact: Fact) -> str:
    """What is to be covered: a topic, in a plan each numbered part of it."""
    numbered = fact.locator.startswith("Mục ")
    return f"{fact.topic}, {fact.locator.split(',')[0]}" if numbered else fact.topic


def _weight(form: str) -> float:
    return float(quiz_words("weights").get(form, ("1",))[0])


def _notes(wish: Wish, items: Sequence[Item]) -> Iterable[str]:
    notes = quiz_words("notes")
    if not items:
        yield notes["none"][0]
    elif len(items) < wish.count:
        filters = notes["filters"][0] if wish.has_filters else ""
        yield notes["fewer"][0].format(given=len(items), asked=wish.count, filters=filters)
    else:
        have = Counter(item.difficulty for item in items)
        for one, wanted in quotas(wish).items():
            if have[one] < wanted:
                name = quiz_words("difficulties")[one][0]
                yield notes["mix"][0].format(difficulty=name, given=have[one], wanted=wanted)
