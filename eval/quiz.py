"""How good quiz items are: `python -m eval.quiz`; what is true is found in the texts anew by `eval.quiz_truth`."""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from eval.quiz_reading import Corpus, clean, squash
from eval.quiz_truth import Item, truths
from rag.config import read_config
from rag.errors import HoidapError

MOST_LONGEST, MOST_TAKER, LEAST_P, LEAST_KINDS = 0.30, 0.35, 0.05, 8


@dataclass(frozen=True, slots=True)
class Findings:
    """What is found of one list of items; shares are fractions of the items with four options."""

    items: int
    second_true: tuple[str, ...]
    key_wrong: tuple[str, ...]
    untold: tuple[str, ...]
    quotes: tuple[str, ...]
    duplicates: tuple[str, ...]
    key_p: float
    longest: float
    takers: Mapping[str, float]
    kinds: int
    missed: tuple[str, ...]
    named: float

    @property
    def faults(self) -> tuple[str, ...]:
        """What breaks a bound, as sentences."""
        counted = (
            ("phương án đúng thứ hai", self.second_true),
            ("đáp án sai", self.key_wrong),
            ("không kiểm được", self.untold),
            ("trích dẫn không khớp", self.quotes),
            ("câu trùng", self.duplicates),
            ("mục chưa có câu hỏi", self.missed),
        )
        found = [f"{len(ids)} {name}: {', '.join(ids[:5])}" for name, ids in counted if ids]
        found += [f"vị trí đáp án lệch, p = {self.key_p:.3f}"] if self.key_p <= LEAST_P else []
        found += [f"đáp án dài nhất ở {self.longest:.2f} số câu"] if self.longest > MOST_LONGEST else []
        found += [f"cách chọn “{name}” đúng {share:.2f}" for name, share in self.takers.items() if share > MOST_TAKER]
        return tuple(found + ([f"chỉ có {self.kinds} dạng câu"] if self.kinds < LEAST_KINDS else []))


def examine(items: Sequence[Item], corpus: Corpus, *, cover: str | None = None) -> Findings:
    """What is found of a list of items as `hoidap quiz --format json` prints it; `cover` is a text to be covered."""
    told = {str(item["id"]): truths(item, corpus) for item in items}
    keys = {str(item["id"]): set(_indexes(item)) for item in items}
    four = [item for item in items if len(_options(item)) == 4]
    return Findings(
        items=len(items),
        second_true=tuple(one for one, found in told.items()
                          if any(true and at not in keys[one] for at, true in enumerate(found))),
        key_wrong=tuple(one for one, found in told.items() if any(found[at] is False for at in keys[one])),
        untold=tuple(one for one, found in told.items() if None in found),
        quotes=tuple(str(item["id"]) for item in items if not _resolves(item, corpus)),
        duplicates=_duplicates(items),
        key_p=uniform_p(Counter(_indexes(item)[0] for item in four)),
        longest=_share(four, is_longest),
        takers={
            "dài nhất": _share(four, lambda item: _picked(item, len) in _indexes(item)),
            "phương án đầu": _share(four, lambda item: 0 in _indexes(item)),
            "giống câu dẫn nhất": _share(four, _is_likest),
        },
        kinds=len({str(item["id"]).rsplit("-", 1)[0] for item in items}),
        missed=tuple(_missed(items, corpus, cover)) if cover else (),
        named=sum(_names(item) for item in items) / len(items) if items else 0.0,
    )  # fmt: skip


def uniform_p(counts: Mapping[int, int]) -> float:
    """The p of a chi-square test that four places are as frequent, with three degrees of freedom; 1 for no counts.

    >>> round(uniform_p({0: 10, 1: 20, 2: 30, 3: 40}), 6)
    0.00017
    """
    seen = [counts.get(place, 0) for place in range(4)]
    if not sum(seen):
        return 1.0
    mean = sum(seen) / 4
    square = sum((one - mean) ** 2 / mean for one in seen)
    return math.erfc(math.sqrt(square / 2)) + math.sqrt(2 * square / math.pi) * math.exp(-square / 2)


def is_longest(item: Item) -> bool:
    """Whether the right option is longer than any other."""
    lengths = [len(option) for option in _options(item)]
    own = lengths[_indexes(item)[0]]
    return all(length < own for at, length in enumerate(lengths) if at not in _indexes(item))


def _picked(item: Item, measure: object) -> int:
    """The first option of the largest measure."""
    assert callable(measure)
    options = _options(item)
    return max(range(len(options)), key=lambda at: (measure(options[at]), -at))


def _is_likest(item: Item) -> bool:
    return _picked(item, lambda option: _common(item, option)) in _indexes(item)


def _common(item: Item, option: str) -> int:
    return len(set(clean(str(item["stem"])).casefold().split()) & set(clean(option).casefold().split()))


def _share(items: Sequence[Item], test: object) -> float:
    assert callable(test)
    return sum(bool(test(item)) for item in items) / len(items) if items else 0.0


def _options(item: Item) -> list[str]:
    options = item["options"]
    assert isinstance(options, list)
    return [str(option) for option in options]


