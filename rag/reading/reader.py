"""One original of the corpus as its texts: what it is told by its content, not by its name alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from rag.errors import ReadingError
from rag.reading.doc import read_doc
from rag.reading.docx import read_docx
from rag.reading.files import is_odd_name, shown_name
from rag.reading.html import read_html
from rag.reading.ocr import read_picture
from rag.reading.packages import Package, member_name
from rag.reading.pdf import read_pdf
from rag.reading.text import read_text
from rag.types import StoredText, Unread

LARGEST = 200_000_000
"""Bytes of one original; a plain text may have a quarter of it."""
_TEXTS = frozenset((".txt", ".md", ".text"))
_PAGES = frozenset((".html", ".htm", ".mht", ".mhtml"))
_WORDS = frozenset((".docx", ".docm", ".dotx", ".doc", ".pdf", ".zip"))
_PICTURES = frozenset((".png", ".jpg", ".jpeg", ".tif", ".tiff"))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MEMBERS = 500

Alive = Callable[[int], None]
"""Called with the number of a page that was read, so that who waits sees that it goes on."""


def read_original(content: bytes, source: str, alive: Alive) -> Iterator[StoredText | Unread]:
    """The texts of one file: one, or those of an archive in the order of their names."""
    if len(content) > LARGEST:
        yield Unread(source, "lớn hơn 200 MB")
    elif not content:
        yield Unread(source, "không có nội dung")
    elif kind_of(content, source) == "zip":
        yield from _members(content, source, alive)
    else:
        yield _read(content, source, alive)


def _read(content: bytes, source: str, alive: Alive) -> StoredText | Unread:
    try:
        return _text(content, source, alive)
    except ReadingError as error:
        return Unread(source, str(error))
    except RecursionError:
        return Unread(source, "các phần lồng nhau quá sâu")
    except MemoryError:
        return Unread(source, "cần quá nhiều bộ nhớ để đọc")


def _text(content: bytes, source: str, alive: Alive) -> StoredText:
    kind = kind_of(content, source)
    if kind == "docx":
        return read_docx(content, source)
    if kind == "pdf":
        return read_pdf(content, source, alive)
    if kind == "doc":
        return read_doc(content, source)
    if kind == "picture":
        return read_picture(content, source, alive)
    if kind == "html":
        return read_html(content, source)
    if kind == "text":
        if len(content) > LARGEST // 4:
            raise ReadingError("lớn hơn 50 MB")
        return read_text(content, source)
    suffix = PurePosixPath(source).suffix
    if suffix.casefold() in _WORDS:
        raise ReadingError(f"nội dung không phải của tệp {suffix}; tệp bị hỏng hoặc đã bị đổi đuôi")
    raise ReadingError(f"loại tệp {suffix or 'không có đuôi'} chưa được hỗ trợ")


def kind_of(content: bytes, source: str) -> str:
    """What a file is: by how it begins, and a text by its name."""
    head, suffix = content[:1_024], PurePosixPath(source).suffix.casefold()
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _kind_of_zip(content, suffix)
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(_OLE):
        return "doc"
    if suffix in _PAGES or (suffix in (*_WORDS, ".rtf") and _looks_like_page(head)):
        return "html"
    if suffix in _PICTURES:
        return "picture"
    return "text" if suffix in _TEXTS else ""


def _looks_like_page(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<html", b"<!doctype html", b"<?xml")) and b"<html" in head.lower()


def _kind_of_zip(content: bytes, suffix: str) -> str:
    if suffix == ".zip":
        return "zip"
    return "docx" if b"word/" in content or suffix in (".docx", ".docm", ".dotx") else ""


def _members(content: bytes, source: str, alive: Alive) -> Iterator[StoredText | Unread]:
    try:
        package = Package(content)
        if len(package.parts) > _MEMBERS:
            raise ReadingError(f"tệp nén có quá {_MEMBERS} tệp; hãy tách ra")
    except ReadingError as error:
        yield Unread(source, str(error))
        return
    names = sorted((member_name(part), part.filename) for part in package.parts)
    if not names:
        yield Unread(source, "tệp nén không có tệp nào")
    seen: set[str] = set()
    for shown, name in names:
        path = PurePosixPath(shown)
        inner = f"{source}/{shown_name(shown)}"
        if path.name.startswith((".", "~")) or "__MACOSX" in path.parts:
            continue
        if path.is_absolute() or ".." in path.parts or "\\" in shown:
            yield Unread(f"{source}/{shown_name(path.name)}", "đường dẫn trong tệp nén chỉ ra ngoài")
        elif is_odd_name(shown):
            yield Unread(inner, "tên tệp có ký tự điều khiển")
        elif inner in seen:
            yield Unread(inner, "hai tệp trùng tên trong tệp nén")
        elif path.suffix.casefold() == ".zip":
            yield Unread(inner, "tệp nén nằm trong tệp nén")
        else:
            try:
                member = package.read(name)
            except ReadingError as error:
                yield Unread(inner, str(error))
            else:
                seen.add(inner)
                yield _read(member, inner, alive)
