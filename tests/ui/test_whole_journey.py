"""From the home screen to a glossary that has been exported and imported: everything by the keyboard, nothing else.

Keys go to whatever has the keyboard, as they do for a person.  Nothing is clicked, no focus is set.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from genglossary_gui.app import App
from genglossary_gui.core.glossary import Entry, IssueDraft, IssueType
from genglossary_gui.core.store.glossary import EntryRow
from genglossary_gui.ui.dialogs.export import ExportDialog
from genglossary_gui.ui.dialogs.import_entries import ImportDialog
from genglossary_gui.ui.dialogs.new_project import NewProjectDialog
from genglossary_gui.ui.main_window import MainWindow
from genglossary_gui.ui.views.workspace import WorkspaceView
from tests.support import SimpleEngine
from tests.ui.windows import running_app

Key, CTRL, PLAIN = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
WAIT = 60_000
NAMES = [f"Term{chr(97 + number)}" for number in range(24)]


class Reviewing(SimpleEngine):
    """Says of each definition that it is unclear, until it is a person's."""

    def review(self, entries, work):
        for entry in entries:
            if isinstance(entry, Entry) and "defined" in entry.definition.text:
                yield IssueDraft(entry.term.key, IssueType.UNCLEAR, f"{entry.term.term} is unclear")


@pytest.fixture
def app(qtbot: QtBot, qapp: QApplication) -> Iterator[App]:
    with running_app(qtbot, make_engine=lambda _settings: Reviewing()) as app:
        yield app


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "Handbook"
    folder.mkdir()
    (folder / "all.txt").write_text(" ".join(NAMES), encoding="utf-8")
    return folder


