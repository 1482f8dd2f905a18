"""One way to write a text, with the way back to where each character stood."""

from __future__ import annotations

import bisect
import re
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from rag.types import Span

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"
_INVISIBLE_RUN = re.compile(f"[{_INVISIBLE}]+")
_DASHES: dict[int, str] = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_QUOTES: dict[int, str] = {ord("“"): '"', ord("”"): '"', ord("„"): '"', ord("’"): "'", ord("‘"): "'"}
_PLAIN = _DASHES | _QUOTES
_SIGNS = frozenset(map(chr, _PLAIN))
_CALLS = frozenset("¹²³⁰⁴⁵⁶⁷⁸⁹")
_POWERS = {"²": "2", "³": "3"}
_POWER_DIGITS = str.maketrans(_POWERS)
_UNIT_END = re.compile(r"(?:^|[\s\d/(])[kcdm]?m$")
"""What has a power behind it and no footnote: "4.150 m²"."""
_UNIT_LENGTH = 3
_BRACKETED_CALL = r"(?<=[^\s\[(])\[\d{1,3}\]"
_NEW_STYLE = re.compile(r"(o[àáảãạ]|o[èéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?!\w)", re.IGNORECASE)
_OPEN_I = re.compile(r"(?<!\w)(h|k|l|m|s|t|qu)([iíìỉĩị])(?!\w)")
_I_TO_Y = str.maketrans("iíìỉĩị", "yýỳỷỹỵ")
_Letters: TypeAlias = "dict[str, _Letters]"  # the words that go on with each letter
WORD = re.compile(r"[^\W_]+")
"""A syllable of a folded text."""
UPPER = "A-ZĐÐÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬÈẺẼÉẸÊỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢÙỦŨÚỤƯỪỬỮỨỰỲỶỸÝỴ"
"""The capital letters of Vietnamese, composed, for use inside a character class; "Ð" is a frequent stand-in for "Đ".

No range of code points holds them: from À on capitals and small letters take turns.

>>> re.findall(f"[{UPPER}]", "Ủy ban Đảng ủy Ấp 5")
['Ủ', 'Đ', 'Ấ']
"""


@dataclass(frozen=True, slots=True)
class MatchingCopy:
    """Stored text as one clean line for matching.

    `starts[i]` and `ends[i]` are the stored offsets of the code points that character `i` stands
    for; `gaps` are the stored offsets where one segment ends and text foreign to it follows.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    segments: tuple[Span, ...]
    calls: tuple[tuple[int, str], ...] = ()

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The stored ranges of `text[start:end]`, split where foreign text interrupts it."""
        if not start < end:
            return ()
        first, last = self.starts[start], self.ends[end - 1]
        cut: list[Span] = []
        for index in range(bisect.bisect_right(self.segments, first, key=lambda part: part.end), len(self.segments)):
            part = self.segments[index]
            if part.start >= last:
                break
            cut.append(Span(max(first, part.start), min(last, part.end)))
        return tuple(cut)

    def span(self, start: int, end: int) -> Span:
        """The stored range from the first to the last character of `text[start:end]`."""
        return Span(self.starts[start], self.ends[end - 1])

    def locate(self, offset: int) -> int:
        """The index in `text` of the first character at or after a stored offset."""
        return bisect.bisect_left(self.starts, offset)

    def printed(self, stored: str, start: int, end: int) -> str:
        """`text[start:end]` with the signs of the stored text: its own quotation marks and dashes, composed letters."""
        if isinstance(self.starts, range):  # a line as stored
            return self.text[start:end]
        piece = stored[self.starts[start] : self.ends[end - 1]] if start < end else ""
        if len(piece) == end - start and piece.isprintable():  # nothing is left out, and no space but a plain one
            return unicodedata.normalize("NFC", piece)
        signs = zip(self.text[start:end], self.starts[start:end], self.ends[start:end], strict=True)
        return unicodedata.normalize("NFC", "".join(" " if sign == " " else stored[a:b] for sign, a, b in signs))

    def within(self, span: Span) -> Span:
        """Where a stored range of this line stands in `text`."""
        return Span(self.locate(span.start), self.locate(span.end - 1) + 1)


