"""What may happen to the controller at a bad moment."""

import asyncio
import threading
from contextlib import closing

import pytest
import shiboken6
from PySide6.QtCore import Qt, QThread
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from genglossary_gui.core.errors import EngineError, UsageError
from genglossary_gui.core.glossary import RunMode, RunStatus, Scope
from genglossary_gui.core.runs import job, recover
from genglossary_gui.core.runs.manager import RunPhase
from genglossary_gui.core.store.connection import connect
from genglossary_gui.ui import controller as controller_module
from genglossary_gui.ui.controller import RunController
from genglossary_gui.ui.worker import RunThread
from tests.core.runs.fault_support import executor_of, rows_of
from tests.support import PATIENCE, Gate, SimpleEngine, make_project

S = RunStatus


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path, "A Lock is here.")


@pytest.fixture
def controller(qtbot, project):
    controller = RunController(project, executor_of(SimpleEngine()))
    yield controller
    if shiboken6.isValid(controller):
        qtbot.waitUntil(lambda: not controller.active_runs() and not controller.findChildren(QThread), timeout=20_000)
        controller.close()


@pytest.mark.expected_logs("could not be started")
def test_r19_a_thread_that_the_system_refuses_is_noticed(controller, project, monkeypatch):
    monkeypatch.setattr(RunThread, "start", lambda thread: None)
    with pytest.raises(EngineError, match="another thread"):
        controller.start(Scope.FULL)
    assert controller.active_runs() == []
    assert rows_of(project)[1].status is S.FAILED


@pytest.mark.expected_logs("could not be started")
def test_i9_r18_its_end_is_recorded_as_soon_as_the_database_allows(qtbot, controller, project, monkeypatch):
    finished = []
    controller.run_finished.connect(finished.append)
    with closing(connect(project)) as other:

        def start(thread):
            other.execute("BEGIN IMMEDIATE")

        monkeypatch.setattr(RunThread, "start", start)
        with pytest.raises(EngineError, match="another thread"):
            controller.start(Scope.FULL)
        assert controller.phase(1) is RunPhase.UNSAVED
        other.rollback()
    qtbot.waitUntil(lambda: not controller.active_runs(), timeout=20_000)
    assert (rows_of(project)[1].status, finished) == (S.FAILED, [1])


def test_i3_r13_a_cancel_while_the_results_are_saved_is_refused_aloud(qtbot, controller, project, monkeypatch):
    gate, publish = Gate(), job.publish

    def publish_at_gate(*parts):
        gate.stop_here()
        publish(*parts)

    monkeypatch.setattr(job, "publish", publish_at_gate)
    run_id = controller.start(Scope.FULL)
    qtbot.waitUntil(gate.arrived.is_set, timeout=20_000)
    assert controller.phase(run_id) is RunPhase.SAVING
    with qtbot.waitSignal(controller.cancel_refused):
        assert not controller.cancel(run_id)
    with qtbot.waitSignal(controller.run_finished, timeout=20_000):
        gate.pass_on.set()
    assert rows_of(project)[run_id].status is S.COMPLETED


def test_r83_an_end_that_arrives_after_its_controller_is_gone_is_harmless(controller, project):
    run_id = controller.start(Scope.FULL)
    assert controller._threads[run_id].wait(20_000)  # its signals are still under way
    incarnation = controller._manager._incarnation
    controller.close()
    shiboken6.delete(controller)
    QApplication.processEvents()
    assert recover(project) == []
    incarnation.release()  # as when the process ends
    assert recover(project) == [run_id]
    assert rows_of(project)[run_id].status is S.COMPLETED


def test_the_last_instructions_of_a_thread_are_waited_for(qtbot, project):
    engine_gate, last_gate, closes = Gate(), Gate(), threading.Event()
    controller = RunController(project, executor_of(SimpleEngine(gates={"define": engine_gate})))
    controller.start(Scope.FULL)
    [thread] = controller._threads.values()
    thread.ended.connect(lambda *_: last_gate.stop_here(), Qt.ConnectionType.DirectConnection)
    engine_gate.pass_on.set()
    qtbot.waitUntil(lambda: last_gate.arrived.is_set() and not controller.active_runs(), timeout=20_000)

    def go_on():
        assert closes.wait(PATIENCE)
        threading.Event().wait(0.1)
        last_gate.pass_on.set()

    helper = threading.Thread(target=go_on)
    helper.start()
    closes.set()
    controller.close()
    assert thread.isFinished()
    helper.join()
    shiboken6.delete(controller)


def test_a_project_that_is_gone_is_not_reported_again_and_again(controller, project):
    project.unlink()
    controller._recovery.timeout.emit()  # pytest-qt fails a test in which a slot raises


# --- the queue, and runs that go on with others ----------------------------------------------------


class Deaf(SimpleEngine):
    """Its first run does not notice a cancel while it defines, until the gate is opened."""

    def __init__(self):
        super().__init__()
        self.gate = Gate()
        self.runs = 0

    def define(self, terms, work):
        self.runs += 1
        if self.runs == 1:
            self.gate.stop_here()
        yield from super().define(terms, work)


@pytest.fixture
def engine():
    return Deaf()


