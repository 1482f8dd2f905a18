"""The tasks of a unit: what the texts give it to do, in which role, by which documents; as a table and as Excel."""

from __future__ import annotations

import html
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.holdings import display_name
from rag.language.lexicon import messages
from rag.language.normalize import fold
from rag.types import Assignment, Document
from rag.web.catalogue import open_button, short_number, table
from rag.web.corpus import Corpus, one_line
from rag.web.markup import button, element, word
from rag.web.word import clean

HEADS = ("task_role", "task_duty", "task_document", "task_place", "task_cites")
_WIDTHS = (16, 90, 40, 22, 40)


@dataclass(frozen=True, slots=True)
class Task:
    """One task of a unit: `duty` is verbatim on one line, `cited` are the documents that its clause names."""

    role: str
    duty: str
    document: Document
    locator: str
    cited: tuple[Document, ...]
    start: int
    end: int


def unit_names(corpus: Corpus) -> list[tuple[str, int]]:
    """Every unit with a task, as it is first printed, and how many it has; most first."""
    printed: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for item in corpus.holdings.knowledge.assignments:
        if item.unit:
            name = fold(item.unit)
            printed.setdefault(name, item.unit)
            counts[name] += 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(printed[name][0].upper() + printed[name][1:], count) for name, count in ordered]


def tasks_of(corpus: Corpus, unit: str) -> list[Task]:
    """The tasks of a unit, in reading order; a unit in small or capital letters is the same."""
    wanted = fold(unit)
    found = (item for item in corpus.holdings.knowledge.assignments if item.unit and fold(item.unit) == wanted)
    return [_task(item, corpus) for item in found]


def units_html(corpus: Corpus) -> str:
    """The choice of a unit, and room for its tasks."""
    units = unit_names(corpus)
    if not units:
        return element("p", "empty", word("tasks_none"))
    options = "".join(
        f'<option value="{html.escape(name)}">{html.escape(word("unit_option", name=name, count=count))}</option>'
        for name, count in units
    )
    return (
        f'<form class="filters tools"><label class="wide">{word("choose_unit")}'
        f'<select name="unit" aria-label="{word("choose_unit")}">'
        f'<option value="">{word("choose_unit_hint")}</option>{options}</select></label></form>'
        '<div class="tasks" role="status"></div>'
    )


def tasks_html(unit: str, tasks: Sequence[Task]) -> str:
    """The tasks of a unit as a table."""
    rows = (
        (
            html.escape(task.role),
            html.escape(task.duty),
            open_button(task.document),
            button(
                task.locator,
                name="open-document link",
                data={"document": task.document.key, "start": str(task.start), "end": str(task.end)},
            ),
            " ".join(open_button(entry, short_number(entry)) for entry in task.cited),
        )
        for task in tasks
    )
    told = word("tasks_count", name=unit, count=len(tasks))
    export = button(word("export_excel"), name="export-excel", data={"unit": unit})
    return (
        f'<p class="tools"><strong>{html.escape(told)}</strong> {export}</p>'
        f"{table(told, [word(head) for head in HEADS], rows)}"
    )


def tasks_xlsx(unit: str, tasks: Sequence[Task]) -> bytes:
    """The bytes of an Excel file with the tasks of a unit; no cell of it is a formula."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = word("tasks_sheet")
    rows = [(word("tasks_count", name=unit, count=len(tasks)),), tuple(map(word, HEADS)), *map(_cells, tasks)]
    for at, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            shown = sheet.cell(at, column, clean(value))
            shown.data_type = "s"
            shown.alignment = Alignment(wrap_text=at > 1, vertical="top")
            shown.font = Font(bold=at <= 2)
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A3"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cells(task: Task) -> tuple[str, ...]:
    cited = "; ".join(display_name(entry) for entry in task.cited)
    return task.role, task.duty, display_name(task.document), task.locator, cited


def _task(item: Assignment, corpus: Corpus) -> Task:
    library = corpus.holdings
    named = [
        library.by_reference[index]
        for index, reference in enumerate(library.knowledge.references)
        if reference.source == item.source and item.duty.overlaps(reference.span) and index in library.by_reference
    ]
    return Task(
        role=messages()[f"role_{item.role}"],
        duty=one_line(item.duty.of(corpus.texts[item.source])),
        document=library.held[item.source],
        locator=corpus.locator(item.source, item.provision),
        cited=tuple({entry.key: entry for entry in named}.values()),
        start=item.duty.start,
        end=item.duty.end,
    )
