"""Many questions to one model: in parallel, and cancelled at once."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from genglossary_gui.core import times
from genglossary_gui.core.cancellation import CancelToken
from genglossary_gui.core.i18n import _
from genglossary_gui.core.llm.loops import OwnLoop
from genglossary_gui.core.llm.questions import Answer, Failure, Question, Usage
from genglossary_gui.core.llm.settings import LlmSettings, check_settings

if TYPE_CHECKING:
    from genglossary_gui.core.llm.asking import Asker
    from genglossary_gui.core.llm.wire import InFlight

_TICK_SECONDS = 0.1
_BETWEEN_STARTS = 0.002
"""Seconds; more than a question computes before it is sent.  Begun together, questions would be sent after the last of
them has computed, be answered together, and the model would wait for all of that in each round."""
_TELL_AFTER, _TELL_EVERY = 5.0, 5.0
_FIRST_PAUSE = 0.5
_CLOSE_SECONDS = 0.4
_OWN_WORK_SECONDS = 0.05
"""What the asker may take between two answers before the limits of the requests under way are put off."""

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
        self._told_at = float("-inf")
        self._flights: dict[asyncio.Task[Outcome], InFlight] = {}
        self._loop: OwnLoop | None = None
        self._asker: Asker | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections; returns within a second.  The session cannot be used any more."""
        loop, self._loop = self._loop, None
        if loop is None:
            return
        try:
            self._stop(loop)
            if self._asker is not None:
                loop.run_until_complete(_within(_CLOSE_SECONDS, self._asker.close()))
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.run_until_complete(loop.shutdown_default_executor())
        finally:
            loop.close()

    def ask_all(
        self, questions: Iterable[Question], token: CancelToken, *, tick: Callable[[], None] = lambda: None
    ) -> Iterator[Outcome]:
        """An answer or a failure for each question, as they come.

        ``questions`` is read lazily, as many are under way as the settings allow, ``tick`` is called several times a
        second while they are.  What may be spent is exceeded by what is under way at most.  Raises ``Cancelled``
        within a second after the token was cancelled, behind the answers that had come by then; what ``questions``,
        ``tick`` and ``on_wait`` raise.
        """
        loop, asker = self._open(token)
        cancelled = asyncio.Event()
        watch = loop.create_task(cancelled.wait())
        waiting = iter(questions)
        ready: deque[Outcome] = deque()
        paused_at = times.monotonic()
        try:
            with token.on_cancel(lambda: _wake(loop, cancelled)):
                while True:
                    may_more = self._begin_one(loop, asker, waiting, ready, token)
                    if not ready and not self._flights:
                        return
                    if not ready:
                        own = times.monotonic() - paused_at
                        seconds = _BETWEEN_STARTS if may_more else _TICK_SECONDS
                        loop.run_until_complete(self._some(watch, seconds, own if own > _OWN_WORK_SECONDS else 0.0))
                        paused_at = times.monotonic()
                        ready.extend(self._taken())
                        tick()
                        self._tell_what_is_waited_for()
                    while ready:
                        yield ready.popleft()
                    token.checkpoint()
        finally:
            self._stop(loop)

    def _open(self, token: CancelToken) -> tuple[OwnLoop, Asker]:
        if self._loop is None or self._asker is None:
            load_client(token)
            from genglossary_gui.core.llm.asking import Asker

            self._loop = OwnLoop()
            self._asker = Asker(self._settings, self.usage, self._tell, first_pause=_FIRST_PAUSE)
        return self._loop, self._asker

    def _begin_one(
        self, loop: OwnLoop, asker: Asker, waiting: Iterator[Question], ready: deque[Outcome], token: CancelToken
    ) -> bool:
        """Send a question if another may be under way; one that is not sent at all is ``ready`` at once.

        Whether one more might be sent.
        """
        from genglossary_gui.core.llm.wire import InFlight

        if len(self._flights) >= self._settings.parallel:
            return False
        token.checkpoint()
        question = next(waiting, None)
        if question is None:
            return False
        refusal = asker.refusal(question)
        if refusal is not None:
            ready.append(refusal)
        else:
            flight = InFlight(times.monotonic())
            self._flights[loop.create_task(asker.answer(question, flight))] = flight
        return len(self._flights) < self._settings.parallel

    async def _some(self, watch: asyncio.Task[Any], seconds: float, own_seconds: float) -> None:
        """Return when something is done, or ``watch`` is, or after ``seconds``."""
        if own_seconds:
            for flight in self._flights.values():
                flight.put_off(own_seconds)
        await asyncio.wait({*self._flights, watch}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)

    def _taken(self) -> list[Outcome]:
        done = [task for task in self._flights if task.done()]
        for task in done:
            del self._flights[task]
        if errors := [error for task in done if (error := task.exception()) is not None]:
            raise errors[0]
        return [task.result() for task in done]

    def _stop(self, loop: OwnLoop) -> None:
        self._flights.clear()
        if loop.is_closed() or not (tasks := asyncio.all_tasks(loop)):
            return
        for task in tasks:
            task.cancel()
        loop.run_until_complete(asyncio.wait(tasks, timeout=_CLOSE_SECONDS))

    def _tell_what_is_waited_for(self) -> None:
        now = times.monotonic()
        silent = [flight.began for flight in self._flights.values() if not flight.has_begun_to_answer]
        seconds = now - min(silent, default=now)
        if seconds >= _TELL_AFTER:
            sentence = _("No answer from {host} for {seconds} s.")
            self._tell(sentence.format(host=self._settings.host, seconds=int(seconds)))

    def _tell(self, sentence: str) -> None:
        if times.monotonic() - self._told_at >= _TELL_EVERY:
            self._told_at = times.monotonic()
            self._on_wait(sentence)


def load_client(token: CancelToken) -> None:
    """Import the SDK, which takes more than a second.  Raises ``Cancelled`` meanwhile; then it goes on by itself."""
    awake = threading.Event()
    errors: list[Exception] = []

    def load() -> None:
        try:
            from genglossary_gui.core.llm import asking  # noqa: F401
        except Exception as error:  # the border of the thread: it is raised in the one that waits
            errors.append(error)
        awake.set()

    with token.on_cancel(awake.set):
        threading.Thread(target=load, name="load LLM client", daemon=True).start()
        awake.wait()
    token.checkpoint()
    if errors:
        raise errors[0]


def _wake(loop: asyncio.AbstractEventLoop, event: asyncio.Event) -> None:
    with suppress(RuntimeError):  # the loop has been closed meanwhile
        loop.call_soon_threadsafe(event.set)


async def _within(seconds: float, work: Coroutine[Any, Any, None]) -> None:
    with suppress(TimeoutError, Exception):
        await asyncio.wait_for(work, seconds)
