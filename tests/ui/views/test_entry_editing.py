"""A person works on an entry: every act reaches the database, nothing that was typed is lost, all of it is undone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from genglossary_gui.core.glossary import Category
from genglossary_gui.core.store import entry_edits
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.entry_record import EntryRecord, entry_record
from genglossary_gui.ui import entry_acts
from genglossary_gui.ui.edits import Edits
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.views.entry_details import EntryDetails
from genglossary_gui.ui.views.entry_editor import DefinitionEditor
from genglossary_gui.ui.views.glossary import GlossaryPage
from genglossary_gui.ui.views.marked_text import MarkedText

WEIR, LOCK, BIRD = 1, 2, 3
FIRST = "A low dam across a river."


@pytest.fixture
def page(qtbot: QtBot, glossary_reader: Reader, edits: Edits) -> GlossaryPage:
    page = GlossaryPage(glossary_reader, edits)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: page.entry.record is not None and page.page.model.rowCount() == 2)
    page.page.table.setFocus()
    return page


@pytest.fixture
def record(glossary: Path) -> Callable[[int], EntryRecord]:
    def read(term_id: int) -> EntryRecord:
        with closing(connect(glossary)) as connection:
            found = entry_record(connection, term_id)
            assert found is not None
            return found

    return read


def definition(record: Callable[[int], EntryRecord], term_id: int = WEIR) -> str:
    return record(term_id).detail.row.definition


def editor(qtbot: QtBot, page: GlossaryPage) -> QPlainTextEdit:
    qtbot.keyClick(page.page.table, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: page.entry.is_editing)
    found = page.entry.findChild(DefinitionEditor)
    assert found is not None
    qtbot.waitUntil(found.text.hasFocus)
    return found.text


def shown(page: GlossaryPage) -> list[str]:
    return [text.toPlainText() for text in page.entry.findChildren(MarkedText)]


def press(page: GlossaryPage, words: str) -> None:
    next(button for button in page.entry.findChildren(QPushButton) if button.text() == words).click()


def test_f2_edits_and_ctrl_return_saves(qtbot: QtBot, page: GlossaryPage, record) -> None:
    text = editor(qtbot, page)
    text.selectAll()
    qtbot.keyClicks(text, "A dam.")
    qtbot.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: definition(record) == "A dam.")
    qtbot.waitUntil(lambda: "A dam." in shown(page))
    qtbot.waitUntil(page.page.table.hasFocus)
    assert record(WEIR).detail.row.locked


def test_undo_and_redo_lead_back_and_forth(qtbot: QtBot, page: GlossaryPage, edits: Edits, record) -> None:
    row = page.page.model.value_at(0)
    assert row is not None
    entry_acts.write_definition(edits, row, "A dam.")
    qtbot.waitUntil(lambda: edits.stack.count() == 1)

    for _round in range(2):
        edits.stack.undo()
        qtbot.waitUntil(lambda: definition(record) == FIRST and not edits.is_at_work)
        assert len(record(WEIR).versions) == 1
        edits.stack.redo()
        qtbot.waitUntil(lambda: definition(record) == "A dam." and not edits.is_at_work)


def test_esc_leaves_and_keeps_what_was_typed(qtbot: QtBot, page: GlossaryPage, record) -> None:
    text = editor(qtbot, page)
    qtbot.keyClicks(text, " Half a")
    qtbot.keyClick(text, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: record(WEIR).unsaved == FIRST + " Half a")
    assert definition(record) == FIRST
    qtbot.waitUntil(lambda: any(button.text() == "Go on" for button in page.entry.findChildren(QPushButton)))
    press(page, "Go on")
    again = page.entry.findChild(DefinitionEditor)
    assert again is not None
    assert again.text.toPlainText() == FIRST + " Half a"


def test_what_is_typed_is_kept_before_it_is_saved(qtbot: QtBot, page: GlossaryPage, record) -> None:
    """A crash must cost nothing: no key leaves the editor here."""
    text = editor(qtbot, page)
    qtbot.keyClicks(text, " And")

    qtbot.waitUntil(lambda: record(WEIR).unsaved == FIRST + " And")


def test_going_to_another_row_keeps_what_was_typed(qtbot: QtBot, page: GlossaryPage, record) -> None:
    text = editor(qtbot, page)
    qtbot.keyClicks(text, " And")
    assert page.page.select(LOCK)

    qtbot.waitUntil(lambda: record(WEIR).unsaved == FIRST + " And")
    assert record(LOCK).unsaved is None


def test_closing_the_window_keeps_it_at_once(qtbot: QtBot, page: GlossaryPage, record) -> None:
    text = editor(qtbot, page)
    text.setPlainText("Unfinished")

    page.entry.keep_now()

    assert record(WEIR).unsaved == "Unfinished"


def test_discarding_forgets_it(qtbot: QtBot, page: GlossaryPage, glossary: Path, record) -> None:
    with closing(connect(glossary)) as connection:
        entry_edits.keep_unsaved(connection, WEIR, "Half")
    page.refresh()
    qtbot.waitUntil(lambda: any(button.text() == "Discard" for button in page.entry.findChildren(QPushButton)))

    press(page, "Discard")

    qtbot.waitUntil(lambda: record(WEIR).unsaved is None)


def test_news_do_not_disturb_a_person_who_writes(qtbot: QtBot, page: GlossaryPage, glossary: Path) -> None:
    text = editor(qtbot, page)
    qtbot.keyClicks(text, "!")
    with closing(connect(glossary)) as connection:
        entry_edits.write_note(connection, WEIR, "by another window")

    page.refresh()

    qtbot.waitUntil(lambda: page.entry.record is not None and page.entry.record.detail.row.notes != "")
    qtbot.waitUntil(text.hasFocus)
    assert text.toPlainText() == FIRST + "!"


def test_a_approves_a_again_takes_it_back(qtbot: QtBot, page: GlossaryPage, record) -> None:
    qtbot.keyClick(page.page.table, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: record(WEIR).detail.row.approved)
    qtbot.waitUntil(lambda: page.actions_["actionApprove"].text() == "Take &approval back")

    qtbot.keyClick(page.page.table, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: not record(WEIR).detail.row.approved)


def test_a_selection_is_approved_as_one_edit(qtbot: QtBot, page: GlossaryPage, edits: Edits, record) -> None:
    entry_acts.write_definition(edits, record(LOCK).detail.row, "A chamber.")
    qtbot.waitUntil(lambda: edits.stack.count() == 1)
    page.page.table.selectAll()

    with qtbot.waitSignal(edits.edited) as told:
        qtbot.keyClick(page.page.table, Qt.Key.Key_A)

    assert told.args == ["2 entries approved"]
    assert all(record(n).detail.row.approved for n in (WEIR, LOCK))
    edits.stack.undo()
    qtbot.waitUntil(lambda: not any(record(n).detail.row.approved for n in (WEIR, LOCK)))


def test_many_are_changed_and_undone_in_pieces(
    qtbot: QtBot, edits: Edits, record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entry_acts, "_PIECE", 2)
    entry_acts.lock(edits, [WEIR, LOCK, BIRD])
    qtbot.waitUntil(lambda: edits.stack.count() == 1)
    assert all(record(n).detail.row.locked for n in (WEIR, LOCK, BIRD))

    edits.stack.undo()

    qtbot.waitUntil(lambda: not any(record(n).detail.row.locked for n in (WEIR, LOCK, BIRD)))


def test_an_older_version_is_restored_from_the_history(qtbot: QtBot, page: GlossaryPage, edits: Edits, record) -> None:
    entry_acts.write_definition(edits, record(WEIR).detail.row, "A dam.")
    qtbot.waitUntil(lambda: "A dam." in shown(page))
    press(page, "History: 2 versions")

    press(page, "Restore")

    qtbot.waitUntil(lambda: definition(record) == FIRST)
    assert record(WEIR).shown is not None
    assert len(record(WEIR).versions) == 3


def test_a_suggestion_is_accepted_by_its_key(qtbot: QtBot, page: GlossaryPage, glossary: Path, record) -> None:
    with closing(connect(glossary)) as connection:
        entry_edits.write_definition(connection, WEIR, "Mine.")
        connection.execute(
            "INSERT INTO definitions (term_id, stage, text, confidence, origin, current, run_id, created_at, offered)"
            " VALUES (1, 'refined', 'Newer.', 0.5, 'llm', 0, 1, '2026-01-01T00:00:00+00:00', 1)"
        )
    page.refresh()
    qtbot.waitUntil(lambda: page.entry.record is not None and page.entry.record.offer is not None)

    qtbot.keyClick(page.page.table, Qt.Key.Key_S)

    qtbot.waitUntil(lambda: definition(record) == "Newer.")


def test_a_note_is_saved_when_it_is_left(qtbot: QtBot, page: GlossaryPage, record) -> None:
    note = page.entry.findChild(QPlainTextEdit, "entryNote")
    assert note is not None
    note.setFocus()
    qtbot.keyClicks(note, "Ask Ann.")
    page.page.table.setFocus()

    qtbot.waitUntil(lambda: record(WEIR).detail.row.notes == "Ask Ann.")


def test_a_note_stays_with_its_term_when_the_row_changes(qtbot: QtBot, page: GlossaryPage, record) -> None:
    note = page.entry.findChild(QPlainTextEdit, "entryNote")
    assert note is not None
    note.setFocus()
    qtbot.keyClicks(note, "Ask Ann.")
    assert page.page.select(LOCK)

    qtbot.waitUntil(lambda: record(WEIR).detail.row.notes == "Ask Ann.")
    assert record(LOCK).detail.row.notes == ""


def test_a_related_term_is_gone_to_and_there_is_a_way_back(
    qtbot: QtBot, page: GlossaryPage, edits: Edits, record
) -> None:
    entry_acts.write_definition(edits, record(WEIR).detail.row, "A dam beside a lock.")
    qtbot.waitUntil(lambda: any(button.text() == "lock" for button in page.entry.findChildren(QPushButton)))

    press(page, "lock")
    qtbot.waitUntil(lambda: page.entry.term_id == LOCK)
    qtbot.keyClick(page.page.table, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.entry.term_id == WEIR)
    qtbot.keyClick(page.page.table, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.entry.term_id == LOCK)


def test_a_sentence_without_evidence_is_marked_in_the_text(qtbot: QtBot, page: GlossaryPage, glossary: Path) -> None:
    with closing(connect(glossary)) as connection:
        connection.execute(
            "INSERT INTO issues (term_id, type, explanation, action) VALUES (1, 'unsupported', ?, '')",
            (f"Nothing says: {FIRST}",),
        )
    page.refresh()

    def is_marked() -> bool:
        text = page.entry.findChild(MarkedText, "definitionText")
        return text is not None and any(stretch.mark == "unsupported" for stretch in text._stretches)

    qtbot.waitUntil(is_marked)


def test_regenerating_names_the_selected_terms(qtbot: QtBot, page: GlossaryPage) -> None:
    page.page.table.selectAll()

    with qtbot.waitSignal(page.regenerate_requested) as asked:
        qtbot.keyClick(page.page.table, Qt.Key.Key_G)

    assert asked.args == [("weir", "lock"), "Definitions of 2 terms"]


def test_columns_are_chosen_in_the_header_and_remembered(qtbot: QtBot, page: GlossaryPage, tmp_path: Path) -> None:
    from PySide6.QtCore import QSettings

    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    header = page.page.table.horizontalHeader()
    column = page.page.model.column_of("aliases")
    assert header.isSectionHidden(column)
    menu = page.columns.menu()
    next(action for action in menu.actions() if action.text() == "Aliases").trigger()
    assert not header.isSectionHidden(column)
    page.save_state(settings)

    page.columns.hide(["aliases"])
    page.restore_state(settings)

    assert not header.isSectionHidden(column)


@pytest.mark.parametrize(
    ("switch", "found"),
    [("state:provisional", ["weir"]), ("state:undefined", ["lock"]), ("confidence:high", ["weir"])],
)
def test_boxes_narrow_the_table(qtbot: QtBot, page: GlossaryPage, switch: str, found: list[str]) -> None:
    page.boxes.choose(switch)

    model = page.page.model
    qtbot.waitUntil(lambda: [model.index(row, 0).data() for row in range(model.rowCount())] == found)


def test_a_mention_is_listed_as_without_definition(qtbot: QtBot, page: GlossaryPage, glossary: Path) -> None:
    with closing(connect(glossary)) as connection, connection:
        connection.execute("UPDATE definitions SET confidence = 0.03, approved = 0, origin = 'offline'")
    page.page.show_filter(2)  # without definition

    model = page.page.model
    qtbot.waitUntil(lambda: {model.index(row, 0).data() for row in range(model.rowCount())} == {"lock", "weir"})


def test_aliases_are_searched_too(qtbot: QtBot, page: GlossaryPage) -> None:
    qtbot.keyClicks(page.page.search, "overflow")

    model = page.page.model
    qtbot.waitUntil(lambda: [model.index(row, 0).data() for row in range(model.rowCount())] == ["weir"])


def test_an_alias_is_added_and_undone(qtbot: QtBot, page: GlossaryPage, edits: Edits, record) -> None:
    line = page.entry.findChild(QLineEdit, "newAlias")
    assert line is not None
    qtbot.keyClicks(line, "low dam")
    qtbot.keyClick(line, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: record(WEIR).detail.row.aliases == ("low dam", "overflow weir"))
    qtbot.waitUntil(lambda: edits.stack.count() == 1)
    edits.stack.undo()
    qtbot.waitUntil(lambda: record(WEIR).detail.row.aliases == ("overflow weir",))


def test_an_alias_that_is_there_is_no_edit(qtbot: QtBot, page: GlossaryPage, edits: Edits) -> None:
    line = page.entry.findChild(QLineEdit, "newAlias")
    assert line is not None
    qtbot.keyClicks(line, "overflow weir")

    with qtbot.waitSignal(edits.failed) as told:
        qtbot.keyClick(line, Qt.Key.Key_Return)

    assert told.args == ["The term has this name already."]


def test_a_category_is_chosen(qtbot: QtBot, page: GlossaryPage, record) -> None:
    details = page.entry.findChild(EntryDetails)
    assert details is not None
    details.category.setFocus()
    qtbot.keyClick(details.category, Qt.Key.Key_Home)
    details.category.activated.emit(0)

    qtbot.waitUntil(lambda: record(WEIR).detail.row.category is Category.PERSON)


def test_an_undo_that_finds_everything_changed_says_so(qtbot: QtBot, edits: Edits, glossary: Path, record) -> None:
    entry_acts.approve(edits, [WEIR])
    qtbot.waitUntil(lambda: edits.stack.count() == 1)
    with closing(connect(glossary)) as connection:
        connection.execute("UPDATE definitions SET approved = 0")

    with qtbot.waitSignal(edits.failed) as told:
        edits.stack.undo()

    assert told.args == ["It has been changed since: nothing was taken back."]
