"""One question at a time, to its answer: in the format that the server takes, again where that helps, repaired once."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable
from dataclasses import replace

from genglossary_gui.core import times
from genglossary_gui.core.i18n import _
from genglossary_gui.core.llm.clients import make_client
from genglossary_gui.core.llm.failing import Trouble, is_other_server, too_much
from genglossary_gui.core.llm.parsing import InvalidAnswer, parse_answer, schema_of
from genglossary_gui.core.llm.questions import Answer, Failure, FailureReason, Question, Usage
from genglossary_gui.core.llm.settings import LlmSettings, Provider
from genglossary_gui.core.llm.wire import FORMATS, PLAIN, SCHEMA, Dialect, InFlight, Message, Reply, RequestFailed
from genglossary_gui.core.llm.wire import request as send

_LONGEST_PAUSE = 30.0
_FIRM = frozenset({FailureReason.REFUSED, FailureReason.MODEL_MISSING, FailureReason.UNREACHABLE})
_FIRM_STREAK, _STREAK = 3, 5
"""After so many equal failures without an answer between them, further questions are not sent."""
_OF_FORMAT = ("response_format", "json_schema", "json_object", "schema", "grammar", "structured", "guided")
_OPTIONS = ("stream_options", "temperature", "seed")
_LONGEST_SHOWN = 4_000
_ONLY = "Answer with one JSON object that keeps to this JSON schema, and with nothing else: {schema}"
_REPAIR = "Your answer could not be used: {reason}. Answer again. {only}"
_SHORTER = "Your answer was cut off because it is too long. Answer again, much shorter. {only}"


class Asker:
    """What the questions of a session share; used within one event loop.

    ``tell(sentence)`` hears of pauses; ``first_pause`` is the shortest, in seconds.
    """

    def __init__(
        self, settings: LlmSettings, usage: Usage, tell: Callable[[str], None], *, first_pause: float = 0.5
    ) -> None:
        self.hopeless: Trouble | None = None
        """Why further questions need not be sent."""
        self._settings = settings
        self._usage = usage
        self._tell = tell
        self._first_pause = first_pause
        self._client = make_client(settings)
        self._dialect = Dialect()
        self._has_answered = False
        self._streak: tuple[str, int] = ("", 0)

    async def close(self) -> None:
        await self._client.close()

    def refusal(self, question: Question) -> Failure | None:
        """Why the question is not sent at all."""
        if self.hopeless is not None:
            return Failure(question, self.hopeless.kind, self.hopeless.sentence)
        if self._is_too_long(question):
            return Failure(question, FailureReason.TOO_LONG, too_much(self._settings).sentence)
        return Failure(question, FailureReason.BUDGET, _budget()) if self._is_spent() else None

    async def answer(self, question: Question, flight: InFlight) -> Answer | Failure:
        """Ask, and once more when the answer has not the wanted form."""
        began = times.monotonic()
        messages = [_message("system", question.system), _message("user", question.user)]
        prompt_tokens, completion_tokens = 0, 0
        kind, sentence = FailureReason.INVALID_ANSWER, ""
        for is_repair in (False, True):
            if is_repair and self._is_spent():
                break
            self._usage.repairs += is_repair
            try:
                reply = await self._reply(question, messages, flight)
            except RequestFailed as failure:
                return self._failed(question, failure.trouble)
            self._has_answered, self._streak = True, ("", 0)
            prompt_tokens += reply.prompt_tokens
            completion_tokens += reply.completion_tokens
            try:
                value = parse_answer(reply.text, question.answer)
            except InvalidAnswer as error:
                kind, sentence, wish = _complaint(reply, str(error), question)
                self._dialect.tells_schema |= reply.finish not in ("length", "too_long")
                shown = reply.text[: self._longest_shown([*messages[:2], _message("user", wish)], question)]
                messages = [*messages[:2], _message("assistant", shown), _message("user", wish)]
                continue
            seconds = times.monotonic() - began
            return Answer(question, value, reply.text, prompt_tokens, completion_tokens, seconds, is_repair)
        return Failure(question, kind, sentence)

    def _longest_shown(self, messages: list[Message], question: Question) -> int:
        """Characters of an unusable answer that there is room for beside ``messages``."""
        limit = self._settings.context_tokens
        room = limit - question.max_tokens - sum(_tokens(message["content"]) for message in messages)
        return min(_LONGEST_SHOWN, max(0, room)) if limit else _LONGEST_SHOWN

    def _is_too_long(self, question: Question) -> bool:
        limit = self._settings.context_tokens
        return 0 < limit < _tokens(question.system) + _tokens(question.user) + question.max_tokens

    def _is_spent(self) -> bool:
        return 0 < self._settings.budget_tokens <= self._usage.tokens

    def _failed(self, question: Question, trouble: Trouble) -> Failure:
        sentence, count = self._streak
        self._streak = (trouble.sentence, count + 1 if trouble.sentence == sentence else 1)
        if trouble.kind in _FIRM:
            is_enough = self._streak[1] >= _FIRM_STREAK
        else:
            # A server that has answered before may be too slow for some questions.
            is_enough = not self._has_answered and self._streak[1] >= max(_STREAK, self._settings.parallel + 1)
        if is_enough:
            self.hopeless = self.hopeless or trouble
        return Failure(question, trouble.kind, trouble.sentence)

    async def _reply(self, question: Question, messages: list[Message], flight: InFlight) -> Reply:
        """An answer of the server, tried again after what may pass.  Raises ``RequestFailed``."""
        last_start = times.monotonic() + self._settings.total_seconds
        for attempt in range(self._settings.retries + 1):
            try:
                return await self._in_some_format(question, messages, flight, attempt)
            except RequestFailed as failure:
                pause = self._pause(attempt, failure.trouble)
                if self.hopeless is not None or self._is_spent() or times.monotonic() + pause > last_start:
                    raise
                self._usage.retries += 1
                sentence = _("{problem} Trying again in {seconds} s.")
                self._tell(sentence.format(problem=failure.trouble.sentence, seconds=max(1, round(pause))))
                flight.began, flight.has_begun_to_answer = times.monotonic() + pause, False
                await asyncio.sleep(pause)
        raise AssertionError("after the last attempt there is no pause")

    def _pause(self, attempt: int, trouble: Trouble) -> float:
        """Seconds until the next attempt, growing and with some chance; endless: there is none."""
        if not trouble.may_retry or attempt >= self._settings.retries:
            return float("inf")
        wanted = min(self._first_pause * 2**attempt * (0.5 + random.random()), _LONGEST_PAUSE)
        return max(wanted, trouble.retry_after or 0.0)

    async def _in_some_format(
        self, question: Question, messages: list[Message], flight: InFlight, attempt: int
    ) -> Reply:
        """Ask in the firmest format that the server understands, and remember which one that is."""
        while True:
            sent = replace(self._dialect)
            try:
                reply = await self._request(question, messages, sent, flight)
            except RequestFailed as failure:
                if not self._is_adapted(failure.trouble, sent, attempt):
                    raise
                continue
            if sent.format == self._dialect.format:
                self._dialect.is_proven = True
            return reply

    def _is_adapted(self, trouble: Trouble, sent: Dialect, attempt: int) -> bool:
        """Whether the next request is put in other words, because the server did not understand these."""
        now = self._dialect
        if self._settings.provider is Provider.OLLAMA and is_other_server(trouble) and sent.is_own:
            now.is_own = False
            return True
        if trouble.kind is not FailureReason.SERVER_ERROR or trouble.status not in (400, 422, 500, 501):
            return False
        if sent.wording != now.wording:
            return True  # another question has found out meanwhile
        if trouble.status in (400, 422):
            if "max_tokens" in trouble.detail and now.tokens_name == "max_tokens":
                now.tokens_name = "max_completion_tokens"
                return True
            named = {name for name in _OPTIONS if name in trouble.detail} - now.left_out
            if named:
                now.left_out |= named
                return True
        is_named = any(word in trouble.detail for word in _OF_FORMAT)
        # Without a reason it may be that: but a server that answered before, or fails for the first time, may only
        # have had an accident.
        is_likely = not now.is_proven and (trouble.status != 500 or attempt > 0)
        if now.format == PLAIN or not (is_named or is_likely):
            return False
        now.format, now.is_proven = FORMATS[FORMATS.index(now.format) + 1], False
        return True

    async def _request(self, question: Question, messages: list[Message], dialect: Dialect, flight: InFlight) -> Reply:
        if dialect.format != SCHEMA or dialect.tells_schema:
            system = f"{messages[0]['content']}\n\n{_only(question)}"
            messages = [_message("system", system), *messages[1:]]
        self._usage.requests += 1
        flight.began, flight.has_begun_to_answer = times.monotonic(), False
        reply = Reply()
        try:
            await send(
                self._client,
                self._settings,
                dialect,
                messages,
                question.answer,
                question.max_tokens,
                reply=reply,
                flight=flight,
            )
        finally:
            # What broke off has been computed, and is paid, as well.
            if reply.length or reply.finish:
                _estimate(reply, messages)
                self._usage.prompt_tokens += reply.prompt_tokens
                self._usage.completion_tokens += reply.completion_tokens
        return reply


def _message(role: str, text: str) -> Message:
    # A lone surrogate cannot be sent.
    return {"role": role, "content": text.encode("utf-8", "replace").decode()}


def _only(question: Question) -> str:
    return _ONLY.format(schema=json.dumps(schema_of(question.answer), ensure_ascii=False))


def _complaint(reply: Reply, reason: str, question: Question) -> tuple[FailureReason, str, str]:
    """What is wrong with an answer: for the count, for a person, for the model."""
    only = _only(question)
    if reply.finish == "length":
        return FailureReason.TRUNCATED, _("The answer of the model was cut off."), _SHORTER.format(only=only)
    if reply.finish == "too_long":
        return FailureReason.TOO_LONG, _("The answer of the model was far too long."), _SHORTER.format(only=only)
    wish = _REPAIR.format(reason=reason, only=only)
    return FailureReason.INVALID_ANSWER, _("The model did not answer in the requested form."), wish


def _estimate(reply: Reply, messages: list[Message]) -> None:
    """Tokens, where the server does not count them: about four Latin letters each, or one Japanese one."""
    if not reply.prompt_tokens:
        reply.prompt_tokens = sum(_tokens(message["content"]) for message in messages)
    if not reply.completion_tokens:
        reply.completion_tokens = max(_tokens(reply.text), reply.length // 4)


def _tokens(text: str) -> int:
    narrow = len(text.encode("ascii", "ignore"))
    return -(-narrow // 4) + len(text) - narrow


def _budget() -> str:
    return _("The tokens that this run may use are used up.")
