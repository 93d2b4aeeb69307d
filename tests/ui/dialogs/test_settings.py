"""The settings are in force as soon as they are changed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QSpinBox
from pytestqt.qtbot import QtBot

from genglossary_gui.core import i18n
from genglossary_gui.core.settings import AppSettings
from genglossary_gui.ui.dialogs.settings import SettingsDialog
from tests.ui.glossary_support import FakeShell


@pytest.fixture
def dialog(qtbot: QtBot, shell: FakeShell) -> SettingsDialog:
    shell.settings = AppSettings(theme="dark", workers=3)
    dialog = SettingsDialog(shell)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_it_shows_what_is_set_and_changes_nothing(dialog: SettingsDialog, shell: FakeShell) -> None:
    assert dialog.general.theme.currentText() == "Dark"
    assert dialog.compute.workers.value() == 3
    assert shell.asked == []


def test_a_change_is_handed_over_at_once(dialog: SettingsDialog, shell: FakeShell) -> None:
    dialog.general.theme.setCurrentIndex(dialog.general.theme.findData("light"))
    dialog.compute.workers.setValue(0)
    dialog.documents.max_document_mb.setValue(100)
    dialog.compute.parallel_runs.setValue(5)

    assert shell.settings == AppSettings(theme="light", workers=0, max_document_mb=100, parallel_runs=5)
    assert dialog.compute.workers.text().startswith("Automatic (")


def test_each_language_is_in_its_own_name(dialog: SettingsDialog) -> None:
    names = [dialog.general.language.itemText(index) for index in range(dialog.general.language.count())]

    assert names == ["As the system", *i18n.LANGUAGES.values()]


def test_what_cannot_be_saved_is_said(dialog: SettingsDialog, shell: FakeShell) -> None:
    shell.refusal = OSError(28, "No space left on device")

    dialog.general.theme.setCurrentIndex(dialog.general.theme.findData("light"))

    said = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    assert "The settings cannot be saved: No space left on device." in said
    assert dialog.general.theme.currentData() == shell.settings.theme


def test_the_address_of_a_cluster_is_taken_when_it_is_one(dialog: SettingsDialog, shell: FakeShell) -> None:
    dialog.show_page("compute")
    dialog.compute.dask_address.setText("somewhere")
    dialog.compute.dask_address.editingFinished.emit()
    said = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    assert "“somewhere” is not the address of a Dask scheduler." in said
    assert shell.settings.dask_address == ""

    dialog.compute.dask_address.setText(" tcp://localhost:8786 ")
    dialog.compute.dask_address.editingFinished.emit()
    assert shell.settings.dask_address == "tcp://localhost:8786"


def test_every_field_has_a_name(dialog: SettingsDialog) -> None:
    fields = [*dialog.findChildren(QComboBox), *dialog.findChildren(QSpinBox)]

    assert fields
    assert all(field.accessibleName() for field in fields)


def shown(dialog: SettingsDialog) -> list[str]:
    return [
        dialog.list.item(index).text() for index in range(dialog.list.count()) if not dialog.list.item(index).isHidden()
    ]


def test_s1_settings_are_found_by_their_words(dialog: SettingsDialog) -> None:
    dialog.search.setText("dask SCHEDULER")

    assert shown(dialog) == ["Compute"]
    assert dialog.compute.dask_address.isVisible()
    assert not dialog.compute.workers.isVisible()
    dialog.search.clear()
    assert len(shown(dialog)) == 5
    assert dialog.compute.workers.isVisible()


def test_s1_a_page_is_found_by_its_own_name_and_choices_by_theirs(dialog: SettingsDialog) -> None:
    dialog.search.setText("language model")
    assert dialog.model.temperature.isVisible()
    dialog.search.setText("日本語")
    assert shown(dialog) == ["General"]


@pytest.mark.parametrize(
    ("words", "page"), [("theme", "General"), ("japanese", "General"), ("parallel", "Compute"), ("cores", "Compute")]
)
def test_s1_settings_are_found_by_what_people_call_them(dialog: SettingsDialog, words: str, page: str) -> None:
    dialog.search.setText(words)
    assert page in shown(dialog)


def test_s1_words_that_no_setting_has_are_said(dialog: SettingsDialog) -> None:
    dialog.search.setText("xyzzy")

    said = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    assert "No setting has these words." in said
    dialog.search.setText("theme appearance")
    dialog.search.setText("appearance")
    assert dialog.general.theme.isVisible()


def test_a_field_that_is_of_no_use_is_not_found_either(dialog: SettingsDialog) -> None:
    dialog.search.setText("azure version")
    assert "Language model" not in shown(dialog)


def test_s1_exclusions_of_new_projects_are_taken_when_typing_pauses(
    qtbot: QtBot, dialog: SettingsDialog, shell: FakeShell
) -> None:
    dialog.show_page("documents")
    dialog.documents.exclusions.setPlainText("*.tmp\n\n  drafts/*  ")
    qtbot.waitUntil(lambda: shell.settings.exclusions == ("*.tmp", "drafts/*"))
    dialog.documents.exclusions.setPlainText("x" * 500)
    dialog.close()
    assert shell.settings.exclusions == ("*.tmp", "drafts/*")


def test_what_was_typed_last_counts_when_the_dialog_closes(dialog: SettingsDialog, shell: FakeShell) -> None:
    dialog.documents.exclusions.setPlainText("*.bak")
    dialog.reject()
    assert shell.settings.exclusions == ("*.bak",)
