"""The texts of the corpus' files: those that have not changed since they were last read are not read again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from rag.errors import ReadingError
from rag.reading.files import is_odd_name
from rag.reading.workers import Found, Limits, read_files
from rag.types import StoredText, Unread

_LINK = "là liên kết trỏ ra ngoài thư mục văn bản"
_ODD_NAME = "tên tệp không phải UTF-8 hoặc có ký tự điều khiển; hãy đổi tên tệp"
_NO_FILE = "không phải tệp thường"


@dataclass(frozen=True, slots=True)
class Original:
    """A file of the corpus with what it gave; `digest` is the SHA-256 of its content, "" where it cannot be read."""

    source: str
    digest: str
    found: Found


def digest_of(path: Path) -> str:
    """SHA-256 of a file's content, "" where it cannot be read or is none."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def read_corpus(
    files: Sequence[tuple[str, Path]],
    digests: Mapping[str, str],
    known: Mapping[str, Original],
    *,
    progress: Callable[[int, int], None] | None = None,
    limits: Limits | None = None,
) -> tuple[Original, ...]:
    """All files in their order; `known` are those that were read before by the same code."""
    paths = dict(files)
    done: dict[str, Original] = {}
    for source, path in files:
        before = known.get(source)
        if reason := barred(source, path):
            done[source] = Original(source, digests[source], (Unread(source, reason),))
        elif before and before.digest == digests[source] != "":
            done[source] = before
    waiting = [(source, path) for source, path in files if source not in done]
    for source, found in read_files(waiting, limits=limits):
        done[source] = Original(source, digests[source], found)
        if progress:
            progress(len(done), len(files))
    return tuple(done[source] for source in paths)


def barred(source: str, path: Path) -> str:
    """Why a path of the corpus is not opened, "" where it is."""
    folder = path.parents[max(0, len(PurePosixPath(source).parts) - 2)]
    if is_odd_name(str(path.relative_to(folder))):
        return _ODD_NAME
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            return _LINK
        return "" if path.is_file() else _NO_FILE
    except (OSError, RuntimeError):
        return _NO_FILE


def texts_of(originals: Sequence[Original]) -> tuple[StoredText, ...]:
    return tuple(one for original in originals for one in original.found if isinstance(one, StoredText))


def unread_of(originals: Sequence[Original]) -> tuple[Unread, ...]:
    return tuple(one for original in originals for one in original.found if isinstance(one, Unread))


def read_texts(files: Sequence[tuple[str, Path]]) -> Iterator[StoredText]:
    """Every text of some files, all of which must give theirs.

    Raises: ReadingError, naming the file.
    """
    digests = dict.fromkeys((source for source, _ in files), "")
    for original in read_corpus(files, digests, {}):
        for one in original.found:
            if isinstance(one, Unread):
                raise ReadingError(sentence(one))
            yield one


def read_file(path: Path) -> StoredText:
    """The one text of a file by its path; its source is its name.

    Raises: ReadingError as `read_texts`, and where the file is an archive of several texts.
    """
    if not path.is_file():
        raise ReadingError(f"Không thấy tệp {path}.")
    [*texts] = read_texts([(path.name, path)])
    if len(texts) != 1:
        raise ReadingError(f"Tệp {path.name} chứa {len(texts)} văn bản; hãy đọc từng văn bản.")
    return texts[0]


def sentence(unread: Unread) -> str:
    """
    >>> sentence(Unread("documents/a.pdf", "có mật khẩu"))
    'Tệp documents/a.pdf: có mật khẩu.'
    """
    return f"Tệp {unread.source}: {unread.reason}."
