"""How well the right article is found: `python -m eval.rank --collection FOLDER [--plain] [--tune] [--json OUT]`.

Every system ranks the same items for the same questions in one process. The product runs as it is
installed, with nothing set for the collection; `--tune` adds a row whose weight of meaning against words
is chosen by five-fold cross-validation: on four folds, for the questions of the fifth.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from eval.collections import Collection, Question, read_collection
from eval.provenance import file_hash, provenance
from eval.rank_systems import SYSTEMS, Product, System, collection_config, opened
from eval.retrieval import MEASURES, retrieval_scores
from eval.statistics import Estimate, compare, estimate, verdict
from rag.config import Config, read_config
from rag.errors import HoidapError
from rag.language.normalize import unmark

FOLDS = 5
WEIGHTS = tuple(step / 10 for step in range(11))
CHOSEN_BY, SHOWN = "mrr@10", "recall@10"
PIPE_WIDTH = 140

Rankings = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """What one system ranked, and each measure's score of each question; `plain` says without diacritics."""

    name: str
    plain: bool
    rankings: Rankings
    scores: Mapping[str, Mapping[str, float | None]]

    @property
    def title(self) -> str:
        """The system's name in a report."""
        return f"{self.name} (không dấu)" if self.plain else self.name

    def figure(self, measure: str) -> Estimate:
        """A measure's mean over the questions that count, with its interval."""
        return estimate(self.scores[measure].values())


@dataclass(frozen=True, slots=True)
class Fold:
    """The weight that was chosen on the questions outside of a fold."""

    fold: int
    questions: int
    dense_weight: float


def asked_text(question: Question, *, plain: bool, options: bool) -> str:
    """A question as it is put: with the answers that it offers, or without diacritics.

    >>> asked_text(Question("1", "Ai ký?", {}, ("Chủ tịch", "Bí thư")), plain=True, options=True)
    'Ai ky? Chu tich Bi thu'
    """
    text = " ".join((question.text, *question.options)) if options else question.text
    return unmark(text) if plain else text


def measured(system: System | Product, collection: Collection, texts: Mapping[str, str], *, plain: bool) -> Row:
    """One system over the questions as they are put, by id."""
    return _row(system.name, plain, {name: system.rank(text) for name, text in texts.items()}, collection)


def tuned(product: Product, collection: Collection, texts: Mapping[str, str], *, plain: bool) -> tuple[Row, list[Fold]]:
    """The product with the weight that does best on four folds, for each fifth; ties go to the weight nearest .5."""
    by_weight: dict[float, Rankings] = {weight: {} for weight in WEIGHTS}
    for name, text in texts.items():
        for weight, ranking in product.rank_by_weight(text, WEIGHTS).items():
            by_weight[weight][name] = ranking
    scores = {weight: _row("", plain, found, collection).scores[CHOSEN_BY] for weight, found in by_weight.items()}
    folds: list[Fold] = []
    rankings: Rankings = {}
    for fold in range(FOLDS):
        held = [name for name in texts if fold_of(name) == fold]
        weight = choose({weight: _without(found, held) for weight, found in scores.items()})
        folds.append(Fold(fold, len(held), weight))
        rankings |= {name: by_weight[weight][name] for name in held}
    return _row(f"{product.name}, trọng số chọn chéo", plain, rankings, collection), folds


def fold_of(question: str) -> int:
    """The fold of a question, the same in every run and whatever the other questions are.

    >>> fold_of("01-DS-1")
    3
    """
    return int.from_bytes(hashlib.sha256(question.encode()).digest(), "big") % FOLDS


def choose(scores: Mapping[float, Sequence[float | None]]) -> float:
    """The weight with the best mean.

    >>> choose({0.0: [1.0, 0.0], 0.4: [1.0, 1.0], 1.0: [1.0, None]})
    0.4
    """
    return max(scores, key=lambda weight: (estimate_mean(scores[weight]), -abs(weight - 0.5), -weight))


def estimate_mean(scores: Iterable[float | None]) -> float:
    """The mean of the scores that count; 0 where none does."""
    values = [score for score in scores if score is not None]
    return sum(values) / len(values) if values else 0.0


def _without(scores: Mapping[str, float | None], held: Sequence[str]) -> list[float | None]:
    left_out = frozenset(held)
    return [score for name, score in scores.items() if name not in left_out]


def _row(name: str, plain: bool, rankings: Rankings, collection: Collection) -> Row:
    relevant = {question.id: question.relevant for question in collection.questions}
    return Row(name, plain, rankings, retrieval_scores(rankings, relevant))


def figure_table(rows: Sequence[Row], collection: Collection) -> Table:
    """Each system's measures, each with its interval below."""
    count = max(row.figure(SHOWN).count for row in rows)
    title = f"{collection.name}: {len(collection.items)} mục, {count} câu được tính (khoảng tin cậy 95%)"
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Hệ thống", no_wrap=True)
    for measure in MEASURES:
        table.add_column(measure, justify="right", no_wrap=True)
    for row in rows:
        table.add_row(row.title, *(_cell(row.figure(measure)) for measure in MEASURES))
    return table


def _cell(found: Estimate) -> str:
    if found.mean is None:
        return "–"
    interval = found.interval
    below = f"\n[dim]{interval.low:.3f}–{interval.high:.3f}[/dim]" if interval else ""
    return f"{found.mean:.3f}{below}"


