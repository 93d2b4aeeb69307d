"""Errors of the connection and of the server, told in one sentence."""

from __future__ import annotations

import email.utils
import ssl
import time
from dataclasses import dataclass

import httpx2
import openai

from genglossary_gui.core.i18n import _
from genglossary_gui.core.llm.questions import FailureReason
from genglossary_gui.core.llm.settings import LlmSettings
from genglossary_gui.core.redaction import redact

_LONGEST_REASON = 160
_BUSY = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
"""With these a second attempt may succeed."""


@dataclass(frozen=True)
class Trouble:
    """Why a request failed.  ``retry_after``: seconds that the server wants us to wait, None: it does not say."""

    kind: FailureReason
    sentence: str
    may_retry: bool = False
    retry_after: float | None = None
    status: int = 0
    detail: str = ""
    """What the server said, in lower case; not for people."""


def trouble_of(error: Exception, settings: LlmSettings) -> Trouble:
    """What ``error`` (of the SDK, the HTTP client or the network) means."""
    if isinstance(error, openai.APIStatusError):
        return _of_status(error, settings)
    if isinstance(error, (openai.APITimeoutError, httpx2.TimeoutException, TimeoutError)):
        return _timeout(error, settings)
    if isinstance(error, openai.APIConnectionError):
        return _of_connection(error.__cause__ or error, settings)
    if isinstance(error, openai.APIError):
        # An error in the middle of a stream.
        sentence = _("The server at {host} reported an error: {reason}.")
        reason = _said(error.message, settings)
        return Trouble(FailureReason.SERVER_ERROR, sentence.format(host=settings.host, reason=reason), may_retry=True)
    return _of_connection(error, settings)


def no_first_byte(settings: LlmSettings) -> Trouble:
    sentence = _("The server at {host} did not begin to answer within {seconds} s.")
    return Trouble(
        FailureReason.TIMEOUT, sentence.format(host=settings.host, seconds=_seconds(settings.first_byte_seconds))
    )


def no_end(settings: LlmSettings) -> Trouble:
    sentence = _("The server at {host} did not finish its answer within {seconds} s.")
    return Trouble(FailureReason.TIMEOUT, sentence.format(host=settings.host, seconds=_seconds(settings.total_seconds)))


def not_the_protocol(settings: LlmSettings) -> Trouble:
    sentence = _("What answers at {host} is not a language model server.").format(host=settings.host)
    return Trouble(FailureReason.SERVER_ERROR, sentence)


def _timeout(error: BaseException, settings: LlmSettings) -> Trouble:
    cause = error.__cause__ or error
    if isinstance(cause, (httpx2.ConnectTimeout, TimeoutError)):
        sentence = _("The server at {host} could not be reached within {seconds} s.")
        seconds = _seconds(settings.connect_seconds)
        return Trouble(FailureReason.UNREACHABLE, sentence.format(host=settings.host, seconds=seconds))
    return no_end(settings)


def _of_status(error: openai.APIStatusError, settings: LlmSettings) -> Trouble:
    status, reason = error.status_code, _said(_message(error), settings)
    retry_after = retry_after_seconds(error.response.headers.get("retry-after", ""))
    if status in (401, 403):
        if settings.api_key:
            sentence = _("The server at {host} does not accept the key.")
        else:
            sentence = _("The server at {host} asks for a key.")
        kind = FailureReason.REFUSED
    elif status == 404 and ("model" in reason.lower() or "deployment" in reason.lower()):
        sentence = _("The server at {host} has no model “{model}”.")
        kind = FailureReason.MODEL_MISSING
    elif status == 404:
        sentence = _("What answers at {host} is not a language model server.")
        kind = FailureReason.MODEL_MISSING
    elif status == 429:
        sentence = _("The server at {host} gets too many requests.")
        kind = FailureReason.RATE_LIMITED
    elif 300 <= status < 400:
        sentence = _("The server at {host} redirects to another address, which is not followed.")
        kind = FailureReason.REFUSED
    elif reason:
        sentence = _("The server at {host} reported an error ({status}): {reason}.")
        kind = FailureReason.SERVER_ERROR
    else:
        sentence = _("The server at {host} reported an error ({status}).")
        kind = FailureReason.SERVER_ERROR
    words = sentence.format(host=settings.host, model=settings.model, status=status, reason=reason)
    return Trouble(kind, words, status in _BUSY, retry_after, status, reason.lower())


def _of_connection(error: BaseException, settings: LlmSettings) -> Trouble:
    chain = list(_chain(error))
    if any(isinstance(part, ConnectionRefusedError) for part in chain):
        sentence = _("Nothing answers at {host}: is the server running?")
    elif any(_is_unknown_host(part) for part in chain):
        sentence = _("The host {host} is not known: check the address and the network.")
    elif any(isinstance(part, ssl.SSLError) for part in chain):
        sentence = _("No safe connection to {host} could be made: its certificate was not accepted.")
        return Trouble(FailureReason.REFUSED, sentence.format(host=settings.host))
    elif any(isinstance(part, httpx2.UnsupportedProtocol | httpx2.InvalidURL) for part in chain):
        sentence = _("“{host}” is not the address of a server.")
        return Trouble(FailureReason.REFUSED, sentence.format(host=settings.host))
    else:
        sentence = _("The connection to {host} broke.")
    return Trouble(FailureReason.UNREACHABLE, sentence.format(host=settings.host), may_retry=True)


def retry_after_seconds(text: str) -> float | None:
    """What a ``Retry-After`` header asks for: seconds, or the time until a date; None when it says nothing."""
    text = text.strip()
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError):
        return None


def _message(error: openai.APIStatusError) -> str:
    body = error.body
    for name in ("error", "message", "detail"):
        if isinstance(body, dict) and name in body:
            body = body[name]
    return body if isinstance(body, str) and "<" not in body[:1] else ""


def _said(text: str, settings: LlmSettings) -> str:
    known = [value for value in (settings.api_key,) if value]
    words = " ".join(redact(text[: 4 * _LONGEST_REASON], known).split()).rstrip(".")
    return words if len(words) <= _LONGEST_REASON else words[: _LONGEST_REASON - 1] + "…"


def _chain(error: BaseException | None):
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for part in error.exceptions:
                yield from _chain(part)
        error = error.__cause__ or error.__context__


def _is_unknown_host(error: BaseException) -> bool:
    import socket

    return isinstance(error, socket.gaierror)


def _seconds(value: float) -> str:
    return f"{value:g}"
