"""What stands between the network and the page: limits on what is sent, and sentences for what is refused."""

from __future__ import annotations

import asyncio
import json
from asyncio import TimerHandle
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

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
_SENTENCES = {404: "not_there", 405: "not_there", 422: "bad_request"}


class _TooLarge(Exception):
    """More was sent than is read."""


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
        reply = _Reply(send)
        try:
            await self._app(scope, _bounded(receive), reply.send)
        except (_TooLarge, TimeoutError) as error:
            if reply.started:
                raise
            large = isinstance(error, _TooLarge)
            await _refuse(send, 413 if large else 408, "too_large" if large else "too_slow")


def _bounded(receive: Receive) -> Receive:
    """Reads at most so much, in at most so long; once all is read, waiting for the end is not bounded."""
    read, whole = 0, False
    end = asyncio.get_running_loop().time() + BODY_SECONDS

    async def bounded() -> Message:
        nonlocal read, whole
        if whole:
            return await receive()
        async with asyncio.timeout_at(end):
            message = await receive()
        read += len(message.get("body", b""))
        whole = not message.get("more_body", False)
        if read > LARGEST_BODY:
            raise _TooLarge
        return message

    return bounded


class _Reply:
    """One response on its way: headers of our own, and a sentence in the place of a bare refusal."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._refused = ""
        self.started = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            kind = dict(message["headers"]).get(b"content-type", b"")
            self._refused = _SENTENCES.get(message["status"], "") if kind.startswith(b"application/json") else ""
            if self._refused:
                await _refuse(self._send, message["status"], self._refused)
                return
            message["headers"] = [*message["headers"], *_HEADERS]
        if not self._refused:
            await self._send(message)


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
