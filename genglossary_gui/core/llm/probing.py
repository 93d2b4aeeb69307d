"""What a person asks of a server before any run: which models are there, and does it work."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from genglossary_gui.core import times
from genglossary_gui.core.i18n import _
from genglossary_gui.core.llm.questions import LlmError
from genglossary_gui.core.llm.settings import LlmSettings, Provider, check_settings

if TYPE_CHECKING:
    import openai

    from genglossary_gui.core.llm import wire

_LIST_SECONDS = 15.0
_CLOSE_SECONDS = 1.0
_MOST_MODELS = 2_000
_LONGEST_NAME = 200


async def list_models(settings: LlmSettings) -> list[str]:
    """The names of the models that the server offers, in order.

    Raises ``LlmError`` with what is wrong, ``UsageError`` for an address that is none.  For any event loop, which it
    does not block.
    """
    check_settings(settings, needs_model=False)
    failing, clients = await asyncio.to_thread(_loaded)
    client = clients.make_client(settings)
    try:
        async with asyncio.timeout(_LIST_SECONDS):
            names = await _names(client, settings)
    except Exception as error:
        # A border: whatever answers there, a person is told in a sentence.
        raise LlmError(failing.trouble_of(error, settings).sentence) from None
    finally:
        await _close(client)
    if names is None:
        raise LlmError(failing.not_the_protocol(settings).sentence)
    return sorted(names)[:_MOST_MODELS]


async def test_connection(settings: LlmSettings) -> str:
    """Ask the model one small question; a sentence that says that it works.

    Raises ``LlmError`` whose sentence says what is wrong: nothing answers, unknown host, key, model, not such a server.
    For any event loop, which it does not block.
    """
    check_settings(settings)
    failing, _clients = await asyncio.to_thread(_loaded)
    from genglossary_gui.core.llm import clients, wire

    client, began = clients.make_client(settings), times.monotonic()
    dialect = wire.Dialect(format=wire.PLAIN, left_out=frozenset({"stream_options", "temperature", "seed"}))
    if settings.provider in (Provider.OPENAI, Provider.AZURE):
        dialect.tokens_name = "max_completion_tokens"
    messages = [{"role": "user", "content": "Answer with the word: ready"}]
    try:
        try:
            reply = await _asked(client, settings, dialect, messages)
        except wire.RequestFailed as failure:
            if settings.provider is not Provider.OLLAMA or not failing.is_other_server(failure.trouble):
                raise
            dialect.is_own = False
            reply = await _asked(client, settings, dialect, messages)
    except wire.RequestFailed as failure:
        raise LlmError(failure.trouble.sentence) from None
    finally:
        await _close(client)
    if not reply.length:
        raise LlmError(_("The model “{model}” answers with nothing.").format(model=settings.model))
    words = _("“{model}” at {host} answers ({seconds} s).")
    return words.format(model=settings.model, host=settings.host, seconds=f"{times.monotonic() - began:.1f}")


async def _asked(
    client: openai.AsyncOpenAI, settings: LlmSettings, dialect: wire.Dialect, messages: list[dict[str, str]]
) -> wire.Reply:
    from pydantic import BaseModel

    from genglossary_gui.core.llm import wire

    reply, flight = wire.Reply(), wire.InFlight(times.monotonic())
    await wire.request(client, settings, dialect, messages, BaseModel, 200, reply=reply, flight=flight)
    return reply


def _loaded() -> Any:
    """The modules that import the SDK, which takes more than a second."""
    from genglossary_gui.core.llm import clients, failing, wire  # noqa: F401

    return failing, clients


async def _names(client: openai.AsyncOpenAI, settings: LlmSettings) -> set[str] | None:
    """None: what answers has no list of models."""
    import openai

    if settings.provider is Provider.OLLAMA:
        # Its own list holds every model that is on the computer; older versions have no other.
        from genglossary_gui.core.llm import ollama

        own = ollama.address(settings, "tags")
        try:
            names = _named(await client.get(own, cast_to=object), "models", "name")
        except openai.NotFoundError:
            names = None
        if names is not None:
            return names
    return _named(await client.get("/models", cast_to=object), "data", "id")


def _named(body: object, group: str, name: str) -> set[str] | None:
    listed = body.get(group) if isinstance(body, dict) else None
    if not isinstance(listed, list):
        return None
    names = [model.get(name) for model in listed if isinstance(model, dict)]
    return {text for text in names if isinstance(text, str) and 0 < len(text) <= _LONGEST_NAME and text.isprintable()}


async def _close(client: openai.AsyncOpenAI) -> None:
    try:
        async with asyncio.timeout(_CLOSE_SECONDS):
            await client.close()
    except Exception:
        return  # what cannot be closed in good order is gone
