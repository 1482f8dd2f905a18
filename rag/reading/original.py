"""The original files of texts as they were read: found again only by what a snapshot says it was made of."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import Literal

from rag.errors import ReadingError
from rag.reading.corpus import barred, digest_of
from rag.reading.files import corpus_files, shown_name
from rag.reading.packages import Package, member_name
from rag.reading.reader import kind_of

Fate = Literal["gone", "changed"]
"""What became of a file since it was read, where it is not there as it was."""
_HEAD, _LARGEST_TEXT = 1_024, 50_000_000
_ONE = Lock()
"""One archive at a time is in memory."""
_PICTURES = frozenset(("image/png", "image/jpeg"))


@dataclass(frozen=True, slots=True)
class Found:
    """A file, or a member of an archive, whose bytes are then `content`.

    `shown` is the type by which a browser may show it, None where it is only to be downloaded.
    """

    name: str
    path: Path
    content: bytes | None
    shown: str | None


def file_of(source: str, files: Mapping[str, str]) -> str | None:
    """The source of the file that a text comes from: its own, or the archive's that it stands in."""
    parents = (source, *map(str, PurePosixPath(source).parents))
    return next((name for name in parents if files.get(name)), None)


def find_original(source: str, files: Mapping[str, str], places: Sequence[Path]) -> Found | Fate:
    """The original of a text; `files` are the corpus' files when it was read, with the SHA-256 of each.

    A path is opened only where the corpus lists it and its content is what was read.
    """
    name = file_of(source, files)
    path = dict(corpus_files(places)).get(name or "")
    if name is None or path is None or barred(name, path):
        return "gone"
    try:
        if _digest(path, path.stat().st_mtime_ns, path.stat().st_size) != files[name]:
            return "changed"
        if name == source:
            return Found(path.name, path, None, _shown(path, source))
        with _ONE:
            content = _member(path.read_bytes(), name, source)
    except OSError:
        return "gone"
    return "changed" if content is None else Found(PurePosixPath(source).name, path, content, _shown(content, source))


@lru_cache(maxsize=256)
def _digest(path: Path, _time: int, _size: int) -> str:
    """The SHA-256 of a file; a browser asks for a large one part by part."""
    return digest_of(path)


def _member(archive: bytes, name: str, source: str) -> bytes | None:
    """The content of the member of an archive that a text comes from."""
    try:
        package = Package(archive)
        member = next(one.filename for one in package.parts if f"{name}/{shown_name(member_name(one))}" == source)
        return package.read(member)
    except (ReadingError, StopIteration):
        return None


def _shown(original: Path | bytes, source: str) -> str | None:
    """The type of what a browser may show as it is; pages and Word files are only downloaded, as is old text."""
    kind = kind_of(_beginning(original, _HEAD), source)
    if kind == "pdf":
        return "application/pdf"
    if kind == "picture":
        guessed = mimetypes.guess_type(source)[0]
        return guessed if guessed in _PICTURES else None
    if kind == "text":
        return _type_of_text(_beginning(original, _LARGEST_TEXT + 1))
    return None


def _beginning(original: Path | bytes, size: int) -> bytes:
    if isinstance(original, bytes):
        return original[:size]
    with original.open("rb") as file:
        return file.read(size)


def _type_of_text(content: bytes) -> str | None:
    """A text in UTF-8 may be shown; an older encoding has no name that browsers know."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if b"\0" in content or len(content) > _LARGEST_TEXT else "text/plain; charset=utf-8"
