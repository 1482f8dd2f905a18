"""A killed ingest never leaves the program without a working index."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from rag.answering.assistant import Assistant
from rag.config import PROJECT, Config
from rag.index import snapshot
from rag.index.ingest import ingest
from rag.index.snapshot import Manifest, current_manifest, home, open_snapshot
from rag.index.vectors import VectorIndex
from rag.index.words import WordIndex

pytestmark = pytest.mark.integration

QUESTION = "Đơn vị nào theo dõi, đôn đốc việc thực hiện kế hoạch?"
TEXT = "KẾ HOẠCH\nThực hiện công tác dân vận\n\nGiao Phòng Nội vụ theo dõi, đôn đốc việc thực hiện Kế hoạch này.\n"
MOMENTS = 10
INGEST = (sys.executable, "-m", "rag", "ingest", "--force")


@pytest.fixture
def config(plan_config: Config, tmp_path: Path) -> Config:
    """A copy of the plan's first snapshot."""
    copy = plan_config.model_copy(update={"data": tmp_path / "data"})
    shutil.copytree(plan_config.data, copy.data)
    return copy


@pytest.fixture
def small(tmp_path: Path) -> Config:
    """A corpus of one short text, without a snapshot."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "ke-hoach.txt").write_text(TEXT, encoding="utf-8")
    return Config(corpus=(folder,), data=tmp_path / "data")


def start(config: Config) -> subprocess.Popen[bytes]:
    corpus = os.pathsep.join(map(str, config.corpus))
    environment = {**os.environ, "HOIDAP_CORPUS": corpus, "HOIDAP_DATA": str(config.data)}
    return subprocess.Popen(INGEST, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def opened_passages(config: Config) -> int:
    """How many passages the snapshot that serves holds, the same in each of its parts."""
    found = open_snapshot(config)
    counts = {
        len(found.knowledge.passages),
        VectorIndex.open(found.vectors).count,
        WordIndex.open(found.words).count,
    }
    assert len(counts) == 1
    return counts.pop()


@pytest.mark.slow
def test_ten_kills_leave_a_working_index(small: Config) -> None:
    begun = time.monotonic()
    assert start(small).wait(timeout=120) == 0
    duration = time.monotonic() - begun
    passages = opened_passages(small)
    moments = random.Random(2024)
    killed = 0
    for number in range(MOMENTS):
        process = start(small)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=duration * (number + moments.random()) / MOMENTS)
        process.kill()
        killed += process.wait() != 0
        assert opened_passages(small) == passages, f"after kill {number + 1}"
    assert killed >= MOMENTS // 2, "hardly one ingest was still running when it was killed"
    assert Assistant.open(small).ask(QUESTION).status == "answered"


class Killed(BaseException):
    """Stands for SIGKILL: nothing of the program catches it."""


@pytest.mark.parametrize("step", ["manifest", "files are synced", "version is named", "pointer is drafted",
                                  "pointer is switched", "old ones are removed"])  # fmt: skip
def test_a_death_at_any_step_of_the_switch_leaves_a_working_index(
    config: Config, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    passages = opened_passages(config)

    def die(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        match step:
            case "manifest":
                patch.setattr(Path, "write_bytes", die)
            case "files are synced":
                patch.setattr(snapshot, "_sync", die)
            case "version is named":
                patch.setattr(Path, "rename", die)
            case "pointer is drafted":
                patch.setattr(Path, "write_text", die)
            case "pointer is switched":
                patch.setattr(Path, "replace", die)
            case "old ones are removed":
                patch.setattr(snapshot, "_remove_old", die)
        making = copy_of_the_serving_version(config)
        manifest = current_manifest(config)
        assert isinstance(manifest, Manifest)
        with pytest.raises(Killed):
            snapshot.publish(config, making, manifest)
    assert opened_passages(config) == passages


def copy_of_the_serving_version(config: Config) -> Path:
    making = home(config) / "versions" / ".making-another"
    shutil.copytree(open_snapshot(config).folder, making)
    return making


def test_what_a_killed_ingest_left_is_removed_by_the_next(config: Config) -> None:
    left = copy_of_the_serving_version(config)
    ingest(config, force=True)
    assert not left.exists()
    assert len(list((home(config) / "versions").iterdir())) == 2
