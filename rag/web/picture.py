"""The documents as a picture: levels from above to below, years from left to right, lines for relations."""

from __future__ import annotations

import html
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from rag.answering.holdings import display_name
from rag.language.dates import spoken_date
from rag.law.issuers import LEVELS
from rag.types import Document
from rag.web.catalogue import open_button, short_number, table
from rag.web.corpus import Corpus
from rag.web.document import relation_lines
from rag.web.markup import word

# Okabe and Ito's colours, which people who see few colours can tell apart, darkened for a white ground.
_COLOURS = ("#0072b2", "#b34700", "#007a5a", "#9c4a86", "#7a6a00", "#2d7fb8", "#c0392b", "#767676")
_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "star", "hexagon")
_SPREAD = (0.0, 0.26, -0.26, 0.13, -0.13, 0.36, -0.36)
_LONGEST_TITLE = 90


def picture(corpus: Corpus) -> dict[str, Any]:
    """The Plotly figure as JSON values; each marker carries its document's key as `customdata`."""
    import plotly.graph_objects as go  # half a second of imports

    places = _places(corpus)
    figure = go.Figure([_lines(corpus, places), *_markers(corpus, places)])
    levels = [*LEVELS, None]
    years = [x for x, _ in places.values()]
    figure.update_layout(
        showlegend=True,
        legend={"orientation": "h", "y": -0.16},
        margin={"l": 8, "r": 8, "t": 16, "b": 8},
        height=560,
        hovermode="closest",
        dragmode="pan",
        xaxis={"title": {"text": word("picture_year")}, "dtick": 1, "tickformat": "d", "automargin": True,
               **_unknown_year(corpus, years)},
        yaxis={"tickvals": [-rank for rank in range(len(levels))], "automargin": True, "zeroline": False,
               "ticktext": [level.capitalize() if level else word("level_unknown") for level in levels]},
    )  # fmt: skip
    values: dict[str, Any] = json.loads(figure.to_json())
    values["layout"].pop("template", None)
    return values


def picture_table(corpus: Corpus) -> str:
    """What the picture shows as a table."""
    heads = [word(f"column_{name}") for name in ("number", "level", "type", "date", "relations")]
    ranks = {level: rank for rank, level in enumerate(LEVELS)}
    entries = sorted(corpus.documents, key=lambda one: (ranks.get(one.level or "", len(ranks)), one.date or "9999"))
    rows = (
        (
            open_button(entry, short_number(entry)),
            html.escape(entry.level or word("unknown")),
            html.escape(entry.type),
            spoken_date(entry.date) if entry.date else word("unknown"),
            "<br>".join(_told(entry, corpus)),
        )
        for entry in entries
    )
    return table(word("picture_table"), heads, rows)


def _told(entry: Document, corpus: Corpus) -> Iterator[str]:
    for told, other, name in relation_lines(entry, corpus):
        yield html.escape(f"{told}: {short_number(other) if other else name}")


def _places(corpus: Corpus) -> dict[str, tuple[float, float]]:
    """Where each document stands: its year and part of a year, its level; neighbours are spread a little."""
    dated = [entry.date for entry in corpus.documents if entry.date]
    unknown = int(min(dated, default="2001")[:4]) - 1
    crowd: Counter[tuple[float, str | None]] = Counter()
    places = {}
    for entry in sorted(corpus.documents, key=lambda one: (one.date or "", one.key)):
        rank = LEVELS.index(entry.level) if entry.level in LEVELS else len(LEVELS)
        x = _year(entry.date) if entry.date else float(unknown)
        near = (round(x * 2) / 2, entry.level)
        places[entry.key] = (x, -rank + _SPREAD[crowd[near] % len(_SPREAD)])
        crowd[near] += 1
    return places


def _year(date: str) -> float:
    """A date as a year and its part; a year alone stands in its middle.

    >>> _year("2024-07"), _year("2022")
    (2024.5, 2022.5)
    """
    year, *rest = date.split("-")
    month = int(rest[0]) - 1 if rest else 6
    day = int(rest[1]) - 1 if len(rest) > 1 else 0
    return round(int(year) + month / 12 + day / 365, 3)


def _unknown_year(corpus: Corpus, years: list[float]) -> dict[str, Any]:
    """The ticks of the years, the first of which stands for no year where some document has none."""
    if not years:
        return {}
    low, high = int(min(years)), int(max(years)) + 1
    is_unknown = any(not entry.date for entry in corpus.documents)
    step = max(1, (high - low) // 12)
    ticks = list(range(low, high + 1, step))
    texts = [word("year_unknown") if is_unknown and at == low else str(at) for at in ticks]
    return {"tickvals": ticks, "ticktext": texts, "range": [low - 0.4, high + 0.4]}


def _lines(corpus: Corpus, places: dict[str, tuple[float, float]]) -> dict[str, Any]:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for entry in corpus.documents:
        for relation in entry.relations:
            if relation.target in places:
                start, end = places[entry.key], places[relation.target]
                xs += [start[0], end[0], None]
                ys += [start[1], end[1], None]
    return {"type": "scatter", "mode": "lines", "x": xs, "y": ys, "hoverinfo": "skip",
            "name": word("column_relations"), "line": {"width": 1.5, "color": "#8a94a6"}}  # fmt: skip


def _markers(corpus: Corpus, places: dict[str, tuple[float, float]]) -> Iterator[dict[str, Any]]:
    """One trace a type of document; a ring is a document that is only cited, a full mark one that is held."""
    counts = Counter(entry.type for entry in corpus.documents)
    for at, (kind, _) in enumerate(sorted(counts.items(), key=lambda item: (-item[1], item[0]))):
        entries = [entry for entry in corpus.documents if entry.type == kind]
        colour, symbol = _COLOURS[at % len(_COLOURS)], _SYMBOLS[at % len(_SYMBOLS)]
        yield {
            "type": "scatter",
            "mode": "markers",
            "name": html.escape(kind),
            "x": [places[entry.key][0] for entry in entries],
            "y": [places[entry.key][1] for entry in entries],
            "customdata": [entry.key for entry in entries],
            "text": [_hover(entry) for entry in entries],
            "hovertemplate": "%{text}<extra></extra>",
            "marker": {"color": colour, "symbol": [symbol if entry.held else f"{symbol}-open" for entry in entries],
                       "size": 14, "line": {"width": 3}},
        }  # fmt: skip


def _hover(entry: Document) -> str:
    title = entry.title or ""
    short = title if len(title) <= _LONGEST_TITLE else title[: title.rfind(" ", 0, _LONGEST_TITLE)] + " …"
    date = spoken_date(entry.date) if entry.date else ""
    parts = (display_name(entry), date, short if entry.number else "")
    return "<br>".join(html.escape(part) for part in parts if part)
