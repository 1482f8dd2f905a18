"""The table of corpora: which folders a name means, and where its snapshot is."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.corpora import OWN, CorporaError, absent_folder, corpus_config, corpus_folders
from eval.gold import GOLD, read_gold
from rag.config import Config


def test_folders_start_at_the_table_and_each_corpus_has_its_own_snapshot(tmp_path: Path) -> None:
    table = tmp_path / "corpora.toml"
    table.write_text('far = ["texts", "/other"]\n', encoding="utf-8")
    config = corpus_config("far", Config(data=tmp_path / "data"), table)
    assert config.corpus == (tmp_path / "texts", Path("/other"))
    assert config.data == tmp_path / "data" / "eval" / "far"
    assert absent_folder(config) == tmp_path / "texts"
    (tmp_path / "texts").mkdir()
    assert absent_folder(config.model_copy(update={"corpus": (tmp_path / "texts",)})) is None


def test_a_question_without_a_corpus_is_asked_on_the_configured_one(tmp_path: Path) -> None:
    config = Config(corpus=(tmp_path,), data=tmp_path)
    assert corpus_config(OWN, config) == config


def test_a_name_that_is_not_there_and_a_broken_table_are_told(tmp_path: Path) -> None:
    with pytest.raises(CorporaError, match="Không có kho far"):
        corpus_config("far", Config())
    table = tmp_path / "corpora.toml"
    for text in ('far = "texts"', "far = ["):
        table.write_text(text, encoding="utf-8")
        with pytest.raises(CorporaError, match="không đúng dạng"):
            corpus_folders(table)
    with pytest.raises(CorporaError, match="Không đọc được"):
        corpus_folders(tmp_path / "absent.toml")


def test_the_table_has_every_corpus_of_the_gold_files() -> None:
    names = {case.corpus for path in GOLD.glob("*.jsonl") for case in read_gold(path)}
    assert names == {OWN, *corpus_folders()}
