"""Places that a question points to: "khoản 2 Điều 5", "Mục II.3", "chú thích 1", "mẫu số 03"."""

from __future__ import annotations

import re

LOCATOR = re.compile(
    r"\b(?P<notes>chu thich|cuoc chu|ghi chu|chu giai|(?:duoi |cuoi )?chan trang|cuoi trang)"
    r"(?:(?: so)? (?P<note>\d{1,2}))?\b"
    r"|\bphu luc(?: so)? (?P<annex>[ivx]{1,5}|\d{1,2})\b"
    r"|\bmau (?:so (?P<form>\d{1,2}(?:/[a-z]+)?)|(?P<form2>\d{1,2}/[a-z]+))\b"
    r"|\bmuc (?P<part>\d{1,2}) (?:cua |thuoc )?chuong (?P<chapter2>[ivx]{1,5}|\d{1,2})\b"
    r"|\bchuong (?P<chapter>[ivx]{1,5}|\d{1,2})\b"
    r"|\b(?:diem (?P<point>[a-z]),? (?:cua )?)?(?:khoan (?P<clause>\d{1,2}),? (?:cua )?)?"
    r"dieu (?P<article>\d{1,3}[a-z]?)\b"
    r"(?:,? khoan (?P<clause2>\d{1,2})(?:,? diem (?P<point2>[a-z]))?\b)?"
    r"|\bmuc (?P<inner>\d{1,2})(?:,| cua| thuoc)? (?:phan|muc) (?P<section>[ivx]{1,5})\b"
    r"|\b(?:phan|muc) (?P<section2>[ivx]{1,5})(?:[. ](?P<inner2>\d{1,2}))?"
    r"(?:,? (?:phan|muc|khoan|y|diem) (?P<inner3>\d{1,2}))?\b"
)


def locator_of(match: re.Match[str], typed: str) -> str | None:
    """A place inside a document in the form of a provision's locator, bare; None where it is none.

    Of the points, đ is told from d as `dd`.
    """
    if match["notes"]:
        return f"chu thich {match['note'] or ''}".strip()
    if match["annex"]:
        return f"phu luc {_roman(match['annex'])}"
    if form := match["form"] or match["form2"]:
        return f"mau so {form.replace('/', ' ')}"
    if match["chapter2"]:
        return f"muc {match['part']} chuong {_roman(match['chapter2'])}"
    if match["chapter"]:
        return f"chuong {_roman(match['chapter'])}"
    if match["article"]:
        name = "point" if match["point"] else "point2"
        point, clause = match[name], match["clause"] or match["clause2"]
        inner = [f"diem {'dd' if typed[match.start(name)] == 'đ' else point}"] if point else []
        inner += [f"khoan {clause}"] if clause else []
        return " ".join([*inner, f"dieu {match['article']}"])
    section = match["section"] or match["section2"]
    number = match["inner"] or match["inner2"] or match["inner3"]
    return f"muc {section}.{number}" if number else f"muc {section}"


def _roman(number: str) -> str:
    """A number as chapters and annexes have it.

    >>> _roman("4"), _roman("ii")
    ('iv', 'ii')
    """
    if not number.isdigit():
        return number
    tens, ones = divmod(int(number), 10)
    return "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]
