"""What tells that a corpus answers a question: `python -m eval.answerable [FILE …]`.

Every question is asked with nothing refused for want of evidence, and what the best passage shows is noted. A
logistic regression tells from it which questions have an answer; it is judged on corpora that it was not fitted on,
one after another. Printed are the weights as `rag/data/answering.csv` has them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.gold import DEV, GOLD, GoldCase, read_gold
from eval.opened import add_corpora, asked_on, open_corpus
from eval.outcomes import evaluate
from rag.answering.assistant import Assistant
from rag.answering.bounds import Bounds, Signs
from rag.config import read_config
from rag.errors import HoidapError

COST = 2.0
"""How many questions refused that have an answer an answer to a question that has none is as bad as."""
_STRENGTH = 0.3
"""The inverse of the weights' regularisation, as in scikit-learn; .1 to 10 do the same within two questions."""
SIGNS = tuple(one.name for one in fields(Signs))

Rows = NDArray[np.float64]


@dataclass(frozen=True)
class Recording(Bounds):
    """Bounds within which every question is answered; `seen` are the signs of those that were looked at."""

    seen: list[Signs] = field(default_factory=list)

    def answers(self, signs: Signs) -> bool:
        """True, and the signs are kept."""
        self.seen.append(signs)
        return True


@dataclass(frozen=True, slots=True)
class Judged:
    """A question whose evidence was looked at: its corpus, what that shows, and whether gold has an answer."""

    corpus: str
    signs: Signs
    has_answer: bool


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights by sign and `always`, with what they do on corpora that they were not fitted on.

    `refused` of the `answerable` questions are refused, `answered` of the `unanswerable` ones answered.
    """

    weights: Mapping[str, float]
    refused: int
    answerable: int
    answered: int
    unanswerable: int

    def __str__(self) -> str:
        lines = "\n".join(f"{name},{value:.2f}" for name, value in self.weights.items())
        return (
            f"{lines}\n# Trên kho không dùng để tính: từ chối nhầm {self.refused} trên {self.answerable} câu có đáp án,"
            f" trả lời {self.answered} trên {self.unanswerable} câu không có đáp án."
        )


def judged(assistants: Mapping[str, Assistant], cases: Iterable[GoldCase]) -> list[Judged]:
    """The questions whose evidence decides whether they are answered, in order."""
    found = []
    recordings = {name: Recording(**asdict(one.bounds)) for name, one in assistants.items()}
    asked = {
        name: Assistant(one.holdings, one.retriever, one.restorer, bounds=recordings[name])
        for name, one in assistants.items()
    }
    for case in cases:
        seen = recordings[case.corpus].seen
        seen.clear()
        answer = evaluate(asked, [case])[0].answer
        if seen and answer.status != "not_found":
            found.append(Judged(case.corpus, seen[-1], case.status != "not_found"))
    return found


def fit(rows: Sequence[Judged]) -> Fitted:
    """The weights by which evidence is judged, such that the two kinds of error cost least on corpora held out.

    Raises: HoidapError where all questions have an answer, or none.
    """
    signs = np.array([[float(value) for value in asdict(row.signs).values()] for row in rows]).reshape(-1, len(SIGNS))
    has = np.array([row.has_answer for row in rows], dtype=bool)
    corpora = np.array([row.corpus for row in rows])
    if has.all() or not has.any():
        raise HoidapError("Cần cả câu có đáp án và câu không có đáp án.")
    odds = np.zeros(len(rows))
    for corpus in dict.fromkeys(corpora.tolist()):
        out = corpora == corpus
        weights, always = _regression(signs[~out], has[~out])
        odds[out] = signs[out] @ weights + always
    least = min(np.unique(odds).tolist(), key=lambda bound: _cost(odds, has, bound))
    weights, always = _regression(signs, has)
    by_name = {"always": always - least, **dict(zip(SIGNS, weights.tolist(), strict=True))}
    refused, answered = int((odds[has] < least).sum()), int((odds[~has] >= least).sum())
    return Fitted(by_name, refused, int(has.sum()), answered, int((~has).sum()))


def _cost(odds: Rows, has: NDArray[np.bool_], bound: float) -> float:
    return float((odds[has] < bound).sum() + COST * (odds[~has] >= bound).sum())


def _regression(signs: Rows, has: NDArray[np.bool_]) -> tuple[Rows, float]:
    """The weights of the signs and what counts for any question, in log odds for as many of the one kind as the other.

    All zero where there is but one kind.
    """
    from sklearn.linear_model import LogisticRegression

    if has.all() or not has.any():
        return np.zeros(signs.shape[1]), 0.0
    middle, spread = signs.mean(axis=0), np.maximum(signs.std(axis=0), 1e-9)
    model = LogisticRegression(C=_STRENGTH, max_iter=3000, class_weight="balanced")
    model.fit((signs - middle) / spread, has)
    weights: Rows = model.coef_[0] / spread
    return weights, float(model.intercept_[0] - weights @ middle)


def main(arguments: Sequence[str] | None = None) -> int:
    """0; 2 where nothing can be measured."""
    options = _parser().parse_args(arguments)
    try:
        config = read_config()
        rows: list[Judged] = []
        for path in options.golds:
            cases = read_gold(path)
            configs, left_out = asked_on(cases, config, options)
            assistants = {name: open_corpus(name, one) for name, one in configs.items()}
            rows += judged(assistants, [case for case in cases if case.corpus in configs])
            for line in left_out:
                print(f"# {line}")
        print(fit(rows))
    except HoidapError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval.answerable", description="Tính lại các trọng số quyết định trả lời hay từ chối."
    )
    parser.add_argument(
        "golds", type=Path, nargs="*", default=[DEV, GOLD / "offices.jsonl"], metavar="TỆP", help="tệp câu hỏi chuẩn"
    )
    add_corpora(parser)
    return parser


if __name__ == "__main__":
    sys.exit(main())
