"""Plain text files: found in a stable order, decoded exactly, refused with their name."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import ReadingError
from rag.reading.corpus import read_texts
from rag.reading.files import corpus_files
from rag.reading.text import decode

UNMARKED = "số 5 của Ban Dân vận Huyện ủy về quy chế phối hợp"


def write(path: Path, content: str | bytes = "Kế hoạch") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def sources(*folders: Path) -> list[str]:
    return [source for source, _ in corpus_files(folders)]


def decoded(path: Path) -> str:
    [stored] = read_texts([("documents/a.txt", path)])
    assert stored.source == "documents/a.txt"
    return stored.text


def test_files_are_named_by_their_folder_in_a_stable_order(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    for name in ("b.txt", "a.txt", "huyện/c.md", "Z.TXT"):
        write(folder / name)
    assert sources(folder) == [
        "documents/Z.TXT",
        "documents/a.txt",
        "documents/b.txt",
        "documents/huyện/c.md",
    ]


def test_hidden_files_locks_and_folders_are_no_texts(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    for name in ("a.txt", "b.docx", "c.csv", ".ẩn.txt", "~$a.txt", "d", "Thumbs.db", "held.csv"):
        write(folder / name)
    (folder / "e.txt").mkdir()
    assert sources(folder) == ["documents/a.txt", "documents/b.docx", "documents/c.csv", "documents/d"]


def test_a_place_may_be_one_file(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        write(tmp_path / "documents" / name)
    assert sources(tmp_path / "documents" / "b.txt") == ["documents/b.txt"]


def test_folders_stand_side_by_side(tmp_path: Path) -> None:
    write(tmp_path / "tỉnh" / "a.txt")
    write(tmp_path / "huyện" / "a.txt")
    assert sources(tmp_path / "tỉnh", tmp_path / "huyện") == ["huyện/a.txt", "tỉnh/a.txt"]


def test_a_relative_folder_has_the_name_of_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "documents" / "a.txt")
    monkeypatch.chdir(tmp_path / "documents")
    assert sources(Path()) == ["documents/a.txt"]


def test_an_absent_folder_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="không-có"):
        corpus_files([tmp_path / "không-có"])


def test_two_folders_of_one_name_with_one_path_are_an_error(tmp_path: Path) -> None:
    for parent in ("một", "hai"):
        write(tmp_path / parent / "documents" / "a.txt")
    with pytest.raises(ReadingError, match=r"documents/a\.txt"):
        corpus_files([tmp_path / "một" / "documents", tmp_path / "hai" / "documents"])


def test_an_empty_folder_has_no_files(tmp_path: Path) -> None:
    assert corpus_files([tmp_path]) == []
    assert corpus_files([]) == []


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Kế hoạch\n".encode(), "Kế hoạch\n"),
        (b"\xef\xbb\xbf" + "Kế hoạch".encode(), "Kế hoạch"),  # a byte order mark
        ("một\r\nhai\rba\n".encode(), "một\r\nhai\rba\n"),  # line ends as they are
        (
            unicodedata.normalize("NFD", "ủy").encode(),
            unicodedata.normalize("NFD", "ủy"),
        ),  # forms as they are
        ("ph\u00adương\u00a0án\f".encode(), "ph\u00adương\u00a0án\f"),
        ("Kế hoạch".encode("utf-16"), "Kế hoạch"),
        (f"Kế hoạch {UNMARKED}".encode("utf-16-le"), f"Kế hoạch {UNMARKED}"),
        (f"Kế hoạch {UNMARKED}".encode("utf-16-be"), f"Kế hoạch {UNMARKED}"),
    ],
)
def test_texts_are_decoded_exactly(tmp_path: Path, content: bytes, text: str) -> None:
    assert decoded(write(tmp_path / "a.txt", content)) == text


@settings(max_examples=50, deadline=None, derandomize=True)
@given(
    st.text(min_size=1, max_size=60).filter(
        lambda text: text.replace("\0", "").strip() and not text.startswith("\ufeff")
    )
)
def test_any_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    assert decoded(write(tmp_path_factory.getbasetemp() / "any.txt", text)) == text


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "không có nội dung"),
        (b" \n\t\n", "không có nội dung"),
        (b"\xef\xbb\xbf", "không có nội dung"),
        ("Kế hoạch".encode() + b"\xff", "lỗi ở byte 12"),
        ("Kho¸ XI".encode("latin-1"), "UTF-8"),
        ("Kế".encode("utf-16-le"), "UTF-8"),  # too few bytes to tell their encoding
        ("Kế hoạch".encode("utf-16")[:-1], "UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_with_its_name(tmp_path: Path, content: bytes, message: str) -> None:
    path = write(tmp_path / "a.txt", content)
    with pytest.raises(ReadingError, match=rf"documents/a\.txt.*{message}"):
        list(read_texts([("documents/a.txt", path)]))


def test_a_file_that_is_gone_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"documents/a\.txt"):
        list(read_texts([("documents/a.txt", tmp_path / "a.txt")]))


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(ReadingError, match="50 MB"):
        list(read_texts([("documents/a.txt", path)]))


def test_some_zero_bytes_are_no_utf_16() -> None:
    assert decode(b"a\0b\0") == "a\0b\0"
    assert decode("Kế hoạch".encode("utf-16-le")) == "Kế hoạch"


@pytest.mark.parametrize("text", [UNMARKED, UNMARKED.upper(), unicodedata.normalize("NFD", UNMARKED), "ABC\tDEF\r\n12"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_by_its_letters(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text
    assert decode((text * 200).encode(encoding)) == text * 200


@pytest.mark.parametrize(
    "content",
    [
        b"".join(number.to_bytes(2, "little") for number in range(128)),  # a table of small numbers, no text
        b"".join(number.to_bytes(2, "big") for number in range(128)),
        b"\x01\0a\0" * 50,  # letters with control characters between them
        b"a\0b\0c\0d\0e\0f\0g\0" + b"ab" * 9,  # as UTF-16 half of it is Chinese
    ],
)
def test_zero_bytes_of_what_is_no_text_in_utf_16_tell_nothing(content: bytes) -> None:
    assert decode(content) == content.decode()


def test_utf_16_without_its_last_byte_is_told_as_such() -> None:
    for content in (UNMARKED.encode("utf-16-le")[:-1], (UNMARKED * 100).encode("utf-16-be")[:-1]):
        with pytest.raises(ReadingError, match="UTF-16"):
            decode(content)
