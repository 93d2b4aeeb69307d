"""Errors of the connection and of the server, told in one sentence."""

from __future__ import annotations

import email.utils
import re
import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx2
import openai

from genglossary_gui.core.i18n import _
from genglossary_gui.core.llm.questions import FailureReason
from genglossary_gui.core.llm.settings import LlmSettings
from genglossary_gui.core.redaction import redact

_LONGEST_REASON = 160
_LONGEST_LOOKED_AT = 20_000
_BUSY = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
"""With these a second attempt may succeed."""
_NO_MODEL = re.compile(
    r"\b(?:model|deployment)\b.{0,100}?(?:not found|not exist|n't exist|not loaded)|no such model|unknown model"
    r"|model_not_found|deploymentnotfound|not a valid model"
)
_IS_MODEL = re.compile(r"model|deployment")
_TOO_MUCH = re.compile(r"context[ _](?:length|size|window)|maximum context|n_ctx|prompt is too long|too many tokens")
_LONG_WAIT, _LONGEST_WAIT = 90.0, 1e7
"""Seconds that a server wants to be left alone, from which a person is told; more than the second nobody means."""
_NO_RESPONSE = re.compile(r"without sending a response|illegal (?:request|status) line")
_NO_QUOTA = ("insufficient_quota", "exceeded your current quota", "billing")


@dataclass(frozen=True)
class Trouble:
    """Why a request failed.  ``retry_after``: seconds that the server wants us to wait, None: it does not say."""

    kind: FailureReason
    sentence: str
    may_retry: bool = False
    retry_after: float | None = None
    status: int = 0
    detail: str = field(default="", repr=False)
    """What the server said, in lower case; not for people."""


def trouble_of(error: Exception, settings: LlmSettings) -> Trouble:
    """What ``error`` (of the SDK, the HTTP client or the network) means."""
    if isinstance(error, openai.APIStatusError):
        return _of_status(error, settings)
    if isinstance(error, (openai.APITimeoutError, httpx2.TimeoutException, TimeoutError)):
        return _timeout(error, settings)
    if isinstance(error, openai.APIConnectionError):
        return _of_connection(error.__cause__ or error, settings)
    return _of_connection(error, settings)


def reported(message: str, settings: LlmSettings) -> Trouble:
    """The server began to answer with 200, and then told of an error."""
    if _TOO_MUCH.search(message.lower()):
        return too_much(settings)
    sentence = _("The server at {host} reported an error: {reason}.")
    reason = _said(message, settings) or _("no reason given")
    words = sentence.format(host=settings.host, reason=reason)
    return Trouble(FailureReason.SERVER_ERROR, words, may_retry=True, detail=message.lower())


def broken(settings: LlmSettings) -> Trouble:
    sentence = _("The connection to {host} broke.").format(host=settings.host)
    return Trouble(FailureReason.UNREACHABLE, sentence, may_retry=True)


def too_much(settings: LlmSettings, status: int = 0) -> Trouble:
    sentence = _("The question is longer than the model “{model}” can read.").format(model=settings.model)
    return Trouble(FailureReason.TOO_LONG, sentence, status=status)


def is_other_server(trouble: Trouble) -> bool:
    """Whether nothing is at the address that was asked, which is not about the model."""
    return trouble.status in (404, 405) and not _IS_MODEL.search(trouble.detail)


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
    status, message = error.status_code, message_of(error.body)
    reason, detail = _said(message, settings), f"{message} {getattr(error, 'code', '') or ''}".lower()
    retry_after = retry_after_seconds(error.response.headers.get("retry-after", ""))
    may_retry = status in _BUSY
    if status in (400, 413, 422, 500) and _TOO_MUCH.search(detail):
        return too_much(settings, status)
    if status in (401, 403):
        if settings.api_key:
            sentence = _("The server at {host} does not accept the key.")
        else:
            sentence = _("The server at {host} asks for a key.")
        kind = FailureReason.REFUSED
    elif (status == 400 and _NO_MODEL.search(detail)) or (status == 404 and _IS_MODEL.search(detail)):
        sentence = _("The server at {host} has no model “{model}”.")
        kind = FailureReason.MODEL_MISSING
    elif status == 404:
        sentence = _("What answers at {host} is not a language model server.")
        kind = FailureReason.MODEL_MISSING
    elif status == 429 and any(word in detail for word in _NO_QUOTA):
        sentence, may_retry = _("The quota of the account at {host} is used up."), False
        kind = FailureReason.RATE_LIMITED
    elif status == 429 and _LONG_WAIT <= (retry_after or 0) < float("inf"):
        sentence = _("The server at {host} gets too many requests and wants none for {minutes} min.")
        kind = FailureReason.RATE_LIMITED
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
    minutes = round(min(retry_after or 0, _LONGEST_WAIT) / 60)
    words = sentence.format(host=settings.host, model=settings.model, status=status, reason=reason, minutes=minutes)
    return Trouble(kind, words, may_retry, retry_after, status, detail)


