"""One request over the wire: streamed, with limits on time and size."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2
import openai
from pydantic import BaseModel

from genglossary_gui.core.llm import failing, ollama
from genglossary_gui.core.llm.clients import make_client
from genglossary_gui.core.llm.failing import Trouble
from genglossary_gui.core.llm.parsing import schema_of, sound
from genglossary_gui.core.llm.settings import LlmSettings, Provider
from genglossary_gui.core.llm.streams import NotTheProtocol, events

__all__ = ["FORMATS", "JSON", "PLAIN", "SCHEMA", "Dialect", "InFlight", "Message", "Reply", "RequestFailed", "request"]
__all__ += ["make_client"]

SCHEMA, JSON, PLAIN = "schema", "json", "plain"
FORMATS = (SCHEMA, JSON, PLAIN)
"""How the form of an answer is asked for, the firmest first."""
_CHARACTERS_PER_TOKEN = 12
"""More than tokenizers make of text: an answer that is longer does not keep its limit."""
_SLACK = 4_000
_SAID = ("content", "reasoning_content", "reasoning", "refusal")
"""Where servers put what the model wrote; only the first is the answer."""
_STREAMED: Any = {"headers": {"X-Stainless-Raw-Response": "stream"}}
"""Tells the SDK to hand the response over before its body has come."""

Message = dict[str, str]


class RequestFailed(Exception):
    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.sentence)
        self.trouble = trouble


@dataclass
class Reply:
    """What came back so far.  Tokens as the server counts them; 0 as long as it has not said."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    """Characters that were received, with the thoughts that are not kept."""
    finish: str = ""
    prompt_tokens: int = 0
    completion_tokens: int = 0

    @property
    def text(self) -> str:
        return sound("".join(self.pieces))


@dataclass
class InFlight:
    """A question that is under way, for whoever wants to tell what is waited for.  Times of a monotonic clock."""

    began: float
    has_begun_to_answer: bool = False
    limits: list[asyncio.Timeout] = field(default_factory=list)

    def put_off(self, seconds: float) -> None:
        """Time that the asker needed for itself is not the server's.  Within the event loop only."""
        for limit in self.limits:
            if not limit.expired() and (when := limit.when()) is not None:
                limit.reschedule(when + seconds)


@dataclass
class Dialect:
    """What a server has been found to understand; shared by the requests of a session."""

    format: str = SCHEMA
    is_proven: bool = False
    """Whether a request in this format has been answered."""
    tells_schema: bool = False
    """Whether the model must be told the schema: the server takes it and does not keep to it."""
    is_own: bool = True
    """Whether Ollama understands its own protocol; what only looks like one may not."""
    left_out: frozenset[str] = frozenset()
    tokens_name: str = "max_tokens"

    @property
    def wording(self) -> tuple[object, ...]:
        """How a request is put; when it changes, another one may be understood."""
        return self.is_own, self.format, self.left_out, self.tokens_name


async def request(
    client: openai.AsyncOpenAI,
    settings: LlmSettings,
    dialect: Dialect,
    messages: list[Message],
    form: type[BaseModel],
    max_tokens: int,
    *,
    reply: Reply,
    flight: InFlight,
) -> None:
    """Receive the whole answer to ``messages`` in ``reply``.

    Raises ``RequestFailed``, with what was received until then in ``reply``; a cancelled task closes the connection.
    """
    longest = max_tokens * _CHARACTERS_PER_TOKEN + _SLACK
    whole, first = asyncio.timeout(settings.total_seconds), asyncio.timeout(settings.first_byte_seconds)
    flight.limits = [whole, first]
    is_own = settings.provider is Provider.OLLAMA and dialect.is_own
    take = _take_own if is_own else _take
    if is_own:
        sent_body = ollama.body(
            settings, messages, form, max_tokens, form_name=dialect.format, left_out=dialect.left_out
        )
        sent = _stream(client, ollama.address(settings, "chat"), sent_body)
    else:
        sent = _stream(client, "/chat/completions", _options(settings, dialect, messages, form, max_tokens))
    try:
        async with whole, first, sent as received:
            async for event in received:
                if not flight.has_begun_to_answer:
                    flight.has_begun_to_answer = True
                    first.reschedule(None)
                if event is not None:
                    take(event, reply)
                if reply.length > longest:
                    reply.finish = "too_long"
                    break
    except TimeoutError as error:
        if whole.expired():
            raise RequestFailed(failing.no_end(settings)) from None
        if first.expired():
            raise RequestFailed(failing.no_first_byte(settings)) from None
        raise RequestFailed(failing.trouble_of(error, settings)) from None
    except _Reported as report:
        raise RequestFailed(failing.reported(report.message, settings)) from None
    except NotTheProtocol:
        raise RequestFailed(failing.not_the_protocol(settings)) from None
    except (openai.OpenAIError, httpx2.HTTPError, httpx2.InvalidURL, OSError, UnicodeError) as error:
        raise RequestFailed(failing.trouble_of(error, settings)) from None
    finally:
        flight.limits = []
    if not reply.finish:
        # The connection was closed in good order, but the answer has no end.
        raise RequestFailed(failing.broken(settings) if reply.length else failing.not_the_protocol(settings))
    if is_own and ollama.was_cut(settings, reply.prompt_tokens):
        raise RequestFailed(failing.too_much(settings))


