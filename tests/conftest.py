"""Fixtures that every test may use."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from rag.config import Config

if TYPE_CHECKING:
    from rag.answering.assistant import Assistant

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real texts beside the checkout, which the project uses and does not carry."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the folder of real texts, shared/data beside the checkout, is absent")
    return folder


@pytest.fixture(scope="session")
def system_program() -> Callable[..., str]:
    """`find_program`, for tests that need a program of the system."""
    return find_program


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium."""
    return find_program("chromium", "chromium-browser", package="chromium")


def find_program(*names: str, package: str) -> str:
    """The path of the first program found; without any the test skips, and in CI it fails."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found:
        return found
    missing = f"{names[0]} is not installed: apt-get install {package}"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


MadeOnce = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """Gives this process' copy of a folder that is filled once in a run, by the process that needs it first."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def copy_of(name: str, fill: Callable[[Path], object]) -> Path:
        made, making = shared / f"made-{name}", shared / f"making-{name}"
        with FileLock(shared / f"made-{name}.lock"):
            if not made.exists():
                shutil.rmtree(making, ignore_errors=True)
                making.mkdir()
                fill(making)
                making.rename(made)
        return Path(shutil.copytree(made, tmp_path_factory.mktemp("made") / name))

    return copy_of


@pytest.fixture(scope="session")
def plan_config(made_once: MadeOnce) -> Config:
    """The configuration of a snapshot of the plan that is made once, with the real libraries."""
    from rag.index.ingest import ingest

    return Config(data=made_once("plan", lambda folder: ingest(Config(data=folder))))


@pytest.fixture(scope="session")
def plan_assistant(plan_config: Config) -> Assistant:
    """The assistant over the plan."""
    from rag.answering.assistant import Assistant

    return Assistant.open(plan_config)
