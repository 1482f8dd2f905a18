"""Capitals where the rest of the text, or the grammar of a list, has small letters, and the reverse."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from rag.language.lexicon import document_types, notice_words, word_classes
from rag.language.normalize import UPPER, MatchingCopy, alternation
from rag.law.document import LegalDocument
from rag.law.sentences import notice
from rag.law.syllables import Syllables
from rag.types import SourceNotice

Key = tuple[int, ...]
# What follows the type of a document, where a verb of the same form has its object.
_NAMED = re.compile(r"\s(?:số|của|năm|này|liên tịch)(?!\w)|\s\d|\s[XIVL]+(?!\w)")
_OTHERS = 3
"""How often the other form stands in the same surroundings."""
_AFTER, _BEFORE = 3, 4
_CAPITAL_TIMES, _TIMES = 3, {_AFTER: 3, _BEFORE: 8}
"""How much oftener a small letter, and a capital, stands in the compound with the syllable after, and before."""
_PARTNER_SHARE = 0.2
_SELDOM = 2


def case_slips(said: Syllables) -> Iterator[SourceNotice]:
    """Each syllable inside a sentence whose first letter is a capital, or is none, against the rest of the text.

    It stands so once in its surroundings, and seldom in its compound. A capital may always begin a
    name: one is told of only where its compound with the syllable before it has none.
    """
    inside = [at for at in range(1, len(said)) if said.gaps[at] in " ,-" and said.cases[at] in "aA"]
    inside = [at for at in inside if len(said.words[said.ids[at]]) > 1 and said.cases[at - 1] != "0"]
    cases: dict[int, set[str]] = defaultdict(set)
    for at in inside:
        cases[said.ids[at]].add(said.cases[at])
    inside = [at for at in inside if len(cases[said.ids[at]]) > 1]
    tally: dict[Key, list[int]] = {}
    for at in inside:
        pairs = ((_AFTER, *said.ids[at : at + 2]), (_BEFORE, *said.ids[at - 1 : at + 1]))
        for frame in (*_frames(said, at), *pairs):
            tally.setdefault(frame, [0, 0])[said.cases[at] == "A"] += 1
    for at in inside:
        own = said.cases[at] == "A"
        votes = [(tally[frame][own], tally[frame][not own]) for frame in _frames(said, at)]
        if any(mine == 1 and others >= _OTHERS for mine, others in votes) and any(
            tally[pair][not own] >= max(_OTHERS, _times(pair, own) * tally[pair][own]) for pair in _compounds(said, at)
        ):
            yield _case_notice(said, at)


def _times(pair: Key, is_capital: bool) -> int:
    return _CAPITAL_TIMES if is_capital else _TIMES[pair[0]]


def _case_notice(said: Syllables, at: int) -> SourceNotice:
    start = next(start for start in (at - 2, at - 1, at) if said.is_phrase(start, at + 1))
    end = at + 2 if said.is_phrase(at, at + 2) and said.pairs[said.ids[at], said.ids[at + 1]] >= _OTHERS else at + 1
    printed, word = said.text(start, end), said.text(at, at + 1)
    before = len(said.text(start, at)) + 1 if start < at else 0
    turned = word.lower() if said.cases[at] == "A" else word.capitalize()
    right = printed[:before] + turned + printed[before + len(word) :]
    return notice("case_differs", said.span(start, end), printed=printed, other=right)


def _compounds(said: Syllables, at: int) -> Iterator[Key]:
    """The pair of a syllable and a neighbour that tells how its first letter is written.

    After a capital inside a sentence a small letter may go on a name: the pair with that capital tells.
    """
    one, word = said.ids[at - 1], said.ids[at]
    beside = said.gaps[at] == " "
    if said.cases[at] == "A":
        partners = said.pairs[one, word] >= _PARTNER_SHARE * min(said.counts[one], said.counts[word])
        if beside and partners and not _opens_type(said, at):
            yield (_BEFORE, one, word)
    elif said.cases[at - 1] == "A" and beside:
        if said.gaps[at - 1] != ".":
            yield (_BEFORE, one, word)
    elif said.joined(at, at + 2):
        yield (_AFTER, *said.ids[at : at + 2])


def _opens_type(said: Syllables, at: int) -> bool:
    """Whether the name of a type of document begins here; it may always have its capital."""
    return at + 1 < len(said) and said.text(at, at + 1) + " " + said.words[said.ids[at + 1]] in _type_names()


def _frames(said: Syllables, at: int) -> Iterator[Key]:
    """A syllable with two before it, one on each side, or two after it."""
    for place, (start, end) in enumerate(((at - 2, at + 1), (at - 1, at + 2), (at, at + 3))):
        if key := said.key(start, end):
            yield (place, *key)


def capitals_in_sentence(document: LegalDocument) -> Iterator[SourceNotice]:
    """Verbs of duties with a capital after a semicolon or in mid-sentence, and types with none before a number.

    A capital that a text has in mid-sentence time and again is its way to write a name ("Tổ chức phi chính phủ").
    """
    inside: dict[str, list[SourceNotice]] = defaultdict(list)
    for provision, copy in zip(document.provisions, document.copies, strict=True):
        if copy.text.isupper():
            continue
        for found in _after_semicolon().finditer(copy.text) if provision.kind != "basis" else ():
            if not _NAMED.match(copy.text, found.end()):
                yield _verb_notice("capital_after_semicolon", copy, found)
        for found in _in_sentence().finditer(copy.text):
            before = found["before"].casefold()
            if found["verb"] not in _type_names() and before not in notice_words()["name_heads"]:
                inside[found["verb"]].append(_verb_notice("capital_in_sentence", copy, found))
        for found in _typed_number().finditer(copy.text):
            kind = found["type"]
            if kind[0].islower():
                right = kind[0].upper() + kind[1:]
                yield notice("case_type", copy.span(*found.span("type")), printed=kind, other=right)
    yield from (one for told in inside.values() if len(told) <= _SELDOM for one in told)


def _verb_notice(name: str, copy: MatchingCopy, found: re.Match[str]) -> SourceNotice:
    verb = found["verb"]
    return notice(name, copy.span(*found.span("verb")), printed=verb, other=verb.lower())


@cache
def _type_names() -> frozenset[str]:
    return frozenset(row.name for row in document_types())


@cache
def _verbs() -> str:
    """Verbs of two syllables with a first capital."""
    return alternation(verb.capitalize() for verb in word_classes().duty_verbs if " " in verb)


@cache
def _after_semicolon() -> re.Pattern[str]:
    return re.compile(rf"; (?P<verb>{_verbs()})(?!\w)")


@cache
def _in_sentence() -> re.Pattern[str]:
    before = rf"(?:\d{{1,2}}/\d{{1,2}}/\d{{4}}|(?<![\w.])(?![{UPPER}])[^\W\d_]{{1,20}})"
    return re.compile(rf"(?P<before>{before}) (?P<verb>{_verbs()})(?!\w)")


@cache
def _typed_number() -> re.Pattern[str]:
    """A type before "số" and a whole number with its symbol."""
    names = alternation(row.name for row in document_types())
    return re.compile(rf"(?<![\w(])(?P<type>(?i:{names})) số \d{{1,5}}(?:/\d{{4}})? ?[-/] ?[{UPPER}]{{2}}")
