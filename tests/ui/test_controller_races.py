"""What may happen to the controller at a bad moment."""

from contextlib import closing

import pytest
import shiboken6
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication

from genglossary_gui.core.errors import EngineError
from genglossary_gui.core.glossary import RunStatus, Scope
from genglossary_gui.core.runs import job, recover
from genglossary_gui.core.runs.manager import RunPhase
from genglossary_gui.core.store.connection import connect
from genglossary_gui.ui.controller import RunController
from genglossary_gui.ui.worker import RunThread
from tests.core.runs.fault_support import executor_of, rows_of
from tests.support import Gate, SimpleEngine, make_project

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
    with qtbot.waitSignal(controller.run_finished):
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


def test_a_project_that_is_gone_is_not_reported_again_and_again(controller, project):
    project.unlink()
    controller._recovery.timeout.emit()  # pytest-qt fails a test in which a slot raises
