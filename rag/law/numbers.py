"""Document numbers in every spelling that offices make, and the one canonical form.

Source: Nghị định 30/2020/NĐ-CP, phụ lục I (State: 33/CT-TTg); Hướng dẫn 36-HD/VPTW of 2018
(Party: 217-QĐ/TU); Luật Ban hành văn bản quy phạm pháp luật (30/2020/NĐ-CP, 58/2010/QH12).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from rag.language.lexicon import DocumentType, Issuer, document_types, issuers
from rag.language.normalize import UPPER, alternation

_LETTER = r"A-Za-zĐÐđĂăÂâÊêÔôƠơƯư"
_ORGAN = rf"[{_LETTER}][{_LETTER}&]{{0,24}}\d{{0,3}}"
# A further issuer of a joint number, where a space slipped in beside its hyphen: in capitals only.
_LOOSE = r"(?:-\s|\s-(?=\S))[A-ZĐ]{2,24}\d{0,3}(?!\w)"
_NUMBER = re.compile(
    rf"(?<![\w/.])(?P<n>\d{{1,5}}(?:\.\d{{1,2}}(?=/20\d\d/)|[a-z])?)"
    rf"(?:\s?/\s?(?P<year>(?:19|20)\d\d)|-(?P<dashed>(?:19|20)\d\d)(?=/))?"
    rf"(?P<sep>\s?[-/]\s?|\s(?=[{UPPER}]))(?P<a>{_ORGAN})"
    rf"(?:\s?(?P<sep2>[-/])\s?(?P<b>{_ORGAN}(?:[-/]{_ORGAN}|{_LOOSE})*))?"
)
_AFTER_WORD = re.compile(r"số\s?:?\s?$", re.IGNORECASE)
_LONGEST_ABBREVIATION = 5
_LONGEST_TYPE = 24
Slip = Literal["form", "spacing", "separator", "case"]


@dataclass(frozen=True, slots=True)
class NumberFound:
    """A document number at `start:end` of a text, with its canonical form and what is odd about its spelling.

    A number without its organ ("Nghị định số 59") has its digits for a canonical form.
    """

    start: int
    end: int
    canonical: str
    printed: str
    type: str | None
    slips: tuple[Slip, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberParts:
    """The parts of a canonical number: "59", "2023", "NĐ", "CP" of 59/2023/NĐ-CP."""

    n: str
    year: str | None
    abbreviation: str | None
    organ: str


def find_numbers(text: str) -> Iterator[NumberFound]:
    """Every document number of a clean line, left to right.

    >>> [found.canonical for found in find_numbers("số 36 HD/HU, 12/NQ-TU, 225 /KH-UBND và 58/2010/QH12")]
    ['36-HD/HU', '12-NQ/TU', '225/KH-UBND', '58/2010/QH12']
    """
    for match in _NUMBER.finditer(text):
        found = _read(match)
        if found:
            yield found


def parts(canonical: str) -> NumberParts | None:
    """The parts of a canonical number; None for what is no number.

    >>> parts("217-QĐ/TU")
    NumberParts(n='217', year=None, abbreviation='QĐ', organ='TU')
    """
    match = _NUMBER.fullmatch(canonical)
    if match is None:
        return None
    n = match["n"].lstrip("0") or "0"
    if match["b"] is None:
        return NumberParts(n, match["year"], None, match["a"])
    return NumberParts(n, match["year"], match["a"], match["b"])


def organ_issuer(organ: str) -> str | None:
    """The name of the issuer that the symbol at the end of a number stands for.

    >>> organ_issuer("HU"), organ_issuer("QH15"), organ_issuer("BCĐ")
    ('Huyện ủy', 'Quốc hội', None)
    """
    row = organ_row(organ) if "-" not in organ else None
    return row.name if row else None


def organ_row(organ: str) -> Issuer | None:
    """The row of the table for a symbol, or for the first of several; the ordinal of a term is left out.

    >>> row = organ_row("UBTVQH15-CP")
    >>> row.symbol if row else None
    'UBTVQH'
    """
    first = re.split(r"[-/]", organ)[0].upper()
    return issuers().get(first) or issuers().get(first.rstrip("0123456789"))


def is_party(organ: str) -> bool:
    """Whether the symbol is one of the Party's organs, whose numbers are written 217-QĐ/TU."""
    row = organ_row(organ)
    return row is not None and row.family == "party"


def _is_party_alone(organ: str) -> bool:
    """Whether a symbol is the Party's whatever the text; committees (BCĐ) are the Party's and the State's."""
    row = organ_row(organ)
    return row is not None and row.family == "party" and row.name is not None


def _read(match: re.Match[str]) -> NumberFound | None:
    if match["b"] is None:
        return _organ_only(match)
    separator = match["sep"].strip()
    kind, organ = _abbreviation(match["a"]), organ_row(match["b"])
    if not separator and kind is None:
        return None
    if _is_lowered(match["a"]) or _is_lowered(match["b"]):
        told = kind is not None and bool(separator) and _stands_alone(match) and bool(organ or _is_after_word(match))
    else:
        told = kind is not None or (separator == "/" and _year(match) is not None) or organ is not None
    if not told and not _is_letter(match):
        return None
    written = kind or _spelled(match["a"])
    return _found(match, written, match["b"], is_letter=kind is None and _year(match) is None)


