"""Taking matches out of a text without moving the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


class Blanking:
    """A text from which matches are taken out without moving the rest."""

    def __init__(self, text: str) -> None:
        self.text = text

    def matches(self, patterns: Iterable[re.Pattern[str]]) -> bool:
        return any(pattern.search(self.text) for pattern in patterns)

    def take_all(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        found = list(pattern.finditer(self.text))
        self.remove([pattern])
        return found

    def take(self, patterns: Sequence[re.Pattern[str]]) -> bool:
        """Removes what the patterns match; whether that was anything."""
        before = self.text
        self.remove(patterns)
        return self.text != before

    def remove(self, patterns: Iterable[re.Pattern[str]], original: str | None = None) -> None:
        """Removes what the patterns match in the text, or in the equally long original of it."""
        for pattern in patterns:
            for match in list(pattern.finditer(original if original is not None else self.text)):
                self.cut(match.start(), match.end())

    def cut(self, start: int, end: int) -> None:
        self.text = self.text[:start] + "\0" * (end - start) + self.text[end:]

    def left(self, original: str, *, keep: str = "", gap: str = "") -> str:
        """The words of the equally long original where nothing was taken out, with the signs that are kept.

        `gap` stands between the words on either side of what was taken out.
        """
        kept = "".join(char if mark != "\0" else mark for char, mark in zip(original, self.text, strict=True))
        parts = (re.sub(rf"[^\w\s/{keep}-]", " ", part).split() for part in re.split("\0+", kept))
        return f" {gap} ".join(" ".join(part) for part in parts if part).replace("  ", " ")
