"""The ways in which a person types a question otherwise, each a pure function of the question."""

from __future__ import annotations

import random
import re
import unicodedata
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from rag.language.lexicon import abbreviations
from rag.language.normalize import alternation, fold, unmark


@dataclass(frozen=True, slots=True)
class Perturbation:
    """One way to type otherwise, with its name in a file and in a report."""

    name: str
    label: str
    change: Callable[[str], str]


_TONES = "\u0300\u0301\u0303\u0309\u0323"
_WORD = re.compile(r"[^\W\d_]+")
_PROSE_WORD = re.compile(r"(?<![^\s(\"“])[^\W\d_]{3,}(?=[\s,.;:?!)\"”]|\Z)")
"""A word of running text: no part of a document's number."""
_TWO_STYLES = re.compile(r"(?:[oòóỏõọ][aàáảãạeèéẻẽẹ]|(?<!q)[uùúủũụ][yỳýỷỹỵ])(?!\w)", re.IGNORECASE)
_BESIDE = {
    "a": "sqz", "b": "vnh", "c": "xvd", "d": "sfe", "e": "wrd", "g": "fhb", "h": "gjn", "i": "uok", "k": "jlo",
    "l": "kop", "m": "nk", "n": "bm", "o": "ipl", "p": "ol", "q": "wa", "r": "etf", "s": "adw", "t": "ryg",
    "u": "yij", "v": "cb", "x": "zc", "y": "tu",
}  # fmt: skip
"""The keys beside each key that Vietnamese is typed with."""
# Grave, acute, tilde, hook above, dot below; circumflex, breve, horn.
_TELEX = dict(zip("\u0300\u0301\u0303\u0309\u0323\u0306\u031b", "fsxrjww", strict=True))
_VNI = dict(zip("\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b", "21435687", strict=True))


def no_diacritics(question: str) -> str:
    """Without any marks.

    >>> no_diacritics("Đơn vị nào chủ trì?")
    'Don vi nao chu tri?'
    """
    return unmark(_composed(question))


def half_diacritics(question: str) -> str:
    """Every other word that has marks without them, the first one first.

    >>> half_diacritics("Đơn vị nào chủ trì?")
    'Don vị nao chủ tri?'
    """
    marked = 0

    def change(found: re.Match[str]) -> str:
        nonlocal marked
        bare = unmark(found[0])
        if bare == found[0]:
            return bare
        marked += 1
        return bare if marked % 2 else found[0]

    return _WORD.sub(change, _composed(question))


def decomposed(question: str) -> str:
    """With each mark as a character of its own (NFD), as some input methods and file systems give it.

    >>> len("Chủ trì"), len(decomposed("Chủ trì"))
    (7, 9)
    """
    return unicodedata.normalize("NFD", question)


def other_tone_style(question: str) -> str:
    """With the tone mark on the other vowel of oa, oe and uy: both ways are taught.

    >>> other_tone_style("Ủy ban hòa giải, quý II, hoà nhập, hoàn tất")
    'Uỷ ban hoà giải, quý II, hòa nhập, hoàn tất'
    """
    return _TWO_STYLES.sub(lambda found: _tone_moved(*found[0]), _composed(question))


def typo(question: str) -> str:
    """With one slip of the keyboard in one word, the same each time: the question itself is the seed.

    A slip is a key beside the right one, a letter left out or typed twice, two swapped, or the keys of Telex or
    VNI as they are, where the input method did not take them. Numbers of documents are left alone.

    >>> typo("Ai làm?") in {"Ai lamf?", "Ai lam2?", "Ai lm?", "Ai lààm?"} or typo("Ai làm?") != "Ai làm?"
    True
    """
    text = _composed(question)
    words = [found for found in _PROSE_WORD.finditer(text) if not found[0].isupper()]
    if not words:
        return text
    chance = random.Random(zlib.crc32(text.encode()))
    word = chance.choice(words)
    forms = [slip(word[0], chance) for slip in _SLIPS]
    return text[: word.start()] + chance.choice([form for form in forms if form != word[0]]) + text[word.end() :]


