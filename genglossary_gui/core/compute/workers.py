"""Runs plain functions in other processes, through the ``concurrent.futures.Executor`` interface.

The window's process never tokenises: it hands units of work to a pool and picks up results as they
come.  The pool is made when first used, shared by all runs, and a process that died is replaced.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any, Generic, TypeVar

from genglossary_gui.core.cancellation import CancelToken
from genglossary_gui.core.compute.pool import Limits, NeverStarted, ProcessPool, TookTooLong
from genglossary_gui.core.errors import EngineError
from genglossary_gui.core.i18n import _

T = TypeVar("T")
R = TypeVar("R")

_ATTEMPTS = 3
_TICK = 0.1


class Stopped(StrEnum):
    """Why a unit has no result."""

    TIME = "time"
    """It was stopped at its limit of time."""
    MEMORY = "memory"
    DIED = "died"
    """Its process ended, however often it was tried."""


class Workers:
    """A shared pool of worker processes.  May be used from several run threads at once.

    ``make_executor`` builds the pool (tests and other machines give their own); ``count`` bounds how many
    units of one ``map`` are under way at a time (twice as many, so that no process waits).
    """

    def __init__(self, count: int, make_executor: Callable[[int], Executor] | None = None) -> None:
        self.count = max(1, count)
        self._make_executor = make_executor or ProcessPool
        self._lock = threading.Lock()
        self._executor: Executor | None = None

    def map(
        self,
        function: Callable[[T], R],
        items: Iterable[T],
        token: CancelToken,
        *,
        tick: Callable[[], None] = lambda: None,
    ) -> Iterator[tuple[T, R]]:
        """Yield ``(item, function(item))`` as results come, in no order; reads ``items`` only as far as needed.

        ``function`` must be importable and its argument and result picklable.  An exception of ``function``
        is raised here.  A unit whose worker process died is tried up to three times; then ``EngineError`` is
        raised, as when no process can be started at all.  ``tick`` is called about every 0.1 s while waiting.
        On cancel ``Cancelled`` is raised at once, units that have not begun are withdrawn, and the processes
        of those under way are stopped.
        """
        for item, future in self._ended(function, items, token, tick, lambda item: None):
            try:
                result = future.result()
            except BrokenExecutor as error:
                raise EngineError(
                    _("A worker process stopped three times on the same piece of text."),
                    hint=_("Is there enough free memory? Fewer worker processes in the settings may help."),
                ) from error
            yield item, result

    def map_within(
        self,
        limits: Callable[[T], Limits],
        function: Callable[[T], R],
        items: Iterable[T],
        token: CancelToken,
        *,
        tick: Callable[[], None] = lambda: None,
    ) -> Iterator[tuple[T, R | Stopped]]:
        """As ``map``, but whatever happens to a unit costs that unit only: it gives a reason in place of a result.
        Where no process can be started, no unit is to blame: ``EngineError``.

        A process that reaches ``limits(item)`` is stopped and replaced.  A pool that is not ours knows no limits.
        """
        for item, future in self._ended(function, items, token, tick, limits):
            result: R | Stopped
            try:
                result = future.result()
            except TookTooLong:
                result = Stopped.TIME
            except MemoryError:
                result = Stopped.MEMORY
            except BrokenExecutor:
                result = Stopped.DIED
            yield item, result

    def call(
        self, function: Callable[[T], R], item: T, token: CancelToken, *, tick: Callable[[], None] = lambda: None
    ) -> R:
        """``function(item)`` computed in a worker process; same rules as ``map``."""
        return next(result for _item, result in self.map(function, [item], token, tick=tick))

    def resize(self, count: int) -> None:
        """Use ``count`` processes from the next unit on; units under way end where they are."""
        if max(1, count) == self.count:
            return
        self.count = max(1, count)
        with self._lock:
            executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(wait=False)

    def close(self) -> None:
        """Stop the worker processes, also those at work.  The next ``map`` starts new ones."""
        with self._lock:
            executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(wait=True, cancel_futures=True)

    def _ended(
        self,
        function: Callable[[T], R],
        items: Iterable[T],
        token: CancelToken,
        tick: Callable[[], None],
        limits: Callable[[T], Limits | None],
    ) -> Iterator[tuple[T, Future[R]]]:
        """Each unit with its future when that is done for good."""
        source = iter(items)
        pending: dict[Future[Any], _Unit[T]] = {}
        wake: Future[Any] = Future()
        try:
            with token.on_cancel(lambda: _resolve(wake)):
                while True:
                    token.checkpoint()
                    for item in islice(source, max(0, 2 * self.count - len(pending))):
                        pending[self._submit(function, item, limits(item))] = _Unit(item)
                    if not pending:
                        return
                    done, _still = wait([*pending, wake], timeout=_TICK, return_when=FIRST_COMPLETED)
                    token.checkpoint()
                    tick()
                    for future in done:
                        unit, error = pending.pop(future), future.exception()
                        if isinstance(error, NeverStarted):
                            raise _no_process(error)
                        if unit.attempt < _ATTEMPTS and isinstance(error, BrokenExecutor):
                            again = self._submit(function, unit.item, limits(unit.item))
                            pending[again] = _Unit(unit.item, unit.attempt + 1)
                        else:
                            yield unit.item, future
        finally:
            for future in pending:
                future.cancel()

    def _submit(self, function: Callable[[T], R], item: T, limits: Limits | None) -> Future[R]:
        with self._lock:
            if self._executor is None:
                self._executor = self._make_executor(self.count)
            if limits is not None and isinstance(self._executor, ProcessPool):
                return self._executor.submit_within(limits, function, item)
            return self._executor.submit(function, item)


@dataclass(frozen=True)
class _Unit(Generic[T]):
    item: T
    attempt: int = 1


def _no_process(error: NeverStarted) -> EngineError:
    return EngineError(
        _("No worker process can be started: {reason}.").format(reason=error),
        hint=_(
            "Is there enough free memory? Does a security program block GenGlossary? "
            "If neither helps, install GenGlossary again."
        ),
    )


def _resolve(wake: Future[None]) -> None:
    if not wake.done():
        wake.set_result(None)
