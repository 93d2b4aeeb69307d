"""Buttons listen to the keys that hands expect, whatever the desktop says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from genglossary_gui.ui.dialogs.form import FormDialog
from genglossary_gui.ui.plain import button
from genglossary_gui.ui.views.table_page import Chip

KEYS = [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space]


@pytest.mark.parametrize("key", KEYS)
def test_the_button_with_the_keyboard_is_pressed(qtbot: QtBot, key: Qt.Key) -> None:
    widget = button("primary")
    qtbot.addWidget(widget)
    widget.show()

    with qtbot.waitSignal(widget.clicked):
        qtbot.keyClick(widget, key)


@pytest.mark.parametrize("key", KEYS)
def test_a_chip_is_switched(qtbot: QtBot, key: Qt.Key) -> None:
    chip = Chip(is_checked=False)
    qtbot.addWidget(chip)
    chip.show()

    qtbot.keyClick(chip, key)

    assert chip.isChecked()


def test_in_a_dialog_enter_presses_the_button_that_has_the_keyboard_not_the_default_one(qtbot: QtBot) -> None:
    class Question(FormDialog):
        help_at = "runs"

    dialog = Question()
    qtbot.addWidget(dialog)
    accept, close = dialog.add_buttons()
    accept.clicked.connect(dialog.accept)
    dialog.show()
    close.setFocus()

    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(close, Qt.Key.Key_Return)