def matching_copy(stored: str, segments: Sequence[Span]) -> MatchingCopy:
    """The segments of a stored text as one line: NFC, single spaces, no invisible characters or footnote calls.

    >>> matching_copy("hiến 50 m² đất²", [Span(0, 15)]).text
    'hiến 50 m² đất'
    >>> copy = matching_copy("dân chủ¹ gắn\\n\\nvới", [Span(0, 17)])
    >>> copy.text, copy.calls, copy.span(8, 15)
    ('dân chủ gắn với', ((7, '¹'),), Span(start=9, end=17))
    """
    if len(segments) == 1 and _is_plain(stored, segments[0]):
        start, end = segments[0].start, segments[0].end
        return MatchingCopy(stored[start:end], range(start, end), range(start + 1, end + 1), tuple(segments))
    line = _Line(stored)
    for segment in segments:
        line.space(segment.start, segment.start)
        at = segment.start
        for odd in _odd().finditer(stored, segment.start, segment.end):
            line.plain(at, odd.start())
            at = odd.end()
            if odd.lastgroup == "space":
                line.space(*odd.span())
            elif odd.lastgroup == "letter":
                line.letter(*odd.span())
            elif odd.lastgroup == "call":
                line.call(*odd.span())
        line.plain(at, segment.end)
    return line.copy(tuple(segments))


def matching_text(stored: str, segments: Sequence[Span]) -> str:
    """The text of the matching copy, without the way back.

    >>> matching_text("dân chủ¹ gắn\\n\\nvới", [Span(0, 17)])
    'dân chủ gắn với'
    """
    line = " ".join(stored[part.start : part.end] for part in segments).translate(_PLAIN)
    return matching_copy(stored, segments).text if _odd_letter().search(line) else " ".join(line.split())


def normalize(text: str) -> str:
    """A question or a name in the spelling that matching uses: NFC, tone marks as in "hòa", plain spaces and dashes.

    >>> normalize("hoà  giải\u00a0cơ sở") == normalize("hòa giải cơ sở")
    True
    """
    visible = _INVISIBLE_RUN.sub("", text)
    composed = unicodedata.normalize("NFC", visible).translate(_PLAIN)
    # Moving a tone mark may leave a letter and a mark that compose.
    return unicodedata.normalize("NFC", _NEW_STYLE.sub(lambda found: _old_style(found[1]), " ".join(composed.split())))


def fold(text: str) -> str:
    """Normalised and case-folded, powers as they are typed.

    >>> fold("Uỷ Ban"), fold("5 m²")
    ('ủy ban', '5 m2')
    """
    return unicodedata.normalize("NFC", normalize(text).casefold().translate(_POWER_DIGITS))


def strip_diacritics(text: str) -> str:
    """Folded, without any marks; as long as its folded form.

    >>> strip_diacritics("Đối thoại trực tiếp")
    'doi thoai truc tiep'
    """
    return unmark(fold(text))


def unmark(text: str) -> str:
    """Without marks, case kept, one character for each of an NFC text."""
    return text.translate(_BARE)


def syllables(text: str) -> list[str]:
    """The folded words of a text, punctuation left out, an open "i" that is also written "y" as that.

    >>> syllables("Chỉ thị số 33/CT-TTg"), syllables("chữ kí, quản lí")
    (['chỉ', 'thị', 'số', '33', 'ct', 'ttg'], ['chữ', 'ký', 'quản', 'lý'])
    """
    return WORD.findall(with_y(fold(text)))


def with_y(folded: str) -> str:
    """A folded text, as long as it was, with "y" for an open "i" that is also written so.

    >>> with_y("kĩ thuật, tỉ lệ, khi")
    'kỹ thuật, tỷ lệ, khi'
    """
    return _OPEN_I.sub(lambda found: found[1] + found[2].translate(_I_TO_Y), folded)


