"""A missing system package is a skip on a desk and a failure in CI."""

from __future__ import annotations

from collections.abc import Callable

import pytest


def test_a_program_that_is_there_is_found(system_program: Callable[..., str]) -> None:
    assert system_program("no-such-program", "sh", package="dash").endswith("sh")


def test_a_missing_program_skips_on_a_desk(system_program: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install nothing"):
        system_program("no-such-program", package="nothing")


def test_a_missing_program_fails_in_ci(system_program: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="apt-get install nothing"):
        system_program("no-such-program", package="nothing")
