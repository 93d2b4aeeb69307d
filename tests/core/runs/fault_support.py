"""Connections that fail at a chosen statement, and a small project whose second run shows everything."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import closing
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any, cast

from genglossary_gui.core.compute import Workers
from genglossary_gui.core.engines import Engine
from genglossary_gui.core.pipeline import PipelineExecutor
from genglossary_gui.core.runs import recorder
from genglossary_gui.core.runs.job import Ended, RunJob
from genglossary_gui.core.runs.manager import RunManager
from genglossary_gui.core.store import connection as store
from genglossary_gui.core.store import runs
from tests.support import SimpleEngine, make_project

BEFORE, AFTER = "The Lock and the Weir.", "The Weir and the Sluice."
_MOST_TRIES = 5


class Fault(Enum):
    """What a statement meets.  SQLite rolls the transaction back by itself on a full disk."""

    LOCKED = ("database is locked", sqlite3.SQLITE_BUSY)
    FULL = ("database or disk is full", sqlite3.SQLITE_FULL)
    BROKEN = ("disk I/O error", sqlite3.SQLITE_IOERR)

    def error(self) -> sqlite3.OperationalError:
        message, code = self.value
        error = sqlite3.OperationalError(message)
        error.sqlite_errorcode = code
        return error


@dataclass
class Faults:
    """Opens connections; their statements are counted together, and the one numbered ``at`` fails.

    With ``lasting`` all later ones fail too, until ``heal``.  ``places`` are the functions that were being called
    when the fault struck, ``seen`` the statements so far, ``left_open`` the connections that nobody has closed.
    """

    fault: Fault = Fault.BROKEN
    at: int = -1
    lasting: bool = False
    seen: list[str] = field(default_factory=list)
    places: frozenset[str] = frozenset()
    left_open: int = 0

    def open(self, path: Path, **options: Any) -> store.ProjectConnection:
        with store._readable_errors(path):
            self.meet("OPEN")
        real = store.connect(path, **options)
        self.left_open += 1
        return cast(store.ProjectConnection, _Connection(real, self))

    def heal(self) -> None:
        self.at, self.lasting = -1, False

    def meet(self, sql: str, real: sqlite3.Connection | None = None) -> None:
        number = len(self.seen)
        self.seen.append(sql)
        if number == self.at or (self.lasting and 0 <= self.at < number):
            self.places = self.places or _functions_under_way()
            if self.fault is Fault.FULL and real is not None:
                real.rollback()
            raise self.fault.error()


def _functions_under_way() -> frozenset[str]:
    names, frame = set(), sys._getframe(2)
    while frame is not None:
        names.add(frame.f_code.co_name)
        frame = frame.f_back
    return frozenset(names)


class _Connection:
    """Stands for a connection; a rollback and the closing always work, as they do in SQLite."""

    def __init__(self, real: sqlite3.Connection, faults: Faults) -> None:
        self._real, self._faults = real, faults

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        self._faults.meet(sql, self._real)
        # Hundreds of runs that wait for the disk would take minutes.
        return self._real.execute("PRAGMA synchronous = OFF" if "synchronous" in sql else sql, *parameters)

    def executemany(self, sql: str, parameters: Any) -> sqlite3.Cursor:
        self._faults.meet(sql, self._real)
        return self._real.executemany(sql, parameters)

    def commit(self) -> None:
        self._faults.meet("COMMIT", self._real)
        self._real.commit()

    def close(self) -> None:
        self._faults.left_open -= 1
        self._real.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


class Inline(Executor):
    """Works at once, in the calling thread: nothing depends on time."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def executor_of(engine: Engine) -> PipelineExecutor:
    return PipelineExecutor(Workers(1, lambda count: Inline()), lambda settings: engine)


class Trial:
    """One run after the other in the calling thread; ``do`` is called in each with the manager and the run's number."""

    def __init__(
        self,
        project: Path,
        engine: Engine | None = None,
        *,
        faults: Faults | None = None,
        on_change: Callable[[int, int], None] = lambda run_id, last: None,
    ) -> None:
        self.project, self.faults, self.on_change = project, faults or Faults(), on_change
        self.ends: dict[int, Ended] = {}
        self.manager = RunManager(
            project, executor_of(engine or SimpleEngine()), self.launch, make_connection=self.faults.open
        )

    def launch(self, job: RunJob) -> None:
        self.ends[job.run_id] = job.carry_out(self.on_change)

    def run(self, scope: str = "full") -> int:
        """Start, carry out and record a run.  A fault that lasts is over when the run has ended."""
        run_id = self.manager.start_run(scope)
        self.record()
        return run_id

    def record(self) -> None:
        """Record every end; after some refusals the disk is mended."""
        for _ in range(_MOST_TRIES):
            for run_id in self.manager.active_runs():
                if self.manager.record_end(run_id, self.ends[run_id]):
                    del self.ends[run_id]
            if not self.manager.active_runs():
                return
        self.faults.heal()
        for run_id in self.manager.active_runs():
            assert self.manager.record_end(run_id, self.ends[run_id]), f"the end of run {run_id} was refused for ever"


def make_template(folder: Path) -> Path:
    """A project with a published glossary of ``BEFORE``; its folder holds ``AFTER`` now."""
    project = make_project(folder, BEFORE)
    trial = Trial(project)
    trial.run()
    trial.manager.close()
    (folder / "documents" / "0.txt").write_text(AFTER, encoding="utf-8")
    return project


def copy_of(template: Path, name: str = "copy") -> Path:
    """A project like the template, to be spoiled; the one before it is gone."""
    copy = template.with_name(f"{name}.genglossary")
    for suffix in ("", "-wal", "-shm"):
        copy.with_name(copy.name + suffix).unlink(missing_ok=True)
    return Path(shutil.copy(template, copy))


def glossary_of(project: Path) -> dict[str, list[tuple]]:
    """Every row of the glossary."""
    tables = ("terms", "variants", "passages", "definitions", "evidence", "issues")
    with closing(store.connect(project)) as connection:
        return {table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables}


def shown_in(project: Path) -> list[tuple]:
    """The glossary as a person sees it: no numbers of rows or runs, no times."""
    with closing(store.connect(project)) as connection:
        return connection.execute(
            "SELECT key, frequency, definition, stage, (SELECT COUNT(*) FROM evidence v WHERE"
            " v.definition_id = e.definition_id), (SELECT COUNT(*) FROM passages p WHERE p.term_id = e.id)"
            " FROM entries e ORDER BY key"
        ).fetchall()


def rows_of(project: Path) -> dict[int, runs.RunRow]:
    with closing(store.connect(project)) as connection:
        numbers = [number for (number,) in connection.execute("SELECT id FROM runs")]
        return runs.run_rows(connection, numbers)


def messages_of(project: Path, run_id: int) -> list[str]:
    """The log of a run, which must have no gap."""
    with closing(store.connect(project)) as connection:
        found = connection.execute(
            "SELECT seq, message FROM log_records WHERE run_id = ? ORDER BY seq", (run_id,)
        ).fetchall()
    assert [seq for seq, _ in found] == [*range(1, len(found) + 1)]
    return [message for _, message in found]


def write_at_once(patch: Any) -> None:
    """Every record is written when it is logged: the most statements, and the same ones in every run."""
    patch.setattr(recorder, "_WRITE_EVERY", 0.0)
