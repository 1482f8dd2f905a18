"""Settings from the command line to combinations, their figures and their table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.console import Console

from eval.corpora import OWN
from eval.gold import DEV, read_gold
from eval.sweep import Point, SweepError, as_json, main, settings, sweep, sweep_table
from rag.config import Config
from rag.errors import SnapshotMissing


def test_every_combination_is_measured_the_last_setting_varying_fastest() -> None:
    assert settings(["encoder=a,b", "dense_weight=0, 1"]) == [
        {"encoder": "a", "dense_weight": 0.0},
        {"encoder": "a", "dense_weight": 1.0},
        {"encoder": "b", "dense_weight": 0.0},
        {"encoder": "b", "dense_weight": 1.0},
    ]


@pytest.mark.parametrize(
    "told",
    ["weight=1", "dense_weight", "dense_weight=", "dense_weight=x", "supported=2.5", "odds=-11", "dense_weight=1.5"],
)
def test_what_is_not_understood_is_told(told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SweepError):
        settings([told])
    assert main(["--set", told]) == 2
    assert told.partition("=")[0] in capsys.readouterr().err


@pytest.mark.integration
def test_settings_change_figures_and_the_default_gives_the_default(plan_config: Config) -> None:
    asked = [case for case in read_gold(DEV) if case.corpus == OWN]
    cases = [case for case in asked if case.kind in ("topic_to_unit", "unanswerable_in_domain")]
    points = list(sweep({OWN: plan_config}, cases, settings(["dense_weight=0.5,1", "odds=0,4"])))
    assert points[0].setting == {"dense_weight": 0.5, "odds": 0.0}
    rank = [point.figures["evidence_rr"].mean for point in points]
    refused = [point.figures["false_refusal"].mean or 0.0 for point in points]
    assert rank[0] == rank[1] != rank[2] == rank[3]
    assert refused[0] < refused[1]
    assert as_json(points, {}, 0.0).partition('"times"')[0] == as_json(points, {}, 1.0).partition('"times"')[0]
    assert_table(points)


def assert_table(points: list[Point]) -> None:
    console = Console(width=200, record=True, file=None, quiet=False)
    with console.capture() as captured:
        console.print(sweep_table(points))
    lines = captured.get().splitlines()
    assert any("dense_weight" in line and "odds" in line for line in lines)
    assert len(json.loads(as_json(points, {}, 0.0))["points"]) == len(points)


def test_without_a_snapshot_nothing_is_measured(tmp_path: Path) -> None:
    with pytest.raises(SnapshotMissing):
        list(sweep({OWN: Config(data=tmp_path)}, [], [{}]))
