"""One way to write a text, with the way back to where each character stood."""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rag.types import Span

_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_QUOTES = {ord("“"): '"', ord("”"): '"', ord("„"): '"', ord("’"): "'", ord("‘"): "'"}
_CALL = "¹²³⁰⁴⁵⁶⁷⁸⁹"
_NEW_STYLE = re.compile(r"(o[àáảãạ]|o[èéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?!\w)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class MatchingCopy:
    """Stored text as one clean line for matching.

    `starts[i]` and `ends[i]` are the stored offsets of the code points that character `i` stands
    for; `gaps` are the stored offsets where one segment ends and text foreign to it follows.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    segments: tuple[Span, ...]
    calls: tuple[tuple[int, str], ...] = ()

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The stored ranges of `text[start:end]`, split where foreign text interrupts it."""
        if not start < end:
            return ()
        first, last = self.starts[start], self.ends[end - 1]
        cut = (Span(max(first, part.start), min(last, part.end)) for part in self.segments if part.start < last)
        return tuple(part for part in cut if part.start < part.end)

    def span(self, start: int, end: int) -> Span:
        """The stored range from the first to the last character of `text[start:end]`."""
        return Span(self.starts[start], self.ends[end - 1])

    def locate(self, offset: int) -> int:
        """The index in `text` of the first character at or after a stored offset."""
        return bisect.bisect_left(self.starts, offset)


def matching_copy(stored: str, segments: Sequence[Span]) -> MatchingCopy:
    """The segments of a stored text as one line: NFC, single spaces, no invisible characters or footnote calls.

    >>> copy = matching_copy("dân chủ¹ gắn\\n\\nvới", [Span(0, 17)])
    >>> copy.text, copy.calls, copy.span(8, 15)
    ('dân chủ gắn với', ((7, '¹'),), Span(start=9, end=17))
    """
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    calls: list[tuple[int, str]] = []
    for segment in segments:
        if out and out[-1] != " ":
            _append(out, starts, ends, " ", segment.start, segment.start)
        for start, end in _clusters(stored, segment):
            piece = unicodedata.normalize("NFC", stored[start:end]).translate(_DASHES).translate(_QUOTES)
            if piece in _INVISIBLE:
                continue
            if piece in _CALL and out and out[-1] != " ":
                calls.append((len(out), piece))
            elif not piece.isspace():
                _append(out, starts, ends, piece, start, end)
            elif out and out[-1] != " ":
                _append(out, starts, ends, " ", start, end)
    while out and out[-1] == " ":
        out.pop(), starts.pop(), ends.pop()
    return MatchingCopy("".join(out), tuple(starts), tuple(ends), tuple(segments), tuple(calls))


def normalize(text: str) -> str:
    """A question or a name in the spelling that matching uses: NFC, tone marks as in "hòa", plain spaces and dashes.

    >>> normalize("hoà  giải\\u00a0cơ sở") == normalize("hòa giải cơ sở")
    True
    """
    text = unicodedata.normalize("NFC", text).translate(_DASHES).translate(_QUOTES)
    text = "".join(char for char in text if char not in _INVISIBLE)
    return _NEW_STYLE.sub(lambda found: _old_style(found[1]), " ".join(text.split()))


def fold(text: str) -> str:
    """Normalised and case-folded.

    >>> fold("Uỷ Ban")
    'ủy ban'
    """
    return normalize(text).casefold()


def strip_diacritics(text: str) -> str:
    """Folded, without any marks; as long as its folded form.

    >>> strip_diacritics("Đối thoại trực tiếp")
    'doi thoai truc tiep'
    """
    return unmark(fold(text))


def unmark(text: str) -> str:
    """Without marks, case kept, one character for each of an NFC text."""
    return "".join(_bare(char) for char in text)


def syllables(text: str) -> list[str]:
    """The folded words of a text, punctuation left out.

    >>> syllables("Chỉ thị số 33/CT-TTg")
    ['chỉ', 'thị', 'số', '33', 'ct', 'ttg']
    """
    return _WORD.findall(fold(text))


def has_diacritics(text: str) -> bool:
    """Whether any letter carries a Vietnamese mark."""
    return unmark(folded := fold(text)) != folded


def _append(out: list[str], starts: list[int], ends: list[int], piece: str, start: int, end: int) -> None:
    for char in piece:
        out.append(char)
        starts.append(start)
        ends.append(end)


def _clusters(stored: str, segment: Span) -> list[tuple[int, int]]:
    """Each base character with the combining marks that follow it."""
    found: list[tuple[int, int]] = []
    for index in range(segment.start, segment.end):
        if found and unicodedata.combining(stored[index]):
            found[-1] = (found[-1][0], index + 1)
        else:
            found.append((index, index + 1))
    return found


def _old_style(pair: str) -> str:
    vowel, marked = pair[0], unicodedata.normalize("NFD", pair[1])
    toned = unicodedata.normalize("NFC", vowel + marked[1:])
    return toned + marked[0]


def _bare(char: str) -> str:
    if char in "đĐ":
        return "d" if char == "đ" else "D"
    return unicodedata.normalize("NFD", char)[0] if ord(char) > 127 else char
