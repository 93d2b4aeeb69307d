"""Edit and run: the dialog hands over what it shows."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox, QSpinBox
from pytestqt.qtbot import QtBot

from genglossary_gui.core.glossary import Scope
from genglossary_gui.core.settings import RunSettings
from genglossary_gui.ui.dialogs.run_settings import RunSettingsDialog

SETTINGS = RunSettings(documents_language="ja", max_document_mb=7)


@pytest.fixture
def dialog(qtbot: QtBot) -> RunSettingsDialog:
    dialog = RunSettingsDialog(SETTINGS, Scope.REVIEW, "Mine")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_what_is_not_edited_stays(qtbot: QtBot, dialog: RunSettingsDialog) -> None:
    with qtbot.waitSignal(dialog.run_requested) as wanted:
        dialog.run_button.click()

    assert wanted.args == [Scope.REVIEW, SETTINGS, "Mine"]
    assert not dialog.isVisible()


def test_what_is_edited_is_handed_over(qtbot: QtBot, dialog: RunSettingsDialog) -> None:
    dialog.scope.setCurrentIndex(dialog.scope.findData(Scope.FULL))
    dialog.language.setCurrentIndex(dialog.language.findData("auto"))
    dialog.max_document_mb.setValue(100)
    dialog.name.setText("  Again ")

    with qtbot.waitSignal(dialog.run_requested) as wanted:
        dialog.run_button.click()

    assert wanted.args == [Scope.FULL, RunSettings(max_document_mb=100), "Again"]


def test_cancel_starts_nothing(qtbot: QtBot, dialog: RunSettingsDialog) -> None:
    with qtbot.assertNotEmitted(dialog.run_requested):
        dialog.reject()


def test_every_field_has_a_name(dialog: RunSettingsDialog) -> None:
    fields = [*dialog.findChildren(QComboBox), *dialog.findChildren(QSpinBox), dialog.name]

    assert all(field.accessibleName() for field in fields)


def test_a_run_that_had_no_model_would_ask_that_of_the_app(qtbot: QtBot) -> None:
    defaults = RunSettings(llm_model="tiny", llm_url="http://localhost:1/v1")
    dialog = RunSettingsDialog(SETTINGS, defaults=defaults)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.engine.setCurrentIndex(dialog.engine.findData("llm"))

    with qtbot.waitSignal(dialog.run_requested) as wanted:
        dialog.run_button.click()

    assert wanted.args is not None
    chosen = wanted.args[1]
    assert (chosen.engine, chosen.llm_model, chosen.llm_url) == ("llm", "tiny", "http://localhost:1/v1")
    assert chosen.documents_language == "ja"
