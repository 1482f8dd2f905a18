"""The command `hoidap`: ingest, ask, serve."""

from __future__ import annotations

import io
import logging
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from rag.config import Config, read_config
from rag.errors import HoidapError, QuestionError, ReadingError

if TYPE_CHECKING:
    from rag.answering.assistant import Assistant
    from rag.types import Answer

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

PROGRAM = "hoidap"
LOG = "hoidap.log"
LARGEST_LOG = 1_000_000  # bytes
STDIN = "-"

OPTIONS, COMMANDS = "Tùy chọn", "Lệnh"
HELP = "Hiện phần trợ giúp này rồi thoát."
OPTIONS_METAVAR = f"[{OPTIONS.upper()}]"
UNEXPECTED = "Có lỗi ngoài dự kiến. Chi tiết ở nhật ký {log}; chạy lại với hoidap --debug để xem ngay."
UNLOGGED = "Có lỗi ngoài dự kiến: chi tiết ở trên."
MISUSED = "Lệnh viết chưa đúng."
STALE = "Kho văn bản hoặc chương trình đã thay đổi; câu trả lời theo chỉ mục cũ. Hãy chạy: hoidap ingest"
UNREADABLE = "{fault} Câu trả lời theo chỉ mục cũ."
NO_QUESTION = 'Hãy nhập một câu hỏi: hoidap ask "…", hoặc một tệp câu hỏi: hoidap ask --batch TỆP.'
FIRST = "Chưa có chỉ mục; đang lập lần đầu."
# What Typer says of a wrong command line, and how we say it.
USAGE_WORDS = (
    (r"No such option: (\S+)", "Không có tùy chọn {}."),
    (r"No such command '(.+?)'", "Không có lệnh {}."),
    (r"Option '(.+?)' requires an argument", "Tùy chọn {} cần một giá trị."),
    (r"Option '(.+?)' does not take a value", "Tùy chọn {} không nhận giá trị."),
    (r"Invalid value for '(.+?)'", "Giá trị của {} không hợp lệ."),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.+)\)", "Thừa: {}. Câu hỏi cần đặt trong dấu nháy kép."),
)
SUGGESTED = re.compile(r"(?:Did you mean|Possible options:) (.+?)[?)]")


class _InVietnamese:
    """A command whose help is in Vietnamese; `Any` stands for types that Typer keeps to itself."""

    def format_usage(self: Any, ctx: Any, formatter: Any) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), "Cách dùng: ")

    def get_help_option(self, ctx: Any) -> Any:
        option: Any = super().get_help_option(ctx)  # type: ignore[misc]
        option.help, option.metavar, option.rich_help_panel = HELP, "", OPTIONS
        return option


class _Command(_InVietnamese, TyperCommand):
    pass


class _Group(_InVietnamese, TyperGroup):
    pass


