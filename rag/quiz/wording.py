"""How questions, their short forms and their explanations are worded, from `quiz.toml`."""

from __future__ import annotations

import re
from functools import cache
from random import Random

from rag.language.dates import said_date
from rag.language.lexicon import quiz_words

_QUOTED = re.compile(r'"([^"]*)"')
_ABOUT = re.compile(r"^(?:về\s+việc|về|v/v)\s+", re.IGNORECASE)


def stem(form: str, random: Random, **fields: str) -> str:
    """One of the ways of asking in a form."""
    return random.choice(quiz_words("stem")[form]).format(**fields)


def short_stem(form: str, **fields: str) -> str | None:
    """The same question in few words; None where the form has none."""
    texts = quiz_words("short").get(form)
    return texts[0].format(**fields) if texts else None


def explanation(name: str, **fields: str) -> str:
    """Why the right option is right."""
    told = {key: value.rstrip(" ;,") for key, value in fields.items()}
    return re.sub(r"([.…])\.$", r"\1", quiz_words("explain")[name][0].format(**told))


def statement(field: str, **fields: str) -> str:
    """A statement that is true or false."""
    return quiz_words("statements")[field][0].format(**fields)


def word(name: str) -> str:
    """A single word or sign."""
    return quiz_words("words")[name][0]


def words(name: str) -> tuple[str, ...]:
    """A list of words."""
    return quiz_words("words")[name]


def truths() -> tuple[str, str]:
    """The two options of a statement."""
    return word("true"), word("false")


def as_option(text: str) -> str:
    """A text as an option: without the mark at its end, its first letter a capital.

    >>> as_option("niêm yết thông tin;")
    'Niêm yết thông tin'
    """
    bare = text.strip().rstrip(" .;,:/")
    return bare[:1].upper() + bare[1:]


def in_sentence(text: str) -> str:
    """A text as it goes on in a sentence: its first letter small, but in names and abbreviations.

    >>> in_sentence("Trưởng thôn triệu tập"), in_sentence("UBND huyện"), in_sentence("Ủy ban nhân dân cấp xã")
    ('trưởng thôn triệu tập', 'UBND huyện', 'Ủy ban nhân dân cấp xã')
    """
    first = text.split(maxsplit=1)[0] if text.split() else ""
    if first[1:2].isupper() or (text.startswith(_names()) and not text.startswith("Ban hành")):
        return text
    return text[:1].lower() + text[1:]


def bare_title(title: str) -> str:
    """A title without the "về" that leads it in."""
    return _QUOTED.sub(r"“\1”", _ABOUT.sub("", title.strip()))


def said_day(date: str) -> str:
    """An ISO date as an option."""
    return as_option(said_date(date))


def label(name: str, /, **fields: str) -> str:
    """A word or a line of a printed test or a table."""
    return quiz_words("print")[name][0].format(**fields)


def fault(name: str, /, **fields: str) -> str:
    """Why a test cannot be made, or an item not given."""
    return quiz_words("faults")[name][0].format(**fields)


def note(name: str, /, **fields: str) -> str:
    """What is to be said of something that was done."""
    return quiz_words("notes")[name][0].format(**fields)


def state(name: str) -> str:
    """Where an item of the bank stands."""
    return quiz_words("states")[name][0]


def page_word(name: str, /, **fields: object) -> str:
    """A word or a sentence of the tab where papers are made."""
    return quiz_words("page")[name][0].format(**fields)


def choices(name: str) -> dict[str, str]:
    """What may be chosen there, as it is shown, with what it means."""
    return {shown: meant[0] for shown, meant in quiz_words(name).items()}


@cache
def _names() -> tuple[str, ...]:
    return words("names")
