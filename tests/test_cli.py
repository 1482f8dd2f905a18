"""The command line, with a fake assistant behind it and in a process of its own where that matters."""

from __future__ import annotations

import io
import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import pytest

from rag.cli import main
from rag.config import PROJECT
from rag.errors import ConfigError, SnapshotError, SnapshotLocked
from rag.index.ingest import IngestReport
from rag.terminal import usage_words
from rag.types import Answer, AnswerDocument, AnswerUnit, Citation, Notice

ANSWER = Answer(
    question="Ai theo dõi?",
    status="answered",
    reason=None,
    text="**Phòng Nội vụ** theo dõi [1].",
    documents=(
        AnswerDocument("320-QĐ/TU", "Quyết định", "Về đối thoại", "Tỉnh ủy", "2016-06-13", False, (1,)),
    ),
    units=(AnswerUnit("Phòng Nội vụ", "supervise", (1,)),),
    citations=(Citation(1, "documents/a.txt", "Kế hoạch", "Mục III.2", "Phòng Nội\x0c\n vụ", 5, 17),),
    notices=(Notice("as_of", "Theo Kế hoạch tháng 02/2024.", (1,)),),
    elapsed_ms=1.5,
)  # fmt: skip
REFUSED = Answer("Thời tiết?", "not_found", "out_of_scope", "Không tìm thấy.")


@dataclass
class FakeAssistant:
    """Knows one answer; `failure` is what any other question raises."""

    asked: list[tuple[str, Sequence[str]]] = field(default_factory=list)
    failure: Exception | None = None

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        self.asked.append((question, tuple(history)))
        if question == ANSWER.question:
            return ANSWER
        if self.failure:
            raise self.failure
        return REFUSED


@pytest.fixture(autouse=True)
def assistant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeAssistant:
    fake = FakeAssistant()
    monkeypatch.setattr("rag.cli.open_assistant", lambda config: fake)
    monkeypatch.setenv("HOIDAP_DATA", str(tmp_path / "data"))
    return fake


def jsonl(path: Path, *lines: bytes | str | dict[str, object]) -> str:
    encoded = [json.dumps(line, ensure_ascii=False) if isinstance(line, dict) else line for line in lines]
    path.write_bytes(b"\n".join(line.encode() if isinstance(line, str) else line for line in encoded))
    return str(path)


def test_an_answer_is_shown_with_what_backs_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "Ai theo dõi?"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Phòng Nội vụ theo dõi [1].",
        "",
        "Văn bản",
        "  Quyết định 320-QĐ/TU · 13/6/2016 · Tỉnh ủy · Về đối thoại · chưa có toàn văn trong kho [1]",
        "",
        "Đơn vị",
        "  Phòng Nội vụ (theo dõi, đôn đốc) [1]",
        "",
        "Trích nguyên văn",
        "  [1] Kế hoạch · Mục III.2: “Phòng Nội vụ”",
        "",
        "Lưu ý",
        "  Theo Kế hoạch tháng 02/2024. [1]",
    ]


def test_an_answer_is_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "Ai theo dõi?", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert "id" not in printed
    assert printed["citations"][0]["quote"] == ANSWER.citations[0].quote


def test_nothing_found_is_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "Thời tiết?"]) == 0
    assert capsys.readouterr().out == "Không tìm thấy.\n"


@pytest.mark.parametrize(
    ("arguments", "sentence", "code"),
    [
        (["ask", ""], "Câu hỏi đang để trống.", 1),
        (["ask", " \n"], "Câu hỏi đang để trống.", 1),
        (["ask", "a" * 2001], "Câu hỏi dài 2001 ký tự", 1),
        (["ask", "\udcff"], "Câu hỏi không phải văn bản UTF-8.", 1),
        (["ask"], "Hãy nhập một câu hỏi", 1),
        (["ask", "Ai?", "--batch", "x"], "Hãy nhập một câu hỏi", 1),
        (["ask", "--batch", "không-có.jsonl"], "Không mở được tệp câu hỏi không-có.jsonl", 1),
        (["ask", "--batch", "."], "Không mở được tệp câu hỏi .", 1),
        (["ask", "Ai", "chủ", "trì"], "Thừa: chủ trì. Câu hỏi cần đặt trong dấu nháy kép.", 2),
        (["ask", "--jsn", "Ai?"], "Không có tùy chọn --jsn. Ý bạn là --json? Xem cách dùng: hoidap ask", 2),
        (["ask", "-x"], "Không có tùy chọn -x.", 2),
        (["ask", "--batch"], "Tùy chọn --batch cần một giá trị.", 2),
        (["ask", "--json=1", "Ai?"], "Tùy chọn --json không nhận giá trị.", 2),
        (["ingset"], "Không có lệnh ingset. Ý bạn là 'ingest'? Xem cách dùng: hoidap --help", 2),
        (["xyz"], "Không có lệnh xyz. Xem", 2),
        (["serve", "--port", "cổng"], "Giá trị của --port không hợp lệ.", 2),
        (["serve", "--port", "0"], "Giá trị của --port không hợp lệ.", 2),
    ],
)  # fmt: skip
def test_a_wrong_command_line_is_told_in_vietnamese(
    capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str, code: int
) -> None:
    assert main(arguments) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(sentence)


