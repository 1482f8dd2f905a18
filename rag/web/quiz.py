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
from rag.quiz.wording import page_word
from rag.web.site import Site

_OPTIONS = 6

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Paper:
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


class PaperMaker:
    """What the tab does, without its controls."""

    def __init__(self, knowledge: Knowledge, bank: Bank) -> None:
        self._material, self._bank = Material(knowledge), bank

    def make(self, paper: _Paper, *wanted: Any) -> str:
        """Fills the desk with new items and puts them into the bank; what is to be said of them."""
        count, topic, section, document, level, mix, seed, short = wanted
        paper.seed = int(seed or 1)
        wish = Wish(
            count=int(count or 0),
            seed=paper.seed,
            mix=mix_of(wording.choices("mixes").get(mix, "")),
            topic=topic.strip() or None,
            section=section.strip() or None,
            document=document.strip() or None,
            level=None if level == page_word("any_level") else level_of(level),
        )
        given = fill(self._material, self._bank, Order(wish, short=bool(short), keep=True))
        paper.items = list(given.items)
        return " ".join(given.notes)

    def save(self, paper: _Paper, at: int, stem: str, options: Sequence[str], key: str, why: str) -> None:
        """Puts other words in the place of an item's, which are checked first.

        Raises: QuizError where a check fails.
        """
        places = [place for place, option in enumerate(options) if option.strip()]
        kept = [options[place] for place in places]
        chosen = LETTERS.find(key) if key else -1
        correct = places.index(chosen) if chosen in places else -1
        item = paper.items[at]
        paper.items[at] = self._bank.edit(
            item.id, self._material, stem=stem, options=kept, correct=correct, explanation=why
        )

    def judge(self, paper: _Paper, at: int, state: State) -> None:
        """Accepts an item, or rejects it and takes it off the desk."""
        self._bank.set_state(paper.items[at].id, state)
        if state == "rejected":
            paper.items.pop(at)

    def file(self, paper: _Paper, form: str, versions: int, title: str, organ: str, minutes: int | None) -> Path:
        """The paper as a file of its own.

        Raises: QuizError where the format cannot hold it.
        """
        order = Order(Wish(len(paper.items), paper.seed), title.strip(), versions, organ.strip(), minutes)
        body = bytes_of(order, tuple(paper.items), form)
        path = Path(tempfile.mkdtemp(prefix="hoidap-")) / f"de-thi{FORMATS[form].suffix}"
        path.write_bytes(body)
        return path

    def shown(self, paper: _Paper) -> str:
        """The items as HTML, each with its source; texts of documents are escaped."""
        if not paper.items:
            return f"<p>{page_word('empty')}</p>"
        states = {one.item.id: one for one in self._bank.entries()}
        cards = []
        for number, item in enumerate(paper.items, 1):
            entry = states.get(item.id)
            badge = wording.state(entry.state) + (page_word("edited") if entry.edited else "") if entry else ""
            cards.append(_card(number, item, badge, sound=not faults(item, self._material)))
        return "".join(cards)


def build_quiz(site: Site) -> None:
    """Lays out the tab of the page."""
    build_quiz_tab(site.desk.corpus.holdings.knowledge, Bank.of(site.config))


def build_quiz_tab(knowledge: Knowledge, bank: Bank) -> None:
    """Lays the tab out in the open Gradio context, a `gr.Tab` or a page, and wires it."""
    maker = PaperMaker(knowledge, bank)
    state = gr.State(_Paper())
    gr.HTML(f"<p>{page_word('introduction')}</p>", js_on_load=None)
    wishes = _wishes()
    make = gr.Button(page_word("make"), variant="primary", elem_id="quiz-make")
    note = gr.HTML("", elem_id="quiz-note", js_on_load=None)
    with gr.Row():
        with gr.Column(scale=3, min_width=320):
            listed = gr.HTML(f"<p>{page_word('empty')}</p>", elem_id="quiz-items", js_on_load=None)
        with gr.Column(scale=2, min_width=320):
            editor, save, accept, reject = _editor()
    controls, download = _file_row()
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    shown = [note, listed, editor.number, *editor.fields]
    make.click(_making(maker), [state, *wishes.all], [state, *shown], **quiet)
    editor.number.input(_choosing, [state, editor.number], editor.fields, **quiet)
    save.click(_saving(maker), [state, editor.number, *editor.fields], [state, *shown], **quiet)
    for button, judged, told in ((accept, "accepted", "accepted"), (reject, "rejected", "rejected")):
        button.click(_judging(maker, judged, told), [state, editor.number], [state, *shown], **quiet)
    build, file = download
    build.click(_filing(maker), [state, *controls], [note, file], **quiet)


def _wishes() -> _Wishes:
    any_level, mixes = page_word("any_level"), list(wording.choices("mixes"))
    with gr.Row():
        count = gr.Number(20, label=page_word("count"), precision=0)
        topic = gr.Textbox(label=page_word("topic"), placeholder=page_word("topic_hint"))
        section = gr.Textbox(label=page_word("section"), placeholder=page_word("section_hint"))
        document = gr.Textbox(label=page_word("document"), placeholder=page_word("document_hint"))
    with gr.Row():
        level = gr.Dropdown([any_level, *wording.words("levels")], value=any_level, label=page_word("level"))
        mix = gr.Dropdown(mixes, value=mixes[0], label=page_word("mix"))
        seed = gr.Number(1, label=page_word("seed"), precision=0)
        short = gr.Checkbox(label=page_word("short"))
    return _Wishes(count, topic, section, document, level, mix, seed, short)


