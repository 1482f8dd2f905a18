"""Reads files in processes of their own, with limits: one that does not end, or ends badly, costs its file alone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic

from pydantic import TypeAdapter, ValidationError

from rag.config import PROJECT
from rag.types import StoredText, Unread

Found = tuple[StoredText | Unread, ...]
_CHILD = "import sys; sys.path.insert(0, sys.argv.pop(1)); from rag.reading.child import main; main()"
_FOUND = TypeAdapter(Found)
_PROCESSES = 2
_FILES_EACH = 200
"""A process reads so many files at most, so that what libraries leave behind does not grow."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds: how long a process may say nothing, and how long one file may take, with how much more for each page.

    A page of a scan takes one to four.
    """

    silent: float = 60.0
    whole: float = 600.0
    page: float = 4.0


def read_files(
    files: Sequence[tuple[str, Path]], *, limits: Limits | None = None, processes: int = _PROCESSES
) -> Iterator[tuple[str, Found]]:
    """What each file gives, as it comes; `files` are sources with their paths."""
    pool = [_Child(limits or Limits()) for _ in range(min(processes, len(files)))]
    free: SimpleQueue[_Child] = SimpleQueue()
    for child in pool:
        free.put(child)

    def read(source: str, path: Path) -> tuple[str, Found]:
        child = free.get()
        try:
            return source, child.read(source, path)
        finally:
            free.put(child)

    if not pool:
        return
    with ThreadPoolExecutor(len(pool)) as threads:
        try:
            waiting = [threads.submit(read, source, path) for source, path in files]
            for done in as_completed(waiting):
                yield done.result()
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            for child in pool:
                child.stop()


class _Child:
    """One process that reads; it is started when it is first asked, and again after it had to be stopped."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: SimpleQueue[bytes] = SimpleQueue()
        self._files = 0
        self._is_over = False

    def read(self, source: str, path: Path) -> Found:
        try:
            answer = self._ask({"path": str(path), "source": source})
        except _TooLongError:
            self._end()
            return (Unread(source, "đọc quá lâu nên đã dừng"),)
        except (OSError, EOFError):
            self._end()
            return (Unread(source, "trình đọc hỏng giữa chừng; tệp có lỗi hoặc quá lớn"),)
        self._files += 1
        if self._files >= _FILES_EACH:
            self._end()
        try:
            return _FOUND.validate_python(answer)
        except ValidationError:
            self._end()
            return (Unread(source, "trình đọc trả lời không đúng dạng"),)

    def stop(self) -> None:
        """No file is read from now on."""
        self._is_over = True
        self._end()

    def _ask(self, question: dict[str, str]) -> object:
        """Raises: EOFError where the process ended, _TooLongError."""
        process = self._process or self._start()
        assert process.stdin is not None
        process.stdin.write(json.dumps(question).encode() + b"\n")
        process.stdin.flush()
        until = monotonic() + self._limits.whole
        while True:
            try:
                line = self._answers.get(timeout=max(0.0, min(self._limits.silent, until - monotonic())))
            except Empty as error:
                raise _TooLongError from error
            if not line:
                raise EOFError
            answer: dict[str, object] = json.loads(line)
            if "found" in answer:
                return answer["found"]
            until += self._limits.page

    def _start(self) -> subprocess.Popen[bytes]:
        if self._is_over:
            raise EOFError
        self._answers, self._files = SimpleQueue(), 0
        process = subprocess.Popen(
            [sys.executable, "-c", _CHILD, str(PROJECT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        threading.Thread(target=_listen, args=(process, self._answers), daemon=True).start()
        self._process = process
        return process

    def _end(self) -> None:
        """Ends the process with all that it started."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
        if process.stdin:
            with suppress(OSError):
                process.stdin.close()
        process.wait()


class _TooLongError(Exception):
    """A process went over its time."""


def _listen(process: subprocess.Popen[bytes], answers: SimpleQueue[bytes]) -> None:
    """Passes on each line that a process says, and an empty one at the end."""
    assert process.stdout is not None
    with process.stdout:
        for line in process.stdout:
            answers.put(line)
    answers.put(b"")
