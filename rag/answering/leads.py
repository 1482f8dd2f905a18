"""What leads to a clause by a colon: "Đối với khiếu nại: Chuyển đơn …", "Chỉ đạo các thôn: Rà soát …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.language.normalize import fold
from rag.types import Passage

_DIRECTS = re.compile(r"(?:chỉ đạo|hướng dẫn|đôn đốc|giao|yêu cầu|đề nghị|phân công)\s")


def leads(passages: Sequence[Passage]) -> Iterator[int | None]:
    """The index of what leads to each passage by a colon: "Đối với khiếu nại: Chuyển đơn …"; None where nothing does.

    It leads to the end of its sentence.
    """
    place, lead = ("", -1), None
    for index, passage in enumerate(passages):
        if (passage.source, passage.provision) != place:
            place, lead = (passage.source, passage.provision), None
        yield lead
        if passage.kind == "clause" and passage.text.endswith((":", ".")):
            lead = index if passage.text.endswith(":") else None


def directs(text: str) -> bool:
    """Whether what leads to clauses has others told to do them."""
    return _DIRECTS.match(fold(text)) is not None
