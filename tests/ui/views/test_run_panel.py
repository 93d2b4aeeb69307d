"""The run panel as a person uses it: selecting, reading, cancelling by mouse, key and assistive tool."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible, QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from genglossary_gui.core import i18n
from genglossary_gui.core.glossary import Level, RunStatus
from genglossary_gui.core.runs.manager import RunPhase
from genglossary_gui.core.store.projects import project_info
from genglossary_gui.core.store.run_list import header_id
from genglossary_gui.core.store.runs import ask_to_cancel
from genglossary_gui.ui.dialogs.run_words import RunWordsDialog
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.shell import Workspace
from genglossary_gui.ui.theme import apply_theme, undressed
from genglossary_gui.ui.views import run_rows
from genglossary_gui.ui.views.elided import ElidedLabel
from genglossary_gui.ui.views.run_panel import RunPanel
from tests.ui.models.run_support import FakeController, RunBook

MakePanel = Callable[[], RunPanel]


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
        with undressed(qapp):  # as the app does
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

    qtbot.waitUntil(panel.run_table.hasFocus)


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

    assert "The disk is <b>full</b>.⏎No room." in shown_texts(make_panel())


def test_a_run_that_did_not_fail_shows_no_reason(book: RunBook, make_panel: MakePanel) -> None:
    book.finish(book.running(), RunStatus.FAILED, "Something.")
    book.finish(book.running())
    panel = make_panel()

    assert not [text for text in shown_texts(panel) if "failed" in text]


def test_in_a_low_panel_the_log_stands_beside_the_runs_below_the_whole_card(
    qtbot: QtBot, book: RunBook, make_panel: MakePanel
) -> None:
    book.finish(book.running(), RunStatus.FAILED, "Something.")
    panel = make_panel()
    panel.resize(1000, 290)
    qtbot.waitUntil(lambda: panel.log.x() > panel.run_table.width() - 1)

    card = panel.failure_card
    assert card.width() == panel.width()
    assert card.height() >= card.heightForWidth(card.width())
    first_row = panel.run_table.visualRect(panel.model.index(0, 0))
    assert panel.run_table.viewport().rect().contains(first_row.center())


def shown_ids(panel: RunPanel) -> list[int]:
    return [panel.model.id_at(row) for row in range(panel.model.rowCount())]


def ended(book: RunBook, count: int, status: RunStatus = RunStatus.FAILED) -> None:
    for _ in range(count):
        book.finish(book.running(), status)


def test_a_deleted_run_makes_room_for_the_next_one_and_comes_back(
    qtbot: QtBot, book: RunBook, make_panel: MakePanel
) -> None:
    ended(book, 4)
    panel = make_panel()
    panel.select(3)

    panel.delete_selected()
    qtbot.waitUntil(lambda: shown_ids(panel) == [4, 2, 1])
    assert (panel.selected_run(), panel.selected_runs()) == (2, [2])

    panel.edits.stack.undo()
    qtbot.waitUntil(lambda: shown_ids(panel) == [4, 3, 2, 1])
    assert panel.selected_run() == 2
    qtbot.waitUntil(lambda: not panel.edits.is_at_work)


def test_several_runs_go_to_the_archive_and_back(qtbot: QtBot, book: RunBook, make_panel: MakePanel) -> None:
    ended(book, 3)
    panel = make_panel()
    panel.run_table.selectAll()
    assert panel.selected_runs() == [3, 2, 1]

    panel.archive_selected()
    qtbot.waitUntil(lambda: panel.empty.way_out.text() == "Show the archive" and panel.empty.isVisible())
    qtbot.mouseClick(panel.empty.way_out, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown_ids(panel) == [3, 2, 1])
    panel.select(2)
    panel.archive_selected()
    qtbot.waitUntil(lambda: shown_ids(panel) == [3, 1])
    qtbot.waitUntil(lambda: panel.bar.chip("all").text() == "All (1)")


def test_a_new_name_is_asked_beside_the_window(qtbot: QtBot, book: RunBook, make_panel: MakePanel) -> None:
    ended(book, 1)
    panel = make_panel()

    panel.rename_selected()
    dialog = panel.findChildren(RunWordsDialog)[0]
    qtbot.keyClicks(dialog.name, "weekly")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)

    column = panel.model.column_of("name")
    qtbot.waitUntil(lambda: panel.model.index(0, column).data() == "weekly")
    qtbot.waitUntil(lambda: not panel.edits.is_at_work)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Left])
def test_keys_collapse_the_group_of_a_header(qtbot: QtBot, book: RunBook, make_panel: MakePanel, key: Qt.Key) -> None:
    ended(book, 2)
    panel = make_panel()
    with qtbot.waitSignal(panel.model.loaded):
        panel.bar.group.click()
    assert panel.run_table.columnSpan(0, 0) == len(panel.model.columns)

    qtbot.keyClick(panel.run_table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(panel.model.loaded):
        qtbot.keyClick(panel.run_table, key)

    assert (shown_ids(panel), panel.run_table.currentIndex().row()) == ([header_id("failed")], 0)


def test_on_a_header_the_run_that_was_selected_stays(qtbot: QtBot, book: RunBook, make_panel: MakePanel) -> None:
    ended(book, 2)
    panel = make_panel()
    with qtbot.waitSignal(panel.model.loaded):
        panel.bar.group.click()

    panel.run_table.setCurrentIndex(panel.model.index(0, 0))

    assert (panel.selected_run(), panel.model.state_at(0)) == (2, "failed")


def test_a_large_selection_outlives_a_new_run(
    qtbot: QtBot, book: RunBook, controller: FakeController, make_panel: MakePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_rows, "_LARGE", 2)
    ended(book, 5)
    panel = make_panel()
    panel.run_table.selectAll()

    book.pending()
    with qtbot.waitSignal(panel.model.loaded):
        panel.model.reload()

    assert panel.selected_runs() == [5, 4, 3, 2, 1]


def test_the_menu_key_offers_the_actions_of_a_run(qtbot: QtBot, book: RunBook, make_panel: MakePanel) -> None:
    ended(book, 1)
    panel = make_panel()
    panel.set_menu([QAction("Archive", panel)])

    place = panel.run_table.rect().center()
    QApplication.sendEvent(
        panel.run_table,
        QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, panel.run_table.mapToGlobal(place)),
    )

    assert panel.row_menu.menu.isVisible()
    panel.row_menu.menu.close()


def test_hidden_columns_and_widths_are_remembered(book: RunBook, make_panel: MakePanel, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    ended(book, 1)
    before, after = make_panel(), make_panel()
    before.columns.hide(["engine", "status"])
    before.run_table.setColumnWidth(before.model.column_of("name"), 321)

    before.save_state(settings)
    after.restore_state(settings)

    assert after.columns.hidden() == ["engine"]
    assert after.run_table.columnWidth(after.model.column_of("name")) == 321


def test_the_first_error_of_the_log_is_found(qtbot: QtBot, book: RunBook, make_panel: MakePanel) -> None:
    run_id = book.running()
    book.log(run_id, ["one", "two"])
    book.log(run_id, ["no room"], Level.ERROR)
    panel = make_panel()
    panel.log.bar.search.setText("one")

    panel.show_first_error()

    assert panel.log.view.currentIndex().row() == 2


@pytest.mark.parametrize("language", ["en", "ja"])
def test_all_titles_fit_though_the_table_was_made_without_the_style_sheet(make_panel: MakePanel, language: str) -> None:
    i18n.set_language(language)
    try:
        header = make_panel().run_table.horizontalHeader()
        shown = [column for column in range(header.count()) if not header.isSectionHidden(column)]
        assert shown
        assert all(header.sectionSize(column) >= header.sectionSizeHint(column) for column in shown)
    finally:
        i18n.set_language("en")


def test_a_very_low_panel_shows_a_whole_run_and_its_bar_when_it_is_asked_for(
    qtbot: QtBot, book: RunBook, make_panel: MakePanel
) -> None:
    book.finish(book.running(), RunStatus.COMPLETED)
    panel = make_panel()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1)

    table = panel.run_table
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    panel.resize(698, 155)
    qtbot.waitUntil(lambda: table.viewport().height() >= table.rowHeight(0))
    assert panel.bar.isHidden()

    panel.focus_search()
    assert panel.bar.isVisible()
    qtbot.keyClicks(panel.bar.search, "nothing")
    panel.log.setFocus()
    panel.resize(698, 156)
    assert panel.bar.isVisible()

    panel.bar.show_part("all")
    panel.run_table.setFocus()
    panel.resize(698, 400)
    assert panel.bar.isVisible()
