"""The words of the page: none is missing, none is left over, and their fields are filled in."""

from __future__ import annotations

import re
from pathlib import Path

from rag.language.lexicon import page_words

WEB = Path(__file__).resolve().parents[2] / "rag" / "web"
SOURCES = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted(WEB.rglob("*")) if path.suffix in (".py", ".js")
)
PREFIXES = set(re.findall(r"word\(f[\"']([a-z_]+_)\{", SOURCES))


def test_every_word_is_used() -> None:
    left_over = [
        name
        for name in page_words()
        if not re.search(rf"[\"'.]{name}\b", SOURCES) and not name.startswith(tuple(PREFIXES))
    ]
    assert not left_over


def test_every_word_that_is_used_is_there() -> None:
    named = set(re.findall(r"\bword\(\s*[\"']([a-z_]+)[\"']", SOURCES))
    named |= set(re.findall(r"\bwords\.([a-z_]+)", SOURCES)) | set(re.findall(r"fill\(\"([a-z_]+)\"", SOURCES))
    assert not named - set(page_words())


def test_words_are_trimmed_and_told_in_vietnamese() -> None:
    wrong = [name for name, text in page_words().items() if text != text.strip() or not text]
    assert not wrong
