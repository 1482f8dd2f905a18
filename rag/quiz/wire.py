"""Items as JSON: as other programs read them, and whole, as the item bank keeps them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from pydantic import TypeAdapter

from rag.quiz.items import Item

_ITEM = TypeAdapter(Item)


def item_json(item: Item) -> dict[str, object]:
    """An item field for field as the quiz contract has it."""
    cited = asdict(item.citation)
    del cited["id"]
    return {
        "id": item.id,
        "kind": item.kind,
        "topic": item.topic,
        "difficulty": item.difficulty,
        "stem": item.stem,
        "options": list(item.options),
        "correct": list(item.correct),
        "explanation": item.explanation,
        "citation": cited,
    }


def items_json(items: Sequence[Item]) -> str:
    """A list of items, as `hoidap quiz --format json` prints it."""
    return json.dumps([item_json(item) for item in items], ensure_ascii=False, indent=1) + "\n"


def dump_item(item: Item) -> str:
    """An item with everything that proves it."""
    return _ITEM.dump_json(item).decode()


def load_item(text: str) -> Item:
    """The item that `dump_item` wrote.

    Raises: ValueError.
    """
    return _ITEM.validate_json(text)
