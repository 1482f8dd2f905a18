"""The HTML page: self-contained, escaped, with every figure and every miss."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import get_args

import pytest

from eval.gold import CLASSES, GoldCase
from eval.metrics import Trial, measure
from eval.misses import REASON_LABELS, STATUS_LABELS
from eval.outcomes import Outcome
from eval.report import CLASS_LABELS, page
from eval.results import Times
from rag.types import Answer, AnswerUnit, Citation, Reason, Status

SOURCE, TEXT = "documents/a.txt", "Giao Phòng Nội vụ theo dõi."
TIMES = Times("2026-01-31T08:05:00Z", 12.34)
INJECTION = "<script>alert(1)</script>"


def case(**changes: object) -> GoldCase:
    right: dict[str, object] = {
        "id": "a-01", "class": "topic_to_unit", "question": "Ai theo dõi?", "status": "answered",
        "documents": None, "units": [["Phòng Nội vụ"]], "evidence": ["Phòng Nội vụ"],
    }  # fmt: skip
    return GoldCase.model_validate({**right, **changes})


def outcome(asked: GoldCase, unit: str = "Phòng Nội vụ", **changes: object) -> Outcome:
    cited = (Citation(1, SOURCE, "Kế hoạch", "Mục I", "Phòng Nội vụ", 5, 17),)
    units = (AnswerUnit(unit, "supervise", (1,)),)
    answer = Answer(asked.question, "answered", None, f"{unit} [1].", units=units, citations=cited, elapsed_ms=7.0)
    scores = measure(Trial(asked, answer, {SOURCE: TEXT}))
    return Outcome(asked, answer, scores, (), **changes)  # type: ignore[arg-type]


class Tags(HTMLParser):
    """Collects the tags with their attributes, and fails on one that is closed in the wrong place."""

    VOID = frozenset(("meta", "br", "link", "img"))

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def made(*outcomes: Outcome) -> str:
    return page(outcomes, {"commit": None, "settings": {"dense_weight": 0.5}, "clean": False}, TIMES)


def test_the_page_loads_nothing_and_is_well_formed() -> None:
    tags = Tags()
    tags.feed(made(outcome(case())))
    assert tags.open == []
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in tags.seen}
    assert not [attributes for _, attributes in tags.seen if {"src", "href"} & attributes.keys()]
    text = made(outcome(case()))
    assert "url(" not in text
    assert "http" not in text.replace("http-equiv", "")


def test_what_users_and_texts_say_is_escaped() -> None:
    text = made(outcome(case(question=f"Ai {INJECTION}?"), unit=INJECTION))
    assert INJECTION not in text
    assert text.count("&lt;script&gt;") >= 2


def test_a_miss_shows_the_answer_beside_gold_with_its_stage() -> None:
    text = made(outcome(case(), unit="Phòng Tư pháp", stage="unit"))
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))
    assert "0 / 1 câu đúng hoàn toàn" in shown
    for part in ("đơn vị: Phòng Nội vụ", "đơn vị: Phòng Tư pháp", "Khâu: Chọn đơn vị", "“Phòng Nội vụ”", "Đơn vị F1"):
        assert part in shown


def test_figures_are_written_in_vietnamese_with_their_intervals() -> None:
    cases = [case(id=f"a-{number:02}", question=f"Ai theo dõi {number}?") for number in range(8)]
    text = made(*(outcome(one) for one in cases[:7]), outcome(cases[7], unit="Phòng Tư pháp"))
    assert "0,875" in text
    assert "0,529 – 0,978" in text  # Wilson for 7 of 8
    assert "08:05 ngày 31/01/2026" in text
    assert "12,3 giây" in text


def test_the_page_tells_what_was_measured() -> None:
    text = made(outcome(case()))
    for name, value in (("Bản mã nguồn", "không rõ"), ("Trọng số nghĩa so với từ", "0,5"), ("sửa đổi", "không")):
        assert re.search(rf"{name}[^<]*</th><td>{value}</td>", text)


def test_without_questions_and_times_the_page_is_still_made() -> None:
    assert "Không có câu nào sai" in made()


@pytest.mark.parametrize(
    ("labels", "names"), [(CLASS_LABELS, CLASSES), (STATUS_LABELS, get_args(Status)), (REASON_LABELS, get_args(Reason))]
)
def test_every_name_has_a_label(labels: dict[str, str], names: tuple[str, ...]) -> None:
    assert set(labels) == set(names)
