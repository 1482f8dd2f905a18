"""A run as one HTML page that needs no network: figures with intervals, stages, misses beside gold, provenance."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from eval.attribution import STAGE_LABELS
from eval.metrics import GRADED, LABELS, LESS_IS_BETTER, latency, missed
from eval.misses import expected, given
from eval.outcomes import RETRIEVAL, Outcome, Summary, by_class, by_corpus, grouped, summarize
from eval.provenance import Values, flat
from eval.results import Times, stage_counts
from eval.statistics import Estimate, estimate

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATE = Path(__file__).resolve().parent / "report.html.j2"
_MILLISECONDS = (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
CLASS_LABELS: Mapping[str, str] = {
    "topic_to_document": "Chủ đề → văn bản",
    "topic_to_unit": "Chủ đề → đơn vị",
    "document_and_unit": "Văn bản và đơn vị",
    "number_lookup": "Tra theo số ký hiệu",
    "date_issuer": "Ngày, nơi ban hành",
    "list": "Liệt kê",
    "count": "Đếm",
    "comparison": "So sánh",
    "near_collision": "Số ký hiệu gần giống nhau",
    "ambiguous": "Câu hỏi nhiều nghĩa",
    "footnote": "Chú thích cuối trang",
    "no_unit_named": "Không nêu đơn vị",
    "content": "Nội dung",
    "follow_up": "Hỏi tiếp",
    "false_premise": "Tiền đề sai",
    "abbreviated": "Viết tắt",
    "no_diacritics": "Không dấu",
    "half_diacritics": "Nửa dấu",
    "typo": "Gõ sai",
    "nfd": "Dấu tổ hợp, dấu kiểu cũ",
    "unanswerable_in_domain": "Trong lĩnh vực, không có câu trả lời",
    "unanswerable_outside": "Ngoài lĩnh vực",
    "not_held": "Chưa có toàn văn",
}
"""What a reader of a report calls each class of questions."""
_PROVENANCE = {
    "commit": "Bản mã nguồn (commit)",
    "clean": "Mã nguồn không có sửa đổi chưa lưu",
    "code": "Mã băm chương trình",
    "gold.file": "Tệp câu hỏi",
    "gold.sha256": "Mã băm tệp câu hỏi",
    "tables": "Mã băm bảng dữ liệu",
    "encoder": "Bộ mã hóa",
    "settings.dense_weight": "Trọng số nghĩa so với từ",
    "corpora.plan": "Mã băm kho văn bản",
    "snapshot.passages": "Số đoạn văn trong chỉ mục",
    "python": "Python",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One measure as the page draws it: mean, interval and how many count; percentages of the bar's width."""

    label: str
    figure: Estimate
    name: str = ""
    less_is_better: bool = False

    @property
    def mean(self) -> str:
        """The mean as it is written in Vietnamese."""
        return number(self.figure.mean)

    @property
    def interval(self) -> str:
        """The interval in words."""
        span = self.figure.interval
        return "–" if span is None else f"{number(span.low)} – {number(span.high)}"

    @property
    def low(self) -> float:
        """Where the interval begins, in percent."""
        return 100 * self.figure.interval.low if self.figure.interval else 0.0

    @property
    def width(self) -> float:
        """How wide the interval is, in percent."""
        return 100 * (self.figure.interval.high - self.figure.interval.low) if self.figure.interval else 0.0

    @property
    def dot(self) -> float:
        """Where the mean stands, in percent."""
        return 100 * (self.figure.mean or 0.0)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a plot: what it stands for, how many, and its length in percent of the longest."""

    label: str
    count: int
    length: float


def page(outcomes: Sequence[Outcome], provenance: Values, times: Times, left_out: Sequence[str] = ()) -> str:
    """The whole page as HTML text; `left_out` says what could not be asked."""
    overall = summarize(outcomes)
    wrong = [outcome for outcome in outcomes if missed(outcome.scores) or outcome.violations]
    return _template().render(
        cases=len(outcomes),
        right=len(outcomes) - len(wrong),
        status=Row("", overall.figures["status_accuracy"]),
        violations=sum(len(outcome.violations) for outcome in outcomes),
        times=times,
        started=f"{datetime.fromisoformat(times.started):%H:%M ngày %d/%m/%Y} (giờ UTC)",
        latency=latency(outcome.answer for outcome in outcomes),
        speeds=_histogram([outcome.answer.elapsed_ms for outcome in outcomes if outcome.answer.elapsed_ms > 0]),
        rows=_rows(overall, LABELS),
        ranking=_rows(overall, RETRIEVAL),
        classes=CLASS_LABELS,
        left_out=left_out,
        corpora=[(name, one.cases, _cells(one, _shown(overall))) for name, one in by_corpus(outcomes).items()],
        by_class=_class_rows(outcomes),
        heads=[LABELS[name] for name in _shown(overall)],
        table=[(kind, summary.cases, _cells(summary, _shown(overall))) for kind, summary in by_class(outcomes).items()],
        stages=_bars((STAGE_LABELS[stage], count) for stage, count in stage_counts(outcomes).items()),
        misses=[_miss(outcome) for outcome in wrong],
        provenance=_provenance(provenance),
    )


def number(value: float | None) -> str:
    """A share as it is written in Vietnamese, three digits after the comma.

    >>> number(0.9663), number(1.0), number(None)
    ('0,966', '1,000', '–')
    """
    return "–" if value is None else f"{value:.3f}".replace(".", ",")


def _rows(summary: Summary, labels: Iterable[str]) -> list[Row]:
    names = {**LABELS, **RETRIEVAL}
    counted = ((name, summary.figures[name]) for name in labels)
    return [Row(names[name], figure, less_is_better=name in LESS_IS_BETTER) for name, figure in counted if figure.count]


def _class_rows(outcomes: Sequence[Outcome]) -> list[Row]:
    """For each class the share of questions of which nothing is missed."""
    return [
        Row(CLASS_LABELS[kind], estimate(float(not missed(outcome.scores)) for outcome in group), kind)
        for kind, group in grouped(outcomes).items()
    ]


def _shown(overall: Summary) -> list[str]:
    return [name for name in LABELS if overall.figures[name].count]


def _cells(summary: Summary, names: Sequence[str]) -> list[tuple[str, int, bool]]:
    """Each figure with how many count, and whether it is short of perfect."""
    cells = []
    for name in names:
        figure = summary.figures[name]
        perfect = 0.0 if name in LESS_IS_BETTER else 1.0
        short = figure.mean is not None and figure.mean != perfect and name not in GRADED
        cells.append((number(figure.mean), figure.count, short))
    return cells


def _bars(counts: Iterable[tuple[str, int]]) -> list[Bar]:
    found = list(counts)
    most = max((count for _, count in found), default=0)
    return [Bar(label, count, 100 * count / most if most else 0.0) for label, count in found]


def _histogram(values: Sequence[float]) -> list[Bar]:
    """How many answers took how many milliseconds, in ranges that widen up to the longest."""
    if not values:
        return []
    last = bisect_right(_MILLISECONDS, max(values))
    counts = Counter(bisect_right(_MILLISECONDS, value) for value in values)
    bounds = (0, *_MILLISECONDS)
    named = [f"{low}–{high} ms" for low, high in pairwise(bounds)] + [f"từ {bounds[-1]} ms"]
    return _bars((named[index], counts[index]) for index in range(last + 1))


def _miss(outcome: Outcome) -> dict[str, object]:
    case = outcome.case
    return {
        "id": case.id,
        "kind": case.kind,
        "asked": (*case.history, case.question),
        "names": [LABELS[name] for name in missed(outcome.scores)],
        "stage": STAGE_LABELS[outcome.stage] if outcome.stage else "",
        "expected": expected(case).split(" · "),
        "evidence": case.evidence,
        "given": given(outcome.answer).split(" · "),
        "text": outcome.answer.text,
        "violations": outcome.violations,
    }


def _provenance(values: Values) -> list[tuple[str, str]]:
    """What was measured on, in words where there are any, the versions of libraries last."""
    told = flat(values)
    ordered = [*(name for name in _PROVENANCE if name in told), *(name for name in told if name not in _PROVENANCE)]
    return [(_PROVENANCE.get(name, name), _said(told[name])) for name in ordered]


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, float):
        return str(value).replace(".", ",")
    return "không rõ" if value is None else str(value)


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