def _of_connection(error: BaseException, settings: LlmSettings) -> Trouble:
    chain = list(_chain(error))
    if any(isinstance(part, ConnectionRefusedError) for part in chain):
        sentence = _("Nothing answers at {host}: is the server running?")
    elif any(_is_unknown_host(part) for part in chain):
        sentence = _("The host {host} is not known: check the address and the network.")
    elif certificate := next((part for part in chain if isinstance(part, ssl.SSLCertVerificationError)), None):
        return Trouble(FailureReason.REFUSED, _about_certificate(certificate).format(host=settings.host))
    elif any(isinstance(part, ssl.SSLError) for part in chain):
        sentence = _("No safe connection to {host} could be made: does its address begin with http: and not https:?")
        return Trouble(FailureReason.REFUSED, sentence.format(host=settings.host))
    elif any(isinstance(part, httpx2.UnsupportedProtocol | httpx2.InvalidURL) for part in chain):
        sentence = _("“{host}” is not the address of a server.")
        return Trouble(FailureReason.REFUSED, sentence.format(host=settings.host))
    elif settings.address.startswith("http:") and any(_NO_RESPONSE.search(str(part)) for part in chain):
        # It may have crashed; one that speaks only TLS ends like this as well.
        sentence = _("The connection to {host} broke before it answered: does its address begin with https:?")
    else:
        return broken(settings)
    return Trouble(FailureReason.UNREACHABLE, sentence.format(host=settings.host), may_retry=True)


def _about_certificate(error: ssl.SSLCertVerificationError) -> str:
    """Why a certificate was not accepted, and what to do."""
    match error.verify_code:
        case 9:
            return _("The certificate of {host} is not valid yet: is the clock of this computer right?")
        case 10:
            return _("The certificate of {host} has expired: whoever runs the server has to renew it.")
        case 62 | 64:
            return _("The certificate of {host} was made for another name: enter the name that it was made for.")
        case _:
            return _(
                "The certificate of {host} is not trusted: if you know the server, name the file of its certificate in"
                " the environment variable SSL_CERT_FILE."
            )


def retry_after_seconds(text: str) -> float | None:
    """What a ``Retry-After`` header asks for: seconds, or the time until a date; None when it says nothing."""
    text = text.strip()
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None


def message_of(body: object) -> str:
    """What a server says in its own words; empty for a page or anything else that is not meant to be read."""
    for name in ("error", "message", "detail"):
        if isinstance(body, dict) and name in body:
            body = body[name]
    return body[:_LONGEST_LOOKED_AT] if isinstance(body, str) and not body.lstrip().startswith("<") else ""


def _said(text: str, settings: LlmSettings) -> str:
    """The words of the server as they may be shown: without keys, places, signs that cannot be seen; not too many."""
    safe = redact(text, [settings.api_key])
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in safe).split()).rstrip(".")
    return words if len(words) <= _LONGEST_REASON else words[: _LONGEST_REASON - 1] + "…"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for part in error.exceptions:
                yield from _chain(part)
        error = error.__cause__ or error.__context__


def _is_unknown_host(error: BaseException) -> bool:
    return isinstance(error, socket.gaierror)


def _seconds(value: float) -> str:
    return f"{value:g}"