app = typer.Typer(
    cls=_Group,
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


def _option(*names: str, help: str, **settings: Any) -> Any:
    shown: dict[str, Any] = {"metavar": "", "rich_help_panel": OPTIONS, "show_default": False}
    return typer.Option(*names, help=help, **(shown | settings))


def _command(name: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    return app.command(name, cls=_Command, options_metavar=OPTIONS_METAVAR, rich_help_panel=COMMANDS)


@app.callback()
def _program(
    context: typer.Context,
    debug: Annotated[bool, _option("--debug", help="Ghi nhật ký chi tiết ra màn hình.")] = False,
    _version: Annotated[
        bool,
        _option("--version", help="Hiện phiên bản rồi thoát.", is_eager=True, callback=_print_version),
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        context.get_help()
        raise typer.Exit(2)
    context.obj.enter_context(_logging(None if debug else read_config().data))


@_command("ingest")
def _ingest(
    force: Annotated[bool, _option("--force", help="Lập lại cả khi không có gì thay đổi.")] = False,
) -> int:
    """Đọc kho văn bản và lập chỉ mục; không làm gì khi không có gì thay đổi."""
    print(_build_index(read_config(), force=force))
    return 0


@_command("ask")
def _ask(
    question: Annotated[
        str | None,
        typer.Argument(metavar="CÂU_HỎI", hidden=True),  # its row would name its type in English
    ] = None,
    as_json: Annotated[bool, _option("--json", help="In câu trả lời dưới dạng JSON.")] = False,
    batch: Annotated[
        str | None,
        _option("--batch", metavar="TỆP", help="Trả lời từng dòng của một tệp JSONL; - là đầu vào chuẩn."),
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

        _print_line(answer_line(answer))
    else:
        _show(answer)
    return 0


@_command("serve")
def _serve(
    host: Annotated[str | None, _option("--host", metavar="ĐỊA_CHỈ", help="Địa chỉ mở trang.")] = None,
    port: Annotated[int | None, _option("--port", metavar="CỔNG", min=1, max=65535, help="Cổng mở trang.")] = None,
) -> int:
    """Mở trang hỏi đáp trên trình duyệt; dừng bằng Ctrl+C."""
    config = read_config()
    assistant = open_assistant(config)
    from rag.web import chat

    host, port = host or config.host, port or config.port
    print(f"Trang hỏi đáp: http://{host}:{port} (dừng bằng Ctrl+C)", flush=True)
    chat.serve(assistant, host=host, port=port)
    return 0


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
        _say(f"{usage_words(error.format_message())} Xem cách dùng: {path} --help")
        return error.exit_code


def usage_words(message: str) -> str:
    """What Typer says of a wrong command line, in Vietnamese.

    >>> usage_words("No such command 'ingset'. Did you mean 'ingest'?")
    "Không có lệnh ingset. Ý bạn là 'ingest'?"
    """
    matches = ((sentence, re.match(pattern, message, re.DOTALL)) for pattern, sentence in USAGE_WORDS)
    said = next((sentence.format(match[1]) for sentence, match in matches if match), MISUSED)
    suggested = SUGGESTED.search(message)
    return f"{said} Ý bạn là {suggested[1]}?" if suggested else said


def _guarded(action: Callable[[], Result], *, where: str = "") -> Result | None:
    """What the action returns, None where it failed: then a sentence on stderr says so, after `where`."""
    try:
        return action()
    except HoidapError as error:
        _say(f"{where}{error}")
    except BrokenPipeError:
        raise
    except Exception:
        logger.exception("Unexpected failure")
        _say(where + _unexpected())
    return None


def _unexpected() -> str:
    handlers = logging.getLogger().handlers
    log = next((found.baseFilename for found in handlers if isinstance(found, RotatingFileHandler)), None)
    return UNEXPECTED.format(log=log) if log else UNLOGGED


@contextmanager
def _logging(folder: Path | None) -> Iterator[None]:
    """Warnings and errors go to a file in the folder; without a folder everything of ours goes to stderr."""
    root, ours = logging.getLogger(), logging.getLogger("rag")
    handler = _log_handler(folder)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    before = ours.level
    root.addHandler(handler)
    logging.captureWarnings(True)
    if folder is None:
        ours.setLevel(logging.DEBUG)
    else:
        logging.disable(logging.INFO)  # bm25s tells what it does through any handler that it finds
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
        logging.captureWarnings(False)
        ours.setLevel(before)
        root.removeHandler(handler)
        handler.close()


def _log_handler(folder: Path | None) -> logging.Handler:
    if folder is None:
        return logging.StreamHandler()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return RotatingFileHandler(folder / LOG, maxBytes=LARGEST_LOG, backupCount=1, encoding="utf-8")
    except OSError:
        return logging.StreamHandler()


def open_assistant(config: Config) -> Assistant:
    """The assistant over the snapshot that serves; the first one is made where there is none."""
    from rag.answering.assistant import Assistant
    from rag.index.snapshot import current_manifest

    if current_manifest(config) is None:
        _say(FIRST)
        _say(_build_index(config, force=False))
    elif warning := _staleness(config):
        _say(warning)
    return Assistant.open(config)


def _staleness(config: Config) -> str:
    from rag.index.ingest import is_stale

    try:
        return STALE if is_stale(config) else ""
    except ReadingError as error:
        return UNREADABLE.format(fault=error)


def _build_index(config: Config, *, force: bool) -> str:
    from rag.index.ingest import ingest, summary

    with _bars() as report:
        return summary(ingest(config, force=force, progress=report))


@contextmanager
def _bars(*, shown: bool = True) -> Iterator[Callable[[str, int, int | None], None]]:
    """A bar a step on stderr."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, redirect_stdout=False, disable=not shown) as bars:
        tasks: dict[str, TaskID] = {}

        def report(step: str, done: int, total: int | None) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total)
            bars.update(tasks[step], completed=done)

        yield report


def _ask_batch(path: str) -> int:
    from rag.answering.wire import numbered_questions

    with ExitStack() as stack:
        file = _open_questions(path, stack)
        assistant = open_assistant(read_config())
        total = _count(file)
        # Where the answers go to the screen, a bar would stand between them.
        report = stack.enter_context(_bars(shown=not sys.stdout.isatty()))
        skipped = 0
        for number, line in numbered_questions(file):
            report("Trả lời", number, total)
            text = _guarded(partial(_answer_line, assistant, line), where=f"Dòng {number}: ")
            if text is None:
                skipped += 1
            else:
                _print_line(text)
    if skipped:
        _say(f"Đã bỏ qua {skipped} dòng.")
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


def _print_line(text: str) -> None:
    """Raises: HoidapError where the disk refuses."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise HoidapError(f"Không ghi được câu trả lời: {error.strerror}.") from error


def _decoded(argument: str) -> str:
    """An argument as its bytes say in UTF-8, whatever the locale took them for.

    Raises: QuestionError.
    """
    try:
        return os.fsencode(argument).decode("utf-8")
    except UnicodeError as error:
        raise QuestionError("Câu hỏi không phải văn bản UTF-8.") from error


def _show(answer: Answer) -> None:
    """Lines are broken at words on a screen, and not at all in a file."""
    from rich.console import Console
    from rich.text import Text

    from rag.answering.plain import plain_lines

    console = Console(highlight=False)
    for line in plain_lines(answer):
        parts = [(part, "bold" if index % 2 else "") for index, part in enumerate(line.split("**"))]
        console.print(Text.assemble(*parts), soft_wrap=not console.is_terminal)


def _say(sentence: str) -> None:
    from rag.answering.plain import printable

    print(printable(sentence), file=sys.stderr, flush=True)
