"""Questions to a language model: any server that speaks the protocol of OpenAI.

What needs pydantic is imported when it is first asked for: windows look at the settings of a model long before
anything is asked of one.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from genglossary_gui.core.llm.settings import DEFAULT_ADDRESSES, LlmSettings, Provider, check_settings

if TYPE_CHECKING:
    from genglossary_gui.core.llm.probing import list_models, test_connection
    from genglossary_gui.core.llm.questions import (
        HOPELESS,
        Answer,
        Failure,
        FailureReason,
        LlmError,
        Question,
        Usage,
    )
    from genglossary_gui.core.llm.session import LlmSession

__all__ = [
    "DEFAULT_ADDRESSES",
    "HOPELESS",
    "Answer",
    "Failure",
    "FailureReason",
    "LlmError",
    "LlmSession",
    "LlmSettings",
    "Provider",
    "Question",
    "Usage",
    "check_settings",
    "list_models",
    "test_connection",
]

_ELSEWHERE = {"list_models": "probing", "test_connection": "probing", "LlmSession": "session"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ELSEWHERE.get(name, 'questions')}"), name)
