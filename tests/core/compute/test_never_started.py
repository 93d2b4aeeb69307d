"""Worker processes that cannot be started."""

import multiprocessing
import os
import sys
from contextlib import closing, contextmanager
from multiprocessing import resource_tracker, spawn
from pathlib import Path

import pytest

from genglossary_gui.core.cancellation import CancelToken
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.compute.pool import Limits
from genglossary_gui.core.errors import EngineError
from genglossary_gui.core.glossary import RunStatus, Scope
from genglossary_gui.core.runs.headless import run_to_end
from genglossary_gui.core.settings import RunSettings
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.projects import create_project
from tests.core.compute.test_workers import double

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a script in place of Python")

_NEVER = "exit 3"
_FROM_THE_SECOND_ON = 'mkdir "$0.first" 2>/dev/null && exit 3'
_ONLY_ONE = 'mkdir "$0.first" 2>/dev/null || exit 3'


@pytest.fixture
def starting(tmp_path):
    """``starting(line)``: a process that is started runs the line first, and Python if that does not end it."""
    resource_tracker.ensure_running()
    before = spawn.get_executable()

    def start_with(line: str) -> Path:
        script = tmp_path / "python"
        script.write_text(f'#!/bin/sh\necho started >> "$0.log"\n{line}\nexec "{sys.executable}" "$@"\n')
        script.chmod(0o755)
        multiprocessing.set_executable(os.fsdecode(script))
        return tmp_path / "python.log"

    yield start_with
    multiprocessing.set_executable(before)


@pytest.fixture
def workers():
    workers = Workers(2)
    yield workers
    workers.close()


@contextmanager
def no_more_files():
    """Meanwhile this process may open none, and a process needs a pipe."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest_free = os.open(os.devnull, os.O_RDONLY)
    os.close(lowest_free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest_free, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def starts(log: Path) -> int:
    return len(log.read_text().splitlines())


def test_work_without_any_process_is_an_error_that_says_why(starting, workers):
    starting(_NEVER)
    with pytest.raises(EngineError, match=r"can be started: (exit code 3|.*Errno 32)") as caught:
        workers.call(double, 1, CancelToken())
    assert "memory" in caught.value.hint


def test_no_unit_is_blamed_for_it(starting, workers):
    log = starting(_NEVER)
    with pytest.raises(EngineError, match="can be started"):
        list(workers.map_within(lambda _number: Limits(60.0, 256), double, range(20), CancelToken()))
    workers.close()
    assert starts(log) <= 2 * 2 * 2 * workers.count  # each unit under way, twice


def test_what_the_system_says_against_a_process_is_told(workers):
    resource_tracker.ensure_running()
    with no_more_files(), pytest.raises(EngineError, match=r"can be started: .*Errno 24"):
        workers.call(double, 1, CancelToken())


def test_what_passes_costs_nothing(starting):
    starting(_FROM_THE_SECOND_ON)
    workers = Workers(1)
    try:
        assert workers.call(double, 4, CancelToken()) == 8
    finally:
        workers.close()


def test_the_one_process_that_starts_does_all_the_work(starting, workers):
    starting(_ONLY_ONE)
    assert sorted(workers.map(double, range(20), CancelToken())) == [(n, 2 * n) for n in range(20)]


def test_the_pool_works_when_the_machine_is_in_order_again(starting, workers):
    log = starting(_NEVER)
    with pytest.raises(EngineError):
        workers.call(double, 1, CancelToken())
    starting("")
    assert workers.call(double, 4, CancelToken()) == 8
    assert starts(log) > 2


def test_the_run_fails_and_no_document_is_called_damaged(starting, tmp_path):
    documents, project = tmp_path / "documents", tmp_path / "a.genglossary"
    documents.mkdir()
    for number in range(3):
        (documents / f"{number}.md").write_text("A valve is a device that stops a flow.")
    create_project(project, [documents])
    starting(_NEVER)
    workers = Workers(2)
    try:
        row = run_to_end(project, Scope.EXTRACT, settings=RunSettings(), workers=workers)
    finally:
        workers.close()
    assert row.status is RunStatus.FAILED
    assert "No worker process can be started" in row.error
    with closing(connect(project)) as connection:
        assert connection.execute("SELECT count(*) FROM documents WHERE state = 'unreadable'").fetchone() == (0,)
