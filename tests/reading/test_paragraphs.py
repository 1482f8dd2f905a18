"""How lines of pages become paragraphs."""

from __future__ import annotations

import pytest

from rag.reading.draft import Draft, superscript
from rag.reading.layout import Line
from rag.reading.paragraphs import write_pages

RAISED = superscript(1)


def line(text: str, bottom: float, size: float = 14.0) -> Line:
    return Line(text, left=70.0, right=500.0, bottom=bottom, size=size, start=70.0, end=525.0)


def written(*lines: Line) -> list[str]:
    draft = Draft()
    write_pages([lines], draft)
    return draft.finish("a.pdf", first_page=1).text.split("\n\n")


@pytest.mark.parametrize("label", [RAISED, "1", "1."])
def test_a_small_line_whose_number_the_page_calls_is_a_note(label: str) -> None:
    body = line(f"Thực hiện các văn bản{RAISED} về dân chủ.", 100.0)
    after = line("Các cơ quan kiện toàn Ban Chỉ đạo.", 150.0)
    notes = [line(f"{label} Luật Đò ngang;", 700.0, 9.0), line("Nghị định số 9/2024/NĐ-CP.", 712.0, 9.0)]
    assert written(body, after, *notes) == [
        "Thực hiện các văn bản¹ về dân chủ.",
        "¹ Luật Đò ngang; Nghị định số 9/2024/NĐ-CP.",
        "Các cơ quan kiện toàn Ban Chỉ đạo.",
    ]


def test_a_small_line_with_a_number_that_nothing_calls_is_no_note() -> None:
    found = written(line("Thực hiện các văn bản về dân chủ.", 100.0), line("1 Luật Đò ngang.", 700.0, 9.0))
    assert found == ["Thực hiện các văn bản về dân chủ.", "1 Luật Đò ngang."]
