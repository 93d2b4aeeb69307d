"""Runs in a process of their own, for tests that kill it or let two of them meet.

``statements PROJECT NUMBER stay|go``: one run; says so before the given statement, and waits there or goes on.
``rivals PROJECT COUNT first``: some runs, every second one cancelled (``first``: 0 or 1 for the first one).
``resumes PROJECT LAST -``: try to resume runs 1 to LAST, when told to; says which ones it could.
"""

import json
import sys
from pathlib import Path

from genglossary_gui.core.engines.base import Work
from genglossary_gui.core.errors import UsageError
from genglossary_gui.core.glossary import RunMode
from genglossary_gui.core.runs.job import RunJob
from genglossary_gui.core.runs.manager import RunManager
from genglossary_gui.core.store.connection import connect
from tests.core.runs.fault_support import Trial, executor_of
from tests.support import SimpleEngine


def say(text: str) -> None:
    print(text, flush=True)


def statements(project: Path, number: int, stays: bool) -> None:
    count = 0

    def trace(sql: str) -> None:
        nonlocal count
        if count == number:
            say("here")
            if stays:
                sys.stdin.read()
        count += 1

    def opened(path, **options):
        connection = connect(path, **options)
        connection.set_trace_callback(trace)
        return connection

    trial = Trial(project)
    trial.manager = RunManager(project, executor_of(SimpleEngine()), trial.launch, make_connection=opened)
    trial.run()
    say(str(count))
    trial.manager.close()


class Rival(SimpleEngine):
    """The first run meets the other process's first one; every second run is cancelled."""

    def __init__(self, cancels: int) -> None:
        super().__init__()
        self.number = -1
        self.cancels = cancels

    def define(self, terms, work: Work):
        self.number += 1
        if self.number == 0:
            say("at work")
            sys.stdin.readline()
        if self.number % 2 == self.cancels:
            work.token.request()
        work.token.checkpoint()
        yield from super().define(terms, work)


def rivals(project: Path, count: int, cancels: int) -> None:
    engine = Rival(cancels)
    trial = Trial(project)
    trial.manager = RunManager(project, executor_of(engine), trial.launch)
    ends = {}
    for _ in range(count):
        run_id = trial.manager.start_run("full")
        ends[run_id] = trial.ends[run_id].status
        while not trial.manager.record_end(run_id, trial.ends[run_id]):
            pass
    say(json.dumps(ends))
    trial.manager.close()


def resumes(project: Path, last: int) -> None:
    trial, jobs = Trial(project), list[RunJob]()
    trial.manager = RunManager(project, executor_of(SimpleEngine()), jobs.append, limit=last)
    say("ready")
    sys.stdin.readline()
    won = []
    for run_id in range(1, last + 1):
        try:
            trial.manager.continue_run(run_id, RunMode.RESUME)
        except UsageError:
            continue
        won.append(run_id)
    for job in jobs:
        trial.launch(job)
        while not trial.manager.record_end(job.run_id, trial.ends[job.run_id]):
            pass
    say(json.dumps(won))
    trial.manager.close()


if __name__ == "__main__":
    mode, where, number, how = sys.argv[1:]
    if mode == "statements":
        statements(Path(where), int(number), how == "stay")
    elif mode == "resumes":
        resumes(Path(where), int(number))
    else:
        rivals(Path(where), int(number), int(how))
