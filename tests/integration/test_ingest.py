"""`hoidap ingest` over a small corpus with the real libraries: what is done, refused and kept serving."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from rag.answering.assistant import Assistant
from rag.cli import main
from rag.config import PROJECT, Config, read_config
from rag.index.encoder import load_encoder
from rag.index.ingest import ingest, known_vectors
from rag.index.snapshot import current_manifest, home, serving_folder
from rag.index.vectors import Vectors
from rag.index.windows import Section
from rag.types import Answer

pytestmark = pytest.mark.integration

TEXT = """ỦY BAN NHÂN DÂN
HUYỆN CAO LỘC

KẾ HOẠCH
Thực hiện công tác dân vận

I. MỤC ĐÍCH
Thực hiện Quyết định số 320-QĐ/TU, ngày 13/6/2016 của Ban Thường vụ Tỉnh ủy về quy chế đối thoại trực tiếp.

II. TỔ CHỨC THỰC HIỆN
Giao Phòng Nội vụ theo dõi, đôn đốc việc thực hiện Kế hoạch này.
"""
QUESTION = "Quyết định 320-QĐ/TU do ai ban hành, ngày nào?"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus, a catalogue and a first snapshot."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "documents").mkdir()
    (folder / "documents" / "ke-hoach.txt").write_text(TEXT, encoding="utf-8")
    shutil.copy(PROJECT / "corpus" / "catalogue.csv", folder / "catalogue.csv")
    ingest(config_of(folder))
    return folder


@pytest.fixture
def office(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, which the commands of the test work on."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    next((tmp_path / "data" / "corpora").iterdir()).rename(home(config_of(tmp_path)))
    monkeypatch.setenv("HOIDAP_CORPUS", str(tmp_path / "documents"))
    monkeypatch.setenv("HOIDAP_CATALOGUE", str(tmp_path / "catalogue.csv"))
    monkeypatch.setenv("HOIDAP_DATA", str(tmp_path / "data"))
    return tmp_path


def config_of(folder: Path) -> Config:
    return Config(corpus=(folder / "documents",), catalogue=folder / "catalogue.csv", data=folder / "data")


def config() -> Config:
    return read_config(os.environ)


def serving() -> tuple[object, Answer]:
    """The manifest of the snapshot that serves, and an answer from it."""
    return current_manifest(config()), Assistant.open(config()).ask(QUESTION)


def said(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    return captured.out + captured.err


def test_nothing_is_done_when_nothing_changed(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (home(config()) / "CURRENT").read_bytes(), serving()
    said(capsys)
    assert main(["ingest"]) == 0
    assert capsys.readouterr().out.startswith("Không có gì thay đổi")
    assert ((home(config()) / "CURRENT").read_bytes(), serving()) == before


def test_a_question_before_the_first_ingest_makes_the_snapshot(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(office / "data")
    assert main(["ask", QUESTION]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("Quyết định số 320-QĐ/TU")
    assert "đang lập lần đầu" in captured.err
    assert "Đã lập chỉ mục: 1 tệp" in captured.err


def test_a_changed_text_or_catalogue_is_ingested_and_named(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = office / "documents" / "ke-hoach.txt"
    text.write_text(TEXT.replace("13/6/2016", "14/6/2016"), encoding="utf-8")
    said(capsys)
    assert main(["ask", QUESTION]) == 0
    assert "đã thay đổi" in capsys.readouterr().err
    assert main(["ingest"]) == 0
    assert "thay đổi ở kho văn bản:" in capsys.readouterr().out
    assert serving()[1].documents[0].date == "2016-06-14"

    (office / "catalogue.csv").unlink()
    assert main(["ingest"]) == 0
    assert "thay đổi ở danh mục đã kiểm tra:" in capsys.readouterr().out
    assert main(["ingest", "--force"]) == 0
    assert capsys.readouterr().out.startswith("Đã lập lại chỉ mục:")


def broken_bytes(office: Path) -> None:
    (office / "documents" / "hỏng.txt").write_bytes("Kế hoạch".encode() + b"\xff\xfe")


def empty_file(office: Path) -> None:
    (office / "documents" / "trống.txt").write_text(" \n", encoding="utf-8")


def broken_catalogue(office: Path) -> None:
    (office / "catalogue.csv").write_bytes(b"\xff\xfe")


def name_without_letters(office: Path) -> None:
    (office / "documents" / "k\udcff.txt").write_text("Kế hoạch", encoding="utf-8")


def no_files(office: Path) -> None:
    (office / "documents" / "ke-hoach.txt").unlink()


def no_folder(office: Path) -> None:
    shutil.rmtree(office / "documents")


def test_only_new_passages_are_encoded_and_the_vectors_are_those_of_a_fresh_start(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoded: list[str] = []

    class Counting:
        def __init__(self, name: str) -> None:
            self._encoder = load_encoder(name)

        def encode_queries(self, texts: Sequence[str]) -> Vectors:
            return self._encoder.encode_queries(texts)

        def encode_sections(self, sections: Sequence[Section]) -> Vectors:
            encoded.extend(text for section in sections for text in section.texts)
            return self._encoder.encode_sections(sections)

    monkeypatch.setattr("rag.index.ingest.load_encoder", Counting)
    added = "THÔNG BÁO\nvề lịch tiếp dân\n\nVăn phòng tiếp công dân vào thứ năm hằng tuần.\n"
    (office / "documents" / "thong-bao.txt").write_text(added, encoding="utf-8")
    ingest(read_config())
    assert any("tiếp công dân" in text for text in encoded)
    assert not any("320-QĐ/TU" in text for text in encoded)
    kept = known_vectors(read_config())
    ingest(read_config(), force=True)
    fresh = known_vectors(read_config())
    assert kept.keys() == fresh.keys()
    furthest = max(float(abs(kept[text] - fresh[text]).max()) for text in kept)
    assert furthest < 1e-6  # Chroma makes what it keeps of unit length once more


def test_an_index_that_follows_the_corpus_is_the_one_that_is_made_from_nothing(office: Path) -> None:
    documents, known = office / "documents", read_config()
    (documents / "thong-bao.txt").write_text(f"THÔNG BÁO\n\n{TEXT[-90:]}\n", encoding="utf-8")
    ingest(known)
    (documents / "ke-hoach.txt").write_text(TEXT.replace("Giao Phòng Nội vụ", "Giao Văn phòng"), encoding="utf-8")
    ingest(known)
    (documents / "thong-bao.txt").unlink()
    ingest(known)
    followed = contents(known)
    ingest(known, force=True)
    made = contents(known)
    assert {"diacritics.json", "knowledge.json", "tokens.json", "words/plain/data.csc.index.npy"} <= made.keys()
    assert [name for name in followed if followed[name] != made[name]] == []


def contents(known: Config) -> dict[str, bytes]:
    """What the snapshot that serves holds, without its vectors, whose last bits may differ, and its time."""
    folder = serving_folder(known)
    assert folder
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    left_out = ("vectors/", "calibration.json", "documents.pickle", "manifest.json")
    return {name: path.read_bytes() for name, path in sorted(files.items()) if not name.startswith(left_out)}


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (broken_catalogue, "Không đọc được danh mục văn bản đã kiểm tra"),
        (no_files, "Không có tệp văn bản nào trong"),
        (no_folder, "Không thấy thư mục văn bản"),
    ],
)
def test_a_spoilt_corpus_is_told_and_the_old_snapshot_serves(
    office: Path, capsys: pytest.CaptureFixture[str], spoil: Callable[[Path], None], sentence: str
) -> None:
    before = serving()
    said(capsys)
    spoil(office)
    assert main(["ingest"]) == 1
    captured = capsys.readouterr()
    assert sentence in captured.err
    assert "ngoài dự kiến" not in captured.err
    assert serving() == before
    assert main(["ask", QUESTION]) == 0
    assert "theo chỉ mục cũ" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (name_without_letters, "không phải UTF-8"),
        (broken_bytes, "Tệp documents/hỏng.txt: không phải văn bản UTF-8"),
        (empty_file, "Tệp documents/trống.txt: không có nội dung."),
    ],
)
def test_a_file_that_gives_no_text_is_told_and_the_rest_serves(
    office: Path, capsys: pytest.CaptureFixture[str], spoil: Callable[[Path], None], sentence: str
) -> None:
    before = serving()
    spoil(office)
    for _ in range(2):  # the second time nothing has changed, and it is told all the same
        assert main(["ingest"]) == 1
        assert sentence in capsys.readouterr().err
    assert serving() != before
    assert main(["ask", QUESTION]) == 0
    assert "13/6/2016" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["Xin chào", ".", "1", "a\n\n\n\nb", "\f", "Điều 1."])
def test_a_text_of_next_to_nothing_is_ingested_or_refused(
    office: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    (office / "documents" / "ke-hoach.txt").write_text(text, encoding="utf-8")
    code = main(["ingest"])
    assert code in (0, 1)
    assert "ngoài dự kiến" not in said(capsys)
    assert Assistant.open(config()).ask(QUESTION).status in ("answered", "not_found")


def test_of_two_ingests_at_once_the_second_says_so(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = serving()[1]
    first = subprocess.Popen(
        [sys.executable, "-m", "rag", "ingest", "--force"],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )
    try:
        wait_for_a_version_in_the_making()
        said(capsys)
        assert main(["ingest", "--force"]) == 1
        assert "Một tiến trình khác đang đọc kho văn bản" in capsys.readouterr().err
        out, _ = first.communicate(timeout=120)
    finally:
        first.kill()
        first.wait()
    assert (first.returncode, out.split(":")[0]) == (0, "Đã lập lại chỉ mục")
    assert serving()[1] == before
    assert not list((home(config()) / "versions").glob(".making-*"))


def wait_for_a_version_in_the_making() -> None:
    deadline = time.monotonic() + 60
    while not list((home(config()) / "versions").glob(".making-*")):
        assert time.monotonic() < deadline, "the first ingest did not start"
        time.sleep(0.01)


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def assert_the_refusal_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    captured = capsys.readouterr()
    assert "Không ghi được" in captured.err
    assert "ngoài dự kiến" not in captured.err
    assert not list((home(config()) / "versions").glob(".making-*"))


def test_a_disk_that_refuses_is_told_and_the_old_snapshot_serves(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = serving()
    said(capsys)
    with files_up_to(10_000):
        assert main(["ingest", "--force"]) == 1
    assert_the_refusal_is_told(capsys)
    assert serving() == before


@pytest.mark.parametrize("left", [20_000, 1_500_000], ids=["at once", "at the vectors"])
def test_a_full_disk_is_told_and_the_old_snapshot_serves(
    office: Path, capsys: pytest.CaptureFixture[str], left: int
) -> None:
    disk = office / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk], capture_output=True)
    if mounted.returncode:
        pytest.skip("only root may mount a small disk")
    try:
        shutil.copytree(office / "data", disk, dirs_exist_ok=True)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("HOIDAP_DATA", str(disk))
            before = serving()
            said(capsys)
            (disk / "filler").write_bytes(bytes(shutil.disk_usage(disk).free - left))
            assert main(["ingest", "--force"]) == 1
            assert_the_refusal_is_told(capsys)
            assert serving() == before
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_folder_is_told_and_the_old_snapshot_serves(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = serving()
    said(capsys)
    folders = [home(config()), home(config()) / "versions"]
    for folder in folders:
        folder.chmod(0o555)
    try:
        assert main(["ingest", "--force"]) == 1
        assert_the_refusal_is_told(capsys)
        assert serving() == before
    finally:
        for folder in folders:
            folder.chmod(0o755)


def test_a_data_folder_that_is_a_file_is_told(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOIDAP_DATA", str(office / "catalogue.csv"))
    assert main(["ingest"]) == 1
    assert "Không ghi được chỉ mục vào" in said(capsys)
