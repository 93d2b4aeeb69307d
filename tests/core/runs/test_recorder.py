from contextlib import closing

import pytest

from genglossary_gui.core.glossary import Level, Scope, Step
from genglossary_gui.core.runs.recorder import RunRecorder
from genglossary_gui.core.store import logs, runs
from genglossary_gui.core.store.connection import connect
from tests.support import make_project


@pytest.fixture
def connection(tmp_path):
    with closing(connect(make_project(tmp_path))) as connection:
        runs.insert_run(
            connection, uuid="u", scope=Scope.FULL, engine="offline", triggered_by="manual", settings="{}", owner="me"
        )
        yield connection


def test_r77_order_is_kept_and_nothing_is_lost(connection):
    recorder = RunRecorder(connection, 1, lambda run_id, last: None)
    for number in range(2_500):
        recorder.log(str(number))
    recorder.close()
    records = logs.read_records(connection, 1, 1, 10_000)
    assert [r.message for r in records] == [str(n) for n in range(2_500)]
    assert [r.seq for r in records] == list(range(1, 2_501))


def test_r78_records_wait_while_the_database_is_busy(connection, tmp_path):
    connection.execute("PRAGMA busy_timeout = 1")
    recorder = RunRecorder(connection, 1, lambda run_id, last: None)
    with closing(connect(tmp_path / "test.genglossary")) as other:
        other.execute("BEGIN IMMEDIATE")
        for number in range(1_000):
            recorder.log(str(number))
        other.rollback()
    recorder.close()
    assert logs.count_records(connection, 1) == 1_000


def test_progress_never_exceeds_the_total(connection):
    recorder = RunRecorder(connection, 1, lambda run_id, last: None)
    recorder.begin(Step.EXTRACT, 3)
    recorder.advance(5)
    recorder.close()
    run = runs.get_run(connection, 1)
    assert run is not None
    assert (run.step, run.done, run.total) == ("extract", 3, 3)


def test_warnings_are_counted(connection):
    recorder = RunRecorder(connection, 1, lambda run_id, last: None)
    recorder.log("a", level=Level.WARNING)
    recorder.log("b")
    recorder.close()
    run = runs.get_run(connection, 1)
    assert run is not None
    assert run.warnings == 1


@pytest.mark.expected_logs("telling")
def test_r82_a_failing_listener_stops_nothing(connection):
    def fail(run_id, last):
        raise RuntimeError

    recorder = RunRecorder(connection, 1, fail)
    recorder.log("a")
    recorder.close()
    assert logs.count_records(connection, 1) == 1


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "𠮟る 👩‍👧", "line\nforged"])
def test_r84_r86_any_text_is_one_record(connection, text):
    recorder = RunRecorder(connection, 1, lambda run_id, last: None)
    recorder.log(text)
    recorder.close()
    [record] = logs.read_records(connection, 1, 1, 10)
    assert record.message == text.encode("utf-8", "replace").decode()


def test_signals_are_bounded(connection):
    told = []
    recorder = RunRecorder(connection, 1, lambda run_id, last: told.append(last))
    for number in range(20_000):
        recorder.log(str(number))
    recorder.close()
    assert told[-1] == 20_000
    assert len(told) < 200
