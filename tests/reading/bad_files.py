"""Files that offices do have and that give no text, or must not be trusted: one of each kind, made here."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from pathlib import Path

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LINKS = ("link.txt", "gone.txt", "loop.txt", "pipe.txt")
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(members: dict[str, bytes]) -> bytes:
    """A .zip with these files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return file.getvalue()


def bad_files() -> dict[str, bytes]:
    """Name to content of each bad file."""
    return {**_texts(), **_words(), **_pages(), **_archives(), **_others()}


def _texts() -> dict[str, bytes]:
    return {
        "empty.txt": b"",
        "blank.txt": b" \n\t",
        "mark.txt": b"\xef\xbb\xbf",
        "bytes.txt": b"K\xe1\xba ho\xff\xfe\x01",
        "zeros.txt": bytes(2_000),
        "odd.txt": b"\xff\xfeK\x00h",
        "empty.md": b"",
        "empty.htm": b"",
        "script.html": b"<html><script>x</script></html>",
        "frame.html": b'<html><iframe src="file:///etc/hostname"></iframe></html>',
        "remote.html": b'<html><img src="http://192.0.2.1/a.png"><link rel="stylesheet" href="//192.0.2.1/a"></html>',
        "entity.html": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><html></html>',
        "deep.html": b"<html>" + b"<div>" * 100_000,
    }


def _words() -> dict[str, bytes]:
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (step, b"&l%d;" % (step - 1) * 10) for step in range(1, 10))
    laughing = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">' + laughs + b"]><a>&l9;</a>"
    broken = bytearray(zipped({"word/document.xml": b"<w:document/>" * 50}))
    broken[40:60] = bytes(20)
    outside = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'
    empty = f'<w:document xmlns:w="{WORD}"><w:body/></w:document>'.encode()
    return {
        "empty.docx": b"",
        "text.docx": b"Day khong phai tep Word",
        "broken.docx": bytes(broken),
        "cut.docx": zipped({"word/document.xml": empty * 50})[:60],
        "no-body.docx": zipped({"word/document.xml": b"<x/>"}),
        "no-part.docx": zipped({"word/styles.xml": b"<x/>"}),
        "no-text.docx": zipped({"word/document.xml": empty}),
        "macro.docm": zipped({"word/document.xml": empty, "word/vbaProject.bin": OLE}),
        "entity.docx": zipped({"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "outside.docx": zipped({"word/document.xml": outside}),
        "laughs.docx": zipped({"word/document.xml": laughing}),
        "bomb.docx": zipped({"word/document.xml": bytes(300_000_000)}),
        "encrypted.docx": OLE + bytes(1_000) + "EncryptedPackage".encode("utf-16-le") + bytes(1_000),
        "old.doc": OLE + bytes(512),
        "text.doc": b"khong phai Word",
        "empty.doc": b"",
    }


def _pages() -> dict[str, bytes]:
    import pypdfium2

    long = io.BytesIO()
    with pypdfium2.PdfDocument.new() as document:
        for _ in range(1_000):
            document.new_page(100, 100)
        document.save(long)
    return {
        "empty.pdf": b"",
        "broken.pdf": b"%PDF-1.7\n1 0 obj\n<<",
        "cut.pdf": b"%PDF-1.4\n%%EOF",
        "long.pdf": long.getvalue(),
        "encrypted.pdf": _locked(),
        "empty.png": b"",
        "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(30),
        "text.jpg": b"khong phai anh",
        "huge.png": _huge(),
    }


def _locked() -> bytes:
    """A PDF of one page that opens with a password alone."""
    key = b"<" + b"41" * 32 + b">"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        b"<</Filter/Standard/V 1/R 2/P -4/O " + key + b"/U " + key + b">>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 5\n0000000000 65535 f \n" + rows + trailer


def _huge() -> bytes:
    """A picture of few bytes that says of itself 60,000 by 60,000 dots."""

    def part(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + part(b"IDAT", zlib.compress(bytes(1_000))) + part(b"IEND", b"")
    )


def _archives() -> dict[str, bytes]:
    locked = bytearray(zipped({"a.txt": b"a"}))
    for mark, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + flag] |= 1
    return {
        "zero.zip": b"",
        "empty.zip": zipped({}),
        "broken.zip": b"PK\x03\x04" + bytes(40),
        "bomb.zip": zipped({"bomb.txt": bytes(300_000_000)}),
        "nested.zip": zipped({"a.zip": zipped({"b.txt": b"a"})}),
        "outside.zip": zipped({"../../a.txt": b"a"}),
        "rooted.zip": zipped({"/etc/a.txt": b"a"}),
        "many.zip": zipped({f"{number}.txt": b"a" for number in range(600)}),
        "locked.zip": bytes(locked),
    }


def _others() -> dict[str, bytes]:
    return {
        "table.csv": b"a,b",
        "sheet.xlsx": zipped({"xl/workbook.xml": b"<x/>"}),
        "program.exe": b"MZ" + bytes(100),
        "none": b"a",
    }


def write_bad_files(folder: Path) -> None:
    """Writes every bad file into a folder, with links that lead outside, nowhere and to themselves, and a pipe."""
    for name, content in bad_files().items():
        (folder / name).write_bytes(content)
    outside, nowhere, itself, pipe = (folder / name for name in LINKS)
    outside.symlink_to("/etc/hostname")
    nowhere.symlink_to(folder / "absent")
    itself.symlink_to(itself)
    os.mkfifo(pipe)
