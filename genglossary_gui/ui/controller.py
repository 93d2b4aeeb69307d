"""Starts, cancels and ends runs in the GUI thread; home of the finalizer slot."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from genglossary_gui.core import times
from genglossary_gui.core.errors import EngineError, ProjectBusy, UserFacingError
from genglossary_gui.core.glossary import RunMode, Scope
from genglossary_gui.core.i18n import _
from genglossary_gui.core.pipeline import PipelineExecutor
from genglossary_gui.core.redaction import redact
from genglossary_gui.core.runs.failures import describe
from genglossary_gui.core.runs.job import Ended, RunJob
from genglossary_gui.core.runs.manager import DEFAULT_LIMIT, RunManager, RunPhase
from genglossary_gui.core.runs.run_queue import Waiting
from genglossary_gui.core.settings import RunSettings
from genglossary_gui.core.store.connection import connect, is_busy
from genglossary_gui.core.store.runs import ask_to_cancel
from genglossary_gui.ui import phrases
from genglossary_gui.ui.worker import RunThread

logger = logging.getLogger(__name__)

_FIRST_RETRY_MS = 100
_LONGEST_RETRY_MS = 5_000
_WISHES_MS = 1_000
_RECOVERY_MS = 30_000
_STOP_POLL = 0.02
_START_TRY_MS = 20
_START_RETRY_MS = 100
_START_SECONDS = 10.0
"""So long a start is tried again while another run publishes; the window goes on meanwhile."""


@dataclass(frozen=True)
class _Start:
    """A run that a person has asked for and that has no row yet, because the project is busy."""

    begin: Callable[[], int]
    deadline: float


class RunController(QObject):
    """The window's way to the runs of one project.

    Lives in the GUI thread.  Signals carry ids, views read the database.  ``run_started(run)``;
    ``run_changed(run)``: its row is different now; ``log_appended(run, last)``: its log reaches record ``last``;
    ``run_finished(run)``: its terminal status is recorded, once for each run; ``cancel_refused(run)``: too late;
    ``start_failed(sentence)``: a run that was asked for while the project was busy could not be started;
    ``queue_changed()``: order, limit or pause of the queue are different; ``recovered(runs)``: these runs of a
    process that died were given their true end while the project was open.
    ``settings`` gives the settings to freeze into a new run; ``limit`` runs work at once.  With ``is_read_only`` no run
    starts, none is asked to stop, and the end of none is recorded.
    """

    run_started = Signal(int)
    run_changed = Signal(int)
    log_appended = Signal(int, int)
    run_finished = Signal(int)
    cancel_refused = Signal(int)
    start_failed = Signal(str)
    queue_changed = Signal()
    recovered = Signal(object)

    def __init__(
        self,
        project: Path,
        executor: PipelineExecutor,
        settings: Callable[[], RunSettings] = RunSettings,
        parent: QObject | None = None,
        *,
        limit: int = DEFAULT_LIMIT,
        make_manager: Callable[..., RunManager] = RunManager,
        is_read_only: bool = False,
    ) -> None:
        super().__init__(parent)
        self._project = project
        self.is_read_only = is_read_only
        self._settings = settings
        self._manager = make_manager(project, executor, self._launch, limit=limit, start_timeout_ms=_START_TRY_MS)
        self._threads: dict[int, RunThread] = {}
        self._refused: list[int] = []
        self._starts: list[_Start] = []
        self._start_again = QTimer(self, singleShot=True, interval=_START_RETRY_MS)
        self._start_again.timeout.connect(self._on_start_again)
        self._retry = QTimer(self, singleShot=True)
        self._retry.timeout.connect(self._record_ends)
        self._wishes = QTimer(self, interval=_WISHES_MS)
        self._wishes.timeout.connect(self._obey_wishes)
        self._recovery = QTimer(self, interval=_RECOVERY_MS)
        self._recovery.timeout.connect(self._recover_again)
        if not is_read_only:
            self._recovery.start()

    def start(
        self, scope: Scope, triggered_by: str = "manual", *, settings: RunSettings | None = None, name: str = ""
    ) -> int | None:
        """Start a run and return its number; None when the project is busy: it is started as soon as possible
        (``run_started``), or not (``start_failed``).  Raises ``UserFacingError`` or what kept the thread from starting.
        """
        frozen = settings or self._settings()
        return self._start(lambda: self._manager.start_run(scope, triggered_by, settings=frozen, name=name))

    def continue_run(self, run_id: int, mode: RunMode) -> int | None:
        """Start a run that goes on with what another one made; answers and raises like ``start``."""
        return self._start(lambda: self._manager.continue_run(run_id, mode))

    def _start(self, begin: Callable[[], int]) -> int | None:
        if self.is_read_only:
            raise UserFacingError(phrases.read_only())
        try:
            return self._begin(begin)
        except (ProjectBusy, sqlite3.OperationalError) as error:
            if not _is_busy(error):
                raise
            self._starts.append(_Start(begin, times.monotonic() + _START_SECONDS))
            self._start_again.start()
            return None

    def _begin(self, begin: Callable[[], int]) -> int:
        self._refused.clear()
        try:
            run_id = begin()
        except BaseException:
            self._tell_refused()
            raise
        finally:
            self._look_after_ends()
        self._wishes.start()
        self.run_started.emit(run_id)
        self.queue_changed.emit()
        return run_id

    def _tell_refused(self) -> None:
        """A run whose launch has failed has a row like any other: it has started, and ended at once."""
        for run_id in self._refused:
            self.run_started.emit(run_id)
            if run_id not in self.active_runs():
                self.run_finished.emit(run_id)

    @Slot()
    def _on_start_again(self) -> None:
        starts, self._starts = self._starts, []
        for start in starts:
            try:
                self._begin(start.begin)
            except (UserFacingError, sqlite3.Error, OSError) as error:
                if _is_busy(error) and times.monotonic() <= start.deadline:
                    self._starts.append(start)
                else:
                    self.start_failed.emit(describe(error)[1])
        if self._starts:
            self._start_again.start()

    @property
    def pending_starts(self) -> int:
        """How many runs that were asked for have no row yet, because the project is busy."""
        return len(self._starts)

    def waiting_runs(self) -> list[int]:
        """Our runs in the queue, the next one first."""
        return self._manager.queue.run_ids()

    def waiting(self, run_id: int) -> Waiting | None:
        """Why a run of ours waits; None when it does not."""
        return self._manager.queue.waiting(run_id)

    def move_waiting(self, run_id: int, position: int) -> None:
        """Put a waiting run at ``position`` of the queue (1 begins next)."""
        if self._manager.queue.move(run_id, position):
            self._tell_queue()

    @property
    def limit(self) -> int:
        """How many runs work at once."""
        return self._manager.queue.limit

    def set_limit(self, runs: int) -> None:
        self._manager.queue.limit = runs
        self._dispatch()

    @property
    def is_paused(self) -> bool:
        """Whether waiting runs are held back; those at work go on."""
        return self._manager.queue.is_paused

    def set_paused(self, paused: bool) -> None:
        self._manager.queue.is_paused = paused
        self._dispatch()

    def _dispatch(self) -> None:
        self._manager.dispatch()
        self._look_after_ends()
        self._tell_queue()

    def _tell_queue(self) -> None:
        self.queue_changed.emit()
        for run_id in self.active_runs():
            self.run_changed.emit(run_id)

    def _look_after_ends(self) -> None:
        """Runs that could not be launched, or were cancelled while they waited, have ended without a thread."""
        if self._manager.unrecorded() and not self._retry.isActive():
            self._retry.start(0)

    def cancel(self, run_id: int) -> bool:
        """Ask one run to stop, by a direct call; True when it was accepted (see ``cancel_refused``).

        A run of another window or process is asked by way of the database and hears of it within 2 seconds.
        """
        if self.is_read_only:
            return False
        was_waiting = self.waiting(run_id) is not None
        accepted = self._manager.cancel_run(run_id) or self._wish_to_cancel(run_id)
        self._look_after_ends()
        if not accepted and self.phase(run_id) in (RunPhase.SAVING, RunPhase.UNSAVED):
            self.cancel_refused.emit(run_id)
        self.run_changed.emit(run_id)
        if was_waiting:
            self._tell_queue()
        return accepted

    def _wish_to_cancel(self, run_id: int) -> bool:
        if self.phase(run_id) is not RunPhase.ELSEWHERE:
            return False
        try:
            with closing(connect(self._project, busy_timeout_ms=_START_TRY_MS)) as connection:
                return ask_to_cancel(connection, run_id)
        except (sqlite3.Error, UserFacingError) as error:
            logger.info("the wish to cancel run %d could not be left: %s", run_id, redact(str(error)))
            return False

    def cancel_all(self) -> int:
        """Ask every active run of ours to stop; returns how many were asked."""
        return sum(self.cancel(run_id) for run_id in self.active_runs())

    def phase(self, run_id: int) -> RunPhase:
        """What an active run is doing; ask it for rows whose status is active."""
        return self._manager.phase(run_id)

    def active_runs(self) -> list[int]:
        """Our runs whose end is not recorded yet."""
        return self._manager.active_runs()

    def elapsed(self, run_id: int) -> float | None:
        """Seconds since an active run of ours was started."""
        return self._manager.elapsed(run_id)

    def recover(self) -> list[int]:
        """Record the true end of runs whose process has died; returns their numbers.  Raises ``ProjectError``."""
        recovered = [] if self.is_read_only else self._manager.recover()
        for run_id in recovered:
            self.run_changed.emit(run_id)
        return recovered

    async def stop(self, seconds: float) -> bool:
        """No new runs, cancel all, wait until every end is recorded; False when ``seconds`` were not enough."""
        self._starts.clear()
        self._manager.refuse_new_runs()
        self.cancel_all()
        deadline = times.monotonic() + seconds
        while self._threads or self.active_runs():
            if times.monotonic() > deadline:
                return False
            await asyncio.sleep(_STOP_POLL)
        return True

    def close(self) -> None:
        """Stop the timers and give the ownership back; only after ``stop`` (or with no active run)."""
        for timer in (self._retry, self._wishes, self._recovery, self._start_again):
            timer.stop()
        # A thread whose run has ended has a few instructions left, and must not be destroyed before the last one.
        active = self.active_runs()
        for run_id, thread in self._threads.items():
            if run_id not in active:
                thread.wait()
        if not self.is_read_only:
            self._manager.close()

    def _launch(self, job: RunJob) -> None:
        try:
            self._start_thread(job)
        except BaseException:
            self._refused.append(job.run_id)
            raise

    def _start_thread(self, job: RunJob) -> None:
        thread = RunThread(job, self)
        thread.changed.connect(self._on_changed, Qt.ConnectionType.QueuedConnection)
        thread.ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)
        thread.finished.connect(self._reap_threads, Qt.ConnectionType.QueuedConnection)
        self._threads[job.run_id] = thread
        thread.start()
        # Qt raises nothing when the system refuses a thread.
        if not thread.isRunning() and not thread.isFinished():
            del self._threads[job.run_id]
            thread.deleteLater()
            raise EngineError(
                _("The system refused to start another thread."), hint=_("Close other programs and try again.")
            )

    @Slot(int, int)
    def _on_changed(self, run_id: int, last_seq: int) -> None:
        self.run_changed.emit(run_id)
        self.log_appended.emit(run_id, last_seq)

    @Slot(int, object)
    def _on_ended(self, run_id: int, ended: Ended) -> None:
        """The finalizer slot: writes the terminal status, now or as soon as the database allows it."""
        self._record(run_id, ended, _FIRST_RETRY_MS)

    def _record(self, run_id: int, ended: Ended, retry_ms: int) -> None:
        if self._manager.record_end(run_id, ended):
            self.run_changed.emit(run_id)
            self.run_finished.emit(run_id)
            self._tell_queue()
        else:
            self.run_changed.emit(run_id)
            self._retry.start(retry_ms)
        self._look_after_ends()

    @Slot()
    def _record_ends(self) -> None:
        longer = min(max(self._retry.interval(), _FIRST_RETRY_MS // 2) * 2, _LONGEST_RETRY_MS)
        for run_id, ended in self._manager.unrecorded():
            self._record(run_id, ended, longer)

    @Slot()
    def _recover_again(self) -> None:
        # A project file that is gone is said to the person when it is needed, not twice a minute.
        with suppress(UserFacingError):
            if recovered := self.recover():
                self.recovered.emit(recovered)

    @Slot()
    def _obey_wishes(self) -> None:
        if self.active_runs():
            self._manager.obey_wishes()
            self._look_after_ends()
        else:
            self._wishes.stop()

    @Slot()
    def _reap_threads(self) -> None:
        for run_id, thread in list(self._threads.items()):
            if thread.isFinished():
                thread.wait()
                del self._threads[run_id]
                thread.deleteLater()


def _is_busy(error: BaseException) -> bool:
    return isinstance(error, ProjectBusy) or is_busy(error)
