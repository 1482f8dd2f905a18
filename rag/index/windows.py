"""Texts below the same headings, which the encoder reads once for several of them.

Headings are two fifths of what passages are read with. In a window the headings stand first and see only themselves;
each text sees them and itself, and its tokens are numbered as if it followed them alone. So a text's vector is that
of its own words, said below its headings, whatever stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WINDOW = 192  # tokens: in longer windows what a token costs rises, and few contexts are saved
_UNSEEN = np.float32(-10_000.0)


@dataclass(frozen=True, slots=True)
class Section:
    """Texts below one context, the headings above them in a line; an empty one says nothing."""

    context: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens in order with the position that each is read at, and which text each is of: 0 the context, then 1, 2, …"""

    tokens: NDArray[np.int64]
    positions: NDArray[np.int64]
    owners: NDArray[np.int64]

    def mask(self) -> NDArray[np.float32]:
        """What is added where a token (row) looks at another (column), `(tokens, tokens)`: 0 where it sees it."""
        sees = (self.owners == 0) | (self.owners == self.owners[:, np.newaxis])
        return np.where(sees, np.float32(0.0), _UNSEEN)

    def means(self, layer: NDArray[np.float32]) -> NDArray[np.float32]:
        """The mean of `layer`, `(tokens, dim)`, over the tokens of each text, `(texts, dim)`."""
        own = self.owners == np.arange(1, int(self.owners[-1]) + 1)[:, np.newaxis]
        means: NDArray[np.float32] = own.astype(np.float32) @ layer / own.sum(axis=1, dtype=np.float32)[:, np.newaxis]
        return means


def windows(context: Sequence[int], texts: Sequence[Sequence[int]], *, positions: int) -> Iterator[Window]:
    """The windows of one section in order; at least a token a text and one of context.

    A context may fill half of the `positions` there are; a text has its end left out where it goes beyond them. One
    that is too long for a window with others is alone in one.
    """
    head = list(context[: positions // 2])
    room, held, size = positions - len(head), list[Sequence[int]](), len(head)
    for text in texts:
        if held and size + len(text) > WINDOW:
            yield _window(head, held)
            held, size = [], len(head)
        held.append(text[:room])
        size += len(held[-1])
    if held:
        yield _window(head, held)


def _window(head: Sequence[int], texts: Sequence[Sequence[int]]) -> Window:
    tokens, positions, owners = list(head), list(range(len(head))), [0] * len(head)
    for number, text in enumerate(texts, 1):
        tokens += text
        positions += range(len(head), len(head) + len(text))
        owners += [number] * len(text)
    return Window(np.asarray(tokens), np.asarray(positions), np.asarray(owners))