def _indexes(item: Item) -> list[int]:
    correct = item["correct"]
    assert isinstance(correct, list)
    return [int(index) for index in correct]


def _resolves(item: Item, corpus: Corpus) -> bool:
    cited = item["citation"]
    assert isinstance(cited, Mapping)
    reading = corpus.readings.get(str(cited["source"]))
    return (
        reading is not None and bool(cited["quote"]) and reading.text[cited["start"] : cited["end"]] == cited["quote"]
    )


def _duplicates(items: Sequence[Item]) -> tuple[str, ...]:
    seen: set[tuple[str, ...]] = set()
    found = []
    for item in items:
        text = (squash(str(item["stem"])), *sorted(map(squash, _options(item))))
        found += [str(item["id"])] if text in seen else []
        seen.add(text)
    return tuple(found)


def _missed(items: Sequence[Item], corpus: Corpus, source: str) -> Iterable[str]:
    """The numbered sections of a text in which no item's passage begins, nor that of the section above."""
    reading = corpus.readings[source]
    starts = [int(item["citation"]["start"]) for item in items if item["citation"]["source"] == source]  # type: ignore[index]
    paths = dict.fromkeys(part.path for part in reading.parts if part.path)
    inner = [path for path in paths if not any(other != path and other[: len(path)] == path for other in paths)]
    for path in inner:
        lines = reading.under(path)
        if not any(part.start <= start < part.end for part in lines for start in starts):
            yield ".".join(path)


def _names(item: Item) -> bool:
    """Whether a stem names a document or a date."""
    stem = clean(str(item["stem"]))
    return "số " in stem or any(sign.isdigit() for sign in stem)


def table(findings: Mapping[str, Findings]) -> Table:
    """The findings, a column a list of items."""
    shown = Table(title="Chất lượng câu hỏi", title_justify="left")
    shown.add_column("Phép đo")
    for name in findings:
        shown.add_column(name, justify="right")
    rows: list[tuple[str, list[str]]] = [
        ("Số câu", [str(one.items) for one in findings.values()]),
        ("Phương án đúng thứ hai", [str(len(one.second_true)) for one in findings.values()]),
        ("Đáp án sai", [str(len(one.key_wrong)) for one in findings.values()]),
        ("Không kiểm được", [str(len(one.untold)) for one in findings.values()]),
        ("Trích dẫn không khớp", [str(len(one.quotes)) for one in findings.values()]),
        ("Câu trùng", [str(len(one.duplicates)) for one in findings.values()]),
        ("Vị trí đáp án, p", [f"{one.key_p:.2f}" for one in findings.values()]),
        ("Đáp án dài nhất", [f"{one.longest:.2f}" for one in findings.values()]),
    ]
    for taker in next(iter(findings.values())).takers:
        rows.append((f"Chọn {taker}", [f"{one.takers[taker]:.2f}" for one in findings.values()]))
    rows += [
        ("Số dạng câu", [str(one.kinds) for one in findings.values()]),
        ("Mục chưa có câu", [str(len(one.missed)) for one in findings.values()]),
        ("Câu dẫn nêu văn bản hoặc số", [f"{one.named:.2f}" for one in findings.values()]),
    ]
    for name, cells in rows:
        shown.add_row(name, *cells)
    return shown


def main(arguments: Sequence[str] | None = None) -> int:
    """0, or 1 where a bound is broken or the items cannot be made."""
    options = _parser().parse_args(arguments)
    try:
        corpus, made = _made(options.count, options.seeds, options.items)
    except (HoidapError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    cover = options.cover or next((name for name, one in corpus.readings.items() if not one.is_law), None)
    found = {name: examine(items, corpus, cover=cover) for name, items in made.items()}
    Console().print(table(found))
    faults = [f"{name}: {fault}" for name, one in found.items() for fault in one.faults]
    for fault in faults:
        print(fault, file=sys.stderr)
    return int(bool(faults))


def _made(count: int, seeds: Sequence[int], files: Sequence[Path]) -> tuple[Corpus, dict[str, list[Item]]]:
    """The texts of the configured corpus and the items: those of files, else those made with each seed."""
    from rag.index.snapshot import open_snapshot
    from rag.quiz.generate import generate
    from rag.quiz.material import Material
    from rag.quiz.wire import items_json
    from rag.quiz.wishes import Wish

    knowledge = open_snapshot(read_config()).knowledge
    corpus = Corpus({text.source: text.text for text in knowledge.texts})
    if files:
        return corpus, {file.name: json.loads(file.read_text(encoding="utf-8")) for file in files}
    material = Material(knowledge)
    made = {f"{seed}": json.loads(items_json(generate(material, Wish(count, seed=seed)).items)) for seed in seeds}
    return corpus, made


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.quiz", description="Đo chất lượng câu hỏi trắc nghiệm.")
    parser.add_argument("--count", type=int, default=100, help="số câu của mỗi lần tạo")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5], help="các hạt giống")
    parser.add_argument("--cover", help="văn bản mà mọi mục phải có câu hỏi")
    parser.add_argument("items", nargs="*", type=Path, help="tệp câu hỏi JSON thay cho việc tạo mới")
    return parser


if __name__ == "__main__":
    sys.exit(main())
