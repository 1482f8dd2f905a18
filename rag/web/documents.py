"""The tab of the documents: catalogue, picture and tasks by unit, and the page of a document over them."""

from __future__ import annotations

import gradio as gr

from rag.errors import QuestionError
from rag.types import Span
from rag.web.catalogue import catalogue_html
from rag.web.document import document_html
from rag.web.endpoints import Json, add_own_endpoint, texts
from rag.web.markup import button, element, word
from rag.web.picture import picture, picture_table
from rag.web.site import Site
from rag.web.tasks import tasks_html, tasks_of, units_html

VIEWS = ("catalogue", "picture", "tasks")


def build_documents(site: Site) -> None:
    """Lays out the tab and its endpoints."""
    corpus = site.desk.corpus
    gr.HTML(documents_html(catalogue_html(corpus), units_html(corpus)), js_on_load=None)

    def page_document(key: str, start: int, end: int, whole: bool) -> Json:
        """The page of a document, as HTML; with its text where that is asked for, or a range of it."""
        entry = corpus.entry(texts([key])[0])
        if entry is None:
            raise QuestionError(word("no_such_document"))
        shown = Span(int(start), int(end)) if int(end) > int(start) >= 0 else None
        return {"html": document_html(entry, corpus, shown=shown, whole=bool(whole or shown))}

    def page_picture() -> Json:
        """The picture, and the table that says the same as HTML."""
        return {"figure": picture(corpus), "table": picture_table(corpus)}

    def page_tasks(unit: str) -> Json:
        """The tasks of a unit, as HTML."""
        name = texts([unit])[0]
        found = tasks_of(corpus, name)
        if not found:
            raise QuestionError(word("no_such_unit"))
        return {"html": tasks_html(name, found)}

    for endpoint in (page_document, page_picture, page_tasks):
        add_own_endpoint(endpoint)


def documents_html(catalogue: str, units: str) -> str:
    """The views side by side behind their buttons; the first is shown."""
    buttons = "".join(
        f'<button type="button" class="button view" data-view="{name}" aria-pressed="{str(not at).lower()}">'
        f"{word(f'view_{name}')}</button>"
        for at, name in enumerate(VIEWS)
    )
    bodies = {
        "catalogue": catalogue,
        "picture": f"{element('p', 'hint', word('picture_hint'))}"
        f'<div id="picture" role="img" aria-label="{word("picture_label")}">{word("loading")}</div>'
        f'<details class="picture-table"><summary>{word("picture_table")}</summary><div></div></details>',
        "tasks": units,
    }
    shown = "".join(
        f'<section class="view-body" data-view="{name}" aria-label="{word(f"view_{name}")}"{" hidden" if at else ""}>'
        f"{bodies[name]}</section>"
        for at, name in enumerate(VIEWS)
    )
    return (
        f'<div id="views"><div class="views tools" role="group" aria-label="{word("views")}">{buttons}</div>'
        f"{shown}</div>"
        f'<div id="document-page" hidden>{button(word("back"), name="close-document")}</div>'
    )
