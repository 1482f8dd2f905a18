"""How long a large corpus takes: from nothing, and with one document more."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from eval.bench.figure import BenchError, Figure

ARTICLES_EACH = 20
_CLAUSES, _WORDS = 8, 40
_FROM_NOTHING, _ONE_MORE = 180.0, 15.0  # seconds, for 2,000 articles


def write_articles(folder: Path, text: str, articles: int, *, seed: int = 7) -> list[Path]:
    """Decrees of twenty articles, and the rest in a last one, with the words of a text in another order.

    An article has eight clauses of forty words, as those of decrees have on average.
    """
    folder.mkdir(parents=True, exist_ok=True)
    words, draw = sorted({word for word in text.split() if word.isalpha()}), random.Random(seed)
    if not words:
        raise BenchError("Văn bản của kho không có từ nào để dựng điều luật.")
    paths = []
    for number, first in enumerate(range(0, articles, ARTICLES_EACH), 1):
        count = min(ARTICLES_EACH, articles - first)
        path = folder / f"nghi-dinh-{number}.txt"
        path.write_text(_decree(number, [_article(at + 1, words, draw) for at in range(count)]), encoding="utf-8")
        paths.append(path)
    return paths


def _decree(number: int, articles: Sequence[str]) -> str:
    head = (
        f"CHÍNH PHỦ\n\nSố: {number}/2030/NĐ-CP\n\nHà Nội, ngày 05 tháng 3 năm 2030\n\nNGHỊ ĐỊNH\nVề việc thứ {number}"
    )
    return "\n\n".join([head, *articles])


def _article(number: int, words: Sequence[str], draw: random.Random) -> str:
    clauses = (f"{at}. {' '.join(draw.choices(words, k=_WORDS)).capitalize()}." for at in range(1, _CLAUSES + 1))
    return "\n\n".join([f"Điều {number}. {' '.join(draw.choices(words, k=6)).capitalize()}", *clauses])


def measure_growth(folder: Path, paths: Sequence[Path], run: Callable[..., None]) -> list[Figure]:
    """Seconds to ingest all texts but the last, which is then added; `run` runs a command with an environment.

    Raises: BenchError where there are fewer than two texts.
    """
    if len(paths) < 2:
        raise BenchError("Cần ít nhất hai tệp để đo việc thêm một tệp vào kho.")
    corpus = folder / "documents"
    corpus.mkdir(parents=True)
    for path in paths[:-1]:
        os.link(path, corpus / path.name) if path.stat().st_dev == corpus.stat().st_dev else _copy(path, corpus)
    places = {"HOIDAP_CORPUS": str(corpus), "HOIDAP_DATA": str(folder / "snapshots")}
    return [
        Figure(f"Lập chỉ mục {len(paths) - 1} văn bản từ đầu", _timed(run, places, "ingest"), _FROM_NOTHING, "giây"),
        Figure("Thêm một văn bản vào kho đó", _timed(run, places, "corpus", "add", str(paths[-1])), _ONE_MORE, "giây"),
    ]


def _copy(path: Path, corpus: Path) -> None:
    (corpus / path.name).write_bytes(path.read_bytes())


def _timed(run: Callable[..., None], places: dict[str, str], *arguments: str) -> float:
    start = time.perf_counter()
    run(places, *arguments)
    return time.perf_counter() - start
