"""What can be done on a page is in the menu bar and in the palette too, with its key."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from genglossary_gui.ui.dialogs.palette import CommandPalette
from genglossary_gui.ui.main_window import MainWindow
from genglossary_gui.ui.views.workspace import WorkspaceView
from tests.ui.windows import MakeWindow

PAGES = ("Entry", "Term", "Document", "Issue")


def menu(window: MainWindow, title: str) -> QMenu:
    found = [action.menu() for action in window.menuBar().actions() if action.text().replace("&", "") == title]
    assert isinstance(found[0], QMenu)
    return found[0]


def entry(window: MainWindow, title: str, words: str) -> QAction:
    return next(each for each in menu(window, title).actions() if each.text().replace("&", "") == words)


def opened(qtbot: QtBot, make_window: MakeWindow, project: Path) -> tuple[MainWindow, WorkspaceView]:
    window = make_window(project)
    view = window.project
    assert view is not None
    pages = (view.glossary.page, view.terms.page, view.documents.page, view.issues)
    qtbot.waitUntil(lambda: all(page.current_id() >= 0 for page in pages))
    return window, view


def test_the_pages_have_menus_after_edit(qtbot: QtBot, make_window: MakeWindow, glossary: Path) -> None:
    window, _view = opened(qtbot, make_window, glossary)

    titles = [action.text().replace("&", "") for action in window.menuBar().actions()]
    assert titles == ["File", "Edit", *PAGES, "Run", "View", "Help"]
    marks = [action.text()[action.text().index("&") + 1] for action in window.menuBar().actions()]
    assert len({mark.lower() for mark in marks}) == len(marks)


def test_only_the_menu_of_the_page_in_front_can_be_used(qtbot: QtBot, make_window: MakeWindow, glossary: Path) -> None:
    window, view = opened(qtbot, make_window, glossary)
    first = {"Entry": "Approve", "Term": "Accept", "Document": "Leave out", "Issue": "Mark as fixed"}
    for number, page in enumerate(PAGES):
        view.show_page(number)
        enabled = [title for title, words in first.items() if entry(window, title, words).isEnabled()]
        assert enabled == [page]


def test_a_menu_follows_the_selection(qtbot: QtBot, make_window: MakeWindow, glossary: Path) -> None:
    window, view = opened(qtbot, make_window, glossary)
    view.show_page(1)
    assert not entry(window, "Term", "Merge").isEnabled()
    view.terms.page.table.selectAll()
    assert entry(window, "Term", "Merge").isEnabled()


def test_what_a_page_refuses_stays_refused_when_it_comes_to_the_front(
    qtbot: QtBot, make_window: MakeWindow, glossary: Path
) -> None:
    window, view = opened(qtbot, make_window, glossary)
    for number in (1, 0, 1):
        view.show_page(number)
    assert not entry(window, "Term", "Merge").isEnabled()


def test_it_is_carried_out_from_the_menu(qtbot: QtBot, make_window: MakeWindow, glossary: Path) -> None:
    window, view = opened(qtbot, make_window, glossary)
    view.show_page(1)
    entry(window, "Term", "Accept").trigger()
    qtbot.waitUntil(view.edits.stack.canUndo)

    assert view.edits.stack.undoText() == "1 term accepted"


def test_the_key_counts_once_although_menu_and_table_have_it(
    qtbot: QtBot, make_window: MakeWindow, glossary: Path
) -> None:
    window, view = opened(qtbot, make_window, glossary)
    view.show_page(1)
    QTest.keyClick(view.terms.page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(view.edits.stack.canUndo)

    assert entry(window, "Term", "Accept").shortcut().toString() == "Ctrl+Return"
    assert view.edits.stack.count() == 1


def test_the_palette_finds_them_all_and_does_those_of_the_page(
    qtbot: QtBot, make_window: MakeWindow, glossary: Path
) -> None:
    window, view = opened(qtbot, make_window, glossary)
    view.show_page(1)
    window.actions_["actionPalette"].trigger()
    [palette] = window.findChildren(CommandPalette)
    qtbot.waitUntil(palette.search.hasFocus)
    qtbot.keyClicks(palette.search, "approve")
    assert [palette.list.item(row).text() for row in range(palette.list.count())] == ["Entry: Approve    A"]
    assert not palette.list.item(0).flags() & Qt.ItemFlag.ItemIsEnabled
    palette.search.setText("term: drop")
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    qtbot.waitUntil(view.edits.stack.canUndo)

    assert view.edits.stack.undoText() == "1 term dropped"


def test_the_palette_folds_the_log_by_step(qtbot: QtBot, make_window: MakeWindow, glossary: Path) -> None:
    window, view = opened(qtbot, make_window, glossary)
    window.actions_["actionPalette"].trigger()
    [palette] = window.findChildren(CommandPalette)
    qtbot.waitUntil(palette.search.hasFocus)
    qtbot.keyClicks(palette.search, "log: group")
    QTest.keyClick(palette.search, Qt.Key.Key_Return)

    qtbot.waitUntil(view.runs.log.bar.grouped.isChecked)


def test_runs_and_log_make_room_and_come_back(qtbot: QtBot, make_window: MakeWindow, glossary: Path) -> None:
    window, view = opened(qtbot, make_window, glossary)
    shows = window.actions_["actionShowRuns"]
    view.focus_runs()
    assert shows.isChecked()
    QTest.keyClick(view.runs.run_table, Qt.Key.Key_F9)
    assert not view.runs.isVisible()
    assert not shows.isChecked()
    qtbot.waitUntil(view.glossary.page.table.hasFocus)

    window.actions_["actionRuns"].trigger()
    qtbot.waitUntil(view.runs.run_table.hasFocus)
    assert shows.isChecked()


def test_hidden_runs_stay_hidden_in_the_next_window(qtbot: QtBot, make_window: MakeWindow, glossary: Path) -> None:
    window, view = opened(qtbot, make_window, glossary)
    view.show_runs(False)
    window.close()
    again, view = opened(qtbot, make_window, glossary)

    assert not view.runs.isVisible()
    assert not again.actions_["actionShowRuns"].isChecked()


def test_on_a_small_screen_the_pages_have_more_room_than_the_runs(
    qtbot: QtBot, make_window: MakeWindow, glossary: Path
) -> None:
    window, view = opened(qtbot, make_window, glossary)
    window.resize(1000, 600)
    qtbot.waitUntil(lambda: view.below.sizes()[0] > view.below.sizes()[1])


def test_t4_one_key_lists_a_term_from_any_table(qtbot: QtBot, make_window: MakeWindow, glossary: Path) -> None:
    _window, view = opened(qtbot, make_window, glossary)
    stack = view.edits.stack
    for page, table in ((0, view.glossary.page.table), (1, view.terms.page.table), (3, view.issues.table)):
        view.show_page(page)
        qtbot.waitUntil(lambda table=table: table.currentIndex().isValid())
        QTest.keyClick(table, Qt.Key.Key_R)
        qtbot.waitUntil(lambda: stack.canUndo() and not view.edits.is_at_work)
        assert stack.undoText() == "1 term required"
        stack.undo()
        qtbot.waitUntil(lambda: not stack.canUndo() and not view.edits.is_at_work)
