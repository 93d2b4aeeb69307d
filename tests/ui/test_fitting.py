"""A window that is larger than the screen scrolls; one that fits is left alone."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from genglossary_gui.ui.dialogs.form import FormDialog
from genglossary_gui.ui.fitting import fit


class Tall(FormDialog):
    def __init__(self, fields: int) -> None:
        super().__init__()
        self.fields = [QLineEdit() for _field in range(fields)]
        for field in self.fields:
            self.add_field(field)
        self.add_buttons()


def test_what_fits_is_left_alone(qtbot: QtBot) -> None:
    dialog = Tall(2)
    qtbot.addWidget(dialog)
    layout = dialog.layout()
    fit(dialog, QSize(800, 600))

    assert dialog.layout() is layout


def test_what_does_not_fit_scrolls_and_stays_on_the_screen(qtbot: QtBot) -> None:
    dialog = Tall(30)
    qtbot.addWidget(dialog)
    dialog.setMinimumSize(700, 500)
    fit(dialog, QSize(640, 320))
    dialog.show()
    qtbot.waitExposed(dialog)

    assert dialog.width() <= 640
    assert dialog.height() <= 320
    area = dialog.findChild(QScrollArea)
    assert area is not None
    assert area.verticalScrollBar().maximum() > 0


def test_the_keyboard_reaches_what_is_below(qtbot: QtBot) -> None:
    dialog = Tall(30)
    qtbot.addWidget(dialog)
    fit(dialog, QSize(640, 320))
    dialog.show()
    dialog.activateWindow()
    qtbot.waitExposed(dialog)
    dialog.fields[0].setFocus()
    for field in dialog.fields[:-1]:
        qtbot.keyClick(field, Qt.Key.Key_Tab)

    assert dialog.focusWidget() is dialog.fields[-1]
    assert not dialog.fields[-1].visibleRegion().isEmpty()


def test_fitting_twice_changes_nothing_more(qtbot: QtBot) -> None:
    dialog = Tall(30)
    qtbot.addWidget(dialog)
    for _time in range(2):
        fit(dialog, QSize(640, 320))

    assert len(dialog.findChildren(QScrollArea)) == 1
