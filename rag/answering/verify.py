"""What must hold of every answer before it is given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from rag.answering.holdings import bare_line
from rag.language.normalize import matching_text
from rag.law.numbers import find_numbers
from rag.types import Answer, CheckedFact, Citation, Span

_MARKER = re.compile(r"\[(\d+)\]")
_DATE = re.compile(
    r"(?<![\d/.-])(?:(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>\d{4})(?![\d/])"
    r"|(?:(?:ngày\s)?(?P<d2>\d{1,2})\s)?tháng\s(?P<m2>\d{1,2})\s?(?:,?\snăm\s|[/.-])\s?(?P<y2>\d{4})(?!\d))",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<!\d)\d+(?!\d)")
# The answer's own numbers, which no text has: the place in a list, how many documents, parts or duties it lists.
_OWN_NUMBERS = re.compile(
    r"^\d+\. |(?:^|(?<=\s))(?:Có|có|gồm|Còn) \d+ (?=văn bản|phần|nhiệm vụ|đơn vị|điều|khoản|điểm|chương|mục)",
    re.MULTILINE,
)

_LISTED = re.compile(r"(?<=\bnêu )\d+(?= [^\n]*:$)", re.MULTILINE)
_ITEM = re.compile(r"^- ", re.MULTILINE)


def faults(answer: Answer, texts: Mapping[str, str], checked: Iterable[CheckedFact] = ()) -> list[str]:
    """What is wrong with an answer, in English for the log; empty where it may be given.

    Every quote is its slice of the stored text, every marker resolves, every line of a given
    answer carries one or leads into a list, every document and unit has a citation, and every number,
    date and document that the answer states stands in what it quotes or in the `checked` facts on it.
    """
    found: list[str] = []
    known = {citation.id for citation in answer.citations}
    for citation in answer.citations:
        if texts.get(citation.source, "")[citation.start : citation.end] != citation.quote or not citation.quote:
            found.append(f"citation {citation.id} is not its slice of {citation.source}")
    used = [*map(int, _MARKER.findall(answer.text))]
    used += [number for document in answer.documents for number in document.citations]
    used += [number for unit in answer.units for number in unit.citations]
    used += [number for notice in answer.notices for number in notice.citations]
    found += [f"marker {number} resolves to nothing" for number in sorted(set(used) - known)]
    found += [f"no citation for {document}" for document in answer.documents if not document.citations]
    found += [f"no citation for {unit}" for unit in answer.units if not unit.citations]
    if answer.status != "not_found":
        lines = [line for line in answer.text.splitlines() if line.strip() and not line.rstrip().endswith(":")]
        found += [f"no marker in: {line}" for line in lines if not _MARKER.search(line)]
        if not answer.citations:
            found.append("no citation at all")
        found = found or list(_unproved(answer, checked))
    elif answer.documents or answer.units:
        found.append("a refusal names documents or units")
    return found


def _unproved(answer: Answer, checked: Iterable[CheckedFact]) -> Iterator[str]:
    """The numbers, dates and units that an answer states and nothing that it quotes has."""
    named = {*(document.number for document in answer.documents), *_numbers(answer.text)}
    facts = [fact for fact in checked if fact.number in named]
    quoted = [*_quoted(answer.citations), *(_fact_line(fact) for fact in facts)]
    proof = "\n".join([*quoted, matching_text(answer.question, [Span(0, len(answer.question))])])
    numbers, dates = set(_numbers(proof)), {*_dates(proof), *(date for fact in facts for date in _fact_dates(fact))}
    digits = {int(one) for one in _DIGITS.findall(proof)}
    text = _OWN_NUMBERS.sub("", _MARKER.sub("", answer.text))
    items = len(_ITEM.findall(text))  # "nêu 3 trường hợp:" is proved by the three that follow
    text = _LISTED.sub(lambda match: "" if int(match[0]) == items else match[0], text)
    stated = [*_numbers(text), *(document.number for document in answer.documents if document.number)]
    yield from (f"number not quoted: {one}" for one in dict.fromkeys(stated) if one not in numbers)
    told = [*_dates(text), *(document.date for document in answer.documents if document.date)]
    yield from (f"date not quoted: {one}" for one in dict.fromkeys(told) if not _has_date(dates, digits, one))
    rest = _DATE.sub(" ", _without_numbers(text))
    yield from (f"figure not quoted: {one}" for one in dict.fromkeys(_DIGITS.findall(rest)) if int(one) not in digits)
    said = bare_line(proof)
    yield from (f"unit not quoted: {unit.name}" for unit in answer.units if bare_line(unit.name) not in said)


def _quoted(citations: Sequence[Citation]) -> Iterator[str]:
    """What the citations quote and how they name it, as clean lines; what one provision is cut into is one line."""
    lines = [matching_text(one.quote, [Span(0, len(one.quote))]) for one in citations]
    yield from lines
    yield from (f"{one.document}\n{one.locator}" for one in citations)
    yield from (f"{left} {right}" for left, right in pairwise(lines))


def _fact_line(fact: CheckedFact) -> str:
    changes = (change.number for change in (*fact.replaces, *fact.replaced_by, *fact.amended_by))
    return " ".join(filter(None, (fact.type, "số", fact.number, fact.issuer, fact.title, *changes)))


def _fact_dates(fact: CheckedFact) -> Iterator[str]:
    """The days that a checked fact gives: of issue, of force, and of what changes the document."""
    changes = (*fact.replaces, *fact.replaced_by, *fact.amended_by)
    yield from filter(None, (fact.date, fact.effective_from, fact.effective_to, *(change.date for change in changes)))


def _numbers(text: str) -> list[str]:
    return [found.canonical for found in find_numbers(text)]


def _without_numbers(text: str) -> str:
    for found in reversed(list(find_numbers(text))):
        text = f"{text[: found.start]} {text[found.end :]}"
    return text


def _dates(text: str) -> list[str]:
    """Every date of a text as YYYY-MM-DD or YYYY-MM, in order.

    >>> _dates("ngày 5 tháng 4 năm 2023, tháng 02/2024 và 13/6/2016")
    ['2023-04-05', '2024-02', '2016-06-13']
    """
    return [
        "-".join(f"{int(part):02}" for part in parts if part)
        for match in _DATE.finditer(text)
        for parts in [(match["y"] or match["y2"], match["m"] or match["m2"], match["d"] or match["d2"])]
    ]


def _has_date(dates: Iterable[str | None], digits: Iterable[int], date: str) -> bool:
    """Whether a date stands among others, or is the beginning of one; a year may stand by itself."""
    return any(one and one.startswith(date) for one in dates) or (len(date) == 4 and int(date) in digits)
