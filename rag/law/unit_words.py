"""The words that open the name of a unit and those that end it, as tables and patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from rag.language.lexicon import sentence_words, word_classes
from rag.language.normalize import UPPER, alternation

_PEOPLE = r"dân(?!\w|\s(?:vận|tộc|quân|cư|số|phòng|chủ|sự|chính)(?!\w))"
"""People in one syllable, which also opens other words."""

_TEAM = rf"(?-i:Đội|Cụm|Liên đội|Đại đội)(?=\s(?-i:[{UPPER}]))"
"""What names a unit where a name follows, and is another word elsewhere."""

StopKind = Literal["verb", "act", "modal", "state", "adverb", "break", "compound"]


def kind_of(word: str) -> StopKind:
    """What a word that may end a name does in the sentence."""
    return kinds().get(word, "compound")


@cache
def kinds() -> dict[str, StopKind]:
    """Every word that may end a name, or that hides one that might, with what it does."""
    words = sentence_words()
    table: tuple[tuple[StopKind, Iterable[str]], ...] = (
        ("act", words.acts),
        ("verb", (*word_classes().duty_verbs, *words.verbs)),
        ("adverb", words.adverbs),
        ("break", words.breaks),
        ("state", words.states),
        ("modal", words.modals),
        ("compound", words.compounds),
    )
    return {spelling: kind for kind, group in table for word in group for spelling in spellings(word)}


def spellings(word: str) -> tuple[str, ...]:
    """A word with its tone mark in either place.

    >>> spellings("ủy quyền")
    ('ủy quyền', 'uỷ quyền')
    """
    other = word.replace("ủy", "uỷ").replace("hóa", "hoá").replace("tòa", "toà").replace("hòa", "hoà")
    return (word,) if other == word else (word, other)


def spelled(words: Iterable[str]) -> str:
    """A regular expression for any of some words, the longest first, with tone marks in either place."""
    return alternation(spelling for word in words for spelling in spellings(word))


@cache
def head_noun() -> re.Pattern[str]:
    """The noun with which the name of a unit opens."""
    words = word_classes()
    openers, others = spelled(words.unit_openers), spelled(words.not_units)
    heads = spelled(words.unit_heads)
    return re.compile(
        rf"(?!(?:(?:{openers})\s)*(?:{others})(?!\w))(?:(?:{openers})\s)*(?:(?:{heads})(?!\w)|{_TEAM})", re.IGNORECASE
    )


@cache
def people_noun() -> re.Pattern[str]:
    """The noun with which people stand who are no unit."""
    openers = spelled((*word_classes().unit_openers, "mọi", "tập thể", "thành viên"))
    return re.compile(rf"(?:(?:{openers})\s)*(?:(?:{spelled(sentence_words().people)})(?!\w)|{_PEOPLE})", re.IGNORECASE)


@cache
def opening_verb() -> re.Pattern[str]:
    """A verb of duty."""
    words = (*word_classes().duty_verbs, *sentence_words().verbs)
    return re.compile(rf"(?:{spelled(words)})(?!\w)", re.IGNORECASE)


@cache
def modals() -> re.Pattern[str]:
    """A word that binds, anywhere in a text."""
    return re.compile(rf"(?<!\w)(?:{spelled(sentence_words().modals)})(?!\w)")


@cache
def stops() -> re.Pattern[str]:
    """What may end a name, in lower case: capitalised a verb is part of a name (Ban Chỉ đạo)."""
    compounds = spelled(sentence_words().compounds)
    return re.compile(rf"(?:,\s|\s)(?P<word>(?:(?i:{compounds})|{alternation(kinds())})(?!\w))")
