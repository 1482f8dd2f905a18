"""Items as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator

from rag.config import PROJECT
from rag.quiz.items import Item
from rag.quiz.material import Material
from rag.quiz.wire import dump_item, items_json, load_item

SCHEMA = json.loads((PROJECT / "eval" / "quiz.schema.json").read_text(encoding="utf-8"))


def test_each_item_is_as_the_contract_has_it(items: tuple[Item, ...], material: Material) -> None:
    validator = Draft202012Validator(SCHEMA)
    for value in json.loads(items_json(items)):
        validator.validate(value)
        cited = value["citation"]
        assert material.texts[cited["source"]][cited["start"] : cited["end"]] == cited["quote"]


def test_the_schema_is_the_contract(shared_data: Path) -> None:
    contract = shared_data.parent / "contract" / "quiz.schema.json"
    assert json.loads(contract.read_text(encoding="utf-8")) == SCHEMA


def test_a_dumped_item_is_loaded_whole(items: tuple[Item, ...]) -> None:
    for item in items:
        assert load_item(dump_item(item)) == item
        assert load_item(dump_item(item)).short == item.short