def _editor() -> tuple[_Editor, gr.Button, gr.Button, gr.Button]:
    with gr.Accordion(page_word("edit"), open=True):
        number = gr.Dropdown([], label=page_word("number"), elem_id="quiz-number")
        stem = gr.Textbox(label=page_word("stem"), lines=2, elem_id="quiz-stem")
        options = tuple(
            gr.Textbox(
                label=page_word("option", letter=LETTERS[at]), visible=at < 4, elem_id=f"quiz-option-{LETTERS[at]}"
            )
            for at in range(_OPTIONS)
        )
        key = gr.Radio(list(LETTERS[:4]), label=page_word("key"), elem_id="quiz-key")
        why = gr.Textbox(label=page_word("why"), lines=2)
        with gr.Row():
            save = gr.Button(page_word("save"), elem_id="quiz-save")
            accept = gr.Button(page_word("accept"), elem_id="quiz-accept")
            reject = gr.Button(page_word("reject"), elem_id="quiz-reject")
    return _Editor(number, stem, options, key, why), save, accept, reject


def _file_row() -> tuple[list[Any], tuple[gr.Button, gr.DownloadButton]]:
    names = list(wording.choices("format_names"))
    with gr.Row():
        form = gr.Dropdown(names, value=names[0], label=page_word("format"), elem_id="quiz-format")
        versions = gr.Number(1, label=page_word("versions"), precision=0)
        title = gr.Textbox(label=page_word("title"))
        organ = gr.Textbox(label=page_word("organ"))
        minutes = gr.Number(0, label=page_word("minutes"), precision=0)
    with gr.Row():
        build = gr.Button(page_word("build"), elem_id="quiz-build")
        file = gr.DownloadButton(page_word("download"), visible=False, elem_id="quiz-download")
    return [form, versions, title, organ, minutes], (build, file)


def _making(maker: PaperMaker) -> Callable[..., list[Any]]:
    def make(state: _Paper, *wanted: Any) -> list[Any]:
        said = _guarded(lambda: maker.make(state, *wanted))
        return [state, *_view(maker, state, said, at=0 if state.items else None)]

    return make


def _saving(maker: PaperMaker) -> Callable[..., list[Any]]:
    def save(state: _Paper, chosen: int | None, stem: str, *rest: Any) -> list[Any]:
        options, (key, why) = rest[:_OPTIONS], rest[_OPTIONS:]
        at = _place(state, chosen)
        if at is None:
            return [state, *_view(maker, state, page_word("not_chosen"), at=None)]

        def run() -> str:
            maker.save(state, at, stem, [str(option or "") for option in options], str(key or ""), why)
            return page_word("saved", number=at + 1)

        said = _guarded(run)
        kept = said == page_word("saved", number=at + 1)
        view = _view(maker, state, said, at=at)
        # What was typed stays on the screen where it is refused.
        return [state, *(view if kept else [*view[:3], *(gr.skip() for _ in view[3:])])]

    return save


def _judging(maker: PaperMaker, state_name: str, message: str) -> Callable[..., list[Any]]:
    def judge(state: _Paper, chosen: int | None) -> list[Any]:
        at = _place(state, chosen)
        if at is None:
            return [state, *_view(maker, state, page_word("not_chosen"), at=None)]

        def run() -> str:
            maker.judge(state, at, "accepted" if state_name == "accepted" else "rejected")
            return page_word(message, number=at + 1)

        told = _guarded(run)
        left = min(at, len(state.items) - 1)
        return [state, *_view(maker, state, told, at=left if left >= 0 else None)]

    return judge


def _filing(maker: PaperMaker) -> Callable[..., list[Any]]:
    def build(state: _Paper, form: str, versions: Any, title: str, organ: str, minutes: Any) -> list[Any]:
        made: list[Path] = []

        def run() -> str:
            name = wording.choices("format_names").get(form, form)
            limit = int(minutes or 0)
            made.append(maker.file(state, name, int(versions or 1), title, organ, limit if limit > 0 else None))
            return page_word("made", name=made[0].name)

        said = _guarded(run)
        file = gr.update(value=str(made[0]), visible=True) if made else gr.update(visible=False)
        return [_note(said), file]

    return build


def _choosing(state: _Paper, chosen: int | None) -> list[Any]:
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
        return page_word("unexpected")


def _view(maker: PaperMaker, state: _Paper, said: str, *, at: int | None) -> list[Any]:
    """The note, the list, the choice of an item, and its fields."""
    choices = [(wording.label("numbers", number=str(number)), number) for number in range(1, len(state.items) + 1)]
    number = gr.update(choices=choices, value=at + 1 if at is not None else None)
    return [_note(said), maker.shown(state), number, *_fields(state.items[at] if at is not None else None)]


def _fields(item: Item | None) -> list[Any]:
    options = item.options if item else ()
    shown = max(len(options), 2) if item else 4
    boxes = [gr.update(value=options[at] if at < len(options) else "", visible=at < shown) for at in range(_OPTIONS)]
    key = gr.update(choices=list(LETTERS[:shown]), value=item.letters if item else None)
    return [item.stem if item else "", *boxes, key, item.explanation if item else ""]


def _place(state: _Paper, chosen: int | None) -> int | None:
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
    name = escape(wording.label("item", number=str(number)))
    source = f"{wording.label('source')}: {cited.locator}, {cited.document}"
    warning = "" if sound else page_word("stale")
    return (
        f"<section class='quiz-item' style='margin-bottom:1rem' data-id='{escape(item.id)}'>"
        f"<p><b>{name}</b> {escape(item.stem)} "
        f"<small>({escape(badge)}{warning})</small></p><ul style='list-style:none'>{options}</ul>"
        f"<details><summary>{escape(source)}</summary>"
        f"<blockquote>{escape(' '.join(cited.quote.split()))}</blockquote><p>{escape(item.explanation)}</p>"
        "</details></section>"
    )
