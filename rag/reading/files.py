"""Where the corpus' files are, and under which sources their texts stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

from rag.errors import ReadingError

HELD = "held.csv"
"""The table in a folder of the corpus that tells which documents its files are the texts of."""
_NO_TEXTS = frozenset((HELD, "thumbs.db", "desktop.ini"))
_ODD = frozenset(("Cc", "Cs", "Zl", "Zp"))


def corpus_files(places: Sequence[Path]) -> list[tuple[str, Path]]:
    """The files of the corpus with their sources, "folder name/path inside it", in a stable order.

    A place is a folder, or one file. Hidden files, locks of Word and what the system puts into folders are left out.

    Raises: ReadingError where a place does not exist, or two places of one name hold one path.
    """
    found: dict[str, Path] = {}
    for place in places:
        if not place.exists():
            raise ReadingError(f"Không thấy thư mục văn bản {place}.")
        folder = place if place.is_dir() else place.parent
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if is_text(path):
                source = _source(folder, path)
                if source in found and not is_odd_name(str(path)):
                    raise ReadingError(f"Hai thư mục văn bản trùng tên chứa cùng một tệp: {source}.")
                found[source] = path
    return sorted(found.items())


def is_text(path: Path) -> bool:
    """Whether a path may be a file of the corpus."""
    hidden = path.name.startswith((".", "~")) or path.name.casefold() in _NO_TEXTS
    return not hidden and (path.is_symlink() or not path.is_dir())


def original_of(places: Sequence[Path], source: str) -> Path | None:
    """The file that a source comes from, None where it is gone; for a text in an archive the archive.

    It is never outside the corpus, whatever the source says.
    """
    return next((path for name, path in corpus_files(places) if source == name or source.startswith(f"{name}/")), None)


def _source(folder: Path, path: Path) -> str:
    return shown_name(f"{folder.resolve().name}/{path.relative_to(folder).as_posix()}")


def is_odd_name(name: str) -> bool:
    r"""Whether a name holds what is no character of UTF-8, or a control character or line end.

    >>> is_odd_name("Kế hoạch 5.txt"), is_odd_name("a\nb.txt"), is_odd_name("K\udcba.txt")
    (False, True, True)
    """
    return any(unicodedata.category(char) in _ODD for char in name)


def shown_name(name: str) -> str:
    r"""A name as one line that any terminal shows.

    >>> print(shown_name("kế\nhoạch\udcba.txt"))
    kế\nhoạch\udcba.txt
    """
    return "".join(char.encode("unicode_escape").decode() if is_odd_name(char) else char for char in name)
