"""Quiz items as values: what an item rests on, what may be asked of it, and the item itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from rag.types import Citation

Kind = Literal["single_choice", "multiple_choice", "true_false", "cloze"]
Difficulty = Literal["recall", "understand", "apply"]
DIFFICULTIES: tuple[Difficulty, ...] = ("recall", "understand", "apply")
LETTERS = "ABCDEF"


@dataclass(frozen=True, slots=True)
class Fact:
    """What an item rests on: a form of question and the thing in the corpus that it asks of.

    `subject` names that thing for the form: a document's key, a provision, a clause with a range. `theme`
    is what the answer tells: a paper asks of a theme once. `documents` are the keys of the documents that the
    fact is about, `locator` says where it stands in `source`, and `about` is what it may give away of others:
    the documents, or the article or section. It is true or false by the corpus alone, so that an edited item
    can be proved again.
    """

    form: str
    subject: str
    theme: str
    topic: str
    source: str
    locator: str
    documents: tuple[str, ...]
    about: tuple[str, ...]

    @property
    def key(self) -> str:
        """One name for the fact, the same in every run over the same corpus."""
        return f"{self.form}:{self.subject}"


@dataclass(frozen=True, slots=True)
class Draft:
    """An item before its options are chosen: `wrong` has the candidates, the most likely ones first.

    `short` asks the same in fewer words, where that can be done. `fixed` are the options in their order,
    where the form sets them; `explain` words the explanation anew from the options that were chosen.
    """

    stem: str
    right: str
    wrong: tuple[str, ...]
    explanation: str
    citation: Citation
    short: str | None = None
    fixed: tuple[str, ...] = ()
    explain: Callable[[tuple[str, ...]], str] | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One question with its options; `correct` are indexes into them.

    `citation` is the passage that proves it: `stored_text[start:end] == quote`.
    """

    id: str
    kind: Kind
    difficulty: Difficulty
    stem: str
    options: tuple[str, ...]
    correct: tuple[int, ...]
    explanation: str
    citation: Citation
    fact: Fact
    short: str | None = field(default=None, compare=False)

    @property
    def topic(self) -> str:
        """The heading of the corpus that the item comes from."""
        return self.fact.topic

    @property
    def right(self) -> str:
        """The words of the right option."""
        return self.options[self.correct[0]]

    @property
    def letters(self) -> str:
        """The letters of the right options: "B"."""
        return "".join(LETTERS[index] for index in self.correct)
