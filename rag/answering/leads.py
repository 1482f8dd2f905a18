"""What leads to a clause by a colon: "Đối với khiếu nại: Chuyển đơn …", "Chỉ đạo các thôn: Rà soát …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.language.normalize import fold
from rag.types import Passage

_TITLE_WORDS = 6
_DIRECTS = re.compile(r"(?:chỉ đạo|hướng dẫn|đôn đốc|giao|yêu cầu|đề nghị|phân công)\s")


def leads(passages: Sequence[Passage]) -> Iterator[int | None]:
    """The index of what leads to each passage by a colon: "Đối với khiếu nại: Chuyển đơn …"; None where nothing does.

    It leads to the end of its sentence. A few words that open a provision of several sentences, and make a sentence by
    themselves, are its title and lead to all the others: "2.9. Nước sinh hoạt. Bà con phản ánh …".
    """
    place, lead, title = ("", -1), None, None
    for index, passage in enumerate(passages):
        if (passage.source, passage.provision) != place:
            place, lead, title = (passage.source, passage.provision), None, None
            if passage.text.endswith(".") and len(passage.text.split()) <= _TITLE_WORDS:
                yield None
                title = index
                continue
        yield lead if lead is not None else title
        if passage.kind == "clause" and passage.text.endswith((":", ".")):
            lead = index if passage.text.endswith(":") else None


def directs(text: str) -> bool:
    """Whether what leads to clauses has others told to do them."""
    return _DIRECTS.match(fold(text)) is not None
