"""How much of what a question is about a text speaks of."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from rag.index.tokens import ACCENTED, PLAIN
from rag.language.lexicon import question_words, sentence_words, synonyms, word_classes
from rag.language.normalize import syllables, unmark
from rag.language.segment import compounds, dictionary

TOPIC_GAP = "/"
"""What stands in a topic where words were taken out: those on either side are not one word."""
_SCATTERED, _APART = 0.5, 2
_OTHER_MARKS, _OTHER_MARKS_ALONE = 0.9, 0.25
_LONG = 3
"""How many pairs of syllables the name of a unit has of which people leave out a part."""
_ORDINAL = "thứ"
_SET = "bộ"
"""What goes with the word after it: "lần thứ ba" is not "lần thứ hai"."""
_NUMERAL = re.compile(r"\d{1,3}")
_FIGURE = re.compile(r"(?<![\d ] )\b\d{1,3}(?: \d{3})+\b(?! \d)")
"""A number of thousands, its groups apart, as "1.250" is in a topic: a text has it seldom by chance."""
_UNKNOWN = 0.8
"""What a word weighs that the corpus lacks, of what its rarest word may: a small corpus lacks many a plain word."""
_EMPTY = 0.4
"""What a word without a matter of its own weighs."""
_OTHER_WORD = 0.8
"""What it counts that a text has a word's official synonym."""

_PLACES = frozenset(("thôn", "bản", "làng", "tổ", "khu", "xã", "phường", "huyện", "tỉnh"))
"""Heads that often stand alone: what follows may be a verb."""
_FRONT = re.compile(r"mặt trận (?!tổ quốc)")
Idf = Callable[[str, str], float]
"""How rare a token of a word field is; 0 where no passage has it."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the topic, folded, with and without marks, and its weight; the rarer in the corpus the heavier.

    `others` are the official words for the same.
    """

    text: str
    bare: str
    weight: float
    others: tuple[str, ...] = ()


def topic_terms(topic: str, *, idf: Idf, passages: int) -> tuple[Term, ...]:
    """The words of a topic that carry meaning, in order; a word that the corpus lacks weighs most.

    `idf(field, token)` tells how rare a token is in a word field, 0 where no passage has it.
    """
    heaviest = math.log(1 + (passages + 0.5) / 0.5)
    terms = []
    pieces = topic.split(f" {TOPIC_GAP} ")
    words = [part for piece in pieces for word in _regrouped(_words(piece), idf) for part in _known_parts(word, idf)]
    words += [figure for piece in pieces for figure in _FIGURE.findall(piece) if _rarity(figure, idf)]
    for word in dict.fromkeys(words):
        bare = unmark(word)
        if _is_stop(word, bare) or _NUMERAL.fullmatch(word):
            continue
        others = synonyms().get(word, ())
        known = _rarity(word, idf)
        empty = word in question_words("no_matter")
        if not known and empty:
            continue
        rarity = known or max((_rarity(other, idf) for other in others), default=0.0) or _UNKNOWN * heaviest
        terms.append(Term(word, bare, rarity * (_EMPTY if empty else 1), others))
    return tuple(terms)


def is_known(term: Term, idf: Idf) -> bool:
    """Whether the corpus has a word of the topic."""
    return _rarity(term.text, idf) > 0


def _rarity(word: str, idf: Idf) -> float:
    """How rare a word is; 0 where the corpus lacks it."""
    pairs = pairwise(unmark(word).split())
    weights = [idf(PLAIN, f"{one}_{other}") for one, other in pairs] or [idf(ACCENTED, word)]
    lacking = sum(not weight for weight in weights)
    return max(weights) if lacking <= (len(weights) >= _LONG) else 0.0


def term_line(text: str) -> str:
    """A text as terms are looked up in it: its folded syllables, and again without marks.

    >>> term_line("Dân vận, khéo")
    ' dân vận khéo | dan van kheo '
    """
    found = " ".join(syllables(text))
    return f" {found} | {unmark(found)} "


def coverage(terms: Sequence[Term], line: str) -> float:
    """The fraction of the terms' weight that a line of `term_line` speaks of; 0.0 for no terms.

    A word that stands there with other marks counts a little less, one of a single syllable
    hardly; of a longer one the pairs of syllables count, and one of two syllables that stand in
    order with at most two others between counts half.

    >>> terms = [Term("đối thoại", "doi thoai", 2.0), Term("kinh phí", "kinh phi", 2.0)]
    >>> coverage(terms, term_line("Đối thoại trực tiếp"))
    0.5
    """
    total = sum(term.weight for term in terms)
    return sum(term.weight * _presence(term, line) for term in terms) / total if total else 0.0


def _is_stop(word: str, bare: str) -> bool:
    """Whether a word says nothing of a topic; one that is typed without marks may be any that reads so."""
    return word in question_words("stop") or (word == bare and bare in _bare_stop())


@cache
def _bare_stop() -> frozenset[str]:
    return frozenset(unmark(word) for word in question_words("stop"))


@cache
def _heads() -> frozenset[str]:
    """The nouns of one syllable that open the name of a unit."""
    return frozenset(head for head in word_classes().unit_heads if " " not in head)


