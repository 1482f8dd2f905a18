"""A server that nobody should ask."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


@pytest.fixture
def server() -> Iterator[list[str]]:
    """The address of a server on this machine; the paths that it is asked for are added to it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def handle(self) -> None:
            asked.append(self.rfile.readline().decode("latin-1"))

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        asked.append(f"http://127.0.0.1:{listening.server_port}")
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield asked
        listening.shutdown()
