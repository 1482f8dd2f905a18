"""Whether an answer is on the year that a question names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from rag.answering.amounts import COUNTS
from rag.answering.holdings import Library, bare_line
from rag.answering.query import Query
from rag.index.topics import TOPIC_GAP
from rag.language.lexicon import document_types
from rag.language.normalize import alternation, fold, unmark
from rag.types import Answer, AnswerDocument, Citation, Document, Span

_ASKED = re.compile(r"(?<!\d )(?<!từ )(?<!trước )(?<!sau )(?<!đến )(?<!hết )\bnăm (?P<year>(?:19|20)\d\d)\b")
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?!\d|[.,]\d)")
_RANGE = re.compile(
    r"(?<!\d)(?P<first>(?:19|20)\d\d)\s?[-–]\s?(?P<last>(?:19|20)\d\d)(?!\d)"
    r"|từ (?:đầu |cuối )?(?:năm )?(?P<start>(?:19|20)\d\d)(?: \w+){0,3}? đến (?:hết |đầu |cuối )?(?:năm )?"
    r"(?P<end>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_MAX_SPAN = 60
_INSIDE, _WHOSE = re.compile(r"\b(?:trong|theo|ở|tại|của) (?:bản )?$"), re.compile(r"\s+(?:của|do)\b")
_NEAR = 40
"""How many characters after its type a document named in a text has its year."""


def other_years(restored: str, answer: Answer, library: Library, *, of_documents: bool = False) -> tuple[str, ...]:
    """The years that a question names and an answer given to it is not on.

    What is cited tells its years itself, by its headings, or by title and date of its document. With `of_documents`,
    where nothing but what documents are called is asked, those by which the question names one are theirs.
    """
    named = _named(restored, library)
    behind = [match["year"] for match in _by_year(restored) if not match["between"]]
    said = [match["year"] for match in _ASKED.finditer(restored)]
    asked = dict.fromkeys([*said, *behind, *(year for _, year in named)])
    if not asked or answer.status != "answered":
        return ()
    heads = [*map(_head, answer.documents), *map(_head, _held(answer, library))]
    bodies = [answer.text, *(_around(one, library) for one in answer.citations)]
    own, known = years_of("\n".join(heads)), years_of("\n".join(heads + bodies))
    lacking = {year for kind, year in named if year not in own and not _mentions(bodies, kind, year)}
    if of_documents:
        called = years_of("\n".join(map(_head, answer.documents)))
        lacking.update(match["year"] for match in _by_year(restored) if match["said"] and match["year"] not in called)
    return tuple(year for year in asked if year not in known or year in lacking)


def _named(restored: str, library: Library) -> list[tuple[str, str]]:
    """The types and years of the documents that a question names by them: "kế hoạch dân vận năm 2025".

    Only types of held texts none of which is of that year, and only words of their titles between both: elsewhere
    the year is of a matter.
    """
    found = []
    for match in _by_year(restored):
        held = _of_type(match["type"], library)
        words = bare_line(match["between"]).split()
        meant = [entry for entry in held if all(f" {word} " in library.own_words[entry.key] for word in words)]
        if meant and not any(match["year"] in years_of(_head(entry)) for entry in meant):
            found.append((match["type"], match["year"]))
    return found


def without_own_year(query: Query, library: Library) -> Query:
    """A question whose topic lacks the year by which it names the text that it asks about: "trong kế hoạch 2024".

    Where texts of that type and of several years are held, the year is left: it chooses among them.
    """
    for match in _by_year(query.restored):
        inside = _INSIDE.search(query.restored[: match.start()]) and not _WHOSE.match(query.restored, match.end())
        held = _of_type(match["type"], library)
        if inside and held and all(match["year"] in years_of(_head(entry)) for entry in held):
            topic = re.sub(rf"\b(?:năm )?{match['year']}\b", TOPIC_GAP, query.topic, count=1)
            query = replace(query, topic=topic)
    return query


def _of_type(kind: str, library: Library) -> list[Document]:
    """The held texts of a type, given folded."""
    return [entry for entry in library.held.values() if fold(entry.type) == kind]


def _head(entry: Document | AnswerDocument) -> str:
    return f"{entry.number} {entry.title} {entry.date}"


def _by_year(restored: str) -> list[re.Match[str]]:
    """Where a question says a type and a year of documents; "kế hoạch trồng 2000 cây" has none."""
    found = _naming().finditer(restored)
    return [match for match in found if match["said"] or not COUNTS.match(unmark(restored[match.end() :]))]


@cache
def _naming() -> re.Pattern[str]:
    kinds = alternation(fold(row.name) for row in document_types())
    return re.compile(
        rf"\b(?P<type>{kinds})(?P<between>(?: [^\W\d]+){{0,5}}?) (?P<said>năm )?(?P<year>(?:19|20)\d\d)\b(?![/-])"
    )


def _held(answer: Answer, library: Library) -> list[Document]:
    return [library.held[source] for source in dict.fromkeys(one.source for one in answer.citations)]


def _mentions(bodies: Sequence[str], kind: str, year: str) -> bool:
    """Whether texts name a document of a type and a year."""
    told = re.compile(rf"\b{re.escape(kind)}\b[^.;\n]{{0,{_NEAR}}}?(?<![\d.,]){year}(?!\d|[.,]\d)")
    return any(told.search(fold(body)) for body in bodies)


def years_of(text: str) -> frozenset[str]:
    """The years that a text names, and those within the spans of years that it names.

    >>> sorted(years_of("giai đoạn 2023 - 2025, tổng kết năm 2027"))
    ['2023', '2024', '2025', '2027']
    """
    found = set(_YEAR.findall(text))
    for match in _RANGE.finditer(text):
        first, last = (int(match[one] or match[other]) for one, other in (("first", "start"), ("last", "end")))
        found |= {str(year) for year in range(first, min(last, first + _MAX_SPAN) + 1)}
    return frozenset(found)


def _around(one: Citation, library: Library) -> str:
    """What is cited, with all of its provision and the headings above it."""
    at = library.passage_at(one.source, Span(one.start, one.end))
    passage = library.knowledge.passages[at] if at is not None else None
    place = library.provision(one.source, passage.provision).segments if passage else ()
    text = library.texts[one.source]
    words = " ".join(text[part.start : part.end] for part in place)
    return f"{one.quote} {words} {passage.context if passage else ''}"