def at_hand() -> QWidget:
    """What has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    QTest.keyClick(at_hand(), key, modifier)


def tab_to(is_wanted: Callable[[QWidget], bool]) -> None:
    for _ in range(80):
        if is_wanted(at_hand()):
            return
        press(Key.Key_Tab)
    raise AssertionError("Tab does not lead there")


def says(words: str) -> Callable[[QWidget], bool]:
    return lambda widget: isinstance(widget, QAbstractButton) and widget.text().replace("&", "") == words


def in_front(qtbot: QtBot, kind: type[QWidget]) -> None:
    """A window of this kind has come to the front; what a window manager would do is done here."""

    def is_there() -> bool:
        shown = [window for window in QApplication.topLevelWidgets() if window.isVisible() and isinstance(window, kind)]
        top = QApplication.activeModalWidget()
        if shown and not isinstance(QApplication.activeWindow(), kind) and (top is None or isinstance(top, kind)):
            shown[0].activateWindow()
        return isinstance(QApplication.activeWindow(), kind)

    qtbot.waitUntil(is_there, timeout=WAIT)


def type_file(qtbot: QtBot, path: Path) -> None:
    """Write a path into the file dialog that is open, and take it."""
    in_front(qtbot, QFileDialog)
    dialog = QApplication.activeWindow()
    assert dialog is not None
    QTest.keyClicks(at_hand(), str(path))
    # The list of completions takes the first one.
    for _ in range(3):
        if dialog.isVisible():
            press(Key.Key_Return)


def settled(qtbot: QtBot, view: WorkspaceView) -> None:
    qtbot.waitUntil(lambda: not view.edits.is_at_work, timeout=WAIT)


def make_the_project(qtbot: QtBot, app: App, documents: Path) -> MainWindow:
    app.show_home()
    in_front(qtbot, MainWindow)
    press(Key.Key_N, CTRL)
    in_front(qtbot, NewProjectDialog)
    tab_to(says("Add folder…"))
    press(Key.Key_Space)
    type_file(qtbot, documents)
    in_front(qtbot, NewProjectDialog)
    tab_to(says("Create project"))
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: [w.project is not None for w in app.windows] == [True], timeout=WAIT)
    in_front(qtbot, MainWindow)
    return app.windows[0]


def test_the_keyboard_is_enough_from_home_to_the_import(
    qtbot: QtBot, app: App, documents: Path, tmp_path: Path
) -> None:
    window = make_the_project(qtbot, app, documents)
    view = window.project
    assert view is not None
    assert window.workspace is not None
    project = window.workspace.project

    def asked(sql: str) -> list[tuple]:
        with closing(sqlite3.connect(project)) as connection:
            return connection.execute(sql).fetchall()

    # A run fills the glossary.
    with qtbot.waitSignal(window.workspace.controller.run_finished, timeout=WAIT):
        press(Key.Key_R, CTRL)
    qtbot.waitUntil(lambda: view.terms.page.model.rowCount() == len(NAMES), timeout=WAIT)

    # Twenty candidates are reviewed.
    press(Key.Key_2, CTRL)
    qtbot.waitUntil(lambda: at_hand() is view.terms.page.table)
    for number in range(20):
        press(Key.Key_D if number % 5 == 0 else Key.Key_Return, CTRL)
    settled(qtbot, view)
    statuses = dict(asked("SELECT status, COUNT(*) FROM terms GROUP BY status"))
    assert statuses == {"accepted": 16, "dropped": 4, "candidate": 4}

    # One is defined and approved.
    press(Key.Key_1, CTRL)
    qtbot.waitUntil(lambda: at_hand() is view.glossary.page.table)
    press(Key.Key_F, CTRL)
    QTest.keyClicks(at_hand(), "Termb")
    press(Key.Key_Return)
    shown = view.glossary.entry
    qtbot.waitUntil(lambda: shown.record is not None and shown.record.detail.row.key == "termb", timeout=WAIT)
    press(Key.Key_F2)
    press(Key.Key_A, CTRL)
    QTest.keyClicks(at_hand(), "A second term.")
    press(Key.Key_Return, CTRL)
    settled(qtbot, view)

    def shown_row() -> EntryRow | None:
        return view.glossary.page.model.value_at(0)

    qtbot.waitUntil(lambda: (row := shown_row()) is not None and row.definition == "A second term.", timeout=WAIT)
    qtbot.waitUntil(lambda: at_hand() is view.glossary.page.table)
    press(Key.Key_A)
    settled(qtbot, view)
    assert asked("SELECT approved FROM definitions WHERE text = 'A second term.'") == [(1,)]

    # An issue is dealt with.
    press(Key.Key_4, CTRL)
    qtbot.waitUntil(lambda: view.issues.current_id() >= 0, timeout=WAIT)
    press(Key.Key_M)
    settled(qtbot, view)
    assert asked("SELECT COUNT(*) FROM issues WHERE state = 'fixed'")[0][0] >= 1

    # The glossary is exported.
    target = tmp_path / "out.json"
    press(Key.Key_E, CTRL)
    in_front(qtbot, ExportDialog)
    dialog = QApplication.activeWindow()
    assert isinstance(dialog, ExportDialog)
    tab_to(lambda widget: widget is dialog.target)
    press(Key.Key_A, CTRL)
    QTest.keyClicks(at_hand(), str(target))
    tab_to(says("Export"))
    press(Key.Key_Space)
    qtbot.waitUntil(target.exists, timeout=WAIT)
    exported = {entry["term"]: entry for entry in json.loads(target.read_text(encoding="utf-8"))["entries"]}
    assert exported["Termb"]["definition"] == "A second term."

    # What another has added comes in.
    coming = tmp_path / "in.csv"
    coming.write_text("term,definition\nSluice,A gate for water.\n", encoding="utf-8")
    in_front(qtbot, MainWindow)
    press(Key.Key_I, CTRL)
    in_front(qtbot, ImportDialog)
    importing = QApplication.activeWindow()
    assert isinstance(importing, ImportDialog)
    tab_to(says("Choose…"))
    press(Key.Key_Space)
    type_file(qtbot, coming)
    in_front(qtbot, ImportDialog)
    qtbot.waitUntil(importing.import_button.isEnabled, timeout=WAIT)
    tab_to(says("Import"))
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: asked("SELECT 1 FROM definitions WHERE text = 'A gate for water.'") != [], timeout=WAIT)

    # And taken back again.
    in_front(qtbot, MainWindow)
    press(Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: asked("SELECT 1 FROM terms WHERE term = 'Sluice'") == [], timeout=WAIT)
