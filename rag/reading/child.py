"""The process that reads files one after another, apart from the one that asks: `python -m rag.reading.child`.

Each line of the standard input is a JSON object with `path` and `source`. The answer is a line of JSON for each page
that was read, {"alive": 3}, and one for the file, {"found": [...]}.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from pydantic import TypeAdapter

from rag.reading.reader import LARGEST, read_original
from rag.types import StoredText, Unread

MEMORY = 2_000_000_000
"""Bytes of address space of a process that reads; what it starts may have twice as much."""
_LARGEST_FILE = 1_000_000_000
_FOUND = TypeAdapter(dict[str, list[StoredText | Unread]])


def main() -> None:
    """Answers until the standard input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    _limit()
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        _answer(Path(asked["path"]), asked["source"], answers)


def _limit() -> None:
    """Sets the limits of this process, where the system has such."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, 2 * MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(path: Path, source: str, answers: IO[bytes]) -> None:
    def say(value: dict[str, Any] | bytes) -> None:
        answers.write((value if isinstance(value, bytes) else json.dumps(value).encode()) + b"\n")
        answers.flush()

    found: list[StoredText | Unread]
    try:
        if path.stat().st_size > LARGEST:
            found = [Unread(source, "lớn hơn 200 MB")]
        else:
            found = list(read_original(path.read_bytes(), source, lambda page: say({"alive": page})))
    except OSError as error:
        found = [Unread(source, f"không mở được: {error.strerror}")]
    except MemoryError:
        found = [Unread(source, "cần quá nhiều bộ nhớ để đọc")]
    say(_FOUND.dump_json({"found": found}))


if __name__ == "__main__":
    main()
