"""What a setting does to the figures: `python -m eval.sweep --set dense_weight=0,0.25,0.5,0.75,1`.

Every combination of the values is measured in one process. An encoder has a snapshot of its own, made anew in
a folder that is removed afterwards: the snapshot that serves is left alone.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from eval.gold import GoldCase, check_gold, read_gold
from eval.metrics import latency, missed
from eval.opened import add_options, asked_on, known_documents, open_corpus
from eval.outcomes import ALL_LABELS, Assistants, Outcome, evaluate, summarize
from eval.provenance import Values, provenance
from eval.statistics import Estimate, estimate
from rag.answering.assistant import Assistant
from rag.answering.retrieve import EvidenceRetriever
from rag.config import Config, read_config
from rag.errors import HoidapError

PIPE_WIDTH = 160
SETTINGS: Mapping[str, str] = {
    "dense_weight": "trọng số nghĩa so với từ, từ 0 đến 1",
    "encoder": "bộ mã hóa: tên hoặc thư mục của mô hình",
    "supported": "căn cứ khớp chủ đề đến đâu là vững: phần chủ đề được nói đến cộng độ gần nghĩa, 0 đến 2",
    "within": "như trên, dưới mức nào thì không bao giờ trả lời",
    "odds": "độ tin (log tỉ lệ cược) thấp nhất để trả lời, từ -10 đến 10",
}
"""What can be varied, with what it is."""
_RANGES = {"dense_weight": (0, 1), "supported": (0, 2), "within": (0, 2), "odds": (-10, 10)}
SHOWN = ("document_f1", "unit_f1", "evidence_hit", "status_accuracy", "refusal", "false_refusal", "evidence_rr")

Setting = dict[str, float | str]


class SweepError(HoidapError):
    """What is to be varied is not understood."""


@dataclass(frozen=True, slots=True)
class Point:
    """One combination of settings with every figure; `right` is the share of questions of which nothing is missed."""

    setting: Setting
    right: Estimate
    figures: Mapping[str, Estimate]
    milliseconds: tuple[float, float] | None


def settings(given: Sequence[str]) -> list[Setting]:
    """Every combination of the values of `name=value,value` arguments, the last varying fastest.

    Raises: SweepError.

    >>> settings(["dense_weight=0,1", "supported=0.5"])
    [{'dense_weight': 0.0, 'supported': 0.5}, {'dense_weight': 1.0, 'supported': 0.5}]
    """
    values: dict[str, list[float | str]] = {}
    for one in given:
        name, _, told = one.partition("=")
        if name not in SETTINGS or not told:
            known = "; ".join(f"{key} ({what})" for key, what in SETTINGS.items())
            raise SweepError(f"Không hiểu --set {one}; cần TÊN=GIÁ_TRỊ,GIÁ_TRỊ với tên là: {known}.")
        values[name] = [_value(name, part.strip()) for part in told.split(",")]
    return [dict(zip(values, combination, strict=True)) for combination in product(*values.values())]


def _value(name: str, told: str) -> float | str:
    if name == "encoder":
        return told
    try:
        value = float(told)
    except ValueError as error:
        raise SweepError(f"{name}: {told} không phải là số.") from error
    least, most = _RANGES[name]
    if not least <= value <= most:
        raise SweepError(f"{name}: {told} không nằm trong khoảng từ {least} đến {most}.")
    return value


def sweep(configs: Mapping[str, Config], cases: Sequence[GoldCase], points: Sequence[Setting]) -> Iterator[Point]:
    """The figures at each setting, in order of the encoders first; each encoder is loaded once a corpus.

    `configs` are those of the corpora that the cases are asked on.
    """
    installed = next(config.encoder for config in configs.values())
    encoders = dict.fromkeys(str(point.get("encoder", installed)) for point in points)
    for encoder in encoders:
        with _opened(configs, encoder) as assistants:
            texts = {name: one.stored_texts for name, one in assistants.items()}
            check_gold(cases, texts, known_documents(next(iter(configs.values()))))
            for point in points:
                if point.get("encoder", installed) == encoder:
                    varied = {name: _varied(one, point) for name, one in assistants.items()}
                    yield _measured(varied, cases, point)


@contextmanager
def _opened(configs: Mapping[str, Config], encoder: str) -> Iterator[Mapping[str, Assistant]]:
    """The assistants with an encoder, each over the snapshot that serves or one made for it."""
    with tempfile.TemporaryDirectory(prefix="hoidap-sweep-") as folder:
        found = {}
        for name, config in configs.items():
            if encoder != config.encoder:
                from rag.index.ingest import ingest

                config = config.model_copy(update={"encoder": encoder, "data": Path(folder) / name})
                ingest(config)
            found[name] = open_corpus(name, config)
        yield found


def _varied(assistant: Assistant, setting: Setting) -> Assistant:
    retriever = assistant.retriever
    if "dense_weight" in setting and isinstance(retriever, EvidenceRetriever):
        retriever = retriever.weighted(float(setting["dense_weight"]))
    told = assistant.bounds
    bounds = replace(
        told,
        supported=float(setting.get("supported", told.supported)),
        within=float(setting.get("within", told.within)),
        odds=float(setting.get("odds", told.odds)),
    )
    return Assistant(assistant.holdings, retriever, assistant.restorer, bounds=bounds)


def _measured(assistants: Assistants, cases: Sequence[GoldCase], setting: Setting) -> Point:
    outcomes: Sequence[Outcome] = evaluate(assistants, cases)
    right = estimate(float(not missed(one.scores)) for one in outcomes)
    return Point(setting, right, summarize(outcomes).figures, latency(one.answer for one in outcomes))


def sweep_table(points: Sequence[Point]) -> Table:
    """A row for each setting, with the interval of the share of right questions."""
    table = Table(title="Đo theo cấu hình", title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for name in points[0].setting:
        table.add_column(name, justify="right")
    for head in ("Đúng hoàn toàn", "khoảng 95%", *(ALL_LABELS[name] for name in SHOWN), "p50, ms"):
        table.add_column(head, justify="right", max_width=13)
    best = max(point.right.mean or 0.0 for point in points)
    for point in points:
        span = point.right.interval
        cells = [str(value) for value in point.setting.values()] + [
            _share(point.right.mean),
            f"{span.low:.3f}–{span.high:.3f}" if span else "–",
            *(_share(point.figures[name].mean) for name in SHOWN),
            f"{point.milliseconds[0]:.0f}" if point.milliseconds else "–",
        ]
        table.add_row(*cells, style="bold" if point.right.mean == best else "")
    return table


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def as_json(points: Sequence[Point], told: Values, seconds: float) -> str:
    """Every figure at every setting as JSON; what took how long is apart."""
    report = {
        "provenance": told,
        "points": [
            {"setting": one.setting, "right": _values(one.right),
             "figures": {name: _values(figure) for name, figure in one.figures.items()}}
            for one in points
        ],
        "times": {"seconds": seconds, "milliseconds": [one.milliseconds for one in points]},
    }  # fmt: skip
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def _values(figure: Estimate) -> dict[str, object]:
    span = figure.interval
    return {"mean": figure.mean, "count": figure.count, "interval": [span.low, span.high] if span else None}


def main(arguments: Sequence[str] | None = None) -> int:
    """0; 2 where nothing can be measured."""
    options = _parser().parse_args(arguments)
    clock = time.perf_counter()
    try:
        config = read_config()
        varied = settings(options.set)
        every = read_gold(options.gold)
        configs, left_out = asked_on(every, config, options)
        points = list(sweep(configs, [case for case in every if case.corpus in configs], varied))
    except HoidapError as error:
        print(error, file=sys.stderr)
        return 2
    console = Console() if sys.stdout.isatty() else Console(width=PIPE_WIDTH)
    console.print(sweep_table(points))
    for line in left_out:
        console.print(line, highlight=False)
    if options.json:
        seconds = round(time.perf_counter() - clock, 3)
        options.json.write_text(as_json(points, provenance(options.gold, configs), seconds), encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval.sweep", description="Đo lần lượt với mọi tổ hợp giá trị cấu hình."
    )
    parser.add_argument(
        "--set",
        action="append",
        required=True,
        metavar="TÊN=GIÁ_TRỊ,…",
        help="; ".join(f"{name}: {what}" for name, what in SETTINGS.items()),
    )
    add_options(parser)
    parser.add_argument("--json", type=Path, metavar="TỆP", help="ghi toàn bộ kết quả ra tệp JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
