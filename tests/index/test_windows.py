"""Windows of texts below one context: what is read together, and what each token sees."""

from __future__ import annotations

import numpy as np
import pytest

from rag.index.windows import WINDOW, windows


def test_a_text_sees_the_context_and_itself_and_the_context_itself_alone():
    (window,) = windows([1, 2], [[3], [4, 5]], positions=16)
    assert window.tokens.tolist() == [1, 2, 3, 4, 5]
    assert (window.mask() == 0).astype(int).tolist() == [
        [1, 1, 0, 0, 0],
        [1, 1, 0, 0, 0],
        [1, 1, 1, 0, 0],
        [1, 1, 0, 1, 1],
        [1, 1, 0, 1, 1],
    ]


def test_each_text_is_numbered_as_if_it_followed_the_context_alone():
    (window,) = windows([1, 2], [[3], [4, 5]], positions=16)
    assert window.positions.tolist() == [0, 1, 2, 2, 3]


def test_the_mean_of_a_text_is_that_of_its_own_tokens():
    (window,) = windows([1], [[3], [4, 5]], positions=16)
    layer = np.array([[9.0], [1.0], [2.0], [4.0]], dtype=np.float32)
    assert window.means(layer).tolist() == [[1.0], [3.0]]


@pytest.mark.parametrize("sizes", [[], [1], [100, 100, 100], [WINDOW + 50, 1], [1, WINDOW + 50, 1], [50] * 9])
def test_every_text_is_in_one_window_in_order(sizes):
    texts = [[number] * size for number, size in enumerate(sizes, 10)]
    found = list(windows([1, 2, 3], texts, positions=512))
    own = [window.tokens[window.owners == owner] for window in found for owner in range(1, window.owners.max() + 1)]
    assert [tokens.tolist() for tokens in own] == texts
    assert all(len(window.tokens) <= WINDOW or window.owners.max() == 1 for window in found)


def test_what_is_beyond_the_positions_is_left_out():
    (window,) = windows([1] * 20, [[3] * 20], positions=16)
    assert (window.owners == 0).sum() == (window.owners == 1).sum() == 8
    assert window.positions.max() == 15
