"""Old Word files."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from rag.errors import ReadingError
from rag.reading import doc
from rag.reading.doc import read_doc

LINES = ["KẾ HOẠCH", "Giao Phòng Nội vụ chủ trì, phối hợp với các xã, thị trấn. " * 40, "Một", "Hai"]


@pytest.fixture(scope="module")
def old_word(system_program: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A .doc of four paragraphs, the last two numbered by Word."""
    office = system_program("soffice", "libreoffice", package="libreoffice-writer")
    folder = tmp_path_factory.mktemp("doc")
    document = Document()
    for line in LINES:
        document.add_paragraph(line, style="List Number" if line in LINES[2:] else None)
    document.save(str(folder / "a.docx"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "doc:MS Word 97", "--outdir", folder, folder / "a.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "a.doc").read_bytes()


def test_an_old_word_file_is_read_with_its_numbers(old_word: bytes) -> None:
    assert read_doc(old_word, "a.doc").text.split("\n\n") == [LINES[0], LINES[1].strip(), "1. Một", "2. Hai"]


def test_antiword_stands_in(
    old_word: bytes, system_program: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    antiword = system_program("antiword", package="antiword")
    monkeypatch.setattr(doc.shutil, "which", lambda name: antiword if name == "antiword" else None)
    text = read_doc(old_word, "a.doc").text
    assert all(line.strip() in " ".join(text.split()) for line in LINES)


def test_a_damaged_file_is_refused(system_program: Callable[..., str]) -> None:
    system_program("soffice", "libreoffice", package="libreoffice-writer")
    with pytest.raises(ReadingError, match="Word bị hỏng"):
        read_doc(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "a.doc")


def test_without_a_program_its_install_line_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(doc.shutil, "which", lambda name: None)
    with pytest.raises(ReadingError, match="apt-get install libreoffice-writer"):
        read_doc(b"", "a.doc")


def test_nothing_is_fetched_for_an_old_word_file(
    system_program: Callable[..., str], server: list[str], tmp_path: Path
) -> None:
    office = system_program("soffice", "libreoffice", package="libreoffice-writer")
    page = f'<html><body><p>Một</p><img src="{server[0]}/a.png" width="90" height="90"><p>Hai</p></body></html>'
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    target = ("--infilter=HTML (StarWriter)", "--convert-to", "doc:MS Word 97", "--outdir", tmp_path)
    subprocess.run([office, profile, "--headless", *target, tmp_path / "a.html"], check=True, capture_output=True)
    content = (tmp_path / "a.doc").read_bytes()
    assert f"{server[0]}/a.png".encode("utf-16-le") in content
    del server[1:]
    assert read_doc(content, "a.doc").text == "Một\n\nHai"
    assert server[1:] == []
