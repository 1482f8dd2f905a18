"""What people say of answers: kept in SQLite in the data folder, without a name, an address or a session."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from rag.answering.wire import answer_json
from rag.errors import ConfigError
from rag.types import Answer

Verdict = Literal["right", "wrong"]
FILE = "feedback.sqlite3"
LONGEST_NOTE = 1000
_TABLE = """
create table if not exists feedback (
    id integer primary key,
    time text not null,
    snapshot text not null,
    verdict text not null check (verdict in ('right', 'wrong')),
    reason text not null,
    note text not null,
    question text not null,
    history text not null,
    answer text not null
)"""
_COLUMNS = ("time", "snapshot", "verdict", "reason", "note", "question", "history", "answer")
# A mail address; a mobile number, an identity card or an account; each alone tells who a person is.
_PERSONAL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|(?<![\w/.-])(?:\+?\d[ .]?){9,15}(?![\w/-])")
_HIDDEN = "[đã ẩn]"


@dataclass(frozen=True, slots=True)
class Entry:
    """One verdict; `time` in ISO form, UTC, `answer` as other programs read it, `reason` empty where it is right."""

    time: str
    snapshot: str
    verdict: Verdict
    reason: str
    note: str
    question: str
    history: tuple[str, ...]
    answer: dict[str, object]


class FeedbackStore:
    """Verdicts in a file in write-ahead mode; safe to share between threads and processes."""

    def __init__(self, folder: Path, *, days: int) -> None:
        self._path = folder / FILE
        self._days = days

    def add(
        self, answer: Answer, history: Sequence[str], *, snapshot: str, verdict: Verdict, reason: str, note: str
    ) -> None:
        """Keeps a verdict on an answer, and lets go of those older than they are kept.

        Raises: ConfigError where the file cannot be written.
        """
        now = datetime.now(UTC)
        question = without_personal(answer.question)
        values = (
            f"{now:%Y-%m-%dT%H:%M:%SZ}",
            snapshot,
            verdict,
            reason,
            without_personal(note[:LONGEST_NOTE]),
            question,
            json.dumps([without_personal(asked) for asked in history], ensure_ascii=False),
            json.dumps(answer_json(replace(answer, question=question)), ensure_ascii=False),
        )
        places = ", ".join("?" * len(_COLUMNS))
        with self._connected() as file:
            file.execute(f"insert into feedback ({', '.join(_COLUMNS)}) values ({places})", values)
            self._forget(file, now)

    def entries(self) -> list[Entry]:
        """All that is kept, oldest first; none where nothing was ever said.

        Raises: ConfigError where the file cannot be read.
        """
        if not self._path.exists():
            return []
        with self._connected() as file:
            self._forget(file, datetime.now(UTC))
            rows = file.execute(f"select {', '.join(_COLUMNS)} from feedback order by id").fetchall()
        return [
            Entry(time, snapshot, verdict, reason, note, question, tuple(json.loads(history)), json.loads(answer))
            for time, snapshot, verdict, reason, note, question, history, answer in rows
        ]

    def _forget(self, file: sqlite3.Connection, now: datetime) -> None:
        if self._days:
            oldest = now - timedelta(days=self._days)
            file.execute("delete from feedback where time < ?", (f"{oldest:%Y-%m-%dT%H:%M:%SZ}",))

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=10)) as file, file:
                file.execute("pragma journal_mode = wal")
                file.execute(_TABLE)
                yield file
        except (OSError, sqlite3.Error) as error:
            raise ConfigError(f"Không dùng được tệp góp ý {self._path}: {error}.") from error


def without_personal(text: str) -> str:
    """A text without mail addresses and long numbers that tell who someone is; numbers of documents stay.

    >>> without_personal("Gọi 0912 345 678, a@b.vn, về Nghị định 59/2023/NĐ-CP ngày 14/8/2023")
    'Gọi [đã ẩn], [đã ẩn], về Nghị định 59/2023/NĐ-CP ngày 14/8/2023'
    """
    return _PERSONAL.sub(_HIDDEN, text)
