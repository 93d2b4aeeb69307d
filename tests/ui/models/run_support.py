"""Projects full of runs and logs, and a controller that only speaks."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from genglossary_gui.core import times
from genglossary_gui.core.glossary import Level, RunMode, RunStatus, Scope
from genglossary_gui.core.runs.manager import RunPhase
from genglossary_gui.core.runs.run_queue import Waiting
from genglossary_gui.core.store import logs, runs
from genglossary_gui.core.store.connection import connect, transaction
from genglossary_gui.core.store.projects import create_project

OWNER = "test"


class FakeController(QObject):
    """Says what the real one says; ``phases``, ``queue`` and ``cancelled`` belong to the test."""

    is_read_only = False

    run_started = Signal(int)
    run_changed = Signal(int)
    log_appended = Signal(int, int)
    run_finished = Signal(int)
    cancel_refused = Signal(int)
    queue_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.phases: dict[int, RunPhase] = {}
        self.cancelled: list[int] = []
        self.queue: list[int] = []
        self.limit = 3
        self.is_paused = False

    def phase(self, run_id: int) -> RunPhase:
        return self.phases.get(run_id, RunPhase.ELSEWHERE)

    def waiting_runs(self) -> list[int]:
        return list(self.queue)

    def waiting(self, run_id: int) -> Waiting | None:
        if run_id not in self.queue:
            return None
        return Waiting(self.queue.index(run_id) + 1, len(self.queue), self.limit, self.is_paused)

    def set_paused(self, paused: bool) -> None:
        self.is_paused = paused
        self.queue_changed.emit()

    def active_runs(self) -> list[int]:
        return list(self.phases)

    def elapsed(self, run_id: int) -> float | None:
        return 65.0 if run_id in self.phases else None

    def cancel(self, run_id: int) -> bool:
        self.cancelled.append(run_id)
        return True


class RunBook:
    """Writes runs and records into a real project, as the processes that carry them out would."""

    def __init__(self, folder: Path) -> None:
        self.project = folder / "runs.genglossary"
        create_project(self.project, [])
        self.connection = connect(self.project)

    def close(self) -> None:
        self.connection.close()

    def pending(self, scope: Scope = Scope.FULL, *, mode: RunMode = RunMode.WORK, basis: int | None = None) -> int:
        return runs.insert_run(
            self.connection,
            uuid=str(uuid.uuid4()),
            scope=scope,
            engine="offline",
            triggered_by="manual",
            settings="{}",
            owner=OWNER,
            mode=mode,
            basis=basis,
        )

    def running(self, scope: Scope = Scope.FULL, *, done: int = 0, total: int = 0, step: str = "extract") -> int:
        run_id = self.pending(scope)
        runs.mark_running(self.connection, run_id, OWNER)
        self.progress(run_id, done, total, step)
        return run_id

    def progress(self, run_id: int, done: int, total: int, step: str = "extract", warnings: int = 0) -> None:
        runs.write_progress(self.connection, run_id, step=step, done=done, total=total, warnings=warnings, counts={})

    def finish(
        self, run_id: int, status: RunStatus = RunStatus.CANCELLED, error: str = "", seconds: float = 3.2
    ) -> None:
        if status is RunStatus.COMPLETED:
            with transaction(self.connection):
                runs.mark_published(self.connection, run_id, OWNER)
        runs.write_end(self.connection, run_id, OWNER, status, error=error, seconds=seconds)

    def log(self, run_id: int, messages: Iterable[str], level: Level = Level.INFO, step: str = "extract") -> int:
        """Append the messages; returns the number of the last record."""
        first = logs.count_records(self.connection, run_id) + 1
        at = times.utc_now()
        rows = [(run_id, seq, at, level.rank, step, text, "", "") for seq, text in enumerate(messages, first)]
        with transaction(self.connection):
            logs.append_rows(self.connection, rows)
        return logs.count_records(self.connection, run_id)
