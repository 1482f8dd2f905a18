"""Notices on a source, worded."""

from __future__ import annotations

from rag.language.lexicon import notice_sentences
from rag.types import SourceNotice, Span


def notice(key: str, span: Span, /, **fields: str) -> SourceNotice:
    """The notice of that name in `notices.toml`, its fields filled in.

    >>> notice("number_differs", Span(3, 11), value="07/KH-BTT-MTTQ", other="07/KH-MTTQ-BTT").text
    'Số hiệu 07/KH-BTT-MTTQ ở chỗ khác trong văn bản ghi là 07/KH-MTTQ-BTT; có thể là một văn bản.'
    """
    told = notice_sentences()[key]
    return SourceNotice(told.kind, told.text.format(**fields), span, key)
