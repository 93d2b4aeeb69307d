"""The page of issues: fixed, ignored with a reason, opened again, each undone; the row in hand moves on."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genglossary_gui.core import i18n
from genglossary_gui.core.glossary import IssueType
from genglossary_gui.core.issue_words import issue
from genglossary_gui.core.store.connection import connect
from genglossary_gui.ui.dialogs.reason import ReasonDialog
from genglossary_gui.ui.edits import Edits
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.views.issues import IssuePage, make_issue_page

ISSUES = (
    (1, "missing_relation", "uses lock", '["lock"]'),
    (1, "unnecessary", "an everyday word", "[]"),
    (3, "undefined_abbreviation", "nobody says", "[]"),
)


@pytest.fixture
def glossary(glossary: Path) -> Path:
    with closing(connect(glossary)) as connection:
        connection.executemany(
            "INSERT INTO issues (term_id, type, explanation, action, related) VALUES (?, ?, ?, '', ?)", ISSUES
        )
    return glossary


@pytest.fixture
def page(qtbot: QtBot, edits: Edits, glossary_reader: Reader) -> IssuePage:
    page = make_issue_page(glossary_reader, edits)
    qtbot.addWidget(page)
    page.resize(1000, 500)
    page.show()
    page.activateWindow()
    page.table.setFocus()
    qtbot.waitUntil(lambda: page.model.rowCount() == 4)
    return page


def explanations(page: IssuePage) -> list[str]:
    column = page.model.column_of("explanation")
    return [page.model.index(row, column).data() for row in range(page.model.rowCount())]


def states(glossary: Path) -> list[tuple[str, str]]:
    with closing(connect(glossary)) as connection:
        return connection.execute("SELECT state, reason FROM issues ORDER BY id").fetchall()


def go_to(page: IssuePage, explanation: str) -> None:
    assert page.select(page.model.id_at(explanations(page).index(explanation)))


def test_f_fixes_and_the_next_row_is_in_hand(qtbot: QtBot, page: IssuePage, edits: Edits, glossary: Path) -> None:
    go_to(page, "uses lock")

    qtbot.keyClick(page.table, Qt.Key.Key_F)

    qtbot.waitUntil(lambda: "uses lock" not in explanations(page))
    assert page.table.currentIndex().row() == 0
    assert explanations(page)[0] == "an everyday word"
    with closing(connect(glossary)) as connection:
        assert connection.execute("SELECT term_id, other_id FROM relations").fetchall() == [(1, 2)]
    edits.stack.undo()
    qtbot.waitUntil(lambda: "uses lock" in explanations(page))


def test_the_fix_is_named_and_offered_only_where_there_is_one(qtbot: QtBot, page: IssuePage) -> None:
    fix = page._acts["actionFixIssue"]
    go_to(page, "uses lock")
    assert (fix.text(), fix.isEnabled()) == ("&Fix: Relate the terms", True)

    go_to(page, "nobody says")

    assert not fix.isEnabled()


def test_i_ignores_with_a_reason_and_o_opens_again(qtbot: QtBot, page: IssuePage, glossary: Path) -> None:
    go_to(page, "nobody says")
    qtbot.keyClick(page.table, Qt.Key.Key_I)
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, ReasonDialog) and w.isVisible())
    dialog.reason.setEditText("Everybody knows it")
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ("ignored", "Everybody knows it") in states(glossary))
    qtbot.waitUntil(lambda: "nobody says" not in explanations(page))

    page.boxes.choose("ignored")
    qtbot.waitUntil(lambda: explanations(page) == ["nobody says"])
    qtbot.waitUntil(page._acts["actionReopenIssue"].isEnabled)
    page.activateWindow()
    page.table.setFocus()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(page.table, Qt.Key.Key_O)

    qtbot.waitUntil(lambda: all(state == "open" for state, _reason in states(glossary)))


def test_a_reason_is_asked_for(qtbot: QtBot) -> None:
    dialog = ReasonDialog(2)
    qtbot.addWidget(dialog)
    dialog.reason.setEditText("  ")
    assert not dialog.accept_button.isEnabled()


def test_a_selection_is_marked_as_fixed_as_one_edit(
    qtbot: QtBot, page: IssuePage, edits: Edits, glossary: Path
) -> None:
    page.table.selectAll()

    qtbot.keyClick(page.table, Qt.Key.Key_M)

    qtbot.waitUntil(lambda: all(state == "fixed" for state, _reason in states(glossary)))
    qtbot.waitUntil(lambda: edits.stack.count() == 1)
    edits.stack.undo()
    qtbot.waitUntil(lambda: all(state == "open" for state, _reason in states(glossary)))


def test_issues_change_their_language_with_the_window(
    qtbot: QtBot, page: IssuePage, edits: Edits, glossary: Path
) -> None:
    said = issue("lock", IssueType.CIRCULAR, "only_repeats", {"term": "lock"})
    with closing(connect(glossary)) as connection:
        connection.execute("UPDATE issues SET said = ? WHERE type = 'unnecessary'", (said.said,))
    page.refresh()
    qtbot.waitUntil(lambda: said.explanation in explanations(page))

    i18n.set_language("ja")
    try:
        page.retranslate()
        qtbot.waitUntil(lambda: said.explanation not in explanations(page))
        assert any("「lock」" in words for words in explanations(page))
    finally:
        i18n.set_language("en")


def test_a_type_narrows_the_list(qtbot: QtBot, page: IssuePage) -> None:
    page.boxes.choose("type:unnecessary")

    qtbot.waitUntil(lambda: explanations(page) == ["an everyday word"])


def test_f2_asks_for_the_definition(qtbot: QtBot, page: IssuePage) -> None:
    go_to(page, "nobody says")

    with qtbot.waitSignal(page.edit_requested) as asked:
        qtbot.keyClick(page.table, Qt.Key.Key_F2)

    assert asked.args == [page.current_id()]
