"""The run panel as a person uses it: selecting, reading, cancelling by mouse, key and assistive tool."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from genglossary_gui.core.glossary import RunStatus
from genglossary_gui.core.runs.manager import RunPhase
from genglossary_gui.core.store.projects import project_info
from genglossary_gui.core.store.runs import ask_to_cancel
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.shell import Workspace
from genglossary_gui.ui.theme import apply_theme
from genglossary_gui.ui.views.elided import ElidedLabel
from genglossary_gui.ui.views.run_panel import RunPanel
from tests.ui.models.run_support import FakeController, RunBook

MakePanel = Callable[[], RunPanel]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[RunBook]:
    book = RunBook(tmp_path)
    yield book
    book.close()


@pytest.fixture
def controller(qtbot: QtBot) -> FakeController:
    return FakeController()


@pytest.fixture
def make_panel(qtbot: QtBot, qapp: QApplication, book: RunBook, controller: FakeController) -> Iterator[MakePanel]:
    readers: list[Reader] = []
    panels: list[RunPanel] = []

    def make() -> RunPanel:
        apply_theme(qapp, "light")
        readers.append(Reader(book.project))
        info = project_info(book.connection)
        panel = RunPanel(Workspace(book.project, info, controller, readers[-1]))  # type: ignore[arg-type]
        qtbot.addWidget(panel)
        panels.append(panel)
        panel.resize(1360, 400)
        panel.show()
        qtbot.waitUntil(lambda: panel.model.is_loaded)
        return panel

    yield make
    for reader in readers:
        reader.close()


def the_button(panel: RunPanel, run_id: int) -> QPushButton:
    button = panel.cancel_buttons.button_of(run_id)
    assert button is not None
    return button


def shown_texts(panel: QWidget) -> list[str]:
    labels = [*panel.findChildren(QLabel), *panel.findChildren(ElidedLabel)]
    return [label.text() for label in labels if label.isVisible()]


def test_without_runs_it_says_what_to_do(make_panel: MakePanel) -> None:
    assert "No runs yet. Press Run to build the glossary." in shown_texts(make_panel())


def test_the_newest_run_is_shown_at_first(book: RunBook, make_panel: MakePanel) -> None:
    book.finish(book.running())
    book.finish(book.running())

    assert make_panel().selected_run() == 2


def test_a_run_that_starts_is_selected(
    qtbot: QtBot, book: RunBook, controller: FakeController, make_panel: MakePanel
) -> None:
    book.finish(book.running())
    panel = make_panel()

    controller.run_started.emit(book.pending())

    qtbot.waitUntil(lambda: panel.selected_run() == 2)


def test_a_refresh_keeps_the_selected_run(qtbot: QtBot, book: RunBook, make_panel: MakePanel) -> None:
    for _ in range(3):
        book.finish(book.running())
    panel = make_panel()
    panel.select(2)

    with qtbot.waitSignal(panel.model.loaded):
        panel.model.sort(panel.model.column_of("number"), Qt.SortOrder.AscendingOrder)

    assert panel.selected_run() == 2
    assert panel.model.id_at(panel.run_table.currentIndex().row()) == 2


def test_the_selected_run_shows_its_own_log(book: RunBook, make_panel: MakePanel) -> None:
    first, second = book.running(), book.running()
    book.log(first, ["from the first"])
    book.log(second, ["from the second"])
    panel = make_panel()

    panel.select(first)

    assert panel.log.model.record_at(0).message == "from the first"  # type: ignore[union-attr]


def test_assistive_technology_can_press_the_button_of_a_run(
    qtbot: QtBot, book: RunBook, controller: FakeController, make_panel: MakePanel
) -> None:
    run_id = book.running()
    controller.phases[run_id] = RunPhase.ACTIVE
    button = the_button(make_panel(), run_id)

    interface = QAccessible.queryAccessibleInterface(button)
    interface.actionInterface().doAction("Press")

    assert interface.text(QAccessible.Text.Name) == "Cancel run 1"
    qtbot.waitUntil(lambda: controller.cancelled == [1])


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Delete])
def test_keys_cancel_the_run_of_the_current_cell(
    qtbot: QtBot, book: RunBook, controller: FakeController, make_panel: MakePanel, key: Qt.Key
) -> None:
    for _ in range(2):
        controller.phases[book.running()] = RunPhase.ACTIVE
    panel = make_panel()
    column = panel.model.column_of("cancel")
    panel.run_table.setCurrentIndex(panel.model.index(panel.model.row_of(1), column))

    qtbot.keyClick(panel.run_table, key)

    assert controller.cancelled == [1]


def test_space_outside_the_column_cancels_nothing(
    qtbot: QtBot, book: RunBook, controller: FakeController, make_panel: MakePanel
) -> None:
    controller.phases[book.running()] = RunPhase.ACTIVE
    panel = make_panel()

    qtbot.keyClick(panel.run_table, Qt.Key.Key_Space)

    assert controller.cancelled == []


def test_the_buttons_are_reached_by_tab(
    qtbot: QtBot, book: RunBook, controller: FakeController, make_panel: MakePanel
) -> None:
    controller.phases[book.running()] = RunPhase.ACTIVE
    panel = make_panel()
    panel.activateWindow()
    panel.run_table.setFocus()
    qtbot.waitUntil(lambda: panel.run_table.hasFocus())

    qtbot.keyClick(panel.run_table, Qt.Key.Key_Tab)

    assert QApplication.focusWidget() is the_button(panel, 1)


def test_a_button_stays_with_its_run_when_rows_move(
    qtbot: QtBot, book: RunBook, controller: FakeController, make_panel: MakePanel
) -> None:
    for _ in range(3):
        controller.phases[book.running()] = RunPhase.ACTIVE
    panel = make_panel()
    button = the_button(panel, 1)

    with qtbot.waitSignal(panel.model.loaded):
        panel.model.sort(panel.model.column_of("number"), Qt.SortOrder.AscendingOrder)
    controller.run_started.emit(book.pending())
    qtbot.waitUntil(lambda: panel.model.rowCount() == 4)

    assert the_button(panel, 1) is button
    assert panel.run_table.indexAt(button.geometry().center()).row() == panel.model.row_of(1)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert controller.cancelled == [1]


@pytest.mark.parametrize("phase", [RunPhase.CANCELLING, RunPhase.SAVING, RunPhase.UNSAVED])
def test_a_button_that_would_do_nothing_is_disabled(
    qtbot: QtBot, book: RunBook, controller: FakeController, make_panel: MakePanel, phase: RunPhase
) -> None:
    controller.phases[book.running()] = RunPhase.ACTIVE
    panel = make_panel()

    controller.phases[1] = phase
    controller.run_changed.emit(1)
    qtbot.waitUntil(lambda: not the_button(panel, 1).isEnabled())
    qtbot.keyClick(panel.run_table, Qt.Key.Key_Delete)

    assert controller.cancelled == []


def test_the_button_goes_when_the_run_ends(
    qtbot: QtBot, book: RunBook, controller: FakeController, make_panel: MakePanel
) -> None:
    controller.phases[book.running()] = RunPhase.ACTIVE
    panel = make_panel()

    book.finish(1)
    controller.phases.clear()
    controller.run_finished.emit(1)

    assert panel.cancel_buttons.button_of(1) is None


def test_the_keyboard_stays_in_the_table_when_its_button_goes(
    qtbot: QtBot, book: RunBook, controller: FakeController, make_panel: MakePanel
) -> None:
    controller.phases[book.running()] = RunPhase.ACTIVE
    panel = make_panel()
    panel.activateWindow()
    the_button(panel, 1).setFocus()
    qtbot.waitUntil(lambda: the_button(panel, 1).hasFocus())

    book.finish(1)
    controller.phases.clear()
    controller.run_finished.emit(1)

    assert panel.run_table.hasFocus()


def test_a_run_of_another_process_can_be_cancelled_once(
    qtbot: QtBot, book: RunBook, controller: FakeController, make_panel: MakePanel
) -> None:
    run_id = book.running()
    panel = make_panel()
    assert the_button(panel, run_id).isEnabled()

    ask_to_cancel(book.connection, run_id)
    controller.run_changed.emit(run_id)

    qtbot.waitUntil(lambda: not the_button(panel, run_id).isEnabled())


def test_the_end_of_a_run_of_another_process_is_noticed(qtbot: QtBot, book: RunBook, make_panel: MakePanel) -> None:
    run_id = book.running()
    panel = make_panel()
    panel.model._on_tick()

    book.log(run_id, ["written elsewhere"])
    book.finish(run_id)
    panel.model._on_tick()

    assert panel.cancel_buttons.button_of(run_id) is None
    qtbot.waitUntil(lambda: panel.log.model.total == 1)


def test_a_failed_run_says_why_in_one_line_of_plain_text(book: RunBook, make_panel: MakePanel) -> None:
    book.finish(book.running(), RunStatus.FAILED, "The disk is <b>full</b>.\nNo room.")

    assert "Run 1 failed: The disk is <b>full</b>.⏎No room." in shown_texts(make_panel())


def test_a_run_that_did_not_fail_shows_no_reason(book: RunBook, make_panel: MakePanel) -> None:
    book.finish(book.running(), RunStatus.FAILED, "Something.")
    book.finish(book.running())
    panel = make_panel()

    assert not [text for text in shown_texts(panel) if "failed" in text]
