"""Words in capitals in ordinary letters, as the text that they head spells them."""

from __future__ import annotations

import re
from collections import Counter

from rag.language.lexicon import abbreviations, issuers

_LONGEST_RUN = 8


def in_ordinary_letters(words: str, text: str) -> str:
    """Words in capitals in ordinary letters: names as the text spells them, abbreviations as they are.

    >>> in_ordinary_letters("PHÒNG NỘI VỤ VÀ UBND CÁC XÃ", "Giao Phòng Nội vụ báo cáo.")
    'Phòng Nội vụ và UBND các xã'
    >>> in_ordinary_letters("BON BU RLONG, XÃ ĐẮK MOL", "Bon Bu Rlong ở xã Đắk Mol.")
    'Bon Bu Rlong, xã Đắk Mol'
    """
    left = words.split()
    spelled: list[str] = []
    while left:
        ends = range(min(len(left), _LONGEST_RUN), 1, -1)
        told, end = next(((one, end) for end in ends if (one := _spelled(text, " ".join(left[:end])))), ("", 1))
        spelled.append(told or _word(left[0]))
        left = left[end:]
    joined = " ".join(spelled)
    return joined[:1].upper() + joined[1:]


def _spelled(text: str, part: str) -> str | None:
    """The spelling of some words, with the sign that ends them."""
    bare = part.rstrip(",.;:")
    told = spelled_in(text, bare)
    return told + part[len(bare) :] if told else None


def spelled_in(text: str, part: str) -> str | None:
    """The spelling, not all in capitals, that a text has oftenest of some words; of one word only a small one."""
    pattern = re.compile(rf"(?<!\w){re.escape(part)}(?!\w)", re.IGNORECASE)
    told = Counter(match[0] for match in pattern.finditer(text) if not match[0].isupper())
    if " " not in part:
        return part.lower() if part.lower() in told or not part.isalpha() else None
    return max(told, key=lambda one: (told[one], sum(map(str.isupper, one))), default=None)


def _word(word: str) -> str:
    return word if word.strip(",.;:()") in abbreviations().keys() | issuers().keys() else word.lower()
