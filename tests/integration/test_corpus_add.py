"""`hoidap corpus add` beside what goes wrong: bad files, a kill, another process, a full disk."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from rag.cli import main
from rag.config import PROJECT, read_config
from rag.index.collection import changing
from rag.index.ingest import ingest
from rag.index.snapshot import home, open_snapshot
from tests.reading import bad_files

pytestmark = pytest.mark.integration

PLAN = "KẾ HOẠCH\nThực hiện công tác dân vận\n\nGiao Phòng Nội vụ theo dõi, đôn đốc việc thực hiện Kế hoạch này.\n"
NOTICE = "THÔNG BÁO\nvề lịch tiếp dân\n\nVăn phòng tiếp công dân vào thứ {} hằng tuần.\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus of one plan and a first snapshot."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "documents").mkdir()
    (folder / "documents" / "ke-hoach.txt").write_text(PLAN, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        point_to(folder, patch)
        ingest(read_config())
    return folder


@pytest.fixture
def office(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, on which the commands of the test work."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    point_to(tmp_path, monkeypatch)
    next((tmp_path / "data" / "corpora").iterdir()).rename(home(read_config()))
    return tmp_path


def point_to(folder: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("HOIDAP_CORPUS", str(folder / "documents"))
    patch.setenv("HOIDAP_CATALOGUE", str(folder / "catalogue.csv"))
    patch.setenv("HOIDAP_DATA", str(folder / "data"))


def held() -> list[str]:
    """The texts of the snapshot that serves."""
    return sorted(text.source.removeprefix("documents/") for text in open_snapshot(read_config()).knowledge.texts)


def in_corpus(office: Path) -> list[str]:
    return sorted(path.name for path in (office / "documents").iterdir())


def notice(office: Path, name: str, day: str = "năm") -> Path:
    path = office / name
    path.write_text(NOTICE.format(day), encoding="utf-8")
    return path


def test_a_folder_of_bad_files_gives_one_line_each_and_the_good_ones_are_added(
    office: Path, system_program: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    system_program("soffice", "libreoffice", "antiword", package="libreoffice-writer")
    incoming = office / "incoming"
    incoming.mkdir()
    reasons = bad_files.write(incoming)
    (incoming / "long-line.txt").unlink()  # eight megabytes that other tests read
    assert main(["corpus", "add", "--json", str(incoming)]) == 1
    rows = json.loads(capsys.readouterr().out)
    unread = {row["file"]: row["reason"] for row in rows if row["result"] == "unread"}
    assert len(rows) == len({row["file"] for row in rows}) == len(reasons) + sum(r["result"] != "unread" for r in rows)
    assert unread.keys() == reasons.keys()
    assert len(unread) > 60
    assert all(reason.isprintable() and len(reason) < 200 for reason in unread.values())
    added = {row["file"] for row in rows if row["result"] == "new"}
    assert added | {"ke-hoach.txt"} == set(held())
    assert "number.txt" in added
    assert not set(in_corpus(office)) & set(reasons)

    shutil.rmtree(office / "documents")
    incoming.rename(office / "documents")  # put there by hand
    assert main(["ingest"]) == 1
    told = capsys.readouterr().err
    assert all(told.count(f"documents/{name}: ") == 1 for name in reasons if not name.endswith(".zip")), told


def test_an_add_that_is_killed_before_the_index_is_made_can_be_run_again(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = notice(office, "thong-bao.txt")
    (office / "documents" / ".left.txt.part").write_text("nửa chừng", encoding="utf-8")
    command = [sys.executable, "-m", "rag", "corpus", "add", str(path)]
    process = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while "thong-bao.txt" not in in_corpus(office) and time.monotonic() < deadline:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert (in_corpus(office), held()) == (["ke-hoach.txt", "thong-bao.txt"], ["ke-hoach.txt"])
    assert main(["corpus", "add", str(path)]) == 0
    assert "trùng nội dung với documents/thong-bao.txt" in capsys.readouterr().err
    assert in_corpus(office) == held() == ["ke-hoach.txt", "thong-bao.txt"]


def test_of_two_that_change_the_corpus_at_once_the_second_does_nothing(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = notice(office, "thong-bao.txt")
    with changing(read_config()):
        assert main(["corpus", "add", str(path)]) == 1
        assert main(["corpus", "remove", "--yes", "ke-hoach.txt"]) == 1
    assert "Một tiến trình khác đang thêm hoặc bỏ tệp" in capsys.readouterr().err
    assert in_corpus(office) == held() == ["ke-hoach.txt"]


def test_a_file_that_is_added_while_another_process_ingests_is_indexed_when_it_is_added_again(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = notice(office, "thong-bao.txt")
    with FileLock(home(read_config()) / "ingest.lock"):
        assert main(["corpus", "add", str(path)]) == 1
    assert "Một tiến trình khác đang đọc kho văn bản" in capsys.readouterr().err
    assert held() == ["ke-hoach.txt"]
    assert main(["corpus", "add", str(path)]) == 0
    assert in_corpus(office) == held() == ["ke-hoach.txt", "thong-bao.txt"]


def test_a_full_disk_costs_the_file_that_it_has_no_room_for_and_the_old_index_serves(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small = notice(office, "thong-bao.txt")
    large = office / "lon.txt"
    large.write_text("\n\n".join(NOTICE.format(number) for number in range(300)), encoding="utf-8")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        assert main(["corpus", "add", "--json", str(large), str(small)]) == 1
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    said = capsys.readouterr()
    assert [row["result"] for row in json.loads(said.out)] == ["failed", "new"]
    assert "Không chép được lon.txt" in said.out
    assert "Không ghi được chỉ mục" in said.err
    assert "ngoài dự kiến" not in said.err
    assert (in_corpus(office), held()) == (["ke-hoach.txt", "thong-bao.txt"], ["ke-hoach.txt"])
    assert main(["corpus", "add", str(large), str(small)]) == 0
    assert in_corpus(office) == held() == ["ke-hoach.txt", "lon.txt", "thong-bao.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_folder_that_takes_no_file_is_told(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = notice(office, "thong-bao.txt")
    (office / "documents").chmod(0o555)
    try:
        assert main(["corpus", "add", str(path)]) == 1
    finally:
        (office / "documents").chmod(0o755)
    assert "Không chép được thong-bao.txt" in capsys.readouterr().err
    assert held() == ["ke-hoach.txt"]
