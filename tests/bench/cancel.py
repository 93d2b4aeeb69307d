"""From the click on Cancel to the word in the row, and to the recorded end, whatever goes on beside it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QModelIndex, QObject, Slot

from genglossary_gui.app import build_main_window
from genglossary_gui.core import times
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.glossary import RunStatus, Scope
from genglossary_gui.core.runs import recover
from genglossary_gui.core.runs.ownership import Incarnation
from genglossary_gui.core.settings import AppSettings
from genglossary_gui.core.store import runs
from genglossary_gui.core.store.connection import connect, transaction
from genglossary_gui.core.store.projects import create_project
from genglossary_gui.core.store.publishing import publish
from genglossary_gui.ui.models.runs import RunTableModel
from genglossary_gui.ui.shell import Workspace
from tests.bench.loop import Loop, application, close
from tests.bench.measuring import median, temporary_home, timed
from tests.bench.projects import add_run, sample_files
from tests.bench.publish import stage
from tests.bench.table import Row

_CANCELS = 50
_WORKERS = 2
_MANY = 8
_PUBLISHED = 10_000
_SHOWN_GOAL, _ENDED_GOAL, _ENDED_LIMIT = 100, 300, 1000


def measure() -> list[Row]:
    with temporary_home() as folder:
        project = _project(folder)
        application()
        loop, workers = Loop(), Workers(_WORKERS)
        window = build_main_window(project, settings=AppSettings(language="en", parallel_runs=_MANY), workers=workers)
        try:
            window.show()
            loop.settle()
            assert window.workspace is not None
            assert window.project is not None
            watch = _Watch(window.workspace, window.project.runs.model, loop)
            cases = {
                "the engine at work": [watch.cancel(1, "generate") for _round in range(_CANCELS)],
                "the worker processes busy": [watch.cancel(1, "extract") for _round in range(_CANCELS)],
                f"{_MANY} runs at once": [watch.cancel(_MANY, "extract") for _round in range(-(-_CANCELS // _MANY))],
                "a run that waits": [watch.cancel_waiting() for _round in range(-(-_CANCELS // _MANY))],
                f"{_MANY} runs, another publishes {_PUBLISHED:,} terms": [
                    watch.cancel_beside_publishing() for _round in range(-(-_CANCELS // _MANY))
                ],
            }
            write = _durable_write(project)
        finally:
            close(window, loop)
            workers.close()
    return [row for title, rounds in cases.items() for row in _rows(title, rounds, write)]


def _rows(title: str, rounds: list[list[tuple[float, float]]], write: float) -> list[Row]:
    shown = [shown for times_ in rounds for shown, _ended in times_]
    ended = [ended for times_ in rounds for _shown, ended in times_]
    one_write = {"baseline": write, "against": "one durable write of a status"}
    return [
        Row(what=f"cancel, {title}: the row says so, median", figure=median(shown), unit="ms"),
        Row(what=f"cancel, {title}: the row says so, worst", figure=max(shown), unit="ms", goal=_SHOWN_GOAL),
        Row(what=f"cancel, {title}: recorded, median", figure=median(ended), unit="ms", goal=_ENDED_GOAL, **one_write),
        Row(what=f"cancel, {title}: recorded, worst", figure=max(ended), unit="ms", goal=_ENDED_LIMIT, **one_write),
    ]


class _Watch(QObject):
    """Starts runs, clicks, and notes when the table shows it and when the end is recorded."""

    def __init__(self, workspace: Workspace, model: RunTableModel, loop: Loop) -> None:
        super().__init__()
        self._workspace = workspace
        self._model = model
        self._loop = loop
        self._clicked = 0.0
        self._started: list[int] = []
        self._shown: dict[int, float] = {}
        self._ended: dict[int, float] = {}
        model.dataChanged.connect(self._on_shown)
        workspace.controller.run_started.connect(self._started.append)
        workspace.controller.run_finished.connect(self._on_finished)

    def cancel(self, count: int, step: str) -> list[tuple[float, float]]:
        """Milliseconds until (shown, recorded) for each of ``count`` runs; one of them at least is in this step."""
        started = self._start(count, step)
        self._click(started)
        return self._times(started)

    def cancel_waiting(self) -> list[tuple[float, float]]:
        """The same for each of some runs that wait in the queue while one is at work."""
        controller = self._workspace.controller
        controller.set_limit(1)
        [at_work] = self._start(1, "extract")
        waiting = self._ask_for(_MANY)
        self._loop.until(lambda: all(self._model.row_of(run_id) >= 0 for run_id in waiting))
        times_ = []
        for run_id in waiting:
            self._click([run_id])
            times_ += self._times([run_id])
        self._click([at_work])
        self._times([at_work])
        controller.set_limit(_MANY)
        return times_

    def cancel_beside_publishing(self) -> list[tuple[float, float]]:
        """The same for some runs, clicked when another one has just taken the lock to publish."""
        with _publishing(self._workspace.project) as (begin, has_lock):
            started = self._start(_MANY, "extract")
            begin.set()
            self._loop.until(has_lock.is_set)
            self._click(started)
            return self._times(started)

    def _start(self, count: int, step: str) -> list[int]:
        """Runs that are all in the middle of their work."""
        if step == "extract":
            with closing(connect(self._workspace.project)) as connection, transaction(connection):
                connection.execute("DELETE FROM analyses")
        started = self._ask_for(count)
        self._loop.until(lambda: self._are_at_work(started, step))
        return started

    def _ask_for(self, count: int) -> list[int]:
        """So many new runs; the window starts them later while the project is busy."""
        before = len(self._started)
        for _number in range(count):
            self._workspace.controller.start(Scope.FULL)
        self._loop.until(lambda: len(self._started) == before + count)
        return self._started[before:]

    def _click(self, run_ids: list[int]) -> None:
        self._shown.clear()
        self._ended.clear()
        self._clicked = perf_counter()
        for run_id in run_ids:
            assert self._workspace.controller.cancel(run_id)

    def _times(self, run_ids: list[int]) -> list[tuple[float, float]]:
        self._loop.until(lambda: {*run_ids} <= {*self._ended} and {*run_ids} <= {*self._shown})
        return [(self._shown[run_id], self._ended[run_id]) for run_id in run_ids]

    def _are_at_work(self, started: list[int], step: str) -> bool:
        """All have begun and are in the table; one at least is in the middle of the step."""
        found = runs.run_rows(self._workspace.reader.connection(), started)
        rows = [row for run_id, row in found.items() if self._model.row_of(run_id) >= 0]
        begun = [row for row in rows if row.done > 0 or row.step not in ("", "scan")]
        return len(begun) == len(started) and any(row.step == step and row.done > 0 for row in rows)

    @Slot(QModelIndex, QModelIndex)
    def _on_shown(self, first: QModelIndex, last: QModelIndex) -> None:
        column = self._model.column_of("status")
        for row in range(first.row(), last.row() + 1):
            if self._model.index(row, column).data() in ("Cancelling…", "Cancelled"):
                self._shown.setdefault(self._model.id_at(row), self._milliseconds())

    @Slot(int)
    def _on_finished(self, run_id: int) -> None:
        row = runs.get_run(self._workspace.reader.connection(), run_id)
        assert row is not None
        assert row.status is RunStatus.CANCELLED, row
        self._ended.setdefault(run_id, self._milliseconds())

    def _milliseconds(self) -> float:
        return (perf_counter() - self._clicked) * 1000


@contextmanager
def _publishing(project: Path) -> Iterator[tuple[threading.Event, threading.Event]]:
    """A run that publishes many terms as soon as it may ``begin``, and tells when it ``has_lock``."""
    begin, has_lock, ready = threading.Event(), threading.Event(), threading.Event()
    owner = Incarnation(project)
    owner.hold()

    def work() -> None:
        with closing(connect(project)) as connection:
            place = connection.execute("SELECT id, content_id FROM documents WHERE state = 'ready' LIMIT 1").fetchone()
            run_id = stage(connection, _PUBLISHED, *place, owner=owner.owner)
            ready.set()
            begin.wait()
            connection.set_trace_callback(lambda sql: _on_statement(connection, sql, has_lock))
            publish(connection, run_id, owner.owner)

    thread = threading.Thread(target=work)
    thread.start()
    ready.wait()
    try:
        yield begin, has_lock
    finally:
        begin.set()
        thread.join()
        owner.release()


def _on_statement(connection: sqlite3.Connection, sql: str, has_lock: threading.Event) -> None:
    if sql.startswith("UPDATE runs SET outcome"):
        connection.set_trace_callback(None)
        has_lock.set()


def _project(folder: Path) -> Path:
    """Forty documents, large enough that eight runs do not come to their end."""
    documents = folder / "documents"
    documents.mkdir()
    for number, sample in enumerate(sample_files() * 2):
        content = sample.read_bytes()
        (documents / f"{number}{sample.suffix}").write_bytes(content * 5 + str(number).encode())
    project = folder / "cancel.genglossary"
    create_project(project, [documents])
    return project


def _durable_write(project: Path) -> float:
    """Milliseconds, the median of some."""
    recover(project)  # the runs that published have no end
    with closing(connect(project)) as connection:
        ids = [add_run(connection) for _number in range(_CANCELS)]

    def write(run_id: int) -> None:
        with closing(connect(project)) as connection, transaction(connection, durable=True):
            connection.execute(
                "UPDATE runs SET status = 'cancelled', finished_at = ? WHERE id = ?", (times.utc_now(), run_id)
            )

    return median(timed(lambda run_id=run_id: write(run_id))[0] * 1000 for run_id in ids)
