"""The commands of `hoidap corpus`: put files into the corpus, look at what it holds and lacks, take files out."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
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
    from rag.types import CheckedFact, Unread

corpus = typer.Typer(
    cls=Group,
    help="Kho văn bản: thêm tệp, xem kho có gì và còn thiếu gì, bỏ tệp.",
    options_metavar=OPTIONS_METAVAR,
    subcommand_metavar="LỆNH …",
    no_args_is_help=True,
)
_JSON = "In báo cáo dưới dạng JSON."
_SAID = {
    "new": "đã thêm{told}",
    "replaced": "đã thay bản trong kho ({held}){told}",
    "same": "trùng nội dung với {held} nên không thêm{told}",
    "version": "kho đã có một bản khác của {number} ({held}); thêm --replace để thay, --keep-both để giữ cả hai",
    "other": "văn bản tự ghi là {number} nên không thêm là {reason}",
    "unread": "chưa đọc được: {reason}",
    "failed": "{reason}",
}
_TOLD = ", ghi là toàn văn của {number}"
_ASKED = '  có thể là toàn văn của {names}; nếu đúng, hãy chạy: hoidap corpus add --as "{key}" "{file}"'


@dataclass(frozen=True, slots=True)
class Row:
    """What became of a file; `result` is a key of `_SAID`, `may_be` the documents that it may be the text of."""

    file: str
    result: str
    number: str | None = None
    held: str | None = None
    reason: str = ""
    may_be: tuple[str, ...] = ()


@corpus.command("add", cls=Command, options_metavar=OPTIONS_METAVAR, rich_help_panel=COMMANDS)
def _add(
    places: Annotated[list[Path], typer.Argument(metavar="TỆP|THƯ_MỤC …", hidden=True)],
    said: Annotated[
        str, option("--as", help="Tệp là toàn văn của văn bản có số, ký hiệu này.", metavar="SỐ_HIỆU")
    ] = "",
    replace: Annotated[bool, option("--replace", help="Thay bản đang có của cùng văn bản.")] = False,
    keep_both: Annotated[bool, option("--keep-both", help="Giữ cả bản đang có và bản mới.")] = False,
    as_json: Annotated[bool, option("--json", help=_JSON)] = False,
) -> int:
    """Thêm tệp vào kho rồi lập lại chỉ mục. Tệp trùng không thêm; bản khác của văn bản đã có thì hỏi trước khi thay."""
    from rag.index.collection import changing, examine, files_of
    from rag.index.ingest import is_stale, summary
    from rag.reading.files import corpus_files

    config = read_config()
    paths = files_of(places)
    if not paths:
        raise ReadingError("Không có tệp nào để thêm.")
    if said and len(paths) > 1:
        raise ReadingError("--as nói về một tệp; hãy thêm từng tệp.")
    with changing(config):
        known = _knowledge(config)
        told = _meant(said, known, config) if said else None
        files = dict(corpus_files([place for place in config.corpus if place.exists()]))
        wanted = "keep" if keep_both else "replace" if replace else ""
        rows = [_taken(one, config, told=told, wanted=wanted) for one in examine(paths, known, files, told=told)]
        _tell(rows, paths, told=told, as_json=as_json)
        done = {row.result for row in rows}
        if done & {"new", "replaced"} or ("same" in done and is_stale(config)):
            say(summary(_ingest(config)))
    return int(bool(done & {"version", "other", "unread", "failed"}))


def _meant(said: str, known: Knowledge | None, config: Config) -> CheckedFact:
    from rag.index.matching import meant
    from rag.law.checked import read_checked_facts

    return meant(said, known.documents if known else (), read_checked_facts(config.catalogue))


def _taken(one: Candidate, config: Config, *, told: CheckedFact | None, wanted: str) -> Row:
    """One line of the report, after the file was taken in where it is wanted: to `keep` both, or to `replace`."""
    from rag.index.collection import take_in
    from rag.reading.files import shown_name
    from rag.reading.held import place_of, set_row

    result, reason = str(one.verdict), one.reason
    if one.verdict == "version" and (wanted or _agrees(one)):
        result = "new" if wanted == "keep" else "replaced"
    try:
        if result in ("new", "replaced"):
            target = take_in(one.path, _folder(config))
            set_row(target.parent, target.name, told)
        if result == "replaced" and one.held and (old := _file_of(one.held, config)):
            _delete(one.held, old, config)
        if result == "same" and told and (place := place_of(config.corpus, one.held or "")):
            set_row(*place, told)
    except ReadingError as error:
        result, reason = "failed", str(error).rstrip(".")
    asked = tuple(entry.key for entry in one.asked)
    return Row(shown_name(one.path.name), result, one.number, one.held, reason, asked)


def _tell(rows: Sequence[Row], paths: Sequence[Path], *, told: CheckedFact | None, as_json: bool) -> None:
    if as_json:
        print_line(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
        return
    for row, path in zip(rows, paths, strict=True):
        shown = _TOLD.format(number=told.number) if told else ""
        say(f"{row.file}: {_SAID[row.result].format_map(asdict(row) | {'told': shown})}.")
        if row.may_be and row.result in ("new", "replaced", "same"):
            say(_question(row.may_be, str(path)))


def _question(keys: Sequence[str], file: str) -> str:
    """How to confirm that a file is the whole text of a document."""
    return _ASKED.format(names=", ".join(keys), key=keys[0], file=file)


def _agrees(one: Candidate) -> bool:
    """Whether the person at the terminal wants the new text in the place of the old."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    return typer.confirm(f"{one.path.name} là một bản khác của {one.number} ({one.held}). Thay bản cũ?", err=True)


