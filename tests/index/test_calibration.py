"""What scores mean in a corpus, measured with an encoder that knows three topics."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rag.index.calibration import NEARNESS_WEIGHT, Calibration, calibrate
from rag.index.vectors import Vectors
from rag.language.normalize import fold

TEXTS = [
    f"Ủy ban nhân dân xã niêm yết công khai {what} tại trụ sở thôn, tổ dân phố trong thời hạn quy định"
    for what in ("dự toán ngân sách", "kế hoạch sản xuất", "quy hoạch chợ", "mức đóng góp làm đường")
]


class TopicalEncoder:
    """Texts with "niêm yết" lie near each other, all others as far as `off` says."""

    name, dimension = "topical", 2

    def __init__(self, off: float) -> None:
        self._off = off

    def encode_queries(self, texts: list[str]) -> Vectors:
        cosines = [0.95 if "niêm yết" in fold(text) else self._off - len(text) / 10_000 for text in texts]
        return np.array([[cosine, math.sqrt(1 - cosine**2)] for cosine in cosines], dtype=np.float32)

    def encode_passages(self, texts: list[str]) -> Vectors:
        return np.array([[1.0, 0.0]] * len(texts), dtype=np.float32)


def idf(field: str, token: str) -> float:
    return 1.0


def measured(off: float) -> Calibration:
    encoder = TopicalEncoder(off)
    return calibrate(TEXTS, encoder.encode_passages(TEXTS), encoder, idf)


@pytest.mark.parametrize("off", [0.5, 0.8])
def test_a_question_off_the_topic_has_a_nearness_of_about_nothing(off: float) -> None:
    found = measured(off)
    assert found.far == pytest.approx(off, abs=0.02)
    assert abs(float(found.nearness(np.array([off], dtype=np.float32))[0])) < 2
    assert float(found.nearness(np.array([0.95], dtype=np.float32))[0]) > 5


def test_the_bound_parts_questions_off_the_topic_from_those_in_half_of_other_words() -> None:
    found = measured(0.8)
    near = float(found.nearness(np.array([0.95], dtype=np.float32))[0])
    assert found.supported < 0.5 + NEARNESS_WEIGHT * near
    assert 0.4 <= found.supported <= 0.75
