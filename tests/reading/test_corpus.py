"""Files of the corpus: each with its text or its reason, within limits; unchanged ones are not read again."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from rag.reading.corpus import Original, digest_of, read_corpus, sentence, texts_of, unread_of
from rag.reading.files import original_of
from rag.reading.workers import Limits
from rag.types import StoredText, Unread


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return file.getvalue()


def broken_zip() -> bytes:
    content = bytearray(zipped(**{"word/document.xml": b"<w:document/>" * 50}))
    content[40:60] = bytes(20)
    return bytes(content)


BOMB = zipped(**{"bomb.txt": bytes(300_000_000)})
BAD = {
    "empty.txt": b"",
    "blank.txt": b" \n\t",
    "bytes.txt": b"K\xe1\xba ho\xff\xfe\x01",
    "zeros.txt": bytes(2_000),
    "empty.docx": b"",
    "text.docx": b"Day khong phai tep Word",
    "broken.docx": broken_zip(),
    "no-body.docx": zipped(**{"word/document.xml": b"<x/>"}),
    "no-part.docx": zipped(**{"word/styles.xml": b"<x/>"}),
    "entity.docx": zipped(**{"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
    "empty.pdf": b"",
    "broken.pdf": b"%PDF-1.7\n1 0 obj\n<<",
    "cut.pdf": b"%PDF-1.4\n%%EOF",
    "empty.htm": b"",
    "script.html": b"<html><script>x</script></html>",
    "deep.html": b"<html>" + b"<div>" * 100_000,
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
    "text.doc": b"khong phai Word",
    "empty.zip": zipped(),
    "broken.zip": b"PK\x03\x04" + bytes(40),
    "bomb.zip": BOMB,
    "nested.zip": zipped(**{"a.zip": zipped(**{"b.txt": b"a"})}),
    "outside.zip": zipped(**{"../../a.txt": b"a"}),
    "many.zip": zipped(**{f"{number}.txt": b"a" for number in range(600)}),
    "table.csv": b"a,b",
    "sheet.xlsx": zipped(**{"xl/workbook.xml": b"<x/>"}),
    "program.exe": b"MZ" + bytes(100),
    "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(30),
    "none": b"a",
}


def originals(folder: Path, **named: object) -> dict[str, Original]:
    files = [(f"{folder.name}/{path.name}", path) for path in sorted(folder.iterdir())]
    digests = {source: digest_of(path) for source, path in files}
    return {one.source: one for one in read_corpus(files, digests, {}, **named)}  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Original]:
    """A folder of bad files, a good one among them, read at once."""
    folder = tmp_path_factory.mktemp("bad")
    for name, content in BAD.items():
        (folder / name).write_bytes(content)
    (folder / "good.txt").write_text("Kế hoạch", encoding="utf-8")
    (folder / "link.txt").symlink_to("/etc/hostname")
    (folder / "gone.txt").symlink_to(folder / "absent")
    os.mkfifo(folder / "pipe.txt")
    return {source.split("/")[1]: one for source, one in originals(folder).items()}


@pytest.mark.parametrize("name", [*BAD, "link.txt", "gone.txt", "pipe.txt"])
def test_a_bad_file_gives_one_line_with_its_reason(bad: dict[str, Original], name: str) -> None:
    [found] = bad[name].found
    assert isinstance(found, Unread)
    told = sentence(found)
    assert "\n" not in told
    assert "Error" not in told
    assert "Traceback" not in told
    assert len(told) < 250


def test_the_rest_of_a_bad_folder_is_read(bad: dict[str, Original]) -> None:
    assert [text.text for text in texts_of(tuple(bad.values()))] == ["Kế hoạch"]
    assert len(unread_of(tuple(bad.values()))) == len(BAD) + 3


def test_an_archive_gives_each_of_its_texts_and_tells_of_the_others(tmp_path: Path) -> None:
    members = {"b.txt": b"Hai", "huyện/a.txt": "Một".encode(), "c.csv": b"a", ".ẩn.txt": b"a"}
    (tmp_path / "a.zip").write_bytes(zipped(**members))
    [read] = originals(tmp_path).values()
    sources = [one.source.removeprefix(f"{tmp_path.name}/") for one in read.found]
    assert sources == ["a.zip/b.txt", "a.zip/c.csv", "a.zip/huyện/a.txt"]
    assert [isinstance(one, StoredText) for one in read.found] == [True, False, True]
    assert original_of([tmp_path], f"{tmp_path.name}/a.zip/b.txt") == tmp_path / "a.zip"
    assert original_of([tmp_path], "../../etc/hostname") is None


def test_a_file_that_takes_too_long_costs_itself_alone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kế hoạch", encoding="utf-8")
    read = originals(tmp_path, limits=Limits(silent=0.0))
    [found] = read[f"{tmp_path.name}/a.txt"].found
    assert isinstance(found, Unread)
    assert "quá lâu" in found.reason


def test_what_has_not_changed_is_not_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Kế hoạch", encoding="utf-8")
    files = [("d/a.txt", path)]
    known = {"d/a.txt": Original("d/a.txt", digest_of(path), (StoredText("d/a.txt", "Như cũ"),))}
    [same] = read_corpus(files, {"d/a.txt": digest_of(path)}, known)
    assert same is known["d/a.txt"]
    path.write_text("Kế hoạch mới", encoding="utf-8")
    [changed] = read_corpus(files, {"d/a.txt": digest_of(path)}, known)
    assert [text.text for text in texts_of([changed])] == ["Kế hoạch mới"]
