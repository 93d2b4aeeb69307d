"""Processes are killed at random moments of real runs; what they leave is recovered, resumed and compared.

The engine, the worker processes and the database are the real ones.  ``python -m tests.bench kill``.
"""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from collections import Counter
from contextlib import closing
from pathlib import Path
from time import perf_counter

from genglossary_gui.core.cancellation import CancelToken
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.glossary import RunMode, RunStatus, Scope, Step
from genglossary_gui.core.runs import recover
from genglossary_gui.core.runs.headless import run_to_end
from genglossary_gui.core.settings import RunSettings
from genglossary_gui.core.store import drafts, runs
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.projects import create_project
from tests.bench.measuring import median, temporary_home
from tests.bench.projects import sample_files
from tests.bench.table import Row
from tests.core.runs.fault_support import copy_of, glossary_of, messages_of, rows_of, shown_in

ROUNDS = 200
_WORKERS = 2
_RUN = 2
_LATER = (Step.GENERATE, Step.REVIEW, Step.REFINE)
_SOON = 0.3
_GLANCE = 0.005
_SEED = 3
_PATIENCE = 20.0
_CHILD = "--child"


def measure() -> list[Row]:
    with temporary_home() as folder:
        workers = Workers(_WORKERS)
        try:
            return _Rounds(folder, workers).rows()
        finally:
            workers.close()


class _Rounds:
    """``found`` counts by a few words what the rounds have seen; a broken promise is counted too, and told at once."""

    def __init__(self, folder: Path, workers: Workers) -> None:
        self.workers = workers
        self.template = _template(folder, workers)
        model = copy_of(self.template, "model")
        self._run(model, None)
        self.new = shown_in(model)
        self.random = random.Random(_SEED)
        self.found: Counter[str] = Counter()
        self.recovered: list[float] = []

    def rows(self) -> list[Row]:
        waiting = _Child()
        longest = self._undisturbed(_Child())
        for number in range(ROUNDS):
            child, waiting = waiting, _Child()
            # Most of the time goes by in extracting: every second kill comes soon after a later step has begun.
            step = self.random.choice(_LATER) if number % 2 else None
            self._round(child, step, self.random.uniform(0, _SOON if step else longest))
        waiting.kill()
        names = sorted(name for name in self.found if name.startswith("killed"))
        return [
            Row(what="a whole run in a process of its own", figure=longest, unit="s"),
            *(Row(what=name, figure=self.found[name], unit="rounds") for name in names),
            *(Row(what=f"… {promise}", figure=self.found[promise], unit="rounds", goal=0) for promise in _PROMISES),
            Row(what="… resumed, with the glossary of an undisturbed run", figure=self.found["resumed"], unit="rounds"),
            Row(what="… nothing to resume, run again", figure=self.found["run again"], unit="rounds"),
            Row(what="recovery, median", figure=median(self.recovered), unit="ms"),
            Row(what="recovery, worst", figure=max(self.recovered), unit="ms"),
        ]

    def _run(self, project: Path, basis: int | None) -> None:
        goes_on = None if basis is None else (basis, RunMode.RESUME)
        row = run_to_end(project, Scope.FULL, settings=RunSettings(), workers=self.workers, goes_on=goes_on)
        assert row.status is RunStatus.COMPLETED, row

    def _undisturbed(self, child: _Child) -> float:
        """Seconds from the order to the end."""
        child.begin(copy_of(self.template, "whole"))
        start = perf_counter()
        child.wait()
        return perf_counter() - start

    def _round(self, child: _Child, step: Step | None, seconds: float) -> None:
        project = copy_of(self.template, "killed")
        old = glossary_of(project)
        child.begin(project)
        if step is not None:
            child.await_step(project, step)
        self.found["killed after its end"] += child.kill_after(seconds)
        is_whole = _is_sound(project)
        self._check("the file is damaged", is_whole)
        is_new = shown_in(project) == self.new
        self._check("the glossary is torn", is_new or glossary_of(project) == old)
        before = rows_of(project).get(_RUN)
        start = perf_counter()
        recover(project)
        self.recovered.append((perf_counter() - start) * 1000)
        after = rows_of(project).get(_RUN)
        self._check("a run is stuck", after is None or not after.status.is_active)
        self._check(
            "completed and published are not the same", (after is not None and after.outcome is not None) == is_new
        )
        if after is not None:
            messages_of(project, _RUN)
        if before is None:
            self.found["killed before there was a row"] += 1
        elif before.status.is_active:
            self.found[f"killed in {'saving' if is_new else before.step or 'its beginning'}"] += 1
        if not is_new:
            self._go_on(project)
        self._check("the resumed glossary is another one", shown_in(project) == self.new)
        self._check("a lock file is left", not list(project.parent.glob(".*.lock")))
        self._check("worker processes are left", child.has_left_nothing())

    def _go_on(self, project: Path) -> None:
        with closing(connect(project)) as connection:
            can_resume = drafts.exists(connection, _RUN)
        self.found["resumed" if can_resume else "run again"] += 1
        self._run(project, _RUN if can_resume else None)

    def _check(self, promise: str, is_kept: bool) -> None:
        if not is_kept:
            self.found[promise] += 1
            print(promise, file=sys.stderr, flush=True)


