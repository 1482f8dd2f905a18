"""The original files behind the texts: links to them, and the one address that gives them out, read-only.

No path comes from a request: a link carries the hash of a text's source, which is looked up among the texts of the
snapshot that serves.
"""

from __future__ import annotations

import hashlib
import html
from pathlib import PurePosixPath

from fastapi import FastAPI, Response
from starlette.responses import FileResponse, HTMLResponse

from rag.config import Config
from rag.reading.original import Found, file_of, find_original
from rag.types import Page
from rag.web.corpus import Corpus
from rag.web.markup import word

PLACE = "tep-goc"
_NO_TYPE = "application/octet-stream"
_SEALED = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_STATUS = {"original_gone": 404, "original_unknown": 404, "original_changed": 409}


def original_link(source: str, corpus: Corpus, page: Page | None = None) -> str:
    """The link to a text's original in a tab of its own, a PDF at a page; nothing where the snapshot names no file."""
    file = file_of(source, corpus.files)
    if file is None:
        return ""
    name = PurePosixPath(source).name
    at = f"#page={page.number}" if page and name.casefold().endswith(".pdf") else ""
    hint = html.escape(word("open_original_hint", name=name))
    return (
        f'<a class="button original" href="{PLACE}/{id_of(source)}{at}" target="_blank" rel="noopener" '
        f'title="{hint}">{word("open_original")}</a>'
    )


def id_of(source: str) -> str:
    """What a text's original goes by in addresses."""
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def add_originals(app: FastAPI, corpus: Corpus, config: Config) -> None:
    """Adds the address of the originals."""
    sources = {id_of(source): source for source in corpus.texts}

    @app.api_route(f"/{PLACE}/{{name}}", methods=["GET", "HEAD"])
    def original(name: str) -> Response:
        source = sources.get(name)
        if source is None:
            return _told("original_unknown")
        found = find_original(source, corpus.files, config.corpus)
        return _given(found) if isinstance(found, Found) else _told(f"original_{found}")


def _given(found: Found) -> Response:
    """A file as it is: shown in the browser where that is harmless, else to be downloaded.

    A PDF is not sandboxed: Chromium shows none that is, and runs its scripts apart from the page as it is.
    """
    sandbox = "" if found.shown == "application/pdf" else "; sandbox"
    headers = {"content-security-policy": _SEALED + sandbox, "cache-control": "private, no-cache"}
    kind, way = found.shown or _NO_TYPE, "inline" if found.shown else "attachment"
    if found.content is None:
        return FileResponse(
            found.path, media_type=kind, filename=found.name, content_disposition_type=way, headers=headers
        )
    named = FileResponse(found.path, filename=found.name, content_disposition_type=way).headers["content-disposition"]
    return Response(found.content, media_type=kind, headers={**headers, "content-disposition": named})


def _told(sentence: str) -> Response:
    """A page of one sentence."""
    body = (
        f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{html.escape(word("title"))}</title>'
        '<meta name="viewport" content="width=device-width"><body style="font-family:sans-serif;max-width:40em;'
        f'margin:3em auto;padding:0 1em"><p>{html.escape(word(sentence))}</p></body></html>'
    )
    headers = {"content-security-policy": f"{_SEALED}; sandbox"}
    return HTMLResponse(body, status_code=_STATUS[sentence], headers=headers)
