"""From how much evidence on a question is answered, and what tells that it is enough."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache

from rag.index.calibration import Calibration
from rag.language.lexicon import plain_rows

SUPPORTED = 0.6
"""The share of a topic's weight that evidence has to speak of."""
_BORNE_OUT, _DOUBTED = 0.2, 0.22
"""How much less support is enough where type, issuer, level or year bear it out, and how much more leaves no doubt."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What the best passage for a question shows of whether the corpus answers it.

    `support` is its support above the least of its corpus, `score` what it is ranked by, `around` the share of the
    topic that its provision speaks of with all above it, `heaviest` the weight of the heaviest word of the topic that
    the passage with its headings lacks, `length` the natural logarithm of the number of words of the topic: of a long
    question no text has all. The others tell what is asked, 1 or 0.
    """

    support: float
    score: float
    around: float
    heaviest: float
    length: float
    unit: float
    document: float
    yes_no: float

    def log_odds(self) -> float:
        """The logarithm of the odds that the corpus answers the question, for as many that it does not as does.

        Source: a logistic regression over the questions of `eval/gold`, `python -m eval.answerable`.
        """
        weights = answer_weights()
        told: dict[str, float] = asdict(self)
        return weights["always"] + sum(weights[name] * value for name, value in told.items())


@cache
def answer_weights() -> dict[str, float]:
    """What each sign that the corpus answers a question counts, in log odds; `always` for any question."""
    return {row["sign"]: float(row["weight"]) for row in plain_rows("answering")}


@dataclass(frozen=True, slots=True)
class Bounds:
    """Shares of a topic's weight below which a question is refused, and the odds.

    Without evidence that speaks of `within` nothing is answered, nor where its signs give log odds below `odds`.
    Evidence that speaks of `supported` may take the place of a better one of another kind. A topic of which the
    corpus speaks of less than `outside` is none of its own. What a document that is not held says inside is asked
    where its own words speak of less than `inside`, or `inside_duty` for a duty. A passage that tells of somebody's
    duty speaks, where it stands, of `spoken_of_duty`. Evidence that speaks of less than `certain` is given as the
    nearest that there is.
    """

    supported: float = SUPPORTED
    within: float = 0.4
    certain: float = SUPPORTED + _DOUBTED
    outside: float = 0.27
    inside: float = 0.4
    inside_duty: float = 0.6
    spoken_of_duty: float = 0.38
    odds: float = 0.0

    @classmethod
    def of(cls, calibration: Calibration) -> Bounds:
        """The bounds of a corpus as it was measured."""
        supported = calibration.supported
        return cls(supported=supported, within=supported - _BORNE_OUT, certain=supported + _DOUBTED)

    def enough(self, *, limited: bool) -> float:
        """The share that evidence has to speak of."""
        return self.within if limited else self.supported

    def answers(self, signs: Signs) -> bool:
        """Whether evidence with these signs is enough to answer."""
        return signs.log_odds() >= self.odds


BOUNDS = Bounds()
