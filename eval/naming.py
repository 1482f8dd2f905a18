"""How numbers and names are held against each other, whatever their letter case, signs and spaces."""

from __future__ import annotations

import re
import unicodedata
from functools import cache


def fold(words: str) -> str:
    """The words for comparison: NFC, without letter case, white space folded.

    >>> fold(" Ban  Thường vụ\\nTỉnh ủy ")
    'ban thường vụ tỉnh ủy'
    """
    return " ".join(unicodedata.normalize("NFC", words).casefold().split())


def fold_name(name: str) -> str:
    """The name of a unit or an issuer for comparison.

    >>> fold_name("Ủy ban nhân dân  các xã") == fold_name("UBND các xã")
    True
    """
    return fold(name).replace("uỷ", "ủy").replace("ủy ban nhân dân", "ubnd")


def fold_number(number: str) -> str:
    """A document's number or name for comparison, without any white space.

    >>> fold_number("34-CTR/HU") == fold_number("34 - CTr/HU")
    True
    """
    return fold(number).replace(" ", "")


def is_printed(name: str, folded: str) -> bool:
    """Whether a folded text has a folded number or name as texts print it, with stray spaces and signs.

    >>> is_printed(fold("14-CT/HU"), fold("Chỉ thị số 14 -CT/HU")), is_printed(fold("4-CT/HU"), fold("14-CT/HU"))
    (True, False)
    """
    return _printed(name).search(folded) is not None


@cache
def _printed(name: str) -> re.Pattern[str]:
    words = re.findall(r"[^\W_]+", name)
    return re.compile(r"(?<!\w)" + r"[\W_]*".join(words) + r"(?!\w)" if words else r"(?!)")
