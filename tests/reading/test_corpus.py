"""Files of the corpus: each with its text or its reason, within limits; unchanged ones are not read again."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.reading.corpus import Original, digest_of, read_corpus, sentence, texts_of, unread_of
from rag.reading.files import original_of
from rag.reading.workers import Limits
from rag.types import StoredText, Unread
from tests.reading.bad_files import LINKS, bad_files, write_bad_files, zipped


def originals(folder: Path, **named: object) -> dict[str, Original]:
    files = [(f"{folder.name}/{path.name}", path) for path in sorted(folder.iterdir())]
    digests = {source: digest_of(path) for source, path in files}
    return {one.source: one for one in read_corpus(files, digests, {}, **named)}  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Original]:
    """A folder of bad files, a good one among them, read at once."""
    folder = tmp_path_factory.mktemp("bad")
    write_bad_files(folder)
    (folder / "good.txt").write_text("Kế hoạch", encoding="utf-8")
    return {source.split("/")[1]: one for source, one in originals(folder).items()}


@pytest.mark.parametrize("name", [*bad_files(), *LINKS])
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
    assert len(unread_of(tuple(bad.values()))) == len(bad_files()) + len(LINKS) >= 40


def test_what_a_file_is_not_is_told_of_its_content(bad: dict[str, Original]) -> None:
    reasons = {name: found.reason for name, one in bad.items() for found in one.found if isinstance(found, Unread)}
    assert reasons["empty.pdf"] == reasons["empty.docx"] == "tệp rỗng, không có nội dung"
    assert "đổi đuôi" in reasons["text.docx"]
    assert "mật khẩu" in reasons["encrypted.pdf"]
    assert "mật khẩu" in reasons["encrypted.docx"]
    assert "mật khẩu" in reasons["locked.zip"]
    assert "1000 trang" in reasons["long.pdf"]
    assert "thực thể" in reasons["laughs.docx"]


def test_an_archive_gives_each_of_its_texts_and_tells_of_the_others(tmp_path: Path) -> None:
    members = {"b.txt": b"Hai", "huyện/a.txt": "Một".encode(), "c.csv": b"a", ".ẩn.txt": b"a"}
    (tmp_path / "a.zip").write_bytes(zipped(members))
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
