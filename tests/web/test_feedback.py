"""What people say of answers."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rag.errors import ConfigError
from rag.types import Answer
from rag.web.feedback import FILE, FeedbackStore, without_personal


def say(store: FeedbackStore, answer: Answer, note: str = "") -> None:
    store.add(answer, ["Câu trước?"], snapshot="2024-03-05T00:00:00Z", verdict="wrong", reason="unit", note=note)


def test_a_verdict_is_kept_with_question_answer_snapshot_and_time(tmp_path: Path, answer: Answer) -> None:
    store = FeedbackStore(tmp_path, days=30)
    say(store, answer, "Thiếu Phòng Tư pháp")
    (entry,) = store.entries()
    assert (entry.verdict, entry.reason, entry.note) == ("wrong", "unit", "Thiếu Phòng Tư pháp")
    assert (entry.question, entry.history) == (answer.question, ("Câu trước?",))
    assert entry.answer["text"] == answer.text
    assert entry.snapshot == "2024-03-05T00:00:00Z"
    assert datetime.fromisoformat(entry.time) > datetime.now(UTC) - timedelta(minutes=1)


def test_the_file_writes_ahead(tmp_path: Path, answer: Answer) -> None:
    say(FeedbackStore(tmp_path, days=30), answer)
    with sqlite3.connect(tmp_path / FILE) as file:
        assert file.execute("pragma journal_mode").fetchone() == ("wal",)
    file.close()


def test_what_is_older_than_it_is_kept_goes(tmp_path: Path, answer: Answer) -> None:
    say(FeedbackStore(tmp_path, days=0), answer)
    with sqlite3.connect(tmp_path / FILE) as file:
        file.execute("update feedback set time = '2020-01-01T00:00:00Z'")
    file.close()
    assert len(FeedbackStore(tmp_path, days=0).entries()) == 1  # for ever
    assert FeedbackStore(tmp_path, days=30).entries() == []


def test_nothing_said_is_nothing_kept_and_no_file(tmp_path: Path) -> None:
    assert FeedbackStore(tmp_path / "none", days=30).entries() == []
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Gọi 0912345678 nhé", "Gọi [đã ẩn] nhé"),
        ("Gọi +84 912 345 678", "Gọi [đã ẩn]"),
        ("CCCD 034203001234", "CCCD [đã ẩn]"),
        ("thư a.b@dong-son.gov.vn", "thư [đã ẩn]"),
        ("Nghị định 59/2023/NĐ-CP ngày 14/8/2023, Luật 10/2022/QH15", None),
        ("Kế hoạch 1043-KH/BCSD, giai đoạn 2021 - 2030", None),
    ],
)
def test_what_tells_who_someone_is_is_hidden(text: str, kept: str | None) -> None:
    assert without_personal(text) == (text if kept is None else kept)


def test_a_question_is_kept_without_what_tells_who_someone_is(tmp_path: Path, library, answer: Answer) -> None:  # type: ignore[no-untyped-def]
    from dataclasses import replace

    store = FeedbackStore(tmp_path, days=30)
    say(store, replace(answer, question="Ai trả lời 0912345678?"), "a@b.vn")
    assert "0912345678" not in (tmp_path / FILE).read_bytes().decode("utf-8", "replace")
    assert store.entries()[0].answer["question"] == "Ai trả lời [đã ẩn]?"


def test_a_folder_that_can_not_be_written_is_told(tmp_path: Path, answer: Answer) -> None:
    (tmp_path / "data").write_text("a file", encoding="utf-8")
    with pytest.raises(ConfigError, match="góp ý"):
        say(FeedbackStore(tmp_path / "data", days=30), answer)