def test_words_of_typer_that_are_not_known_say_that_the_command_is_wrong() -> None:
    assert usage_words("Something else.") == "Lệnh viết chưa đúng."


@pytest.mark.parametrize("arguments", [[], ["ingest"], ["ask"], ["serve"]])
def test_help_is_in_vietnamese(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert main([*arguments, "--help"]) == 0
    shown = capsys.readouterr().out
    assert "Cách dùng: hoidap" in shown
    assert "Hiện phần trợ giúp này rồi thoát." in shown
    english = ("Usage", "Options", "Arguments", "Commands", "Show this", "default", "<bool>", "<str>", "TEXT",
               "COMMAND", "completion")  # fmt: skip
    assert not [word for word in english if word in shown]


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "Cách dùng: hoidap" in capsys.readouterr().out


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"hoidap {version('hoidap')}\n"


def test_a_batch_gives_a_line_for_each_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], assistant: FakeAssistant
) -> None:
    path = jsonl(
        tmp_path / "q.jsonl",
        b'\xef\xbb\xbf{"id": "a", "question": "Ai?"}\r',
        "",
        {"id": "b", "question": "Ai theo dõi?", "history": ["Kế hoạch nào?"]},
    )
    assert main(["ask", "--batch", path]) == 0
    captured = capsys.readouterr()
    assert [json.loads(line)["id"] for line in captured.out.splitlines()] == ["a", "b"]
    assert assistant.asked == [("Ai?", ()), ("Ai theo dõi?", ("Kế hoạch nào?",))]


BAD_LINES = {
    "{": "không phải JSON hợp lệ.",
    "[]": "phải là một đối tượng JSON.",
    '{"id": "a"}': "thiếu khóa question.",
    '{"question": "Ai?"}': "thiếu khóa id.",
    '{"id": 1, "question": "Ai?"}': "id phải là chuỗi.",
    '{"id": "a", "question": ""}': "câu hỏi đang để trống.",
    '{"id": "a", "question": null}': "question phải là chuỗi.",
    '{"id": "a", "question": "Ai?", "top_k": 3}': "khóa top_k không có trong quy ước.",
    '{"id": "a", "question": "Ai?", "history": "Ai?"}': "history phải là danh sách các chuỗi.",
    '{"id": "a", "question": "Ai?", "history": [1]}': "history.0 phải là chuỗi.",
    '{"id": "a", "question": "Ai?", "history": null}': "history phải là danh sách các chuỗi.",
    '{"id": "a", "question": "\\ud800"}': "không phải JSON hợp lệ.",
    '{"id": "a", "question": "' + "a" * 2001 + '"}': "câu hỏi dài quá 2000 ký tự.",
}


@pytest.mark.parametrize("bad", BAD_LINES, ids=BAD_LINES.values())
def test_a_bad_line_is_told_and_skipped(tmp_path: Path, capsys: pytest.CaptureFixture[str], bad: str) -> None:
    good = {"id": "z", "question": "Ai theo dõi?"}
    assert main(["ask", "--batch", jsonl(tmp_path / "q.jsonl", good, bad, good)]) == 1
    captured = capsys.readouterr()
    assert [json.loads(line)["id"] for line in captured.out.splitlines()] == ["z", "z"]
    assert f"Dòng 2: {BAD_LINES[bad]}" in captured.err
    assert "Đã bỏ qua 1 dòng." in captured.err


