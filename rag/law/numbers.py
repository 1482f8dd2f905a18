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

from rag.language.lexicon import document_types, issuers

_ORGAN = r"[A-ZĐĂÂÊÔƠƯ][A-Za-zĐđƯưƠơ&]{0,24}\d{0,3}"
_NUMBER = re.compile(
    rf"(?<![\w/.])(?P<n>\d{{1,5}}(?:\.\d{{1,2}}(?=/20\d\d/)|[a-z])?)(?:\s?/\s?(?P<year>(?:19|20)\d\d))?"
    rf"(?P<sep>\s?[-/]\s?|\s)(?P<a>{_ORGAN})"
    rf"(?:\s?(?P<sep2>[-/])\s?(?P<b>{_ORGAN}(?:[-/]{_ORGAN})*))?"
)


@dataclass(frozen=True, slots=True)
class NumberFound:
    """A document number at `start:end` of a text, with its canonical form and what is odd about its spelling."""

    start: int
    end: int
    canonical: str
    printed: str
    type: str | None
    slips: tuple[Literal["form", "spacing", "separator", "case"], ...] = ()


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
    if match["b"] is None:
        return NumberParts(match["n"].lstrip("0") or "0", match["year"], None, match["a"])
    return NumberParts(match["n"].lstrip("0") or "0", match["year"], match["a"], match["b"])


def organ_issuer(organ: str) -> str | None:
    """The name of the issuer that the symbol at the end of a number stands for.

    >>> organ_issuer("HU"), organ_issuer("QH15"), organ_issuer("BCĐ")
    ('Huyện ủy', 'Quốc hội', None)
    """
    if "-" in organ:
        return None
    row = issuers().get(organ.upper()) or issuers().get(organ.rstrip("0123456789").upper())
    return row.name if row else None


def is_party(organ: str) -> bool:
    """Whether the symbol is one of the Party's organs, whose numbers are written 217-QĐ/TU."""
    row = issuers().get(re.split(r"[-/]", organ)[0].upper())
    return row is not None and row.family == "party"


def _is_party_alone(organ: str) -> bool:
    """Whether a symbol is the Party's whatever the text; committees (BCĐ) are the Party's and the State's."""
    row = issuers().get(re.split(r"[-/]", organ)[0].upper())
    return row is not None and row.family == "party" and row.name is not None


def _is_letter(match: re.Match[str]) -> bool:
    """Whether "số" stands before the number of an official letter, which names its office: số 1043/TTg-NN."""
    return (
        match["sep"] == "/"
        and match["sep2"] == "-"
        and match.string[max(0, match.start() - 3) : match.start()].casefold() == "số "
    )


def _read(match: re.Match[str]) -> NumberFound | None:
    separator = match["sep"].strip()
    kind = _abbreviation(match["a"])
    if match["b"] is None:
        return _organ_only(match)
    told = kind is not None or (separator == "/" and match["year"] is not None)
    if not told and not _is_letter(match) and not _known_organ(match["b"]):
        return None
    if not separator and kind is None:
        return None
    written = kind or match["a"]
    in_state_form = separator == "/" and match["sep2"] == "-"
    party = _is_party_alone(match["b"]) or (is_party(match["b"]) and not in_state_form)
    party = party or (separator == "-" and match["sep2"] == "/" and match["year"] is None)
    number = f"{match['n']}/{match['year']}" if match["year"] else match["n"]
    canonical = f"{number}-{written}/{match['b']}" if party else f"{number}/{written}-{match['b']}"
    return NumberFound(match.start(), match.end(), canonical, match[0], _type_of(written), _slips(match, canonical))


def _organ_only(match: re.Match[str]) -> NumberFound | None:
    """10/2022/QH15: the organ stands alone."""
    known = issuers().get(match["a"].rstrip("0123456789").upper())
    if match["sep"].strip() != "/" or match["year"] is None or known is None:
        return None
    canonical = f"{match['n']}/{match['year']}/{match['a']}"
    return NumberFound(match.start(), match.end(), canonical, match[0], None, _slips(match, canonical))


def _slips(match: re.Match[str], canonical: str) -> tuple[Literal["form", "spacing", "separator", "case"], ...]:
    found: list[Literal["form", "spacing", "separator", "case"]] = []
    squeezed = re.sub(r"\s", "", match[0])
    if not match["sep"].strip():
        found.append("separator")
    elif squeezed != match[0]:
        found.append("spacing")
    signs, expected = re.sub(r"[^-/]", "", squeezed), re.sub(r"[^-/]", "", canonical)
    if match["sep"].strip() and signs != expected:
        found.append("form")
    if re.sub(r"[-/\s]", "", match[0]) != re.sub(r"[-/\s]", "", canonical):
        found.append("case")
    return tuple(found)


@cache
def _abbreviations() -> dict[str, tuple[str, str | None]]:
    """Upper-cased abbreviation -> its proper spelling and the one type it stands for, if one."""
    table: dict[str, tuple[str, str | None]] = {}
    for row in document_types():
        for index, short in enumerate(row.abbreviations):
            proper = row.abbreviations[0] if index and short.upper() == row.abbreviations[0].upper() else short
            known = table.get(short.upper())
            table[short.upper()] = (
                known[0] if known else proper,
                None if known and known[1] != row.name else row.name,
            )
    return table


def _abbreviation(text: str) -> str | None:
    row = _abbreviations().get(text.upper())
    return row[0] if row else None


def _type_of(abbreviation: str) -> str | None:
    row = _abbreviations().get(abbreviation.upper())
    return row[1] if row else None


def _known_organ(organ: str) -> bool:
    return issuers().get(re.split(r"[-/]", organ)[0].rstrip("0123456789").upper()) is not None
