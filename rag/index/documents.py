"""The documents of a snapshot as they were read, so that a text that has not changed is not read again.

They are pickled, since as JSON they take longer to load than to read; only the project's own values are unpickled.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rag.law.document import LegalDocument
from rag.types import CheckedFact, StoredText

Told = CheckedFact | None
"""What somebody says a text is the text of."""

_FILE = "documents.pickle"
_OWN = ("rag.types", "rag.law.", "rag.language.")
_BUILT_IN = frozenset(
    {("builtins", "range"), ("array", "_array_reconstructor"), ("array", "array"), ("datetime", "date")}
)


def write_documents(folder: Path, documents: Iterable[tuple[Told, LegalDocument]], code: str) -> None:
    """Writes what was read into a version's folder; `code` is the fingerprint of what read it."""
    (folder / _FILE).write_bytes(pickle.dumps((code, list(documents)), pickle.HIGHEST_PROTOCOL))


def known_documents(folder: Path | None, code: str) -> dict[tuple[StoredText, Told], LegalDocument]:
    """The documents of a version by their texts; none where other code read them or the file is damaged."""
    try:
        content = (folder / _FILE).read_bytes() if folder else b""
        found, documents = _Own(io.BytesIO(content)).load()
    except (OSError, EOFError, pickle.UnpicklingError, ValueError, TypeError, AttributeError, ImportError, IndexError):
        return {}
    return {(document.stored, told): document for told, document in documents} if found == code else {}


class _Own(pickle.Unpickler):
    """Makes the project's own values and refuses any other, which a strange file could have run."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _BUILT_IN or module.startswith(_OWN):
            found = super().find_class(module, name)
            if (module, name) in _BUILT_IN or (isinstance(found, type) and found.__module__ == module):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is none of the project's values")
