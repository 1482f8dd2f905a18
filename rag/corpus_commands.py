"""The commands of `hoidap corpus`: put files into the corpus, look at what it holds and lacks, take files out."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.config import Config, read_config
from rag.errors import ReadingError
from rag.terminal import COMMANDS, OPTIONS_METAVAR, Command, Group, bars, option, print_line, say, show_table

if TYPE_CHECKING:
    from rag.index.collection import Candidate
    from rag.index.ingest import IngestReport
    from rag.index.snapshot import Knowledge, Snapshot
    from rag.types import Unread

corpus = typer.Typer(
    cls=Group,
    help="Kho văn bản: thêm tệp, xem kho có gì và còn thiếu gì, bỏ tệp.",
    options_metavar=OPTIONS_METAVAR,
    subcommand_metavar="LỆNH …",
    no_args_is_help=True,
)
_JSON = "In báo cáo dưới dạng JSON."
_SAID = {
    "new": "đã thêm",
    "replaced": "đã thay bản trong kho ({held})",
    "same": "trùng nội dung với {held} nên không thêm",
    "version": "kho đã có một bản khác của {number} ({held}); thêm --replace để thay, --keep-both để giữ cả hai",
    "unread": "chưa đọc được: {reason}",
}


@corpus.command("add", cls=Command, options_metavar=OPTIONS_METAVAR, rich_help_panel=COMMANDS)
def _add(
    places: Annotated[list[Path], typer.Argument(metavar="TỆP|THƯ_MỤC …", hidden=True)],
    replace: Annotated[bool, option("--replace", help="Thay bản đang có của cùng văn bản.")] = False,
    keep_both: Annotated[bool, option("--keep-both", help="Giữ cả bản đang có và bản mới.")] = False,
    as_json: Annotated[bool, option("--json", help=_JSON)] = False,
) -> int:
    """Thêm tệp vào kho rồi lập lại chỉ mục. Tệp trùng không thêm; bản khác của văn bản đã có thì hỏi trước khi thay."""
    from rag.index.collection import examine, files_of

    config = read_config()
    known = _knowledge(config)
    paths = files_of(places)
    if not paths:
        raise ReadingError("Không có tệp nào để thêm.")
    rows = [_taken(one, config, replace=replace, keep_both=keep_both) for one in examine(paths, known)]
    report = _ingest(config) if any(row["result"] in ("new", "replaced") for row in rows) else None
    if as_json:
        print_line(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for row in rows:
            say(f"{row['file']}: {_SAID[row['result'] or 'new'].format_map(row)}.")
    if report:
        from rag.index.ingest import summary

        say(summary(report))
    return int(any(row["result"] in ("version", "unread") for row in rows))


def _taken(one: Candidate, config: Config, *, replace: bool, keep_both: bool) -> dict[str, str | None]:
    """One line of the report, after the file was taken in where it is wanted."""
    from rag.index.collection import take_in
    from rag.reading.files import shown_name

    result: str = one.verdict
    if one.verdict == "version" and (replace or keep_both or _agrees(one)):
        result = "new" if keep_both else "replaced"
    old = _file_of(one.held, config) if result == "replaced" else None
    if result in ("new", "replaced"):
        take_in(one.path, _folder(config))
        if old:
            _delete(old)
    return {
        "file": shown_name(one.path.name),
        "result": result,
        "number": one.number,
        "held": one.held,
        "reason": one.reason,
    }


def _agrees(one: Candidate) -> bool:
    """Whether the person at the terminal wants the new text in the place of the old."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    return typer.confirm(f"{one.path.name} là một bản khác của {one.number} ({one.held}). Thay bản cũ?", err=True)


