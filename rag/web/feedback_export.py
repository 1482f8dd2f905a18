"""What people said of answers, as a table to read and as gold questions for the evaluation."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import TypedDict, cast

from rag.language.normalize import strip_diacritics, syllables
from rag.web.corpus import one_line
from rag.web.feedback import Entry
from rag.web.markup import word

_COLUMNS = (
    "time", "snapshot", "verdict", "reason", "note", "question", "history", "status", "documents", "units", "answer",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TELLING = 40
"""A quote of so many characters stands in few places; a shorter one is given by its place."""


class _Citation(TypedDict):
    source: str
    quote: str
    start: int
    end: int


class _Document(TypedDict):
    number: str | None
    type: str
    title: str | None
    held: bool
    citations: list[int]


class _Unit(TypedDict):
    name: str
    role: str


class _Answer(TypedDict):
    status: str
    reason: str | None
    text: str
    documents: list[_Document]
    units: list[_Unit]
    citations: list[_Citation]


def feedback_csv(entries: Sequence[Entry]) -> str:
    """All verdicts as CSV with a byte order mark, as Excel wants it; no cell is a formula."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([word(f"feedback_{name}") for name in _COLUMNS])
    for entry in entries:
        writer.writerow([_cell(value) for value in _row(entry)])
    return "\ufeff" + file.getvalue()


def gold_lines(entries: Sequence[Entry]) -> Iterator[str]:
    """A gold question a line for each answer that people found right and nobody wrong.

    What is wrong has no gold answer until a person writes it.
    """
    contested = {_asked(entry) for entry in entries if entry.verdict == "wrong"}
    right = {_asked(entry): entry for entry in entries if entry.verdict == "right"}
    kept = [entry for asked, entry in right.items() if asked not in contested]
    for number, entry in enumerate(kept, 1):
        yield json.dumps(_gold(entry, f"feedback-{number:04}"), ensure_ascii=False)


def _asked(entry: Entry) -> tuple[str, ...]:
    """The questions of a conversation, by which the evaluation tells two of them apart."""
    turns = (*entry.history, entry.question)
    return tuple(" ".join(syllables(strip_diacritics(turn))) or turn for turn in turns)


def _gold(entry: Entry, id: str) -> dict[str, object]:
    answer = _answer(entry)
    units = list(dict.fromkeys(unit["name"] for unit in answer["units"]))
    row: dict[str, object] = {
        "id": id,
        "class": _class(entry, answer),
        "question": entry.question,
        "history": list(entry.history),
        "status": answer["status"],
        "reason": answer["reason"],
        "documents": [[name] for name in dict.fromkeys(_name(one, answer) for one in answer["documents"])],
        "units": [[name] for name in units],
        "roles": {unit["name"]: unit["role"] for unit in answer["units"]},
        "evidence": [one["quote"] for one in answer["citations"] if len(one["quote"]) >= _TELLING],
        "places": [
            {"source": one["source"], "start": one["start"], "end": one["end"]}
            for one in answer["citations"]
            if len(one["quote"]) < _TELLING
        ],
    }
    return {name: value for name, value in row.items() if value or name in ("documents", "units")}


def _class(entry: Entry, answer: _Answer) -> str:
    if entry.history:
        return "follow_up"
    if answer["status"] == "not_found":
        kinds = {"out_of_scope": "unanswerable_outside", "text_not_held": "not_held"}
        return kinds.get(answer["reason"] or "", "unanswerable_in_domain")
    special = {"ambiguous": "ambiguous", "corrected": "false_premise"}
    if answer["status"] in special:
        return special[answer["status"]]
    if answer["documents"] and answer["units"]:
        return "document_and_unit"
    return "topic_to_document" if answer["documents"] else "topic_to_unit" if answer["units"] else "content"


def _name(document: _Document, answer: _Answer) -> str:
    """A document as a gold file names it: its number, the file of a held one, else its title."""
    if document["number"]:
        return document["number"]
    if document["held"] and answer["citations"]:
        return f"source:{answer['citations'][document['citations'][0] - 1]['source']}"
    return document["title"] or document["type"]


def _row(entry: Entry) -> list[str]:
    answer = _answer(entry)
    return [
        entry.time,
        entry.snapshot,
        word(f"answer_{entry.verdict}"),
        word(f"reason_{entry.reason}") if entry.reason else "",
        entry.note,
        entry.question,
        " | ".join(entry.history),
        answer["status"],
        " | ".join(_name(one, answer) for one in answer["documents"]),
        " | ".join(one["name"] for one in answer["units"]),
        one_line(answer["text"]),
    ]


def _answer(entry: Entry) -> _Answer:
    return cast(_Answer, entry.answer)


def _cell(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value
