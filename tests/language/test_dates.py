"""Dates as offices write them."""

from __future__ import annotations

import pytest

from rag.language.dates import said_date, spoken_date


@pytest.mark.parametrize(
    ("iso", "spoken", "said"),
    [
        ("2021-11-01", "01/11/2021", "ngày 01/11/2021"),
        ("2016-06-13", "13/6/2016", "ngày 13/6/2016"),  # no zero from March on
        ("2022-02-23", "23/02/2022", "ngày 23/02/2022"),
        ("2023-10-05", "05/10/2023", "ngày 05/10/2023"),
        ("2024-02", "02/2024", "tháng 02/2024"),
        ("2022", "2022", "năm 2022"),
    ],
)
def test_dates_are_written_as_offices_do(iso: str, spoken: str, said: str) -> None:
    assert (spoken_date(iso), said_date(iso)) == (spoken, said)
