"""Serves the page: its routes beside Gradio's, and the start and stop of it all."""

from __future__ import annotations

import logging
import socket
import threading
import time
from dataclasses import dataclass
from importlib import resources
from importlib.util import find_spec
from typing import Annotated

import gradio as gr
import uvicorn
from fastapi import Body, FastAPI, Response

from rag.config import Config
from rag.errors import ConfigError, QuestionError
from rag.web.desk import Assistant
from rag.web.endpoints import texts
from rag.web.guard import Guard, PatientProtocol
from rag.web.markup import word
from rag.web.originals import add_originals
from rag.web.page import ASSETS, build_page, page_options
from rag.web.site import Site
from rag.web.tasks import tasks_of, tasks_xlsx
from rag.web.word import conversation_docx

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_CONNECTIONS = 1000
PLOTLY = "plotly.min.js"
_A_YEAR = "public, max-age=31536000, immutable"
_START_SECONDS = 30.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Served:
    """A page that is being served."""

    url: str
    _server: uvicorn.Server
    _thread: threading.Thread

    def close(self) -> None:
        """Stops serving and waits for the end."""
        self._server.should_exit = True
        self._thread.join(timeout=_START_SECONDS)


def build_app(site: Site) -> FastAPI:
    """The page with its other routes, not yet served.

    Raises: ConfigError where programs shall be served by MCP and its package is not installed.
    """
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)

    @app.get("/healthz")
    def healthz() -> dict[str, object]:
        corpus = site.desk.corpus
        return {"status": "ok", "texts": len(corpus.texts), "documents": len(corpus.documents), "read": site.read}

    @app.get("/assets-hoidap/{name}")
    def asset(name: str) -> Response:
        """A font of ours, or Plotly's script from its own package."""
        package = "plotly.package_data" if name == PLOTLY else ASSETS
        file = resources.files(package).joinpath(name)
        if not name.endswith((".woff2", ".min.js")) or not file.is_file():
            return Response(status_code=404, media_type="application/json")
        kind = "text/javascript" if name == PLOTLY else "font/woff2"
        return Response(file.read_bytes(), media_type=kind, headers={"cache-control": _A_YEAR})

    add_originals(app, site.desk.corpus, site.config)

    @app.post("/xuat/hoi-thoai.docx")
    def export_conversation(questions: Annotated[list[str], Body()]) -> Response:
        try:
            turns = site.desk.turns(texts(questions))
        except QuestionError:
            return Response(status_code=422, media_type="application/json")
        made = conversation_docx(turns, read=site.read)
        return _download(made, word("word_file"), DOCX)

    @app.get("/xuat/nhiem-vu.xlsx")
    def export_tasks(don_vi: str) -> Response:
        tasks = tasks_of(site.desk.corpus, don_vi)
        if not tasks:
            return Response(status_code=404, media_type="application/json")
        return _download(tasks_xlsx(don_vi, tasks), word("tasks_file"), XLSX)

    if site.config.mcp and find_spec("mcp") is None:
        raise ConfigError(word("mcp_missing"))
    gr.mount_gradio_app(app, build_page(site), path="", **page_options(mcp=site.config.mcp))
    return app


def launch(assistant: Assistant, config: Config) -> Served:
    """Serves the page in a thread of its own, at the host and port of the configuration.

    Raises: ConfigError where the port cannot be opened, or where `build_app` does.
    """
    app = build_app(Site.of(assistant, config))
    listening = _listen(config.host, config.port)
    options = uvicorn.Config(
        Guard(app),
        http=PatientProtocol,
        log_config=None,
        access_log=False,
        server_header=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_graceful_shutdown=1,
        ws="none",
    )
    server = uvicorn.Server(options)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    end = time.monotonic() + _START_SECONDS
    while not server.started and thread.is_alive() and time.monotonic() < end:
        time.sleep(0.02)
    if not server.started:
        raise ConfigError(word("port_taken", port=config.port, host=config.host))
    return Served(f"http://{config.host}:{listening.getsockname()[1]}/", server, thread)


def serve(assistant: Assistant, config: Config) -> None:
    """Serves the page until Ctrl+C.

    Raises: ConfigError where the port cannot be opened.
    """
    served = launch(assistant, config)
    try:
        while True:
            time.sleep(60)
    except KeyboardInterrupt:
        logger.info("Stopped from the keyboard")
    finally:
        served.close()


def _listen(host: str, port: int) -> socket.socket:
    """Raises: ConfigError where the port cannot be opened."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise ConfigError(word("port_taken", port=port, host=host)) from error
    return listening


def _download(content: bytes, name: str, kind: str) -> Response:
    return Response(content, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})
