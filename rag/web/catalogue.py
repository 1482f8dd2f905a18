"""The catalogue as a table to search, filter and sort; `catalogue.js` does so in the browser."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from rag.answering.holdings import display_name
from rag.language.dates import spoken_date
from rag.language.normalize import unmark
from rag.law.issuers import LEVELS
from rag.law.listing import select
from rag.types import Document
from rag.web.corpus import Corpus
from rag.web.markup import button, word

COLUMNS = ("number", "type", "issuer", "date", "title", "level", "mentions", "held")


def catalogue_html(corpus: Corpus) -> str:
    """The filters and the table of every document that the corpus holds or cites."""
    entries = select(corpus.documents)
    return (
        f'<form class="filters tools" role="search">{_filters(entries)}</form>'
        '<p class="count" role="status"></p>'
        f'<table class="catalogue stacked"><caption class="unseen">{word("catalogue_caption")}</caption>'
        f"<thead><tr>{_heads()}</tr></thead><tbody>{''.join(map(_row, entries))}</tbody></table>"
        f'<p class="no-match" hidden>{word("no_match")}</p>'
    )


def open_button(entry: Document, text: str | None = None) -> str:
    """A button that opens a document's page."""
    return button(text or display_name(entry), name="open-document link", data={"document": entry.key})


def short_number(entry: Document) -> str:
    """What a document is called in a narrow place: its number, else its name."""
    return entry.number or entry.title or entry.type


def _filters(entries: Sequence[Document]) -> str:
    levels = [level for level in LEVELS if any(entry.level == level for entry in entries)]
    types = sorted({entry.type for entry in entries})
    issuers = sorted({entry.issuer for entry in entries if entry.issuer})
    years = sorted({entry.date[:4] for entry in entries if entry.date}, reverse=True)
    return (
        f'<label class="wide">{word("search_documents")}'
        f'<input type="search" name="text" aria-label="{word("search_documents")}" '
        f'placeholder="{html.escape(word("search_documents_hint"))}"></label>'
        + _choice("level", [(level, level) for level in levels])
        + _choice("type", [(kind, kind) for kind in types])
        + _choice("issuer", [(issuer, issuer) for issuer in issuers])
        + _choice("year", [(year, year) for year in years])
        + _choice("held", [("yes", word("held_yes")), ("no", word("held_no"))])
        + f'<label class="sorting">{word("sort")}<select name="sort" aria-label="{word("sort")}">'
        + "".join(f'<option value="{at}">{word(f"column_{name}")}</option>' for at, name in enumerate(COLUMNS))
        + "</select></label>"
    )


def _choice(name: str, values: Iterable[tuple[str, str]]) -> str:
    options = "".join(f'<option value="{html.escape(value)}">{html.escape(text)}</option>' for value, text in values)
    return (
        f'<label>{word(f"filter_{name}")}<select name="{name}" aria-label="{word(f"filter_{name}")}">'
        f'<option value="">{word("filter_any")}</option>{options}</select></label>'
    )


def _heads() -> str:
    return "".join(
        f'<th scope="col">'
        f"{button(word(f'column_{name}'), name='sort', data={'column': str(at)}, hint=_sort_hint(name))}</th>"
        for at, name in enumerate(COLUMNS)
    )


def _sort_hint(name: str) -> str:
    return word("sort_by", name=word(f"column_{name}").lower())


def _row(entry: Document) -> str:
    """One document; the cells carry what they are sorted by where that is not what they show."""
    year = (entry.date or "")[:4]
    said = unmark(" ".join(part for part in (entry.number, entry.type, entry.issuer, entry.title) if part)).lower()
    facts = {
        "level": entry.level or "",
        "type": entry.type,
        "issuer": entry.issuer or "",
        "year": year,
        "held": "yes" if entry.held else "no",
        "said": said,
    }
    rank = str(LEVELS.index(entry.level)) if entry.level in LEVELS else "9"
    cells = (
        ("number", open_button(entry, entry.number or word("no_number")), entry.number or ""),
        ("type", html.escape(entry.type), None),
        ("issuer", html.escape(entry.issuer or ""), None),
        ("date", spoken_date(entry.date) if entry.date else "", entry.date or ""),
        ("title", html.escape(entry.title or ""), None),
        ("level", html.escape(entry.level or ""), rank),
        ("mentions", str(len(entry.mentions)), str(len(entry.mentions)).zfill(6)),
        ("held", word("held_yes" if entry.held else "held_no"), None),
    )
    data = "".join(f' data-{name}="{html.escape(value)}"' for name, value in facts.items())
    return f"<tr{data}>{''.join(cell(word(f'column_{name}'), shown, by) for name, shown, by in cells)}</tr>"


def cell(label: str, shown: str, by: str | None = None) -> str:
    """A cell that names its column where the table is stacked, with what it is sorted by."""
    order = "" if by is None else f' data-by="{html.escape(by)}"'
    return f'<td data-label="{html.escape(label)}"{order}>{shown}</td>'


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are HTML already, stacked where the page is narrow."""
    top = "".join(f'<th scope="col">{html.escape(head)}</th>' for head in heads)
    body = "".join(
        f"<tr>{''.join(cell(head, shown) for head, shown in zip(heads, row, strict=True))}</tr>" for row in rows
    )
    return (
        f'<table class="stacked"><caption class="unseen">{html.escape(caption)}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
    )
