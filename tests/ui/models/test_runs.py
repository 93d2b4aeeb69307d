"""The rows of the run table say what the controller and the database say."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from genglossary_gui.core.glossary import RunStatus
from genglossary_gui.core.runs.manager import RunPhase
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
