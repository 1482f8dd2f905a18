"""What a question says as it was meant, for matching only: marks left out and slips of the hand set right.

A noisy channel: of all that the typed syllables may stand for, the sequence is taken that is likeliest by a
model of syllable pairs (of the corpus, of phrases of asking and of a word list) and by how people type. A
syllable stands for itself; for one of the same letters with other marks; for what its Telex or VNI keys make;
for what one slip makes it of; or, with no space between, for two syllables or a syllable and a number.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from rag.language.keys import decodings, has_fewer_marks, toneless
from rag.language.lexicon import abbreviations, document_types, issuers, notice_words
from rag.language.normalize import WORD, fold, normalize, syllables, unmark, with_y
from rag.language.segment import dictionary
from rag.language.slips import meant
from rag.language.spelling import is_syllable, one_slip
from rag.language.syllable_model import CORPUS_WEIGHT, NUMBER, START, DiacriticsModel, counted

_BACKOFF, _UNSEEN = 0.1, 4
"""How likely a word goes on with one that never followed it, and how often it has to be seen for that to hold."""
_ROUNDS = 6
_LEAST_DROPPED, _MOST_DROPPED = 0.002, 0.98
"""The share of marks left out that is reckoned with whatever a question looks like."""
_MOSTLY_UNMARKED = 0.55
_MARK_LEFT_OUT = math.log(0.002)
"""How seldom one of a syllable's two marks is left out."""
_WRONG_MARK = math.log(1e-5)
_STRAY_MARK = math.log(1e-8)
"""How seldom a syllable gets a mark that it has not, but for one that makes no word with its neighbours."""
_UNKNOWN = math.log(1e-6)
_KEYS = math.log(0.3)
_OTHER_TONE = math.log(0.5)
_TONES = str.maketrans("ảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹ", "ãẵẫẽễĩõỗỡũữỹảẳẩẻểỉỏổởủửỷ")
"""The two tones that much of the country speaks as one, and so writes one for the other."""
_JOINED = math.log(0.05)
_REAL_WORD = math.log(0.003)
"""How seldom a slip makes another word of a word."""
_SELDOM = -5.0
"""Slips that cost more are not looked for in what is a word as it stands."""
_MOST_OPTIONS = 12
_OFTEN = 3
"""How many times the corpus has a pair that a syllable with other marks may be corrected to."""
_LONGEST = 9