def _options(
    settings: LlmSettings, dialect: Dialect, messages: list[Message], form: type[BaseModel], max_tokens: int
) -> dict[str, Any]:
    options: dict[str, Any] = {"temperature": settings.temperature, "stream_options": {"include_usage": True}}
    options[dialect.tokens_name] = max_tokens
    if settings.seed is not None:
        options["seed"] = settings.seed
    if dialect.format == SCHEMA:
        schema = {"name": form.__name__.strip("_"), "schema": schema_of(form), "strict": True}
        options["response_format"] = {"type": "json_schema", "json_schema": schema}
    elif dialect.format == JSON:
        options["response_format"] = {"type": "json_object"}
    kept = {name: value for name, value in options.items() if name not in dialect.left_out}
    return {"model": settings.model, "messages": messages, "stream": True, **kept}


@asynccontextmanager
async def _stream(
    client: openai.AsyncOpenAI, place: str, options: dict[str, Any]
) -> AsyncIterator[AsyncIterator[dict[str, Any] | None]]:
    """The events of the answer; leaving the block closes the connection unless all was read: the server may stop."""
    # Not by chat.completions.create: it looks at every part of the body again, which costs more than all the rest.
    response = await client.post(place, cast_to=httpx2.Response, body=options, options=_STREAMED)
    try:
        if response.headers.get("content-encoding", "identity") != "identity":
            raise NotTheProtocol
        yield events(response.aiter_raw(), response.headers.get("content-type", "").lower())
    finally:
        await response.aclose()


class _Reported(Exception):
    """The server tells of an error where its answer should be."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def _take(event: dict[str, Any], reply: Reply) -> None:
    """Add what an event (or a whole answer) brings; what has another form than it should brings nothing."""
    if event.get("error"):
        raise _Reported(failing.message_of(event))
    usage = event.get("usage")
    if isinstance(usage, dict):
        reply.prompt_tokens = _count(usage.get("prompt_tokens"))
        reply.completion_tokens = _count(usage.get("completion_tokens"))
    choices = event.get("choices")
    if not isinstance(choices, list):
        if not isinstance(usage, dict) and "object" not in event:
            raise NotTheProtocol
        return
    for choice in choices[:1]:
        if not isinstance(choice, dict):
            raise NotTheProtocol
        said = choice.get("delta") or choice.get("message")
        if isinstance(said, dict):
            texts = {name: text for name in _SAID if isinstance(text := said.get(name), str)}
            reply.length += sum(map(len, texts.values()))
            reply.pieces.append(texts.get("content", ""))
        if choice.get("finish_reason"):
            reply.finish = str(choice["finish_reason"])


def _take_own(event: dict[str, Any], reply: Reply) -> None:
    """The same for a piece of Ollama's own protocol."""
    if event.get("error"):
        raise _Reported(failing.message_of(event))
    said = event.get("message")
    if not isinstance(said, dict) and "done" not in event:
        raise NotTheProtocol
    if isinstance(said, dict):
        texts = {name: text for name in ("content", "thinking") if isinstance(text := said.get(name), str)}
        reply.length += sum(map(len, texts.values()))
        reply.pieces.append(texts.get("content", ""))
    if event.get("done") is True:
        reply.finish = str(event.get("done_reason") or "stop")
        reply.prompt_tokens = _count(event.get("prompt_eval_count"))
        reply.completion_tokens = _count(event.get("eval_count"))


def _count(value: Any) -> int:
    return value if isinstance(value, int) and 0 <= value < 10**9 else 0
