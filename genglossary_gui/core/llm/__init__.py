"""Questions to a language model: any server that speaks the protocol of OpenAI."""

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
from genglossary_gui.core.llm.settings import DEFAULT_ADDRESSES, LlmSettings, Provider, check_settings

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
