"""What a trainer asks for, in words, and the test that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from rag.errors import QuizError
from rag.language.lexicon import quiz_words
from rag.language.normalize import strip_diacritics
from rag.quiz import wording
from rag.quiz.bank import Bank
from rag.quiz.check import faults
from rag.quiz.formats import FORMATS, written
from rag.quiz.formats.sheets import fits_kahoot
from rag.quiz.generate import Given, generate, shuffled_options
from rag.quiz.items import DIFFICULTIES, Difficulty, Item
from rag.quiz.material import Material
from rag.quiz.papers import MOST_VERSIONS, Test, make_test
from rag.quiz.wishes import MIX, Wish, wanted_facts

MOST_ITEMS = 2000
_SUFFIXES = {".xlsx": "kahoot", ".xml": "moodle", ".zip": "qti", ".htm": "html", ".gift": "gift"}
_SURPLUS = 12
"""How many times more items are made where only short ones are wanted."""


@dataclass(frozen=True, slots=True)
class Order:
    """A wish with what is to be made of it. `short` takes only items that Kahoot can show, `accepted` only those
    that a trainer accepted; `keep` puts new ones into the bank."""

    wish: Wish
    title: str = ""
    versions: int = 1
    organ: str = ""
    minutes: int | None = None
    short: bool = False
    accepted: bool = False
    keep: bool = False


def mix_of(text: str | None) -> Mapping[Difficulty, float]:
    """The shares of the difficulties: one name, or names with shares.

    >>> mix_of("vận dụng"), mix_of("nhan biet=50, thong hieu=50")
    ({'apply': 1.0}, {'recall': 50.0, 'understand': 50.0})

    Raises: QuizError where it is none of these.
    """
    if not text or not text.strip():
        return dict(MIX)
    shares: dict[Difficulty, float] = {}
    for part in text.split(","):
        name, _, share = part.partition("=")
        difficulty = _difficulties().get(strip_diacritics(name.strip()))
        try:
            value = float(share.strip().rstrip("%")) if share.strip() else 1.0
        except ValueError:
            value = -1.0
        if difficulty is None or not 0 <= value < float("inf"):
            raise QuizError(wording.fault("difficulty", part=part.strip()))
        shares[difficulty] = value
    if not sum(shares.values()):
        raise QuizError(wording.fault("difficulty", part=text.strip()))
    return shares


def level_of(name: str | None) -> str | None:
    """A level of government, with marks or without.

    Raises: QuizError where there is none of that name.
    """
    if name is None:
        return None
    levels = {strip_diacritics(one): one for one in wording.words("levels")}
    asked = strip_diacritics(name.strip()).removeprefix("cap ")
    if asked not in levels:
        raise QuizError(wording.fault("level", name=name, known=", ".join(levels.values())))
    return levels[asked]


def format_of(name: str | None, out: Path | None) -> str:
    """The format that is meant: the one named, else that of the file's ending, else JSON.

    Raises: QuizError where a file's ending tells none.
    """
    if name:
        return name.strip().lower()
    if out is None:
        return "json"
    ending = out.suffix.lower()
    known = {one.suffix: one.name for one in FORMATS.values()} | _SUFFIXES
    if ending not in known:
        raise QuizError(wording.fault("suffix", name=out.name, known=", ".join(FORMATS)))
    return known[ending]


def fill(material: Material, bank: Bank, order: Order) -> Given:
    """The items that an order asks for, with what is to be said of them.

    Raises: QuizError where the count or the number of versions is out of bounds, or the bank cannot be read.
    """
    if not 1 <= order.wish.count <= MOST_ITEMS:
        raise QuizError(wording.fault("count", most=str(MOST_ITEMS)))
    if not 1 <= order.versions <= MOST_VERSIONS:
        raise QuizError(wording.fault("version_count", most=str(MOST_VERSIONS)))
    wish = replace(order.wish, without=order.wish.without | bank.rejected_facts())
    given = _accepted(material, bank, wish, short=order.short) if order.accepted else _new(material, wish, order.short)
    if order.keep:
        bank.propose(given.items)
    return given


def test_of(order: Order, items: tuple[Item, ...]) -> Test:
    """The test of these items.

    Raises: QuizError where there are none.
    """
    if not items:
        raise QuizError(wording.fault("no_items"))
    title = order.title or wording.label("title")
    return make_test(
        items, title=title, versions=order.versions, seed=order.wish.seed, organ=order.organ, minutes=order.minutes
    )


def bytes_of(order: Order, items: tuple[Item, ...], name: str) -> bytes:
    """The test of these items in a format; a list without items is JSON too.

    Raises: QuizError.
    """
    if name == "json" and not items:
        return b"[]\n"
    return written(test_of(order, items), name)


def _new(material: Material, wish: Wish, short: bool) -> Given:
    if not short:
        return generate(material, wish)
    given = generate(material, replace(wish, count=min(wish.count * _SURPLUS, MOST_ITEMS)))
    fitting = tuple(item for item in given.items if fits_kahoot(item))[: wish.count]
    return Given(_shuffled(fitting, wish), _short_notes(wish, fitting))


def _accepted(material: Material, bank: Bank, wish: Wish, *, short: bool) -> Given:
    """The accepted items that fit the wish and still pass every check."""
    known = {fact.key for fact in wanted_facts(material, wish)}
    kept = [one.item for one in bank.entries(("accepted",)) if one.item.fact.key in known]
    sound = [item for item in kept if not faults(item, material) and (not short or fits_kahoot(item))]
    chosen = tuple(sound[: wish.count])
    notes = list(_short_notes(wish, chosen))
    if lost := sum(bool(faults(item, material)) for item in kept):
        notes.append(quiz_words("notes")["stale"][0].format(count=lost))
    return Given(_shuffled(chosen, wish), tuple(notes))


def _shuffled(items: tuple[Item, ...], wish: Wish) -> tuple[Item, ...]:
    from random import Random

    return tuple(shuffled_options(items, Random(f"{wish.seed}/keys")))


def _short_notes(wish: Wish, items: tuple[Item, ...]) -> tuple[str, ...]:
    notes = quiz_words("notes")
    if not items:
        return (notes["none"][0],)
    if len(items) == wish.count:
        return ()
    return (notes["fewer"][0].format(given=len(items), asked=wish.count, filters=notes["filters"][0]),)


def _difficulties() -> dict[str, Difficulty]:
    names: dict[str, Difficulty] = {one: one for one in DIFFICULTIES}
    return names | {strip_diacritics(quiz_words("difficulties")[one][0]): one for one in DIFFICULTIES}
