"""Words of asking as the centre and the south say them, in the words of the texts.

`dialect.csv` has what is `said`, a regular expression over a typed question with its marks, the `standard` words for
it, a template of the match, and a question as an `example`.
"""

from __future__ import annotations

import re
from functools import cache

from rag.language.lexicon import plain_rows


def standard_words(text: str) -> str:
    """A question in NFC with regional words of asking said as texts say them.

    >>> standard_words("Chỉ thị 13 nói chuyện chi?")
    'Chỉ thị 13 nói chuyện gì?'
    >>> standard_words("mô hình chi bộ bốn tốt")
    'mô hình chi bộ bốn tốt'
    """
    for said, standard in _forms():
        text = said.sub(standard, text)
    return text


@cache
def _forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["said"], re.IGNORECASE), row["standard"]) for row in plain_rows("dialect"))
