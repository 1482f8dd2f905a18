"""How long a file may take: each page that is read gives it more time."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace

import pytest

from rag.reading.workers import Limits, _Child, _TooLongError


def answering(limits: Limits, pages: int) -> object:
    """What comes of a file whose pages take a twentieth of a second each."""
    child = _Child(limits)
    child._process = SimpleNamespace(stdin=SimpleNamespace(write=len, flush=bool))  # type: ignore[assignment]

    def tell() -> None:
        for page in range(pages):
            time.sleep(0.05)
            child._answers.put(b'{"alive": %d}' % page)
        child._answers.put(b'{"found": []}')

    threading.Thread(target=tell, daemon=True).start()
    return child._ask({})


def test_a_file_that_goes_on_page_by_page_has_the_time_that_it_needs() -> None:
    assert answering(Limits(silent=5.0, whole=0.4, page=1.0), pages=20) == []


def test_a_file_that_takes_longer_than_its_pages_allow_is_given_up() -> None:
    with pytest.raises(_TooLongError):
        answering(Limits(silent=5.0, whole=0.2, page=0.0), pages=20)
