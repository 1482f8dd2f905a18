"""How the command line speaks: help and faults in Vietnamese, tables, bars, the log."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from rag.answering.plain import printable
from rag.errors import HoidapError

LOG = "hoidap.log"
LARGEST_LOG = 1_000_000  # bytes
OPTIONS, COMMANDS = "Tùy chọn", "Lệnh"
HELP = "Hiện phần trợ giúp này rồi thoát."
OPTIONS_METAVAR = f"[{OPTIONS.upper()}]"
MISUSED = "Lệnh viết chưa đúng."
# What Typer says of a wrong command line, and how we say it.
USAGE_WORDS = (
    (r"No such option: (\S+)", "Không có tùy chọn {}."),
    (r"No such command '(.+?)'", "Không có lệnh {}."),
    (r"Option '(.+?)' requires an argument", "Tùy chọn {} cần một giá trị."),
    (r"Option '(.+?)' does not take a value", "Tùy chọn {} không nhận giá trị."),
    (r"Invalid value for '(.+?)'", "Giá trị của {} không hợp lệ."),
    (r"Missing argument '(.+?)'", "Thiếu {}."),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.+)\)", "Thừa: {}. Câu hỏi cần đặt trong dấu nháy kép."),
)
_WIDEST = 2_000
SUGGESTED = re.compile(r"(?:Did you mean|Possible options:) (.+?)[?)]")


class _InVietnamese:
    """A command whose help is in Vietnamese; `Any` stands for types that Typer keeps to itself."""

    def format_usage(self: Any, ctx: Any, formatter: Any) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), "Cách dùng: ")

    def get_help_option(self, ctx: Any) -> Any:
        option: Any = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:  # `eval` leaves --help to what it calls
            option.help, option.metavar, option.rich_help_panel = HELP, "", OPTIONS
        return option


class Command(_InVietnamese, TyperCommand):
    pass


class Group(_InVietnamese, TyperGroup):
    pass


def option(*names: str, help: str, **settings: Any) -> Any:
    shown: dict[str, Any] = {"metavar": "", "rich_help_panel": OPTIONS, "show_default": False}
    return typer.Option(*names, help=help, **(shown | settings))


def usage_words(message: str) -> str:
    """What Typer says of a wrong command line, in Vietnamese.

    >>> usage_words("No such command 'ingset'. Did you mean 'ingest'?")
    "Không có lệnh ingset. Ý bạn là 'ingest'?"
    """
    matches = ((sentence, re.match(pattern, message, re.DOTALL)) for pattern, sentence in USAGE_WORDS)
    said = next((sentence.format(match[1]) for sentence, match in matches if match), MISUSED)
    suggested = SUGGESTED.search(message)
    return f"{said} Ý bạn là {suggested[1]}?" if suggested else said


@contextmanager
def logging_to(folder: Path | None) -> Iterator[None]:
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


@contextmanager
def bars(*, shown: bool = True) -> Iterator[Callable[[str, int, int | None], None]]:
    """A bar a step on stderr."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, redirect_stdout=False, disable=not shown) as shown_bars:
        tasks: dict[str, TaskID] = {}

        def report(step: str, done: int, total: int | None) -> None:
            if step not in tasks:
                tasks[step] = shown_bars.add_task(step, total=total)
            shown_bars.update(tasks[step], completed=done)

        yield report


def print_line(text: str) -> None:
    """Raises: HoidapError where the disk refuses."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise HoidapError(f"Không ghi được câu trả lời: {error.strerror}.") from error


def show_lines(lines: Iterable[str]) -> None:
    """Prints lines in which `**` marks what stands out, broken at words on a screen, and not at all in a file."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for line in lines:
        parts = [(part, "bold" if index % 2 else "") for index, part in enumerate(line.split("**"))]
        console.print(Text.assemble(*parts), soft_wrap=not console.is_terminal)


def show_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Prints a table under its title; in a file it is as wide as it needs to be."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    table = Table(title=Text(title, style="bold"), title_justify="left", show_lines=console.is_terminal)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    if not console.is_terminal:
        wide = console.options.update(max_width=_WIDEST)
        console = Console(highlight=False, width=console.measure(table, options=wide).maximum)
    console.print(table)


def say(sentence: str) -> None:
    """Prints a sentence on stderr."""
    print(printable(sentence), file=sys.stderr, flush=True)
