"""The date that follows a document's number, name or issuer: a day, a month or a year."""

from __future__ import annotations

import re

_DATE = re.compile(
    r"\s?,?\s?(?:(?:được\s)?(?:ban hành|ký)\s)?(?:cùng\s(?=ngày\s))?"
    r"(?:ngày\s(?P<day>\d{1,2})(?:\s?[/.-]\s?|\stháng\s)(?P<month>\d{1,2})(?:\s?[/.-]\s?|\s?,?\snăm\s)(?P<year>\d{4})"
    r"|tháng\s(?P<m2>\d{1,2})(?:\s?[/.-]\s?|\snăm\s)(?P<y2>\d{4})"
    r"|năm\s(?P<y3>(?:19|20)\d{2}))(?!\d)"
)
_BRACKETED = re.compile(r"\s?\((?:ngày\s)?(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>\d{4})\)")


def date_at(text: str, position: int) -> tuple[str | None, int]:
    """The date that follows a position, as YYYY-MM-DD, YYYY-MM or YYYY, and where it ends; else None there.

    >>> date_at("Chỉ thị 5-CT/TU ngày 7 tháng 1 năm 2019", 15), date_at("Luật Cư trú năm 2020", 11)
    (('2019-01-07', 39), ('2020', 20))
    """
    match = _DATE.match(text, position)
    if match:
        year = match["year"] or match["y2"] or match["y3"]
        return _written(match, year, match["month"] or match["m2"], match["day"])
    match = _BRACKETED.match(text, position)
    return _written(match, match["year"], match["month"], match["day"]) if match else (None, position)


def _written(match: re.Match[str], year: str, month: str | None, day: str | None) -> tuple[str | None, int]:
    if (month and not 1 <= int(month) <= 12) or (day and not 1 <= int(day) <= 31):
        return None, match.start()
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)]), match.end()