@cache
def _long_heads() -> frozenset[str]:
    """The nouns of several syllables that open the name of a unit, and what they begin with.

    Not those of the Front with whose it is, "mặt trận huyện", for which texts have its full name.
    """
    heads = [head.split() for head in word_classes().unit_heads if " " in head and not _FRONT.match(head)]
    return frozenset(" ".join(parts[:end]) for parts in heads for end in range(2, len(parts) + 1))


@cache
def _duty_verbs() -> frozenset[str]:
    """The verbs of several syllables that say what a unit does: they name none."""
    verbs = (*word_classes().duty_verbs, *sentence_words().verbs)
    return frozenset(verb for verb in verbs if " " in verb)


def _presence(term: Term, line: str) -> float:
    own = _own_presence(term, line)
    if own < _OTHER_WORD and any(f" {other} " in line for other in term.others):
        return _OTHER_WORD
    return own


def _own_presence(term: Term, line: str) -> float:
    if f" {term.text} " in line:
        return 1.0
    parts = term.text.split()
    if f" {term.bare} " in line:
        return _OTHER_MARKS if len(parts) > 1 else _OTHER_MARKS_ALONE
    if len(parts) > 2 and (parts[0] not in _heads() or (len(parts) > _LONG and f" {parts[0]} {parts[1]} " in line)):
        pairs = [f" {one} {other} " in line for one, other in pairwise(parts)]
        return sum(pairs) / len(pairs)
    if len(parts) < 2 or not all(f" {part} " in line for part in parts):
        return 0.0
    between = rf"(?: \w+){{0,{_APART}}} "
    return _SCATTERED if re.search(f" {between.join(map(re.escape, parts))} ", line) else 0.0


def _known_parts(word: str, idf: Idf) -> list[str]:
    """A word, cut where neither the corpus nor the dictionary has the pair: the segmenter joins strangers."""
    parts = word.split()
    if len(parts) < 2 or parts[0] in _heads() - _PLACES or word in dictionary() or word in synonyms():
        return [word]
    found = [parts[0]]
    for one, other in pairwise(parts):
        strangers = not {one, other}.isdisjoint(question_words("stop"))
        if not strangers and idf(PLAIN, f"{unmark(one)}_{unmark(other)}"):
            found[-1] += f" {other}"
        else:
            found.append(other)
    return found


def _words(topic: str) -> list[str]:
    """The topic cut into words, folded, in order; an expression of the table of synonyms is one."""
    found: list[str] = []
    rest: list[str] = []
    parts = syllables(topic)
    at = 0
    while at < len(parts):
        size = _said_at(parts, at)
        if size:
            found += [*_segmented(" ".join(rest)), " ".join(parts[at : at + size])]
            rest = []
        else:
            rest.append(parts[at])
        at += size or 1
    return _with_heads(found + _segmented(" ".join(rest)))


def _regrouped(words: Sequence[str], idf: Idf) -> list[str]:
    """Words in which a syllable goes with the one after it where the corpus has that pair more often.

    The segmenter makes "nhà văn" and "hóa" of "nhà văn hóa".
    """
    found = list(words)
    for at, (one, other) in enumerate(pairwise(words)):
        head, _, last = one.partition(" ")
        pair = f"{last} {other}"
        if last and " " not in last and " " not in other and pair in dictionary():
            usual, rare = _rarity(pair, idf), _rarity(one, idf)
            if usual and (not rare or usual <= rare):
                found[at : at + 2] = [head, pair]
    return found


def _said_at(parts: Sequence[str], at: int) -> int:
    """How many syllables the longest expression of several in the table of synonyms has that begins at one."""
    for size in range(min(4, len(parts) - at), 1, -1):
        goes_on = " ".join(parts[at + size - 1 : at + size + 1])
        if " ".join(parts[at : at + size]) in synonyms() and (at + size == len(parts) or goes_on not in dictionary()):
            return size
    return 0


def _segmented(topic: str) -> list[str]:
    """A text cut into words, folded, in order."""
    rest = syllables(topic)
    found: list[str] = []
    for compound in compounds(topic):
        parts = re.findall(r"[^\W_]+", compound)
        start = next((at for at in range(len(rest)) if rest[at : at + len(parts)] == parts), None)
        if start is None:
            continue
        found += [*rest[:start], " ".join(parts)]
        rest = rest[start + len(parts) :]
    return found + rest


def _with_heads(words: Sequence[str]) -> list[str]:
    """Words in which a unit's head of one syllable goes with what names it: "sở nội vụ" is not "phòng nội vụ".

    So does what makes a number an ordinal.
    """
    joined: list[str] = []
    for word in words:
        before = joined[-1] if joined else ""
        names = word not in _duty_verbs() and word not in question_words("stop")
        is_unit = (before in _heads() and names) or f"{before} {word}" in _long_heads()
        if before == _SET and word in question_words("in_sets"):  # "bộ hồ sơ"
            joined[-1] = word
        elif is_unit or before == _ORDINAL:
            joined[-1] = f"{before} {word}"
        else:
            joined.append(word)
    return joined
