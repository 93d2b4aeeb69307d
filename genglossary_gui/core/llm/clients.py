"""The SDK's client with our limits: nothing goes out that the settings do not name."""

from __future__ import annotations

import logging

import httpx2
import openai

from genglossary_gui.core.llm.settings import LlmSettings, Provider

_NO_KEY = "none"
"""The SDK wants a key; where there is none, the header is taken out again."""
_SENT = frozenset(
    {"host", "accept", "authorization", "api-key", "connection", "content-length", "content-type"}
    # The SDK reads the last one from the request when the answer has come.
    | {"transfer-encoding", "user-agent", "x-stainless-raw-response"}
)
_SENT_TO_OPENAI = frozenset({"openai-organization", "openai-project"})
_USUAL_AZURE_VERSION = "2024-10-21"


def make_client(settings: LlmSettings) -> openai.AsyncOpenAI:
    """It follows no redirects, tries nothing twice, and asks this computer's own servers without a proxy.

    To be closed in the event loop in which it was used.
    """
    # They tell addresses with all that is in them, and whole requests when the environment asks for it.
    for name in ("openai", "httpx2", "httpcore2"):
        logging.getLogger(name).setLevel(logging.WARNING)
    http = httpx2.AsyncClient(
        timeout=httpx2.Timeout(None, connect=settings.connect_seconds),
        limits=httpx2.Limits(max_connections=settings.parallel + 2, max_keepalive_connections=settings.parallel + 2),
        follow_redirects=False,
        # None is the way without a proxy.  Not `trust_env`: the environment also names certificates that are trusted.
        mounts=dict.fromkeys(("http://", "https://", "all://")) if settings.is_local else None,
        event_hooks={"request": [_only_what_is_meant(settings)]},
    )
    # A key of the environment belongs to another server than that of these settings.
    key = settings.api_key or _NO_KEY
    if not settings.is_plain:
        version = settings.api_version or _USUAL_AZURE_VERSION
        return openai.AsyncAzureOpenAI(
            azure_endpoint=settings.address, api_key=key, api_version=version, max_retries=0, http_client=http
        )
    return openai.AsyncOpenAI(base_url=settings.address, api_key=key, max_retries=0, http_client=http)


def _only_what_is_meant(settings: LlmSettings):
    """Takes out what the SDK adds from the environment (accounts, headers) and what it tells about this computer."""
    allowed = _SENT | (_SENT_TO_OPENAI if settings.provider is Provider.OPENAI else frozenset())
    if not settings.api_key:
        allowed -= {"authorization", "api-key"}

    async def clean(request: httpx2.Request) -> None:
        kept = [(name, value) for name, value in request.headers.raw if name.lower().decode("latin-1") in allowed]
        # Compressed answers can be a thousand times as long as what was received.
        request.headers = httpx2.Headers([*kept, (b"Accept-Encoding", b"identity")])

    return clean
