"""Starts, cancels, ends and recovers the runs of one project.

Rows and tokens are set together: a token is registered before its row becomes visible, and stays until
the run's end is recorded.  The terminal status comes from ``record_end`` only (*interrupted* from ``recover``).
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import uuid
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from genglossary_gui.core import times
from genglossary_gui.core.cancellation import CancelToken, TokenState
from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.glossary import RunStatus, Scope
from genglossary_gui.core.i18n import _
from genglossary_gui.core.pipeline import PipelineExecutor
from genglossary_gui.core.redaction import redact
from genglossary_gui.core.runs import ownership, recovery
from genglossary_gui.core.runs.job import Ended, RunJob
from genglossary_gui.core.settings import RunSettings
from genglossary_gui.core.store import runs
from genglossary_gui.core.store.connection import connect, transaction

logger = logging.getLogger(__name__)

Launch = Callable[[RunJob], None]

_FINALIZER_TIMEOUT_MS = 50


class RunPhase(StrEnum):
    """What an active row is doing, derived from its token; never stored."""

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
    started: float = field(default_factory=times.monotonic)
    ended: Ended | None = None


class RunManager:
    """The runs of one project in this process.

    ``launch`` is given a ``RunJob`` and makes a thread carry it out; whoever receives its ``Ended`` calls
    ``record_end`` until that answers True.  Methods may be called from any thread; in the window they all
    run in the GUI thread.  ``make_connection`` opens the project (tests inject faults there).
    """

    def __init__(
        self,
        project: Path,
        executor: PipelineExecutor,
        launch: Launch,
        *,
        make_connection: Callable[..., sqlite3.Connection] = connect,
    ) -> None:
        self._project = project
        self._executor = executor
        self._launch = launch
        self._connect = make_connection
        self._incarnation = ownership.Incarnation(project)
        self._lock = threading.RLock()
        self._active: dict[int, _Active] = {}
        self._closing = False

    @property
    def owner(self) -> str:
        return self._incarnation.owner

    def start_run(
        self, scope: Scope | str, triggered_by: str = "manual", *, settings: RunSettings | None = None, name: str = ""
    ) -> int:
        """Start a run and return its number.

        Row and token appear as one act; when anything fails neither is left active: an error before the row
        exists leaves nothing, one after it ends in *failed* (*cancelled* when a cancel was accepted before); look into
        ``unrecorded`` when this raises.  Raises ``UserFacingError`` or the original error.
        """
        scope, settings, token = Scope(scope), settings or RunSettings(), CancelToken()
        if self._closing:
            raise UserFacingError(_("The project is being closed; no new run can start."))
        self._incarnation.hold()
        self.recover()
        run_id = self._insert(token, scope, triggered_by, settings, name)
        job = RunJob(run_id, scope, settings, token, self._project, self.owner, self._executor, self._connect)
        try:
            self._launch(job)
        except BaseException as error:
            logger.exception("run %d could not be started", run_id)
            ended = Ended(RunStatus.FAILED, _sentence(error)) if token.seal() else Ended(RunStatus.CANCELLED)
            self.record_end(run_id, ended)
            raise
        return run_id

    def cancel_run(self, run_id: int) -> bool:
        """Ask one run to stop.  True: this call asked an active run of ours.  False: nothing changed
        (unknown, finished, another window's, asked before, or too late because its results are being saved)."""
        with self._lock:
            active = self._active.get(run_id)
        return active is not None and active.token.request()

    def cancel_all(self) -> int:
        """Ask every active run of ours to stop; returns how many were asked by this call."""
        return sum(self.cancel_run(run_id) for run_id in self.active_runs())

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
        return RunPhase.SAVING if active.token.state is TokenState.SEALED else RunPhase.ACTIVE

    def elapsed(self, run_id: int) -> float | None:
        """Seconds since an active run of ours was started; None for any other."""
        with self._lock:
            active = self._active.get(run_id)
        return None if active is None else times.monotonic() - active.started

    def record_end(self, run_id: int, ended: Ended) -> bool:
        """Try once, on a new connection, to write a run's terminal status; blocks for 0.1 s at most.

        True: it is recorded (or the row was terminal or gone already); the run is no longer ours to care for.
        False: the database would not have it now; ``ended`` is remembered, call again later.
        """
        with self._lock:
            active = self._active.get(run_id)
            if active is None:
                return True
            active.ended = ended
        try:
            with closing(self._connect(self._project, busy_timeout_ms=_FINALIZER_TIMEOUT_MS)) as connection:
                runs.write_end(connection, run_id, self.owner, ended.status, error=ended.error, seconds=ended.seconds)
        except (sqlite3.Error, UserFacingError, OSError) as error:
            logger.info("the end of run %d is not recorded yet: %s", run_id, redact(str(error)))
            return False
        with self._lock:
            self._active.pop(run_id, None)
        return True

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
        """From now on ``start_run`` raises: the project is being closed."""
        self._closing = True

    def close(self) -> None:
        """Give the ownership back, if no run of ours is left active."""
        self._closing = True
        if not self.active_runs():
            self._incarnation.release()
            with suppress(OSError):
                ownership.sweep(self._project)

    def _insert(self, token: CancelToken, scope: Scope, triggered_by: str, settings: RunSettings, name: str) -> int:
        run_id = 0
        try:
            with closing(self._connect(self._project)) as connection, transaction(connection, durable=True):
                run_id = runs.insert_run(
                    connection,
                    uuid=uuid.uuid4().hex,
                    scope=scope,
                    engine=settings.engine,
                    triggered_by=triggered_by,
                    settings=settings.to_json(),
                    owner=self.owner,
                    name=name,
                )
                # Before the commit: nobody can see the row and fail to find its token.
                with self._lock:
                    self._active[run_id] = _Active(token)
        except BaseException:
            with self._lock:
                self._active.pop(run_id, None)
            raise
        return run_id


def _sentence(error: BaseException) -> str:
    if isinstance(error, UserFacingError):
        return redact(error.full_text)
    return _("The run could not be started ({kind}).").format(kind=type(error).__name__)
