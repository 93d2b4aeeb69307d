"""The parts of the settings dialog: a setting with its words, and a page of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from genglossary_gui.core.settings import AppSettings
from genglossary_gui.ui.plain import label, spaced

_FIELD_WIDTH = 460
"""Fields that are wider than a sentence are hard to read."""
_LEAST_LETTERS = 10


class SettingRow(QWidget):
    """A field below its caption, with a note and, when its value cannot be used, what is wrong with it.

    ``beside``: what stands to the right of the field.
    """

    def __init__(self, field: QWidget, *, beside: Iterable[QWidget] = ()) -> None:
        super().__init__()
        self.field = field
        self.is_wanted = True
        """False: it is of no use with the values of the others, and stays hidden."""
        self._also = ""
        self._caption = label(role="section", wrap=True)
        self._caption.setBuddy(field)
        self._note, self._trouble = label(role="muted", wrap=True), label(role="error", wrap=True)
        column = QVBoxLayout(self)
        spaced(column, spacing=4)
        column.addWidget(self._caption)
        line = QHBoxLayout()
        spaced(line)
        line.addWidget(field, 1)
        for widget in beside:
            line.addWidget(widget)
        column.addLayout(line)
        column.addWidget(self._note)
        column.addWidget(self._trouble)
        for part in (self._note, self._trouble):
            part.hide()
        for box in (field, *field.findChildren(QWidget)):
            if isinstance(box, QComboBox | QAbstractSpinBox):
                box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                box.installEventFilter(self)
            if isinstance(box, QComboBox):
                # A long choice must not make the page wider than the dialog.
                box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
                box.setMinimumContentsLength(_LEAST_LETTERS)
            if isinstance(box, QAbstractSpinBox):
                box.setKeyboardTracking(False)
                box.lineEdit().setTextMargins(6, 0, 0, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # What scrolls the page must not change a setting that the pointer comes across.
        if event.type() is QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def say(self, caption: str, note: str = "", also: str = "") -> None:
        """Show the words of the setting.  ``also``: other words that people look for it by."""
        self._also = also
        self._caption.setText(caption)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.field.setAccessibleName(caption)
        self.field.setAccessibleDescription(note)

    @property
    def trouble(self) -> str:
        """What is wrong with the value, as it is shown."""
        return self._trouble.text()

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with the value; empty: nothing."""
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))

    def matches(self, words: Iterable[str]) -> bool:
        """Whether all of the ``words`` (see ``folded``) are in what the setting says of itself, or is looked for by."""
        text = folded(" ".join((self._caption.text(), self._note.text(), self._also, *self._choices())))
        return all(word in text for word in words)

    def _choices(self) -> Iterable[str]:
        box = self.field
        return [box.itemText(index) for index in range(box.count())] if isinstance(box, QComboBox) else []


class SettingsPage(QScrollArea):
    """Settings that belong together.  ``changed(values)``: ``{name: value}`` of usable values a person has chosen."""

    changed = Signal(dict)

    def __init__(self, name: str, width: int = _FIELD_WIDTH + 40) -> None:
        super().__init__()
        self.setObjectName(f"settingsPage-{name}")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.name = name
        self.rows: list[SettingRow] = []
        content = QWidget()
        content.setMaximumWidth(width)
        # The colour of the dialog, not of a list.
        for widget in (self, content):
            widget.setProperty("role", "plain")
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(20, 4, 20, 16)
        self._column.setSpacing(14)
        self._column.addStretch(1)
        self.setWidget(content)

    def add(self, field: QWidget, *, beside: Iterable[QWidget] = ()) -> SettingRow:
        row = SettingRow(field, beside=beside)
        self.rows.append(row)
        self._column.insertWidget(len(self.rows) - 1, row)
        return row

    @property
    def title(self) -> str:
        return ""

    def retranslate(self) -> None:
        """Show every text in the current language; each page has its own."""

    def show_settings(self, settings: AppSettings) -> None:
        """Show the values; nobody hears of a change."""

    def on_shown(self) -> None:
        """The page is looked at from now on."""

    def close_down(self) -> None:
        """The dialog goes: take over what was typed, and wait for nothing any more."""

    def search(self, words: Iterable[str]) -> bool:
        """Show only the settings that match; False when none does."""
        wanted = [word for word in words if word not in folded(self.title)]
        found = [row for row in self.rows if row.is_wanted and row.matches(wanted)]
        for row in self.rows:
            row.setVisible(row in found)
        return bool(found)


def folded(text: str) -> str:
    """For comparison: without a difference of case and width."""
    return unicodedata.normalize("NFKC", text).casefold()


def spin_box(low: int, high: int, *, step: int = 1) -> QSpinBox:
    box = QSpinBox()
    box.setRange(low, high)
    box.setSingleStep(step)
    return box
