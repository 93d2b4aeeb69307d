"""Many questions to one model: in parallel, tried again where that helps, cancelled at once."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Self

from genglossary_gui.core import times
from genglossary_gui.core.cancellation import CancelToken
from genglossary_gui.core.i18n import _
from genglossary_gui.core.llm.parsing import InvalidAnswer, parse_answer
from genglossary_gui.core.llm.questions import HOPELESS, Answer, Failure, FailureReason, Question, Usage
from genglossary_gui.core.llm.settings import LlmSettings, check_settings

if TYPE_CHECKING:
    import openai

    from genglossary_gui.core.llm.failing import Trouble
    from genglossary_gui.core.llm.wire import Dialect, InFlight, Reply, RequestFailed

_TICK_SECONDS = 0.1
_TELL_AFTER, _TELL_EVERY = 5.0, 5.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
_STREAK = 5
"""After so many failures of a connection that never worked, further questions are not sent."""
_CLOSE_SECONDS = 0.5
_REPAIR = (
    "Your answer could not be used: {reason}. Answer again with one JSON object of the requested form and nothing else."
)
_SHORTER = "Your answer was cut off because it is too long. Answer again, much shorter, in the requested form."

Outcome = Answer | Failure


class LlmSession:
    """Asks one model, with an event loop of its own; belongs to one thread and is used as a context manager.

    ``on_wait(sentence)`` is told, now and then, what is waited for.  ``usage`` counts requests and tokens.
    """

    def __init__(self, settings: LlmSettings, *, on_wait: Callable[[str], None] = lambda sentence: None) -> None:
        """Raises ``UsageError`` when no server could be asked with these settings."""
        check_settings(settings)
        self.usage = Usage()
        self._settings = settings
        self._on_wait = on_wait
        self._told_at = times.monotonic()
        self._flights: dict[asyncio.Task[Outcome], InFlight] = {}
        self._has_answered = False
        self._streak = 0
        self._hopeless: Trouble | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._client: openai.AsyncOpenAI | None = None
        self._dialect: Dialect | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections; returns within a second."""
        loop, self._loop = self._loop, None
        if loop is None:
            return
        try:
            if self._client is not None:
                loop.run_until_complete(_within(_CLOSE_SECONDS, self._client.close()))
            loop.run_until_complete(loop.shutdown_asyncgens())
            # A look-up of a host name cannot be stopped; it ends by itself.
            loop.run_until_complete(_within(_CLOSE_SECONDS, loop.shutdown_default_executor()))
        finally:
            loop.close()

    def ask_all(
        self, questions: Iterable[Question], token: CancelToken, *, tick: Callable[[], None] = lambda: None
    ) -> Iterator[Outcome]:
        """An answer or a failure for each question, as they come.

        ``questions`` is read lazily, as many are under way as the settings allow, ``tick`` is called while they are.
        Raises ``Cancelled`` within a second after the token was cancelled.
        """
        loop = self._open()
        cancelled = asyncio.Event()
        waiting = iter(questions)
        tasks: set[asyncio.Task[Outcome]] = set()
        watch = loop.create_task(cancelled.wait())
        try:
            with token.on_cancel(lambda: _wake(loop, cancelled)):
                while True:
                    token.checkpoint()
                    while len(tasks) < self._settings.parallel and (question := next(waiting, None)) is not None:
                        refusal = self._refusal(question)
                        if refusal is not None:
                            yield refusal
                        else:
                            tasks.add(self._begin(loop, question))
                    if not tasks:
                        return
                    done = loop.run_until_complete(_first(tasks, watch))
                    tick()
                    self._tell_what_is_waited_for()
                    for task in done:
                        tasks.discard(task)
                        self._flights.pop(task, None)
                        token.checkpoint()
                        yield self._noted(task.result())
        finally:
            self._stop(loop, [*tasks, watch])

    def _open(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            # Imported when the first question is asked: the SDK takes more than a second.
            from genglossary_gui.core.llm import wire

            self._loop = asyncio.new_event_loop()
            self._client = wire.make_client(self._settings)
            self._dialect = wire.Dialect()
        return self._loop

    def _begin(self, loop: asyncio.AbstractEventLoop, question: Question) -> asyncio.Task[Outcome]:
        from genglossary_gui.core.llm.wire import InFlight

        flight = InFlight(times.monotonic())
        task = loop.create_task(self._answer(question, flight))
        self._flights[task] = flight
        return task

    def _stop(self, loop: asyncio.AbstractEventLoop, tasks: list[asyncio.Task]) -> None:
        if loop.is_closed():
            return
        for task in tasks:
            task.cancel()
        loop.run_until_complete(asyncio.wait(tasks, timeout=2 * _CLOSE_SECONDS))
        self._flights.clear()

    def _refusal(self, question: Question) -> Failure | None:
        """Why the question is not sent at all."""
        if self._hopeless is not None:
            return Failure(question, self._hopeless.kind, self._hopeless.sentence)
        if self._settings.budget_tokens and self.usage.tokens >= self._settings.budget_tokens:
            return Failure(question, FailureReason.BUDGET, _("The tokens that this run may use are used up."))
        return None

    def _noted(self, outcome: Outcome) -> Outcome:
        if isinstance(outcome, Answer):
            self._has_answered, self._streak = True, 0
        return outcome

    def _failed(self, question: Question, trouble: Trouble) -> Failure:
        if trouble.kind is FailureReason.UNREACHABLE and not self._has_answered:
            self._streak += 1
        if trouble.kind in HOPELESS or self._streak >= _STREAK:
            self._hopeless = self._hopeless or trouble
        return Failure(question, trouble.kind, trouble.sentence)

    async def _answer(self, question: Question, flight: InFlight) -> Outcome:
        """Ask, and once more when the answer has not the wanted form."""
        from genglossary_gui.core.llm.wire import RequestFailed

        began = times.monotonic()
        messages = [{"role": "system", "content": question.system}, {"role": "user", "content": question.user}]
        used = [0, 0]
        kind, sentence = FailureReason.INVALID_ANSWER, _("The model did not answer in the requested form.")
        for is_repair in (False, True):
            try:
                reply = await self._reply(question, messages, flight)
            except RequestFailed as failure:
                return self._failed(question, failure.trouble)
            used = [used[0] + reply.prompt_tokens, used[1] + reply.completion_tokens]
            try:
                value = parse_answer(reply.text, question.answer)
            except InvalidAnswer as error:
                kind, sentence, wish = _complaint(reply, str(error))
                self.usage.repairs += not is_repair
                messages += [{"role": "assistant", "content": reply.text[:4_000]}, {"role": "user", "content": wish}]
                continue
            return Answer(question, value, reply.text, used[0], used[1], times.monotonic() - began, is_repair)
        return Failure(question, kind, sentence)

    async def _reply(self, question: Question, messages: list[dict[str, str]], flight: InFlight) -> Reply:
        """An answer of the server, tried again after what may pass.  Raises ``RequestFailed``."""
        from genglossary_gui.core.llm.wire import RequestFailed

        for attempt in range(self._settings.retries + 1):
            try:
                return await self._reply_in_some_format(question, messages, flight)
            except RequestFailed as failure:
                pause = self._pause(attempt, failure.trouble)
                if pause is None or self._hopeless is not None:
                    raise
                self.usage.retries += 1
                self._tell(
                    _("{problem} Trying again in {seconds} s.").format(
                        problem=failure.trouble.sentence, seconds=round(pause)
                    )
                )
                await asyncio.sleep(pause)
        raise AssertionError("the last attempt raises")

    def _pause(self, attempt: int, trouble: Trouble) -> float | None:
        """Seconds until the next attempt, growing and with some chance; None: there is none."""
        if not trouble.may_retry or attempt >= self._settings.retries:
            return None
        wanted = _FIRST_PAUSE * 2**attempt * (0.5 + random.random())
        if trouble.retry_after is not None:
            wanted = max(wanted, trouble.retry_after)
            return wanted if wanted <= self._settings.total_seconds else None
        return min(wanted, _LONGEST_PAUSE)

    async def _reply_in_some_format(
        self, question: Question, messages: list[dict[str, str]], flight: InFlight
    ) -> Reply:
        """Ask in the firmest format that the server understands, and remember which one that is."""
        from genglossary_gui.core.llm.wire import FORMATS, RequestFailed

        dialect = self._dialect
        assert dialect is not None
        first: RequestFailed | None = None
        formats = list(FORMATS[FORMATS.index(dialect.format) :])
        while formats:
            try:
                reply = await self._request(question, messages, formats[0], flight)
            except RequestFailed as failure:
                first = first or failure
                if _left_out(failure.trouble, dialect):
                    continue
                if failure.trouble.status not in (400, 422, 500, 501):
                    raise
                formats.pop(0)
                continue
            if FORMATS.index(formats[0]) > FORMATS.index(dialect.format):
                dialect.format = formats[0]
            return reply
        assert first is not None
        raise first

    async def _request(
        self, question: Question, messages: list[dict[str, str]], answer_format: str, flight: InFlight
    ) -> Reply:
        from genglossary_gui.core.llm import wire

        assert self._client is not None
        assert self._dialect is not None
        self.usage.requests += 1
        flight.began, flight.has_begun_to_answer = times.monotonic(), False
        reply = await wire.request(
            self._client, self._settings, self._dialect, question, messages, answer_format, flight
        )
        self.usage.prompt_tokens += reply.prompt_tokens
        self.usage.completion_tokens += reply.completion_tokens
        return reply

    def _tell_what_is_waited_for(self) -> None:
        silent = [flight.began for flight in self._flights.values() if not flight.has_begun_to_answer]
        seconds = times.monotonic() - min(silent, default=times.monotonic())
        if seconds >= _TELL_AFTER:
            sentence = _("No answer from {host} for {seconds} s.")
            self._tell(sentence.format(host=self._settings.host, seconds=int(seconds)))

    def _tell(self, sentence: str) -> None:
        if times.monotonic() - self._told_at >= _TELL_EVERY or self._told_at == 0.0:
            self._told_at = times.monotonic()
            self._on_wait(sentence)


def _complaint(reply: Reply, reason: str) -> tuple[FailureReason, str, str]:
    """What is wrong with an answer: for the count, for a person, for the model."""
    if reply.finish == "length":
        return FailureReason.TRUNCATED, _("The answer of the model was cut off."), _SHORTER
    if reply.finish == "too_long":
        return FailureReason.TOO_LONG, _("The answer of the model was far too long."), _SHORTER
    wish = _REPAIR.format(reason=reason)
    return FailureReason.INVALID_ANSWER, _("The model did not answer in the requested form."), wish


_OPTIONS = ("stream_options", "temperature", "seed")


def _left_out(trouble: Trouble, dialect: Dialect) -> bool:
    """Whether the server complained of an option that can be left out or written otherwise, for the first time."""
    if trouble.status not in (400, 422):
        return False
    if "max_tokens" in trouble.detail and dialect.tokens_name == "max_tokens":
        dialect.tokens_name = "max_completion_tokens"
        return True
    named = next((name for name in _OPTIONS if name in trouble.detail and name not in dialect.left_out), None)
    if named is not None:
        dialect.left_out.add(named)
    return named is not None


def _wake(loop: asyncio.AbstractEventLoop, event: asyncio.Event) -> None:
    with suppress(RuntimeError):  # the loop has been closed meanwhile
        loop.call_soon_threadsafe(event.set)


async def _first(tasks: set[asyncio.Task[Outcome]], watch: asyncio.Task) -> list[asyncio.Task[Outcome]]:
    """The tasks that are done, as soon as one is; none after a while, or when ``watch`` is done."""
    await asyncio.wait({*tasks, watch}, timeout=_TICK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    return [task for task in tasks if task.done()]


async def _within(seconds: float, work) -> None:
    with suppress(TimeoutError, Exception):
        await asyncio.wait_for(work, seconds)
