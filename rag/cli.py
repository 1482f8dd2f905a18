"""The command `hoidap`: ingest, ask, serve, catalogue, extract, corpus, quiz, bank."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, TypeVar

import typer

from rag import corpus_commands, quiz_commands
from rag.answering.plain import plain_lines
from rag.config import PROJECT, Config, read_config
from rag.errors import HoidapError, QuestionError, ReadingError
from rag.terminal import (
    COMMANDS,
    OPTIONS_METAVAR,
    Command,
    Group,
    bars,
    logging_to,
    option,
    print_line,
    say,
    show_lines,
    show_table,
    usage_words,
)

if TYPE_CHECKING:
    from rag.answering.assistant import Assistant

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

PROGRAM = "hoidap"
STDIN = "-"

UNEXPECTED = "Có lỗi ngoài dự kiến. Chi tiết ở nhật ký {log}; chạy lại với hoidap --debug để xem ngay."
UNLOGGED = "Có lỗi ngoài dự kiến: chi tiết ở trên."
STALE = "Kho văn bản hoặc chương trình đã thay đổi; câu trả lời theo chỉ mục cũ. Hãy chạy: hoidap ingest"
UNREADABLE = "{fault} Câu trả lời theo chỉ mục cũ."
NO_QUESTION = 'Hãy nhập một câu hỏi: hoidap ask "…", hoặc một tệp câu hỏi: hoidap ask --batch TỆP.'
EVALUATE = "import sys; sys.path.insert(0, sys.argv.pop(1)); from eval.__main__ import main; sys.exit(main())"
FIRST = "Chưa có chỉ mục; đang lập lần đầu."


app = typer.Typer(
    cls=Group,
    help="Hỏi đáp trên văn bản chính thức: văn bản nào, đơn vị nào, và chính câu văn nói điều đó.",
    options_metavar=OPTIONS_METAVAR,
    subcommand_metavar="LỆNH …",
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        try:
            print(f"{PROGRAM} {version(PROGRAM)}")
        except PackageNotFoundError as error:
            raise HoidapError("Chương trình chưa được cài đặt nên không rõ phiên bản.") from error
        raise typer.Exit


def _command(name: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    return app.command(name, cls=Command, options_metavar=OPTIONS_METAVAR, rich_help_panel=COMMANDS)


@app.callback()
def _program(
    context: typer.Context,
    debug: Annotated[bool, option("--debug", help="Ghi nhật ký chi tiết ra màn hình.")] = False,
    _version: Annotated[
        bool,
        option("--version", help="Hiện phiên bản rồi thoát.", is_eager=True, callback=_print_version),
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        context.get_help()
        raise typer.Exit(2)
    context.obj.enter_context(logging_to(None if debug else read_config().data))


@_command("ingest")
def _ingest(
    force: Annotated[bool, option("--force", help="Lập lại cả khi không có gì thay đổi.")] = False,
) -> int:
    """Đọc kho văn bản và lập chỉ mục; không làm gì khi không có gì thay đổi."""
    from rag.index.ingest import ingest, summary

    with bars() as progress:
        report = ingest(read_config(), force=force, progress=progress)
    print(summary(report))
    corpus_commands.tell_unread(report.unread, report.faults)
    return int(bool(report.unread))


@_command("ask")
def _ask(
    question: Annotated[
        str | None,
        typer.Argument(metavar="CÂU_HỎI", hidden=True),  # its row would name its type in English
    ] = None,
    as_json: Annotated[bool, option("--json", help="In câu trả lời dưới dạng JSON.")] = False,
    batch: Annotated[
        str | None,
        option("--batch", metavar="TỆP", help="Trả lời từng dòng của một tệp JSONL; - là đầu vào chuẩn."),
    ] = None,
) -> int:
    """Trả lời một câu hỏi (đặt trong dấu nháy kép), hoặc mọi câu hỏi của một tệp, kèm trích nguyên văn."""
    if (question is None) == (batch is None):
        raise QuestionError(NO_QUESTION)
    if batch is not None:
        return _ask_batch(batch)
    from rag.answering.assistant import check_question

    asked = check_question(_decoded(question or ""))
    answer = open_assistant(read_config()).ask(asked)
    if as_json:
        from rag.answering.wire import answer_line

        print_line(answer_line(answer))
    else:
        show_lines(plain_lines(answer))
    return 0


@_command("catalogue")
def _catalogue(
    level: Annotated[
        str | None, option("--level", metavar="CẤP", help="Chỉ văn bản của một cấp: trung ương, tỉnh, huyện, xã.")
    ] = None,
    kind: Annotated[
        str | None, option("--type", metavar="LOẠI", help="Chỉ một loại văn bản: Chỉ thị, Nghị quyết, QĐ …")
    ] = None,
    year: Annotated[
        int | None, option("--year", metavar="NĂM", min=1900, max=2999, help="Chỉ văn bản ban hành trong một năm.")
    ] = None,
    as_json: Annotated[bool, option("--json", help="In danh mục dưới dạng JSON.")] = False,
) -> int:
    """Danh mục mọi văn bản mà kho chứa hoặc dẫn: số, loại, cơ quan, ngày, trích yếu, quan hệ, lưu ý."""
    from rag.index.snapshot import open_snapshot
    from rag.law.listing import catalogue_rows, entry_json, select
    from rag.law.notices import NoticesOfEntries

    config = read_config()
    _ensure_index(config)
    known = open_snapshot(config).knowledge
    chosen = select(known.documents, level=level, kind=kind, year=year)
    if as_json:
        notices = NoticesOfEntries(known.references, known.notices)
        values = [entry_json(one, known.references, known.provisions, notices) for one in chosen]
        print_line(json.dumps(values, ensure_ascii=False, indent=1))
    elif not chosen:
        print("Danh mục không có văn bản nào như vậy.")
    else:
        show_table(*catalogue_rows(chosen))
        print(f"{len(chosen)} văn bản.")
    return 0


@_command("extract")
def _extract(
    file: Annotated[Path, typer.Argument(metavar="TỆP", hidden=True)],
    as_json: Annotated[bool, option("--json", help="In tất cả dưới dạng JSON.")] = False,
) -> int:
    """Đọc một văn bản: bố cục, văn bản được dẫn, nhiệm vụ của từng đơn vị, sai sót trong bản gốc."""
    from rag.law.checked import read_checked_facts
    from rag.law.document import read_document
    from rag.law.extraction import extract, extraction_json
    from rag.law.listing import extraction_tables
    from rag.reading.corpus import read_file

    facts = read_checked_facts(read_config().catalogue)
    read = extract(read_document(read_file(file)), facts)
    if as_json:
        print_line(json.dumps(extraction_json(read), ensure_ascii=False, indent=1))
    else:
        for table in extraction_tables(read):
            show_table(*table)
    return 0


@app.command(
    "eval",
    cls=Command,
    add_help_option=False,
    options_metavar="[LỆNH] [TÙY CHỌN …]",
    rich_help_panel=COMMANDS,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def _eval(context: typer.Context) -> int:
    """Đo độ đúng của câu trả lời, so sánh các lần đo; hoidap eval --help liệt kê các lệnh."""
    if not (PROJECT / "eval" / "__main__.py").is_file():
        raise HoidapError("Bộ đánh giá chỉ có trong mã nguồn của dự án, không có trong bản cài đặt.")
    # It is above this module and not installed: a process of its own runs it from the checkout.
    return subprocess.run([sys.executable, "-c", EVALUATE, str(PROJECT), *context.args], check=False).returncode


@_command("serve")
def _serve(
    host: Annotated[str | None, option("--host", metavar="ĐỊA_CHỈ", help="Địa chỉ mở trang.")] = None,
    port: Annotated[int | None, option("--port", metavar="CỔNG", min=1, max=65535, help="Cổng mở trang.")] = None,
) -> int:
    """Mở trang hỏi đáp trên trình duyệt; dừng bằng Ctrl+C."""
    own = read_config()
    config = own.model_copy(update={"host": host or own.host, "port": port or own.port})
    assistant = open_assistant(config)
    from rag.web import server

    print(f"Trang hỏi đáp: http://{config.host}:{config.port} (dừng bằng Ctrl+C)", flush=True)
    server.serve(assistant, config)
    return 0


feedback = typer.Typer(
    cls=Group,
    help="Góp ý của người dùng về câu trả lời.",
    options_metavar=OPTIONS_METAVAR,
    subcommand_metavar="LỆNH …",
    no_args_is_help=True,
)
app.add_typer(feedback, name="feedback", rich_help_panel=COMMANDS)


@feedback.command("export", cls=Command, options_metavar=OPTIONS_METAVAR, rich_help_panel=COMMANDS)
def _feedback_export(
    file: Annotated[Path, typer.Argument(metavar="TỆP", hidden=True)],
) -> int:
    """Ghi góp ý ra TỆP: .csv là bảng để đọc, .jsonl là câu hỏi chuẩn cho hoidap eval (câu được chấm đúng)."""
    from rag.web.feedback import FeedbackStore
    from rag.web.feedback_export import feedback_csv, gold_lines

    config = read_config()
    entries = FeedbackStore(config.data, days=config.feedback_days).entries()
    if file.suffix.lower() not in (".csv", ".jsonl"):
        raise HoidapError(f"Chưa rõ ghi góp ý ra {file.name} theo dạng nào; tên tệp cần đuôi .csv hoặc .jsonl.")
    as_table = file.suffix.lower() == ".csv"
    lines = [] if as_table else list(gold_lines(entries))
    content = feedback_csv(entries) if as_table else "".join(f"{line}\n" for line in lines)
    try:
        file.write_text(content, "utf-8", newline="")
    except OSError as error:
        raise HoidapError(f"Không ghi được {file}: {error.strerror}.") from error
    print(f"Đã ghi {len(entries) if as_table else len(lines)} trong {len(entries)} góp ý ra {file}.")
    return 0


app.add_typer(corpus_commands.corpus, name="corpus", rich_help_panel=COMMANDS)
for _name, _run_command in (("quiz", quiz_commands.make_quiz), ("bank", quiz_commands.tend_bank)):
    _command(_name)(quiz_commands.over_the_index(_run_command, lambda: _ensure_index(read_config())))


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of one command line: 1 where it failed, 2 where it was misused, 130 after Ctrl+C."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    with ExitStack() as stack:
        code = _guarded(lambda: _run(arguments, stack))
        return 1 if code is None else code


def _run(arguments: Sequence[str] | None, stack: ExitStack) -> int:
    try:
        return int(app(arguments, prog_name=PROGRAM, standalone_mode=False, obj=stack) or 0)
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context else PROGRAM
        say(f"{usage_words(error.format_message())} Xem cách dùng: {path} --help")
        return error.exit_code


def _guarded(action: Callable[[], Result], *, where: str = "") -> Result | None:
    """What the action returns, None where it failed: then a sentence on stderr says so, after `where`."""
    try:
        return action()
    except HoidapError as error:
        say(f"{where}{error}")
    except BrokenPipeError:
        raise
    except Exception:
        logger.exception("Unexpected failure")
        say(where + _unexpected())
    return None


def _unexpected() -> str:
    handlers = logging.getLogger().handlers
    log = next((found.baseFilename for found in handlers if isinstance(found, RotatingFileHandler)), None)
    return UNEXPECTED.format(log=log) if log else UNLOGGED


def open_assistant(config: Config) -> Assistant:
    """The assistant over the snapshot that serves; the first one is made where there is none."""
    from rag.answering.assistant import Assistant

    _ensure_index(config)
    return Assistant.open(config)


def _ensure_index(config: Config) -> None:
    from rag.index.snapshot import current_manifest

    if current_manifest(config) is None:
        say(FIRST)
        say(_build_index(config))
    elif warning := _staleness(config):
        say(warning)


def _staleness(config: Config) -> str:
    from rag.index.ingest import is_stale

    try:
        return STALE if is_stale(config) else ""
    except ReadingError as error:
        return UNREADABLE.format(fault=error)


def _build_index(config: Config) -> str:
    from rag.index.ingest import ingest, summary

    with bars() as report:
        return summary(ingest(config, progress=report))


def _ask_batch(path: str) -> int:
    from rag.answering.wire import numbered_questions

    with ExitStack() as stack:
        file = _open_questions(path, stack)
        assistant = open_assistant(read_config())
        total = _count(file)
        # Where the answers go to the screen, a bar would stand between them.
        report = stack.enter_context(bars(shown=not sys.stdout.isatty()))
        skipped = 0
        for number, line in numbered_questions(file):
            report("Trả lời", number, total)
            text = _guarded(partial(_answer_line, assistant, line), where=f"Dòng {number}: ")
            if text is None:
                skipped += 1
            else:
                print_line(text)
    if skipped:
        say(f"Đã bỏ qua {skipped} dòng.")
    return int(skipped > 0)


def _open_questions(path: str, stack: ExitStack) -> IO[bytes]:
    """Raises: QuestionError where the file cannot be opened."""
    if path == STDIN:
        return sys.stdin.buffer
    try:
        return stack.enter_context(Path(path).open("rb"))
    except OSError as error:
        raise QuestionError(f"Không mở được tệp câu hỏi {path}: {error.strerror}.") from error


def _count(file: IO[bytes]) -> int | None:
    """How many lines there are; None for a pipe, which is answered as it comes."""
    if not file.seekable():
        return None
    start = file.tell()
    total = sum(1 for _ in file)
    file.seek(start)
    return total


def _answer_line(assistant: Assistant, line: bytes) -> str:
    from rag.answering.wire import answer_line, read_question

    asked = read_question(line)
    return answer_line(assistant.ask(asked.question, asked.history), asked.id)


def _decoded(argument: str) -> str:
    """An argument as its bytes say in UTF-8, whatever the locale took them for.

    Raises: QuestionError.
    """
    try:
        return os.fsencode(argument).decode("utf-8")
    except UnicodeError as error:
        raise QuestionError("Câu hỏi không phải văn bản UTF-8.") from error
