"""Pinpoints before a mention: which articles, clauses and points of the document are meant."""

from __future__ import annotations

import re

_UNIT = (
    r"(?:[Đđ]iểm|[Kk]hoản|[Đđ]iều|[Tt]iết|[Đđ]oạn|[Cc]hương|[Tt]iểu mục|[Mm]ục|[Pp]hần|[Pp]hụ lục|[Mm]ẫu số|[Bb]iểu số)"
)
_LABEL = r"(?:\d{1,3}(?:\.\d{1,3}){0,2}[a-zđ]?|[IVXLC]{1,6}|[a-zđ]\d?)(?!\w)"
_JOIN = r"(?:\s?[,;]\s(?:và\s|hoặc\s)?|\s(?:và|hoặc|đến|-)\s)(?:các\s|từ\s)?"
_LIST = re.compile(
    rf"(?<!\w)(?<!giai )(?P<list>(?:(?:[Cc]ác|[Tt]ừ)\s)?{_UNIT}\s{_LABEL}"
    rf"(?:(?:{_JOIN}|\s(?:của\s|thuộc\s)?){_UNIT}\s{_LABEL}|{_JOIN}{_LABEL})*+)"
    r"(?:\s(?:ban hành\s)?kèm theo\s|\s?,?\s?(?:(?:của|thuộc|trong|tại)\s)?)(?:các\s)?"
)


def pinpoints(text: str) -> dict[int, str]:
    """Each pinpoint of a clean line, a list as one, by the position at which its document would begin.

    >>> pinpoints("theo điểm a, b khoản 1 và khoản 3 Điều 7 của Luật Cư trú")
    {45: 'điểm a, b khoản 1 và khoản 3 Điều 7'}
    """
    return {match.end(): match["list"] for match in _LIST.finditer(text)}
