"""Whether a word can be a Vietnamese syllable, and whether two words are one slip of the hand apart."""

from __future__ import annotations

import unicodedata

from rag.language.lexicon import syllable_parts

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_STOP_TONES = frozenset("\u0301\u0323")
_LONGEST = len("nghiêng")


def is_syllable(word: str) -> bool:
    """Whether a folded word is built as a Vietnamese syllable is: onset, rime and a tone that the rime takes.

    >>> [word for word in ("nghiệp", "nghiêp", "quốc", "email", "giếng", "được") if not is_syllable(word)]
    ['nghiêp', 'email']
    """
    if len(word) > _LONGEST:
        return False
    marks = unicodedata.normalize("NFD", word)
    tones = [char for char in marks if char in _TONES]
    bare = unicodedata.normalize("NFC", "".join(char for char in marks if char not in _TONES))
    parts = syllable_parts()
    if len(tones) > 1 or not any(bare[:cut] in parts.onsets and bare[cut:] in parts.rimes for cut in range(4)):
        return False
    return not bare.endswith(parts.stops) or bool(tones and tones[0] in _STOP_TONES)


def one_slip(one: str, other: str) -> bool:
    """Whether one letter changed, left out or put in, or two neighbours swapped, makes one word the other.

    >>> one_slip("thưc", "thực"), one_slip("tổ", "tổng"), one_slip("cán", "toàn")
    (True, False, False)
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    return (
        left[1:] == right[1:]
        or left[1:] == right
        or left == right[1:]
        or (left[:2] == right[1::-1] and left[2:] == right[2:])
    )


def slips_of(word: str) -> frozenset[str]:
    """The word and each of its forms with one letter left out: words that share one may be one slip apart."""
    return frozenset((word, *(word[:at] + word[at + 1 :] for at in range(len(word)))))
