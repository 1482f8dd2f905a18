"""Abbreviations of running text, written out by what stands around them."""

from __future__ import annotations

import re
from functools import cache

from rag.language.lexicon import Abbreviation, abbreviation_senses, document_types, issuers
from rag.language.normalize import alternation, fold, strip_diacritics, unmark
from rag.language.spelling import is_syllable

_SHORT = re.compile(r"(?<![\w/-])[^\W\d_]{2,8}(?:-[^\W\d_]{2,4})?(?![\w/]|-\w)")
_SHOUTED = re.compile(r"(?<![\w/-])[A-ZĐÀ-Ỹ]{2,}(?![\w/-])")
_OF_NUMBER_AFTER = re.compile(r"[\s.:-]*(?:so[\s:]*)?\d")
_LOOSE = ("hu", "tw", "cp", "ttg", "tu")
"""The symbols that may follow a number with a space only."""


def expand_abbreviations(text: str, *, with_marks: bool = True) -> str:
    """The text with the abbreviations of running text written out; document numbers stay as they are.

    They are without marks where the text has few: others would tell the restorer that it was typed with marks.

    >>> expand_abbreviations("GPMB theo 12-CT/TU của BTV Tỉnh ủy")
    'giải phóng mặt bằng theo 12-CT/TU của Ban Thường vụ Tỉnh ủy'

    One that is also a word is written out only where it is typed in capitals or after another.

    >>> expand_abbreviations("tu dưỡng; btv tu; 12 ct tu")
    'tu dưỡng; Ban Thường vụ Tỉnh ủy; 12 ct tu'

    >>> expand_abbreviations("dai bieu dự họp btv", with_marks=False)
    'dai bieu dự họp Ban Thuong vu'

    What is short for a word of asking is typed in small letters, and is never a word itself.

    >>> expand_abbreviations("phải nộp ko?")
    'phải nộp không?'
    """
    text = _with_stroke().sub(
        lambda match: (str if with_marks else unmark)(abbreviation_senses()[match[0].upper()][0].expansion), text
    )

    def written_out(match: re.Match[str]) -> str:
        expansion = _expansion(match, text)
        return expansion if with_marks or expansion == match[0] else unmark(expansion)

    written = _SHORT.sub(written_out, text)
    # Beside words in small letters the rest of a shouted text would look like abbreviations.
    return written.upper() if text.isupper() and _SHOUTED.search(written) else written


def _expansion(match: re.Match[str], text: str) -> str:
    short, is_shouted = match[0], text.isupper()
    word = fold(short)
    senses = abbreviation_senses().get(short.upper(), ())
    if not senses and not is_shouted:
        senses = _unmarked_abbreviations().get(word, ())
    is_symbol = short.isupper() and not (is_shouted and is_syllable(word))
    issuer = issuers().get(short) if is_symbol and not senses else None
    if not senses and not issuer:  # most words of a text: what stands around them does not matter
        return short
    before, after = unmark(text[: match.start()].lower()), unmark(text[match.end() :].lower())
    if is_syllable(word) and (is_shouted or not short.isupper()) and not any(sense.is_small for sense in senses):
        last = re.search(r"(\w+)\s$", text[: match.start()])
        if last is None or last[1].upper() not in abbreviation_senses():
            return short
    if _number_before().search(before) and (word in _LOOSE or any(sense.is_type for sense in senses)):
        return short
    for sense in senses:
        if (sense.is_type and _OF_NUMBER_AFTER.match(after)) or (
            sense.is_small and not (short.islower() or is_shouted)
        ):
            continue
        follows = not sense.before or re.match(rf",?\s+(?:{sense.before})(?!\w)", after)
        if follows and (not sense.after or re.search(rf"(?<!\w)(?:{sense.after}),?\s+$", before)):
            return sense.expansion
    return issuer.name if issuer and issuer.name else short


@cache
def _with_stroke() -> re.Pattern[str]:
    """The abbreviations that have a stroke inside, which stands in no document's number."""
    shorts = alternation(short for short in abbreviation_senses() if "/" in short)
    return re.compile(rf"(?<![\w/-])(?:{shorts})(?![\w/-])", re.IGNORECASE)


@cache
def _unmarked_abbreviations() -> dict[str, tuple[Abbreviation, ...]]:
    """What abbreviations that have "Đ" stand for where it is typed "d"; none of a type, none that is another one."""
    found: dict[str, tuple[Abbreviation, ...]] = {}
    for short, senses in abbreviation_senses().items():
        bare = unmark(fold(short))
        if bare.upper() not in abbreviation_senses() and len(bare) > 2 and not senses[-1].is_type:
            found[bare] = () if bare in found else senses
    return found


@cache
def _number_before() -> re.Pattern[str]:
    """The end of what stands before the symbol of a number: "34 hu", "18 ct tu"."""
    shorts = alternation({strip_diacritics(short) for row in document_types() for short in row.abbreviations})
    return re.compile(rf"\d[\s/-]{{0,3}}(?:(?:{shorts})[\s/-]{{1,3}})?$")
