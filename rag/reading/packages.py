"""Files that are ZIP archives, opened with limits on what they may unpack to; and XML that reaches for nothing."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from rag.errors import ReadingError

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST_PART = 200_000_000
LARGEST_WHOLE = 500_000_000
MOST_PARTS = 5_000
_RATIO, _SMALL = 200, 10_000_000
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError)


class Package:
    """A ZIP archive; it is read part by part, never unpacked to disk."""

    def __init__(self, content: bytes) -> None:
        """Raises: ReadingError where it is no archive, or one that is made to fill the disk."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _DAMAGED as error:
            raise ReadingError("tệp nén bị hỏng") from error
        self.parts = [part for part in self._zip.infolist() if not part.is_dir()]
        whole = sum(part.file_size for part in self.parts)
        if len(self.parts) > MOST_PARTS:
            raise ReadingError(f"tệp nén có quá {MOST_PARTS} phần")
        if whole > LARGEST_WHOLE or any(_is_bomb(part) for part in self.parts):
            raise ReadingError("tệp nén bung ra quá lớn")

    def names(self) -> set[str]:
        return {part.filename for part in self.parts}

    def read(self, name: str) -> bytes:
        """One part.

        Raises: ReadingError where it is absent, damaged, encrypted or larger than it says.
        """
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & 1:
                raise ReadingError("có mật khẩu")
            with self._zip.open(info) as file:
                content = file.read(min(LARGEST_PART, info.file_size) + 1)
        except KeyError as error:
            raise ReadingError("thiếu phần nội dung chính") from error
        except _DAMAGED as error:
            raise ReadingError("tệp nén bị hỏng") from error
        if len(content) > info.file_size:
            raise ReadingError("tệp nén bung ra quá lớn")
        return content


def member_name(part: zipfile.ZipInfo) -> str:
    """A part's name; one that is not marked as UTF-8 may be so nevertheless, as Vietnamese names mostly are."""
    if part.flag_bits & 0x800:
        return part.filename
    try:
        return part.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return part.filename


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    is_dense = part.file_size > _SMALL and part.file_size > _RATIO * max(1, part.compress_size)
    return part.file_size > LARGEST_PART or is_dense


def parse_xml(content: bytes) -> _Element:
    """The root of an XML part.

    Raises: ReadingError where it is damaged, or declares entities, which no office program writes.
    """
    from lxml import etree

    if b"<!DOCTYPE" in content[:10_000] or b"<!ENTITY" in content:
        raise ReadingError("XML có khai báo thực thể, không an toàn")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ReadingError("nội dung XML bị hỏng") from error
    return root
