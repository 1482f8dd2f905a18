"""The commands of `hoidap` that a trainer uses: quiz papers and the item bank."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.config import read_config
from rag.errors import QuizError
from rag.terminal import option, print_line, say, show_table

if TYPE_CHECKING:
    from rag.quiz.bank import Bank, State
    from rag.quiz.material import Material

_BINARY = ("qti", "kahoot", "docx", "pdf")
_SHOWN = 90


def over_the_index(command: Callable[..., int], ensure: Callable[[], None]) -> Callable[..., int]:
    """A command that first ensures the index that it needs."""

    @wraps(command)
    def run(*given: object, **named: object) -> int:
        ensure()
        return command(*given, **named)

    return run


def make_quiz(
    count: Annotated[int, option("--count", metavar="SỐ", help="Số câu hỏi (mặc định 20).")] = 20,
    topic: Annotated[
        str | None, option("--topic", metavar="TỪ", help="Chỉ câu về nội dung có các từ này: tôn giáo, hương ước …")
    ] = None,
    section: Annotated[
        str | None, option("--section", metavar="MỤC", help="Chỉ câu từ một mục hay điều: II.4, Điều 15 …")
    ] = None,
    document: Annotated[
        str | None, option("--document", metavar="SỐ_HIỆU", help="Chỉ câu về một văn bản: 18-CT/TU …")
    ] = None,
    level: Annotated[
        str | None, option("--level", metavar="CẤP", help="Chỉ câu về văn bản một cấp: trung ương, tỉnh, huyện, xã.")
    ] = None,
    difficulty: Annotated[
        str | None,
        option("--difficulty", metavar="MỨC", help="Mức độ hoặc tỷ lệ: nhận biết=50,thông hiểu=30,vận dụng=20."),
    ] = None,
    versions: Annotated[int, option("--versions", metavar="SỐ", help="Số mã đề, đánh số từ 101 (docx, pdf).")] = 1,
    seed: Annotated[int, option("--seed", metavar="SỐ", help="Hạt giống: cùng số thì ra cùng đề.")] = 1,
    form: Annotated[
        str | None,
        option("--format", metavar="TÊN", help="json, gift, aiken, moodle, qti, kahoot, csv, docx, pdf, html."),
    ] = None,
    out: Annotated[Path | None, option("--out", metavar="TỆP", help="Tệp để ghi; đuôi tệp cho biết định dạng.")] = None,
    title: Annotated[str, option("--title", metavar="TÊN", help="Tên đề thi.")] = "",
    organ: Annotated[str, option("--organ", metavar="TÊN", help="Cơ quan tổ chức, in ở đầu đề.")] = "",
    minutes: Annotated[int | None, option("--minutes", metavar="PHÚT", min=1, help="Thời gian làm bài.")] = None,
    short: Annotated[bool, option("--short", help="Chỉ câu vừa giới hạn của Kahoot.")] = False,
    accepted: Annotated[bool, option("--accepted", help="Chỉ câu đã duyệt trong ngân hàng.")] = False,
    keep: Annotated[bool, option("--keep", help="Lưu các câu vào ngân hàng để duyệt.")] = False,
) -> int:
    """Soạn đề trắc nghiệm từ kho văn bản: mỗi câu có một đáp án, kèm giải thích và trích dẫn."""
    from rag.quiz.bank import Bank
    from rag.quiz.orders import Order, bytes_of, fill, format_of, level_of, mix_of
    from rag.quiz.wishes import Wish

    name = format_of(form, out)
    wish = Wish(count, seed, mix_of(difficulty), topic, section, document, level_of(level))
    order = Order(wish, title, versions, organ, minutes, short or name == "kahoot", accepted, keep)
    _check_target(name, out)
    config = read_config()
    given = fill(_material(), Bank.of(config), order)
    for note in given.notes:
        say(note)
    _put(bytes_of(order, given.items, name), out, len(given.items))
    return 0


def tend_bank(
    action: Annotated[str, typer.Argument(metavar="VIỆC", hidden=True)] = "list",
    ids: Annotated[list[str] | None, typer.Argument(metavar="MÃ", hidden=True)] = None,
    file: Annotated[Path | None, option("--file", metavar="TỆP", help="Câu hỏi JSON thay cho câu cũ (edit).")] = None,
) -> int:
    """Ngân hàng câu hỏi: list, show MÃ, accept MÃ …, reject MÃ …, edit MÃ --file TỆP."""
    from rag.quiz import wording
    from rag.quiz.bank import Bank

    bank, names = Bank.of(read_config()), ids or []
    if action == "list":
        _list(bank)
        return 0
    known: dict[str, State] = {"accept": "accepted", "reject": "rejected", "reset": "proposed"}
    if action not in (*known, "show", "edit"):
        raise QuizError(wording.fault("bank_action", name=action, known=", ".join(("list", "show", *known, "edit"))))
    if not names:
        raise QuizError(wording.fault("bank_ids"))
    if action == "show":
        from rag.quiz.wire import item_json

        print_line(json.dumps([item_json(bank.entry(name).item) for name in names], ensure_ascii=False, indent=1))
    elif action == "edit":
        _edit(bank, names[0], file)
    else:
        for name in names:
            bank.set_state(name, known[action])
        say(wording.note("changed", count=str(len(names)), state=wording.state(known[action])))
    return 0


def _list(bank: Bank) -> None:
    from rag.quiz import wording

    rows = [
        (one.item.id, wording.state(one.state), one.item.letters, _clipped(one.item.stem)) for one in bank.entries()
    ]
    show_table(wording.label("bank"), [wording.label(name) for name in ("id", "state", "key", "question")], rows)


def _edit(bank: Bank, name: str, file: Path | None) -> None:
    """Puts a file's words in the place of an item's.

    Raises: QuizError.
    """
    from rag.quiz import wording

    try:
        read = json.loads(file.read_text(encoding="utf-8")) if file else json.load(sys.stdin)
        read = read[0] if isinstance(read, list) else read
        stem, options, key, why = str(read["stem"]), read["options"], int(read["correct"][0]), str(read["explanation"])
        if not (isinstance(options, Sequence) and all(isinstance(one, str) for one in options)):
            raise ValueError("options")
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise QuizError(wording.fault("bank_json", path=str(file or "-"), reason=str(error))) from error
    bank.edit(name, _material(), stem=stem, options=options, correct=key, explanation=why)
    say(wording.note("edited", name=name))


def _material() -> Material:
    from rag.index.snapshot import open_snapshot
    from rag.quiz.material import Material

    return Material(open_snapshot(read_config()).knowledge)


def _check_target(name: str, out: Path | None) -> None:
    """Raises: QuizError where a format that is no text would go to the screen."""
    from rag.quiz import wording

    if out is None and name in _BINARY:
        raise QuizError(wording.fault("binary", name=name))


def _put(body: bytes, out: Path | None, count: int) -> None:
    """Writes a file in one step, or text to the screen.

    Raises: QuizError where the disk refuses.
    """
    from rag.quiz import wording

    if out is None:
        print_line(body.decode("utf-8-sig").rstrip("\n"))
        return
    draft = out.with_name(f".{out.name}.part")
    try:
        draft.write_bytes(body)
        draft.replace(out)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise QuizError(wording.fault("write", path=str(out), reason=str(error.strerror))) from error
    say(wording.note("written", count=str(count), path=str(out)))


def _clipped(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"
