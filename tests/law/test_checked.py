"""Checked facts: read from a table, found again by what a text says."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import ReadingError
from rag.law.checked import CheckedFacts, read_checked_facts
from rag.types import Change, CheckedFact, Identity

HEAD = (
    "number,type,issuer,date,title,effective_from,effective_to,amended_by,replaced_by,replaces,last_cited,"
    "checked_against\n"
)


def test_facts_are_read_with_empty_cells_as_none(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_text(
        HEAD + "43-KL/TW,Kết luận,,2019-01-07,,,,,,,,a source\n"
        "79/2006/QH11,Luật,Quốc hội,2006-11-29,Luật Đê điều,2007-07-01,,60/2020/QH14@2021-07-01,,,,a source\n",
        encoding="utf-8",
    )
    plain, changed = read_checked_facts(path)
    assert plain == CheckedFact("43-KL/TW", "Kết luận", None, "2019-01-07", None, "a source")
    assert changed.effective_from == "2007-07-01"
    assert changed.amended_by == (Change("60/2020/QH14", "2021-07-01"),)


def test_without_a_file_there_are_no_facts(tmp_path: Path) -> None:
    assert read_checked_facts(tmp_path / "absent.csv") == ()


@pytest.mark.parametrize("content", [b"number,type\n1,2\n", "số,loại\n1,2\n".encode("utf-16")])
def test_a_damaged_table_of_facts_is_an_error_that_names_it(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_bytes(content)
    with pytest.raises(ReadingError, match=r"catalogue\.csv"):
        read_checked_facts(path)


def said(
    number: str | None, *, issuer: str | None = None, date: str | None = None, title: str | None = None
) -> Identity:
    return Identity(number, "Chỉ thị", title, issuer, date, None, None)


@pytest.mark.parametrize(
    ("mention", "found"),
    [
        (said("18-CT/TW"), "2022-10-26"),
        (said("18-CT/TW", date="2022"), "2022-10-26"),
        # Another year under the same number is another document,
        (said("18-CT/TW", date="2016-05-04"), None),
        # unless the title says that only the date was mistyped.
        (said("18-CT/TW", date="2023-10-26", title="về công tác giám sát"), "2022-10-26"),
        (said("18-CT/TW", issuer="Tỉnh ủy Lạng Sơn"), None),
        (said(None, title="Chỉ thị về công tác giám sát"), None),
        (said(None, title="Về công tác giám sát"), "2022-10-26"),
        (said("19-CT/TW"), None),
    ],
)
def test_a_fact_is_found_where_nothing_speaks_against_it(mention: Identity, found: str | None) -> None:
    facts = CheckedFacts(
        [CheckedFact("18-CT/TW", "Chỉ thị", "Ban Bí thư Trung ương", "2022-10-26", "về công tác giám sát", "a source")]
    )
    fact = facts.of(mention)
    assert (fact.date if fact else None) == found
