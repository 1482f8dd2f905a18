"""Files that offices send by mistake or somebody with intent: `python -m tests.reading.bad_files FOLDER` makes them.

Each of `BAD` gives one line with its reason, each of `unsafe` its text and nothing else.
"""

from __future__ import annotations

import io
import os
import sys
import zipfile
import zlib
from pathlib import Path

from fpdf import FPDF

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return file.getvalue()


def word(body: str, *, head: str = "", **parts: bytes) -> bytes:
    """A Word document of a body; `head` stands before its root."""
    document = f'<?xml version="1.0"?>{head}<w:document {W} {R}><w:body>{body}</w:body></w:document>'
    return zipped(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode(), **parts})


def said(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def relations(kind: str, target: str) -> bytes:
    """A part of relations with one that reaches out of the file."""
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    one = f'<Relationship Id="r1" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="External"/>'
    return f'<Relationships xmlns="{space}">{one}</Relationships>'.encode()


def compound(stream: str, sector: bytes = b"") -> bytes:
    """A compound file of Microsoft's, as far as its first sector and the name of one stream."""
    return OLE + bytes(504) + sector.ljust(512, b"\0") + stream.encode("utf-16-le").ljust(512, b"\0")


def pdf(pages: int = 1, text: str = "", password: str = "") -> bytes:
    made = FPDF()
    made.set_font("helvetica", size=12)
    for number in range(pages):
        made.add_page()
        if text:
            made.cell(0, 10, f"{text} {number + 1}")
    if password:
        made.set_encryption(owner_password=password, user_password=password)
    return bytes(made.output())


def picture(width: int, height: int, pixels: bytes = b"") -> bytes:
    """A PNG that says how large it is and holds so many bytes."""

    def chunk(name: bytes, content: bytes) -> bytes:
        whole = name + content
        return len(content).to_bytes(4, "big") + whole + zlib.crc32(whole).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\0\0\0\0"
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def damaged(content: bytes) -> bytes:
    """An archive whose members are not what its list says."""
    spoilt = bytearray(content)
    spoilt[40:60] = bytes(20)
    return bytes(spoilt)


def encrypted_zip() -> bytes:
    """An archive that says of its member that it has a password."""
    content = bytearray(zipped(**{"a.txt": b"Ke hoach"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    return bytes(content)


def lying_zip() -> bytes:
    """An archive whose member is a thousand times as large as the list says."""
    content = bytearray(zipped(**{"a.txt": b"a" * 1_000_000}))
    at = content.index(b"PK\x01\x02") + 24
    content[at : at + 4] = (1_000).to_bytes(4, "little")
    return bytes(content)


def heavy_zip() -> bytes:
    """An archive of small members that are half a gigabyte together."""
    return zipped(**{f"{number}.txt": bytes(9_999_999) for number in range(60)})


GOOD = word(said("Kế hoạch"))
BILLION = '<!DOCTYPE w [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)

BAD: dict[str, tuple[bytes, str]] = {
    # nothing in it
    "empty.txt": (b"", "không có nội dung"),
    "empty.docx": (b"", "không có nội dung"),
    "empty.doc": (b"", "không có nội dung"),
    "empty.pdf": (b"", "không có nội dung"),
    "empty.htm": (b"", "không có nội dung"),
    "empty.png": (b"", "không có nội dung"),
    "empty.zip": (b"", "không có nội dung"),
    "empty.md": (b"", "không có nội dung"),
    "mark.txt": (b"\xef\xbb\xbf", "không có nội dung"),
    "blank.txt": (b" \n\t", "không có nội dung"),
    "zeros.txt": (bytes(2_000), "không có nội dung"),
    "mark-alone.txt": (b"\xff\xfe", "không có nội dung"),
    "no-member.zip": (zipped(), "không có tệp nào"),
    "blank.docx": (word(said(" ")), "không có nội dung"),
    "blank.pdf": (pdf(), "không có nội dung"),
    "script.html": (b"<html><script>x</script></html>", "không có nội dung"),
    # bytes that are no text
    "bytes.txt": (b"K\xe1\xba ho\xff\xfe\x01", "không phải văn bản UTF-8"),
    "random.txt": (bytes((number * 197 + number // 7) % 256 for number in range(4_000)), "không phải văn bản UTF-8"),
    "surrogate.txt": ("Kế ".encode() + b"\xed\xa0\x80 ho", "không phải văn bản UTF-8"),
    "half-pair.txt": (b"\xff\xfeK\0\x00\xd8h\0", "không phải văn bản UTF-16"),
    "odd-length.txt": (b"\xff\xfe" + "Kế hoạch".encode("utf-16-le")[:-1], "không phải văn bản UTF-16"),
    # not what the name says
    "text.docx": (b"Day khong phai tep Word", "không phải của tệp"),
    "text.doc": (b"khong phai Word", "không phải của tệp"),
    "text.png": (b"khong phai anh", "ảnh bị hỏng"),
    "text.pdf": (b"khong phai PDF", "không phải của tệp"),
    "text.zip": (b"khong phai zip", "không phải của tệp"),
    "random.doc": (OLE + bytes((number * 91) % 256 for number in range(5_000)), "Word bị hỏng"),
    "note.rtf": (rb"{\rtf1\ansi Ke hoach}", "chưa được hỗ trợ"),
    "table.csv": (b"a,b", "chưa được hỗ trợ"),
    "sheet.xlsx": (zipped(**{"xl/workbook.xml": b"<x/>"}), "chưa được hỗ trợ"),
    "program.exe": (b"MZ" + bytes(100), "chưa được hỗ trợ"),
    "none": (b"a", "không có đuôi"),
    # damaged or cut off
    "broken.docx": (damaged(GOOD), "hỏng"),
    "cut.docx": (GOOD[:-60], "hỏng"),
    "no-body.docx": (zipped(**{"word/document.xml": b"<x/>"}), "không có phần nội dung"),
    "no-part.docx": (zipped(**{"word/styles.xml": b"<x/>"}), "thiếu phần nội dung"),
    "broken-xml.docx": (zipped(**{"word/document.xml": b"<w:document><w:body>"}), "XML bị hỏng"),
    "broken.pdf": (b"%PDF-1.7\n1 0 obj\n<<", "PDF bị hỏng"),
    "cut.pdf": (pdf(3, "Ke hoach")[:700], "PDF bị hỏng"),
    "broken.zip": (b"PK\x03\x04" + bytes(40), "nén bị hỏng"),
    "cut.zip": (zipped(**{"a.txt": os.urandom(3_000)})[:1_500], "nén bị hỏng"),
    "cut.doc": (compound("WordDocument", b"\xec\xa5\xc1\0" + bytes(60)), "Word bị hỏng"),
    "end-alone.pdf": (b"%PDF-1.4\n%%EOF", "PDF bị hỏng"),
    "header.doc": (OLE + bytes(512), "Word bị hỏng"),
    "macro-alone.docm": (word("", **{"word/vbaProject.bin": OLE}), "không có nội dung"),
    "cut.png": (picture(600, 800, bytes(601 * 800))[:90], "ảnh bị hỏng"),
    "cut.jpg": (b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01", "ảnh bị hỏng"),
    # with a password
    "password.docx": (compound("EncryptedPackage"), "có mật khẩu"),
    "password.doc": (compound("WordDocument", b"\xec\xa5\xc1\0\0\0\0\0\0\0\0\x01"), "có mật khẩu"),
    "password.pdf": (pdf(1, "Ke hoach", password="mat khau"), "có mật khẩu"),
    "password.zip": (encrypted_zip(), "có mật khẩu"),
    # made to fill the memory or the disk, or to last
    "bomb.zip": (zipped(**{"bomb.txt": bytes(300_000_000)}), "quá lớn"),
    "bombs.zip": (heavy_zip(), "quá lớn"),
    "lying.zip": (lying_zip(), "quá lớn|hỏng"),
    "bomb.docx": (word("", **{"word/styles.xml": b"<w>" + b" " * 250_000_000}), "quá lớn"),
    "bomb.png": (picture(60_000, 60_000), "quá lớn"),
    "many.zip": (zipped(**{f"{number}.txt": b"a" for number in range(600)}), "quá 500 tệp"),
    "deep.html": (b"<html>" + b"<div>" * 100_000 + b"a", "lồng nhau|không có nội dung"),
    "deep.docx": (word("<w:sdt>" * 5_000 + said("a") + "</w:sdt>" * 5_000), "lồng nhau|hỏng"),
    "billion.docx": (word(said("&i;"), head=f"{BILLION}]>"), "thực thể"),
    # reaching for what is outside
    "main-part.docx": (
        zipped(**{"_rels/.rels": relations("officeDocument", "file:///etc/hostname"), "word/document.xml": b"<x/>"}),
        "thiếu phần nội dung",
    ),
    "entity.docx": (
        word(said("&x;"), head='<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'), "thực thể"
    ),
    "outside.zip": (zipped(**{"../../a.txt": b"a"}), "chỉ ra ngoài"),
    "absolute.zip": (zipped(**{"/etc/a.txt": b"a"}), "chỉ ra ngoài"),
    "windows.zip": (zipped(**{"C:\\a.txt": b"a"}), "chỉ ra ngoài"),
    "nested.zip": (zipped(**{"a.zip": zipped(**{"b.txt": b"a"})}), "nén nằm trong tệp nén"),
}  # fmt: skip


def unsafe(server: str, secret: str) -> dict[str, tuple[bytes, str]]:
    """Files that reach for a server, at its address, and for the file `secret`; each with the text that it has."""
    local = f"file://{secret}"
    remote_page = f"""<html><head><base href="{server}/"><link rel="stylesheet" href="{server}/a.css">
    <meta http-equiv="refresh" content="0; url={server}/"><script src="{server}/a.js"></script></head><body
    background="{server}/b.png"><img src="{server}/a.png"><iframe src="{server}/a.html"></iframe><iframe
    src="{local}"></iframe><object data="{local}"></object><p>Kế hoạch</p></body></html>"""
    doctype = f'<!DOCTYPE html SYSTEM "{server}/a.dtd" [<!ENTITY x SYSTEM "{local}"><!ENTITY y SYSTEM "{server}/y">]>'
    linked = (
        f'<w:p><w:hyperlink r:id="r1"><w:r><w:t>Kế hoạch</w:t></w:r></w:hyperlink><w:r><w:fldChar '
        f'w:fldCharType="begin"/><w:instrText>INCLUDETEXT "{local}"</w:instrText><w:instrText>DDEAUTO cmd "/c calc"'
        '</w:instrText><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    return {
        "remote.html": (remote_page.encode(), "Kế hoạch"),
        "doctype.html": (f"{doctype}<html><body><p>Kế hoạch&x;&y;</p></body></html>".encode(), "Kế hoạch&x;&y;"),
        "macro.docm": (word(said("Kế hoạch"), **{"word/vbaProject.bin": OLE + bytes(600)}), "Kế hoạch"),
        "link.docx": (
            word(linked, **{"word/_rels/document.xml.rels": relations("image", f"{server}/a.png")}),
            "Kế hoạch",
        ),
        "template.docx": (
            word(
                said("Kế hoạch"),
                **{
                    "word/settings.xml": f'<w:settings {W} {R}><w:attachedTemplate r:id="r1"/></w:settings>'.encode(),
                    "word/_rels/settings.xml.rels": relations("attachedTemplate", f"{server}/a.dotm"),
                },
            ),
            "Kế hoạch",
        ),
        "long-line.txt": ("Kế hoạch ".encode() * 900_000, "Kế hoạch " * 900_000),
        "composed ế.txt": ("Kế hoạch".encode(), "Kế hoạch"),
        "composed e\u0302\u0301.txt": ("Kế hoạch".encode(), "Kế hoạch"),
        "number.txt": (b"1\x002\x00", "1\x002\x00"),
    }


def write(folder: Path, server: str = "http://127.0.0.1:9", secret: str = "/etc/hostname") -> dict[str, str]:
    """Makes the files in a folder, with what is no file beside them; the reason of each bad one by its shown name."""
    for name, (content, _) in (BAD | unsafe(server, secret)).items():
        (folder / name).write_bytes(content)
    (folder / "link.txt").symlink_to(secret)
    (folder / "gone.txt").symlink_to(folder / "absent")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "ring").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "pipe.txt")
    with (folder / "large.txt").open("wb") as file:
        file.truncate(60_000_000)
    with (folder / "larger.pdf").open("wb") as file:
        file.truncate(201_000_000)
    for odd in (b"line\nend.txt", b"colour\x1b[31m.txt", b"latin-\xea.txt"):
        Path(os.fsdecode(bytes(folder) + b"/" + odd)).write_bytes(b"a")
    (folder / "folder.txt").mkdir()
    (folder / "folder.txt" / "good.txt").write_text("Kế hoạch", encoding="utf-8")
    no_name, no_file, outside = "đổi tên tệp", "không phải tệp thường", "trỏ ra ngoài"
    return {name: reason for name, (_, reason) in BAD.items()} | {
        "link.txt": outside,
        "gone.txt": no_file,
        "loop.txt": no_file,
        "ring": no_file,
        "pipe.txt": no_file,
        "large.txt": "50 MB",
        "larger.pdf": "200 MB",
        r"line\nend.txt": no_name,
        r"colour\x1b[31m.txt": no_name,
        r"latin-\udcea.txt": no_name,
    }


if __name__ == "__main__":
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    write(Path(sys.argv[1]))
