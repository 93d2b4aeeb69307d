"""One request over the wire: streamed, with limits on time and size.  The only place that knows the SDK's calls."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx2
import openai

from genglossary_gui.core.llm import failing
from genglossary_gui.core.llm.failing import Trouble
from genglossary_gui.core.llm.parsing import schema_of
from genglossary_gui.core.llm.questions import FailureReason, Question
from genglossary_gui.core.llm.settings import LlmSettings, Provider

SCHEMA, JSON, PLAIN = "schema", "json", "plain"
FORMATS = (SCHEMA, JSON, PLAIN)
"""How the form of an answer is asked for, the firmest first."""
_CHARACTERS_PER_TOKEN = 12
"""More than any tokenizer makes of any text: an answer that is longer does not keep its limit."""
_SLACK = 4_000
_CLOSE_SECONDS = 0.5
_NO_KEY = "none"
"""The SDK wants a key; servers that want none ignore it."""


class RequestFailed(Exception):
    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.sentence)
        self.trouble = trouble


@dataclass
class Reply:
    """What came back.  ``tokens`` as the server counts them, else estimated."""

    text: str = ""
    finish: str = ""
    prompt_tokens: int = 0
    completion_tokens: int = 0


@dataclass
class InFlight:
    """A request that is under way, for whoever wants to tell what is waited for."""

    began: float
    has_begun_to_answer: bool = False


@dataclass
class Dialect:
    """What a server has been found not to understand; shared by the requests of a session."""

    format: str = SCHEMA
    left_out: set[str] = field(default_factory=set)
    tokens_name: str = "max_tokens"


def make_client(settings: LlmSettings) -> openai.AsyncOpenAI:
    """The SDK's client with our limits.  It follows no redirects and tries nothing twice."""
    limits = httpx2.Limits(max_connections=settings.parallel + 2, max_keepalive_connections=settings.parallel + 2)
    http = httpx2.AsyncClient(
        timeout=httpx2.Timeout(None, connect=settings.connect_seconds),
        follow_redirects=False,
        limits=limits,
        # A proxy for the internet does not know this computer's own addresses.
        trust_env=not settings.is_local,
    )
    if settings.provider is Provider.AZURE:
        return openai.AsyncAzureOpenAI(
            azure_endpoint=settings.address,
            api_key=settings.api_key or _NO_KEY,
            api_version=settings.api_version or "2024-10-21",
            max_retries=0,
            http_client=http,
        )
    return openai.AsyncOpenAI(
        base_url=settings.address,
        api_key=settings.api_key or _NO_KEY,
        # Not those of another account that the environment may name.
        organization="" if settings.provider is not Provider.OPENAI else None,
        max_retries=0,
        http_client=http,
    )


async def request(
    client: openai.AsyncOpenAI,
    settings: LlmSettings,
    dialect: Dialect,
    question: Question,
    messages: list[dict[str, str]],
    answer_format: str,
    flight: InFlight,
) -> Reply:
    """The whole answer to ``messages``.  Raises ``RequestFailed``; a cancelled task closes the connection."""
    reply = Reply()
    longest = question.max_tokens * _CHARACTERS_PER_TOKEN + _SLACK
    whole, first = asyncio.timeout(settings.total_seconds), asyncio.timeout(settings.first_byte_seconds)
    stream = _stream(client, settings, dialect, question, messages, answer_format)
    try:
        async with whole, first, stream as chunks:
            async for chunk in chunks:
                _take(chunk, reply)
                if not flight.has_begun_to_answer:
                    flight.has_begun_to_answer = True
                    first.reschedule(None)
                if len(reply.text) > longest:
                    reply.finish = "too_long"
                    break
    except TimeoutError as error:
        if whole.expired():
            raise RequestFailed(failing.no_end(settings)) from error
        if first.expired():
            raise RequestFailed(failing.no_first_byte(settings)) from error
        raise RequestFailed(failing.trouble_of(error, settings)) from error
    except (openai.OpenAIError, httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
        raise RequestFailed(failing.trouble_of(error, settings)) from error
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError) as error:
        # A border: the SDK stumbles over what is no answer of the protocol.
        raise RequestFailed(failing.not_the_protocol(settings)) from error
    if not flight.has_begun_to_answer:
        raise RequestFailed(failing.not_the_protocol(settings))
    if not reply.finish:
        # The connection was closed in good order, but the answer has no end.
        sentence = failing.trouble_of(httpx2.RemoteProtocolError(""), settings).sentence
        raise RequestFailed(Trouble(FailureReason.UNREACHABLE, sentence, may_retry=True))
    if not reply.prompt_tokens:
        reply.prompt_tokens = sum(len(message["content"]) for message in messages) // 4
        reply.completion_tokens = len(reply.text) // 4
    return reply


@asynccontextmanager
async def _stream(
    client: openai.AsyncOpenAI,
    settings: LlmSettings,
    dialect: Dialect,
    question: Question,
    messages: list[dict[str, str]],
    answer_format: str,
) -> AsyncIterator[AsyncIterator[Any]]:
    options: dict[str, Any] = {"temperature": settings.temperature, "stream_options": {"include_usage": True}}
    options[dialect.tokens_name] = question.max_tokens
    if settings.seed is not None:
        options["seed"] = settings.seed
    if answer_format == SCHEMA:
        form = {"name": question.answer.__name__, "schema": schema_of(question.answer), "strict": True}
        options["response_format"] = {"type": "json_schema", "json_schema": form}
    elif answer_format == JSON:
        options["response_format"] = {"type": "json_object"}
    kept = {name: value for name, value in options.items() if name not in dialect.left_out}
    body = {"model": settings.model, "messages": messages, "stream": True, **kept}
    # The typed method checks every part of the question and builds a model of every chunk: half of a request's time.
    stream = await client.post(
        "/chat/completions", cast_to=object, body=body, stream=True, stream_cls=openai.AsyncStream[object]
    )
    try:
        yield stream
    finally:
        # Closing stops the work of the server; it must not hold up a cancel.
        with suppress(Exception):
            async with asyncio.timeout(_CLOSE_SECONDS):
                await stream.close()


def _take(chunk: Any, reply: Reply) -> None:
    """Add what a chunk says.  Raises ``AttributeError`` or ``TypeError`` for what is no chunk."""
    usage = chunk.get("usage")
    if usage:
        reply.prompt_tokens = int(usage.get("prompt_tokens") or 0)
        reply.completion_tokens = int(usage.get("completion_tokens") or 0)
    for choice in chunk.get("choices") or ():
        content = (choice.get("delta") or {}).get("content")
        if isinstance(content, str):
            reply.text += content
        if choice.get("finish_reason"):
            reply.finish = str(choice["finish_reason"])
