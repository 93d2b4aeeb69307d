"""The import dialog shows what a file would change, and one undo takes all of it back."""

from __future__ import annotations

import gc
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from genglossary_gui.core.exchange.matching import Choice, State
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.imports import known_entries
from genglossary_gui.ui.dialogs.import_entries import ImportDialog
from genglossary_gui.ui.edits import Edits
from tests.ui.windows import MakeWindow, action

_CSV = "term,definition\nweir,Another definition.\nsluice,A gate.\nsluice,Again.\n,nothing\n"


@pytest.fixture
def dialog(qtbot: QtBot, glossary: Path, edits: Edits) -> ImportDialog:
    dialog = ImportDialog(glossary, edits)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def _open(qtbot: QtBot, dialog: ImportDialog, folder: Path, text: str, name: str = "in.csv") -> None:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    with qtbot.waitSignal(dialog.shown):
        dialog.open_file(path)


def _definitions(project: Path) -> dict[str, str]:
    with closing(connect(project, read_only=True)) as connection:
        known = known_entries(connection, ["weir", "sluice"])
    return {key: entry.definition for key, entry in known.items()}


def _states(dialog: ImportDialog) -> list[State]:
    return [dialog.model.row_at(row).state for row in range(dialog.model.rowCount())]


def test_each_row_is_shown_with_its_state_and_usual_choice(qtbot: QtBot, dialog: ImportDialog, tmp_path: Path) -> None:
    _open(qtbot, dialog, tmp_path, _CSV)
    assert _states(dialog) == [State.CONFLICT, State.NEW, State.DUPLICATE, State.UNREADABLE]
    assert dialog.model.choices == [Choice.KEEP, Choice.TAKE, Choice.SKIP, Choice.SKIP]
    assert "A low dam" in dialog.mine.toPlainText()
    assert "Another definition." in dialog.theirs.toPlainText()


def test_a_choice_for_all_selected_rows(qtbot: QtBot, dialog: ImportDialog, tmp_path: Path) -> None:
    _open(qtbot, dialog, tmp_path, _CSV)
    dialog.table.selectAll()
    qtbot.mouseClick(dialog.choice_buttons[Choice.TAKE], Qt.MouseButton.LeftButton)
    assert dialog.model.choices == [Choice.TAKE, Choice.TAKE, Choice.TAKE, Choice.SKIP]


def test_a_choice_for_all_of_very_many_rows(qtbot: QtBot, dialog: ImportDialog, tmp_path: Path) -> None:
    _open(qtbot, dialog, tmp_path, "term\n" + "".join(f"term {number}\n" for number in range(3_000)))
    qtbot.keyClick(dialog.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert dialog._selected.text() == "For all 3,000 rows:"
    dialog.choice_buttons[Choice.SKIP].click()
    assert set(dialog.model.choices) == {Choice.SKIP}
    dialog.table.selectRow(5)
    dialog.choice_buttons[Choice.TAKE].click()
    assert dialog.model.choices.count(Choice.TAKE) == 1


def test_a_long_range_is_chosen_for(qtbot: QtBot, dialog: ImportDialog, tmp_path: Path) -> None:
    _open(qtbot, dialog, tmp_path, "term\n" + "".join(f"term {number}\n" for number in range(5_000)))
    chosen = QItemSelection(dialog.model.index(10, 0), dialog.model.index(4_990, 0))
    flag = QItemSelectionModel.SelectionFlag
    dialog.table.selectionModel().select(chosen, flag.ClearAndSelect | flag.Rows)
    dialog.choice_buttons[Choice.SKIP].click()

    assert dialog.model.choices.count(Choice.SKIP) == 4_981
    # With the selection of the table the head would ask every row, for seconds.
    assert dialog.table.horizontalHeader().selectionModel() is not dialog.table.selectionModel()


def test_what_was_chosen_is_taken_over_and_undone_at_once(
    qtbot: QtBot, dialog: ImportDialog, edits: Edits, glossary: Path, tmp_path: Path
) -> None:
    before = _definitions(glossary)
    _open(qtbot, dialog, tmp_path, _CSV)
    dialog.model.choose([0], Choice.TAKE)
    with qtbot.waitSignal(dialog.imported) as imported:
        dialog.take_over()
    assert imported.args == [2]
    after = {"weir": "Another definition.", "sluice": "A gate."}
    assert _definitions(glossary) == after
    edits.stack.undo()
    qtbot.waitUntil(lambda: not edits.is_at_work)
    assert _definitions(glossary) == before
    edits.stack.redo()
    qtbot.waitUntil(lambda: not edits.is_at_work)
    assert _definitions(glossary) == after


def test_one_state_at_a_time(qtbot: QtBot, dialog: ImportDialog, tmp_path: Path) -> None:
    _open(qtbot, dialog, tmp_path, _CSV)
    dialog.chips.button(1).click()
    assert _states(dialog) == [State.NEW]


def test_the_meaning_of_a_column_can_be_corrected(qtbot: QtBot, dialog: ImportDialog, tmp_path: Path) -> None:
    _open(qtbot, dialog, tmp_path, "term,definition,notes\nsluice,n,A gate.\n")
    box = dialog.columns.boxes[2]
    with qtbot.waitSignal(dialog.shown):
        box.setCurrentIndex(box.findData("definition"))
    assert dialog.model.rows[0].theirs is not None
    assert dialog.model.rows[0].theirs.definition == "A gate."
    assert dialog.columns.mapping() == {0: "term", 2: "definition"}


def test_a_bad_file_is_one_sentence_and_nothing_can_be_imported(
    qtbot: QtBot, dialog: ImportDialog, tmp_path: Path
) -> None:
    _open(qtbot, dialog, tmp_path, "<tbx><text>", "in.tbx")
    assert dialog._hint.text() == "The file is not whole, or no XML (line 1)."
    assert not dialog.import_button.isEnabled()


def test_a_busy_project_is_told_and_the_choices_stay(
    qtbot: QtBot, dialog: ImportDialog, glossary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("genglossary_gui.ui.edits._BUSY_MS", 10)
    _open(qtbot, dialog, tmp_path, _CSV)
    with closing(connect(glossary)) as other:
        other.execute("BEGIN IMMEDIATE")
        dialog.take_over()
        qtbot.waitUntil(dialog.isEnabled)
        other.rollback()
    assert "busy" in dialog._refusal.text()
    with qtbot.waitSignal(dialog.imported):
        dialog.take_over()


def test_the_window_imports_and_undoes_with_its_own_keys(
    qtbot: QtBot, make_window: MakeWindow, glossary: Path, tmp_path: Path
) -> None:
    window = make_window(glossary)
    action(window, "actionImport").trigger()
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    _open(qtbot, dialog, tmp_path, _CSV)
    with qtbot.waitSignal(dialog.imported):
        dialog.take_over()
    assert _definitions(glossary)["sluice"] == "A gate."
    action(window, "actionUndo").trigger()
    qtbot.waitUntil(lambda: "sluice" not in _definitions(glossary))


def test_rows_are_not_looked_through_for_garbage_while_they_are_shown(
    qtbot: QtBot, make_window: MakeWindow, glossary: Path, tmp_path: Path
) -> None:
    window = make_window(glossary)
    action(window, "actionImport").trigger()
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    _open(qtbot, dialog, tmp_path, _CSV)
    assert gc.get_freeze_count() > 0
    dialog.reject()
    assert gc.get_freeze_count() == 0
    assert dialog.model.rows == ()