Costs = dict[str, float]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it was meant: `mended` with its slips set right and all else as typed; `restored` folded, with marks.

    Both have the same letters.
    """

    mended: str
    restored: str


class DiacriticsRestorer:
    """Restores what questions were meant to say with one model; safe to share between threads."""

    def __init__(self, model: DiacriticsModel) -> None:
        self._model = model
        self._total = sum(model.unigrams.values()) + 1
        self._candidates: dict[str, list[str]] = defaultdict(list)
        self._spelt: dict[str, list[str]] = defaultdict(list)
        self._by_tone: dict[tuple[str, str], str] = {}
        for syllable in sorted(model.unigrams.keys() - {START}):
            self._candidates[unmark(syllable)].append(syllable)
            if is_syllable(syllable):
                self._spelt[unmark(syllable)].append(syllable)
                self._by_tone.setdefault(toneless(syllable), syllable)
        bare = {syllable: unmark(syllable) for syllable in model.unigrams}
        pairs = [(one, other) for one, other in map(str.split, model.bigrams)]
        self._marked = _Neighbours(pairs)
        self._unmarked = _Neighbours((bare[one], bare[other]) for one, other in pairs)
        self._near = lru_cache(maxsize=4096)(self._slips)

    def restore(self, text: str) -> str:
        """The folded text as it was meant: `read(text).restored`.

        >>> from rag.language.syllable_model import train_diacritics
        >>> model = train_diacritics(["đối thoại trực tiếp với Nhân dân"], [])
        >>> DiacriticsRestorer(model).restore("doi thoai truc tiêp voi nhann dan?")
        'đối thoại trực tiếp với nhân dân?'
        """
        return self.read(text).restored

    def read(self, text: str) -> Reading:
        """The text with the likeliest marks, and with slips of the hand set right.

        An unmarked syllable is taken for a marked one the more readily the fewer marks the text has;
        one with marks is given others only where the corpus speaks strongly for it. A slip that makes
        another word is seen only where what was meant stands beside both neighbours in the corpus, in
        a phrase of asking or in a word.

        >>> from rag.language.syllable_model import train_diacritics
        >>> model = train_diacritics(["đối thoại trực tiếp với Nhân dân"], [])
        >>> DiacriticsRestorer(model).read("Doi d9o6i1 thoại trựctiếp voi Nhnâ dân?").mended
        'Doi đối thoại trực tiếp voi nhân dân?'
        """
        typed, folded = normalize(text), with_y(fold(text))
        words, given = WORD.findall(folded), WORD.findall(typed)
        if len(given) != len(words):  # folding has made more or fewer of them
            typed, given = folded, words
        if not words:
            return Reading(typed, folded)
        best = self._best(given, words)
        kept = [one if unmark(fold(one)) == unmark(new) else new for one, new in zip(given, best, strict=True)]
        return Reading(_replaced(typed, kept), _replaced(folded, best))

    def _best(self, typed: Sequence[str], words: Sequence[str]) -> list[str]:
        shouted = all(word.isupper() for word in typed if word.isalpha())
        context = _Context(words, _unmarked_share(words) > _MOSTLY_UNMARKED, math.log(self._dropped_share(words)))
        paths: dict[str, tuple[float, list[str]]] = {START: (0.0, [])}
        for at, word in enumerate(words):
            fixed = _is_symbol(word) or (len(word) > 1 and not shouted and typed[at].isupper())
            options = {word: 0.0} if fixed else self._options(context, at)
            grown: dict[str, tuple[float, list[str]]] = {}
            for option, cost in options.items():
                score, path = self._extend(paths, option, cost)
                last = option.rpartition(" ")[2]
                if last not in grown or grown[last][0] < score:
                    grown[last] = score, path
            paths = grown
        return max(paths.values(), key=lambda path: (path[0], path[1]))[1]

    def _dropped_share(self, words: Sequence[str]) -> float:
        """How likely the marks of a syllable were left out, which the syllables without marks make likely together.

        A syllable that seldom has none elsewhere tells more than one that often has none; each round weighs them by
        the share that the one before found.
        """
        bare = (word for word in words if unmark(word) == word and self._candidates.get(word))
        alike = [self._unmarked_by_nature(word) for word in bare]
        marked = sum(unmark(word) != word for word in words)
        share = 0.5
        for _ in range(_ROUNDS):
            dropped = sum(share * (1 - own) / (share * (1 - own) + (1 - share) * own) for own in alike)
            share = min(_MOST_DROPPED, max(_LEAST_DROPPED, dropped / max(1.0, dropped + marked)))
        return share

    def _unmarked_by_nature(self, word: str) -> float:
        counts = self._model.unigrams
        return counts.get(word, 0) / max(1, sum(counts[other] for other in self._candidates[word]))

    def _options(self, context: _Context, at: int) -> Costs:
        """What a syllable may stand for, with the logarithm of how likely it was typed so."""
        word = context.words[at]
        bare = unmark(word)
        if not word.isalpha():
            return self._with_digits(word)
        beside = [self._is_pair(one, other, context) for one, other in pairwise(context.words[max(0, at - 1) : at + 2])]
        known = word in self._model.unigrams
        if known and beside and all(beside) and (bare != word or not context.unmarked):
            return {word: 0.0}
        keys = self._decoded(word)
        if known:
            others = [option for option in self._candidates[bare] if option != word]
            if bare != word or not context.unmarked:
                others = (
                    [] if any(beside) and bare != word else self._fitting(others, context, at, alone=not any(beside))
                )
            slipped = {} if all(beside) else self._slipped(context, at, _REAL_WORD)
            return {
                **slipped,
                **keys,
                **{option: context.dropped if bare == word else _marks_cost(context, at, option) for option in others},
                word: 0.0,
            }
        same = self._candidates.get(bare, ())
        if same and bare == word:
            slipped = {} if any(beside) else self._slipped(context, at, _REAL_WORD)
            return {**slipped, **keys, **dict.fromkeys(same, context.dropped)}
        odd = {**self._parted(word), **self._slipped(context, at, 0.0)}
        other_tone = {option: _OTHER_TONE for option in same if option == word.translate(_TONES)}
        return {word: _UNKNOWN, **odd, **dict.fromkeys(same, _JOINED), **other_tone, **keys}

    def _decoded(self, word: str) -> Costs:
        found = (self._by_tone.get(syllable) for syllable in decodings(word))
        return {syllable: _KEYS for syllable in found if syllable}

    def _with_digits(self, word: str) -> Costs:
        """A syllable that VNI keys make, or a syllable and the number that follows it without a space."""
        parts = re.fullmatch(r"([^\W\d_]{2,7})(\d+)", word)
        found = self._decoded(word)
        if parts and not _is_symbol(parts[1]):
            forms = (form for form in self._forms(parts[1]) if f"{form} {NUMBER}" in self._model.bigrams)
            found |= {f"{form} {parts[2]}": _JOINED for form in forms}
        return found or {word: 0.0}

    def _parted(self, word: str) -> Costs:
        """The two syllables that a word is without the space between them, where they stand together elsewhere."""
        cuts = [(word[:cut], word[cut:]) for cut in range(2, len(word) - 1)]
        return {
            f"{one} {other}": _JOINED
            for left, right in cuts
            if self._unmarked.are(unmark(left), unmark(right))
            for one in self._forms(left)
            for other in self._forms(right)
            if f"{one} {other}" in self._model.bigrams
        }

    def _forms(self, word: str) -> Sequence[str]:
        """A syllable as typed, and with marks where it has none."""
        return self._candidates.get(word, []) if unmark(word) == word else (word,)

    def _fitting(self, options: Iterable[str], context: _Context, at: int, *, alone: bool) -> list[str]:
        """Those of the options that stand beside both neighbours, or beside one of a syllable typed without marks.

        Where a syllable with marks stands beside neither, one that often stands beside one of them does too.
        """
        word = context.words[at]
        sides = [known for known in self._around(context, at) if known is not None]
        fitting = []
        for option in options:
            key = unmark(option) if context.unmarked else option
            found = sum(key in known for known in sides)
            is_enough = found and (unmark(word) == word or (alone and self._is_often(option, context, at)))
            if found == len(sides) or is_enough:
                fitting.append(option)
        return fitting

    def _is_often(self, option: str, context: _Context, at: int) -> bool:
        """Whether an option stands beside one of its neighbours several times in the corpus."""
        pairs = [f"{one} {option}" for one in context.words[max(0, at - 1) : at]]
        pairs += [f"{option} {one}" for one in context.words[at + 1 : at + 2]]
        return any(self._model.bigrams.get(pair, 0) >= _OFTEN * CORPUS_WEIGHT for pair in pairs)

    def _slipped(self, context: _Context, at: int, cost: float) -> Costs:
        """What one slip makes a syllable of.

        Where that is another word, it has to stand beside a neighbour, at an edge of the question often; beside
        both where marks are wrong too. What is no syllable needs not.
        """
        word = context.words[at]
        if not 1 < len(word) <= _LONGEST:
            return {}
        followers, leaders = self._around(context, at)
        free = cost == 0.0 and len(word) > 2 and not is_syllable(word)
        lost = context.dropped if unmark(word) == word else _WRONG_MARK
        found: list[tuple[float, str, float]] = []
        for bare, slip in self._near(word):
            if cost and slip < _SELDOM:
                continue
            for option in self._spelt[bare]:
                key = bare if context.unmarked else option
                sides = [key in known for known in (followers, leaders) if known is not None]
                if not (free or any(sides)):
                    continue
                kept = one_slip(word, option)
                if kept and cost:
                    enough = len(sides) > 1 or self._is_often(option, context, at)
                else:
                    enough = kept or (context.unmarked and all(sides) if cost else any(sides))
                if enough:
                    price = cost + slip + (0.0 if kept else lost)
                    likely = math.log(self._model.unigrams[option]) + 4 * sum(sides)
                    found.append((-price - likely, option, price))
        return {option: price for _, option, price in sorted(found)[:_MOST_OPTIONS]}

    def _slips(self, word: str) -> tuple[tuple[str, float], ...]:
        """The unmarked forms of the syllables one slip away from a word, with the slip's cost."""
        costs: Costs = {}
        for other, cost in meant(unmark(word)):
            if other in self._spelt:
                costs[other] = max(cost, costs.get(other, cost))
        return tuple(sorted(costs.items()))

    def _around(
        self, context: _Context, at: int
    ) -> tuple[frozenset[str] | set[str] | None, frozenset[str] | set[str] | None]:
        """What follows the word before elsewhere, and what the word after follows; None where there is no such word."""
        before = context.words[at - 1] if at else None
        after = context.words[at + 1] if at + 1 < len(context.words) else None
        known = self._unmarked if context.unmarked else self._marked
        if context.unmarked:
            before, after = before and unmark(before), after and unmark(after)
        return (
            None if before is None else known.followers.get(counted(before), frozenset()),
            None if after is None else known.leaders.get(counted(after), frozenset()),
        )

    def _is_pair(self, one: str, other: str, context: _Context) -> bool:
        """Whether two syllables stand side by side elsewhere; with any marks where the question has few."""
        one, other = counted(one), counted(other)
        if context.unmarked:
            return self._unmarked.are(unmark(one), unmark(other))
        return self._marked.are(one, other)

    def _extend(self, paths: dict[str, tuple[float, list[str]]], option: str, cost: float) -> tuple[float, list[str]]:
        first, _, second = option.partition(" ")
        score, path = max(
            ((score + self._log_probability(last, first), path) for last, (score, path) in paths.items()),
            key=lambda item: item[0],
        )
        inner = self._log_probability(first, second) if second else 0.0
        return score + cost + inner, [*path, option]

    def _log_probability(self, last: str, option: str) -> float:
        last, option = counted(last), counted(option)
        alone = (self._model.unigrams.get(option, 0) + 0.5) / self._total
        pair = self._model.bigrams.get(f"{last} {option}", 0)
        given = pair / self._model.unigrams[last] if pair else 0.0
        backoff = self._backoff(last)
        return math.log((1 - backoff) * given + backoff * alone)

    def _backoff(self, last: str) -> float:
        """How likely a word goes on with one that never followed it, the likelier the less often the word was seen."""
        seen = self._model.unigrams.get(last, 0)
        return _BACKOFF + (1 - _BACKOFF) * _UNSEEN / (_UNSEEN + seen)


