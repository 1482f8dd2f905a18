"""Which text a question names as the one that cites the documents it asks for."""

from __future__ import annotations

import re
from functools import cache

from rag.language.lexicon import document_types
from rag.language.normalize import alternation, unmark

_CITES = (
    r"(?:vien dan|trich dan|dan chieu|dan ra|(?<=duoc )dan"
    r"|dan(?= (?:den|toi|nhung|cac|may|bao nhieu|tat ca|tong cong)|\s*(?:$|[?]))"
    r"(?<!tiep dan)(?<!nhan dan)(?<!cong dan)(?<!nguoi dan)(?<!ho dan)"
    r"|(?:bat|yeu cau|doi hoi)(?: phai)? (?:lam|thuc hien|tuan|ap dung)(?: theo)?"
    r"|nhac(?! nho)|neu ten|ke ten|neu(?= (?:o|trong|tai) ))"
)
_TO = r"(?: (?:den|toi|ra|lai|ten))?"


def citing_text(bare: str) -> re.Match[str] | None:
    """The words of a bare question that name the citing text (`text`), with those that say that it cites.

    >>> citing_text("nhung van ban nao cua tinh ma ke hoach tiep dan cua xa vien dan")["text"]
    'ke hoach tiep dan cua xa'
    >>> citing_text("ke hoach nao vien dan luat bau cu") is None
    True
    """
    return next((match for pattern in _patterns() if (match := pattern.search(bare))), None)


def cited_kinds(bare: str) -> re.Match[str] | None:
    """Where a bare question says that what it names before cites the documents it asks for; what follows limits them.

    >>> cited_kinds("ke hoach 9 cua xa nhac toi nhung nghi quyet nao cua huyen")["limits"]
    ' cua huyen'
    """
    types = alternation(unmark(row.name.lower()) for row in document_types())
    return re.search(
        rf"\b(?:{_CITES}|de cap|can cu(?: vao)?|dua vao){_TO} (?:nhung |cac |may |bao nhieu )*(?P<kind>van ban|{types})"
        rf"(?: (?:nao|gi))?(?P<limits>.*)", bare,
    )  # fmt: skip


@cache
def cited_inside() -> re.Pattern[str]:
    """That a bare question without its numbers asks for the documents that stand in the one of such a number.

    >>> cited_inside().search("cac van ban do tinh uy ban hanh duoc nhac trong") is not None
    True
    >>> cited_inside().search("trong co nhung van ban nao cua tinh") is not None
    True
    """
    types = alternation(unmark(row.name.lower()) for row in document_types())
    return re.compile(
        rf"\b{_CITES}{_TO}(?: (?:o|trong|tai))+\W*(?:$|[?,.;])"
        rf"|^\W*(?:o|trong|tai) (?:co |da )*(?:{_CITES}{_TO} )?(?:nhung |cac |may |bao nhieu )+(?:van ban|{types})\b"
    )


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    types = alternation(unmark(row.name.lower()) for row in document_types())
    day = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
    inside = rf"(?!nao\b|gi\b|so\b|may\b|duoc\b|co\b|do\b|(?!(?:19|20)\d\d\b)\d|{_CITES}\b)"
    name = rf"(?P<text>(?:(?:cac|nhung|ban) )?(?:{types}|kho van ban)(?: {inside}\w+){{0,9}}?(?: ngay {day})?)"
    office = "(?:xa|phuong|huyen|tinh|thon|truong|don vi|co quan)"
    end = r"(?=\s*(?:$|[?,.;:]| la\b| do\b| thi\b))"
    listed = r"(?=(?:co )?(?:nhung |cac |may |bao nhieu )[^?]*\b(?:duoc|co) "
    return (
        re.compile(rf"\b(?:duoc |dang |da )*{_CITES}{_TO} (?:o |trong |tai |theo )+{name}{end}"),
        re.compile(rf"\b(?:duoc )?(?:lam |la )?can cu (?:cho|cua|de (?:ban hanh|xay dung|lap))(?: ra)? {name}{end}"),
        re.compile(rf"\b(?:duoc )?(?:o |trong |tai )+{name} {listed}{_CITES})"),
        re.compile(rf"\b(?:(?:ma|o|trong) )*{name} (?:co |da |thi )*{_CITES}{_TO}(?!\w)"),
        re.compile(rf"\bma (?P<text>{office}(?: minh| nay| ta)?) (?:co |da )*(?:{_CITES}{_TO}|can cu|dua vao)(?!\w)"),
    )  # fmt: skip