class _Line:
    """A clean line that grows, with the stored offsets of its characters."""

    def __init__(self, stored: str) -> None:
        self._stored = stored
        self._pieces: list[str] = []
        self._starts, self._ends = array("L"), array("L")
        self._calls: list[tuple[int, str]] = []
        self._ends_word = False

    def plain(self, start: int, end: int) -> None:
        """Characters that stand for themselves, single spaces among them."""
        if start < end and not self._ends_word and self._stored[start] == " ":
            start += 1
        if start < end:
            self._pieces.append(self._stored[start:end])
            self._starts.extend(range(start, end))
            self._ends.extend(range(start + 1, end + 1))
            self._ends_word = self._stored[end - 1] != " "

    def space(self, start: int, end: int) -> None:
        """A space, where the line does not begin or have one already."""
        if self._ends_word:
            self._put(" ", start, end)
            self._ends_word = False

    def letter(self, start: int, end: int) -> None:
        """A character with its marks, or one that is written otherwise."""
        piece = self._stored[start:end]
        if piece not in _SIGNS:
            piece = unicodedata.normalize("NFC", _INVISIBLE_RUN.sub("", piece))
        piece = piece.translate(_PLAIN)
        is_power = piece in _POWERS and _UNIT_END.search(self._stored, max(0, start - _UNIT_LENGTH), start)
        if piece in _CALLS and self._ends_word and not is_power:
            self._calls.append((len(self._starts), piece))
        else:
            self._put(piece, start, end)
            self._ends_word = True

    def call(self, start: int, end: int) -> None:
        """The call of a footnote in brackets, which the line leaves out."""
        self._calls.append((len(self._starts), self._stored[start:end]))

    def copy(self, segments: tuple[Span, ...]) -> MatchingCopy:
        text = "".join(self._pieces)
        length = len(text.rstrip(" "))
        return MatchingCopy(text[:length], self._starts[:length], self._ends[:length], segments, tuple(self._calls))

    def _put(self, piece: str, start: int, end: int) -> None:
        self._pieces.append(piece)
        self._starts.extend([start] * len(piece))
        self._ends.extend([end] * len(piece))


def _is_plain(stored: str, segment: Span) -> bool:
    """Whether a segment is its own clean line, as most are."""
    start, end = segment.start, segment.end
    return (
        start < end
        and stored[start] != " " != stored[end - 1]
        and stored.find("  ", start, end) < 0
        and _odd_character().search(stored, start, end) is None
    )


@cache
def _marks_and_signs() -> tuple[str, str]:
    """The combining marks, and the other characters that are written otherwise."""
    points = [chr(point) for point in range(0x300, 0x10000)]  # one plane: the engine has a table for it
    marks = "".join(char for char in points if unicodedata.combining(char))
    other = "".join(char for char in points if unicodedata.normalize("NFC", char) != char)
    return marks, re.escape("".join(map(chr, _PLAIN)) + other) + "".join(sorted(_CALLS))


@cache
def _odd_letter() -> re.Pattern[str]:
    marks, signs = _marks_and_signs()
    return re.compile(f"[{marks}{signs}{_INVISIBLE}]|{_BRACKETED_CALL}")


@cache
def _odd_character() -> re.Pattern[str]:
    marks, signs = _marks_and_signs()
    spaces = "".join(char for char in map(chr, range(0x10000)) if char.isspace() and char != " ")
    return re.compile(f"[{marks}{signs}{_INVISIBLE}{spaces}]|{_BRACKETED_CALL}")


@cache
def _odd() -> re.Pattern[str]:
    """What does not stand for itself: spaces but a single plain one, letters with marks, characters written otherwise.

    Marks belong to the character before them, over invisible characters; a mark after a space stands alone.
    """
    marks, signs = _marks_and_signs()
    with_marks = rf"[^\s{_INVISIBLE}](?:[{_INVISIBLE}]*+[{marks}])++"
    return re.compile(
        rf"(?P<space>\s{{2,}}|[^\S ])|(?P<letter>{with_marks}|[{signs}])|(?P<none>[{_INVISIBLE}]+)"
        rf"|(?P<call>{_BRACKETED_CALL})"
    )


def _old_style(pair: str) -> str:
    vowel, marked = pair[0], unicodedata.normalize("NFD", pair[1])
    toned = unicodedata.normalize("NFC", vowel + marked[1:])
    return toned + marked[0]


class _BareLetters(dict[int, str]):
    """The letter without marks of every code point that has been asked for."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        bare = {"đ": "d", "Đ": "D"}.get(char) or unicodedata.normalize("NFD", char)[0]
        self[code] = bare
        return bare


_BARE = _BareLetters()


def alternation(words: Iterable[str]) -> str:
    """A regular expression for any of some literal words, the longest first; what they share at the start stands once.

    >>> alternation(["ban", "bộ", "ban chỉ đạo"])
    '(?:b(?:an(?:\\\\ chỉ\\\\ đạo)?|ộ))'
    """
    tree: _Letters = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branches(tree)


def _branches(tree: _Letters) -> str:
    """The words below a node; an empty letter ends one."""
    branches: list[str] = []
    for letter, below in tree.items():
        if letter:
            common, rest = letter, below
            while len(rest) == 1 and "" not in rest:
                following, rest = next(iter(rest.items()))
                common += following
            branches.append(re.escape(common) + _branches(rest))
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)})" + ("?" if "" in tree else "")
