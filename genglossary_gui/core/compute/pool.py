"""Worker processes that can be stopped one by one: a unit that takes too long does not harm the others.

A ``ProcessPoolExecutor`` cannot stop a unit that has begun, and loses all units under way when one process dies.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from genglossary_gui.core.compute.serving import resident_mb, serve

T = TypeVar("T")

_LOOK = 0.1
"""Seconds between two looks at a process that has limits."""
_GONE = 5.0
"""Seconds for the end of a process that has closed its pipe."""
_processes = threading.Lock()
"""Starting a process looks for dead ones among all: two threads must not find the same one dead at a time."""


@dataclass(frozen=True)
class Limits:
    """What one unit may take: ``seconds`` of real time, and ``megabytes`` more memory than its process had before.

    Memory is limited where the system tells a process how much it has (Linux).
    """

    seconds: float
    megabytes: int


class WorkerDied(BrokenExecutor):
    """The process that worked on a unit is gone."""


class NeverStarted(WorkerDied):
    """No process could be started: the machine is to blame, no unit.  The text tells why."""


class TookTooLong(Exception):
    """The process that worked on a unit was stopped at its limit of time."""


class ProcessPool(Executor):
    """Up to ``count`` processes.  Each is started when there is work for it and lives until ``shutdown``.

    A future may be cancelled while its unit is under way: then its process is stopped.  Threads exist only while
    there is work, one for each busy process.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._lock = threading.Lock()
        self._waiting: deque[_Job] = deque()
        self._idle: list[_Worker] = []
        self._lanes: set[_Lane] = set()
        self._is_shut = False

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """``fn(*args, **kwargs)`` in one of the processes.

        Fails with ``WorkerDied`` when that process ends before; with ``NeverStarted`` when none can be started.
        """
        return self._submit(_Job(pickle.dumps((fn, args, kwargs, 0))))

    def submit_within(self, limits: Limits, fn: Callable[..., T], /, *args: Any) -> Future[T]:
        """As ``submit``; fails with ``TookTooLong`` or ``MemoryError`` when the unit reaches its limits."""
        return self._submit(_Job(pickle.dumps((fn, args, {}, limits.megabytes)), limits))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more units.  ``cancel_futures``: also stop those that wait and those under way.

        ``wait`` until the processes are gone.
        """
        with self._lock:
            self._is_shut = True
            idle, self._idle = self._idle, []
            lanes = list(self._lanes)
            jobs = [lane.job for lane in lanes if lane.job] + list(self._waiting)
        for job in jobs if cancel_futures else ():
            job.cancel()
        for worker in idle:
            worker.stop()
        for lane in lanes if wait else ():
            lane.join()

    def _submit(self, job: _Job) -> Future[Any]:
        with self._lock:
            if self._is_shut:
                raise RuntimeError("the pool was shut down")
            self._waiting.append(job)
            if len(self._lanes) < self._count:
                lane = _Lane(self._work)
                self._lanes.add(lane)
                lane.start()
        return job

    def _work(self, lane: _Lane) -> None:
        """Runs in a thread of its own: hands one process a unit after the other while there are any."""
        worker: _Worker | None = None
        while True:
            with self._lock:
                if worker is None and self._idle:
                    worker = self._idle.pop()
                lane.job = self._waiting.popleft() if self._waiting else None
                if lane.job is None:
                    self._lanes.discard(lane)
                    if worker is not None and not self._is_shut:
                        self._idle.append(worker)
                        worker = None
                    break
            if lane.job.running() or lane.job.set_running_or_notify_cancel():
                try:
                    worker = _carry_out(lane.job, worker)
                except NeverStarted as error:
                    worker = None
                    if not self._takes_back(lane):
                        lane.job.set_exception(error)
                    elif lane.job is None:
                        return
        if worker is not None:
            worker.stop()

    def _takes_back(self, lane: _Lane) -> bool:
        """Whether there are processes for the unit of ``lane``, which has none: then it waits again.

        If all of them are at work they will take it: ``lane`` is to end, and its ``job`` is None.
        """
        with self._lock:
            assert lane.job is not None
            if not self._idle and len(self._lanes) == 1:
                return False
            self._waiting.appendleft(lane.job)
            if not self._idle:
                self._lanes.discard(lane)
                lane.job = None
            return True


class _Lane(threading.Thread):
    def __init__(self, work: Callable[[_Lane], None]) -> None:
        super().__init__(target=work, args=(self,), name="worker-process", daemon=True)
        self.job: _Job | None = None


class _Job(Future[Any]):
    """One call, pickled.  Cancelling it while it is under way stops the process, and it fails with ``WorkerDied``."""

    def __init__(self, call: bytes, limits: Limits | None = None) -> None:
        super().__init__()
        self.call = call
        self.limits = limits
        self._guard = threading.Lock()
        self._worker: _Worker | None = None
        self._is_withdrawn = False

    def cancel(self) -> bool:
        if super().cancel():
            return True
        with self._guard:
            self._is_withdrawn = True
            if self._worker is not None:
                self._worker.kill()
        return False

    def assign(self, worker: _Worker | None) -> None:
        """Say which process has the unit now.  Raises ``WorkerDied`` when it was withdrawn."""
        with self._guard:
            self._worker = worker
            if self._is_withdrawn and worker is not None:
                raise WorkerDied


def _carry_out(job: _Job, worker: _Worker | None) -> _Worker | None:
    """Resolve ``job``; returns the process when it can go on to work.

    Raises ``NeverStarted``, with nothing resolved, when there is no process for it.
    """
    try:
        try:
            if worker is None or not worker.is_alive():
                worker = _started(job)
            else:
                job.assign(worker)
            succeeded, value = worker.ask(job.call, job.limits)
        finally:
            job.assign(None)
    except NeverStarted:
        raise
    except Exception as error:  # stopped, died, cannot be read: whoever waits must hear of it
        try:
            if worker is not None:
                worker.stop()
        finally:
            job.set_exception(error)
        return None
    if succeeded:
        job.set_result(value)
    else:
        job.set_exception(value)
    return worker


def _started(job: _Job) -> _Worker:
    """A new process for ``job``.  What kept it from starting may be over: it is tried twice."""
    try:
        return _start(job)
    except NeverStarted:
        return _start(job)


def _start(job: _Job) -> _Worker:
    worker = _Worker()
    try:
        job.assign(worker)
        worker.await_start()
    except WorkerDied:
        job.assign(None)
        worker.stop()
        raise
    return worker


class _Worker:
    """One process and the pipe to it."""

    def __init__(self) -> None:
        """Raises ``NeverStarted`` when the system refuses it."""
        # spawn, never fork: a forked child would hold our OS locks and a copy of Qt's threads.
        context = multiprocessing.get_context("spawn")
        try:
            self._pipe, theirs = context.Pipe()
            self._process: BaseProcess = context.Process(target=serve, args=(theirs,), daemon=True)
            with theirs, _processes, _deaf_to_interrupts():
                self._process.start()
        except OSError as error:
            raise NeverStarted(str(error)) from error

    def await_start(self) -> None:
        """Return when the process takes calls.  Raises ``NeverStarted`` when it ends before."""
        try:
            self._pipe.recv_bytes()
        except (EOFError, OSError):
            is_gone = wait([self._process.sentinel], _GONE)
            with _processes:
                if is_gone:
                    self._process.join()
                raise NeverStarted(f"exit code {self._process.exitcode}") from None

    def is_alive(self) -> bool:
        with _processes:
            return self._process.is_alive()

    def ask(self, call: bytes, limits: Limits | None) -> tuple[bool, Any]:
        """``(True, result)`` or ``(False, exception)`` of the call.

        Raises ``TookTooLong``, ``MemoryError``, ``WorkerDied``.
        """
        try:
            self._pipe.send_bytes(call)
            self._wait(limits)
            answer = self._pipe.recv_bytes()
        except (EOFError, OSError):
            raise WorkerDied from None
        return pickle.loads(answer)

    def _wait(self, limits: Limits | None) -> None:
        if limits is None:
            self._pipe.poll(None)
            return
        deadline = time.monotonic() + limits.seconds
        most = resident_mb(self._process.pid) + limits.megabytes
        while not self._pipe.poll(_LOOK):
            if time.monotonic() > deadline:
                raise TookTooLong
            if resident_mb(self._process.pid) > most:
                raise MemoryError

    def kill(self) -> None:
        with _processes:
            self._process.kill()

    def stop(self) -> None:
        """End the process and free what the system keeps of it."""
        self.kill()
        wait([self._process.sentinel])
        with _processes:
            self._process.join()
            self._process.close()
        self._pipe.close()


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """A process that is started meanwhile is deaf to Ctrl-C until it has learnt to ignore it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker  # not on Windows

    # Started along with the first process it would let interrupts through again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
