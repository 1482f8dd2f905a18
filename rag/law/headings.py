"""Which numbered lines are headings, and which lines after a heading are the rest of its title."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rag.law.blocks import Block
from rag.law.parts import is_promulgation_note, is_signing
from rag.law.units import ORNAMENT

_BELOW = frozenset(("text", "dash", "letter", "step"))
_TITLE_WORDS, _SHORT_WORDS, _TITLE_LINES = 25, 12, 4
_OPENERS = frozenset(("article", "division", "roman", "number", "capital"))
_BLANK = "…"


def heading_of(block: Block, after: Block | None) -> Literal["title", "sentence"] | None:
    """Whether a numbered line of a plan heads what follows it, as a mere title or as a sentence of its own.

    A line that nothing stands under is no heading, nor is a sentence that a second paragraph follows,
    nor a line of a form with blanks to fill in.
    """
    is_deeper = after is not None and after.kind == "number" and after.label.startswith(f"{block.label}.")
    if after is None or (after.kind not in _BELOW and not is_deeper) or after.kind == block.kind == "letter":
        return None
    words = len(block.rest.split())
    announces = block.rest.endswith(":")
    is_open = not block.ends_sentence or announces
    is_sentence = words > (_TITLE_WORDS if is_open else _SHORT_WORDS) or block.rest.endswith((";", "./."))
    if _BLANK in block.rest and not announces:
        return None
    if after.kind != "text":
        return "sentence" if is_sentence else "title"
    if is_open:
        return "sentence" if announces and is_sentence else "title"
    return None if is_sentence or ":" in block.rest else "title"


def is_article_title(block: Block, after: Block | None) -> bool:
    """Whether the line of an article is its title and not its whole text, as in decisions."""
    if not block.rest or not block.ends_sentence or block.rest.endswith(":"):
        return bool(block.rest)
    has_content = after is not None and after.kind in ("text", "dash", "letter", "step", "number", "roman")
    return has_content and len(block.rest.split()) <= _SHORT_WORDS


def title_end(found: Sequence[Block], index: int, end: int) -> int:
    """The index after the last line of a title that begins at `index`: what is in capitals below a heading.

    Below a heading that is but a number the next line is its title, if another heading follows it.
    """
    block = found[index]
    at = index + 1
    if not block.rest or block.rest.isupper():
        while at < min(end, index + _TITLE_LINES) and _goes_on(found[at]):
            at += 1
    if at == index + 1 < end - 1 and not block.rest and block.kind == "division":
        line = found[at]
        is_title = line.kind == "text" and not line.ends_sentence and len(line.rest.split()) <= _TITLE_WORDS
        at += is_title and found[at + 1].kind in _OPENERS
    return at


def attachment_title_end(found: Sequence[Block], index: int, end: int) -> int:
    """The index after the title of an annex and the note that says what it is issued with."""
    lines = range(index + 1, min(end, index + 1 + _TITLE_LINES))
    note = next((at for at in lines if found[at].kind != "text" or is_promulgation_note(found[at])), None)
    if note is not None and is_promulgation_note(found[note]):
        return note + 1
    return title_end(found, index, end)


def _goes_on(block: Block) -> bool:
    is_title = block.kind == "text" and block.rest.isupper() and len(block.rest.split()) > 1
    return is_title and not is_signing(block) and ORNAMENT.match(block.rest) is None
