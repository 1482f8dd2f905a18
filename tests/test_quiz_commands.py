"""`hoidap quiz` and `hoidap bank` over a snapshot of the plan."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from rag.cli import main
from rag.config import Config

pytestmark = pytest.mark.integration


@pytest.fixture(autouse=True)
def home(plan_config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The snapshot of the plan, with an item bank of the test's own."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "corpora").symlink_to(plan_config.data / "corpora")
    monkeypatch.setenv("HOIDAP_DATA", str(data))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["quiz", *arguments]) == 0
    return capsys.readouterr().out


def test_items_are_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    items = json.loads(printed(capsys, "--count", "5"))
    assert len(items) == 5
    assert set(items[0]) == {
        "id", "kind", "topic", "difficulty", "stem", "options", "correct", "explanation", "citation",
    }  # fmt: skip


def test_the_same_seed_prints_the_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    one, other, third = (printed(capsys, "--count", "8", "--seed", seed) for seed in ("7", "7", "8"))
    assert one == other != third


def test_a_paper_in_versions_is_written_as_word(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("--count", "20", "--difficulty", "thông hiểu", "--versions", "4", "--seed", "7", "--format", "docx")
    printed(capsys, *arguments, "--out", "de-thi.docx")
    texts = [paragraph.text for paragraph in Document(str(home / "de-thi.docx")).paragraphs]
    assert [text for text in texts if text.startswith("Mã đề")] == [f"Mã đề: {code}" for code in range(101, 105)]


def test_the_ending_of_the_file_tells_the_format(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["quiz", "--count", "6", "--out", "de.xlsx"]) == 0
    assert "Đã ghi 6 câu vào de.xlsx." in capsys.readouterr().err
    assert load_workbook(home / "de.xlsx").active is not None


def test_more_than_there_is_is_given_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["quiz", "--count", "500", "--document", "18-CT/TU"]) == 0
    told = capsys.readouterr()
    count = len(json.loads(told.out))
    assert 0 < count < 50
    assert f"Kho văn bản chỉ đủ cho {count} trong 500 câu" in told.err


WRONG = {
    "no such difficulty": (["--difficulty", "dễ"], "Mức độ “dễ” không hợp lệ"),
    "no such level": (["--level", "làng"], "Không có cấp làng"),
    "no such format": (["--format", "odt", "--out", "x.odt"], "Không có định dạng odt"),
    "no format in the name": (["--out", "de.foo"], "Không rõ định dạng của tệp de.foo"),
    "a file that is no text to the screen": (["--format", "pdf"], "cần ghi ra tệp"),
    "no items": (["--count", "0"], "Số câu phải từ 1 đến"),
    "too many versions": (["--versions", "99", "--out", "x.pdf"], "Số mã đề phải từ 1 đến"),
    "versions that a program shuffles itself": (["--versions", "2", "--out", "x.html"], "chỉ nhận một đề"),
    "a folder that is not there": (["--out", "khong/co/de.json"], "Không ghi được tệp"),
    "nothing to print": (["--topic", "đóng tàu biển", "--out", "x.pdf"], "Không có câu hỏi nào để xuất"),
}


@pytest.mark.parametrize(("arguments", "told"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_done_is_told_and_fails(
    arguments: list[str], told: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["quiz", *arguments]) == 1
    assert told in capsys.readouterr().err
    assert [path.name for path in home.iterdir()] == ["data"]


def test_a_trainer_tends_the_bank(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    items = json.loads(printed(capsys, "--count", "4", "--keep"))
    names = [item["id"] for item in items]
    assert main(["bank"]) == 0
    listed = capsys.readouterr().out
    assert all(name in listed for name in names)
    assert main(["bank", "accept", *names[:2]]) == 0
    assert main(["bank", "reject", names[3]]) == 0
    assert {item["id"] for item in json.loads(printed(capsys, "--count", "10", "--accepted"))} == set(names[:2])
    again = json.loads(printed(capsys, "--count", "4"))
    assert names[3] not in {item["id"] for item in again}


def test_an_edit_is_checked_again(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (item,) = json.loads(printed(capsys, "--count", "1", "--document", "18-CT/TU", "--keep"))
    assert main(["bank", "show", item["id"]]) == 0
    assert json.loads(capsys.readouterr().out)[0]["stem"] == item["stem"]
    changed = {**item, "stem": f"Đồng chí cho biết: {item['stem']}"}
    (home / "cau.json").write_text(json.dumps(changed), encoding="utf-8")
    assert main(["bank", "edit", item["id"], "--file", "cau.json"]) == 0
    wrong = {**item, "correct": [(item["correct"][0] + 1) % len(item["options"])]}
    (home / "cau.json").write_text(json.dumps(wrong), encoding="utf-8")
    assert main(["bank", "edit", item["id"], "--file", "cau.json"]) == 1
    assert "không đúng theo kho văn bản" in capsys.readouterr().err
    assert main(["bank", "show", item["id"]]) == 0
    assert json.loads(capsys.readouterr().out)[0]["stem"] == changed["stem"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nothing", "x"], "Không có việc “nothing”"),
        (["accept"], "Hãy ghi mã của ít nhất một câu"),
        (["accept", "x"], "Ngân hàng không có câu x"),
        (["edit", "x", "--file", "khong-co.json"], "không phải là một câu hỏi JSON hợp lệ"),
    ],
)
def test_wrong_calls_of_the_bank_are_told(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bank", *arguments]) == 1
    assert told in capsys.readouterr().err
