"""The run manager with real threads and a real database; races are forced with gates."""

import queue
import sqlite3
import threading
from contextlib import closing

import pytest

from genglossary_gui.core.errors import ProjectError, UsageError
from genglossary_gui.core.glossary import Level, RunStatus, Scope
from genglossary_gui.core.pipeline import ExecutionContext
from genglossary_gui.core.runs.job import Ended
from genglossary_gui.core.runs.manager import RunManager, RunPhase
from genglossary_gui.core.store import logs, runs
from genglossary_gui.core.store.connection import connect
from tests.support import PATIENCE, Gate, make_project, start_run

S = RunStatus


class Steps:
    """An executor whose work is a function of the context; keeps the contract of ``PipelineExecutor``."""

    def __init__(self, work=lambda context: False):
        self.work = work

    def execute(self, connection, scope, context: ExecutionContext) -> bool:
        return self.work(context)


class Runner:
    """Launches jobs in threads, and records their ends when the test says so."""

    def __init__(self, project, executor, **parts):
        self.ends: queue.SimpleQueue[tuple[int, Ended]] = queue.SimpleQueue()
        self.threads: list[threading.Thread] = []
        self.project = project
        self.manager = RunManager(project, executor, self.launch, **parts)

    def launch(self, job):
        def work():
            self.ends.put((job.run_id, job.carry_out(lambda run_id, last: None)))

        thread = threading.Thread(target=work)
        self.threads.append(thread)
        thread.start()

    def end_one(self) -> tuple[int, Ended]:
        run_id, ended = self.ends.get(timeout=PATIENCE)
        assert self.manager.record_end(run_id, ended)
        return run_id, ended

    def row(self, run_id):
        with closing(connect(self.project)) as connection:
            row = runs.get_run(connection, run_id)
        assert row is not None
        return row

    def close(self):
        for thread in self.threads:
            thread.join(PATIENCE)
        self.manager.close()


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path)


@pytest.fixture
def make_runner(project):
    runners = []

    def make(work=lambda context: False, **parts):
        runner = Runner(project, Steps(work), **parts)
        runners.append(runner)
        return runner

    yield make
    for runner in runners:
        runner.close()


def stop_at(gate):
    def work(context):
        with context.token.on_cancel(gate.pass_on.set):
            gate.stop_here()
        return context.token.is_cancelled

    return work


# --- the four endings of the seeds -----------------------------------------------------------------


def test_seed_work_that_completes_is_completed(make_runner):
    runner = make_runner()
    run_id = runner.manager.start_run("full")
    runner.end_one()
    assert runner.row(run_id).status is S.COMPLETED


def test_seed_work_interrupted_by_cancel_is_cancelled(make_runner):
    gate = Gate()
    runner = make_runner(stop_at(gate))
    run_id = runner.manager.start_run("full")
    gate.wait_for_arrival()
    assert runner.manager.cancel_run(run_id)
    runner.end_one()
    row = runner.row(run_id)
    assert (row.status, row.outcome, row.error) == (S.CANCELLED, None, "")


def test_seed_i3_a_cancel_after_the_work_is_done_is_too_late(make_runner):
    runner = make_runner()
    run_id = runner.manager.start_run("full")
    _, ended = runner.ends.get(timeout=PATIENCE)
    assert not runner.manager.cancel_run(run_id)
    assert runner.manager.phase(run_id) is RunPhase.SAVING
    assert runner.manager.record_end(run_id, ended)
    assert runner.row(run_id).status is S.COMPLETED


@pytest.mark.expected_logs("failed")
def test_seed_a_pipeline_error_is_failed(make_runner):
    def work(context):
        raise ZeroDivisionError

    runner = make_runner(work)
    run_id = runner.manager.start_run("full")
    runner.end_one()
    row = runner.row(run_id)
    assert row.status is S.FAILED
    assert "ZeroDivisionError" in row.error


# --- races and guarantees --------------------------------------------------------------------------