def test_broken_utf8_is_told_and_skipped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = jsonl(tmp_path / "q.jsonl", b'{"id": "a", "question": "\xff"}', {"id": "z", "question": "Ai?"})
    assert main(["ask", "--batch", path]) == 1
    captured = capsys.readouterr()
    assert "Dòng 1: không phải văn bản UTF-8 (lỗi ở byte 25)." in captured.err
    assert json.loads(captured.out)["id"] == "z"


def test_a_question_that_breaks_the_program_does_not_stop_the_batch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], assistant: FakeAssistant
) -> None:
    assistant.failure = ZeroDivisionError("secret")
    lines = ({"id": "a", "question": "Vì sao?"}, {"id": "b", "question": "Ai theo dõi?"})
    assert main(["ask", "--batch", jsonl(tmp_path / "q.jsonl", *lines)]) == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out)["id"] == "b"
    assert "Dòng 1: Có lỗi ngoài dự kiến." in captured.err
    assert "secret" not in captured.err


def test_a_batch_is_read_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = io.BytesIO(b'{"id": "a", "question": "Ai?"}')
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(lines))
    assert main(["ask", "--batch", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "a"


def test_an_unexpected_error_is_logged_and_told_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], assistant: FakeAssistant
) -> None:
    assistant.failure = ZeroDivisionError("secret")
    assert main(["ask", "Vì sao?"]) == 1
    captured = capsys.readouterr()
    assert captured.err.startswith("Có lỗi ngoài dự kiến. Chi tiết ở nhật ký ")
    assert captured.err.count("\n") == 1
    assert "ZeroDivisionError: secret" in (tmp_path / "data" / "hoidap.log").read_text(encoding="utf-8")


def test_debug_shows_an_unexpected_error(capsys: pytest.CaptureFixture[str], assistant: FakeAssistant) -> None:
    assistant.failure = ZeroDivisionError("secret")
    assert main(["--debug", "ask", "Vì sao?"]) == 1
    assert "ZeroDivisionError: secret" in capsys.readouterr().err


def test_logging_is_left_as_it_was() -> None:
    before = list(logging.getLogger().handlers)
    main(["ask", "Ai?"])
    assert logging.getLogger().handlers == before
    assert logging.getLogger().isEnabledFor(logging.ERROR)
    assert logging.root.manager.disable == logging.NOTSET


def test_ctrl_c_exits_130(assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> Answer:
        raise KeyboardInterrupt

    monkeypatch.setattr(assistant, "ask", interrupt)
    assert main(["ask", "Ai?"]) == 130


def test_a_wrong_configuration_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("HOIDAP_CONFIG", str(tmp_path / "hoidap.toml"))
    (tmp_path / "hoidap.toml").write_text("prot = 1", encoding="utf-8")
    assert main(["ask", "Ai?"]) == 1
    assert capsys.readouterr().err == "Cấu hình không hợp lệ ở mục: prot.\n"


@pytest.mark.parametrize(
    ("report", "sentence"),
    [
        (IngestReport((), 1, 0, 113), "Không có gì thay đổi: chỉ mục vẫn dùng được (1 tệp, 113 đoạn)."),
        (IngestReport(("code", "corpus"), 1, 40, 113), "vì có thay đổi ở chương trình, kho văn bản: 1 tệp"),
        (IngestReport(("code",), 1, 40, 113, first=True), "Đã lập chỉ mục: 1 tệp, 40 văn bản"),
        (IngestReport(("code",), 1, 40, 113, forced=True), "Đã lập lại chỉ mục: 1 tệp, 40 văn bản"),
    ],
)
def test_ingest_says_what_it_did(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], report: IngestReport, sentence: str
) -> None:
    monkeypatch.setattr("rag.index.ingest.ingest", lambda config, **_: report)
    assert main(["ingest"]) == 0
    assert sentence in capsys.readouterr().out


@pytest.mark.parametrize("error", [SnapshotLocked("Đang bận."), SnapshotError("Đĩa đầy.")])
def test_an_ingest_that_fails_says_why(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: SnapshotError
) -> None:
    def fail(*_: object, **__: object) -> IngestReport:
        raise error

    monkeypatch.setattr("rag.index.ingest.ingest", fail)
    assert main(["ingest", "--force"]) == 1
    captured = capsys.readouterr()
    assert (captured.out, captured.err.strip()) == ("", str(error))


