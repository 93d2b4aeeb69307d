"""A run without a window: started, watched and recorded by the calling thread."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from genglossary_gui.core import times
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.errors import ProjectError
from genglossary_gui.core.glossary import RunMode, Scope
from genglossary_gui.core.i18n import _
from genglossary_gui.core.pipeline import PipelineExecutor
from genglossary_gui.core.runs.job import Ended, OnChange, RunJob
from genglossary_gui.core.runs.manager import RunManager
from genglossary_gui.core.settings import RunSettings
from genglossary_gui.core.store import runs
from genglossary_gui.core.store.connection import connect

_POLL = 0.1
_WISHES_EVERY = 10
_RECORD_SECONDS = 60.0


def run_to_end(
    project: Path,
    scope: Scope,
    *,
    settings: RunSettings,
    workers: Workers,
    text_workers: Workers | None = None,
    triggered_by: str = "cli",
    goes_on: tuple[int, RunMode] | None = None,
    on_start: Callable[[int, Callable[[], None]], None] = lambda run_id, cancel: None,
    on_change: OnChange = lambda run_id, last: None,
) -> runs.RunRow:
    """Carry out one run and return its final row.  Blocks until the end is recorded.

    With ``goes_on`` it continues another run, with the scope and the settings of that run.

    ``on_start(run_id, cancel)`` hands over a function that asks the run to stop; it only sets a flag, so a
    signal handler may call it.  ``on_change(run_id, last_seq)`` is called in the run's thread, at most about 20 times a
    second.  Raises ``UserFacingError`` when the run cannot be started, or its end not be recorded within a minute
    (whoever opens the project next writes what is true).
    """
    # Not a SimpleQueue: its get() waits for ever when a signal handler returns after the time limit (CPython 3.11).
    ends: queue.Queue[Ended] = queue.Queue()
    threads: list[threading.Thread] = []
    wish = _Wish()

    def launch(job: RunJob) -> None:
        thread = threading.Thread(target=lambda: ends.put(job.carry_out(on_change)), name=f"run-{job.run_id}")
        thread.start()
        threads.append(thread)

    manager = RunManager(project, PipelineExecutor(workers, text_workers=text_workers), launch)
    try:
        if goes_on is None:
            run_id = manager.start_run(scope, triggered_by, settings=settings)
        else:
            run_id = manager.continue_run(*goes_on, triggered_by)
        on_start(run_id, wish.make)
        ended = _await_end(manager, run_id, ends, wish)
        for thread in threads:
            thread.join()
        _record(manager, project, run_id, ended)
    finally:
        manager.close()
    with closing(connect(project)) as connection:
        row = runs.get_run(connection, run_id)
    assert row is not None
    return row


class _Wish:
    """A flag that a signal handler may set: no lock is taken."""

    def __init__(self) -> None:
        self.is_made = False

    def make(self) -> None:
        self.is_made = True


def _record(manager: RunManager, project: Path, run_id: int, ended: Ended) -> None:
    deadline = times.monotonic() + _RECORD_SECONDS
    while not manager.record_end(run_id, ended):
        if times.monotonic() > deadline:
            raise ProjectError(
                ended.error or _("The project file “{name}” cannot be opened for writing.").format(name=project.name),
                hint=_("Check the permissions of the file and of its folder, and the free space on the disk."),
            )
        threading.Event().wait(_POLL)


def _await_end(manager: RunManager, run_id: int, ends: queue.Queue[Ended], wish: _Wish) -> Ended:
    rounds = 0
    while True:
        try:
            return ends.get(timeout=_POLL)
        except queue.Empty:
            rounds += 1
        if wish.is_made:
            manager.cancel_run(run_id)
        if rounds % _WISHES_EVERY == 0:
            manager.obey_wishes()
