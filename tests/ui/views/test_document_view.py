"""The document view opens at the place, marks the term and walks through its occurrences."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QTextCursor
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.decisions import Listed, listed_terms
from genglossary_gui.core.store.documents import all_documents
from genglossary_gui.core.store.glossary import EntryDetail, entry_detail
from genglossary_gui.core.text import Block, BlockKind, DocumentText, Reading
from genglossary_gui.ui import theme
from genglossary_gui.ui.dialogs.palette import CommandPalette
from genglossary_gui.ui.edits import Edits
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.views.document import DocumentView
from genglossary_gui.ui.views.document_pane import DocumentPane
from genglossary_gui.ui.views.document_rows import DocumentRows
from tests.ui.glossary_support import SENTENCE, TEXT

WEIR, LOCK = 1, 2


@pytest.fixture
def view(qtbot: QtBot, glossary_reader: Reader) -> DocumentView:
    view = DocumentView(glossary_reader)
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    return view


def detail(project: Path, term_id: int) -> EntryDetail:
    with closing(connect(project)) as connection:
        found = entry_detail(connection, term_id)
    assert found is not None
    return found


def open_evidence(qtbot: QtBot, view: DocumentView, glossary: Path) -> DocumentPane:
    with qtbot.waitSignal(view.opened):
        view.show_passage(detail(glossary, WEIR).evidence[0], WEIR)
    return pane(view)


def pane(view: DocumentView) -> DocumentPane:
    found = view.findChild(DocumentPane)
    assert found is not None
    return found


def words(view: DocumentView) -> list[str]:
    return [label.text() for label in view.findChildren(QLabel) if label.isVisible()]


def backgrounds(shown: DocumentPane, text: str) -> set[str]:
    """Colours behind the first place of ``text`` on the screen."""
    shown.grab()
    block = shown.document().begin()
    while text not in block.text():
        block = block.next()
    column = len(block.text()[: block.text().index(text)].encode("utf-16-le")) // 2
    return {
        QColor(found.format.background().color()).name()
        for found in block.layout().formats()
        if found.start <= column < found.start + found.length and found.format.hasProperty(0x820)
    }


def test_it_opens_at_the_passage(qtbot: QtBot, view: DocumentView, glossary: Path) -> None:
    shown = open_evidence(qtbot, view, glossary)

    assert shown.offset() == TEXT.index(SENTENCE)
    assert "Line 5" in words(view)


def test_the_passage_and_the_term_are_marked(qtbot: QtBot, view: DocumentView, glossary: Path) -> None:
    shown = open_evidence(qtbot, view, glossary)

    assert backgrounds(shown, "low dam") == {theme.current().passage}
    assert backgrounds(shown, "weir has") == {theme.current().occurrence}


def test_text_is_never_markup(qtbot: QtBot, view: DocumentView, glossary: Path) -> None:
    assert "The <b>lock</b> opens." in open_evidence(qtbot, view, glossary).toPlainText()


def test_f3_goes_from_place_to_place(qtbot: QtBot, view: DocumentView, glossary: Path) -> None:
    with qtbot.waitSignal(view.opened):
        view.show_passage(detail(glossary, LOCK).contexts[0], LOCK)
    view.activateWindow()

    view.go_to_next()
    assert "1 of 3" in words(view)
    qtbot.keyClick(view, Qt.Key.Key_F3)
    assert "2 of 3" in words(view)
    view.go_to_next()
    view.go_to_next()
    assert "1 of 3" in words(view)
    qtbot.keyClick(view, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert "3 of 3" in words(view)
    assert pane(view).offset() == TEXT.rindex("lock")


def test_f3_goes_on_from_where_one_has_clicked(qtbot: QtBot, view: DocumentView, glossary: Path) -> None:
    with qtbot.waitSignal(view.opened):
        view.show_passage(detail(glossary, LOCK).contexts[0], LOCK)
    view.go_to_next()
    view.go_to_next()
    assert "2 of 3" in words(view)

    pane(view).moveCursor(QTextCursor.MoveOperation.Start)
    view.go_to_next()
    assert "1 of 3" in words(view)

    pane(view).moveCursor(QTextCursor.MoveOperation.End)
    view.go_to_previous()
    assert "3 of 3" in words(view)


def test_a_search_that_the_next_place_replaces_leaves_no_button_to_clear_it(
    qtbot: QtBot, view: DocumentView, glossary: Path
) -> None:
    open_evidence(qtbot, view, glossary)
    find = view.findChild(QLineEdit)
    assert find is not None
    clear = next(press for press in find.findChildren(QToolButton) if press.isHidden())
    qtbot.keyClicks(find, "locks")
    qtbot.waitUntil(lambda: "1 found" in words(view))
    qtbot.waitUntil(clear.isVisible)

    open_evidence(qtbot, view, glossary)

    assert find.text() == ""
    qtbot.waitUntil(clear.isHidden)


def test_find_replaces_the_term(qtbot: QtBot, view: DocumentView, glossary: Path) -> None:
    open_evidence(qtbot, view, glossary)
    find = view.findChild(QLineEdit)
    assert find is not None

    qtbot.keyClicks(find, "locks")

    qtbot.waitUntil(lambda: "1 found" in words(view))


def test_it_says_when_the_document_has_changed(qtbot: QtBot, view: DocumentView, glossary: Path) -> None:
    placed = detail(glossary, WEIR).evidence[0]
    notice = "This document has changed since; the text shown is the one the definition rests on."

    with qtbot.waitSignal(view.opened):
        view.show_passage(replace(placed, is_current=False), WEIR)
    assert notice in words(view)
    with qtbot.waitSignal(view.opened):
        view.show_passage(placed, WEIR)
    assert notice not in words(view)


def test_a_document_opens_at_its_beginning(qtbot: QtBot, view: DocumentView, glossary: Path) -> None:
    with closing(connect(glossary)) as connection:
        row = next(row for row in all_documents(connection) if row.content_id)

    with qtbot.waitSignal(view.opened):
        view.show_document(row)

    assert pane(view).offset() == 0
    assert "Line 1" in words(view)


def test_escape_closes(qtbot: QtBot, view: DocumentView, glossary: Path) -> None:
    shown = open_evidence(qtbot, view, glossary)
    view.activateWindow()
    shown.setFocus()

    with qtbot.waitSignal(view.closed):
        qtbot.keyClick(shown, Qt.Key.Key_Escape)


def test_every_term_of_the_glossary_is_underlined_and_tells_what_it_means(
    qtbot: QtBot, view: DocumentView, glossary: Path
) -> None:
    shown = open_evidence(qtbot, view, glossary)
    qtbot.waitUntil(lambda: bool(shown._terms.places))
    start, end, number = shown._terms.places[0]
    surface = TEXT[start:end]

    assert surface.lower() in [spelling.lower() for spelling in shown._terms.terms[number].surfaces]
    cursor = shown.textCursor()
    assert shown._rows is not None
    row = shown._rows.row_of(start)
    cursor.setPosition(shown.document().findBlockByNumber(row).position() + shown._rows.column_of(row, start) + 1)
    shown.setTextCursor(cursor)
    place = shown.cursorRect(cursor).center()
    term = shown._term_at(place)

    assert term is shown._terms.terms[number]
    assert term is not None
    with qtbot.waitSignal(view.term_wanted) as wanted:
        qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wanted.args == [term.id]


def test_selected_words_become_terms_by_a_key(qtbot: QtBot, glossary_reader: Reader, glossary: Path) -> None:
    edits = Edits(glossary)
    view = DocumentView(glossary_reader, edits)
    qtbot.addWidget(view)
    view.show()
    shown = open_evidence(qtbot, view, glossary)
    shown.setFocus()
    cursor = shown.textCursor()
    cursor.select(QTextCursor.SelectionType.WordUnderCursor)
    shown.setTextCursor(cursor)
    words_chosen = shown.selected_words()
    assert words_chosen

    qtbot.keyClick(shown, Qt.Key.Key_R)

    def required() -> list[str]:
        with closing(connect(glossary)) as connection:
            return [term.term.lower() for term in listed_terms(connection, Listed.REQUIRED)]

    qtbot.waitUntil(lambda: edits.stack.count() == 1)
    assert required() == [words_chosen.lower()]
    edits.stack.undo()
    qtbot.waitUntil(lambda: required() == [] and not edits.is_at_work)


def test_v2_selected_words_become_a_synonym_of_a_term(qtbot: QtBot, glossary_reader: Reader, glossary: Path) -> None:
    edits = Edits(glossary)
    view = DocumentView(glossary_reader, edits)
    qtbot.addWidget(view)
    view.show()
    shown = open_evidence(qtbot, view, glossary)
    cursor = shown.document().find("Flocks")
    shown.setTextCursor(cursor)
    assert shown.selected_words() == "Flocks"

    qtbot.keyClick(shown, Qt.Key.Key_S)
    palette = view.findChild(CommandPalette)
    assert palette is not None
    qtbot.keyClicks(palette.search, "weir")
    qtbot.waitUntil(lambda: palette.list.count() == 1)
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: edits.stack.count() == 1)

    def surfaces() -> list[str]:
        with closing(connect(glossary)) as connection:
            question = "SELECT surface FROM variants v JOIN terms t ON t.id = v.term_id WHERE t.key = 'weir'"
            return [surface for (surface,) in connection.execute(question)]

    assert "Flocks" in surfaces()
    edits.stack.undo()
    qtbot.waitUntil(lambda: "Flocks" not in surfaces() and not edits.is_at_work)


def test_v2_a_selected_sentence_becomes_the_definition_of_a_term(
    qtbot: QtBot, glossary_reader: Reader, glossary: Path
) -> None:
    edits = Edits(glossary)
    view = DocumentView(glossary_reader, edits)
    qtbot.addWidget(view)
    view.show()
    shown = open_evidence(qtbot, view, glossary)
    cursor = shown.document().find(SENTENCE)
    shown.setTextCursor(cursor)

    qtbot.keyClick(shown, Qt.Key.Key_D)
    palette = view.findChild(CommandPalette)
    assert palette is not None
    qtbot.keyClicks(palette.search, "lock")
    qtbot.waitUntil(lambda: palette.list.count() > 0)
    name = palette.list.item(0).text().partition(" — ")[0]
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: edits.stack.count() == 1)

    def definition() -> str:
        with closing(connect(glossary)) as connection:
            return connection.execute("SELECT definition FROM entries WHERE term = ?", (name,)).fetchone()[0]

    assert definition() == SENTENCE
    edits.stack.undo()
    qtbot.waitUntil(lambda: definition() != SENTENCE and not edits.is_at_work)


def test_more_than_a_name_can_only_be_a_definition(qtbot: QtBot) -> None:
    shown = DocumentPane()
    qtbot.addWidget(shown)
    shown.can_decide = True
    with qtbot.waitSignal(shown.filled):
        shown.show_rows(DocumentRows(DocumentText("A weir is a low dam. " * 10)))
    shown.selectAll()
    shown.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint()))

    menu = shown.findChild(QMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions() if action.text()] == ["Copy", "Set as &definition of…"]
    menu.close()


def test_v1_a_reading_is_shown_small_and_is_not_selected_with_its_word(qtbot: QtBot) -> None:
    text = "絞り弁とは弁である。"
    document = DocumentText(text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), readings=(Reading(0, 3, "しぼりべん"),))
    shown = DocumentPane()
    qtbot.addWidget(shown)
    shown.resize(600, 200)
    shown.show()
    with qtbot.waitSignal(shown.filled):
        shown.show_rows(DocumentRows(document))
    shown.grab()

    assert shown.toPlainText() == "絞り弁（しぼりべん）とは弁である。"
    small = [each for each in shown.document().begin().layout().formats() if each.start == 3 and each.length == 7]
    assert small[-1].format.fontPointSize() < shown.font().pointSizeF()
    cursor = shown.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(shown.toPlainText().index("とは"), QTextCursor.MoveMode.KeepAnchor)
    shown.setTextCursor(cursor)
    assert shown.selected_words() == "絞り弁"
