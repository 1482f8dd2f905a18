"""Fixtures that every test may use."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

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


@pytest.fixture(scope="session")
def plan_config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """The configuration of a snapshot of the plan that is made once, with the real libraries."""
    from rag.index.ingest import ingest

    config = Config(data=tmp_path_factory.mktemp("plan"))
    ingest(config)
    return config


@pytest.fixture(scope="session")
def plan_assistant(plan_config: Config) -> Assistant:
    """The assistant over the plan."""
    from rag.answering.assistant import Assistant

    return Assistant.open(plan_config)
