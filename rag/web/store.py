"""What the corpus holds, what it cites and lacks, when it was read, and what could not be read and why."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from datetime import datetime

import gradio as gr

from rag.config import Config
from rag.errors import HoidapError
from rag.index.ingest import is_stale
from rag.language.dates import spoken_date
from rag.reading.files import corpus_files
from rag.types import Unread
from rag.web.catalogue import open_button, table
from rag.web.corpus import Corpus
from rag.web.endpoints import Json, add_own_endpoint
from rag.web.markup import element, group, word
from rag.web.site import Site


def build_store(site: Site) -> None:
    """Lays out the tab; it is filled when it is opened, since files may have changed."""
    gr.HTML(f'<div id="store">{element("p", "empty", word("loading"))}</div>', js_on_load=None)

    def page_store() -> Json:
        """The state of the corpus, as HTML."""
        unread = unread_files(site.config, site.desk.corpus.texts, site.unread)
        return {"html": store_html(site.desk.corpus, read=site.read, stale=_stale(site.config), unread=unread)}

    add_own_endpoint(page_store)


def store_html(corpus: Corpus, *, read: str, stale: str, unread: Mapping[str, str]) -> str:
    """The state of the corpus; `stale` is the sentence on what has changed since, `unread` has a reason a file."""
    known = corpus.holdings.knowledge
    told = word(
        "store_summary",
        texts=len(corpus.texts),
        documents=len(corpus.documents),
        passages=len(known.passages),
        read=said_time(read),
    )
    missing = sorted((one for one in corpus.documents if not one.held), key=lambda one: (-len(one.mentions), one.key))
    hint = element("p", "hint", word("store_missing_hint"))
    return (
        f"{element('p', 'summary', told)}{element('p', 'notice' if stale else 'hint', stale or word('store_fresh'))}"
        + _group("store_failed", len(unread), _unread(unread) if unread else "")
        + _group("store_held", len(corpus.texts), _held(corpus))
        + _group("store_missing", len(missing), hint + _missing(corpus) if missing else "")
        + element("p", "hint", word("store_upload"))
    )


def said_time(time: str) -> str:
    """An ISO time in UTC as this machine's clock has it; "không rõ" where it is not known."""
    return f"{datetime.fromisoformat(time).astimezone():%H:%M, %d/%m/%Y}" if time else word("unknown")


def unread_files(config: Config, texts: Mapping[str, str], unread: Sequence[Unread]) -> dict[str, str]:
    """The files in the folders of the corpus that the snapshot has no text of, each with the reason.

    `unread` are those that gave none when it was made; the others have come since.
    """
    reasons = {one.source: one.reason for one in unread}
    known = {*texts, *reasons}
    files = (source for source, _ in corpus_files(config.corpus))
    new = [source for source in files if not any(one == source or one.startswith(f"{source}/") for one in known)]
    return dict(sorted((reasons | dict.fromkeys(new, word("store_new"))).items()))


def _stale(config: Config) -> str:
    try:
        return word("store_stale") if is_stale(config) else ""
    except HoidapError as error:
        return str(error)


def _group(name: str, count: int, body: str) -> str:
    return group(word(name, count=count), [body] if body else [])


def _held(corpus: Corpus) -> str:
    heads = [word(f"column_{name}") for name in ("document", "date", "file", "length", "slips")]
    slips = corpus.holdings.knowledge.notices
    rows = (
        (
            open_button(entry),
            spoken_date(entry.date) if entry.date else "",
            html.escape(source),
            f"{len(corpus.texts[source]):,}".replace(",", "."),
            str(len(slips.get(source, ()))),
        )
        for source, entry in corpus.holdings.held.items()
    )
    return table(word("store_held", count=len(corpus.texts)), heads, rows)


def _missing(corpus: Corpus) -> str:
    heads = [word(f"column_{name}") for name in ("document", "title", "level", "mentions")]
    missing = sorted((one for one in corpus.documents if not one.held), key=lambda one: (-len(one.mentions), one.key))
    rows = (
        (
            open_button(entry),
            html.escape(entry.title or "") if entry.number else "",
            html.escape(entry.level or ""),
            str(len(entry.mentions)),
        )
        for entry in missing
    )
    return table(word("store_missing", count=len(missing)), heads, rows)


def _unread(unread: Mapping[str, str]) -> str:
    heads = [word("column_file"), word("column_reason")]
    rows = ((html.escape(source), html.escape(reason)) for source, reason in unread.items())
    return table(word("store_failed", count=len(unread)), heads, rows)
