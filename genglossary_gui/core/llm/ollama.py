"""Ollama's own protocol: unlike the one of OpenAI, which it speaks too, it can be told how long a text is read.

Through the other one Ollama silently cuts what is longer than a context that nobody there can set.
"""

from __future__ import annotations

import asyncio
import re
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from pydantic import BaseModel

from genglossary_gui.core.cancellation import CancelToken
from genglossary_gui.core.llm.clients import make_client
from genglossary_gui.core.llm.loops import OwnLoop, answer_of
from genglossary_gui.core.llm.parsing import schema_of
from genglossary_gui.core.llm.settings import LlmSettings

USUAL_CONTEXT, MOST_CONTEXT = 4096, 8192
"""Tokens: what a server reads that says nothing; what is asked of one whose model could read more: memory grows."""
_SHOW_SECONDS, _CLOSE_SECONDS = 10.0, 1.0
_SET_IN_MODEL = re.compile(r"^num_ctx\s+(\d+)", re.MULTILINE)


def address(settings: LlmSettings, name: str) -> str:
    """Where ``name`` (``chat``, ``show``, ``tags``) of its own protocol is."""
    parts = urlsplit(settings.address)
    return urlunsplit(parts._replace(path=f"{parts.path.removesuffix('/v1')}/api/{name}"))


def body(
    settings: LlmSettings,
    messages: list[dict[str, str]],
    form: type[BaseModel],
    max_tokens: int,
    *,
    form_name: str,
    left_out: frozenset[str],
) -> dict[str, Any]:
    """A request; ``form_name``: see ``wire.FORMATS``."""
    options: dict[str, Any] = {"temperature": settings.temperature, "num_predict": max_tokens}
    if settings.seed is not None:
        options["seed"] = settings.seed
    if settings.context_tokens:
        options["num_ctx"] = settings.context_tokens
    options = {name: value for name, value in options.items() if name not in left_out}
    # It should refuse what is too long for it; older versions do not know the word and are looked at (``was_cut``).
    sent: dict[str, Any] = {"model": settings.model, "messages": messages, "stream": True, "truncate": False}
    if form_name == "schema":
        sent["format"] = schema_of(form)
    elif form_name == "json":
        sent["format"] = "json"
    return {**sent, "options": options}


def was_cut(settings: LlmSettings, prompt_tokens: int) -> bool:
    """Whether the server has read as much as it can, so that something may have been left out."""
    return 0 < settings.context_tokens <= prompt_tokens


def context_tokens(settings: LlmSettings, token: CancelToken) -> int:
    """How many tokens are read at once by the model, as the server tells; what is usual where it does not.

    Waits for the server, within limits.  Raises ``Cancelled``.
    """
    loop = OwnLoop()
    try:
        return answer_of(_context_tokens(settings), token, loop)
    finally:
        loop.close()


async def _context_tokens(settings: LlmSettings) -> int:
    client = make_client(settings)
    try:
        async with asyncio.timeout(_SHOW_SECONDS):
            shown = await client.post(address(settings, "show"), cast_to=object, body={"model": settings.model})
    except Exception:
        return USUAL_CONTEXT  # a border: the questions that follow say what is wrong
    finally:
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                await client.close()
        except Exception:
            pass  # what cannot be closed in good order is gone
    return _told(shown)


def _told(shown: object) -> int:
    if not isinstance(shown, dict):
        return USUAL_CONTEXT
    parameters, about = shown.get("parameters"), shown.get("model_info")
    if isinstance(parameters, str) and (match := _SET_IN_MODEL.search(parameters)) and 0 < len(match[1]) < 9:
        return max(int(match[1]), 1)
    if isinstance(about, dict):
        lengths = [value for name, value in about.items() if str(name).endswith(".context_length")]
        if lengths and isinstance(lengths[0], int) and lengths[0] > 0:
            return min(lengths[0], MOST_CONTEXT)
    return USUAL_CONTEXT