def _found(match: re.Match[str], written: str, organ: str, is_letter: bool) -> NumberFound:
    separator, year = match["sep"].strip(), _year(match)
    in_state_form = separator == "/" and match["sep2"] == "-"
    party = _is_party_alone(organ) or (is_party(organ) and not in_state_form)
    party = party or (separator == "-" and match["sep2"] == "/" and year is None)
    number = f"{match['n']}/{year}" if year else match["n"]
    organ = _spelled(organ)
    canonical = f"{number}-{written}/{organ}" if party else f"{number}/{written}-{organ}"
    kind = "Công văn" if is_letter and organ_row(written) else type_of(written, party=party)
    return NumberFound(match.start(), match.end(), canonical, match[0], kind, _slips(match, canonical))


def _organ_only(match: re.Match[str]) -> NumberFound | None:
    """10/2022/QH15 and, until 1996, số 770/TTg: the organ stands alone; 59/2023/NĐCP: the hyphen is missing.

    số 164/HĐTV: so in small offices.
    """
    symbol, after_word = match["a"], _is_after_word(match)
    if match["sep"].strip() != "/" or (_is_lowered(symbol) and not _stands_alone(match)):
        return None
    if organ_row(symbol) is None and (_year(match) or after_word):
        for cut in range(2, min(_LONGEST_ABBREVIATION, len(symbol) - 2) + 1):
            kind = _abbreviation(symbol[:cut])
            if kind and organ_row(symbol[cut:]):
                return _found(match, kind, symbol[cut:], is_letter=False)
    known = organ_row(symbol) is not None and (_year(match) is not None or after_word or _is_after_type(match))
    if not known and not (after_word and len(symbol) > 2 and symbol.isalpha() and symbol.isupper()):
        return None
    number = f"{match['n']}/{_year(match)}" if _year(match) else match["n"]
    canonical = f"{number}/{_spelled(symbol)}"
    return NumberFound(match.start(), match.end(), canonical, match[0], None, _slips(match, canonical))


def _is_letter(match: re.Match[str]) -> bool:
    """Whether it is the number of an official letter, which names its issuer and an office: số 1043/TTg-NN."""
    if match["sep"].strip() != "/" or match["sep2"] != "-":
        return False
    known, told = organ_row(match["a"]) is not None, _is_after_word(match)
    if _is_lowered(match["a"]) or _is_lowered(match["b"]):
        return known and told and _stands_alone(match)
    return known or (told and len(match["sep"]) == 1)


def _is_after_word(match: re.Match[str]) -> bool:
    return _AFTER_WORD.search(match.string, max(0, match.start() - 5), match.start()) is not None


def _is_after_type(match: re.Match[str]) -> bool:
    return _after_type().search(match.string, max(0, match.start() - _LONGEST_TYPE), match.start()) is not None


def _year(match: re.Match[str]) -> str | None:
    return match["year"] or match["dashed"]


def _is_lowered(symbol: str) -> bool:
    return symbol[0].islower()


def _stands_alone(match: re.Match[str]) -> bool:
    """Whether no letter or hyphen goes on with a number in small letters, as in the address of a page."""
    before, after = match.string[max(0, match.start() - 1) : match.start()], match.string[match.end() : match.end() + 1]
    return before != "-" and not after.isalnum()


def _spelled(organ: str) -> str:
    """A symbol, or several, as the table writes them; in capitals where a text gave them up."""
    return re.sub(r"[^-/]+", lambda found: _spelled_one(found[0]), re.sub(r"\s", "", organ).replace("Ð", "Đ"))


def _spelled_one(symbol: str) -> str:
    row = issuers().get(symbol.upper()) or issuers().get(symbol.rstrip("0123456789").upper())
    if row is None:
        return symbol.upper() if _is_lowered(symbol) else symbol
    return row.symbol + symbol[len(row.symbol) :]


def _slips(match: re.Match[str], canonical: str) -> tuple[Slip, ...]:
    found: list[Slip] = []
    squeezed = re.sub(r"\s", "", match[0])
    signs, expected = re.sub(r"[^-/]", "", squeezed), re.sub(r"[^-/]", "", canonical)
    if not match["sep"].strip() or len(signs) < len(expected):
        found.append("separator")
    elif squeezed != match[0]:
        found.append("spacing")
    if len(signs) == len(expected) and signs != expected:
        found.append("form")
    if re.sub(r"[-/\s]", "", match[0]) != re.sub(r"[-/\s]", "", canonical):
        found.append("case")
    return tuple(found)


@cache
def _after_type() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternation(row.name for row in document_types())})\s$", re.IGNORECASE)


@cache
def _abbreviations() -> dict[str, tuple[str, tuple[DocumentType, ...]]]:
    """Upper-cased abbreviation -> its proper spelling and the types that it may stand for."""
    table: dict[str, tuple[str, tuple[DocumentType, ...]]] = {}
    for row in document_types():
        for index, short in enumerate(row.abbreviations):
            proper = row.abbreviations[0] if index and short.upper() == row.abbreviations[0].upper() else short
            known = table.get(short.upper())
            types = known[1] if known else ()
            table[short.upper()] = (known[0] if known else proper, types if row in types else (*types, row))
    return table


def _abbreviation(text: str) -> str | None:
    row = _abbreviations().get(text.upper().replace("Ð", "Đ"))
    return row[0] if row else None


def type_of(abbreviation: str, party: bool | None = None) -> str | None:
    """The one type that an abbreviation stands for, in the Party's or the State's numbers where that is known.

    >>> type_of("NQ"), type_of("QĐ"), type_of("TT"), type_of("TT", party=True), type_of("TT", party=False)
    ('Nghị quyết', None, None, 'Thông tri', 'Thông tư')
    """
    row = _abbreviations().get(abbreviation.upper())
    other = None if party is None else ("state" if party else "party")
    names = [kind.name for kind in row[1] if kind.family != other or other is None] if row else []
    return names[0] if len(names) == 1 else None
