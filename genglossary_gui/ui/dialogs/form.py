"""What the dialogs have in common: labels above their fields, and the buttons below."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from genglossary_gui.ui.fitting import fit
from genglossary_gui.ui.help_button import HelpButton
from genglossary_gui.ui.plain import button, enlarge, label, spaced


class FormDialog(QDialog):
    """A dialog of one column.  Subclasses add fields, then buttons, and set all words in ``retranslate``.

    ``help_at``: the section of the user guide about it, as ``page#section``.
    """

    help_at: ClassVar[str] = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(6)
        self.title = label(wrap=True)
        enlarge(self.title, 1.35, bold=True)
        self.column.addWidget(self.title)
        self.column.addSpacing(6)

    def add_field(self, field: QWidget, *, stretch: int = 0) -> QLabel:
        """Put the field below a label of its own, and return the label."""
        caption = label(role="section")
        caption.setBuddy(field)
        self.column.addSpacing(6)
        self.column.addWidget(caption)
        self.column.addWidget(field, stretch)
        return caption

    def add_note(self, role: str = "muted") -> QLabel:
        note = label(role=role, wrap=True)
        self.column.addWidget(note)
        return note

    def add_buttons(self, *, with_accept: bool = True) -> tuple[QPushButton, QPushButton]:
        """``(accept, close)`` at the bottom; without ``with_accept`` the first one stays hidden."""
        accept, close = button("primary"), button()
        accept.setDefault(with_accept)
        accept.setVisible(with_accept)
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        spaced(row)
        if self.help_at:
            self.help_button = HelpButton(self.help_at, self)
            row.addWidget(self.help_button)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(accept)
        rule = QFrame()
        rule.setProperty("role", "rule")
        self.column.addSpacing(12)
        self.column.addWidget(rule)
        self.column.addSpacing(8)
        self.column.addLayout(row)
        return accept, close

    def retranslate(self) -> None:
        """Show every text in the current language; each dialog has its own."""

    def showEvent(self, event: QShowEvent) -> None:
        fit(self)
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()


def fill_choices(box: QComboBox, choices: dict[str, str]) -> None:
    """Show ``{value: words}`` and keep the chosen value; nobody hears of a change."""
    chosen = box.currentData()
    box.blockSignals(True)
    box.clear()
    for value, words in choices.items():
        box.addItem(words, value)
    choose(box, chosen)
    box.blockSignals(False)


def choose(box: QComboBox, value: object) -> None:
    """Choose a value; the first one when it is not there."""
    box.setCurrentIndex(max(box.findData(value), 0))
