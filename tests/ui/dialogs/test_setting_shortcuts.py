"""Every action can be given another key, and no key is taken from another without being asked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from genglossary_gui.ui import shortcuts
from genglossary_gui.ui.dialogs.setting_shortcuts import ShortcutsPage
from genglossary_gui.ui.dialogs.settings import SettingsDialog
from tests.ui.glossary_support import FakeShell

RUN, TERMS = "window/actionRun", "window/actionTerms"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dialog(qtbot: QtBot, shell: FakeShell) -> SettingsDialog:
    dialog = SettingsDialog(shell, page="shortcuts")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.fixture
def page(dialog: SettingsDialog) -> ShortcutsPage:
    return dialog.shortcuts


def go_to(page: ShortcutsPage, name: str) -> None:
    page.table.setCurrentCell(list(page._all).index(name), 0)


def shown_key(page: ShortcutsPage, name: str) -> str:
    return page._cell(list(page._all).index(name), 2).text()


def test_every_action_is_there_with_its_key(page: ShortcutsPage) -> None:
    assert page.table.rowCount() == len(shortcuts.declared()) > 80
    assert shown_key(page, RUN) == "Ctrl+R"


def test_a_key_that_is_pressed_is_the_key_from_now_on(page: ShortcutsPage, shell: FakeShell) -> None:
    go_to(page, RUN)
    QTest.keyClick(page.key, Qt.Key.Key_J, CTRL)

    assert shell.settings.shortcuts == {RUN: "Ctrl+J"}
    assert shown_key(page, RUN) == "Ctrl+J"
    assert page._cell(page.table.currentRow(), 0).font().bold()


def test_a_key_of_another_is_given_to_neither_before_one_has_chosen(page: ShortcutsPage, shell: FakeShell) -> None:
    go_to(page, RUN)
    QTest.keyClick(page.key, Qt.Key.Key_2, CTRL)

    assert page._conflict.text() == "Ctrl+2 is the key of “Terms” (Everywhere)."
    assert shell.settings.shortcuts == {}
    page.leave.click()
    assert shell.settings.shortcuts == {}
    assert page.key.keySequence().toString() == "Ctrl+R"
    assert not page._conflict.isVisible()


def test_a_key_of_another_can_be_taken(page: ShortcutsPage, shell: FakeShell) -> None:
    go_to(page, RUN)
    QTest.keyClick(page.key, Qt.Key.Key_2, CTRL)
    page.take.click()

    assert shell.settings.shortcuts == {RUN: "Ctrl+2", TERMS: ""}
    assert (shown_key(page, RUN), shown_key(page, TERMS)) == ("Ctrl+2", "")


def test_one_is_reset_to_its_own_and_says_who_has_it(page: ShortcutsPage, shell: FakeShell) -> None:
    go_to(page, RUN)
    QTest.keyClick(page.key, Qt.Key.Key_2, CTRL)
    page.take.click()
    go_to(page, TERMS)
    page.reset.click()
    assert page._conflict.text() == "Ctrl+2 is the key of “Run” (Everywhere)."
    page.take.click()

    assert shell.settings.shortcuts == {RUN: ""}
    go_to(page, RUN)
    page.reset.click()
    assert shell.settings.shortcuts == {}


def test_all_are_reset(page: ShortcutsPage, shell: FakeShell) -> None:
    go_to(page, RUN)
    QTest.keyClick(page.key, Qt.Key.Key_J, CTRL)
    page.reset_all.click()

    assert shell.settings.shortcuts == {}
    assert shown_key(page, RUN) == "Ctrl+R"
    assert not page.reset_all.isEnabled()


def test_delete_takes_the_key_away(page: ShortcutsPage, shell: FakeShell) -> None:
    go_to(page, RUN)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)

    assert shell.settings.shortcuts == {RUN: ""}


def test_escape_is_no_key(dialog: SettingsDialog, page: ShortcutsPage, shell: FakeShell) -> None:
    go_to(page, RUN)
    page.key.setFocus()
    QTest.keyClick(page.key, Qt.Key.Key_Escape)

    assert shell.settings.shortcuts == {}
    assert page.key.keySequence().toString() == "Ctrl+R"


def test_what_cannot_be_saved_does_not_look_as_if_it_were(page: ShortcutsPage, shell: FakeShell) -> None:
    shell.refusal = OSError(28, "No space left on device")
    go_to(page, RUN)
    QTest.keyClick(page.key, Qt.Key.Key_J, CTRL)

    assert shown_key(page, RUN) == "Ctrl+R"
    assert not page.reset.isEnabled()


@pytest.mark.parametrize(
    ("words", "found"), [("ctrl+r", RUN), ("accept", "terms/actionAcceptTerm"), ("f8 log", "log/logNextError")]
)
def test_actions_are_found_by_words_and_keys(
    dialog: SettingsDialog, page: ShortcutsPage, words: str, found: str
) -> None:
    dialog.search.setText(words)

    rows = [row for row in range(page.table.rowCount()) if not page.table.isRowHidden(row)]
    assert found in [list(page._all)[row] for row in rows]
    assert len(rows) < 10
