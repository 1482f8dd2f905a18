"""The command `hoidap`: ingest, ask, serve."""

from __future__ import annotations

import io
import logging
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from importlib.metadata import version
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from rag.config import Config, read_config
from rag.errors import HoidapError, QuestionError, ReadingError

if TYPE_CHECKING:
    from rich.text import Text

    from rag.answering.assistant import Assistant
    from rag.index.ingest import IngestReport
    from rag.index.ingest import Progress as Report
    from rag.types import Answer

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

PROGRAM = "hoidap"
LOG = "hoidap.log"
LARGEST_LOG = 1_000_000  # bytes
STDIN = "-"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

OPTIONS, ARGUMENTS, COMMANDS = "Tùy chọn", "Tham số", "Lệnh"
OPTIONS_METAVAR = f"[{OPTIONS.upper()}]"
UNEXPECTED = "Có lỗi ngoài dự kiến. Chi tiết ở nhật ký {log}; chạy lại với hoidap --debug để xem ngay."
UNLOGGED = "Có lỗi ngoài dự kiến: chi tiết ở trên."
MISUSED = "Lệnh viết chưa đúng."
STALE = "Kho văn bản hoặc chương trình đã thay đổi; câu trả lời theo chỉ mục cũ. Hãy chạy: hoidap ingest"
UNREADABLE = "{fault} Câu trả lời theo chỉ mục cũ."
FIRST = "Chưa có chỉ mục; đang lập lần đầu."
PART_NAMES = {
    "corpus": "kho văn bản",
    "catalogue": "danh mục đã kiểm tra",
    "encoder": "bộ mã hóa",
    "segmenter": "bộ tách từ",
    "tables": "bảng dữ liệu",
    "code": "chương trình",
}
# What Typer says of a wrong command line, and how we say it; the first that matches.
USAGE_WORDS = (
    (r"No such option: (\S+)(?: \(Possible options: (.+)\))?", "Không có tùy chọn {0}.", "Ý bạn là {1}?"),
    (r"No such command '(.+?)'\.(?: Did you mean (.+)\?)?", "Không có lệnh {0}.", "Ý bạn là {1}?"),
    (r"No such command '(.+?)'(?:\. Did you mean (.+)\?)?", "Không có lệnh {0}.", "Ý bạn là {1}?"),
    (r"Option '(.+)' requires an argument\.", "Tùy chọn {0} cần một giá trị.", ""),
    (r"Option '(.+)' does not take a value\.", "Tùy chọn {0} không nhận giá trị.", ""),
    (r"Invalid value for '(.+?)': .+", "Giá trị của {0} không hợp lệ.", ""),
    (r"Got unexpected extra arguments? ?(?:\(s\) )?\((.+)\)", "Thừa: {0}. Câu hỏi cần đặt trong dấu nháy kép.", ""),
)  # fmt: skip


class _Command(TyperCommand):
    """A command whose help is in Vietnamese."""

    # `Any` stands for types that Typer keeps private.
    def format_usage(self, ctx: Any, formatter: Any) -> None:
        _write_usage(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        return _in_vietnamese(super().get_help_option(ctx))


class _Group(TyperGroup):
    """The program, whose help is in Vietnamese."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        _write_usage(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        return _in_vietnamese(super().get_help_option(ctx))


def _write_usage(command: TyperCommand | TyperGroup, ctx: Any, formatter: Any) -> None:
    formatter.write_usage(ctx.command_path, " ".join(command.collect_usage_pieces(ctx)), prefix="Cách dùng: ")


def _in_vietnamese(option: TyperOption | None) -> TyperOption | None:
    if option is not None:
        option.help, option.rich_help_panel = "Hiện phần trợ giúp này rồi thoát.", OPTIONS
    return option


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
        print(f"{PROGRAM} {version(PROGRAM)}")
        raise typer.Exit


def _option(*names: str, help: str, **settings: Any) -> Any:
    return typer.Option(*names, help=help, rich_help_panel=OPTIONS, show_default=False, **settings)


def _command(function: Callable[..., int]) -> Callable[..., int]:
    return app.command(cls=_Command, options_metavar=OPTIONS_METAVAR, rich_help_panel=COMMANDS)(function)


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


@_command
def ingest(
    force: Annotated[bool, _option("--force", help="Lập lại cả khi không có gì thay đổi.")] = False,
) -> int:
    """Đọc kho văn bản và lập chỉ mục; không làm gì khi không có gì thay đổi."""
    print(_ingest(read_config(), force=force))
    return 0


@_command
def ask(
    question: Annotated[
        str | None,
        typer.Argument(metavar="CÂU_HỎI", help="Câu hỏi, đặt trong dấu nháy kép.", rich_help_panel=ARGUMENTS,
                       show_default=False),
    ] = None,
    as_json: Annotated[bool, _option("--json", help="In câu trả lời dưới dạng JSON.")] = False,
    batch: Annotated[
        str | None,
        _option("--batch", metavar="TỆP", help="Trả lời từng dòng của một tệp JSONL; - là đầu vào chuẩn."),
    ] = None,
) -> int:  # fmt: skip
    """Trả lời một câu hỏi, hoặc mọi câu hỏi của một tệp, kèm đoạn trích nguyên văn."""
    if (question is None) == (batch is None):
        raise QuestionError('Hãy nhập một câu hỏi: hoidap ask "…", hoặc một tệp câu hỏi: hoidap ask --batch TỆP.')
    if batch is not None:
        return _ask_batch(batch)
    from rag.answering.assistant import check_question

    asked = check_question(_decoded(question or ""))
    answer = _open_assistant(read_config()).ask(asked)
    _show(answer, as_json=as_json)
    return 0


@_command
def serve(
    host: Annotated[str | None, _option("--host", metavar="ĐỊA_CHỈ", help="Địa chỉ mở trang.")] = None,
    port: Annotated[
        int | None, _option("--port", metavar="CỔNG", min=1, max=65535, help="Cổng mở trang, từ 1 đến 65535.")
    ] = None,
) -> int:
    """Mở trang hỏi đáp trên trình duyệt; dừng bằng Ctrl+C."""
    config = read_config()
    assistant = _open_assistant(config)
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
    for pattern, sentence, hint in USAGE_WORDS:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return " ".join(part.format(*match.groups()) for part in (sentence, hint if match.groups()[-1] else "") if part)
    return MISUSED


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
