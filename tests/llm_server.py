"""A server on loopback that speaks the protocols of OpenAI and Ollama over real sockets, as well or as badly as told.

Each request is answered as ``script(request)`` says.  ``stop()`` ends the thread and closes every connection.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self

_WAIT = 100.0
"""Seconds; only a test that fails waits so long: machines can be slow."""


@dataclass(frozen=True)
class Request:
    """``number`` counts from 1; ``body`` is the JSON that was sent."""

    number: int
    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def prompt(self) -> str:
        return "\n".join(message["content"] for message in self.body.get("messages", ()))

    @property
    def is_own(self) -> bool:
        """Whether it is in Ollama's own protocol."""
        return self.path.endswith("/api/chat")

    @property
    def form(self) -> str:
        if self.is_own:
            return "json_schema" if isinstance(self.body.get("format"), dict) else self.body.get("format", "")
        return self.body.get("response_format", {}).get("type", "")


@dataclass(frozen=True)
class Reply:
    """What the server does with one request.

    ``text`` is streamed in ``pieces`` chunks after ``delay`` seconds, ``drip`` seconds apart; with ``raw`` that is sent
    as it is instead.  ``gate`` is waited for before the first byte, ``never`` sends nothing until the client goes.
    ``drop_after`` chunks the connection is closed without an end.
    """

    text: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: str | None = None
    delay: float = 0.0
    drip: float = 0.0
    pieces: int = 3
    finish: str | None = "stop"
    usage: tuple[int, int] | None = (11, 7)
    never: bool = False
    drop_after: int | None = None
    gate: threading.Event | None = None


def error(status: int, message: str = "no", **headers: str) -> Reply:
    """An error as OpenAI words it; ``retry_after="1"`` becomes the header Retry-After."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status=status, raw=json.dumps({"error": {"message": message}}), headers=named)


Script = Callable[[Request], Reply]


class LlmServer:
    """``url`` is the base address (``…/v1``); ``requests`` what was asked, ``open`` how many answers are under way."""

    def __init__(
        self,
        script: Script,
        *,
        models: tuple[str, ...] = ("tiny", "small"),
        tls: ssl.SSLContext | None = None,
        about: dict[str, Any] | None = None,
    ) -> None:
        """``about``: what it tells of a model, as Ollama does."""
        self.requests: list[Request] = []
        self.left: list[int] = []
        """Requests whose client went away before the end of the answer."""
        self.open = self.most_open = 0
        self._script = script
        self._models = models
        self._about = about
        self.asked_about: list[str] = []
        """Models that Ollama was asked about."""
        self._tls = tls
        self._changed = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._stop: asyncio.Event | None = None
        self._port = 0
        self._thread = threading.Thread(target=self._run, name="llm-server")
        self._thread.start()
        assert self._ready.wait(_WAIT)

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self._port}/v1"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def stop(self) -> None:
        if self._thread.is_alive():
            assert self._stop is not None
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join(_WAIT)

    def wait_for(self, condition: Callable[[LlmServer], bool]) -> None:
        """Return as soon as ``condition(self)`` holds.  Raises ``TimeoutError``."""
        with self._changed:
            if not self._changed.wait_for(lambda: condition(self), _WAIT):
                raise TimeoutError("the server has not seen what was waited for")

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        connections: set[asyncio.Task] = set()

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            connections.add(task)
            try:
                while await self._exchange(reader, writer):
                    pass
            except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                pass
            except asyncio.CancelledError:
                pass  # the server stops; Python 3.11 would log it as an error of the stream
            finally:
                connections.discard(task)
                writer.close()

        server = await asyncio.start_server(connected, "127.0.0.1", 0, ssl=self._tls)
        self._port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in list(connections):
            task.cancel()
        await asyncio.gather(*connections, return_exceptions=True)

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request and its answer; False when the connection is to be closed."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines if line)}
        path = first.split(" ")[1]
        content = await reader.readexactly(int(headers.get("content-length", 0)))
        if first.startswith("GET"):
            await self._send_models(path, writer)
            return True
        if path.endswith("/api/show"):
            self.asked_about.append(json.loads(content)["model"])
            status, told = (404, {"error": "not found"}) if self._about is None else (200, self._about)
            await _send(writer, status, {"content-type": "application/json"}, json.dumps(told).encode())
            return True
        with self._changed:
            request = Request(len(self.requests) + 1, path, headers, json.loads(content))
            self.requests.append(request)
            self.open += 1
            self.most_open = max(self.most_open, self.open)
            self._changed.notify_all()
        gone = asyncio.ensure_future(_until_closed(reader))
        answer = asyncio.ensure_future(self._answer(request, writer))
        try:
            await asyncio.wait({gone, answer}, return_when=asyncio.FIRST_COMPLETED)
            if not answer.done():
                answer.cancel()
                self.left.append(request.number)
            try:
                return bool(await answer)
            except ConnectionError:
                # It noticed before the watch did.
                if request.number not in self.left:
                    self.left.append(request.number)
            except asyncio.CancelledError:
                pass
            return False
        finally:
            gone.cancel()
            answer.cancel()
            with suppress(asyncio.CancelledError, ConnectionError):
                await gone
            with self._changed:
                self.open -= 1
                self._changed.notify_all()

    async def _send_models(self, path: str, writer: asyncio.StreamWriter) -> None:
        if path.endswith("/models"):
            body = {"object": "list", "data": [{"id": name, "object": "model"} for name in self._models]}
        else:
            body = {"models": [{"name": name} for name in self._models]}
        await _send(writer, 200, {"content-type": "application/json"}, json.dumps(body).encode())

    async def _answer(self, request: Request, writer: asyncio.StreamWriter) -> bool:
        reply = self._script(request)
        if reply.gate is not None:
            await self._loop.run_in_executor(None, reply.gate.wait, _WAIT)
        if reply.never:
            await asyncio.Event().wait()
        await asyncio.sleep(reply.delay)
        if reply.drop_after == 0:
            return False
        if reply.raw is not None or reply.status != 200:
            headers = {"content-type": "application/json", **reply.headers}
            await _send(writer, reply.status, headers, (reply.raw or "").encode())
            return True
        head, *chunks, end = streamed(reply, is_own=request.is_own)
        writer.write(head)
        for number, chunk in enumerate(chunks):
            if number == reply.drop_after:
                return False
            if writer.is_closing():
                raise ConnectionResetError
            writer.write(chunk)
            await writer.drain()
            await asyncio.sleep(reply.drip)
        writer.write(end)
        await writer.drain()
        return True


def streamed(reply: Reply, *, is_own: bool = False) -> list[bytes]:
    """What goes over the wire: the head, a chunk for each event, the end.  ``is_own``: as Ollama's own protocol."""
    kind = b"application/x-ndjson" if is_own else b"text/event-stream"
    head = b"HTTP/1.1 200 OK\r\ncontent-type: " + kind + b"\r\ntransfer-encoding: chunked\r\n\r\n"
    if is_own:
        events = [json.dumps(event).encode() + b"\n" for event in _own_events(reply)]
    else:
        events = [f"data: {event}\n\n".encode() for event in _events(reply)]
    return [head, *(f"{len(event):x}\r\n".encode() + event + b"\r\n" for event in events), b"0\r\n\r\n"]


