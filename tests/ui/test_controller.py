"""Runs in real QThreads: the finalizer slot, cancels by direct call, an orderly stop."""

import asyncio
import threading
from contextlib import closing

import pytest
from PySide6.QtCore import QThread
from qasync import QEventLoop

from genglossary_gui.core.compute import Workers
from genglossary_gui.core.errors import EngineError, ProjectError, UserFacingError
from genglossary_gui.core.glossary import RunStatus, Scope
from genglossary_gui.core.pipeline import PipelineExecutor
from genglossary_gui.core.runs.manager import RunPhase
from genglossary_gui.core.store import logs, runs
from genglossary_gui.core.store.connection import connect
from genglossary_gui.ui.controller import RunController
from genglossary_gui.ui.worker import RunThread
from tests.support import Gate, SimpleEngine, make_project
from tests.ui.windows import abandon_run

S = RunStatus


@pytest.fixture(scope="module")
def workers():
    workers = Workers(1)
    yield workers
    workers.close()


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path, "A Lock is here.", "The Weir and the Lock.")


@pytest.fixture
def make_controller(qtbot, project, workers):
    controllers = []

    def make(engine):
        controller = RunController(project, PipelineExecutor(workers, lambda settings: engine))
        controllers.append(controller)
        return controller

    yield make
    for controller in controllers:
        controller.cancel_all()
        qtbot.waitUntil(lambda c=controller: not c.active_runs() and not c.findChildren(QThread), timeout=20_000)
        controller.close()


def status(project, run_id):
    with closing(connect(project)) as connection:
        row = runs.get_run(connection, run_id)
    assert row is not None
    return row.status


def finish(qtbot, controller, run_id):
    qtbot.waitUntil(lambda: run_id not in controller.active_runs(), timeout=20_000)


def test_completes_is_completed(qtbot, project, make_controller):
    controller = make_controller(SimpleEngine())
    with qtbot.waitSignal(controller.run_finished, timeout=20_000) as finished:
        run_id = controller.start(Scope.FULL)
    assert finished.args == [run_id]
    assert status(project, run_id) is S.COMPLETED


def test_interrupted_by_cancel_is_cancelled(qtbot, project, make_controller):
    gate = Gate()
    controller = make_controller(SimpleEngine(gates={"define": gate}))
    run_id = controller.start(Scope.FULL)
    qtbot.waitUntil(gate.arrived.is_set, timeout=20_000)
    assert controller.cancel(run_id)
    assert controller.phase(run_id) is RunPhase.CANCELLING
    finish(qtbot, controller, run_id)
    assert status(project, run_id) is S.CANCELLED


def test_cancel_after_the_work_is_done_is_completed(qtbot, project, make_controller):
    controller = make_controller(SimpleEngine())
    run_id = controller.start(Scope.FULL)
    thread = controller._threads[run_id]
    assert thread.wait(20_000)  # the work is over; its signal is still in the queue of this thread
    with qtbot.waitSignal(controller.cancel_refused):
        assert not controller.cancel(run_id)
    finish(qtbot, controller, run_id)
    assert status(project, run_id) is S.COMPLETED


@pytest.mark.expected_logs("failed")
def test_pipeline_error_is_failed(qtbot, project, make_controller):
    controller = make_controller(SimpleEngine(error=RuntimeError("broken")))
    run_id = controller.start(Scope.FULL)
    finish(qtbot, controller, run_id)
    assert status(project, run_id) is S.FAILED


def test_cancel_of_one_of_three_ends_only_that_one(qtbot, project, make_controller):
    gate = Gate()
    controller = make_controller(SimpleEngine(gates={"extract": gate}))
    first, second, third = (controller.start(Scope.FULL) for _ in range(3))
    qtbot.waitUntil(gate.arrived.is_set, timeout=20_000)
    controller.cancel(second)
    finish(qtbot, controller, second)
    assert sorted(controller.active_runs()) == [first, third]
    gate.pass_on.set()
    finish(qtbot, controller, first)
    finish(qtbot, controller, third)
    assert [status(project, r) for r in (first, second, third)] == [S.COMPLETED, S.CANCELLED, S.COMPLETED]


def test_the_run_works_in_a_thread_and_with_a_connection_of_its_own(qtbot, project, make_controller, monkeypatch):
    seen = []

    class Watching(SimpleEngine):
        def extract(self, analyses, work):
            seen.append(threading.get_ident())
            return super().extract(analyses, work)

    controller = make_controller(Watching())
    for _ in range(2):
        finish(qtbot, controller, controller.start(Scope.FULL))
    assert threading.get_ident() not in seen
    assert len(seen) == 2