@corpus.command("list", cls=Command, options_metavar=OPTIONS_METAVAR, rich_help_panel=COMMANDS)
def _list(as_json: Annotated[bool, option("--json", help=_JSON)] = False) -> int:
    """Các tệp trong kho: là văn bản nào, dài bao nhiêu, bao nhiêu trang, điều cần biết khi đọc."""
    shot = _snapshot(read_config())
    held = {entry.source: entry for entry in shot.knowledge.documents if entry.source}
    rows = [
        {
            "source": text.source,
            "number": held[text.source].number,
            "title": held[text.source].title,
            "date": held[text.source].date,
            "characters": len(text.text),
            "pages": len(text.pages) or None,
            "faults": list(text.faults),
        }
        for text in shot.knowledge.texts
    ]
    if as_json:
        print_line(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    heads = ("Tệp", "Số, ký hiệu", "Ngày", "Trích yếu", "Ký tự", "Trang", "Lưu ý")
    names = ("source", "number", "date", "title", "characters", "pages")
    cells = [[*(str(row[name] or "") for name in names), " ".join(map(str, _texts(row["faults"])))] for row in rows]
    show_table("Văn bản trong kho", heads, cells)
    return 0


@corpus.command("check", cls=Command, options_metavar=OPTIONS_METAVAR, rich_help_panel=COMMANDS)
def _check(as_json: Annotated[bool, option("--json", help=_JSON)] = False) -> int:
    """Văn bản được dẫn mà kho chưa có toàn văn, và tệp chưa đọc được cùng lý do; có tệp như vậy thì mã thoát là 1."""
    shot = _snapshot(read_config())
    documents = shot.knowledge.documents
    lacking = sorted((one for one in documents if not one.held), key=lambda one: (-len(one.mentions), one.key))
    unread, faults = shot.manifest.unread, shot.manifest.faults
    if as_json:
        value = {
            "held": sum(one.held for one in documents),
            "missing": [
                {"number": one.number, "type": one.type, "title": one.title, "mentions": len(one.mentions)}
                for one in lacking
            ],
            "unread": [{"file": one.source, "reason": one.reason} for one in unread],
            "faults": [{"file": source, "fault": fault} for source, fault in faults],
        }
        print_line(json.dumps(value, ensure_ascii=False, indent=1))
        return int(bool(unread))
    if lacking:
        rows = [[one.type, one.number or "", one.title or "", str(len(one.mentions))] for one in lacking]
        show_table("Được dẫn nhưng chưa có toàn văn", ("Loại", "Số, ký hiệu", "Trích yếu", "Số lần dẫn"), rows)
    print_line(f"Có toàn văn: {sum(one.held for one in documents)}. Chưa có toàn văn: {len(lacking)}.")
    tell_unread(shot.manifest.unread, faults)
    return int(bool(unread))


@corpus.command("remove", cls=Command, options_metavar=OPTIONS_METAVAR, rich_help_panel=COMMANDS)
def _remove(
    names: Annotated[list[str], typer.Argument(metavar="TỆP|SỐ_HIỆU …", hidden=True)],
    yes: Annotated[bool, option("--yes", help="Không hỏi lại.")] = False,
) -> int:
    """Bỏ hẳn tệp khỏi kho và khỏi chỉ mục."""
    from rag.index.collection import find_file
    from rag.index.ingest import summary
    from rag.index.snapshot import remove_old_versions
    from rag.reading.files import corpus_files

    config = read_config()
    known = _knowledge(config)
    found = dict(find_file(name, config, known) for name in names)
    if len(found) == len(corpus_files(config.corpus)):
        raise ReadingError("Đó là tất cả văn bản của kho; kho cần còn ít nhất một văn bản.")
    asked = f"Bỏ hẳn {', '.join(found)} khỏi kho?"
    if not yes and not (sys.stdin.isatty() and typer.confirm(asked, err=True)):
        raise ReadingError(f"{asked} Thêm --yes để đồng ý.")
    for path in found.values():
        _delete(path)
    say(summary(_ingest(config)))
    remove_old_versions(config)
    return 0


def tell_unread(unread: Sequence[Unread], faults: Sequence[tuple[str, str]]) -> None:
    """One line on stderr for each file that gave no text, and for what a reader must know of one that did."""
    from rag.reading.corpus import sentence

    for one in unread:
        say(sentence(one))
    for source, fault in faults:
        say(f"Tệp {source}: {fault}.")


def _ingest(config: Config) -> IngestReport:
    from rag.index.ingest import ingest

    with bars() as report:
        return ingest(config, progress=report)


def _snapshot(config: Config) -> Snapshot:
    from rag.index.snapshot import open_snapshot

    return open_snapshot(config)


def _knowledge(config: Config) -> Knowledge | None:
    from rag.index.snapshot import current_manifest, open_snapshot

    return open_snapshot(config).knowledge if current_manifest(config) else None


def _folder(config: Config) -> Path:
    """The folder of the corpus that new files go into: the first one.

    Raises: ReadingError where the corpus is files alone.
    """
    folder = next((place for place in config.corpus if place.is_dir() or not place.exists()), None)
    if folder is None:
        raise ReadingError("Kho văn bản không có thư mục nào để thêm tệp; hãy đặt HOIDAP_CORPUS là một thư mục.")
    return folder


def _file_of(source: str | None, config: Config) -> Path | None:
    from rag.reading.files import corpus_files

    return dict(corpus_files(config.corpus)).get(source or "")


def _delete(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        raise ReadingError(f"Không xóa được {path}: {error.strerror}.") from error


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