async def _until_closed(reader: asyncio.StreamReader) -> None:
    """Until the client closes the connection; it never sends anything before the answer has come."""
    while not reader.at_eof() and not reader._buffer:  # type: ignore[attr-defined]
        await reader._wait_for_data("watch")  # type: ignore[attr-defined]


async def _send(writer: asyncio.StreamWriter, status: int, headers: dict[str, str], body: bytes) -> None:
    lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in headers.items())]
    writer.write("\r\n".join([*lines, f"content-length: {len(body)}", "", ""]).encode() + body)
    await writer.drain()


def _events(reply: Reply) -> list[str]:
    size = max(1, -(-len(reply.text) // max(1, reply.pieces)))
    parts = [reply.text[start : start + size] for start in range(0, len(reply.text), size)]
    chunks: list[dict[str, Any]] = [_chunk({"content": part}) for part in parts]
    if reply.finish is not None:
        chunks.append(_chunk({}, reply.finish))
    if reply.usage is not None:
        prompt, completion = reply.usage
        usage = {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
        chunks.append({**_chunk({}), "choices": [], "usage": usage})
    return [*(json.dumps(chunk) for chunk in chunks), "[DONE]"]


def _own_events(reply: Reply) -> list[dict[str, Any]]:
    size = max(1, -(-len(reply.text) // max(1, reply.pieces)))
    parts = [reply.text[start : start + size] for start in range(0, len(reply.text), size)]
    events: list[dict[str, Any]] = [
        {"model": "tiny", "message": {"role": "assistant", "content": part}, "done": False} for part in parts
    ]
    if reply.finish is not None:
        counts = dict(zip(("prompt_eval_count", "eval_count"), reply.usage or (), strict=False))
        end = {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": reply.finish}
        events.append({**end, **counts})
    return events


def _chunk(delta: dict[str, str], finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "tiny", "choices": [choice]}
