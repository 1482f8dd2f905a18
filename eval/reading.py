"""How well texts are read: references, assignments, headings and locators against labels made by hand.

    python -m eval.reading --labels tests/golden --texts FOLDER [FOLDER ...]

A set of labels is `<name>_references.jsonl`, `<name>_assignments.jsonl`, `<name>_headings.jsonl` or
`<name>_locators.jsonl`; `<name>_ranges.jsonl` says which parts of the texts were labelled. Each row
names its `source` and stands `at` an offset of it.
"""

from __future__ import annotations

import argparse
import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rag.language.normalize import fold, syllables
from rag.law.document import LegalDocument, read_document
from rag.reading.corpus import read_file
from rag.types import Assignment, Reference

Row = dict[str, Any]
_SET = re.compile(r"(?P<name>\w+)_(?P<kind>references|assignments|headings|locators)")
_NO_HEADINGS = ("table", "recipients", "front")


@dataclass(slots=True)
class Score:
    """Counts over a set of labels, and `missed`, a line for each difference."""

    found: int = 0
    labelled: int = 0
    right: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of what was found that is labelled; 1 where nothing was."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what is labelled that was found; 1 where nothing is."""
        return self.right / self.labelled if self.labelled else 1.0

    def share(self, name: str) -> float:
        """The mean of one field over what was found rightly."""
        return self.fields[name] / self.right if self.right else 1.0


class Labels:
    """The rows of one set by source, and which part of each text they cover."""

    def __init__(self, path: Path) -> None:
        named = _SET.fullmatch(path.stem)
        if named is None:
            raise ValueError(f"{path.name} is no set of labels")
        self.name, self.kind = named["name"], named["kind"]
        self.rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        ranges = path.with_name(f"{self.name}_ranges.jsonl")
        parts = ranges.read_text(encoding="utf-8").splitlines() if ranges.is_file() else []
        self._parts: dict[str, list[range]] = {}
        for row in map(json.loads, parts):
            self._parts.setdefault(row["source"], []).append(range(row["start"], row["end"]))

    @property
    def sources(self) -> list[str]:
        return list(dict.fromkeys(row["source"] for row in self.rows))

    def covers(self, source: str, offset: int) -> bool:
        """Whether a place was labelled; without ranges the whole text was."""
        return not self._parts or any(offset in part for part in self._parts.get(source, ()))


def score(labels: Labels, documents: Mapping[str, LegalDocument]) -> Score:
    """What was read of the texts against the labels; `documents` are by source."""
    total = Score()
    measure = {"references": _references, "assignments": _assignments, "headings": _headings, "locators": _locators}
    for source in labels.sources:
        rows = [row for row in labels.rows if row["source"] == source]
        measure[labels.kind](total, labels, rows, documents[source])
    return total


def _references(total: Score, labels: Labels, rows: Sequence[Row], document: LegalDocument) -> None:
    """A mention is found where one begins at its place; fields count over those."""
    source = rows[0]["source"]
    told = [(one, False) for one in document.references] + [(one.reference, True) for one in document.back_references]
    read = {one.span.start: (one, back) for one, back in told if labels.covers(source, one.span.start)}
    total.found += len(read)
    total.labelled += len(rows)
    for row in rows:
        one, back = read.pop(row["at"], (None, False))
        if one is None or back != row["back"]:
            total.missed.append(f"{source} {row['at']}: missed {row['printed']!r}")
            continue
        total.right += 1
        for name, value in _fields(one, row).items():
            total.fields[name] += value  # type: ignore[assignment]  # a share of one
            if value < 1:
                total.missed.append(f"{source} {row['at']}: {name} {getattr(one, name)!r}, labelled {row[name]!r}")
    total.missed += [f"{source} {at}: wrong {one.as_printed[:60]!r}" for at, (one, _) in read.items()]


def _fields(one: Reference, row: Row) -> dict[str, float]:
    same = {name: float(getattr(one, name) == row[name]) for name in ("number", "type", "date")}
    same |= {name: float(fold(getattr(one, name) or "") == fold(row[name] or "")) for name in ("issuer", "pinpoint")}
    return same | {"title": _token_f1(one.title, row["title"])}


def _token_f1(one: str | None, other: str | None) -> float:
    """F1 of the syllables of two texts; 1 where both are absent."""
    left, right = Counter(syllables(one or "")), Counter(syllables(other or ""))
    if not left and not right:
        return 1.0
    return 2 * (left & right).total() / (left.total() + right.total())