def findings(rows: Sequence[Row], collection: Collection) -> list[str]:
    """Whether the first system differs from each other one, and what missing diacritics cost each."""
    found = []
    for plain in (False, True):
        alike = [row for row in rows if row.plain == plain]
        for row in alike[1:]:
            told = [f"{measure}: {_difference(row, alike[0], measure)}" for measure in (SHOWN, CHOSEN_BY)]
            found.append(f"{alike[0].title} so với {row.title}\n  " + "\n  ".join(told))
    for row in rows:
        marked = next((other for other in rows if other.name == row.name and not other.plain), None)
        if row.plain and marked:
            found.append(f"{row.name}, bỏ dấu\n  {SHOWN}: {_difference(marked, row, SHOWN)}")
    if missing := collection.unreachable():
        found.append(f"Nhãn chỉ tới mục không có trong bộ dữ liệu, tính là không tìm thấy: {'; '.join(missing)}.")
    return found


def _difference(before: Row, after: Row, measure: str) -> str:
    old = before.scores[measure]
    return verdict(compare(list(old.values()), [after.scores[measure][name] for name in old]))


def miss_text(row: Row, collection: Collection) -> str:
    """The questions of which something relevant is not among the first ten, with what is first instead."""
    lines = []
    for question in collection.questions:
        score = row.scores[SHOWN][question.id]
        if score is not None and score < 1:
            first = next(iter(row.rankings[question.id]), "–")
            lines.append(f"{question.id} · {question.text}\n  Cần có: {'; '.join(question.relevant)}\n  Đầu: {first}")
    return "\n".join(lines)


def as_json(rows: Sequence[Row], collection: Collection, folds: Mapping[str, Sequence[Fold]], config: Config) -> str:
    """The run as JSON, the same bytes for the same run."""
    told = {
        "provenance": provenance(collection.files[-1], {collection.name: collection_config(collection, config)}),
        "collection": {
            "name": collection.name,
            "files": {path.name: file_hash(path) for path in collection.files},
            "items": len(collection.items),
            "questions": len(collection.questions),
            "unreachable": collection.unreachable(),
        },
        "systems": [
            {
                "name": row.name,
                "plain": row.plain,
                "figures": {measure: asdict(row.figure(measure)) for measure in MEASURES},
                "folds": [asdict(fold) for fold in folds.get(row.title, ())],
                "questions": {
                    name: {
                        "best": ranking[:10],
                        "scores": {measure: row.scores[measure][name] for measure in MEASURES},
                    }
                    for name, ranking in row.rankings.items()
                },
            }
            for row in rows
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def measure_all(
    options: argparse.Namespace, collection: Collection, systems: Mapping[str, System | Product]
) -> tuple[list[Row], dict[str, list[Fold]]]:
    """Every row of the report, with the folds of those that were tuned."""
    rows: list[Row] = []
    folds: dict[str, list[Fold]] = {}
    for plain in (False, True) if options.plain else (False,):
        texts = {one.id: asked_text(one, plain=plain, options=options.options) for one in collection.questions}
        rows += [measured(system, collection, texts, plain=plain) for system in systems.values()]
        product = systems.get("product")
        if options.tune and isinstance(product, Product):
            row, chosen = tuned(product, collection, texts, plain=plain)
            folds[row.title] = chosen
            rows.append(row)
    return rows, folds


def main(arguments: Sequence[str] | None = None) -> int:
    """0; 2 where the collection cannot be read or a system cannot be made."""
    options = _parser().parse_args(arguments)
    try:
        config = read_config()
        collection = read_collection(options.collection, split=options.split)
        rows, folds = measure_all(options, collection, opened(options.systems, collection, config, _progress))
        report = as_json(rows, collection, folds, config) if options.json else ""
    except HoidapError as error:
        print(error, file=sys.stderr)
        return 2
    console = Console() if sys.stdout.isatty() else Console(width=PIPE_WIDTH)
    console.print(figure_table(rows, collection))
    for told in findings(rows, collection):
        console.print(told, highlight=False, markup=False)
    for title, chosen in folds.items():
        weights = "; ".join(f"phần {one.fold + 1}: {one.dense_weight:.1f} ({one.questions} câu)" for one in chosen)
        console.print(f"{title}: trọng số nghĩa {weights}", highlight=False, markup=False)
    if options.misses:
        console.print(miss_text(rows[0], collection), highlight=False, markup=False)
    if options.json:
        options.json.write_text(report, encoding="utf-8")
    return 0


def _progress(step: str, done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{step}: {done}/{total}", end="" if done < total else "\n", file=sys.stderr, flush=True)


def _names(given: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in given.split(",")))
    if wrong := [name for name in names if name not in SYSTEMS]:
        raise argparse.ArgumentTypeError(f"không có hệ thống {wrong[0]!r}; có: {', '.join(SYSTEMS)}")
    return names


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval.rank", description="Đo độ đúng của tìm kiếm trên một bộ dữ liệu công khai."
    )
    parser.add_argument(
        "--collection", type=Path, required=True, metavar="THƯ MỤC", help="bộ dữ liệu dạng ALQAC hoặc dạng BEIR"
    )
    parser.add_argument("--split", metavar="TÊN", help="phần câu hỏi của bộ BEIR (mặc định: test)")
    parser.add_argument(
        "--systems",
        type=_names,
        default=SYSTEMS,
        metavar="TÊN,…",
        help=f"các hệ thống được đo: {','.join(SYSTEMS)} (mặc định: tất cả)",
    )
    parser.add_argument("--plain", action="store_true", help="đo thêm khi câu hỏi không có dấu")
    parser.add_argument("--options", action="store_true", help="hỏi kèm các phương án trả lời, nếu câu hỏi có")
    parser.add_argument("--tune", action="store_true", help="đo thêm với trọng số chọn bằng kiểm chứng chéo 5 phần")
    parser.add_argument("--misses", action="store_true", help="liệt kê câu mà hệ thống đầu chưa tìm thấy trong 10 mục")
    parser.add_argument("--json", type=Path, metavar="TỆP", help="ghi toàn bộ kết quả ra tệp JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
