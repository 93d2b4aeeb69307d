"""The log: how fast a run writes it, and whether a window that shows it keeps up and keeps moving."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from genglossary_gui.app import build_main_window
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.engines.base import Work
from genglossary_gui.core.glossary import RunStatus, Scope
from genglossary_gui.core.pipeline import PipelineExecutor
from genglossary_gui.core.runs.job import Ended, RunJob
from genglossary_gui.core.runs.manager import RunManager
from genglossary_gui.core.runs.recorder import BATCH, RunRecorder
from genglossary_gui.core.settings import AppSettings
from genglossary_gui.core.store import logs
from genglossary_gui.core.store import runs as stored_runs
from genglossary_gui.core.store.connection import connect, transaction
from genglossary_gui.core.text import DocumentText
from genglossary_gui.ui.models.logs import MESSAGE
from tests.bench import projects
from tests.bench.loop import Loop, application, close
from tests.bench.measuring import temporary_home, timed
from tests.bench.table import Row
from tests.support import SimpleEngine, make_project

_RECORDS = 200_000
_RUNS = 8
_PER_SECOND = 2_500
_SECONDS = 20
_BURST = 300_000
_PULSE = 0.02
_BEGINNING = 0.5
_P99_GOAL, _STALL_GOAL = 16, 100
_MESSAGE = "The document number {number} was read and has 12 passages."


def measure() -> list[Row]:
    with temporary_home() as folder:
        return [*_writing(folder), *_watching(folder)]


def _writing(folder: Path) -> list[Row]:
    project = projects.make_project(folder, "writing")
    with closing(connect(project)) as connection:
        recorded, raw = projects.add_run(connection), projects.add_run(connection)
        messages = [_MESSAGE.format(number=number) for number in range(_RECORDS)]
        through_recorder, _none = timed(lambda: _record(connection, recorded, messages))
        rows = _rows_of(connection, recorded, raw)
        bare, _none = timed(lambda: _insert(connection, rows))
    return [
        Row(
            what=f"a run writes {_RECORDS:,} log records: records/s",
            figure=_RECORDS / through_recorder,
            unit="/s",
            baseline=_RECORDS / bare,
            against="the same rows and batches, bare SQLite",
        )
    ]


def _record(connection: sqlite3.Connection, run_id: int, messages: Sequence[str]) -> None:
    recorder = RunRecorder(connection, run_id, lambda run_id, last: None, private=("/home/somebody/documents",))
    for message in messages:
        recorder.log(message, document="guide/gates.md")
    recorder.close()


def _rows_of(connection: sqlite3.Connection, run_id: int, new_id: int) -> list[tuple]:
    rows = connection.execute("SELECT * FROM log_records WHERE run_id = ? ORDER BY seq", (run_id,))
    return [(new_id, *row[1:]) for row in rows]


def _insert(connection: sqlite3.Connection, rows: list[tuple]) -> None:
    for start in range(0, len(rows), BATCH):
        with transaction(connection):
            connection.executemany(
                "INSERT INTO log_records VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows[start : start + BATCH]
            )


class _TalkativeEngine(SimpleEngine):
    """Says so many things a second about the one document, as long as its run is not cancelled."""

    records, per_second = _PER_SECOND * _SECONDS, _PER_SECOND

    def analyse(
        self, documents: Iterable[tuple[int, DocumentText]], language: str, work: Work
    ) -> Iterator[tuple[int, bytes]]:
        pause, began, said = threading.Event(), perf_counter(), 0
        while said < self.records:
            work.token.checkpoint()
            due = min(int((perf_counter() - began + _PULSE) * self.per_second), self.records)
            for number in range(said, due):
                work.warn(_MESSAGE.format(number=number))
            said = max(said, due)
            pause.wait(_PULSE)
        yield from super().analyse(documents, language, work)


class _BurstingEngine(_TalkativeEngine):
    """Says all at once."""

    records, per_second = _BURST, 100 * _BURST


@dataclass(frozen=True)
class _Seen:
    """How long it took, how the event loop fared, and how many records are not where they should be."""

    seconds: float
    worst_ms: float
    p99_ms: float
    lost: int
    disordered: int
    hidden: int

    @property
    def missing(self) -> int:
        return self.lost + self.disordered + self.hidden


def _watching(folder: Path) -> list[Row]:
    application()
    loop, workers = Loop(), Workers(1)
    try:
        bare_worst, bare_p99 = _unwatched(make_project(folder / "unwatched", "A Weir."), workers, loop)
        seen = _watched(make_project(folder / "watched", "A Weir."), workers, loop, _TalkativeEngine, _RUNS)
        burst = _watched(make_project(folder / "burst", "A Weir."), workers, loop, _BurstingEngine, 1)
    finally:
        workers.close()
    title = f"{_RUNS} runs × {_PER_SECOND:,} records/s, log open"
    wish, against = float(_RUNS * _PER_SECOND), "the same runs without a window"
    said = wish * _SECONDS / seen.seconds
    return [
        Row(what=f"{title}: written", figure=said, unit="/s", baseline=wish, against="what the runs want to say"),
        Row(what="… lost", figure=seen.lost, unit="records", goal=0),
        Row(what="… out of order", figure=seen.disordered, unit="records", goal=0),
        Row(what="… written and not in the table", figure=seen.hidden, unit="records", goal=0),
        Row(
            what="… stall, 99 of 100", figure=seen.p99_ms, unit="ms", goal=_P99_GOAL, baseline=bare_p99, against=against
        ),
        Row(
            what="… stall, worst",
            figure=seen.worst_ms,
            unit="ms",
            goal=_STALL_GOAL,
            baseline=bare_worst,
            against=against,
        ),
        Row(
            what=f"a burst of {_BURST:,} records, log open: written",
            figure=_BURST / burst.seconds,
            unit="/s",
        ),
        Row(what="… lost, out of order, not in the table", figure=burst.missing, unit="records", goal=0),
        Row(what="… stall, 99 of 100", figure=burst.p99_ms, unit="ms", goal=_P99_GOAL),
        Row(what="… stall, worst", figure=burst.worst_ms, unit="ms", goal=_STALL_GOAL),
    ]


def _watched(project: Path, workers: Workers, loop: Loop, engine: type[_TalkativeEngine], runs: int) -> _Seen:
    """The runs in the real window, which follows the log of the last one."""
    window = build_main_window(
        project, settings=AppSettings(language="en"), workers=workers, make_engine=lambda _settings: engine()
    )
    try:
        window.show()
        loop.settle()
        assert window.workspace is not None
        assert window.project is not None
        controller, model = window.workspace.controller, window.project.runs.log.model
        began = perf_counter()
        started: list[int] = []
        controller.run_started.connect(started.append)
        controller.set_limit(runs)
        for _number in range(runs):
            controller.start(Scope.EXTRACT)
        loop.until(lambda: len(started) == runs)
        if runs > 1:
            loop.settle(_BEGINNING)
        loop.reset()
        loop.until(lambda: not controller.active_runs())
        seconds = perf_counter() - began
        loop.settle(0.2)
        worst, p99 = loop.worst_ms(), loop.p99_ms()
        last = model.index(model.rowCount() - 1, MESSAGE).data()
        assert model.run_id == started[-1]
        assert last.startswith("Completed."), last
        hidden = _stored(project, started[-1]) - model.rowCount()
        return _Seen(seconds, worst, p99, *_missing(project, started, engine.records), hidden)
    finally:
        close(window, loop)


def _unwatched(project: Path, workers: Workers, loop: Loop) -> tuple[float, float]:
    """The same runs in the same process, nobody reads what they write: stalls (worst, 99 of 100)."""
    ends: dict[int, Ended] = {}
    threads: list[threading.Thread] = []

    def launch(job: RunJob) -> None:
        def work() -> None:
            ends[job.run_id] = job.carry_out(lambda run_id, last: None)

        threads.append(threading.Thread(target=work))
        threads[-1].start()

    manager = RunManager(project, PipelineExecutor(workers, lambda _settings: _TalkativeEngine()), launch)
    try:
        for _number in range(_RUNS):
            manager.start_run(Scope.EXTRACT)
        loop.settle(_BEGINNING)
        loop.reset()
        loop.until(lambda: len(ends) == _RUNS)
        stalls = loop.worst_ms(), loop.p99_ms()
        assert all(
            ended.status is RunStatus.COMPLETED and manager.record_end(run, ended) for run, ended in ends.items()
        )
    finally:
        for thread in threads:
            thread.join()
        manager.close()
    return stalls


def _missing(project: Path, started: list[int], expected: int) -> tuple[int, int]:
    """How many records are not there, and how many do not stand in the order in which they were said."""
    lost = disordered = 0
    with closing(connect(project)) as connection:
        for run_id in started:
            row = stored_runs.get_run(connection, run_id)
            assert row is not None
            assert row.status is RunStatus.COMPLETED, row
            records = logs.read_records(connection, run_id, 1, 2 * expected)
            said = [int(match[0]) for record in records if (match := re.search(r"(?<=number )\d+", record.message))]
            lost += expected - len(set(said))
            disordered += sum(after <= before for before, after in pairwise(said))
    return lost, disordered


def _stored(project: Path, run_id: int) -> int:
    with closing(connect(project)) as connection:
        return logs.count_records(connection, run_id)
