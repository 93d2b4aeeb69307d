"""The glossary page: rows, quick filters, search, and the entry beside them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.views.glossary import GlossaryPage
from genglossary_gui.ui.views.passage import PassageCard

WEIR, LOCK, BIRD = 1, 2, 3


@pytest.fixture
def page(qtbot: QtBot, glossary_reader: Reader) -> GlossaryPage:
    page = GlossaryPage(glossary_reader)
    qtbot.addWidget(page)
    page.resize(1000, 500)
    page.show()
    qtbot.waitUntil(lambda: terms(page) == ["weir", "lock"])
    return page


def terms(page: GlossaryPage) -> list[str]:
    model = page.page.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_in_a_low_page_the_filters_make_room_for_the_table(qtbot: QtBot, page: GlossaryPage) -> None:
    chip = next(button for button in page.findChildren(QPushButton) if button.text() == "All")
    page.resize(400, 160)
    qtbot.waitUntil(lambda: not chip.isVisible())
    assert page.page.search.isVisible()

    page.resize(1000, 500)
    qtbot.waitUntil(chip.isVisible)


def press(qtbot: QtBot, page: GlossaryPage, words: str) -> None:
    chip = next(button for button in page.findChildren(QPushButton) if button.text() == words)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("words", "found"),
    [("All", ["weir", "lock", "bird"]), ("Without definition", ["lock"]), ("With issues", ["lock"])],
)
def test_quick_filters(qtbot: QtBot, page: GlossaryPage, words: str, found: list[str]) -> None:
    press(qtbot, page, words)

    qtbot.waitUntil(lambda: terms(page) == found)


def test_search_keeps_the_filter(qtbot: QtBot, page: GlossaryPage) -> None:
    qtbot.keyClicks(page.page.search, "ir")

    qtbot.waitUntil(lambda: terms(page) == ["weir"])


def test_nothing_found_is_said(qtbot: QtBot, page: GlossaryPage) -> None:
    qtbot.keyClicks(page.page.search, "zzz")

    qtbot.waitUntil(lambda: not page.page.table.isVisible())
    said = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert "No term matches. Change the search or the filter." in said
    qtbot.waitUntil(lambda: page.entry.term_id == 0)


def test_the_arrow_key_shows_the_next_entry(qtbot: QtBot, page: GlossaryPage) -> None:
    assert page.entry.term_id == WEIR

    qtbot.keyClick(page.page.table, Qt.Key.Key_Down)

    assert page.entry.term_id == LOCK


def test_enter_goes_to_the_evidence_and_enter_again_opens_it(qtbot: QtBot, page: GlossaryPage) -> None:
    page.activateWindow()
    qtbot.waitUntil(lambda: page.entry.findChild(PassageCard) is not None)

    page.page.activated.emit(WEIR)
    card = page.entry.findChild(PassageCard)

    assert card is not None
    qtbot.waitUntil(card.hasFocus)
    with qtbot.waitSignal(page.evidence_activated) as asked:
        qtbot.keyClick(card, Qt.Key.Key_Return)
    assert asked.args is not None
    assert asked.args[1] == WEIR


def test_a_term_outside_the_filter_can_be_shown(qtbot: QtBot, page: GlossaryPage) -> None:
    page.show_term(BIRD)

    qtbot.waitUntil(lambda: page.page.current_id() == BIRD)
    assert page.entry.term_id == BIRD


def test_the_chosen_term_survives_a_refresh(qtbot: QtBot, page: GlossaryPage) -> None:
    assert page.page.select(LOCK)

    with qtbot.waitSignal(page.page.model.loaded):
        page.refresh()

    assert page.page.current_id() == LOCK


def test_the_definition_column_takes_the_room(page: GlossaryPage) -> None:
    table = page.page.table
    definition = page.page.model.column_of("definition")

    page.resize(2000, 500)

    assert table.horizontalHeader().length() == table.viewport().width()
    assert table.columnWidth(definition) > 300


def test_escape_empties_the_search_and_then_leaves_it(qtbot: QtBot, page: GlossaryPage) -> None:
    page.activateWindow()
    page.page.search.setFocus()
    qtbot.waitUntil(page.page.search.hasFocus)
    qtbot.keyClicks(page.page.search, "ir")
    qtbot.waitUntil(lambda: terms(page) == ["weir"])
    qtbot.keyClick(page.page.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: terms(page) == ["weir", "lock"])
    qtbot.waitUntil(page.page.search.hasFocus)

    qtbot.keyClick(page.page.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(page.page.table.hasFocus)


def test_an_arrow_leads_from_the_search_to_what_was_found(qtbot: QtBot, page: GlossaryPage) -> None:
    page.activateWindow()
    page.page.search.setFocus()
    qtbot.waitUntil(page.page.search.hasFocus)
    qtbot.keyClick(page.page.search, Qt.Key.Key_Down)
    qtbot.waitUntil(page.page.table.hasFocus)