def test_s1_two_runs_of_one_executor_keep_logs_and_cancels_apart(make_runner):
    gates = {}

    def work(context):
        context.log(f"I am {context.run_id}")
        return stop_at(gates[context.run_id])(context)

    runner = make_runner(work)
    gates[1], gates[2] = Gate(), Gate()
    first, second = runner.manager.start_run("full"), runner.manager.start_run("full")
    gates[first].wait_for_arrival()
    gates[second].wait_for_arrival()
    runner.manager.cancel_run(first)
    assert runner.end_one()[0] == first
    assert runner.manager.phase(second) is RunPhase.ACTIVE
    gates[second].pass_on.set()
    runner.end_one()
    assert (runner.row(first).status, runner.row(second).status) == (S.CANCELLED, S.COMPLETED)
    with closing(connect(runner.project)) as connection:
        for run_id in (first, second):
            said = [r.message for r in logs.read_records(connection, run_id, 1, 100) if r.message.startswith("I am")]
            assert said == [f"I am {run_id}"]


def test_r6_a_cancel_between_row_and_thread_is_honoured(project, make_runner):
    entered = []
    runner = make_runner(lambda context: entered.append(1) or False)
    launch_now = runner.launch

    def launch(job):
        assert runner.manager.cancel_run(job.run_id)
        launch_now(job)

    runner.manager._launch = launch
    run_id = runner.manager.start_run("full")
    runner.end_one()
    row = runner.row(run_id)
    assert (row.status, row.started_at, entered) == (S.CANCELLED, None, [])


@pytest.mark.expected_logs("could not be started")
def test_r18_an_error_between_row_and_thread_leaves_no_active_row(make_runner):
    runner = make_runner()

    def launch(job):
        raise RuntimeError("no thread")

    runner.manager._launch = launch
    with pytest.raises(RuntimeError, match="no thread"):
        runner.manager.start_run("full")
    assert runner.manager.active_runs() == []
    with closing(connect(runner.project)) as connection:
        assert [row.status for row in runs.run_rows(connection, [1]).values()] == [S.FAILED]


def test_r16_an_error_before_the_row_leaves_nothing(project, make_runner):
    runner = make_runner()
    project.unlink()
    with pytest.raises(ProjectError):
        runner.manager.start_run("full")
    assert runner.manager.active_runs() == []


def test_r16_the_token_is_there_before_the_row_can_be_seen(project, make_runner, monkeypatch):
    runner = make_runner()
    known = []
    insert = runs.insert_run

    def insert_and_look(connection, **values):
        run_id = insert(connection, **values)
        connection.set_trace_callback(
            lambda sql: known.append(run_id in runner.manager.active_runs()) if sql.startswith("COMMIT") else None
        )
        return run_id

    monkeypatch.setattr(runs, "insert_run", insert_and_look)
    runner.manager.start_run("full")
    runner.end_one()
    assert known == [True]


def test_r2_cancel_of_an_unknown_or_finished_run_is_an_honest_no(make_runner):
    runner = make_runner()
    run_id = runner.manager.start_run("full")
    runner.end_one()
    before = runner.row(run_id)
    assert not runner.manager.cancel_run(run_id)
    assert not runner.manager.cancel_run(4711)
    assert runner.row(run_id) == before


def test_r5_cancel_twice_is_harmless(make_runner):
    gate = Gate()
    runner = make_runner(stop_at(gate))
    run_id = runner.manager.start_run("full")
    gate.wait_for_arrival()
    assert [runner.manager.cancel_run(run_id), runner.manager.cancel_run(run_id)] == [True, False]
    runner.end_one()
    assert runner.row(run_id).status is S.CANCELLED


def test_r33_an_error_after_an_accepted_cancel_is_the_cancel(make_runner):
    gate = Gate()

    def work(context):
        stop_at(gate)(context)
        raise OSError("the socket was closed")

    runner = make_runner(work)
    run_id = runner.manager.start_run("full")
    gate.wait_for_arrival()
    runner.manager.cancel_run(run_id)
    runner.end_one()
    assert runner.row(run_id).status is S.CANCELLED


def test_r14_a_cancel_inside_the_last_step_publishes_nothing(make_runner):
    runner = make_runner()

    def work(context):
        runner.manager.cancel_run(context.run_id)
        return False  # the step did not notice

    runner.manager._executor = Steps(work)
    run_id = runner.manager.start_run("full")
    runner.end_one()
    row = runner.row(run_id)
    assert (row.status, row.outcome) == (S.CANCELLED, None)


