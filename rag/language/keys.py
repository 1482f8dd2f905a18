"""Syllables whose Telex or VNI keys stand as they were typed, and how two spellings of one syllable meet.

Both methods type the letters and, anywhere after the vowel, keys for the marks and the tone. A syllable is
told by its letters with their marks and by its tone: where the tone key stands does not matter.
Source: the tables of the two methods as in Unikey, bộ gõ tiếng Việt.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_TONES = "\u0300\u0301\u0309\u0303\u0323"
"""Grave, acute, hook above, tilde, dot below."""
_MARKED = {_CIRCUMFLEX: "aeo", _BREVE: "a", _HORN: "uo"}
_VOWELS = frozenset("aăâeêioôơuưy")


@dataclass(frozen=True, slots=True)
class _Method:
    """The keys of one input method; `doubles` where a vowel typed again gets a circumflex."""

    tones: Mapping[str, str]
    marks: Mapping[str, str]
    stroke: str
    doubles: bool


_TELEX = _Method(dict(zip("fsrxj", _TONES, strict=True)), {"w": _BREVE + _HORN}, "d", doubles=True)
_VNI = _Method(dict(zip("21345", _TONES, strict=True)), {"6": _CIRCUMFLEX, "7": _HORN, "8": _BREVE}, "9", doubles=False)


def toneless(word: str) -> tuple[str, str]:
    """A folded syllable without its tone, and the tone.

    >>> toneless("quyết") == ("quyêt", "\\u0301")
    True
    """
    marks = unicodedata.normalize("NFD", word)
    tone = "".join(char for char in marks if char in _TONES)
    return unicodedata.normalize("NFC", "".join(char for char in marks if char not in _TONES)), tone


def has_fewer_marks(one: str, other: str) -> bool:
    """Whether a folded syllable is another of the same letters with a mark left out, and none changed.

    >>> has_fewer_marks("dâu", "dấu"), has_fewer_marks("dán", "dân")
    (True, False)
    """
    pairs = zip(one, other, strict=True)
    return all(_parts(left) <= _parts(right) or (left, right) == ("d", "đ") for left, right in pairs)


def _parts(char: str) -> set[str]:
    return set(unicodedata.normalize("NFD", char))


def decodings(word: str) -> Iterator[tuple[str, str]]:
    """What a folded word is as Telex or VNI keys, as `toneless` tells it; nothing where no key of theirs is in it.

    >>> [[letters for letters, _ in decodings(word)] for word in ("vieejc", "d9o7n", "email", "33")]
    [['viêc'], ['đơn'], [], []]
    """
    for method in (_TELEX, _VNI) if word.isalpha() else (_VNI,) if word[:1].isalpha() else ():
        read = _read(word, method)
        if read is not None:
            letters, tone = read
            yield letters, tone
            if "uơ" in letters or "ưo" in letters:
                yield letters.replace("uơ", "ươ").replace("ưo", "ươ"), tone


def _read(word: str, method: _Method) -> tuple[str, str] | None:
    typed, tone = toneless(word)
    letters: list[str] = []
    for key in typed:
        has_vowel = not _VOWELS.isdisjoint(letters)
        if key in method.tones and has_vowel:
            tone += method.tones[key]
        elif key == method.stroke and "d" in letters[:1]:
            letters[0] = "đ"
        elif not (has_vowel and _marked(letters, key, method)):
            letters.append(key)
    read = "".join(letters)
    return None if len(tone) > 1 or not read.isalpha() or (read, tone) == toneless(word) else (read, tone)


def _marked(letters: list[str], key: str, method: _Method) -> bool:
    """Gives the last vowel that takes it the mark of a key; whether the key is one and there is such a vowel."""
    marks = _CIRCUMFLEX if method.doubles and key in "aeo" else method.marks.get(key, "")
    takers = key if method.doubles and key in "aeo" else "".join(_MARKED[mark] for mark in marks)
    for at in reversed(range(len(letters))):
        if letters[at] in takers:
            mark = next(mark for mark in marks if letters[at] in _MARKED[mark])
            letters[at] = unicodedata.normalize("NFC", letters[at] + mark)
            return True
    return False
