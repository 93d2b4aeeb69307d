"""The other pages: what they list, and what Enter on a row says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from genglossary_gui.core.store.projects import create_project
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.views.issues import make_issue_page
from genglossary_gui.ui.views.table_page import TablePage

PAGES: dict[Callable[[Reader], TablePage], tuple[str, list[str]]] = {
    make_issue_page: ("issueTable", ["lock"]),
}


def shown(page: TablePage) -> list[str]:
    column = page.model.column_of("path" if page.table.objectName() == "documentTable" else "term")
    return [page.model.index(row, column).data() for row in range(page.model.rowCount())]


@pytest.mark.parametrize("make", PAGES, ids=lambda make: make.__name__)
def test_a_page_lists_its_rows_and_enter_names_one(
    qtbot: QtBot, glossary_reader: Reader, make: Callable[[Reader], TablePage]
) -> None:
    name, rows = PAGES[make]
    page = make(glossary_reader)
    qtbot.addWidget(page)
    page.show()

    qtbot.waitUntil(lambda: shown(page) == rows)

    assert page.table.objectName() == name
    assert page.table.accessibleName()
    with qtbot.waitSignal(page.activated) as activated:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert activated.args == [page.model.id_at(0)]


@pytest.mark.parametrize("make", PAGES, ids=lambda make: make.__name__)
def test_an_empty_page_offers_an_action(qtbot: QtBot, tmp_path, make: Callable[[Reader], TablePage]) -> None:
    create_project(tmp_path / "empty.genglossary", [])
    reader = Reader(tmp_path / "empty.genglossary")
    page = make(reader)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: not page.table.isVisible())

    with qtbot.waitSignal(page.action_requested):
        qtbot.mouseClick(page._action, Qt.MouseButton.LeftButton)
    reader.close()
