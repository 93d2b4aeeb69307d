"""What is asked of a model, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel

from genglossary_gui.core.errors import EngineError


class LlmError(EngineError):
    """The server of the language model cannot be used at all."""


class FailureReason(StrEnum):
    """Why one question has no answer."""

    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    """The key is missing, wrong, or not allowed to do this."""
    MODEL_MISSING = "model_missing"
    RATE_LIMITED = "rate_limited"
    TIMEOUT = "timeout"
    SERVER_ERROR = "server_error"
    INVALID_ANSWER = "invalid_answer"
    TRUNCATED = "truncated"
    TOO_LONG = "too_long"
    BUDGET = "budget"
    """The tokens that the run may use are used up."""


HOPELESS = frozenset({FailureReason.REFUSED, FailureReason.MODEL_MISSING, FailureReason.BUDGET})
"""The next question would fail for the same reason."""


@dataclass(frozen=True)
class Question:
    """``system`` says what to do, ``user`` holds the data, ``answer`` is the form that the answer must have.

    ``key`` is the asker's own name for it.
    """

    key: str
    system: str
    user: str
    answer: type[BaseModel]
    max_tokens: int = 1024


@dataclass(frozen=True)
class Answer:
    """``value`` is of the type that the question wanted; ``text`` is what the model wrote."""

    question: Question
    value: BaseModel
    text: str
    prompt_tokens: int
    completion_tokens: int
    seconds: float
    was_repaired: bool = False


@dataclass(frozen=True)
class Failure:
    """``sentence`` is for a person: translated, without keys, addresses with credentials or paths."""

    question: Question
    kind: FailureReason
    sentence: str


@dataclass
class Usage:
    """What a session has used so far."""

    requests: int = 0
    retries: int = 0
    repairs: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0

    @property
    def tokens(self) -> int:
        return self.prompt_tokens + self.completion_tokens
