"""From the click on Cancel to the word in the row, and to the recorded end; the worker processes are busy."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QModelIndex, QObject, Slot

from genglossary_gui.app import build_main_window
from genglossary_gui.core import times
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.glossary import RunStatus, Scope
from genglossary_gui.core.settings import AppSettings
from genglossary_gui.core.store import runs
from genglossary_gui.core.store.connection import connect, transaction
from genglossary_gui.core.store.projects import create_project
from genglossary_gui.ui.models.runs import RunTableModel
from genglossary_gui.ui.shell import Workspace
from tests.bench.loop import Loop, application, close
from tests.bench.measuring import median, temporary_home, timed
from tests.bench.projects import add_run, sample_files
from tests.bench.table import Row

_CANCELS = 20
_WORKERS = 2
_SHOWN_GOAL, _ENDED_GOAL, _ENDED_LIMIT = 100, 300, 1000


def measure() -> list[Row]:
    with temporary_home() as folder:
        project = _project(folder)
        application()
        loop, workers = Loop(), Workers(_WORKERS)
        window = build_main_window(project, settings=AppSettings(language="en"), workers=workers)
        try:
            window.show()
            loop.settle()
            assert window.workspace is not None
            assert window.project is not None
            watch = _Watch(window.workspace, window.project.runs.model, loop)
            one = [watch.cancel(1) for _round in range(_CANCELS)]
            eight = [watch.cancel(8) for _round in range(-(-_CANCELS // 8))]
            write = _durable_write(project)
        finally:
            close(window, loop)
            workers.close()
    return [*_rows("1 run", one, write), *_rows("8 runs at once", eight, write)]


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
        self._shown: dict[int, float] = {}
        self._ended: dict[int, float] = {}
        model.dataChanged.connect(self._on_shown)
        workspace.controller.run_finished.connect(self._on_finished)

    def cancel(self, count: int) -> list[tuple[float, float]]:
        """Milliseconds until (shown, recorded) for each of ``count`` runs that are all in the middle of their work."""
        with closing(connect(self._workspace.project)) as connection, transaction(connection):
            connection.execute("DELETE FROM analyses")
        controller = self._workspace.controller
        started = [controller.start(Scope.FULL) for _number in range(count)]
        self._loop.until(lambda: self._are_at_work(started))
        self._shown.clear()
        self._ended.clear()
        self._clicked = perf_counter()
        assert controller.cancel_all() == count
        self._loop.until(lambda: len(self._ended) == count and len(self._shown) == count)
        return [(self._shown[run_id], self._ended[run_id]) for run_id in started]

    def _are_at_work(self, started: list[int]) -> bool:
        """All have begun and are in the table; the worker processes analyse documents for one of them at least."""
        found = runs.run_rows(self._workspace.reader.connection(), started)
        rows = [row for run_id, row in found.items() if self._model.row_of(run_id) >= 0]
        begun = [row for row in rows if row.done > 0 or row.step not in ("", "scan")]
        return len(begun) == len(started) and any(row.step == "extract" and row.done > 0 for row in rows)

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
    with closing(connect(project)) as connection:
        connection.execute("UPDATE runs SET status = 'failed' WHERE status IN ('pending', 'running')")
        ids = [add_run(connection) for _number in range(_CANCELS)]

    def write(run_id: int) -> None:
        with closing(connect(project)) as connection, transaction(connection, durable=True):
            connection.execute(
                "UPDATE runs SET status = 'cancelled', finished_at = ? WHERE id = ?", (times.utc_now(), run_id)
            )

    return median(timed(lambda run_id=run_id: write(run_id))[0] * 1000 for run_id in ids)
