"""Old Word files (.doc): made into .docx by LibreOffice, or read as plain text by antiword where that is missing."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from rag.errors import ReadingError
from rag.reading.docx import read_docx
from rag.reading.draft import Draft
from rag.types import StoredText

_MISSING = "cần LibreOffice để đọc tệp .doc; cài bằng lệnh: sudo apt-get install libreoffice-writer"
_BROKEN = "tệp Word bị hỏng, có mật khẩu, hoặc không phải tệp Word"
_SECONDS = 50
_ANTIWORD_WIDTH = "0"
_FIRST_SECTOR, _WORD_STREAM, _IS_ENCRYPTED = 512, b"\xec\xa5", 0x01
_PACKAGE = "EncryptedPackage".encode("utf-16-le")
# LibreOffice asks linked pictures from the network while it converts; a proxy where nothing listens answers for it.
_PROXY = {"Type": "2", "HTTPProxyName": "127.0.0.1", "HTTPProxyPort": "9"}
_PROXY |= {"HTTPSProxyName": "127.0.0.1", "HTTPSProxyPort": "9", "NoProxy": ""}
_SETTINGS = (
    *(("org.openoffice.Inet/Settings", f"ooInet{name}", value) for name, value in _PROXY.items()),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
)


def read_doc(content: bytes, source: str) -> StoredText:
    """A Word file of the years before 2007.

    Raises: ReadingError.
    """
    if _has_password(content):
        raise ReadingError("có mật khẩu")
    office, antiword = shutil.which("soffice") or shutil.which("libreoffice"), shutil.which("antiword")
    if not (office or antiword):
        raise ReadingError(_MISSING)
    with tempfile.TemporaryDirectory(prefix="hoidap-") as folder:
        path = Path(folder) / "a.doc"
        path.write_bytes(content)
        if office:
            return read_docx(_as_docx(office, path), source)
        return _plain(_output([antiword or "", "-m", "UTF-8.txt", "-w", _ANTIWORD_WIDTH, str(path)]), source)


def _has_password(content: bytes) -> bool:
    """Whether a compound file is an encrypted .docx, or a .doc whose header says that it is encrypted."""
    head = content[_FIRST_SECTOR:][:12]
    return _PACKAGE in content or (head.startswith(_WORD_STREAM) and bool(head[11] & _IS_ENCRYPTED))


def _as_docx(office: str, path: Path) -> bytes:
    """The file as LibreOffice saves it, with a profile of its own: no macro runs, no link is followed."""
    profile = _profile(path.parent / "profile").as_uri()
    flags = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--infilter=MS Word 97")
    target = ("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(path.parent))
    _output([office, f"-env:UserInstallation={profile}", *flags, *target, str(path)])
    try:
        return path.with_suffix(".docx").read_bytes()
    except OSError as error:
        raise ReadingError(_BROKEN) from error


def _profile(folder: Path) -> Path:
    """A new profile of LibreOffice with the settings of ours."""
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{told}</value></prop></item>'
        for path, name, told in _SETTINGS
    )
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(
        f'<?xml version="1.0"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>', "utf-8"
    )
    return folder


def _plain(text: bytes, source: str) -> StoredText:
    draft = Draft()
    for paragraph in text.decode("utf-8", "replace").split("\n\n"):
        draft.paragraph(paragraph)
    return draft.finish(source)


def _output(command: list[str]) -> bytes:
    """Raises: ReadingError where the program fails or does not end."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=_SECONDS, preexec_fn=_free
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ReadingError("trình đọc tệp .doc dừng giữa chừng") from error
    if done.returncode:
        raise ReadingError(_BROKEN)
    return done.stdout


def _free() -> None:
    """A program that is started may have as much memory as the system's hard limit for it."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
