"""The starter of the web chat."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def test_a_chat_that_cannot_start_says_why_in_one_sentence_and_fails(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, PROJECT / "app.py"],
        env={**os.environ, "HOIDAP_CONFIG": str(tmp_path / "missing.toml"), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.startswith("Không đọc được tệp cấu hình")
    assert "Traceback" not in ended.stderr
