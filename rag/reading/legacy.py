"""The Vietnamese encodings before Unicode: recognised by whether they give Vietnamese syllables, and converted.

`legacy_letters.csv` has how each writes every `letter` with a mark: codes in hexadecimal, "" for none, and VIQR.

Source: TCVN 5712:1993 (set VN3) and its fonts ".Vn…" (ABC), VNI for Windows, RFC 1456 (VISCII and VIQR), Windows-1258.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Literal

from rag.language.lexicon import issuers, plain_rows
from rag.language.normalize import alternation
from rag.language.spelling import is_syllable

Encoding = Literal["tcvn3", "tcvn3-capitals", "vni", "viscii", "viqr", "cp1258"]

_WORD = re.compile(r"[^\W\d_]+")
_HEAD = re.compile(r".*[.!?…]\s+[\"“(]?|\W*(?:[IVX]{1,5}\.|(?:\d{1,2}\.)*\d{1,2}[.)]|[a-zđ]\))?\W*")
_SAMPLE = 200_000
_SURE = 0.9
_ODD_WORDS = 8
"""Words with signs of an encoding that a text needs before it is taken for one that is no UTF-8."""
_VIQR_TONES = "'`?~."
_VIQR_NUMERAL = re.compile(r"(?:^|\s)[IVX]{0,5}I\.$")
_VIQR_LETTER = re.compile(r"(?i)(?:[aeiouy][(^+]?['`?~.]|[ao]\^|a\(|[ou]\+|dd)(?=\w)")


def of_font(name: str) -> Encoding | None:
    """The encoding of the letters that a font shows, None for a font of Unicode.

    >>> of_font(".VnTimeH"), of_font("VNI-Times"), of_font("Times New Roman")
    ('tcvn3-capitals', 'vni', None)
    """
    folded = name.strip("'\" ").casefold()
    if folded.startswith(".vn"):
        return "tcvn3-capitals" if folded.endswith("h") else "tcvn3"
    return "vni" if folded.startswith("vni") else None


def convert(text: str, encoding: Encoding) -> str:
    """Text whose characters stand for the bytes of an encoding, as Windows-1252 shows them, in Unicode NFC.

    >>> convert("C«ng t¸c d©n vËn", "tcvn3"), convert("Coâng taùc daân vaän", "vni")
    ('Công tác dân vận', 'Công tác dân vận')
    """
    if encoding == "cp1258":
        return unicodedata.normalize("NFC", _as_bytes(text).encode("latin-1", "replace").decode("cp1258", "replace"))
    if encoding == "viqr":
        return _of_viqr(text)
    if encoding == "vni":
        return _vni()(_as_bytes(text)).translate(_signs())
    single = _as_bytes(text).translate(_single(encoding)).translate(_signs())
    return single.upper() if encoding == "tcvn3-capitals" else single


def is_bytes(text: str) -> bool:
    """Whether every character may stand for a byte of an encoding before Unicode."""
    windows = _windows()
    return all(ord(char) < 0x100 or ord(char) in windows or "\ue000" <= char <= "\uf8ff" for char in text)


def decode(content: bytes) -> tuple[str, Encoding] | None:
    """Bytes that are no Unicode as the encoding has them that makes them Vietnamese; None where none surely does.

    >>> decode("Ban Dân vận Huyện ủy chủ trì, phối hợp với Mặt trận Tổ quốc".encode("cp1258", "ignore")) is None
    True
    """
    text = content.decode("latin-1")
    return _best(text, ("tcvn3", "vni", "viscii", "cp1258"))


def recognise(text: str) -> tuple[str, Encoding] | None:
    """The same for a text that was taken for Unicode or ASCII although its letters are of an encoding before it."""
    odd = sum("\x80" <= char <= "\xff" for char in text[:_SAMPLE])
    if odd:
        return _best(text, ("tcvn3", "vni", "viscii", "cp1258")) if _share(text) < _SURE / 2 else None
    return _best(text, ("viqr",)) if text.isascii() and len(_VIQR_LETTER.findall(text[:_SAMPLE])) > _ODD_WORDS else None


def _as_bytes(text: str) -> str:
    """Characters of Windows-1252 as the code points of their bytes; others stay."""
    return text.translate(_windows())


@cache
def _windows() -> dict[int, int]:
    return {ord(sign): byte for byte, sign in _signs().items()}


@cache
def _signs() -> dict[int, str]:
    """The quotation marks and dashes of Windows-1252 by their bytes."""
    signs = ((byte, bytes((byte,)).decode("cp1252", "ignore")) for byte in range(0x80, 0xA0))
    return {byte: sign for byte, sign in signs if sign}


def _best(text: str, encodings: Iterable[Encoding]) -> tuple[str, Encoding] | None:
    sample = text[:_SAMPLE]
    odd = [word for word in re.findall(r"\S+", sample) if not word.isascii()]
    if "viqr" not in encodings and len(odd) < _ODD_WORDS:
        return None
    scores = sorted(((_share(convert(sample, one)), one) for one in encodings), reverse=True)
    share, encoding = scores[0]
    if share < _SURE or (len(scores) > 1 and scores[1][0] > share - 0.05):
        return None
    converted = convert(text, encoding)
    return (_recased(converted) if encoding == "tcvn3" else converted), encoding


def _share(text: str) -> float:
    """How many of the words with a letter that is no ASCII are Vietnamese syllables, a fraction of 1."""
    words = [word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if not word.isascii()]
    return sum(_is_syllable(word.casefold()) for word in words) / len(words) if words else 0.0


@lru_cache(maxsize=20_000)
def _is_syllable(word: str) -> bool:
    return is_syllable(word)


@cache
def _single(encoding: Encoding) -> dict[int, str]:
    name = "viscii" if encoding == "viscii" else "tcvn3"
    codes = ((bytes.fromhex(row[name]), row["letter"]) for row in plain_rows("legacy_letters"))
    return {code[0]: letter for code, letter in codes if code}


@cache
def _vni() -> Callable[[str], str]:
    letters = {bytes.fromhex(row["vni"]).decode("latin-1"): row["letter"] for row in plain_rows("legacy_letters")}
    pattern = re.compile(alternation(letters))
    return lambda text: pattern.sub(lambda found: letters[found[0]], text)


def _of_viqr(text: str) -> str:
    r"""A word has one tone: another mark is a sign, as is the full stop of a numeral; so is what follows a backslash.

    >>> _of_viqr(r"Ban Da^n va^.n chu? tri`. I. Ta.m nghi? xa~ ho^.i. Ba\. (a)")
    'Ban Dân vận chủ trì. I. Tạm nghỉ xã hội. Ba. (a)'
    """
    letters = {row["viqr"]: row["letter"] for row in plain_rows("legacy_letters")}
    pattern = re.compile(rf"\\(?P<sign>[(^+'`?~.dD])|(?P<code>{alternation(letters)})|(?P<edge>[^\w(^+'`?~.])")
    has_tone = False

    def letter(found: re.Match[str]) -> str:
        nonlocal has_tone
        code = found["code"]
        if not code:
            has_tone = has_tone and not found["edge"]
            return found["sign"] or found["edge"]
        if code[-1] not in _VIQR_TONES:
            return letters[code]
        if has_tone or _VIQR_NUMERAL.search(text, 0, found.end()):
            return letters.get(code[:-1], code[:-1]) + code[-1]
        has_tone = True
        return letters[code]

    return pattern.sub(letter, text)


def _recased(text: str) -> str:
    """Capitals that TCVN3 has no codes for: in words of capitals, at the head of a sentence, in names of issuers.

    >>> _recased("Kế HOạCH\\n\\n1. ủy ban nhân dân ở xã")
    'KẾ HOẠCH\\n\\n1. Ủy ban nhân dân ở xã'
    """
    lines: list[str] = []
    for line in text.split("\n"):
        begins = not lines or not lines[-1].strip() or lines[-1].rstrip()[-1] in ".;:!?…"
        lines.append(_recased_line(line, begins=begins))
    return _names().sub(lambda found: found[0].capitalize(), "\n".join(lines))


def _recased_line(line: str, *, begins: bool) -> str:
    words = list(_WORD.finditer(line))
    cases = [_case(word[0]) for word in words]
    parts, end = [], 0
    for index, word in enumerate(words):
        before = line[end : word.start()]
        parts.append(before)
        end = word.end()
        shown = word[0]
        if cases[index] == "capitals" or (not cases[index] and _among_capitals(cases, index)):
            shown = shown.upper()
        elif (
            shown[0] in _uncoded() and _HEAD.fullmatch(line[: word.start()]) and (begins or "." in line[: word.start()])
        ):
            shown = shown[0].upper() + shown[1:]
        parts.append(shown)
    return "".join((*parts, line[end:]))


def _case(word: str) -> str:
    """ "capitals" or "small" as the letters tell that TCVN3 has in both cases; "" where they do not tell."""
    told = [char for char in word if char not in _uncoded()]
    if any(char.islower() for char in told):
        return "small"
    return "capitals" if len(told) > 1 else ""


def _among_capitals(cases: list[str], index: int) -> bool:
    before = next((case for case in reversed(cases[:index]) if case), "")
    after = next((case for case in cases[index + 1 :] if case), "")
    return "small" not in (before, after) and "capitals" in (before, after)


@cache
def _uncoded() -> frozenset[str]:
    """Small letters with a tone, whose capitals the fonts of TCVN3 have at no code."""
    tones = frozenset("\u0300\u0301\u0303\u0309\u0323")
    letters = (row["letter"] for row in plain_rows("legacy_letters"))
    return frozenset(char for char in letters if char.islower() and tones & set(unicodedata.normalize("NFD", char)))


@cache
def _names() -> re.Pattern[str]:
    """The first two words of the names of issuers that begin with such a letter, in small letters."""
    heads = {" ".join(row.name.split()[:2]) for row in issuers().values() if row.name}
    return re.compile(rf"\b(?:{alternation(head.lower() for head in heads if head[0].lower() in _uncoded())})\b")
