"""What a server sends, piece by piece: events of a stream, or one whole answer of a server that does not stream."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

_LONGEST_EVENT = 1_000_000
"""Bytes.  Answers are a thousandth of that; a server that sends no line feed must not fill the memory."""


class NotTheProtocol(Exception):
    """What was received is no answer of a language model server."""


async def events(received: AsyncIterator[bytes], content_type: str) -> AsyncIterator[dict[str, Any] | None]:
    """The objects of the stream; None for a sign of life without content.  Raises ``NotTheProtocol``."""
    if "html" in content_type:
        raise NotTheProtocol
    if "ndjson" in content_type:
        async for line in _lines(received):
            yield _object(line)
        return
    if "event-stream" not in content_type and "json" in content_type:
        yield _object(await _all(received))
        return
    async for line in _lines(received):
        name, _sign, value = line.partition(b":")
        if name != b"data":
            yield None
        elif value.strip() == b"[DONE]":
            # Nothing follows but the end; reading up to it lets the connection be used again.
            continue
        else:
            yield _object(value)


async def _lines(received: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    rest = b""
    async for part in received:
        *lines, rest = (rest + part).replace(b"\r\n", b"\n").split(b"\n")
        if len(rest) > _LONGEST_EVENT:
            raise NotTheProtocol
        for line in lines:
            if line.strip():
                yield line
    if rest.strip():
        yield rest


async def _all(received: AsyncIterator[bytes]) -> bytes:
    whole = b""
    async for part in received:
        whole += part
        if len(whole) > _LONGEST_EVENT:
            raise NotTheProtocol
    return whole


def _object(text: bytes) -> dict[str, Any]:
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        raise NotTheProtocol from None
    if not isinstance(value, dict):
        raise NotTheProtocol
    return value
