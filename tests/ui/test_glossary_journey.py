"""A person works on the glossary in the real window, by the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from genglossary_gui.core.glossary import Entry, IssueDraft, IssueType, RunStatus
from genglossary_gui.core.settings import RunSettings
from genglossary_gui.core.store import runs
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.glossary import EntryRow, entry_ids, entry_rows
from genglossary_gui.core.store.selection import Selection
from genglossary_gui.ui.dialogs.reason import ReasonDialog
from genglossary_gui.ui.main_window import MainWindow
from genglossary_gui.ui.views.entry_editor import DefinitionEditor
from tests.support import SimpleEngine, make_project
from tests.ui.windows import MakeWindow, action

CONTROL = Qt.KeyboardModifier.ControlModifier


class Reviewing(SimpleEngine):
    """Finds one thing to say about each entry that says “defined”."""

    def review(self, entries, work):
        for entry in entries:
            if isinstance(entry, Entry) and "defined" in entry.definition.text:
                yield IssueDraft(entry.term.key, IssueType.UNCLEAR, f"{entry.term.term} is unclear")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path, "Lock and Weir are here.", "Gate is here too.")


@pytest.fixture
def entry(project: Path) -> Callable[[str], EntryRow]:
    def read(key: str) -> EntryRow:
        with closing(connect(project)) as connection:
            rows = entry_rows(connection, entry_ids(connection, Selection()))
        return next(row for row in rows.values() if row.key == key)

    return read


def run(qtbot: QtBot, window: MainWindow, project: Path, number: int) -> None:
    action(window, "actionRun").trigger()
    qtbot.waitUntil(lambda: status(project, number) is RunStatus.COMPLETED, timeout=20_000)


def status(project: Path, number: int) -> RunStatus | None:
    with closing(connect(project)) as connection:
        row = runs.get_run(connection, number)
        return row and row.status


def settled(qtbot: QtBot, window: MainWindow) -> None:
    assert window.project is not None
    qtbot.waitUntil(lambda: window.project is not None and not window.project.edits.is_at_work)


def test_the_keyboard_is_enough(qtbot: QtBot, make_window: MakeWindow, project: Path, entry) -> None:
    window = make_window(project, Reviewing())
    window.activateWindow()
    assert window.project is not None
    glossary, issues = window.project.glossary, window.project.issues
    table = glossary.page.table
    run(qtbot, window, project, 1)
    qtbot.waitUntil(lambda: glossary.page.model.rowCount() == 3)

    # Search, and Enter leads to what was found.
    action(window, "actionFind").trigger()
    qtbot.keyClicks(glossary.page.search, "weir")
    qtbot.keyClick(glossary.page.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: glossary.page.model.rowCount() == 1)
    qtbot.waitUntil(lambda: glossary.entry.record is not None and glossary.entry.record.detail.row.key == "weir")
    qtbot.waitUntil(table.hasFocus)

    # Edit and save.
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = glossary.entry.findChild(DefinitionEditor)
    assert editor is not None
    editor.text.selectAll()
    qtbot.keyClicks(editor.text, "A low dam.")
    qtbot.keyClick(editor.text, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: entry("weir").definition == "A low dam.")
    assert entry("weir").open_issues == 0

    # Approve.
    def shown_definition() -> str:
        first = glossary.page.model.value_at(0)
        return first.definition if first is not None else ""

    qtbot.waitUntil(lambda: shown_definition() == "A low dam.")
    qtbot.keyClick(table, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: entry("weir").approved)

    # A later run changes nothing of it.
    run(qtbot, window, project, 2)
    assert (entry("weir").definition, entry("weir").approved) == ("A low dam.", True)

    # Restore what it said before.
    qtbot.waitUntil(lambda: glossary.entry.record is not None and len(glossary.entry.record.versions) == 2)
    unfold = next(b for b in glossary.entry.findChildren(QPushButton) if b.text() == "History: 2 versions")
    unfold.setFocus()
    qtbot.keyClick(unfold, Qt.Key.Key_Space)
    restore = next(b for b in glossary.entry.findChildren(QPushButton) if b.text() == "Restore")
    restore.setFocus()
    qtbot.keyClick(restore, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: entry("weir").definition == "Weir is defined.")
    assert not entry("weir").approved

    # Undo all of it, in the order it was done.
    settled(qtbot, window)
    for _act in range(3):
        action(window, "actionUndo").trigger()
        settled(qtbot, window)
    qtbot.waitUntil(lambda: (entry("weir").definition, entry("weir").locked) == ("Weir is defined.", False))

    # Ignore an issue; the next review does not bring it back.
    action(window, "actionIssues").trigger()
    qtbot.waitUntil(lambda: issues.model.rowCount() == 3)
    assert issues.table.hasFocus()
    assert issues.select(issues.model.id_at(0))
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(issues.table, Qt.Key.Key_I)
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, ReasonDialog) and w.isVisible())
    field = dialog.focusWidget()
    assert field is not None
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: issues.model.rowCount() == 2)
    run(qtbot, window, project, 3)
    qtbot.waitUntil(lambda: issues.model.rowCount() == 2)


def test_g6_one_entry_is_regenerated_by_a_run_of_its_own(
    qtbot: QtBot, make_window: MakeWindow, project: Path, entry
) -> None:
    engine = SimpleEngine()
    asked: list[list[str]] = []
    define = engine.define
    engine.define = lambda terms, work: asked.append([t.key for t in terms]) or define(terms, work)  # type: ignore[method-assign]
    window = make_window(project, engine)
    window.activateWindow()
    assert window.project is not None
    glossary = window.project.glossary
    run(qtbot, window, project, 1)
    qtbot.waitUntil(lambda: glossary.page.model.rowCount() == 3)
    assert glossary.page.select(glossary.page.model.id_at(1))
    glossary.page.table.setFocus()
    qtbot.waitUntil(window.isActiveWindow)

    qtbot.keyClick(glossary.page.table, Qt.Key.Key_G)

    qtbot.waitUntil(lambda: status(project, 2) is RunStatus.COMPLETED, timeout=20_000)
    with closing(connect(project)) as connection:
        row = runs.get_run(connection, 2)
    assert row is not None
    assert (row.scope, row.name) == ("generate", "Definition of “Lock”")
    assert RunSettings.from_json(row.settings).terms == ("lock",)
    assert asked == [["gate", "lock", "weir"], ["lock"]]
