"""Tables: Kahoot's spreadsheet, and a CSV as Google Forms' add-ons read it."""

from __future__ import annotations

import csv
import io

from rag.errors import QuizError
from rag.quiz import wording
from rag.quiz.formats.archive import undated
from rag.quiz.formats.texts import explained
from rag.quiz.items import Item
from rag.quiz.papers import Test

KAHOOT_STEM, KAHOOT_OPTION = 120, 75
"""Characters that Kahoot takes at most."""
_KAHOOT_OPTIONS = 4
_KAHOOT_HEAD = 8
_KAHOOT_COLUMNS = (
    "Question - max 120 characters", "Answer 1 - max 75 characters", "Answer 2 - max 75 characters",
    "Answer 3 - max 75 characters", "Answer 4 - max 75 characters",
    "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs", "Correct answer(s) - choose at least one",
)  # fmt: skip
_SECONDS = 30
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CSV_OPTIONS = 6


def safe_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    >>> safe_cell("=1+1"), safe_cell("Đúng")
    ("'=1+1", 'Đúng')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def kahoot_stem(item: Item) -> str | None:
    """The stem of an item in at most 120 characters, or the short one; None where neither is."""
    return next((text for text in (item.stem, item.short) if text and len(safe_cell(text)) <= KAHOOT_STEM), None)


def kahoot_refusals(items: tuple[Item, ...]) -> list[str]:
    """Why Kahoot cannot take some of the items, a sentence each; nothing is cut."""
    found = []
    for number, item in enumerate(items, 1):
        if kahoot_stem(item) is None:
            found.append(wording.fault("kahoot_stem", number=str(number), most=str(KAHOOT_STEM)))
        elif len(item.options) > _KAHOOT_OPTIONS:
            found.append(wording.fault("kahoot_options", number=str(number), most=str(_KAHOOT_OPTIONS)))
        elif any(len(safe_cell(option)) > KAHOOT_OPTION for option in item.options):
            found.append(wording.fault("kahoot_option", number=str(number), most=str(KAHOOT_OPTION)))
    return found


def fits_kahoot(item: Item) -> bool:
    """Whether Kahoot takes an item as it is."""
    return not kahoot_refusals((item,))


def write_kahoot(test: Test) -> bytes:
    """The spreadsheet that Kahoot imports.

    Raises: QuizError where an item does not fit.
    """
    from openpyxl import Workbook

    if refusals := kahoot_refusals(test.items):
        raise QuizError(wording.fault("kahoot", reasons=" ".join(refusals[:5]), count=str(len(refusals))))
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["B2"] = "Quiz template"
    sheet["B3"] = safe_cell(" ".join(test.title.split()))
    for column, name in enumerate(_KAHOOT_COLUMNS, 2):
        sheet.cell(_KAHOOT_HEAD, column).value = name
    for number, item in enumerate(test.items, 1):
        options = [*map(safe_cell, item.options), *[""] * _KAHOOT_OPTIONS][:_KAHOOT_OPTIONS]
        keys = ",".join(str(at + 1) for at in item.correct)
        row: list[str | int] = [number, safe_cell(kahoot_stem(item) or ""), *options, _SECONDS, keys]
        for column, value in enumerate(row, 1):
            if value != "":
                sheet.cell(_KAHOOT_HEAD + number, column).value = value
    made = io.BytesIO()
    book.save(made)
    return undated(made.getvalue())


def write_csv(test: Test) -> bytes:
    """A row an item: the question, the options, the right one, points and the explanation; with a byte order mark."""
    made = io.StringIO()
    table = csv.writer(made)
    names = [wording.label("option", number=str(at + 1)) for at in range(_CSV_OPTIONS)]
    table.writerow([wording.label("question"), *names, wording.label("key"), wording.label("points"),
                    wording.label("explanation")])  # fmt: skip
    for item in test.items:
        options = [*item.options, *[""] * _CSV_OPTIONS][:_CSV_OPTIONS]
        table.writerow(map(safe_cell, [item.stem, *options, item.right, "1", explained(item)]))
    return b"\xef\xbb\xbf" + made.getvalue().encode()
