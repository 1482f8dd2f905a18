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


def read_doc(content: bytes, source: str) -> StoredText:
    """A Word file of the years before 2007.

    Raises: ReadingError.
    """
    office, antiword = shutil.which("soffice") or shutil.which("libreoffice"), shutil.which("antiword")
    if not (office or antiword):
        raise ReadingError(_MISSING)
    with tempfile.TemporaryDirectory(prefix="hoidap-") as folder:
        path = Path(folder) / "a.doc"
        path.write_bytes(content)
        if office:
            return read_docx(_as_docx(office, path), source)
        return _plain(_output([antiword or "", "-m", "UTF-8.txt", "-w", _ANTIWORD_WIDTH, str(path)]), source)


def _as_docx(office: str, path: Path) -> bytes:
    """The file as LibreOffice saves it, with a profile of its own and no macros."""
    profile = (path.parent / "profile").as_uri()
    flags = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--infilter=MS Word 97")
    target = ("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(path.parent))
    _output([office, f"-env:UserInstallation={profile}", *flags, *target, str(path)])
    try:
        return path.with_suffix(".docx").read_bytes()
    except OSError as error:
        raise ReadingError(_BROKEN) from error


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
