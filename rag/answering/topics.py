"""How much of what a question is about a text speaks of."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.answering.library import bare_line
from rag.language.lexicon import question_patterns
from rag.language.normalize import syllables, unmark
from rag.language.segment import compounds

_SCATTERED, _APART = 0.5, 2
_NUMERAL = re.compile(r"\d{1,3}")


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the topic, bare, with its weight; the rarer in the corpus the heavier."""

    text: str
    weight: float


def topic_terms(topic: str, *, idf: Callable[[str], float], passages: int) -> tuple[Term, ...]:
    """The words of a topic that carry meaning, in order; a word that the corpus lacks weighs most."""
    heaviest = math.log(1 + (passages + 0.5) / 0.5)
    stop = frozenset(question_patterns()["stop"])
    terms = []
    for word in dict.fromkeys(_words(topic)):
        if word in stop or _NUMERAL.fullmatch(word):
            continue
        grams = [f"{one}_{other}" for one, other in pairwise(word.split())] or [word]
        weights = [idf(gram) for gram in grams]
        terms.append(Term(word, heaviest if min(weights) == 0.0 else max(weights)))
    return tuple(terms)


def coverage(terms: Sequence[Term], text: str) -> float:
    """The fraction of the terms' weight that a bare line speaks of; 0.0 for no terms.

    A word whose syllables stand in the line in order with at most two others between counts half.

    >>> coverage([Term("doi thoai", 2.0), Term("kinh phi", 2.0)], bare_line("Đối thoại trực tiếp"))
    0.5
    """
    total = sum(term.weight for term in terms)
    return sum(term.weight * _presence(term.text, text) for term in terms) / total if total else 0.0


def _presence(word: str, text: str) -> float:
    if f" {word} " in text:
        return 1.0
    parts = word.split()
    if len(parts) < 2 or not all(f" {part} " in text for part in parts):
        return 0.0
    between = rf"(?: \w+){{0,{_APART}}} "
    return _SCATTERED if re.search(f" {between.join(map(re.escape, parts))} ", text) else 0.0


def _words(topic: str) -> list[str]:
    """The topic cut into words, bare, in order."""
    rest = [unmark(syllable) for syllable in syllables(topic)]
    found: list[str] = []
    for compound in compounds(topic):
        parts = [unmark(part) for part in re.findall(r"[^\W_]+", compound)]
        start = next((at for at in range(len(rest)) if rest[at : at + len(parts)] == parts), None)
        if start is None:
            continue
        found += [*rest[:start], " ".join(parts)]
        rest = rest[start + len(parts) :]
    return found + rest