@corpus.command("list", cls=Command, options_metavar=OPTIONS_METAVAR, rich_help_panel=COMMANDS)
def _list(as_json: Annotated[bool, option("--json", help=_JSON)] = False) -> int:
    """Các tệp trong kho: là văn bản nào, dài bao nhiêu, bao nhiêu trang, điều cần biết khi đọc."""
    from rag.index.matching import questions
    from rag.reading.held import read_held, row_of

    config = read_config()
    shot = _snapshot(config)
    held = {entry.source: entry for entry in shot.knowledge.documents if entry.source}
    told, asked = read_held(config.corpus), questions(shot.knowledge)
    rows = [
        {
            "source": text.source,
            "number": held[text.source].number,
            "title": held[text.source].title,
            "date": held[text.source].date,
            "characters": len(text.text),
            "pages": len(text.pages) or None,
            "faults": list(text.faults),
            "told": row_of(told, text.source) is not None,
            "may_be": [entry.key for entry in asked.get(text.source, ())],
        }
        for text in shot.knowledge.texts
    ]
    if as_json:
        print_line(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    heads = ("Tệp", "Số, ký hiệu", "Ngày", "Trích yếu", "Ký tự", "Trang", "Lưu ý")
    names = ("source", "number", "date", "title", "characters", "pages")
    cells = [[*(str(row[name] or "") for name in names), _remarks(row)] for row in rows]
    show_table("Văn bản trong kho", heads, cells)
    return 0


@corpus.command("check", cls=Command, options_metavar=OPTIONS_METAVAR, rich_help_panel=COMMANDS)
def _check(as_json: Annotated[bool, option("--json", help=_JSON)] = False) -> int:
    """Văn bản được dẫn mà kho chưa có toàn văn, và tệp chưa đọc được cùng lý do; có tệp như vậy thì mã thoát là 1."""
    from rag.index.matching import questions
    from rag.reading.files import corpus_files
    from rag.reading.held import rows_without_file

    config = read_config()
    shot = _snapshot(config)
    documents, unread, faults = shot.knowledge.documents, shot.manifest.unread, shot.manifest.faults
    lacking = sorted((one for one in documents if not one.held), key=lambda one: (-len(one.mentions), one.key))
    asked = {source: [entry.key for entry in found] for source, found in questions(shot.knowledge).items()}
    files = [source for source, _ in corpus_files(config.corpus)]
    lost = rows_without_file(config.corpus, files, [one.source for one in shot.knowledge.texts])
    if as_json:
        value = {
            "held": sum(one.held for one in documents),
            "missing": [
                {"number": one.number, "type": one.type, "title": one.title, "mentions": len(one.mentions)}
                for one in lacking
            ],
            "unread": [{"file": one.source, "reason": one.reason} for one in unread],
            "faults": [{"file": source, "fault": fault} for source, fault in faults],
            "may_be": [{"file": source, "documents": keys} for source, keys in asked.items()],
            "rows_without_file": lost,
        }
        print_line(json.dumps(value, ensure_ascii=False, indent=1))
        return int(bool(unread))
    if lacking:
        rows = [[one.type, one.number or "", one.title or "", str(len(one.mentions))] for one in lacking]
        show_table("Được dẫn nhưng chưa có toàn văn", ("Loại", "Số, ký hiệu", "Trích yếu", "Số lần dẫn"), rows)
    print_line(f"Có toàn văn: {sum(one.held for one in documents)}. Chưa có toàn văn: {len(lacking)}.")
    tell_unread(unread, faults)
    _tell_questions(asked, lost, config)
    return int(bool(unread))


def _tell_questions(asked: Mapping[str, Sequence[str]], lost: Sequence[str], config: Config) -> None:
    """One line for each text that may be that of a document, and for each row of a table whose file is gone."""
    from rag.reading.files import HELD, original_of

    for source, keys in asked.items():
        say(f"{source}:\n{_question(keys, str(original_of(config.corpus, source) or source))}")
    for source in lost:
        say(f"{HELD} có dòng của {source} nhưng kho không có tệp này; hãy xóa dòng đó.")


@corpus.command("remove", cls=Command, options_metavar=OPTIONS_METAVAR, rich_help_panel=COMMANDS)
def _remove(
    names: Annotated[list[str], typer.Argument(metavar="TỆP|SỐ_HIỆU …", hidden=True)],
    yes: Annotated[bool, option("--yes", help="Không hỏi lại.")] = False,
) -> int:
    """Bỏ hẳn tệp khỏi kho và khỏi chỉ mục."""
    from rag.index.collection import changing, find_file
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
    with changing(config):
        for source, path in found.items():
            _delete(source, path, config)
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


def _delete(source: str, path: Path, config: Config) -> None:
    """Removes a file of the corpus with what a table says of it."""
    from rag.reading.held import place_of, set_row

    place = place_of(config.corpus, source)
    try:
        path.unlink()
    except OSError as error:
        raise ReadingError(f"Không xóa được {path}: {error.strerror}.") from error
    if place:
        set_row(*place, None)


def _remarks(row: Mapping[str, object]) -> str:
    """What is to be known of a file of the corpus, as one cell."""
    asked = _texts(row["may_be"])
    told = ["số, ký hiệu theo held.csv"] if row["told"] else []
    return " ".join([*_texts(row["faults"]), *told, *([f"có thể là toàn văn của {', '.join(asked)}"] if asked else [])])


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