@pytest.fixture
def queued(qtbot, project, engine):
    """One run works at a time; the first one is in the middle of its work."""
    controller = RunController(project, executor_of(engine), limit=1)
    assert controller.start(Scope.FULL) == 1
    qtbot.waitUntil(engine.gate.arrived.is_set, timeout=20_000)
    yield controller
    engine.gate.pass_on.set()
    controller.cancel_all()
    qtbot.waitUntil(lambda: not controller.active_runs() and not controller.findChildren(QThread), timeout=20_000)
    controller.close()


def cancelled_run(qtbot, controller, engine):
    """The fixture's run, cancelled in the middle."""
    with qtbot.waitSignal(controller.run_finished, timeout=20_000):
        assert controller.cancel(1)
        engine.gate.pass_on.set()
    return 1


def test_s3_a_slot_is_free_when_the_work_has_stopped_not_when_it_was_asked_to(qtbot, queued, engine, project):
    second = queued.start(Scope.FULL)
    assert queued.cancel(1)
    QApplication.processEvents()
    assert (queued.phase(1), queued.phase(second)) == (RunPhase.CANCELLING, RunPhase.WAITING)
    assert engine.runs == 1
    with qtbot.waitSignals([queued.run_finished] * 2, timeout=20_000):
        engine.gate.pass_on.set()
    assert [row.status for row in rows_of(project).values()] == [S.CANCELLED, S.COMPLETED]


def test_r6_a_waiting_run_is_cancelled_between_its_turn_and_its_thread(qtbot, queued, engine, project, monkeypatch):
    second, third = queued.start(Scope.FULL), queued.start(Scope.FULL)
    start, answers = RunThread.start, []

    def start_late(thread):
        if thread.run_id == second:
            answers.append(queued.cancel(second))
        start(thread)

    monkeypatch.setattr(RunThread, "start", start_late)
    with qtbot.waitSignals([queued.run_finished] * 3, timeout=20_000):
        engine.gate.pass_on.set()
    row = rows_of(project)[second]
    assert (answers, row.status, row.started_at) == ([True], S.CANCELLED, None)
    assert rows_of(project)[third].status is S.COMPLETED
    assert engine.runs == 2


def test_r6_a_waiting_run_that_was_cancelled_never_gets_a_thread(qtbot, queued, engine, project):
    second = queued.start(Scope.FULL)
    with qtbot.waitSignal(queued.run_finished, timeout=20_000) as finished:
        assert queued.cancel(second)
    assert finished.args == [second]
    with qtbot.waitSignal(queued.run_finished, timeout=20_000):
        engine.gate.pass_on.set()
    assert rows_of(project)[second].status is S.CANCELLED
    assert engine.runs == 1


def test_r4_resume_clicked_twice_starts_one_run(qtbot, queued, engine, project):
    run_id = cancelled_run(qtbot, queued, engine)
    with qtbot.waitSignal(queued.run_finished, timeout=20_000):
        resumed = queued.continue_run(run_id, RunMode.RESUME)
        with pytest.raises(UsageError):
            queued.continue_run(run_id, RunMode.RESUME)
    assert [(row.id, row.basis) for row in rows_of(project).values()] == [(1, None), (resumed, 1)]
    assert rows_of(project)[resumed].status is S.COMPLETED


def test_r4_resume_clicked_twice_while_the_project_is_busy_starts_one_run(qtbot, queued, engine, project):
    run_id = cancelled_run(qtbot, queued, engine)
    started, refused = [], []
    queued.run_started.connect(started.append)
    queued.start_failed.connect(refused.append)
    with closing(connect(project)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert [queued.continue_run(run_id, RunMode.RESUME) for _ in range(2)] == [None, None]
        other.rollback()
    qtbot.waitUntil(lambda: bool(started and refused), timeout=20_000)
    qtbot.waitUntil(lambda: not queued.active_runs(), timeout=20_000)
    assert (len(started), len(refused), len(rows_of(project))) == (1, 1, 2)


def test_r22_a_project_that_stays_busy_is_said_and_nothing_remains(qtbot, queued, project, monkeypatch):
    monkeypatch.setattr(controller_module, "_START_SECONDS", 0.0)
    with closing(connect(project)) as other:
        other.execute("BEGIN IMMEDIATE")
        with qtbot.waitSignal(queued.start_failed, timeout=20_000):
            assert queued.start(Scope.FULL) is None
        other.rollback()
    assert list(rows_of(project)) == [1]


def stop(qapp, controller):
    loop = QEventLoop(qapp, already_running=False)
    try:
        return loop.run_until_complete(controller.stop(20))
    finally:
        loop.close()
        asyncio.set_event_loop(None)


def test_r48_quit_ends_the_runs_that_wait_and_starts_none(qapp, queued, engine, project):
    waiting = [queued.start(Scope.FULL) for _ in range(2)]
    queued.run_changed.connect(lambda run_id: engine.gate.pass_on.set())
    assert stop(qapp, queued)
    assert [row.status for row in rows_of(project).values()] == [S.CANCELLED] * 3
    assert all(rows_of(project)[run_id].started_at is None for run_id in waiting)
    assert engine.runs == 1


def test_r48_quit_forgets_a_start_that_waits_for_the_project(qapp, queued, engine, project):
    refused = []
    queued.start_failed.connect(refused.append)
    with closing(connect(project)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert queued.start(Scope.FULL) is None
        other.rollback()
    engine.gate.pass_on.set()
    assert stop(qapp, queued)
    assert (list(rows_of(project)), queued.pending_starts, refused) == ([1], 0, [])
