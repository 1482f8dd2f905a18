"""The item bank: what a trainer accepted, edited and rejected, in one SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, cast

from rag.config import Config
from rag.errors import QuizError
from rag.quiz import wording
from rag.quiz.check import faults
from rag.quiz.items import Item
from rag.quiz.material import Material
from rag.quiz.wire import dump_item, load_item

State = Literal["proposed", "accepted", "rejected"]
STATES: tuple[State, ...] = ("proposed", "accepted", "rejected")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS items (
    id TEXT PRIMARY KEY,
    fact TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'accepted', 'rejected')),
    item TEXT NOT NULL,
    original TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS items_by_state ON items (state, id);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of the bank with where it stands; `edited` where a trainer changed its words."""

    item: Item
    state: State
    edited: bool


class Bank:
    """The items of one office; each call opens the file anew, so that threads and programs may share it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def of(cls, config: Config) -> Bank:
        """The bank beside the snapshots of a configuration."""
        return cls(config.data / "quiz.sqlite")

    def propose(self, items: Iterable[Item]) -> int:
        """Put items in that are not in yet; how many there were."""
        with self._open() as file:
            before = file.total_changes
            rows = [(item.id, item.fact.key, "proposed", dump_item(item), dump_item(item)) for item in items]
            file.executemany("INSERT OR IGNORE INTO items VALUES (?, ?, ?, ?, ?)", rows)
            return file.total_changes - before

    def entries(self, states: Sequence[State] = STATES) -> list[Entry]:
        """The items in some states, in the order in which they came in."""
        marks = ", ".join("?" * len(states))
        with self._open() as file:
            found = file.execute(
                f"SELECT * FROM items WHERE state IN ({marks}) ORDER BY rowid", tuple(states)
            ).fetchall()
        return [_entry(row) for row in found]

    def entry(self, name: str) -> Entry:
        """One item by its id.

        Raises: QuizError where the bank has none of that id.
        """
        with self._open() as file:
            found = file.execute("SELECT * FROM items WHERE id = ?", (name,)).fetchone()
        if found is None:
            raise QuizError(wording.fault("bank_unknown", name=name))
        return _entry(found)

    def set_state(self, name: str, state: State) -> None:
        """Accept or reject an item, or take that back.

        Raises: QuizError where the bank has none of that id.
        """
        self.entry(name)
        with self._open() as file:
            file.execute("UPDATE items SET state = ? WHERE id = ?", (state, name))

    def edit(
        self,
        name: str,
        material: Material,
        *,
        stem: str | None = None,
        options: Sequence[str] | None = None,
        correct: int | None = None,
        explanation: str | None = None,
    ) -> Item:
        """The item with other words, which is checked as a new one is and then kept.

        Raises: QuizError where it is unknown or the edited item fails a check; the old words stay then.
        """
        old = self.entry(name).item
        item = replace(
            old,
            stem=old.stem if stem is None else " ".join(stem.split()),
            options=old.options if options is None else tuple(" ".join(option.split()) for option in options),
            correct=old.correct if correct is None else (correct,),
            explanation=old.explanation if explanation is None else " ".join(explanation.split()),
            short=old.short if stem is None else None,
        )
        if found := faults(item, material):
            raise QuizError(wording.fault("bank_edit", name=name, reasons=" ".join(found)))
        with self._open() as file:
            file.execute("UPDATE items SET item = ? WHERE id = ?", (dump_item(item), name))
        return item

    def rejected_facts(self) -> frozenset[str]:
        """What is not to be asked again."""
        with self._open() as file:
            found = file.execute("SELECT fact FROM items WHERE state = 'rejected'").fetchall()
        return frozenset(str(row[0]) for row in found)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The open file; what was done is kept where nothing fails.

        Raises: QuizError where the file cannot be read or written.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=10)) as file, file:
                file.executescript(_SCHEMA)
                yield file
        except (sqlite3.Error, OSError) as error:
            raise QuizError(wording.fault("bank_file", path=str(self._path), reason=str(error))) from error


def _entry(row: tuple[str, str, str, str, str]) -> Entry:
    _, _, state, item, original = row
    return Entry(load_item(item), cast("State", state), item != original)
