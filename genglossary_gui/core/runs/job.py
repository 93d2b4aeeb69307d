"""One run from its first instruction to its outcome, in whatever thread it was given."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from genglossary_gui.core import times
from genglossary_gui.core.cancellation import Cancelled, CancelToken
from genglossary_gui.core.errors import ProjectError, UserFacingError
from genglossary_gui.core.glossary import FailureKind, Level, RunMode, RunStatus, Scope, Step
from genglossary_gui.core.i18n import _
from genglossary_gui.core.pipeline import ExecutionContext, PipelineExecutor
from genglossary_gui.core.runs.failures import describe
from genglossary_gui.core.runs.recorder import RunRecorder
from genglossary_gui.core.settings import RunSettings
from genglossary_gui.core.store import projects, runs
from genglossary_gui.core.store.connection import Patience, ProjectConnection, connect, is_busy
from genglossary_gui.core.store.publishing import publish

logger = logging.getLogger(__name__)

OnChange = Callable[[int, int], None]
Connect = Callable[..., ProjectConnection]

# Another run that publishes tens of thousands of terms holds the lock for so long; that is no error.
_PATIENCE_SECONDS = 60.0
_PUBLISH_ATTEMPTS = 3
_OPERATIONS = 50_000
"""Operations of the database between two looks at the token: a few milliseconds."""


@dataclass(frozen=True)
class Ended:
    """How a run ended, derived from what its pipeline did; ``error`` is one sentence for a person."""

    status: RunStatus
    error: str = ""
    kind: FailureKind | None = None
    seconds: float | None = None


@dataclass(frozen=True)
class RunJob:
    """Everything a thread needs to carry out one run; ``mode``, ``basis``, ``draft``: see ``ExecutionContext``."""

    run_id: int
    scope: Scope
    settings: RunSettings
    token: CancelToken
    project: Path
    owner: str
    executor: PipelineExecutor
    connect: Connect = connect
    mode: RunMode = RunMode.WORK
    basis: int | None = None
    draft: int = 0

    def carry_out(self, on_change: OnChange) -> Ended:
        """Do the work and publish it.  Raises nothing; call it once, in the run's own thread.

        Completed if the results were published; else cancelled if a cancel was accepted (whatever was raised
        after it); else failed.  Afterwards the token is sealed: a later cancel is answered "too late".
        """
        started = times.monotonic()
        published, error, kind = False, "", None
        private: list[str] = []
        try:
            private += [str(folder) for folder in (self.project.parent, Path.home()) if len(folder.parts) > 1]
            # Asked before the file is opened: one that is replaced at any later moment is noticed.
            identity = _identity(self.project)
            with (
                closing(self._open()) as connection,
                self._begun(connection, on_change, private) as recorder,
            ):
                published = self._work(connection, recorder, identity)
        except Cancelled:
            pass
        except BaseException as caught:  # the border of the thread: every exception becomes an outcome
            if not self.token.is_cancelled:
                kind, error = describe(caught, private)
                if not isinstance(caught, UserFacingError):
                    logger.error("run %d failed", self.run_id, exc_info=caught)
        self.token.seal()
        if published:
            status, error, kind = RunStatus.COMPLETED, "", None
        elif self.token.is_cancelled:
            status, error, kind = RunStatus.CANCELLED, "", None
        else:
            status, error = RunStatus.FAILED, error or _("The run stopped without saying why.")
        return Ended(status, error, kind, times.monotonic() - started)

    def _open(self) -> ProjectConnection:
        """A connection that heeds the token, also while it waits for others and inside a long statement."""
        connection = self.connect(self.project, patience=Patience(_PATIENCE_SECONDS, self.token.checkpoint))
        connection.set_progress_handler(lambda: self.token.is_cancelled, _OPERATIONS)
        return connection

    @contextmanager
    def _begun(self, connection: ProjectConnection, on_change: OnChange, private: list[str]) -> Iterator[RunRecorder]:
        """The run is running inside; what it logged is written at the end, an error too."""
        self.token.checkpoint()
        if not runs.mark_running(connection, self.run_id, self.owner):
            raise ProjectError(_("The run is not in the project any more."), hint=_("Start it again."))
        private += map(str, projects.source_ids(connection).values())
        recorder = RunRecorder(connection, self.run_id, on_change, private)
        try:
            yield recorder
        except BaseException as caught:
            if not self.token.is_cancelled:
                recorder.note(describe(caught, private)[1], level=Level.ERROR)
            raise
        finally:
            # A cancel has been heard by now; it must not cut off the last records.
            connection.set_progress_handler(None, 0)
            connection.patience = Patience(_PATIENCE_SECONDS)
            recorder.close()

    def _work(self, connection: sqlite3.Connection, recorder: RunRecorder, identity: tuple[int, int] | None) -> bool:
        """True once the results are published; nothing can fail after that."""
        context = ExecutionContext(
            self.run_id, recorder.log, self.token, self.settings, recorder, self.mode, self.basis, self.draft
        )
        if self.executor.execute(connection, self.scope, context) or not self.token.seal():
            recorder.note(_("Cancelled."))
            return False
        recorder.begin(Step.PUBLISH)
        recorder.log(_("Saving the results."))
        if identity is None or _identity(self.project) != identity:
            raise ProjectError(
                _("The project file was moved, deleted or replaced while the run was working."),
                hint=_("Nothing was saved. Put the file back and start the run again."),
            )
        _publish_patiently(connection, self.run_id, self.owner)
        recorder.note(_("Completed."))
        return True


def _publish_patiently(connection: sqlite3.Connection, run_id: int, owner: str) -> None:
    """Publish; a database that stays locked is asked again."""
    for attempt in range(1, _PUBLISH_ATTEMPTS + 1):
        try:
            publish(connection, run_id, owner)
            return
        except sqlite3.OperationalError as error:
            if not is_busy(error) or attempt == _PUBLISH_ATTEMPTS:
                raise
            logger.info("publishing run %d: the project is busy, attempt %d", run_id, attempt)


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file the name leads to now; in WAL mode writing to a deleted file would succeed silently."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