_PROMISES = (
    "the file is damaged",
    "the glossary is torn",
    "a run is stuck",
    "completed and published are not the same",
    "the resumed glossary is another one",
    "a lock file is left",
    "worker processes are left",
)


class _Child:
    """A process that is ready to carry out a run; made early, because Python takes its time to start."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.kill", _CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        self._workers: set[int] = set()
        self._glance = threading.Event()

    def begin(self, project: Path) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"
        self._process.stdin.write(f"{project}\n")
        self._process.stdin.flush()

    def wait(self) -> None:
        assert self._process.wait(600) == 0

    def await_step(self, project: Path, step: Step) -> None:
        """Return when the run has come to this step, or its process has ended."""
        order = list(Step)
        with closing(connect(project, read_only=True)) as connection:
            while self._process.poll() is None:
                row = runs.get_run(connection, _RUN)
                if row is not None and row.step and order.index(Step(row.step)) >= order.index(step):
                    return
                self._glance.wait(_GLANCE)

    def kill_after(self, seconds: float) -> bool:
        """True when it had come to its end by itself."""
        try:
            self._process.wait(seconds)
            return True
        except subprocess.TimeoutExpired:
            self._workers = _descendants(self._process.pid)
            return False
        finally:
            self.kill()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def has_left_nothing(self) -> bool:
        """Whether its worker processes have gone too, after a while."""
        deadline = perf_counter() + _PATIENCE
        while any(Path(f"/proc/{pid}").exists() for pid in self._workers):
            if perf_counter() > deadline:
                return False
        return True


def _descendants(process: int) -> set[int]:
    """Processes under this one; none where the system does not tell."""
    parents: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(status.parent.name)] = int(status.read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError, ValueError):
            continue
    found, level = set[int](), {process}
    while level := {pid for pid, parent in parents.items() if parent in level}:
        found |= level
    return found


def _is_sound(project: Path) -> bool:
    with closing(connect(project)) as connection:
        rows = connection.execute("PRAGMA integrity_check").fetchall()
        return rows == [("ok",)] and not connection.execute("PRAGMA foreign_key_check").fetchall()


def _template(folder: Path, workers: Workers) -> Path:
    """A project with a published glossary, whose documents are others now and not analysed."""
    documents = folder / "documents"
    documents.mkdir()
    samples = sample_files()
    for sample in (samples[0], samples[-1]):
        (documents / sample.name).write_bytes(sample.read_bytes())
    project = folder / "test.genglossary"
    create_project(project, [documents])
    run_to_end(project, Scope.FULL, settings=RunSettings(), workers=workers)
    for sample in samples[1:6]:
        (documents / sample.name).write_bytes(sample.read_bytes())
    with closing(connect(project)) as connection:
        connection.execute("DELETE FROM analyses")
    return project


def _prepare(_number: int) -> None:
    """In a worker process: have the readers and the language rules imported."""
    from genglossary_gui.core.engines import offline
    from genglossary_gui.core.pipeline import steps

    del offline, steps


def _child() -> None:
    workers = Workers(_WORKERS)
    # Most of the time would go by while they start.
    _prepare(0)
    list(workers.map(_prepare, range(8), CancelToken()))
    print("ready", flush=True)
    run_to_end(Path(sys.stdin.readline().strip()), Scope.FULL, settings=RunSettings(), workers=workers)
    workers.close()


if __name__ == "__main__" and _CHILD in sys.argv:
    _child()
