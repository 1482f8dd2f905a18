"""Plain text files of the corpus, decoded exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rag.errors import ReadingError
from rag.types import StoredText

SUFFIXES = frozenset((".txt", ".md"))
_LARGEST = 50_000_000


def corpus_files(folders: Sequence[Path]) -> list[tuple[str, Path]]:
    """The text files of the corpus with their sources, "folder name/path inside it", in a stable order.

    Raises: ReadingError where a folder does not exist, two folders of one name hold one path, or a
    name is no UTF-8.
    """
    found: dict[str, Path] = {}
    for folder in folders:
        if not folder.is_dir():
            raise ReadingError(f"Không thấy thư mục văn bản {folder}.")
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~")):
                source = _source(folder, path)
                if source in found:
                    raise ReadingError(f"Hai thư mục văn bản trùng tên chứa cùng một tệp: {source}.")
                found[source] = path
    return sorted(found.items())


def _source(folder: Path, path: Path) -> str:
    source = f"{folder.resolve().name}/{path.relative_to(folder).as_posix()}"
    try:
        source.encode("utf-8")
    except UnicodeEncodeError as error:
        shown = source.encode("utf-8", "backslashreplace").decode("utf-8")
        raise ReadingError(f"Tên tệp {shown} không phải UTF-8; hãy đổi tên tệp.") from error
    return source


def read_texts(files: Sequence[tuple[str, Path]]) -> Iterator[StoredText]:
    """Each file decoded as UTF-8, a byte order mark left out.

    Raises: ReadingError, naming the file, where it cannot be read, is no UTF-8, is empty or over 50 MB.
    """
    for source, path in files:
        yield StoredText(source, _read(source, path))


def read_file(path: Path) -> StoredText:
    """One file by its path; its source is its name.

    Raises: ReadingError as `read_texts`, and where its kind is not read.
    """
    if not path.is_file():
        raise ReadingError(f"Không thấy tệp {path}.")
    if path.suffix.lower() not in SUFFIXES:
        raise ReadingError(f"Chưa đọc được loại tệp {path.suffix or 'không có đuôi'}: {path.name}.")
    return StoredText(path.name, _read(path.name, path))


def _read(source: str, path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise ReadingError(f"Tệp {source} lớn hơn 50 MB nên không đọc.")
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadingError(
            f"Tệp {source} không phải văn bản UTF-8 (lỗi ở byte {error.start}); hãy lưu lại dưới dạng UTF-8."
        ) from error
    except OSError as error:
        raise ReadingError(f"Không đọc được tệp {source}: {error.strerror}.") from error
    if not text.strip():
        raise ReadingError(f"Tệp {source} không có nội dung.")
    return text
