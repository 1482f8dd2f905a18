"""What stands between the network and the page: limits on what is sent, and sentences for what is refused."""

from __future__ import annotations

import asyncio
import json
import logging
from asyncio import TimerHandle
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from gradio.route_utils import FnIndexInferError
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from rag.web.markup import word

LARGEST_BODY = 512_000
BODY_SECONDS = 30.0
HEAD_SECONDS = 15.0

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

# Gradio needs inline scripts and `eval`; everything comes from this server alone.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "frame-ancestors 'self'; base-uri 'self'; form-action 'self'"
)
_HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
_SENTENCES = {400: "bad_request", 404: "not_there", 405: "not_there", 422: "bad_request"}

logger = logging.getLogger(__name__)


class _Refused(Exception):
    """More was sent than is read, or it came too slowly."""


class Guard:
    """Wraps an application: bounds the size and the time of what is sent, tells refusals in Vietnamese."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > LARGEST_BODY:
            await _refuse(send, 413, "too_large")
            return
        exchange = _Exchange(receive, send)
        try:
            await self._app(scope, exchange.receive, exchange.send)
        except _Refused:
            await exchange.refuse()
        except FnIndexInferError:  # Gradio's word for an endpoint that is not there
            await exchange.refuse((404, "not_there"))
        except Exception:
            logger.exception("A request failed unexpectedly")
            await exchange.refuse((500, "unexpected"))


class _Exchange:
    """One request and its response on their way.

    At most so much of the request is read, in at most so long; once all is read, waiting for the end is not
    bounded. The response gets headers of our own, and a sentence in the place of a bare refusal.
    """

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._end = asyncio.get_running_loop().time() + BODY_SECONDS
        self._read, self._whole = 0, False
        self._fault: tuple[int, str] | None = None
        self._refused = self._started = False

    async def receive(self) -> Message:
        """The next part of the request. Raises: _Refused."""
        if self._whole:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._end):
                message = await self._receive()
        except TimeoutError as error:
            self._fault = (408, "too_slow")
            raise _Refused from error
        self._read += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._read > LARGEST_BODY:
            self._fault = (413, "too_large")
            raise _Refused
        return message

    async def send(self, message: Message) -> None:
        """A part of the response."""
        if message["type"] == "http.response.start":
            status = message["status"]
            kind = dict(message["headers"]).get(b"content-type", b"")
            if kind.startswith(b"application/json") and status in _SENTENCES:
                self._fault = self._fault or (status, _SENTENCES[status])
            if self._fault:
                await self.refuse()
                return
            if status == 500 and kind.startswith(b"text/plain"):
                return  # Starlette's own; the exception comes after it
            message["headers"] = [*message["headers"], *_HEADERS]
            self._started = True
        if self._started:
            await self._send(message)

    async def refuse(self, fault: tuple[int, str] | None = None) -> None:
        """Sends the sentence of the fault, once, where nothing was sent yet."""
        fault = self._fault or fault
        if fault and not self._refused and not self._started:
            self._refused = True
            await _refuse(self._send, *fault)


async def _refuse(send: Send, status: int, sentence: str) -> None:
    told = word(sentence)
    body = json.dumps({"error": told, "detail": told}, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    if status in (408, 413):
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *_HEADERS]})
    await send({"type": "http.response.body", "body": body})


class PatientProtocol(HttpToolsProtocol):
    """HTTP that closes a connection whose request line and headers do not come in time."""

    _waiting: TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._wait()

    def on_headers_complete(self) -> None:
        self._stop_waiting()
        super().on_headers_complete()

    def _wait(self) -> None:
        self._stop_waiting()
        self._waiting = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
