"""All of the evaluation behind one command."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from eval.__main__ import COMMANDS, main, usage
from rag import cli


def test_each_command_is_a_module_with_a_main() -> None:
    assert [name for name in COMMANDS if find_spec(f"eval.{name}") is None] == []
    assert all(name in usage() for name in COMMANDS)


def test_the_commands_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "Cách dùng: hoidap eval" in capsys.readouterr().out


def test_an_unknown_command_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gues"]) == 2
    assert "Không có lệnh gues." in capsys.readouterr().err


def test_hoidap_eval_is_the_same(capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["eval", "reading", "--help"]) == 0
    assert "--texts" in capfd.readouterr().out
    assert cli.main(["eval", "gues"]) == 2
    assert "Không có lệnh gues." in capfd.readouterr().err


def test_without_the_checkout_it_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(cli, "PROJECT", tmp_path)
    assert cli.main(["eval"]) == 1
    assert "chỉ có trong mã nguồn" in capsys.readouterr().err
