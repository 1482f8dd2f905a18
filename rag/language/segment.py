"""Words of Vietnamese text for matching; the only importer of underthesea."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock

from rag.errors import HoidapError
from rag.language.normalize import fold

_LOADING = Lock()


def segmenter_fingerprint() -> str:
    """Which segmenter makes the words; cheap."""
    return f"underthesea {version('underthesea')}"


def compounds(text: str) -> list[str]:
    """The words of two syllables and more, folded, syllables joined by "_", in order.

    >>> compounds("Cán bộ thực hiện dân chủ")
    ['cán_bộ', 'thực_hiện', 'dân_chủ']
    """
    folded = fold(text)
    if not folded:
        return []
    with _LOADING:
        word_tokenize = _segmenter()
    return [word.replace(" ", "_") for word in word_tokenize(folded) if " " in word.strip()]


@cache
def _segmenter() -> Callable[[str], list[str]]:
    """The segmenter with its model, which two threads that load it at once would break."""
    with _untranslated():
        from underthesea import word_tokenize

    word_tokenize("dân vận")
    segment: Callable[[str], list[str]] = word_tokenize
    return segment


@contextmanager
def _untranslated() -> Iterator[None]:
    """Without underthesea's translator, an optional part which imports torch and transformers for 5 seconds."""
    if "underthesea" in sys.modules:
        yield
        return
    part = "underthesea.pipeline.translate"
    sys.modules[part] = None  # type: ignore[assignment]  # how Python is told that there is no such module
    try:
        yield
    finally:
        del sys.modules[part]


@cache
def word_list() -> tuple[str, ...]:
    """The Vietnamese words that the segmenter's package ships, folded, in its order.

    Raises: HoidapError where the package is damaged.
    """
    spec = importlib.util.find_spec("underthesea")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    found = next(iter(sorted(folder.rglob("Viet74K.txt"))), None) if folder else None
    if found is None:
        raise HoidapError("Không tìm thấy danh sách từ tiếng Việt của gói underthesea; hãy cài lại gói này.")
    return tuple(fold(line) for line in found.read_text(encoding="utf-8").splitlines() if line.strip())


@cache
def dictionary() -> frozenset[str]:
    """The words of `word_list`, to look one up."""
    return frozenset(word_list())
