"""Dates as Vietnamese offices write them."""

from __future__ import annotations


def is_whole(value: str) -> bool:
    """Whether an ISO date tells the day, not the month or the year alone.

    >>> is_whole("2024-02-01"), is_whole("2024-02")
    (True, False)
    """
    return len(value) == len("2024-02-01")


def iso_date(day: str, month: str, year: str) -> str:
    """A day in figures as an ISO date.

    >>> iso_date("8", "02", "2024")
    '2024-02-08'
    """
    return f"{year}-{int(month):02}-{int(day):02}"


def said_date(value: str) -> str:
    """An ISO date, whole or in part, with the word that goes before it.

    >>> said_date("2021-11-01"), said_date("2024-02"), said_date("2022")
    ('ngày 01/11/2021', 'tháng 02/2024', 'năm 2022')
    """
    return {10: "ngày ", 7: "tháng ", 4: "năm "}.get(len(value), "") + spoken_date(value)


def spoken_date(value: str) -> str:
    """An ISO date as Vietnamese offices write it: of the months only January and February take a zero.

    Source: Nghị định 30/2020/NĐ-CP, phụ lục I, phần II, mục 4.

    >>> spoken_date("2021-11-01"), spoken_date("2019-05-08"), spoken_date("2024-02"), spoken_date("2022")
    ('01/11/2021', '08/5/2019', '02/2024', '2022')
    """
    year, *rest = value.split("-")
    if not rest:
        return year
    month = rest[0] if int(rest[0]) <= 2 else str(int(rest[0]))
    return "/".join([*rest[1:], month, year])
