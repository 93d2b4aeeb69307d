"""The dialog that makes a project says what is missing, and what the shell refuses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from genglossary_gui.core.errors import ProjectError
from genglossary_gui.ui.dialogs.new_project import NewProjectDialog
from tests.ui.glossary_support import FakeShell

Make = Callable[..., NewProjectDialog]


@pytest.fixture
def make(qtbot: QtBot, shell: FakeShell) -> Make:
    def dialog(*sources: Path) -> NewProjectDialog:
        made = NewProjectDialog(shell, sources)
        qtbot.addWidget(made)
        made.show()
        return made

    return dialog


def said(dialog: QDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]


def test_without_a_folder_it_asks_for_one(make: Make) -> None:
    dialog = make()

    assert "Add at least one folder or document, or drop it on the list." in said(dialog)
    assert not dialog.create_button.isEnabled()


def test_name_and_place_follow_the_folder(make: Make, corpus: Path) -> None:
    dialog = make(corpus)

    assert dialog.name.text() == "corpus"
    assert dialog.place.text() == str(corpus.parent / "corpus.genglossary")


def test_a_name_that_was_typed_stays(qtbot: QtBot, make: Make, corpus: Path) -> None:
    dialog = make()
    qtbot.keyClicks(dialog.name, "Sake")

    dialog.sources.add([corpus])

    assert dialog.name.text() == "Sake"


def test_enter_makes_the_project(qtbot: QtBot, make: Make, shell: FakeShell, corpus: Path) -> None:
    dialog = make(corpus)

    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)

    assert shell.asked == [("create", corpus.parent / "corpus.genglossary", [corpus], "corpus", "auto")]
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_the_suffix_is_added(make: Make, shell: FakeShell, corpus: Path) -> None:
    dialog = make(corpus)
    dialog.place.setText(str(corpus / "sake.v2"))

    dialog.create_project()

    assert shell.asked[0][1] == corpus / "sake.v2.genglossary"


def test_p3_the_engine_is_the_one_of_the_settings_until_another_is_chosen(
    make: Make, shell: FakeShell, corpus: Path
) -> None:
    dialog = make(corpus)
    assert dialog.engine.currentData() == "offline"
    dialog.create_project()
    assert ("settings",) not in shell.asked

    dialog.engine.setCurrentIndex(dialog.engine.findData("llm"))
    dialog.create_project()
    assert shell.settings.engine == "llm"


def test_a_file_that_exists_is_refused(make: Make, corpus: Path) -> None:
    dialog = make(corpus)
    dialog.place.setText(str(corpus / "tides.html"))

    assert not dialog.create_button.isEnabled()


def test_a_refusal_is_shown_and_the_dialog_stays(make: Make, shell: FakeShell, corpus: Path) -> None:
    dialog = make(corpus)
    shell.refusal = ProjectError("The disk is full.", hint="Make room.")

    dialog.create_project()

    assert "The disk is full. Make room." in said(dialog)
    assert dialog.isVisible()


def test_delete_takes_a_source_off_the_list(qtbot: QtBot, make: Make, corpus: Path) -> None:
    dialog = make(corpus)
    dialog.sources.list.setCurrentRow(0)

    qtbot.keyClick(dialog.sources.list, Qt.Key.Key_Delete)

    assert dialog.sources.paths() == []
    assert not dialog.create_button.isEnabled()


def test_what_can_be_no_file_is_not_listed(make: Make, tmp_path: Path) -> None:
    dialog = make()
    dialog.sources.add([tmp_path / ("n" * 300)])
    assert dialog.sources.paths() == []


def test_a_source_is_listed_once(make: Make, corpus: Path) -> None:
    dialog = make(corpus, corpus, corpus / "gone.txt")

    assert dialog.sources.paths() == [corpus]
