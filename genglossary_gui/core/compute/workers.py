"""Runs plain functions in other processes, through the ``concurrent.futures.Executor`` interface.

The window's process never tokenises: it hands units of work to a pool and picks up results as they
come.  The pool is made when first used, shared by all runs, and rebuilt when a worker process died.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from genglossary_gui.core.cancellation import CancelToken
from genglossary_gui.core.errors import EngineError
from genglossary_gui.core.i18n import _

T = TypeVar("T")
R = TypeVar("R")

_ATTEMPTS = 3
_TICK = 0.1


class Workers:
    """A shared pool of worker processes.  May be used from several run threads at once.

    ``make_executor`` builds the pool (tests and other machines give their own); ``count`` bounds how many
    units of one ``map`` are under way at a time (twice as many, so that no process waits).
    """

    def __init__(self, count: int, make_executor: Callable[[int], Executor] | None = None) -> None:
        self.count = max(1, count)
        self._make_executor = make_executor or _process_pool
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
        is raised here.  A unit whose worker process died is tried again, three times in all, then
        ``EngineError`` is raised.  ``tick`` is called about every 0.1 s while waiting.  On cancel ``Cancelled`` is
        raised at once; units that have not begun are withdrawn, those under way end unheard.
        """
        source = iter(items)
        pending: dict[Future[Any], _Unit[T]] = {}
        wake: Future[Any] = Future()
        try:
            with token.on_cancel(lambda: _resolve(wake)):
                while True:
                    token.checkpoint()
                    for item in islice(source, 2 * self.count - len(pending)):
                        pending[self._submit(function, item)] = _Unit(item)
                    if not pending:
                        return
                    done, _still = wait([*pending, wake], timeout=_TICK, return_when=FIRST_COMPLETED)
                    token.checkpoint()
                    tick()
                    for future in done:
                        unit = pending.pop(future)
                        try:
                            result = future.result()
                        except BrokenProcessPool:
                            again = unit.tried_again()
                            pending[self._submit(function, unit.item)] = again
                        else:
                            yield unit.item, result
        finally:
            for future in pending:
                future.cancel()

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
        """Stop the worker processes; those under work finish their unit first.  The next ``map`` starts new ones."""
        with self._lock:
            executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(wait=True, cancel_futures=True)

    def _submit(self, function: Callable[[T], R], item: T) -> Future[R]:
        try:
            return self._pool().submit(function, item)
        except BrokenProcessPool:
            return self._pool().submit(function, item)

    def _pool(self) -> Executor:
        """The pool, a new one when there is none or a worker process of the old one died."""
        with self._lock:
            broken = self._executor if getattr(self._executor, "_broken", False) else None
            if self._executor is None or broken is not None:
                self._executor = self._make_executor(self.count)
            executor = self._executor
        if broken is not None:
            broken.shutdown(wait=False)
        return executor


@dataclass(frozen=True)
class _Unit(Generic[T]):
    item: T
    attempt: int = 1

    def tried_again(self) -> _Unit[T]:
        if self.attempt == _ATTEMPTS:
            raise EngineError(
                _("A worker process stopped three times on the same piece of text."),
                hint=_("Is there enough free memory? Fewer worker processes in the settings may help."),
            )
        return _Unit(self.item, self.attempt + 1)


def _resolve(wake: Future[None]) -> None:
    if not wake.done():
        wake.set_result(None)


class _ShieldedPool(ProcessPoolExecutor):
    """Spawns workers (in ``submit``) that are deaf to Ctrl-C until they have learnt to ignore it."""

    def submit(self, fn: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        if not hasattr(signal, "pthread_sigmask"):
            return super().submit(fn, *args, **kwargs)
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return super().submit(fn, *args, **kwargs)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _process_pool(count: int) -> Executor:
    # spawn, never fork: a forked child would hold our OS locks and a copy of Qt's threads.
    context = multiprocessing.get_context("spawn")
    return _ShieldedPool(count, mp_context=context, initializer=_begin_worker)


def _begin_worker() -> None:
    """Runs in each worker process: Ctrl-C belongs to the parent, and no worker outlives it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A library that computes with vectors would start a thread for every processor in every process.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent,), name="parent-watch", daemon=True).start()


def _leave_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
