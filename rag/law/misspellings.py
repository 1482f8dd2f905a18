"""Misspelt words that the text itself gives away: it spells them otherwise in the same surroundings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from rag.language.lexicon import abbreviations, notice_words
from rag.language.normalize import fold, unmark
from rag.language.spelling import is_syllable, one_slip, slips_of
from rag.law.sentences import notice
from rag.law.syllables import Syllables
from rag.types import SourceNotice

Key = tuple[int, ...]
_COMMON, _MOST, _FOREIGN_MOST = 3, 20_000, 400
_LONGEST = 12


def misspellings(said: Syllables) -> Iterator[SourceNotice]:
    """Each word that stands once and that is one slip of the hand from what the text writes elsewhere."""
    rare = [at for at, word in enumerate(said.ids) if said.counts[word] == 1 and len(said.words[word]) > 1]
    rare = [at for at in rare if said.cases[at] in "aAX"][:_MOST]
    foreign = _near_words(said, rare)
    framed = _in_frames(said, [at for at in rare if at not in foreign])
    for at in rare:
        other = foreign.get(at) or framed.get(at)
        if other is not None:
            printed, right = said.text(at, at + 1), said.words[other]
            right = {"A": right.capitalize(), "X": right.upper()}.get(said.cases[at], right)
            yield notice("word", said.span(at, at + 1), printed=printed, other=right)
    yield from _run_together(said)


def _frames(said: Syllables, at: int) -> Iterator[Key]:
    """The surroundings of a syllable: two before it, one on each side, two after it."""
    for place, (start, end) in enumerate(((at - 2, at + 1), (at - 1, at + 2), (at, at + 3))):
        if said.joined(start, end):
            yield (place, *said.ids[start:at], *said.ids[at + 1 : end])


def _in_frames(said: Syllables, rare: Iterable[int]) -> dict[int, int]:
    """For a rare word the common one that stands in two of its surroundings, and has the same letters or one more."""
    rare = [at for at in rare if said.cases[at] != "X" and len(said.words[said.ids[at]]) <= _LONGEST]
    places = {at: tuple(_frames(said, at)) for at in rare}
    wanted: dict[Key, Counter[int]] = {frame: Counter() for frames in places.values() for frame in frames}
    likely_words = _targets(said, {said.ids[at] for at in places})
    for at, word in enumerate(said.ids):
        if word in likely_words:
            for frame in _frames(said, at):
                if frame in wanted:
                    wanted[frame][word] += 1
    found: dict[int, int] = {}
    for at, frames in places.items():
        kinds, times = Counter[int](), Counter[int]()
        for frame in frames:
            kinds.update(wanted[frame].keys())
            times.update(wanted[frame])
        own = said.words[said.ids[at]]
        likely = [
            other
            for other, _ in times.most_common()
            if kinds[other] > 1 and times[other] >= _COMMON and _same_letters(own, said.words[other])
        ]
        if likely:
            found[at] = likely[0]
    return found


def _targets(said: Syllables, rare: set[int]) -> set[int]:
    """The common words that are one slip from a rare one."""
    forms = {form for number in rare for form in slips_of(said.words[number])}
    common = (
        number for number, times in said.counts.items() if times >= _COMMON and len(said.words[number]) <= _LONGEST
    )
    return {number for number in common if not forms.isdisjoint(slips_of(said.words[number]))}


def _same_letters(word: str, other: str) -> bool:
    """Whether a slip of the hand parts two words and no letter stands in place of an unlike one."""
    return one_slip(word, other) and (len(word) != len(other) or unmark(word) == unmark(other))


def _near_words(said: Syllables, rare: Iterable[int]) -> dict[int, int]:
    """For what can be no syllable, the word of its letters but one that stands beside the same neighbour elsewhere.

    Abbreviations that no table has are told of where one letter is too many or too few.
    """
    known = notice_words()["loanwords"]
    odd = [at for at in rare if _is_odd(said.words[said.ids[at]], said.cases[at], known)]
    if len(odd) > _FOREIGN_MOST:
        return {}
    forms: dict[str, list[int]] = defaultdict(list)
    for at in odd:
        for form in slips_of(unmark(said.words[said.ids[at]])):
            forms[form].append(at)
    best: dict[int, tuple[int, int]] = {}
    for number, word in enumerate(said.words) if odd else ():
        if not word.isalpha() or len(word) > _LONGEST or not _is_sure(said, number, known):
            continue
        for at in {at for form in slips_of(unmark(word)) for at in forms.get(form, ())}:
            times = _beside(said, at, number)
            if times and _is_near(said, at, word) and times > best.get(at, (0, 0))[0]:
                best[at] = times, number
    return {at: number for at, (_, number) in best.items()}


def _is_odd(word: str, case: str, known: frozenset[str]) -> bool:
    if not word.isalpha() or len(word) > _LONGEST or word in known:
        return False
    return word.upper() not in abbreviations() and len(word) > 3 if case == "X" else not is_syllable(word)


def _is_sure(said: Syllables, number: int, known: frozenset[str]) -> bool:
    return said.counts[number] > 1 or said.words[number] in known


def _is_near(said: Syllables, at: int, word: str) -> bool:
    own = said.words[said.ids[at]]
    bare, other = unmark(own), unmark(word)
    if said.cases[at] == "X":
        return len(word) > 3 and len(bare) != len(other) and one_slip(bare, other)
    return own != word and (bare == other or one_slip(bare, other))


def _beside(said: Syllables, at: int, other: int) -> int:
    """How often a word stands beside a neighbour that a place has."""
    left = said.pairs[said.ids[at - 1], other] if at and said.joined(at - 1, at + 1) else 0
    right = said.pairs[other, said.ids[at + 1]] if said.joined(at, at + 2) else 0
    return left + right


def _run_together(said: Syllables) -> Iterator[SourceNotice]:
    """Two syllables with a capital between them and no space: "HoàngLan"."""
    for at, case in enumerate(said.cases):
        if case != "0":
            continue
        raw = said.text(at, at + 1)
        cut = next((index for index in range(2, len(raw) - 1) if raw[index].isupper() and raw[index - 1].islower()), 0)
        one, other = raw[:cut], raw[cut:]
        if cut and other.istitle() and is_syllable(fold(one)) and is_syllable(fold(other)):
            yield notice("words_joined", said.span(at, at + 1), printed=raw, other=f"{one} {other}")
