"""A person's note on a term, saved while it is written."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit

from genglossary_gui.core.i18n import _

_NOTE_MS = 1_500


class NoteEditor(QPlainTextEdit):
    """A person's note; ``written(text)`` when it is left, or a moment after the last key; ``left()``: no focus."""

    written = Signal(str)
    left = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._written = text
        self.setObjectName("entryNote")
        self.setProperty("framed", True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("Note"))
        self.setPlaceholderText(_("What you want to remember about this term"))
        self.setFixedHeight(3 * self.fontMetrics().lineSpacing() + 18)
        self._soon = QTimer(self, singleShot=True, interval=_NOTE_MS)
        self._soon.timeout.connect(self.write)
        self.textChanged.connect(self._soon.start)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.write()
        self.left.emit()

    @property
    def is_changed(self) -> bool:
        return self.toPlainText() != self._written

    def write(self) -> None:
        self._soon.stop()
        text = self.toPlainText()
        if text != self._written:
            self._written = text
            self.written.emit(text)