def test_serve_opens_the_chat_where_it_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], assistant: FakeAssistant
) -> None:
    served: list[object] = []
    monkeypatch.setattr("rag.web.server.serve", lambda chat, config: served.append((chat, config.host, config.port)))
    assert main(["serve", "--port", "7999"]) == 0
    assert served == [(assistant, "127.0.0.1", 7999)]
    assert "http://127.0.0.1:7999" in capsys.readouterr().out


def test_a_taken_port_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ConfigError("Không mở được cổng 7860.")

    monkeypatch.setattr("rag.web.server.serve", refuse)
    assert main(["serve"]) == 1
    assert capsys.readouterr().err == "Không mở được cổng 7860.\n"


FAKE = """
import sys
from rag import cli
from rag.types import Answer
class Assistant:
    def ask(self, question, history=()):
        return Answer(question, "not_found", "no_evidence", "-")
cli.open_assistant = lambda config: Assistant()
sys.exit(cli.main())
"""


def run(*arguments: str | bytes, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", FAKE, *arguments],
        cwd=PROJECT, env={**os.environ, **environment}, capture_output=True, timeout=60, check=False,
    )  # fmt: skip


def test_utf8_is_spoken_whatever_the_locale() -> None:
    locale = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    done = run("ask", "--json", "Đối thoại ở đâu?", **locale)
    assert json.loads(done.stdout.decode("utf-8"))["question"] == "Đối thoại ở đâu?"
    assert (done.returncode, done.stderr) == (0, b"")


def plan(folder: Path) -> str:
    path = folder / "ke-hoach.txt"
    path.write_text(
        "KẾ HOẠCH\nPhòng chống thiên tai\n\nI. NỘI DUNG\n\n1. Các xã thực hiện Chỉ thị số 18-CT/TU.\n", encoding="utf-8"
    )
    return str(path)


def test_a_document_is_extracted_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "--json", plan(tmp_path)]) == 0
    values = json.loads(capsys.readouterr().out)
    assert values["document"]["source"] == "ke-hoach.txt"
    assert [one["number"] for one in values["references"]] == ["18-CT/TU"]
    assert [one["unit"] for one in values["assignments"]] == ["Các xã"]


def test_a_document_is_extracted_as_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", plan(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert all(words in shown for words in ("Văn bản được dẫn", "18-CT/TU", "Nhiệm vụ", "Các xã", "thực hiện"))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", None, "Không thấy tệp"),
        ("a.txt", b"", "không có nội dung"),
        ("a.txt", "Kế".encode() + b"\xff\xfe", "không phải văn bản UTF-8"),
        ("a.pages", b"x", "loại tệp .pages chưa được hỗ trợ"),
    ],
)
def test_a_file_that_cannot_be_extracted_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes | None, said: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert main(["extract", str(tmp_path / name)]) == 1
    assert said in capsys.readouterr().err


def test_extract_without_a_file_is_misuse(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract"]) == 2
    assert "Thiếu TỆP." in capsys.readouterr().err


def test_an_argument_that_is_no_utf8_is_told() -> None:
    done = run("ask", b"\xff\xfe")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode("utf-8") == "Câu hỏi không phải văn bản UTF-8.\n"


def test_each_answer_of_a_pipe_comes_before_the_next_question() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", FAKE, "ask", "--batch", "-"],
        cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    with process:
        for number in ("1", "2"):
            process.stdin.write(json.dumps({"id": number, "question": "Ai?"}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
    assert process.returncode == 0


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    lines = [{"id": str(number), "question": "Ai?" * 200} for number in range(2000)]
    process = subprocess.Popen(
        [sys.executable, "-c", FAKE, "ask", "--batch", jsonl(tmp_path / "q.jsonl", *lines)],
        cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    assert process.stderr
    with process:
        process.stdout.readline()
        process.stdout.close()
        told = process.stderr.read().decode("utf-8")
    assert "Error" not in told
    assert "ngoài dự kiến" not in told


def test_a_signal_from_the_keyboard_exits_130() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", FAKE, "ask", "--batch", "-"],
        cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background ignores it
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    process.stdin.write(b'{"id": "1", "question": "Ai?"}\n')
    process.stdin.flush()
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in told


def test_python_m_rag_is_the_command_and_imports_little_for_its_help() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "rag", "--help"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True)
    assert "Cách dùng: hoidap" in done.stdout.decode("utf-8")
    imported = {line.split(b"|")[-1].strip().partition(b".")[0] for line in done.stderr.splitlines()}
    assert not imported & {b"numpy", b"torch", b"chromadb", b"gradio", b"llama_index", b"underthesea"}
