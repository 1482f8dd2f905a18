"""Files of the corpus: each with its text or its reason, within limits; unchanged ones are not read again."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.reading.corpus import Original, digest_of, read_corpus, sentence, texts_of, unread_of
from rag.reading.files import corpus_files, original_of
from rag.reading.workers import Limits
from rag.types import StoredText, Unread
from tests.reading import bad_files
from tests.reading.bad_files import zipped


def originals(folder: Path, **named: object) -> dict[str, Original]:
    files = [(f"{folder.name}/{path.name}", path) for path in sorted(folder.iterdir())]
    digests = {source: digest_of(path) for source, path in files}
    return {one.source: one for one in read_corpus(files, digests, {}, **named)}  # type: ignore[arg-type]


def test_each_bad_file_gives_one_line_and_the_rest_is_read(
    system_program: Callable[..., str], server: list[str], tmp_path: Path
) -> None:
    system_program("soffice", "libreoffice", "antiword", package="libreoffice-writer")
    folder, secret = tmp_path / "bad", tmp_path / "secret.txt"
    folder.mkdir()
    secret.write_text("điều bí mật của máy này", encoding="utf-8")
    reasons = bad_files.write(folder, server[0], str(secret))
    files = corpus_files([folder])
    read = read_corpus(files, {source: digest_of(path) for source, path in files}, {})
    told = {}
    for one in unread_of(read):
        name = one.source.split("/")[1]
        assert name not in told
        assert re.search(reasons.get(name, "-"), one.reason), (name, one.reason)
        told[name] = sentence(one)
    assert told.keys() == reasons.keys()
    assert len(told) > 60
    assert all(line.isprintable() and "Error" not in line and len(line) < 250 for line in told.values())
    texts = {text.source.removeprefix("bad/"): text.text for text in texts_of(read)}
    harmless = {name: text for name, (_, text) in bad_files.unsafe(server[0], str(secret)).items()}
    assert texts == harmless | {"folder.txt/good.txt": "Kế hoạch"}
    assert server[1:] == []  # nobody asked it


def test_two_files_of_one_name_in_an_archive_do_not_pass_for_one(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        package.writestr("a.txt", "Một")
        with pytest.warns(UserWarning, match="Duplicate"):
            package.writestr("a.txt", "Hai")
        package.writestr("b\nc.txt", "Ba")
    [read] = originals(tmp_path).values()
    assert [one.text if isinstance(one, StoredText) else one.reason for one in read.found] == [
        "Hai",
        "hai tệp trùng tên trong tệp nén",
        "tên tệp có ký tự điều khiển",
    ]


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
