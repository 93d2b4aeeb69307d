"""From the settings of the app or a run to those of a client."""

from __future__ import annotations

from genglossary_gui.core.errors import UsageError
from genglossary_gui.core.llm import LlmSettings, Provider, check_settings
from genglossary_gui.core.settings import ModelSettings

LEAST_CONTEXT = 2_048
"""Tokens.  With less than this no question and its answer have room."""


def llm_settings(settings: ModelSettings, *, api_key: str = "") -> LlmSettings:
    """What a client needs; without ``api_key`` it asks without one."""
    return LlmSettings(
        provider=Provider(settings.llm_provider),
        base_url=settings.llm_url,
        model=settings.llm_model,
        api_key=api_key,
        api_version=settings.llm_api_version,
        connect_seconds=settings.llm_connect_seconds,
        first_byte_seconds=settings.llm_first_byte_seconds,
        total_seconds=settings.llm_total_seconds,
        parallel=settings.llm_parallel,
        retries=settings.llm_retries,
        temperature=settings.llm_temperature,
        seed=None if settings.llm_seed < 0 else settings.llm_seed,
        context_tokens=max(settings.llm_context_tokens, LEAST_CONTEXT) if settings.llm_context_tokens else 0,
        budget_tokens=settings.llm_budget_tokens,
    )


def destination(settings: ModelSettings) -> str:
    """The host that texts go to with these settings; empty when they do not leave this computer."""
    client = llm_settings(settings)
    return client.host if settings.engine == "llm" and not client.is_local else ""


def model_troubles(settings: ModelSettings) -> str:
    """Why the model of these settings cannot be asked, in a sentence; empty when it can, or none would be asked."""
    if settings.engine != "llm":
        return ""
    try:
        check_settings(llm_settings(settings))
    except UsageError as error:
        return error.full_text
    return ""