def _assignments(total: Score, labels: Labels, rows: Sequence[Row], document: LegalDocument) -> None:
    """A pair of clause and unit is found where a duty that begins in the clause has a unit of that name.

    A clause reaches to the next labelled one of its provision: whether it is cut further is not measured.
    """
    source = rows[0]["source"]
    places = sorted(row["at"] for row in rows)
    read: dict[tuple[int, str], Assignment] = {}
    for one in document.assignments:
        if one.unit and labels.covers(source, one.duty.start):
            before = places[: bisect_right(places, one.duty.start)][-1:]
            inside = before and document.provisions[one.provision].start <= before[0]
            read.setdefault((before[0] if inside else one.duty.start, fold(one.unit)), one)
    labelled = {(row["at"], fold(unit["name"])): unit for row in rows for unit in row["units"]}
    total.found += len(read)
    total.labelled += len(labelled)
    for key, unit in labelled.items():
        one_read = read.pop(key, None)
        if one_read is None:
            total.missed.append(f"{source} {key[0]}: missed {unit['name']!r}")
            continue
        total.right += 1
        total.fields["role"] += one_read.role == unit["role"]
        if one_read.role != unit["role"]:
            total.missed.append(f"{source} {key[0]}: {unit['name']!r} is {one_read.role}, labelled {unit['role']}")
    total.missed += [f"{source} {at}: wrong {one.unit!r}" for (at, _), one in read.items()]


def _headings(total: Score, labels: Labels, rows: Sequence[Row], document: LegalDocument) -> None:
    """A heading is found where it has its place, its locator and its parent's locator."""
    _compare(total, rows[0]["source"], _heading_lines(document), {
        (row["at"], row["locator"], row["parent"]) for row in rows
    })  # fmt: skip


def _heading_lines(document: LegalDocument) -> Iterator[tuple[int, str, str | None]]:
    for one in document.provisions:
        if one.kind not in _NO_HEADINGS and (one.heading or one.kind == "annex"):
            parent = None if one.parent is None else document.provisions[one.parent].locator
            yield one.start, one.locator, parent


def _locators(total: Score, labels: Labels, rows: Sequence[Row], document: LegalDocument) -> None:
    """A locator is right where the provision that begins at its place has it."""
    wanted = {(row["at"], row["locator"]) for row in rows}
    places = {at for at, _ in wanted}
    read = [(one.start, one.locator) for one in document.provisions if one.start in places]
    _compare(total, rows[0]["source"], read, wanted)


def _compare(total: Score, source: str, read: Iterable[tuple[Any, ...]], labelled: set[tuple[Any, ...]]) -> None:
    found = set(read)
    total.found += len(found)
    total.labelled += len(labelled)
    total.right += len(found & labelled)
    total.missed += [f"{source} missed {one}" for one in sorted(labelled - found, key=str)]
    total.missed += [f"{source} wrong {one}" for one in sorted(found - labelled, key=str)]


def read_documents(labels: Labels, folders: Sequence[Path]) -> dict[str, LegalDocument]:
    """The labelled texts, each looked for in the folders.

    Raises: FileNotFoundError.
    """
    found: dict[str, LegalDocument] = {}
    for source in labels.sources:
        path = next((folder / source for folder in folders if (folder / source).is_file()), None)
        if path is None:
            raise FileNotFoundError(source)
        found[source] = read_document(read_file(path))
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints precision, recall and the shares of right fields of each set of labels."""
    parser = argparse.ArgumentParser(description="Measure how well texts are read against labels made by hand.")
    parser.add_argument("--labels", type=Path, default=Path("tests/golden"))
    parser.add_argument("--texts", type=Path, nargs="+", required=True)
    parser.add_argument("--misses", action="store_true", help="list every difference")
    asked = parser.parse_args(arguments)
    for path in sorted(asked.labels.glob("*.jsonl")):
        if not _SET.fullmatch(path.stem):
            continue
        labels = Labels(path)
        if "at" not in labels.rows[0]:  # the plan's are placed by locator, for tests of their own
            continue
        result = score(labels, read_documents(labels, asked.texts))
        shares = "  ".join(f"{name} {result.share(name):.3f}" for name in result.fields)
        print(f"{path.stem:20} n {result.labelled:3}  P {result.precision:.3f}  R {result.recall:.3f}  {shares}")
        if asked.misses:
            print(*(f"    {line}" for line in result.missed), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
