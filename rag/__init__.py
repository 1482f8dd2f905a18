"""Answers questions in Vietnamese over official documents, with the very sentence that says so.

After `hoidap ingest`:

>>> from rag import Assistant
>>> assistant = Assistant.open()  # doctest: +SKIP
>>> print(assistant.ask("Nghị định 61/2023/NĐ-CP do ai ban hành, ngày nào?").text)  # doctest: +SKIP, +ELLIPSIS
**Nghị định số 61/2023/NĐ-CP** do Chính phủ ban hành ngày 16/8/2023, ... [1].
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.answering.assistant import Assistant

__all__ = ["Assistant"]

_HOMES = {"Assistant": "rag.answering.assistant"}


def __getattr__(name: str) -> object:
    """A public name, imported when it is first asked for: `import rag` alone loads nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
