"""The rows of the run table say what the controller and the database say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from genglossary_gui.core.glossary import RunMode, RunStatus, Scope
from genglossary_gui.core.runs.manager import RunPhase
from genglossary_gui.core.store.runs import write_step
from genglossary_gui.core.store.tidying import rename_run
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.models.runs import RunTableModel
from tests.ui.models.run_support import FakeController, RunBook


@pytest.fixture
def model(controller: FakeController, reader: Reader) -> RunTableModel:
    return RunTableModel(controller, reader)  # type: ignore[arg-type]


def load(qtbot: QtBot, model: RunTableModel) -> None:
    with qtbot.waitSignal(model.loaded):
        model.refresh()


def cell(model: RunTableModel, run_id: int, column: str) -> str:
    return model.index(model.row_of(run_id), model.column_of(column)).data()


def test_a_started_run_appears_on_top(
    qtbot: QtBot, book: RunBook, controller: FakeController, model: RunTableModel
) -> None:
    book.finish(book.running())
    load(qtbot, model)

    with qtbot.waitSignal(model.loaded):
        controller.run_started.emit(book.pending())

    assert [model.id_at(row) for row in range(2)] == [2, 1]


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        (RunPhase.ACTIVE, "Running"),
        (RunPhase.CANCELLING, "Cancelling…"),
        (RunPhase.SAVING, "Saving results…"),
        (RunPhase.UNSAVED, "Ended, not saved yet"),
        (RunPhase.ELSEWHERE, "Running in another window"),
    ],
)
def test_an_active_row_says_what_the_run_is_doing(
    qtbot: QtBot, book: RunBook, controller: FakeController, model: RunTableModel, phase: RunPhase, words: str
) -> None:
    controller.phases[book.running()] = phase
    load(qtbot, model)

    assert cell(model, 1, "status") == words


def test_a_waiting_row_says_why(qtbot: QtBot, book: RunBook, controller: FakeController, model: RunTableModel) -> None:
    for run_id in (book.pending(), book.pending()):
        controller.phases[run_id] = RunPhase.WAITING
        controller.queue.append(run_id)
    load(qtbot, model)

    assert cell(model, 2, "status") == "Waiting — no. 2 in the queue (3 at once)"
    controller.is_paused = True
    assert cell(model, 2, "status") == "Waiting — the queue is paused"


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        (RunMode.WORK, "Full run"),
        (RunMode.RESUME, "Resumed run 1"),
        (RunMode.KEEP, "Kept from run 1"),
        (RunMode.RESTORE, "Results of run 1"),
    ],
)
def test_a_run_without_a_name_says_what_kind_it_is(
    qtbot: QtBot, book: RunBook, model: RunTableModel, mode: RunMode, words: str
) -> None:
    basis = book.pending(Scope.REVIEW)
    run_id = book.pending(mode=mode, basis=basis)
    load(qtbot, model)

    assert (cell(model, run_id, "name"), cell(model, basis, "name")) == (words, "Review")


def test_a_name_that_a_person_gave_comes_first(qtbot: QtBot, book: RunBook, model: RunTableModel) -> None:
    rename_run(book.connection, book.pending(), "Before the release")
    load(qtbot, model)

    index = model.index(0, model.column_of("name"))
    assert (index.data(), "Full run" in index.data(Qt.ItemDataRole.ToolTipRole)) == ("Before the release", True)


def test_a_run_at_work_says_what_is_left_as_far_as_it_is_known(
    qtbot: QtBot, book: RunBook, controller: FakeController, model: RunTableModel
) -> None:
    run_id = book.running(Scope.GENERATE, done=10, total=40, step="generate")
    write_step(book.connection, run_id, "generate", 10, 5.0)
    controller.phases[run_id] = RunPhase.ACTIVE
    load(qtbot, model)
    assert cell(model, run_id, "left") == ""

    model._on_tick()

    qtbot.waitUntil(lambda: cell(model, run_id, "left") == "this step 0:15")
    controller.phases[run_id] = RunPhase.CANCELLING
    assert cell(model, run_id, "left") == ""


def test_headers_of_groups_count_their_runs_and_cannot_be_selected(
    qtbot: QtBot, book: RunBook, model: RunTableModel
) -> None:
    for _ in range(2):
        book.finish(book.running(), RunStatus.FAILED)
    with qtbot.waitSignal(model.loaded):
        model.set_selection(replace(model.shown, is_grouped=True))

    assert [model.index(row, 0).data() for row in range(3)] == ["Failed (2)", "2", "1"]
    assert (model.headers(), model.state_at(0), model.value_at(0)) == ([0], "failed", None)
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    with qtbot.waitSignal(model.loaded):
        model.toggle_group("failed")
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["Failed (2)"]


def test_a_run_that_ends_goes_to_its_group_and_is_counted_anew(
    qtbot: QtBot, book: RunBook, controller: FakeController, model: RunTableModel
) -> None:
    run_id = book.running()
    with qtbot.waitSignals([model.loaded, model.recounted]):
        model.set_selection(replace(model.shown, is_grouped=True))
        model.reload()
    assert model.counts["active"] == 1

    book.finish(run_id)
    with qtbot.waitSignals([model.loaded, model.recounted]):
        controller.run_finished.emit(run_id)

    assert (model.state_at(0), model.counts["active"], model.counts["cancelled"]) == ("cancelled", 0, 1)


def test_a_finished_row_does_not_ask_for_a_phase(
    qtbot: QtBot, book: RunBook, controller: FakeController, model: RunTableModel
) -> None:
    book.finish(book.running(), RunStatus.FAILED, "The disk is full.")
    controller.phases[1] = RunPhase.SAVING
    load(qtbot, model)

    assert cell(model, 1, "status") == "Failed"


def test_a_run_that_completed_with_warnings_says_so(qtbot: QtBot, book: RunBook, model: RunTableModel) -> None:
    run_id = book.running()
    book.progress(run_id, 5, 5, "publish", warnings=3)
    book.finish(run_id, RunStatus.COMPLETED)
    load(qtbot, model)

    assert cell(model, run_id, "status") == "Completed with 3 warnings"


def test_many_changes_are_shown_as_one(
    qtbot: QtBot, book: RunBook, controller: FakeController, model: RunTableModel
) -> None:
    run_id = book.running(total=100)
    load(qtbot, model)
    shown: list[str] = []
    model.dataChanged.connect(lambda *_: shown.append(cell(model, run_id, "progress")))

    for done in range(1, 38):
        book.progress(run_id, done, 100)
        controller.run_changed.emit(run_id)
    qtbot.waitUntil(lambda: bool(shown))

    assert shown == ["37 / 100"]


def test_the_time_of_an_active_run_is_that_of_the_controller(
    qtbot: QtBot, book: RunBook, controller: FakeController, model: RunTableModel
) -> None:
    controller.phases[book.running()] = RunPhase.ACTIVE
    book.finish(book.running(), seconds=3.24)
    load(qtbot, model)

    assert (cell(model, 1, "elapsed"), cell(model, 2, "elapsed")) == ("1:05", "3.2 s")
