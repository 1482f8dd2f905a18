"""Names that a text gives to what it has just named: "(sau đây gọi tắt là …)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_GIVEN = re.compile(
    r"(?:[(,]\s?(?:sau|dưới|từ) đây\s(?:được\s|xin\s)?(?:gọi|viết)(?:\s(?:tắt|gọn|chung))?"
    r"|\(\s?(?:được\s|xin\s)?(?:gọi|viết)\s(?:tắt|gọn|chung))(?:\slà)?\s?:?\s?"
    r"[\"']?(?P<name>[^()\"';]{2,80})[\"']?\s?\)"
)


@dataclass(frozen=True, slots=True)
class Alias:
    """A name given at `start:end` of a clean line, brackets and all."""

    start: int
    end: int
    name: str


def find_aliases(text: str) -> Iterator[Alias]:
    """Every name given in brackets, left to right.

    >>> [alias.name for alias in find_aliases("Nghị định số 4/2019/NĐ-CP (sau đây gọi tắt là Nghị định 4)")]
    ['Nghị định 4']
    """
    if "(" not in text and "đây" not in text:
        return
    for match in _GIVEN.finditer(text):
        yield Alias(match.start(), match.end(), match["name"].strip())
