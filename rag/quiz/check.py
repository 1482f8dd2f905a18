"""What every item must satisfy before it is given; an edited one is checked in the same way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from rag.language.lexicon import quiz_words
from rag.language.normalize import fold
from rag.quiz import wording
from rag.quiz.alike import contains, dates_in, plain, same_text, shared_words
from rag.quiz.distractors import alike_in_length
from rag.quiz.forms import FORMS, Form
from rag.quiz.items import Item
from rag.quiz.material import Material

MOST_STEM_WORDS, MOST_OPTION_WORDS = 95, 60
_FEWEST, _MOST = 2, 6
_TELLING = 3
"""How many more words than any other option the right one may share with the stem."""
_NUMBER_IN_BRACKETS = re.compile(r"\s*\(số [^()]*\)")


def faults(item: Item, material: Material) -> tuple[str, ...]:
    """A Vietnamese sentence for each thing that is wrong with an item; none where it can be given.

    That one option alone is right is proved anew from the catalogue and the texts, not taken from the item.
    """
    form = FORMS.get(item.fact.form)
    if form is None:
        return (_said("form"),)
    shape = tuple(_shape(item))
    if shape:
        return shape
    try:
        proof = tuple(_proof(item, form, material))
    except (KeyError, StopIteration, ValueError, IndexError):  # the corpus has changed since the item was made
        return (_said("gone"),)
    return (*proof, *_evidence(item, form, material), *_reading(item, form))


def said_more(item: Item) -> int:
    """By how many words the right option shares more with the stem than the next one."""
    shares = [shared_words(item.stem, option) for option in item.options]
    others = [share for index, share in enumerate(shares) if index not in item.correct]
    return shares[item.correct[0]] - max(others)


def _shape(item: Item) -> Iterator[str]:
    if not (_FEWEST <= len(item.options) <= _MOST) or not all(option.strip() for option in item.options):
        yield _said("options")
    elif len(item.correct) != 1 or not 0 <= item.correct[0] < len(item.options):
        yield _said("key")
    if not item.stem.strip() or len(item.stem.split()) > MOST_STEM_WORDS:
        yield _said("stem", most=str(MOST_STEM_WORDS))
    for option in item.options:
        if len(option.split()) > MOST_OPTION_WORDS:
            yield _said("option_length", most=str(MOST_OPTION_WORDS), option=option)
        if any(phrase in fold(option) for phrase in wording.words("banned")):
            yield _said("banned", option=option)
    for one, other in combinations(item.options, 2):
        if same_text(one, other):
            yield _said("alike", option=other)


def _proof(item: Item, form: Form, material: Material) -> Iterator[str]:
    """That the key is right and nothing else is, by all that the corpus says."""
    for words in form.anchors(material, item.fact):
        if words not in item.stem and not contains(item.stem, words):
            yield _said("anchor", words=words)
    for index, option in enumerate(item.options):
        holds = form.holds(material, item.fact, option)
        if index in item.correct and not holds:
            yield _said("right_false", option=option)
        elif index not in item.correct and holds:
            yield _said("second_true", option=option)


def _evidence(item: Item, form: Form, material: Material) -> Iterator[str]:
    """That the quotation is its slice of the stored text and has the answer in it."""
    cited = item.citation
    text = material.texts.get(cited.source)
    if text is None or not cited.quote or text[cited.start : cited.end] != cited.quote:
        yield _said("quote")
    elif form.quotes and not says(cited.quote, item.right, material) and not says(cited.locator, item.right, material):
        yield _said("support")


def says(quote: str, answer: str, material: Material) -> bool:
    """Whether a passage has an answer in it: the words, the date, or the number of the document."""
    if contains(quote, answer) or contains(quote, _NUMBER_IN_BRACKETS.sub("", answer)):
        return True
    if dates := dates_in(answer):
        return dates <= dates_in(quote)
    numbers = material.numbers_in(answer)
    return bool(numbers) and numbers <= material.numbers_in(" ".join(quote.split()))


def _reading(item: Item, form: Form) -> Iterator[str]:
    """That the options are even and the stem does not tell which one it is."""
    if item.kind == "true_false":
        return
    if not all(alike_in_length(item.right, option) for option in item.options):
        yield _said("uneven")
    if said_more(item) > _TELLING or (len(plain(item.right).split()) > 1 and contains(item.stem, item.right)
                                      and form.name != "chronology"):  # fmt: skip
        yield _said("clue", option=item.right)


def _said(fault: str, **fields: str) -> str:
    return quiz_words("faults")[fault][0].format(**fields)
