"""What a person does with runs, in the real window."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from genglossary_gui.core.glossary import RunMode, RunStatus, Scope, Step
from genglossary_gui.core.store import drafts
from genglossary_gui.core.store.connection import connect
from genglossary_gui.ui.dialogs.compare import CompareDialog
from genglossary_gui.ui.dialogs.run_settings import RunSettingsDialog
from genglossary_gui.ui.main_window import MainWindow
from tests.support import Gate, SimpleEngine, make_project
from tests.ui.windows import MakeWindow, abandon_run, action, answer, offers, press, row_of

WAIT = 60_000


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path, "A Lock is here.", "The Weir and the Lock.")


def select(qtbot: QtBot, window: MainWindow, *run_ids: int) -> None:
    assert window.project is not None
    panel = window.project.runs
    qtbot.waitUntil(lambda: all(panel.model.row_of(run_id) >= 0 for run_id in run_ids), timeout=WAIT)
    panel.run_table.clearSelection()
    for run_id in run_ids:
        row = panel.model.row_of(run_id)
        flags = panel.run_table.selectionModel().SelectionFlag
        panel.run_table.selectionModel().select(panel.model.index(row, 0), flags.Select | flags.Rows)
    if len(run_ids) == 1:
        panel.select(run_ids[0])
    assert set(panel.selected_runs()) == set(run_ids)


def run_to_end(qtbot: QtBot, window: MainWindow, name: str = "actionRun") -> int:
    assert window.workspace is not None
    with qtbot.waitSignal(window.workspace.controller.run_finished, timeout=WAIT) as finished:
        action(window, name).trigger()
    return finished.args[0]  # type: ignore[index]


def exists(project: Path, draft: int) -> bool:
    with closing(connect(project)) as connection:
        return drafts.exists(connection, draft)


def test_resume_goes_on_with_an_interrupted_run(qtbot: QtBot, project: Path, make_window: MakeWindow) -> None:
    lost = abandon_run(project)
    window = make_window(project)
    select(qtbot, window, lost)

    run_id = run_to_end(qtbot, window, "actionResumeRun")

    row = row_of(window, run_id)
    assert (row.mode, row.basis, row.status) == (RunMode.RESUME, lost, RunStatus.COMPLETED)
    select(qtbot, window, lost)
    assert not action(window, "actionResumeRun").isEnabled()


def test_the_keyboard_is_on_the_runs_when_the_card_has_gone(
    qtbot: QtBot, project: Path, make_window: MakeWindow
) -> None:
    lost = abandon_run(project)
    window = make_window(project)
    select(qtbot, window, lost)
    assert window.project is not None
    runs = window.project.runs
    resume = runs.failure_card.findChild(QPushButton, "suggest-resume")
    assert resume is not None
    window.activateWindow()
    resume.setFocus()
    qtbot.waitUntil(resume.hasFocus)

    qtbot.mouseClick(resume, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not runs.failure_card.isVisible(), timeout=WAIT)

    assert runs.run_table.hasFocus()
    qtbot.waitUntil(lambda: row_of(window, lost + 1).status is RunStatus.COMPLETED, timeout=WAIT)


def test_what_is_possible_follows_the_selected_run(qtbot: QtBot, project: Path, make_window: MakeWindow) -> None:
    begun, done = abandon_run(project), abandon_run(project, step=Step.GENERATE, is_kept=True)
    window = make_window(project)
    names = ("actionResumeRun", "actionKeepRun", "actionDiscardRun", "actionRestoreRun", "actionDeleteRun")

    def enabled() -> list[bool]:
        return [action(window, name).isEnabled() for name in names]

    select(qtbot, window, begun)
    assert enabled() == [True, False, True, False, True]
    select(qtbot, window, done)
    assert enabled() == [True, True, True, False, True]
    select(qtbot, window, begun, done)
    assert enabled() == [False, False, False, False, True]
    completed = run_to_end(qtbot, window)
    select(qtbot, window, completed)
    assert enabled() == [False, False, False, True, True]


def test_discard_asks_first_and_no_is_the_default(qtbot: QtBot, project: Path, make_window: MakeWindow) -> None:
    lost = abandon_run(project)
    window = make_window(project)
    select(qtbot, window, lost)

    action(window, "actionDiscardRun").trigger()
    question = window.findChild(QMessageBox, "question")
    assert question is not None
    qtbot.keyClick(question, Qt.Key.Key_Return)
    assert exists(project, lost)

    qtbot.waitUntil(lambda: window.findChild(QMessageBox, "question") is None)
    action(window, "actionDiscardRun").trigger()
    answer(window, "Discard")

    told = f"What run {lost} had done was discarded."
    qtbot.waitUntil(lambda: window.banner.text == told, timeout=WAIT)
    assert not exists(project, lost)
    assert not action(window, "actionResumeRun").isEnabled()


def test_run_again_takes_the_frozen_settings_of_the_run(qtbot: QtBot, project: Path, make_window: MakeWindow) -> None:
    lost = abandon_run(project, name="Mine")
    window = make_window(project)
    select(qtbot, window, lost)

    row = row_of(window, run_to_end(qtbot, window, "actionRunAgain"))

    assert row.settings == row_of(window, lost).settings
    assert (row.name, row.mode, row.basis) == ("Mine", RunMode.WORK, None)


def test_edit_and_run_begins_with_the_settings_of_the_run(qtbot: QtBot, project: Path, make_window: MakeWindow) -> None:
    lost = abandon_run(project)
    window = make_window(project)
    select(qtbot, window, lost)

    action(window, "actionEditAndRun").trigger()
    dialog = window.findChild(RunSettingsDialog)
    assert dialog is not None
    assert (dialog.language.currentData(), dialog.max_document_mb.value()) == ("ja", 7)
    dialog.scope.setCurrentIndex(dialog.scope.findData(Scope.EXTRACT))
    dialog.language.setCurrentIndex(dialog.language.findData("en"))
    assert window.workspace is not None
    with qtbot.waitSignal(window.workspace.controller.run_finished, timeout=WAIT) as finished:
        dialog.run_button.click()

    row = row_of(window, finished.args[0])  # type: ignore[index]
    assert row.scope is Scope.EXTRACT
    assert json.loads(row.settings)["documents_language"] == "en"
    assert json.loads(row.settings)["max_document_mb"] == 7


def test_results_are_published_again(qtbot: QtBot, project: Path, make_window: MakeWindow) -> None:
    window = make_window(project)
    first = run_to_end(qtbot, window)
    run_to_end(qtbot, window)
    select(qtbot, window, first)

    row = row_of(window, run_to_end(qtbot, window, "actionRestoreRun"))

    assert (row.mode, row.basis, row.status) == (RunMode.RESTORE, first, RunStatus.COMPLETED)


def test_one_run_is_compared_with_the_one_before_it(qtbot: QtBot, project: Path, make_window: MakeWindow) -> None:
    window = make_window(project)
    first, second = run_to_end(qtbot, window), run_to_end(qtbot, window)
    select(qtbot, window, second)

    action(window, "actionCompareRuns").trigger()

    dialog = window.findChild(CompareDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.compared is not None, timeout=WAIT)
    assert dialog.compared is not None
    assert (dialog.compared.first.run.id, dialog.compared.second.run.id) == (first, second)
    dialog.close()


def test_a_run_without_an_earlier_one_is_not_compared(qtbot: QtBot, project: Path, make_window: MakeWindow) -> None:
    window = make_window(project)
    select(qtbot, window, run_to_end(qtbot, window))

    action(window, "actionCompareRuns").trigger()

    assert "no earlier run" in window.banner.text
    assert window.findChild(CompareDialog) is None


def test_cancel_ends_every_selected_run_and_no_other(qtbot: QtBot, project: Path, make_window: MakeWindow) -> None:
    gate = Gate()
    window = make_window(project, SimpleEngine(gates={"extract": gate}))
    assert window.workspace is not None
    controller = window.workspace.controller
    for _ in range(3):
        action(window, "actionRun").trigger()
    qtbot.waitUntil(gate.arrived.is_set, timeout=WAIT)
    select(qtbot, window, 1, 3)
    action(window, "actionCancelRun").trigger()
    qtbot.waitUntil(lambda: controller.active_runs() == [2], timeout=WAIT)
    gate.pass_on.set()
    qtbot.waitUntil(lambda: controller.active_runs() == [], timeout=WAIT)

    assert [row_of(window, n).status for n in (1, 2, 3)] == [
        RunStatus.CANCELLED,
        RunStatus.COMPLETED,
        RunStatus.CANCELLED,
    ]


def test_the_queue_is_reordered_and_paused_from_the_menu(qtbot: QtBot, project: Path, make_window: MakeWindow) -> None:
    gate = Gate()
    window = make_window(project, SimpleEngine(gates={"extract": gate}), limit=1)
    assert window.workspace is not None
    controller = window.workspace.controller
    for _ in range(3):
        action(window, "actionRun").trigger()
    select(qtbot, window, 3)
    assert not action(window, "actionMoveDown").isEnabled()

    action(window, "actionMoveUp").trigger()
    assert controller.waiting_runs() == [3, 2]
    qtbot.waitUntil(action(window, "actionMoveDown").isEnabled)
    assert not action(window, "actionMoveUp").isEnabled()

    action(window, "actionPauseQueue").trigger()
    assert controller.is_paused
    action(window, "actionPauseQueue").trigger()
    assert not controller.is_paused
    gate.pass_on.set()


def test_a_start_while_the_project_is_busy_says_that_it_waits(
    qtbot: QtBot, project: Path, make_window: MakeWindow
) -> None:
    window = make_window(project)
    assert window.workspace is not None
    with closing(connect(project)) as other:
        other.execute("BEGIN IMMEDIATE")
        action(window, "actionRun").trigger()
        assert window.banner.text.startswith("Waiting for the project")
        other.rollback()
    with qtbot.waitSignal(window.workspace.controller.run_started, timeout=WAIT):
        pass
    assert not window.banner.isVisible()


def test_a_start_that_fails_says_why(qtbot: QtBot, project: Path, make_window: MakeWindow) -> None:
    window = make_window(project)
    assert window.workspace is not None

    window.workspace.controller.start_failed.emit("It is gone.")

    assert (window.banner.text, window.banner.property("banner")) == ("It is gone.", "error")


def test_a_database_that_refuses_is_said_in_a_sentence(
    qtbot: QtBot, project: Path, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(project)
    assert window.workspace is not None

    def refuse(*_args: object, **_options: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(window.workspace.controller._manager, "start_run", refuse)
    action(window, "actionRun").trigger()

    assert window.banner.text == "The system reported an error: Permission denied."


def test_the_report_of_a_run_goes_to_the_clipboard(qtbot: QtBot, project: Path, make_window: MakeWindow) -> None:
    window = make_window(project)
    select(qtbot, window, run_to_end(qtbot, window))

    action(window, "actionCopyReport").trigger()

    assert "run 1 completed" in QGuiApplication.clipboard().text()
    assert "clipboard" in window.banner.text


def test_deleting_is_undone_from_the_menu(qtbot: QtBot, project: Path, make_window: MakeWindow) -> None:
    window = make_window(project)
    select(qtbot, window, run_to_end(qtbot, window))
    undo, redo = action(window, "actionUndo"), action(window, "actionRedo")
    assert not undo.isEnabled()

    action(window, "actionDeleteRun").trigger()
    qtbot.waitUntil(lambda: row_of(window, 1).deleted and undo.isEnabled())
    assert "1 run deleted" in undo.text()

    undo.trigger()
    qtbot.waitUntil(lambda: not row_of(window, 1).deleted and redo.isEnabled())


def test_a_deleted_run_is_offered_back_in_the_banner(qtbot: QtBot, project: Path, make_window: MakeWindow) -> None:
    window = make_window(project)
    select(qtbot, window, run_to_end(qtbot, window))
    action(window, "actionDeleteRun").trigger()
    qtbot.waitUntil(lambda: offers(window) == ["Undo"])
    assert row_of(window, 1).deleted

    press(window, "Undo")

    qtbot.waitUntil(lambda: not row_of(window, 1).deleted)


def test_delete_is_a_key_of_the_run_table_only(qtbot: QtBot, project: Path, make_window: MakeWindow) -> None:
    window = make_window(project)
    assert window.project is not None
    delete = action(window, "actionDeleteRun")

    assert delete.shortcutContext() is Qt.ShortcutContext.WidgetShortcut
    assert delete in window.project.runs.run_table.actions()


def test_no_run_starts_while_the_window_stops_its_runs(qtbot: QtBot, project: Path, make_window: MakeWindow) -> None:
    window = make_window(project)
    assert window._enabling is not None
    window._enabling.close()

    assert not action(window, "actionRun").isEnabled()
    assert not any(scope.isEnabled() for scope in window.actions_.scopes.values())
    assert not action(window, "actionEditAndRun").isEnabled()