@pytest.mark.parametrize("cancelled", [False, True])
def test_r31_the_finalizer_asks_a_locked_database_again(qtbot, project, make_controller, cancelled):
    gate = Gate()
    controller = make_controller(SimpleEngine(gates={"define": gate}))
    run_id = controller.start(Scope.FULL)
    qtbot.waitUntil(gate.arrived.is_set, timeout=20_000)
    thread = controller._threads[run_id]
    if cancelled:
        controller.cancel(run_id)
    gate.pass_on.set()
    assert thread.wait(20_000)
    with closing(connect(project)) as other:
        other.execute("BEGIN IMMEDIATE")
        qtbot.waitUntil(
            lambda: controller.phase(run_id) in (RunPhase.UNSAVED, RunPhase.CANCELLING) and controller._retry.isActive()
        )
        assert run_id in controller.active_runs()
        other.rollback()
    finish(qtbot, controller, run_id)
    assert status(project, run_id) is (S.CANCELLED if cancelled else S.COMPLETED)


def test_r31_the_pauses_between_the_attempts_grow(qtbot, project, make_controller):
    gate = Gate()
    controller = make_controller(SimpleEngine(gates={"define": gate}))
    run_id = controller.start(Scope.FULL)
    qtbot.waitUntil(gate.arrived.is_set, timeout=20_000)
    controller.cancel(run_id)
    assert controller._threads[run_id].wait(20_000)
    with closing(connect(project)) as other:
        other.execute("BEGIN IMMEDIATE")
        qtbot.waitUntil(lambda: controller._retry.isActive() and controller._retry.interval() >= 400, timeout=20_000)
        other.rollback()
    finish(qtbot, controller, run_id)


def test_i7_a_run_finishes_once(qtbot, project, make_controller):
    controller = make_controller(SimpleEngine())
    told = []
    controller.run_finished.connect(told.append)
    run_ids = [controller.start(Scope.FULL) for _ in range(3)]
    for run_id in run_ids:
        finish(qtbot, controller, run_id)
    assert sorted(told) == run_ids


def test_the_log_is_told_in_batches_and_complete(qtbot, project, make_controller):
    class Chatty(SimpleEngine):
        def define(self, terms, work):
            for number in range(5_000):
                work.warn(f"line {number}")
            yield from super().define(terms, work)

    controller = make_controller(Chatty())
    told = []
    controller.log_appended.connect(lambda run_id, last: told.append(last))
    run_id = controller.start(Scope.FULL)
    finish(qtbot, controller, run_id)
    with closing(connect(project)) as connection:
        records = logs.read_records(connection, run_id, 1, 100_000)
        count = logs.count_records(connection, run_id)
    lines = [r.message for r in records if r.message.startswith("line")]
    assert lines == [f"line {n}" for n in range(5_000)]
    assert told[-1] == count
    assert len(told) < 200


def test_r48_stop_cancels_and_waits_until_every_end_is_recorded(qapp, project, make_controller):
    gate = Gate()
    controller = make_controller(SimpleEngine(gates={"extract": gate}))
    loop = QEventLoop(qapp, already_running=False)
    run_ids = [controller.start(Scope.FULL) for _ in range(2)]

    async def stop():
        await asyncio.to_thread(gate.wait_for_arrival)
        return await controller.stop(20)

    with loop:
        assert loop.run_until_complete(stop())
    assert [status(project, r) for r in run_ids] == [S.CANCELLED, S.CANCELLED]
    with pytest.raises(UserFacingError, match="being closed"):
        controller.start(Scope.FULL)


def test_a_vanished_project_cannot_start_a_run(project, make_controller):
    controller = make_controller(SimpleEngine())
    project.unlink()
    with pytest.raises(ProjectError, match="not there"):
        controller.start(Scope.FULL)
    assert controller.active_runs() == []


@pytest.mark.expected_logs("could not be started")
def test_a_run_whose_thread_is_refused_appears_and_ends(qtbot, project, make_controller, monkeypatch):
    controller = make_controller(SimpleEngine())
    told = []
    controller.run_started.connect(lambda run_id: told.append(("started", run_id)))
    controller.run_finished.connect(lambda run_id: told.append(("finished", run_id)))
    monkeypatch.setattr(RunThread, "start", lambda thread: None)
    with pytest.raises(EngineError, match="another thread"):
        controller.start(Scope.FULL)
    assert told == [("started", 1), ("finished", 1)]
    assert status(project, 1) is S.FAILED


def test_a_start_waits_for_a_busy_project(qtbot, project, make_controller):
    controller = make_controller(SimpleEngine())
    with closing(connect(project)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert controller.start(Scope.FULL) is None
        assert controller.pending_starts == 1
        other.rollback()
    with qtbot.waitSignal(controller.run_finished, timeout=20_000):
        pass
    assert controller.pending_starts == 0
    assert status(project, 1) is S.COMPLETED


def test_a_run_of_another_owner_is_asked_to_cancel(project, make_controller):
    controller = make_controller(SimpleEngine())
    run_id = abandon_run(project)
    assert controller.cancel(run_id)
    assert not controller.cancel(run_id)
    with closing(connect(project)) as connection:
        assert runs.wished_cancels(connection, "gone") == [run_id]


def test_r55_what_is_recovered_while_the_project_is_open_is_told(project, make_controller):
    controller = make_controller(SimpleEngine())
    told = []
    controller.recovered.connect(told.append)
    run_id = abandon_run(project)
    controller._recovery.timeout.emit()
    controller._recovery.timeout.emit()
    assert told == [[run_id]]
