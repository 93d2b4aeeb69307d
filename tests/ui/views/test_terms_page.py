"""A person decides about terms, with the keyboard alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from genglossary_gui.core.store import decisions
from genglossary_gui.core.store.decisions import Listed
from genglossary_gui.core.store.term_list import TermDetail
from genglossary_gui.ui.dialogs.term_names import AddTermsDialog, TermListsDialog
from genglossary_gui.ui.edits import Edits
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.views.passage import PassageCard
from genglossary_gui.ui.views.terms import TermsPage
from tests.bench.projects import make_project
from tests.support import add_document

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """200 suggested terms (and some hundreds that are not)."""
    project = make_project(tmp_path, "review", terms=1_000)
    with closing(sqlite3.connect(project)) as connection, connection:
        connection.execute("UPDATE terms SET suggested = rank <= 200, status = 'candidate', notes = ''")
    return project


@pytest.fixture
def page(qtbot: QtBot, project: Path) -> Iterator[TermsPage]:
    reader = Reader(project)
    edits = Edits(project)
    page = TermsPage(reader, edits)
    qtbot.addWidget(page)
    page.resize(1200, 500)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: page.page.model.rowCount() == 200)
    focus_table(qtbot, page)
    yield page
    qtbot.waitUntil(lambda: not edits.is_at_work)
    reader.close()


def focus_table(qtbot: QtBot, page: TermsPage) -> None:
    page.activateWindow()
    page.page.table.setFocus()
    qtbot.waitUntil(page.page.table.hasFocus)


def rows(project: Path, condition: str) -> list[str]:
    with closing(sqlite3.connect(project)) as connection:
        return [term for (term,) in connection.execute(f"SELECT term FROM terms WHERE {condition} ORDER BY rank")]


def settle(qtbot: QtBot, page: TermsPage, count: int) -> None:
    assert page._edits is not None
    edits = page._edits
    qtbot.waitUntil(lambda: not edits.is_at_work and page.page.model.rowCount() == count)


def test_a_decision_leaves_the_columns_as_wide_as_they_were(qtbot: QtBot, page: TermsPage) -> None:
    header = page.page.table.horizontalHeader()
    page.resize(700, 500)
    before = [header.sectionSize(column) for column in range(header.count())]

    qtbot.keyClick(page.page.table, Qt.Key.Key_D, CONTROL)
    settle(qtbot, page, 199)

    assert [header.sectionSize(column) for column in range(header.count())] == before


def rows_seen(page: TermsPage) -> int:
    table = page.page.table
    return table.viewport().height() // table.verticalHeader().defaultSectionSize()


def test_in_a_low_window_the_list_comes_first_then_the_filters_then_the_buttons(qtbot: QtBot, page: TermsPage) -> None:
    button = next(
        tool for tool in page.findChildren(QToolButton) if tool.defaultAction() is page.actions_["actionDropTerm"]
    )
    box = page.boxes.boxes[0]

    def made(height: int) -> bool:
        page.resize(700, height)
        return page.page.height() == height

    seen = []
    for height in range(440, 140, -20):
        qtbot.waitUntil(partial(made, height))
        if (there := (box.isVisible(), button.isVisible())) not in seen:
            seen.append(there)
    assert seen == [(True, True), (True, False), (False, False)]

    qtbot.waitUntil(partial(made, 180))
    qtbot.waitUntil(lambda: rows_seen(page) >= 2)
    page.resize(700, 440)
    qtbot.waitUntil(lambda: box.isVisible() and button.isVisible())


def test_a_very_long_term_makes_the_panel_no_wider(qtbot: QtBot, page: TermsPage, project: Path) -> None:
    name = "w" * 600
    with closing(sqlite3.connect(project)) as connection, connection:
        connection.execute("UPDATE terms SET term = ? WHERE rank = 1", (name,))
        connection.execute("INSERT INTO variants SELECT id, ?, 'spelling', 3 FROM terms WHERE rank = 1", (name + "s",))
    page.resize(900, 500)
    page.splitter.setSizes([600, 300])
    page.refresh()
    panel = page.panel
    qtbot.waitUntil(lambda: panel.detail is not None and panel.detail.row.term == name)

    qtbot.waitUntil(lambda: panel.horizontalScrollBar().maximum() == 0)


def test_tab_goes_along_the_filters_before_it_comes_to_the_table(qtbot: QtBot, page: TermsPage) -> None:
    page.page.search.setFocus()
    qtbot.waitUntil(page.page.search.hasFocus)
    way: list[QWidget | None] = []
    for _step in range(20):
        QTest.keyClick(page.window(), Qt.Key.Key_Tab)
        way.append(QApplication.focusWidget())
        if way[-1] is page.page.table:
            break

    assert way[-1] is page.page.table
    assert set(page.boxes.boxes) < set(way)


def test_home_and_end_go_to_the_first_and_the_last_row(qtbot: QtBot, page: TermsPage) -> None:
    table = page.page.table
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.currentIndex().row() == 199
    assert table.horizontalScrollBar().value() == 0

    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert table.currentIndex().row() == 0


def test_two_hundred_candidates_are_reviewed_by_keys_alone(qtbot: QtBot, page: TermsPage, project: Path) -> None:
    table = page.page.table
    for number in range(200):
        key = Qt.Key.Key_Return if number % 3 else Qt.Key.Key_D
        qtbot.keyClick(table, key, CONTROL)
        settle(qtbot, page, 199 - number)

    assert len(rows(project, "status = 'dropped'")) == 67
    assert len(rows(project, "status = 'accepted'")) == 133
    assert not page.page.table.isVisible()


def test_the_next_undecided_term_is_current_after_a_decision(qtbot: QtBot, page: TermsPage) -> None:
    page.page.show_filter(4)
    qtbot.waitUntil(lambda: page.page.model.rowCount() == 1_000)
    page.page.table.setCurrentIndex(page.page.model.index(0, 0))

    qtbot.keyClick(page.page.table, Qt.Key.Key_D, CONTROL)
    qtbot.waitUntil(lambda: page.page.table.currentIndex().row() == 1)

    value = page.page.model.value_at(1)
    assert value is not None
    assert value.is_undecided


@contextmanager
def nothing_can_be_saved(project: Path) -> Iterator[None]:
    """Another program writes, for longer than a decision waits."""
    with closing(sqlite3.connect(project, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


def refuse_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("genglossary_gui.ui.edits._BUSY_MS", 10)


def test_a_decision_that_cannot_be_saved_leads_back_to_its_terms(
    qtbot: QtBot, page: TermsPage, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_at_once(monkeypatch)
    table, edits = page.page.table, page._edits
    assert edits is not None
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(table, key, Qt.KeyboardModifier.ShiftModifier)
    chosen = page.page.selected_ids()
    with nothing_can_be_saved(project), qtbot.waitSignal(edits.failed):
        qtbot.keyClick(table, Qt.Key.Key_D, CONTROL)
        assert page.page.current_id() not in chosen

    assert len(chosen) == 3
    assert page.page.selected_ids() == chosen
    qtbot.keyClick(table, Qt.Key.Key_D, CONTROL)
    settle(qtbot, page, 197)
    assert len(rows(project, "status = 'dropped'")) == 3


def test_after_several_that_cannot_be_saved_one_goes_on_with_the_first(
    qtbot: QtBot, page: TermsPage, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_at_once(monkeypatch)
    edits = page._edits
    assert edits is not None
    first = page.page.current_id()
    with nothing_can_be_saved(project):
        for _time in range(3):
            qtbot.keyClick(page.page.table, Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(lambda: not edits.is_at_work)

    assert page.page.current_id() == first


def test_who_has_gone_elsewhere_meanwhile_is_left_there(
    qtbot: QtBot, page: TermsPage, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_at_once(monkeypatch)
    edits = page._edits
    assert edits is not None
    with nothing_can_be_saved(project):
        qtbot.keyClick(page.page.table, Qt.Key.Key_R)
        qtbot.keyClick(page.page.table, Qt.Key.Key_End)
        qtbot.waitUntil(lambda: not edits.is_at_work)

    assert page.page.table.currentIndex().row() == 199


def test_every_decision_is_undone_and_redone(qtbot: QtBot, page: TermsPage, project: Path) -> None:
    assert page._edits is not None
    first = rows(project, "rank = 1")
    for key, modifier in ((Qt.Key.Key_R, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Return, CONTROL)):
        qtbot.keyClick(page.page.table, key, modifier)
        settle(qtbot, page, 199 if key == Qt.Key.Key_R else 198)
    assert rows(project, "listed = 'required'") == first

    page._edits.stack.undo()
    settle(qtbot, page, 199)
    page._edits.stack.undo()
    settle(qtbot, page, 200)
    assert rows(project, "listed <> '' OR status <> 'candidate'") == []

    page._edits.stack.redo()
    settle(qtbot, page, 199)
    assert rows(project, "listed = 'required'") == first


def test_selected_terms_are_merged_into_the_current_one_and_split_again(
    qtbot: QtBot, page: TermsPage, project: Path
) -> None:
    table, model = page.page.table, page.page.model
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    # Not selectRow: it would heed the keys that are held.
    clear = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    table.selectionModel().setCurrentIndex(model.index(2, 0), clear)
    table.selectionModel().select(model.index(5, 0), flags)
    names = [value.term for row in (2, 5) if (value := model.value_at(row)) is not None]

    qtbot.keyClick(table, Qt.Key.Key_M)
    settle(qtbot, page, 199)
    assert rows(project, "merged_into IS NOT NULL") == [names[1]]
    assert names[1] in spellings_of(qtbot, page, names[0])

    page.panel.split_wanted.emit(page.panel.term_id, names[1])
    settle(qtbot, page, 200)
    assert rows(project, "merged_into IS NOT NULL") == []


def spellings_of(qtbot: QtBot, page: TermsPage, term: str) -> list[str]:
    """What the panel shows as soon as it shows this term."""

    def detail() -> TermDetail | None:
        shown = page.panel.detail
        return shown if shown is not None and shown.row.term == term and shown.spellings else None

    qtbot.waitUntil(lambda: detail() is not None)
    shown = detail()
    return [spelling.surface for spelling in shown.spellings] if shown is not None else []


def test_s_leads_to_the_spellings_enter_splits_one_off_and_escape_leads_back(
    qtbot: QtBot, page: TermsPage, project: Path
) -> None:
    with closing(sqlite3.connect(project)) as connection, connection:
        connection.execute("INSERT INTO variants SELECT id, 'Schleuse', 'spelling', 3 FROM terms WHERE rank = 1")
        connection.execute("INSERT INTO variants SELECT id, 'Wehr', 'spelling', 3 FROM terms WHERE rank = 1")
    page.refresh()
    qtbot.waitUntil(lambda: page.panel.detail is not None and len(page.panel.detail.spellings) == 2)

    for left in ("Wehr", ""):
        qtbot.keyClick(page.page.table, Qt.Key.Key_S)
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Return)
        qtbot.waitUntil(
            lambda left=left: (
                page.panel.detail is not None
                and [spelling.surface for spelling in page.panel.detail.spellings] == [left] * bool(left)
            )
        )
        assert page.panel.isAncestorOf(QApplication.focusWidget() or page) or page.panel.hasFocus()
        qtbot.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Escape)
        assert page.page.table.hasFocus()
    assert not page.actions_["actionSplitTerm"].isEnabled()


def test_escape_leads_from_the_note_back_to_the_list(qtbot: QtBot, page: TermsPage, project: Path) -> None:
    qtbot.waitUntil(lambda: page.panel.note is not None)
    qtbot.keyClick(page.page.table, Qt.Key.Key_N)
    note = page.panel.note
    assert note is not None
    assert note.hasFocus()
    qtbot.keyClicks(note, "ask Fred")

    qtbot.keyClick(note, Qt.Key.Key_Escape)

    assert page.page.table.hasFocus()
    qtbot.waitUntil(lambda: rows(project, "notes = 'ask Fred'") != [])


def test_a_term_is_renamed_classed_and_noted(qtbot: QtBot, page: TermsPage, project: Path) -> None:
    qtbot.keyClick(page.page.table, Qt.Key.Key_F2)
    dialog = page.findChild(QInputDialog)
    assert dialog is not None
    dialog.setTextValue("Flood gate")
    dialog.accept()
    qtbot.waitUntil(lambda: rows(project, "named = 1") == ["Flood gate"])

    focus_table(qtbot, page)
    qtbot.keyClick(page.page.table, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: rows(project, "categorised = 1 AND category = 'place'") == ["Flood gate"])

    qtbot.waitUntil(lambda: page.panel.note is not None)
    qtbot.keyClick(page.page.table, Qt.Key.Key_N)
    assert page.panel.note is not None
    qtbot.keyClicks(page.panel.note, "ask Fred")
    page.page.table.setFocus()
    qtbot.waitUntil(lambda: rows(project, "notes = 'ask Fred'") == ["Flood gate"])


def test_a_place_opens_by_enter(qtbot: QtBot, page: TermsPage, project: Path) -> None:
    with closing(sqlite3.connect(project)) as connection, connection:
        connection.execute("INSERT INTO sources (id, path) VALUES (1, '/')")
    document, content = add_document(project, "a.md", "A gate stands here.")
    with closing(sqlite3.connect(project)) as connection, connection:
        connection.execute(
            "INSERT INTO passages (term_id, document_id, content_id, start, end, line, text, kind, weight, rule)"
            " VALUES (?, ?, ?, 0, 19, 1, 'A gate stands here.', 'context', 0, '')",
            (page.page.current_id(), document, content),
        )
    page.refresh()
    qtbot.waitUntil(lambda: page.findChild(PassageCard) is not None)
    qtbot.keyClick(page.page.table, Qt.Key.Key_Return)
    page.panel.focus_first_context()
    card = page.findChild(PassageCard)
    assert card is not None
    with qtbot.waitSignal(page.context_activated) as activated:
        qtbot.keyClick(card, Qt.Key.Key_Return)
    assert activated.args is not None
    assert activated.args[1] == page.panel.term_id


def test_short_japanese_words_are_found_in_terms_and_spellings(qtbot: QtBot, page: TermsPage, project: Path) -> None:
    with closing(sqlite3.connect(project)) as connection, connection:
        connection.execute("UPDATE terms SET term = '水門' WHERE rank = 150")
        other = connection.execute("SELECT id FROM terms WHERE rank = 160").fetchone()[0]
        connection.execute("INSERT INTO variants VALUES (?, '水門扉', 'spelling', 2)", (other,))

    page.page.search.setText("水")

    qtbot.waitUntil(lambda: page.page.model.rowCount() == 2)


def test_terms_are_added_by_name(qtbot: QtBot, page: TermsPage, project: Path) -> None:
    qtbot.keyClick(page.page.table, Qt.Key.Key_Insert)
    dialog = page.findChild(AddTermsDialog)
    assert dialog is not None
    dialog.names.setPlainText("Zulu lock\n\n水門\nZulu lock")
    dialog._on_add()
    qtbot.waitUntil(lambda: rows(project, "status = 'accepted'") == ["Zulu lock", "水門"])


def test_lists_are_edited_as_text_and_imported(qtbot: QtBot, page: TermsPage, project: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(project)) as connection:
        decisions.add_terms(connection, ["Alpha gate", "Beta gate"], listed=Listed.REQUIRED)
    (tmp_path / "list.csv").write_text("term,count\nGamma gate,3\nAlpha gate,1\n", encoding="utf-8-sig")

    qtbot.keyClick(page.page.table, Qt.Key.Key_L, CONTROL)
    qtbot.waitUntil(lambda: page.findChild(TermListsDialog) is not None)
    dialog = page.findChild(TermListsDialog)
    assert dialog is not None
    required = dialog.pages[Listed.REQUIRED]
    required.names.setPlainText("Alpha gate")
    required._read([tmp_path / "list.csv"])
    dialog._on_save()

    qtbot.waitUntil(lambda: rows(project, "listed = 'required'") == ["Alpha gate", "Gamma gate"])


def test_without_edits_nothing_can_be_decided(qtbot: QtBot, project: Path) -> None:
    reader = Reader(project)
    page = TermsPage(reader)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.page.model.rowCount() == 200)

    qtbot.keyClick(page.page.table, Qt.Key.Key_D, CONTROL)
    QApplication.processEvents()

    assert rows(project, "status <> 'candidate'") == []
    reader.close()
