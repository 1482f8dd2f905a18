"""`hoidap catalogue` over the plan."""

from __future__ import annotations

import json

import pytest

from rag.cli import main
from rag.config import Config

pytestmark = pytest.mark.integration


@pytest.fixture(autouse=True)
def _plan(plan_config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOIDAP_DATA", str(plan_config.data))


def test_the_catalogue_is_a_table_from_the_highest_level_down(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalogue"]) == 0
    lines = capsys.readouterr().out.splitlines()
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in lines if line.startswith("│")]
    levels = [row[5] for row in rows]
    known = ["trung ương", "tỉnh", "huyện"]
    assert [level for level in levels if level] == sorted(filter(None, levels), key=known.index)
    assert lines[-1] == f"{len(rows)} văn bản."


def test_the_catalogue_is_chosen_by_level_type_and_year(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalogue", "--level", "huyen", "--type", "QĐ", "--year", "2019", "--json"]) == 0
    [entry] = json.loads(capsys.readouterr().out)
    assert (entry["number"], entry["issuer"], entry["date"]) == (
        "3642-QĐ/HU", "Ban Thường vụ Huyện ủy", "2019-12-03")  # fmt: skip
    assert [one["locator"] for one in entry["mentions"]] == ["Mục II.2, đoạn 1"]
    assert [one["kind"] for one in entry["relations"]] == ["establishes"]


def test_an_entry_tells_what_was_checked_and_what_to_beware_of(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalogue", "--json"]) == 0
    entries = {entry["key"]: entry for entry in json.loads(capsys.readouterr().out)}
    law = entries["10/2022/QH15"] if "10/2022/QH15" in entries else entries["Luật Thực hiện dân chủ ở cơ sở"]
    assert law["checked"]["amended_by"][1] == {"number": "97/2025/QH15", "date": "2025-07-01"}
    assert any("58" in notice["text"] for notice in entries["58-NQ/TU"]["notices"])


def test_what_there_is_not_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalogue", "--year", "1999"]) == 0
    assert capsys.readouterr().out == "Danh mục không có văn bản nào như vậy.\n"
    assert main(["catalogue", "--level", "liên hợp quốc"]) == 1
    assert "Các cấp: trung ương, tỉnh, huyện, xã." in capsys.readouterr().err
