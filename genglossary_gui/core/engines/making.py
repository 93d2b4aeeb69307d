"""The engine that the settings of a run ask for."""

from __future__ import annotations

from genglossary_gui.core.engines.base import Engine
from genglossary_gui.core.settings import RunSettings


def make_engine(settings: RunSettings, offline: Engine) -> Engine:
    """``offline`` itself, or the engine that asks a language model and leaves the rest to ``offline``.

    Raises ``UsageError`` when the settings name no server that could be asked.  Call it in the thread of the run: the
    first one imports what the model's engine needs.
    """
    if settings.engine != "llm":
        return offline
    from genglossary_gui.core.engines.llm import LlmEngine

    return LlmEngine(offline, settings)
