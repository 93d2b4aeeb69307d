"""A project that another process has open, or whose file is protected: everything can be read, nothing is changed."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from genglossary_gui.app import App
from genglossary_gui.core.exchange.export import export_project
from genglossary_gui.core.runs.window_lock import WindowLock
from genglossary_gui.core.settings import AppSettings
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.projects import project_info
from genglossary_gui.ui.actions import WRITING
from genglossary_gui.ui.main_window import MainWindow
from tests.locked_project import leave, locked_by_another, without_permission
from tests.ui.windows import running_app

WAIT = 60_000
ROOT = Path(__file__).parents[2]
READING = ("actionExport", "actionInsertLinks", "actionFind", "actionPalette", "actionGlossary", "actionTerms")


@pytest.fixture
def app(qtbot: QtBot, qapp: QApplication) -> Iterator[App]:
    with running_app(qtbot) as app:
        yield app


def opened(qtbot: QtBot, app: App, project: Path) -> MainWindow:
    app.open_project(project)
    [window] = app.windows
    assert window.project is not None
    model = window.project.glossary.page.model
    qtbot.waitUntil(lambda: model.rowCount() == 2, timeout=WAIT)
    return window


def bar_text(window: MainWindow) -> str:
    assert window.read_only_bar is not None
    assert window.read_only_bar.isVisible()
    return window.read_only_bar.text


def press(window: MainWindow, words: str) -> None:
    assert window.read_only_bar is not None
    buttons = window.read_only_bar.findChildren(QPushButton)
    next(button for button in buttons if button.text() == words and button.isVisible()).click()


@contextmanager
def unchanged(project: Path) -> Iterator[None]:
    """Nobody writes into the project meanwhile."""
    before = project.read_bytes()
    with closing(connect(project, read_only=True)) as connection:
        version = connection.execute("PRAGMA data_version").fetchone()
        yield
        assert connection.execute("PRAGMA data_version").fetchone() == version
    assert project.read_bytes() == before


def test_a_project_of_another_process_is_read_and_not_changed(qtbot: QtBot, app: App, glossary: Path) -> None:
    with locked_by_another(glossary), unchanged(glossary):
        window = opened(qtbot, app, glossary)

        assert bar_text(window).startswith("Another window has had this project open since")
        assert "read-only" in window.windowTitle()
        assert [name for name in WRITING if window.actions_[name].isEnabled()] == []
        assert [name for name in READING if not window.actions_[name].isEnabled()] == []
        assert all("reading only" in window.actions_[name].toolTip() for name in WRITING)
        window.close()
        qtbot.waitUntil(lambda: not app.windows)


def test_no_key_of_any_page_changes_it(qtbot: QtBot, app: App, glossary: Path) -> None:
    with locked_by_another(glossary), unchanged(glossary):
        view = opened(qtbot, app, glossary).project
        assert view is not None
        pages = (view.glossary.page, view.terms.page, view.documents.page, view.issues)
        for number, page in enumerate(pages):
            view.show_page(number)
            qtbot.waitUntil(lambda page=page: page.current_id() >= 0)
            for key in "ALSGRXMFIO1":
                QTest.keyClick(page.table, getattr(Qt.Key, f"Key_{key}"))
            QTest.keyClick(page.table, Qt.Key.Key_F2)
            QTest.keyClick(page.table, Qt.Key.Key_F5)
            QTest.keyClick(page.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
            QTest.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert not view.edits.is_at_work
        assert not view.edits.stack.canUndo()
        buttons = [b for b in view.issues.findChildren(QPushButton) if b.text() == "&Mark as fixed"]
        assert ["reading only" in button.toolTip() for button in buttons] == [True]


def test_every_menu_is_harmless(qtbot: QtBot, app: App, glossary: Path) -> None:
    skipped = ("actionQuit", "actionClose", "actionHome", "actionSample", "actionNewProject", "actionOpenProject")
    with locked_by_another(glossary), unchanged(glossary):
        window = opened(qtbot, app, glossary)
        for action in window.actions_.all():
            if action.isEnabled() and action.objectName() not in (*skipped, "actionLogFolder"):
                action.trigger()
        assert window.workspace is not None
        assert window.workspace.controller.active_runs() == []
        for dialog in window.findChildren(QDialog):
            dialog.reject()


def test_it_can_be_exported(qtbot: QtBot, app: App, glossary: Path, tmp_path: Path) -> None:
    with locked_by_another(glossary), unchanged(glossary):
        opened(qtbot, app, glossary)
        assert export_project(glossary, tmp_path / "out.md") == 2


def test_when_the_other_leaves_the_person_may_work_on_it_where_she_was(qtbot: QtBot, app: App, glossary: Path) -> None:
    with locked_by_another(glossary) as other:
        window = opened(qtbot, app, glossary)
        assert window.project is not None
        window.project.show_page(1)
        press(window, "Try again")
        assert window in app.windows
        leave(other)
        bar = window.read_only_bar
        assert bar is not None
        bar.look()
        qtbot.waitUntil(lambda: bar.text == "The project can be changed now.", timeout=WAIT)
        press(window, "Work on it here")

    qtbot.waitUntil(lambda: window not in app.windows)
    [again] = app.windows
    assert again.read_only_bar is None
    assert again.project is not None
    assert again.project.tabs.currentIndex() == 1
    table = again.project.terms.page.table
    qtbot.waitUntil(lambda: table.currentIndex().isValid())
    QTest.keyClick(table, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: again.project is not None and again.project.edits.stack.canUndo(), timeout=WAIT)


def test_a_killed_process_does_not_keep_the_project(qtbot: QtBot, app: App, glossary: Path) -> None:
    with locked_by_another(glossary) as other:
        window = opened(qtbot, app, glossary)
        other.kill()
        other.wait()
        press(window, "Try again")

    qtbot.waitUntil(lambda: window not in app.windows)
    assert app.windows[0].read_only_bar is None


def test_a_copy_is_opened_to_work_on(qtbot: QtBot, app: App, glossary: Path) -> None:
    copy = glossary.with_name("mine.genglossary")
    with locked_by_another(glossary), unchanged(glossary):
        window = opened(qtbot, app, glossary)
        press(window, "Open a copy…")
        [dialog] = window.findChildren(QFileDialog)
        assert dialog.selectedFiles() == [str(glossary.with_name("rivers 2.genglossary"))]
        dialog.fileSelected.emit(str(copy))
        dialog.reject()
        qtbot.waitUntil(lambda: len(app.windows) == 2, timeout=WAIT)

    assert app.windows[1].read_only_bar is None
    with closing(connect(copy)) as connection:
        assert project_info(connection).name == "mine"


def test_a_window_keeps_others_out_until_it_closes(qtbot: QtBot, app: App, glossary: Path) -> None:
    window = opened(qtbot, app, glossary)
    gc.collect()
    assert window.read_only_bar is None
    assert not WindowLock(glossary).take()
    window.close()
    qtbot.waitUntil(lambda: not app.windows)
    assert list(glossary.parent.glob(".*")) == []


def test_the_window_of_a_whole_other_process_is_met(qtbot: QtBot, app: App, glossary: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    environment["GENGLOSSARY_HOME"] = str(tmp_path / "another home")
    command = [sys.executable, ROOT / "tests" / "shown_window.py", glossary]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as other:
        assert other.stdout is not None
        try:
            assert other.stdout.readline().strip() == b"shown"
            window = opened(qtbot, app, glossary)
            assert bar_text(window).startswith("Another window has had")
        finally:
            other.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="permissions")
def test_a_protected_file_is_read_and_says_so(qtbot: QtBot, app: App, glossary: Path) -> None:
    before = glossary.read_bytes()
    with without_permission(glossary, "folder"):
        window = opened(qtbot, app, glossary)
        assert bar_text(window).startswith("The project's file cannot be written.")
        assert not window.actions_["actionRun"].isEnabled()
        window.close()
        qtbot.waitUntil(lambda: not app.windows)
    assert glossary.read_bytes() == before


def test_the_bar_speaks_japanese_at_once(qtbot: QtBot, app: App, glossary: Path) -> None:
    with locked_by_another(glossary):
        window = opened(qtbot, app, glossary)
        app.apply_settings(AppSettings(language="ja", theme="light", workers=1))
        assert "読み取り専用" in window.windowTitle()
        assert "プロジェクト" in bar_text(window)
        assert "読み取り専用" in window.actions_["actionRun"].toolTip()
        app.apply_settings(AppSettings(language="en", theme="light", workers=1))


def test_menus_tell_why_something_cannot_be_done(qtbot: QtBot, app: App, glossary: Path) -> None:
    with locked_by_another(glossary):
        window = opened(qtbot, app, glossary)
        [run] = [menu for menu in window.findChildren(QMenu) if window.actions_["actionCancelAll"] in menu.actions()]
        assert run.toolTipsVisible()