@pytest.mark.parametrize("status", [S.COMPLETED, S.CANCELLED])
def test_r30_a_database_error_while_recording_never_becomes_failed(make_runner, status):
    broken = threading.Event()

    def sometimes_broken(path, **options):
        if broken.is_set():
            raise sqlite3.OperationalError("disk I/O error")
        return connect(path, **options)

    gate = Gate()
    runner = make_runner(stop_at(gate), make_connection=sometimes_broken)
    run_id = runner.manager.start_run("full")
    gate.wait_for_arrival()
    (runner.manager.cancel_run if status is S.CANCELLED else lambda _: gate.pass_on.set())(run_id)
    _, ended = runner.ends.get(timeout=PATIENCE)
    broken.set()
    assert not runner.manager.record_end(run_id, ended)
    assert runner.manager.phase(run_id) is RunPhase.UNSAVED or status is S.CANCELLED
    assert runner.manager.unrecorded() == [(run_id, ended)]
    broken.clear()
    assert runner.manager.record_end(run_id, ended)
    assert runner.row(run_id).status is status


def test_r31_a_locked_database_at_the_end_is_asked_again(make_runner):
    runner = make_runner()
    run_id = runner.manager.start_run("full")
    _, ended = runner.ends.get(timeout=PATIENCE)
    with closing(connect(runner.project)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not runner.manager.record_end(run_id, ended)
        other.rollback()
    assert runner.manager.record_end(run_id, ended)
    assert runner.row(run_id).status is S.COMPLETED


def test_r64_a_replaced_project_file_is_noticed_before_publishing(project, make_runner, tmp_path):
    def work(context):
        project.rename(tmp_path / "moved.genglossary")
        return False

    runner = make_runner(work)
    runner.manager.start_run("full")
    _, ended = runner.ends.get(timeout=PATIENCE)
    assert ended.status is S.FAILED
    assert "moved" in ended.error
    with closing(connect(tmp_path / "moved.genglossary")) as connection:
        row = runs.get_run(connection, 1)
    assert row is not None
    assert row.outcome is None


def test_r74_missing_input_is_named_before_any_work(project):
    from genglossary_gui.core.pipeline import PipelineExecutor

    executor = PipelineExecutor()
    with closing(connect(project)) as connection:
        from genglossary_gui.core.cancellation import CancelToken

        context = ExecutionContext(1, lambda message, **fields: None, CancelToken())
        with pytest.raises(UsageError, match="no terms"):
            executor.execute(connection, Scope.GENERATE, context)


def test_r88_no_private_place_reaches_row_or_log(project, make_runner, tmp_path):
    secret = str(tmp_path / "documents" / "x.txt")

    def work(context):
        context.log(f"reading {secret} with key sk-canary123456", level=Level.WARNING)
        raise UsageError(f"cannot read {secret}")

    runner = make_runner(work)
    run_id = runner.manager.start_run("full")
    runner.end_one()
    with closing(connect(project)) as connection:
        text = " ".join(r.message for r in logs.read_records(connection, run_id, 1, 100)) + runner.row(run_id).error
    assert str(tmp_path) not in text
    assert "canary" not in text
    assert "x.txt" in text


def test_i5_recovery_leaves_a_living_owner_alone(make_runner):
    gate = Gate()
    mine, other = make_runner(stop_at(gate)), make_runner()
    run_id = mine.manager.start_run("full")
    gate.wait_for_arrival()
    assert other.manager.recover() == []
    gate.pass_on.set()
    mine.end_one()
    assert mine.row(run_id).status is S.COMPLETED


@pytest.mark.parametrize(("published", "status"), [(False, S.INTERRUPTED), (True, S.COMPLETED)])
def test_r51_r54_recovery_of_a_dead_owner_writes_what_is_true(project, make_runner, published, status):
    with closing(connect(project)) as connection:
        run_id = start_run(connection, owner="dead")
        if published:
            runs.mark_published(connection, run_id, "dead")
    runner = make_runner()
    assert runner.manager.recover() == [run_id]
    assert runner.row(run_id).status is status


def test_a_run_of_another_process_can_be_asked_to_stop(project, make_runner):
    gate = Gate()
    runner = make_runner(stop_at(gate))
    run_id = runner.manager.start_run("full")
    gate.wait_for_arrival()
    with closing(connect(project)) as connection:
        assert runs.ask_to_cancel(connection, run_id)
    runner.manager.obey_wishes()
    runner.end_one()
    assert runner.row(run_id).status is S.CANCELLED


def test_r29_nothing_of_finished_runs_stays(make_runner, tmp_path):
    runner = make_runner()
    for _ in range(20):
        runner.manager.start_run("full")
        runner.end_one()
    assert runner.manager.active_runs() == []
    runner.manager.close()
    assert not list(tmp_path.glob(".*.lock"))
