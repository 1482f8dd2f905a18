"""The tab where a trainer makes quiz papers: choose, see each item with its source, edit, accept, download."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from rag.errors import HoidapError
from rag.index.snapshot import Knowledge
from rag.quiz import wording
from rag.quiz.bank import Bank, State
from rag.quiz.check import faults
from rag.quiz.formats import FORMATS
from rag.quiz.items import LETTERS, Item
from rag.quiz.material import Material
from rag.quiz.orders import Order, bytes_of, fill, level_of, mix_of
from rag.quiz.wishes import Wish

TAB = "Soạn đề"
INTRODUCTION = (
    "Chọn nội dung rồi bấm Tạo câu hỏi. Mỗi câu kèm đáp án, giải thích và đoạn trích nguyên văn để đối chiếu."
)
EMPTY = "Chưa có câu nào. Hãy bấm Tạo câu hỏi."
NOT_CHOSEN = "Hãy chọn một câu trong danh sách."
SAVED, ACCEPTED = "Đã lưu và kiểm tra lại câu {n}.", "Đã duyệt câu {n}."
REJECTED = "Đã loại câu {n}; câu này sẽ không được tạo lại."
MADE = "Đã tạo tệp {name}."
UNEXPECTED = "Có lỗi ngoài dự kiến. Xin thử lại hoặc báo người quản trị."
MIXES = {
    "Cả ba mức (40 - 40 - 20)": "",
    "Nhận biết": "nhận biết",
    "Thông hiểu": "thông hiểu",
    "Vận dụng": "vận dụng",
}
ANY_LEVEL = "Mọi cấp"
FORMAT_NAMES = {
    "Word (docx)": "docx", "PDF": "pdf", "Trang làm bài (html)": "html", "Kahoot (xlsx)": "kahoot",
    "Moodle XML": "moodle", "GIFT": "gift", "Aiken": "aiken", "QTI (zip)": "qti", "CSV": "csv", "JSON": "json",
}  # fmt: skip
_OPTIONS = 6
_BADGES: dict[State, str] = {"proposed": "chờ duyệt", "accepted": "đã duyệt", "rejected": "đã loại"}

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Desk:
    """What one visitor has on the screen: the items, and the seed that they came of."""

    items: list[Item] = field(default_factory=list)
    seed: int = 1


@dataclass(frozen=True, slots=True)
class _Wishes:
    """The controls that say what is wanted, in the order in which their values are given."""

    count: gr.Number
    topic: gr.Textbox
    section: gr.Textbox
    document: gr.Textbox
    level: gr.Dropdown
    mix: gr.Dropdown
    seed: gr.Number
    short: gr.Checkbox

    @property
    def all(self) -> list[Any]:
        return [self.count, self.topic, self.section, self.document, self.level, self.mix, self.seed, self.short]


@dataclass(frozen=True, slots=True)
class _Editor:
    """The controls of one item."""

    number: gr.Dropdown
    stem: gr.Textbox
    options: tuple[gr.Textbox, ...]
    key: gr.Radio
    why: gr.Textbox

    @property
    def fields(self) -> list[Any]:
        return [self.stem, *self.options, self.key, self.why]


class Desk:
    """What the tab does, without its controls."""

    def __init__(self, knowledge: Knowledge, bank: Bank) -> None:
        self._material, self._bank = Material(knowledge), bank

    def make(self, desk: _Desk, *wanted: Any) -> str:
        """Fills the desk with new items and puts them into the bank; what is to be said of them."""
        count, topic, section, document, level, mix, seed, short = wanted
        desk.seed = int(seed or 1)
        wish = Wish(
            count=int(count or 0),
            seed=desk.seed,
            mix=mix_of(MIXES.get(mix, "")),
            topic=topic.strip() or None,
            section=section.strip() or None,
            document=document.strip() or None,
            level=None if level == ANY_LEVEL else level_of(level),
        )
        given = fill(self._material, self._bank, Order(wish, short=bool(short), keep=True))
        desk.items = list(given.items)
        return " ".join(given.notes)

    def save(self, desk: _Desk, at: int, stem: str, options: Sequence[str], key: str, why: str) -> None:
        """Puts other words in the place of an item's, which are checked first.

        Raises: QuizError where a check fails.
        """
        places = [place for place, option in enumerate(options) if option.strip()]
        kept = [options[place] for place in places]
        chosen = LETTERS.find(key) if key else -1
        correct = places.index(chosen) if chosen in places else -1
        item = desk.items[at]
        desk.items[at] = self._bank.edit(
            item.id, self._material, stem=stem, options=kept, correct=correct, explanation=why
        )

    def judge(self, desk: _Desk, at: int, state: State) -> None:
        """Accepts an item, or rejects it and takes it off the desk."""
        self._bank.set_state(desk.items[at].id, state)
        if state == "rejected":
            desk.items.pop(at)

    def file(self, desk: _Desk, form: str, versions: int, title: str, organ: str, minutes: int | None) -> Path:
        """The paper as a file of its own.

        Raises: QuizError where the format cannot hold it.
        """
        order = Order(Wish(len(desk.items), desk.seed), title.strip(), versions, organ.strip(), minutes)
        body = bytes_of(order, tuple(desk.items), form)
        path = Path(tempfile.mkdtemp(prefix="hoidap-")) / f"de-thi{FORMATS[form].suffix}"
        path.write_bytes(body)
        return path

    def shown(self, desk: _Desk) -> str:
        """The items as HTML, each with its source; texts of documents are escaped."""
        if not desk.items:
            return f"<p>{EMPTY}</p>"
        states = {one.item.id: one for one in self._bank.entries()}
        cards = []
        for number, item in enumerate(desk.items, 1):
            entry = states.get(item.id)
            badge = _BADGES[entry.state] + (", đã sửa" if entry.edited else "") if entry else ""
            cards.append(_card(number, item, badge, sound=not faults(item, self._material)))
        return "".join(cards)


def build_quiz_tab(knowledge: Knowledge, bank: Bank) -> None:
    """Lays the tab out in the open Gradio context, a `gr.Tab` or a page, and wires it."""
    desk = Desk(knowledge, bank)
    state = gr.State(_Desk())
    gr.HTML(f"<p>{INTRODUCTION}</p>", js_on_load=None)
    wishes = _wishes()
    make = gr.Button("Tạo câu hỏi", variant="primary", elem_id="quiz-make")
    note = gr.HTML("", elem_id="quiz-note", js_on_load=None)
    listed = gr.HTML(f"<p>{EMPTY}</p>", elem_id="quiz-items", js_on_load=None)
    editor, save, accept, reject = _editor()
    controls, download = _paper()
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    shown = [note, listed, editor.number, *editor.fields]
    make.click(_making(desk), [state, *wishes.all], [state, *shown], **quiet)
    editor.number.input(_choosing, [state, editor.number], editor.fields, **quiet)
    save.click(_saving(desk), [state, editor.number, *editor.fields], [state, *shown], **quiet)
    for button, judged, said in ((accept, "accepted", ACCEPTED), (reject, "rejected", REJECTED)):
        button.click(_judging(desk, judged, said), [state, editor.number], [state, *shown], **quiet)
    build, file = download
    build.click(_filing(desk), [state, *controls], [note, file], **quiet)


def _wishes() -> _Wishes:
    with gr.Row():
        count = gr.Number(20, label="Số câu", precision=0)
        topic = gr.Textbox(label="Nội dung", placeholder="tôn giáo, hương ước …")
        section = gr.Textbox(label="Mục, điều", placeholder="II.4, Điều 15 …")
        document = gr.Textbox(label="Văn bản", placeholder="18-CT/TU …")
    with gr.Row():
        level = gr.Dropdown([ANY_LEVEL, *wording.words("levels")], value=ANY_LEVEL, label="Cấp ban hành")
        mix = gr.Dropdown(list(MIXES), value=next(iter(MIXES)), label="Mức độ")
        seed = gr.Number(1, label="Hạt giống", precision=0)
        short = gr.Checkbox(label="Chỉ câu ngắn, vừa Kahoot")
    return _Wishes(count, topic, section, document, level, mix, seed, short)


def _editor() -> tuple[_Editor, gr.Button, gr.Button, gr.Button]:
    with gr.Accordion("Sửa, duyệt, loại", open=True):
        number = gr.Dropdown([], label="Câu", elem_id="quiz-number")
        stem = gr.Textbox(label="Câu dẫn", lines=2, elem_id="quiz-stem")
        options = tuple(
            gr.Textbox(label=f"Phương án {LETTERS[at]}", visible=at < 4, elem_id=f"quiz-option-{LETTERS[at]}")
            for at in range(_OPTIONS)
        )
        key = gr.Radio(list(LETTERS[:4]), label="Đáp án", elem_id="quiz-key")
        why = gr.Textbox(label="Giải thích", lines=2)
        with gr.Row():
            save = gr.Button("Lưu sửa", elem_id="quiz-save")
            accept = gr.Button("Duyệt", elem_id="quiz-accept")
            reject = gr.Button("Loại", elem_id="quiz-reject")
    return _Editor(number, stem, options, key, why), save, accept, reject


def _paper() -> tuple[list[Any], tuple[gr.Button, gr.DownloadButton]]:
    with gr.Row():
        form = gr.Dropdown(list(FORMAT_NAMES), value="Word (docx)", label="Định dạng", elem_id="quiz-format")
        versions = gr.Number(1, label="Số mã đề", precision=0)
        title = gr.Textbox(label="Tên đề thi")
        organ = gr.Textbox(label="Cơ quan tổ chức")
        minutes = gr.Number(0, label="Thời gian (phút), 0 là không ghi", precision=0)
    with gr.Row():
        build = gr.Button("Tạo tệp", elem_id="quiz-build")
        file = gr.DownloadButton("Tải về", visible=False, elem_id="quiz-download")
    return [form, versions, title, organ, minutes], (build, file)


def _making(desk: Desk) -> Callable[..., list[Any]]:
    def make(state: _Desk, *wanted: Any) -> list[Any]:
        said = _guarded(lambda: desk.make(state, *wanted))
        return [state, *_view(desk, state, said, at=0 if state.items else None)]

    return make


def _saving(desk: Desk) -> Callable[..., list[Any]]:
    def save(state: _Desk, chosen: int | None, stem: str, *rest: Any) -> list[Any]:
        options, (key, why) = rest[:_OPTIONS], rest[_OPTIONS:]
        at = _place(state, chosen)
        if at is None:
            return [state, *_view(desk, state, NOT_CHOSEN, at=None)]

        def run() -> str:
            desk.save(state, at, stem, [str(option or "") for option in options], str(key or ""), why)
            return SAVED.format(n=at + 1)

        said = _guarded(run)
        kept = said == SAVED.format(n=at + 1)
        view = _view(desk, state, said, at=at)
        # What was typed stays on the screen where it is refused.
        return [state, *(view if kept else [*view[:3], *(gr.skip() for _ in view[3:])])]

    return save


def _judging(desk: Desk, state_name: str, said: str) -> Callable[..., list[Any]]:
    def judge(state: _Desk, chosen: int | None) -> list[Any]:
        at = _place(state, chosen)
        if at is None:
            return [state, *_view(desk, state, NOT_CHOSEN, at=None)]

        def run() -> str:
            desk.judge(state, at, "accepted" if state_name == "accepted" else "rejected")
            return said.format(n=at + 1)

        told = _guarded(run)
        left = min(at, len(state.items) - 1)
        return [state, *_view(desk, state, told, at=left if left >= 0 else None)]

    return judge


def _filing(desk: Desk) -> Callable[..., list[Any]]:
    def build(state: _Desk, form: str, versions: Any, title: str, organ: str, minutes: Any) -> list[Any]:
        made: list[Path] = []

        def run() -> str:
            name = FORMAT_NAMES.get(form, form)
            made.append(
                desk.file(
                    state,
                    name,
                    int(versions or 1),
                    title,
                    organ,
                    int(minutes) if minutes and int(minutes) > 0 else None,
                )
            )
            return MADE.format(name=made[0].name)

        said = _guarded(run)
        file = gr.update(value=str(made[0]), visible=True) if made else gr.update(visible=False)
        return [_note(said), file]

    return build


def _choosing(state: _Desk, chosen: int | None) -> list[Any]:
    at = _place(state, chosen)
    return _fields(state.items[at] if at is not None else None)


def _guarded(action: Callable[[], str]) -> str:
    """What an action says, or the Vietnamese sentence on why it failed."""
    try:
        return action()
    except HoidapError as error:
        return str(error)
    except Exception:
        logger.exception("The quiz tab failed unexpectedly")
        return UNEXPECTED


def _view(desk: Desk, state: _Desk, said: str, *, at: int | None) -> list[Any]:
    """The note, the list, the choice of an item, and its fields."""
    choices = [(f"Câu {number}", number) for number in range(1, len(state.items) + 1)]
    number = gr.update(choices=choices, value=at + 1 if at is not None else None)
    return [_note(said), desk.shown(state), number, *_fields(state.items[at] if at is not None else None)]


def _fields(item: Item | None) -> list[Any]:
    options = item.options if item else ()
    shown = max(len(options), 2) if item else 4
    boxes = [gr.update(value=options[at] if at < len(options) else "", visible=at < shown) for at in range(_OPTIONS)]
    key = gr.update(choices=list(LETTERS[:shown]), value=item.letters if item else None)
    return [item.stem if item else "", *boxes, key, item.explanation if item else ""]


def _place(state: _Desk, chosen: int | None) -> int | None:
    return int(chosen) - 1 if chosen and 1 <= int(chosen) <= len(state.items) else None


def _note(said: str) -> str:
    return f"<p role='status'>{escape(said)}</p>" if said else ""


def _card(number: int, item: Item, badge: str, *, sound: bool) -> str:
    options = "".join(
        f"<li>{'<b>' if at in item.correct else ''}{LETTERS[at]}. {escape(option)}"
        f"{' ✓</b>' if at in item.correct else ''}</li>"
        for at, option in enumerate(item.options)
    )
    cited = item.citation
    warning = "" if sound else " · không còn khớp với kho văn bản"
    return (
        f"<section class='quiz-item' data-id='{escape(item.id)}'><p><b>Câu {number}.</b> {escape(item.stem)} "
        f"<small>({escape(badge)}{warning})</small></p><ul style='list-style:none'>{options}</ul>"
        f"<details><summary>Nguồn: {escape(cited.locator)}, {escape(cited.document)}</summary>"
        f"<blockquote>{escape(' '.join(cited.quote.split()))}</blockquote><p>{escape(item.explanation)}</p>"
        "</details></section>"
    )
