"""Fifty runs of the real window, eight at a time, that say a million things; some are cancelled, some fail.

What is left afterwards, and whether each has one true end.  ``python -m tests.bench soak``.
"""

from __future__ import annotations

import gc
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QObject, QThread, Slot

from genglossary_gui.app import build_main_window
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.engines.base import Work
from genglossary_gui.core.errors import EngineError
from genglossary_gui.core.glossary import DefinitionDraft, RunStatus, Scope, TermDraft
from genglossary_gui.core.settings import AppSettings, RunSettings
from genglossary_gui.core.store import runs
from genglossary_gui.core.store.connection import connect
from genglossary_gui.ui.shell import Workspace
from tests.bench.loop import Loop, application, close
from tests.bench.measuring import resident_mb, temporary_home
from tests.bench.table import Row
from tests.support import SimpleEngine, make_project

RUNS, LIMIT = 50, 8
RECORDS = 26_000
"""What a run says that comes to its end; together they say more than a million things."""
_MARKS = (10, 25, 50)
_WARM_UP = LIMIT
_SEED = 5


def measure() -> list[Row]:
    with temporary_home() as folder:
        project = make_project(folder, "The Lock and the Weir.", "A Sluice beside the Barrage.")
        application()
        loop, workers = Loop(), Workers(1)
        window = build_main_window(
            project,
            settings=AppSettings(language="en", parallel_runs=LIMIT),
            workers=workers,
            make_engine=_engine_of,
        )
        try:
            window.show()
            loop.settle()
            assert window.workspace is not None
            soak = _Soak(window.workspace, loop)
            soak.run(_WARM_UP, marks=())
            before = soak.left()
            start = perf_counter()
            soak.run(RUNS, _MARKS)
            seconds = perf_counter() - start
            after = soak.left()
            rows = [*soak.rows(seconds), *_differences(before, after), *_ends(project, soak.started)]
        finally:
            close(window, loop)
            workers.close()
        return rows


class _Talking(SimpleEngine):
    """Says ``RECORDS`` things while it defines; one that ``fails`` stops at half of them."""

    fails = False

    def define(self, terms: Sequence[TermDraft], work: Work) -> Iterator[tuple[str, DefinitionDraft]]:
        for number in range(RECORDS):
            if number % 100 == 0:
                work.token.checkpoint()
            if self.fails and number == RECORDS // 2:
                raise EngineError("The model is not there.")
            work.warn(f"The document number {number} was read and has 12 passages.")
        yield from super().define(terms, work)


def _engine_of(settings: RunSettings) -> _Talking:
    engine = _Talking()
    engine.fails = settings.engine == "failing"
    return engine


class _Soak(QObject):
    def __init__(self, workspace: Workspace, loop: Loop) -> None:
        super().__init__()
        self._controller, self._loop = workspace.controller, loop
        self._name = workspace.project.name
        self._random = random.Random(_SEED)
        self._cancel_at: dict[int, int] = {}
        self._finished: list[int] = []
        self._memory: list[tuple[int, float]] = []
        self._marks: Sequence[int] = ()
        self.started: list[int] = []
        self._controller.run_started.connect(self._on_started)
        self._controller.log_appended.connect(self._on_log)
        self._controller.run_finished.connect(self._on_finished)

    def run(self, count: int, marks: Sequence[int]) -> None:
        """So many runs are asked for at once; every fourth is cancelled at some moment, every tenth fails."""
        self._marks = marks
        self._finished.clear()
        self.started.clear()
        for number in range(count):
            settings = RunSettings(engine="failing" if number % 10 == 9 else "offline")
            self._controller.start(Scope.FULL, settings=settings)
        for done in range(1, count + 1):
            self._loop.until(lambda done=done: len(self._finished) >= done)
        self._loop.settle(1.0)

    @Slot(int)
    def _on_started(self, run_id: int) -> None:
        self.started.append(run_id)
        if len(self.started) % 4 == 2:
            self._cancel_at[run_id] = self._random.randrange(RECORDS)

    @Slot(int, int)
    def _on_log(self, run_id: int, last: int) -> None:
        if last > self._cancel_at.get(run_id, RECORDS * 2):
            del self._cancel_at[run_id]
            self._controller.cancel(run_id)

    @Slot(int)
    def _on_finished(self, run_id: int) -> None:
        self._finished.append(run_id)
        if len(self._finished) in self._marks:
            self._memory.append((len(self._finished), resident_mb() or 0.0))

    def left(self) -> Counter[str]:
        """What this process holds on to."""
        gc.collect()
        tasks, files = Path("/proc/self/task"), Path("/proc/self/fd")
        opened = [file.resolve().name for file in files.iterdir()] if files.is_dir() else []
        # SQLite puts those of the project aside for the next connection: as many as were open at once, never more.
        others = [name for name in opened if self._name not in name]
        return Counter(
            {
                "threads": len(list(tasks.iterdir())) if tasks.is_dir() else 0,
                "file descriptors of the project": len(opened) - len(others),
                "other file descriptors": len(others),
                "QThread objects": len(self._controller.findChildren(QThread)),
                "runs still known": len(self._controller.active_runs()),
                "MB of memory": int(resident_mb() or 0),
            }
        )

    def rows(self, seconds: float) -> list[Row]:
        ends = Counter(self._finished)
        return [
            Row(what=f"soak: {RUNS} runs, {LIMIT} at a time", figure=seconds, unit="s"),
            *(Row(what=f"… memory after {count} runs", figure=mb, unit="MB") for count, mb in self._memory),
            Row(what="… ends told more than once", figure=sum(n > 1 for n in ends.values()), unit="runs", goal=0),
        ]


def _differences(before: Counter[str], after: Counter[str]) -> list[Row]:
    goals = {"MB of memory": None, "file descriptors of the project": LIMIT}
    return [
        Row(
            what=f"… {name} more than before",
            figure=after[name] - before[name],
            unit="",
            goal=goals.get(name, 0),
            baseline=before[name],
            against=f"before, after {_WARM_UP} runs",
        )
        for name in before
    ]


def _ends(project: Path, started: Sequence[int]) -> list[Row]:
    with closing(connect(project)) as connection:
        rows = runs.run_rows(connection, started)
        records = connection.execute("SELECT COUNT(*) FROM log_records").fetchone()[0]
        gaps = connection.execute(
            "SELECT COUNT(*) FROM (SELECT 1 FROM log_records GROUP BY run_id HAVING COUNT(*) <> MAX(seq))"
        ).fetchone()[0]
    statuses = Counter(row.status for row in rows.values())
    torn = sum((row.outcome == "completed") != (row.status is RunStatus.COMPLETED) for row in rows.values())
    return [
        Row(what="… log records in the database", figure=records, unit=""),
        Row(what="… logs with a gap", figure=gaps, unit="", goal=0),
        *(Row(what=f"… runs that ended {status}", figure=count, unit="") for status, count in sorted(statuses.items())),
        Row(what="… runs without an end", figure=sum(row.status.is_active for row in rows.values()), unit="", goal=0),
        Row(what="… published, but not completed, or the reverse", figure=torn, unit="", goal=0),
    ]