def upper_case(question: str) -> str:
    """In capitals.

    >>> upper_case("Đơn vị nào?")
    'ĐƠN VỊ NÀO?'
    """
    return _composed(question).upper()


def abbreviated(question: str) -> str:
    """With every phrase shortened that the table of abbreviations knows; the longest first.

    >>> abbreviated("Ủy ban nhân dân làm tốt công tác dân vận")
    'UBND làm tốt CTDV'
    """
    short = _short_forms()
    return _long_forms().sub(lambda found: short[fold(found[0])], _composed(question))


PERTURBATIONS = (
    Perturbation("no_diacritics", "Không dấu", no_diacritics),
    Perturbation("half_diacritics", "Mất một nửa dấu", half_diacritics),
    Perturbation("nfd", "Dấu rời (NFD)", decomposed),
    Perturbation("tone_style", "Kiểu đặt dấu kia (hòa, hoà)", other_tone_style),
    Perturbation("typo", "Một lỗi gõ", typo),
    Perturbation("upper_case", "Chữ hoa", upper_case),
    Perturbation("abbreviated", "Viết tắt", abbreviated),
)


def telex_keys(word: str) -> str:
    """The keys with which Telex types a word, the tone last.

    >>> telex_keys("được"), telex_keys("quyết")
    ('dduwowcj', 'quyeets')
    """
    return _keys(word, _TELEX, stroke="d", circumflex=None)


def vni_keys(word: str) -> str:
    """The keys with which VNI types a word, the tone last.

    >>> vni_keys("được"), vni_keys("quyết")
    ('d9u7o7c5', 'quye6t1')
    """
    return _keys(word, _VNI, stroke="9", circumflex="6")


def _keys(word: str, marks: dict[str, str], *, stroke: str, circumflex: str | None) -> str:
    typed, tone = "", ""
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tone = marks[char]
        elif char == "\u0302":
            typed += circumflex or typed[-1].lower()  # Telex types the vowel twice
        elif char in "đĐ":
            typed += ("d" if char == "đ" else "D") + stroke
        else:
            typed += marks.get(char, char)
    return typed + tone


def _beside(word: str, chance: random.Random) -> str:
    places = [at for at, letter in enumerate(word) if letter.lower() in _BESIDE]
    if not places:
        return word
    at = chance.choice(places)
    key = chance.choice(_BESIDE[word[at].lower()])
    return word[:at] + (key.upper() if word[at].isupper() else key) + word[at + 1 :]


def _left_out(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def _twice(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    return word[:at] + word[at] + word[at:]


def _swapped(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _telex(word: str, _: random.Random) -> str:
    return telex_keys(word)


def _vni(word: str, _: random.Random) -> str:
    return vni_keys(word)


_SLIPS = (_beside, _left_out, _twice, _swapped, _telex, _vni)


def _tone_moved(one: str, other: str) -> str:
    (one, first), (other, second) = _tone_apart(one), _tone_apart(other)
    if bool(first) == bool(second):
        return unicodedata.normalize("NFC", one + first + other + second)
    return unicodedata.normalize("NFC", one + second + other + first)


def _tone_apart(letter: str) -> tuple[str, str]:
    marks = unicodedata.normalize("NFD", letter)
    return "".join(char for char in marks if char not in _TONES), "".join(char for char in marks if char in _TONES)


@cache
def _short_forms() -> dict[str, str]:
    """The first abbreviation of each phrase, by the folded phrase."""
    found: dict[str, str] = {}
    for short, long in abbreviations().items():
        if not long.is_small:
            found.setdefault(fold(long.expansion), short)
    return found


@cache
def _long_forms() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternation(_short_forms())})(?!\w)", re.IGNORECASE)


def _composed(question: str) -> str:
    return unicodedata.normalize("NFC", question)
