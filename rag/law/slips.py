"""Slips of wording that the text itself gives away: it writes the same words otherwise elsewhere.

No list of known slips: a word or a phrase is told of where it stands once and the rest of the text,
in the same surroundings, has one letter, one word or one separator otherwise.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from rag.language.lexicon import notice_words
from rag.law.sentences import notice
from rag.law.syllables import Pair, Syllables
from rag.types import SourceNotice

Key = tuple[int, ...]
_MOST = 20_000
"""Rare places that one rule looks at in one text, which bounds time and memory."""
_COMMON = 3
_PARTNER_SHARE = 0.3
_BOUND_SHARE = 0.85


def wording_slips(said: Syllables) -> Iterator[SourceNotice]:
    """Words lost, words doubled, and members of a list that nothing parts."""
    yield from _lost(said)
    yield from _doubled(said)
    yield from _unparted(said)


@dataclass(frozen=True, slots=True)
class _Bonds:
    """Which syllables of a text live in compounds alone."""

    partners: frozenset[Pair]
    bound: frozenset[int]


def _bonds(said: Syllables) -> _Bonds:
    partners = frozenset(
        (one, other)
        for (one, other), times in said.pairs.items()
        if times >= _COMMON and times >= _PARTNER_SHARE * min(said.counts[one], said.counts[other])
    )
    inside = Counter[int]()
    for at, word in enumerate(said.ids):
        left = at > 0 and said.gaps[at] == " " and (said.ids[at - 1], word) in partners
        right = at + 1 < len(said) and said.gaps[at + 1] == " " and (word, said.ids[at + 1]) in partners
        inside[word] += left or right
    # One of the places may be the slip itself.
    bound = (word for word, times in inside.items() if times >= _BOUND_SHARE * (said.counts[word] - 1))
    return _Bonds(partners, frozenset(bound))


def _lost(said: Syllables) -> Iterator[SourceNotice]:
    """A word that lives in compounds alone, and stands here without its other half.

    The phrase with the other half stands elsewhere: "các đơn trực thuộc" beside "các đơn vị trực thuộc".
    """
    bonds = _bonds(said)
    after, before = _halves(said, bonds)
    wanted: dict[Key, int] = {}
    inserted: set[Pair] = set()
    for at in range(1, len(said) - 1):
        one, other = said.ids[at - 1], said.ids[at]
        if said.gaps[at] != " " or said.pairs[one, other] != 1 or len(wanted) > _MOST:
            continue
        for word in after.get(one, ()) if not _linked(said, bonds, at - 1) else ():
            inserted.add((one, word))
            wanted.update(dict.fromkeys(_with(said, word, at, ((at - 2, at + 2), (at - 3, at + 1))), at))
        for word in before.get(other, ()) if not _linked(said, bonds, at + 1) else ():
            inserted.add((one, word))
            wanted.update(dict.fromkeys(_with(said, word, at, ((at - 2, at + 2), (at - 1, at + 3))), at))
    found: dict[int, int] = {}
    for at in range(2, len(said)):
        if (said.ids[at - 2], said.ids[at - 1]) in inserted:
            for start, end in ((at - 3, at + 2), (at - 4, at + 1), (at - 2, at + 3)):
                lost = wanted.get(said.key(start, end) or ())
                if lost is not None:
                    found.setdefault(lost, at)
    for lost, at in sorted(found.items()):
        more = said.joined(lost - 1, lost + 2) and said.joined(at - 2, at + 2)
        printed, other_text = said.text(lost - 1, lost + 1 + more), said.text(at - 2, at + 1 + more)
        yield notice("word_lost", said.span(lost - 1, lost + 1 + more), printed=printed, other=other_text)


def _linked(said: Syllables, bonds: _Bonds, at: int) -> bool:
    """Whether a syllable makes a compound with the one before it."""
    return 0 < at < len(said) and said.gaps[at] == " " and (said.ids[at - 1], said.ids[at]) in bonds.partners


def _with(said: Syllables, word: int, at: int, ranges: tuple[tuple[int, int], ...]) -> Iterator[Key]:
    """What stands around a place, with a word put in."""
    for start, end in ranges:
        if said.joined(start, end):
            yield (*said.ids[start:at], word, *said.ids[at:end])


def _halves(said: Syllables, bonds: _Bonds) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """The second halves of words that live in compounds alone, by the first half, and the first by the second."""
    words = notice_words()
    loose = words["particles"] | words["optional"]
    after: dict[int, list[int]] = defaultdict(list)
    before: dict[int, list[int]] = defaultdict(list)
    for one, other in bonds.partners:
        mutual = said.pairs[one, other] >= _PARTNER_SHARE * max(said.counts[one], said.counts[other])
        if mutual and one in bonds.bound and said.words[other] not in loose:
            after[one].append(other)
        if mutual and other in bonds.bound and said.words[one] not in loose:
            before[other].append(one)
    return after, before


def _doubled(said: Syllables) -> Iterator[SourceNotice]:
    """A word with a grammatical task twice in a row; another one where the phrase with it once stands elsewhere.

    Where one compound ends as the next begins ("hành vi vi phạm") nothing is doubled.
    """
    particles = notice_words()["particles"]
    twice = [at for at in range(1, len(said)) if said.gaps[at] == " " and said.ids[at] == said.ids[at - 1]]
    twice = [at for at in twice if said.words[said.ids[at]].isalpha()][:_MOST]
    frames = {at: _once(said, at) for at in twice if said.words[said.ids[at]] not in particles}
    wanted = {frame for frame in frames.values() if frame}
    whole = {key for at in range(1, len(said)) if (key := said.key(at - 1, at + 2)) in wanted} if wanted else set()
    for at in twice:
        if at not in frames or frames[at] in whole:
            printed = said.text(at - 1, at + 1)
            yield notice("word_doubled", said.span(at - 1, at + 1), printed=printed, other=said.text(at - 1, at))


def _once(said: Syllables, at: int) -> Key | None:
    """The phrase around a doubled word, with it once."""
    if not said.joined(at - 2, at + 2):
        return None
    pairs = (said.ids[at - 2], said.ids[at - 1]), (said.ids[at], said.ids[at + 1])
    if all(said.pairs[pair] >= _COMMON for pair in pairs):
        return None
    return said.ids[at - 2], said.ids[at], said.ids[at + 1]


def _unparted(said: Syllables) -> Iterator[SourceNotice]:
    """Two words side by side that the text elsewhere, in the same phrase, parts by a comma or a dash."""
    parted = said.parted(",-")
    wanted: dict[Key, int] = {}
    for at in range(2, len(said)):
        pair = said.ids[at - 1], said.ids[at]
        if said.gaps[at] == " " and parted[pair] >= _COMMON and said.pairs[pair] == 1 and len(wanted) < _MOST:
            start = at - 3 if said.joined(at - 3, at) else at - 2
            end = at + 3 if said.joined(at, at + 3) else at + 2
            if end - start > 4 and said.joined(start, end):
                wanted[start - at, *said.ids[start:end]] = at
    found: dict[int, int] = {}
    for at in range(2, len(said)) if wanted else ():
        if said.gaps[at] in ",-" and parted[said.ids[at - 1], said.ids[at]] >= _COMMON:
            for start, end in ((at - 3, at + 3), (at - 2, at + 3), (at - 3, at + 2)):
                lost = wanted.get((start - at, *(said.key(start, end) or ())))
                if lost is not None:
                    found.setdefault(lost, at)
    for lost, at in sorted(found.items()):
        printed, other = said.text(lost - 2, lost + 2), said.text(at - 2, at + 2)
        yield notice("separator_lost", said.span(lost - 2, lost + 2), printed=printed, other=other)