class _Neighbours:
    """Which words stand side by side somewhere, from either."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.followers: dict[str, set[str]] = defaultdict(set)
        self.leaders: dict[str, set[str]] = defaultdict(set)
        for one, other in pairs:
            self.followers[one].add(other)
            self.leaders[other].add(one)

    def are(self, one: str, other: str) -> bool:
        """Whether one stands before the other somewhere."""
        return other in self.followers.get(one, ())


@dataclass(frozen=True, slots=True)
class _Context:
    """The folded words of a question; `unmarked` where most bear no marks, `dropped` what one without marks costs."""

    words: Sequence[str]
    unmarked: bool
    dropped: float


def _marks_cost(context: _Context, at: int, option: str) -> float:
    """What it costs that a syllable with marks was typed with others than it was to have."""
    word = context.words[at]
    if has_fewer_marks(word, option):
        return _MARK_LEFT_OUT
    beside = [*context.words[max(0, at - 1) : at], option, *context.words[at + 1 : at + 2]]
    in_word = any(f"{one} {other}" in dictionary() for one, other in pairwise(beside) if option in (one, other))
    return _STRAY_MARK if has_fewer_marks(option, word) and not in_word else _WRONG_MARK


def mostly_unmarked(text: str) -> bool:
    """Whether a text has so few marks that it was typed without them.

    >>> mostly_unmarked("ubnd xã co trach nhiem gi"), mostly_unmarked("ai có trách nhiệm")
    (True, False)
    """
    return _unmarked_share(syllables(text)) > _MOSTLY_UNMARKED


def _unmarked_share(words: Sequence[str]) -> float:
    return sum(unmark(word) == word for word in words) / max(1, len(words))


@cache
def _symbols() -> frozenset[str]:
    shorts = {short for row in document_types() for short in row.abbreviations}
    return frozenset(fold(word) for word in (*abbreviations(), *issuers(), *shorts)) | notice_words()["loanwords"]


def _is_symbol(word: str) -> bool:
    """Whether a folded word is an abbreviation or of another language, and no syllable."""
    return word in _symbols() and not is_syllable(word)


def _replaced(text: str, restored: Sequence[str]) -> str:
    """The text with its syllables changed; one that a stray mark follows stays, lest both compose."""
    words = iter(restored)

    def new(found: re.Match[str]) -> str:
        word, after = next(words), text[found.end() : found.end() + 1]
        return found[0] if after and unicodedata.combining(after) else word

    return WORD.sub(new, text)
