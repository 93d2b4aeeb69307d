"""The export dialog writes real files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from genglossary_gui.ui.dialogs.export import ExportDialog


@pytest.fixture
def dialog(qtbot: QtBot, glossary: Path) -> ExportDialog:
    dialog = ExportDialog(glossary, "Rivers: a/b")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def choose(dialog: ExportDialog, name: str, content: str = "suggested") -> None:
    dialog.format.setCurrentIndex(dialog.format.findData(name))
    dialog.content.setCurrentIndex(dialog.content.findData(content))


def test_the_file_stands_beside_the_project(dialog: ExportDialog, glossary: Path) -> None:
    assert dialog.target.text() == str(glossary.parent / "Rivers- a-b.md")


def test_the_suffix_follows_the_format(dialog: ExportDialog) -> None:
    choose(dialog, "csv")

    assert dialog.target.text().endswith(".csv")


def test_the_format_follows_the_suffix_that_is_written(qtbot: QtBot, dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.target.setText(str(tmp_path / "out.JSON"))
    dialog.target.editingFinished.emit()
    assert dialog.format.currentData() == "json"
    dialog.target.setText(str(tmp_path / "out.unknown"))
    dialog.target.editingFinished.emit()
    assert dialog.format.currentData() == "json"


def test_it_writes_the_glossary_and_closes(qtbot: QtBot, dialog: ExportDialog) -> None:
    choose(dialog, "json", "all")

    with qtbot.waitSignal(dialog.exported) as exported:
        qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)

    assert exported.args is not None
    path, entries = exported.args
    assert entries == 3
    assert [entry["term"] for entry in json.loads(path.read_text(encoding="utf-8"))["entries"]] == [
        "weir",
        "lock",
        "bird",
    ]
    assert not dialog.isVisible()


def test_suggested_terms_only(qtbot: QtBot, dialog: ExportDialog) -> None:
    choose(dialog, "json")

    with qtbot.waitSignal(dialog.exported) as exported:
        dialog.export()

    assert exported.args is not None
    assert exported.args[1] == 2


def test_a_failure_is_shown_and_the_dialog_stays(qtbot: QtBot, dialog: ExportDialog, glossary: Path) -> None:
    dialog.target.setText(str(glossary))

    dialog.export()

    qtbot.waitUntil(dialog.isEnabled)
    said = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    assert any("cannot be written over its own project" in text for text in said)
    assert dialog.isVisible()


def test_a_folder_that_is_not_there_is_said(dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.target.setText(str(tmp_path / "no" / "such" / "glossary.md"))

    assert not dialog.export_button.isEnabled()


def test_a_mere_name_lies_beside_the_project(qtbot: QtBot, dialog: ExportDialog, glossary: Path) -> None:
    dialog.target.setText("mine.md")
    with qtbot.waitSignal(dialog.exported) as exported:
        dialog.export_button.click()
    assert exported.args is not None
    assert exported.args[0] == glossary.with_name("mine.md")


def test_a_long_and_odd_name_is_made_a_file_name(qtbot: QtBot, glossary: Path) -> None:
    dialog = ExportDialog(glossary, "A\u202eB\n" + 300 * "酒")
    qtbot.addWidget(dialog)

    name = Path(dialog.target.text()).name

    assert name.startswith("A-B-酒")
    assert len(name.encode()) < 255


@pytest.mark.parametrize("typed", ["~nobody-of-this-name/out.md", "/" + 300 * "x" + "/out.md", "/a\0b/out.md"])
def test_what_can_be_no_path_is_no_folder(dialog: ExportDialog, typed: str) -> None:
    dialog.target.setText(typed)

    assert not dialog.export_button.isEnabled()


def test_the_preview_shows_the_first_entries(qtbot: QtBot, dialog: ExportDialog) -> None:
    with qtbot.waitSignal(dialog.previewed):
        choose(dialog, "md")
    assert "## weir" in dialog.preview.toPlainText()
    assert dialog._count.text() == "2 entries will be written."


def test_only_the_chosen_columns_are_written(qtbot: QtBot, dialog: ExportDialog) -> None:
    choose(dialog, "csv")
    for name, box in dialog.columns.items():
        box.setChecked(name in ("term", "category"))
    with qtbot.waitSignal(dialog.exported) as exported:
        dialog.export()
    assert exported.args is not None
    assert exported.args[0].read_text(encoding="utf-8-sig").splitlines()[0] == "term,category"


def test_approved_entries_only(qtbot: QtBot, dialog: ExportDialog) -> None:
    choose(dialog, "json", "all")
    dialog.approved_only.setChecked(True)
    with qtbot.waitSignal(dialog.exported) as exported:
        dialog.export()
    assert exported.args is not None
    assert exported.args[1] == 0


def test_the_last_choice_is_remembered(qtbot: QtBot, dialog: ExportDialog, glossary: Path) -> None:
    choose(dialog, "html", "all")
    dialog.columns["notes"].setChecked(True)
    with qtbot.waitSignal(dialog.exported):
        dialog.export()
    again = ExportDialog(glossary, "Rivers")
    qtbot.addWidget(again)
    assert (again.format.currentData(), again.content.currentData()) == ("html", "all")
    assert again.columns["notes"].isChecked()
    assert again.target.text().endswith(".html")


def test_a_format_that_says_itself_what_it_holds_leaves_no_choice_of_columns(dialog: ExportDialog) -> None:
    choose(dialog, "tbx")
    assert not any(box.isEnabled() for box in dialog.columns.values())
