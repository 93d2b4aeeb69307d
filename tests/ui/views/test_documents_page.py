"""The page of the documents: what is listed, and what a person decides about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from pytestqt.qtbot import QtBot

from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.documents import DocumentRow, all_documents
from genglossary_gui.core.store.projects import exclusions, note_left_out, source_ids
from genglossary_gui.ui.dialogs.sources import SourcesDialog
from genglossary_gui.ui.edits import Edits
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.views.documents import DocumentsPage
from tests.ui.windows import MakeWindow


@pytest.fixture
def page(qtbot: QtBot, glossary: Path, glossary_reader: Reader) -> Iterator[DocumentsPage]:
    edits = Edits(glossary)
    page = DocumentsPage(glossary_reader, edits)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: page.page.model.rowCount() == 2)
    page.page.table.setFocus()
    qtbot.waitUntil(page.page.table.hasFocus)
    yield page
    qtbot.waitUntil(lambda: not edits.is_at_work)


def row(project: Path, path: str) -> DocumentRow:
    with closing(connect(project)) as connection:
        return next(row for row in all_documents(connection) if row.path == path)


def choose(page: DocumentsPage, path: str) -> None:
    model = page.page.model
    number = next(n for n in range(model.rowCount()) if model.index(n, 0).data() == path)
    page.page.table.setCurrentIndex(model.index(number, 0))


def test_it_lists_the_documents_and_enter_names_one(qtbot: QtBot, page: DocumentsPage) -> None:
    model = page.page.model
    assert [model.index(number, 0).data() for number in range(2)] == ["broken.txt", "guide/rivers.md"]
    with qtbot.waitSignal(page.page.activated) as activated:
        qtbot.keyClick(page.page.table, Qt.Key.Key_Return)
    assert activated.args == [page.page.current_id()]


def test_a_document_is_left_out_and_taken_in_by_keys(qtbot: QtBot, page: DocumentsPage, glossary: Path) -> None:
    choose(page, "guide/rivers.md")

    qtbot.keyClick(page.page.table, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: not row(glossary, "guide/rivers.md").wanted)
    qtbot.waitUntil(page.take_in.isEnabled)
    assert row(glossary, "guide/rivers.md").state == "skipped"

    qtbot.keyClick(page.page.table, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: row(glossary, "guide/rivers.md").wanted)
    assert row(glossary, "guide/rivers.md").state == "ready"


def test_an_encoding_is_chosen_and_taken_back(qtbot: QtBot, page: DocumentsPage, glossary: Path) -> None:
    assert page._edits is not None
    edits = page._edits
    choose(page, "guide/rivers.md")

    page.fill_encodings()
    page._encoding_actions["cp932"].trigger()
    qtbot.waitUntil(lambda: edits.stack.count() == 1)
    assert row(glossary, "guide/rivers.md").chosen_encoding == "cp932"

    edits.stack.undo()
    qtbot.waitUntil(lambda: row(glossary, "guide/rivers.md").chosen_encoding == "")


def test_f5_asks_for_a_check(qtbot: QtBot, page: DocumentsPage) -> None:
    with qtbot.waitSignal(page.check_requested):
        qtbot.keyClick(page.page.table, Qt.Key.Key_F5)


def test_folders_and_exclusions_are_edited(qtbot: QtBot, page: DocumentsPage, glossary: Path, tmp_path: Path) -> None:
    other = tmp_path / "more documents"
    other.mkdir()
    page.folders.trigger()
    qtbot.waitUntil(lambda: page.findChild(SourcesDialog) is not None)
    dialog = page.findChild(SourcesDialog)
    assert dialog is not None
    dialog.sources.add([other])
    dialog.patterns.setPlainText("*.log\n.*")

    with qtbot.waitSignal(page.check_requested):
        dialog._save.click()

    def known() -> tuple:
        with closing(connect(glossary)) as connection:
            return other in source_ids(connection).values(), exclusions(connection)

    qtbot.waitUntil(lambda: known() == (True, ("*.log", ".*")))


def test_what_patterns_leave_out_is_counted_and_leads_to_them(
    qtbot: QtBot, page: DocumentsPage, glossary: Path
) -> None:
    assert not page.left_out.isVisible()
    with closing(connect(glossary)) as connection:
        note_left_out(connection, 1234)
    page.refresh()
    qtbot.waitUntil(page.left_out.isVisible)
    assert page.left_out.text() == "1,234 files or folders are left out by patterns"

    qtbot.mouseClick(page.left_out, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.findChild(SourcesDialog) is not None)
    dialog = page.findChild(SourcesDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.patterns.hasFocus)
    dialog.reject()

    with closing(connect(glossary)) as connection:
        note_left_out(connection, 0)
    page.refresh()
    qtbot.waitUntil(lambda: not page.left_out.isVisible())


def test_an_empty_page_offers_a_run(qtbot: QtBot, tmp_path: Path) -> None:
    from genglossary_gui.core.store.projects import create_project

    create_project(tmp_path / "empty.genglossary", [])
    reader = Reader(tmp_path / "empty.genglossary")
    page = DocumentsPage(reader)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: not page.page.table.isVisible())

    with qtbot.waitSignal(page.page.action_requested):
        qtbot.mouseClick(page.page._action, Qt.MouseButton.LeftButton)
    reader.close()


def test_hidden_columns_and_widths_are_remembered(
    qtbot: QtBot, page: DocumentsPage, glossary_reader: Reader, tmp_path: Path
) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    after = DocumentsPage(glossary_reader)
    qtbot.addWidget(after)
    page.columns.hide(["format", "path"])
    page.page.table.setColumnWidth(page.page.model.column_of("encoding"), 321)

    page.save_state(settings)
    after.restore_state(settings)

    assert after.columns.hidden() == ["format"]
    assert after.page.table.columnWidth(after.page.model.column_of("encoding")) == 321


def test_of_several_documents_those_that_are_still_in_are_left_out(
    qtbot: QtBot, page: DocumentsPage, glossary: Path
) -> None:
    choose(page, "broken.txt")
    qtbot.keyClick(page.page.table, Qt.Key.Key_X)
    qtbot.waitUntil(page.take_in.isEnabled)

    page.page.table.selectAll()
    assert page.leave_out.isEnabled()
    qtbot.keyClick(page.page.table, Qt.Key.Key_X)

    qtbot.waitUntil(lambda: not row(glossary, "guide/rivers.md").wanted)


def test_what_was_left_out_has_a_filter_of_its_own_and_is_no_problem(
    qtbot: QtBot, page: DocumentsPage, glossary: Path
) -> None:
    choose(page, "guide/rivers.md")
    qtbot.keyClick(page.page.table, Qt.Key.Key_X)
    qtbot.waitUntil(page.take_in.isEnabled)

    page.page.show_filter(1)
    qtbot.waitUntil(lambda: paths(page) == ["broken.txt"])
    page.page.show_filter(3)
    qtbot.waitUntil(lambda: paths(page) == ["guide/rivers.md"])


def test_f5_counts_wherever_the_keyboard_is_on_the_page(qtbot: QtBot, page: DocumentsPage) -> None:
    page.page.search.setFocus()
    qtbot.waitUntil(page.page.search.hasFocus)
    with qtbot.waitSignal(page.check_requested):
        qtbot.keyClick(page.page.search, Qt.Key.Key_F5)


def test_a_file_that_has_gone_is_told_instead_of_opened(qtbot: QtBot, page: DocumentsPage) -> None:
    choose(page, "guide/rivers.md")
    with qtbot.waitSignal(page.failed) as told:
        page.open_outside.trigger()
    assert told.args == ["“rivers.md” is no longer there. Check the folders for changes to bring the list up to date."]


def paths(page: DocumentsPage) -> list[str]:
    model = page.page.model
    return [str(model.index(number, 0).data()) for number in range(model.rowCount())]


def test_a_document_without_a_text_says_in_the_window_why_it_does_not_open(
    qtbot: QtBot, make_window: MakeWindow, glossary: Path
) -> None:
    window = make_window(glossary)
    assert window.project is not None
    page = window.project.documents
    window.project.show_page(2)
    qtbot.waitUntil(lambda: paths(page)[:1] == ["broken.txt"])
    choose(page, "broken.txt")

    qtbot.keyClick(page.page.table, Qt.Key.Key_Return)

    qtbot.waitUntil(window.banner.isVisible)
    assert "“broken.txt” cannot be shown. " in window.banner.text
    assert window.project.document.isHidden()
