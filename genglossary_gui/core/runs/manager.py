"""Starts, queues, cancels, ends and recovers the runs of one project.

Rows and tokens are set together: a token is registered before its row becomes visible, and stays until
the run's end is recorded.  The terminal status comes from ``record_end`` only (*interrupted* from ``recover``).
A run waits as *pending* while ``limit`` others are at work; a slot is free when the work has really stopped.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import uuid
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from genglossary_gui.core import times
from genglossary_gui.core.cancellation import CancelToken, TokenState
from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.glossary import FailureKind, RunMode, RunStatus, Scope
from genglossary_gui.core.i18n import _
from genglossary_gui.core.pipeline import PipelineExecutor
from genglossary_gui.core.redaction import redact
from genglossary_gui.core.runs import continuing, ownership, recovery
from genglossary_gui.core.runs.failures import describe
from genglossary_gui.core.runs.job import Connect, Ended, RunJob
from genglossary_gui.core.runs.run_queue import RunQueue
from genglossary_gui.core.settings import RunSettings
from genglossary_gui.core.store import runs
from genglossary_gui.core.store.connection import BUSY_TIMEOUT_MS, connect, transaction

logger = logging.getLogger(__name__)

Launch = Callable[[RunJob], None]
MakePlan = Callable[[sqlite3.Connection], continuing.Plan]

_FINALIZER_TIMEOUT_MS = 50
DEFAULT_LIMIT = 8


class RunPhase(StrEnum):
    """What an active row is doing, derived from its token; never stored."""

    WAITING = "waiting"
    """In the queue: see ``RunManager.queue`` for the reason."""
    ACTIVE = "active"
    CANCELLING = "cancelling"
    SAVING = "saving"
    UNSAVED = "unsaved"
    """The work has ended, its status is not recorded yet."""
    ELSEWHERE = "elsewhere"
    """Not a run of this manager: another window or process has it, or it has finished."""


@dataclass
class _Active:
    token: CancelToken
    started: float | None = None
    ended: Ended | None = None


class RunManager:
    """The runs of one project in this process.

    ``launch`` is given a ``RunJob`` and makes a thread carry it out; whoever receives its ``Ended`` calls
    ``record_end`` until that answers True.  Methods may be called from any thread; in the window they all
    run in the GUI thread.  ``make_connection`` opens the project (tests inject faults there).  ``limit`` runs work at
    once; ``start_timeout_ms`` is how long a start may wait for the lock of the database.
    """

    def __init__(
        self,
        project: Path,
        executor: PipelineExecutor,
        launch: Launch,
        *,
        make_connection: Connect = connect,
        limit: int = DEFAULT_LIMIT,
        start_timeout_ms: int = BUSY_TIMEOUT_MS,
    ) -> None:
        self._project = project
        self._executor = executor
        self._launch = launch
        self._connect = make_connection
        self._incarnation = ownership.Incarnation(project)
        self._lock = threading.RLock()
        self._active: dict[int, _Active] = {}
        self._start_timeout_ms = start_timeout_ms
        self._closing = False
        self.queue: RunQueue[RunJob] = RunQueue(limit)
        """The runs that wait; after a change of its order, limit or pause call ``dispatch``."""

    @property
    def owner(self) -> str:
        return self._incarnation.owner

    def start_run(
        self, scope: Scope | str, triggered_by: str = "manual", *, settings: RunSettings | None = None, name: str = ""
    ) -> int:
        """Start a run, or put it into the queue, and return its number.

        Row and token appear as one act; when anything fails neither is left active: an error before the row
        exists leaves nothing, one after it ends in *failed* (*cancelled* when a cancel was accepted before); look into
        ``unrecorded`` when this raises.  Raises ``UserFacingError`` or the original error.
        """
        plan = continuing.Plan(Scope(scope), settings or RunSettings(), name)
        return self._start(lambda connection: plan, triggered_by)

    def continue_run(self, run_id: int, mode: RunMode, triggered_by: str = "manual") -> int:
        """Start a run that goes on with what ``run_id`` made (see ``RunMode``), with the same scope and settings.

        Returns the new number.  Raises like ``start_run``, and ``UsageError`` when there is nothing to go on with
        or another run is at it already.
        """
        return self._start(lambda connection: continuing.plan(connection, run_id, mode), triggered_by)

    def dispatch(self) -> dict[int, BaseException]:
        """Launch waiting runs while slots are free; returns the errors of those that could not be launched.

        Those have ended and are found in ``unrecorded``.
        """
        errors: dict[int, BaseException] = {}
        while (job := self._next_job()) is not None:
            try:
                self._launch(job)
            except BaseException as error:  # the border of the launcher: the run ends, the error is the caller's
                logger.exception("run %d could not be started", job.run_id)
                errors[job.run_id] = error
                failed = Ended(RunStatus.FAILED, _sentence(error), FailureKind.START)
                self._note_end(job.run_id, failed if job.token.seal() else Ended(RunStatus.CANCELLED))
        return errors

    def cancel_run(self, run_id: int) -> bool:
        """Ask one run to stop.  True: this call asked an active run of ours.  False: nothing changed
        (unknown, finished, another window's, asked before, or too late because its results are being saved).

        A run that was still waiting has ended with that: it is in ``unrecorded``.
        """
        with self._lock:
            active = self._active.get(run_id)
        accepted = active is not None and active.token.request()
        if accepted and self.queue.remove(run_id):
            # It never began: nobody else will tell how it ended.
            self._note_end(run_id, Ended(RunStatus.CANCELLED))
        return accepted

    def active_runs(self) -> list[int]:
        """Our runs whose end is not recorded yet, oldest first."""
        with self._lock:
            return sorted(self._active)

    def phase(self, run_id: int) -> RunPhase:
        """What an active run is doing; ask it for rows whose status is active."""
        with self._lock:
            active = self._active.get(run_id)
        if active is None:
            return RunPhase.ELSEWHERE
        if active.ended is not None:
            return RunPhase.UNSAVED
        if active.token.is_cancelled:
            return RunPhase.CANCELLING
        if active.started is None:
            return RunPhase.WAITING
        return RunPhase.SAVING if active.token.state is TokenState.SEALED else RunPhase.ACTIVE

    def elapsed(self, run_id: int) -> float | None:
        """Seconds since an active run of ours was launched; None for any other."""
        with self._lock:
            active = self._active.get(run_id)
        return None if active is None or active.started is None else times.monotonic() - active.started

    def record_end(self, run_id: int, ended: Ended) -> bool:
        """Try once, on a new connection, to write a run's terminal status; blocks for 0.1 s at most.

        True: it is recorded (or the row was terminal or gone already); the manager forgets the run.
        False: the database could not be written now; ``ended`` is remembered, call again later.  The first call frees
        the run's slot and launches the next one (what could not be launched is in ``unrecorded``).
        """
        is_new = self._note_end(run_id, ended)
        is_recorded = self._write_end(run_id)
        if is_new:
            self.dispatch()
        return is_recorded

    def unrecorded(self) -> list[tuple[int, Ended]]:
        """Runs of ours that have ended and wait to be recorded."""
        with self._lock:
            return [(run_id, active.ended) for run_id, active in sorted(self._active.items()) if active.ended]

    def recover(self) -> list[int]:
        """Record the true end of runs whose process has died; returns their numbers."""
        return recovery.recover(self._project, mine=self.owner, make_connection=self._connect)

    def obey_wishes(self) -> None:
        """Cancel those of our runs that another process asked to stop."""
        if not self.active_runs():
            return
        try:
            with closing(self._connect(self._project, busy_timeout_ms=_FINALIZER_TIMEOUT_MS)) as connection:
                wished = runs.wished_cancels(connection, self.owner)
        except (sqlite3.Error, UserFacingError) as error:
            logger.info("wishes to cancel could not be read: %s", redact(str(error)))
            return
        for run_id in wished:
            self.cancel_run(run_id)

    def refuse_new_runs(self) -> None:
        """From now on ``start_run`` raises and no waiting run begins: the project is being closed."""
        self._closing = True

    def close(self) -> None:
        """Give the ownership back, if no run of ours is left active."""
        self._closing = True
        if not self.active_runs():
            self._incarnation.release()
            with suppress(OSError):
                ownership.sweep(self._project)

    def _start(self, make_plan: MakePlan, triggered_by: str) -> int:
        if self._closing:
            raise UserFacingError(_("The project is being closed; no new run can start."))
        self._incarnation.hold()
        self.recover()
        token = CancelToken()
        row, settings = self._insert(token, make_plan, triggered_by)
        job = RunJob(
            row.id,
            row.scope,
            settings,
            token,
            self._project,
            self.owner,
            self._executor,
            self._connect,
            row.mode,
            row.basis,
            row.draft,
        )
        self.queue.put(row.id, job)
        if token.is_cancelled and self.queue.remove(row.id):
            # Another thread was quicker than the queue, and did not find the run there.
            self._note_end(row.id, Ended(RunStatus.CANCELLED))
        errors = self.dispatch()
        if row.id in errors:
            self._write_end(row.id)
            raise errors[row.id]
        return row.id

    def _insert(self, token: CancelToken, make_plan: MakePlan, triggered_by: str) -> tuple[runs.RunRow, RunSettings]:
        run_id = 0
        try:
            with (
                closing(self._connect(self._project, busy_timeout_ms=self._start_timeout_ms)) as connection,
                transaction(connection, durable=True),
            ):
                plan = make_plan(connection)
                run_id = runs.insert_run(
                    connection,
                    uuid=uuid.uuid4().hex,
                    scope=plan.scope,
                    engine=plan.settings.engine,
                    triggered_by=triggered_by,
                    settings=plan.settings.to_json(),
                    owner=self.owner,
                    name=plan.name,
                    draft=plan.draft,
                    basis=plan.basis,
                    mode=plan.mode,
                )
                row = runs.get_run(connection, run_id)
                assert row is not None
                # Before the commit: nobody can see the row and fail to find its token.
                with self._lock:
                    self._active[run_id] = _Active(token)
        except BaseException:
            with self._lock:
                self._active.pop(run_id, None)
            raise
        return row, plan.settings

    def _next_job(self) -> RunJob | None:
        with self._lock:
            at_work = sum(active.started is not None and active.ended is None for active in self._active.values())
            job = None if self._closing else self.queue.take(at_work)
            if job is not None:
                self._active[job.run_id].started = times.monotonic()
            return job

    def _note_end(self, run_id: int, ended: Ended) -> bool:
        """Remember how a run ended; True when that was not known before."""
        with self._lock:
            active = self._active.get(run_id)
            if active is None:
                return False
            is_new, active.ended = active.ended is None, ended
            return is_new

    def _write_end(self, run_id: int) -> bool:
        with self._lock:
            active = self._active.get(run_id)
        if active is None or active.ended is None:
            return active is None
        ended = active.ended
        try:
            with closing(self._connect(self._project, busy_timeout_ms=_FINALIZER_TIMEOUT_MS)) as connection:
                runs.write_end(
                    connection,
                    run_id,
                    self.owner,
                    ended.status,
                    error=ended.error,
                    error_kind=ended.kind,
                    seconds=ended.seconds,
                )
        except (sqlite3.Error, UserFacingError, OSError) as error:
            logger.info("the end of run %d is not recorded yet: %s", run_id, redact(str(error)))
            return False
        with self._lock:
            self._active.pop(run_id, None)
        return True


def _sentence(error: BaseException) -> str:
    if isinstance(error, UserFacingError):
        return describe(error)[1]
    return _("The run could not be started ({kind}).").format(kind=type(error).__name__)
